"""Graded reports: single inspections (2013 to 2018), inspections of children's services since, and those before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from domain.frameworks import AREAS, Area, Framework, Grade, set_on
from domain.register.register import Register
from domain.values.documents import DocumentKind, PlaceRead
from domain.values.errors import RuleBroken
from domain.values.judgements import SHORT_AT_MOST_DAYS, Judgements
from domain.values.statements import PeriodOnSite, Variant
from web.intake.reports.dates import days_in
from web.intake.reports.findings import findings_of
from web.intake.reports.flow import flow_of
from web.intake.reports.front import (
    PUBLISHED,
    FrontPage,
    days_at_the_foot,
    days_on_site,
    front_of,
    lead_inspector,
    publication,
)
from web.intake.reports.grades import (
    GradeRead,
    earlier_overall,
    labels_of,
    lscb_grade,
    overall_in_a_sentence,
    table_grades,
)
from web.intake.reports.naming import authority_in
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
_BODY_LINES = 400


@dataclass
class _Findings:
    """What is gathered on the way."""

    doubts: list[str] = field(default_factory=list)
    uncertain: set[str] = field(default_factory=set)
    places: dict[str, PlaceRead] = field(default_factory=dict)

    def doubt(self, sentence: str, *values: str) -> None:
        self.doubts.append(sentence)
        self.uncertain.update(values)


def read_graded(
    document: DocumentText, *, path: Path, register: Register, today: date, published_on: date | None
) -> DocumentReading | None:
    """What a graded report tells; None where the document is none."""
    front = front_of(document)
    framework = _framework(front) if front else None
    if front is None or framework is None:
        return None
    found = _Findings()
    found.places["kind"] = found.places["framework"] = PlaceRead(front.page, front.heading)
    periods = _periods(document, front, found)
    printed, place = _printed(front)
    published = publication(printed, place, path, published_on)
    found.doubts += published.doubts
    if published.place:
        found.places["published"] = published.place
    _days_fit(periods, published.on, today, found)
    start = periods[0].start if periods else None
    lines = [line.text for page in document.pages for line in page]
    named = authority_in([front.heading], body="\n".join(lines[:_BODY_LINES]), register=register, on=start)
    if named.doubt:
        found.doubt(named.doubt, "urn")
    if named.words:
        found.places["name"] = PlaceRead(front.page, named.words)
    lead = lead_inspector(document, front)
    if lead:
        found.places["lead_inspector"] = lead
    else:
        found.doubt("The lead inspector is not named where reports name one.")
    flow = flow_of(document)
    findings = findings_of(flow.blocks, parted=framework is not Framework.ILACS, numbered=framework is Framework.SIF)
    if not findings.listed:
        found.doubt("No list of what needs to improve was found.")
    for name, items in (("improvements", findings.improvements), ("priority_actions", findings.priority_actions)):
        for at, item in enumerate(items):
            found.places[f"{name}.{at}"] = PlaceRead(item.page or 1, item.text)
    grades = _grades(document, front, framework, start=start, published=published.on, found=found)
    return DocumentReading(
        kind=DocumentKind.GRADED_REPORT,
        urn=named.urn,
        name=named.name,
        framework=framework,
        variant=_variant(front, framework, periods),
        periods=periods,
        published=published.on,
        published_from=published.source,
        lead_inspector=lead.words if lead else None,
        grades=grades,
        priority_action=True if findings.priority_actions else None,
        improvements=findings.improvements,
        priority_actions=findings.priority_actions,
        sections=sections_of(flow.blocks, framework),
        doubts=tuple(dict.fromkeys(found.doubts)),
        uncertain=frozenset(found.uncertain),
        places=found.places,
        pages=len(document.pages),
    )


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


def _periods(document: DocumentText, front: FrontPage, found: _Findings) -> tuple[PeriodOnSite, ...]:
    said = days_on_site(front)
    if said is None:
        found.doubt("The days on site are not printed on the front page in a form that is known.", "periods")
        return ()
    found.places["periods"] = PlaceRead(front.page, said.words)
    if said.fault:
        found.doubt(f"The days on site cannot be right: {said.fault}", "periods")
        return ()
    for at in range(len(said.periods)):
        found.places[f"periods.{at}"] = found.places["periods"]
    foot = days_at_the_foot(document)
    if foot and foot != said.periods:
        printed = " and ".join(f"{one.start.isoformat()} to {one.end.isoformat()}" for one in foot)
        found.doubt(f"The foot of the pages gives other days on site, {printed}; those of the front page were taken.")
    return said.periods


def _printed(front: FrontPage) -> tuple[date | None, PlaceRead | None]:
    for said in days_in(front.labelled.get(PUBLISHED, "")):
        if said.periods[0].start == said.periods[-1].end:
            return said.periods[0].start, PlaceRead(front.page, said.words)
    return None, None


def _days_fit(periods: tuple[PeriodOnSite, ...], published: date | None, today: date, found: _Findings) -> None:
    if published and periods and published <= periods[-1].end:
        found.doubt("The day of publication is not after the last day on site.", "published", "periods")
    if any(day and day > today for day in (published, periods[-1].end if periods else None)):
        found.doubt("A day of this document is still to come.", "published", "periods")


# --- grades ---------------------------------------------------------------------------------------------------------


def _grades(
    document: DocumentText,
    front: FrontPage,
    framework: Framework,
    *,
    start: date | None,
    published: date | None,
    found: _Findings,
) -> Judgements:
    read = table_grades(front, labels_of(framework))
    if framework is Framework.SIF:
        if overall := overall_in_a_sentence(front):
            read[Area.OVERALL_EFFECTIVENESS] = overall
        told, why = lscb_grade(document.pages)
    elif framework is Framework.ILACS:
        told, why = None, None
    else:
        told, why = earlier_overall(document.pages)
    if told:
        read.setdefault(told.area, told)
    if why:
        found.doubt(why)
    row = set_on(framework, started=start, published=published)
    for area in row.areas:
        if area not in read and not (area is Area.LSCB and "oard" not in front.heading) and _expected(area, framework):
            found.doubt(f"The grade for {AREAS[area].words} could not be read.", f"grades.{area.value}")
    grades = dict(_fitting(read, row.areas, found))
    try:
        Judgements.of(grades).must_fit(row.set)
    except RuleBroken as fault:
        found.doubt(str(fault))
    return Judgements.of(grades)


def _expected(area: Area, framework: Framework) -> bool:
    return framework in (Framework.SIF, Framework.ILACS) or area is Area.OVERALL_EFFECTIVENESS


def _fitting(read: dict[Area, GradeRead], areas: tuple[Area, ...], found: _Findings) -> Iterator[tuple[Area, Grade]]:
    for area, one in read.items():
        if one.grade is None:
            continue
        if area not in areas:
            found.doubt(
                f"The front page grades {AREAS[area].words} (“{one.place.words}”), which an inspection of that day "
                "did not judge; the grade was left out.",
                f"grades.{area.value}",
            )
            continue
        found.places[f"grades.{area.value}"] = one.place
        yield area, one.grade
