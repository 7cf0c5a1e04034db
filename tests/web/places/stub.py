"""A server of published files on this machine, with every way of failing that a real one has."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What it answers at each path, and who asked what. `stop` ends answers that never come."""

    address: str
    answers: dict[str, Answering] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stop: Event = field(default_factory=Event)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def gives(self, path: str, body: bytes, *, kind: str = "text/csv", **headers: str) -> str:
        """A file, with an ETag of its bytes; asked with it, 304."""
        etag = f'"{hash(body) & 0xFFFFFFFF:x}"'

        def answer(request: BaseHTTPRequestHandler) -> None:
            if request.headers.get("If-None-Match") == etag:
                send(request, 304, b"", ETag=etag)
            else:
                send(request, 200, body, **{"Content-Type": kind, "ETag": etag}, **headers)

        self.answers[path] = answer
        return self.address + path

    def refuses(self, path: str, status: int, body: bytes = b"", **headers: str) -> str:
        self.answers[path] = lambda request: send(request, status, body, **headers)
        return self.address + path

    def leads(self, path: str, onward: str, status: int = 302) -> str:
        return self.refuses(path, status, Location=onward)

    def drips(self, path: str, seconds: float = 0.05) -> str:
        """A letter now and then, for ever."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            head(request, 200, {"Content-Type": "text/csv", "Content-Length": "100000"})
            while not self.stop.wait(seconds):
                request.wfile.write(b"x")
                request.wfile.flush()

        self.answers[path] = answer
        return self.address + path

    def drips_its_headers(self, path: str, seconds: float = 0.05) -> str:
        """A line of them now and then, for ever."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.stop.wait(seconds):
                request.wfile.write(b"X")
                request.wfile.flush()

        self.answers[path] = answer
        return self.address + path

    def is_silent(self, path: str) -> str:
        def answer(request: BaseHTTPRequestHandler) -> None:
            self.stop.wait(10)

        self.answers[path] = answer
        return self.address + path

    def cuts_off(self, path: str, body: bytes = b"urn,local_authority\n", *, chunked: bool = False) -> str:
        def answer(request: BaseHTTPRequestHandler) -> None:
            if chunked:
                head(request, 200, {"Transfer-Encoding": "chunked"})
                request.wfile.write(b"%x\r\n%s" % (len(body) + 50, body))
            else:
                head(request, 200, {"Content-Length": str(len(body) + 50)})
                request.wfile.write(body)
            request.close_connection = True

        self.answers[path] = answer
        return self.address + path

    def says_it_is_large(self, path: str, size: int) -> str:
        self.answers[path] = lambda request: head(request, 200, {"Content-Length": str(size)})
        return self.address + path

    def goes_on(self, path: str, size: int) -> str:
        """So many bytes without saying how many they are."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            head(request, 200, {"Content-Type": "text/csv"})
            for _ in range(size // 65_536):
                request.wfile.write(b"x" * 65_536)
            request.close_connection = True

        self.answers[path] = answer
        return self.address + path

    def is_a_bomb(self, path: str, size: int) -> str:
        packed = gzip.compress(b"0" * size)
        return self.refuses(path, 200, packed, **{"Content-Encoding": "gzip", "Content-Type": "text/csv"})


def head(request: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name, value)
    request.end_headers()


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    head(request, status, {**headers, "Content-Length": str(len(body))})
    if status != 304:
        request.wfile.write(body)


@contextmanager
def site(certificate: ssl.SSLContext | None = None, *, host: str = "127.0.0.1") -> Iterator[Site]:
    """A server in a thread; with a certificate it speaks https."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.asked.append((self.path, dict(self.headers.items())))
            answer = served.answers.get(self.path) or served.answers.get(self.path.partition("?")[0])
            try:
                if answer is None:
                    send(self, 404, b"")
                else:
                    answer(self)
            except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
                self.close_connection = True

        def log_message(self, *words: Any) -> None:
            """Not a word."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Who asked went away."""

    server = Server(("127.0.0.1", 0), Handler)
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    served = Site(f"{'http' if certificate is None else 'https'}://{host}:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
