"""Everything said and ruled, written so that another store can hear it again: the extra keys of our own export.

An exported item may carry `said`, the statements behind it, which are then observed instead of the item; an exported
authority may carry `rulings`. Other readers of history documents pass both over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from domain.register.register import REGION_CODES
from domain.register.to_begin import NumberGiven
from domain.values.activities import AuthorityFacts
from domain.values.known_until import KnownUntil
from domain.values.statements import Channel, Family, Observation, Ruled, Ruling, Source, Statement, Verbatim
from web.intake.cells import LONGEST_VERBATIM, RowRejected
from web.intake.history_item import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    citations_of,
    day_from,
    item_of,
    said_of,
    sound_text,
)
from web.intake.known_until import encode_known_until

MOST_CELLS = 100
SCHEMA_VERSION = 1

_E = TypeVar("_E", bound=Enum)


def encode_statement(statement: Statement) -> dict[str, Any]:
    """A statement as plain values; `decode_statement` reads them back."""
    source = {
        "kind": statement.source.kind,
        "title": statement.source.title,
        "reference": statement.source.reference,
        "read_on": _iso(statement.source.read_on),
    }
    encoded = {
        "id": str(statement.id),
        "family": statement.family.value,
        "channel": statement.channel.value,
        "edition": _iso(statement.edition),
        "read_on": _iso(statement.read_on),
        "about": None if statement.about is None else str(statement.about),
        "reason": statement.reason,
        "source": {key: value for key, value in source.items() if value is not None},
        "values": item_of(statement.said),
        "citations": item_of(statement.said, sources=statement.citations)["sources"],
        "verbatim": dict(statement.verbatim.cells),
    }
    return {key: value for key, value in encoded.items() if value not in (None, [], {})}


def decode_statement(encoded: object, *, urn: str, row: str, latest: date) -> tuple[UUID | None, Observation]:
    """The statement's old id and what it says, as an observation with its own source and dates. Raises RowRejected."""
    if not isinstance(encoded, Mapping) or not isinstance(encoded.get("values"), Mapping):
        raise RowRejected("one of its statements under 'said' has no values")
    edition, read_on = _day(encoded, "edition"), _day(encoded, "read_on")
    if read_on is not None and read_on > latest:
        raise RowRejected("one of its statements was read in the future")
    observation = Observation(
        urn=urn,
        family=_member(Family, encoded, "family"),
        channel=_member(Channel, encoded, "channel"),
        said=said_of(encoded["values"], latest=latest, dated=False),
        row=row,
        citations=citations_of(encoded, "citations"),
        verbatim=_verbatim(encoded),
        source=_source(encoded),
        edition=edition,
        read_on=read_on,
        about=_id(encoded, "about"),
        reason=_text(encoded, "reason", LONGEST_TEXT),
    )
    return _id(encoded, "id"), observation


def encode_ruling(ruling: Ruling) -> dict[str, Any]:
    encoded = {
        "ruled": ruling.ruled.value,
        "one": str(ruling.one),
        "other": None if ruling.other is None else str(ruling.other),
        "reason": ruling.reason,
        "statements": [str(statement) for statement in ruling.statements] or None,
        "texts": list(ruling.texts) or None,
    }
    return {key: value for key, value in encoded.items() if value is not None}


def decode_ruling(encoded: object, *, urn: str) -> Ruling:
    """Raises RowRejected."""
    if not isinstance(encoded, Mapping):
        raise RowRejected("a ruling is not a mapping")
    one, other = _id(encoded, "one"), _id(encoded, "other")
    ruled = _member(Ruled, encoded, "ruled")
    if one is None or (other is None and ruled is not Ruled.WITHDRAWN):
        raise RowRejected("a ruling does not name its entries")
    statements = encoded.get("statements", [])
    if not isinstance(statements, list):
        raise RowRejected("a ruling's 'statements' are not a list")
    named = tuple(_id_from(statement, "statements") for statement in statements)
    return Ruling(urn, ruled, one, other, _text(encoded, "reason", LONGEST_TEXT), named, _findings_of(encoded, ruled))


def _findings_of(encoded: Mapping[str, Any], ruled: Ruled) -> tuple[str, ...]:
    """The two findings that a ruling is about, where it is about such."""
    if ruled not in (Ruled.SAME_MATTER, Ruled.OTHER_MATTER):
        return ()
    given = encoded.get("texts")
    if not isinstance(given, list) or len(given) != 2 or not all(isinstance(one, str) and one for one in given):
        raise RowRejected("a ruling does not name two findings in 'texts'")
    return tuple(sound_text(one, "texts", LONGEST_TEXT) for one in given)


def encode_authority(
    facts: AuthorityFacts,
    *,
    history: Sequence[Mapping[str, Any]],
    rulings: Iterable[Ruling] = (),
    known_until: KnownUntil | None = None,
    numbers: Iterable[NumberGiven] = (),
) -> dict[str, Any]:
    """An authority of a history document, from items already written; `known_until` where it is not that of all;
    `numbers` are those given since it began without one."""
    encoded: dict[str, Any] = {
        "id": re.sub(r"[^a-z0-9]+", "-", facts.name.casefold()).strip("-"),
        "name": facts.name,
        "urn": facts.urn,
        "la_number": facts.la_number,
        "gss_code": facts.gss_code,
        "ofsted_region_code": REGION_CODES.get(facts.region or ""),
        "history": list(history),
    }
    if known_until is not None:
        encoded |= encode_known_until(known_until)
    if given := [{"scheme": one.scheme, "number": one.number, "on": _iso(one.on)} for one in numbers]:
        encoded["numbers"] = given
    if written := [encode_ruling(ruling) for ruling in rulings]:
        encoded["rulings"] = written
    return {key: value for key, value in encoded.items() if value is not None}


def encode_document(
    authorities: Iterable[Mapping[str, Any]],
    *,
    title: str,
    data_horizon: date | None,
    known_until: KnownUntil | None = None,
) -> dict[str, Any]:
    """A whole history document as plain values, ready for `dump_yaml` or JSON."""
    head: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "title": title, "data_horizon": _iso(data_horizon)}
    if known_until is not None:
        head |= encode_known_until(known_until)
    return {key: value for key, value in head.items() if value is not None} | {"authorities": list(authorities)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(encoded: Mapping[str, Any], key: str) -> date | None:
    given = encoded.get(key)
    day = day_from(given)
    if given is not None and day is None:
        raise RowRejected(f"a statement's {key!r} is not a day")
    return day


def _id(encoded: Mapping[str, Any], key: str) -> UUID | None:
    given = encoded.get(key)
    return None if given is None else _id_from(given, key)


def _id_from(given: object, key: str) -> UUID:
    try:
        return UUID(given) if isinstance(given, str) else _not_an_id(key)
    except ValueError:
        return _not_an_id(key)


def _not_an_id(key: str) -> UUID:
    raise RowRejected(f"{key!r} is not an id")


def _member(kind: type[_E], encoded: Mapping[str, Any], key: str) -> _E:
    for member in kind:
        if member.value == encoded.get(key):
            return member
    raise RowRejected(f"a statement's or ruling's {key!r} is not one that is known")


def _text(encoded: Mapping[str, Any], key: str, longest: int) -> str | None:
    given = encoded.get(key)
    if given is None:
        return None
    if not isinstance(given, str):
        raise RowRejected(f"{key!r} is not text")
    return sound_text(given, key, longest) or None


def _source(encoded: Mapping[str, Any]) -> Source | None:
    given = encoded.get("source")
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise RowRejected("a statement's 'source' is not a mapping")
    kind, title = _text(given, "kind", LONGEST_LABEL), _text(given, "title", LONGEST_LABEL)
    if kind is None or title is None:
        raise RowRejected("a statement's 'source' has no kind or no title")
    return Source(kind, title, _text(given, "reference", LONGEST_LABEL), _day(given, "read_on"))


def _verbatim(encoded: Mapping[str, Any]) -> Verbatim:
    given = encoded.get("verbatim")
    if given is None:
        return Verbatim()
    if not isinstance(given, Mapping) or len(given) > MOST_CELLS:
        raise RowRejected("a statement's 'verbatim' is not a mapping of columns to cells")
    cells = []
    for column, cell in given.items():
        if not isinstance(cell, str):
            raise RowRejected("a cell of a statement's 'verbatim' is not text")
        cells.append((sound_text(column, "verbatim", LONGEST_LABEL), sound_text(cell, "verbatim", LONGEST_VERBATIM)))
    return Verbatim(tuple(cells))
