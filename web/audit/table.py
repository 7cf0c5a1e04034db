"""The audit trail, out: a table or a line an event, each with the size and root of the history it was taken from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from domain.audit import Signed
from web.audit.lines import AuditLine
from web.formats.table import in_pieces
from web.words.words import count

COLUMNS = (
    "entry",
    "recorded_at",
    "true_on",
    "event",
    "what",
    "was",
    "now",
    "words",
    "recorded_by",
    "actor",
    "urn",
    "authority",
    "plan",
    "about",
    "source",
    "source_address",
    "reason",
    "log_size",
    "log_root",
)


def as_csv(lines: Iterable[AuditLine], head: Signed) -> Iterator[str]:
    """A table for spreadsheets; the size and root of the history stand in every row. The last counts the events: a file
    without it was cut short."""
    return in_pieces(COLUMNS, _rows(lines, head))


def _rows(lines: Iterable[AuditLine], head: Signed) -> Iterator[Sequence[str]]:
    number = 0
    for number, one in enumerate(lines, start=1):  # noqa: B007
        yield (*_cells(one), str(head.size), head.root)
    told = f"{count(number, 'event')} of a history of {count(head.size, 'entry', 'entries')}. These are all."
    closing = {"entry": "About this table", "what": told, "log_size": str(head.size), "log_root": head.root}
    yield [closing.get(column, "") for column in COLUMNS]


def as_ndjson(lines: Iterable[AuditLine], head: Signed) -> Iterator[str]:
    """A line an event; the first line is about the history they were taken from, the last counts the events: a file
    without it was cut short."""
    yield json.dumps({"log": {"size": head.size, "root": head.root}}) + "\n"
    events = 0
    for events, one in enumerate(lines, start=1):  # noqa: B007
        told = dict(zip(COLUMNS, _cells(one), strict=False)) | {"entry": one.seq, "position": one.position}
        told["words"] = dict(one.words)  # type: ignore[assignment]
        yield json.dumps({key: text for key, text in told.items() if text}, ensure_ascii=False) + "\n"
    yield json.dumps({"closing": True, "events": events, "size": head.size, "root": head.root}) + "\n"


def _cells(one: AuditLine) -> tuple[str, ...]:
    return (
        str(one.seq),
        one.recorded_iso,
        one.true_on_iso,
        one.name,
        one.sentence,
        one.was,
        one.now,
        "\n".join(f"{called}: {text}" for called, text in one.words),
        one.who,
        one.actor,
        one.urn or "",
        one.authority,
        str(one.plan or ""),
        " ".join(map(str, one.about)),
        one.source,
        one.link or "",
        one.reason,
    )
