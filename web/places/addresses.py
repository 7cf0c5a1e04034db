"""Which addresses may be asked: https and public ones; of this machine only where the table of places says so.

A name is resolved once, what it resolves to is checked, and that very address is connected to: a name that later leads
elsewhere leads nowhere here."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from domain.values.errors import RuleBroken

LONGEST = 2_000
PORTS = {"http": 80, "https": 443}

CARRIES_ANOTHER = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"))
"""IPv6 addresses with an IPv4 address inside, by which a private one could be meant."""

Resolve = Callable[[str, int], Iterable[str]]
"""All addresses of a name, as text. Raises OSError where there are none."""


class NotAllowed(RuleBroken):
    """An address that may not be asked; the message says why."""


@dataclass(frozen=True)
class Target:
    """An address that may be asked: `host` as it is written, without brackets."""

    address: str
    scheme: str
    host: str
    port: int
    path: str


def target(address: str, *, loopback: bool) -> Target:
    """The parts of an address. Raises NotAllowed for plain http to another machine, for names and passwords in it, and
    for a private address that is written out."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NotAllowed(f"“{address[:100]}” is not an address.") from None
    host = (parts.hostname or "").rstrip(".")
    if len(address) > LONGEST or not address.isascii() or not address.isprintable() or " " in address or not host:
        raise NotAllowed(f"“{address[:100]}” is not an address that can be asked.")
    if parts.scheme != "https" and not (loopback and parts.scheme == "http"):
        raise NotAllowed(f"{_origin(parts)} is not asked: only https is.")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed(f"{host} is not asked: its address holds a name or a password.")
    if (written := _written_out(host)) is not None:
        must_be_allowed(written, host, loopback=loopback)
    path = parts.path or "/"
    return Target(address, parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme or 'that'}://{parts.hostname or ''}"


def _written_out(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host stands for without being looked up, however it is written (2130706433, 0x7f.1)."""
    try:
        return ip_address(host)
    except ValueError:
        pass
    if ":" in host:
        return None
    last = host.rpartition(".")[2]
    if not (last.isdecimal() or last.lower().startswith("0x")):
        return None
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError:
        raise NotAllowed(f"{host} is not asked: it is neither a name nor an address.") from None


def resolved(host: str, port: int, *, loopback: bool, resolve: Resolve) -> str:
    """The address to connect to. Raises NotAllowed where any that the name has may not be asked, and OSError where it
    has none."""
    found = [ip_address(one.partition("%")[0]) for one in resolve(host, port)]
    if not found:
        raise OSError(f"{host} has no address")
    for one in found:
        must_be_allowed(one, host, loopback=loopback)
    return str(min(found, key=lambda one: one.version))


def by_the_system(host: str, port: int) -> list[str]:
    """What the machine's own resolver says."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def must_be_allowed(address: IPv4Address | IPv6Address, host: str, *, loopback: bool) -> None:
    """Raises NotAllowed for an address that is not of the public internet; of this machine it may be with `loopback`,
    and then no other."""
    inner = getattr(address, "ipv4_mapped", None) or address
    if loopback:
        if not inner.is_loopback:
            raise NotAllowed(f"{host} is not asked: its place is said to be on this machine, and it is not.")
        return
    carried = isinstance(inner, IPv6Address) and (
        inner.teredo is not None or any(inner in network for network in CARRIES_ANOTHER)
    )
    if not inner.is_global or inner.is_multicast or inner.is_reserved or carried:
        raise NotAllowed(f"{host} is not asked: {inner} is not a public address.")
