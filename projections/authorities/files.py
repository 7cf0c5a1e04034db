"""Which published files were read, and which imports were cut short."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from domain import facts
from domain.facts import OF_AUTHORITIES, OF_MEETINGS, OF_PEOPLE, OF_PLANS, OF_QUESTIONS, Fact
from projections.engine import tables as t
from projections.engine.answers import FileRow
from projections.engine.database import insert
from projections.engine.log import Command, ReadableLedger, instant, microseconds
from projections.engine.projector import Projection
from projections.engine.reader import Reader
from projections.engine.tables import FOREVER, Shelf

HANDLES: frozenset[type[Fact]] = frozenset({facts.FileOpened, facts.FileRead})

IGNORES: frozenset[type[Fact]] = (
    OF_AUTHORITIES
    | OF_PEOPLE
    | OF_PLANS
    | OF_QUESTIONS
    | OF_MEETINGS
    | {facts.DocumentRead, facts.PlanConventionsChosen, facts.SigningKeyReplaced, facts.SourcesChecked}
)


class Files:
    """The writer of the `files` projection."""

    def __init__(self, ledger: ReadableLedger, shelf: Shelf) -> None:
        self._shelf = shelf

    def forget(self) -> None:
        """It remembers nothing."""

    def keep(self, connection: Connection, commands: Iterable[Command]) -> None:
        """Write what commands change. Raises TypeError at a fact of a kind not known here."""
        file = self._shelf[t.file]
        for command in commands:
            for position, fact in command.facts:
                if isinstance(fact, facts.FileOpened):
                    insert(connection, file, [_opened(position, fact)])
                elif isinstance(fact, facts.FileRead) and not fact.last:
                    continue
                elif isinstance(fact, facts.FileRead):
                    self._shelf.make(connection, t.FILE_BY_STREAM)
                    connection.execute(
                        update(file)
                        .where(file.c.originator_id == fact.originator_id)
                        .values(
                            finished=position,
                            read_on=fact.read_on,
                            edition=fact.edition,
                            rows=fact.rows,
                            rejected=fact.rejected,
                        )
                    )
                elif type(fact) not in IGNORES:
                    raise TypeError(f"The list of files does not know the fact {type(fact).__name__}.")


def _opened(position: int, fact: facts.FileOpened) -> tuple[Any, ...]:
    opened_at = microseconds(fact.timestamp)
    return (
        position,
        fact.originator_id.hex,
        fact.name,
        fact.digest,
        fact.layout,
        opened_at,
        None,
        None,
        None,
        None,
        None,
    )


FILES = Projection(
    "files",
    1,
    t.files,
    t.FILES_SEEKS,
    Files,
    handles=HANDLES,
    ignores=IGNORES,
    only=facts.names_of(HANDLES),
)


def files(reader: Reader, *, known_at: datetime | None = None) -> tuple[FileRow, ...]:
    """Every file whose import began by `known_at`, the newest first; `finished` is False where it was cut short."""
    with reader.connect() as connection:
        position = FOREVER if known_at is None else reader.position(connection, known_at)
        found = connection.execute(select(t.file).where(t.file.c.row <= position).order_by(t.file.c.row.desc()))
        return tuple(
            FileRow(
                name=row.name,
                digest=row.digest,
                layout=row.layout,
                opened_at=instant(row.opened_at),
                finished=row.finished is not None and row.finished <= position,
                read_on=row.read_on,
                rows=row.rows,
                rejected=row.rejected,
            )
            for row in found
        )
