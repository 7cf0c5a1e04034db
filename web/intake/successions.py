"""Which authorities a history document lets begin: named as to follow others, and in no register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from domain.authorities.preconditions import EARLIEST
from domain.register.register import Register
from domain.register.to_begin import NumberGiven, ToBegin
from domain.values.authority_keys import CODES, LONGEST_NAME, is_number, key_of
from domain.values.errors import NotFound, RuleBroken
from domain.values.statements import Kind, Stated
from domain.values.words import in_words
from web.intake.cells import RowRejected, printable
from web.intake.history_item import day_from


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


def ends_told(authorities: Sequence[Any], register: Register) -> dict[str, date]:
    """The day on which each authority ends by a document, by its key: by what was published last, where the document
    tells of nothing that takes it back."""
    found: dict[str, tuple[date, date]] = {}
    taken_back: set[str] = set()
    for authority in authorities:
        history = authority.get("history") if isinstance(authority, Mapping) else None
        key = _found(register, _called(authority)) if isinstance(history, list) else None
        for item in history if isinstance(history, list) and key is not None else []:
            if not isinstance(item, Mapping) or key is None:
                continue
            if item.get("type") == Kind.SUCCESSION_CANCELLED.value:
                taken_back.add(key)
            day = day_from(item.get("on") or item.get("date"))
            if item.get("type") == Kind.SUCCESSION_ANNOUNCED.value and day is not None:
                told = (day_from(item.get("published")) or day, day)
                found[key] = max(found.get(key, told), told)
    return {key: day for key, (_, day) in found.items() if key not in taken_back}


def must_follow(said: Stated, urn: str, register: Register, ends: Mapping[str, date], *, latest: date) -> None:
    """Raises RowRejected where an announcement names nobody who could be there on its vesting day: otherwise an area
    would have no authority; and where inspectors came on or after that day. `ends` are the days on which others end,
    by key; what is past by `latest` (inclusive) has ended."""
    if said.on is None:
        raise RowRejected("it does not say under 'on' on which day the authority ends")
    if not said.successors:
        raise RowRejected("it does not name under 'successors' who follows")
    for successor in said.successors:
        key = _found(register, successor)
        if key is None:
            raise RowRejected(
                f"no authority is known by {successor[:80]!r}, and it is no name by which one could begin"
            )
        who = register[key].facts
        if key == urn:
            raise RowRejected(f"{who.name} does not follow itself")
        day = ends.get(key) or who.abolished_on or who.ends_on
        if day is not None and day <= said.on:
            verb = "ended" if day <= latest else "ends"
            raise RowRejected(f"{who.name}, named to follow, itself {verb} on {in_words(day)}")
    mine = register[urn]
    since, known_end = mine.last_on_site, mine.facts.abolished_on or mine.facts.ends_on
    if since is not None and since >= said.on != known_end:
        raise RowRejected(f"{mine.facts.name} did not end on {in_words(said.on)}: inspectors came on {in_words(since)}")


def numbers_given(
    authority: Mapping[str, Any], urn: str, register: Register, *, latest: date
) -> tuple[NumberGiven, ...]:
    """The numbers and codes under `numbers` that were given later to an authority which began without: each `number`
    of a `scheme`, from the day `on`. One whose key is Ofsted's number has none such. Raises RowRejected."""
    told = authority.get("numbers")
    if told is None or is_number(urn):
        return ()
    found: dict[str, NumberGiven] = {}
    for one in told if isinstance(told, list) else [None]:
        if not isinstance(one, Mapping):
            raise RowRejected("its 'numbers' are no list of a scheme, a number and a day each")
        scheme, number, on = str(one.get("scheme")), str(one.get("number")).strip(), day_from(one.get("on"))
        if scheme not in CODES or CODES[scheme][0].fullmatch(number) is None:
            raise RowRejected(f"{number[:20]!r} is no number of the kind {scheme[:20]!r}")
        if on is None or not EARLIEST <= on <= latest:
            raise RowRejected(f"it does not say under 'on' on which day {number} was given, or one to come")
        bearer = _found(register, number)
        if bearer not in (None, urn):
            raise RowRejected(f"{number} is the number of another authority")
        others = [other for other in register[urn].codes if CODES[scheme][0].fullmatch(other) and other != number]
        if others or scheme in found:
            raise RowRejected(f"it has another number of that kind already: {(*others, number)[0]}")
        found[scheme] = NumberGiven(urn, scheme, number, on)
    return tuple(found.values())


def _called(authority: Mapping[str, Any]) -> str:
    return str(authority.get("urn") or authority.get("name") or authority.get("id") or "")


def _named(authorities: Sequence[Any]) -> Iterator[tuple[str, str, date]]:
    """Every successor by name that is no number, the authority whose end tells of it, and the vesting day."""
    for authority in authorities:
        history = authority.get("history") if isinstance(authority, Mapping) else None
        for item in history if isinstance(history, list) else []:
            if not isinstance(item, Mapping) or item.get("type") != Kind.SUCCESSION_ANNOUNCED.value:
                continue
            day, successors = day_from(item.get("on") or item.get("date")), item.get("successors")
            before = _called(authority)
            named_here = [successors] if isinstance(successors, str) else successors
            for name in named_here if isinstance(named_here, list) and day is not None else []:
                named = printable(name).strip() if isinstance(name, str) else ""
                if key_of(named) and not is_number(named) and len(named) <= LONGEST_NAME and day is not None:
                    yield named, before, day


def _found(register: Register, named: str) -> str | None:
    with suppress(NotFound, RuleBroken):
        return register.find(named)
    return None
