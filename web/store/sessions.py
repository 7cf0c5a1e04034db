"""Who is signed in, kept on this side: a browser holds a random token, the database its digest.

A session ends when it is ended, unused or old, and as soon as the log says something new of the person."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import Engine, Row, delete, insert, select, update

from domain.values.roles import Listed, Role
from projections.engine.database import reading, writing
from web.store import tables as t
from web.store.accounts import digest, now

AT_MOST = 12 * 3600
IDLE = 30 * 60
IDLE_OF_A_MEMBER = 2 * 3600
"""Seconds: a session in all; one not used by somebody who may write, administer or see everything; by a member."""

NOTED_EVERY = 60
"""Seconds between two notes of when a session was last used."""


@dataclass(frozen=True)
class Session:
    """One sign-in. Instants are seconds since 1970, UTC."""

    id: UUID
    person: UUID
    changed: int
    began_at: int
    used_at: int
    address: str
    browser: str


class Sessions:
    """Begun at sign-in, found by their token, ended by the person, an administrator, or time."""

    def __init__(self, engine: Engine, *, clock: Callable[[], int] = now) -> None:
        self.engine = engine
        self.clock = clock

    def begin(self, listed: Listed, *, address: str, browser: str) -> str:
        """A new session's token: 256 random bits, handed to the browser and not kept."""
        token = secrets.token_urlsafe(32)
        at = self.clock()
        with writing(self.engine) as connection:
            connection.execute(delete(t.session).where(t.session.c.began_at <= at - AT_MOST))
            connection.execute(
                insert(t.session).values(
                    digest=digest(token),
                    id=uuid4(),
                    person=listed.person,
                    changed=listed.changed,
                    began_at=at,
                    used_at=at,
                    address=address[:100],
                    browser=browser[:200],
                )
            )
        return token

    def found(self, token: str, listed: Callable[[UUID], Listed | None]) -> tuple[Session, Listed] | None:
        """The session of a token and its person as of now; None, and it is gone, where it has ended."""
        with reading(self.engine) as connection:
            row = connection.execute(select(t.session).where(t.session.c.digest == digest(token))).one_or_none()
        if row is None:
            return None
        session, person = _session(row), listed(row.person)
        at = self.clock()
        if person is None or person.disabled or person.changed != session.changed or not _alive(session, person, at):
            self.end(session.id)
            return None
        if at - session.used_at >= NOTED_EVERY:
            with writing(self.engine) as connection:
                connection.execute(update(t.session).where(t.session.c.id == session.id).values(used_at=at))
        return session, person

    def of(self, listed: Listed) -> Sequence[Session]:
        """A person's sessions that can still be used, the newest first."""
        with reading(self.engine) as connection:
            wanted = select(t.session).where(t.session.c.person == listed.person).order_by(t.session.c.began_at.desc())
            found = [_session(row) for row in connection.execute(wanted)]
        at = self.clock()
        return [one for one in found if one.changed == listed.changed and _alive(one, listed, at)]

    def end(self, session: UUID, *, person: UUID | None = None) -> bool:
        """End one session, only if it is the given person's. Whether there was one to end."""
        with writing(self.engine) as connection:
            wanted = delete(t.session).where(t.session.c.id == session)
            gone = connection.execute(wanted if person is None else wanted.where(t.session.c.person == person))
        return gone.rowcount > 0

    def end_all(self, person: UUID | None = None, *, but: UUID | None = None) -> int:
        """End every session of a person, or of everybody, but for one. How many ended."""
        wanted = delete(t.session)
        if person is not None:
            wanted = wanted.where(t.session.c.person == person)
        if but is not None:
            wanted = wanted.where(t.session.c.id != but)
        with writing(self.engine) as connection:
            return connection.execute(wanted).rowcount


def _alive(session: Session, person: Listed, at: int) -> bool:
    only_a_member = set(person.grants) <= {Role.MEMBER}
    idle = IDLE_OF_A_MEMBER if only_a_member else IDLE
    return at - session.began_at < AT_MOST and at - session.used_at < idle


def _session(row: Row[tuple[object, ...]]) -> Session:
    return Session(row.id, row.person, row.changed, row.began_at, row.used_at, row.address, row.browser)
