"""Answers that take seconds to work out, kept in the read side's database until what they are made from moves on.

What is kept carries the mark of everything that it was made from: the code of the rules, this installation's policy and
bank holidays, and the newest change of what is held of any authority. Under another mark it is not there: nothing is
ever shown that is out of date. Whoever cannot keep an answer works it out again."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, delete, func, inspect, select, union_all
from sqlalchemy.exc import SQLAlchemyError

import domain.rulebook.results
from projections.engine import tables as t
from projections.engine.database import writing
from projections.engine.json_codec import decode, encode
from projections.engine.reader import Reader

T = TypeVar("T")

MOST = 200
"""So many answers are kept; then all are given up, for whoever asks for days one after another wants each once."""


def kept(reader: Reader, connection: Connection, name: str, cls: type[T], made: Callable[[], T]) -> T:
    """The answer of that name, a frozen dataclass, from what is held of all authorities now; made where it is not kept.

    `name` says all that the answer depends on beside that."""
    if not _Here.of(reader).table:
        return made()
    mark = _mark(reader, connection)
    key = sha256(f"{mark} {name}".encode()).hexdigest()
    found = connection.scalar(select(t.kept_answer.c.body).where(t.kept_answer.c.key == key))
    if found is not None:
        return decode(cls, found)
    answer = made()
    _keep(reader, key, mark, encode(answer))
    return answer


def _keep(reader: Reader, key: str, mark: str, body: bytes) -> None:
    """Written beside what questions read; where that cannot be just now, it is not kept."""
    kept_of = t.kept_answer.c
    try:
        with writing(reader.engine) as connection:
            connection.execute(delete(t.kept_answer).where((kept_of.mark != mark) | (kept_of.key == key)))
            if (connection.scalar(select(func.count()).select_from(t.kept_answer)) or 0) >= MOST:
                connection.execute(delete(t.kept_answer))
            connection.execute(t.kept_answer.insert().values(key=key, mark=mark, body=body))
    except SQLAlchemyError:
        return


class _Here:
    """Whether the database of a reader has the table, which an installation gets with `store migrate`."""

    def __init__(self) -> None:
        self.table = False

    @classmethod
    def of(cls, reader: Reader) -> _Here:
        found = reader.memory(cls)
        found.table = found.table or inspect(reader.engine).has_table(t.kept_answer.name)
        return found


def _mark(reader: Reader, connection: Connection) -> str:
    changed = connection.scalar(select(func.max(_CHANGES.c.position)))
    holidays = reader.holidays
    given = (
        _code(),
        reader.policy,
        holidays.known_from,
        holidays.known_to,
        sorted(holidays.days),
        reader.generation(connection),
        changed,
    )
    return sha256(repr(given).encode()).hexdigest()


_POSITIONS = (
    [select(func.max(table.c.known_from).label("position")) for table in (t.authority, t.entry)]
    + [
        select(func.max(table.c.known_to).label("position")).where(table.c.known_to < t.FOREVER)
        for table in (t.authority, t.entry)
    ]
    + [select(func.max(table.c.position).label("position")) for table in (t.known_until, t.horizon)]
)
_CHANGES = union_all(*_POSITIONS).subquery()
"""Where in the log anything of an authority, its entries, or until when they are known changed last."""


@cache
def _code() -> str:
    """Of the rules and of what asks them, by the text of their files: another release counts anew."""
    here = Path(domain.rulebook.results.__file__).parents[1]
    files = sorted([*here.rglob("*.py"), *(here.parent / "projections").rglob("*.py")])
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
