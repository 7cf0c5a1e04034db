"""Forms of what reports and letters ask for, and of the days on which they arrived or were answered."""

from __future__ import annotations

from domain.application import Application
from domain.authorities.handler import Done
from domain.facts import Told
from web.authorities.recording_forms import AboutAnEntry
from web.site.fields import LINE_LENGTH, DateInput, choice, day_of, text


class ReportReceivedForm(AboutAnEntry):
    heading = "the arrival of a report"
    own = ("activity", "received_on", "reason")

    received_on = DateInput(
        "Final report received",
        asks="the day the report arrived",
        required=True,
        hint="Day 0 of the action plan’s 70 working days (R-061). For example, 27 3 2026",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.receive_report(urn, self.activity_id(), received_on=day_of(self.received_on), by=by)


class FindingForm(AboutAnEntry):
    heading = "what a report or letter asks for"
    own = ("activity", "weight", "finding")
    reason = None
    """It adds to what is held, and changes nothing of it."""

    weight = choice(
        "What does it call it?",
        [("improvement", "An area for improvement"), ("priority", "An area for priority action")],
        asks="what the report or letter calls it",
    )
    finding = text(
        "What does it say?",
        hint="In the words of the report or letter",
        longest=LINE_LENGTH,
        asks="what the report or letter says",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.record_finding(
            urn, self.activity_id(), text=self.finding.data or "", priority=self.weight.data == "priority", by=by
        )


class PriorityActionResolvedForm(AboutAnEntry):
    heading = "that a priority action was dealt with"
    own = ("activity", "resolved_on", "reason")

    resolved_on = DateInput(
        "On which day was that said?",
        asks="the day on which that was said",
        required=True,
        hint="The day of the later letter that says so (R-092). For example, 27 3 2026",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.authorities.resolve_priority_action(
            urn, self.activity_id(), resolved_on=day_of(self.resolved_on), by=by
        )
