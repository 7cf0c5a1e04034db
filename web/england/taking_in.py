"""Takes the facts of England that come with the product into a store: by itself into a new one, else when told."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from domain.facts import OF_PEOPLE, FileOpened, stored_name
from domain.files.source_file import SourceFile
from web.england.shipped import ACTOR, FILE, NAME, shipped, unpacked
from web.files.run import FileReport, import_paths
from web.store.store import Store
from web.words import words

A_FEW = 1_000
"""A log with more facts than these is not new, whatever they are."""

BEGINS_IT = frozenset({"register", ACTOR})
"""Whose facts a new store holds before anybody used it."""


class Held(Enum):
    """How a store stands to the document of this release."""

    NOTHING = "the store is new"
    CUT_SHORT = "it was not taken in to its end"
    EARLIER = "that of another release was taken in"
    NEVER = "the store has facts of its own, and took in none that came with the product"
    THIS = "it was taken in"


def held(store: Store) -> Held:
    """What a store has of the document of this release."""
    known = store.ledger.load(SourceFile, SourceFile.create_id(sha256(unpacked(FILE.read_bytes())).hexdigest()))
    if known is not None and known.finished:
        return Held.THIS
    if known is not None:
        return Held.CUT_SHORT
    if _is_new(store):
        return Held.NOTHING
    files = (fact for _, fact in store.ledger.read_facts(names=[stored_name(FileOpened)]))
    return Held.EARLIER if any(fact.actor == ACTOR for fact in files) else Held.NEVER


def _is_new(store: Store) -> bool:
    if store.ledger.max_position() > A_FEW:
        return False
    return all(fact.actor in BEGINS_IT or type(fact) in OF_PEOPLE for _, fact in store.ledger.read_facts())


def take_in(store: Store, progress: Callable[[int, int], None] = lambda done, total: None) -> FileReport:
    """Keep what the document says, authority by authority, and bring the read side up to it. Again, it adds nothing;
    cut short, it goes on. `progress` hears how many authorities of how many are done."""
    with TemporaryDirectory(prefix="timeline-england-") as folder:
        file = Path(folder) / NAME
        file.write_bytes(unpacked(FILE.read_bytes()))
        report = import_paths(
            store.application,
            [file],
            actor=ACTOR,
            reader=store.reader,
            progress=lambda name, done, total: progress(done, total),
        )
    store.projector.catch_up()
    return report.files[0]


def offer(store: Store) -> str | None:
    """One sentence where the document of this release could be taken in by whoever runs the store; None where it was,
    where it is taken in by itself, or where it is not wanted."""
    if not store.settings.england:
        return None
    what = f"the facts of England as of {words.day(shipped().data_horizon)}, made on {words.day(shipped().made_on)}"
    stands = held(store)
    if stands is Held.EARLIER:
        return f"This release brings newer facts: {what}. Take them in: flask --app wsgi england load"
    if stands is Held.NEVER:
        return f"With the product come {what}. This store never took them in. To do so: flask --app wsgi england load"
    return None


def begin(store: Store, tell: TextIO) -> None:
    """At a start: take the document into a new store, or go on where that was cut short; else say that it could be.

    What happens is told on `tell`, in lines; nothing is done or said where `TIMELINE_ENGLAND` is false."""
    if not store.settings.england:
        return
    if held(store) not in (Held.NOTHING, Held.CUT_SHORT):
        if (offered := offer(store)) is not None:
            print(offered, file=tell, flush=True)
        return
    print(f"Taking in the facts of England, as of {words.day(shipped().data_horizon)}. This is done once.", file=tell)
    quarters = iter((25, 50, 75, 101))
    due = next(quarters)

    def progress(done: int, total: int) -> None:
        nonlocal due
        if done * 100 >= due * total:
            print(f"  {done} of {total} authorities", file=tell, flush=True)
            due = next(quarters)

    report = take_in(store, progress)
    print(
        f"  {report.rows:,} entries of {shipped().authorities} authorities are in the history.", file=tell, flush=True
    )
