"""Which report governs, and which pathway it sets (R-020 to R-024, R-070, R-094 to R-096)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from domain.frameworks import AREAS, GRADES, Area, Framework, GradeRow, SetRow, set_on
from domain.rulebook.results import Pathway
from domain.rulebook.rows import (
    FORMED_SINCE,
    GOVERNING_FRAMEWORKS,
    INHERITED_MONITORING,
    NOT_SAID,
    PATHWAY_TESTS,
    Confidence,
    PathwayBasis,
    PathwayTest,
)
from domain.values.activities import Activity, AuthorityFacts
from domain.values.statements import Kind


class SetCInadequate(Enum):
    """R-024, inferred: what an inadequate judgement does where there is no overall grade.

    `ANY`: one is enough. `LEADERS_OR_PRACTICE_MAJORITY`: leaders, or two of the three practice judgements.
    `MANUAL`: the rulebook does not say, and the pathway is unknown."""

    ANY = "any"
    LEADERS_OR_PRACTICE_MAJORITY = "leaders_or_practice_majority"
    MANUAL = "manual"


class SetCPathway(Enum):
    """R-023, an inferred reading: what the judgements together mean where there is no overall grade and none fails.

    `LEADERS_AND_PRACTICE`: leaders and enough practice judgements good mean the good pathway. `MANUAL`: the rulebook
    does not say, and the pathway is unknown."""

    LEADERS_AND_PRACTICE = "leaders_and_practice"
    MANUAL = "manual"


class WindowAnchor(Enum):
    """R-025: the day of the governing inspection from which the window's months are counted."""

    PUBLICATION = "publication"
    LAST_DAY_ON_SITE = "last_day_on_site"
    FIRST_DAY_ON_SITE = "first_day_on_site"


@dataclass(frozen=True)
class Policy:
    """The switches an installation may set where the rules themselves leave a choice."""

    set_c_inadequate: SetCInadequate = SetCInadequate.ANY
    window_anchor: WindowAnchor = WindowAnchor.PUBLICATION
    set_c_pathway: SetCPathway = SetCPathway.LEADERS_AND_PRACTICE


DEFAULT_POLICY = Policy()


def has_grades(report: Activity) -> bool:
    """Some source knows a grade; a grade for the Local Safeguarding Children Board alone does not count (R-096)."""
    pairs = report.grades.pairs
    return len(pairs) > 1 or (len(pairs) == 1 and AREAS[pairs[0][0]].counts)


def is_graded_inspection(activity: Activity) -> bool:
    """A single or ILACS inspection that nobody withdrew and that is not doubtful; older frameworks are history only
    (R-056, R-096)."""
    return activity.kind is Kind.INSPECTION and activity.framework in GOVERNING_FRAMEWORKS and activity.counts


def published_reports(activities: Sequence[Activity], on: date) -> list[Activity]:
    """Graded reports public by `on` (inclusive), in no particular order.

    Fieldwork without a publication date is a report only where its grades are known (R-095)."""
    return [
        activity
        for activity in activities
        if is_graded_inspection(activity)
        and activity.public_on <= on
        and (activity.published or activity.published_by_council or has_grades(activity))
    ]


def governing(activities: Sequence[Activity], on: date) -> Activity | None:
    """The report that sets the pathway on a day, as seen on that day; None where none is public (R-020, R-021).

    Takes activities as held, unmasked. The latest publication counts; of two on one day the later start (R-096).
    A report without known grades gives way to one with known grades published before it."""
    reports = published_reports(activities, on)
    yielding = gave_way(reports)
    governs: Activity | None = None
    governs_by: tuple[date, date, date, int] | None = None
    for report in reports:
        if report.id in yielding:
            continue
        by = (report.public_on, report.start or date.min, report.last_day or date.min, report.id.int)
        if governs_by is None or by > governs_by:
            governs, governs_by = report, by
    return governs.as_seen_on(on) if governs else None


def gave_way(reports: Sequence[Activity]) -> dict[UUID, Activity]:
    """Of published reports, those without known grades that do not govern, each with the report it gave way to (R-096):
    the latest with known grades published before it. What nobody could read makes no known pathway unknown."""
    graded = [report for report in reports if has_grades(report)]
    found = {}
    for report in reports:
        if not has_grades(report):
            to = [other for other in graded if other.public_on <= report.public_on]
            if to:
                found[report.id] = max(to, key=lambda other: other.public_on)
    return found


def unread_since(activities: Sequence[Activity], governs: Activity, on: date) -> list[Activity]:
    """Reports public by a day and newer than the one that governs, which gave way because nobody knows their grades."""
    reports = published_reports(activities, on)
    gave = gave_way(reports)
    return sorted(
        (one for one in reports if one.id in gave and one.public_on > governs.public_on), key=lambda one: one.public_on
    )


def awaiting_report(activities: Sequence[Activity], on: date, governs: Activity | None) -> Activity | None:
    """The inspection whose fieldwork has ended by `on` and whose report is not yet public, as held (R-021, R-093).

    The last known day on site counts. Where no publication date is held, a report that has meanwhile been
    published ends the wait."""
    found: Activity | None = None
    for activity in activities:
        last_day = activity.last_day
        if last_day is None or last_day > on or not is_graded_inspection(activity):
            continue
        if activity.published is not None:
            waits = activity.public_on > on
        else:
            overtaken = governs is not None and governs.public_on >= last_day
            waits = activity.public_on > on or not (overtaken or activity.published_by_council or has_grades(activity))
        if waits and (found is None or last_day > (found.last_day or date.min)):
            found = activity
    return found


def on_site_now(activities: Sequence[Activity], on: date) -> Activity | None:
    """The graded inspection whose fieldwork has begun and not ended; its last day is still to come (R-095)."""
    for activity in activities:
        started, ends = activity.start, activity.end
        if started is not None and ends is not None and started <= on < ends and is_graded_inspection(activity):
            return activity
    return None


def deciding_set(report: Activity) -> SetRow:
    """The judgement set by whose grades a report is read.

    Where the start is unknown, a report without an overall grade is read as begun on the day it became public."""
    if report.start is not None or report.overall is not None:
        return report.judged
    return set_on(report.framework, report.public_on, None)


def pathway_test(report: Activity) -> PathwayTest:
    """Which grades decide: the overall grade, or the four judgements for starts from 1 April 2026 (R-020, R-023).

    Where the start is unknown, a report since that day without an overall grade is read by its four judgements."""
    return pathway_test_by(report)[0]


def pathway_test_by(report: Activity) -> tuple[PathwayTest, date | None]:
    """The same with the day it follows from: the first on site, or publication; None where neither decides it.

    Nothing is said where no row was in force, or the set has not the grades that it reads, or what they mean is not
    known (R-094)."""
    return _test_of(report, deciding_set(report))


def _test_of(report: Activity, of: SetRow) -> tuple[PathwayTest, date | None]:
    single = report.framework is Framework.SIF
    began = report.start or (report.public_on if single else None)
    day: date | None = began or report.public_on
    test = _in_force(began or report.public_on)
    if test.by is not PathwayBasis.OVERALL and (single or (began is None and report.overall is not None)):
        test, day = _by_overall(), None
    by_overall = test.by is PathwayBasis.OVERALL
    if not of.scale.said or not of.deciding or by_overall is (of.overall is None):
        return NOT_SAID, day
    return test, day


def _in_force(day: date) -> PathwayTest:
    """The newest row in force on a day."""
    return next((row for row in reversed(PATHWAY_TESTS) if row.in_force(day)), NOT_SAID)


def _by_overall() -> PathwayTest:
    return next(row for row in reversed(PATHWAY_TESTS) if row.by is PathwayBasis.OVERALL)


def pathway_of(report: Activity, policy: Policy = DEFAULT_POLICY) -> Pathway:
    """The pathway a report sets; unknown where the grades that decide are not known.

    The overall grade is never worked out from the others (R-022)."""
    row = deciding_set(report)
    test, _ = _test_of(report, row)
    if test.by is PathwayBasis.NOT_SAID:
        return Pathway.UNKNOWN
    if row.overall is not None:
        overall = report.grades.get(row.overall)
        return Pathway.UNKNOWN if overall is None else _of_one(GRADES[overall])
    at_best = _of_several(report, row, row.scale.grades[0], policy)
    if all(report.grades.get(area) is not None for area in row.deciding):
        return at_best
    at_worst = _of_several(report, row, row.scale.grades[-1], policy)
    return at_best if at_best is at_worst else Pathway.UNKNOWN


def decided_by_inference(report: Activity) -> bool:
    """The pathway rests on an inferred reading: without an overall grade, of the judgements together (R-023, R-024)."""
    test = pathway_test(report)
    return test.by.together and (test.confidence is Confidence.INFERRED or failing_decides(report))


def failing_decides(report: Activity) -> bool:
    """A failing judgement in a report without an overall grade: what follows from it is inferred (R-024)."""
    if not pathway_test(report).by.together:
        return False
    return any(GRADES[grade].failing for _, grade in report.grades.pairs)


def failing_areas(report: Activity) -> list[str]:
    """The areas that were given a failing grade, in words."""
    return [AREAS[area].words for area, grade in report.grades if GRADES[grade].failing]


def formed_on(activities: Sequence[Activity], authority: AuthorityFacts, on: date) -> date | None:
    """When a new authority came into being, if by `on` and since 2018; None for any other (R-070)."""
    days = [] if authority.formed_on is None else [authority.formed_on]
    days += [activity.true_on for activity in activities if activity.kind is Kind.AUTHORITY_CREATED and activity.counts]
    return min((day for day in days if FORMED_SINCE <= day <= on), default=None)


def inherits_monitoring(urn: str, on: date, governs: Activity | None) -> bool:
    """Its predecessor's monitoring carried over and it has no graded publication of its own yet (R-070, R-094)."""
    return governs is None and any(row.urn == urn and row.in_force(on) for row in INHERITED_MONITORING)


def _of_one(grade: GradeRow) -> Pathway:
    if grade.failing:
        return Pathway.INADEQUATE
    return Pathway.GOOD_OR_OUTSTANDING if grade.good else Pathway.REQUIRES_IMPROVEMENT


def _of_several(report: Activity, of: SetRow, unknown_as: GradeRow, policy: Policy) -> Pathway:
    """What the judgements on leaders and practice say, each that is not known taken for `unknown_as`."""

    def judged(area: Area) -> GradeRow:
        grade = report.grades.get(area)
        return unknown_as if grade is None else GRADES[grade]

    leaders, *practice = (judged(area) for area in of.deciding)
    failing = sum(bool(row.failing) for row in practice)
    if leaders.failing or failing:
        switch = policy.set_c_inadequate
        if switch is SetCInadequate.MANUAL:
            return Pathway.UNKNOWN
        if switch is SetCInadequate.ANY or leaders.failing or failing >= of.needed:
            return Pathway.INADEQUATE
    if policy.set_c_pathway is SetCPathway.MANUAL:
        return Pathway.UNKNOWN
    good = sum(bool(row.good) for row in practice)
    return Pathway.GOOD_OR_OUTSTANDING if leaders.good and good >= of.needed else Pathway.REQUIRES_IMPROVEMENT
