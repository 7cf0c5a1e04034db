"""That an authority ends and who follows it: forms for administrators (R-072 to R-074)."""

from __future__ import annotations

from wtforms.validators import InputRequired

from domain.application import Application
from domain.authorities.handler import Done
from domain.facts import Told
from web.authorities.recording_forms import RecordForm
from web.site import reader
from web.site.fields import DateInput, OnePerLine, choice, day_of, plain_text, text

ONLY_AN_ORDER = "Only an order, or a minister’s statement, makes an end known. A plan or a consultation does not."


class EndAnnouncedForm(RecordForm):
    heading = "that it ends"
    note = ONLY_AN_ORDER
    own = ("ends_on", "successors", "announced_on", "order")

    ends_on = DateInput(
        "Vesting day",
        asks="the vesting day",
        required=True,
        hint="The first day on which it no longer exists and those that follow do. For example: 1 4 2028",
    )
    successors = OnePerLine(
        "Who follows it?",
        description="One on each line: the name, or Ofsted’s number where it has one. A name that is not known here "
        "begins as a new authority",
        validators=[InputRequired("Enter who follows it."), plain_text],
    )
    announced_on = DateInput(
        "When was that announced?",
        asks="the day of the order or the statement",
        required=True,
        hint="The day of the order, or of the minister’s statement: from then on it is known",
    )
    order = text("Title of the order (optional)", hint="For example: Surrey (Structural Changes) Order 2026")

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.successions.announce(
            urn,
            ends_on=day_of(self.ends_on),
            successors=[reader.key_if_known(name) for name in self.successors.lines],
            announced_on=day_of(self.announced_on),
            order=self.order.data or None,
            by=by,
        )


class EndCorrectedForm(RecordForm):
    heading = "that its vesting day was wrong here"
    own = ("ends_on", "reason")

    ends_on = DateInput("What is the vesting day?", asks="the vesting day", required=True)
    reason = text("Why was it wrong?", hint="It stands beside the day held before", asks="the reason")

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.successions.correct(urn, ends_on=day_of(self.ends_on), by=by)


class EndCancelledForm(RecordForm):
    heading = "that it does not end after all"
    own = ("cancelled_on",)

    cancelled_on = DateInput(
        "When was that announced?",
        asks="the day on which it was taken back",
        required=True,
        hint="From that day on nothing is said of an end, and those that were to follow it alone never begin",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.successions.cancel(urn, cancelled_on=day_of(self.cancelled_on), by=by)


class EndedForm(RecordForm):
    heading = "that it has ended"
    note = "From its vesting day on, once it has come. Nothing takes this back."
    own = ()

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.successions.carry_out(urn, by=by)


class NumberGivenForm(RecordForm):
    heading = "that it was given a number"
    note = "For an authority that began without one. Its address here stays."
    own = ("scheme", "now", "given_on")

    scheme = choice(
        "Which number?",
        [
            ("urn", "Ofsted’s number"),
            ("la_number", "The three-digit number of the local authority"),
            ("gss_code", "The GSS code"),
        ],
        asks="which number was given",
    )
    now = text("What is it?", hint="For example: 2637539", asks="the number", longest=9)
    given_on = DateInput("From which day on?", asks="the day", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.successions.give_code(
            urn, scheme=self.scheme.data, now=self.now.data or "", given_on=day_of(self.given_on), by=by
        )
