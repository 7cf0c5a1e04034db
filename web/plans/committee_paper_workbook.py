"""The committee paper's workbook: what it is, and every action, finding, move and question, a row each."""

from __future__ import annotations

from web.formats.latest_checkpoint import line_by_line
from web.formats.workbook import Workbook
from web.plans.committee_paper_content import Pack

SHEETS = {
    "actions": "Actions",
    "findings": "Findings",
    "moved": "Moved since",
    "questions": "Questions",
    "others": "Other inspections",
    "system": "Five elements",
}


def as_workbook(pack: Pack) -> bytes:
    """All of the plan, whichever parts the paper shows; the names of the sheets of a made-up plan say so."""
    book = Workbook(pack.title, pack.subject)
    filters = "none: every action, finding and question of the plan is here"
    said = [("What this is", pack.title), ("For", pack.subject), *pack.about, ("Filters", filters)]
    book.notes("Read me", [*said, *line_by_line(pack.note.text if pack.note else "")])
    for table in pack.tables:
        book.table(f"{SHEETS[table.key]}{' (example)' if pack.example else ''}", table)
    return book.data()
