"""The rooms and the ways through them: `web → projections → domain`, never the other way."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
ROOMS = ("domain", "projections", "web")
STANDARD = sys.stdlib_module_names

LIBRARIES_OF_THE_DOMAIN = frozenset({"eventsourcing"})
LIBRARIES_OF_THE_LEDGER = LIBRARIES_OF_THE_DOMAIN | {"cryptography", "psycopg"}
"""The ledger also signs, and keeps events in PostgreSQL by its driver."""

WHERE_THE_STORE_IS_OPENED = ("web/store.py", "web/cli/store.py")

NOT_FOR_DECISIONS = frozenset({"os", "subprocess", "socket", "urllib.request", "http.client", "tempfile", "shutil"})
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA)\b", re.DOTALL
)


def modules(room: str) -> list[tuple[str, str]]:
    """Every module of a room: its path from the checkout, and its text."""
    found = sorted((CHECKOUT / room).rglob("*.py"))
    return [(str(path.relative_to(CHECKOUT)), path.read_text(encoding="utf-8")) for path in found]


def imported(text: str) -> set[str]:
    """The full names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def tops(text: str) -> set[str]:
    return {name.partition(".")[0] for name in imported(text)}


def faults(path: str, text: str) -> Iterable[str]:
    """What a module imports that its room may not."""
    room = path.partition("/")[0]
    outside = tops(text) - STANDARD - {"__future__"}
    allowed_rooms = set(ROOMS[: ROOMS.index(room) + 1])
    for name in sorted(outside & set(ROOMS) - allowed_rooms):
        yield f"{path} looks up to {name}"
    if room == "domain":
        libraries = LIBRARIES_OF_THE_LEDGER if path.startswith("domain/ledger/") else LIBRARIES_OF_THE_DOMAIN
        for name in sorted(outside - set(ROOMS) - libraries):
            yield f"{path} uses the library {name}"
        if not path.startswith("domain/ledger/"):
            for name in sorted(imported(text) & NOT_FOR_DECISIONS):
                yield f"{path} reaches outside with {name}"
    if "htmx_flask" in outside and path != "web/htmx.py":
        yield f"{path} imports htmx_flask, which only web/htmx.py knows"
    if "tests" in outside:
        yield f"{path} imports the tests"
    ledger = {name for name in imported(text) if name.startswith("domain.ledger")}
    if room == "web" and ledger and path not in WHERE_THE_STORE_IS_OPENED:
        yield f"{path} reaches the ledger past domain.application"
    if room == "web":
        yield from sql_in(path, text)


def sql_in(path: str, text: str) -> Iterable[str]:
    """Statements of SQL: pages ask `projections`, and the domain, never the database."""
    if "sqlalchemy.text" in imported(text):
        yield f"{path} writes SQL with sqlalchemy.text"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield f"{path}:{node.lineno} holds SQL"


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_keeps_to_its_direction(room: str):
    found = modules(room)
    assert len(found) >= 2, f"no files of {room} were scanned"
    assert [fault for path, text in found for fault in faults(path, text)] == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("domain/authority.py", "from projections.answers import Moment", "looks up to projections"),
        ("domain/authority.py", "def late():\n    from web import settings", "looks up to web"),
        ("domain/authority.py", "import flask", "uses the library flask"),
        ("domain/authority.py", "from sqlalchemy import select", "uses the library sqlalchemy"),
        ("domain/rulebook/rows.py", "import cryptography.hazmat", "uses the library cryptography"),
        ("domain/authority.py", "import os", "reaches outside with os"),
        ("projections/answers.py", "import web.words", "looks up to web"),
        ("web/authorities.py", "from htmx_flask import request", "only web/htmx.py knows"),
        ("web/authorities.py", "from sqlalchemy import text", "sqlalchemy.text"),
        ("web/authorities.py", "x = 'select name from authority'.upper() or 'SELECT name FROM authority'", "holds SQL"),
        ("web/authorities.py", "from domain.ledger.recorders import Recorder", "past domain.application"),
        ("web/authorities.py", "from tests.story import given", "imports the tests"),
    ],
)
def test_a_bad_import_is_caught(path: str, text: str, fault: str):
    assert any(fault in found for found in faults(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("domain/ledger/checkpoints.py", "import cryptography"),
        ("domain/authority.py", "from eventsourcing.domain import Aggregate\nfrom datetime import date"),
        ("projections/timeline.py", "from sqlalchemy import select\nfrom domain.judgements import Grade"),
        ("web/htmx.py", "from htmx_flask import request"),
        ("web/api.py", "from projections.answers import Moment\nfrom domain.errors import NotFound"),
    ],
)
def test_a_good_import_is_not(path: str, text: str):
    assert list(faults(path, text)) == []


def test_decisions_read_no_clock():
    clock = re.compile(r"\b(?:date|datetime)\.(?:today|now|utcnow)\(|\btime\.time\(")
    found = [(path, text) for path, text in modules("domain") if not path.startswith("domain/ledger/")]
    assert len(found) >= 5
    assert [path for path, text in found if clock.search(text)] == []
    assert clock.search("today = date.today()")


def test_the_server_s_entry_creates_the_app_and_nothing_else():
    body = ast.parse((CHECKOUT / "wsgi.py").read_text(encoding="utf-8")).body
    assert [type(node).__name__ for node in body] == ["Expr", "ImportFrom", "ImportFrom", "Assign"]
