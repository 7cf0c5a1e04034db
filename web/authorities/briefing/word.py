"""The members' briefing as a Word document: the same as on the page, its pictures as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.values.words import listed
from web.authorities.briefing.content import Briefing
from web.formats.latest_checkpoint import LatestCheckpoint
from web.formats.pills import Pill
from web.formats.word import Paper
from web.words import words

KEY = "O outstanding, G good, RI requires improvement, I inadequate."
NEWEST = 4
"""Inspections whose grades stand beside each other."""


def as_word(briefings: Sequence[Briefing], exact: str, sealed: LatestCheckpoint | None) -> bytes:
    """Two sheets on each, every authority on a page of its own; the signed checkpoint at the end."""
    names = listed([one.authority.name for one in briefings])
    as_at = f"as at {words.day(briefings[0].moment.as_at)}"
    alone = len(briefings) == 1
    title = f"{names}: children’s services and Ofsted" if alone else f"Member briefing: {names}"
    paper = Paper(title, f"Member briefing, {as_at}", foot=f"Member briefing: {names}, {as_at}")
    for number, one in enumerate(briefings):
        if number:
            paper.page_break()
        _write(paper, one, exact, 1 if alone else 2)
    paper.sealed(sealed)
    return paper.data()


def _write(paper: Paper, one: Briefing, exact: str, level: int) -> None:
    if level > 1:
        paper.heading(f"{one.authority.name}: children’s services and Ofsted", level - 1)
    paper.paragraph(one.lead)
    _grades(paper, one, level)
    if not one.ended:
        _next(paper, one, level)
        paper.heading("Where we are in Ofsted’s system", level)
        rows = [(element.name, element.state, words.sentence(element.short)) for element in one.five.elements]
        paper.table("", ("Element", "State", "Known here"), rows, (4.2, 3.4, 9.4))
    _through_time(paper, one, level)
    year = one.asked_for.year
    paper.heading(f"What Ofsted asked for in {year}" if year else "What Ofsted asked for", level)
    paper.bullets(_items(one))
    _beside(paper, one, level)
    if one.questions:
        paper.heading("Questions a member could ask", level)
        for asked in one.questions:
            paper.paragraph(asked.question)
            paper.quietly(f"Fact: {asked.fact}")
    paper.heading("What this cannot tell", level)
    for said in (*one.cannot_tell, f"Exactly this page: {exact}"):
        paper.quietly(said)


def _grades(paper: Paper, one: Briefing, level: int) -> None:
    card = one.grades
    paper.heading("Last grades" if one.ended else "Latest grades", level)
    overall = [("Overall", Pill(card.tone, card.overall), "")] if card.overall else []
    rows = [*overall, *((area.label, Pill(area.tone, area.grade), area.change) for area in card.areas)]
    if not card.overall:
        paper.paragraph(f"{card.headline}. {card.no_overall}".strip())
    paper.table("", ("Area", "Grade", "Compared with the inspection before"), rows, (6.0, 4.6, 6.4))
    if card.kind:
        on_site = f", {card.on_site}" if card.on_site else ""
        report = f"; report of {card.published}" if card.published else ""
        ago = f", {one.summary.since_ago}" if one.summary.since_ago else ""
        paper.quietly(f"{card.kind}{on_site}{report}{ago}. Pathway: {one.summary.pathway.lower()}.")


def _next(paper: Paper, one: Briefing, level: int) -> None:
    paper.heading("What comes next", level)
    paper.paragraph(f"{one.next_when}. {one.pill.says}.")
    if one.picture is not None:
        rows = [(f"{row.label}{f', {row.note}' if row.note else ''}", *row.cells) for row in one.picture.rows]
        paper.table("", ("What says so", "From", "To", "Middle"), rows, (6.2, 3.6, 3.6, 3.6))
    if one.chance is not None:
        paper.quietly(f"By {one.chance.by}: {one.chance.share}{one.chance.already}. Ofsted publishes no dates.")


def _through_time(paper: Paper, one: Briefing, level: int) -> None:
    """The newest inspections beside each other; a cell without a grade says why."""
    columns = one.table.columns[:NEWEST]
    if not columns:
        return
    paper.heading("Grades through time", level)
    rows = [
        (label, *(Pill(cell.tone, cell.grade) if cell.grade else cell.note or "–" for cell in cells[:NEWEST]))
        for label, cells in one.table.rows
    ]
    heads = ("Area", *(f"{column.year}, {column.called}" for column in columns))
    left = 17.0 - 5.0
    paper.table("", heads, rows, (5.0, *(left / len(columns) for _ in columns)))


def _items(one: Briefing) -> Iterator[str]:
    for item in one.items:
        priority = "For priority action: " if item.priority else ""
        yield f"{priority}{item.text}{f' ({item.remark})' if item.remark else ''}"
    if one.more:
        yield f"And {words.count(one.more, 'more item')} in the report."
    if not one.items:
        missing = one.asked_for.missing
        yield (
            f"What the report of {missing} asked for has not been read in here; its grades are held."
            if missing
            else "No report that counts is held here with what it asked for."
        )


def _beside(paper: Paper, one: Briefing, level: int) -> None:
    found = one.beside
    if found is None:
        return
    paper.heading(found.heading, level)
    paper.paragraph("".join(text for text, _ in found.lede))
    rows: list[tuple[str | Pill, ...]] = [
        (
            f"{line.name} (this authority)" if line.own else line.name,
            *(Pill(letter.tone, letter.letter) for letter in line.letters),
            "–" if line.months is None else str(line.months),
            line.next,
        )
        for line in found.lines
    ]
    letters = len(found.columns)
    wide = 7.2 / letters
    heads = ("Authority", *found.columns, "Months", "Next")
    paper.table("", heads, rows, (4.2, *(wide for _ in range(letters)), 1.5, 4.1))
    paper.quietly(f"{KEY} {found.source}".strip())
