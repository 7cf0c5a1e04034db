"""What an officer's fact states of the entry it is about: it is weighed with what other sources say."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from domain import facts
from domain.values.judgements import Judgements
from domain.values.statements import Kind, Stated


@singledispatch
def said_by(fact: facts.Fact, kind: Kind | None) -> Stated:
    """What a fact says; `kind` is what its entry is known for, None where it is new. Raises TypeError for a fact that
    states nothing."""
    raise TypeError(f"Nothing is known of what the fact {type(fact).__name__} states.")


@said_by.register
def _(fact: facts.InspectionNotified, _: Kind | None) -> Stated:
    return Stated(
        fact.visit or Kind.INSPECTION,
        notified=fact.notified_on,
        variant=fact.kind,
        expected_start=fact.expected_start,
        expected_end=fact.expected_end,
    )


@said_by.register
def _(fact: facts.CallWithdrawn, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.FOCUSED_VISIT, call_withdrawn=fact.withdrawn_on)


@said_by.register
def _(fact: facts.FieldworkPaused, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.FOCUSED_VISIT, paused=fact.paused_on)


@said_by.register
def _(fact: facts.FieldworkResumed, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.FOCUSED_VISIT, resumed=fact.resumed_on)


@said_by.register
def _(fact: facts.PeriodsOnSiteRecorded, kind: Kind | None) -> Stated:
    first, last = fact.periods[0].start, fact.periods[-1].end
    return Stated(kind or Kind.FOCUSED_VISIT, start=first, end=last, periods=fact.periods)


@said_by.register
def _(fact: facts.FieldworkStarted, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.INSPECTION, start=fact.started_on, variant=fact.kind)


@said_by.register
def _(fact: facts.FieldworkEnded, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.INSPECTION, end=fact.ended_on)


@said_by.register
def _(fact: facts.ReportReceived, _: Kind | None) -> Stated:
    return Stated(Kind.INSPECTION, received=fact.received_on)


@said_by.register
def _(fact: facts.ReportPublished, _: Kind | None) -> Stated:
    return Stated(Kind.INSPECTION, published=fact.published_on, grades=fact.judgements)


@said_by.register
def _(fact: facts.JudgementCorrected, _: Kind | None) -> Stated:
    return Stated(Kind.INSPECTION, grades=Judgements.of({fact.area: fact.now}))


@said_by.register
def _(fact: facts.DateCorrected, kind: Kind | None) -> Stated:
    dates: dict[str, Any] = {fact.which.value: fact.now}
    return Stated(kind or Kind.INSPECTION, **dates)


@said_by.register
def _(fact: facts.FocusedVisitHeld, _: Kind | None) -> Stated:
    return Stated(Kind.FOCUSED_VISIT, start=fact.started_on, end=fact.ended_on, focus=fact.focus)


@said_by.register
def _(fact: facts.FocusedVisitTopicsChosen, _: Kind | None) -> Stated:
    return Stated(Kind.FOCUSED_VISIT, topics=fact.topics)


@said_by.register
def _(fact: facts.AssuranceVisitHeld, _: Kind | None) -> Stated:
    return Stated(
        Kind.FOCUSED_VISIT,
        start=fact.started_on,
        end=fact.ended_on,
        focus=fact.focus,
        subtype="covid_assurance",
    )


@said_by.register
def _(fact: facts.MonitoringVisitHeld, _: Kind | None) -> Stated:
    return Stated(
        Kind.MONITORING_VISIT,
        start=fact.started_on,
        end=fact.ended_on,
        number=fact.number,
        focus=fact.focus,
    )


@said_by.register
def _(fact: facts.JointInspectionHeld, _: Kind | None) -> Stated:
    return Stated(Kind.JTAI, start=fact.started_on, end=fact.ended_on, theme=fact.theme)


@said_by.register
def _(fact: facts.ActionPlanningVisitHeld, _: Kind | None) -> Stated:
    return Stated(Kind.ACTION_PLANNING_VISIT, on=fact.held_on)


@said_by.register
def _(fact: facts.LetterReceived, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.FOCUSED_VISIT, letter_received=fact.received_on)


@said_by.register
def _(fact: facts.LetterPublished, kind: Kind | None) -> Stated:
    if fact.publisher is facts.Publisher.OFSTED:
        return Stated(kind or Kind.FOCUSED_VISIT, published=fact.published_on, published_by_ofsted=True)
    else:
        return Stated(kind or Kind.FOCUSED_VISIT, published_by_council=fact.published_on)


@said_by.register
def _(fact: facts.LetterNotPublished, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.FOCUSED_VISIT, letter_unpublished=True)


@said_by.register
def _(fact: facts.AreaForImprovementFound, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.FOCUSED_VISIT, improvements=(fact.text,))


@said_by.register
def _(fact: facts.AreaForPriorityActionFound, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.FOCUSED_VISIT, priority_action=True, priority_actions=(fact.text,))


@said_by.register
def _(fact: facts.PriorityActionResolved, kind: Kind | None) -> Stated:
    return Stated(kind or Kind.FOCUSED_VISIT, priority_action_resolved=fact.resolved_on)


@said_by.register
def _(fact: facts.SelfEvaluationShared, _: Kind | None) -> Stated:
    return Stated(Kind.SELF_EVALUATION, on=fact.shared_on, period=fact.period)


@said_by.register
def _(fact: facts.EngagementMeetingHeld, _: Kind | None) -> Stated:
    return Stated(Kind.ENGAGEMENT_MEETING, on=fact.held_on, period=fact.period)


@said_by.register
def _(fact: facts.EngagementLetterReceived, _: Kind | None) -> Stated:
    return Stated(Kind.ENGAGEMENT_MEETING, letter_received=fact.received_on)


@said_by.register
def _(fact: facts.ActionPlanDueDateSet, _: Kind | None) -> Stated:
    return Stated(Kind.ACTION_PLAN_DUE, on=fact.due_on)


@said_by.register
def _(fact: facts.ActionPlanDueDateCorrected, _: Kind | None) -> Stated:
    return Stated(Kind.ACTION_PLAN_DUE, on=fact.now)


@said_by.register
def _(fact: facts.ActionPlanSubmitted, _: Kind | None) -> Stated:
    return Stated(Kind.ACTION_PLAN_SUBMITTED, on=fact.submitted_on)


@said_by.register
def _(fact: facts.ActionPlanReplyReceived, _: Kind | None) -> Stated:
    return Stated(Kind.ACTION_PLAN_REPLY, on=fact.received_on)


@said_by.register
def _(fact: facts.TrustStarted, _: Kind | None) -> Stated:
    return Stated(Kind.TRUST_START, on=fact.started_on, note=fact.name)


@said_by.register
def _(fact: facts.TrustEnded, _: Kind | None) -> Stated:
    return Stated(Kind.TRUST_END, on=fact.ended_on)


@said_by.register
def _(fact: facts.DataReturned, _: Kind | None) -> Stated:
    return Stated(Kind.DATA_RETURN, on=fact.returned_on, title=fact.what)


@said_by.register
def _(fact: facts.OtherInspectionHeld, _: Kind | None) -> Stated:
    return Stated(
        fact.kind,
        start=fact.started_on,
        end=fact.ended_on,
        published=fact.published_on,
        inspectorate=fact.inspectorate,
        title=fact.title,
        outcome=fact.outcome,
        ratings=fact.ratings,
        subtype=fact.subtype,
    )


@said_by.register
def _(fact: facts.SuccessionAnnounced, _: Kind | None) -> Stated:
    return Stated(
        Kind.SUCCESSION_ANNOUNCED,
        on=fact.ends_on,
        published=fact.announced_on,
        successors=fact.successors,
        order=fact.order,
    )


@said_by.register
def _(fact: facts.SuccessionCancelled, _: Kind | None) -> Stated:
    return Stated(Kind.SUCCESSION_CANCELLED, on=fact.cancelled_on)


@said_by.register
def _(fact: facts.ImprovementNoticeIssued, _: Kind | None) -> Stated:
    return Stated(Kind.IMPROVEMENT_NOTICE, on=fact.issued_on)


@said_by.register
def _(fact: facts.StatutoryDirectionIssued, _: Kind | None) -> Stated:
    return Stated(Kind.STATUTORY_DIRECTION, on=fact.issued_on)


@said_by.register
def _(fact: facts.CommissionerAppointed, _: Kind | None) -> Stated:
    return Stated(Kind.COMMISSIONER, on=fact.appointed_on)


@said_by.register
def _(fact: facts.InterventionLifted, _: Kind | None) -> Stated:
    return Stated(Kind.INTERVENTION_LIFTED, on=fact.lifted_on)
