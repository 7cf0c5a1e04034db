"""Every stored type, both ways: a fact to bytes and back, directed by the annotations of `domain/facts/`.

The payload of a fact is one JSON object whose keys are its field names. Types are never written down: the class
says what each value is, so nothing a person enters can choose how it is read. Dates are `2026-05-01`, instants UTC
(`2026-05-01T09:30:00+00:00`), ids 32 hexadecimal digits, enums their value, grades `{"area": "grade"}`, cells
`{"column": "cell"}` (a list of pairs where a column comes twice). A field that is absent, or as empty as its
default, is left out. What is unknown, missing, of another type or beyond a bound is refused, in both directions."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID, SafeUUID

from domain.facts import Fact
from domain.frameworks import Area, Grade
from domain.values.errors import CorruptEvent, RuleBroken
from domain.values.judgements import Judgements
from domain.values.plans import Figure
from domain.values.statements import Period, Verbatim

MAX_TEXT = 20_000
"""Characters in one text."""

MAX_ITEMS = 1_000
"""Items in one list."""

MAX_IDS = 4_000
"""Ids in one list: as many as fit in a payload."""

MAX_PAYLOAD = 150_000
"""Bytes of one fact."""

CLASS_VERSION = "v"
"""The key of the class version; left out while it is 1."""

F = TypeVar("F", bound=Fact)

_new, _put = object.__new__, object.__setattr__


class Codec(NamedTuple):
    """How one type is written as JSON, and read."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


class _Unfit(ValueError):
    """A value that is not of its type or not within its bounds; the message ends a sentence begun by the field."""


def encode_fact(fact: Fact) -> bytes:
    """The payload of a fact, without its stream, its version and its topic.

    Raises RuleBroken, naming the field, where a value is not of its type or beyond a bound."""
    cls = type(fact)
    try:
        stored = _payload(cls).encode(fact)
        if (version := class_version(cls)) > 1:
            stored[CLASS_VERSION] = version
        state = _ENCODER.encode(stored).encode()
    except _Unfit as unfit:
        raise RuleBroken(f"This cannot be kept: {unfit}.") from unfit
    except UnicodeEncodeError as broken:
        raise RuleBroken("This cannot be kept: a text holds half of a character. Type it again.") from broken
    if len(state) > MAX_PAYLOAD:
        raise RuleBroken(f"This cannot be kept: it takes {len(state):,} bytes, and {MAX_PAYLOAD:,} is the most.")
    return state


def decode_fact(
    cls: type[F], state: bytes, originator_id: UUID, originator_version: int, originator_topic: str | None = None
) -> F:
    """The fact that was stored; `originator_topic` is the aggregate's own, for the first fact of a stream.

    Raises CorruptEvent where the payload is not exactly one of this class, or is of a newer class version."""
    try:
        if len(state) > MAX_PAYLOAD:
            raise _Unfit(f"it takes {len(state):,} bytes")
        text = state.decode()
        stored = _DECODER.decode(text)
        if "\\u" in text:
            _check_escapes(stored)
        if type(stored) is not dict:
            raise _Unfit("it is not an object")
        _upcast(cls, stored)
        fact: F = _payload(cls).decode(stored)
    except (ValueError, TypeError, KeyError, RecursionError) as broken:
        raise CorruptEvent(None, f"{cls.__name__}: {broken}") from broken
    held = fact.__dict__
    held["originator_id"] = originator_id
    held["originator_version"] = originator_version
    if originator_topic is not None:
        held["originator_topic"] = originator_topic
    return fact


def class_version(cls: type[Fact]) -> int:
    """1 unless the class says otherwise; each step up comes with an `upcast_vN_vM` that turns the stored object."""
    return int(getattr(cls, "class_version", 1))


def _upcast(cls: type[Fact], stored: dict[str, Any]) -> None:
    for name, value in cls.before_it_was_told.items():
        stored.setdefault(name, value)
    written = stored.pop(CLASS_VERSION, 1)
    known = class_version(cls)
    if type(written) is not int or written < 1:
        raise _Unfit(f"class version {written!r} is not a number from 1 up")
    if written > known:
        raise _Unfit(f"written in class version {written}, newer than version {known} which this program reads")
    for version in range(written, known):
        getattr(cls, f"upcast_v{version}_v{version + 1}")(stored)


def _check_escapes(stored: Any) -> None:
    """Only an escape in the JSON can smuggle in half of a character or a NUL: raw ones do not decode."""
    text = _ENCODER.encode(stored)
    text.encode()
    if "\\u0000" in text.replace("\\\\", ""):
        raise _Unfit("it holds a NUL character")


def _refuse_constant(name: str) -> None:
    raise _Unfit(f"{name} is not a number")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


@cache
def _payload(cls: type[Fact]) -> Codec:
    return _record(cls, leaving_out=("originator_id", "originator_version", "originator_topic"))


@cache
def _codec(annotation: Any) -> Codec:
    """The codec of one annotation. Raises TypeError for a type that events may not carry."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _choice(annotation)
    if get_origin(annotation) in (UnionType, Union):
        (inner,) = (arg for arg in get_args(annotation) if arg is not NoneType)
        return _codec(inner)
    if get_origin(annotation) is tuple and get_args(annotation)[1:] == (...,):
        return _several(get_args(annotation)[0])
    if is_dataclass(annotation) and isinstance(annotation, type):
        return _record(annotation)
    raise TypeError(f"{annotation!r} is not a type that a fact may carry")


def _record(cls: type, leaving_out: tuple[str, ...] = ()) -> Codec:
    """An object with the fields of a dataclass; optional are those that allow None, or are empty by default.

    What a fact needs is written first. A field that facts of old needed keeps that place, so that they stay the same
    bytes."""
    hints = get_type_hints(cls)
    names = [field.name for field in fields(cls) if field.name not in leaving_out]
    codecs = {name: _codec(hints[name]) for name in names}
    absent: dict[str, Any] = {}
    for field in fields(cls):
        if field.default is not MISSING:
            if field.default not in (None, (), Judgements(), Verbatim()):
                raise TypeError(f"{cls.__name__}.{field.name} must be empty by default, or old facts change with it")
            absent[field.name] = field.default
        elif NoneType in get_args(hints[field.name]):
            absent[field.name] = None
    once = getattr(cls, "once_needed", ())
    required = [(name, codecs[name].encode) for name in names if name not in absent or name in once]
    optional = [(name, codecs[name].encode, absent[name]) for name in names if name in absent and name not in once]
    decoders = {name: codecs[name].decode for name in names}
    count = len(names)

    def encode(value: Any) -> dict[str, Any]:
        if type(value) is not cls:
            raise _Unfit(f"is {_named(value)} where {cls.__name__} belongs")
        held = value.__dict__
        stored = {}
        name = ""
        try:
            for name, encode_field in required:
                if name not in once or held[name] is not None:
                    stored[name] = encode_field(held[name])
            for name, encode_field, empty in optional:
                part = held[name]
                if part is not empty and part != empty:
                    stored[name] = encode_field(part)
        except _Unfit as unfit:
            raise _Unfit(f"{name.replace('_', ' ')} {unfit}") from unfit
        return stored

    def decode(stored: Any) -> Any:
        if type(stored) is not dict:
            raise _Unfit(f"is {_named(stored)} where an object belongs")
        held = absent.copy()
        name = ""
        try:
            for name, part in stored.items():
                held[name] = decoders[name](part)
        except KeyError as unknown:
            if name not in decoders:
                raise _Unfit(f"{cls.__name__} has no field {name[:40]!r}") from None
            raise _Unfit(f"{name} has no value {str(unknown)[:40]}") from None
        except (ValueError, TypeError) as unfit:
            raise _Unfit(f"{name}: {unfit}") from unfit
        if len(held) != count:
            missing = next(name for name in names if name not in held)
            raise _Unfit(f"{missing} is missing")
        made: Any = _new(cls)
        _put(made, "__dict__", held)
        return made

    return Codec(encode, decode)


def _choice(cls: type[Enum]) -> Codec:
    by_value = {member.value: member for member in cls}

    def encode(value: Any) -> Any:
        if type(value) is not cls:
            raise _Unfit(f"is {_named(value)} where {cls.__name__} belongs")
        return value._value_

    return Codec(encode, by_value.__getitem__)


def _several(item: Any) -> Codec:
    codec = _codec(item)
    most = MAX_IDS if item is UUID else MAX_ITEMS

    def encode(value: Any) -> list[Any]:
        if type(value) is not tuple:
            raise _Unfit(f"is {_named(value)} where a tuple belongs")
        return list(map(codec.encode, _bounded(value, most)))

    def decode(stored: Any) -> tuple[Any, ...]:
        if type(stored) is not list:
            raise _Unfit(f"is {_named(stored)} where a list belongs")
        return tuple(map(codec.decode, _bounded(stored, most)))

    return Codec(encode, decode)


def _bounded(items: Any, most: int = MAX_ITEMS) -> Any:
    if len(items) > most:
        raise _Unfit(f"has {len(items):,} items, and {most:,} is the most")
    return items


def _write_text(value: Any) -> str:
    text = _read_text(value)
    if "\0" in text:
        raise _Unfit("holds a NUL character")
    return text


def _read_text(stored: Any) -> str:
    if type(stored) is not str:
        raise _Unfit(f"is {_named(stored)} where text belongs")
    if len(stored) > MAX_TEXT:
        raise _Unfit(f"is {len(stored):,} characters long, and {MAX_TEXT:,} is the most")
    return stored


def _number(value: Any) -> int:
    if type(value) is not int:
        raise _Unfit(f"is {_named(value)} where a whole number belongs")
    if not -(2**63) <= value < 2**63:
        raise _Unfit("is too large a number")
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise _Unfit(f"is {_named(value)} where yes or no belongs")
    return value


def _write_date(value: Any) -> str:
    if type(value) is not date:
        raise _Unfit(f"is {_named(value)} where a date belongs")
    return value.isoformat()


@lru_cache(maxsize=20_000)
def _read_date(stored: Any) -> date:
    if type(stored) is not str:
        raise _Unfit(f"is {_named(stored)} where a date belongs")
    day = date.fromisoformat(stored)
    if day.isoformat() != stored:
        raise _Unfit("is not a date in the form 2026-05-01")
    return day


def _write_instant(value: Any) -> str:
    if type(value) is not datetime:
        raise _Unfit(f"is {_named(value)} where a date and time belongs")
    if value.utcoffset() != timedelta(0):
        raise _Unfit("is not in UTC")
    return value.isoformat()


@lru_cache(maxsize=1_000)
def _read_instant(stored: Any) -> datetime:
    if type(stored) is not str:
        raise _Unfit(f"is {_named(stored)} where a date and time belongs")
    instant = datetime.fromisoformat(stored)
    if instant.tzinfo is not UTC or instant.isoformat() != stored:
        raise _Unfit("is not a UTC date and time in the form 2026-05-01T09:30:00+00:00")
    return instant


def _write_id(value: Any) -> str:
    if type(value) is not UUID:
        raise _Unfit(f"is {_named(value)} where an id belongs")
    return value.hex


def _read_id(stored: Any) -> UUID:
    """What UUID(stored) makes of 32 digits, without its search for braces, dashes and prefixes: twice as fast."""
    number = int(stored, 16)
    if f"{number:032x}" != stored or len(stored) != 32:
        raise _Unfit("is not an id of 32 hexadecimal digits")
    known: UUID = _new(UUID)
    _put(known, "int", number)
    _put(known, "is_safe", SafeUUID.unknown)
    return known


def _write_period(value: Any) -> str:
    if type(value) is not Period:
        raise _Unfit(f"is {_named(value)} where a period belongs")
    return _write_text(value.text)


def _read_period(stored: Any) -> Period:
    try:
        return Period(_read_text(stored))
    except RuleBroken as refusal:
        raise _Unfit(str(refusal)) from refusal


def _write_figure(value: Any) -> str:
    if type(value) is not Figure:
        raise _Unfit(f"is {_named(value)} where a figure belongs")
    return value.text


def _read_figure(stored: Any) -> Figure:
    try:
        return Figure(_read_text(stored))
    except RuleBroken as refusal:
        raise _Unfit(str(refusal)) from refusal


def _write_judgements(value: Any) -> dict[str, str]:
    if type(value) is not Judgements:
        raise _Unfit(f"is {_named(value)} where judgements belong")
    stored = {_AREA.encode(area): _GRADE.encode(grade) for area, grade in value.pairs}
    if len(stored) != len(value.pairs):
        raise _Unfit("give an area twice")
    return stored


def _read_judgements(stored: Any) -> Judgements:
    if type(stored) is not dict:
        raise _Unfit(f"is {_named(stored)} where an object belongs")
    return Judgements(tuple(zip(map(_AREA.decode, stored), map(_GRADE.decode, stored.values()), strict=True)))


def _write_verbatim(value: Any) -> dict[str, str] | list[list[str]]:
    if type(value) is not Verbatim or type(value.cells) is not tuple:
        raise _Unfit(f"is {_named(value)} where cells belong")
    pairs = [[_write_text(part) for part in pair] for pair in _bounded(value.cells)]
    if any(len(pair) != 2 for pair in pairs):
        raise _Unfit("has a cell without a column")
    by_column = dict(pairs)
    return by_column if len(by_column) == len(pairs) else pairs


def _read_verbatim(stored: Any) -> Verbatim:
    if type(stored) is dict:
        for cell in stored.values():
            if type(cell) is not str or len(cell) > MAX_TEXT:
                raise _Unfit("has a cell that is not text, or too long")
        return Verbatim(tuple(_bounded(stored).items()))
    if type(stored) is not list or any(type(pair) is not list or len(pair) != 2 for pair in stored):
        raise _Unfit(f"is {_named(stored)} where cells belong")
    return Verbatim(tuple((_read_text(column), _read_text(cell)) for column, cell in _bounded(stored)))


def _named(value: Any) -> str:
    return f"a {type(value).__name__}"


_AREA = _choice(Area)
_GRADE = _choice(Grade)
_PLAIN: dict[Any, Codec] = {
    str: Codec(_write_text, _read_text),
    int: Codec(_number, _number),
    bool: Codec(_truth, _truth),
    date: Codec(_write_date, _read_date),
    datetime: Codec(_write_instant, _read_instant),
    UUID: Codec(_write_id, _read_id),
    Period: Codec(_write_period, _read_period),
    Figure: Codec(_write_figure, _read_figure),
    Judgements: Codec(_write_judgements, _read_judgements),
    Verbatim: Codec(_write_verbatim, _read_verbatim),
}
