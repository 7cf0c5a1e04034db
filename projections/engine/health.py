"""How far is each projection behind the log, and has one stopped?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from projections.engine import tables as t
from projections.engine.database import reading
from projections.engine.log import ReadableLedger


@dataclass(frozen=True)
class ProjectionHealth:
    """Where one projection stands. `stopped_at` and `error` name the event that it could not take.

    `rebuilt_to` is the position reached by a rebuild under way, None without one."""

    name: str
    position: int
    log: int
    stopped_at: int | None
    error: str | None
    rebuilt_to: int | None

    @property
    def behind(self) -> int:
        """Positions of the log not yet taken in."""
        return self.log - self.position

    @property
    def healthy(self) -> bool:
        return self.stopped_at is None


def health(engine: Engine, ledger: ReadableLedger) -> tuple[ProjectionHealth, ...]:
    """Every projection against the newest position of the log, in order of name."""
    log = ledger.max_position()
    with reading(engine) as connection:
        found = connection.execute(select(t.projection).order_by(t.projection.c.name)).all()
    return tuple(
        ProjectionHealth(row.name, row.position, max(log, row.position), row.stopped_at, row.error, row.rebuilt_to)
        for row in found
    )
