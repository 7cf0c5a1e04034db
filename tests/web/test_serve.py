"""The server that the product brings: what a proxy tells comes through to the application."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest
from flask import request

from domain.values.roles import Role
from tests.web.signed_in import store_of
from web import WebApp, create_app
from web.demonstration.loading import HISTORY
from web.files.run import import_paths
from web.serve import server_of
from web.site import demonstration
from web.store.settings import Settings

PROXIES = [
    {"X-Forwarded-For": "192.0.2.7"},
    {"X-Forwarded-Host": "x.example"},
    {"Forwarded": "for=192.0.2.7"},
    {"Via": "1.1 p"},
]


@contextmanager
def served(home: Path, *, hops: int = 0) -> Iterator[tuple[WebApp, int]]:
    app = create_app(Settings(home=home, proxy_hops=hops))
    app.open_pages()
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        store_of(app).migrate()
        import_paths(store_of(app).application, [HISTORY], actor="demo")
        demonstration.serve_on("127.0.0.1")
    server = server_of(app, "127.0.0.1", 0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield app, int(server.effective_port)
    server.close()


def ask(port: int, method: str, path: str, headers: dict[str, str], body: str = "") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body=body or None, headers=headers | kind)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with served(tmp_path_factory.mktemp("served")) as (_, at):
        yield at


def test_at_the_machine_a_role_may_be_tried(port: int):
    assert ask(port, "POST", "/sign-in/demonstration", {}, f"role={Role.MEMBER.value}")[0] == 303


@pytest.mark.parametrize("told", PROXIES, ids=lambda told: next(iter(told)))
def test_through_a_proxy_nobody_gets_into_the_demonstration(port: int, told: dict[str, str]):
    assert "/sign-in/demonstration" not in ask(port, "GET", "/sign-in", told)[1]
    assert ask(port, "POST", "/sign-in/demonstration", told, f"role={Role.ADMINISTRATOR.value}")[0] == 404


@pytest.mark.parametrize(("hops", "address", "scheme"), [(0, "127.0.0.1", "http"), (1, "192.0.2.7", "https")])
def test_as_many_proxies_are_believed_as_there_are(tmp_path: Path, hops: int, address: str, scheme: str):
    seen: list[tuple[str | None, str]] = []
    told = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7", "X-Forwarded-Proto": "https"}
    with served(tmp_path, hops=hops) as (app, at):
        app.before_request(lambda: seen.append((request.remote_addr, request.scheme)))
        assert ask(at, "GET", "/healthz", told)[0] == 200
    assert seen == [(address, scheme)]
