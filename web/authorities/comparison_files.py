"""Two moments side by side, on paper and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from web.formats.latest_checkpoint import LatestCheckpoint, closing_rows
from web.formats.table import whole
from web.formats.word import Paper
from web.words.differences import Compared, DifferenceShown, ValueChanged

COLUMNS = ("part", "entry", "when", "what became of it", "why", "value", "was", "now")

WIDTHS = (4.6, 6.2, 6.2)
"""Of what a value is called, and how it was and is."""


def as_word(compared: Compared, link: str, sealed: LatestCheckpoint | None) -> bytes:
    """A paper: the question, where things stood before and after, and every difference, with the lasting address and
    the checkpoint."""
    paper = Paper(f"{compared.subject}: two dates compared", compared.question, foot=compared.question)
    paper.quietly(compared.question)
    paper.paragraph(compared.counts)
    paper.quietly(f"This comparison can be seen at {link}")
    paper.heading("Before and after", 1)
    paper.table("", ("", "Was", "Now"), ((row.field, row.was, row.now) for row in compared.standing), WIDTHS)
    for group in compared.groups:
        paper.heading(group.label, 1)
        for entry in group.entries:
            paper.heading(entry.title, 2)
            paper.paragraph(f"{entry.became}. {entry.why}. {entry.when}.")
            paper.bullets(entry.facts)
            paper.table("", ("Value", "Was", "Now"), ((row.field, row.was, row.now) for row in entry.changes), WIDTHS)
    paper.sealed(sealed)
    return paper.data()


def as_table(compared: Compared, link: str, sealed: LatestCheckpoint | None) -> bytes:
    """CSV with a byte order mark: one row for each value that differs, one for each entry added or withdrawn whole."""
    return whole(COLUMNS, chain(_rows(compared, link), closing_rows(sealed)))


def _rows(compared: Compared, link: str) -> Iterator[tuple[str, ...]]:
    for row in compared.standing:
        if row.was != row.now:
            yield _cells("Standing", "", "", "Changed", "", row)
    for group in compared.groups:
        for entry in group.entries:
            for row in entry.changes or (_whole(entry),):
                yield _cells(group.label, entry.title, entry.when, entry.became, row.why or entry.why, row)
    yield _cells("About this table", compared.question, "", "", "", ValueChanged("Counts", "", compared.counts))
    yield _cells("About this table", compared.question, "", "", "", ValueChanged("Address", "", link))


def _whole(entry: DifferenceShown) -> ValueChanged:
    return ValueChanged("", "", "; ".join(entry.facts))


def _cells(part: str, entry: str, when: str, became: str, why: str, row: ValueChanged) -> tuple[str, ...]:
    return part, entry, when, became, why, row.field, row.was, row.now
