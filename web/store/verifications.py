"""Verifications of the log that people started on a page: one at a time, and what each found.

They are kept beside people and not in a file, so that every web process of an installation shows the same one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, Row, Select, func, insert, select, update

from projections.engine.database import reading, writing
from web.store import tables as t
from web.store.accounts import now

LOST_AFTER = 60
"""Seconds without a sign of life after which a verification is taken for stopped."""

STOPPED = {"could_not_check": "It was stopped before its end. Start it again."}


@dataclass(frozen=True)
class Verification:
    """One verification. `finished_at` None is one still running; `report` is what `ledger verify --json` prints."""

    id: UUID
    started_at: datetime
    part: str
    done: int
    total: int
    compared: bool
    finished_at: datetime | None = None
    exit_code: int | None = None
    report: Mapping[str, Any] | None = None


class Verifications:
    """Begun by whoever asks while none is running; told of their progress by the process that runs them."""

    def __init__(self, engine: Engine, *, clock: Callable[[], int] = now) -> None:
        self.engine = engine
        self.clock = clock

    def begin(self, person: UUID, kept: str = "") -> UUID | None:
        """A new one's id; None while another is running. `kept` are checkpoints that the person brought."""
        v, at, new = t.verification, self.clock(), uuid4()
        with writing(self.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4071857)")
            lost = v.c.finished_at.is_(None) & (v.c.beat_at < at - LOST_AFTER)
            stopped = {"finished_at": v.c.beat_at, "exit_code": 2, "report": json.dumps(STOPPED).encode()}
            connection.execute(update(v).where(lost).values(**stopped))
            if connection.scalar(select(func.count()).select_from(v).where(v.c.finished_at.is_(None))):
                return None
            connection.execute(
                insert(v).values(
                    id=new, person=person, kept=kept, started_at=at, beat_at=at, part="log", done=0, total=0
                )
            )
        return new

    def beat(self, run: UUID, part: str, done: int, total: int) -> None:
        """It is still running, and so far."""
        self._change(run, beat_at=self.clock(), part=part, done=done, total=total)

    def finish(self, run: UUID, exit_code: int, report: Mapping[str, Any]) -> None:
        """It came to its end."""
        at = self.clock()
        self._change(run, beat_at=at, finished_at=at, exit_code=exit_code, report=json.dumps(report).encode())

    def running(self) -> Verification | None:
        """The one that is running, unless it has given no sign of life for a minute."""
        v = t.verification.c
        return self._one(select(t.verification).where(v.finished_at.is_(None), v.beat_at >= self.clock() - LOST_AFTER))

    def last(self) -> Verification | None:
        """The newest that is not running: finished, or stopped before its end."""
        v = t.verification.c
        over = v.finished_at.is_not(None) | (v.beat_at < self.clock() - LOST_AFTER)
        return self._one(select(t.verification).where(over).order_by(v.started_at.desc(), v.beat_at.desc()).limit(1))

    def witnesses(self) -> list[datetime]:
        """When each person's own kept checkpoint last agreed with the log, the newest first: one instant a person."""
        v = t.verification.c
        agreed = select(func.max(v.finished_at)).where(v.kept != "", v.exit_code == 0).group_by(v.person)
        with reading(self.engine) as connection:
            return sorted((_instant(at) for at in connection.scalars(agreed)), reverse=True)

    def _change(self, run: UUID, **values: Any) -> None:
        with writing(self.engine) as connection:
            connection.execute(update(t.verification).where(t.verification.c.id == run).values(**values))

    def _one(self, asked: Select[Any]) -> Verification | None:
        with reading(self.engine) as connection:
            row = connection.execute(asked).first()
        return None if row is None else _verification(row)


def _verification(row: Row[Any]) -> Verification:
    found = Verification(row.id, _instant(row.started_at), row.part, row.done, row.total, bool(row.kept))
    if row.finished_at is None:
        return found
    return replace(
        found,
        finished_at=_instant(row.finished_at),
        exit_code=row.exit_code,
        report=json.loads(row.report),
    )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
