"""What recording a document would change, said before it is recorded, and recording it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from domain.authorities.buckets import Bucket
from domain.authorities.dossier import statement_id
from domain.authorities.rulings import said_last
from domain.files.importing import FileOfStatements, FileOutcome, Rehearsed
from domain.files.source_file import SourceFile
from domain.plans.allowed import can_be_planned
from domain.rulebook.validations import warnings_for
from domain.rulebook.what_if.suppose import differences
from domain.values.activities import Activity, Disagreement, Status
from domain.values.documents import DocumentKind
from domain.values.statements import Family, Observation, Source, Stated
from projections.outlook.standing import standing_with
from web.authorities.document_corrections import (
    Corrected,
    cleared_but_held,
    corrected,
    held_of,
    mark,
    not_held_yet,
    only,
    shown_again,
    told_in_words,
)
from web.authorities.document_forms import DocumentForm
from web.intake.ofsted_documents import CHANNELS, KINDS, citations_of, kept_of, stated_by, title_of, verbatim_of
from web.intake.reports.reading import DocumentReading
from web.outlook.what_if import BeforeAfter, Changes, before_and_after, changes
from web.site import access, reader
from web.store.store import current_store
from web.words import dates, timeline, words

FATES = {
    Bucket.NEW: "A new entry",
    Bucket.FILLED: "Fills in what was not held",
    Bucket.CORRECTED: "Corrects what an earlier reading said",
    Bucket.DISAGREED: "Says otherwise than another source: both sides are shown",
    Bucket.CONFIRMED: "Confirms what is held",
    Bucket.UNCHANGED: "Nothing new: it was recorded before",
}

CHANGES = "Changes what is held"


@dataclass(frozen=True)
class ToRecord:
    """A document with an officer's corrections, ready to be recorded for an authority."""

    urn: str
    file: FileOfStatements
    corrected: Corrected
    statement: UUID
    said: Stated
    names: tuple[str, ...]


@dataclass(frozen=True)
class RecordedBefore:
    """What is held of a document that was recorded before: its entry, and what its form shows of it."""

    entry: Activity
    kind: DocumentKind
    shown: Stated

    @property
    def mark(self) -> str:
        return mark(held_of(self.entry))


@dataclass(frozen=True)
class Preview:
    """What recording would do. `entry` is the entry touched; `known` whether it is one already held; `differs` its
    values that would be held otherwise, and `values` all of them where it is new."""

    fate: str
    nothing_new: bool
    entry: Activity
    title: str
    known: bool
    values: tuple[tuple[str, str], ...]
    differs: tuple[BeforeAfter, ...]
    own: Sequence[tuple[str, str]]
    struck: Sequence[str]
    left: Sequence[str]
    disputes: tuple[timeline.Dispute, ...]
    warnings: tuple[str, ...]
    lines: Sequence[BeforeAfter]
    changes: Changes
    today: str
    findings: int
    can_be_planned: bool


def to_record(urn: str, read: DocumentReading, form: DocumentForm, name: str) -> ToRecord:
    """What would be kept of a document, by the form that an officer looked through."""
    as_told = replace(read, urn=urn, kind=form.document_kind())
    said, before = form.said(), recorded_before(urn, read)
    held = held_of(before.entry) if before is not None else None
    found = corrected(stated_by(as_told), said, held if form.shown_as else None)
    if held is not None:
        found = not_held_yet(found, held)
    layout = KINDS[form.document_kind()][1]
    day = said.published or dates.today()
    about = replace(as_told, published=day)
    title = title_of(about, reader.register_known())
    own = Observation(
        urn=urn,
        family=Family.OFSTED_DOCUMENT,
        channel=CHANNELS[layout],
        said=found.document,
        row="document",
        citations=citations_of(read, title),
        verbatim=verbatim_of(read),
    )
    statement = statement_id(own)
    observations = [own]
    if found.officer is not None:
        known = current_store().application.authorities.authority(urn)
        observations.append(said_last(known, _of_the_officer(own, found.officer, statement, title)))
    file = FileOfStatements(
        name=name,
        digest=read.sha256,
        layout=layout.value,
        source=Source(layout.value, title, read_on=day),
        read_on=day,
        edition=None,
        rows=1,
        rejected=0,
        observations=tuple(observations),
        document=replace(kept_of(about), looked_through=True),
    )
    return ToRecord(urn, file, found, statement, said, form.names())


def _of_the_officer(own: Observation, said: Stated, statement: UUID, title: str) -> Observation:
    """What an officer says otherwise, with the document in hand."""
    return Observation(
        urn=own.urn,
        family=Family.REPORT_IN_HAND,
        channel=own.channel,
        said=said,
        row="document",
        citations=own.citations,
        source=Source("report_in_hand", title, read_on=dates.today()),
        read_on=dates.today(),
        about=statement,
    )


def preview(wanted: ToRecord) -> Preview:
    """What recording would change of where the authority stands today. Nothing is kept. Raises RuleBroken."""
    rehearsed: Rehearsed = {}
    before = current_store().application.authorities.authority(wanted.urn).activities
    outcome = _read(wanted, rehearsed)
    after = rehearsed[wanted.urn].activities
    entry, bucket = _touched(outcome)
    was = next((one for one in before if set(one.statements) & set(entry.statements)), None)
    today = dates.today()
    standing, then = standing_with(current_store().reader, wanted.urn, after, as_at=today)
    lines = before_and_after(standing, then, today)
    known = set() if was is None else {_sides(one) for one in was.disagreements}
    after_it = held_of(entry)
    differs = _differs(held_of(was), after_it) if was is not None else ()
    left = cleared_but_held(wanted.said, after_it, wanted.names)
    return Preview(
        fate=CHANGES if differs and bucket in (Bucket.CONFIRMED, Bucket.UNCHANGED) else FATES[bucket],
        nothing_new=bucket is Bucket.UNCHANGED and told_before(wanted),
        entry=entry,
        title=timeline.line_title(was or entry),
        known=was is not None,
        values=told_in_words(wanted.corrected.whole),
        differs=differs,
        own=wanted.corrected.own,
        struck=[name for name in wanted.corrected.struck if name not in left],
        left=left,
        disputes=tuple(timeline.dispute(one) for one in entry.disagreements if _sides(one) not in known),
        warnings=tuple(warning.text for warning in warnings_for(entry, after)),
        lines=lines if any(line.differs for line in lines) else (),
        changes=changes(*differences(standing.expectations, then.expectations), said=""),
        today=words.day(today),
        findings=len(entry.improvements) + len(entry.priority_actions),
        can_be_planned=can_be_planned(entry),
    )


def record(wanted: ToRecord) -> UUID:
    """Keep the document's words and the officer's; gives the id of the entry. Raises RuleBroken."""
    entry, _ = _touched(_read(wanted, None))
    return entry.id


def told_before(wanted: ToRecord) -> bool:
    """Whether this very reading of the file was kept before."""
    known = file_recorded(wanted.file.digest)
    document = wanted.file.document
    return known is not None and document is not None and known.has_told(document, wanted.statement)


def recorded_before(urn: str, read: DocumentReading) -> RecordedBefore | None:
    """What an authority holds of the very file, where it was recorded before and its entry stands."""
    known = file_recorded(read.sha256)
    if known is None or known.document is None:
        return None
    activities = current_store().application.authorities.authority(urn).activities
    entry = next((one for one in activities if known.document_says in one.statements), None)
    if entry is None or entry.status is Status.WITHDRAWN or entry.kind is not KINDS[known.document.kind][0]:
        return None
    again = stated_by(replace(read, kind=known.document.kind))
    shown = shown_again(held_of(entry), again, looked_through=known.document.looked_through)
    return RecordedBefore(entry, known.document.kind, shown)


def _differs(was: Stated, now: Stated) -> tuple[BeforeAfter, ...]:
    """The values that would be held otherwise; a finding that only stands elsewhere in its list is the same."""
    before, after = told_in_words(was), told_in_words(now)
    gone, comes = dict(only(before, after)), dict(only(after, before))
    labels = dict.fromkeys(label for label, _ in (*after, *before) if label in gone or label in comes)
    return tuple(BeforeAfter(label, gone.get(label, "Nothing"), comes.get(label, "Nothing")) for label in labels)


def file_recorded(digest: str) -> SourceFile | None:
    """The file of these bytes, where it was read to its end."""
    found = current_store().ledger.load(SourceFile, SourceFile.create_id(digest))
    return found if found is not None and found.finished and found.document is not None else None


def _read(wanted: ToRecord, rehearsed: Rehearsed | None) -> FileOutcome:
    return current_store().application.files.read_file(
        wanted.file,
        actor=access.present().actor,
        at=datetime.now(UTC),
        rehearsed=rehearsed,
    )


def _touched(outcome: FileOutcome) -> tuple[Activity, Bucket]:
    """The entry that a document speaks of."""
    standing = [(activity, bucket) for _, activity, bucket in outcome.found if activity.status is not Status.WITHDRAWN]
    return standing[0] if standing else (outcome.found[0][1], outcome.found[0][2])


def _sides(one: Disagreement) -> tuple[str, tuple[str, ...]]:
    return one.field, tuple(saying.value for saying in one.says)
