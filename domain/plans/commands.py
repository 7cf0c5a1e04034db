"""The commands about a plan as a whole: what each asks, when it is refused, and the fact it tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from functools import partial
from typing import ClassVar
from uuid import UUID

from domain import facts
from domain.command import Measure, Reason, WhatToDo, give_a_reason_for_erasing, refuse, words_to_erase
from domain.facts import Told
from domain.plans.base import Draft, PlanAct, PlanCommand
from domain.plans.basis import basis_of, findings_of, new_findings
from domain.plans.checks import as_office, measured, of_this_plan, within_reach, within_ten_years
from domain.plans.labels import PlanConventions
from domain.plans.plan import ActionPlan
from domain.plans.policies import (
    PlanCase,
    PlanPolicy,
    a_letter_states_when_it_is_due,
    a_paper_is_left,
    another_person_told_it,
    no_action_is_open,
    no_question_waits,
    not_to_be_sent,
    the_final_plan_was_sent,
    the_plan_is_closed,
    the_plan_is_open,
    the_reply_follows_it,
    the_report_has_more_findings,
    there_is_a_finding,
    there_is_no_reply_yet,
    there_is_room_for_an_action,
    there_is_something_to_publish,
)
from domain.plans.state import PlanState
from domain.values.activities import Activity
from domain.values.days import london_day
from domain.values.errors import RuleBroken
from domain.values.plans import ANSWER_DAYS, Basis, Figure, Label, Stage
from domain.values.statements import Kind
from domain.values.words import in_words

# --- what begins a stream of its own --------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenPlan:
    """Begin a plan on a graded report, a letter with priority action, or a JTAI letter (R-035, R-060, R-062)."""

    code: ClassVar[str] = "open_plan"

    urn: str
    activity: UUID
    _: KW_ONLY
    on: date
    example: bool = False

    def begin(self, activity: Activity, by: Told) -> ActionPlan:
        """The plan on this entry. Raises RuleBroken for one that obliges to none, or is neither published nor
        received."""
        basis = basis_of(activity)
        received = activity.received if basis is Basis.GRADED_REPORT else activity.letter_received
        published = activity.published or activity.published_by_council
        heard = min((day for day in (received, published) if day is not None), default=None)
        if heard is None:
            raise RuleBroken(
                "Record first when the report or letter was received or published: the plan counts from it."
            )
        if not heard <= self.on <= london_day(by.at):
            raise RuleBroken(f"Enter a day from {in_words(heard)}, when the report or letter came, to today.")
        opened = partial(
            facts.PlanOpened,
            true_on=self.on,
            urn=self.urn,
            activity=activity.id,
            basis=basis,
            published_on=published,
            received_on=received,
            stated_due=activity.statement_due if basis is Basis.JTAI_LETTER else None,
            findings=findings_of(activity),
            example=self.example,
        )
        return ActionPlan.begin(ActionPlan.create_id(self.urn, activity.id), opened, by)


@dataclass(frozen=True)
class ChooseLabels:
    """What the authority calls readings of actions and in which colour, and how many clear days an answer may take; the
    latest choice counts whole. `seen` is the position of the choice that the person looked at, 0 for none."""

    code: ClassVar[str] = "choose_conventions"

    urn: str
    _: KW_ONLY
    labels: Sequence[Label] = ()
    answer_days: int = ANSWER_DAYS
    seen: int | None = None

    def begin(self, by: Told) -> PlanConventions:
        """The choice. Raises RuleBroken."""
        return PlanConventions.choose(
            urn=self.urn, labels=self.labels, answer_days=self.answer_days, after=self.seen, by=by
        )


# --- the plan and its clock -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WholePlanCommand(PlanCommand):
    """`before` is asked before the day is looked at, `policies` after it."""

    before: ClassVar[Sequence[PlanPolicy]] = (the_plan_is_open,)
    policies: ClassVar[Sequence[PlanPolicy]] = ()
    offered: ClassVar[Sequence[PlanPolicy]] = ()

    def follow(self, plan: PlanState, act: PlanAct) -> Draft:
        case = self.case(plan, act)
        refuse(policy(case) for policy in self.before)
        act.must_lie(self.on, *self.since(plan))
        refuse(policy(case) for policy in self.policies)
        return self.tell(plan, act)

    def case(self, plan: PlanState, act: PlanAct) -> PlanCase:
        return PlanCase(plan, act.by.actor, self.on)

    def since(self, plan: PlanState) -> tuple[date, str]:
        """The first day of which it may speak, and what was on it."""
        return plan.first_day, "The plan was opened"

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        """The fact, once no policy refuses: the command's own words, unless a command says more."""
        return partial(self.tells, true_on=self.on, **act.sealed)


@dataclass(frozen=True, kw_only=True)
class TakeFindings(WholePlanCommand):
    """Take over findings that the report's or letter's entry gained since the plan was opened."""

    code = "take_findings"
    tells = facts.PlanFindingsAdded
    policies = (the_report_has_more_findings,)

    def case(self, plan: PlanState, act: PlanAct) -> PlanCase:
        return PlanCase(plan, act.by.actor, self.on, act.activity())

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        return partial(facts.PlanFindingsAdded, true_on=self.on, findings=new_findings(plan, act.activity()))


@dataclass(frozen=True, kw_only=True)
class CorrectOpening(WholePlanCommand):
    """The plan was begun on the day `on`, not on the one held: it may then speak of days from that one on."""

    code = "correct_plan_opening"
    tells = facts.PlanOpeningCorrected
    why: Reason

    def since(self, plan: PlanState) -> tuple[date, str]:
        heard = (day for day in (plan.received_on, plan.published_on) if day is not None)
        return min(heard, default=plan.first_day), "The report or letter came"

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        if self.on == plan.first_day:
            raise RuleBroken("That is the day already held.")
        if plan.first_told is not None and plan.first_told < self.on:
            raise RuleBroken(
                f"Something of the plan is told of {in_words(plan.first_told)}; it was open by then. Enter that day or "
                "an earlier one."
            )
        return partial(
            facts.PlanOpeningCorrected, true_on=self.on, was=plan.first_day, now=self.on, why=act.words("why")
        )


@dataclass(frozen=True, kw_only=True)
class SetReceipt(WholePlanCommand):
    """The report or letter truly arrived on another day; the clock counts from it (R-061)."""

    code = "set_plan_receipt"
    tells = facts.PlanReceiptSet
    received_on: date
    why: Reason

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        if self.received_on == plan.received_on:
            raise RuleBroken("That is the day of receipt already held.")
        if self.received_on > self.on:
            raise RuleBroken("The report or letter cannot have arrived after the day you tell of it.")
        published = plan.published_on
        if published is not None and not timedelta(days=-90) <= self.received_on - published <= timedelta(days=30):
            raise RuleBroken(
                f"Look at the day again: it was published on {in_words(published)}, and receipt lies at most 90 days "
                "before that or 30 after."
            )
        return partial(
            facts.PlanReceiptSet,
            true_on=self.on,
            was=plan.received_on,
            now=self.received_on,
            why=act.words("why"),
        )


@dataclass(frozen=True, kw_only=True)
class StateDueDate(WholePlanCommand):
    """Enter the due date that a JTAI letter states (R-062). A change of it needs a reason."""

    code = "state_plan_due"
    tells = facts.PlanDueDateStated
    policies = (a_letter_states_when_it_is_due,)
    due_on: date
    why: Reason | None = None

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        why = act.words_if_any("why")
        if self.due_on == plan.stated_due:
            raise RuleBroken("That is the due date already held.")
        if plan.stated_due is not None and why is None:
            raise RuleBroken("Give the reason: it stands beside the due date that was held before.")
        within_reach(self.due_on, plan.first_day)
        return partial(facts.PlanDueDateStated, true_on=self.on, was=plan.stated_due, now=self.due_on, why=why)


@dataclass(frozen=True, kw_only=True)
class SendPlan(WholePlanCommand):
    """The draft or the final plan went to Ofsted, on the day; a draft is owed only where R-035 asks for one. The final
    one is told of in the authority's history too."""

    code = "send_plan"
    tells = facts.PlanSubmitted
    offered = (a_paper_is_left,)
    stage: Stage

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        refuse([not_to_be_sent(plan, self.stage)])
        return partial(facts.PlanSubmitted, true_on=self.on, stage=self.stage)

    def in_history(self) -> Kind | None:
        return Kind.ACTION_PLAN_SUBMITTED if self.stage is Stage.FINAL else None


@dataclass(frozen=True, kw_only=True)
class ReceiveReply(WholePlanCommand):
    """Ofsted's reply to the final plan came, on the day; `reflects` is None where the letter does not say (R-063). It
    is told of in the authority's history too."""

    code = "receive_reply_to_plan"
    tells = facts.PlanReplyReceived
    policies = (the_final_plan_was_sent, the_reply_follows_it, there_is_no_reply_yet)
    reflects: bool | None = None

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        return partial(facts.PlanReplyReceived, true_on=self.on, reflects=self.reflects)

    def in_history(self) -> Kind | None:
        return Kind.ACTION_PLAN_REPLY


@dataclass(frozen=True, kw_only=True)
class ClosePlan(WholePlanCommand):
    """Nothing more is expected of the plan."""

    code = "close_plan"
    tells = facts.PlanClosed
    policies = (no_action_is_open, no_question_waits)
    why: Reason

    def case(self, plan: PlanState, act: PlanAct) -> PlanCase:
        return PlanCase(plan, act.by.actor, self.on, replaced=act.replaced(self.on))

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        last = max((action.last.true_on for action in plan.actions.values()), default=self.on)
        if self.on < last:
            raise RuleBroken(f"An action changed on {in_words(last)}; enter that day or a later one.")
        return super().tell(plan, act)


@dataclass(frozen=True, kw_only=True)
class ReopenPlan(WholePlanCommand):
    """The plan was closed too early."""

    code = "reopen_plan"
    tells = facts.PlanReopened
    before = (the_plan_is_closed,)
    why: Reason

    def since(self, plan: PlanState) -> tuple[date, str]:
        assert plan.closed is not None
        return plan.closed.true_on, "The plan was closed"


@dataclass(frozen=True, kw_only=True)
class PublishPlan(WholePlanCommand):
    """Put the plan before the public as it stands; an approver does, who told none of what is new. `seen` is the
    version of the plan that they looked at."""

    code = "publish_plan"
    tells = facts.PlanPublished
    before = ()
    policies = (there_is_something_to_publish, another_person_told_it)
    seen: int | None = None

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        if self.seen is not None and self.seen != plan.version:
            raise RuleBroken("More was told after you looked. Look at the plan again, then publish it.")
        if plan.published is not None:
            act.must_lie(self.on, plan.published.true_on, "The plan was last published")
        return super().tell(plan, act)


@dataclass(frozen=True, kw_only=True)
class AddAction(WholePlanCommand):
    """An action that answers one or more findings, owned by an office; it gets the next number of the plan. Without
    `due_on` no day is promised yet."""

    code = "add_action"
    tells = facts.ActionAdded
    policies = (there_is_room_for_an_action,)
    offered = (there_is_a_finding,)
    findings: Sequence[UUID]
    what: WhatToDo
    owner: str
    due_on: date | None = None
    measure: Measure | None = None
    unit: str | None = None
    baseline: Figure | None = None
    target: Figure | None = None
    example: bool = False

    def tell(self, plan: PlanState, act: PlanAct) -> Draft:
        within_ten_years(self.due_on, self.on)
        measure = act.words_if_any("measure")
        return partial(
            facts.ActionAdded,
            true_on=self.on,
            action=len(plan.actions) + 1,
            findings=of_this_plan(plan, self.findings, self.on),
            what=act.words("what"),
            owner=as_office(self.owner),
            due_on=self.due_on,
            measure=measure,
            unit=measured(measure, self.unit, self.baseline, self.target),
            baseline=self.baseline,
            target=self.target,
            example=self.example or plan.example,
        )


# --- words ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EraseWords(PlanCommand):
    """Destroy the keys of these words, for `by.reason`: they read as erased from now on, at every earlier moment too.
    The log keeps that they were erased, and no trace of what they said."""

    code = "erase_words"
    tells = facts.WordsErased
    subjects: Sequence[UUID]

    def decide(self, plan: PlanState, act: PlanAct) -> Draft:
        wanted = words_to_erase(self.subjects, plan.subjects, plan.erased, of="plan")
        act.must_lie(self.on, plan.first_day, "The plan was opened")
        give_a_reason_for_erasing(act.by)
        return partial(facts.WordsErased, true_on=self.on, subjects=wanted)


PLAN_COMMANDS: tuple[type[WholePlanCommand], ...] = (
    AddAction,
    SendPlan,
    ReceiveReply,
    SetReceipt,
    CorrectOpening,
    StateDueDate,
    TakeFindings,
    ClosePlan,
    ReopenPlan,
    PublishPlan,
)
