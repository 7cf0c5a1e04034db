"""A report or letter of Ofsted's from an officer: sent in, looked through beside where it stands, then recorded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from domain.audit import saves
from domain.plans.allowed import can_be_planned
from domain.plans.basis import PLANNED_ON
from domain.values.errors import RuleBroken
from domain.values.words import capital
from web.authorities import document_changes
from web.authorities.document_forms import DocumentForm, form_of, place_of, without_a_place
from web.files.uploads import found, me, taken
from web.intake.layouts import is_pdf, is_workbook, other_format
from web.intake.ofsted_documents import KINDS, title_of
from web.intake.reports.reader import read_document
from web.intake.reports.reading import DocumentReading
from web.plans import form_context
from web.plans.forms import OpenPlanForm
from web.site import catch_up, reader
from web.site.form_base import NOT_OPENED_HERE, NothingToFillIn
from web.site.receipts import tell_of
from web.store.store import current_store
from web.store.uploads import Upload
from web.words import dates, timeline, words

bp = Blueprint("documents", __name__, url_prefix="/authorities/<urn>/documents")

EMPTY = "This file is empty: nothing is in it. Save the report or letter again, and choose it here."
NOT_A_PDF = "This is not a PDF, whatever its name says. Choose the report or letter as Ofsted sends or publishes it."
A_PICTURE = (
    "This is a picture, not a PDF, whatever its name says. A photo or a scan cannot be read: choose the PDF that "
    "Ofsted sends or publishes."
)
AN_OFFICE_FILE = (
    "This is a file of Word or Excel, not a PDF, whatever its name says. Choose the PDF that Ofsted sends or "
    "publishes. An administrator imports tables under “Imports”."
)
CAME_ALONG = "put-right-"
"""How the values of a form begin that are sent along with a file that had been forgotten."""


@bp.route("/new", methods=["GET", "POST"])
def new(urn: str) -> Response:
    """Send a report or letter in; nothing is kept of it before it was looked through. 422 where it cannot be read."""
    _known(urn)
    form = NothingToFillIn()
    if form.is_submitted():
        try:
            if not form.validate():
                raise RuleBroken(NOT_OPENED_HERE)
            name, content = taken(request.files.getlist("file"), most=1)[0]
            _must_be_read(name, content)
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            upload = current_store().uploads.keep(me(), [(name, content)], _of_file(name, content))
            return redirect(url_for(".show", urn=urn, upload=upload), 303)
    return _page("new.html", urn, form, 422 if form.is_submitted() else 200, put_right=_put_right(CAME_ALONG))


@bp.route("/<uuid:upload>", methods=["GET", "POST"])
def show(urn: str, upload: UUID) -> Response:
    """What was read beside where it stands, every value to correct; 422 where what was sent cannot be."""
    _known(urn)
    kept = found(upload, "document")
    if kept is None:
        return _forgotten(urn)
    if kept.done is not None:
        return redirect(url_for(".check", urn=urn, upload=upload), 303)
    read = _reading(kept)
    if read.urn is not None and read.urn != urn and "urn" not in read.uncertain:
        return _page("elsewhere.html", urn, NothingToFillIn(), 200, upload=kept, other=reader.authority(read.urn))
    stored = kept.report.get("sent")
    before = document_changes.recorded_before(urn, read)
    shown = (before.kind, before.shown) if before is not None else None
    begun = request.method == "GET" and stored is not None and not _changed_since(stored, before)
    form = form_of(read, MultiDict([tuple(pair) for pair in stored]) if begun and stored else None, shown=shown)
    if not begun and not form.is_submitted():
        form.seen.data = f"{read.sha256}:{before.mark if before is not None else ''}"
    if form.is_submitted() and form.validate():
        sent = [[name, value] for name, value in request.form.items(multi=True) if name != "csrf_token"]
        current_store().uploads.revise(upload, {**kept.report, "sent": sent})
        return redirect(url_for(".check", urn=urn, upload=upload), 303)
    return _page(
        "show.html",
        urn,
        form,
        422 if form.is_submitted() else 200,
        upload=kept,
        read=read,
        title=title_of(read, reader.register_known()),
        doubts=read.doubts,
        beside=[(field, place_of(read, field.name), without_a_place(read, field.name)) for field in form.shown()],
        first_area=form.areas[0].value if form.areas else "",
        again=before.entry.id if before is not None else _recorded_elsewhere(read),
        shows_held=before is not None and form.shown_as,
        changed=request.method == "GET" and stored is not None and not begun,
    )


@bp.route("/<uuid:upload>/check", methods=["GET", "POST"])
def check(urn: str, upload: UUID) -> Response:
    """What recording it would change and, once confirmed, did. Sent twice it acts once."""
    _known(urn)
    kept = found(upload, "document")
    if kept is None:
        return _forgotten(urn)
    if kept.done is not None:
        here = url_for(".check", urn=urn, upload=upload)
        return redirect(here, 303) if request.method == "POST" else _done(urn, kept)
    stored, confirm = kept.report.get("sent"), NothingToFillIn()
    if stored is None:
        return redirect(url_for(".show", urn=urn, upload=upload), 303)
    read = _reading(kept)
    before = document_changes.recorded_before(urn, read)
    shown = (before.kind, before.shown) if before is not None else None
    form = form_of(read, MultiDict(map(tuple, stored)), shown=shown, meta={"csrf": False})
    if (
        not form.validate()
        or _changed_since(stored, before)
        or (read.urn not in (None, urn) and "urn" not in read.uncertain)
    ):
        return redirect(url_for(".show", urn=urn, upload=upload), 303)
    wanted = document_changes.to_record(urn, read, form, kept.report["document"])
    try:
        if confirm.is_submitted():
            if not confirm.validate():
                raise RuleBroken(NOT_OPENED_HERE)
            with saves() as recorded:
                entry = document_changes.record(wanted)
            catch_up.catch_up()
            current_store().uploads.finish(upload, {"entry": str(entry), "already": not recorded})
            if recorded:
                tell_of("Recorded.", recorded)
            return redirect(url_for(".check", urn=urn, upload=upload), 303)
        would = document_changes.preview(wanted)
    except RuleBroken as refusal:
        confirm.refuse(str(refusal))
        return _page("check.html", urn, confirm, 422, upload=kept, found=None)
    return _page("check.html", urn, confirm, 200, upload=kept, found=would, lines=would.lines, changes=would.changes)


def _done(urn: str, kept: Upload) -> Response:
    """It was recorded: the entry, and a plan from its findings in one click where none is open."""
    assert kept.done is not None
    entry = reader.entry(UUID(kept.done["entry"]), reader.now()).entry.activity
    waiting = {name for name, _ in form_context.reports_without_plan(urn)}
    plan = None
    if entry.id in waiting:
        plan = OpenPlanForm()
        plan.on.suggest(dates.today())
    findings = len(entry.improvements) + len(entry.priority_actions)
    return _page(
        "done.html",
        urn,
        NothingToFillIn(),
        200,
        entry=entry,
        entry_title=timeline.line_title(entry),
        plan=plan,
        already=kept.done.get("already", False),
        findings=findings,
        can_be_planned=can_be_planned(entry),
    )


def _recorded_elsewhere(read: DocumentReading) -> UUID | None:
    """The statement that this very file made when it was recorded before, whatever became of its entry."""
    known = document_changes.file_recorded(read.sha256)
    return known.document_says if known is not None else None


def _known(urn: str) -> None:
    """404 where the address is not an authority's own."""
    if reader.urn_of(urn) != urn:
        abort(404)


def _of_file(name: str, content: bytes) -> dict[str, Any]:
    """What is kept beside a file; with what was put right of it before, where that came along with the same file."""
    put_right = _put_right(CAME_ALONG)
    same = dict(put_right).get("seen", "").partition(":")[0] == hashlib.sha256(content).hexdigest()
    return {
        "document": name,
        **({"sent": [list(pair) for pair in (*put_right, ("command", str(uuid4())))]} if same else {}),
    }


def _must_be_read(name: str, content: bytes) -> None:
    """Raises RuleBroken where a file is no document of a kind that is read."""
    if not content.strip():
        raise RuleBroken(EMPTY)
    if is_workbook(content):
        raise RuleBroken(AN_OFFICE_FILE)
    if not is_pdf(content):
        raise RuleBroken(A_PICTURE if other_format(content) == "a picture" else NOT_A_PDF)
    read = _read(name, content)
    if read.refused is not None:
        raise RuleBroken(capital(read.refused.rstrip(".")) + ".")


def _reading(kept: Upload) -> DocumentReading:
    """The document of an upload, read again. 404 where it is too old."""
    files = current_store().uploads.files(kept.id)
    if not files:
        abort(404)
    return _read(*files[0])


def _read(name: str, content: bytes) -> DocumentReading:
    return read_document(Path(name), register=reader.register_known(), today=dates.today(), content=content)


def _changed_since(stored: list[list[str]], before: document_changes.RecordedBefore | None) -> bool:
    """Whether other values are held than those that a form which was sent in had shown as held."""
    showed = next((value for name, value in stored if name == "seen"), "").partition(":")[2]
    return bool(showed) and (before is None or before.mark != showed)


def _forgotten(urn: str) -> Response:
    """That a file is no longer here, with a way to send it in again; what was put right goes with it. 404."""
    return _page("forgotten.html", urn, NothingToFillIn(), 404, put_right=_put_right(""))


def _put_right(prefix: str) -> list[tuple[str, str]]:
    """The values of a document's form that was sent, or that came along with a file."""
    sent = [(name, value) for name, value in request.form.items(multi=True) if name.startswith(prefix)]
    bare = [(name.removeprefix(prefix), value) for name, value in sent]
    if not prefix and "seen" not in dict(bare):
        return []
    return [(name, value) for name, value in bare if name not in ("csrf_token", "command")]


def _page(template: str, urn: str, form: NothingToFillIn | DocumentForm, status: int, **context: Any) -> Response:
    page = render_template(
        f"authorities/documents/{template}",
        authority=reader.authority(urn),
        form=form,
        planned_on=PLANNED_ON,
        kinds=[words.DOCUMENTS[kind] for kind in KINDS],
        **context,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
