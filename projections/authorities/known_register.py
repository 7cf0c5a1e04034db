"""The register as this store knows it: with those that began since, and the numbers that they were given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.register.register import REGISTER, Register, Registered
from domain.values.authority_keys import is_number
from projections.engine.identities import Identity
from projections.engine.reader import Reader


def register_as_known(reader: Reader, day: date) -> Register:
    """The product's register, and every authority of the store that it does not know or that has a number since; with
    the days of ends that are known on a day."""
    with reader.connect() as connection:
        identities = reader.identities(connection)
        seen = reader.last_on_site(connection)
    begun = [_row(one) for one in identities if not is_number(one.urn)]
    ends = [(one, one.on(day).ends_on) for one in identities if one.urn in REGISTER and is_number(one.urn)]
    ended = [replace(REGISTER[one.urn], facts=replace(REGISTER[one.urn].facts, ends_on=on)) for one, on in ends if on]
    known_now = REGISTER.with_others([*begun, *ended])
    return known_now.with_others(
        replace(known_now[urn], last_on_site=on) for urn, on in seen.items() if urn in known_now
    )


def _row(one: Identity) -> Registered:
    codes = tuple(change.now for change in one.changes if change.field != "name")
    names = tuple(change.now for change in one.changes if change.field == "name")
    shipped = REGISTER[one.urn].aliases if one.urn in REGISTER else ()
    return Registered(one.on(date.max), tuple(dict.fromkeys((one.name, *names, *shipped))), (), numbers=codes)
