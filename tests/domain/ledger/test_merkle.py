"""The tree of RFC 9162: against the RFC's own words, against known roots, and against forged and truncated proofs."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    extends,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
    perfect_root,
    root_at,
    root_of,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(1_100)]
STRANGE = leaf_hash(b"in none of these trees")

KNOWN_INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The eight inputs and roots with which implementations of Certificate Transparency are tested."""


def node(height: int, number: int) -> bytes:
    return perfect_root(LEAVES[number << height : (number + 1) << height])


# The RFC's definitions, word for word: sections 2.1.1, 2.1.3.1 and 2.1.4.1.


def mth(leaves: list[bytes]) -> bytes:
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = largest_power_below(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def test_the_known_roots_come_out():
    leaves = [leaf_hash(bytes.fromhex(text)) for text in KNOWN_INPUTS]
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()
    assert [root_of(leaves[:size]).hex() for size in range(1, 9)] == KNOWN_ROOTS


def test_roots_and_proofs_are_those_of_the_rfc_s_own_definitions():
    pairs = 0
    for size in [*range(1, 70), 127, 128, 129, 255, 256, 257, 511, 513]:
        leaves = LEAVES[:size]
        root = mth(leaves)
        assert root_of(leaves) == root_at(size, node) == root
        for leaf in range(0, size, 1 if size < 70 else 37):
            proof = inclusion_proof(leaf, size, node)
            assert proof == path(leaf, leaves)
            assert includes(leaves[leaf], leaf, size, proof, root)
            pairs += 1
        for old in range(1, size, 1 if size < 70 else 37):
            proof = consistency_proof(old, size, node)
            assert proof == subproof(old, leaves, True)
            assert extends(old, size, mth(leaves[:old]), root, proof)
            pairs += 1
    print(f"\n{pairs:,} proofs equal to the RFC's definitions")
    assert pairs > 4_000


@given(st.lists(st.integers(0, 300), max_size=6))
def test_a_frontier_kept_between_saves_grows_as_one_that_never_was(parts: list[int]):
    size, peaks = 0, b""
    tiles: list[tuple[int, int, bytes]] = []
    for count in parts:
        frontier = Frontier(size, peaks)
        tiles += frontier.extend(LEAVES[size : size + count])
        size, peaks = frontier.size, frontier.peaks
    assert Frontier(size, peaks).root() == root_of(LEAVES[:size])
    assert tiles == [(1, number, node(8, number)) for number in range(size // 256)]


def test_a_tile_is_made_over_256_tiles():
    frontier = Frontier()
    tiles = frontier.extend(LEAVES[number % 1_000] for number in range(65_536))
    assert [tile[:2] for tile in tiles if tile[0] == 2] == [(2, 0)]
    assert tiles[-1][2] == frontier.root() == perfect_root([hashed for level, _, hashed in tiles if level == 1])


@pytest.mark.parametrize(("size", "peaks"), [(3, b""), (1, b"x"), (0, bytes(32)), (-1, b"")])
def test_a_head_that_is_no_tree_s_is_refused(size: int, peaks: bytes):
    with pytest.raises(ValueError, match="right edge"):
        Frontier(size, peaks)


def test_proofs_are_only_asked_of_leaves_and_sizes_that_exist():
    for leaf, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(ValueError, match="has no leaf"):
            inclusion_proof(leaf, size, node)
    for old, new in ((6, 5), (-1, 5)):
        with pytest.raises(ValueError, match="has no beginning"):
            consistency_proof(old, new, node)


@given(st.integers(1, 400), st.data())
def test_no_forged_inclusion_is_believed(size: int, data: st.DataObject):
    leaf = data.draw(st.integers(0, size - 1))
    root, proof = root_of(LEAVES[:size]), inclusion_proof(leaf, size, node)
    assert includes(LEAVES[leaf], leaf, size, proof, root)
    assert not includes(LEAVES[leaf + 1], leaf, size, proof, root)
    assert not includes(LEAVES[leaf], leaf, size, [*proof, root], root)
    assert not includes(LEAVES[leaf], leaf, size, proof, LEAVES[0] if size > 1 else LEAVES[1])
    assert not includes(LEAVES[leaf], -1, size, proof, root)
    assert not includes(LEAVES[leaf], size, size, proof, root)
    for other in range(size):
        assert other == leaf or not includes(LEAVES[leaf], other, size, proof, root)
    for place in range(len(proof)):
        assert not includes(LEAVES[leaf], leaf, size, proof[:place] + proof[place + 1 :], root)
        assert not includes(LEAVES[leaf], leaf, size, [*proof[:place], STRANGE, *proof[place + 1 :]], root)
        assert not includes(LEAVES[leaf], leaf, size, [*proof[:place], b"short", *proof[place + 1 :]], root)


@given(st.integers(1, 400), st.data())
def test_no_forged_consistency_is_believed(new: int, data: st.DataObject):
    old = data.draw(st.integers(1, new))
    root, before = root_of(LEAVES[:new]), root_of(LEAVES[:old])
    proof = consistency_proof(old, new, node)
    assert extends(old, new, before, root, proof)
    assert not extends(old, new, STRANGE, root, proof)
    assert not extends(old, new, before, STRANGE, proof)
    assert not extends(old, new, before, root, [*proof, root])
    assert not extends(new + 1, new, before, root, proof)
    for place in range(len(proof)):
        assert not extends(old, new, before, root, proof[:place] + proof[place + 1 :])
        assert not extends(old, new, before, root, [*proof[:place], STRANGE, *proof[place + 1 :]])


def test_of_an_empty_tree_and_of_the_same_size_there_is_nothing_to_prove():
    root = root_of(LEAVES[:5])
    assert extends(0, 5, EMPTY_ROOT, root, [])
    assert extends(5, 5, root, root, [])
    assert not extends(0, 5, root, root, [])
    assert not extends(0, 5, EMPTY_ROOT, root, [root])
    assert not extends(5, 5, root, LEAVES[0], [])


def test_an_inner_node_is_never_taken_for_a_leaf():
    left, right = LEAVES[0], LEAVES[1]
    assert leaf_hash(left + right) != node_hash(left, right)
