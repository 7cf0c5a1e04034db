"""Mails: how they are written, and how one is handed in by SMTP so that nobody has to guess what became of it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import TracebackType
from urllib.parse import unquote, urlsplit
from uuid import UUID

from web.store.outbox import MailState
from web.store.settings import LOOPBACK_HOSTS

SECONDS = 60
"""How long a mail server may take over one answer."""

PORTS = {"smtp": 587, "smtps": 465}

LOOPBACK = (*LOOPBACK_HOSTS, "::1")

GONE = (OSError, smtplib.SMTPException)
"""What a connection that broke raises; `SMTPException` is an OSError too."""


class MailServerAway(Exception):
    """The mail server cannot be reached, is not who it should be, or will not talk; the message says which."""


@dataclass(frozen=True)
class WrittenMail:
    """One mail. `headers` are added to those that every mail has."""

    message: UUID
    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]


def written(letter: WrittenMail, *, sender: str, at: datetime) -> bytes:
    """The mail as it is handed in. Raises ValueError where a header would hold a line's end."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = letter.to
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{letter.message}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Precedence"] = "bulk"
    for name, value in letter.headers.items():
        mail[name] = value
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return mail.as_bytes()


class MailServer:
    """A connection to hand mails in, made when first needed and again after it broke; a context that closes it.

    `address` is `smtp://…`, over which TLS is asked for and required but on this machine, or `smtps://…`. Certificates
    are checked."""

    def __init__(self, address: str, sender: str, *, seconds: float = SECONDS) -> None:
        self.sender = sender
        self._parts = urlsplit(address)
        self._seconds = seconds
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> MailServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._let_go()

    def open(self) -> None:
        """Connect and sign in, unless that is done. Raises MailServerAway."""
        if self._server is not None:
            return
        host = self._parts.hostname or ""
        try:
            self._server = self._connected(host)
            if self._parts.username:
                self._server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        except GONE as fault:
            self._let_go()
            raise MailServerAway(f"The mail server {host} did not take the connection: {_said(fault)}") from fault

    def hand_in(self, to: str, mail: bytes, begun: Callable[[], None]) -> tuple[MailState, str | None]:
        """Hand one mail in: what became of it, and what the server said where it was not accepted.

        `begun` is called before the text is sent: until then it is certain that nobody was mailed. Whoever loses the
        connection after that cannot know. Raises MailServerAway where there is no connection to begin with."""
        self.open()
        server = self._server
        assert server is not None
        try:
            for code, said in (server.mail(self.sender), server.rcpt(to)):
                if code >= 400:
                    server.rset()
                    return _refused(code, said)
        except GONE as fault:
            self._let_go()
            return MailState.FAILED, _said(fault)
        begun()
        try:
            code, said = server.data(mail)
        except smtplib.SMTPDataError as refusal:
            self._let_go()
            return _refused(refusal.smtp_code, refusal.smtp_error)
        except GONE as fault:
            self._let_go()
            return MailState.UNCERTAIN, _said(fault)
        return (MailState.ACCEPTED, None) if code < 400 else _refused(code, said)

    def _connected(self, host: str) -> smtplib.SMTP:
        context = ssl.create_default_context()
        port = self._parts.port or PORTS[self._parts.scheme]
        if self._parts.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=self._seconds, context=context)
        server = smtplib.SMTP(host, port, timeout=self._seconds)
        try:
            server.ehlo_or_helo_if_needed()
            if server.has_extn("starttls") or host not in LOOPBACK:
                server.starttls(context=context)
                server.ehlo()
        except BaseException:
            server.close()
            raise
        return server

    def _let_go(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except GONE:
                server.close()


def _refused(code: int, said: bytes | str) -> tuple[MailState, str]:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return (MailState.FAILED if code < 500 else MailState.REFUSED), f"{code} {text}"


def _said(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {fault}"
