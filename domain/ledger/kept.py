"""What people kept outside the store, read from files: checkpoints, receipts, and what `verify` remembered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.ledger.notes import Checkpoint, NotANote, Note, PublicKey
from domain.ledger.proofs import Claim, claims
from domain.ledger.trail import Head
from domain.values.errors import StoreUnavailable


@dataclass(frozen=True)
class KeptCheckpoint:
    """A checkpoint that somebody kept. `note` is None where it was not signed; `where` says whose. What `verify` itself
    remembered is `remembered_here`: it does not bind whoever runs the machine."""

    checkpoint: Checkpoint
    note: Note | None
    where: str
    remembered_here: bool = False

    @classmethod
    def signed(cls, note: Note, where: str) -> KeptCheckpoint:
        return cls(Checkpoint.read(note.text), note, where)


def checkpoints_in(path: Path) -> list[KeptCheckpoint]:
    """Signed checkpoints, one after another; copied without the end of the last line, it is added. Raises
    StoreUnavailable where the file is not that."""
    text = _text(path).strip("\n")
    try:
        found = [KeptCheckpoint.signed(note, f"in {path.name}") for note in Note.read_all(f"{text}\n" if text else "")]
    except NotANote as wrong:
        raise StoreUnavailable(f"{path.name} cannot be checked: {wrong}.") from wrong
    if not found:
        raise StoreUnavailable(f"{path.name} cannot be checked: it holds no checkpoint.")
    return found


def receipt_in(path: Path) -> Sequence[Claim]:
    """What a proof or receipt claims. Raises StoreUnavailable where the file is neither."""
    try:
        return claims(json.loads(_text(path)))
    except ValueError as wrong:
        why = wrong if isinstance(wrong, NotANote) else "it is not JSON"
        raise StoreUnavailable(f"{path.name} cannot be checked: {why}.") from wrong


def with_receipt(claim: Claim) -> KeptCheckpoint:
    """The checkpoint that a receipt comes with; before one covers it, the size and root it was proved in."""
    if claim.checkpoint is not None:
        return KeptCheckpoint.signed(claim.checkpoint, "in a receipt")
    return KeptCheckpoint(Checkpoint(claim.origin, claim.size, claim.root, ""), None, "in a receipt, not signed")


def remembered_in(path: Path) -> list[KeptCheckpoint]:
    """What was remembered so far; nothing where there is no file. Raises StoreUnavailable where a line is damaged."""
    if not path.exists():
        return []
    try:
        lines = [json.loads(line) for line in _text(path).splitlines()]
        texts = [f"{line['origin']}\n{line['size']}\n{line['root']}\ntime {line['time']}\n" for line in lines]
        return [KeptCheckpoint(Checkpoint.read(text), None, f"in {path.name}", remembered_here=True) for text in texts]
    except (ValueError, TypeError, KeyError) as wrong:
        raise StoreUnavailable(f"{path.name} cannot be checked: a line of it is not what we remembered.") from wrong


def remember(path: Path, head: Head, at: datetime) -> None:
    """Add a size and root to the end of the file."""
    time = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    line = {"origin": head.origin, "size": head.size, "root": head.root_text, "time": time}
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    except OSError as fault:
        raise StoreUnavailable(f"{path} cannot be written.") from fault


def key_in(text: str) -> PublicKey:
    """Raises StoreUnavailable where the text is not a public key."""
    try:
        return PublicKey.read(text)
    except NotANote as wrong:
        raise StoreUnavailable(f"That key cannot be used: {wrong}.") from wrong


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise StoreUnavailable(f"{path} cannot be read.") from fault
