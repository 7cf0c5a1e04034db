"""When each place was last looked at, with what outcome, and the last runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update

from projections.engine.database import reading, writing
from web.store import places_tables as t
from web.store.accounts import now

RUNS_KEPT = 50
FAILED = "failed"


@dataclass(frozen=True)
class Look:
    """The last look at a place. `well_at` is the last that did not fail, None where none ever did; `kept` is what the
    next look needs to know of it."""

    place: str
    cadence_days: int
    looked_at: datetime
    outcome: str
    http_status: int | None
    why: str | None
    well_at: datetime | None
    kept: Mapping[str, Any]


@dataclass(frozen=True)
class RefreshRun:
    """One refresh. `ended_at` None is one that still runs or was stopped. Each of `places` has `name`, `outcome`,
    `http_status`, `why`, `bytes` and `seconds`."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    places: Sequence[Mapping[str, Any]]


class Looks:
    """Written by whoever refreshes; read by pages of any process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def note(
        self,
        place: str,
        *,
        cadence_days: int,
        outcome: str,
        http_status: int | None = None,
        why: str | None = None,
        kept: Mapping[str, Any] | None = None,
        at: int | None = None,
    ) -> None:
        """A place was looked at just now. What is `kept` stays as it was where the look brings nothing to keep."""
        at = now() if at is None else at
        told: dict[str, Any] = {
            "cadence_days": cadence_days,
            "looked_at": at,
            "outcome": outcome,
            "http_status": http_status,
            "why": why,
        }
        if outcome != FAILED:
            told["well_at"] = at
        if kept is not None:
            told["kept"] = json.dumps(kept)
        with writing(self.engine) as connection:
            if not connection.execute(update(t.look).where(t.look.c.place == place).values(**told)).rowcount:
                connection.execute(insert(t.look).values(place=place, **{"kept": "{}", **told}))

    def all(self) -> tuple[Look, ...]:
        """The last look at each place, by its name."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(t.look).order_by(t.look.c.place)).all()
        return tuple(
            Look(
                row.place,
                row.cadence_days,
                _instant(row.looked_at),
                row.outcome,
                row.http_status,
                row.why,
                None if row.well_at is None else _instant(row.well_at),
                json.loads(row.kept),
            )
            for row in rows
        )

    def begin_run(self) -> int:
        """A refresh begins; the number by which its end is told. The oldest go, save the last fifty."""
        with writing(self.engine) as connection:
            last = connection.scalar(select(func.max(t.run.c.number))) or 0
            connection.execute(insert(t.run).values(number=last + 1, started_at=now(), places=b"[]"))
            connection.execute(delete(t.run).where(t.run.c.number <= last + 1 - RUNS_KEPT))
        return last + 1

    def end_run(self, number: int, places: Sequence[Mapping[str, Any]]) -> None:
        """It came to its end, and did so much at each place."""
        with writing(self.engine) as connection:
            told = {"ended_at": now(), "places": json.dumps(list(places)).encode()}
            connection.execute(update(t.run).where(t.run.c.number == number).values(**told))

    def runs(self, most: int = RUNS_KEPT) -> tuple[RefreshRun, ...]:
        """The last ones, the newest first."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(t.run).order_by(t.run.c.number.desc()).limit(most)).all()
        return tuple(
            RefreshRun(
                row.number,
                _instant(row.started_at),
                None if row.ended_at is None else _instant(row.ended_at),
                json.loads(row.places),
            )
            for row in rows
        )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
