"""Graded reports: single inspections (2013 to 2018), inspections of children's services since, and those before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from domain.frameworks import AREAS, Area, Framework, Grade, set_on
from domain.values.documents import DocumentKind, PlaceRead
from domain.values.errors import RuleBroken
from domain.values.judgements import SHORT_AT_MOST_DAYS, Judgements
from domain.values.statements import PeriodOnSite, Variant
from domain.values.words import listed, span_in_words
from web.intake.reports.dates import days_in
from web.intake.reports.findings import FindingsRead, findings_of
from web.intake.reports.flow import BlockRole, TextFlow
from web.intake.reports.front import (
    PUBLISHED,
    FrontPage,
    days_at_the_foot,
    days_on_site,
    front_of,
    is_furniture,
    lead_inspector,
)
from web.intake.reports.grades import (
    GradeRead,
    earlier_overall,
    grades_of_headings,
    labels_of,
    lscb_grade,
    overall_in_a_sentence,
    spilt_grades,
    table_grades,
)
from web.intake.reports.naming import authority_in
from web.intake.reports.notes import DocumentAsked, ReadingNotes, publication
from web.intake.reports.pages import DocumentText
from web.intake.reports.reading import DocumentReading
from web.intake.reports.sections import sections_of

_S = r"children[’']?s?\s+"
_FRAMEWORKS = (
    (r"services\s+for\s+children\s+in\s+need\s+of\s+help\s+and\s+protection", Framework.SIF),
    (r"inspection\s+of\s+safeguarding\s+and\s+looked\s+after\s+children", Framework.SLAC),
    (r"arrangements\s+for\s+the\s+protection\s+of\s+children|inspection\s+of\s+child\s+protection", Framework.CPI),
    (r"inspection\s+of\s+(?:services\s+for\s+)?looked\s+after\s+children", Framework.TLAC),
    (
        rf"inspection\s+of\s+(?:[^.]{{0,90}}?\s)?(?:local\s+authority\s+)?{_S}(?:social\s+care\s+)?services",
        Framework.ILACS,
    ),
)
_OTHERS = re.compile(
    r"area send|special educational needs|joint targeted|focused visit|monitoring visit", re.IGNORECASE
)
_AGAIN = re.compile(r"\bre-?\s?inspection\b", re.IGNORECASE)
_BODY = 30_000
"""Characters of the text in which an authority is looked for that the front page does not name."""


def graded_front(document: DocumentText) -> tuple[FrontPage, Framework] | None:
    """The front page of a graded report, and its framework; None for any other document."""
    front = front_of(document)
    framework = _framework(front) if front else None
    return (front, framework) if front and framework else None


def read_graded(document: DocumentText, flow: TextFlow, asked: DocumentAsked) -> DocumentReading | None:
    """What a graded report tells; None where the document is none."""
    known = graded_front(document)
    if known is None:
        return None
    front, framework = known
    notes = ReadingNotes()
    notes.places["kind"] = notes.places["framework"] = PlaceRead(front.page, front.heading)
    periods = _periods(document, front, notes)
    printed = _printed(front, notes)
    published, read_from = publication(printed, asked=asked, periods=periods, notes=notes, what="report")
    if any(period.end > asked.today for period in periods):
        notes.doubt("The last day on site is still to come.", "periods")
    start = periods[0].start if periods else None
    authority = authority_in([front.heading], body=flow.text[:_BODY], register=asked.register, on=start)
    notes.doubt(authority.doubt, *authority.uncertain)
    if authority.words:
        notes.places["urn"] = PlaceRead(front.page, authority.words)
    lead = lead_inspector(document, front)
    if lead:
        notes.places["lead_inspector"] = lead
    else:
        notes.doubt("The lead inspector is not named where reports name one.")
    findings = _findings(flow, framework, notes)
    return DocumentReading(
        kind=DocumentKind.GRADED_REPORT,
        urn=authority.urn,
        name=authority.name,
        framework=framework,
        variant=_variant(front, framework, periods),
        periods=periods,
        published=published,
        published_from=read_from,
        lead_inspector=lead.words if lead else None,
        grades=_grades(document, flow, front, framework, start=start, published=published, notes=notes),
        priority_action=True if findings.priority_actions else None,
        improvements=findings.improvements,
        priority_actions=findings.priority_actions,
        sections=sections_of(flow.blocks, framework),
        doubts=tuple(notes.doubts),
        uncertain=frozenset(notes.uncertain),
        places=notes.places,
        pages=len(document.pages),
    )


def _findings(flow: TextFlow, framework: Framework, notes: ReadingNotes) -> FindingsRead:
    parted, numbered = framework is not Framework.ILACS, framework is Framework.SIF
    findings = findings_of(flow.blocks, parted=parted, numbered=numbered)
    if not findings.listed:
        notes.doubt("No list of what needs to improve was found.")
    elif not findings.improvements:
        notes.doubt("The list of what needs to improve has no items that could be told apart.")
    for name, items in (("improvements", findings.improvements), ("priority_actions", findings.priority_actions)):
        for at, item in enumerate(items):
            notes.places[f"{name}.{at}"] = PlaceRead(item.page or 1, item.text)
    return findings


def _framework(front: FrontPage) -> Framework | None:
    heading = front.heading
    if _OTHERS.search(heading):
        return None
    found = next((framework for words, framework in _FRAMEWORKS if re.search(words, heading, re.IGNORECASE)), None)
    return Framework.CPRI if found is Framework.CPI and _AGAIN.search(heading) else found


def _variant(front: FrontPage, framework: Framework, periods: tuple[PeriodOnSite, ...]) -> Variant | None:
    """R-082: the length of the first period tells a short inspection from a standard one; no report prints it."""
    if _AGAIN.search(front.heading):
        return Variant.REINSPECTION
    if framework is Framework.SIF:
        return Variant.SINGLE_INSPECTION
    if framework is not Framework.ILACS or not periods:
        return None
    days = (periods[0].end - periods[0].start).days + 1
    return Variant.SHORT if days <= SHORT_AT_MOST_DAYS else Variant.STANDARD


# --- days -----------------------------------------------------------------------------------------------------------


def _periods(document: DocumentText, front: FrontPage, notes: ReadingNotes) -> tuple[PeriodOnSite, ...]:
    said = days_on_site(front)
    if said is None:
        notes.doubt("The days on site are not printed on the front page in a form that is known.", "periods")
        return ()
    notes.places["periods"] = PlaceRead(front.page, said.words)
    if said.fault:
        notes.doubt(f"The days on site cannot be right: {said.fault}", "periods")
        return ()
    for at in range(len(said.periods)):
        notes.places[f"periods.{at}"] = notes.places["periods"]
    foot = days_at_the_foot(document)
    if foot and foot != said.periods:
        printed = listed([span_in_words(one.start, one.end) for one in foot])
        notes.doubt(f"The foot of the pages gives other days on site, {printed}; those of the front page were taken.")
    return said.periods


def _printed(front: FrontPage, notes: ReadingNotes) -> date | None:
    for said in days_in(front.labelled.get(PUBLISHED, "")):
        if said.periods[0].start == said.periods[-1].end:
            notes.places["published"] = PlaceRead(front.page, said.words)
            return said.periods[0].start
    return None


# --- grades ---------------------------------------------------------------------------------------------------------


def _grades(
    document: DocumentText,
    flow: TextFlow,
    front: FrontPage,
    framework: Framework,
    *,
    start: date | None,
    published: date | None,
    notes: ReadingNotes,
) -> Judgements:
    read, doubts = table_grades(front, labels_of(framework))
    for doubt in doubts:
        notes.doubt(doubt)
    row = set_on(framework, started=start, published=published)
    missing = {area: label for area, label in labels_of(framework).items() if area in row.areas and area not in read}
    if read and missing and front.page < len(document.pages):
        after = [line for line in document.pages[front.page] if not is_furniture(line)]
        read |= spilt_grades(after, missing)
    if framework is Framework.SIF:
        if overall := overall_in_a_sentence(front):
            read[Area.OVERALL_EFFECTIVENESS] = overall
        told, why = lscb_grade(document.pages)
    elif framework is Framework.ILACS:
        told, why = None, None
    else:
        told, why = earlier_overall(document.pages)
    headings = [(block.page, block.text) for block in flow.blocks if block.role is BlockRole.HEADING]
    for again in grades_of_headings(headings, labels_of(framework)):
        if again.area in read and again.grade is not read[again.area].grade:
            notes.doubt(
                f"The front page grades “{read[again.area].place.words}”, and a heading on page {again.place.page} "
                f"says “{again.place.words}”; the front page was taken.",
                f"grades.{again.area.value}",
            )
    if told:
        read.setdefault(told.area, told)
    if why:
        notes.doubt(why)
    for area in row.areas:
        if area not in read and not (area is Area.LSCB and "oard" not in front.heading) and _expected(area, framework):
            notes.doubt(f"The grade for {AREAS[area].words} could not be read.", f"grades.{area.value}")
    grades = dict(_fitting(read, row.areas, notes))
    try:
        Judgements.of(grades).must_fit(row.set)
    except RuleBroken as fault:
        notes.doubt(str(fault))
    return Judgements.of(grades)


def _expected(area: Area, framework: Framework) -> bool:
    return framework in (Framework.SIF, Framework.ILACS) or area is Area.OVERALL_EFFECTIVENESS


def _fitting(read: dict[Area, GradeRead], areas: tuple[Area, ...], notes: ReadingNotes) -> Iterator[tuple[Area, Grade]]:
    for area, one in read.items():
        if one.grade is None:
            continue
        if area not in areas:
            notes.doubt(
                f"The front page grades {AREAS[area].words} (“{one.place.words}”), which an inspection of that day "
                "did not judge; the grade was left out.",
                f"grades.{area.value}",
            )
            continue
        notes.places[f"grades.{area.value}"] = one.place
        yield area, one.grade
