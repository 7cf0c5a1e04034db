"""How a value a source gives is read before it is held: frameworks from dates, grades by judgement set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from domain.frameworks import SET_ROWS, Area, Framework, Grade, JudgementSet
from domain.values.judgements import SHORT_AT_MOST_DAYS
from domain.values.statements import Family, PeriodOnSite, Statement, Variant

SIF_BEGAN = date(2013, 11, 1)
"""R-001: the first single inspections were on site in November 2013."""

ILACS_BEGAN = date(2018, 1, 1)
"""R-002: ILACS in force from January 2018."""

SIF_ENDED = date(2018, 9, 17)
"""R-041: no single inspection was announced from this day on; the last report came out on 24 August 2018 (R-001)."""

SIF_LASTS = timedelta(days=14)
"""An inspection of 2018 on site for longer was a single inspection: ILACS takes one or two weeks (R-001, R-049)."""

FIRST_SIF_PUBLISHED = date(2014, 1, 1)
"""No single inspection report was published before 2014: an undated one from before is an older framework's."""


def framework_of(
    best_first: Sequence[Statement], *, start: date | None, end: date | None, published: date | None
) -> Framework | None:
    """The framework a source states; scrapes state none, and then it follows from the dates, or from that of the call.

    None for a report of 2009 to 2013 whose framework no source states."""
    for statement in best_first:
        if statement.said.framework is not None:
            return statement.said.framework
    if start is not None:
        if start < SIF_BEGAN:
            return None
        if start < ILACS_BEGAN:
            return Framework.SIF
        if start < SIF_ENDED and end is not None and end - start > SIF_LASTS:
            return Framework.SIF
        return Framework.ILACS
    if published is None and any(s.said.notified is not None and s.said.notified >= SIF_ENDED for s in best_first):
        return Framework.ILACS
    if published is None or published < FIRST_SIF_PUBLISHED:
        return None
    names_an_ilacs_type = any(s.said.variant in (Variant.SHORT, Variant.STANDARD) for s in best_first)
    return Framework.SIF if published < SIF_ENDED and not names_an_ilacs_type else Framework.ILACS


def held_variant(variant: Variant, family: Family, framework: Framework | None) -> Variant | None:
    """A scrape works short and standard out from the days on site, which says nothing of an older framework."""
    if family in (Family.SCRAPE, Family.OTHER) and framework is not Framework.ILACS:
        return None
    return variant


def variant_from_days(framework: Framework | None, start: date | None, end: date | None) -> Variant | None:
    """R-082: reports do not print their type; on ILACS the days on site give it, up to five of them a short one."""
    if framework is not Framework.ILACS or start is None or end is None:
        return None
    return Variant.SHORT if (end - start).days < SHORT_AT_MOST_DAYS else Variant.STANDARD


def variant_on_site(
    framework: Framework | None,
    start: date | None,
    end: date | None,
    periods: Sequence[PeriodOnSite],
    paused: date | None,
) -> Variant | None:
    """What the days on site say of the kind: those of all periods where a pause cut the first one off, so that it says
    nothing alone; else those of the first, as reports print them (R-059, R-082). None while it is broken off."""
    if not periods:
        return None if paused is not None else variant_from_days(framework, start, end)
    if paused is None:
        return variant_from_days(framework, start, periods[0].end)
    days = sum((one.end - one.start).days + 1 for one in periods)
    return variant_from_days(framework, start, start + timedelta(days=days - 1) if start is not None else None)


def in_judgement_set(
    best_first: Sequence[Statement], which: JudgementSet
) -> list[tuple[Statement, Mapping[Area, Grade]]]:
    """What each statement's grades mean in the judgement set of the inspection; areas that did not exist and grades
    of another scale are left out.

    Before 2023 a grade for children in care is the combined one, and a care-leavers grade counts only where nobody
    gives the combined one; from April 2026 no overall grade is held; on a single inspection a scraped in-care or
    leaders grade is the nearest area of that framework."""
    row = SET_ROWS[which]
    given = [(statement, dict(statement.said.grades.pairs)) for statement in best_first if statement.said.grades.pairs]
    if which is JudgementSet.ILACS_A:
        given = [(s, _renamed(grades, {Area.IN_CARE: Area.IN_CARE_AND_CARE_LEAVERS})) for s, grades in given]
        if not any(Area.IN_CARE_AND_CARE_LEAVERS in grades for _, grades in given):
            given = [(s, _renamed(grades, {Area.CARE_LEAVERS: Area.IN_CARE_AND_CARE_LEAVERS})) for s, grades in given]
    elif which is JudgementSet.SIF:
        given = [(s, _renamed(grades, ON_A_SINGLE_INSPECTION)) for s, grades in given]
    return [(s, {area: grade for area, grade in grades.items() if row.gives(area, grade)}) for s, grades in given]


ON_A_SINGLE_INSPECTION: Mapping[Area, Area] = {
    Area.IN_CARE: Area.LOOKED_AFTER_AND_PERMANENCE,
    Area.IN_CARE_AND_CARE_LEAVERS: Area.LOOKED_AFTER_AND_PERMANENCE,
    Area.IMPACT_OF_LEADERS: Area.LEADERSHIP_MANAGEMENT_GOVERNANCE,
}


def _renamed(grades: Mapping[Area, Grade], names: Mapping[Area, Area]) -> dict[Area, Grade]:
    renamed = {names.get(area, area): grade for area, grade in grades.items() if area in names}
    return renamed | {area: grade for area, grade in grades.items() if area not in names}
