"""The post-Ofsted action plan, decided here and kept as facts: one stream per plan.

Methods decide and may refuse (`RuleBroken`); `when` applies and may not. Texts come sealed: `domain.plans.commands`
checks and seals them, so that nothing here needs to read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import facts
from domain.command import Act
from domain.facts import Told, told
from domain.plans.action_commands import ActionCommand
from domain.plans.checks import as_office, measured, of_this_plan, within_reach
from domain.plans.state import ActionState, ChallengeStory, PlanState
from domain.rulebook.deadline_rows import PRIORITY_PLAN_TIMES
from domain.rulebook.rows import row_on
from domain.values.activities import Activity
from domain.values.days import london_day
from domain.values.errors import ChangedMeanwhile, NotFound, RuleBroken
from domain.values.plans import Basis, Figure, PlanFinding, Stage, finding_of
from domain.values.sealed import Sealed
from domain.values.statements import Kind
from domain.values.words import in_words

PLANS = UUID("4b7a5c1e-8f0d-5c66-9a51-2d7c1b3e6f80")

MOST_ACTIONS = 500

REASON_BESIDE = "Reasons in a plan are kept as words that can be erased; give none beside them."


class ActionPlan(Aggregate):
    """A plan on one report or letter; an authority has one for each."""

    @staticmethod
    def create_id(urn: str, activity: UUID) -> UUID:
        return uuid5(PLANS, f"{urn} {activity.hex}")

    def __init__(self, urn: str) -> None:
        self.urn = urn
        self.state = PlanState()

    @classmethod
    def open(cls, *, urn: str, activity: Activity, opened_on: date, example: bool, by: Told) -> ActionPlan:
        """Begin the plan on a graded report, a letter with priority action, or a JTAI letter (R-035, R-060, R-062).

        Raises RuleBroken for anything else, or where the report or letter is neither published nor received."""
        basis = basis_of(activity)
        received = activity.received if basis is Basis.GRADED_REPORT else activity.letter_received
        published = activity.published or activity.published_by_council
        heard = min((day for day in (received, published) if day is not None), default=None)
        if heard is None:
            raise RuleBroken(
                "Record first when the report or letter was received or published: the plan counts from it."
            )
        if not heard <= opened_on <= london_day(by.at):
            raise RuleBroken(f"Enter a day from {in_words(heard)}, when the report or letter came, to today.")
        return cls._create(
            facts.PlanOpened,
            id=cls.create_id(urn, activity.id),
            true_on=opened_on,
            urn=urn,
            activity=activity.id,
            basis=basis,
            published_on=published,
            received_on=received,
            stated_due=activity.statement_due if basis is Basis.JTAI_LETTER else None,
            findings=findings_of(activity),
            example=example,
            **told(by),
        )

    # --- the plan and its clock -------------------------------------------------------------------------------------

    def take_findings(self, activity: Activity, *, on: date, by: Told) -> None:
        """Take over findings that the entry gained since. Raises RuleBroken where there are none."""
        self._open_on(on, by)
        known = self.state.findings
        fresh = tuple(finding for finding in findings_of(activity) if _gist(finding) not in map(_gist, known.values()))
        if not fresh:
            raise RuleBroken("The plan has every finding of the report or letter already.")
        self._tell(facts.PlanFindingsAdded, by, true_on=on, findings=fresh)

    def set_receipt(self, *, received_on: date, why: Sealed, on: date, by: Told) -> None:
        """The report or letter truly arrived on another day; the clock counts from it (R-061)."""
        self._open_on(on, by)
        if received_on == self.state.received_on:
            raise RuleBroken("That is the day of receipt already held.")
        if received_on > on:
            raise RuleBroken("The report or letter cannot have arrived after the day you tell of it.")
        published = self.state.published_on
        if published is not None and not timedelta(days=-90) <= received_on - published <= timedelta(days=30):
            raise RuleBroken(
                f"Look at the day again: it was published on {in_words(published)}, and receipt lies at most 90 days "
                "before that or 30 after."
            )
        self._tell(facts.PlanReceiptSet, by, true_on=on, was=self.state.received_on, now=received_on, why=why)

    def state_due(self, *, due_on: date, why: Sealed | None, on: date, by: Told) -> None:
        """Enter the due date that a JTAI letter states (R-062). A change of it needs a reason."""
        self._open_on(on, by)
        if self.state.basis is not Basis.JTAI_LETTER:
            raise RuleBroken("This plan's due date is counted from receipt. Correct the day of receipt instead.")
        if due_on == self.state.stated_due:
            raise RuleBroken("That is the due date already held.")
        if self.state.stated_due is not None and why is None:
            raise RuleBroken("Give the reason: it stands beside the due date that was held before.")
        within_reach(due_on, self._first_day)
        self._tell(facts.PlanDueDateStated, by, true_on=on, was=self.state.stated_due, now=due_on, why=why)

    def submit(self, stage: Stage, *, submitted_on: date, by: Told) -> None:
        """The draft or the final plan went to Ofsted. A draft is owed only where R-035 asks for one."""
        self._open_on(submitted_on, by)
        if stage is Stage.DRAFT and not owes_draft(self.state):
            raise RuleBroken("No draft is owed for this plan. Record when the final plan was sent.")
        already = self.state.submitted.get(stage)
        if already is not None:
            raise RuleBroken(f"The {stage.value} plan was already sent, on {in_words(already.true_on)}.")
        if stage is Stage.DRAFT and Stage.FINAL in self.state.submitted:
            raise RuleBroken("The final plan was sent already; a draft cannot follow it.")
        self._tell(facts.PlanSubmitted, by, true_on=submitted_on, stage=stage)

    def receive_reply(self, *, received_on: date, reflects: bool | None, by: Told) -> None:
        """Ofsted answered the final plan; `reflects` is None where the letter does not say (R-063)."""
        self._open_on(received_on, by)
        final = self.state.submitted.get(Stage.FINAL)
        if final is None:
            raise RuleBroken("Record first when the final plan was sent.")
        if received_on < final.true_on:
            raise RuleBroken(f"A reply cannot come before the plan was sent, on {in_words(final.true_on)}.")
        if self.state.reply is not None:
            raise RuleBroken(f"Ofsted's reply was already received, on {in_words(self.state.reply.true_on)}.")
        self._tell(facts.PlanReplyReceived, by, true_on=received_on, reflects=reflects)

    def close(self, *, why: Sealed, on: date, by: Told) -> None:
        """Nothing more is expected. Raises RuleBroken while an action is open or a question unanswered."""
        self._open_on(on, by)
        still = sorted(action.number for action in self.state.actions.values() if action.open)
        if still:
            numbers = ", ".join(map(str, still[:10])) + ("" if len(still) <= 10 else " and others")
            raise RuleBroken(f"Actions are still open: {numbers}. Complete, close or withdraw them first.")
        if any(one.answered is None and one.withdrawn is None for one in self.state.challenges.values()):
            raise RuleBroken("A member's question has no answer yet. Answer it first.")
        last = max((action.last.true_on for action in self.state.actions.values()), default=on)
        if on < last:
            raise RuleBroken(f"An action changed on {in_words(last)}; enter that day or a later one.")
        self._tell(facts.PlanClosed, by, true_on=on, why=why)

    def reopen(self, *, why: Sealed, on: date, by: Told) -> None:
        """The plan was closed too early. Raises RuleBroken where it is open."""
        closed = self.state.closed
        if closed is None:
            raise RuleBroken("The plan is open.")
        self._on(on, by, closed.true_on, "The plan was closed")
        self._tell(facts.PlanReopened, by, true_on=on, why=why)

    def publish(self, *, seen: int | None = None, on: date, by: Told) -> None:
        """Put the plan before the public as it stands. `seen` is the version of the plan that the approver looked at.

        Raises RuleBroken where nothing was told since it was last published, for whoever told any of it, and where
        more was told after `seen`."""
        self._on(on, by, self._first_day, "The plan was opened")
        state = self.state
        if not state.news:
            assert state.published is not None
            raise RuleBroken(
                f"Nothing was told since the plan was last published, on {in_words(state.published.true_on)}."
            )
        if by.actor in state.tellers:
            raise RuleBroken(
                "You told part of what would be published. A second person, an approver, must look at it and publish."
            )
        if seen is not None and seen != self.version:
            raise RuleBroken("More was told after you looked. Look at the plan again, then publish it.")
        if state.published is not None:
            self._on(on, by, state.published.true_on, "The plan was last published")
        self._tell(facts.PlanPublished, by, true_on=on)

    # --- actions ----------------------------------------------------------------------------------------------------

    def add_action(
        self,
        *,
        findings: Sequence[UUID],
        what: Sealed,
        owner: str,
        due_on: date,
        measure: Sealed | None,
        unit: str | None,
        baseline: Figure | None,
        target: Figure | None,
        example: bool,
        on: date,
        by: Told,
    ) -> int:
        """An action that answers one or more findings, owned by an office. Gives its number in the plan."""
        self._open_on(on, by)
        if len(self.state.actions) >= MOST_ACTIONS:
            raise RuleBroken(f"A plan holds at most {MOST_ACTIONS} actions. Put several into one.")
        within_reach(due_on, on)
        number = len(self.state.actions) + 1
        self._tell(
            facts.ActionAdded,
            by,
            true_on=on,
            action=number,
            findings=of_this_plan(self.state, findings, on),
            what=what,
            owner=as_office(owner),
            due_on=due_on,
            measure=measure,
            unit=measured(measure, unit, baseline, target),
            baseline=baseline,
            target=target,
            example=example or self.state.example,
        )
        return number

    # --- questions of members ---------------------------------------------------------------------------------------

    def raise_challenge(
        self,
        challenge: UUID,
        *,
        action: int | None,
        finding: UUID | None,
        question: Sealed,
        answer_days: int,
        on: date,
        by: Told,
    ) -> None:
        """A member asks about an action or a finding; the last day for an answer is so many whole days after the day of
        asking. Questions may be asked of a closed plan too."""
        if (action is None) == (finding is None):
            raise RuleBroken("Ask about one action, or about one finding.")
        if action is not None:
            self._on(on, by, self._known(action).added.true_on, "The action was added")
        else:
            assert finding is not None
            of_this_plan(self.state, [finding], on)
            self._on(on, by, self._first_day, "The plan was opened")
        self._tell(
            facts.ChallengeRaised,
            by,
            true_on=on,
            challenge=challenge,
            action=action,
            finding=finding,
            answer_by=on + timedelta(days=answer_days),
            question=question,
        )

    def answer_challenge(self, challenge: UUID, *, answer: Sealed, on: date, by: Told) -> None:
        """The owner answers, in time or late. Raises RuleBroken where there is an answer already."""
        self._unanswered(challenge, on, by)
        self._tell(facts.ChallengeAnswered, by, true_on=on, challenge=challenge, answer=answer)

    def withdraw_challenge(self, challenge: UUID, *, why: Sealed, on: date, by: Told) -> None:
        """The question is taken back; it stays visible with the reason."""
        self._unanswered(challenge, on, by)
        self._tell(facts.ChallengeWithdrawn, by, true_on=on, challenge=challenge, why=why)

    # --- words ------------------------------------------------------------------------------------------------------

    def erase_words(self, subjects: Iterable[UUID], *, on: date, by: Told) -> None:
        """Note that these words are erased, for `by.reason`. Raises RuleBroken without one, or for words not held."""
        wanted = tuple(dict.fromkeys(subjects))
        if not wanted or not self.state.subjects.issuperset(wanted):
            raise RuleBroken("Those words are not of this plan.")
        if self.state.erased.keys() & set(wanted):
            raise RuleBroken("Those words were erased already.")
        self._on(on, by, self._first_day, "The plan was opened")
        self._tell(facts.WordsErased, by, true_on=on, subjects=wanted)

    def take(self, command: ActionCommand, act: Act) -> None:
        """Carry a command out, or raise as it does."""
        if act.by.reason is not None:
            raise RuleBroken(REASON_BESIDE)
        # A partial fact stands in for its class: the stream adds who it belongs to and its version.
        fact: Any = command.decide(self.state, act)
        self.trigger_event(fact, **told(act.by))

    # --- rules every decision shares --------------------------------------------------------------------------------

    def must_be_as_seen(self, action: int, seen: int) -> None:
        """Raises ChangedMeanwhile where the action changed after the version that a person looked at."""
        now = self._known(action).last.version
        if now != seen:
            raise ChangedMeanwhile(action, seen, now)

    @property
    def _first_day(self) -> date:
        assert self.state.opened is not None
        return self.state.opened.true_on

    def _on(self, on: date, by: Told, earliest: date, since: str) -> None:
        today = london_day(by.at)
        if on > today:
            raise RuleBroken(f"{in_words(on)} lies in the future. Enter the day of which this is true.")
        if on < earliest:
            raise RuleBroken(f"{since} on {in_words(earliest)}; enter that day or a later one.")

    def _open_on(self, on: date, by: Told) -> None:
        if self.state.closed is not None:
            raise RuleBroken(
                f"The plan was closed on {in_words(self.state.closed.true_on)}. Reopen it first, with the reason."
            )
        self._on(on, by, self._first_day, "The plan was opened")

    def _known(self, action: int) -> ActionState:
        try:
            return self.state.actions[action]
        except KeyError:
            raise NotFound(f"The plan has no action number {action}.") from None

    def _action(self, action: int, on: date, by: Told) -> ActionState:
        self._open_on(on, by)
        known = self._known(action)
        self._on(on, by, known.last.true_on, "The action last changed")
        return known

    def _unanswered(self, challenge: UUID, on: date, by: Told) -> ChallengeStory:
        known = self.state.challenges.get(challenge)
        if known is None:
            raise NotFound("The plan has no such question.")
        if known.withdrawn is not None:
            raise RuleBroken(f"The question was withdrawn on {in_words(known.withdrawn.true_on)}.")
        if known.answered is not None:
            raise RuleBroken(f"The question was already answered, on {in_words(known.answered.true_on)}.")
        self._on(on, by, known.asked.true_on, "The question was asked")
        return known

    def _tell(self, fact: type[facts.Fact], by: Told, **words: Any) -> None:
        if fact is not facts.WordsErased and by.reason is not None:
            raise RuleBroken(REASON_BESIDE)
        if fact is facts.WordsErased and not (by.reason or "").strip():
            raise RuleBroken("Give the reason for erasing, without the words themselves: it stands in their place.")
        self.trigger_event(fact, **words, **told(by))

    def when(self, fact: facts.Fact) -> None:
        self.state.take(fact)


def basis_of(activity: Activity) -> Basis:
    """What obliges the authority to plan. Raises RuleBroken where nothing does."""
    if activity.kind is Kind.INSPECTION:
        if not activity.grades:
            raise RuleBroken("A plan is made on a graded report, and no grade of this inspection is held.")
        return Basis.GRADED_REPORT
    if activity.kind is Kind.JTAI:
        return Basis.JTAI_LETTER
    if activity.kind is Kind.FOCUSED_VISIT and (activity.priority_action or activity.priority_actions):
        return Basis.FOCUSED_VISIT_LETTER
    raise RuleBroken(
        "A plan is made on a graded report, on a focused visit's letter with an area for priority action, or on a "
        "joint inspection's letter."
    )


def owes_draft(state: PlanState) -> bool:
    """Whether R-035 asks for a draft: after priority action at a focused visit, since August 2018."""
    heard = state.received_on or state.published_on
    if state.basis is not Basis.FOCUSED_VISIT_LETTER or heard is None:
        return False
    return row_on(PRIORITY_PLAN_TIMES, heard).draft_working_days is not None


def findings_of(activity: Activity) -> tuple[PlanFinding, ...]:
    """What the report or letter found, priority actions first, each once."""
    found = [
        *(finding_of(activity.id, text, priority=True) for text in activity.priority_actions),
        *(finding_of(activity.id, text, priority=False) for text in activity.improvements),
    ]
    return tuple({finding.id: finding for finding in found}.values())


def _gist(finding: PlanFinding) -> tuple[bool, str]:
    return (finding.priority, finding.text)
