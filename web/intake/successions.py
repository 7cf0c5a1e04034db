"""Which authorities a history document lets begin: named as to follow others, and in no register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from domain.register.register import Register
from domain.register.to_begin import ToBegin
from domain.values.authority_keys import is_number, key_of
from domain.values.errors import NotFound, RuleBroken
from domain.values.statements import Kind
from web.intake.cells import printable
from web.intake.history_item import day_from

LONGEST_NAME = 100


def to_begin(authorities: Sequence[Any], register: Register) -> tuple[ToBegin, ...]:
    """Each once, with all that it follows, by the first day that is given. A number that nobody has is passed over:
    whoever bears it is not known by it."""
    found: dict[str, ToBegin] = {}
    waiting = [(name, before, day) for name, before, day in _named(authorities)]
    known = register
    while waiting:
        rest = []
        for name, before, day in waiting:
            if _found(known, name) is not None and key_of(name) not in found:
                continue
            predecessor = _found(known, before)
            if predecessor is None:
                rest.append((name, before, day))
                continue
            key = key_of(name)
            was = found.get(key, ToBegin(key, name, (), day))
            found[key] = ToBegin(
                key, was.name, tuple(dict.fromkeys((*was.predecessors, predecessor))), min(was.begins_on, day)
            )
        if len(rest) == len(waiting):
            break
        waiting, known = rest, register.with_others(one.registered for one in found.values())
    return tuple(found.values())


def _named(authorities: Sequence[Any]) -> Iterator[tuple[str, str, date]]:
    """Every successor by name that is no number, the authority whose end tells of it, and the vesting day."""
    for authority in authorities:
        history = authority.get("history") if isinstance(authority, Mapping) else None
        for item in history if isinstance(history, list) else []:
            if not isinstance(item, Mapping) or item.get("type") != Kind.SUCCESSION_ANNOUNCED.value:
                continue
            day, successors = day_from(item.get("on") or item.get("date")), item.get("successors")
            before = str(authority.get("urn") or authority.get("name") or authority.get("id") or "")
            for name in successors if isinstance(successors, list) and day is not None else []:
                named = printable(name).strip() if isinstance(name, str) else ""
                if key_of(named) and not is_number(named) and len(named) <= LONGEST_NAME and day is not None:
                    yield named, before, day


def _found(register: Register, named: str) -> str | None:
    with suppress(NotFound, RuleBroken):
        return register.find(named)
    return None
