"""What waits for an officer of files that came from places: shown authority by authority, taken in or set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.audit import saves
from domain.authorities.buckets import Bucket
from domain.values.errors import NotFound, RuleBroken
from domain.values.words import listed
from web.places.waiting import LONGEST_REASON, decide
from web.site import access, catch_up
from web.site.fields import text
from web.site.form_base import SmallForm
from web.site.people_names import recorded_by
from web.site.receipts import tell_of
from web.store.store import current_store
from web.store.waiting import SET_ASIDE, SUPERSEDED, TAKEN_IN, WAITING, DecidedMeanwhile, WaitingFile, WaitingPart
from web.words import words
from web.words.currency import title_of_place

bp = Blueprint("waiting", __name__, url_prefix="/admin/imports/waiting")

CHOICES = ((TAKEN_IN, "Take in"), (SET_ASIDE, "Set aside"), (WAITING, "Leave for later"))
OF_ROWS = ((TAKEN_IN, "Looked at: they stay out"), (WAITING, "Leave for later"))
"""The same where nothing but rows that could not be read is asked about: they cannot be taken in."""

OF_THE_WHOLE = "file"
"""Stands in the names of boxes in place of an authority's number."""

KINDS: Mapping[str, str] = {
    "corrected": "Correction",
    "disagreed": "Sources differ",
    "question": "Question",
    "standing": "No new report explains it",
    "rejected": "Not read",
    "beside": "News beside it",
    "short": "Shorter than the last",
}
BY_ITSELF: Mapping[Bucket, str] = {
    Bucket.NEW: "new",
    Bucket.FILLED: "filled in",
    Bucket.CONFIRMED: "confirmed",
    Bucket.UNCHANGED: "unchanged",
}
LAST_DECIDED = 10
MOST_NAMED = 5
"""Authorities named in one breath."""


@dataclass(frozen=True)
class WaitingPartShown:
    """One part in words; `box` names its choice in the form, `decided` says what became of it."""

    urn: str
    name: str
    box: str
    chosen: str
    reasons: Sequence[Mapping[str, str]]
    choices: Sequence[tuple[str, str]]
    waits: bool
    decided: str
    why: str


@dataclass(frozen=True)
class WaitingFileShown:
    """One file in words. `asked` names the parts of which somebody is asked; `state` is blank while it waits."""

    id: UUID
    place: str
    name: str
    looked_on: str
    went_in: str
    asked: str
    state: str
    parts: tuple[WaitingPartShown, ...]


class DecisionForm(SmallForm):
    """The choices of the parts are read by their own names, as no two files have the same."""

    own = ("reason",)

    reason = text(
        "Why it is set aside",
        hint="Kept with the decision. Not needed where everything is taken in. Do not name children, families or staff",
        longest=LONGEST_REASON,
    )

    def states(self, file: WaitingFile) -> dict[str, str]:
        """What was chosen of each part that the person was asked about. Raises RuleBroken where nothing was, or
        something that is not offered."""
        every = request.form.get("every")
        found = {one.urn: every or request.form[box(one)] for one in file.parts if box(one) in request.form}
        if unknown := set(found.values()) - {state for state, _ in CHOICES}:
            raise RuleBroken(f"Choose from the answers offered: {min(unknown)[:40]!r} is not one of them.")
        if chosen := {urn: state for urn, state in found.items() if state != WAITING}:
            return chosen
        if file.superseded or not file.undecided:
            raise DecidedMeanwhile(SUPERSEDED if file.superseded else "All of it was decided meanwhile.")
        raise RuleBroken("Choose what becomes of at least one of them.")


@bp.get("/<uuid:file>")
def show(file: UUID) -> Response:
    """What of one file waits and why, with what was decided so far."""
    return _page(current_store().waiting.one(file), DecisionForm())


@bp.post("/<uuid:file>")
def decided(file: UUID) -> Response:
    """Take parts in and set others aside. Sent twice it acts once; 409 where somebody else or a newer file came first,
    422 where it is refused."""
    store, form, status = current_store(), DecisionForm(), 422
    held = store.waiting.one(file)
    if not form.validate():
        return _page(held, form, status)
    by, reason, command = access.present().actor, form.reason.data or "", form.command_id()
    with saves() as kept:
        try:
            states = form.states(held)
            decide(store, file, states, by=by, reason=reason, command=command)
        except DecidedMeanwhile as refusal:
            form.refuse(str(refusal))
            status = 409
        except NotFound:
            raise
        except RuleBroken as refusal:
            form.refuse(str(refusal))
    if kept:
        catch_up.catch_up()
    if form.refusal:
        return _page(store.waiting.one(file), form, status)
    tell_of(_done(held, states), kept)
    return redirect(url_for(".show", file=file), 303)


@bp.app_template_global("files_waiting")
def files_waiting() -> tuple[WaitingFileShown, ...]:
    """Every file of which something waits, the newest first: for the page on which files are imported."""
    return tuple(shown(file) for file in current_store().waiting.all())


@bp.app_template_global("files_decided")
def files_decided() -> tuple[WaitingFileShown, ...]:
    """The last of which everything was decided."""
    return tuple(shown(file) for file in current_store().waiting.decided(LAST_DECIDED))


def box(part: WaitingPart) -> str:
    """The name of a part's choice in the form."""
    return f"part-{part.urn or OF_THE_WHOLE}"


def shown(file: WaitingFile, form: DecisionForm | None = None) -> WaitingFileShown:
    """A file in words, each choice of its parts as it was sent in a form."""
    went_in = file.report.get("went_in", {})
    told = [f"{went_in[bucket.value]} {label}" for bucket, label in BY_ITSELF.items() if went_in.get(bucket.value)]
    return WaitingFileShown(
        id=file.id,
        place=title_of_place(file.place),
        name=file.name,
        looked_on=words.day(date.fromisoformat(file.looked_on)),
        went_in=listed(told),
        asked=listed([in_a_sentence(part) for part in file.undecided[:MOST_NAMED]])
        + _more(len(file.undecided) - MOST_NAMED),
        state="" if file.open else "A newer file took its place" if file.superseded else "Decided",
        parts=tuple(_part(file, part, form) for part in file.parts),
    )


def in_a_sentence(part: WaitingPart) -> str:
    """The name of an authority as it is; `rows that could not be read`."""
    return part.name if part.urn else words.small(part.name)


def _more(number: int) -> str:
    return f" and {number} more" if number > 0 else ""


def _part(file: WaitingFile, part: WaitingPart, form: DecisionForm | None) -> WaitingPartShown:
    sent = request.form.get(box(part), WAITING) if form is not None and form.is_submitted() else WAITING
    return WaitingPartShown(
        urn=part.urn,
        name=part.name,
        box=box(part),
        chosen=sent,
        reasons=[{**one, "label": KINDS[one["kind"]]} for one in part.reasons],
        choices=OF_ROWS if _is_of_rows(part) else CHOICES,
        waits=file.open and part.state == WAITING,
        decided=_decided(part),
        why=part.why or "",
    )


def _is_of_rows(part: WaitingPart) -> bool:
    return all(one["kind"] == "rejected" for one in part.reasons)


def _decided(part: WaitingPart) -> str:
    """`Taken in by Improvement officer on 1 October 2026, 9.30 am`; blank where nothing was decided of it."""
    if part.state == WAITING:
        return ""
    if part.decided_by is None or part.decided_at is None:
        return "Set aside, as the same was in an earlier file"
    what = "Set aside" if part.state == SET_ASIDE else "Looked at" if _is_of_rows(part) else "Taken in"
    return f"{what} {recorded_by(part.decided_by)}, {words.moment(part.decided_at)}"


def _done(file: WaitingFile, states: Mapping[str, str]) -> str:
    """`Taken in: Haringey. Set aside: Stockton-on-Tees.`"""
    named: dict[str, list[str]] = {TAKEN_IN: [], SET_ASIDE: []}
    for urn, state in states.items():
        named[state].append(file.part(urn).name)
    told = [("Taken in", named[TAKEN_IN]), ("Set aside", named[SET_ASIDE])]
    return " ".join(
        f"{what}: {listed(names[:MOST_NAMED])}{_more(len(names) - MOST_NAMED)}." for what, names in told if names
    )


def _page(file: WaitingFile, form: DecisionForm, status: int = 200) -> Response:
    page = render_template("places/waiting/page.html", file=shown(file, form), form=form, whole=file.whole)
    return make_response(page, status)
