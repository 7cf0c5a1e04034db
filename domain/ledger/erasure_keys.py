"""The keys of erasable words: outside the log, with a backup life of their own. Destroying a key erases its words.

AES-256-GCM, a fresh nonce for each text, and the text's place as associated data. SQLite keeps keys in a file of its
own, PostgreSQL in the schema `keys`. What was erased is told by the log; `destroy` is repeated from there whenever the
keys are opened, so that an old key table brings nothing back. A destroyed key leaves an empty one in its place, so that
a backup of keys brings none back either, though the log was put back to a day before the erasure."""

from __future__ import annotations

import os
import sqlite3
from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ledger.store import in_plain_words, is_postgres, make_private_file
from domain.values.errors import RuleBroken, StoreMissing, StoreUnavailable
from domain.values.sealed import Place, Sealed, SealedText

SCHEMA = "keys"
BUSY_SECONDS = 30
AT_ONCE = 500


class ErasureKeys(ABC):
    """Seals and reads words. May be used from several threads and processes."""

    def seal(self, text: str, place: Place, subject: UUID) -> Sealed:
        """The text as ciphertext; its subject's key is made, durably, if there is none.

        Raises RuleBroken where that key was destroyed."""
        nonce = os.urandom(12)
        with in_plain_words():
            key = self._key_made_if_needed(subject)
        if not key:
            raise RuleBroken("What was said with this was erased. Say it anew.")
        cipher = AESGCM(key).encrypt(nonce, text.encode(), place.bound())
        return Sealed(subject, b64encode(nonce).decode(), b64encode(cipher).decode())

    def read(self, texts: Collection[SealedText]) -> Mapping[SealedText, str | None]:
        """The words of each text; None where its key is not here, or does not open it in its place."""
        keys = self.keys_of({kept.sealed.subject for kept in texts})
        return {kept: _opened(kept, keys.get(kept.sealed.subject)) for kept in texts}

    def keys_of(self, subjects: Iterable[UUID]) -> Mapping[UUID, bytes]:
        """The keys there are of these subjects."""
        wanted = sorted(subjects)
        found: dict[UUID, bytes] = {}
        with in_plain_words():
            for first in range(0, len(wanted), AT_ONCE):
                found |= self._keys(wanted[first : first + AT_ONCE])
        return {subject: key for subject, key in found.items() if key}

    def destroy(self, subjects: Iterable[UUID]) -> int:
        """Destroy the keys of these subjects, beyond recovery from this table or a backup put into it; gives how many
        there still were."""
        wanted = set(subjects)
        gone = self.keys_of(wanted)
        with in_plain_words():
            if wanted:
                self._destroy(wanted)
            if gone:
                self._clean()
        return len(gone)

    @abstractmethod
    def migrate(self) -> None:
        """Make the table unless it is there. Any number of processes may do so at once."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _key_made_if_needed(self, subject: UUID) -> bytes:
        """The subject's key; empty where it was destroyed."""

    @abstractmethod
    def _keys(self, subjects: Sequence[UUID]) -> dict[UUID, bytes]: ...

    @abstractmethod
    def _destroy(self, subjects: Collection[UUID]) -> None:
        """Put an empty key in the place of each, also where there was none."""

    @abstractmethod
    def _clean(self) -> None:
        """Leave nothing of destroyed keys where the table lies."""


def _opened(kept: SealedText, key: bytes | None) -> str | None:
    if key is None:
        return None
    try:
        nonce, cipher = b64decode(kept.sealed.nonce, validate=True), b64decode(kept.sealed.cipher, validate=True)
        return AESGCM(key).decrypt(nonce, cipher, kept.place.bound()).decode()
    except (InvalidTag, ValueError):
        return None


_PUT = "INSERT INTO subject_key VALUES (?, ?)"
_EMPTIED = "ON CONFLICT (subject) DO UPDATE SET key = excluded.key WHERE length(subject_key.key) > 0"


class SQLiteErasureKeys(ErasureKeys):
    """Keys in one file, readable by its owner only. No write-ahead log: a destroyed key must not stay in one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if not self.path.is_file():
            raise StoreMissing(f"There are no keys at {self.path}. Make the table with: flask --app wsgi store migrate")
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            for pragma in (
                "secure_delete = ON",
                "journal_mode = TRUNCATE",
                "synchronous = EXTRA",
                "trusted_schema = OFF",
            ):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            yield connection
        finally:
            connection.close()

    def migrate(self) -> None:
        with in_plain_words():
            make_private_file(self.path)
            with self._connection() as connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS subject_key (subject TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID"
                )

    def close(self) -> None:
        """Every connection was closed after use."""

    def _key_made_if_needed(self, subject: UUID) -> bytes:
        with self._connection() as connection:
            connection.execute(f"{_PUT} ON CONFLICT DO NOTHING", (subject.hex, os.urandom(32)))
            row = connection.execute("SELECT key FROM subject_key WHERE subject = ?", (subject.hex,)).fetchone()
        return bytes(row[0])

    def _keys(self, subjects: Sequence[UUID]) -> dict[UUID, bytes]:
        marks = ", ".join("?" * len(subjects))
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT subject, key FROM subject_key WHERE subject IN ({marks})", [s.hex for s in subjects]
            ).fetchall()
        return {UUID(subject): bytes(key) for subject, key in rows}

    def _destroy(self, subjects: Collection[UUID]) -> None:
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"{_PUT} {_EMPTIED}", [(subject.hex, b"") for subject in subjects])
            connection.execute("COMMIT")

    def _clean(self) -> None:
        """`secure_delete` overwrote the keys, and the journal was truncated."""


class PostgresErasureKeys(ErasureKeys):
    """Keys in a schema of their own, so that a backup of the log's schema holds none."""

    def __init__(self, url: str) -> None:
        # Imported here because the driver takes half a second to load.
        from domain.ledger.postgres import PostgresLedgerDatastore

        self._store = PostgresLedgerDatastore(url)

    def migrate(self) -> None:
        from domain.ledger.postgres import MIGRATION_LOCK

        with in_plain_words(), self._store.get_connection() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
            try:
                connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                connection.execute(
                    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.subject_key (subject uuid PRIMARY KEY, key bytea NOT NULL)"
                )
            finally:
                connection.execute("SELECT pg_advisory_unlock(%s)", (MIGRATION_LOCK,))

    def close(self) -> None:
        self._store.close()

    def _key_made_if_needed(self, subject: UUID) -> bytes:
        with self._store.transaction(commit=True) as cursor:
            cursor.execute(
                f"INSERT INTO {SCHEMA}.subject_key VALUES (%s, %s) ON CONFLICT DO NOTHING", (subject, os.urandom(32))
            )
        return self._keys([subject])[subject]

    def _keys(self, subjects: Sequence[UUID]) -> dict[UUID, bytes]:
        with self._store.cursor() as cursor:
            rows: list[Any] = cursor.execute(
                f"SELECT subject, key FROM {SCHEMA}.subject_key WHERE subject = ANY(%s)", (list(subjects),)
            ).fetchall()
        return {row["subject"]: bytes(row["key"]) for row in rows}

    def _destroy(self, subjects: Collection[UUID]) -> None:
        with self._store.transaction(commit=True) as cursor:
            cursor.execute(
                f"INSERT INTO {SCHEMA}.subject_key SELECT subject, ''::bytea FROM unnest(%s::uuid[]) AS subject "
                f"{_EMPTIED}",
                (list(subjects),),
            )

    def _clean(self) -> None:
        """Dead rows would stay until the server's own clean-up comes by."""
        with self._store.get_connection() as connection:
            connection.autocommit = True
            try:
                connection.execute(f"VACUUM FULL {SCHEMA}.subject_key")
            finally:
                connection.autocommit = False


def open_words(where: str | Path) -> ErasureKeys:
    """The keys at a path, or in the database of a `postgresql://` address. `migrate` makes their table."""
    return PostgresErasureKeys(str(where)) if is_postgres(where) else SQLiteErasureKeys(Path(where))


def backup_keys(where: str | Path, target: Path) -> int:
    """Write a copy of all keys; gives how many. Keep it for less long than anything must stay erased from backups.

    Raises RuleBroken where the file is there already; StoreUnavailable for PostgreSQL."""
    source = _file(where)
    if target.exists():
        raise RuleBroken(f"There is a file at {target} already. Give the backup another name.")
    rows = _all(source)
    copy = SQLiteErasureKeys(target)
    copy.migrate()
    _put(copy, rows)
    return sum(bool(key) for _, key in rows)


def restore_keys(file: Path, where: str | Path) -> tuple[int, int]:
    """Add the keys of a backup that are missing here; gives how many it held, and how many of them stay destroyed.

    What was destroyed where the backup is from is destroyed here too. Erase again afterwards what the log says.

    Raises RuleBroken where the file is no backup of keys."""
    target = SQLiteErasureKeys(_file(where))
    if not file.is_file():
        raise RuleBroken(f"There is no backup at {file}.")
    try:
        rows = _all(file)
    except StoreUnavailable as fault:
        raise RuleBroken("That file is not a backup of this product's keys.") from fault
    target.migrate()
    _put(target, rows)
    target.destroy(UUID(subject) for subject, key in rows if not key)
    held = [UUID(subject) for subject, key in rows if key]
    return len(held), len(held) - len(target.keys_of(held))


def _all(path: Path) -> list[tuple[str, bytes]]:
    with in_plain_words(), SQLiteErasureKeys(path)._connection() as connection:
        return connection.execute("SELECT subject, key FROM subject_key").fetchall()


def _put(words: SQLiteErasureKeys, rows: Iterable[tuple[str, bytes]]) -> None:
    with in_plain_words(), words._connection() as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"{_PUT} ON CONFLICT DO NOTHING", rows)
        connection.execute("COMMIT")


def _file(where: str | Path) -> Path:
    if is_postgres(where):
        raise StoreUnavailable(
            "These keys are in PostgreSQL. Use its own tools, for example: pg_dump --schema=keys --format=custom "
            "--file=FILE"
        )
    return Path(where)
