"""A polite client for published files: one request at a time, with a pause; who asks is named; limits on everything.

Only `sources refresh` uses it, never a request of the web: it refuses to work inside one."""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from threading import Timer
from time import monotonic, sleep
from types import TracebackType
from urllib.parse import urljoin
from urllib.request import getproxies, proxy_bypass

import urllib3
from flask import has_request_context
from protego import Protego
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError, SSLError
from urllib3.exceptions import TimeoutError as TookTooLong

from domain.values.words import number_in_words
from web.places.addresses import NotAllowed, Resolve, Target, by_the_system, resolved, target
from web.words.words import count

PRODUCT = "inspection-timeline"
MIB = 1 << 20
CHUNK = 64 << 10
MOST_REDIRECTS = 5
MOST_DIGITS = 18
"""A number with more of them is not read."""
GZIP = 31
"""How zlib is told that what comes is gzip."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LONGEST_WAIT = 10.0
"""Seconds of pause that a site's own rules may ask for; what asks for more is not asked today."""

WORDS: Mapping[int, str] = {
    401: "wants a password",
    403: "does not let us in",
    404: "has nothing at this address",
    410: "says that it is gone for good",
    429: "was asked too often",
}


@dataclass(frozen=True)
class Limits:
    """Most bytes of a body, as sent and as unpacked; seconds for connecting, for each silence, for the whole; and the
    pause between two requests to one host."""

    body: int = 64 * MIB
    connect: float = 10.0
    silence: float = 20.0
    whole: float = 60.0
    pause: float = 0.5


@dataclass(frozen=True)
class Response:
    """What one address answered in the end. `kept` are the marks to send next time, so that only news is sent; it is
    `unchanged` where those sent still hold."""

    address: str
    status: int
    body: bytes
    kind: str
    name: str | None
    kept: Mapping[str, str]
    unchanged: bool = False


class Failed(Exception):
    """An address that gave nothing to use: why, in a sentence about the site, and the status it answered, if any."""

    def __init__(self, why: str, status: int | None = None, *, gone: bool = False) -> None:
        super().__init__(why)
        self.why, self.status, self.gone = why, status, gone


class TimeLimit:
    """Ends a request after so many seconds whatever it waits for, dripping headers too: its connections are shut."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> TimeLimit:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()

    def over(self, pool: HTTPConnectionPool) -> HTTPConnectionPool:
        """The same pool, each of whose connections is shut in the end: before and after it is encrypted."""
        limit, usual = self, pool.ConnectionCls

        class Watched(usual):  # type: ignore[misc, valid-type]
            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()
                limit._sockets.append(made)
                return made

            def connect(self) -> None:
                super().connect()
                limit._sockets.append(self.sock)

        pool.ConnectionCls = Watched
        return pool

    def _end(self) -> None:
        self.is_over = True
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@dataclass
class Client:
    """One run of asking. `contact` is the e-mail or web address of whoever runs this, told to each site."""

    version: str
    contact: str | None = None
    limits: Limits = Limits()
    resolve: Resolve = by_the_system
    bytes_read: int = 0
    _asked: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, Protego | Failed | None] = field(default_factory=dict)
    _trusted: ssl.SSLContext | None = None

    def __enter__(self) -> Client:
        if has_request_context():
            raise RuntimeError("Files are never fetched while a page is asked for.")
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Nothing stays open between two requests."""

    @property
    def agent(self) -> str:
        """Who asks."""
        return f"{PRODUCT}/{self.version} ({self.contact or 'no contact given'})"

    def get(
        self,
        address: str,
        *,
        loopback: bool = False,
        hosts: frozenset[str] = frozenset(),
        kept: Mapping[str, str] | None = None,
        page: bool = False,
    ) -> Response:
        """The answer of an address, after at most five redirects on its own host or one of `hosts`.

        `loopback` lets plain http and this machine be asked, and nothing else. `page` says that a web page is what is
        wanted; else one is a failure. Raises Failed."""
        if has_request_context():
            raise RuntimeError("Files are never fetched while a page is asked for.")
        try:
            return self._followed(target(address, loopback=loopback), loopback, hosts, kept or {}, page)
        except NotAllowed as refusal:
            raise Failed(str(refusal)) from None

    def _followed(
        self, first: Target, loopback: bool, hosts: frozenset[str], kept: Mapping[str, str], page: bool
    ) -> Response:
        asked = first
        for _ in range(MOST_REDIRECTS + 1):
            self._must_be_welcome(asked, loopback)
            status, headers, body = self._one(asked, loopback, _marks(kept) if asked is first else {})
            if status not in REDIRECTS:
                return self._understood(asked, status, headers, body, kept if asked is first else {}, page)
            asked_before, asked = asked, _onward(asked, headers, loopback)
            if asked.host != first.host and asked.host not in hosts:
                raise Failed(
                    f"{asked_before.host} sends us on to another site, {asked.host}, which is not followed.", status
                )
            if loopback and asked.port != first.port:
                raise Failed(f"{asked_before.host} sends us on to another server of this machine.", status)
        raise Failed(f"{first.host} sends us on again and again.", status)

    def _understood(
        self, asked: Target, status: int, headers: Mapping[str, str], body: bytes, kept: Mapping[str, str], page: bool
    ) -> Response:
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if status == 304:
            if not kept:
                raise Failed(f"{asked.host} says that nothing changed, though we hold nothing of it.", status)
            return Response(asked.address, status, b"", kind, None, kept, unchanged=True)
        if status != 200:
            raise _refused(asked.host, status, headers)
        if not body:
            raise Failed(f"{asked.host} answered with an empty file.", status)
        if not page and _is_page(body):
            raise Failed(f"{asked.host} answered with a web page instead of a file.", status)
        marks = {"etag": headers.get("ETag"), "last_modified": headers.get("Last-Modified")}
        return Response(
            asked.address,
            status,
            body,
            kind,
            _name_of(headers.get("Content-Disposition", "")),
            {name: mark for name, mark in marks.items() if mark and len(mark) <= 500 and mark.isprintable()},
        )

    # --- one request ---------------------------------------------------------------------------------------------

    def _one(self, asked: Target, loopback: bool, marks: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        self._pause(asked, loopback)
        begun, limit = monotonic(), TimeLimit(self.limits.whole)
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip", "Accept": "*/*", **marks}
        if self.contact is not None and "@" in self.contact:
            headers["From"] = self.contact
        try:
            pool, url = self._pool(asked, loopback, headers, limit)
            with pool, limit:
                answer = pool.urlopen(
                    "GET",
                    url,
                    headers=headers,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    decode_content=False,
                    assert_same_host=False,
                    timeout=urllib3.Timeout(connect=self.limits.connect, read=self.limits.silence),
                )
                try:
                    body = self._body(asked, answer, begun) if answer.status == 200 else b""
                    if limit.is_over:
                        raise TimeoutError
                    return answer.status, answer.headers, body
                finally:
                    answer.close()
        except (HTTPError, OSError) as fault:
            raise self._failed(asked, fault, limit) from None

    def _failed(self, asked: Target, fault: HTTPError | OSError, limit: TimeLimit) -> Failed:
        if limit.is_over:
            return Failed(f"{asked.host} took longer than {self.limits.whole:.0f} seconds.")
        if isinstance(fault, SSLError):
            return Failed(f"The certificate of {asked.host} is not right ({_reason(fault)}).")
        if isinstance(fault, TookTooLong | TimeoutError):
            return Failed(f"{asked.host} was silent for too long.")
        if isinstance(fault, IncompleteRead | ProtocolError):
            return Failed(f"The answer of {asked.host} was cut off.")
        return Failed(f"{asked.host} cannot be reached.")

    def _pool(
        self, asked: Target, loopback: bool, headers: dict[str, str], limit: TimeLimit
    ) -> tuple[HTTPConnectionPool | urllib3.ProxyManager, str]:
        """What to ask, and by which address: straight, or by the proxy that the environment names, whose own limits
        hold then."""
        proxy = None if loopback or proxy_bypass(asked.host) else getproxies().get(asked.scheme)
        if self._trusted is None:
            self._trusted = ssl.create_default_context()
        if proxy is not None:
            return urllib3.ProxyManager(proxy, ssl_context=self._trusted), asked.address
        found = resolved(asked.host, asked.port, loopback=loopback, resolve=self.resolve)
        usual = asked.port == {"http": 80, "https": 443}[asked.scheme]
        written = f"[{asked.host}]" if ":" in asked.host else asked.host
        headers["Host"] = written if usual else f"{written}:{asked.port}"
        if asked.scheme == "http":
            return limit.over(HTTPConnectionPool(found, asked.port)), asked.path
        pool = urllib3.HTTPSConnectionPool(
            found, asked.port, ssl_context=self._trusted, server_hostname=asked.host, assert_hostname=asked.host
        )
        return limit.over(pool), asked.path

    def _body(self, asked: Target, answer: urllib3.BaseHTTPResponse, begun: float) -> bytes:
        too_large = Failed(f"{asked.host} sends more than {self.limits.body // MIB} MB.", answer.status)
        told = answer.headers.get("Content-Length", "")
        if told.isdecimal() and (len(told) > MOST_DIGITS or int(told) > self.limits.body):
            raise too_large
        coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in ("identity", "", "gzip", "x-gzip"):
            raise Failed(f"{asked.host} answers in a packing that was not asked for ({coding[:20]}).", answer.status)
        unpack = zlib.decompressobj(wbits=GZIP) if "gzip" in coding else None
        parts: list[bytes] = []
        sent = held = 0
        while chunk := answer.read1(CHUNK):
            sent += len(chunk)
            self.bytes_read += len(chunk)
            if monotonic() - begun > self.limits.whole:
                raise Failed(f"{asked.host} took longer than {self.limits.whole:.0f} seconds.", answer.status)
            if unpack is not None:
                try:
                    chunk, unpack = _unpacked(unpack, chunk, self.limits.body - held + 1)
                except zlib.error:
                    raise Failed(f"The answer of {asked.host} cannot be unpacked.", answer.status) from None
            held += len(chunk)
            if sent > self.limits.body or held > self.limits.body:
                raise too_large
            parts.append(chunk)
        if unpack is not None and not unpack.eof:
            raise Failed(f"The answer of {asked.host} was cut off.", answer.status)
        return b"".join(parts)

    def _pause(self, asked: Target, loopback: bool) -> None:
        wait = 0.0 if loopback else self.limits.pause
        rules = self._rules.get(_site(asked))
        if isinstance(rules, Protego):
            wait = max(wait, rules.crawl_delay(self.agent) or 0.0)
        if wait > LONGEST_WAIT:
            raise Failed(f"{asked.host} wants {count(round(wait), 'second')} between two requests: too long for a run.")
        since = monotonic() - self._asked.get(asked.host, float("-inf"))
        if since < wait:
            sleep(wait - since)
        self._asked[asked.host] = monotonic()

    # --- the site's own rules --------------------------------------------------------------------------------------

    def _must_be_welcome(self, asked: Target, loopback: bool) -> None:
        """Raises Failed where the site's robots.txt shuts us out, or cannot be read today."""
        site = _site(asked)
        if site not in self._rules:
            self._rules[site] = None
            self._rules[site] = self._rules_of(target(f"{site}/robots.txt", loopback=loopback), loopback)
        rules = self._rules[site]
        if isinstance(rules, Failed):
            raise rules
        if rules is not None and not rules.can_fetch(asked.address, self.agent):
            raise Failed(f"{asked.host} asks programs not to fetch this address (robots.txt).")

    def _rules_of(self, asked: Target, loopback: bool) -> Protego | Failed | None:
        host = asked.host, asked.port
        for _ in range(MOST_REDIRECTS + 1):
            try:
                status, headers, body = self._one(asked, loopback, {})
                if status not in REDIRECTS:
                    break
                asked = _onward(asked, headers, loopback)
            except Failed as fault:
                return fault
            except NotAllowed:
                return None
            if (asked.host, asked.port) != host:
                return None
        else:
            return None
        if 400 <= status < 500 and status != 429:
            return None
        if status == 429 or status >= 500:
            return Failed(f"{asked.host} does not say today what programs may fetch (robots.txt: {status}).", status)
        return Protego.parse(body[: MIB // 2].decode("utf-8", "replace"))


def _site(asked: Target) -> str:
    return (
        asked.address[: asked.address.index("/", len(asked.scheme) + 3)]
        if asked.address.count("/") > 2
        else asked.address
    )


def _onward(asked: Target, headers: Mapping[str, str], loopback: bool) -> Target:
    """Where a redirect leads. Raises NotAllowed."""
    leads_to = headers.get("Location", "")
    try:
        return target(urljoin(asked.address, leads_to), loopback=loopback)
    except ValueError:
        raise NotAllowed(f"{asked.host} sends us on to what is no address.") from None


def _unpacked(unpack: zlib._Decompress, chunk: bytes, most: int) -> tuple[bytes, zlib._Decompress]:
    """At most so many bytes of a packed chunk, and what to unpack the next by: a file may be packed in several parts,
    with zeros after the last. Raises zlib.error."""
    parts: list[bytes] = []
    while chunk and most > 0:
        if unpack.eof:
            chunk = chunk.lstrip(b"\0")
            if not chunk:
                break
            unpack = zlib.decompressobj(wbits=GZIP)
        parts.append(unpack.decompress(chunk, most))
        most -= len(parts[-1])
        chunk = unpack.unused_data
    return b"".join(parts), unpack


def _marks(kept: Mapping[str, str]) -> dict[str, str]:
    named = {"If-None-Match": kept.get("etag"), "If-Modified-Since": kept.get("last_modified")}
    return {header: mark for header, mark in named.items() if mark}


def _refused(host: str, status: int, headers: Mapping[str, str]) -> Failed:
    again = _come_again(headers.get("Retry-After", ""))
    if status in (429, 503) and again is not None:
        return Failed(f"{host} asks us to come again after {again}.", status)
    words = WORDS.get(status) or ("is out of order" if status >= 500 else "gives no file")
    return Failed(f"{host} {words} ({status}).", status, gone=status == 410)


def _come_again(said: str) -> str | None:
    """How long a site asks us to stay away, in words; it gives seconds or an instant."""
    if said.isdecimal() and len(said) <= MOST_DIGITS:
        return number_in_words(min(int(said), 10**6), "second")
    try:
        return f"{parsedate_to_datetime(said).astimezone(UTC):%H:%M} UTC" if said else None
    except (ValueError, OverflowError):
        return None


def _is_page(body: bytes) -> bool:
    begins = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return begins.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def _name_of(disposition: str) -> str | None:
    """The file's name that a site gives, without folders; None where it gives none."""
    from werkzeug.http import parse_options_header

    name = parse_options_header(disposition)[1].get("filename", "")
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    return last[:200] if last and last.isprintable() else None


def _reason(fault: SSLError) -> str:
    told = fault.args[0] if fault.args else fault
    return str(getattr(told, "verify_message", None) or getattr(told, "reason", None) or "it cannot be checked")
