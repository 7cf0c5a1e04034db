"""Reads the reports on full inspections of how an area serves children with special educational needs (area SEND).

The form is that of 30 reports from May 2023 to March 2025. R-075 has the three outcomes. The day of publication is not
printed. A report on a monitoring inspection is refused by name: none was at hand to read its form from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from domain.values.documents import DocumentKind, ItemRead, ParagraphRead, PlaceRead, SectionRead
from web.intake.reports.flow import BlockRole, TextBlock, TextFlow
from web.intake.reports.letter_head import days_on_site
from web.intake.reports.naming import authority_in
from web.intake.reports.notes import DocumentAsked, ReadingNotes, publication
from web.intake.reports.reading import DocumentReading, refusal

_TITLE = re.compile(
    r"area SEND (?P<monitoring>monitoring )?inspection of\s+(?P<whom>.{3,160}?)\s+inspection dates?\b",
    re.IGNORECASE | re.DOTALL,
)
_DATES = re.compile(r"inspection dates?\s*:?\s*(?P<days>.+?)(?=\s*dates? of previous|\n|$)", re.IGNORECASE)
_OUTCOMES = (
    (1, re.compile(r"typically\s+lead\s+to\s+positive\s+experiences", re.IGNORECASE)),
    (2, re.compile(r"lead\s+to\s+inconsistent\s+experiences", re.IGNORECASE)),
    (3, re.compile(r"widespread\s+and\s*/?\s*(?:or\s+)?systemic\s+failings", re.IGNORECASE)),
)
_NEXT = (
    (1, re.compile(r"within\s+approximately\s+(?:five|5)\s+years", re.IGNORECASE)),
    (3, re.compile(r"monitoring\s+inspection\s+will\s+be\s+carried\s+out", re.IGNORECASE)),
    (2, re.compile(r"within\s+approximately\s+(?:three|3)\s+years", re.IGNORECASE)),
)
"""What comes next by outcome; "three years" stands under the third outcome too, after its monitoring inspection."""
_OUTCOME_HEADING = re.compile(r"inspection outcome", re.IGNORECASE)
_PRIORITIES = re.compile(r"(?:responsible (?:body|bodies)\s+)?areas? for priority action", re.IGNORECASE)
_IMPROVEMENTS = re.compile(r"areas? for improvement", re.IGNORECASE)
_LAST = re.compile(r"local area partnership details|information about this inspection|inspection team", re.IGNORECASE)
_LED = re.compile(
    r"(?:\b(?:Mrs?|Ms|Miss|Dr)\.? )?(?P<name>(?!Quality|Commission)[A-Z][\w’'-]+"
    r"(?: (?!HMI|Commission)(?:[A-Z][\w’'.-]*|de|van|der)){1,3})"
    r"(?:,? HMI)?,?\s+(?:Ofsted|HMI)\b[^.\n]{0,12}?\b[Ll]ead\s+[Ii]nspector",
)
_SECOND_COLUMN = 120
"""Points from a table's left edge: what stands further right is in its second column."""


def read_area_send(flow: TextFlow, asked: DocumentAsked) -> DocumentReading | None:
    """What a report on an area SEND inspection tells; None for any other document."""
    title = _TITLE.search(" ".join(block.text for block in flow.blocks[:8]))
    if title is None:
        return None
    if title["monitoring"]:
        return refusal(
            "it is a report on a monitoring inspection of area SEND; only those on full inspections are read"
        )
    notes = ReadingNotes()
    notes.places["kind"] = PlaceRead(flow.blocks[0].page, title[0])
    periods = days_on_site(_dates(flow), over_by=asked.over_by, what="inspection", notes=notes)
    published, read_from = publication(None, asked=asked, periods=periods, notes=notes, what="report")
    authority = authority_in(
        [title["whom"]], body=flow.text, register=asked.register, on=periods[0].start if periods else published
    )
    notes.of_authority(authority, flow)
    chapters = list(_chapters(flow.blocks))
    outcome = _outcome(chapters, notes)
    priorities = _items(chapters, _PRIORITIES, notes, "areas_for_priority_action")
    improvements = _items(chapters, _IMPROVEMENTS, notes, "areas_for_improvement")
    return DocumentReading(
        kind=DocumentKind.AREA_SEND_REPORT,
        urn=authority.urn,
        name=authority.name,
        periods=periods,
        published=published,
        published_from=read_from,
        lead_inspector=_led_by(flow, notes),
        outcome=outcome,
        priority_action=_whether(outcome, priorities, notes),
        improvements=improvements,
        priority_actions=priorities,
        sections=tuple(_sections(chapters)),
        doubts=tuple(notes.doubts),
        uncertain=frozenset(notes.uncertain),
        places=notes.places,
    )


_Chapter = tuple[TextBlock, list[TextBlock]]


def _chapters(blocks: Sequence[TextBlock]) -> Iterator[_Chapter]:
    """Each heading with what stands below it, as far as the next, until the list of who took part."""
    chapter: _Chapter | None = None
    for block in blocks:
        if block.role is BlockRole.HEADING:
            if chapter is not None:
                yield chapter
            if _LAST.match(block.text):
                return
            chapter = (block, [])
        elif chapter is not None:
            chapter[1].append(block)
    if chapter is not None:
        yield chapter


def _dates(flow: TextFlow) -> Iterator[tuple[int, str]]:
    for block in flow.blocks[:12]:
        found = _DATES.search(block.text)
        if found:
            yield block.page, found["days"]


def _outcome(chapters: Sequence[_Chapter], notes: ReadingNotes) -> int | None:
    """One of three, from the sentence under its heading; what comes next has to agree with it."""
    below = next((below for heading, below in chapters if _OUTCOME_HEADING.match(heading.text)), [])
    text = " ".join(block.text for block in below)
    told = {outcome for outcome, pattern in _OUTCOMES if pattern.search(text)}
    following = next((outcome for outcome, pattern in _NEXT if pattern.search(text)), None)
    if len(told) != 1:
        notes.doubt("The outcome of the inspection could not be read.", "outcome")
        return None
    (outcome,) = told
    notes.places["outcome"] = PlaceRead(below[0].page, below[0].text)
    if following is not None and following != outcome:
        notes.doubt(
            f"The outcome reads as {outcome}, and what the report says comes next belongs to {following}.", "outcome"
        )
    return outcome


def _items(
    chapters: Sequence[_Chapter], heading: re.Pattern[str], notes: ReadingNotes, value: str
) -> tuple[ItemRead, ...]:
    """One for each row of a table, over pages and its repeated head; of two columns the second, the finding."""
    items: list[tuple[str, int]] = []
    for title, below in chapters:
        if not heading.fullmatch(title.text.strip(" .:")):
            continue
        left = min((block.left for block in below), default=0.0)
        second = [_without_lead(block) for block in below if block.lead or block.left > left + _SECOND_COLUMN]
        for place, block in enumerate(second or below):
            begun = bool(items) and (place > 0 or items[-1][0][-1:] in ".!?")
            if items and (not begun or block.role is BlockRole.BULLET or block.text[:1].islower()):
                items[-1] = (f"{items[-1][0]} {block.text}", items[-1][1])
            else:
                items.append((block.text, block.page))
                notes.places.setdefault(value, PlaceRead(title.page, f"{title.text} {block.text}"))
    return tuple(ItemRead(text, (), page) for text, page in items)


def _without_lead(block: TextBlock) -> TextBlock:
    """A row whose first column stands on the first line of its second."""
    return replace(block, text=block.text.removeprefix(block.lead).strip())


def _whether(outcome: int | None, priorities: Sequence[ItemRead], notes: ReadingNotes) -> bool | None:
    """Whether there is an area for priority action: only, and always, under the third outcome."""
    if priorities:
        notes.places["priority_action"] = notes.places["areas_for_priority_action"]
    if outcome == 3 and not priorities:
        notes.doubt("The areas for priority action could not be read.", "priority_action")
        return None
    if priorities and outcome not in (3, None):
        notes.doubt(f"Areas for priority action are listed, though the outcome reads as {outcome}.", "outcome")
    return bool(priorities) if outcome or priorities else None


def _sections(chapters: Sequence[_Chapter]) -> Iterator[SectionRead]:
    for heading, below in chapters:
        bare = heading.text.strip(" .:")
        if below and not _PRIORITIES.fullmatch(bare) and not _IMPROVEMENTS.fullmatch(bare):
            yield SectionRead(
                heading.text, None, tuple(ParagraphRead(block.text, block.page, block.number) for block in below)
            )


def _led_by(flow: TextFlow, notes: ReadingNotes) -> str | None:
    """Ofsted's inspector who led; the CQC names one of its own beside."""
    found = _LED.search(flow.text)
    if found is None:
        notes.doubt("The name of Ofsted’s lead inspector could not be read.")
        return None
    notes.places["lead_inspector"] = flow.found(found)
    return found["name"]
