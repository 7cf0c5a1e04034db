"""Typed answers about meetings and letters. Words come as `Wording`: their text, or that they were erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from domain.meetings.commands import MeetingCommand
from domain.meetings.state import MeetingStage, ResolutionStage
from domain.plans.stories import HandedOver
from domain.values.activities import Activity, AuthorityFacts
from domain.values.elements import AgendaPart
from domain.values.statements import Period
from projections.engine.answers import Moment
from projections.plans.answers import MoveRow, PlanHead, QuestionRow, StoryRow, Wording


@dataclass(frozen=True)
class ViewRow:
    """What a panel saw: as at a day, as known at an instant (UTC). `why` is the reason where it replaced another."""

    as_at: date
    known_at: datetime
    why: Wording | None
    fixed_on: date
    by: str


@dataclass(frozen=True)
class ResolutionRow:
    """What a committee resolved, on a day. `owner` is an office."""

    number: int
    text: Wording
    owner: str | None
    due_on: date | None
    stage: ResolutionStage
    days_overdue: int
    made_on: date
    done_on: date | None
    how: Wording | None


@dataclass(frozen=True)
class MeetingName:
    """What a meeting is called by: its committee and its day."""

    id: UUID
    committee: str
    day: date
    stage: MeetingStage


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in short, on a day.

    `passed`: its day is over and nobody recorded that it was held. `view` is what the panel saw, as told last.
    `previous` is the day of the last meeting of the same committee that was held before it. `next_report_late`: that
    day has passed and the committee has not met since. `allowed` are the commands that would not be refused; `handed`
    says from whom to whom the meeting passed."""

    id: UUID
    authority: AuthorityFacts
    committee: str
    day: date
    stage: MeetingStage
    passed: bool
    example: bool
    plans: tuple[UUID, ...]
    view: ViewRow | None
    questions: int
    resolutions: tuple[ResolutionRow, ...]
    next_report_on: date | None
    next_report_late: bool
    previous: date | None
    withdrawn_on: date | None
    withdrawn_why: Wording | None
    recorded_at: datetime
    recorded_by: str
    position: int
    version: int
    allowed: frozenset[type[MeetingCommand]]
    handed: tuple[HandedOver, ...] = ()

    @property
    def open_resolutions(self) -> int:
        return sum(one.stage is not ResolutionStage.DONE for one in self.resolutions)


@dataclass(frozen=True)
class MeetingsAnswer:
    """Meetings of all authorities or of one, the latest day first."""

    moment: Moment
    authority: AuthorityFacts | None
    rows: tuple[MeetingRow, ...]


@dataclass(frozen=True)
class MeetingPapers:
    """The plans before a meeting and the members' questions put to it, at one moment; those known at it only."""

    plans: tuple[PlanHead, ...]
    questions: tuple[QuestionRow, ...]


@dataclass(frozen=True)
class MeetingAnswer:
    """One meeting: the plans it looks at, the questions before it, what was moved, and its story, first fact first.

    `seen` are those plans and questions as the panel saw them, None where that was not fixed; `now` at `moment`.
    `open_then` are the plans that were open at each view fixed, the newest last."""

    moment: Moment
    row: MeetingRow
    seen: MeetingPapers | None
    now: MeetingPapers
    moves: tuple[MoveRow, ...]
    earlier_views: tuple[ViewRow, ...]
    open_then: tuple[frozenset[UUID], ...]
    story: tuple[StoryRow, ...]


@dataclass(frozen=True)
class EngagementNotes:
    """What was noted of an engagement meeting or a self-evaluation, which is not published (R-055): for those who may
    read it only.

    `parts` are what the meeting covered, `visit_topics` what was said of focused visits to come (R-066); `known`,
    `how_known` and `plans` answer the three questions of a self-evaluation (R-065)."""

    topics: Wording | None
    self_evaluation: bool | None
    next_on: date | None
    next_period: Period | None
    parts: tuple[AgendaPart, ...] = ()
    visit_topics: Wording | None = None
    known: Wording | None = None
    how_known: Wording | None = None
    plans: Wording | None = None

    @property
    def words(self) -> tuple[Wording, ...]:
        """Everything that was said of it, each once."""
        said = (self.known, self.how_known, self.plans, self.topics, self.visit_topics)
        return tuple(one for one in said if one is not None)

    @property
    def to_erase(self) -> tuple[Wording, ...]:
        """The first words under each key that is still there: what was said in one form is erased together."""
        return tuple({one.subject: one for one in reversed(self.words) if one.text is not None}.values())


class LetterState(Enum):
    """Where a letter stands: what is published is told first."""

    PUBLISHED_BY_OFSTED = "published_by_ofsted"
    PUBLISHED_BY_COUNCIL = "published_by_council"
    NOT_PUBLISHED = "not_published"
    RECEIVED = "received"
    NOT_HEARD_OF = "not_heard_of"

    @property
    def public(self) -> bool:
        return self in (LetterState.PUBLISHED_BY_OFSTED, LetterState.PUBLISHED_BY_COUNCIL)


@dataclass(frozen=True)
class LetterRow:
    """The letter on one visit or meeting. Blank = no source states it.

    `published_by_ofsted` and `published_by_council` may both be given."""

    authority: AuthorityFacts
    activity: Activity
    state: LetterState
    received_on: date | None
    published_by_ofsted: date | None
    published_by_council: date | None
    recorded_at: datetime


@dataclass(frozen=True)
class LettersAnswer:
    """Letters of all authorities or of one, on the latest visits and meetings first."""

    moment: Moment
    authority: AuthorityFacts | None
    rows: tuple[LetterRow, ...]
