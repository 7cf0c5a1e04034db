"""What may be recorded of an authority: one form for each kind of fact, in groups by which it is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.values.activities import Activity
from domain.values.statements import Kind
from web.authorities import element_forms
from web.authorities import other_inspection_forms as other
from web.authorities import recording_forms as forms
from web.authorities.record_forms import announcements, findings, interventions, plan_dates, visits


@dataclass(frozen=True)
class Record:
    """One kind of record: its form, the words for choosing it, and the entries it may be about."""

    form: type[forms.RecordForm]
    label: str
    hint: str
    about: Callable[[Activity], bool] | None = None

    @property
    def recorded(self) -> str:
        """What is said once it was kept."""
        return f"Recorded: {self.label[0].lower()}{self.label[1:]}."


def _awaits_report(activity: Activity) -> bool:
    return activity.kind is Kind.INSPECTION and activity.published is None


def _report_may_have_arrived(activity: Activity) -> bool:
    return activity.kind is Kind.INSPECTION and activity.received is None


def _may_have_findings(activity: Activity) -> bool:
    return activity.kind is Kind.INSPECTION or _has_letter(activity)


def _has_open_priority_action(activity: Activity) -> bool:
    return bool(activity.priority_action) and activity.priority_action_resolved is None


def _is_stated_due(activity: Activity) -> bool:
    return activity.kind is Kind.ACTION_PLAN_DUE


def _has_letter(activity: Activity) -> bool:
    return activity.kind in (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI)


def _may_stay_unpublished(activity: Activity) -> bool:
    public = activity.published or activity.published_by_council
    return _has_letter(activity) and public is None and not activity.letter_unpublished


def _is_engagement(activity: Activity) -> bool:
    return activity.kind is Kind.ENGAGEMENT_MEETING


def _is_self_evaluation(activity: Activity) -> bool:
    return activity.kind is Kind.SELF_EVALUATION


def _may_have_arrived(activity: Activity) -> bool:
    return (_is_engagement(activity) or _has_letter(activity)) and activity.letter_received is None


GROUPS: Mapping[str, Mapping[str, Record]] = {
    "Inspections and visits": {
        "call": Record(
            announcements.CallForm,
            "Call from Ofsted",
            "An inspection or visit was announced: the day of the call, and the days on site",
        ),
        "call-withdrawn": Record(
            announcements.CallWithdrawnForm,
            "Call withdrawn",
            "Ofsted took a call back, or put the inspection off before it began",
            announcements.was_called,
        ),
        "first-day": Record(
            announcements.FieldworkStartedForm,
            "Inspectors have come",
            "The first day on site, after a call that is recorded",
            announcements.was_called,
        ),
        "paused": Record(
            announcements.PausedForm,
            "Inspection paused",
            "It was broken off and is to be resumed",
            announcements.may_be_paused,
        ),
        "resumed": Record(
            announcements.ResumedForm,
            "Inspection resumed",
            "Inspectors came back after a break",
            announcements.is_paused,
        ),
        "last-day": Record(
            announcements.FieldworkEndedForm,
            "Last day on site",
            "Inspectors have left: the days to the report or letter are counted from it",
            announcements.has_not_ended,
        ),
        "periods": Record(
            announcements.PeriodsForm,
            "Periods on site",
            "Of an inspection that was broken off and resumed, as its report prints them",
            announcements.may_have_periods,
        ),
        "inspection": Record(
            forms.InspectionForm,
            "Inspection",
            "A standard or short inspection that ends in judgements",
        ),
        "focused-visit": Record(visits.FocusedVisitForm, "Focused visit", "Two days on one topic, ending in a letter"),
        "monitoring-visit": Record(
            visits.MonitoringVisitForm, "Monitoring visit", "Progress after an inadequate report"
        ),
        "jtai": Record(
            visits.JointInspectionForm,
            "Joint targeted area inspection",
            "Ofsted with health, police and probation inspectorates",
        ),
        "action-planning-visit": Record(
            visits.ActionPlanningVisitForm,
            "Action planning visit",
            "The meeting after an inadequate report; nothing of it is published",
        ),
    },
    "Letters and reports": {
        "report": Record(
            forms.ReportForm,
            "Report published",
            "Judgements of an inspection already recorded",
            _awaits_report,
        ),
        "report-received": Record(
            findings.ReportReceivedForm,
            "Report received",
            "The day the final report arrived: the action plan’s days are counted from it",
            _report_may_have_arrived,
        ),
        "letter": Record(
            forms.LetterForm,
            "Letter published",
            "By Ofsted or by the council, on a visit already recorded",
            _has_letter,
        ),
        "letter-received": Record(
            forms.LetterReceivedForm,
            "Letter received",
            "The day a letter arrived: the plan’s days are counted from it",
            _may_have_arrived,
        ),
        "letter-not-published": Record(
            forms.LetterNotPublishedForm,
            "Letter not published",
            "Neither Ofsted nor the council makes the letter on a visit public",
            _may_stay_unpublished,
        ),
        "finding": Record(
            findings.FindingForm,
            "Finding",
            "An area for improvement or for priority action of a report or letter already recorded",
            _may_have_findings,
        ),
        "priority-action-resolved": Record(
            findings.PriorityActionResolvedForm,
            "Priority action dealt with",
            "A later letter says so",
            _has_open_priority_action,
        ),
    },
    "The yearly cycle": {
        "self-evaluation": Record(
            element_forms.SelfEvaluationForm,
            "Day a self-evaluation was shared",
            "Shared with Ofsted each year; what it answers to the three questions is not shown to the public",
        ),
        "self-evaluation-answers": Record(
            element_forms.SelfEvaluationAnswersForm,
            "What a self-evaluation says",
            "Its answers to Ofsted’s three questions; not shown to the public",
            _is_self_evaluation,
        ),
        "engagement-meeting": Record(
            element_forms.EngagementMeetingForm,
            "Day of an engagement meeting",
            "The yearly conversation with Ofsted",
        ),
        "engagement-notes": Record(
            element_forms.EngagementNotesForm,
            "Agenda and topics of an engagement meeting",
            "What it covered and was about, topics for focused visits, and when the next is; not shown to the public",
            _is_engagement,
        ),
        "data-return": Record(
            element_forms.DataReturnForm,
            "Return of data",
            "The day on which data went to the department or to Ofsted, such as the children in need census",
        ),
    },
    "Plan dates": {
        "plan-due": Record(
            plan_dates.PlanDueForm, "Due date stated", "By when the council or a letter says the plan is due"
        ),
        "plan-due-corrected": Record(
            plan_dates.PlanDueCorrectedForm, "Due date corrected", "The stated date was wrong", _is_stated_due
        ),
        "plan-submitted": Record(plan_dates.PlanSubmittedForm, "Plan sent", "To Ofsted and the Secretary of State"),
        "plan-reply": Record(
            plan_dates.PlanReplyForm, "Reply received", "Ofsted says whether the plan reflects the findings"
        ),
    },
    "Government intervention": {
        "intervention": Record(
            interventions.InterventionForm,
            "Notice, direction or commissioner",
            "An improvement notice, a statutory direction, or the appointment of a commissioner",
        ),
        "intervention-lifted": Record(
            interventions.InterventionLiftedForm, "Intervention lifted", "A notice, direction or appointment ended"
        ),
        "trust-started": Record(
            interventions.TrustStartedForm, "Children’s trust began", "A trust runs services for the council"
        ),
        "trust-ended": Record(
            interventions.TrustEndedForm, "Children’s trust ended", "The council runs its services itself again"
        ),
    },
    "Other inspections": {
        "area-send": Record(
            other.AreaSendForm,
            "Area SEND inspection",
            "How the area serves children with special educational needs, ending in one of three outcomes",
        ),
        "youth-justice": Record(
            other.YouthJusticeForm,
            "Youth justice inspection",
            "By HM Inspectorate of Probation, which rates the service",
        ),
        "other-inspection": Record(
            other.AnyInspectorateForm,
            "Another inspectorate’s inspection",
            "Such as an assurance by the Care Quality Commission, a children’s home or an adoption agency",
        ),
    },
    "What is known": {
        "nothing-more": Record(
            forms.NothingMoreForm,
            "Nothing more is public",
            "You looked, and every visit of a kind is held here: until that day the timeline is whole",
        ),
    },
}
"""By the heading under which they stand, and the last part of the address."""

RECORDS: Mapping[str, Record] = {kind: record for group in GROUPS.values() for kind, record in group.items()}
"""The same without headings."""

FIRST: Mapping[str, tuple[str, ...]] = {
    "call-withdrawn": ("call",),
    "first-day": ("call",),
    "paused": ("call",),
    "resumed": ("paused",),
    "last-day": ("call",),
    "periods": ("inspection",),
    "report": ("inspection",),
    "report-received": ("inspection",),
    "letter": ("focused-visit", "monitoring-visit", "jtai"),
    "letter-received": ("focused-visit", "monitoring-visit", "jtai", "engagement-meeting"),
    "letter-not-published": ("focused-visit", "monitoring-visit", "jtai"),
    "finding": ("inspection", "focused-visit", "monitoring-visit", "jtai"),
    "priority-action-resolved": ("finding",),
    "self-evaluation-answers": ("self-evaluation",),
    "engagement-notes": ("engagement-meeting",),
    "plan-due-corrected": ("plan-due",),
}
"""What a record about an entry waits for: the records that make such an entry."""
