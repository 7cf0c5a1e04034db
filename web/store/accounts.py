"""People as this installation knows them: added, set up by a link of one use, checked at sign-in."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, delete, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError

from domain.values.errors import RuleBroken
from projections.engine.database import damage, open_store, reading, writing
from web.store import news_tables, places_tables
from web.store import tables as t
from web.store.passwords import fits, kept, must_be_good, outdated

LINK_SECONDS = 3 * 24 * 3600
FIRST_LINK_SECONDS = 24 * 3600
"""How long a set-up link can be used: three days, and one for the first administrator's."""


@dataclass(frozen=True)
class Account:
    """Who a person is. `office` is what pages say of them; `ready` that they have set a password."""

    person: UUID
    name: str
    office: str
    sign_in_name: str
    ready: bool


@dataclass(frozen=True)
class SetUpLink:
    """A set-up link that can still be used. `account` None is for the first administrator."""

    digest: str
    account: Account | None


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def now() -> int:
    return int(time.time())


def open_accounts(where: Path | str) -> Engine:
    """The database of people: a SQLite file, or the schema `people` of a PostgreSQL database."""
    return open_store(where, schema=t.SCHEMA, precious=True)


def migrate(engine: Engine) -> None:
    """Make the tables that are missing."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(4071855)")
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {t.SCHEMA}")
        t.metadata.create_all(connection)


def holds_people(engine: Engine) -> bool:
    """Whether any release prepared it."""
    return inspect(engine).has_table(t.person.name)


def prepared(engine: Engine) -> bool:
    """Whether `migrate` has been run."""
    known = inspect(engine)
    return all(
        known.has_table(table.name) for table in (t.person, t.loaded_list, places_tables.look, news_tables.follow)
    )


class Accounts:
    """Names, passwords and set-up links."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(self, person: UUID, *, name: str, office: str, sign_in_name: str) -> Account:
        """Keep who a person is. Raises RuleBroken where the sign-in name is taken."""
        named = _sign_in_name(sign_in_name)
        row = {"id": person, "name": name.strip(), "office": office.strip(), "sign_in_name": named, "added_at": now()}
        if not row["name"]:
            raise RuleBroken("Enter the person’s name.")
        try:
            with writing(self.engine) as connection:
                connection.execute(insert(t.person).values(**row))
        except IntegrityError:
            raise RuleBroken(f"Somebody signs in as {named} already. Choose another sign-in name.") from None
        return Account(person, name.strip(), office.strip(), named, ready=False)

    def forget(self, person: UUID) -> None:
        """Take back `add`, where the log refused the person."""
        with writing(self.engine) as connection:
            connection.execute(delete(t.person).where(t.person.c.id == person))
            connection.execute(delete(t.set_up_link).where(t.set_up_link.c.person == person))

    def all(self) -> Mapping[UUID, Account]:
        """Everybody, in order of name."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(t.person).order_by(t.person.c.name)).all()
        return {row.id: _account(row) for row in rows}

    def of(self, person: UUID) -> Account | None:
        with reading(self.engine) as connection:
            row = connection.execute(select(t.person).where(t.person.c.id == person)).one_or_none()
        return None if row is None else _account(row)

    def named(self, sign_in_name: str) -> Account | None:
        """Whoever signs in by this name."""
        with reading(self.engine) as connection:
            wanted = t.person.c.sign_in_name == sign_in_name.strip().casefold()
            row = connection.execute(select(t.person).where(wanted)).one_or_none()
        return None if row is None else _account(row)

    def signed_in_by(self, sign_in_name: str, password: str) -> Account | None:
        """Whose name and password these are; None for everything else, after as long a time."""
        with reading(self.engine) as connection:
            wanted = t.person.c.sign_in_name == sign_in_name.strip().casefold()
            row = connection.execute(select(t.person).where(wanted)).one_or_none()
        if not fits(password, row.password if row is not None else None) or row is None:
            return None
        if outdated(row.password):
            self._set_password(row.id, password)
        return _account(row)

    def is_password_of(self, person: UUID, password: str) -> bool:
        """Whether this is the person's password: asked again before something grave."""
        account = self.of(person)
        return account is not None and self.signed_in_by(account.sign_in_name, password) is not None

    def must_suit(self, person: UUID, password: str) -> None:
        """Raises RuleBroken for a password that is not good enough for this person."""
        account = self.of(person)
        assert account is not None
        must_be_good(password, (account.name, account.sign_in_name, account.office))

    def change_password(self, person: UUID, password: str) -> None:
        """Raises RuleBroken for a password that is not good enough."""
        self.must_suit(person, password)
        self._set_password(person, password)

    def _set_password(self, person: UUID, password: str) -> None:
        with writing(self.engine) as connection:
            connection.execute(update(t.person).where(t.person.c.id == person).values(password=kept(password)))

    # --- set-up links ------------------------------------------------------------------------------------------------

    def make_link(self, person: UUID | None) -> str:
        """The secret of a new set-up link, good once; earlier ones of the same person are good no longer."""
        secret = secrets.token_urlsafe(32)
        ends_at = now() + (FIRST_LINK_SECONDS if person is None else LINK_SECONDS)
        with writing(self.engine) as connection:
            of = t.set_up_link.c.person
            connection.execute(delete(t.set_up_link).where(of.is_(None) if person is None else of == person))
            connection.execute(insert(t.set_up_link).values(digest=digest(secret), person=person, ends_at=ends_at))
        return secret

    def link(self, secret: str) -> SetUpLink | None:
        """What a link is for; None where it was used, replaced or is too old."""
        with reading(self.engine) as connection:
            row = connection.execute(
                select(t.set_up_link).where(t.set_up_link.c.digest == digest(secret))
            ).one_or_none()
        if row is None or row.ends_at <= now():
            return None
        account = None if row.person is None else self.of(row.person)
        return None if row.person is not None and account is None else SetUpLink(row.digest, account)

    def use(self, link: SetUpLink) -> bool:
        """Whether it was this call that used the link up: of two at once only one is told so."""
        with writing(self.engine) as connection:
            gone = connection.execute(delete(t.set_up_link).where(t.set_up_link.c.digest == link.digest))
        return gone.rowcount == 1

    def drop_links(self, person: UUID | None) -> None:
        with writing(self.engine) as connection:
            of = t.set_up_link.c.person
            connection.execute(delete(t.set_up_link).where(of.is_(None) if person is None else of == person))

    def faults(self, listed: Iterable[UUID]) -> list[str]:
        """What is wrong with the database, and whom the log lists without a name being known."""
        found = [f"people: {fault}" for fault in damage(self.engine)]
        known = self.all()
        return found + [f"people: no name is known of {person}" for person in listed if person not in known]


def _sign_in_name(text: str) -> str:
    name = text.strip().casefold()
    if not 3 <= len(name) <= 200 or any(letter.isspace() or not letter.isprintable() for letter in name):
        raise RuleBroken("Enter a sign-in name of 3 to 200 characters without spaces, such as a work e-mail address.")
    return name


def _account(row: object) -> Account:
    return Account(row.id, row.name, row.office, row.sign_in_name, row.password is not None)  # type: ignore[attr-defined]
