"""The history document that comes with the product: the facts of England, as published files told them.

`england.json.xz` is one of our own history documents, written by `making`. It holds days, kinds, grades, topics, links
and which source said so, of every authority; no finding, no passage and no name of a person."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from domain.values.known_until import KnownKind

FILE = Path(__file__).parent / "england.json.xz"
NAME = "england.json"
"""What it is called once it is unpacked, and in the list of files read."""

ACTOR = "england"
"""Who told what was taken in from it."""

HEAD = 4096
"""Bytes of the unpacked document in which everything before its authorities stands."""

MADE_ON, COUNTS = "made_on", "counts"


@dataclass(frozen=True)
class Shipped:
    """What the document says of itself, before its authorities.

    `made_on` is the day on which it was made; `known_until` the last day, inclusive, of which its sources tell, by
    kind; `authorities`, `entries` and `statements` are how many it holds."""

    made_on: date
    data_horizon: date
    known_until: Mapping[KnownKind, date]
    authorities: int
    entries: int
    statements: int

    def document(self) -> dict[str, Any]:
        """As JSON shows it."""
        return {
            "made_on": self.made_on.isoformat(),
            "data_horizon": self.data_horizon.isoformat(),
            "known_until": {kind.value: day.isoformat() for kind, day in self.known_until.items()},
            "authorities": self.authorities,
            "entries": self.entries,
            "statements": self.statements,
        }


def unpacked(packed: bytes) -> bytes:
    """The document itself."""
    return lzma.decompress(packed, format=lzma.FORMAT_XZ)


@cache
def shipped() -> Shipped:
    """The document of this release, read as far as its head."""
    packed = FILE.read_bytes()
    head = lzma.LZMADecompressor(format=lzma.FORMAT_XZ).decompress(packed, max_length=HEAD).decode("utf-8", "ignore")
    said = json.loads(head[: head.index(', "authorities": [')] + "}")
    kinds = {kind.value: kind for kind in KnownKind}
    return Shipped(
        made_on=date.fromisoformat(said[MADE_ON]),
        data_horizon=date.fromisoformat(said["data_horizon"]),
        known_until={kinds[name]: date.fromisoformat(day) for name, day in said["known_until"].items() if day},
        **said[COUNTS],
    )
