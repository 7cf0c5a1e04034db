"""What a source says about an activity: the fact we keep. Statements, not verdicts.

A `Statement` is one reading by one source; `domain.authorities.reconciliation` decides what is held."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.frameworks import Area, Framework
from domain.values.errors import RuleBroken
from domain.values.judgements import NO_JUDGEMENTS, Judgements


class Kind(Enum):
    """What sort of thing happened. The values are the `type` of a history document's items."""

    __hash__ = object.__hash__

    INSPECTION = "inspection"
    FOCUSED_VISIT = "focused_visit"
    MONITORING_VISIT = "monitoring_visit"
    JTAI = "jtai"
    ACTION_PLANNING_VISIT = "action_planning_visit"
    SELF_EVALUATION = "self_evaluation"
    ENGAGEMENT_MEETING = "engagement_meeting"
    ACTION_PLAN_DUE = "action_plan_due"
    DRAFT_ACTION_PLAN_DUE = "draft_action_plan_due"
    ACTION_PLAN_APPROVED = "action_plan_approved_by_cabinet"
    ACTION_PLAN_SUBMITTED = "action_plan_submitted"
    ACTION_PLAN_REPLY = "action_plan_reply_received"
    AUTHORITY_CREATED = "authority_created"
    TRUST_START = "childrens_trust_start"
    IMPROVEMENT_NOTICE = "improvement_notice"
    STATUTORY_DIRECTION = "statutory_direction"
    COMMISSIONER = "commissioner_appointed"
    INTERVENTION_LIFTED = "intervention_lifted"
    MONITORING_VISIT_CANCELLED = "monitoring_visit_cancelled"
    NOT_YET_INSPECTED = "not_yet_inspected"
    AREA_SEND = "area_send"
    YOUTH_JUSTICE = "youth_justice"
    OTHER_INSPECTION = "other_inspection"
    SUCCESSION_ANNOUNCED = "succession_announced"
    SUCCESSION_CANCELLED = "succession_cancelled"
    DATA_RETURN = "data_return"
    TRUST_END = "childrens_trust_end"

    @property
    def on_site(self) -> bool:
        """Inspectors come: statements about it are matched by dates on site and of publication."""
        return self in _ON_SITE

    @property
    def by_others(self) -> bool:
        """An inspection beside Ofsted's of children's services: no answer about those hears of it (R-075 to R-079)."""
        return self in OTHER_INSPECTIONS


OTHER_INSPECTIONS = (Kind.AREA_SEND, Kind.YOUTH_JUSTICE, Kind.OTHER_INSPECTION)

_ON_SITE = frozenset(
    {
        Kind.INSPECTION,
        Kind.FOCUSED_VISIT,
        Kind.MONITORING_VISIT,
        Kind.JTAI,
        Kind.AREA_SEND,
        Kind.YOUTH_JUSTICE,
    }
)


class Variant(Enum):
    """Which form a graded inspection took."""

    STANDARD = "standard"
    SHORT = "short"
    SINGLE_INSPECTION = "single_inspection"
    REINSPECTION = "reinspection"


class Family(Enum):
    """Who speaks, best first. `SETTLEMENT` is an officer's ruling on a disagreement, with its reason."""

    __hash__ = object.__hash__

    SETTLEMENT = "settlement"
    REPORT_IN_HAND = "report_in_hand"
    OFSTED_DOCUMENT = "ofsted_document"
    OFSTED_STATISTICS = "ofsted_statistics"
    SCRAPE = "scrape"
    OTHER = "other"

    @property
    def rank(self) -> int:
        """0 is the best."""
        return _FAMILY_RANK[self]


_FAMILY_RANK = {family: rank for rank, family in enumerate(Family)}


class Channel(Enum):
    """Through which part of which publication a family spoke; order = precedence within one reading."""

    __hash__ = object.__hash__

    FORM = "form"
    HISTORY_DOCUMENT = "history_document"
    OFSTED_REPORT = "ofsted_report"
    OFSTED_LETTER = "ofsted_letter"
    OFSTED_HISTORY = "ofsted_history"
    OFSTED_LATEST = "ofsted_latest"
    OFSTED_IN_YEAR = "ofsted_in_year"
    JT39_HISTORY = "jt39_history"
    JT39_OVERVIEW = "jt39_overview"
    D2I_OVERVIEW = "d2i_overview"
    JTAI_OVERVIEW = "jtai_overview"
    AREA_SEND_OVERVIEW = "area_send_overview"
    YOUTH_JUSTICE_RATINGS = "youth_justice"
    IMPROVEMENT_ITEMS = "improvement_items"
    VISITS_TABLE = "visits_table"
    REGISTER = "register"

    @property
    def rank(self) -> int:
        """0 is the best."""
        return _CHANNEL_RANK[self]


_CHANNEL_RANK = {channel: rank for rank, channel in enumerate(Channel)}


def by_hand(family: Family, channel: Channel) -> bool:
    """Whether an officer told it: in a form, or correcting what was read of a report or letter in hand."""
    of_document = channel in (Channel.OFSTED_REPORT, Channel.OFSTED_LETTER)
    return channel is Channel.FORM or (of_document and family is Family.REPORT_IN_HAND)


OF_ITSELF_ONLY = frozenset({Channel.FORM, Channel.OFSTED_REPORT, Channel.OFSTED_LETTER, Channel.REGISTER})
"""Channels of a single report, letter or form, and the register that comes with the product: they tell nothing of
others, so that their silence is no news."""


@dataclass(frozen=True, order=True)
class PeriodOnSite:
    """Days on site without a break, first and last included. An inspection that was broken off has two (R-059)."""

    start: date
    end: date

    @property
    def text(self) -> str:
        """Both days as ISO dates with a stroke between them."""
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, order=True)
class Rating:
    """What another inspectorate says of one area, in its own words: never an ILACS grade."""

    area: str
    rating: str

    @property
    def text(self) -> str:
        """Both with a colon between them."""
        return f"{self.area}: {self.rating}"


@dataclass(frozen=True, order=True)
class Period:
    """A year (`2018`) or a month (`2022-09`) where the day is not known."""

    text: str

    def __post_init__(self) -> None:
        parts = self.text.split("-")
        well_formed = (
            len(parts) in (1, 2)
            and all(part.isascii() and part.isdigit() for part in parts)
            and len(parts[0]) == 4
            and (len(parts) == 1 or (len(parts[1]) == 2 and 1 <= int(parts[1]) <= 12))
            and int(parts[0]) >= 1900
        )
        if not well_formed:
            raise RuleBroken(f"Enter a period as a year or a month, for example 2018 or 2022-09, not {self.text!r}.")

    @property
    def precision(self) -> str:
        return "month" if "-" in self.text else "year"

    @property
    def first_day(self) -> date:
        year, _, month = self.text.partition("-")
        return date(int(year), int(month or 1), 1)

    @property
    def last_day(self) -> date:
        first = self.first_day
        month = first.month if self.precision == "month" else 12
        return date(first.year, month, calendar.monthrange(first.year, month)[1])

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Citation:
    """Where a reader can look it up: a title and, where there is one, an https address.

    Of a document that was read, also the page, counted from 1, and the SHA-256 of its bytes in hex."""

    title: str
    url: str | None = None
    page: int | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Source:
    """Where a fact was read: the kind of source, its title, its address or reference, and the day it was read.

    `title` is stated once per file, not once per row, so that the same facts in another file are the same facts."""

    kind: str
    title: str
    reference: str | None = None
    read_on: date | None = None


@dataclass(frozen=True)
class Verbatim:
    """Cells exactly as the source gave them, by column name: the witness when a reading is questioned."""

    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Stated:
    """The values one source gives for one activity. What it leaves blank is absent: a blank states nothing.

    `start` and `end` are the first and last day on site, inclusive; `on` is the day of something that has
    only one; `period` stands where only a month or a year is known. `periods` are given only where there are two or
    more, in order: `start` is the first day of the first, `end` the last day of the last. `not_judged` are areas of
    which the source says outright that no judgement was made: it holds nothing, but takes back a grade the same source
    gave before. `improvement_outcomes` are the outcomes of the national framework named with each of `improvements`,
    as many and in the same order; empty where no item names any.

    `expected_start` and `expected_end` are the days on site as they were announced, `call_withdrawn` the day on which
    the call was taken back; `paused` is the last day on site before a break, `resumed` the first one after it.
    `outcome` is that of an area SEND inspection, 1 to 3; `next_by` the day that its source gives for the next one.
    `successors` are URNs or names, `order` where the succession was ordered. `topics` are codes of those
    that an officer chose for a focused visit."""

    kind: Kind
    start: date | None = None
    end: date | None = None
    published: date | None = None
    on: date | None = None
    period: Period | None = None
    notified: date | None = None
    received: date | None = None
    framework: Framework | None = None
    variant: Variant | None = None
    grades: Judgements = NO_JUDGEMENTS
    not_judged: tuple[Area, ...] = ()
    focus: str | None = None
    theme: str | None = None
    subtype: str | None = None
    priority_action: bool | None = None
    priority_action_count: int | None = None
    priority_actions: tuple[str, ...] = ()
    priority_action_resolved: date | None = None
    improvements: tuple[str, ...] = ()
    number: int | None = None
    number_confidence: str | None = None
    cycle: str | None = None
    statement_due: date | None = None
    published_by_ofsted: bool | None = None
    published_by_council: date | None = None
    letter_received: date | None = None
    letter_unpublished: bool | None = None
    note: str | None = None
    periods: tuple[PeriodOnSite, ...] = ()
    improvement_outcomes: tuple[tuple[int, ...], ...] = ()
    expected_start: date | None = None
    expected_end: date | None = None
    call_withdrawn: date | None = None
    paused: date | None = None
    resumed: date | None = None
    outcome: int | None = None
    ratings: tuple[Rating, ...] = ()
    inspectorate: str | None = None
    title: str | None = None
    next_by: date | None = None
    successors: tuple[str, ...] = ()
    order: str | None = None
    topics: tuple[str, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether something says when it was; a release's "not yet inspected" needs no date."""
        dates = self.start or self.end or self.published or self.on or self.period or self.notified
        return dates is not None or self.kind is Kind.NOT_YET_INSPECTED

    def must_be_dated(self) -> None:
        """Raises RuleBroken where nothing says when it was; only a release's "not yet inspected" needs no date."""
        if self.is_dated:
            return
        raise RuleBroken("Give at least one date: on site, of publication, or the month or year it fell in.")

    @property
    def only_calls(self) -> bool:
        """It tells of a call and of nothing that came after: what was then announced is no word against what came."""
        came = self.start or self.end or self.published or self.published_by_council or self.period or self.grades
        return self.notified is not None and not came

    @cached_property
    def stated(self) -> Mapping[str, Any]:
        """The fields that are stated, by name, without the kind."""
        given = vars(self)
        return {name: value for name in _VALUES if (value := given[name]) or value is False or value == 0}


_VALUES = tuple(field.name for field in fields(Stated) if field.name != "kind")


@dataclass(frozen=True)
class Statement:
    """One reading by one source about one activity.

    `read_on` is the newest day on which the source was seen to say so; `edition` the release it belongs to
    (the "as at" date of Ofsted's yearly statistics), None where a source has no editions. `about` names the
    activity outright where a person did; otherwise dates decide which statements speak of one activity.
    `order` is the fact's place in its stream where the later one counts: of a person's own words, of documents, and of
    a row that was read before.
    `corrects` where an officer said so to put right what was held."""

    id: UUID
    family: Family
    channel: Channel
    said: Stated
    source: Source
    read_on: date
    edition: date | None = None
    about: UUID | None = None
    citations: tuple[Citation, ...] = ()
    verbatim: Verbatim = Verbatim()
    order: int = 0
    reason: str | None = None
    corrects: bool = False

    @cached_property
    def precedence(self) -> tuple[int, int, int, int, UUID]:
        """Lowest first: the best family; inside it the newest reading, by release for statistics, by read-on date for
        scrapes (then JT-39); an officer's own words before documents, the last one first. A document is read on one
        day, and so is a row of a file: of two readings of it the one told later counts. Other ties by content, so that
        the order in which statements came in never matters."""
        if by_hand(self.family, self.channel):
            return (self.family.rank, -date.max.toordinal(), Channel.FORM.rank, -self.order, self.id)
        newest = self.edition if self.edition and self.family is Family.OFSTED_STATISTICS else self.read_on
        return (self.family.rank, -newest.toordinal(), self.channel.rank, -self.order, self.id)


@dataclass(frozen=True)
class Observation:
    """What a reader or a form found, before it is decided whether it says anything new.

    `row` names the place in the file ("sheet, row 12") for the import report. `source`, `edition`, `read_on`, `about`
    and `reason` stand where an exported statement brings its own; None means those of the file it was found in."""

    urn: str
    family: Family
    channel: Channel
    said: Stated
    row: str = ""
    citations: tuple[Citation, ...] = ()
    verbatim: Verbatim = Verbatim()
    source: Source | None = None
    edition: date | None = None
    read_on: date | None = None
    about: UUID | None = None
    reason: str | None = None


class Ruled(Enum):
    """What an officer decided about entries, or about two of their findings."""

    SAME = "same"
    DISTINCT = "distinct"
    WITHDRAWN = "withdrawn"
    SAME_MATTER = "same_matter"
    OTHER_MATTER = "other_matter"


@dataclass(frozen=True)
class Ruling:
    """An officer's decision about one authority's entries. `one` and `other` are ids of entries or statements.

    `other` is None for a withdrawal. `statements` are those withdrawn; older exports name only the entry. `texts` are
    the two findings of `one` and `other`, of which it was said whether they are about the same matter."""

    urn: str
    ruled: Ruled
    one: UUID
    other: UUID | None = None
    reason: str | None = None
    statements: tuple[UUID, ...] = ()
    texts: tuple[str, ...] = ()
