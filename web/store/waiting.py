"""Files from places of which something waits for an officer: their bytes, what waits and why, and what was decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from domain.values.errors import NotFound, RuleBroken
from projections.engine.database import reading, writing
from web.store import places_tables as t
from web.store.accounts import now

WAITING, TAKEN_IN, SET_ASIDE = "waiting", "taken_in", "set_aside"
WHOLE = ""
"""Stands in place of an authority for what is said of the whole file."""

SUPERSEDED = "A newer file from the same place has come meanwhile: what this one said stands in it, or went in."

DECIDED_KEPT = 50
"""So many files of which everything was decided are remembered."""


class DecidedMeanwhile(RuleBroken):
    """Somebody else decided of this, or a newer file took its place."""


@dataclass(frozen=True)
class WaitingPart:
    """What waits of one authority, or (`urn` empty) of the whole file. Each reason has `key`, `kind`, `sentence` and,
    where it has any, `entry`, `field`, `was`, `becomes`, `was_from` and `becomes_from`, in words."""

    urn: str
    name: str
    reasons: Sequence[Mapping[str, str]]
    state: str
    decided_by: str | None
    decided_at: datetime | None
    why: str | None
    command: UUID | None


@dataclass(frozen=True)
class WaitingFile:
    """`urns` are all authorities that it names, `report` is what the dry run said. `whole`: nothing of it goes in
    before it was decided. `begun`: what goes in by itself is in the history; `applied`: so is what was decided so far.
    `superseded`: a newer file took its place."""

    id: UUID
    place: str
    address: str
    name: str
    digest: str
    looked_on: str
    fetched_at: datetime
    whole: bool
    urns: frozenset[str]
    report: Mapping[str, Any]
    open: bool
    begun: bool
    applied: bool
    superseded: bool
    parts: tuple[WaitingPart, ...]

    def part(self, urn: str) -> WaitingPart:
        """Raises NotFound."""
        found = next((part for part in self.parts if part.urn == urn), None)
        if found is None:
            raise NotFound("Of that authority nothing of this file waits or waited.")
        return found

    @property
    def by_themselves(self) -> frozenset[str]:
        """The authorities of which nobody needs to be asked."""
        return self.urns - {part.urn for part in self.parts}

    @property
    def left_out(self) -> frozenset[str]:
        """The authorities of which nothing goes in as things stand."""
        held = {part.urn for part in self.parts if part.state != TAKEN_IN}
        return self.urns if self.whole and WHOLE in held else frozenset(held - {WHOLE})

    @property
    def undecided(self) -> tuple[WaitingPart, ...]:
        return tuple(part for part in self.parts if part.state == WAITING)


class Waiting:
    """Kept beside people, so that any process shows and decides the same. What is decided is remembered by place, so
    that the next file with the same reasons does not ask again."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def count(self) -> int:
        """How many files wait."""
        with reading(self.engine) as connection:
            return connection.scalar(_COUNT) or 0

    def digests(self) -> Mapping[str, bool]:
        """By the SHA-256 of a file in hex, whether it waits (True) or a newer one took its place before it was decided
        (False)."""
        f = t.waiting_file.c
        with reading(self.engine) as connection:
            rows = connection.execute(select(f.digest, f.open).where(f.open | f.superseded))
            return {row.digest: row.open for row in rows}

    def remembered(self, place: str) -> Mapping[str, str]:
        """By key, what was decided of reasons of an earlier file of a place."""
        of = t.remembered_reason.c
        with reading(self.engine) as connection:
            return {row.key: row.state for row in connection.execute(select(of.key, of.state).where(of.place == place))}

    def keep(
        self,
        *,
        place: str,
        address: str,
        name: str,
        digest: str,
        content: bytes,
        looked_on: str,
        whole: bool,
        urns: Collection[str],
        report: Mapping[str, Any],
        parts: Iterable[WaitingPart],
    ) -> UUID:
        """A file of which something waits; nothing of it is in the history yet. The same bytes wait once."""
        new = uuid4()
        with writing(self.engine) as connection:
            f = t.waiting_file.c
            same: UUID | None = connection.scalar(select(f.id).where(f.open, f.digest == digest, f.place == place))
            if same is not None:
                return same
            connection.execute(
                insert(t.waiting_file).values(
                    id=new,
                    place=place,
                    address=address,
                    name=name,
                    digest=digest,
                    looked_on=looked_on,
                    fetched_at=now(),
                    whole=whole,
                    urns=json.dumps(sorted(urns)),
                    report=json.dumps(report).encode(),
                    open=True,
                    begun=False,
                    applied=False,
                    superseded=False,
                )
            )
            connection.execute(insert(t.waiting_content).values(file=new, content=content))
            rows = [
                {"file": new, "urn": one.urn, "name": one.name, "reasons": _json(one.reasons), "state": one.state}
                for one in parts
            ]
            connection.execute(insert(t.waiting_part), rows)
        return new

    def supersede(self, place: str, address: str, *, save: UUID | None = None) -> None:
        """Older files of the same address, `save` one, wait no more: what they said stands in a newer file."""
        f = t.waiting_file.c
        with writing(self.engine) as connection:
            older = (f.place == place, f.address == address, f.open, *([] if save is None else [f.id != save]))
            ids = connection.scalars(select(f.id).where(*older)).all()
            if ids:
                told = {"open": False, "applied": True, "superseded": True}
                connection.execute(update(t.waiting_file).where(f.id.in_(ids)).values(**told))
                connection.execute(delete(t.waiting_content).where(t.waiting_content.c.file.in_(ids)))

    def decide(self, file: UUID, states: Mapping[str, str], *, by: str, why: str, command: UUID) -> WaitingFile:
        """Note an officer's decisions, by URN; where the whole file is set aside, of every part. `applied` tells
        whether they are in the history. The same command again changes nothing.

        Raises NotFound, or DecidedMeanwhile where a part was decided by another, or the file superseded."""
        p = t.waiting_part.c
        with writing(self.engine) as connection:
            connection.execute(update(t.waiting_file).where(t.waiting_file.c.id == file).values(id=file))
            found = _file(connection, file)
            parts = [found.part(urn) for urn in states]
            if parts and all(part.command == command for part in parts):
                return found
            if found.superseded:
                raise DecidedMeanwhile(SUPERSEDED)
            if others := [part for part in parts if part.state != WAITING]:
                raise DecidedMeanwhile(_decided(others))
            wanted = dict(states)
            if found.whole and wanted.get(WHOLE) == SET_ASIDE:
                wanted = {part.urn: SET_ASIDE for part in found.undecided}
            for urn, state in wanted.items():
                told = {"state": state, "decided_by": by, "decided_at": now(), "why": why, "command": command}
                if state == TAKEN_IN:
                    told["why"] = ""
                connection.execute(update(t.waiting_part).where(p.file == file, p.urn == urn).values(**told))
                for reason in found.part(urn).reasons if urn in states else ():
                    _remember(connection, found.place, reason["key"], state)
            connection.execute(update(t.waiting_file).where(t.waiting_file.c.id == file).values(applied=False))
            return _file(connection, file)

    def apply(self, file: UUID, seen: WaitingFile) -> None:
        """All that was decided by the time it was `seen` is in the history; a file of which nothing waits is closed."""
        f = t.waiting_file.c
        with writing(self.engine) as connection:
            now_held = _file(connection, file)
            if [part.state for part in now_held.parts] != [part.state for part in seen.parts]:
                return
            done = not seen.undecided
            connection.execute(
                update(t.waiting_file).where(f.id == file).values(begun=True, applied=True, open=not done)
            )
            if done:
                connection.execute(delete(t.waiting_content).where(t.waiting_content.c.file == file))
                _forget(connection)

    def content(self, file: UUID) -> bytes | None:
        """The bytes; None once nothing of them waits."""
        with reading(self.engine) as connection:
            return connection.scalar(select(t.waiting_content.c.content).where(t.waiting_content.c.file == file))

    def one(self, file: UUID) -> WaitingFile:
        """Raises NotFound."""
        with reading(self.engine) as connection:
            return _file(connection, file)

    def all(self) -> tuple[WaitingFile, ...]:
        """Those of which something waits, the newest first."""
        return self._files(t.waiting_file.c.open, most=None)

    def decided(self, most: int) -> tuple[WaitingFile, ...]:
        """The last of which nothing waits any more."""
        return self._files(t.waiting_file.c.open.is_(False), most=most)

    def unapplied(self) -> tuple[WaitingFile, ...]:
        """Those of which something was decided, or goes in by itself, that is not in the history yet."""
        return self._files(t.waiting_file.c.applied.is_(False), most=None)

    def _files(self, which: Any, *, most: int | None) -> tuple[WaitingFile, ...]:
        f = t.waiting_file.c
        with reading(self.engine) as connection:
            ids = connection.scalars(
                select(f.id).where(which).order_by(f.looked_on.desc(), f.fetched_at.desc(), f.id).limit(most)
            ).all()
            return tuple(_file(connection, file) for file in ids)


def _file(connection: Connection, file: UUID) -> WaitingFile:
    row = connection.execute(select(t.waiting_file).where(t.waiting_file.c.id == file)).one_or_none()
    if row is None:
        raise NotFound("No file of that number waits or waited here.")
    p = t.waiting_part
    parts = connection.execute(select(p).where(p.c.file == file).order_by(p.c.name, p.c.urn)).all()
    return WaitingFile(
        id=row.id,
        place=row.place,
        address=row.address,
        name=row.name,
        digest=row.digest,
        looked_on=row.looked_on,
        fetched_at=datetime.fromtimestamp(row.fetched_at, UTC),
        whole=row.whole,
        urns=frozenset(json.loads(row.urns)),
        report=json.loads(row.report),
        open=row.open,
        begun=row.begun,
        applied=row.applied,
        superseded=row.superseded,
        parts=tuple(
            WaitingPart(
                part.urn,
                part.name,
                json.loads(part.reasons),
                part.state,
                part.decided_by,
                None if part.decided_at is None else datetime.fromtimestamp(part.decided_at, UTC),
                part.why,
                part.command,
            )
            for part in parts
        ),
    )


def _remember(connection: Connection, place: str, key: str, state: str) -> None:
    r = t.remembered_reason
    told = {"state": state, "decided_at": now()}
    if not connection.execute(update(r).where(r.c.place == place, r.c.key == key).values(**told)).rowcount:
        connection.execute(insert(r).values(place=place, key=key, **told))


def _forget(connection: Connection) -> None:
    """Of files of which nothing waits the last ones are kept."""
    f = t.waiting_file.c
    closed = select(f.id).where(f.open.is_(False)).order_by(f.fetched_at.desc(), f.id)
    old = connection.scalars(closed.offset(DECIDED_KEPT)).all()
    connection.execute(delete(t.waiting_part).where(t.waiting_part.c.file.in_(old)))
    connection.execute(delete(t.waiting_file).where(f.id.in_(old)))


def _decided(parts: Sequence[WaitingPart]) -> str:
    what = {TAKEN_IN: "taken in", SET_ASIDE: "set aside"}
    named = "; ".join(f"{part.name} was {what[part.state]}" for part in parts[:3])
    return f"Somebody else decided meanwhile: {named}. Look at it again; nothing of what you sent was done."


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


_COUNT = select(func.count()).select_from(t.waiting_file).where(t.waiting_file.c.open)
