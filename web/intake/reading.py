"""Reads one published file from end to end: what layout it has, what it states, when it was read, what was rejected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from domain.register.register import Register
from domain.register.to_begin import NumberGiven, ToBegin
from domain.values.documents import DocumentKind, KeptDocument
from domain.values.errors import RuleBroken
from domain.values.known_until import KnownSpan
from domain.values.statements import Channel, Observation, Ruling, Source
from web.intake.area_send_overview import read_area_send
from web.intake.cells import printable
from web.intake.gathering import Bounds, Gathered, RejectedRow
from web.intake.history_document import read_history
from web.intake.joint_inspections import read_joint_inspections
from web.intake.known_until import tells
from web.intake.layouts import OpenedFile, content_of, is_pdf, opened
from web.intake.lookups import read_look_up
from web.intake.ofsted import edition_of, read_release
from web.intake.ofsted_documents import told_by
from web.intake.reports.pages import PdfReader
from web.intake.reports.reader import read_document
from web.intake.reports.reading import DocumentReading
from web.intake.scrapes import read_improvement_items, read_reports
from web.intake.visits import family_of, read_visits
from web.intake.workbook import FileRefused
from web.intake.youth_justice import read_youth_justice
from web.words.file_formats import FORMATS, Layout

UNKNOWN = "unknown"
"""The layout named for a file that was refused before its layout was known."""

READERS: Mapping[Layout, Callable[..., Gathered]] = {
    Layout.D2I_OVERVIEW: partial(read_reports, channel=Channel.D2I_OVERVIEW),
    Layout.JT39_OVERVIEW: partial(read_reports, channel=Channel.JT39_OVERVIEW),
    Layout.JT39_HISTORY: partial(read_reports, channel=Channel.JT39_HISTORY),
    Layout.JTAI_OVERVIEW: read_joint_inspections,
    Layout.AREA_SEND_OVERVIEW: read_area_send,
    Layout.YOUTH_JUSTICE_RATINGS: read_youth_justice,
    Layout.IMPROVEMENT_ITEMS: read_improvement_items,
    Layout.AUTHORITY_LOOK_UP: read_look_up,
    Layout.VISITS_TABLE: read_visits,
}
"""What reads each format that is known by its columns."""

MOST_READINGS = 20
"""Days whose reading is told one by one."""

_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")


@dataclass(frozen=True)
class FileReading:
    """What reading one file gave. `refused` is why the file was not read at all, or None.

    `dated` says that a person, the file's name or its contents gave `read_on`, rather than today's date.
    `rows` counts table rows (or items) read, rejected ones included. `read_on` and `edition` hold for every observation
    that brings none of its own. `edition` is the 31 March that a release of Ofsted's statistics speaks of. Of one of
    Ofsted's own documents `document_kind` says what it is, and `document` what is kept of it once it is taken.
    `tells` is how far a history document says that it tells of those in it; None for any other file. `begins` are those
    that it names as to follow others and that no register knows."""

    path: Path
    digest: str
    layout: str
    refused: str | None
    read_on: date
    source: Source
    edition: date | None = None
    rows: int = 0
    observations: tuple[Observation, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    notes: tuple[str, ...] = ()
    dated: bool = True
    tells: tuple[KnownSpan, ...] | None = None
    document: KeptDocument | None = None
    document_kind: DocumentKind | None = None
    begins: tuple[ToBegin, ...] = ()
    numbers: tuple[NumberGiven, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether at least one row was taken."""
        rejected = {rejected.row for rejected in self.rejected}
        return self.refused is None and (bool(self.observations) or self.rows > len(rejected))


def read_file(
    path: Path,
    *,
    register: Register,
    today: date,
    read_on: date | None = None,
    source: str | None = None,
    published_on: date | None = None,
    pdf: PdfReader | None = None,
) -> FileReading:
    """Everything the file states, with the rows that were rejected and why.

    The day it was read is `read_on`, else the later of the day in its name and the newest day inside, else `today`;
    never later than `today`; of one of Ofsted's own documents the day on which it was published. `source` replaces the
    title of the source, `published_on` tells the day of publication of a document that does not print it; `pdf` reads
    many documents one after another. Raises RuleBroken for a day in the future; a file that cannot be read is no error
    but a reading with `refused`."""
    if read_on is not None and read_on > today:
        raise RuleBroken(f"A file cannot have been read on {read_on.isoformat()}, which lies in the future.")
    if published_on is not None and published_on > today:
        raise RuleBroken(f"A document published on {published_on.isoformat()} cannot be recorded before that day.")
    digest = ""
    try:
        content = content_of(path)
        digest = sha256(content).hexdigest()
        if is_pdf(content):
            found = read_document(
                path, register=register, today=today, published_on=published_on, content=content, pdf=pdf
            )
            return _of_document(path, digest, found, register, today, read_on, source)
        if published_on is not None:
            raise FileRefused("a day of publication can only be told of one of Ofsted's own documents, a PDF")
        return _read(path, digest, opened(content), register, today, read_on, source)
    except FileRefused as refusal:
        stated = Source(UNKNOWN, source or path.name, read_on=read_on or today)
        return FileReading(path, digest, UNKNOWN, _sentence(str(refusal)), read_on or today, stated)


def _read(
    path: Path, digest: str, file: OpenedFile, register: Register, today: date, read_on: date | None, title: str | None
) -> FileReading:
    named = day_in_name(path.name, latest=today)
    bounds = Bounds(register, latest=today, read_on=read_on or named)
    edition: date | None = None
    rulings: tuple[Ruling, ...] = ()
    told_of: tuple[KnownSpan, ...] | None = None
    begins: tuple[ToBegin, ...] = ()
    numbers: tuple[NumberGiven, ...] = ()
    if file.layout is Layout.OFSTED_OUTCOMES:
        edition = edition_of(file.sheets, file.cover, path.name)
        if edition is None:
            raise FileRefused("neither its sheets, its cover nor its name says as at which 31 March it was made")
        gathered = read_release(file.sheets, edition=edition, bounds=bounds)
        gathered.seen(*(cell for row in file.cover.rows for cell in row if isinstance(cell, date) and cell <= today))
        kind, own_title = (
            "ofsted_statistics",
            f"Ofsted statistics: local authority inspections as at 31 March {edition.year}",
        )
    elif file.layout is Layout.HISTORY_DOCUMENT:
        read = read_history(file.document, bounds=bounds)
        gathered, rulings, told_of = read.gathered, tuple(read.rulings), tells(read.known)
        begins, numbers = read.begins, tuple(read.numbers)
        kind, own_title = "history_document", read.title or "History document"
    else:
        ranked = {"family": family_of(title)} if file.layout is Layout.VISITS_TABLE else {}
        gathered = READERS[file.layout](file.table, bounds=bounds, **ranked)
        kind, own_title = FORMATS[file.layout].source
    told = [known for known in (named, gathered.newest) if known is not None]
    day = read_on or max(told, default=today)
    return FileReading(
        path=path,
        digest=digest,
        layout=file.layout.value,
        refused=None,
        read_on=min(day, today),
        source=Source(kind, title or own_title, read_on=min(day, today)),
        edition=edition,
        rows=gathered.rows,
        observations=tuple(gathered.observations),
        rejected=tuple(gathered.rejected),
        rulings=rulings,
        notes=(*file.notes, *gathered.notes, *_readings(gathered.readings)),
        dated=read_on is not None or bool(told),
        tells=told_of,
        begins=begins,
        numbers=numbers,
    )


def _readings(readings: list[str]) -> list[str]:
    """How days were read, each once, and how many more there were."""
    more = len(readings) - MOST_READINGS
    return readings[:MOST_READINGS] + ([f"{more} more days were read in the same way"] if more > 0 else [])


def _of_document(
    path: Path,
    digest: str,
    found: DocumentReading,
    register: Register,
    today: date,
    read_on: date | None,
    title: str | None,
) -> FileReading:
    """One of Ofsted's own documents: one row, taken or rejected with each doubt about it."""
    if found.refused is not None:
        raise FileRefused(found.refused)
    told = told_by(found, register=register, today=today)
    day = min(read_on or found.published or today, today)
    return FileReading(
        path=path,
        digest=digest,
        layout=told.layout.value,
        refused=None,
        read_on=day,
        source=replace(told.source, title=title or told.source.title, read_on=day),
        rows=1,
        observations=(told.observation,) if told.observation is not None else (),
        rejected=tuple(RejectedRow("document", printable(reason)) for reason in told.reasons),
        notes=tuple(map(printable, told.notes)),
        document=told.kept,
        document_kind=found.kind,
    )


def day_in_name(name: str, *, latest: date) -> date | None:
    """The newest day written in a file's name as 2024-02-27, 2024_02_27 or 20240227, not after `latest`."""
    days = []
    for year, _, month, day in _DAY_IN_NAME.findall(name):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if found <= latest:
            days.append(found)
    return max(days, default=None)


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith(".") else ".")
