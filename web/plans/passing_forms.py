"""The form by which open actions of a plan whose report was replaced go on in the plan of a newer report."""

from __future__ import annotations

from uuid import UUID

from wtforms import SelectField
from wtforms.validators import InputRequired

from domain.plans.carrying_over import CarryOver
from projections.plans.answers import PlanAnswer
from web.plans.form_base import PlanForm, chosen, day_of, set_choices, several_findings, true_on
from web.plans.form_context import FormContext
from web.site.fields import DateInput, Several, day_if_any
from web.site.people_names import shown
from web.words import words


class CarryOverForm(PlanForm):
    """Choices are set from both plans; what is not chosen stays with the old one."""

    own = ("into", "actions", "findings", "due_on", "on")
    button = "Carry them over"

    into = SelectField("Into which plan?", choices=[], validate_choice=True)
    actions = Several("Which open actions go on?", validators=[InputRequired("Choose at least one action.")])
    findings = several_findings("Which findings of the newer report do they answer?")
    due_on = DateInput(
        "When are they due from now on? (optional)",
        asks="the day they are due",
        hint="Left empty, each keeps the day that was promised. Needed for an action whose day has passed",
    )
    on = true_on()

    def offer_both(self, held: FormContext, newer: tuple[PlanAnswer, ...]) -> None:
        """The open actions of the old plan; the plans of newer reports, and their findings. A form that comes again
        may name an action that went on when it was first sent."""
        set_choices(self.into, [(str(plan.head.id), _called(plan)) for plan in newer])
        still = [row for row in held.plan.actions if row.is_open or self.is_submitted()]
        still.sort(key=lambda row: row.number)
        set_choices(
            self.actions,
            [(str(row.number), f"{row.number}. {shown(row.what)} (due {words.due_day(row.due_on)})") for row in still],
        )
        set_choices(self.findings, [(str(row.finding.id), row.finding.text) for one in newer for row in one.findings])

    def record(self, plan: UUID) -> CarryOver:
        return CarryOver(
            plan,
            into=UUID(self.into.data),
            actions=[int(number) for number in self.actions.data or ()],
            findings=chosen(self.findings),
            due_on=day_if_any(self.due_on),
            on=day_of(self.on),
        )


def _called(plan: PlanAnswer) -> str:
    head = plan.head
    published = f", on the report of {words.day(head.published_on)}" if head.published_on else ""
    return f"The plan opened on {words.day(head.opened_on)}{published}"
