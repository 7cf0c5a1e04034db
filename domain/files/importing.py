"""What reading a published file does to the history: planned whole, shown, then kept authority by authority."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from domain.authorities.authority import Authority
from domain.authorities.buckets import Bucket, buckets
from domain.authorities.dossier import statement_id
from domain.authorities.handler import AuthorityHandler
from domain.authorities.rulings import take_over
from domain.authorities.successions import begin, take_over_number
from domain.facts import Told
from domain.files.source_file import Restated, SourceFile, by_reading
from domain.handler import RETRIES
from domain.register.to_begin import NumberGiven, ToBegin
from domain.values.activities import Activity
from domain.values.documents import KeptDocument, in_parts
from domain.values.errors import CommandAlreadyDone, ConcurrentChange, RuleBroken
from domain.values.known_until import KnownSpan
from domain.values.statements import Observation, Ruling, Source

READINGS = UUID("9a5e6f5c-23f0-5d4a-8a9c-8d3a3c1f7e21")

FOREIGN = -1
"""Where the log stands no longer matters: somebody else wrote, and what is remembered may be old."""


@dataclass(frozen=True)
class FileOfStatements:
    """A file that was read, and all it says. `digest` is the SHA-256 of its bytes in hex.

    `read_on` is the day on which the source said so; `dated` that this day is told by a person, the file's name or its
    contents, and is not merely today; `edition` the as-at date of a yearly release. `rows` counts table rows,
    `rejected` those that could not be used. `document` is what is kept of one of Ofsted's own documents, whose own
    statement is the first of the observations; what an officer corrected of it may follow. `tells` is what a history
    document says of how far it tells of the authorities in it; None for any other file. `begins` are those that it
    names as to follow others and that no register knows, `numbers` those it says were given later."""

    name: str
    digest: str
    layout: str
    source: Source
    read_on: date
    edition: date | None
    rows: int
    rejected: int
    observations: Sequence[Observation]
    dated: bool = True
    rulings: Sequence[Ruling] = ()
    document: KeptDocument | None = None
    tells: tuple[KnownSpan, ...] | None = None
    begins: tuple[ToBegin, ...] = ()
    numbers: tuple[NumberGiven, ...] = ()


@dataclass(frozen=True)
class FileOutcome:
    """What a file did to each activity it speaks of, and how many events about authorities that took.

    `held` is, of each authority of which it changed anything, what was held before it and after it."""

    found: tuple[tuple[str, Activity, Bucket], ...]
    events: int
    held: tuple[tuple[str, Sequence[Activity], Sequence[Activity]], ...] = ()

    @property
    def counts(self) -> Mapping[Bucket, int]:
        """How many activities fell into each bucket; every bucket is named, empty ones with 0."""
        tally = Counter(bucket for _, _, bucket in self.found)
        return {bucket: tally[bucket] for bucket in Bucket}


@dataclass
class _Part:
    """One authority's part of an import: what it would add, and what that would do."""

    authority: Authority
    command: UUID
    found: list[tuple[Activity, Bucket]]
    before: Sequence[Activity]
    after: Sequence[Activity]
    restated: list[Restated]
    news: bool
    """Whether it would change anything known of the authority."""


Rehearsed = dict[str, Authority]
"""By URN, authorities as a dry run would have left them so far."""


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""


class FileImport:
    """Reads files into the history. Remembers authorities from one file to the next while nobody else writes."""

    def __init__(self, authorities: AuthorityHandler) -> None:
        self._ledger = authorities.ledger
        self._authorities = authorities
        self._kept: dict[str, Authority] = {}
        self._kept_at = 0

    def read_file(
        self,
        file: FileOfStatements,
        *,
        actor: str,
        at: datetime,
        rehearsed: Rehearsed | None = None,
        leave_out: frozenset[str] = frozenset(),
        to_be_finished: bool = False,
        progress: Callable[[int, int], None] = _unseen,
    ) -> FileOutcome:
        """Keep what a published file says. An authority's facts land in one transaction or not at all.

        The same bytes twice add no event. In a dry run, which adds none and answers the same, `rehearsed` holds what
        the files before this one would have left of each authority, and takes up what this one would. `progress`
        hears how many authorities of how many are done. What the file says of those to `leave_out`, by URN, is not
        kept and not said again; one `to_be_finished`, of which something waits to be decided, is not closed. Raises
        RuleBroken, before anything is kept, where the register does not know an authority or its part is larger than
        one save may be."""
        by = Told(
            actor=actor,
            command=uuid5(READINGS, _reading(file)),
            source=replace(file.source, read_on=file.read_on),
            at=at,
        )
        known = self._ledger.load(SourceFile, SourceFile.create_id(file.digest))
        if (settled := self._looked_through(file, known)) is not None:
            return settled
        self._begin(file, by, rehearsed)
        if rehearsed is None:
            self._take_over_numbers(file, by)
        observations = {urn: found for urn, found in _by_authority(file.observations).items() if urn not in leave_out}
        document = file.document if file.document is None or file.document.urn not in leave_out else None
        upto = self._ledger.max_position()
        parts = [
            self._plan(urn, observed, file, by, known=(rehearsed or {}).get(urn))
            for urn, observed in observations.items()
        ]
        for part in parts:
            self._ledger.must_fit(part.authority.pending_events)
        found = tuple((part.authority.urn, activity, bucket) for part in parts for activity, bucket in part.found)
        held = tuple((part.authority.urn, part.before, part.after) for part in parts if part.news)
        if rehearsed is not None:
            for part in parts:
                part.authority.collect_events()
                rehearsed[part.authority.urn] = part.authority
            return FileOutcome(found, 0, held)
        nothing_to_add = not any(part.authority.pending_events for part in parts) and (
            document is None or (known is not None and known.has_told(document, _of_document(file)))
        )
        if known is not None and nothing_to_add and known.has_said(file.read_on, dated=file.dated):
            for part in parts:
                if not part.news and self._kept_at == upto:
                    self._keep_in_memory(part.authority)
            return FileOutcome(found, 0, held)
        if known is None:
            opening = uuid5(by.command, "opened")
            opened = SourceFile.open(
                name=file.name, digest=file.digest, layout=file.layout, by=replace(by, command=opening)
            )
            with suppress(ConcurrentChange, CommandAlreadyDone):
                self._saved(*self._ledger.save(opened, command=opening))
        events = 0
        for done, part in enumerate(parts):
            progress(done, len(parts))
            events += self._keep(part, observations[part.authority.urn], file, by)
        progress(len(parts), len(parts))
        if document is not None:
            self._tell_document(file, document, by)
        if known is None or not to_be_finished:
            again = [statement for part in parts for statement in part.restated]
            self._close(file, again, by, ends=not to_be_finished)
        for part in parts:
            self._keep_in_memory(part.authority)
        return FileOutcome(found, events, held)

    def _begin(self, file: FileOfStatements, by: Told, rehearsed: Rehearsed | None) -> None:
        """Begin the histories of those that the file lets begin, unless they have begun."""
        for one in file.begins:
            if self._ledger.load(Authority, Authority.create_id(one.key)) is not None or one.key in (rehearsed or ()):
                continue
            own = replace(by, command=uuid5(by.command, f"begins {one.key}"))
            begun = begin(one, self._ledger, by=own)
            if rehearsed is not None:
                begun.collect_events()
                rehearsed[one.key] = begun
                continue
            with suppress(CommandAlreadyDone, ConcurrentChange):
                self._saved(*self._ledger.save(begun, command=own.command))

    def _take_over_numbers(self, file: FileOfStatements, by: Told) -> None:
        """The numbers that were given later, unless they are known."""
        for one in file.numbers:
            own = replace(by, command=uuid5(by.command, f"number {one.urn} {one.scheme}"))
            with suppress(CommandAlreadyDone, ConcurrentChange):
                if (known := take_over_number(one, self._ledger, by=own)) is not None:
                    self._saved(*self._ledger.save(known, command=own.command))

    def _looked_through(self, file: FileOfStatements, known: SourceFile | None) -> FileOutcome | None:
        """What an officer looked through is not read over their head: it is as it was, whatever a reader says."""
        if known is None or known.document is None or file.document is None or file.document.looked_through:
            return None
        if not known.finished or not known.document.looked_through:
            return None
        authority = self._authorities.authority(known.document.urn)
        entry = next((one for one in authority.activities if known.document_says in one.statements), None)
        return None if entry is None else FileOutcome(((authority.urn, entry, Bucket.UNCHANGED),), 0)

    def _plan(
        self,
        urn: str,
        observations: Sequence[Observation],
        file: FileOfStatements,
        by: Told,
        *,
        known: Authority | None = None,
    ) -> _Part:
        """Decide, without keeping anything, what a file's observations add to an authority."""
        authority = known or self._as_kept(urn)
        before = authority.activities
        observed = {statement_id(observation): observation for observation in observations}
        restated = [
            Restated(identity, observation.read_on or file.read_on, observation.edition or file.edition)
            for identity, observation in sorted(observed.items())
            if identity in authority.dossier.statements
        ]
        own = replace(by, command=uuid5(by.command, urn))
        added = authority.state(observations, edition=file.edition, by=own)
        for ruling in file.rulings:
            if ruling.urn == urn:
                take_over(authority, ruling, by=own)
        later = [authority.restate(again.statement, read_on=again.read_on, edition=again.edition) for again in restated]
        after = authority.activities if authority.pending_events or any(later) else before
        return _Part(
            authority=authority,
            command=own.command,
            found=buckets(before, after, observed=observed, added=added),
            before=before,
            after=after,
            restated=restated,
            news=bool(authority.pending_events) or any(later),
        )

    def _keep(self, part: _Part, observations: Sequence[Observation], file: FileOfStatements, by: Told) -> int:
        for attempt in range(RETRIES):
            added = len(part.authority.pending_events)
            if not added:
                return 0
            try:
                self._saved(*self._ledger.save(part.authority, command=part.command))
            except (ConcurrentChange, CommandAlreadyDone):
                again = replace(by, command=uuid5(by.command, f"attempt {attempt}"))
                fresh = self._plan(part.authority.urn, observations, file, again)
                part.authority, part.command = fresh.authority, fresh.command
                part.restated = fresh.restated
            else:
                return added
        raise RuleBroken("Others kept changing the same authority. Import the file again; nothing was lost.")

    def _tell_document(self, file: FileOfStatements, document: KeptDocument, by: Told) -> None:
        """Keep what was read of one of Ofsted's own documents, part by part, unless the same was kept before."""
        statement, parts = _of_document(file), list(in_parts(document.sections))
        for attempt in range(RETRIES):
            opened = self._ledger.load(SourceFile, SourceFile.create_id(file.digest))
            assert opened is not None
            if opened.has_told(document, statement):
                return
            with suppress(ConcurrentChange, CommandAlreadyDone):
                for number, sections in enumerate(parts, start=1):
                    command = uuid5(by.command, f"document {number} {attempt} {opened.version}")
                    own = replace(by, command=command)
                    opened.tell_document(document, sections, statement=statement, part=number, of=len(parts), by=own)
                    self._saved(*self._ledger.save(opened, command=command))
        raise RuleBroken(f"Others kept reading {file.name} too. Import it again to finish; nothing was lost.")

    def _close(self, file: FileOfStatements, restated: Sequence[Restated], by: Told, *, ends: bool) -> None:
        """Say what the file says again and, where it `ends`, that it was read to its end; only the last fact says so,
        and it is the file's own reading."""
        readings = list(by_reading(restated))
        own = [part for part in readings if part[:2] == (file.read_on, file.edition)]
        others = [part for part in readings if part not in own]
        parts = [*others, *(own or [(file.read_on, file.edition, [])])]
        for number, (read_on, edition, statements) in enumerate(parts, start=1):
            for attempt in range(RETRIES):
                opened = self._ledger.load(SourceFile, SourceFile.create_id(file.digest))
                assert opened is not None
                command = uuid5(by.command, f"read {number} {attempt} {opened.version}")
                opened.close(
                    read_on=read_on,
                    edition=edition,
                    rows=file.rows,
                    rejected=file.rejected,
                    restated=statements,
                    last=ends and number == len(parts),
                    tells=file.tells,
                    by=replace(by, command=command),
                )
                with suppress(ConcurrentChange, CommandAlreadyDone):
                    self._saved(*self._ledger.save(opened, command=command))
                    break
            else:
                raise RuleBroken(f"Others kept reading {file.name} too. Import it again to finish; nothing was lost.")

    def _as_kept(self, urn: str) -> Authority:
        """An authority as of now, from memory where nobody else wrote since. Give it back with `_keep_in_memory`."""
        upto = self._ledger.max_position()
        if self._kept_at != upto:
            self._kept.clear()
            self._kept_at = upto
        return self._kept.pop(urn, None) or self._authorities.authority(urn)

    def _keep_in_memory(self, authority: Authority) -> None:
        """Remember an authority that has nothing pending, for the next file of an import."""
        if self._kept_at != FOREIGN:
            self._kept[authority.urn] = authority

    def _saved(self, first: int, last: int) -> None:
        """Our own save moved the log; anybody else's in between makes what is remembered old."""
        if first == self._kept_at + 1:
            self._kept_at = last
        else:
            self._kept_at = FOREIGN


def _reading(file: FileOfStatements) -> str:
    """What tells one reading of a file from another: a document is read on one day, however well."""
    told = [f"{file.digest} {file.read_on.isoformat()}"]
    if file.document is not None:
        told += [str(statement_id(observation)) for observation in file.observations]
    return " ".join(told)


def _of_document(file: FileOfStatements) -> UUID:
    """The statement that a document of Ofsted's makes."""
    return statement_id(file.observations[0])


def _by_authority(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        found[observation.urn].append(observation)
    return dict(sorted(found.items()))
