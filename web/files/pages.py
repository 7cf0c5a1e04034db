"""Importing published files in the browser: send them in, see what they would do, then let them do it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.audit import saves
from domain.authorities.buckets import Bucket
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from web.files.run import import_paths
from web.files.uploads import contents, me, own, taken
from web.site import access, catch_up, reader
from web.site.form_base import NOT_OPENED_HERE, NothingToFillIn
from web.site.receipts import tell_of
from web.store.store import current_store
from web.store.uploads import Upload
from web.words import timeline, words
from web.words.file_formats import CALLED, FORMATS, Layout

bp = Blueprint("imports", __name__, url_prefix="/admin/imports")

MOST_FILES = 20
MOST_NAMED = 20
"""Authorities of a file that its report names, and entries of each."""

COUNTS = (
    (Bucket.NEW, "New"),
    (Bucket.FILLED, "Filled in"),
    (Bucket.CORRECTED, "Corrected"),
    (Bucket.DISAGREED, "In dispute"),
    (Bucket.CONFIRMED, "Confirmed"),
    (Bucket.UNCHANGED, "Unchanged"),
)
"""What an import does to an activity, in the order in which the command shows it."""

CHANGING = dict(COUNTS[:4])
"""What of it a reader would see afterwards."""


@bp.route("", methods=["GET", "POST"])
def start() -> Response:
    """Send files in; nothing is written before their report was confirmed. 422 where they cannot be taken."""
    form = NothingToFillIn()
    if form.is_submitted():
        try:
            if not form.validate():
                raise RuleBroken(NOT_OPENED_HERE)
            files = taken(request.files.getlist("files"), most=MOST_FILES)
            report = _imported(files, dry_run=True)
        except RuleBroken as refusal:
            form.refuse(str(refusal))
        else:
            upload = current_store().uploads.keep(me(), files, report)
            return redirect(url_for(".show", upload=upload), 303)
    read = sorted(reader.files(reader.now()), key=lambda file: file.opened_at, reverse=True)[:10]
    page = render_template(
        "files/imports/page.html",
        form=form,
        read=read,
        waiting=current_store().waiting.digests(),
        layouts=CALLED,
        formats=_formats(),
        most=MOST_FILES,
    )
    return make_response(page, 422 if form.is_submitted() else 200)


@bp.get("/<uuid:upload>")
def show(upload: UUID) -> Response:
    """What files would do or, once confirmed, did; 404 where they are another's or were forgotten."""
    return _page(own(upload, "files", again=url_for(".start")), NothingToFillIn())


@bp.post("/<uuid:upload>/confirm")
def confirm(upload: UUID) -> Response:
    """Import the very bytes that the report was about. Sent twice it acts once."""
    again = url_for(".start")
    if own(upload, "files", again=again).done is None:
        files = contents(upload, again=again)
        with saves() as kept:
            imported = _imported(files, dry_run=False)
        current_store().uploads.finish(upload, imported)
        catch_up.catch_up()
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
        report = import_paths(
            current_store().application,
            paths,
            actor=access.present().actor,
            dry_run=dry_run,
            reader=current_store().reader,
        )
    document = report.document()
    for file, kept in zip(document["files"], report.files, strict=True):
        file["path"] = PurePosixPath(file["path"]).name
        file["touched"] = _touched(kept.found)
        file["moved"] = [one.said for one in kept.standings]
        file["asked"] = [one.said for one in kept.questions]
    return document


def _touched(found: Iterable[tuple[str, Activity, Bucket]]) -> list[dict[str, Any]]:
    """Each authority of which something would be seen to differ, with the entries and what becomes of them."""
    entries: dict[str, list[tuple[Activity, Bucket]]] = defaultdict(list)
    for urn, activity, bucket in found:
        if bucket in CHANGING:
            entries[urn].append((activity, bucket))
    return sorted((_authority(urn, entries[urn]) for urn in entries), key=lambda one: str(one["name"]))


def _authority(urn: str, entries: Sequence[tuple[Activity, Bucket]]) -> dict[str, Any]:
    tally = Counter(bucket for _, bucket in entries)
    shown = entries[:MOST_NAMED]
    return {
        "urn": urn,
        "name": reader.authority(urn).name,
        "counts": ", ".join(f"{tally[bucket]} {label.lower()}" for bucket, label in CHANGING.items() if tally[bucket]),
        "entries": [[str(one.id), timeline.line_title(one), CHANGING[bucket]] for one, bucket in shown],
        "more": len(entries) - len(shown),
    }


def _formats() -> list[tuple[str, str, list[str]]]:
    """Of each format its name, where it comes from, and the columns by which it is known; there may be several sets."""
    return [
        (told.called, told.comes_from, [_quoted(columns) for columns in told.known_by])
        for told in (FORMATS[layout] for layout in Layout)
    ]


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f"“{column}”" for column in columns)


def _page(upload: Upload, form: NothingToFillIn) -> Response:
    report = upload.done or upload.report
    for file in report["files"]:
        file["read"] = words.day(date.fromisoformat(file["read_on"])) if file["read_on"] else ""
    usable = any(file[bucket.value] for file in report["files"] for bucket in Bucket)
    page = render_template(
        "files/imports/report.html",
        upload=upload,
        report=report,
        usable=usable,
        most_named=MOST_NAMED,
        counts=[(bucket.value, label) for bucket, label in COUNTS],
        layouts=CALLED,
        form=form,
    )
    return make_response(page)
