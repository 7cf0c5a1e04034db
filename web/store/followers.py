"""Who follows what: people who are mailed, and addresses with a secret."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, delete, func, insert, or_, select, update

from domain.values.errors import RuleBroken
from projections.engine.database import reading, writing
from web.store import news_tables as t
from web.store.accounts import digest, now

UNUSED_FOR = 90 * 24 * 3600
"""After so long an address with a secret that nobody asks for is forgotten."""

MOST_SECRETS = 5_000
"""Addresses with a secret that one installation keeps."""

USED_AGAIN = 24 * 3600
"""That one was used is written down once a day."""


@dataclass(frozen=True)
class Follow:
    """A choice that somebody follows. `person` and `address` are of those who are mailed; instants as in the tables.
    `position` is the last event of the log when the address was confirmed, None before."""

    id: UUID
    person: UUID | None
    choice: Mapping[str, Any]
    cadence: str | None
    address: str | None
    asked_at: int
    confirmed_at: int | None
    position: int | None


class Followers:
    """Keeps what people follow. Their addresses stand nowhere else."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # --- people ------------------------------------------------------------------------------------------------------

    def of_person(self, person: UUID) -> Follow | None:
        return self._one(t.follow.c.person == person)

    def named(self, follow: UUID) -> Follow | None:
        return self._one(t.follow.c.id == follow)

    def mailed(self) -> Sequence[Follow]:
        """Everybody with an address, confirmed or not, in the order of asking."""
        with reading(self.engine) as connection:
            asked = select(t.follow).where(t.follow.c.address.is_not(None))
            rows = connection.execute(asked.order_by(t.follow.c.asked_at, t.follow.c.id)).all()
        return [_follow(row) for row in rows]

    def keep(self, person: UUID, *, choice: Mapping[str, Any], cadence: str, address: str) -> Follow:
        """Keep what a person follows. Another address than before has to be confirmed before anything is mailed."""
        before = self.of_person(person)
        words = {"choice": json.dumps(choice, sort_keys=True), "cadence": cadence, "address": address}
        with writing(self.engine) as connection:
            if before is None:
                row = {"id": uuid4(), "person": person, "asked_at": now(), **words}
                connection.execute(insert(t.follow).values(**row))
            else:
                anew = {} if before.address == address else {"asked_at": now(), "confirmed_at": None, "position": None}
                connection.execute(update(t.follow).where(t.follow.c.id == before.id).values(**words, **anew))
        found = self.of_person(person)
        assert found is not None
        return found

    def ask_again(self, follow: UUID) -> None:
        """The link is mailed again: as after a wrong address that was put right at the other end."""
        self._set(follow, asked_at=now(), confirmed_at=None, position=None)

    def confirm(self, follow: UUID, *, address: str, position: int) -> bool:
        """The owner of an address says yes; False where it is followed no more, or another address was given since.

        News counts from after `position`."""
        with writing(self.engine) as connection:
            mine = (t.follow.c.id == follow, t.follow.c.address == address)
            fresh = update(t.follow).where(*mine, t.follow.c.confirmed_at.is_(None))
            connection.execute(fresh.values(confirmed_at=now(), position=position))
            return connection.execute(select(t.follow.c.id).where(*mine)).first() is not None

    def leave(self, follow: UUID) -> None:
        """Follow nothing any more: the address is deleted with the choice."""
        with writing(self.engine) as connection:
            connection.execute(delete(t.follow).where(t.follow.c.id == follow))

    # --- addresses with a secret -------------------------------------------------------------------------------------

    def make_secret(self, choice: Mapping[str, Any]) -> str:
        """A new address for a choice: its secret, which is kept nowhere. Raises RuleBroken where there are too many."""
        self.forget_unused()
        secret = secrets.token_urlsafe(24)
        with writing(self.engine) as connection:
            kept = connection.scalar(select(func.count()).where(t.follow.c.digest.is_not(None))) or 0
            if kept >= MOST_SECRETS:
                raise RuleBroken("Too many addresses were made here. Ask whoever runs this service.")
            row = {"id": uuid4(), "digest": digest(secret), "choice": json.dumps(choice, sort_keys=True)}
            connection.execute(insert(t.follow).values(**row, asked_at=now()))
        return secret

    def by_secret(self, secret: str) -> Follow | None:
        """The choice of an address, which counts as used."""
        found = self._one(t.follow.c.digest == digest(secret))
        if found is not None:
            late = or_(t.follow.c.used_at.is_(None), t.follow.c.used_at < now() - USED_AGAIN)
            with reading(self.engine) as connection:
                stale = connection.execute(select(t.follow.c.id).where(t.follow.c.id == found.id, late)).first()
            if stale is not None:
                self._set(found.id, used_at=now())
        return found

    def choose_again(self, follow: UUID, choice: Mapping[str, Any]) -> None:
        self._set(follow, choice=json.dumps(choice, sort_keys=True))

    def forget_unused(self) -> None:
        """Forget addresses with a secret that nobody asked for in ninety days."""
        last = func.coalesce(t.follow.c.used_at, t.follow.c.asked_at)
        with writing(self.engine) as connection:
            connection.execute(delete(t.follow).where(t.follow.c.digest.is_not(None), last < now() - UNUSED_FOR))

    def _one(self, wanted: Any) -> Follow | None:
        with reading(self.engine) as connection:
            row = connection.execute(select(t.follow).where(wanted)).one_or_none()
        return None if row is None else _follow(row)

    def _set(self, follow: UUID, **words: Any) -> None:
        with writing(self.engine) as connection:
            connection.execute(update(t.follow).where(t.follow.c.id == follow).values(**words))


def _follow(row: Any) -> Follow:
    return Follow(
        row.id,
        row.person,
        json.loads(row.choice),
        row.cadence,
        row.address,
        row.asked_at,
        row.confirmed_at,
        row.position,
    )
