"""Files sent in for import: kept from the dry run until they are confirmed, and of use for an hour at most.

What is older is deleted when `web.serve` starts, and whenever files are sent in, looked at or imported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, update

from projections.engine.database import reading, writing
from web.store import tables as t
from web.store.accounts import now

KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Upload:
    """Files of one person, what the dry run said of them, and what the import did, once it has."""

    id: UUID
    report: dict[str, Any]
    done: dict[str, Any] | None


class Uploads:
    """Kept beside people, so that any process may confirm what another took in."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def keep(self, person: UUID, files: Sequence[tuple[str, bytes]], report: dict[str, Any]) -> UUID:
        """Files by name, in order; what is too old goes."""
        upload = uuid4()
        with writing(self.engine) as connection:
            _forget_old(connection)
            words = json.dumps(report).encode()
            connection.execute(insert(t.upload).values(id=upload, person=person, at=now(), report=words))
            connection.execute(
                insert(t.uploaded_file),
                [
                    {"upload": upload, "number": number, "name": name, "content": content}
                    for number, (name, content) in enumerate(files)
                ],
            )
        return upload

    def forget_old(self) -> None:
        """Delete what is too old; nothing is written where there is nothing."""
        with reading(self.engine) as connection:
            if connection.execute(select(t.upload.c.id).where(_is_old()).limit(1)).first() is None:
                return
        with writing(self.engine) as connection:
            _forget_old(connection)

    def of(self, upload: UUID, person: UUID) -> Upload | None:
        """A person's own upload; None where it is another's or too old."""
        self.forget_old()
        with reading(self.engine) as connection:
            wanted = (t.upload.c.id == upload, t.upload.c.person == person, t.upload.c.at >= now() - KEPT_SECONDS)
            row = connection.execute(select(t.upload).where(*wanted)).one_or_none()
        if row is None:
            return None
        return Upload(row.id, json.loads(row.report), None if row.done is None else json.loads(row.done))

    def files(self, upload: UUID) -> list[tuple[str, bytes]]:
        """The same names and bytes that were kept; none where they are too old."""
        self.forget_old()
        of = t.uploaded_file
        with reading(self.engine) as connection:
            rows = connection.execute(select(of).where(of.c.upload == upload).order_by(of.c.number)).all()
        return [(row.name, bytes(row.content)) for row in rows]

    def revise(self, upload: UUID, report: dict[str, Any]) -> None:
        """More was said of the files before they are imported."""
        with writing(self.engine) as connection:
            words = json.dumps(report).encode()
            connection.execute(update(t.upload).where(t.upload.c.id == upload).values(report=words))

    def finish(self, upload: UUID, done: dict[str, Any]) -> None:
        """The files were imported: their bytes are no longer needed. What is too old goes, save this one, which may
        have grown old while it was imported."""
        with writing(self.engine) as connection:
            _forget_old(connection, t.upload.c.id != upload)
            connection.execute(update(t.upload).where(t.upload.c.id == upload).values(done=json.dumps(done).encode()))
            connection.execute(delete(t.uploaded_file).where(t.uploaded_file.c.upload == upload))


def _is_old() -> ColumnElement[bool]:
    return t.upload.c.at < now() - KEPT_SECONDS


def _forget_old(connection: Connection, *save: ColumnElement[bool]) -> None:
    old = select(t.upload.c.id).where(_is_old(), *save)
    connection.execute(delete(t.uploaded_file).where(t.uploaded_file.c.upload.in_(old)))
    connection.execute(delete(t.upload).where(_is_old(), *save))
