"""Makes the document of England's facts: published files through the product's own readers, written out as facts alone.

The same files and the same day of making give the same bytes."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from domain.facts import Told
from domain.rulebook.known_until import kinds_of
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from domain.values.known_until import KIND_KNOWN, KnownKind
from domain.values.statements import Channel, Source, Stated, Statement, Verbatim
from web.england.shipped import COUNTS, MADE_ON
from web.files.history_export import history_document
from web.files.run import import_paths
from web.store.settings import Settings
from web.store.store import Store

TITLE = "Facts of England's inspections of children's services"

DOCUMENTS = frozenset({Channel.OFSTED_REPORT, Channel.OFSTED_LETTER})
"""Channels whose cells are passages of Ofsted's own documents."""

LONGEST_CELL = 60
"""Letters of a cell that may be a grade, a day, a name or a number; what is longer is somebody's sentence."""

PROSE = re.compile(r"^summary_|_text$")
"""Columns in which a table sums a letter up, or copies it."""

LONGEST_TOPIC = 120
"""Letters of the topic of a visit; what is longer is a clause of its letter."""

_ADDRESS = re.compile(r"https?://\S+")


def make(
    files: Iterable[Path],
    *,
    made_on: date,
    known: Mapping[KnownKind, date],
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> bytes:
    """The packed document of what these files, and the files of these folders, tell. `known` are kinds of which they
    hold everything public by a day (inclusive), where the files themselves do not say so.

    What they say of days after `made_on` is refused as of the future. Raises RuleBroken where none could be read."""
    with TemporaryDirectory(prefix="timeline-england-") as home:
        store = Store(Settings(home=Path(home)))
        try:
            store.migrate()
            report = import_paths(store.application, in_order(files), actor="import", on=made_on, progress=progress)
            if not any(file.usable for file in report.files):
                raise RuleBroken("None of these files could be read.")
            for kind, day in sorted(known.items(), key=lambda one: one[0].value):
                _looked_through(store, kind, day)
            store.projector.catch_up()
            return packed(store, made_on, known)
        finally:
            store.close()


def in_order(files: Iterable[Path]) -> list[Path]:
    """Every file named or in a folder named, in an order that follows from the files alone."""
    every = [one for file in files for one in ([file] if file.is_file() else sorted(file.rglob("*")))]
    return sorted(
        {file for file in every if file.is_file() and not file.name.startswith(".")},
        key=lambda file: (file.name, sha256(file.read_bytes()).hexdigest()),
    )


def packed(store: Store, made_on: date, known: Mapping[KnownKind, date]) -> bytes:
    """What a store holds, as facts alone: JSON, compressed. A table of visits tells of kinds in `known` until that day,
    though its newest letter is of a later one."""

    def said(statement: Statement) -> Statement:
        until = known.get(KIND_KNOWN[statement.said.kind]) if statement.channel is Channel.VISITS_TABLE else None
        fact = said_as_fact(statement)
        return fact if until is None else replace(fact, read_on=min(fact.read_on, until))

    document = history_document(store, title=TITLE, of=facts_of, said=said)
    authorities = document.pop("authorities")
    for told in (document["known_until"], *(one["known_until"] for one in authorities if "known_until" in one)):
        told |= {kind.value: str(day) for kind, day in known.items() if (told.get(kind.value) or "") > str(day)}
    entries = [entry for authority in authorities for entry in authority["history"]]
    counts = {
        "authorities": len(authorities),
        "entries": len(entries),
        "statements": sum(len(entry["said"]) for entry in entries),
    }
    head = document | {MADE_ON: made_on.isoformat(), COUNTS: counts}
    text = json.dumps(head | {"authorities": authorities}, ensure_ascii=False, allow_nan=False)
    return lzma.compress(text.encode(), format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=9)


def facts_of(activity: Activity) -> Activity:
    """An entry without a finding or a note."""
    return replace(
        activity,
        improvements=(),
        improvement_outcomes=(),
        priority_actions=(),
        note=None,
        focus=_topic(activity.focus),
    )


def said_as_fact(statement: Statement) -> Statement:
    """What a source said, without a finding or a note, and without the passages it was read in."""
    said: Stated = replace(
        statement.said,
        improvements=(),
        improvement_outcomes=(),
        priority_actions=(),
        note=None,
        focus=_topic(statement.said.focus),
    )
    cells = () if statement.channel in DOCUMENTS else tuple(filter(_is_fact, statement.verbatim.cells))
    return replace(statement, said=said, verbatim=Verbatim(cells))


def _is_fact(cell: tuple[str, str]) -> bool:
    column, text = cell
    return PROSE.search(column) is None and (len(text) <= LONGEST_CELL or _ADDRESS.fullmatch(text) is not None)


def _topic(focus: str | None) -> str | None:
    return focus if focus is not None and len(focus) <= LONGEST_TOPIC else None


def _looked_through(store: Store, kind: KnownKind, day: date) -> None:
    by: dict[str, Any] = {
        "actor": "local",
        "command": uuid5(NAMESPACE_URL, f"{kind.value} {day.isoformat()}"),
        "source": Source("sources_check", "Looked through", read_on=day),
        "at": datetime.combine(day, time(12), UTC),
    }
    store.application.authorities.check_sources(
        None, checked=kind.value, kinds=kinds_of(kind), checked_on=day, by=Told(**by)
    )
