"""The newest signed checkpoint, as every file that leaves the product carries it: who keeps the file keeps that too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.values.errors import NotFound
from web.formats.cells import CLOSING
from web.store.store import Store, current_store

NOTE = "The signed checkpoint, whole"


@dataclass(frozen=True)
class LatestCheckpoint:
    """The newest signed checkpoint as it was signed, and how many entries the log has now."""

    note: str
    entries: int

    @property
    def about(self) -> list[tuple[str, str]]:
        """What the checkpoint states: who made it, how many entries it covers, their root, and what came after."""
        origin, size, root, *_ = self.note.splitlines()
        lines = [("Signed checkpoint of the log, by", origin), ("Entries it covers", size), ("Its root", root)]
        return [*lines, ("Not covered yet", not_covered(int(size), self.entries))]


def not_covered(covered: int, entries: int) -> str:
    """Which entries were recorded since a checkpoint, counted from 1."""
    if entries <= covered:
        return "Nothing: no entry was recorded since."
    if entries == covered + 1:
        return f"Entry {entries:,}, recorded since, is covered by the next checkpoint."
    return f"Entries {covered + 1:,} to {entries:,}, recorded since, are covered by the next checkpoint."


def sealing(store: Store | None = None) -> LatestCheckpoint | None:
    """Of the log as it is now; None where no checkpoint was signed."""
    audit = (store or current_store()).audit
    try:
        return LatestCheckpoint(audit.checkpoint(), audit.head().size)
    except NotFound:
        return None


def closing_rows(sealed: LatestCheckpoint | None) -> list[Sequence[str]]:
    """The row that ends a table: the whole note in one cell; none where no checkpoint was signed."""
    return [] if sealed is None else [(CLOSING, sealed.note.strip("\n"))]


def line_by_line(note: str) -> list[tuple[str, str]]:
    """A note with a cell for each line, its name beside the first; nothing where there is none."""
    return [("" if number else NOTE, line) for number, line in enumerate(note.splitlines())]
