"""Published files into the history: find them, read them, keep what they say, and report what that did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from domain.application import Application
from domain.authorities.buckets import Bucket
from domain.files.importing import FileOfStatements, Rehearsed
from domain.register.register import REGISTER
from domain.values.activities import Activity
from domain.values.documents import DocumentKind
from domain.values.errors import RuleBroken
from projections.authorities.known_register import register_as_known
from projections.engine.reader import Reader
from web.files.consequences import Consequences, Held, QuestionRaised, StandingChanged, questions_raised
from web.intake.gathering import RejectedRow
from web.intake.reading import FileReading, read_file
from web.intake.reports.pages import PdfReader
from web.store.settings import bank_holidays
from web.words.dates import today


@dataclass(frozen=True)
class FileReport:
    """What one file did. `refused` is why it was not read, `notes` what a reader should know of it; `skipped` marks one
    of unknown kind inside a folder; `usable` says whether it gave at least one usable row; `found` is what it did to
    each activity it speaks of, with the URN of its authority; `kind` is that of one of Ofsted's own documents;
    `standings` are those of authorities that it changed, `questions` what an officer is asked about what it says;
    `short` says that it lacks authorities that the last one of its kind listed, and stands in the notes too; `held` is,
    of each authority of which it changed anything, what was held before it and after it."""

    path: str
    layout: str | None
    refused: str | None
    read_on: date | None
    rows: int
    counts: Mapping[Bucket, int]
    rejected: tuple[RejectedRow, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: bool = False
    usable: bool = False
    found: Sequence[tuple[str, Activity, Bucket]] = ()
    kind: DocumentKind | None = None
    standings: tuple[StandingChanged, ...] = ()
    questions: tuple[QuestionRaised, ...] = ()
    short: tuple[str, ...] = ()
    held: Sequence[Held] = ()

    def document(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "format": self.layout,
            "refused": self.refused,
            "read_on": self.read_on.isoformat() if self.read_on else None,
            "rows": self.rows,
            **{bucket.value: self.counts.get(bucket, 0) for bucket in Bucket},
            "rejected": [{"row": row.row, "reason": row.reason} for row in self.rejected],
            "notes": list(self.notes),
            "standings_changed": [one.document() for one in self.standings],
            "questions": [one.document() for one in self.questions],
            **({"kind": self.kind.value} if self.kind is not None else {}),
        }


@dataclass(frozen=True)
class ImportReport:
    """What all files together did."""

    files: tuple[FileReport, ...]
    named: Mapping[str, Sequence[FileReport]]

    @property
    def done(self) -> bool:
        """Whether every path named, file or folder, gave at least one usable row."""
        return all(any(file.usable for file in files) for files in self.named.values())

    def document(self) -> dict[str, Any]:
        documents = [file.document() for file in self.files]
        totals: dict[str, Any] = {
            key: sum(document[key] for document in documents) for key in ("rows", *(bucket.value for bucket in Bucket))
        }
        totals["rejected"] = sum(len(document["rejected"]) for document in documents)
        totals["files"] = len(documents)
        totals["refused"] = sum(document["refused"] is not None for document in documents)
        return {"files": documents, "totals": totals}


def import_paths(
    application: Application,
    paths: Iterable[Path],
    *,
    actor: str,
    dry_run: bool = False,
    source: str | None = None,
    read_on: date | None = None,
    published_on: date | None = None,
    on: date | None = None,
    reader: Reader | None = None,
    leave_out: frozenset[str] = frozenset(),
    to_be_finished: bool = False,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> ImportReport:
    """Read files, and the files of folders in order of name, into the history.

    Of authorities to `leave_out`, by URN, nothing is kept; a file `to_be_finished` is not said to be read to its end.

    A dry run writes nothing and reports the same: each file is tried on what those before it would have left. `on` is
    the day of the import (None: today); nothing in a file can be later, and what has no day was read on it.
    `progress` hears the file's name and how many of its authorities are done; of several files how many are."""
    rehearsed: Rehearsed | None = {} if dry_run else None
    paths = list(paths)
    files = [(path, file) for path in paths for file in _files(path)]
    several = len(files) > 1
    hear = _unheard if several else progress
    named: dict[str, list[FileReport]] = {str(path): [] for path in paths}
    on = on or today()
    consequences = _consequences(reader, on)
    known = REGISTER if reader is None else register_as_known(reader, on)
    with PdfReader() as pdf:
        for number, (path, file) in enumerate(files):
            if several:
                progress(file.name, number, len(files))
            reading = read_file(
                file,
                register=known,
                today=on,
                read_on=read_on,
                source=source,
                published_on=published_on,
                pdf=pdf,
            )
            kept = _kept(
                application,
                reading,
                file == path,
                consequences,
                actor=actor,
                rehearsed=rehearsed,
                leave_out=leave_out,
                to_be_finished=to_be_finished,
                hear=hear,
            )
            named[str(path)].append(kept)
    return ImportReport(tuple(report for reports in named.values() for report in reports), named)


def _unheard(name: str, done: int, total: int) -> None:
    """Nobody watches a file's authorities while files are counted."""


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(found for found in path.rglob("*") if found.is_file() and not found.name.startswith("."))


def _kept(
    application: Application,
    reading: FileReading,
    directly: bool,
    consequences: Consequences,
    *,
    actor: str,
    rehearsed: Rehearsed | None,
    leave_out: frozenset[str],
    to_be_finished: bool,
    hear: Callable[[str, int, int], None],
) -> FileReport:
    nothing = dict.fromkeys(Bucket, 0)
    path = str(reading.path)
    if reading.refused is not None:
        skipped = not directly and reading.path.suffix.lower() != ".pdf"
        return FileReport(path, reading.layout, reading.refused, None, 0, nothing, skipped=skipped)
    report = FileReport(
        path,
        reading.layout,
        None,
        reading.read_on,
        reading.rows,
        nothing,
        reading.rejected,
        notes=reading.notes,
        usable=reading.usable,
        kind=reading.document_kind,
    )
    if not (reading.observations or reading.numbers):
        return report
    file = FileOfStatements(
        name=reading.path.name,
        digest=reading.digest,
        layout=reading.layout or "",
        source=reading.source,
        read_on=reading.read_on,
        edition=reading.edition,
        rows=reading.rows,
        rejected=len(reading.rejected),
        observations=reading.observations,
        dated=reading.dated,
        rulings=reading.rulings,
        document=reading.document,
        tells=reading.tells,
        begins=reading.begins,
        numbers=reading.numbers,
    )
    try:
        outcome = application.files.read_file(
            file,
            actor=actor,
            at=datetime.now(UTC),
            rehearsed=rehearsed,
            leave_out=leave_out,
            to_be_finished=to_be_finished,
            progress=lambda done, total: hear(file.name, done, total),
        )
    except RuleBroken as refusal:
        return FileReport(path, reading.layout, str(refusal), reading.read_on, 0, nothing)
    short = consequences.missing(reading.observations, read_on=reading.read_on)
    return replace(
        report,
        counts=outcome.counts,
        found=outcome.found,
        notes=(*report.notes, *short),
        short=short,
        held=outcome.held,
        standings=consequences.standings(outcome.held, outcome.found),
        questions=questions_raised(outcome.found),
    )


def _consequences(reader: Reader | None, on: date) -> Consequences:
    if reader is None:
        return Consequences(on, bank_holidays())
    return Consequences(on, reader.holidays, reader.policy, reader)
