"""From the call to the last day on site: one form for each thing that happens on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request

from domain.application import Application
from domain.authorities.handler import Done
from domain.facts import Told
from domain.rulebook.announced.days import both_lengths, days_after_call
from domain.values.activities import Activity
from domain.values.statements import Kind, PeriodOnSite
from web.authorities.recording_forms import AboutAnEntry, RecordForm
from web.site import reader
from web.site.fields import DateInput, choice, day_if_any, day_of, text
from web.words import words
from web.words.called import CALLS

NO_CALLER = (
    "Who called is not kept, and nothing about any child: only the day, what was called, and the days on site that "
    "were named."
)


class HeardOf:
    """Of what is told before any paper is out."""

    source_title = text(
        "How do you know?",
        hint="The call itself, an e-mail, or seen at the door, with its day. For example: call of 30 November 2026",
        asks="how you know",
    )


class CallForm(HeardOf, RecordForm):
    heading = "that Ofsted has called"
    note = NO_CALLER
    own = ("announced", "notified_on", "expected_start", "expected_end")

    announced = choice("What was called?", [(code, one.label) for code, one in CALLS.items()], asks="what was called")
    notified_on = DateInput("Day of the call", asks="the day of the call", required=True)
    expected_start = DateInput(
        "First day on site, as named (optional)",
        asks="the first day on site",
        hint="Left empty, the days that follow from the call are shown (R-100)",
    )
    expected_end = DateInput("Last day on site, as named (optional)", asks="the last day on site")

    proposal = "Propose the days on site"

    def proposed(self) -> bool:
        if "propose" not in request.form:
            return False
        if self.announced.validate(self) and self.notified_on.validate(self):
            self._propose(day_of(self.notified_on))
        return True

    def _propose(self, notified_on: date) -> None:
        called, holidays = CALLS[self.announced.data], reader.holidays()
        found = days_after_call(called.kind, called.type, notified_on, holidays)
        if found is None:
            self.proposed_words = "No days follow from this call: enter those that were named."
            return
        self.expected_start.suggest(found.first)
        if called.kind is Kind.INSPECTION and called.variant is None:
            ends = " or ".join(words.day(one.last) for one in both_lengths(notified_on, holidays))
            self.expected_end.texts = ("", "", "")
            self.proposed_words = f"Proposed by {found.row.rule}: the last day is {ends}, as it is short or standard."
            return
        self.expected_end.suggest(found.last)
        self.proposed_words = f"Proposed by {found.row.rule}. Change the days if others were named, then record."
        if called.kind is Kind.FOCUSED_VISIT:
            self.proposed_words += " A focused visit takes two days of these."

    def send(self, door: Application, urn: str, by: Told) -> Done:
        called = CALLS[self.announced.data]
        return door.announcements.announce(
            urn,
            kind=called.kind,
            variant=called.variant,
            notified_on=day_of(self.notified_on),
            expected_start=day_if_any(self.expected_start),
            expected_end=day_if_any(self.expected_end),
            by=by,
        )


class CallWithdrawnForm(HeardOf, AboutAnEntry):
    heading = "that a call was withdrawn"
    note = "Ofsted took the call back, or put the inspection off before it began. The call stays on the timeline."
    own = ("activity", "withdrawn_on", "reason")

    withdrawn_on = DateInput("Day on which it was withdrawn", asks="the day on which it was withdrawn", required=True)
    reason = text("Why was it withdrawn or put off?", hint="Name nobody", asks="why it was withdrawn or put off")

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.announcements.withdraw_call(urn, self.activity_id(), withdrawn_on=day_of(self.withdrawn_on), by=by)


class FieldworkStartedForm(HeardOf, AboutAnEntry):
    heading = "that inspectors have come"
    own = ("activity", "started_on", "reason")

    started_on = DateInput("First day on site", asks="the first day on site", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.announcements.start(urn, self.activity_id(), started_on=day_of(self.started_on), by=by)


class PausedForm(HeardOf, AboutAnEntry):
    heading = "that an inspection was paused"
    note = "It was broken off and is to be resumed. Until then no report is awaited, and none is late (R-059)."
    own = ("activity", "paused_on", "reason")

    paused_on = DateInput("Last day on site before the break", asks="the last day before the break", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.announcements.pause(urn, self.activity_id(), paused_on=day_of(self.paused_on), by=by)


class ResumedForm(HeardOf, AboutAnEntry):
    heading = "that an inspection was resumed"
    own = ("activity", "resumed_on", "reason")

    resumed_on = DateInput("First day on site after the break", asks="the first day after the break", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.announcements.resume(urn, self.activity_id(), resumed_on=day_of(self.resumed_on), by=by)


class FieldworkEndedForm(HeardOf, AboutAnEntry):
    heading = "the last day on site"
    note = (
        "The working days to the report or letter are counted from it. Where it was broken off and is not to be "
        "resumed, it is the last day before the break."
    )
    own = ("activity", "ended_on", "reason")

    ended_on = DateInput("Last day on site", asks="the last day on site", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.announcements.end(urn, self.activity_id(), ended_on=day_of(self.ended_on), by=by)


PERIODS = ("first", "second", "third")


class PeriodsForm(AboutAnEntry):
    heading = "periods on site"
    note = "For an inspection that was broken off and resumed, as the front page of its report prints them (R-059)."
    own = ("activity", *(f"{one}_{end}" for one in PERIODS for end in ("from", "to")), "reason")

    def periods(self) -> tuple[PeriodOnSite, ...]:
        """Those filled in, in the order of the form."""
        found = ((day_if_any(self[f"{one}_from"]), day_if_any(self[f"{one}_to"])) for one in PERIODS)
        return tuple(PeriodOnSite(first, last) for first, last in found if first is not None and last is not None)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Each whole or empty; whether they follow each other is decided where they are recorded."""
        if not super().validate(*args, **kwargs):
            return False
        for one in PERIODS:
            ends = (self[f"{one}_from"], self[f"{one}_to"])
            empty = [end for end in ends if day_if_any(end) is None]
            if len(empty) == 1:
                empty[0].errors = [*empty[0].errors, f"Enter both ends of the {one} period, or neither."]
                return False
        return True

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.announcements.record_periods(urn, self.activity_id(), periods=self.periods(), by=by)


def _period_day(one: str, end: str) -> DateInput:
    day = "First" if end == "from" else "Last"
    required = one != "third"
    return DateInput(
        f"{day} day of the {one} period{'' if required else ' (optional)'}",
        asks=f"the {day.lower()} day of the {one} period",
        required=required,
    )


for _one in PERIODS:
    for _end in ("from", "to"):
        setattr(PeriodsForm, f"{_one}_{_end}", _period_day(_one, _end))


def was_called(activity: Activity) -> bool:
    """A call of which nothing came yet: it may still be withdrawn, and inspectors may come."""
    came = activity.start or activity.end or activity.published
    return activity.notified is not None and activity.call_withdrawn is None and came is None


def has_not_ended(activity: Activity) -> bool:
    """Inspectors came, a break in between or not, their last day is not recorded, and no report or letter is out."""
    ended = activity.end or activity.published or activity.call_withdrawn
    return activity.kind.on_site and activity.start is not None and ended is None


def may_be_paused(activity: Activity) -> bool:
    """On site without a break so far."""
    return has_not_ended(activity) and activity.paused is None


def is_paused(activity: Activity) -> bool:
    return has_not_ended(activity) and activity.paused is not None and activity.resumed is None


def may_have_periods(activity: Activity) -> bool:
    return activity.kind is Kind.INSPECTION and activity.call_withdrawn is None
