"""What looks wrong in a recorded inspection or visit: said to the person who records it, never refused.

A published report is right even where it breaks a pattern, so each of these only asks to look again (R-031, R-032)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.frameworks import GRADES, Framework
from domain.rulebook.calendar_rows import (
    BEGAN_ON_MONDAY,
    CLOSED_SEASONS,
    CLOSED_TO_VISITS,
    EPISODE_GAP_MONTHS,
    ILACS_MEASURED,
    NOTICE_DAYS,
    ON_SITE,
)
from domain.rulebook.graded_windows import next_measured
from domain.rulebook.pathway import governing, has_grades, inherits_monitoring, pathway_of
from domain.rulebook.results import Pathway
from domain.rulebook.row_words import closed_seasons, in_force
from domain.rulebook.rows import ILACS_IN_FORCE, LAST_SIF_STARTED, PANDEMIC_PAUSE
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity
from domain.values.judgements import SHORT_AT_MOST_DAYS
from domain.values.normalising import variant_on_site
from domain.values.statements import Kind, Variant
from domain.values.words import in_words, month_in_words, spelt

_MONDAY = 0


@dataclass(frozen=True)
class RuleWarning:
    """Something unusual in a field (`start`, `end`, `variant`, `kind`, `grades` …), in words safe to show."""

    field: str
    text: str
    rules: tuple[str, ...]


def warnings_for(activity: Activity, before: Sequence[Activity] = ()) -> tuple[RuleWarning, ...]:
    """What is unusual about an activity, given the others held on its authority; empty where nothing is.

    `before` may hold any activities of the authority: only what was public, or had been on site, by then counts."""
    others = [other for other in before if other.id != activity.id and other.counts and not other.kind.by_others]
    return tuple(_all(activity, others))


def _all(activity: Activity, others: Sequence[Activity]) -> Iterator[RuleWarning]:
    yield from _order_of_dates(activity)
    if activity.kind is Kind.INSPECTION:
        if activity.framework is Framework.ILACS:
            yield from _ilacs_calendar(activity)
            yield from _variant(activity, others)
        yield from _framework_dates(activity)
        yield from _grades(activity)
    else:
        yield from _visit(activity, others)
    yield from _six_months(activity, others)


def _order_of_dates(activity: Activity) -> Iterator[RuleWarning]:
    last = activity.end or activity.start
    if activity.start and activity.end and activity.end < activity.start:
        yield RuleWarning("end", "The last day on site lies before the first.", ())
    if last and activity.published and activity.published <= last:
        yield RuleWarning(
            "published", "The report or letter would be published before inspectors had left.", ("R-051",)
        )
    if activity.received and activity.published and activity.received > activity.published:
        yield RuleWarning(
            "received", "The report would be received after it was published; it comes before.", ("R-061",)
        )


def _ilacs_calendar(inspection: Activity) -> Iterator[RuleWarning]:
    start = inspection.start
    if start is None:
        return
    if start.weekday() != _MONDAY:
        yield RuleWarning(
            "start",
            f"{in_words(start)} is not a Monday; of {ILACS_MEASURED} inspections {BEGAN_ON_MONDAY} began on a Monday.",
            ("R-050",),
        )
    if any(start in season for season in CLOSED_SEASONS):
        yield RuleWarning(
            "start",
            f"No inspection has begun {closed_seasons()}; {in_words(start)} lies in that season.",
            ("R-050",),
        )
    elif (ended := inspection.first_ended) is not None and start.month < 8 <= ended.month and start.year == ended.year:
        yield RuleWarning("end", "No inspection has touched August.", ("R-050",))
    if PANDEMIC_PAUSE.in_force(start):
        yield RuleWarning("start", f"No graded inspection began {in_force(PANDEMIC_PAUSE)}.", ("R-011",))
    if inspection.notified is not None and (start - inspection.notified).days != NOTICE_DAYS:
        yield RuleWarning(
            "notified", "The call comes on a Monday and inspectors on the next Monday.", ("R-049a", "R-049b")
        )


def _variant(inspection: Activity, others: Sequence[Activity]) -> Iterator[RuleWarning]:
    derived = variant_on_site(
        inspection.framework, inspection.start, inspection.end, inspection.periods, inspection.paused
    )
    stated = inspection.variant
    if (
        inspection.paused is None
        and derived is not None
        and stated in (Variant.SHORT, Variant.STANDARD)
        and stated is not derived
    ):
        days = f"{'up to' if derived is Variant.SHORT else 'more than'} {spelt(SHORT_AT_MOST_DAYS)} days"
        yield RuleWarning(
            "variant",
            f"Inspectors were on site for {days}, which makes it a {derived.value} inspection, not a {stated.value}.",
            ("R-082",),
        )
    if (stated or derived) is Variant.SHORT and inspection.start is not None:
        pathway = _pathway_before(inspection.start, others)
        if pathway in (Pathway.REQUIRES_IMPROVEMENT, Pathway.INADEQUATE):
            was = pathway.value.replace("_", " ")
            measured = next_measured(pathway)
            yield RuleWarning(
                "variant",
                f"No authority judged {was} has had a short inspection next ({measured.short} of "
                f"{measured.inspections}).",
                (measured.rule,),
            )


def _framework_dates(inspection: Activity) -> Iterator[RuleWarning]:
    start = inspection.start
    if start is None:
        return
    if inspection.framework is Framework.ILACS and start < ILACS_IN_FORCE:
        yield RuleWarning(
            "start",
            f"ILACS was first used in {month_in_words(ILACS_IN_FORCE)}; before that it was the SIF.",
            ("R-002",),
        )
    if inspection.framework is Framework.SIF and start > LAST_SIF_STARTED:
        yield RuleWarning(
            "start",
            f"The last single inspection began on {in_words(LAST_SIF_STARTED)}; since then it is ILACS.",
            ("R-001",),
        )


def _grades(inspection: Activity) -> Iterator[RuleWarning]:
    overall, of = inspection.overall, inspection.judged
    if inspection.framework is not Framework.ILACS or overall is None or GRADES[overall].failing:
        return
    practice = [grade for area in of.practice if (grade := inspection.grades.get(area)) is not None]
    if any(GRADES[grade].failing for grade in practice):
        failing = of.scale.failing
        yield RuleWarning(
            "grades",
            f"With {'an' if failing[:1] in 'aeiou' else 'a'} {failing} judgement on practice the overall grade has "
            f"always been {failing} "
            f"({ILACS_MEASURED} reports).",
            ("R-022",),
        )


def _visit(visit: Activity, others: Sequence[Activity]) -> Iterator[RuleWarning]:
    if visit.start and visit.first_ended:
        days = (visit.first_ended - visit.start).days + 1
        for row in ON_SITE:
            if row.kind is visit.kind and days > row.days:
                yield RuleWarning("end", f"Such a visit lasts {row.days} days; this one has {days}.", (row.rule,))
    if visit.kind is Kind.MONITORING_VISIT and visit.number == 1 and visit.published_by_ofsted:
        yield RuleWarning("published", "Ofsted does not publish the letter of a first monitoring visit.", ("R-046",))
    if visit.kind not in (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT) or visit.start is None:
        return
    if visit.kind is Kind.FOCUSED_VISIT and any(visit.start in season for season in CLOSED_TO_VISITS):
        yield RuleWarning(
            "start",
            f"No focused visit has begun {closed_seasons(CLOSED_TO_VISITS)}; {in_words(visit.start)} lies in that "
            "season.",
            ("R-050",),
        )
    pathway = _pathway_before(visit.start, others)
    if visit.kind is Kind.FOCUSED_VISIT and pathway is Pathway.INADEQUATE and not PANDEMIC_PAUSE.in_force(visit.start):
        yield RuleWarning("kind", "Inadequate authorities get monitoring visits, not focused ones.", ("R-012", "R-040"))
    governs = governing(others, visit.start)
    inherited = inherits_monitoring(visit.urn, visit.start, governs)
    judged_better = pathway in (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)
    if visit.kind is Kind.MONITORING_VISIT and judged_better and not inherited:
        yield RuleWarning("kind", "Monitoring visits go to inadequate authorities only.", ("R-043",))


def _six_months(activity: Activity, others: Sequence[Activity]) -> Iterator[RuleWarning]:
    if activity.start is None or not activity.kind.on_site or activity.kind is Kind.MONITORING_VISIT:
        return
    if activity.kind.by_others:
        return
    ends = [
        other.last_day
        for other in others
        if other.kind.on_site and other.last_day is not None and other.last_day < activity.start
    ]
    last = max(ends, default=None)
    if last is not None and add_months(last, EPISODE_GAP_MONTHS) > activity.start:
        yield RuleWarning(
            "start",
            f"Ofsted aims to leave {spelt(EPISODE_GAP_MONTHS)} months between visits; inspectors were last there on "
            f"{in_words(last)}.",
            ("R-050",),
        )


def _pathway_before(day: date, others: Sequence[Activity]) -> Pathway:
    report = governing(others, day - timedelta(days=1))
    return pathway_of(report) if report is not None and has_grades(report) else Pathway.UNKNOWN
