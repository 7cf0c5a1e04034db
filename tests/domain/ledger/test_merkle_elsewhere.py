"""The tree beside pymerkle, which shares no code with it: the same roots and proofs, and each accepts the other's."""

from __future__ import annotations

import pytest
from pymerkle import InmemoryTree, InvalidProof, verify_consistency, verify_inclusion

from domain.ledger.merkle import (
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
    perfect_root,
    root_of,
)

SIZES = range(1, 131)
ENTRIES = [f"entry {number}".encode() for number in SIZES]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [root_of(LEAVES[:size]) for size in range(len(LEAVES) + 1)]


@pytest.fixture(scope="module")
def theirs() -> InmemoryTree:
    """Their tree of all entries."""
    tree = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        tree.append_entry(entry)
    return tree


def node(height: int, number: int) -> bytes:
    return perfect_root(LEAVES[number << height : (number + 1) << height])


def test_every_root_is_theirs(theirs: InmemoryTree):
    assert theirs.get_size() == len(LEAVES) == 130
    assert [theirs.get_leaf(index) for index in SIZES] == LEAVES
    assert [theirs.get_root(size) for size in SIZES] == ROOTS[1:]


def test_every_inclusion_proof_is_theirs_and_each_believes_the_other(theirs: InmemoryTree):
    proofs = 0
    for size in SIZES:
        for index in range(1, size + 1):
            proof = theirs.prove_inclusion(index, size)
            leaf, *steps = proof.path
            assert leaf == LEAVES[index - 1]
            assert steps == inclusion_proof(index - 1, size, node)
            assert includes(leaf, index - 1, size, steps, ROOTS[size])
            verify_inclusion(leaf, ROOTS[size], proof)
            proofs += 1
    assert proofs == 8_515


def test_both_find_every_older_tree_to_be_the_beginning_of_every_newer(theirs: InmemoryTree):
    """Their proofs list other nodes than the RFC's, so each program's own proof is judged by the other's roots."""
    pairs = 0
    for size in SIZES:
        for old in range(1, size + 1):
            verify_consistency(ROOTS[old], ROOTS[size], theirs.prove_consistency(old, size))
            proof = consistency_proof(old, size, node)
            assert extends(old, size, theirs.get_root(old), theirs.get_root(size), proof)
            pairs += 1
    assert pairs == 8_515


def test_neither_believes_a_proof_for_another_root(theirs: InmemoryTree):
    for size in SIZES[1:]:
        other, root = ROOTS[size - 1], ROOTS[size]
        inclusion, consistency = theirs.prove_inclusion(1, size), theirs.prove_consistency(size - 1, size)
        with pytest.raises(InvalidProof):
            verify_inclusion(LEAVES[0], other, inclusion)
        assert not includes(LEAVES[0], 0, size, inclusion.path[1:], other)
        for before, after in ((root, root), (other, other)):
            with pytest.raises(InvalidProof):
                verify_consistency(before, after, consistency)
            assert not extends(size - 1, size, before, after, consistency_proof(size - 1, size, node))
