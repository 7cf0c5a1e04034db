"""History documents: an authority's history written by hand, by another tool, or by our own export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain.authorities.dossier import statement_id
from domain.register.to_begin import NumberGiven, ToBegin
from domain.values.errors import RuleBroken
from domain.values.known_until import KnownKind, KnownSpan
from domain.values.statements import Channel, Family, Kind, Observation, Ruling
from web.intake.cells import RowRejected, printable
from web.intake.exported import SCHEMA_VERSION, decode_ruling, decode_statement
from web.intake.gathering import Bounds, Gathered
from web.intake.history_item import citations_of, day_from, said_of
from web.intake.known_until import Said, said_of_kinds
from web.intake.successions import ends_told, must_follow, numbers_given, to_begin
from web.intake.workbook import FileRefused
from web.words.file_formats import FORMATS, Layout

MOST_ITEMS = 50_000
(KNOWN_BY,) = FORMATS[Layout.HISTORY_DOCUMENT].known_by[0]


@dataclass
class HistoryRead:
    """What a history document holds. `data_horizon` is the day up to which its writer had looked; `known` how far it
    tells of each authority, by URN; `begins` are those that it names as to follow others and that no register knows;
    `numbers` those that were given later to authorities which began without."""

    gathered: Gathered = field(default_factory=Gathered)
    rulings: list[Ruling] = field(default_factory=list)
    title: str | None = None
    data_horizon: date | None = None
    known: dict[str, Said] = field(default_factory=dict)
    of_all: Said = field(default_factory=dict)
    begins: tuple[ToBegin, ...] = ()
    numbers: list[NumberGiven] = field(default_factory=list)


def is_history(document: object) -> bool:
    return isinstance(document, Mapping) and KNOWN_BY in document


def read_history(document: Mapping[str, Any], *, bounds: Bounds) -> HistoryRead:
    """Every item of every authority. Raises FileRefused for another version or shape.

    A document that says up to which day its writer had looked was read on that day, whatever days it tells of."""
    version = document.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION or isinstance(version, bool):
        raise FileRefused(f"its schema_version is {str(version)[:20]!r}; version {SCHEMA_VERSION} is read")
    authorities = document["authorities"]
    if not isinstance(authorities, list):
        raise FileRefused("its 'authorities' are not a list")
    title = document.get("title")
    read = HistoryRead(title=printable(title[:200]) if isinstance(title, str) else None)
    horizon = day_from(document.get("data_horizon"))
    if horizon is not None and horizon <= bounds.latest:
        read.data_horizon = horizon
        read.gathered.seen(horizon)
        graded = KnownKind.GRADED_INSPECTION
        read.of_all[graded] = (KnownSpan(graded, horizon),)
        bounds = replace(bounds, read_on=bounds.read_on or horizon)
    try:
        read.of_all |= said_of_kinds(document, latest=bounds.latest)
    except RowRejected as reason:
        read.gathered.reject("the document", reason)
    read.begins = to_begin(authorities, bounds.register)
    bounds = replace(bounds, register=bounds.register.with_others(one.registered for one in read.begins))
    ends = ends_told(authorities, bounds.register)
    for number, authority in enumerate(authorities, start=1):
        _read_authority(read, authority, f"authority {number}", bounds, ends)
    if read.data_horizon is not None:
        read.gathered.newest = read.data_horizon
    return read


def _read_authority(read: HistoryRead, authority: object, place: str, bounds: Bounds, ends: Mapping[str, date]) -> None:
    gathered = read.gathered
    if not isinstance(authority, Mapping):
        gathered.reject(place, "it is not a mapping with a name and a history")
        return
    place = _text(authority.get("name")) or _text(authority.get("id")) or place
    history = authority.get("history")
    items = history if isinstance(history, list) else []
    gathered.rows += len(items)
    if gathered.rows > MOST_ITEMS:
        raise FileRefused(f"it holds more than {MOST_ITEMS:,} items")
    if history is not None and not isinstance(history, list):
        gathered.reject(place, "its 'history' is not a list")
    try:
        urn = bounds.register.identify(
            urn=_text(authority.get("urn")),
            name=_text(authority.get("name")) or _text(authority.get("id")),
            codes=[_text(authority.get("la_number")), _text(authority.get("gss_code"))],
        )
    except RuleBroken as reason:
        for number in range(1, len(items) + 1):
            gathered.reject(f"{place}, item {number}", reason)
        if not items:
            gathered.reject(place, reason)
        return
    try:
        read.known[urn] = read.known.get(urn, read.of_all) | said_of_kinds(authority, latest=bounds.latest)
    except RowRejected as reason:
        gathered.reject(place, reason)
    try:
        read.numbers += numbers_given(authority, urn, bounds.register, latest=bounds.latest)
    except RowRejected as reason:
        gathered.reject(place, reason)
    for number, item in enumerate(items, start=1):
        _read_item(gathered, item, urn, f"{place}, item {number}", bounds, ends)
    rulings = authority.get("rulings")
    for number, ruling in enumerate(rulings if isinstance(rulings, list) else [], start=1):
        try:
            decoded = decode_ruling(ruling, urn=urn)
            here = gathered.renamed
            other = None if decoded.other is None else here.get(decoded.other, decoded.other)
            said = tuple(here.get(statement, statement) for statement in decoded.statements)
            read.rulings.append(replace(decoded, one=here.get(decoded.one, decoded.one), other=other, statements=said))
        except RowRejected as reason:
            gathered.reject(f"{place}, ruling {number}", reason)


def _read_item(
    gathered: Gathered, item: object, urn: str, place: str, bounds: Bounds, ends: Mapping[str, date]
) -> None:
    try:
        if not isinstance(item, Mapping):
            raise RowRejected("it is not a mapping with a type and a date")
        statements = item.get("said")
        if isinstance(statements, list) and statements:
            decoded = [decode_statement(encoded, urn=urn, row=place, latest=bounds.latest) for encoded in statements]
            if not any(observation.said.is_dated for _, observation in decoded):
                raise RowRejected("none of its statements has a date, a period or a day of publication")
            for identity, observation in decoded:
                gathered.observe(observation, identity)
                if identity is not None:
                    gathered.renamed[identity] = statement_id(observation)
            return
        said = said_of(item, latest=bounds.latest, read_on=bounds.read_on, hear=gathered.hears(place))
        if said.kind is Kind.SUCCESSION_ANNOUNCED:
            must_follow(said, urn, bounds.register, ends, latest=bounds.latest)
        gathered.observe(
            Observation(
                urn=urn,
                family=Family.REPORT_IN_HAND,
                channel=Channel.HISTORY_DOCUMENT,
                said=said,
                row=place,
                citations=citations_of(item),
            )
        )
    except (RowRejected, RuleBroken) as reason:
        gathered.reject(place, reason)


def _text(given: object) -> str:
    """An identifier as text: numbers are written without quotes in many documents."""
    if isinstance(given, bool) or not isinstance(given, str | int):
        return ""
    return printable(str(given)[:200])
