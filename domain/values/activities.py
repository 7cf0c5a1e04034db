"""What is held about an activity after all statements are weighed, and how it looked on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.frameworks import Framework, Grade, JudgementSet, SetRow, set_on
from domain.values.judgements import NO_JUDGEMENTS, Judgements
from domain.values.statements import Citation, Family, Kind, Period, PeriodOnSite, Rating, Variant


class Status(Enum):
    """`CORRECTED`: a source took back a value it had given. `WITHDRAWN`: struck out with a reason, still shown."""

    CURRENT = "current"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Saying:
    """One side of a disagreement or correction: who says what, and when it was last read to say so."""

    source: str
    family: Family
    value: str
    read_on: date
    statement: UUID


@dataclass(frozen=True)
class Disagreement:
    """A held value that differs from the newest value of another family of sources.

    `field` is `grades.<area>`, `start`, `end`, `published` or `variant`; `says` lists every family that states
    the field, best first, the held one included. `reason` is the officer's, where it was settled; `corrected` is the
    officer's reason, where what is held is an officer's correction."""

    field: str
    held: str
    says: tuple[Saying, ...]
    settled: bool = False
    reason: str | None = None
    corrected: str | None = None

    @property
    def ruled_on(self) -> bool:
        """Whether an officer said which value is right: by settling it, or by correcting what was held."""
        return self.settled or self.corrected is not None


@dataclass(frozen=True)
class Correction:
    """A family changed its own value: `was` is the older reading, `now` the one that counts."""

    field: str
    was: Saying
    now: Saying


@dataclass(frozen=True)
class Doubt:
    """A question for an officer: what sources say of an entry that cannot be right, or is unusual, in words.

    `field` is `start`, `end`, `published` or `grades`. Where it `weighs`, the entry is kept as said, and governs and
    dates nothing until an officer with the report in hand says what is right; otherwise what is held counts."""

    field: str
    text: str
    rules: tuple[str, ...]
    weighs: bool = True


SET_BEFORE: Mapping[Kind, timedelta] = {
    Kind.ACTION_PLAN_DUE: timedelta(weeks=14),
    Kind.DRAFT_ACTION_PLAN_DUE: timedelta(weeks=4),
}
"""How long before it falls due a deadline was set, at the least."""


@dataclass(frozen=True)
class Activity:
    """An inspection, visit, meeting, letter or deadline as held. Blank = no source states it.

    `sources` are where to look it up, best first. Dates on site are inclusive; `periods`, `improvement_outcomes` and
    those from `expected_start` to `topics` are those of `Stated`."""

    id: UUID
    urn: str
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
    status: Status = Status.CURRENT
    reason: str | None = None
    statements: tuple[UUID, ...] = ()
    sources: tuple[Citation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def doubtful(self) -> bool:
        """No source says of it what can be right: it stands as said, and nothing follows from it (R-056 to R-058)."""
        return any(doubt.weighs for doubt in self.doubts)

    @property
    def counts(self) -> bool:
        """Something may follow from it: nobody withdrew it, and it is not doubtful."""
        return self.status is not Status.WITHDRAWN and not self.doubtful

    @property
    def true_on(self) -> date:
        """The day it began, as well as known: orders a timeline. Years and months count from their first day."""
        found = self.start or self.on or (self.period.first_day if self.period else None) or self.end or self.published
        return found or self.notified or self.published_by_council or self.letter_received or self.received or date.max

    @property
    def last_day(self) -> date | None:
        """The last day on site known, or the last day of the period; None where only publication is known."""
        return self.end or self.start or self.on or (self.period.last_day if self.period else None)

    @property
    def first_ended(self) -> date | None:
        """The last day of the first period on site, by which a short inspection is told from a standard one
        (R-059); None while it is broken off."""
        return self.periods[0].end if self.periods else self.end and (self.paused or self.end)

    @property
    def only_called(self) -> bool:
        """Its call is told of and nothing that came after: it has not come yet, and may never (R-103)."""
        if self.notified is None:
            return False
        came = self.start or self.end or self.on or self.period or self.published or self.published_by_council
        return came is None

    @property
    def public_on(self) -> date:
        """R-095: the published date; where there is none, the last known day on site or of the period. Of what was only
        called the day of the call, from which it is shown (R-097): nothing was published then.

        Of two publishers the first counts. A deadline is public before it falls due: at the latest 14 weeks before,
        which is 70 working days without a holiday, counted from the report that set it; four weeks for a draft (R-035,
        R-061)."""
        published = [day for day in (self.published, self.published_by_council) if day is not None]
        if published:
            return min(published)
        if self.kind in SET_BEFORE and self.on is not None:
            return self.on - SET_BEFORE[self.kind]
        return self.last_day or self.true_on

    @property
    def visible_on(self) -> date:
        """The first day on which anything of it is shown: that of its call (R-097), else it counts as begun."""
        return self.begun_on if self.notified is None else min(self.begun_on, self.notified)

    @property
    def begun_on(self) -> date:
        """The first day on which it had begun or was public: fieldwork counts as known from its own days (R-095).
        `date.max` of what was only called."""
        if self.kind in SET_BEFORE:
            return self.public_on
        if self.only_called:
            return date.max
        return min(self.start or self.last_day or self.public_on, self.public_on)

    @property
    def mark(self) -> str:
        """Another one as soon as anything held of it is different: for a form to say what was looked at."""
        return sha256(repr(self).encode()).hexdigest()[:32]

    @property
    def judgement_set(self) -> JudgementSet:
        return self.judged.set

    @property
    def judged(self) -> SetRow:
        """The row of its judgement set: what it grades, on which scale, and what decides."""
        return set_on(self.framework, self.start, self.published)

    @property
    def overall(self) -> Grade | None:
        """The overall grade; None where such an inspection has none, or no source knows it."""
        area = self.judged.overall
        return None if area is None else self.grades.get(area)

    def as_seen_on(self, day: date) -> Activity | None:
        """The activity with only what had happened and was public by `day` (inclusive); None before it is visible.

        Before publication an inspection or visit shows its days on site so far, and no grades, findings or sources."""
        if self.visible_on > day:
            return None
        unseen: dict[str, Any] = {
            name: None
            for name in _DAYS
            if (then := getattr(self, name)) is not None and then > day and self.kind not in SET_BEFORE
        }
        if self.notified is not None and self.begun_on > day:
            unseen |= {"start": None, "period": None}
        if self.periods and self.periods[-1].end > day:
            unseen["periods"] = tuple(one for one in self.periods if one.end <= day)
        if self.public_on > day:
            unseen |= _PUBLISHED
            if self.status is Status.CORRECTED:
                unseen["status"] = Status.CURRENT
        if self.doubts and unseen:
            seen = (self.doubt_as_seen(doubt, on=day) for doubt in self.doubts)
            unseen["doubts"] = tuple(doubt for doubt in seen if doubt is not None)
        return replace(self, **unseen) if unseen else self

    def doubt_as_seen(self, doubt: Doubt, *, on: date) -> Doubt | None:
        """A doubt without what had not happened or was not public by a day; that it weighs is known all the same."""
        told = self.public_on <= on if doubt.field in ("published", "grades") else (self.end or on) <= on
        if told or doubt.field == "start":
            return doubt
        return replace(doubt, text="What sources say of it cannot be right.") if doubt.weighs else None


_DAYS = (
    "end",
    "notified",
    "call_withdrawn",
    "paused",
    "resumed",
    "received",
    "letter_received",
    "published",
    "published_by_council",
    "priority_action_resolved",
)
"""What is not shown before its own day."""

_PUBLISHED: Mapping[str, Any] = {
    "grades": NO_JUDGEMENTS,
    "improvements": (),
    "improvement_outcomes": (),
    "priority_actions": (),
    "priority_action": None,
    "priority_action_count": None,
    "statement_due": None,
    "note": None,
    "cycle": None,
    "outcome": None,
    "ratings": (),
    "next_by": None,
    "sources": (),
    "disagreements": (),
    "corrections": (),
}
"""What a report or letter tells: not shown before it is published."""


@dataclass(frozen=True)
class AuthorityFacts:
    """Who an authority is, on the day asked: Ofsted's URN is the key, the rest are dated attributes.

    `region` is one of the nine regions shown; `ofsted_region` one of Ofsted's own eight. `ends_on` is the day from
    which it will no longer exist, as far as an order or a minister's statement says; `successor_names` are those that
    follow it, also where one has no number yet. Where `urn` is a key made of its name, `number` is the one that Ofsted
    gave since, if it did."""

    urn: str
    name: str
    la_number: str | None = None
    gss_code: str | None = None
    region: str | None = None
    ofsted_region: str | None = None
    formed_on: date | None = None
    abolished_on: date | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    ends_on: date | None = None
    successor_names: tuple[str, ...] = ()
    number: str | None = None

    def ended_by(self, day: date) -> bool:
        """It had ceased to exist by a day (inclusive)."""
        return self.abolished_on is not None and self.abolished_on <= day
