"""When a report or letter should appear, and by when a plan is due (R-035, R-051 to R-054, R-060 to R-062, R-091)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from domain.rulebook.announced.calls import days_on_site
from domain.rulebook.deadline_rows import (
    HOLD_AFTER_DAYS,
    HOLD_BEFORE_DAYS,
    LATE_AFTER_WORKING_DAYS,
    NOTHING_PUBLISHED,
    OVER_CHRISTMAS,
    POLLING_DAYS,
    PRIORITY_PLAN_TIMES,
    PUBLICATION_RANGES,
    PUBLICATION_TIMES,
    NothingPublished,
    PollingDay,
    PublicationRange,
    PublicationTime,
)
from domain.rulebook.evidence import ExpectedPublication, JointStatement, Plan, PriorityPlan, Publication, Worked
from domain.rulebook.graded_windows import has_priority_action, of_the_covid_round, plan_time, status_on
from domain.rulebook.known_until import TOLD_AFTER_DUE_DAYS
from domain.rulebook.results import Expectation, InterimType, Pathway, WindowStatus
from domain.rulebook.row_words import day_of_year
from domain.rulebook.rows import row_on
from domain.rulebook.situation import Situation
from domain.rulebook.steps import KIND_IN_WORDS
from domain.rulebook.working_days import BankHolidays, add_working_days, working_days_between
from domain.values.activities import Activity
from domain.values.errors import BeyondBankHolidays
from domain.values.statements import Kind
from domain.values.words import in_words, span_in_words, weeks_in_words

WHERE_SENT = "Whether it was sent is known only where it is recorded: in an action plan that is kept here."
"""Stands beside a paper whose last day has passed."""

_LONG_PAST_DAYS = 100
"""Fifty working days are over by then, Christmas and Easter included."""


def publication_time(kind: Kind, first_day: date) -> PublicationTime | None:
    """The row for a report or letter on fieldwork that began on a day; None where no time was measured."""
    rows = [row for row in PUBLICATION_TIMES if kind in row.kinds and row.in_force(first_day)]
    return rows[0] if rows else None


def publication_range(kind: Kind, first_day: date) -> PublicationRange | None:
    """The row for the days between which most reports or letters come; None where they were not measured."""
    return next((row for row in PUBLICATION_RANGES if kind in row.kinds and row.in_force(first_day)), None)


def nothing_published(kind: Kind, last_day: date, day: date) -> NothingPublished | None:
    """The days over Christmas without publication in which a day lies, for fieldwork that ended on `last_day`."""
    rows = (row for row in NOTHING_PUBLISHED if kind in row.kinds and row.in_force(last_day))
    return next((row for row in rows if day in row), None)


def polling_hold(day: date) -> PollingDay | None:
    """The election in whose hold a day lies: six weeks before polling day up to the day itself (R-054)."""
    for poll in POLLING_DAYS:
        if poll.start - timedelta(days=HOLD_BEFORE_DAYS) <= day <= poll.start:
            return poll
    return None


def expected_publication(
    kind: Kind, last_day: date, holidays: BankHolidays, *, first_day: date | None = None
) -> ExpectedPublication | None:
    """When the report or letter on fieldwork that ended on `last_day` should appear (R-051 to R-054).

    Counted from the last day of its last period on site (R-059). None where no time was measured for its kind and day,
    or the known bank holidays end first."""
    row = publication_time(kind, first_day or last_day)
    if row is None:
        return None
    try:
        usual = ordinary = add_working_days(last_day, row.working_days, holidays)
        closed = nothing_published(kind, last_day, usual)
        if closed is not None:
            ordinary = add_working_days(closed.last_from(usual), 1, holidays)
        over_christmas = closed is None and last_day < date(last_day.year, 12, 25) <= usual
        late_after = add_working_days(last_day, LATE_AFTER_WORKING_DAYS, holidays)
        poll = polling_hold(ordinary)
        first = ordinary if poll is None else add_working_days(poll.start, 1, holidays)
        ranged = publication_range(kind, first_day or last_day)
        moved = working_days_between(usual, first, holidays)
        half, mostly, nearly = (
            None if days is None else add_working_days(last_day, days + moved, holidays) for days in _days_of(ranged)
        )
    except BeyondBankHolidays:
        return None
    last = late_after if poll is None else max(late_after, poll.start + timedelta(days=HOLD_AFTER_DAYS))
    return ExpectedPublication(
        usual=usual,
        ordinary=ordinary,
        late_after=late_after,
        first=first,
        last=last if mostly is None else max(last, mostly),
        row=row,
        held_for=poll,
        closed=closed,
        over_christmas=over_christmas,
        ranged=ranged,
        half=half,
        mostly=mostly,
        nearly=nearly,
    )


def _days_of(ranged: PublicationRange | None) -> tuple[int | None, int | None, int | None]:
    if ranged is None:
        return None, None, None
    return ranged.half_working_days, ranged.mostly_working_days, ranged.nearly_working_days


def usual_days(found: ExpectedPublication) -> str:
    """`27`, or `24 to 28` where there was no single usual number."""
    row = found.row
    return f"{row.working_days} to {row.up_to}" if row.up_to else str(row.working_days)


def days_between(found: ExpectedPublication) -> str:
    """`27 to 41`: the working days between which most come; the usual ones where that was not measured."""
    if found.ranged is None:
        return usual_days(found)
    return f"{found.row.working_days} to {found.ranged.mostly_working_days}"


def likely_by(found: ExpectedPublication) -> str | None:
    """By when half have come and nine in ten, in a sentence; None where that was not measured."""
    if found.half is None or found.mostly is None or found.nearly is None:
        return None
    return (
        f"About as likely as not it is out by {in_words(found.half)}, eight times in ten by {in_words(found.mostly)} "
        f"and nine in ten by {in_words(found.nearly)}."
    )


def around_christmas(found: ExpectedPublication, kind: Kind) -> str:
    """What Christmas does to a publication, to go on with; empty where it does nothing (R-051, R-052)."""
    if found.closed is not None:
        first, last = day_of_year(found.closed.first), day_of_year(found.closed.last)
        return f", and nothing is published from {first} to {last}"
    if not found.over_christmas:
        return ""
    if kind is not Kind.INSPECTION:
        return ", and some days more over Christmas"
    return f", and over Christmas {OVER_CHRISTMAS.median_days} more in the middle of {OVER_CHRISTMAS.reports} cases"


def on_site(inspection: Activity, last: date) -> str:
    """When inspectors were last there, or that only the day expected is known."""
    if inspection.end is not None:
        return f"Inspectors were last on site on {in_words(inspection.end)}"
    came = "Whether inspectors came is not known"
    if inspection.start is not None:
        came = f"Inspectors came on {in_words(inspection.start)}"
    return f"{came}; their last day on site is not known, so this counts from that expected, {in_words(last)}"


def report_expected(now: Situation) -> Iterator[Worked]:
    """The report on fieldwork that has ended, on any pathway (R-021, R-051, R-093)."""
    if now.awaits is None or now.awaited_from is None:
        return
    found = _publication(
        now,
        now.awaits,
        now.awaited_from,
        activity=InterimType.REPORT_PUBLICATION.value,
        rules=("R-021", "R-051", "R-093"),
        what=on_site(now.awaits, now.awaited_from),
        item="report",
        caveats=("That the old pathway stands until publication is inferred.",),
    )
    told = found.expectation
    if only_a_call_is_held(now, now.awaits):
        told = replace(
            told,
            status=WindowStatus.NOT_KNOWN if told.status is WindowStatus.OVERDUE else told.status,
            rules=(*told.rules, "R-103"),
            caveats=(MAY_NEVER_HAVE_COME, *told.caveats),
        )
    yield replace(found, expectation=told)


def only_a_call_is_held(now: Situation, fieldwork: Activity) -> bool:
    """Nothing was known by the day of whether inspectors came after a call."""
    return now.known(fieldwork).only_called


MAY_NEVER_HAVE_COME = (
    "Nothing recorded here says that inspectors came, so that no report can be called late; an inspection that was "
    "called and never reported changes nothing."
)


def letters_expected(now: Situation) -> Iterator[Worked]:
    """Letters on visits and joint inspections that are not public yet (R-052, R-053).

    A first monitoring visit has none from Ofsted (R-046), and a visit known by its month has no day to count from.
    Where no publication date is held the letter may be out already, so nothing is said once it would be late. Of a
    visit that was only called the last day announced counts."""
    for visit, ended, came in _visits_over(now):
        unpublished = visit.published is None and visit.published_by_council is None
        if ended > now.on or (not unpublished and visit.public_on <= now.on):
            continue
        if visit.period is not None or (unpublished and (now.on - ended).days > _LONG_PAST_DAYS):
            continue
        if visit.kind is Kind.MONITORING_VISIT and (visit.number == 1 or visit.published_by_ofsted is False):
            continue
        found = _publication(
            now,
            visit,
            ended,
            activity="letter_publication",
            rules=("R-053",) if visit.kind is Kind.JTAI else ("R-052",),
            what=f"The {KIND_IN_WORDS[visit.kind]} {'ended' if came else 'was to end'} on {in_words(ended)}",
            item="letter",
            caveats=(
                *(() if came else ("Nothing recorded here says that inspectors came.",)),
                *(("No publication date is held; the letter may be out already.",) if unpublished else ()),
            ),
        )
        told = found.expectation
        if told.due_from is not None and not (unpublished and told.status is WindowStatus.OVERDUE):
            yield found


def _visits_over(now: Situation) -> Iterator[tuple[Activity, date, bool]]:
    """Visits and joint inspections with their last day on site, and whether it is known that they came."""
    kinds = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI)
    for visit in now.visible(*kinds):
        ended = visit.end or (visit.expected_end if visit.start is not None else None) or visit.last_day
        if ended is not None:
            yield visit, ended, True
    for visit in now.only_called(*kinds):
        last = days_on_site(visit, None, now.holidays).last
        if last is not None and last < now.on:
            yield visit, last, False


def plan_expected(now: Situation) -> Iterator[Worked]:
    """The action plan on the governing report, until its last day or its submission (R-060, R-061, R-091)."""
    report, due = now.governs, now.expected_next.action_plan_due
    if report is None or due is None or now.on > due:
        return
    if any(plan.true_on >= report.public_on for plan in now.visible(Kind.ACTION_PLAN_SUBMITTED)):
        return
    row = plan_time(report.public_on)
    days = row.working_days
    inadequate = now.pathway is Pathway.INADEQUATE
    caveat = "Counted from publication, so this is the latest possible day; receipt may have been earlier."
    received, counted = report.received, None
    if received is not None and now.holidays.known_from <= received < report.public_on:
        counted = add_working_days(received, days, now.holidays)
        caveat = f"Counted from receipt on {in_words(received)}, the last day is {in_words(counted)}."
    expected = Expectation(
        activity=InterimType.ACTION_PLAN_SUBMISSION.value if inadequate else "action_plan",
        basis="deadline",
        due_from=None,
        due_to=due,
        status=status_on(now.on, None, due),
        why=f"The action plan goes to Ofsted and the Secretary of State by {in_words(due)}, the {days}th working day "
        f"after the report was published on {in_words(report.public_on)}.",
        rules=("R-060", "R-061", "R-091"),
        caveats=(caveat,),
        about=report.id,
    )
    yield Worked(expected, Plan(report, row, due, counted))


def priority_plans_expected(now: Situation) -> Iterator[Worked]:
    """Draft and final plan after priority action at a focused visit (R-035).

    After its last day a plan is told of while nothing says that the final one was sent, for a year at most and until
    the next graded report: silence does not make it late (R-107)."""
    sent = [plan.true_on for plan in now.visible(Kind.ACTION_PLAN_SUBMITTED)]
    for visit in now.visible(Kind.FOCUSED_VISIT):
        letter = visit.letter_received or visit.published
        if letter is None or not has_priority_action(visit) or visit.public_on > now.on or letter > now.on:
            continue
        row = row_on(PRIORITY_PLAN_TIMES, letter)
        told = "received" if visit.letter_received else "published"
        for activity, name, days in (
            ("draft_action_plan", "draft", row.draft_working_days),
            ("priority_action_plan", "final", row.final_working_days),
        ):
            if days is None:
                continue
            try:
                due = add_working_days(letter, days, now.holidays)
            except BeyondBankHolidays:
                continue
            passed = now.on > due
            if passed and (
                any(day >= letter for day in sent)
                or visit.true_on < now.counts_from
                or (now.on - due).days > TOLD_AFTER_DUE_DAYS
            ):
                continue
            expected = Expectation(
                activity=activity,
                basis="deadline",
                due_from=None,
                due_to=due,
                status=status_on(now.on, None, due),
                why=f"The letter {told} on {in_words(letter)} names an area for priority action, so the {name} plan "
                f"{'was' if passed else 'is'} due within {days} working days, by {in_words(due)}.",
                rules=("R-035",),
                caveats=(*((WHERE_SENT,) if passed else ()), *_of_priority_plans(visit)),
                about=visit.id,
            )
            yield Worked(expected, PriorityPlan(visit, letter, row, days, due))


def _of_priority_plans(visit: Activity) -> Iterator[str]:
    if not visit.letter_received:
        yield "Receipt may have been earlier than publication."
    if of_the_covid_round(visit):
        yield "The letters of the Covid round named no days; these are those of all others."


def joint_statements_expected(now: Situation) -> Iterator[Worked]:
    """The joint statement after a JTAI, on the day its letter states, until that day (R-062)."""
    for inspection in now.visible(Kind.JTAI):
        due = inspection.statement_due
        if due is not None and inspection.public_on <= now.on <= due:
            expected = Expectation(
                activity="joint_statement_of_action",
                basis="deadline",
                due_from=None,
                due_to=due,
                status=status_on(now.on, None, due),
                why=f"The letter on the joint targeted area inspection asks for a statement by {in_words(due)}.",
                rules=("R-062",),
                about=inspection.id,
            )
            yield Worked(expected, JointStatement(inspection, due))


def _publication(
    now: Situation,
    fieldwork: Activity,
    ended: date,
    *,
    activity: str,
    rules: tuple[str, ...],
    what: str,
    item: str,
    caveats: tuple[str, ...],
) -> Worked:
    found = expected_publication(fieldwork.kind, ended, now.holidays, first_day=fieldwork.start)
    if found is None:
        untimed = Expectation(
            activity=activity,
            basis="publication",
            due_from=None,
            due_to=None,
            status=WindowStatus.NO_WINDOW,
            why=f"{what}; its {item} is not yet published.",
            rules=rules,
            caveats=(*caveats, f"No usual time to publication is known for this {item}."),
            about=fieldwork.id,
        )
        return Worked(untimed, Publication(fieldwork, ended, None))
    christmas = around_christmas(found, fieldwork.kind)
    if found.ranged is not None:
        rules = (*rules, found.ranged.rule)
    if found.held_for is None and found.mostly is not None:
        between = span_in_words(found.first, found.mostly)
        why = f"{what}; the {item} is expected from {between}, {days_between(found)} working days later{christmas}."
    elif found.held_for is None:
        why = (
            f"{what}; the {item} is expected about {in_words(found.first)}, usually {usual_days(found)} working days "
            f"later{christmas}."
        )
    else:
        polling = in_words(found.held_for.start)
        why = (
            f"{what}; the {item} is expected in the {weeks_in_words(HOLD_AFTER_DAYS)} after polling day, {polling} "
            "(inferred)."
        )
        rules = (*rules, "R-054")
        caveats = (
            *caveats,
            f"Without an election in the area it would be expected about {in_words(found.ordinary)}.",
        )
    expected = Expectation(
        activity=activity,
        basis="publication",
        due_from=found.first,
        due_to=found.mostly or found.last,
        status=status_on(now.on, found.first, found.last),
        why=why,
        rules=rules,
        caveats=(
            *caveats,
            *filter(None, [likely_by(found)]),
            *(() if only_a_call_is_held(now, fieldwork) else (f"Late after {in_words(found.last)}.",)),
        ),
        inferred=found.held_for is not None or fieldwork.kind is Kind.INSPECTION,
        about=fieldwork.id,
    )
    return Worked(expected, Publication(fieldwork, ended, found))
