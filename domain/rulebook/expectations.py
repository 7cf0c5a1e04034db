"""Where an authority stands on a day, and what comes next: by when, why, and by which rules (R-090 to R-096)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain.rulebook.cycle import focused_visits_expected, monitoring_expected, monitoring_row, yearly_expected
from domain.rulebook.deadlines import (
    joint_statements_expected,
    letters_expected,
    plan_expected,
    priority_plans_expected,
    report_expected,
)
from domain.rulebook.evidence import Worked
from domain.rulebook.graded import after_priority_action, graded_expected
from domain.rulebook.graded_windows import (
    WITHOUT_WINDOW,
    graded_after,
    next_graded,
    override_after,
    plan_due_shown,
    priority_action_visit,
)
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
from domain.rulebook.results import ExpectedNext, Graded, Interim, InterimType, Pathway, Standing, WindowStatus
from domain.rulebook.situation import Situation
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts

_OVERRIDABLE = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)


def standing(
    activities: Sequence[Activity],
    *,
    authority: AuthorityFacts,
    on: date,
    holidays: BankHolidays,
    policy: Policy = DEFAULT_POLICY,
    with_expectations: bool = True,
) -> Standing:
    """Where an authority stands on a day, from what had happened and was public by then (inclusive).

    `activities` are all that is held on the authority, unmasked and in any order; withdrawn ones never count.
    `with_expectations=False` leaves the list of expectations empty; everything else is the same. Of an abolished
    authority `expected_next` is what its last report led to expect, as R-090 computes it; the list is empty."""
    now = situation(activities, authority=authority, on=on, holidays=holidays, policy=policy)
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
    )


def situation(
    activities: Sequence[Activity],
    *,
    authority: AuthorityFacts,
    on: date,
    holidays: BankHolidays,
    policy: Policy = DEFAULT_POLICY,
) -> Situation:
    """What every expectation is worked out from, gathered once."""
    inspections = [activity for activity in activities if is_graded_inspection(activity)]
    governs = governing(inspections, on)
    awaits = awaiting_report(inspections, on, governs)
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
    return Situation(
        activities=activities,
        authority=authority,
        on=on,
        holidays=holidays,
        policy=policy,
        pathway=pathway,
        governs=governs,
        awaits=awaits,
        priority_visit=priority_visit,
        formed_on=formed,
        inherited_monitoring=inherits_monitoring(authority.urn, on, governs),
        expected_next=ExpectedNext(
            graded=graded,
            action_plan_due=due,
            priority_action_override=override_after(priority_visit) if priority_visit else None,
            interim=_interim(pathway, governs, awaits, due, on),
        ),
    )


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
    """Everything to expect with its workings, the nearest kind of news first; nothing of an abolished authority."""
    if now.abolished:
        return
    yield from report_expected(now)
    yield from graded_expected(now)
    yield from after_priority_action(now)
    yield from plan_expected(now)
    yield from priority_plans_expected(now)
    yield from joint_statements_expected(now)
    yield from monitoring_expected(now)
    yield from letters_expected(now)
    yield from focused_visits_expected(now)
    yield from yearly_expected(now)
