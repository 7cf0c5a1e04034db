"""Which regions are there, and is one of them meant?"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from domain.values.activities import AuthorityFacts
from domain.values.errors import NotFound
from domain.values.words import listed


def regions(authorities: Iterable[AuthorityFacts]) -> tuple[str, ...]:
    """The regions of these authorities, in order of name."""
    return tuple(sorted({authority.region for authority in authorities if authority.region}))


def must_be_regions(asked: Iterable[str], known: Collection[str]) -> None:
    """Raises NotFound, with those there are, where one asked for is none of the known."""
    for region in asked:
        if region not in known:
            raise NotFound(f"No authority is in a region called {region[:80]!r}. There are {listed(sorted(known))}.")
