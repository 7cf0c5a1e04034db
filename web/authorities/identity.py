"""That an authority took another name, got another code, or ends: pages for administrators."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.application import Application
from domain.authorities.handler import Done
from domain.facts import Told
from web.authorities.command_table import Record
from web.authorities.recording import answered, kept
from web.authorities.recording_forms import RecordForm
from web.authorities.succession.forms import (
    EndAnnouncedForm,
    EndCancelledForm,
    EndCorrectedForm,
    EndedForm,
    NumberGivenForm,
)
from web.site import reader
from web.site.fields import DateInput, choice, day_of, text
from web.site.htmx import go_to
from web.site.receipts import tell

bp = Blueprint("identity", __name__, url_prefix="/authorities/<urn>/identity")


class RenamedForm(RecordForm):
    heading = "that it took another name"
    own = ("name", "effective_on")

    name = text("What is it called?", asks="its name", longest=120)
    effective_on = DateInput(
        "From which day on?",
        asks="the first day of the name",
        required=True,
        hint="It may lie ahead, as an order gives it. It is found by its earlier names all the same",
    )

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.identities.rename(urn, name=self.name.data or "", effective_on=day_of(self.effective_on), by=by)


class RecodedForm(RecordForm):
    heading = "that a code changed"
    own = ("scheme", "was", "now", "effective_on")

    scheme = choice(
        "Which code?",
        [("gss_code", "The GSS code"), ("la_number", "The three-digit number of the local authority")],
        asks="which code changed",
    )
    was = text("What was it?", asks="the code it had", longest=9)
    now = text("What is it now?", hint="For example: E08000038", asks="its new code", longest=9)
    effective_on = DateInput("From which day on?", asks="the first day of the code", required=True)

    def send(self, door: Application, urn: str, by: Told) -> Done:
        return door.identities.recode(
            urn,
            scheme=self.scheme.data,
            was=self.was.data or "",
            now=self.now.data or "",
            effective_on=day_of(self.effective_on),
            by=by,
        )


IDENTITY: Mapping[str, Record] = {
    "name": Record(RenamedForm, "Another name", "It is called otherwise from a day on"),
    "code": Record(RecodedForm, "Another code", "Its GSS code or its three-digit number changed"),
    "number": Record(NumberGivenForm, "A number at last", "It began without one, and Ofsted or another gave it one"),
    "ends": Record(EndAnnouncedForm, "It ends", "By an order or a minister’s statement: on which day, and who follows"),
    "ends-on": Record(EndCorrectedForm, "Another vesting day", "The day on which it ends was wrong here"),
    "ends-not": Record(EndCancelledForm, "It does not end after all", "What was announced is taken back"),
    "ended": Record(EndedForm, "It has ended", "The vesting day has come"),
}
"""By the last part of the address."""

OF_AN_END = ("ends-on", "ends-not", "ended")
"""What may be told only of an authority whose end was announced."""


@bp.get("")
def choose(urn: str) -> str | AnyResponse:
    """What an administrator may record of who an authority is."""
    known = reader.urn_of(urn)
    if known != urn:
        return redirect(url_for(".choose", urn=known), 301)
    authority = reader.authority(urn)
    offered = {kind: record for kind, record in IDENTITY.items() if authority.ends_on or kind not in OF_AN_END}
    return render_template("authorities/recording/identity.html", authority=authority, records=offered)


@bp.route("/<kind>", methods=["GET", "POST"])
def record(urn: str, kind: str) -> Response:
    """Record one change; 422 with the form when it is refused."""
    if kind not in IDENTITY or reader.urn_of(urn) != urn:
        abort(404, "There is no form of that name. Choose what to record from the authority’s page.")
    chosen = IDENTITY[kind]
    form = chosen.form()
    done = kept(form, urn) if form.is_submitted() and form.validate() else None
    if done is None:
        return answered(urn, kind, chosen, form, 422 if form.is_submitted() else 200)
    tell(chosen.recorded, done.position)
    return go_to(url_for("authorities.show", identifier=urn))
