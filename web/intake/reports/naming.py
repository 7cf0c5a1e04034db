"""Which authority a document is about: by the names in its text and the product's own register, never by a link."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.register.register import Register, plain_name
from domain.values.words import in_words

_TRUSTED = re.compile(r"\b(?:trust|children first|achieving for children|together for children)\b")
"""A company or trust that runs services for a council; the council is the authority that is inspected (R-071)."""

CLEARLY = 3
"""How many times as often as any other the text has to name an authority that the front page does not name."""

OFTEN = 5
"""How often it has to do so at least, or a person should look."""


@dataclass(frozen=True)
class AuthorityRead:
    """`words` are those it was read from. Without `urn`, `doubt` says why; beside one it says what was taken for it.

    `supposed`: only the text speaks of it, so a person should look."""

    urn: str | None
    name: str | None = None
    words: str = ""
    doubt: str | None = None
    supposed: bool = False

    @property
    def uncertain(self) -> tuple[str, ...]:
        """The name of the value that has to be looked at first, where it has."""
        return ("urn",) if self.supposed or not self.urn else ()


def authority_in(front: Iterable[str], *, body: str = "", register: Register, on: date | None = None) -> AuthorityRead:
    """The authority that the front page names; failing that, the one that the text names far more than any other.

    `front` are the pieces of the front page that may hold the name, the likeliest first. `on` is a day of the
    inspection: it tells a council of today from its predecessor of the same name."""
    pieces = [" ".join(piece.split()) for piece in front]
    ended: AuthorityRead | None = None
    for piece in pieces:
        named = _named(piece, register)
        if len(named) > 1:
            names = " and ".join(sorted(named))
            return AuthorityRead(None, words=piece, doubt=f"“{piece}” names more than one authority: {names}.")
        if named:
            read = _borne(next(iter(named.values())), piece, register, on)
            if read.urn:
                return read
            ended = ended or read
    if ended:
        return ended
    shown = pieces[0][:80] if pieces else ""
    for_whom = f"No local authority is known by the name on the front page, “{shown}”."
    counted = _counted(body, register)
    if counted and counted[0][1] >= CLEARLY * (counted[1][1] if len(counted) > 1 else 1):
        read = _borne(counted[0][0], shown, register, on)
        supposed = f"{for_whom} The text speaks of {counted[0][0]}, which was taken."
        return AuthorityRead(
            read.urn, read.name, shown, supposed if read.urn else read.doubt, supposed=counted[0][1] < OFTEN
        )
    return AuthorityRead(None, words=shown, doubt=for_whom)


def _borne(name: str, piece: str, register: Register, on: date | None) -> AuthorityRead:
    """The bearer of a name of the register on that day."""
    urn = register.identify(name=name, on=on)
    facts = register[urn].facts
    if on and facts.abolished_on and on >= facts.abolished_on:
        return AuthorityRead(
            None, words=piece, doubt=f"{facts.name} ended on {in_words(facts.abolished_on)}, before the inspection."
        )
    doubt = None
    if _TRUSTED.search(_plain(piece)):
        doubt = f"The front page names “{piece}”; its council, {facts.name}, was taken for the authority."
    return AuthorityRead(urn, facts.name, piece, doubt)


def _plain(text: str) -> str:
    words = text.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w]+", " ", words).split())


@lru_cache(maxsize=4)
def _names(register: Register) -> dict[str, str]:
    """By its plain form, each name of the register and the longest first: a name may stand in another."""
    names = {plain_name(name): authority.facts.name for authority in register for name in authority.names}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4)
def _pattern(register: Register) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, _names(register))) + r")\b")


def _found(plain: str, register: Register) -> Iterator[str]:
    return (_names(register)[found[0]] for found in _pattern(register).finditer(plain))


def _named(piece: str, register: Register) -> dict[str, str]:
    """The authorities that a piece names: each by its name."""
    return {name: name for name in _found(_plain(piece), register)}


def _counted(body: str, register: Register) -> list[tuple[str, int]]:
    """How often the text names each authority with capitals, the most first: "reading" is no authority."""
    capitalised = re.findall(r"[A-Z][\w’'.-]*(?:(?: (?:and|upon|of|on|with|the|in|under))* [A-Z][\w’'.-]*)*", body)
    return Counter(name for words in capitalised for name in _found(_plain(words), register)).most_common()
