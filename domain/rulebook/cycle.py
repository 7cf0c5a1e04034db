"""Between graded inspections: visits, monitoring and the yearly meeting (R-030, R-040, R-043, R-065 to R-067)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from domain.rulebook.calendar_rows import (
    INSPECTIONS_AFTER_VISIT,
    JTAI_REPLACES,
    VISIT_TIMES,
    VISITS_BETWEEN,
    VisitsBetween,
    VisitTime,
)
from domain.rulebook.deadline_rows import MONITORING_INTERVALS, YEARLY_CYCLES, MonitoringInterval, YearlyCycle
from domain.rulebook.episodes import earlier_visit, last_time, six_month_aim
from domain.rulebook.evidence import (
    ActionPlanning,
    EngagementLetter,
    FocusedVisits,
    Meeting,
    Monitoring,
    SelfEvaluationBefore,
    Worked,
)
from domain.rulebook.graded_windows import of_the_covid_round, status_on
from domain.rulebook.known_until import count_holds, lateness, not_known_from
from domain.rulebook.results import Expectation, InterimType, Pathway, WindowStatus, status_known
from domain.rulebook.rows import ILACS_IN_FORCE, row_on
from domain.rulebook.situation import Situation
from domain.rulebook.working_days import add_months, subtract_working_days
from domain.values.activities import Activity
from domain.values.errors import BeyondBankHolidays
from domain.values.known_until import KnownKind
from domain.values.statements import Kind
from domain.values.words import (
    capital,
    figure_in_words,
    in_words,
    listed,
    ordinal,
    share_in_words,
    spelt,
    weeks_in_words,
)

_BETWEEN_INSPECTIONS = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)


def monitoring_row(published: date) -> MonitoringInterval | None:
    """The monitoring scheme of a report published on a day; None for single inspections before 2018 (R-043, R-093)."""
    return next((row for row in MONITORING_INTERVALS if row.in_force(published)), None)


@lru_cache(maxsize=256)
def visits_between(pathway: Pathway, on: date) -> VisitsBetween:
    """How many visits came between inspections on a pathway. Raises NoRule where none was measured (R-030, R-038)."""
    return row_on([row for row in VISITS_BETWEEN if row.pathway is pathway], on)


@lru_cache(maxsize=256)
def visit_time(pathway: Pathway, visit: int, on: date) -> VisitTime | None:
    """When the first, second … visit of an interval came; None where too few did to be measured (R-030, R-038)."""
    rows = [row for row in VISIT_TIMES if row.pathway is pathway and row.visit == visit]
    return row_on(rows, on) if rows else None


def focused_visits(now: Situation) -> FocusedVisits:
    """What counts towards the visits usual between inspections since the governing one (C-9).

    Raises NoRule on a pathway whose intervals were not measured."""
    since = now.counts_from
    visits, joint = _since(now, since)
    came = len(visits) + min(len(joint), JTAI_REPLACES)
    time = visit_time(now.pathway, came + 1, now.on)
    latest = max((one.last_day for one in (*visits, *joint) if one.last_day is not None), default=None)
    after = latest if came else now.governs.public_on if now.governs is not None else None
    timed = time is not None and after is not None
    return FocusedVisits(
        since=since,
        row=visits_between(now.pathway, now.on),
        visits=tuple(visits),
        joint=tuple(joint),
        soon=earlier_visit(now),
        time=time if timed else None,
        after=after if timed else None,
        first=_months_later(after, time.lower_months) if time and after else None,
        last=_months_later(after, time.upper_months) if time and after else None,
    )


def _since(now: Situation, since: date) -> tuple[list[Activity], list[Activity]]:
    """Focused visits, those of the Covid round left out, and joint inspections that began after a day."""
    seen = [one for one in now.visible(Kind.FOCUSED_VISIT, Kind.JTAI) if one.true_on > since]
    joint = [one for one in seen if one.kind is Kind.JTAI]
    return [one for one in seen if one.kind is not Kind.JTAI and not of_the_covid_round(one)], joint


def _months_later(day: date, months: float) -> date:
    """Whole months later, and fifteen days more for a half."""
    whole, half = divmod(months, 1)
    return add_months(day, int(whole)) + timedelta(days=15 if half else 0)


def usual_visits_came(now: Situation) -> str | None:
    """That as many visits as are usual have come, and how often more did (R-030, R-038).

    None while one is expected, and after priority action, when a further one may come all the same (R-034)."""
    if now.priority_visit is not None or now.pathway not in _BETWEEN_INSPECTIONS or now.on < ILACS_IN_FORCE:
        return None
    visits, joint = _since(now, now.counts_from)
    if len(visits) + min(len(joint), JTAI_REPLACES) < visits_between(now.pathway, now.on).usual:
        return None
    counted = focused_visits(now)
    then = row_on([row for row in INSPECTIONS_AFTER_VISIT if row.pathway is now.pathway], now.on)
    return (
        f"{came_in_words(counted)}; {more_in_words(counted)}. The inspection came "
        f"{figure_in_words(then.least_months)} to {figure_in_words(then.most_months)} months after the last visit, the "
        f"middle one after {figure_in_words(then.median_months)} ({counted.row.rule})."
    )


def came_in_words(counted: FocusedVisits) -> str:
    """`One focused visit is held here since 20 May 2022`, joint inspections with it."""
    held = [
        f"{spelt(len(found))} {name if len(found) == 1 else f'{name}s'}"
        for found, name in ((counted.visits, "focused visit"), (counted.joint, "joint inspection"))
        if found
    ]
    are = "is" if len(counted.visits) + len(counted.joint) == 1 else "are"
    return f"{capital(listed(held))} {are} held here since {in_words(counted.since)}"


def more_in_words(counted: FocusedVisits) -> str:
    """How often more visits came than are held, or so many where more are held than is usual."""
    row = counted.row
    usual = f"{spelt(row.usual)} {'is' if row.usual == 1 else 'are'} usual between inspections"
    if counted.came > row.usual:
        seen = share_in_words(row.with_at_least(counted.came), row.intervals, "intervals")
        return f"{usual}, and so many were seen in {seen}"
    seen = share_in_words(row.with_at_least(counted.came + 1), row.intervals, "intervals")
    return f"{usual}, and a {ordinal(counted.came + 1)} was seen in {seen}"


def _visits_left(counted: FocusedVisits) -> str:
    since, row = in_words(counted.since), counted.row
    if counted.left == 1:
        more = " more" if counted.came else ""
        return (
            f"One{more} focused visit, or a joint inspection in its place, is expected in the interval since {since}."
        )
    return (
        f"{capital(spelt(counted.left))} focused visits are expected in the interval since {since}; a joint inspection "
        f"may replace {spelt(JTAI_REPLACES)}, as in {share_in_words(row.with_joint, row.intervals, 'intervals')}."
    )


def _when_visits_came(counted: FocusedVisits) -> Iterator[str]:
    time = counted.time
    if time is None or counted.first is None or counted.last is None:
        return
    after = "publication" if time.visit == 1 else f"the {ordinal(time.visit - 1)}"
    yield (
        f"Half of the {time.visits} {ordinal(time.visit)} visits measured came {figure_in_words(time.lower_months)} to "
        f"{figure_in_words(time.upper_months)} months after {after}, here from {in_words(counted.first)} to "
        f"{in_words(counted.last)}."
    )


def visits_not_known(now: Situation) -> str | None:
    """That the visits since the governing inspection cannot be counted, as what tells of them ended too long ago; None
    where they can (R-105)."""
    until = now.known_until.from_then(KnownKind.FOCUSED_VISIT, now.counts_from)
    if count_holds(until, now.on):
        return None
    return not_known_from(now.known_until, KnownKind.FOCUSED_VISIT, now.counts_from)


def _joint_not_known(now: Situation) -> Iterator[str]:
    until = now.known_until.from_then(KnownKind.JTAI, now.counts_from)
    if not count_holds(until, now.on):
        unknown = not_known_from(now.known_until, KnownKind.JTAI, now.counts_from)
        yield f"{unknown} One that came would stand in the place of a focused visit."


def focused_visits_expected(now: Situation) -> Iterator[Worked]:
    """Focused visits usual before the next graded inspection; none while inadequate (R-030, R-038, R-040)."""
    if now.pathway not in _BETWEEN_INSPECTIONS or now.inspected or now.on < ILACS_IN_FORCE:
        return
    counted = focused_visits(now)
    if counted.left == 0 and now.priority_visit is None:
        return
    soon = six_month_aim(counted.soon)
    unknown = visits_not_known(now)
    caveats = ["Visits are not prescribed and no dates are published."]
    if now.priority_visit is not None:
        why = "A further focused visit may come before the standard inspection that follows priority action."
        rules = ["R-034"]
    elif unknown:
        why = (
            f"How many of the visits usual between inspections came in the interval since {in_words(counted.since)} is "
            "not known here."
        )
        rules = [counted.row.rule]
    else:
        why = _visits_left(counted)
        rules = [counted.row.rule, *(["R-050"] if soon else [])]
        caveats += (*_when_visits_came(counted), *_joint_not_known(now))
    if soon is not None:
        caveats.append(soon)
    expected = Expectation(
        activity=Kind.FOCUSED_VISIT.value,
        basis="cycle" if now.priority_visit is None else "priority_action",
        due_from=None,
        due_to=None,
        status=WindowStatus.NOT_KNOWN if unknown else WindowStatus.NO_WINDOW,
        why=why,
        rules=tuple(rules),
        caveats=tuple(caveats),
    )
    yield Worked(expected, counted)


def monitoring_expected(now: Situation) -> Iterator[Worked]:
    """The next monitoring visit while inadequate, or where monitoring was inherited (R-040, R-043, R-070)."""
    workings = _monitoring(now)
    if workings is None or now.on < workings.begins:
        return
    status = status_on(now.on, workings.expected, workings.red)
    told_until = _told_until(now, workings)
    known = status_known(status, workings.red, told_until) is not WindowStatus.NOT_KNOWN
    expected = Expectation(
        activity=InterimType.MONITORING_VISIT.value,
        basis="cycle",
        due_from=workings.expected,
        due_to=workings.red,
        status=status,
        why=_why_monitoring(workings, known=known),
        rules=("R-070", "R-043") if now.inherited_monitoring else ("R-040", "R-043"),
        caveats=(
            *((lateness(told_until, workings.amber, workings.red),) if known else ()),
            *_monitoring_in_practice(workings),
        ),
    )
    yield Worked(expected, workings)
    yield from _action_planning(now, workings)


def _monitoring(now: Situation) -> Monitoring | None:
    """None where nobody is monitored, or by an older scheme whose times are not held (R-043)."""
    if now.inherited_monitoring and now.formed_on is not None:
        begins = now.formed_on
    elif now.pathway is Pathway.INADEQUATE and now.governs is not None:
        begins = now.governs.public_on
    else:
        return None
    row = monitoring_row(begins)
    if row is None:
        return None
    visits = _monitored(now, begins)
    plan_due = now.expected_next.action_plan_due
    counted = visits[-1].last_day or begins if visits else begins
    if visits or plan_due is None:
        expected = add_months(counted, row.expected_months)
    else:
        expected = plan_due + timedelta(days=row.first_after_plan_days)
    return Monitoring(
        begins=begins,
        row=row,
        visits=visits,
        plan_due=plan_due,
        counted=counted,
        expected=expected,
        amber=add_months(counted, row.amber_months),
        red=add_months(counted, row.red_months),
    )


def _told_until(now: Situation, workings: Monitoring) -> date:
    """Until when it is known that no further visit came; of a first one no list tells (R-046, R-106)."""
    kind = KnownKind.MONITORING_VISIT if workings.visits else KnownKind.FIRST_MONITORING_VISIT
    return min(now.on, now.known_until.from_then(kind, workings.counted) or date.min)


def _monitored(now: Situation, begins: date) -> tuple[Activity, ...]:
    """The monitoring visits from a day on that had ended by the day asked, in order of their last days."""
    visits = [
        (visit.last_day, last_time(visit), visit)
        for visit in now.visible(Kind.MONITORING_VISIT)
        if visit.last_day is not None and begins <= visit.last_day <= now.on
    ]
    return tuple(visit for _, _, visit in sorted(visits, key=lambda visit: visit[:2]))


def _why_monitoring(workings: Monitoring, *, known: bool) -> str:
    """Where it is not known whether one came since, the day is only where the interval ends, not what is expected."""
    expected, begins = in_words(workings.expected), in_words(workings.begins)
    if workings.visits:
        last = f"The last monitoring visit recorded here was {last_time(workings.visits[-1])}; visits are nominally"
        if known:
            return f"{last} quarterly, so the next is expected about {expected}."
        return f"{last} quarterly, and whether one came since is not known here."
    if workings.plan_due is not None:
        weeks = weeks_in_words(workings.row.first_after_plan_days)
        return f"The first monitoring visit is meant within {weeks} of the plan's date, by {expected}."
    nominally = f"Monitoring visits are nominally quarterly from {begins}"
    if known:
        return f"{nominally}, so one is expected about {expected}."
    return f"{nominally}; whether one came is not known here."


def _monitoring_in_practice(workings: Monitoring) -> Iterator[str]:
    row = workings.row
    if workings.visits:
        yield (
            f"In practice the time between visits was {figure_in_words(row.least_months)} to "
            f"{figure_in_words(row.most_months)} months, in half of {row.gaps} cases "
            f"{figure_in_words(row.lower_months)} to {figure_in_words(row.upper_months)}."
        )
        return
    yield (
        f"In practice first visits came {figure_in_words(row.first_from_months)} to "
        f"{figure_in_words(row.first_to_months)} months after the report. Ofsted publishes no letter of a first "
        "visit, so that none is held does not mean that none took place (R-046)."
    )


def _action_planning(now: Situation, workings: Monitoring) -> Iterator[Worked]:
    """The visit about the plan on an inadequate report, until the plan is due or the visit is held (R-040, R-055)."""
    report, plan_due = now.governs, workings.plan_due
    if report is None or plan_due is None or now.on > plan_due:
        return
    if any(visit.true_on >= workings.begins for visit in now.visible(Kind.ACTION_PLANNING_VISIT)):
        return
    talk = Expectation(
        activity=Kind.ACTION_PLANNING_VISIT.value,
        basis="cycle",
        due_from=None,
        due_to=None,
        status=WindowStatus.NO_WINDOW,
        why=f"After the inadequate report of {in_words(workings.begins)} inspectors come to talk about the action "
        "plan.",
        rules=("R-040", "R-055"),
        caveats=("This visit is ungraded and nothing on it is published.",),
    )
    yield Worked(talk, ActionPlanning(report, plan_due))


def yearly_expected(now: Situation) -> Iterator[Worked]:
    """The next engagement meeting, the self-evaluation before it and the letter after the last (R-065 to R-067)."""
    if now.on < ILACS_IN_FORCE or now.pathway is Pathway.UNKNOWN:
        return
    row = row_on(YEARLY_CYCLES, now.on)
    last = max(now.visible(Kind.ENGAGEMENT_MEETING), key=lambda held: held.true_on, default=None)
    if last is None or last.last_day is None:
        yield _some_meeting(row)
        return
    held = last.last_day
    due = add_months(held, row.due_months)
    yield _next_meeting(now, row, last, held, due)
    yield from _self_evaluation(now, row, last, held, due)
    yield from _engagement_letter(now, row, last, held, due)


def _some_meeting(row: YearlyCycle) -> Worked:
    once = Expectation(
        activity=Kind.ENGAGEMENT_MEETING.value,
        basis="cycle",
        due_from=None,
        due_to=None,
        status=WindowStatus.NO_WINDOW,
        why="Ofsted and the director of children's services meet once a year; no meeting is recorded here.",
        rules=("R-066",),
        caveats=("The self-evaluation is shared before the meeting.",),
    )
    return Worked(once, Meeting(row, None, None, None, None))


def _next_meeting(now: Situation, row: YearlyCycle, last: Activity, held: date, due: date) -> Worked:
    amber, red = add_months(held, row.amber_months), add_months(held, row.red_months)
    meeting = Expectation(
        activity=Kind.ENGAGEMENT_MEETING.value,
        basis="cycle",
        due_from=None,
        due_to=due,
        status=status_on(now.on, None, due),
        why=f"The last engagement meeting was {last_time(last)} and one is held each year, so the next is due by "
        f"{in_words(due)} (inferred).",
        rules=("R-066", "R-067"),
        caveats=(lateness(min(now.on, now.known_until.until(KnownKind.ENGAGEMENT_MEETING) or date.min), amber, red),),
        inferred=True,
    )
    return Worked(meeting, Meeting(row, last, due, amber, red))


def _self_evaluation(now: Situation, row: YearlyCycle, last: Activity, held: date, due: date) -> Iterator[Worked]:
    """None once one was shared since the last meeting, or beyond the known bank holidays."""
    if any(shared.true_on > held for shared in now.visible(Kind.SELF_EVALUATION)):
        return
    days = row.self_evaluation_working_days_before
    try:
        share_by = subtract_working_days(due, days, now.holidays)
    except BeyondBankHolidays:
        return
    shared_before = Expectation(
        activity=Kind.SELF_EVALUATION.value,
        basis="cycle",
        due_from=None,
        due_to=share_by,
        status=status_on(now.on, None, share_by),
        why=f"The self-evaluation comes before the meeting due by {in_words(due)}; {days} working days before it, "
        f"{in_words(share_by)}, is inferred.",
        rules=("R-065", "R-067"),
        inferred=True,
    )
    yield Worked(shared_before, SelfEvaluationBefore(row, last, due, share_by))


def _engagement_letter(now: Situation, row: YearlyCycle, last: Activity, held: date, due: date) -> Iterator[Worked]:
    """Until it is received, or the next meeting is due."""
    received = last.letter_received is not None and last.letter_received <= now.on
    if received or not held <= now.on <= due:
        return
    letter_due = add_months(held, row.letter_months)
    letter = Expectation(
        activity="engagement_letter",
        basis="deadline",
        due_from=None,
        due_to=letter_due,
        status=status_on(now.on, None, letter_due),
        why=f"Ofsted writes to the director within a month of the meeting {last_time(last)}, by "
        f"{in_words(letter_due)}.",
        rules=("R-066",),
        caveats=("The letter is not published; nothing recorded here says that it came.",),
    )
    yield Worked(letter, EngagementLetter(row, last, letter_due))
