"""A file from a place into the history: what is sure goes in by itself, and what an officer has to decide waits.

What is to go in is noted before it is done, and doing it again changes nothing: a process that is stopped in between
loses nothing, and `finish_what_was_cut_short` goes on from there."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from domain.authorities.buckets import Bucket
from domain.values.errors import RuleBroken
from web.files.run import FileReport, import_paths
from web.files.uploads import plain_name
from web.places.lagging import lagging, newest_named
from web.places.reasons import SortedOut, rows_missing, sort_out
from web.store.store import Store
from web.store.waiting import SET_ASIDE, TAKEN_IN, WHOLE, WaitingFile

ACTOR = "sources"
"""Who is named in facts that go in by themselves."""

SHORT_AND_SET_ASIDE = "It is as short as the one that was set aside: nothing of it was taken in."

PDF = b"%PDF-"

LONGEST_REASON = 500
"""Characters of an officer's reason."""


@dataclass(frozen=True)
class Fetched:
    """A file as a place gave it; `looked_on` is the day of the look in London. Of files of one `address` a newer one
    takes the place of the older. `rows_before` are those of the last whole one, where there was one."""

    place: str
    address: str
    name: str
    looked_on: date
    content: bytes
    rows_before: int | None = None


@dataclass(frozen=True)
class Taken:
    """What became of a file: `outcome` is `new`, `unchanged`, `waiting` or `failed`, `document` what `history import`
    says of it, `why` what waits or failed. `waiting` is its id where something of it waits.

    `named` are the authorities that it names, `left_out` those of which not all that it says is in the history now.
    `short`: it lacks much of what the last one had. `newest` is as `lagging.newest_named` gives it."""

    outcome: str
    document: dict[str, Any]
    why: str | None = None
    waiting: UUID | None = None
    named: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    short: bool = False
    newest: Mapping[str, str] = field(default_factory=dict)


def take(store: Store, file: Fetched, *, dry_run: bool = False) -> Taken:
    """Take one file in as far as nobody needs to be asked; the rest waits. A dry run only says what would be done.

    A list that lacks a report held for long counts as read on the day before that was published."""
    name = plain_name(file.name, 0)
    store.projector.catch_up()
    tried = _import(store, name, file.looked_on, file.content, actor=ACTOR, dry_run=True)
    newest = newest_named(tried)
    if late := lagging(store, newest, file.looked_on):
        file = replace(file, looked_on=min(late.values()) - timedelta(days=1))
        tried = _import(store, name, file.looked_on, file.content, actor=ACTOR, dry_run=True)
    document = tried.document() | {"path": name}
    if tried.refused is not None or not tried.usable:
        return Taken("failed", document, f"{name}: {_why_unusable(tried)}")
    if not tried.short and (note := rows_missing(tried.rows, file.rows_before)):
        tried = replace(tried, short=(note,))
        document["notes"] = [*document["notes"], note]
    found = sort_out(tried, store.waiting.remembered(file.place))
    document["went_in"] = _went_in(tried, found)
    if found.refused:
        return Taken("unchanged", document, SHORT_AND_SET_ASIDE, None, found.urns, found.urns, True, newest)
    if found.waits:
        why = f"Waits for an officer: {'; '.join(part.name for part in found.waits)}."
        left_out = found.urns if any(part.urn == WHOLE for part in found.parts) else found.left_out
        waiting = None if dry_run else _keep(store, file, name, document, found)
        return Taken("waiting", document, why, waiting, found.urns, left_out, found.whole, newest)
    if not dry_run:
        _import(store, name, file.looked_on, file.content, actor=ACTOR, leave_out=found.left_out)
        store.waiting.supersede(file.place, file.address)
    changes = any(number for bucket, number in tried.counts.items() if bucket is not Bucket.UNCHANGED)
    outcome = "new" if changes else "unchanged"
    return Taken(outcome, document, None, None, found.urns, found.left_out, newest=newest)


def _why_unusable(tried: FileReport) -> str:
    if tried.refused is not None:
        return tried.refused
    reason = tried.rejected[0].reason.rstrip(".") if tried.rejected else "it has no rows"
    return f"nothing in it could be used, as {reason[0].lower()}{reason[1:]}."


def _went_in(tried: FileReport, found: SortedOut) -> dict[str, int]:
    """The buckets of what needs nobody to be asked."""
    clean = [bucket for urn, _, bucket in tried.found if urn not in found.left_out and not found.whole]
    return {bucket.value: clean.count(bucket) for bucket in Bucket}


def _keep(store: Store, file: Fetched, name: str, document: dict[str, Any], found: SortedOut) -> UUID:
    waiting = store.waiting.keep(
        place=file.place,
        address=file.address,
        name=name,
        digest=sha256(file.content).hexdigest(),
        content=file.content,
        looked_on=file.looked_on.isoformat(),
        whole=found.whole,
        urns=found.urns,
        report=document,
        parts=found.parts,
    )
    finish(store, store.waiting.one(waiting))
    store.waiting.supersede(file.place, file.address, save=waiting)
    return waiting


def take_in(store: Store, file: UUID, urns: Collection[str], *, by: str, command: UUID) -> WaitingFile:
    """An officer lets parts of a file in, by URN (empty: what is said of the whole file); raises as `decide`."""
    return decide(store, file, dict.fromkeys(urns, TAKEN_IN), by=by, reason="", command=command)


def set_aside(store: Store, file: UUID, urns: Collection[str], *, by: str, reason: str, command: UUID) -> WaitingFile:
    """An officer keeps parts of a file out, and the same again from the same place, until it says something else;
    raises as `decide`."""
    return decide(store, file, dict.fromkeys(urns, SET_ASIDE), by=by, reason=reason, command=command)


def decide(store: Store, file: UUID, states: Mapping[str, str], *, by: str, reason: str, command: UUID) -> WaitingFile:
    """Both at once, by URN. Sent twice it acts once. A `reason` of at most 500 characters is needed where something is
    set aside.

    Raises RuleBroken without it, NotFound, or DecidedMeanwhile where another officer or a newer file came first."""
    reason = " ".join(reason.split())
    if SET_ASIDE in states.values() and not reason:
        raise RuleBroken("Say why it is set aside, for example: the letter on Ofsted’s site says 12 May.")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(f"Say why in at most {LONGEST_REASON} characters.")
    return finish(store, store.waiting.decide(file, states, by=by, why=reason, command=command))


def finish(store: Store, seen: WaitingFile) -> WaitingFile:
    """Bring into the history what was decided of a file so far; where it is there, nothing changes.

    Raises RuleBroken where the history refuses it; what was decided is kept, and is tried again."""
    content = None if seen.applied else store.waiting.content(seen.id)
    if content is None:
        return seen
    looked_on = date.fromisoformat(seen.looked_on)
    for actor, urns, ends in _steps(seen):
        left_out = seen.left_out if ends else seen.urns - urns
        if left_out == seen.urns:
            continue
        done = _import(store, seen.name, looked_on, content, actor=actor, leave_out=left_out, to_be_finished=not ends)
        if done.refused is not None:
            raise RuleBroken(done.refused)
    store.waiting.apply(seen.id, seen)
    return store.waiting.one(seen.id)


def _steps(seen: WaitingFile) -> Iterator[tuple[str, frozenset[str], bool]]:
    """Who lets which authorities in, in order, and whether the file is read to its end by that."""
    if not seen.begun and not seen.whole:
        yield ACTOR, seen.by_themselves, False
    decided = sorted(
        ((part.decided_at, part.urn, part.decided_by, part) for part in seen.parts if part.decided_at),
        key=lambda one: one[:2],
    )
    last = ACTOR
    for _, urn, by, part in decided:
        last = by or ACTOR
        if part.state == TAKEN_IN:
            clean = seen.by_themselves if seen.whole and urn == WHOLE else frozenset()
            yield last, clean | (seen.urns & {urn}), False
    if not seen.undecided:
        yield last, frozenset(), True


def finish_what_was_cut_short(store: Store) -> None:
    """Before anything new is taken in: what was noted and not done. What cannot be done now stays noted."""
    for file in store.waiting.unapplied():
        try:
            finish(store, file)
        except Exception:
            logging.getLogger(__name__).exception("what was decided of %s from %s is not in yet", file.name, file.place)


def _import(
    store: Store,
    name: str,
    looked_on: date,
    content: bytes,
    *,
    actor: str,
    dry_run: bool = False,
    leave_out: frozenset[str] = frozenset(),
    to_be_finished: bool = False,
) -> FileReport:
    """A document counts from the day it was published, as by hand, whatever day it was fetched."""
    with TemporaryDirectory(prefix="timeline-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        report = import_paths(
            store.application,
            [path],
            actor=actor,
            dry_run=dry_run,
            read_on=None if content.startswith(PDF) else looked_on,
            reader=store.reader,
            leave_out=leave_out,
            to_be_finished=to_be_finished,
        )
    return report.files[0]
