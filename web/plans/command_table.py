"""The work on plans: each kind with its form, its command, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.plans import action_commands
from domain.plans.action_commands import ActionCommand
from web.plans import action_forms
from web.plans import forms as plan_forms
from web.plans import label_forms as convention_forms
from web.plans.form_base import PlanForm


@dataclass(frozen=True)
class Work:
    """One kind of work. `rule` is who may do it, by the name of the rule in `web.site.access`; `done` is said
    afterwards."""

    form: type[PlanForm]
    sends: str | type[ActionCommand]
    label: str
    done: str
    rule: str = "RECORDS"
    hint: str = ""

    def new(self) -> Any:
        """An empty form, or what was sent."""
        return self.form()

    @property
    def command(self) -> str:
        return self.sends if isinstance(self.sends, str) else self.sends.code

    @property
    def makes_an_action(self) -> bool:
        return self.command == "add_action"


OPEN = Work(plan_forms.OpenPlanForm, "open_plan", "Open a plan", "The plan is open.")

PLAN_WORK: Mapping[str, Work] = {
    "action": Work(plan_forms.AddActionForm, "add_action", "Add an action", "The action was added."),
    "sent": Work(plan_forms.SentForm, "send_plan", "Record what was sent to Ofsted", "Recorded: sent to Ofsted."),
    "reply": Work(plan_forms.ReplyForm, "receive_reply_to_plan", "Record Ofsted’s reply", "Recorded: Ofsted’s reply."),
    "receipt": Work(
        plan_forms.ReceiptForm,
        "set_plan_receipt",
        "Correct the day of receipt",
        "The day of receipt was corrected; the plan’s days are counted from it.",
        hint="The plan’s days are counted from the day on which the report or letter arrived.",
    ),
    "due-date": Work(
        plan_forms.StatedDueForm, "state_plan_due", "Enter the due date of the letter", "The due date was entered."
    ),
    "findings": Work(
        plan_forms.TakeFindingsForm,
        "take_findings",
        "Take over new findings",
        "The new findings are part of the plan.",
        hint="The entry of the report or letter has findings that the plan does not have yet. All of them are taken.",
    ),
    "close": Work(plan_forms.ClosePlanForm, "close_plan", "Close the plan", "The plan is closed."),
    "reopen": Work(plan_forms.ReopenPlanForm, "reopen_plan", "Reopen the plan", "The plan is open again."),
}
"""By the last part of the address."""

ACTION_WORK: Mapping[str, Work] = {
    "accept": Work(
        action_forms.AcceptForm,
        action_commands.AcceptCompletion,
        "Accept that it is complete",
        "Accepted: the action is complete and evidenced.",
        "APPROVES",
        "Look at the evidence first. You say that it shows the action to be done.",
    ),
    "refuse": Work(
        action_forms.RefuseForm,
        action_commands.RefuseCompletion,
        "Do not accept that it is complete",
        "Not accepted: the action is in progress again.",
        "APPROVES",
    ),
    "progress": Work(
        action_forms.ProgressForm, action_commands.ReportProgress, "Report progress", "The progress was recorded."
    ),
    "evidence": Work(
        action_forms.EvidenceForm,
        action_commands.OfferEvidence,
        "Offer evidence",
        "The evidence was recorded.",
        hint="Complete counts once a second person has accepted the evidence.",
    ),
    "due-date": Work(
        action_forms.DueDateForm,
        action_commands.MoveDueDate,
        "Move the due date",
        "The due date was moved; the old day and the reason stay.",
    ),
    "impact": Work(action_forms.ImpactForm, action_commands.RateImpact, "Rate the impact", "The impact was rated."),
    "measure": Work(
        action_forms.MeasureForm, action_commands.SetMeasure, "Set the success measure", "The measure was set."
    ),
    "owner": Work(action_forms.OwnerForm, action_commands.ChangeOwner, "Change the owner", "The owner was changed."),
    "findings": Work(
        action_forms.FindingsForm,
        action_commands.ChangeFindings,
        "Change which findings it answers",
        "The findings were changed.",
    ),
    "close": Work(action_forms.CloseForm, action_commands.CloseAction, "Close the action", "The action is closed."),
    "withdraw": Work(
        action_forms.WithdrawActionForm,
        action_commands.WithdrawAction,
        "Withdraw the action",
        "The action was withdrawn; it stays visible with the reason.",
    ),
    "not-required": Work(
        action_forms.NotRequiredForm,
        action_commands.FindUnneeded,
        "Say that no action is required",
        "Recorded: no action is required.",
    ),
    "reopen": Work(
        action_forms.ReopenForm, action_commands.ReopenAction, "Reopen the action", "The action is in progress again."
    ),
}
"""By the last part of the address, in the order of the links on a page: first what waits for a second person."""

ASK = Work(
    plan_forms.AskForm,
    "raise_challenge",
    "Ask a question",
    "Your question was recorded. It stays on the plan until it is answered or withdrawn.",
    "ASKS",
)

QUESTION_WORK: Mapping[str, Work] = {
    "answer": Work(plan_forms.AnswerForm, "answer_challenge", "Answer the question", "The answer was recorded."),
    "withdraw": Work(
        plan_forms.WithdrawQuestionForm,
        "withdraw_challenge",
        "Withdraw the question",
        "The question was withdrawn; it stays visible with the reason.",
        "READS",
    ),
}
"""By the last part of the address. Who may withdraw a question, `web.plans.form_context` says: who asked it, or an
approver."""

LABELS = Work(
    convention_forms.ConventionsForm,
    "choose_conventions",
    "Choose labels and colours",
    "The labels were chosen.",
    hint="What this authority calls how far its actions are. A colour is always shown with its label.",
)

ERASE = Work(convention_forms.ErasePlanWordsForm, "erase_words", "Erase words", "The words were erased.", "ADMINISTERS")
