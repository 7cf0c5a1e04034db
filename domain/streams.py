"""Which facts each kind of stream holds, and which events of the log everybody may read."""

from __future__ import annotations

from domain import events
from domain.events import Fact

IDENTITY: tuple[type[Fact], ...] = (
    events.AuthorityRegistered,
    events.AuthorityRenamed,
    events.AuthorityRecoded,
    events.AuthorityFormed,
    events.AuthoritySucceeded,
    events.AuthorityAbolished,
)

OF_AUTHORITIES: frozenset[type[Fact]] = frozenset(
    {
        *IDENTITY,
        events.TrustStarted,
        events.InspectionNotified,
        events.FieldworkStarted,
        events.FieldworkEnded,
        events.ReportReceived,
        events.ReportPublished,
        events.JudgementCorrected,
        events.DateCorrected,
        events.EntryWithdrawn,
        events.FocusedVisitHeld,
        events.AssuranceVisitHeld,
        events.MonitoringVisitHeld,
        events.JointInspectionHeld,
        events.ActionPlanningVisitHeld,
        events.LetterReceived,
        events.LetterPublished,
        events.LetterNotPublished,
        events.AreaForImprovementFound,
        events.AreaForPriorityActionFound,
        events.PriorityActionResolved,
        events.SelfEvaluationShared,
        events.EngagementMeetingHeld,
        events.EngagementLetterReceived,
        events.EngagementTopicsNoted,
        events.NextEngagementMeetingSet,
        events.EngagementWordsErased,
        events.ActionPlanDueDateSet,
        events.ActionPlanDueDateCorrected,
        events.ActionPlanSubmitted,
        events.ActionPlanReplyReceived,
        events.ImprovementNoticeIssued,
        events.StatutoryDirectionIssued,
        events.CommissionerAppointed,
        events.InterventionLifted,
        events.SourceStated,
        events.EntriesRecognisedAsOne,
        events.EntriesRecognisedAsDistinct,
        events.DisagreementSettled,
    }
)
OF_PEOPLE: frozenset[type[Fact]] = frozenset(
    {
        events.RollBegun,
        events.PersonRegistered,
        events.RoleProposed,
        events.RoleGranted,
        events.RoleWithdrawn,
        events.PersonDisabled,
        events.PersonReinstated,
    }
)
OF_PLANS: frozenset[type[Fact]] = frozenset(
    {
        events.PlanOpened,
        events.PlanFindingsAdded,
        events.PlanReceiptSet,
        events.PlanDueDateStated,
        events.PlanSubmitted,
        events.PlanReplyReceived,
        events.PlanClosed,
        events.PlanReopened,
        events.PlanPublished,
        events.ActionAdded,
        events.ActionFindingsChanged,
        events.ActionOwnerChanged,
        events.ActionDueDateMoved,
        events.ActionMeasureSet,
        events.ActionProgressReported,
        events.ActionImpactRated,
        events.ActionEvidenceOffered,
        events.ActionCompletionAccepted,
        events.ActionCompletionRefused,
        events.ActionClosed,
        events.ActionWithdrawn,
        events.ActionFoundUnneeded,
        events.ActionReopened,
        events.ChallengeRaised,
        events.ChallengeAnswered,
        events.ChallengeWithdrawn,
        events.WordsErased,
    }
)
OF_MEETINGS: frozenset[type[Fact]] = frozenset(
    {
        events.ScrutinyMeetingArranged,
        events.ScrutinyMeetingMoved,
        events.MeetingPlansChosen,
        events.ScrutinyMeetingHeld,
        events.PanelViewFixed,
        events.QuestionPutToMeeting,
        events.ResolutionMade,
        events.ResolutionCarriedOut,
        events.NextReportSet,
        events.ScrutinyMeetingWithdrawn,
        events.MeetingWordsErased,
    }
)

OF_ENGAGEMENT: frozenset[type[Fact]] = frozenset(
    {events.EngagementTopicsNoted, events.NextEngagementMeetingSet, events.EngagementWordsErased}
)
"""Facts in an authority's stream of what it said to Ofsted between inspections, which nobody publishes."""

NEVER_PUBLIC: frozenset[type[Fact]] = OF_PEOPLE | OF_MEETINGS | OF_ENGAGEMENT | {events.PlanConventionsChosen}


def is_public(kind: type[Fact], position: int, published_at: int | None) -> bool:
    """Whether everybody may read an event (decision 0019). `published_at` is the position of its plan's newest
    publication."""
    if kind in OF_PLANS:
        return published_at is not None and position <= published_at
    return kind not in NEVER_PUBLIC
