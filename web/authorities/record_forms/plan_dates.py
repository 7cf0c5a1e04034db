"""Forms of the days of an action plan as a council or a letter tells them; the plan itself has pages of its own."""

from __future__ import annotations

from domain.application import Application
from domain.authorities.handler import Done
from domain.facts import Told
from web.authorities.recording_forms import AboutAnEntry, RecordForm
from web.site.fields import DateInput, day_of, text


class PlanDueForm(RecordForm):
    heading = "when the action plan is due"
    own = ("due_on",)

    due_on = DateInput(
        "By which day is it due?",
        asks="the day the plan is due",
        required=True,
        hint="As the council or a letter states it; it stands beside the day that is worked out here (R-091)",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.set_plan_due(urn, due_on=day_of(self.due_on), by=by)


class PlanDueCorrectedForm(AboutAnEntry):
    heading = "that a stated due date was wrong"
    own = ("activity", "now", "reason")

    now = DateInput("When is the plan due?", asks="when the plan is due", required=True)
    reason = text("Why?", hint="For example: the report arrived earlier (R-061)", asks="why, in a sentence")

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.correct_plan_due(urn, self.activity_id(), now=day_of(self.now), by=by)


class PlanSubmittedForm(RecordForm):
    heading = "that the action plan was sent"
    own = ("submitted_on",)

    submitted_on = DateInput(
        "When was it sent to Ofsted and the Secretary of State?", asks="the day it was sent", required=True
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.submit_plan(urn, submitted_on=day_of(self.submitted_on), by=by)


class PlanReplyForm(RecordForm):
    heading = "Ofsted’s reply to the action plan"
    own = ("received_on",)

    received_on = DateInput(
        "When did the reply arrive?",
        asks="the day the reply arrived",
        required=True,
        hint="For an inadequate authority Ofsted says whether the plan reflects the findings (R-063)",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.receive_plan_reply(urn, received_on=day_of(self.received_on), by=by)
