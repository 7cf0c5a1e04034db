"""What may be recorded of an authority: one form for each kind of fact, in groups by which it is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.values.activities import Activity
from domain.values.statements import Kind
from web.authorities import element_forms
from web.authorities import recording_forms as forms


@dataclass(frozen=True)
class Record:
    """One kind of record: its form, the words for choosing it, and the entries it may be about."""

    form: type[forms.RecordForm]
    label: str
    hint: str
    about: Callable[[Activity], bool] | None = None


def _awaits_report(activity: Activity) -> bool:
    return activity.kind is Kind.INSPECTION and activity.published is None


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
        "inspection": Record(
            forms.InspectionForm,
            "Inspection",
            "A standard or short inspection that ends in judgements",
        ),
        "focused-visit": Record(forms.FocusedVisitForm, "Focused visit", "Two days on one topic, ending in a letter"),
        "monitoring-visit": Record(
            forms.MonitoringVisitForm, "Monitoring visit", "Progress after an inadequate report"
        ),
        "jtai": Record(
            forms.JointInspectionForm,
            "Joint targeted area inspection",
            "Ofsted with health, police and probation inspectorates",
        ),
    },
    "Letters and reports": {
        "report": Record(
            forms.ReportForm,
            "Report published",
            "Judgements of an inspection already recorded",
            _awaits_report,
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
    },
    "The yearly cycle": {
        "self-evaluation": Record(
            element_forms.SelfEvaluationForm,
            "Self-evaluation",
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
            "Engagement meeting",
            "The yearly conversation with Ofsted",
        ),
        "engagement-notes": Record(
            element_forms.EngagementNotesForm,
            "Topics of an engagement meeting",
            "What it covered and was about, topics for focused visits, and when the next is; not shown to the public",
            _is_engagement,
        ),
        "data-return": Record(
            element_forms.DataReturnForm,
            "Return of data",
            "The day on which data went to the department or to Ofsted, such as the children in need census",
        ),
    },
    "Plan dates": {},
    "Government intervention": {},
    "Other inspections": {},
    "The authority itself": {},
    "What is known": {
        "nothing-more": Record(
            forms.NothingMoreForm,
            "Nothing more is public",
            "You looked, and every visit of a kind is held here: until that day the timeline is whole",
        ),
    },
}
"""By the heading under which they stand, and the last part of the address; a heading without rows is not shown."""

RECORDS: Mapping[str, Record] = {kind: record for group in GROUPS.values() for kind, record in group.items()}
"""The same without headings."""
