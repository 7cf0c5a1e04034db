"""Frozen dataclasses to JSON and back, directed by their annotations: the bodies of rows that we wrote ourselves.

A field that is as its default is left out. Nothing here is checked: the log was, and these bytes come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import orjson

T = TypeVar("T")


def encode(value: Any) -> bytes:
    """The body of a frozen dataclass, or of a list or dict of them."""
    return orjson.dumps(stated(value) if is_dataclass(value) else value)


def stated(value: Any) -> dict[str, Any]:
    """The fields that differ from their default; what was worked out from them and remembered is no field."""
    cls: Any = type(value)
    held = value.__dict__
    return {name: held[name] for name, default in _defaults(cls).items() if held[name] is not default}


def decode(cls: type[T], body: bytes) -> T:
    """What `encode` was given."""
    found: T = reader(cls)(orjson.loads(body))
    return found


def reader(annotation: Any) -> Callable[[Any], Any]:
    """Makes values of a type out of parsed JSON."""
    found: Callable[[Any], Any] = _reader(annotation)
    return found


@cache
def _defaults(cls: Any) -> dict[str, Any]:
    """Each field with what is left out as its default; MISSING where it has none."""
    return {field.name: field.default for field in fields(cls)}


@cache
def _reader(annotation: Any) -> Callable[[Any], Any]:
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if get_origin(annotation) in (UnionType, Union):
        (inner,) = (arg for arg in get_args(annotation) if arg is not NoneType)
        return _optional(_reader(inner))
    if get_origin(annotation) is tuple:
        return _tuple(get_args(annotation))
    if get_origin(annotation) is Mapping:
        return _mapping(_reader(get_args(annotation)[1]))
    if issubclass(annotation, Enum):
        by_value = {member.value: member for member in annotation}
        return by_value.__getitem__
    return _record(annotation)


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda stored: None if stored is None else read(stored)


def _mapping(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """By text, as JSON has it."""
    return lambda stored: {name: read(part) for name, part in stored.items()}


def _tuple(items: tuple[Any, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if items[1:] == (...,):
        read = _reader(items[0])
        return lambda stored: tuple(map(read, stored))
    readers = tuple(map(_reader, items))
    return lambda stored: tuple(read(part) for read, part in zip(readers, stored, strict=True))


def _record(cls: type) -> Callable[[Any], Any]:
    hints = get_type_hints(cls)
    readers = {field.name: _reader(hints[field.name]) for field in fields(cls)}

    def read(stored: dict[str, Any]) -> Any:
        return cls(**{name: readers[name](part) for name, part in stored.items()})

    return read


def _same(stored: Any) -> Any:
    return stored


_PLAIN: dict[Any, Callable[[Any], Any]] = {
    str: _same,
    int: _same,
    float: _same,
    bool: _same,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    UUID: UUID,
}
