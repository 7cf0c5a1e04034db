"""How far a history document tells of the authorities in it, and how our own export says so (R-105).

Of graded inspections a document tells until its `data_horizon`; of other kinds, and of graded ones where it names them,
until the days of its `known_until`, which may stand at the top or with an authority. What is told only from a day on
stands in `known_spans`, an extra key of our own export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from domain.values.known_until import LISTED, KnownKind, KnownSpan, KnownUntil
from web.intake.cells import RowRejected
from web.intake.history_item import day_from

KEY, SPANS = "known_until", "known_spans"
MOST_SPANS = 100

_KINDS = {kind.value: kind for kind in KnownKind}

Said = dict[KnownKind, tuple[KnownSpan, ...]]
"""What is said of each kind; empty where nothing is known of it."""


def said_of_kinds(said: Mapping[str, Any], *, latest: date) -> Said:
    """What a document, or one of its authorities, says of each kind. Kinds that are not known are passed over.

    What is said of monitoring visits holds of first ones too, unless they are named. Raises RowRejected."""
    days, spans = said.get(KEY), said.get(SPANS)
    found: Said = {}
    if days is not None:
        if not isinstance(days, Mapping):
            raise RowRejected(f"its '{KEY}' does not give a day for each kind of activity")
        for name, given in days.items():
            if (kind := _KINDS.get(name)) is not None:
                until = None if given is None else _day(given, name, latest)
                found[kind] = () if until is None else (KnownSpan(kind, until),)
        if KnownKind.MONITORING_VISIT in found and KnownKind.FIRST_MONITORING_VISIT not in found:
            told = found[KnownKind.MONITORING_VISIT]
            first = KnownKind.FIRST_MONITORING_VISIT
            found[first] = tuple(KnownSpan(first, span.until) for span in told)
    if spans is not None:
        found |= _spans(spans, latest)
    return found


def _spans(given: object, latest: date) -> Said:
    if not isinstance(given, list) or len(given) > MOST_SPANS:
        raise RowRejected(f"its '{SPANS}' are not a list")
    found: dict[KnownKind, list[KnownSpan]] = defaultdict(list)
    for one in given:
        if not isinstance(one, Mapping):
            raise RowRejected(f"one of its '{SPANS}' has no kind and no days")
        kind = _KINDS.get(str(one.get("kind")))
        if kind is not None:
            since = None if one.get("since") is None else _day(one["since"], "since", latest)
            found[kind].append(KnownSpan(kind, _day(one.get("until"), "until", latest), since))
    return {kind: tuple(spans) for kind, spans in found.items()}


def _day(given: object, name: str, latest: date) -> date:
    day = day_from(given)
    if day is None:
        raise RowRejected(f"in its '{KEY}' the {name.replace('_', ' ')} is not a day, such as 2026-08-22")
    if day > latest:
        raise RowRejected(f"in its '{KEY}' the {name.replace('_', ' ')} lies in the future")
    return day


def tells(by_urn: Mapping[str, Said]) -> tuple[KnownSpan, ...]:
    """What is said of each authority, those of which the same is said together."""
    urns: dict[KnownSpan, list[str]] = defaultdict(list)
    for urn, said in by_urn.items():
        for span in (span for spans in said.values() for span in spans):
            urns[span].append(urn)
    return tuple(KnownSpan(span.kind, span.until, span.since, tuple(sorted(of))) for span, of in urns.items())


def encode_known_until(known: KnownUntil) -> dict[str, Any]:
    """What is known of each kind that is listed or that somebody told of, as `said_of_kinds` reads it."""
    spans = known.joined()
    told = [kind for kind in KnownKind if kind in (*LISTED, KnownKind.FIRST_MONITORING_VISIT) or known.until(kind)]
    encoded: dict[str, Any] = {KEY: {kind.value: _iso(known.until(kind)) for kind in told}}
    limited = {span.kind for span in spans if span.since is not None}
    if limited:
        encoded[SPANS] = list(_encoded(spans, limited))
    return encoded


def _encoded(spans: tuple[KnownSpan, ...], limited: set[KnownKind]) -> Iterator[dict[str, str]]:
    for span in spans:
        if span.kind in limited:
            since = {} if span.since is None else {"since": span.since.isoformat()}
            yield {"kind": span.kind.value, **since, "until": span.until.isoformat()}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
