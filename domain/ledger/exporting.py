"""The log in one file for whoever checks it without this product: JSON lines, described in `docs/ledger-format.md`."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.ledger.notes import Note, PublicKey
from domain.ledger.trail import Trail
from domain.values.errors import RuleBroken

EXPORT = "timeline-export/1"


def export(trail: Trail, target: Path, keys: Sequence[PublicKey], checkpoints: Sequence[Note], *, at: datetime) -> int:
    """Write everything as of one moment, as it is stored, right or wrong; gives how many events.

    Raises RuleBroken where there is such a file already."""
    if target.exists():
        raise RuleBroken(f"There is a file at {target} already. Give the export another name.")
    events = 0
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            for line in _lines(trail, keys, checkpoints, at):
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                events += "bytes" in line
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return events


def _lines(
    trail: Trail, keys: Sequence[PublicKey], checkpoints: Sequence[Note], at: datetime
) -> Iterator[dict[str, Any]]:
    head = trail.head()
    yield {
        "format": EXPORT,
        "origin": head.origin,
        "size": head.size,
        "root": head.root_text,
        "made_later": head.made_later,
        "begun": head.begun,
        "exported_at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "public_keys": [str(key) for key in keys],
    }
    for note in checkpoints:
        yield {"checkpoint": str(note)}
    leaves = trail.leaves()
    leaf = next(leaves, None)
    commands = trail.commands()
    command, following = None, next(commands, None)
    for position, stream, version, topic, state, _ in trail.events():
        while following is not None and following[0] <= position:
            command, following = following, next(commands, None)
        named = command is not None and position <= command[1]
        while leaf is not None and leaf[1] < position:
            yield {"seq": leaf[0], "position": leaf[1], "leaf": _text(leaf[2])}
            leaf = next(leaves, None)
        seq, hashed = (leaf[0], _text(leaf[2])) if leaf is not None and leaf[1] == position else (None, None)
        if seq is not None:
            leaf = next(leaves, None)
        yield {
            "seq": seq,
            "position": position,
            "stream": _word(stream),
            "version": version,
            "topic": _word(topic),
            "bytes": _text(state),
            "recorded_at": _word(command[3]) if command is not None and named else "",
            "command": _word(command[2]) if command is not None and named else "",
            "leaf": hashed,
        }
    while leaf is not None:
        yield {"seq": leaf[0], "position": leaf[1], "leaf": _text(leaf[2])}
        leaf = next(leaves, None)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def _word(raw: bytes) -> str:
    return bytes(raw).decode(errors="replace")
