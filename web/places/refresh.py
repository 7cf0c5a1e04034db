"""One look at each place: what is new goes in as far as nobody needs to be asked; that somebody looked is a fact."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from time import monotonic
from typing import Any
from uuid import UUID, uuid5

from domain.facts import Told
from domain.rulebook.known_until import SOURCES_TELL, Until
from domain.values.errors import NotFound, RuleBroken
from domain.values.statements import Source
from projections.authorities.known_register import register_as_known
from web.files.checking import kinds_checked
from web.places.client import Client
from web.places.fetching import FetchedFile, fetch
from web.places.lagging import lagging
from web.places.table import OFSTED_SITE, FilePlace
from web.places.waiting import ACTOR, Fetched, finish_what_was_cut_short, take
from web.store.store import Store
from web.store.waiting import TAKEN_IN, WHOLE, WaitingFile
from web.words.file_formats import FORMATS, Layout

LOOKS = UUID("5b1d8f0e-6d0a-5c9b-8a57-0d3f6f1c7e42")
"""Ids of looks: the same look at a place on one day is one fact."""

UNFORESEEN = "Something unforeseen went wrong; the log of this program says what."

GONE = "It said that it will not come back, and is not asked any more."

STRONGEST = ("failed", "waiting", "new", "unchanged")


@dataclass
class LookedAt:
    """One place as a refresh found it. `outcome` is `new`, `unchanged`, `waiting` or `failed`."""

    place: FilePlace
    outcome: str
    http_status: int | None = None
    why: str | None = None
    files: list[dict[str, Any]] = field(default_factory=list)
    bytes_read: int = 0
    seconds: float = 0.0

    def document(self) -> dict[str, Any]:
        """As `sources refresh --json` gives it."""
        return {
            "name": self.place.name,
            "address": self.place.address,
            "outcome": self.outcome,
            "http_status": self.http_status,
            "files": self.files,
            "why": self.why,
        }

    def in_short(self) -> dict[str, Any]:
        """What is kept of it with the run."""
        told = {"name": self.place.name, "outcome": self.outcome, "http_status": self.http_status, "why": self.why}
        return {**told, "bytes": self.bytes_read, "seconds": round(self.seconds, 3)}


def refresh(
    store: Store,
    places: Iterable[FilePlace],
    client: Client,
    *,
    on: date,
    named: Collection[str] = (),
    dry_run: bool = False,
    tell: Callable[[LookedAt], None] = lambda looked: None,
) -> list[LookedAt]:
    """Look at each place, on a day of London, one after the other; `tell` hears of each when it is done. A place that
    said it will not come back is asked again only where it is `named`.

    A dry run fetches and says what would be done. Only one may run at a time: hold `only_one`."""
    found: list[LookedAt] = []
    if dry_run:
        for place in places:
            found.append(_looked_at(store, place, client, on, again=place.name in named, dry_run=True))
            tell(found[-1])
        return found
    finish_what_was_cut_short(store)
    run = store.looks.begin_run()
    try:
        for place in places:
            found.append(_looked_at(store, place, client, on, again=place.name in named, dry_run=False))
            tell(found[-1])
    finally:
        store.looks.end_run(run, [one.in_short() for one in found])
    return found


def _looked_at(store: Store, place: FilePlace, client: Client, on: date, *, again: bool, dry_run: bool) -> LookedAt:
    """A look that is told and stops no other, whatever goes wrong in it."""
    try:
        return _look(store, place, client, on, again=again, dry_run=dry_run)
    except Exception:
        logging.getLogger(__name__).exception("the look at %s failed", place.name)
    if not dry_run:
        store.looks.note(place.name, cadence_days=place.cadence_days, outcome="failed", why=UNFORESEEN)
    return LookedAt(place, "failed", None, UNFORESEEN)


def _look(store: Store, place: FilePlace, client: Client, on: date, *, again: bool, dry_run: bool) -> LookedAt:
    begun, read_before = monotonic(), client.bytes_read
    last = next((look.kept for look in store.looks.all() if look.place == place.name), {})
    kept = last if last.get("address") == place.address else {}
    if kept.get("gone") and not again:
        return LookedAt(place, "failed", 410, f"{GONE} Name it to ask again: sources refresh {place.name}")
    answer = fetch(client, place, kept.get("client", {}), own=store.settings.own_authorities)
    looked = LookedAt(place, answer.outcome, answer.http_status, answer.why)
    known: dict[str, Any] = dict(kept.get("files", {}))
    dealt_with = True
    if answer.outcome == "changed":
        dealt_with = _take_all(store, looked, answer.files, known, on, dry_run=dry_run)
    if looked.outcome == "unchanged" and (waits := _waits(store, place)):
        looked.outcome = "waiting"
        looked.why = _why([part.name for file in waits for part in file.undecided])
    looked.seconds, looked.bytes_read = monotonic() - begun, client.bytes_read - read_before
    if dry_run:
        return looked
    told: dict[str, Any] | None = {"address": place.address, "client": dict(answer.kept), "files": known}
    if looked.outcome == "failed" and not (looked.files and dealt_with and place.format == OFSTED_SITE):
        told = {"address": place.address, "gone": True} if answer.gone else None
    else:
        _tell_look(store, place, known, on)
    store.looks.note(
        place.name,
        cadence_days=place.cadence_days,
        outcome=looked.outcome,
        http_status=looked.http_status,
        why=looked.why,
        kept=told,
    )
    return looked


def _take_all(
    store: Store,
    looked: LookedAt,
    files: Sequence[FetchedFile],
    known: dict[str, Any],
    on: date,
    *,
    dry_run: bool,
) -> bool:
    """Each file that is not the one last read of its address; `known` is what was last read of each. Whether it was
    found of each what to do with it, if only that it cannot be read."""
    place, outcomes, refused = looked.place, ["unchanged"], False
    whys = [looked.why] if looked.why else []
    for file in files:
        digest = sha256(file.content).hexdigest()
        if known.get(file.address, {}).get("digest") == digest:
            continue
        rows = _rows_of_last_whole(store, known.get(file.address))
        try:
            taken = take(store, Fetched(place.name, file.address, file.name, on, file.content, rows), dry_run=dry_run)
        except RuleBroken as refusal:
            refused = True
            outcomes.append("failed")
            whys.append(str(refusal))
            continue
        looked.files.append(taken.document)
        outcomes.append(taken.outcome)
        whys += [taken.why] if taken.why else []
        if taken.outcome != "failed" and place.format != OFSTED_SITE:
            known[file.address] = {
                "digest": digest,
                "waiting": str(taken.waiting) if taken.waiting is not None else None,
                "urns": sorted(taken.named),
                "left_out": sorted(taken.left_out),
                "rows": taken.document["rows"],
                "whole_rows": rows if taken.short else None,
                "newest": dict(taken.newest),
            }
    looked.outcome = next(one for one in STRONGEST if one in outcomes)
    looked.why = " ".join(whys) or None
    return not refused


def _rows_of_last_whole(store: Store, last: Mapping[str, Any] | None) -> int | None:
    """How many rows a file of an address is to have: as many as the last, or, where that was short and an officer did
    not take it in, as the one before it."""
    if last is None or "rows" not in last:
        return None
    if last["whole_rows"] is None:
        return int(last["rows"])
    file = _file_of(store, last)
    taken_in = file is not None and not any(part.urn == WHOLE and part.state != TAKEN_IN for part in file.parts)
    return int(last["rows"] if taken_in else last["whole_rows"])


def _file_of(store: Store, last: Mapping[str, Any]) -> WaitingFile | None:
    """The file last read of an address where something of it waits or waited for an officer."""
    try:
        return None if last.get("waiting") is None else store.waiting.one(UUID(last["waiting"]))
    except NotFound:
        return None


def _waits(store: Store, place: FilePlace) -> list[WaitingFile]:
    return [file for file in store.waiting.all() if file.place == place.name]


def _why(names: Sequence[str]) -> str:
    return f"Waits for an officer: {'; '.join(names)}."


def _tell_look(store: Store, place: FilePlace, known: Mapping[str, Mapping[str, Any]], on: date) -> None:
    """That somebody looked and all is held of what was read last: of the authorities of which nothing waits or was set
    aside, and of which no newer report is held than the place has. Of a list of reports that is said of those that it
    names, of others of all."""
    if place.format == OFSTED_SITE or not known:
        return
    try:
        kinds = kinds_checked(place.format)
    except (NotFound, RuleBroken):
        return
    everyone = {one.facts.urn for one in register_as_known(store.reader, on).current}
    named: set[str] = set()
    left_out: set[str] = set()
    for read in known.values():
        file = _file_of(store, read)
        if file is not None and any(part.urn == WHOLE for part in file.undecided):
            return
        named |= set(read["urns"])
        left_out |= set(file.left_out) if file is not None else set(read["left_out"])
        left_out |= set(lagging(store, read.get("newest", {}), on))
    row = SOURCES_TELL.get(FORMATS[Layout(place.format)].source[0])
    tells_of = named if row is not None and row.until is Until.READ else everyone | named
    urns = tells_of - left_out
    if not urns:
        return
    of = () if everyone <= urns else tuple(sorted(urns))
    command = uuid5(LOOKS, f"{place.name} {on.isoformat()} {' '.join(of)}")
    source = Source("sources_check", f"Looked at {place.title}", place.address, read_on=on)
    by = Told(ACTOR, command, source, datetime.now(UTC))
    store.application.authorities.check_sources(None, checked=place.name, kinds=kinds, checked_on=on, urns=of, by=by)
