"""The committee paper's workbook: where the plan stands, a sheet to print, and every fact in a row of its own."""

from __future__ import annotations

from web.formats.blocks import Paragraph, SharesBar
from web.formats.latest_checkpoint import line_by_line
from web.formats.workbook import Workbook
from web.plans.committee_paper.content import Pack

SHEETS = {
    "register": "Register",
    "findings": "Findings",
    "moved": "Moved since",
    "questions": "Questions",
    "others": "Other inspections",
    "system": "Five elements",
    "actions": "Actions",
}


def as_workbook(pack: Pack) -> bytes:
    """All of the plan, whichever parts the paper shows; the names of the sheets of a made-up plan say so."""
    book, ending = Workbook(pack.title, pack.subject, foot=pack.foot), " (example)" if pack.example else ""
    said = [block.text for block in pack.short.blocks if isinstance(block, Paragraph)]
    bar = next((block for block in pack.short.blocks if isinstance(block, SharesBar)), None)
    book.summary(f"In short{ending}", [pack.title, pack.subject, *said], bar)
    for table in pack.tables:
        book.table(f"{SHEETS[table.key]}{ending}", table)
    filters = "none: every action, finding and question of the plan is here"
    about = [("What this is", pack.title), ("For", pack.subject), *pack.about, ("Filters", filters)]
    book.notes("Read me", [*about, *line_by_line(pack.note.text if pack.note else "")])
    return book.data()
