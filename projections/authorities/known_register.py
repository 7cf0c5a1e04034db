"""The register as this store knows it: with those that began since, and the numbers that they were given."""

from __future__ import annotations

from datetime import date

from domain.register.register import REGISTER, Register, Registered
from domain.values.authority_keys import is_number
from projections.engine.identities import Identity
from projections.engine.reader import Reader


def register_as_known(reader: Reader) -> Register:
    """The product's register, and every authority of the store that it does not know or that has a number since."""
    with reader.connect() as connection:
        identities = reader.identities(connection)
    return REGISTER.with_others(_row(one) for one in identities if not is_number(one.urn))


def _row(one: Identity) -> Registered:
    codes = tuple(change.now for change in one.changes if change.field != "name")
    names = tuple(change.now for change in one.changes if change.field == "name")
    shipped = REGISTER[one.urn].aliases if one.urn in REGISTER else ()
    return Registered(one.on(date.max), tuple(dict.fromkeys((one.name, *names, *shipped))), (), numbers=codes)
