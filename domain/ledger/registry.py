"""The closed list of what may stand in the log: stored name <-> class of fact. A stored name never changes.

A name that is not here is refused; nothing is ever imported because a row says so."""

from __future__ import annotations

from collections.abc import Mapping

from domain import events
from domain.errors import CorruptEvent
from domain.events import Fact

FACTS: Mapping[str, type[Fact]] = {
    "authority.registered": events.AuthorityRegistered,
    "authority.renamed": events.AuthorityRenamed,
    "authority.recoded": events.AuthorityRecoded,
    "authority.formed": events.AuthorityFormed,
    "authority.succeeded": events.AuthoritySucceeded,
    "authority.abolished": events.AuthorityAbolished,
    "trust.started": events.TrustStarted,
    "inspection.notified": events.InspectionNotified,
    "fieldwork.started": events.FieldworkStarted,
    "fieldwork.ended": events.FieldworkEnded,
    "report.received": events.ReportReceived,
    "report.published": events.ReportPublished,
    "judgement.corrected": events.JudgementCorrected,
    "date.corrected": events.DateCorrected,
    "entry.withdrawn": events.EntryWithdrawn,
    "focused_visit.held": events.FocusedVisitHeld,
    "assurance_visit.held": events.AssuranceVisitHeld,
    "monitoring_visit.held": events.MonitoringVisitHeld,
    "joint_inspection.held": events.JointInspectionHeld,
    "action_planning_visit.held": events.ActionPlanningVisitHeld,
    "letter.received": events.LetterReceived,
    "letter.published": events.LetterPublished,
    "letter.not_published": events.LetterNotPublished,
    "improvement.found": events.AreaForImprovementFound,
    "priority_action.found": events.AreaForPriorityActionFound,
    "priority_action.resolved": events.PriorityActionResolved,
    "self_evaluation.shared": events.SelfEvaluationShared,
    "engagement_meeting.held": events.EngagementMeetingHeld,
    "engagement_letter.received": events.EngagementLetterReceived,
    "engagement_topics.noted": events.EngagementTopicsNoted,
    "engagement_meeting.next_set": events.NextEngagementMeetingSet,
    "engagement_words.erased": events.EngagementWordsErased,
    "action_plan.due_date_set": events.ActionPlanDueDateSet,
    "action_plan.due_date_corrected": events.ActionPlanDueDateCorrected,
    "action_plan.submitted": events.ActionPlanSubmitted,
    "action_plan.reply_received": events.ActionPlanReplyReceived,
    "improvement_notice.issued": events.ImprovementNoticeIssued,
    "statutory_direction.issued": events.StatutoryDirectionIssued,
    "commissioner.appointed": events.CommissionerAppointed,
    "intervention.lifted": events.InterventionLifted,
    "source.stated": events.SourceStated,
    "entries.recognised_as_one": events.EntriesRecognisedAsOne,
    "entries.recognised_as_distinct": events.EntriesRecognisedAsDistinct,
    "disagreement.settled": events.DisagreementSettled,
    "file.opened": events.FileOpened,
    "file.read": events.FileRead,
    "roll.begun": events.RollBegun,
    "person.registered": events.PersonRegistered,
    "role.proposed": events.RoleProposed,
    "role.granted": events.RoleGranted,
    "role.withdrawn": events.RoleWithdrawn,
    "person.disabled": events.PersonDisabled,
    "person.reinstated": events.PersonReinstated,
    "plan.opened": events.PlanOpened,
    "plan.findings_added": events.PlanFindingsAdded,
    "plan.receipt_set": events.PlanReceiptSet,
    "plan.due_date_stated": events.PlanDueDateStated,
    "plan.submitted": events.PlanSubmitted,
    "plan.reply_received": events.PlanReplyReceived,
    "plan.closed": events.PlanClosed,
    "plan.reopened": events.PlanReopened,
    "plan.published": events.PlanPublished,
    "action.added": events.ActionAdded,
    "action.findings_changed": events.ActionFindingsChanged,
    "action.owner_changed": events.ActionOwnerChanged,
    "action.due_date_moved": events.ActionDueDateMoved,
    "action.measure_set": events.ActionMeasureSet,
    "action.progress_reported": events.ActionProgressReported,
    "action.impact_rated": events.ActionImpactRated,
    "action.evidence_offered": events.ActionEvidenceOffered,
    "action.completion_accepted": events.ActionCompletionAccepted,
    "action.completion_refused": events.ActionCompletionRefused,
    "action.closed": events.ActionClosed,
    "action.withdrawn": events.ActionWithdrawn,
    "action.found_unneeded": events.ActionFoundUnneeded,
    "action.reopened": events.ActionReopened,
    "challenge.raised": events.ChallengeRaised,
    "challenge.answered": events.ChallengeAnswered,
    "challenge.withdrawn": events.ChallengeWithdrawn,
    "words.erased": events.WordsErased,
    "plan_conventions.chosen": events.PlanConventionsChosen,
    "scrutiny_meeting.arranged": events.ScrutinyMeetingArranged,
    "scrutiny_meeting.moved": events.ScrutinyMeetingMoved,
    "scrutiny_meeting.plans_chosen": events.MeetingPlansChosen,
    "scrutiny_meeting.held": events.ScrutinyMeetingHeld,
    "panel_view.fixed": events.PanelViewFixed,
    "question.put_to_meeting": events.QuestionPutToMeeting,
    "resolution.made": events.ResolutionMade,
    "resolution.carried_out": events.ResolutionCarriedOut,
    "next_report.set": events.NextReportSet,
    "scrutiny_meeting.withdrawn": events.ScrutinyMeetingWithdrawn,
    "meeting_words.erased": events.MeetingWordsErased,
    "signing_key.replaced": events.SigningKeyReplaced,
}

STREAMS: Mapping[type[Fact], str] = {
    events.AuthorityRegistered: "domain.authority:Authority",
    events.FileOpened: "domain.source_file:SourceFile",
    events.RollBegun: "domain.roll:Roll",
    events.PlanOpened: "domain.action_plan:ActionPlan",
    events.PlanConventionsChosen: "domain.plan_conventions:PlanConventions",
    events.ScrutinyMeetingArranged: "domain.scrutiny:ScrutinyMeeting",
    events.SigningKeyReplaced: "domain.signing_key:SigningKey",
}
"""Which aggregate a stream is, by its first fact. No row names it, so the class may move."""

_NAMES = {cls: name for name, cls in FACTS.items()}


def stored_name(cls: type[Fact]) -> str:
    """The name under which facts of a class are stored. Raises LookupError for a class that is not listed."""
    try:
        return _NAMES[cls]
    except KeyError:
        raise LookupError(f"{cls.__name__} has no stored name") from None


def fact_class(name: str) -> type[Fact]:
    """The class stored under a name. Raises CorruptEvent for any other name."""
    try:
        return FACTS[name]
    except KeyError:
        raise CorruptEvent(None, f"no fact is called {name[:80]!r}") from None
