"""The committee paper's workbook: what it is, and every action, finding, move and question, a row each."""

from __future__ import annotations

from web.exports.blocks import Verbatim
from web.exports.workbook import Workbook
from web.pack_content import NOTE, Pack

SHEETS = {"actions": "Actions", "findings": "Findings", "moved": "Moved since", "questions": "Questions"}


def as_workbook(pack: Pack) -> bytes:
    """All of the plan, whichever parts the paper shows; the names of the sheets of a made-up plan say so."""
    book = Workbook(pack.title, pack.subject)
    filters = "none: every action, finding and question of the plan is here"
    said = [("What this is", pack.title), ("For", pack.subject), *pack.about, ("Filters", filters)]
    book.notes("Read me", [*said, *_line_by_line(pack.note)])
    for table in pack.tables:
        book.table(f"{SHEETS[table.key]}{' (example)' if pack.example else ''}", table)
    return book.data()


def _line_by_line(note: Verbatim | None) -> list[tuple[str, str]]:
    """A cell for each line; its name stands beside the first."""
    lines = [] if note is None else note.text.removesuffix("\n").split("\n")
    return [("" if number else NOTE, line) for number, line in enumerate(lines)]
