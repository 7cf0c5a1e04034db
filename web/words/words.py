"""Values to words: the one place where grades, kinds, dates and sources get the words people read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from domain import frameworks
from domain.authorities.reconciliation import NOT_JUDGED
from domain.frameworks import Area, Framework, Grade, Tone
from domain.rulebook import working_days
from domain.rulebook.deadline_rows import FULL_AREA_SEND, MONITORING_AREA_SEND
from domain.rulebook.known_until import late_when_known
from domain.rulebook.other_inspections.words import MONITORING
from domain.rulebook.past.reports import PublicationOutcome
from domain.rulebook.past.windows import WindowOutcome
from domain.rulebook.results import (
    PATHWAY_IN_WORDS,
    TYPE_IN_WORDS,
    UNDER_WAY,
    GradedType,
    InterimType,
    Pathway,
    WindowStatus,
)
from domain.rulebook.rows import GOVERNING_FRAMEWORKS
from domain.rulebook.steps import KIND_IN_WORDS, VARIANT_IN_WORDS
from domain.values.activities import Activity, AuthorityFacts, Status
from domain.values.authority_keys import is_number
from domain.values.days import LONDON
from domain.values.roles import Role
from domain.values.statements import Family, Kind, Period, PeriodOnSite, Rating, Variant
from domain.values.words import MONTHS, capital, listed, on_site_in_words, span_in_words
from web.words import looked_at, other_inspections, source_words
from web.words.field_names import FIELDS

"""Days are London days: an instant is shown as the day it was in England."""

GRADES: Mapping[Grade, str] = {grade: row.words for grade, row in frameworks.GRADES.items()}

AREAS: Mapping[Area, str] = {area: row.label for area, row in frameworks.AREAS.items()}

NO_TONE = "tone-none"
GRADE_TONES: Mapping[Grade, str] = {grade: f"tone-{row.tone.value}" for grade, row in frameworks.GRADES.items()}
PATHWAY_TONES: Mapping[Pathway, str] = {
    Pathway.GOOD_OR_OUTSTANDING: f"tone-{Tone.GOOD.value}",
    Pathway.REQUIRES_IMPROVEMENT: f"tone-{Tone.AMBER.value}",
    Pathway.INADEQUATE: f"tone-{Tone.RED.value}",
    Pathway.NOT_YET_JUDGED: NO_TONE,
    Pathway.UNKNOWN: NO_TONE,
}
"""The style sheet's class for the colour."""

ROLES: Mapping[Role, str] = {
    Role.MEMBER: "Member",
    Role.OFFICER: "Officer",
    Role.APPROVER: "Approver",
    Role.ADMINISTRATOR: "Administrator",
    Role.AUDITOR: "Auditor",
}

ROLE_HINTS: Mapping[Role, str] = {
    Role.MEMBER: "reads what the public reads, and the committee’s view as it comes",
    Role.OFFICER: "records what happened to the authorities of the role; for all of them, also imports published files",
    Role.APPROVER: "does what an officer does, and accepts what others entered",
    Role.ADMINISTRATOR: "keeps people and roles, and records nothing",
    Role.AUDITOR: "reads everything, people and roles included, and changes nothing",
}

PATHWAYS: Mapping[Pathway, str] = {
    **{pathway: capital(words) for pathway, words in PATHWAY_IN_WORDS.items()},
    Pathway.UNKNOWN: "Not known",
}

WINDOW_STATES: Mapping[WindowStatus, str] = {
    WindowStatus.UPCOMING: "Not open yet",
    WindowStatus.IN_WINDOW: "Open",
    WindowStatus.OVERDUE: "Past its end",
    WindowStatus.NO_WINDOW: "No window",
    WindowStatus.NOT_KNOWN: "Not known",
    WindowStatus.ANNOUNCED: "Announced",
    WindowStatus.ON_SITE: "Days on site",
    WindowStatus.PAUSED: "Paused",
    WindowStatus.REPORT_AWAITED: "Report awaited",
    WindowStatus.NOT_APPLICABLE: "Not applicable",
}

WINDOW_MARKS: Mapping[WindowStatus, str] = {
    WindowStatus.UPCOMING: "not-started",
    WindowStatus.IN_WINDOW: "open",
    WindowStatus.OVERDUE: "at-risk",
    WindowStatus.NO_WINDOW: "not-started",
    WindowStatus.NOT_KNOWN: "unknown",
    WindowStatus.ANNOUNCED: "open",
    WindowStatus.ON_SITE: "open",
    WindowStatus.PAUSED: "not-started",
    WindowStatus.REPORT_AWAITED: "awaited",
    WindowStatus.NOT_APPLICABLE: "not-started",
}
"""The sign of each state of a window. Red is kept for actions of a plan: that Ofsted is late is not the council's."""


def window_state(status: WindowStatus, *, only_called: bool = False) -> str:
    """A state in a word or two; of what was `only_called`, after the days expected, no more than that (R-103)."""
    if only_called and status is WindowStatus.REPORT_AWAITED:
        return "Called, no more known"
    return WINDOW_STATES[status]


GRADED_TYPES: Mapping[GradedType | None, str] = {
    **{type_: capital(words.removeprefix("a ")) for type_, words in TYPE_IN_WORDS.items()},
    None: "Graded inspection, type not known",
}

OUTCOMES: Mapping[WindowOutcome, str] = {
    WindowOutcome.INSIDE: "Inside",
    WindowOutcome.EARLY: "Before it opened",
    WindowOutcome.LATE: "After its end",
    WindowOutcome.NOT_JUDGED: "Cannot be judged",
    WindowOutcome.NOT_DUE: "Not due yet",
    WindowOutcome.OPEN: "Still open",
    WindowOutcome.OVERDUE: "Past its end",
    WindowOutcome.NOT_KNOWN: "Not known",
    WindowOutcome.ENDED: "Authority ended",
}
"""What became of a window."""

PUBLICATIONS: Mapping[PublicationOutcome, str] = {
    PublicationOutcome.ON_TIME: "On time",
    PublicationOutcome.SLOW: "Later than usual",
    PublicationOutcome.LATE: "Late",
    PublicationOutcome.AWAITED: "Awaited",
    PublicationOutcome.OVERDUE: "Overdue",
    PublicationOutcome.NOT_KNOWN: "Not known",
    PublicationOutcome.NOT_JUDGED: "Cannot be judged",
}
"""When a report appeared, against what was usual."""

INTERIMS: Mapping[InterimType, str] = {
    InterimType.ACTION_PLAN_SUBMISSION: "Action plan to be submitted",
    InterimType.MONITORING_VISIT: "Monitoring visit",
    InterimType.REPORT_PUBLICATION: "Report to be published",
}

EXPECTATIONS: Mapping[str, str] = {
    **{type_.value: words for type_, words in GRADED_TYPES.items() if type_ is not None},
    InterimType.ACTION_PLAN_SUBMISSION.value: "Action plan submission",
    InterimType.MONITORING_VISIT.value: INTERIMS[InterimType.MONITORING_VISIT],
    InterimType.REPORT_PUBLICATION.value: "Report publication",
    Kind.INSPECTION.value: GRADED_TYPES[None],
    "self_evaluation": "Self-evaluation",
    **{kind.value: capital(KIND_IN_WORDS[kind]) for kind in (Kind.JTAI, Kind.AREA_SEND, Kind.YOUTH_JUSTICE)},
    FULL_AREA_SEND: "Area SEND full inspection",
    MONITORING_AREA_SEND: "Area SEND monitoring inspection",
}

ON_SITE = frozenset({Kind.ACTION_PLANNING_VISIT, *(kind for kind in Kind if kind.on_site)})
"""What inspectors came for."""

KINDS: Mapping[Kind, str] = {
    **{kind: capital(words) for kind, words in KIND_IN_WORDS.items() if kind in ON_SITE},
    Kind.SELF_EVALUATION: "Self-evaluation shared with Ofsted",
    Kind.ENGAGEMENT_MEETING: "Engagement meeting with Ofsted",
    Kind.ACTION_PLAN_DUE: "Action plan due, as stated",
    Kind.DRAFT_ACTION_PLAN_DUE: "Draft action plan due, as stated",
    Kind.ACTION_PLAN_APPROVED: "Action plan approved by cabinet",
    Kind.ACTION_PLAN_SUBMITTED: "Action plan submitted",
    Kind.ACTION_PLAN_REPLY: "Ofsted’s reply to the action plan received",
    Kind.AUTHORITY_CREATED: "Authority created",
    Kind.TRUST_START: "Children’s trust started",
    Kind.IMPROVEMENT_NOTICE: "Improvement notice issued",
    Kind.STATUTORY_DIRECTION: "Statutory direction issued",
    Kind.COMMISSIONER: "Commissioner appointed",
    Kind.INTERVENTION_LIFTED: "Government intervention lifted",
    Kind.MONITORING_VISIT_CANCELLED: "Monitoring visit cancelled",
    Kind.NOT_YET_INSPECTED: "Not yet inspected",
    Kind.OTHER_INSPECTION: "Other inspection",
    Kind.SUCCESSION_ANNOUNCED: "End of the authority announced",
    Kind.SUCCESSION_CANCELLED: "End of the authority cancelled",
    Kind.DATA_RETURN: "Data return made",
    Kind.TRUST_END: "Children’s trust ended",
}

VARIANTS: Mapping[Variant, str] = {variant: capital(words) for variant, words in VARIANT_IN_WORDS.items()}

FRAMEWORKS: Mapping[Framework, str] = {row.framework: row.words for row in frameworks.FRAMEWORK_ROWS}

STATUSES: Mapping[Status, str] = {
    Status.CURRENT: "Current",
    Status.CORRECTED: "Corrected",
    Status.WITHDRAWN: "Withdrawn",
}

FAMILIES, CHANNELS, DOCUMENTS = source_words.FAMILIES, source_words.CHANNELS, source_words.DOCUMENTS


def day(value: date) -> str:
    """`24 February 2026`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def due_day(value: date | None) -> str:
    """`24 February 2026`, or that no day was promised."""
    return day(value) if value else "no date yet"


def short_day(value: date) -> str:
    """`24 Feb 2026`, for tables."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def with_short_months(text: str) -> str:
    """`23 Sep to 4 Oct 2019`: a text whose months are written as in tables."""
    for name in MONTHS:
        text = text.replace(f" {name} ", f" {name[:3]} ")
    return text


def month(value: date) -> str:
    """`Feb 2026`."""
    return f"{MONTHS[value.month - 1][:3]} {value.year}"


def day_of(instant: datetime) -> date:
    """The London day of an instant."""
    return instant.astimezone(LONDON).date()


def moment(instant: datetime) -> str:
    """`24 February 2026 at 09:05`, London time."""
    local = instant.astimezone(LONDON)
    return f"{day(local.date())} at {local:%H:%M}"


def read(family: Family, on: date) -> str:
    """`read 5 May 2026`; one of Ofsted's own documents counts from the day it was published: `published 5 May 2026`."""
    return f"{'published' if family is Family.OFSTED_DOCUMENT else 'read'} {day(on)}"


def period(value: Period) -> str:
    """`September 2022` or `2018`."""
    if value.precision == "year":
        return value.text
    first = value.first_day
    return f"{MONTHS[first.month - 1]} {first.year}"


span = span_in_words
"""`13 to 24 February 2023`; both ends inclusive, either may be unknown."""


def happened(activity: Activity) -> str:
    """When it was, as exactly as known."""
    if activity.start or activity.end:
        if activity.start is None:
            return f"until {day(activity.end)}" if activity.end else "not known"
        return on_site_in_words(
            activity.start, activity.end, activity.periods, paused=activity.paused, resumed=activity.resumed
        )
    if activity.on:
        return day(activity.on)
    if activity.period:
        return period(activity.period)
    if activity.expected_start:
        return f"announced for {span(activity.expected_start, activity.expected_end)}"
    if activity.notified:
        return f"called on {day(activity.notified)}"
    return "days on site not known" if activity.kind in ON_SITE else "date not known"


def dated(activity: Activity) -> bool:
    """Whether anything is known of when it was."""
    return bool(activity.start or activity.end or activity.on or activity.period)


def public(activity: Activity) -> str:
    """When it became public, and who published a letter where that matters; else why there is no such day."""
    if activity.published:
        return day(activity.published)
    if activity.published_by_council:
        return f"{day(activity.published_by_council)}, by the council"
    if activity.call_withdrawn:
        return f"call withdrawn on {day(activity.call_withdrawn)}"
    if activity.only_called:
        return "no report held" if activity.kind in (Kind.INSPECTION, Kind.AREA_SEND) else "no letter held"
    if activity.kind is Kind.INSPECTION or activity.kind.by_others:
        return "not yet published"
    if activity.letter_unpublished:
        return "letter not published"
    if activity.kind is Kind.ENGAGEMENT_MEETING:
        return "not published"
    if activity.published_by_ofsted is False:
        return "not published by Ofsted"
    return "publication date not known"


def made_public(activity: Activity) -> str:
    """The same as part of a line: `public 7 May 2024`, `not yet published`."""
    known = activity.published or activity.published_by_council
    return f"public {public(activity)}" if known else public(activity)


def title(activity: Activity) -> str:
    """What an activity is called in a heading: `Short inspection`, `Focused visit: front door`."""
    if activity.kind is Kind.INSPECTION:
        if activity.framework is not None and activity.framework not in GOVERNING_FRAMEWORKS:
            named = FRAMEWORKS[activity.framework]
            return named[0].upper() + named[1:]
        return VARIANTS[activity.variant] if activity.variant else KINDS[activity.kind]
    if activity.kind is Kind.FOCUSED_VISIT:
        called = "Assurance visit" if activity.subtype == "covid_assurance" else "Focused visit"
        return f"{called}: {activity.focus}" if activity.focus else called
    if activity.kind is Kind.MONITORING_VISIT and activity.number:
        return f"Monitoring visit {activity.number}"
    if activity.kind is Kind.AREA_SEND and activity.subtype == MONITORING:
        return "Area SEND monitoring inspection"
    if activity.kind is Kind.OTHER_INSPECTION and activity.title:
        return activity.title
    if activity.kind is Kind.JTAI and activity.theme:
        return f"Joint targeted area inspection: {small(looked_at.theme(activity))}"
    return KINDS[activity.kind]


def expectation(activity: str) -> str:
    """The name of something to expect, from the rulebook's own word for it."""
    return EXPECTATIONS.get(activity) or plain(activity)


def plain(code: str) -> str:
    """`draft_action_plan` as `Draft action plan`."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


sentence = capital
"""The text with a capital first letter, the rest as it is."""


def field(name: str) -> str:
    """The label of a field of a statement or disagreement; `grades.in_care` is the area's own name."""
    if name.startswith("grades."):
        return AREAS[Area(name.removeprefix("grades."))]
    if name.startswith("ratings."):
        return f"{name.removeprefix('ratings.')} (rating)"
    return FIELDS.get(name) or plain(name)


def stated(name: str, value: str) -> str:
    """A value of a disagreement or correction, stored as text, in words."""
    if value == NOT_JUDGED:
        return "not judged"
    if name.startswith("grades."):
        return next((words for grade, words in GRADES.items() if grade.value == value), value)
    if name == "outcome" and value.isdigit():
        return other_inspections.outcome(int(value))
    if name == "variant":
        return next((words for variant, words in VARIANTS.items() if variant.value == value), value)
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 authority`, `153 authorities`, `1,234 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


months_between = working_days.months_between


def ago(earlier: date, later: date) -> str:
    """`2 years 5 months ago`."""
    months = months_between(earlier, later)
    if months == 0:
        days = (later - earlier).days
        return "today" if days == 0 else f"{count(days, 'day')} ago"
    years, rest = divmod(months, 12)
    parts = [count(years, "year")] if years else []
    if rest:
        parts.append(count(rest, "month"))
    return " ".join(parts) + " ago"


def distance(
    status: WindowStatus, opens: date | None, closes: date | None, on: date, known_until: date | None = None
) -> str:
    """How far a day is from a window: `opens in 5 months`, `closes in 19 days`, `closed 2 months ago`; where it is
    overdue, how late it was when last known. Nothing of an inspection that has come, nor after the authority's end."""
    if opens is None or closes is None or status in (*UNDER_WAY, WindowStatus.NOT_APPLICABLE):
        return ""
    if status is WindowStatus.OVERDUE and known_until is not None:
        return late_when_known(closes, min(on, known_until))
    if status in (WindowStatus.OVERDUE, WindowStatus.NOT_KNOWN):
        return f"closed {ago(closes, on)}"
    target, verb = (opens, "opens") if status is WindowStatus.UPCOMING else (closes, "closes")
    away = ago(on, target)
    return f"{verb} today" if away == "today" else f"{verb} in {away.removesuffix(' ago')}"


def codes(authority: AuthorityFacts) -> str:
    """Region and codes in one line under the name."""
    number = authority.urn if is_number(authority.urn) else authority.number
    given = f"Ofsted URN {number}" if number else "Ofsted has given it no number yet"
    parts = [authority.region or authority.ofsted_region, given]
    if authority.la_number:
        parts.append(f"LA number {authority.la_number}")
    if authority.gss_code:
        parts.append(authority.gss_code)
    return " · ".join(part for part in parts if part)


def said_value(value: object) -> str:
    """One value of a reading in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Period):
        return period(value)
    if isinstance(value, PeriodOnSite):
        return span(value.start, value.end)
    if isinstance(value, Variant):
        return VARIANTS[value]
    if isinstance(value, Rating):
        return value.text
    if isinstance(value, tuple):
        return listed([str(one) for one in value])
    if isinstance(value, Framework):
        named = FRAMEWORKS[value]
        return f"{value.value} ({named})"
    return str(value)


def small(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]
