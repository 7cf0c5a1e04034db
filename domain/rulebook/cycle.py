"""Between graded inspections: visits, monitoring and the yearly meeting (R-030, R-040, R-043, R-065 to R-067)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from domain.activities import Activity
from domain.errors import BeyondBankHolidays
from domain.rulebook.deadline_rows import MONITORING_INTERVALS, YEARLY_CYCLES, MonitoringInterval
from domain.rulebook.rows import EPISODE_GAP_MONTHS, ILACS_IN_FORCE, JTAI_REPLACES
from domain.rulebook.situation import Situation
from domain.rulebook.standing import Expectation, InterimType, Pathway, WindowStatus
from domain.rulebook.windows import status_on
from domain.rulebook.words import in_words, period_in_words, spelt, weeks_in_words
from domain.rulebook.working_days import add_months, subtract_working_days
from domain.rulebook.workings import (
    ActionPlanning,
    EarlierVisit,
    EngagementLetter,
    FocusedVisits,
    Meeting,
    Monitoring,
    SelfEvaluationBefore,
    Worked,
)
from domain.statements import Kind

_BETWEEN_INSPECTIONS = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)


def monitoring_row(published: date) -> MonitoringInterval | None:
    """The monitoring scheme of a report published on a day; None for single inspections before 2018 (R-043, R-093)."""
    rows = [row for row in MONITORING_INTERVALS if row.in_force(published)]
    return rows[0] if rows else None


def latest_episode(now: Situation) -> Activity | None:
    """The last inspection, visit or joint inspection seen by the day (R-050)."""
    episodes = now.visible(Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI)
    return max((seen for seen in episodes if seen.last_day), key=lambda seen: seen.true_on, default=None)


def earlier_visit(now: Situation, *, after: date | None = None) -> EarlierVisit | None:
    """The last time inspectors were there, where another visit so soon would be unusual (R-050).

    None once six months have passed by the day asked, or by `after` where that is later."""
    latest = latest_episode(now)
    if latest is None or latest.last_day is None or latest.last_day > now.on:
        return None
    clear_from = add_months(latest.last_day, EPISODE_GAP_MONTHS)
    return None if clear_from <= max(now.on, after or now.on) else EarlierVisit(latest, clear_from)


def six_month_aim(soon: EarlierVisit | None) -> str | None:
    """The caveat that a visit so soon after the last would be unusual (R-050)."""
    if soon is None:
        return None
    return (
        f"Inspectors were last there {last_time(soon.latest)}; Ofsted aims, without being bound to it, "
        f"to leave {spelt(EPISODE_GAP_MONTHS)} months, that is until {in_words(soon.clear_from)}."
    )


def last_time(seen: Activity) -> str:
    """`on 16 July 2025`, or `in March 2023` where the day is not known."""
    if seen.period is not None and not (seen.start or seen.end or seen.on):
        return f"in {period_in_words(seen.period)}"
    return f"on {in_words(seen.last_day or seen.true_on)}"


def focused_visits(now: Situation) -> FocusedVisits:
    """What counts towards the cycle's two focused visits since the governing inspection (C-9)."""
    since = now.counts_from
    return FocusedVisits(
        since=since,
        visits=tuple(visit for visit in now.visible(Kind.FOCUSED_VISIT) if visit.true_on > since),
        joint=tuple(visit for visit in now.visible(Kind.JTAI) if visit.true_on > since),
        soon=earlier_visit(now),
    )


def focused_visits_expected(now: Situation) -> Iterator[Worked]:
    """Focused visits still possible before the next graded inspection; none while inadequate (R-030, R-038, R-040)."""
    if now.pathway not in _BETWEEN_INSPECTIONS or now.awaits is not None or now.on < ILACS_IN_FORCE:
        return
    counted = focused_visits(now)
    if counted.left == 0 and now.priority_visit is None:
        return
    since = in_words(counted.since)
    soon = six_month_aim(counted.soon)
    if now.priority_visit is not None:
        why = "A further focused visit may come before the standard inspection that follows priority action."
    elif counted.left == 1:
        why = f"One focused visit, or a joint inspection in its place, may still come in the interval since {since}."
    else:
        why = (
            f"Up to {spelt(counted.left)} focused visits may come in the interval since {since}; a joint inspection "
            f"may replace {spelt(JTAI_REPLACES)}."
        )
    expected = Expectation(
        activity=Kind.FOCUSED_VISIT.value,
        basis="cycle" if now.priority_visit is None else "priority_action",
        due_from=None,
        due_to=None,
        status=WindowStatus.NO_WINDOW,
        why=why,
        rules=("R-034",) if now.priority_visit is not None else ("R-030", "R-050") if soon else ("R-030",),
        caveats=("Visits are not prescribed and no dates are published.", *((soon,) if soon else ())),
    )
    yield Worked(expected, counted)


def monitoring_expected(now: Situation) -> Iterator[Worked]:
    """The next monitoring visit while inadequate, or where monitoring was inherited (R-040, R-043, R-070)."""
    if now.inherited_monitoring and now.formed_on is not None:
        begins, row = now.formed_on, MONITORING_INTERVALS[-1]
    elif now.pathway is Pathway.INADEQUATE and now.governs is not None:
        begins = now.governs.public_on
        found = monitoring_row(begins)
        if found is None:
            return
        row = found
    else:
        return
    if now.on < begins:
        return
    visits = [
        (visit.last_day, last_time(visit), visit)
        for visit in now.visible(Kind.MONITORING_VISIT)
        if visit.last_day is not None and begins <= visit.last_day <= now.on
    ]
    visits.sort(key=lambda visit: visit[:2])
    plan_due = now.expected_next.action_plan_due
    rules = ("R-070", "R-043") if now.inherited_monitoring else ("R-040", "R-043")
    if visits:
        last, when, _ = visits[-1]
        due_from = add_months(last, row.expected_months)
        why = (
            f"The last monitoring visit recorded here was {when}; visits are nominally quarterly, so the next "
            f"is expected about {in_words(due_from)}."
        )
        counted = last
    else:
        counted = begins
        if plan_due is not None:
            due_from = plan_due + timedelta(days=row.first_after_plan_days)
            why = (
                f"The first monitoring visit is meant within {weeks_in_words(row.first_after_plan_days)} of the plan's "
                f"date, by {in_words(due_from)}."
            )
        else:
            due_from = add_months(begins, row.expected_months)
            why = (
                f"Monitoring visits are nominally quarterly from {in_words(begins)}, so one is expected about "
                f"{in_words(due_from)}."
            )
    amber, red = add_months(counted, row.amber_months), add_months(counted, row.red_months)
    expected = Expectation(
        activity=InterimType.MONITORING_VISIT.value,
        basis="cycle",
        due_from=due_from,
        due_to=red,
        status=status_on(now.on, due_from, red),
        why=why,
        rules=rules,
        caveats=(
            _lateness(now.on, amber, red),
            "In practice first visits came three and a half to nine months after the report, later ones three to eight "
            "months apart.",
        ),
    )
    held = tuple(visit for _, _, visit in visits)
    yield Worked(expected, Monitoring(begins, row, held, plan_due, counted, due_from, amber, red))
    if now.governs is not None and plan_due is not None and now.on <= plan_due:
        planned = any(visit.true_on >= begins for visit in now.visible(Kind.ACTION_PLANNING_VISIT))
        if not planned:
            talk = Expectation(
                activity=Kind.ACTION_PLANNING_VISIT.value,
                basis="cycle",
                due_from=None,
                due_to=None,
                status=WindowStatus.NO_WINDOW,
                why=f"After the inadequate report of {in_words(begins)} inspectors come to talk about the action plan.",
                rules=("R-040", "R-055"),
                caveats=("This visit is ungraded and nothing on it is published.",),
            )
            yield Worked(talk, ActionPlanning(now.governs, plan_due))


def yearly_expected(now: Situation) -> Iterator[Worked]:
    """The next engagement meeting, the self-evaluation before it and the letter after the last (R-065 to R-067)."""
    if now.on < ILACS_IN_FORCE or now.pathway is Pathway.UNKNOWN:
        return
    (row,) = YEARLY_CYCLES
    last = max(now.visible(Kind.ENGAGEMENT_MEETING), key=lambda held: held.true_on, default=None)
    if last is None or last.last_day is None:
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
        yield Worked(once, Meeting(row, None, None, None, None))
        return
    held = last.last_day
    due = add_months(held, row.due_months)
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
        caveats=(_lateness(now.on, amber, red),),
        inferred=True,
    )
    yield Worked(meeting, Meeting(row, last, due, amber, red))
    if not any(shared.true_on > held for shared in now.visible(Kind.SELF_EVALUATION)):
        days = row.self_evaluation_working_days_before
        try:
            share_by = subtract_working_days(due, days, now.holidays)
        except BeyondBankHolidays:
            share_by = None
        if share_by is not None:
            shared_before = Expectation(
                activity=Kind.SELF_EVALUATION.value,
                basis="cycle",
                due_from=None,
                due_to=share_by,
                status=status_on(now.on, None, share_by),
                why=f"The self-evaluation comes before the meeting due by {in_words(due)}; {days} working days before "
                f"it, {in_words(share_by)}, is inferred.",
                rules=("R-065", "R-067"),
                inferred=True,
            )
            yield Worked(shared_before, SelfEvaluationBefore(row, last, due, share_by))
    letter_due = add_months(held, row.letter_months)
    received = last.letter_received is not None and last.letter_received <= now.on
    if not received and held <= now.on <= due:
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


def _lateness(on: date, late: date, very_late: date) -> str:
    """The rulebook's amber and red in words: a colour alone tells nothing."""
    if on >= very_late:
        return f"Very late since {in_words(very_late)}, as far as is recorded here."
    if on >= late:
        return f"Late since {in_words(late)}, as far as is recorded here; very late from {in_words(very_late)}."
    return f"Late from {in_words(late)}; very late from {in_words(very_late)}."
