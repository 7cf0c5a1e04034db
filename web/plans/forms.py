"""Forms about a plan as a whole: opening it, its clock, its papers, its end, and the actions it takes on."""

from __future__ import annotations

from uuid import UUID

from wtforms import SelectField

from domain.plans.commands import (
    AddAction,
    ClosePlan,
    CorrectOpening,
    OpenPlan,
    ReceiveReply,
    ReopenPlan,
    SendPlan,
    SetReceipt,
    StateDueDate,
    TakeFindings,
)
from domain.plans.question_commands import AnswerQuestion, AskQuestion, WithdrawQuestion
from domain.values.plans import Stage
from web.plans.form_base import (
    PlanForm,
    PlanQuestionForm,
    WholePlanForm,
    as_figure,
    chosen,
    day_of,
    figure,
    office,
    reason,
    reason_if_any,
    set_choices,
    several_findings,
    true_on,
    words_if_any,
    words_in,
)
from web.plans.form_context import FormContext
from web.site.fields import DateInput, choice, day_if_any, long_text, text
from web.words import dates
from web.words import plans as plan_words


class OpenPlanForm(PlanForm):
    """`activity` is the report or letter; its choices are set for the authority."""

    own = ("activity", "on")
    button = "Open the plan"

    activity = SelectField("On which report or letter?", choices=[], validate_choice=True)
    on = true_on("When did work on the plan begin?")

    def offer_entries(self, entries: list[tuple[UUID, str]]) -> None:
        """The reports and letters that oblige to a plan and have none."""
        set_choices(self.activity, [(str(name), called) for name, called in entries])

    def record(self, urn: str) -> OpenPlan:
        return OpenPlan(urn, UUID(self.activity.data), on=day_of(self.on))


class TakeFindingsForm(WholePlanForm):
    own = ("on",)
    button = "Take them over"

    on = true_on()

    def record(self, plan: UUID) -> TakeFindings:
        return TakeFindings(plan, on=day_of(self.on))


class OpeningForm(WholePlanForm):
    own = ("on", "why")

    on = true_on("When did work on the plan begin?")
    why = reason("why another day was held")

    def record(self, plan: UUID) -> CorrectOpening:
        return CorrectOpening(plan, why=words_in(self.why), on=day_of(self.on))


class ReceiptForm(WholePlanForm):
    own = ("received_on", "why", "on")

    received_on = DateInput("When did the report or letter truly arrive?", asks="the day it arrived", required=True)
    why = reason("why another day was held")
    on = true_on("When was that found out?")

    def record(self, plan: UUID) -> SetReceipt:
        return SetReceipt(plan, received_on=day_of(self.received_on), why=words_in(self.why), on=day_of(self.on))


class StatedDueForm(WholePlanForm):
    own = ("due_on", "why", "on")

    due_on = DateInput(
        "When is the plan due, as the letter says?", asks="the due date the letter states", required=True
    )
    why = reason_if_any()
    on = true_on()

    def record(self, plan: UUID) -> StateDueDate:
        return StateDueDate(plan, due_on=day_of(self.due_on), why=words_if_any(self.why), on=day_of(self.on))


class SentForm(WholePlanForm):
    own = ("stage", "submitted_on")

    stage = choice("What went to Ofsted?", [(one.value, plan_words.STAGES[one]) for one in Stage], asks="which paper")
    submitted_on = DateInput("When was it sent?", asks="the day it was sent", required=True)

    def start(self, held: FormContext) -> None:
        super().start(held)
        self.narrow(held)

    def narrow(self, held: FormContext) -> None:
        offered = [one for one in Stage if one in held.stages or one.value == self.stage.data]
        if held.stages:
            set_choices(self.stage, [(one.value, plan_words.STAGES[one]) for one in offered])

    def record(self, plan: UUID) -> SendPlan:
        return SendPlan(plan, stage=Stage(self.stage.data), on=day_of(self.submitted_on))


REFLECTS = {"yes": True, "no": False, "unsaid": None}


class ReplyForm(WholePlanForm):
    own = ("received_on", "reflects")

    received_on = DateInput("When did Ofsted’s reply arrive?", asks="the day the reply arrived", required=True)
    reflects = choice(
        "Does it say that the plan reflects the findings?",
        [("yes", "Yes"), ("no", "No, it does not reflect them"), ("unsaid", "It does not say")],
        asks="what the reply says",
    )

    def record(self, plan: UUID) -> ReceiveReply:
        return ReceiveReply(plan, reflects=REFLECTS[self.reflects.data], on=day_of(self.received_on))


class ClosePlanForm(WholePlanForm):
    own = ("why", "on")
    button = "Close the plan"

    why = reason("why nothing more is expected")
    on = true_on()

    def record(self, plan: UUID) -> ClosePlan:
        return ClosePlan(plan, why=words_in(self.why), on=day_of(self.on))


class ReopenPlanForm(WholePlanForm):
    own = ("why", "on")
    button = "Reopen the plan"

    why = reason("why it was closed too early")
    on = true_on()

    def record(self, plan: UUID) -> ReopenPlan:
        return ReopenPlan(plan, why=words_in(self.why), on=day_of(self.on))


class AddActionForm(WholePlanForm):
    own = ("findings", "what", "owner", "due_on", "measure", "unit", "baseline", "target", "on")
    button = "Add the action"

    findings = several_findings()
    what = text("What is to be done?", hint="In one line, as the plan has it", asks="what is to be done")
    owner = office()
    due_on = DateInput(
        "When is it due? (optional)", hint="Leave it empty while no day is agreed", asks="the day it is due"
    )
    measure = text("By what is its success measured? (optional)", hint="For example: plans rated good by audit")
    unit = text("In which unit? (optional)", hint="For example: %", longest=30)
    baseline = figure("Where does the measure stand at the start? (optional)")
    target = figure("Which figure is aimed at? (optional)")
    on = true_on("When was the action taken on?")

    def offer(self, held: FormContext) -> None:
        set_choices(self.findings, held.findings)

    def start(self, held: FormContext) -> None:
        super().start(held)
        self.findings.data = [str(held.finding.id)] if held.finding else []

    def record(self, plan: UUID) -> AddAction:
        return AddAction(
            plan,
            findings=chosen(self.findings),
            what=words_in(self.what),
            owner=words_in(self.owner),
            due_on=day_if_any(self.due_on),
            measure=words_if_any(self.measure),
            unit=words_if_any(self.unit),
            baseline=as_figure(self.baseline),
            target=as_figure(self.target),
            on=day_of(self.on),
        )


class AskForm(PlanForm):
    own = ("question",)
    button = "Ask"

    question = long_text("What do you want to know?", asks="the question")

    def record(self, plan: UUID, action: int | None, finding: UUID | None) -> AskQuestion:
        return AskQuestion(plan, question=words_in(self.question), action=action, finding=finding, on=dates.today())


class AnswerForm(PlanQuestionForm):
    own = ("answer", "on")
    button = "Answer"

    answer = long_text("What is the answer?", asks="the answer")
    on = true_on("When was it given?")

    def record(self, plan: UUID, question: UUID) -> AnswerQuestion:
        return AnswerQuestion(plan, question, answer=words_in(self.answer), on=day_of(self.on))


class WithdrawQuestionForm(PlanQuestionForm):
    own = ("why",)
    button = "Withdraw the question"

    why = reason("why it is withdrawn")

    def record(self, plan: UUID, question: UUID) -> WithdrawQuestion:
        return WithdrawQuestion(plan, question, why=words_in(self.why), on=dates.today())
