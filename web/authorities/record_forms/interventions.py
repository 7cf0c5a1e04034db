"""Forms of what the government does beside Ofsted, and of who runs the services."""

from __future__ import annotations

from domain.application import Application
from domain.authorities.handler import Done
from domain.facts import Told
from domain.values.statements import Kind
from web.authorities.recording_forms import RecordForm
from web.site.fields import DateInput, choice, day_of, text
from web.words import words


class InterventionForm(RecordForm):
    heading = "what the government did"
    own = ("kind", "on")

    kind = choice(
        "What was it?",
        [
            (kind.value, words.KINDS[kind])
            for kind in (Kind.IMPROVEMENT_NOTICE, Kind.STATUTORY_DIRECTION, Kind.COMMISSIONER)
        ],
        asks="a notice, a direction or a commissioner",
        hint="By the Department for Education. It changes nothing of what Ofsted does (R-048)",
    )
    on = DateInput("On which day?", asks="the day of it", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.interventions.intervene(urn, kind=Kind(self.kind.data), on=day_of(self.on), by=by)


class InterventionLiftedForm(RecordForm):
    heading = "that an intervention was lifted"
    own = ("on",)

    on = DateInput("On which day was it lifted?", asks="the day on which it was lifted", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.interventions.intervene(urn, kind=Kind.INTERVENTION_LIFTED, on=day_of(self.on), by=by)


class TrustStartedForm(RecordForm):
    heading = "that a children’s trust began"
    own = ("name", "started_on")

    name = text("What is the trust called?", asks="the name of the trust")
    started_on = DateInput(
        "First day on which it ran services",
        asks="the first day of the trust",
        required=True,
        hint="The council stays the one that is inspected (R-071). For example, 1 4 2023",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.interventions.start_trust(urn, name=self.name.data or "", started_on=day_of(self.started_on), by=by)


class TrustEndedForm(RecordForm):
    heading = "that a children’s trust ended"
    own = ("ended_on",)

    ended_on = DateInput("Last day on which it ran services", asks="the last day of the trust", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.interventions.end_trust(urn, ended_on=day_of(self.ended_on), by=by)
