"""What became of each mail: rows that are only added, each on the disk before the next step is taken.

prepared → begun → accepted, refused, failed or uncertain; or prepared → abandoned; or nothing, where there was none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, insert, select

from projections.engine.database import reading, writing
from web.store import news_tables as t


class MailState(Enum):
    """`BEGUN`: the text is being handed in. `REFUSED`: the server will never take it. `FAILED`: not now. `UNCERTAIN`:
    nobody can know whether it was taken. `ABANDONED`: stopped before it began. `NOTHING`: there was nothing to tell."""

    PREPARED = "prepared"
    BEGUN = "begun"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    ABANDONED = "abandoned"
    NOTHING = "nothing"


class MailKind(Enum):
    CONFIRM = "confirm"
    DIGEST = "digest"


@dataclass(frozen=True)
class MailRow:
    """A step of one mail, `at` seconds since 1970, UTC."""

    message: UUID
    follow: UUID
    kind: MailKind
    state: MailState
    at: int
    upto: int | None
    until: date | None
    why: str | None


class Outbox:
    """Adds rows and reads them; there is no way to change one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(
        self,
        message: UUID,
        follow: UUID,
        kind: MailKind,
        state: MailState,
        *,
        at: int,
        upto: int | None = None,
        until: date | None = None,
        why: str | None = None,
    ) -> None:
        """Keep a step; it is on the disk when this returns."""
        row = {"message": message, "follow": follow, "kind": kind.value, "state": state.value, "at": at}
        with writing(self.engine) as connection:
            connection.execute(
                insert(t.outbox).values(**row, upto=upto, until=until and until.isoformat(), why=why and why[:500])
            )

    def of(self, follow: UUID) -> Sequence[MailRow]:
        """Every step of a follower's mails, in order."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(t.outbox).where(t.outbox.c.follow == follow).order_by(t.outbox.c.number))
            return [_row(row) for row in rows]

    def unfinished(self) -> Sequence[MailRow]:
        """The last step of each mail that somebody was stopped at."""
        o = t.outbox.c
        last = select(func.max(o.number)).group_by(o.message)
        stopped = (MailState.PREPARED.value, MailState.BEGUN.value)
        with reading(self.engine) as connection:
            rows = connection.execute(select(t.outbox).where(o.number.in_(last), o.state.in_(stopped)))
            return [_row(row) for row in rows]


def _row(row: Any) -> MailRow:
    found = row._mapping
    return MailRow(
        found["message"],
        found["follow"],
        MailKind(found["kind"]),
        MailState(found["state"]),
        found["at"],
        found["upto"],
        date.fromisoformat(found["until"]) if found["until"] else None,
        found["why"],
    )
