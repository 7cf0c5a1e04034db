"""People who sign in, and a clock that waits for nobody."""

from __future__ import annotations

from uuid import uuid4

from flask.testing import FlaskClient

from tests.web.signed_in import store_of
from web import WebApp


def name_of(app: WebApp, who) -> str:
    account = store_of(app).accounts.of(who.person)
    assert account is not None
    return account.sign_in_name


def sent(client: FlaskClient, name: str, password: str, address: str = "127.0.0.1", **more: str):
    form = {"command": str(uuid4()), "sign_in_name": name, "password": password, **more}
    return client.post("/sign-in", data=form, environ_base={"REMOTE_ADDR": address})


def said(page) -> str:
    return page.all("main")[0].said


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.at = 1_790_000_000

    def __call__(self) -> int:
        return self.at
