"""The hash tree of RFC 9162, section 2.1, over SHA-256: roots and proofs, no storage.

Leaves are counted from 0 here, as in the RFC; entry number 1 of a log is leaf 0. A node is perfect if it stands over
2 to the power of its height leaves; proofs are made of perfect nodes alone, which a `Node` function gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

WIDTH = 32
"""Bytes of a hash."""

TILE = 8
"""Heights between the nodes that are kept: one over every 256 leaves, one over every 256 of those, and so on."""

EMPTY_ROOT = sha256(b"").digest()

Node = Callable[[int, int], bytes]
"""The perfect node of a height (0: a leaf) and a number at that height, counted from the left and from 0."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the roots of the perfect trees it is made of, the largest first."""

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        """Raises ValueError where `peaks` are not as many hashes as a tree of that size has."""
        if size < 0 or len(peaks) != WIDTH * size.bit_count():
            raise ValueError(f"{len(peaks)} bytes are not the right edge of a tree of {size} leaves")
        self.size = size
        self._peaks = [peaks[start : start + WIDTH] for start in range(0, len(peaks), WIDTH)]

    @property
    def peaks(self) -> bytes:
        return b"".join(self._peaks)

    def extend(self, leaves: Iterable[bytes]) -> list[tuple[int, int, bytes]]:
        """Add leaf hashes; gives the tiles that they completed: level (from 1), number at that level, hash."""
        size, peaks, tiles = self.size, self._peaks, []
        for top in leaves:
            size += 1
            rest, height = size, 0
            while not rest & 1:
                top = sha256(b"\1" + peaks.pop() + top).digest()
                rest >>= 1
                height += 1
                if not height % TILE:
                    tiles.append((height // TILE, rest - 1, top))
            peaks.append(top)
        self.size = size
        return tiles

    def root(self) -> bytes:
        return _joined(self._peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root over neighbouring perfect nodes of one height; how many they are is a power of two."""
    row = list(hashes)
    while len(row) > 1:
        row = [sha256(b"\1" + row[at] + row[at + 1]).digest() for at in range(0, len(row), 2)]
    return row[0]


def root_at(size: int, node: Node) -> bytes:
    """The root over the first `size` leaves."""
    return _range_root(0, size, node)


def inclusion_proof(leaf: int, size: int, node: Node) -> list[bytes]:
    """The path from a leaf to the root of the tree over the first `size` leaves. Raises ValueError for no such leaf."""
    if not 0 <= leaf < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {leaf}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if leaf < middle:
            path.append(_range_root(middle, end, node))
            end = middle
        else:
            path.append(_range_root(start, middle, node))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, node: Node) -> list[bytes]:
    """That the tree over the first `old` leaves is the beginning of that over the first `new`.

    Empty where there is nothing to prove: of an empty tree, and of the same size. Raises ValueError for old > new."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves has no beginning of {old}")
    if old in (0, new):
        return []
    start, end, path = 0, new, []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_root(middle, end, node))
            end = middle
        else:
            path.append(_range_root(start, middle, node))
            start = middle
    if start:
        path.append(_range_root(start, end, node))
    return path[::-1]


def includes(leaf_hashed: bytes, leaf: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether an inclusion proof holds (RFC 9162, 2.1.3.2)."""
    if not 0 <= leaf < size or not _hashes(leaf_hashed, root, *proof):
        return False
    number, last, found = leaf, size - 1, leaf_hashed
    for step in proof:
        if last == 0:
            return False
        if number & 1 or number == last:
            found = node_hash(step, found)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            found = node_hash(found, step)
        number >>= 1
        last >>= 1
    return last == 0 and found == root


def extends(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a consistency proof holds (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new or not _hashes(old_root, new_root, *proof):
        return False
    if old in (0, new):
        return not proof and old_root == (EMPTY_ROOT if old == 0 else new_root)
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    number, last = old - 1, new - 1
    while number & 1:
        number >>= 1
        last >>= 1
    found_old = found_new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            found_old, found_new = node_hash(step, found_old), node_hash(step, found_new)
            while not number & 1 and number:
                number >>= 1
                last >>= 1
        else:
            found_new = node_hash(found_new, step)
        number >>= 1
        last >>= 1
    return last == 0 and found_old == old_root and found_new == new_root


def _range_root(start: int, end: int, node: Node) -> bytes:
    """The root over leaves `start` to `end`, exclusive, where the RFC's way of splitting makes such a range."""
    return _joined([node(height, number) for height, number in _perfect(start, end)])


def _perfect(start: int, end: int) -> Iterator[tuple[int, int]]:
    """The perfect nodes a range is made of, from the left: their heights and numbers."""
    while start < end:
        height = (end - start).bit_length() - 1
        yield height, start >> height
        start += 1 << height


def _joined(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = node_hash(peak, found)
    return found


def _split(width: int) -> int:
    """The largest power of two below a width of 2 or more."""
    return 1 << ((width - 1).bit_length() - 1)


def _hashes(*values: bytes) -> bool:
    return all(type(value) is bytes and len(value) == WIDTH for value in values)
