"""A real mail server on this machine, with TLS, that does what a test asks of it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller

AUTHORITY = trustme.CA()


@dataclass
class Post:
    """What the server answers, and what it took. `data` None: it falls silent after the text, which it may have taken.
    `on_rcpt` and `on_data` are called before it answers."""

    rcpt: str = "250 OK"
    data: str | None = "250 OK"
    takes_in_silence: bool = False
    on_rcpt: Callable[[], None] = lambda: None
    on_data: Callable[[], None] = lambda: None
    taken: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.on_rcpt()
        if self.rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        if self.data is None:
            if self.takes_in_silence:
                self.taken.append(mail)
            server.transport.abort()
            return "250 never heard"
        self.on_data()
        if self.data.startswith("2"):
            self.taken.append(mail)
        return self.data


@contextmanager
def mail_server(*, tls: bool = True, host: str = "127.0.0.1") -> Iterator[Post]:
    """A server on a port of its own; with `tls` it takes nothing without."""
    post, options = Post(), dict[str, Any]()
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        AUTHORITY.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        options = {"tls_context": context, "require_starttls": True}
    with socket.create_server((host, 0)) as free:
        post.port = free.getsockname()[1]
    controller = Controller(post, hostname=host, port=post.port, **options)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


def trusted(folder: Path) -> Path:
    """A file with the certificate by which the server is believed."""
    where = folder / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(where))
    return where
