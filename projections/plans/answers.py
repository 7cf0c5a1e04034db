"""Typed answers about plans. Words come as `Wording`: their text, or that they were erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.plans.clock import Deadline
from domain.plans.replaced import Replaced
from domain.plans.stories import Carried, Erasure, HandedOver
from domain.values.activities import AuthorityFacts
from domain.values.days import london_day
from domain.values.plans import (
    DONE,
    EXCEPTIONS,
    LEFT_OUT,
    AskedAbout,
    Basis,
    Figure,
    Impact,
    Label,
    PlanFinding,
    Progress,
    QuestionState,
    Reading,
    Track,
)
from domain.values.words import in_words, number_in_words
from projections.engine.answers import Moment


@dataclass(frozen=True)
class Wording:
    """Words as they can be shown. `subject` is what is named to erase them; `text` is None where they were, or where
    their key is not in this store."""

    subject: UUID
    text: str | None
    erased: Erasure | None

    @property
    def shown(self) -> str:
        """The text, or a sentence that stands in its place. Who erased it, pages say in their own words."""
        if self.text is not None:
            return self.text
        if self.erased is None:
            return "These words cannot be read here: their key is missing."
        return f"Erased on {in_words(london_day(self.erased.stamp.at))}: {self.erased.reason}"


@dataclass(frozen=True)
class PlanCounts:
    """Actions by what they come to. `actions` are all but those withdrawn or found not to be required (`left_out`);
    `done` are complete and evidenced, embedded or closed; `longest_overdue` is in days."""

    actions: int
    done: int
    overdue: int
    longest_overdue: int
    off_track: int
    at_risk: int
    evidence_awaited: int
    acceptance_awaited: int
    not_started: int
    left_out: int
    gaps: int
    questions_open: int
    questions_overdue: int
    moves: int

    @property
    def headline(self) -> str:
        """`6 of 11 actions complete and evidenced; 1 overdue by 12 days`."""
        if not self.actions:
            parts = ["No actions yet"]
        else:
            parts = [f"{self.done} of {number_in_words(self.actions, 'action')} complete and evidenced"]
        if self.overdue == 1:
            parts.append(f"1 overdue by {number_in_words(self.longest_overdue, 'day')}")
        elif self.overdue:
            parts.append(f"{self.overdue} overdue, the longest by {number_in_words(self.longest_overdue, 'day')}")
        if self.gaps:
            parts.append(f"{number_in_words(self.gaps, 'finding')} without an action")
        if self.questions_overdue:
            parts.append(f"{number_in_words(self.questions_overdue, 'question')} overdue for an answer")
        return "; ".join(parts)


@dataclass(frozen=True)
class PlanHead:
    """One plan in short. `example` marks one made up for a demonstration: every answer about it must say so.

    `version` is what a form sends back as `seen`. `made_public_on` is the day of its newest publication here, None
    before the first. `whole`: what was not published is told too; `news`: there is something of that kind. `replaced`
    is the newer graded report that took the place of the plan's; `handed` from whom to whom the plan passed."""

    id: UUID
    version: int
    authority: AuthorityFacts
    activity: UUID
    basis: Basis
    opened_on: date
    closed_on: date | None
    example: bool
    published_on: date | None
    received_on: date | None
    deadlines: tuple[Deadline, ...]
    reply_on: date | None
    reflects: bool | None
    counts: PlanCounts
    headline: str
    made_public_on: date | None
    whole: bool
    news: bool
    replaced: Replaced | None = None
    handed: tuple[HandedOver, ...] = ()

    @property
    def shows_actions(self) -> bool:
        """Whether its actions and questions are told; to the public only once the plan was published here."""
        return self.whole or self.made_public_on is not None

    @property
    def is_followed(self) -> bool:
        """Whether more is expected of it: it is open, and no newer report took the place of its own."""
        return self.closed_on is None and self.replaced is None


@dataclass(frozen=True)
class ActionRow:
    """One action on a day.

    `reading` is computed, `label` the council's words and colour for it. `previous` is what it came to before, with
    its label, and `since` the day from which it comes to this. `reached` is in per cent of the way from baseline to
    target. `days_past_when_moved` counts the days for which its due date had passed when it was last moved. `version`
    is what a form sends back as `seen`. `carried_from` is the action of an earlier plan that it continues, `carried_to`
    that of a newer plan as which it goes on. `figures` are the measure's, by the day they were true of."""

    number: int
    version: int
    example: bool
    findings: tuple[UUID, ...]
    what: Wording
    owner: str
    due_on: date | None
    first_due_on: date | None
    moves: int
    days_past_when_moved: int
    days_overdue: int
    progress: Progress
    track: Track | None
    impact: Impact
    reading: Reading
    label: Label
    previous: Reading | None
    previous_label: Label | None
    since: date
    measure: Wording | None
    unit: str | None
    baseline: Figure | None
    target: Figure | None
    now: Figure | None
    reached: int | None
    evidence: int
    reopened: int
    narrative: Wording | None
    changed_on: date
    changed_by: str
    carried_from: Carried | None = None
    carried_to: Carried | None = None
    figures: tuple[tuple[date, Figure], ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it is one of those that the plan promises: not withdrawn, unneeded or carried over."""
        return self.progress not in LEFT_OUT

    @property
    def is_open(self) -> bool:
        """Whether more is expected of it here."""
        return self.counts and self.reading not in DONE

    @property
    def is_exception(self) -> bool:
        """Whether a panel should see it first."""
        return self.reading in EXCEPTIONS or self.undated

    @property
    def undated(self) -> bool:
        """Whether more is expected of it, and no day was promised."""
        return self.due_on is None and self.is_open


@dataclass(frozen=True)
class PlanFindingRow:
    """A finding of the plan, the actions that answer it, and members' questions on it."""

    finding: PlanFinding
    actions: tuple[int, ...]
    questions: tuple[UUID, ...]
    gap: bool


@dataclass(frozen=True)
class QuestionRow:
    """A member's question on a day. `days` is how long the answer took, or how long it has been open.

    `plan` is None for one that is on no plan: then `asked_about` says what it is about. `authority` answers; `asked_of`
    is the one asked, where that has ended and handed the question over."""

    id: UUID
    plan: UUID | None
    authority: AuthorityFacts
    example: bool
    action: int | None
    finding: PlanFinding | None
    state: QuestionState
    question: Wording
    asked_on: date
    asked_by: str
    answer_by: date
    days_overdue: int
    answer: Wording | None
    answered_on: date | None
    answered_by: str | None
    why: Wording | None
    withdrawn_on: date | None
    days: int
    asked_about: AskedAbout | None = None
    asked_of: AuthorityFacts | None = None

    @property
    def waits(self) -> bool:
        """Whether it was neither answered nor withdrawn."""
        return self.state in (QuestionState.OPEN, QuestionState.OVERDUE)


@dataclass(frozen=True)
class MovedRow:
    """What changed of one action between two days, in words.

    `was` and `now` are the labels of what it came to before and comes to since `since`, `was` None where it was added
    and all three where that is the same; `others` are the other changes."""

    number: int
    what: Wording
    changes: tuple[str, ...]
    others: tuple[str, ...]
    was: Label | None = None
    now: Label | None = None
    since: date | None = None


@dataclass(frozen=True)
class PlanHeadsAnswer:
    """Plans in short, those that are open first."""

    moment: Moment
    heads: tuple[PlanHead, ...]


@dataclass(frozen=True)
class PlansAnswer:
    """The plans of one authority, the newest first."""

    moment: Moment
    authority: AuthorityFacts
    plans: tuple[PlanAnswer, ...]


@dataclass(frozen=True)
class PlanAnswer:
    """One plan: findings in the report's order, actions with exceptions first, what moved after `since` (None: not
    asked), and questions, unanswered ones first."""

    moment: Moment
    head: PlanHead
    findings: tuple[PlanFindingRow, ...]
    actions: tuple[ActionRow, ...]
    since: date | None
    moved: tuple[MovedRow, ...]
    questions: tuple[QuestionRow, ...]

    @property
    def gaps(self) -> tuple[PlanFinding, ...]:
        return tuple(row.finding for row in self.findings if row.gap)


@dataclass(frozen=True)
class MoveRow:
    """A due date that was moved, or set where `was` is None, on which day, by whom, and why."""

    was: date | None
    now: date
    why: Wording
    moved_on: date
    by: str


@dataclass(frozen=True)
class EvidenceRow:
    """A link or reference that shows something was done. `link` is an https address; it leads out of this site."""

    id: UUID
    title: Wording
    link: Wording | None
    reference: Wording | None
    offered_on: date
    by: str


@dataclass(frozen=True)
class StoryRow:
    """One fact in an action's story: a sentence, with the words that came with it, by name."""

    version: int
    position: int
    name: str
    true_on: date
    recorded_at: datetime
    by: str
    said: str
    words: tuple[tuple[str, Wording], ...]


@dataclass(frozen=True)
class ActionAnswer:
    """One action's whole story, the earliest fact first. `figures` are the measure's, by the day they were true of."""

    moment: Moment
    head: PlanHead
    action: ActionRow
    findings: tuple[PlanFinding, ...]
    moves: tuple[MoveRow, ...]
    evidence: tuple[EvidenceRow, ...]
    figures: tuple[tuple[date, Figure], ...]
    questions: tuple[QuestionRow, ...]
    story: tuple[StoryRow, ...]


@dataclass(frozen=True)
class DueAction:
    """An action that is due, overdue or awaited, and the plan it is of."""

    head: PlanHead
    action: ActionRow


@dataclass(frozen=True)
class DuePaper:
    """A paper that a plan owes and that was not sent."""

    head: PlanHead
    deadline: Deadline


@dataclass(frozen=True)
class DuePlan:
    """A plan whose report was replaced, and which is open still."""

    head: PlanHead


@dataclass(frozen=True)
class DueAnswer:
    """What is due on a day over all plans that are open: overdue longest first, the rest by due date.

    `soon` are actions due within `days` days, the day itself and the last included, `undated` those for which no day
    was promised; one office's where one was asked for. An action stands in one list, the first that fits. Of a plan
    whose report was replaced nothing is due: it stands itself among `replaced`, to be closed or carried over, the one
    replaced longest ago first."""

    moment: Moment
    office: str | None
    days: int
    overdue: tuple[DueAction, ...]
    evidence_awaited: tuple[DueAction, ...]
    acceptance_awaited: tuple[DueAction, ...]
    soon: tuple[DueAction, ...]
    papers: tuple[DuePaper, ...]
    replaced: tuple[DuePlan, ...] = ()
    undated: tuple[DueAction, ...] = ()


@dataclass(frozen=True)
class QuestionsAnswer:
    """Members' questions, those longest overdue first, then open ones by last day, then the rest, newest first."""

    moment: Moment
    state: QuestionState | None
    rows: tuple[QuestionRow, ...]


@dataclass(frozen=True)
class PlanTimelineRow:
    """Something that happened to a plan, or a month's changes of its actions, for the authority's timeline.

    `action` is the one action it is about; `by` who told it, None where several did. `named` stays the same within the
    plan, also when a month's changes grow."""

    plan: UUID
    named: str
    example: bool
    said: str
    action: int | None
    first_on: date
    last_on: date
    recorded_at: datetime
    by: str | None


@dataclass(frozen=True)
class BurnUpPoint:
    """How many actions there were, how many had fallen due, and how many were done, at the end of a day."""

    day: date
    actions: int
    due: int
    done: int


@dataclass(frozen=True)
class BurnUpAnswer:
    """Days on which any count of a plan changed, in order, and the day asked for at the end."""

    moment: Moment
    head: PlanHead
    points: tuple[BurnUpPoint, ...]
