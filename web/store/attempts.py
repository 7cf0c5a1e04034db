"""How often something may be tried, counted in the database so that every process counts the same.

A stranger who tries a name slows strangers down, never its owner: from an address where the owner signed in before,
only that address's own failures count."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Engine, delete, func, insert, select

from projections.engine.database import reading, writing
from web.store import tables as t
from web.store.accounts import digest

MINUTE = 60_000
SIGN_INS_A_MINUTE = 5
WRITES_A_MINUTE = 60
HEAVY_A_MINUTE = 6
DOCUMENTS_A_MINUTE = 20
FOLLOWS_A_MINUTE = 6
LONGEST_WAIT = 15 * MINUTE
REMEMBERED = 60 * MINUTE
"""Milliseconds; after an hour a failure is forgotten."""


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000


class Attempts:
    """Counts, and says how long to wait."""

    def __init__(self, engine: Engine, *, clock: Callable[[], int] = _milliseconds) -> None:
        self.engine = engine
        self.clock = clock

    def wait_to_sign_in(self, name: str, person: UUID | None, address: str) -> int:
        """Count one attempt to sign in. Seconds to wait before it may be looked at; 0 is now, and it counts then.

        Five a minute of one name and from one address; beyond that the wait doubles with each, up to a quarter of an
        hour."""
        subjects = [f"address {address}"]
        if person is not None and self._familiar(person, address):
            subjects = [f"name {name} from {address}"]
        else:
            subjects.append(f"name {name}")
        return self._count(subjects, most=SIGN_INS_A_MINUTE, growing=True)

    def signed_in(self, name: str, person: UUID, address: str) -> None:
        """It worked: the person's own failures from here are forgotten, and this address is theirs from now on.

        Of the address only this one try is forgotten: whoever has an account may not guess others' in between."""
        a = t.attempt.c
        with writing(self.engine) as connection:
            connection.execute(delete(t.attempt).where(a.subject == digest(f"name {name} from {address}")))
            place = {"person": person, "address": digest(address)}
            known = select(t.familiar).where(t.familiar.c.person == person, t.familiar.c.address == place["address"])
            if connection.execute(known).first() is None:
                this_one = select(func.max(a.number)).where(a.subject == digest(f"address {address}")).scalar_subquery()
                connection.execute(delete(t.attempt).where(a.number == this_one))
                connection.execute(insert(t.familiar).values(**place))

    def wait_to_write(self, person: UUID) -> int:
        """Count one form sent by a person: 60 a minute. Seconds to wait; 0 is now."""
        return self._count([f"writes of {person}"], most=WRITES_A_MINUTE, growing=False)

    def wait_for_heavy_work(self, person: UUID, what: str) -> int:
        """Count one export or verification by a person: 6 of a kind a minute. Seconds to wait; 0 is now."""
        return self._count([f"{what} of {person}"], most=HEAVY_A_MINUTE, growing=False)

    def wait_for_a_document(self, whose: str) -> int:
        """Count one document made for a person or an address: 20 a minute. Seconds to wait; 0 is now."""
        return self._count([f"documents of {whose}"], most=DOCUMENTS_A_MINUTE, growing=False)

    def wait_to_follow(self, whose: str) -> int:
        """Count one choice to follow by a person or from an address: 6 a minute. Seconds to wait; 0 is now."""
        return self._count([f"follows of {whose}"], most=FOLLOWS_A_MINUTE, growing=False)

    def _familiar(self, person: UUID, address: str) -> bool:
        with reading(self.engine) as connection:
            wanted = (t.familiar.c.person == person, t.familiar.c.address == digest(address))
            return connection.execute(select(t.familiar.c.person).where(*wanted)).first() is not None

    def _count(self, subjects: list[str], *, most: int, growing: bool) -> int:
        at = self.clock()
        a = t.attempt.c
        with writing(self.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4071856)")
            waits = []
            for subject in map(digest, subjects):
                mine = (a.subject == subject, a.at >= at - (REMEMBERED if growing else MINUTE))
                in_all, newest = connection.execute(select(func.count(), func.max(a.at)).where(*mine)).one()
                lately = select(func.count(), func.min(a.at)).where(a.subject == subject, a.at > at - MINUTE)
                this_minute, oldest = connection.execute(lately).one()
                if growing and in_all >= most:
                    wait = min(2 ** min(in_all - most, 12) * 1000 * 12, LONGEST_WAIT)
                    waits.append(newest + wait - at)
                elif this_minute >= most:
                    waits.append(oldest + MINUTE - at)
            if (longest := min(max(waits, default=0), LONGEST_WAIT)) > 0:
                return -(-longest // 1000)
            connection.execute(delete(t.attempt).where(a.at < at - REMEMBERED))
            connection.execute(insert(t.attempt), [{"subject": digest(subject), "at": at} for subject in subjects])
        return 0
