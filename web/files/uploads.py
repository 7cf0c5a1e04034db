"""Files that a person sent in: taken within limits, and given back to that person alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NoReturn
from uuid import UUID

from flask import abort
from werkzeug.datastructures import FileStorage

from domain.values.errors import RuleBroken
from web.intake.layouts import LARGEST
from web.site import access
from web.site.errors import answer
from web.site.upload_limits import MIB
from web.store.store import current_store
from web.store.uploads import Upload

FORGOTTEN = (
    "A file that was sent in is forgotten after an hour, and only who sent it in can go on with it. Nothing was "
    "recorded from this page. Send the file in again to go on."
)

LONGEST_NAME = 200
"""Bytes of a file's name that are kept: its end, where the date and the kind stand."""


def taken(sent: Sequence[FileStorage], *, most: int) -> list[tuple[str, bytes]]:
    """Names and bytes. Raises RuleBroken where there are none, too many, or they are too large."""
    files = [
        (plain_name(file.filename or "", number), _read(file)) for number, file in enumerate(sent) if file.filename
    ]
    if not files:
        raise RuleBroken("Choose at least one file." if most > 1 else "Choose a file.")
    if len(files) > most:
        raise RuleBroken(f"Choose at most {most} files at a time." if most > 1 else "Choose one file at a time.")
    if sum(len(content) for _, content in files) > LARGEST:
        raise RuleBroken(f"Choose files of at most {LARGEST // MIB} MiB together.")
    return files


def _read(file: FileStorage) -> bytes:
    """All of it; what was kept of it on the way is let go."""
    with file.stream:
        content: bytes = file.read()
    return content


def plain_name(sent: str, number: int) -> str:
    """The last part of a file's name, of letters that can be printed; its dates are kept, for they say when it was
    read."""
    last = sent.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    plain = plain.encode("utf-8", "ignore")[-LONGEST_NAME:].decode("utf-8", "ignore").lstrip(".").strip()
    return plain or f"file-{number + 1}"


def own(upload: UUID, holds: str, *, again: str) -> Upload:
    """The person's own upload, whose report has what it `holds`; otherwise 404, with the way to where it is sent in
    `again`."""
    kept = found(upload, holds)
    if kept is None:
        forgotten(again)
    return kept


def contents(upload: UUID, *, again: str) -> list[tuple[str, bytes]]:
    """Names and bytes of what was sent in; the same 404 where they were forgotten meanwhile."""
    return current_store().uploads.files(upload) or forgotten(again)


def forgotten(again: str) -> NoReturn:
    """404 in words, with the way to send the files in once more."""
    abort(answer(404, FORGOTTEN, "The file is no longer here", again=again))


def found(upload: UUID, holds: str) -> Upload | None:
    """The person's own upload, whose report has what it `holds`; None where it is another's or was forgotten."""
    kept = current_store().uploads.of(upload, me())
    return kept if kept is not None and holds in kept.report else None


def me() -> UUID:
    """Who sends the request in hand."""
    listed = access.present().listed
    assert listed is not None
    return listed.person
