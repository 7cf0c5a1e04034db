"""The commands about plans that have a form, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.plans import action_commands, carrying_over, commands, question_commands
from domain.plans.base import PlanCommand
from web.plans import action_forms, label_forms, passing_forms
from web.plans import forms as plan_forms
from web.plans.form_base import ActionForm, PlanForm, PlanQuestionForm, WholePlanForm

Form = TypeVar("Form", bound=PlanForm)

Sent = type[PlanCommand] | type[commands.OpenPlan] | type[commands.ChooseLabels]


@dataclass(frozen=True)
class PlanCommandForm(Generic[Form]):
    """One kind of command: its form, and what it is called. `rule` is who may send it, by the name of the rule in
    `web.site.access`; `done` is said afterwards."""

    form: type[Form]
    sends: Sent
    label: str
    done: str
    rule: str = "RECORDS"
    hint: str = ""

    def new(self) -> Form:
        """An empty form, or what was sent."""
        return self.form()

    @property
    def code(self) -> str:
        return self.sends.code


OPEN = PlanCommandForm(plan_forms.OpenPlanForm, commands.OpenPlan, "Open a plan", "The plan is open.")

PLAN_FORMS: Mapping[str, PlanCommandForm[WholePlanForm]] = {
    "action": PlanCommandForm(plan_forms.AddActionForm, commands.AddAction, "Add an action", "The action was added."),
    "sent": PlanCommandForm(
        plan_forms.SentForm, commands.SendPlan, "Record what was sent to Ofsted", "Recorded: sent to Ofsted."
    ),
    "reply": PlanCommandForm(
        plan_forms.ReplyForm, commands.ReceiveReply, "Record Ofsted’s reply", "Recorded: Ofsted’s reply."
    ),
    "opening": PlanCommandForm(
        plan_forms.OpeningForm,
        commands.CorrectOpening,
        "Correct the day of opening",
        "The day of opening was corrected.",
        hint="Nothing of a plan can be told of a day before it was opened.",
    ),
    "receipt": PlanCommandForm(
        plan_forms.ReceiptForm,
        commands.SetReceipt,
        "Correct the day of receipt",
        "The day of receipt was corrected; the plan’s days are counted from it.",
        hint="The plan’s days are counted from the day on which the report or letter arrived.",
    ),
    "due-date": PlanCommandForm(
        plan_forms.StatedDueForm, commands.StateDueDate, "Enter the due date of the letter", "The due date was entered."
    ),
    "findings": PlanCommandForm(
        plan_forms.TakeFindingsForm,
        commands.TakeFindings,
        "Take over new findings",
        "The new findings are part of the plan.",
        hint="The entry of the report or letter has findings that the plan does not have yet. All of them are taken.",
    ),
    "close": PlanCommandForm(plan_forms.ClosePlanForm, commands.ClosePlan, "Close the plan", "The plan is closed."),
    "reopen": PlanCommandForm(
        plan_forms.ReopenPlanForm, commands.ReopenPlan, "Reopen the plan", "The plan is open again."
    ),
}
"""By the last part of the address."""

ACTION_FORMS: Mapping[str, PlanCommandForm[ActionForm]] = {
    "accept": PlanCommandForm(
        action_forms.AcceptForm,
        action_commands.AcceptCompletion,
        "Accept that it is complete",
        "Accepted: the action is complete and evidenced.",
        "APPROVES",
        "Look at the evidence first. You say that it shows the action to be done.",
    ),
    "refuse": PlanCommandForm(
        action_forms.RefuseForm,
        action_commands.RefuseCompletion,
        "Do not accept that it is complete",
        "Not accepted: the action is in progress again.",
        "APPROVES",
    ),
    "progress": PlanCommandForm(
        action_forms.ProgressForm, action_commands.ReportProgress, "Report progress", "The progress was recorded."
    ),
    "evidence": PlanCommandForm(
        action_forms.EvidenceForm,
        action_commands.OfferEvidence,
        "Offer evidence",
        "The evidence was recorded.",
        hint="Complete counts once a second person has accepted the evidence.",
    ),
    "due-date": PlanCommandForm(
        action_forms.DueDateForm,
        action_commands.MoveDueDate,
        "Move the due date",
        "The due date was moved; the old day and the reason stay.",
    ),
    "impact": PlanCommandForm(
        action_forms.ImpactForm, action_commands.RateImpact, "Rate the impact", "The impact was rated."
    ),
    "measure": PlanCommandForm(
        action_forms.MeasureForm, action_commands.SetMeasure, "Set the success measure", "The measure was set."
    ),
    "owner": PlanCommandForm(
        action_forms.OwnerForm, action_commands.ChangeOwner, "Change the owner", "The owner was changed."
    ),
    "findings": PlanCommandForm(
        action_forms.FindingsForm,
        action_commands.ChangeFindings,
        "Change which findings it answers",
        "The findings were changed.",
    ),
    "close": PlanCommandForm(
        action_forms.CloseForm, action_commands.CloseAction, "Close the action", "The action is closed."
    ),
    "withdraw": PlanCommandForm(
        action_forms.WithdrawActionForm,
        action_commands.WithdrawAction,
        "Withdraw the action",
        "The action was withdrawn; it stays visible with the reason.",
    ),
    "not-required": PlanCommandForm(
        action_forms.NotRequiredForm,
        action_commands.FindUnneeded,
        "Say that no action is required",
        "Recorded: no action is required.",
    ),
    "reopen": PlanCommandForm(
        action_forms.ReopenForm, action_commands.ReopenAction, "Reopen the action", "The action is in progress again."
    ),
}
"""By the last part of the address, in the order of the links on a page: first what waits for a second person."""

CARRY_OVER = PlanCommandForm(
    passing_forms.CarryOverForm,
    carrying_over.CarryOver,
    "Carry actions over to the newer plan",
    "The actions go on in this plan. What they were stays with the earlier one.",
    hint="The report of this plan was replaced. The actions you choose go on in the plan of the newer report; their "
    "story, evidence and promised days stay here, and each leads to the other.",
)

ASK = PlanCommandForm(
    plan_forms.AskForm,
    question_commands.AskQuestion,
    "Ask a question",
    "Your question was recorded. It stays on the plan until it is answered or withdrawn.",
    "ASKS",
)

QUESTION_FORMS: Mapping[str, PlanCommandForm[PlanQuestionForm]] = {
    "answer": PlanCommandForm(
        plan_forms.AnswerForm, question_commands.AnswerQuestion, "Answer the question", "The answer was recorded."
    ),
    "withdraw": PlanCommandForm(
        plan_forms.WithdrawQuestionForm,
        question_commands.WithdrawQuestion,
        "Withdraw the question",
        "The question was withdrawn; it stays visible with the reason.",
        "READS",
    ),
}
"""By the last part of the address. Who may withdraw a question, `web.plans.form_context` says: who asked it, or an
approver."""

LABELS = PlanCommandForm(
    label_forms.ConventionsForm,
    commands.ChooseLabels,
    "Choose labels and colours",
    "The labels were chosen.",
    hint="What this authority calls how far its actions are. A colour is always shown with its label.",
)

ERASE = PlanCommandForm(
    label_forms.ErasePlanWordsForm, commands.EraseWords, "Erase words", "The words were erased.", "ADMINISTERS"
)
