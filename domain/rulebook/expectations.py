"""Where an authority stands on a day, and what comes next: by when, why, and by which rules (R-090 to R-096)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from domain.rulebook.announced.calls import UnderWay, under_way
from domain.rulebook.announced_expectations.visits import visits_called
from domain.rulebook.cycle import focused_visits_expected, monitoring_expected, monitoring_row, yearly_expected
from domain.rulebook.deadlines import (
    joint_statements_expected,
    letters_expected,
    plan_expected,
    priority_plans_expected,
    report_expected,
)
from domain.rulebook.evidence import (
    ActionPlanning,
    AfterAreaSend,
    AfterFormation,
    AfterPriority,
    CalledVisit,
    CalledWithoutWindow,
    EngagementLetter,
    ExpectedPublication,
    FocusedVisits,
    JointStatement,
    Meeting,
    Monitoring,
    Plan,
    PriorityPlan,
    Publication,
    SelfEvaluationBefore,
    Worked,
    Workings,
)
from domain.rulebook.graded import after_priority_action, graded_expected
from domain.rulebook.graded_windows import (
    WITHOUT_WINDOW,
    graded_after,
    next_graded,
    override_after,
    plan_due_shown,
    priority_action_visit,
)
from domain.rulebook.known_until import late_when_known, not_known_from, not_public_yet
from domain.rulebook.other_inspections.area_send import area_send_expected
from domain.rulebook.pathway import (
    DEFAULT_POLICY,
    Policy,
    awaiting_report,
    formed_on,
    governing,
    inherits_monitoring,
    is_graded_inspection,
    pathway_of,
)
from domain.rulebook.pathway_reasons import reasons_for
from domain.rulebook.results import (
    ExpectedNext,
    Graded,
    Interim,
    InterimType,
    Pathway,
    Standing,
    WindowStatus,
    status_known,
)
from domain.rulebook.situation import Situation
from domain.rulebook.succession.ending import before_the_end, graded_before_the_end
from domain.rulebook.succession.successions import authority_on
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import KIND_KNOWN, NOTHING_KNOWN, KnownKind, KnownUntil
from domain.values.words import capital

NOTHING_EXPECTED = ExpectedNext(WITHOUT_WINDOW)

_OVERRIDABLE = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)


def standing(
    activities: Sequence[Activity],
    *,
    authority: AuthorityFacts,
    on: date,
    holidays: BankHolidays,
    policy: Policy = DEFAULT_POLICY,
    known_until: KnownUntil = NOTHING_KNOWN,
    with_expectations: bool = True,
) -> Standing:
    """Where an authority stands on a day, from what had happened and was public by then (inclusive).

    `activities` are all that is held on the authority, unmasked and in any order; withdrawn ones never count.
    `known_until` is what sources tell of it; beyond that nothing is concluded from silence (R-105).
    `with_expectations=False` leaves the list of expectations empty; everything else is the same. Of an abolished
    authority nothing is expected (R-074)."""
    now = situation(activities, authority=authority, on=on, holidays=holidays, policy=policy, known_until=known_until)
    return standing_in(now, tuple(worked(now)) if with_expectations else ())


def standing_in(now: Situation, workings: Sequence[Worked]) -> Standing:
    """The answer for a situation, with the expectations that were worked out of it."""
    reasons = reasons_for(now)
    return Standing(
        authority=now.authority,
        on=now.on,
        pathway=now.pathway,
        governing=now.governs,
        inherited_monitoring=now.inherited_monitoring,
        expected_next=now.expected_next,
        expectations=tuple(one.expectation for one in workings),
        why=reasons.why,
        rules=reasons.rules,
        caveats=reasons.caveats,
        inferred=reasons.inferred,
        known_until=now.known_until,
    )


def situation(
    activities: Sequence[Activity],
    *,
    authority: AuthorityFacts,
    on: date,
    holidays: BankHolidays,
    policy: Policy = DEFAULT_POLICY,
    known_until: KnownUntil = NOTHING_KNOWN,
) -> Situation:
    """What every expectation is worked out from, gathered once; `authority` with its end as known on the day."""
    authority = authority_on(authority, activities, on)
    inspections = [activity for activity in activities if is_graded_inspection(activity)]
    governs = governing(inspections, on)
    formed = formed_on(activities, authority, on) if governs is None else None
    priority_visit = None
    due = None
    if governs is not None:
        pathway = pathway_of(governs, policy)
        due = plan_due_shown(governs, holidays)
        if pathway in _OVERRIDABLE:
            priority_visit = priority_action_visit(activities, governs.public_on, on)
        graded = graded_after(governs, pathway, on, holidays, policy, standard=priority_visit is not None)
    elif formed is not None:
        pathway = Pathway.NOT_YET_JUDGED
        graded = Graded(next_graded(pathway, on).type, None, None, WindowStatus.NO_WINDOW)
    else:
        pathway, graded = Pathway.UNKNOWN, WITHOUT_WINDOW
    coming = under_way(inspections, on, governs, graded.type, holidays)
    awaits = _awaits(inspections, on, governs, coming)
    return Situation(
        activities=activities,
        authority=authority,
        on=on,
        holidays=holidays,
        policy=policy,
        pathway=pathway,
        governs=governs,
        under_way=None if authority.ended_by(on) else coming,
        awaits=awaits,
        priority_visit=priority_visit,
        formed_on=formed,
        inherited_monitoring=inherits_monitoring(authority.urn, on, governs),
        expected_next=NOTHING_EXPECTED
        if authority.ended_by(on)
        else ExpectedNext(
            graded=graded_before_the_end(graded, authority),
            action_plan_due=due,
            priority_action_override=override_after(priority_visit) if priority_visit else None,
            interim=_interim(pathway, governs, awaits, due, on),
            announced=coming.announced if coming else None,
        ),
        known_until=known_until,
    )


def _awaits(
    inspections: Sequence[Activity], on: date, governs: Activity | None, coming: UnderWay | None
) -> Activity | None:
    """The inspection whose report comes next: the one under way once inspectors have left, else an earlier one; not
    one of which only the call was ever heard, so long ago that it may never have come (R-103)."""
    if coming is None:
        return awaiting_report(inspections, on, governs)
    never_seen = coming.announced.unheard_of and not coming.days.begun
    if coming.awaited(on) and not never_seen:
        return coming.activity
    return awaiting_report([one for one in inspections if one is not coming.activity], on, governs)


def _interim(
    pathway: Pathway, governs: Activity | None, awaits: Activity | None, due: date | None, on: date
) -> Interim | None:
    """What comes before the next graded inspection: the first of R-093 that applies."""
    if awaits is not None:
        return Interim(InterimType.REPORT_PUBLICATION)
    if pathway is not Pathway.INADEQUATE or governs is None:
        return None
    row = monitoring_row(governs.public_on)
    if row is None:
        return None
    if due is not None and on <= due:
        return Interim(InterimType.ACTION_PLAN_SUBMISSION, due=due)
    return Interim(InterimType.MONITORING_VISIT, nominal_interval_days=row.nominal_days)


def worked(now: Situation) -> Iterator[Worked]:
    """Everything to expect with its workings, the nearest kind of news first, other inspections last; nothing of an
    abolished authority."""
    if not now.abolished:
        known = (as_known(now, one) for one in _worked(now))
        for one in (*known, *area_send_expected(now.activities, now.on, now.known_until)):
            yield Worked(before_the_end(one.expectation, now.authority), one.workings)


def _worked(now: Situation) -> Iterator[Worked]:
    yield from report_expected(now)
    yield from visits_called(now)
    yield from graded_expected(now)
    yield from after_priority_action(now)
    yield from plan_expected(now)
    yield from priority_plans_expected(now)
    yield from joint_statements_expected(now)
    yield from monitoring_expected(now)
    yield from letters_expected(now)
    yield from focused_visits_expected(now)
    yield from yearly_expected(now)


def as_known(now: Situation, one: Worked) -> Worked:
    """What is expected as far as anything is known: silence after the day until which sources tell means nothing, so
    that what ended after it is neither overdue nor late (R-099, R-105). The sentence comes first of the caveats."""
    kind, since = rests_on(one.workings)
    told = one.expectation
    shown = KnownKind.MONITORING_VISIT if kind is KnownKind.FIRST_MONITORING_VISIT else kind
    until = now.known_until.from_then(kind, since)
    late_after = _late_after(one)
    status = status_known(told.status, late_after, until)
    known = replace(told, status=status, known_until=now.known_until.until(shown))
    if status is WindowStatus.NOT_KNOWN and "R-103" not in told.rules:
        rules = (*told.rules, "R-105", *(("R-106",) if kind is KnownKind.FIRST_MONITORING_VISIT else ()))
        known = replace(known, rules=rules, caveats=(not_known_from(now.known_until, kind, since), *told.caveats))
    elif status is WindowStatus.OVERDUE and until is not None and late_after is not None:
        late = f"{capital(late_when_known(late_after, min(until, now.on)))}."
        hidden = (not_public_yet(min(until, now.on)),) if kind is KnownKind.GRADED_INSPECTION else ()
        known = replace(known, caveats=(late, *hidden, *told.caveats))
    return Worked(known, one.workings)


def _late_after(one: Worked) -> date | None:
    """The last day on which it is not late: of a report or letter after that on which most had come (R-051)."""
    match one.workings:
        case Publication(found=ExpectedPublication(last=last)):
            return last
        case _:
            return one.expectation.due_to


def rests_on(workings: Workings) -> tuple[KnownKind, date]:
    """The kind of activity whose silence an expectation would be read from, and since when."""
    match workings:
        case Monitoring():
            first = KnownKind.MONITORING_VISIT if workings.visits else KnownKind.FIRST_MONITORING_VISIT
            return first, workings.counted
        case FocusedVisits():
            return KnownKind.FOCUSED_VISIT, workings.since
        case Publication(fieldwork=activity) | CalledVisit(visit=activity):
            return KIND_KNOWN[activity.kind], activity.true_on
        case Plan(report=report):
            return KnownKind.ACTION_PLAN, report.public_on
        case PriorityPlan(visit=activity) | JointStatement(inspection=activity):
            return KnownKind.ACTION_PLAN, activity.true_on
        case ActionPlanning(report=report):
            return KnownKind.ACTION_PLANNING_VISIT, report.public_on
        case Meeting(last=last):
            return KnownKind.ENGAGEMENT_MEETING, last.true_on if last is not None else date.min
        case SelfEvaluationBefore(last=last):
            return KnownKind.SELF_EVALUATION, last.true_on
        case EngagementLetter(last=last):
            return KnownKind.ENGAGEMENT_LETTER, last.true_on
        case CalledWithoutWindow(inspection=inspection):
            return KnownKind.GRADED_INSPECTION, inspection.true_on
        case AfterFormation(formed_on=formed_on):
            return KnownKind.GRADED_INSPECTION, formed_on
        case AfterAreaSend(inspection=inspection):
            return KnownKind.AREA_SEND, inspection.true_on
        case AfterPriority(visit=visit):
            return KnownKind.GRADED_INSPECTION, visit.true_on
        case _:
            return KnownKind.GRADED_INSPECTION, workings.report.public_on
