"""Which authority does a person mean?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from domain.register.register import plain_name
from domain.register.search import meant, search
from domain.values.activities import AuthorityFacts
from domain.values.errors import NotFound
from domain.values.words import listed
from projections.engine import tables as t
from projections.engine.reader import Reader

NAMED = 4
"""Authorities named where nobody is known by what was asked."""


def identify(reader: Reader, name: str, *, as_at: date) -> str:
    """The URN for a URN, a GSS code, a local authority number, any name it has had or a short name that only it has.

    Where two have borne a name or code, the one that exists on the day is meant. Raises NotFound, with what is near."""
    asked = name.strip()
    i = t.identifier.c
    with reader.connect() as connection:
        found = connection.execute(
            select(i.scheme, i.urn).where(
                or_(i.value == asked.upper(), (i.scheme == "name") & (i.value == plain_name(asked)))
            )
        ).all()
        if not found:
            return _searched(
                asked, [one.on(as_at) for one in reader.identities(connection, reader.position(connection))]
            )
        urns: set[str] = {row.urn for row in found}
        if len(urns) == 1:
            return urns.pop()
        own: set[str] = {row.urn for row in found if row.scheme == "urn"}
        borne = [reader.identity(connection, urn) for urn in sorted(own or urns)]
    if own:
        return next((one.urn for one in borne if asked in (one.urn, one.number)), borne[0].urn)
    return next((identity.urn for identity in borne if identity.existed_on(as_at)), borne[0].urn)


def _searched(asked: str, known: Sequence[AuthorityFacts]) -> str:
    """Whom a short name or initials mean beyond doubt. Raises NotFound."""
    hits = search(asked, known)
    only = meant(hits)
    if only is not None:
        return only.urn
    like = [hit.facts.name for hit in hits[:NAMED]]
    raise NotFound(
        f"No local authority is known by {asked[:80]!r}. "
        + (f"Do you mean {listed(like, last='or')}? " if like else "")
        + "Give its name, its Ofsted URN, its three-digit number or its GSS code."
    )


def authority(reader: Reader, urn: str, *, as_at: date) -> AuthorityFacts:
    """Who it is on a day. Raises NotFound."""
    with reader.connect() as connection:
        return reader.identity(connection, urn).on(as_at)
