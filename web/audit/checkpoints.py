"""What anybody may check: checkpoints of the history, proofs between them, and its verification."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from flask import Blueprint, Response, redirect, render_template, request, stream_with_context, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from domain.audit import UNVOUCHED, CheckOutcome, CheckStep, Signed, must_be_checkpoints
from domain.register.register import name_of
from domain.values.errors import NotFound, RuleBroken
from domain.values.roles import Listed
from projections.audit.trail import whose
from web.audit import verification as verifying
from web.formats.downloads import as_text
from web.site import access
from web.site.fields import plain_text
from web.site.form_base import SmallForm
from web.site.htmx import page_or_part
from web.store.settings import CHECKOUT
from web.store.store import current_store
from web.store.verifications import Verification
from web.words import words

bp = Blueprint("ledger_pages", __name__)

SHOWN = 20
"""Checkpoints on the page; the feed has as many."""

FAULTS_SHOWN = 50
"""Faults of a verification on the page."""

FEED = UUID("3b8f7b52-0b3d-5c53-9d0a-9a4c8a3f6d17")

CHECKER = CHECKOUT / "docs" / "verify_export.py"
"""The program that checks an export or a receipt without this product."""

STEPS = {
    CheckStep.EVENTS: "Every event is the one that was kept, and none is missing",
    CheckStep.TREE: "The tree over the events is whole",
    CheckStep.CHECKPOINTS: "The history begins with what every kept checkpoint covers",
    CheckStep.SIGNATURES: "Checkpoints are signed by the key that is trusted",
    CheckStep.VERSIONS: "No stream of events has a gap",
    CheckStep.READ_MODELS: "What pages show is what the events come to",
    CheckStep.RECEIPTS: "Receipts that were kept fit",
}
OUTCOMES = {
    CheckOutcome.OK: "Right",
    CheckOutcome.WANTING: "Found wanting",
    CheckOutcome.UNCHECKED: "Could not be checked",
    CheckOutcome.NOTHING: "Nothing was there to compare",
    CheckOutcome.NOT_ASKED: "Left out",
}
VERDICTS = {
    0: "No. All entries are as they were written",
    1: "Yes: found wanting. Entries, or what pages show, were altered or damaged",
    2: "Not known: not everything could be checked",
}
"""By exit code; nothing but 0 is good news, and that only where something kept outside vouches for the history."""


PIECE = 1 << 16
"""Bytes of an export sent at once."""


class SealForm(SmallForm):
    """Nothing to fill in."""


class VerifyForm(SmallForm):
    own = ("kept", "anew")

    kept = TextAreaField(
        "A checkpoint you kept (optional)",
        description="The whole note, as it was printed in a report or shown on the page of checkpoints",
        validators=[Length(max=20_000, message="Enter at most 20,000 characters."), plain_text],
    )
    anew = BooleanField("Tell every event again for the pages, not only those since the last time")


@bp.get("/checkpoints")
def checkpoints() -> str:
    """The newest checkpoints, the key that signed them, and who else vouches for the history."""
    store = current_store()
    remembered = store.audit.remembered()
    return render_template(
        "audit/checkpoints/checkpoints.html",
        shown=[(one, _time(one)) for one in store.audit.signed(SHOWN)],
        number=store.audit.times_signed(),
        form=SealForm() if access.may("OVERSEES") else None,
        signs_here=signs_here(),
        often=how_often(store.audit.signed(SHOWN)),
        key=_key(),
        head=store.audit.head(),
        remembered=[(one, _time(one)) for one in remembered[:1]],
        times_remembered=len(remembered),
        witnesses=[words.moment(at) for at in store.verifications.witnesses()],
    )


def how_often(newest: Sequence[Signed]) -> str:
    """How far apart the newest seals were made, the middle one; blank of fewer than three."""
    times = [_when(one) for one in newest if one.time]
    apart = sorted(later - earlier for later, earlier in pairwise(times))
    if len(apart) < 2:
        return ""
    minutes = round(apart[len(apart) // 2].total_seconds() / 60)
    if minutes < 90:
        return words.count(max(minutes, 1), "minute")
    return words.count(round(minutes / 60), "hour") if minutes < 48 * 60 else words.count(minutes // 1440, "day")


def signs_here() -> bool:
    """Whether this process may sign: not where the signer has an account of its own, whose folder it only reads."""
    return bool(_key()) and os.access(current_store().settings.signing_folder, os.W_OK)


@bp.post("/checkpoints/now")
def seal() -> AnyResponse:
    """Sign the record as it is now. Raises RuleBroken where the signer is somebody else, or no key is there yet."""
    if not SealForm().validate_on_submit():
        raise RuleBroken("Open the page of seals again, and sign from there.")
    if not signs_here():
        raise RuleBroken(
            "This service does not sign by itself: whoever runs it does, with the command ledger checkpoint, which "
            "also makes the key with the first seal."
        )
    _once_in_a_while("seals")
    current_store().audit.sign(at=datetime.now(UTC))
    return redirect(url_for(".checkpoints", _anchor="seals"), 303)


@bp.get("/record/export.ndjson")
def export() -> Response:
    """Every entry as it is stored, the seals and the public keys, for the checker: what `ledger export` writes."""
    _once_in_a_while("exports")
    at = datetime.now(UTC)
    folder = mkdtemp(prefix="timeline-export-")
    try:
        file = Path(folder) / "record.ndjson"
        current_store().audit.export(file, at=at)
        opened = file.open("rb")
    finally:
        rmtree(folder)
    response = Response(stream_with_context(_pieces(opened)), mimetype="application/x-ndjson")
    response.headers["Content-Disposition"] = f"attachment; filename=record-{at:%Y-%m-%d}.ndjson"
    return response


def _pieces(opened: BinaryIO) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(PIECE):
            yield piece


def _once_in_a_while(what: str) -> Listed:
    """Who asks for heavy work; raises where that was asked for too often."""
    listed = access.present().listed
    assert listed is not None
    access.must_wait(current_store().attempts.wait_for_heavy_work(listed.person, what))
    return listed


@bp.get("/checkpoints/<int:size>")
def checkpoint(size: int) -> Response:
    """The newest checkpoint of that many entries, as a signed note."""
    response = Response(current_store().audit.signed_at(size).text, mimetype="text/plain")
    response.headers["Content-Disposition"] = f"attachment; filename=checkpoint-{size}.txt"
    return response


@bp.get("/checkpoints/key")
def key() -> Response:
    """The public key that signs now."""
    return Response(current_store().audit.public_key() + "\n", mimetype="text/plain")


@bp.get("/checkpoints/consistency")
def consistency() -> Response:
    """The proof that the first `old` entries are the beginning of the first `new`."""
    document = current_store().audit.consistency(_size("old"), _size("new"))
    return Response(as_text(document) + "\n", mimetype="application/json")


@bp.get("/checkpoints.atom")
def feed() -> Response:
    """An entry for each of the newest checkpoints."""
    from feedgen.feed import FeedGenerator

    signed = current_store().audit.signed(SHOWN)
    made = FeedGenerator()
    made.id(f"urn:uuid:{uuid5(FEED, current_store().audit.origin())}")
    made.title("Checkpoints of the inspection timeline")
    made.author({"name": "The signer of this history"})
    made.link(href=url_for(".feed", _external=True), rel="self", type="application/atom+xml")
    made.link(href=url_for(".checkpoints", _external=True), rel="alternate", type="text/html")
    made.updated(_when(signed[0]) if signed else datetime(2026, 1, 1, tzinfo=UTC))
    for one in signed:
        entry = made.add_entry(order="append")
        entry.id(f"urn:uuid:{uuid5(FEED, one.text)}")
        entry.title(f"{words.count(one.size, 'entry', 'entries')}, root {one.root}")
        entry.link(href=url_for(".checkpoint", size=one.size, _external=True))
        entry.updated(_when(one))
        entry.content(one.text, type="text")
    return Response(made.atom_str(pretty=True), mimetype="application/atom+xml")


@bp.route("/verify", methods=["GET", "POST"])
def verification() -> AnyResponse:
    """How the last verification came out and how far one has come; POST starts one, unless it is running already."""
    form = VerifyForm()
    if not form.is_submitted():
        return _page(form)
    try:
        if not form.validate():
            raise RuleBroken("The checkpoint could not be read. Enter the whole note, as it was printed.")
        kept = _kept(form.kept.data or "")
    except RuleBroken as refusal:
        form.refuse(str(refusal))
        refused = _page(form)
        refused.status_code = 422
        return refused
    listed = _once_in_a_while("verifications")
    verifying.start(current_store(), listed.person, kept, anew=bool(form.anew.data))
    return redirect(url_for(".verification"), 303)


@bp.get("/verify/verify_export.py")
def checker() -> Response:
    """The checker, for whoever wants to run it on a machine of their own."""
    response = Response(CHECKER.read_bytes(), mimetype="text/x-python")
    response.headers["Content-Disposition"] = f"attachment; filename={CHECKER.name}"
    return response


def _page(form: VerifyForm) -> Response:
    store = current_store()
    running, last = store.verifications.running(), store.verifications.last()
    return page_or_part(
        "audit/checkpoints/verify.html",
        "audit/checkpoints/_verification.html",
        form=form,
        running=running,
        since=words.moment(running.started_at) if running else "",
        last=last,
        result=_result(last) if last else None,
        witnesses=[words.moment(at) for at in store.verifications.witnesses()],
    )


def _result(last: Verification) -> dict[str, Any]:
    """A verification in words. Whatever was not finished, or not reported, could not be checked."""
    report = dict(last.report or {"could_not_check": "It was stopped before its end. Start it again."})
    checks = report.get("checks", {})
    steps = [
        (label, OUTCOMES[CheckOutcome(checks.get(step.value, CheckOutcome.UNCHECKED.value))])
        for step, label in STEPS.items()
    ]
    code = last.exit_code if last.exit_code is not None and checks else 2
    return {
        "code": code,
        "verdict": VERDICTS[code] if code or report.get("vouched_for") else UNVOUCHED,
        "when": words.moment(last.finished_at or last.started_at),
        "steps": steps,
        "size": report.get("size"),
        "vouched_for": report.get("vouched_for", 0),
        "root": report.get("root"),
        "faults": _located(report.get("faults", [])[:FAULTS_SHOWN]),
        "more": max(len(report.get("faults", [])) - FAULTS_SHOWN, 0),
        "remarks": [*report.get("remarks", []), *filter(None, [report.get("could_not_check")])],
    }


def _located(faults: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Faults with the address of their entry and the authority it is about, where they can be told."""
    known = whose(current_store().reader, [fault["seq"] for fault in faults if fault["seq"]])
    return [
        {
            **fault,
            "address": url_for("audit.event", seq=fault["seq"]) if fault["seq"] in known else "",
            "authority": name_of(urn) if (urn := known.get(fault["seq"])) else "",
        }
        for fault in faults
    ]


def _kept(text: str) -> str:
    """Checkpoints as they were typed or pasted. Raises RuleBroken where they are none."""
    if not text.strip():
        return ""
    plain = text.replace("\r\n", "\n").strip("\n") + "\n"
    must_be_checkpoints(plain)
    return plain


def _key() -> str:
    try:
        return current_store().audit.public_key()
    except NotFound:
        return ""


def _size(name: str) -> int:
    text = request.args.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise RuleBroken("Give both sizes in whole numbers, for example /checkpoints/consistency?old=100&new=250.")
    return int(text)


def _when(one: Signed) -> datetime:
    try:
        return datetime.fromisoformat(one.time)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


def _time(one: Signed) -> str:
    return words.moment(_when(one)) if one.time else "at a time not stated"
