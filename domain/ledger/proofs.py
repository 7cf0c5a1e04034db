"""What a member can keep: an entry with its place in the tree and the checkpoint that covers it, as one JSON document.

Hashes and recorded bytes are base64, as checkpoints write them. `docs/ledger-format.md` describes every key."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.ledger.leaves import Leaves, LogEntry
from domain.ledger.merkle import WIDTH, consistency_proof, includes, inclusion_proof, root_at
from domain.ledger.notes import Checkpoint, NotANote, Note
from domain.ledger.trail import Trail
from domain.values.errors import EntryAltered, NotFound, RuleBroken

Document = dict[str, Any]

PROOF, RECEIPT, CONSISTENCY = "timeline-proof/1", "timeline-receipt/1", "timeline-consistency/1"

EVENT = ("stream", "version", "topic", "bytes", "recorded_at", "command")
"""What a document shows of an event."""


@dataclass(frozen=True)
class Claim:
    """An entry as a proof or receipt shows it. `size` and `root` are of the tree it was proved in; `entry` is None
    where the event is withheld, so that only its leaf and the path from it can be checked."""

    origin: str
    seq: int
    position: int
    entry: LogEntry | None
    leaf: bytes
    size: int
    root: bytes
    path: tuple[bytes, ...]
    checkpoint: Note | None

    def fault(self) -> str | None:
        """Why this does not prove itself; None where it does. The signature is not looked at."""
        if self.entry is not None and Leaves(self.origin).of(self.entry) != self.leaf:
            return "its leaf is not the hash of its event"
        if not includes(self.leaf, self.seq - 1, self.size, self.path, self.root):
            return "its path does not lead to its root"
        if self.checkpoint is not None:
            signed = Checkpoint.read(self.checkpoint.text)
            if (signed.origin, signed.size, signed.root) != (self.origin, self.size, self.root):
                return "its checkpoint is of another tree"
        return None


def proof(trail: Trail, seq: int, newest: Note | None) -> Document:
    """One entry, proved in the tree of the newest checkpoint if that covers it, else in the tree as it is now.

    Raises NotFound where there is no such entry, EntryAltered where it is not the one the tree was made of."""
    tree = _tree(trail, seq, newest)
    return {"format": PROOF, "origin": tree.origin, **tree.entry(seq), **tree.document()}


def receipt(trail: Trail, command: UUID, positions: tuple[int, int], newest: Note | None) -> Document:
    """Every entry that a command wrote at these positions, both inclusive; each is proved as `proof` does."""
    numbers = trail.numbers_of(*positions)
    if not numbers:
        raise NotFound("The tree does not have what that command wrote.")
    tree = _tree(trail, numbers[-1], newest)
    return {
        "format": RECEIPT,
        "origin": tree.origin,
        "command": command.hex,
        "entries": [tree.entry(seq) for seq in numbers],
        **tree.document(),
    }


def consistency(trail: Trail, old: int, new: int) -> Document:
    """That the log's first `old` entries are the beginning of its first `new`. Raises NotFound for sizes it never had,
    RuleBroken for a beginning that is longer than the whole."""
    head = trail.head()
    if max(old, new) > head.size:
        raise NotFound(f"The log has {head.size:,} entries, not {max(old, new):,}.")
    if not 0 <= old <= new:
        raise RuleBroken("Give the smaller size first; both count entries, from 0 up.")
    node = trail.node()
    return {
        "format": CONSISTENCY,
        "origin": head.origin,
        "old": {"size": old, "root": _text(root_at(old, node))},
        "new": {"size": new, "root": _text(root_at(new, node))},
        "hashes": [_text(step) for step in consistency_proof(old, new, node)],
    }


class _Tree:
    """The tree that entries are proved in: all of the log, or what a checkpoint covers."""

    def __init__(self, trail: Trail, size: int, root: bytes, origin: str, checkpoint: Note | None) -> None:
        self._trail, self._node = trail, trail.node()
        self._size, self._root, self.origin, self._checkpoint = size, root, origin, checkpoint
        self._leaves = Leaves(origin)

    def entry(self, seq: int) -> Document:
        entry, leaf = self._trail.entry(seq)
        path = inclusion_proof(seq - 1, self._size, self._node)
        if self._leaves.of(entry) != leaf or not includes(leaf, seq - 1, self._size, path, self._root):
            raise EntryAltered(
                f"Entry {seq:,} is not what the tree was made of: it was altered after it was recorded, or the tree "
                "over it is damaged. No proof can be given. Run: flask --app wsgi ledger verify"
            )
        return {
            "seq": seq,
            "position": entry.position,
            "event": {
                "stream": entry.stream,
                "version": entry.version,
                "topic": entry.topic,
                "bytes": _text(entry.state),
                "recorded_at": entry.recorded_at,
                "command": entry.command,
            },
            "leaf": _text(leaf),
            "inclusion": [_text(step) for step in path],
        }

    def document(self) -> Document:
        return {
            "tree": {"size": self._size, "root": _text(self._root)},
            "checkpoint": None if self._checkpoint is None else str(self._checkpoint),
        }


def _tree(trail: Trail, seq: int, newest: Note | None) -> _Tree:
    head = trail.head()
    if newest is not None:
        signed = Checkpoint.read(newest.text)
        if signed.origin == head.origin and seq <= signed.size <= head.size:
            return _Tree(trail, signed.size, signed.root, head.origin, newest)
    if not 1 <= seq <= head.size:
        raise NotFound(f"The log has no entry {seq:,}: it has {head.size:,}, counted from 1.")
    return _Tree(trail, head.size, head.root, head.origin, None)


def claims(document: object) -> Sequence[Claim]:
    """What a proof or receipt claims. Raises NotANote where the document is neither, or a part of it is missing."""
    try:
        whole: Any = document
        entries = {PROOF: [whole], RECEIPT: whole.get("entries")}[whole["format"]]
        note = None if whole["checkpoint"] is None else Note.read(whole["checkpoint"])
        if note is not None:
            Checkpoint.read(note.text)
        found = [_claim(whole, part, note) for part in entries]
    except NotANote:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise NotANote("this is not a proof or a receipt of ours") from wrong
    if not found:
        raise NotANote("this receipt holds no entry")
    return found


def _claim(whole: Any, part: Any, note: Note | None) -> Claim:
    numbers, texts = (part["seq"], part["position"], whole["tree"]["size"]), (whole["origin"],)
    if any(type(number) is not int for number in numbers) or any(type(text) is not str for text in texts):
        raise ValueError("a number or a text is of another type")
    return Claim(
        origin=whole["origin"],
        seq=part["seq"],
        position=part["position"],
        entry=None if _is_withheld(whole, part["event"]) else _entry(part["position"], part["event"]),
        leaf=_hash(part["leaf"]),
        size=whole["tree"]["size"],
        root=_hash(whole["tree"]["root"]),
        path=tuple(map(_hash, part["inclusion"])),
        checkpoint=note,
    )


def _is_withheld(whole: Any, event: Any) -> bool:
    """Whether the document says that it does not show the event, and shows nothing of it."""
    return type(whole.get("withheld")) is str and set(event) == set(EVENT) and set(event.values()) == {None}


def _entry(position: int, event: Any) -> LogEntry:
    texts = (event["stream"], event["topic"], event["recorded_at"], event["command"])
    if type(event["version"]) is not int or any(type(text) is not str for text in texts):
        raise ValueError("a number or a text is of another type")
    state = b64decode(event["bytes"], validate=True)
    return LogEntry(position, event["stream"], event["version"], event["topic"], state, *texts[2:])


def _hash(text: str) -> bytes:
    found = b64decode(text, validate=True)
    if len(found) != WIDTH:
        raise ValueError("a hash has 32 bytes")
    return found


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
