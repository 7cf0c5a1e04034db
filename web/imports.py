"""Importing published files in the browser: send them in, see what they would do, then let them do it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.audit import saves
from domain.errors import RuleBroken
from domain.reconciliation import Bucket
from web import access, following, reader, words
from web.accounts.uploads import Upload
from web.importing import import_paths
from web.receipts import tell_of
from web.sent_in import me, own, taken
from web.small_forms import NothingToFillIn
from web.store import current_store

bp = Blueprint("imports", __name__, url_prefix="/admin/imports")

MOST_FILES = 20

COUNTS = (
    (Bucket.NEW, "New"),
    (Bucket.FILLED, "Filled in"),
    (Bucket.CORRECTED, "Corrected"),
    (Bucket.DISAGREED, "In dispute"),
    (Bucket.CONFIRMED, "Confirmed"),
    (Bucket.UNCHANGED, "Unchanged"),
)
"""What an import does to an activity, in the order in which the command shows it."""


@bp.route("", methods=["GET", "POST"])
def start() -> Response:
    """Send files in; nothing is written before their report was confirmed. 422 where they cannot be taken."""
    form = NothingToFillIn()
    if form.is_submitted():
        try:
            if not form.validate():
                raise RuleBroken("This form was not opened from here. Open it again and send it once more.")
            files = taken(request.files.getlist("files"), most=MOST_FILES)
            report = _imported(files, dry_run=True)
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            upload = current_store().uploads.keep(me(), files, report)
            return redirect(url_for(".show", upload=upload), 303)
    read = sorted(reader.files(reader.now()), key=lambda file: file.opened_at, reverse=True)[:10]
    page = render_template("imports/page.html", form=form, read=read, layouts=words.LAYOUTS, most=MOST_FILES)
    return make_response(page, 422 if form.is_submitted() else 200)


@bp.get("/<uuid:upload>")
def show(upload: UUID) -> Response:
    """What files would do or, once confirmed, did; 404 where they are another's or were forgotten."""
    return _page(own(upload, "files"), NothingToFillIn())


@bp.post("/<uuid:upload>/confirm")
def confirm(upload: UUID) -> Response:
    """Import the very bytes that the report was about. Sent twice it acts once."""
    if own(upload, "files").done is None:
        files = current_store().uploads.files(upload)
        if not files:
            abort(404)
        with saves() as kept:
            current_store().uploads.finish(upload, _imported(files, dry_run=False))
        following.catch_up()
        if kept:
            tell_of("Imported.", kept)
    return redirect(url_for(".show", upload=upload), 303)


def _imported(files: Sequence[tuple[str, bytes]], *, dry_run: bool) -> dict[str, Any]:
    """What the command `history import` says of the same files."""
    with TemporaryDirectory(prefix="timeline-") as folder:
        paths = []
        for number, (name, content) in enumerate(files):
            place = Path(folder) / str(number)
            place.mkdir()
            paths.append(place / name)
            paths[-1].write_bytes(content)
        report = import_paths(current_store().application, paths, actor=access.present().actor, dry_run=dry_run)
    document = report.document()
    for file in document["files"]:
        file["path"] = PurePosixPath(file["path"]).name
    return document


def _page(upload: Upload, form: NothingToFillIn) -> Response:
    report = upload.done or upload.report
    for file in report["files"]:
        file["read"] = words.day(date.fromisoformat(file["read_on"])) if file["read_on"] else ""
    usable = any(file["refused"] is None and file["rows"] for file in report["files"])
    page = render_template(
        "imports/report.html",
        upload=upload,
        report=report,
        usable=usable,
        counts=[(bucket.value, label) for bucket, label in COUNTS],
        layouts=words.LAYOUTS,
        form=form,
    )
    return make_response(page)
