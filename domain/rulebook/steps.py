"""One step of a reasoning: the rule, what it was applied to, the dated row it was read from, and what came of it.

Beside it the rule that nearly applied, which is no step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from domain.frameworks import Framework
from domain.rulebook.results import PATHWAY_IN_WORDS, TYPE_IN_WORDS, GradedType, Pathway
from domain.rulebook.row_words import day_of_year
from domain.rulebook.rows import Confidence, CountedFrom, PathwayBasis, Row
from domain.rulebook.rules import RULES, Rule
from domain.values.activities import Activity
from domain.values.statements import Kind, Period, Variant
from domain.values.words import figure_in_words, in_words, listed, on_site_in_words, period_in_words

Value = date | Period | int | str

ASKED = "the day asked"
"""What a row read on the day asked is compared with."""

KIND_IN_WORDS: Mapping[Kind, str] = {
    Kind.INSPECTION: "graded inspection",
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.JTAI: "joint targeted area inspection",
    Kind.AREA_SEND: "area SEND inspection",
    Kind.YOUTH_JUSTICE: "youth justice inspection",
    Kind.OTHER_INSPECTION: "other inspection",
    Kind.ACTION_PLANNING_VISIT: "action planning visit",
    Kind.ENGAGEMENT_MEETING: "engagement meeting",
    Kind.SELF_EVALUATION: "self-evaluation",
    Kind.ACTION_PLAN_SUBMITTED: "submission of the action plan",
}
VARIANT_IN_WORDS: Mapping[Variant, str] = {
    Variant.STANDARD: "standard inspection",
    Variant.SHORT: "short inspection",
    Variant.SINGLE_INSPECTION: "single inspection",
    Variant.REINSPECTION: "re-inspection",
}
ROW_NUMBERS: Mapping[str, str] = {
    "by": "What decides",
    "urn": "Authority (Ofsted URN)",
    "pathway": "Pathway",
    "type": "Type",
    "pathways": "Pathway of the report before",
    "inspections": "Inspections measured",
    "standard": "Of them standard ones",
    "frameworks": "Framework of the governing report",
    "counted_from": "Counted from",
    "from_months": "Months to the first day",
    "middle_months": "Months to the middle shown",
    "to_months": "Months to the last day",
    "visit_from_months": "Months to a focused visit before it, least",
    "visit_to_months": "Months to a focused visit before it, most",
    "later_by_months": "Months by which the end may be read later",
    "first": "First day of the season",
    "last": "Last day of the season",
    "kind": "Kind",
    "days": "Days on site at most",
    "kinds": "For",
    "working_days": "Working days",
    "up_to": "Up to so many working days",
    "half_working_days": "Working days by which half had come",
    "mostly_working_days": "Working days by which most had come",
    "nearly_working_days": "Working days by which nine in ten had come",
    "first_days": "Days from the Monday of the call to the first on site",
    "last_days": "Days from the Monday of the call to the last on site",
    "reports": "Reports measured",
    "median_days": "Working days later, the middle one",
    "lower_days": "Working days later, a quarter by",
    "upper_days": "Working days later, three quarters by",
    "general": "General election",
    "shown": "Whether the plan's date is shown",
    "draft_working_days": "Working days to the draft plan",
    "final_working_days": "Working days to the final plan",
    "nominal_days": "Nominal days between visits",
    "expected_months": "Months to the next visit",
    "amber_months": "Months until late",
    "red_months": "Months until very late",
    "first_after_plan_days": "Days from the plan to the first visit",
    "first_from_months": "Months to first visits, from",
    "first_to_months": "Months to first visits, to",
    "gaps": "Gaps between later visits measured",
    "inside": "Of them in those months",
    "later": "Of them later",
    "latest_months": "Months to the latest",
    "further": "Of them after a further focused visit",
    "further_from": "Months to that visit, least",
    "further_to": "Months to that visit, most",
    "with_none": "Intervals without a visit",
    "with_one": "Intervals with one visit",
    "with_two": "Intervals with two visits",
    "with_three": "Intervals with three visits",
    "with_joint": "Intervals in which one was a joint inspection",
    "visit": "Which visit of the interval",
    "visits": "Visits measured",
    "median_months": "Months to the middle one",
    "lower_months": "Months by which a quarter had come",
    "upper_months": "Months by which three quarters had come",
    "least_months": "Months to the earliest",
    "most_months": "Months to the latest",
    "due_months": "Months to the next meeting",
    "self_evaluation_working_days_before": "Working days before the meeting",
    "letter_months": "Months to the letter",
    "outcome": "Outcome",
    "activity": "What follows",
    "months": "Months until then, about",
    "from_publication": "Counted from publication",
}
"""What each field of a dated row is called."""


@dataclass(frozen=True)
class Input:
    """A named value that a rule was applied to; `activity` is the inspection, visit or meeting it comes from."""

    name: str
    value: Value
    activity: UUID | None = None


@dataclass(frozen=True)
class RowUsed:
    """A dated row and the day it was compared with (`compared` says which day that is, for example `publication`).

    `on` is None where no day decides: a report whose first day is not known, with an overall grade."""

    row: Row
    compared: str
    on: date | None

    @property
    def numbers(self) -> tuple[Input, ...]:
        """What the row says, beside its dates and its source; a number it does not have is left out."""
        return numbers_of(self.row)


@dataclass(frozen=True)
class Step:
    """`result` is a sentence. `first` and `last` are the days that come of it (inclusive), None where none do."""

    rule: str
    inputs: tuple[Input, ...]
    result: str
    row: RowUsed | None = None
    inferred: bool = False
    first: date | None = None
    last: date | None = None

    @property
    def says(self) -> Rule:
        """The rule's sentence, source and confidence."""
        return RULES[self.rule]

    @property
    def confidence(self) -> tuple[Confidence, ...]:
        """How it is known: as the row it was read from is, else as the rule is."""
        if self.row is not None and self.row.row.rule == self.rule:
            return (self.row.row.confidence,)
        return self.says.confidence


@dataclass(frozen=True)
class Unapplied:
    """A rule that did not apply. `why` is a sentence; `row` the row that would have been read, where there is one."""

    rule: str
    why: str
    inputs: tuple[Input, ...] = ()
    row: RowUsed | None = None

    @property
    def says(self) -> Rule:
        """The rule's sentence, source and confidence."""
        return RULES[self.rule]


def numbers_of(row: Row) -> tuple[Input, ...]:
    """The row's own values by name."""
    common = {field.name for field in fields(Row)}
    found = []
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name not in common and value is not None:
            found.append(Input(ROW_NUMBERS[field.name], _said(value)))
    return tuple(found)


def from_activity(name: str, activity: Activity, on: date) -> Input:
    """The inspection, visit or meeting itself as an input: what it was and when, as was known on a day."""
    return Input(name, named(activity.as_seen_on(on) or activity), activity.id)


def named(activity: Activity) -> str:
    """`short inspection, 20 to 24 May 2019`, `focused visit, September 2022`."""
    what = KIND_IN_WORDS.get(activity.kind) or activity.kind.value.replace("_", " ")
    if activity.kind is Kind.INSPECTION and activity.variant is not None:
        what = VARIANT_IN_WORDS[activity.variant]
    if activity.kind is Kind.FOCUSED_VISIT and activity.subtype == "covid_assurance":
        what = "assurance visit"
    if activity.kind is Kind.MONITORING_VISIT and activity.number is not None:
        what = f"monitoring visit {activity.number}"
    return f"{what}, {when(activity)}"


def when(activity: Activity) -> str:
    """When it was, as exactly as known."""
    if activity.start is not None or activity.end is not None:
        return on_site_in_words(
            activity.start, activity.end, activity.periods, paused=activity.paused, resumed=activity.resumed
        )
    if activity.on is not None:
        return in_words(activity.on)
    if activity.period is not None:
        return period_in_words(activity.period)
    if activity.published is not None:
        return f"published {in_words(activity.published)}"
    return "date not known"


def days_of(activity: Activity, on: date) -> tuple[Input, ...]:
    """An activity's days as known on a day, each by its name."""
    seen = activity.as_seen_on(on) or activity
    known = (
        ("First day on site", seen.start),
        ("Last day on site", seen.end),
        ("Held", seen.on or seen.period),
        ("Published", seen.published or seen.published_by_council),
    )
    return tuple(Input(name, value, activity.id) for name, value in known if value is not None)


def _said(value: object) -> Value:
    """A row's value in words."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | str() | date():
            return value
        case float():
            return figure_in_words(value)
        case Pathway():
            return PATHWAY_IN_WORDS[value]
        case GradedType():
            return TYPE_IN_WORDS[value]
        case CountedFrom():
            return "the anchor" if value is CountedFrom.ANCHOR else "the action plan's due date"
        case Kind():
            return KIND_IN_WORDS[value]
        case PathwayBasis() | Framework():
            return str(value.value)
        case frozenset():
            return listed(sorted(str(_said(one)) for one in value))
        case (int(month), int(day)):
            return day_of_year((month, day))
    raise TypeError(f"a row's value that has no words: {value!r}")
