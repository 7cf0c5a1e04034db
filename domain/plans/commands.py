"""The commands of action plans: words are checked and sealed here, then the plan decides.

`on` is the day of which a command speaks. `seen` is the version of the action that the person looked at; where it
changed since, ChangedMeanwhile is raised. `by.reason` stays empty, save to erase words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid5

from domain import facts
from domain.command import Act
from domain.facts import Told
from domain.handler import carry_out
from domain.people.rights import must_be_allowed
from domain.plans.action_commands import ActionCommand
from domain.plans.handler import PlanDone, PlanHandler
from domain.plans.labels import PlanConventions
from domain.plans.plan import ActionPlan
from domain.values.errors import CommandAlreadyDone, ConcurrentChange, Overtaken, RuleBroken
from domain.values.plans import ANSWER_DAYS, Figure, Label, Stage
from domain.values.sealed import as_line, as_words
from domain.values.statements import Kind


class PlanCommands(PlanHandler):
    """Every command about a plan, its actions and members' questions."""

    # --- the plan ---------------------------------------------------------------------------------------------------

    def open_plan(self, urn: str, activity: UUID, *, on: date, example: bool = False, by: Told) -> PlanDone:
        """Begin the plan on a graded report, a letter with priority action, or a JTAI letter.

        Raises RuleBroken where there is a plan on it already."""

        def attempt() -> list[ActionPlan]:
            known = self.authorities.authority(urn).activity(activity)
            for name in {known.id, *known.statements}:
                if self.ledger.load(ActionPlan, ActionPlan.create_id(urn, name)) is not None:
                    raise RuleBroken("There is a plan on that report or letter already.")
            opened = ActionPlan.open(urn=urn, activity=known, opened_on=on, example=example, by=by)
            must_be_allowed(self.people.teller(by), urn, opened.pending_events)
            return [opened]

        outcome = carry_out(self.ledger, by.command, attempt, what="the same plan")
        plan = ActionPlan.create_id(urn, self.authorities.authority(urn).activity(activity).id)
        return PlanDone(self._plan_told_by(by, plan) if outcome.repeated else plan, *outcome)

    def take_findings(self, plan: UUID, *, on: date, by: Told) -> PlanDone:
        """Take over findings that the report's or letter's entry gained since the plan was opened."""

        def decide(known: ActionPlan) -> None:
            activity = self.authorities.authority(known.urn).activity(known.state.activity)
            known.take_findings(activity, on=on, by=by)

        return self._in_plan(plan, by, decide)

    def set_plan_receipt(self, plan: UUID, *, received_on: date, why: str, on: date, by: Told) -> PlanDone:
        """The report or letter truly arrived on another day; the clock counts from it."""
        return self._in_plan(
            plan,
            by,
            lambda known: known.set_receipt(
                received_on=received_on, why=self.sealing.reason(plan, by, facts.PlanReceiptSet, why), on=on, by=by
            ),
        )

    def state_plan_due(self, plan: UUID, *, due_on: date, why: str | None = None, on: date, by: Told) -> PlanDone:
        """Enter the due date that a JTAI letter states; a change of it needs a reason."""
        return self._in_plan(
            plan,
            by,
            lambda known: known.state_due(
                due_on=due_on, why=self.sealing.reason_if_any(plan, by, facts.PlanDueDateStated, why), on=on, by=by
            ),
        )

    def send_plan(self, plan: UUID, *, stage: Stage, submitted_on: date, by: Told) -> PlanDone:
        """The draft or the final plan went to Ofsted. The final one is told of in the authority's history too."""
        return self._in_plan(
            plan,
            by,
            lambda known: known.submit(stage, submitted_on=submitted_on, by=by),
            tell=Kind.ACTION_PLAN_SUBMITTED if stage is Stage.FINAL else None,
            day=submitted_on,
        )

    def receive_reply_to_plan(
        self, plan: UUID, *, received_on: date, reflects: bool | None = None, by: Told
    ) -> PlanDone:
        """Ofsted's reply to the final plan came; it is told of in the authority's history too."""
        return self._in_plan(
            plan,
            by,
            lambda known: known.receive_reply(received_on=received_on, reflects=reflects, by=by),
            tell=Kind.ACTION_PLAN_REPLY,
            day=received_on,
        )

    def close_plan(self, plan: UUID, *, why: str, on: date, by: Told) -> PlanDone:
        """Nothing more is expected of the plan."""
        return self._in_plan(
            plan, by, lambda known: known.close(why=self.sealing.reason(plan, by, facts.PlanClosed, why), on=on, by=by)
        )

    def reopen_plan(self, plan: UUID, *, why: str, on: date, by: Told) -> PlanDone:
        """The plan was closed too early."""
        return self._in_plan(
            plan,
            by,
            lambda known: known.reopen(why=self.sealing.reason(plan, by, facts.PlanReopened, why), on=on, by=by),
        )

    def publish_plan(self, plan: UUID, *, on: date, seen: int | None = None, by: Told) -> PlanDone:
        """Put the plan before the public as it stands; an approver does, who told none of what is new."""
        return self._in_plan(plan, by, lambda known: known.publish(seen=seen, on=on, by=by))

    def choose_conventions(
        self,
        urn: str,
        *,
        labels: Sequence[Label] = (),
        answer_days: int = ANSWER_DAYS,
        seen: int | None = None,
        by: Told,
    ) -> PlanDone:
        """What the authority calls readings of actions and in which colour, and how many clear days an answer may take;
        the latest choice counts whole. `seen` is the position of the choice that the person looked at, 0 for none."""
        self.authorities.authority(urn)
        chosen = PlanConventions.choose(urn=urn, labels=labels, answer_days=answer_days, after=seen, by=by)
        if seen is not None and self.ledger.positions_of(by.command) is None and self._choice_now(urn) != seen:
            raise Overtaken("these labels", seen, self._choice_now(urn))
        must_be_allowed(self.people.teller(by), urn, chosen.pending_events)
        try:
            return PlanDone(chosen.id, self.ledger.save(chosen, command=by.command)[1])
        except CommandAlreadyDone as already:
            return PlanDone(chosen.id, already.last, repeated=True)
        except ConcurrentChange:
            raise Overtaken("these labels", seen or 0, self._choice_now(urn)) from None

    def _choice_now(self, urn: str) -> int:
        chosen = self._latest_choice(urn)
        return chosen[0] if chosen else 0

    # --- actions ----------------------------------------------------------------------------------------------------

    def add_action(
        self,
        plan: UUID,
        *,
        findings: Sequence[UUID],
        what: str,
        owner: str,
        due_on: date,
        measure: str | None = None,
        unit: str | None = None,
        baseline: Figure | None = None,
        target: Figure | None = None,
        example: bool = False,
        on: date,
        by: Told,
    ) -> PlanDone:
        """An action that answers findings; gives its number in the plan as `made`."""

        def decide(known: ActionPlan) -> None:
            fact = facts.ActionAdded
            known.add_action(
                findings=findings,
                what=self.sealing.seal(plan, by, fact, "what", as_line(what, "what is to be done")),
                owner=owner,
                due_on=due_on,
                measure=self._measure(plan, by, fact, measure),
                unit=unit,
                baseline=baseline,
                target=target,
                example=example,
                on=on,
                by=by,
            )

        return self._in_plan(plan, by, decide)

    def do(self, command: ActionCommand, *, by: Told) -> PlanDone:
        """Carry out a command about one action."""

        def decide(known: ActionPlan) -> None:
            known.take(command, Act(by, self.sealing.words_of(command, command.plan, by)))

        return self._in_plan(command.plan, by, decide, made=command.made(by.command))

    # --- questions of members ---------------------------------------------------------------------------------------

    def raise_challenge(
        self,
        plan: UUID,
        *,
        question: str,
        action: int | None = None,
        finding: UUID | None = None,
        on: date,
        by: Told,
    ) -> PlanDone:
        """A member asks about an action or a finding; gives the question's id as `made`."""
        challenge = uuid5(by.command, "challenge")

        def decide(known: ActionPlan) -> None:
            words = as_words(question, "the question")
            known.raise_challenge(
                challenge,
                action=action,
                finding=finding,
                question=self.sealing.seal(plan, by, facts.ChallengeRaised, "question", words),
                answer_days=self.answer_days(known.urn),
                on=on,
                by=by,
            )

        return self._in_plan(plan, by, decide, made=challenge)

    def answer_challenge(self, plan: UUID, challenge: UUID, *, answer: str, on: date, by: Told) -> PlanDone:
        """The owner answers a question."""

        def decide(known: ActionPlan) -> None:
            words = as_words(answer, "the answer")
            sealed = self.sealing.seal(plan, by, facts.ChallengeAnswered, "answer", words)
            known.answer_challenge(challenge, answer=sealed, on=on, by=by)

        return self._in_plan(plan, by, decide, made=challenge)

    def withdraw_challenge(self, plan: UUID, challenge: UUID, *, why: str, on: date, by: Told) -> PlanDone:
        """A question is taken back; it stays visible with the reason."""
        fact = facts.ChallengeWithdrawn
        return self._in_plan(
            plan,
            by,
            lambda known: known.withdraw_challenge(
                challenge, why=self.sealing.reason(plan, by, fact, why), on=on, by=by
            ),
            made=challenge,
        )

    # --- erasing ----------------------------------------------------------------------------------------------------

    def erase_words(self, plan: UUID, subjects: Iterable[UUID], *, on: date, by: Told) -> PlanDone:
        """Destroy the keys of these words, for `by.reason`: they read as erased from now on, at every earlier moment
        too. The log keeps that they were erased, and no trace of what they said."""
        keys = self.sealing.keys
        wanted = tuple(subjects)
        done = self._in_plan(plan, by, lambda known: known.erase_words(wanted, on=on, by=by))
        keys.destroy(self.plan(plan).state.erased)
        return done
