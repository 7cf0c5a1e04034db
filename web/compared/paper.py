"""One authority beside others as a Word document: the same as on the page, its pictures as tables."""

from __future__ import annotations

from collections.abc import Iterator

from domain.values.activities import AuthorityFacts
from web.compared.shown import ComparedShown, lede_text
from web.formats.latest_checkpoint import LatestCheckpoint
from web.formats.pills import Pill
from web.formats.word import Paper, Said

KEY = "O outstanding, G good, RI requires improvement, I inadequate; a dash where there is none."
NAME, LETTER, MONTHS, NEXT, VISITS = 4.3, 1.35, 1.6, 2.95, 1.4
"""Widths in centimetres: five letters beside them make 17."""


def as_word(
    found: ComparedShown, authority: AuthorityFacts, as_at: str, exact: str, sealed: LatestCheckpoint | None
) -> bytes:
    """`as_at` is the day in words, `exact` the address that shows the same."""
    title = f"{authority.name} beside other authorities"
    paper = Paper(title, f"As at {as_at}", foot=f"{title}, as at {as_at}")
    paper.quietly(f"As at {as_at}.")
    paper.paragraph(lede_text(found.lede))
    paper.heading(found.heading, 1)
    heads = ("Authority", *found.columns, "Months since", "Next inspection", "Visits since")
    letters = tuple(LETTER * 5 / len(found.columns) for _ in found.columns)
    paper.table("", heads, _rows(found), (NAME, *letters, MONTHS, NEXT, VISITS))
    for said in (KEY, found.visits_known, *_absent(found), found.source):
        if said:
            paper.quietly(said)
    if found.themes:
        paper.heading("What reports ask to improve", 1)
        rows = [(one.words, one.here, one.group, one.england) for one in found.themes]
        paper.table("", ("Theme", authority.name, "These authorities", "England"), rows, (7.0, 3.2, 3.8, 3.0))
        if found.themes_source:
            paper.quietly(found.themes_source)
    paper.quietly(f"Exactly this comparison: {exact}")
    paper.sealed(sealed)
    return paper.data()


def _rows(found: ComparedShown) -> Iterator[tuple[Said, ...]]:
    """Each authority, its own first, then the groups in sum."""
    for line in found.lines:
        name = f"{line.name} (this authority)" if line.own else line.name
        letters = (Pill(one.tone, one.letter) for one in line.letters)
        yield name, *letters, _number(line.months), line.next, line.visits
    for group in found.sums:
        yield f"{group.name}: good or better, of those graded", *group.shares, _number(group.months), "", ""


def _number(months: int | None) -> str:
    return "–" if months is None else str(months)


def _absent(found: ComparedShown) -> Iterator[str]:
    if found.absent:
        yield f"Not there on that day: {', '.join(found.absent)}."
