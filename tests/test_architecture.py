"""The rooms and the ways through them: `web → projections → domain`, never the other way."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

import pytest

from domain.frameworks import Area
from tests import CHECKOUT

ROOMS = ("domain", "projections", "web")
STANDARD = sys.stdlib_module_names

LIBRARIES_OF_THE_DOMAIN = frozenset({"eventsourcing"})
LIBRARIES_OF_THE_LEDGER = LIBRARIES_OF_THE_DOMAIN | {"cryptography", "psycopg"}
"""The ledger also signs, and keeps events in PostgreSQL by its driver."""

WHERE_THE_STORE_IS_OPENED = ("web/store/store.py", "web/cli/store.py")

LADDER: dict[str, tuple[str, ...]] = {
    "domain": (
        "frameworks.py",
        "values",
        "facts register rulebook",
        "ledger command.py",
        "handler.py sealing.py",
        "people",
        "authorities",
        "files",
        "plans",
        "questions",
        "meetings",
        "duties",
        "application.py",
        "audit.py",
    ),
    "projections": (
        "engine",
        "authorities",
        "outlook",
        "plans",
        "questions",
        "meetings",
        "audit",
        "news",
        "catalogue.py",
        "replay.py",
    ),
    "web": (
        "store demo openapi",
        "words",
        "charts",
        "formats",
        "site intake",
        "outlook people documents files compared",
        "england demonstration",
        "places",
        "audit",
        "news",
        "meetings",
        "plans",
        "questions",
        "duties",
        "my_work",
        "authorities cli",
        "start",
        "api",
        "pages.py",
        "__init__.py assets_build.py",
        "serve.py",
        "installed.py",
    ),
    "domain/rulebook": (
        "results.py working_days.py",
        "rows.py bank_holidays.py",
        "calendar_rows.py plausibility_rows.py",
        "deadline_rows.py pathway.py row_words.py rules.py",
        "known_until.py announced succession",
        "evidence.py graded_windows.py limits.py plausibility.py situation.py steps.py",
        "episodes.py announced_expectations themes",
        "cycle.py deadlines.py pathway_explain.py validations.py forecast other_inspections",
        "deadlines_explain.py graded.py pathway_reasons.py",
        "expectations.py graded_explain.py",
        "cycle_explain.py elements past what_if",
        "explain.py near_misses",
        "reasoning.py",
    ),
}
"""What stands on what, lowest first: a folder, or a file that stands alone, imports only what stands below it.

The rulebook is flat, because its topics need each other; what it imports of itself goes down all the same."""

MOST_MODULES = 30
"""In one folder."""

MOST_LINES = 450
"""In one file."""

NOT_FOR_DECISIONS = frozenset({"os", "subprocess", "socket", "urllib.request", "http.client", "tempfile", "shutil"})
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA)\b", re.DOTALL
)


@cache
def modules(room: str) -> list[tuple[str, str]]:
    """Every module of a room: its path from the checkout, and its text."""
    found = sorted((CHECKOUT / room).rglob("*.py"))
    return [(str(path.relative_to(CHECKOUT)), path.read_text(encoding="utf-8")) for path in found]


@cache
def imported(text: str) -> frozenset[str]:
    """The full names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


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
    if "htmx_flask" in outside and path != "web/site/htmx.py":
        yield f"{path} imports htmx_flask, which only web/site/htmx.py knows"
    if path.startswith("web/words/"):
        for name in sorted(imported(text) - {"flask.url_for"}):
            whole = name == "flask" and "flask.url_for" not in imported(text)
            if whole or name.startswith(("flask.", "web.store")):
                yield f"{path} uses {name}, though words know no request and no store"
    if "import_module(" in text and path != "web/assets_build.py":
        yield f"{path} imports by a name that no test here can see"
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


def place_of(path: str, room: str) -> str:
    """The folder of a room in which a module lies, or its own name where it stands alone."""
    return path.removeprefix(f"{room}/").partition("/")[0]


def upward(room: str, path: str, text: str, names: Mapping[str, str]) -> Iterable[str]:
    """Imports of a module that do not go down the ladder of its room. `names` gives each module's path by its name."""
    level = {place: height for height, places in enumerate(LADDER[room]) for place in places.split()}
    here = place_of(path, room)
    if here not in level:
        yield f"{path}: {here} has no place on the ladder of {room}"
        return
    for name in sorted(imported(text)):
        other = names.get(name)
        if other is None or not other.startswith(f"{room}/"):
            continue
        there = place_of(other, room)
        if there != here and level.get(there, len(level)) >= level[here]:
            yield f"{path} looks up to {other}"


def names_of(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path, _ in found}


@pytest.mark.parametrize("room", LADDER)
def test_imports_go_down_the_ladder(room: str):
    found = modules(room)
    assert len(found) >= 2, f"no files of {room} were scanned"
    assert [fault for path, text in found for fault in upward(room, path, text, names_of(found))] == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("domain/values/days.py", "from domain.plans.state import PlanState", "looks up to domain/plans/state.py"),
        ("domain/ledger/store.py", "def late():\n    from domain.audit import check", "looks up to domain/audit.py"),
        ("domain/meetings/state.py", "from domain import application", "looks up to domain/application.py"),
        ("web/words/words.py", "from web.site import htmx", "looks up to web/site/htmx.py"),
        ("web/plans/pages.py", "from web.authorities.pages import bp", "looks up to web/authorities/pages.py"),
        ("web/novel/pages.py", "", "novel has no place on the ladder of web"),
    ],
)
def test_a_look_upwards_is_caught(path: str, text: str, fault: str):
    room = path.partition("/")[0]
    assert [found.endswith(fault) for found in upward(room, path, text, names_of(modules(room)))] == [True]


def circles(found: Iterable[tuple[str, str]]) -> list[str]:
    """The modules that import themselves by way of others, wherever in them the imports stand."""
    found = list(found)
    names = names_of(found)
    on = {path: {names[name] for name in imported(text) & names.keys()} - {path} for path, text in found}
    for between in on:  # Warshall: paths that lead through `between`
        for reached in on.values():
            if between in reached:
                reached |= on[between]
    return [path for path, reached in on.items() if path in reached]


def test_no_module_imports_itself_by_way_of_others():
    found = [module for room in ROOMS for module in modules(room)]
    assert circles(found) == []
    late = "def late():\n    from web.site import planted_{}"
    planted = [(f"web/site/planted_{one}.py", late.format(other)) for one, other in ("ab", "bc", "ca")]
    assert circles([*found, *planted]) == [path for path, _ in planted]
    assert circles([*found, *planted[:2]]) == []


def crowded(paths: Iterable[str]) -> list[str]:
    """Folders with more modules than one can survey."""
    found = Counter(path.rpartition("/")[0] for path in paths)
    return [folder for folder, modules in found.items() if modules > MOST_MODULES]


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_folder_is_crowded(room: str):
    assert crowded(path for path, _ in modules(room)) == []
    assert crowded(f"{room}/crowd/{number}.py" for number in range(MOST_MODULES + 1)) == [f"{room}/crowd"]


def too_long(found: Iterable[tuple[str, str]]) -> set[str]:
    """Files with more lines than one reads in one go."""
    return {path for path, text in found if len(text.splitlines()) > MOST_LINES}


def test_no_file_is_too_long():
    found = [module for room in (*ROOMS, "tests") for module in modules(room)]
    found += [
        (str(path.relative_to(CHECKOUT)), path.read_text(encoding="utf-8"))
        for path in (CHECKOUT / "web" / "templates").rglob("*.html")
    ]
    assert too_long(found) == set()
    planted = ("tests/planted.py", "pass\n" * (MOST_LINES + 1))
    assert too_long([*found, planted]) == {"tests/planted.py"}
    assert too_long([("tests/planted.py", "pass\n" * MOST_LINES)]) == set()


def in_several(found: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The public classes of that name in more than one module, each with its modules."""
    places: dict[str, list[str]] = {}
    for path, text in found:
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(path)
    return {name: paths for name, paths in sorted(places.items()) if len(paths) > 1}


def test_a_class_s_name_means_one_thing():
    found = [module for room in ROOMS for module in modules(room)]
    assert in_several(found) == {}
    planted = ("web/words/planted.py", "class Authority: ...")
    assert list(in_several([*found, planted])) == ["Authority"]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_keeps_to_its_direction(room: str):
    found = modules(room)
    assert len(found) >= 2, f"no files of {room} were scanned"
    assert [fault for path, text in found for fault in faults(path, text)] == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("domain/authorities/authority.py", "from projections.engine.answers import Moment", "looks up to projections"),
        ("domain/authorities/authority.py", "def late():\n    from web import settings", "looks up to web"),
        ("domain/authorities/authority.py", "import flask", "uses the library flask"),
        ("domain/authorities/authority.py", "from sqlalchemy import select", "uses the library sqlalchemy"),
        ("domain/rulebook/rows.py", "import cryptography.hazmat", "uses the library cryptography"),
        ("domain/authorities/authority.py", "import os", "reaches outside with os"),
        ("projections/engine/answers.py", "import web.words.words", "looks up to web"),
        ("web/authorities/pages.py", "from htmx_flask import request", "only web/site/htmx.py knows"),
        ("web/authorities/pages.py", "from sqlalchemy import text", "sqlalchemy.text"),
        (
            "web/authorities/pages.py",
            "x = 'select name from authority'.upper() or 'SELECT name FROM authority'",
            "holds SQL",
        ),
        ("web/authorities/pages.py", "from domain.ledger.recorders import Recorder", "past domain.application"),
        ("web/words/people_names.py", "from flask import g, url_for", "uses flask.g, though"),
        ("web/words/people_names.py", "def late():\n    import flask", "uses flask, though"),
        ("web/words/people_names.py", "from web.store.store import current_store", "uses web.store.store, though"),
        (
            "web/plans/pages.py",
            "from importlib import import_module\nimport_module('web.api')",
            "by a name that no test here can see",
        ),
        ("web/authorities/pages.py", "from tests.story import given", "imports the tests"),
    ],
)
def test_a_bad_import_is_caught(path: str, text: str, fault: str):
    assert any(fault in found for found in faults(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("domain/ledger/checkpoints.py", "import cryptography"),
        ("domain/authorities/authority.py", "from eventsourcing.domain import Aggregate\nfrom datetime import date"),
        (
            "projections/authorities/timeline.py",
            "from sqlalchemy import select\nfrom domain.values.judgements import Grade",
        ),
        ("web/site/htmx.py", "from htmx_flask import request"),
        ("web/words/differences.py", "from flask import url_for"),
        (
            "web/api/routes.py",
            "from projections.engine.answers import Moment\nfrom domain.values.errors import NotFound",
        ),
    ],
)
def test_a_good_import_is_not(path: str, text: str):
    assert list(faults(path, text)) == []


FRAMEWORK_NAMES = frozenset({"Grade", "Area", "JudgementSet"})
READS_WHAT_SOURCES_WROTE = ("domain/values/normalising.py", "web/intake/")
NAMES_FRAMEWORKS = (
    "domain/frameworks.py",
    "domain/rulebook/rows.py",
    "domain/rulebook/deadline_rows.py",
    *READS_WHAT_SOURCES_WROTE,
)
"""Where a grade, an area or a set may be named: its own rows, dated rows of the rulebook, readers of files."""


def named_in(path: str, text: str) -> Iterable[str]:
    """Grades, areas and judgement sets that a module names, by member or by code, though their rows should say it."""
    if path.startswith(NAMES_FRAMEWORKS):
        return
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=member) if name in FRAMEWORK_NAMES and member.isupper():
                yield f"{path}:{node.lineno} names {name}.{member}"
            case ast.Subscript(value=ast.Name(id=name)) if name in FRAMEWORK_NAMES:
                yield f"{path}:{node.lineno} names a member of {name}"
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant()]) if name in FRAMEWORK_NAMES:
                yield f"{path}:{node.lineno} names a member of {name}"
            case ast.Constant(value=str(code)) if code in AREA_CODES:
                yield f"{path}:{node.lineno} names the area {code}"


AREA_CODES = frozenset(area.value for area in Area)


def test_frameworks_are_named_in_their_rows_only():
    found = [(path, text) for room in ROOMS for path, text in modules(room)]
    assert [fault for path, text in found for fault in named_in(path, text)] == []
    rows = [(path, text) for path, text in found if path.startswith(NAMES_FRAMEWORKS)]
    assert any(list(named_in("web/words/words.py", text)) for _, text in rows), "a walk that finds nothing"


@pytest.mark.parametrize("suffix", ["html", "scss"])
def test_pages_and_styles_name_no_area(suffix: str):
    found = sorted((CHECKOUT / "web").rglob(f"*.{suffix}"))
    found = [path for path in found if "static" not in path.parts]
    assert len(found) > 5
    named = [(path.name, code) for path in found for code in AREA_CODES if f'"{code}"' in path.read_text("utf-8")]
    assert named == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("domain/rulebook/pathway.py", "if grade is Grade.INADEQUATE: pass", "names Grade.INADEQUATE"),
        ("web/words/register.py", "LAST = (Area.IN_CARE,)", "names Area.IN_CARE"),
        ("web/site/filters.py", "x = which is JudgementSet.ILACS_C", "names JudgementSet.ILACS_C"),
        ("web/outlook/what_if.py", "x = Grade['GOOD']", "names a member of Grade"),
        ("web/outlook/what_if.py", "x = Grade('good')", "names a member of Grade"),
        ("web/cli/answers.py", "grades.get('overall_effectiveness')", "names the area overall_effectiveness"),
    ],
)
def test_a_framework_named_elsewhere_is_caught(path: str, text: str, fault: str):
    assert [found.endswith(fault) for found in named_in(path, text)] == [True]


@pytest.mark.parametrize("path", ["web/intake/cells.py", "domain/rulebook/rows.py", "domain/frameworks.py"])
def test_a_framework_named_in_its_rows_or_by_a_reader_of_files_is_not(path: str):
    assert list(named_in(path, "x = Grade.GOOD, Area.IN_CARE, JudgementSet.SIF")) == []


BY_NAME = re.compile(r"getattr\([^,]*\b(application|histories|door|authorities|people|plans|meetings|files)\b,")
"""A door of commands, or one of its members, asked for something by its name."""


def test_no_command_is_reached_by_its_name():
    assert [path for room in ROOMS for path, text in modules(room) if BY_NAME.search(text)] == []
    for fault in ("getattr(current_store().application.plans, work.command)", "getattr(self.door, name)"):
        assert BY_NAME.search(fault), fault


def test_decisions_read_no_clock():
    clock = re.compile(r"\b(?:date|datetime)\.(?:today|now|utcnow)\(|\btime\.time\(")
    found = [(path, text) for path, text in modules("domain") if not path.startswith("domain/ledger/")]
    assert len(found) >= 5
    assert [path for path, text in found if clock.search(text)] == []
    assert clock.search("today = date.today()")


def test_the_server_s_entry_creates_the_app_and_nothing_else():
    body = ast.parse((CHECKOUT / "wsgi.py").read_text(encoding="utf-8")).body
    assert [type(node).__name__ for node in body] == ["Expr", "ImportFrom", "ImportFrom", "Assign"]
