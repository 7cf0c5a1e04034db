"""Which authorities may somebody mean by what they typed: names, short names, initials, codes, and one letter off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType

from domain.register.register import REGISTER
from domain.register.short_names import COUNTIES_BEFORE, SHORT_NAMES, SHORT_WORDS
from domain.values.activities import AuthorityFacts

NEAR_FROM = 5
"""Letters from which on a word may be one letter off: shorter ones are near too many others."""

LONGEST = 150
"""Letters that are compared; no name has as many. What anybody may type is kept no longer."""

SMALL = frozenset(("and", "at", "in", "of", "on", "the", "upon", "with"))
"""Words that may be left out of a name."""

KIND_WORDS = """
council county city borough metropolitan london royal district unitary authority la lb rb cc bc dc mbc mdc mb childrens
services
"""
KINDS = frozenset(KIND_WORDS.split())
"""Words that say what an authority is rather than which: passed over where nothing else fits."""


class Fit(IntEnum):
    """How what was typed fits, best first; each member's line says what is not plain."""

    CODE = 0
    NAME = 1
    SHORT = 2
    FOLLOWS = 3
    """It took over from the one that is meant."""
    BEGINNING = 4
    INITIALS = 5
    WORDS = 6
    WITHIN = 7
    """It lies in the area that is meant, which has no council of its own."""
    NEAR = 8
    """One letter is missing, added, changed or swapped with its neighbour."""
    INSIDE = 9


SURE = (Fit.CODE, Fit.NAME, Fit.SHORT)
"""What fits like this is what was meant, whatever else begins with the same letters."""


@dataclass(frozen=True)
class Searched:
    """An authority that may be meant, how it fits, by which of its names, and of how many more words that has."""

    facts: AuthorityFacts
    fit: Fit
    by: str
    more: int = 0

    @property
    def order(self) -> tuple[int, int, str]:
        return self.fit, self.more, self.facts.name


def folded(text: str) -> str:
    """What is compared: without case and punctuation, & as and, letters that stand alone put together; no more of it
    than a name may be long."""
    return _folded(text[:LONGEST])


@lru_cache(4096)
def _folded(text: str) -> str:
    plain = re.sub(r"['’]", "", text.casefold())
    plain = " ".join(re.sub(r"[^\w]+", " ", re.sub(r"[&+]", " and ", plain)).split())
    letters = plain.split()
    return "".join(letters) if len(letters) > 1 and all(len(one) == 1 for one in letters) else plain


def _lines(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


SHORT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {urn: tuple(names.split("; ")) for urn, names in _lines(SHORT_NAMES)}
)
STANDS_FOR: Mapping[str, str] = MappingProxyType({line[0]: line[1] for line in _lines(SHORT_WORDS)})
AREAS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {folded(name): tuple(urns.split()) for name, urns in _lines(COUNTIES_BEFORE)}
)


def search(text: str, among: Iterable[AuthorityFacts]) -> tuple[Searched, ...]:
    """Those of `among` that may be meant, the likeliest first, each once.

    Near misses only where nothing fits better. Where one that was succeeded is meant, those that follow it are hits
    too, as far as they are among those given."""
    candidates = tuple(among)
    typed = folded(text)
    if not typed:
        return ()
    found = _found(typed, candidates)
    if all(hit.fit is Fit.INSIDE for hit in found):
        kept = " ".join(word for word in typed.split() if word not in KINDS)
        near = _near(typed, candidates)
        if not any(hit.more == 0 for hit in near) and kept and kept != typed:
            near = _found(kept, candidates) or near or _near(kept, candidates)
        found = (*found, *near)
    best: dict[str, Searched] = {}
    for hit in sorted([*found, *_following(found, candidates)], key=lambda hit: hit.order):
        best.setdefault(hit.facts.urn, hit)
    return tuple(best.values())


def meant(hits: Sequence[Searched]) -> AuthorityFacts | None:
    """The one that is meant beyond doubt: the only one found, or the only one of that name; None else, where it only
    follows the one that is meant, and where it is only near."""
    going_on = [hit for hit in hits if not _followed(hit, hits)]
    if not going_on or going_on[0].fit in (Fit.FOLLOWS, Fit.NEAR, Fit.INSIDE):
        return None
    sure = [hit for hit in going_on if hit.fit in SURE and hit.fit is going_on[0].fit]
    return going_on[0].facts if len(going_on) == 1 or len(sure) == 1 else None


def _followed(hit: Searched, hits: Sequence[Searched]) -> bool:
    return any(other.facts.urn in hit.facts.successors for other in hits)


def _found(typed: str, candidates: Sequence[AuthorityFacts]) -> tuple[Searched, ...]:
    found = [hit for facts in candidates if (hit := _hit(typed, _spelt_out(typed), facts))]
    beside = AREAS.get(_spelt_out(typed), ())
    return (*found, *(Searched(facts, Fit.WITHIN, facts.name) for facts in candidates if facts.urn in beside))


def _following(found: Iterable[Searched], candidates: Sequence[AuthorityFacts]) -> Iterable[Searched]:
    by_urn = {facts.urn: facts for facts in candidates}
    for hit in found:
        follow = hit.fit if hit.fit is Fit.NEAR else max(hit.fit, Fit.FOLLOWS)
        for urn in hit.facts.successors:
            if urn in by_urn:
                yield Searched(by_urn[urn], follow, hit.facts.name)


@lru_cache(1024)
def _names(urn: str, name: str) -> tuple[str, ...]:
    known = REGISTER[urn].names if urn in REGISTER else ()
    return tuple(dict.fromkeys((name, *known, *SHORT.get(urn, ()))))


@lru_cache(1024)
def _codes(facts: AuthorityFacts) -> tuple[str, ...]:
    former = REGISTER[facts.urn].codes if facts.urn in REGISTER else ()
    return tuple(code.casefold() for code in (facts.urn, facts.la_number, facts.gss_code, *former) if code)


def _spelt_out(typed: str) -> str:
    return " ".join(STANDS_FOR.get(word, word) for word in typed.split())


@lru_cache(4096)
def _words(plain: str) -> tuple[str, ...]:
    return tuple(word for word in plain.split() if word not in SMALL)


@lru_cache(4096)
def _solid(text: str) -> str:
    return "".join(_words(text)) or text


def _hit(typed: str, spelt: str, facts: AuthorityFacts) -> Searched | None:
    if typed in _codes(facts):
        return Searched(facts, Fit.CODE, typed)
    names = _names(facts.urn, facts.name)
    hits = (_fit(typed, spelt, name, first=place == 0) for place, name in enumerate(names))
    best = [Searched(facts, fit, names[place], more) for place, one in enumerate(hits) if one for fit, more in (one,)]
    if typed.replace(" ", "") in _initials(facts.urn, facts.name, facts.gss_code or ""):
        best.append(Searched(facts, Fit.INITIALS, facts.name))
    return min(best, key=lambda hit: hit.order, default=None)


def _fit(typed: str, spelt: str, name: str, *, first: bool) -> tuple[Fit, int] | None:
    """How one name fits, and how many of its words were not typed."""
    plain = folded(name)
    if _solid(plain) in (_solid(typed), _solid(spelt)) or plain.replace(" ", "") == typed:
        return (Fit.NAME if first else Fit.SHORT), 0
    ways = {typed, spelt}
    more = len(_words(plain)) - len(typed.split()) + (not first)
    if any(plain.startswith(way) for way in ways):
        return Fit.BEGINNING, max(more, 0)
    if any(_all_begin(_words(way), _words(plain), _begins) for way in ways):
        return Fit.WORDS, max(more, 0)
    if len(typed) >= 3 and _solid(typed) in _solid(plain):
        return Fit.INSIDE, max(more, 0)
    return None


def _begins(typed: str, word: str) -> bool:
    return word.startswith(typed)


def _all_begin(typed: Sequence[str], words: Sequence[str], fits: Callable[[str, str], bool]) -> bool:
    """Each word typed is one of the name, and no word of the name stands for two."""
    left = list(words)
    for word in typed:
        one = next((other for other in left if fits(word, other)), None)
        if one is None:
            return False
        left.remove(one)
    return len(left) < len(words)


@lru_cache(1024)
def _initials(urn: str, name: str, gss_code: str) -> frozenset[str]:
    """BCP, IOW, LBHF, KCC: the first letters of its words, alone and with those of the kind of council it is."""
    every = folded(name).split()
    first = {"".join(word[0] for word in every), "".join(word[0] for word in every if word not in SMALL)}
    kinds = {"E08": ("mbc", "cc", "c"), "E09": (), "E10": ("cc",)}.get(gss_code[:3], ("c", "cc", "bc"))
    made = {one for one in first if len(one) > 1}
    made |= {f"{one}{kind}" for one in first for kind in kinds if len(one + kind) > 2}
    if gss_code.startswith("E09"):
        made |= {f"lb{one}" for one in first}
    return frozenset(made)


def _near(typed: str, candidates: Sequence[AuthorityFacts]) -> tuple[Searched, ...]:
    return tuple(hit for facts in candidates if (hit := _near_hit(typed, facts)))


def _near_hit(typed: str, facts: AuthorityFacts) -> Searched | None:
    near = []
    for name in _names(facts.urn, facts.name):
        plain = folded(name)
        if _one_off(typed.replace(" ", ""), plain.replace(" ", "")):
            near.append(Searched(facts, Fit.NEAR, name))
        elif _all_begin(_words(_spelt_out(typed)), _words(plain), _begins_or_near):
            near.append(Searched(facts, Fit.NEAR, name, 1 + len(plain.split())))
    return min(near, key=lambda hit: hit.order, default=None)


def _begins_or_near(typed: str, word: str) -> bool:
    return word.startswith(typed) or _one_off(typed, word)


def _one_off(typed: str, word: str) -> bool:
    """One letter missing, added, changed or swapped with its neighbour, in a word of five letters or more."""
    if len(word) < NEAR_FROM or len(typed) < NEAR_FROM - 1 or abs(len(typed) - len(word)) > 1 or typed == word:
        return False
    start = 0
    while start < min(len(typed), len(word)) and typed[start] == word[start]:
        start += 1
    a, b = typed[start:], word[start:]
    if len(a) == len(b):
        swapped = len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
        return a[1:] == b[1:] or swapped
    return a[1:] == b if len(a) > len(b) else a == b[1:]
