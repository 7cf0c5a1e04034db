"""Which authority a row or a person means: the product's own register of authorities.

Ofsted's URN is the key. Names drift, codes change hands and links are wrong, so a URN and a name together outvote
any code, a name outvotes a code, and a link is not looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from domain.register.rows import (
    ABOLISHED,
    ANNOUNCED,
    ANNOUNCED_IN,
    CURRENT,
    LOOK_UP_NUMBERS,
    RECODED,
    REGIONS,
    REORGANISED,
    TO_BEGIN,
)
from domain.values.activities import AuthorityFacts
from domain.values.authority_keys import is_number, name_in
from domain.values.errors import NotFound, RuleBroken
from domain.values.statements import Citation


class Unidentified(RuleBroken):
    """A row does not say, or contradicts itself on, which authority it is about."""


@dataclass(frozen=True)
class Recoding:
    """A GSS code that changed without the authority changing; `effective_on` is the first day of the new one."""

    was: str
    now: str
    effective_on: date


@dataclass(frozen=True)
class AnnouncedEnd:
    """That an authority ends: the first day on which it is no more, the day on which that was announced, who follows,
    by name, by which order, and where it is read."""

    ends_on: date
    announced_on: date
    successors: tuple[str, ...]
    order: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Registered:
    """One authority of the register: its facts, the other names it goes by, and the codes it used to have.

    `announced` is the order by which it ends, where one was read; `numbers` are those given since it began,
    `last_on_site` is the newest first day on site that a store holds of it and that counts."""

    facts: AuthorityFacts
    aliases: tuple[str, ...]
    recodings: tuple[Recoding, ...]
    announced: AnnouncedEnd | None = None
    numbers: tuple[str, ...] = ()
    last_on_site: date | None = None

    @property
    def current(self) -> bool:
        """It was there when this register was made: neither abolished, nor still to begin."""
        return self.facts.abolished_on is None and is_number(self.facts.urn)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.facts.name, *self.aliases)

    @property
    def codes(self) -> tuple[str, ...]:
        """Its GSS code, its LA number, the GSS codes it used to have and the numbers given since it began."""
        former = (recoding.was for recoding in self.recodings)
        own = (self.facts.gss_code, self.facts.la_number, *former, *self.numbers)
        return tuple(code for code in own if code)


_NOISE = re.compile(
    r"\b(?:(?:london|royal|metropolitan) borough(?: of)?|borough|council|city of|county of|unitary authority)\b"
)
_KEEPS_ITS_CITY = "city of london"


def plain_name(name: str) -> str:
    """A name as it is compared: without case, punctuation, "Borough", "City of" or "Council", and with & as and.

    The City of London keeps its first words, or it would be called London."""
    words = re.sub(r"[^\w]+", " ", name.casefold().replace("&", " and ").replace("'", "").replace("’", ""))
    words = " ".join(words.split())
    if words.startswith(_KEEPS_ITS_CITY):
        return words.removesuffix(" council")
    kept = " ".join(_NOISE.sub(" ", words).split())
    return kept.removesuffix(" county").removesuffix(" city") or words


class Register:
    """The 153 authorities of today, those abolished since 2009 and those known to begin, found by number, code or any
    known name."""

    def __init__(self, authorities: Iterable[Registered]) -> None:
        self._by_urn: Mapping[str, Registered] = MappingProxyType({one.facts.urn: one for one in authorities})
        by_name: dict[str, list[str]] = {}
        by_code: dict[str, str] = {}
        for authority in self._by_urn.values():
            for name in dict.fromkeys(map(plain_name, authority.names)):
                by_name.setdefault(name, []).append(authority.facts.urn)
            by_code.update(dict.fromkeys(authority.codes, authority.facts.urn))
        by_code.update(_pairs(LOOK_UP_NUMBERS))
        self._by_name = by_name
        self._by_code = by_code

    def __iter__(self) -> Iterator[Registered]:
        return iter(self._by_urn.values())

    def __len__(self) -> int:
        return len(self._by_urn)

    def __getitem__(self, urn: str) -> Registered:
        """Raises NotFound for a URN that is not in the register."""
        try:
            return self._by_urn[urn]
        except KeyError:
            raise NotFound(f"No local authority has the Ofsted URN {urn}.") from None

    def __contains__(self, urn: object) -> bool:
        return urn in self._by_urn

    def with_others(self, others: Iterable[Registered]) -> Register:
        """The same with more authorities, in place of those of the same key."""
        return Register({**self._by_urn, **{one.facts.urn: one for one in others}}.values())

    @property
    def current(self) -> tuple[Registered, ...]:
        return tuple(authority for authority in self if authority.current)

    def bears(self, urn: str, name: str) -> bool:
        """Whether the authority is known by that name, as names are compared."""
        return urn in self._by_name.get(plain_name(name), [])

    def find(self, text: str) -> str:
        """The URN of the authority a person means by a number, code or name; today's where a name has had two bearers.

        Raises NotFound."""
        asked = text.strip()
        if asked in self._by_urn or asked.casefold() in self._by_urn:
            return asked if asked in self._by_urn else asked.casefold()
        by_code = self._by_code.get(asked.upper())
        if by_code is not None:
            return by_code
        bearers = self._by_name.get(plain_name(asked), [])
        if not bearers:
            raise NotFound(
                f"No local authority is known by {asked[:80]!r}. Give its name, its Ofsted URN, "
                "its three-digit number or its GSS code."
            )
        return self._bearer(bearers, on=None, abolished_table=False)

    def identify(
        self,
        *,
        urn: str | None = None,
        name: str | None = None,
        codes: Iterable[str] = (),
        on: date | None = None,
        abolished_table: bool = False,
    ) -> str:
        """The URN of the authority a row is about, from what its columns say.

        `urn` may hold a three-digit LA number, which then counts as a code. A code alone identifies where all codes
        agree and no name is given; a predecessor's code beside a known name is passed over. `on` and
        `abolished_table` say which authority bears a name that has had two bearers (Dorset, 1 April 2019).
        Raises Unidentified."""
        stated = (urn or "").strip()
        numbers = [code.strip().upper() for code in codes if code and code.strip()]
        if stated and stated not in self._by_urn:
            numbers.append(stated.upper())
            stated = ""
        by_code = {self._by_code[code] for code in numbers if code in self._by_code}
        named = (name or "").strip()
        bearers = self._by_name.get(plain_name(named), []) if named else []
        if stated:
            return self._agreed(stated, named, bearers, by_code, on=on, abolished_table=abolished_table)
        if bearers:
            return self._bearer(bearers, on=on, abolished_table=abolished_table)
        if len(by_code) == 1 and (not named or self._resembles(named, next(iter(by_code)))):
            return next(iter(by_code))
        raise Unidentified(_unknown(named, urn, numbers))

    def _agreed(
        self,
        stated: str,
        named: str,
        bearers: list[str],
        by_code: set[str],
        *,
        on: date | None,
        abolished_table: bool,
    ) -> str:
        """A URN of ours beside a name: they agree, or the codes say which of the two is the slip."""
        if stated in bearers or not named or self._resembles(named, stated):
            return stated
        if not bearers:
            if by_code == {stated}:
                return stated
            raise Unidentified(
                f"The URN {stated} is that of {self._by_urn[stated].facts.name}, but the name given is {named[:80]!r}."
            )
        bearer = self._bearer(bearers, on=on, abolished_table=abolished_table)
        if by_code == {bearer}:
            return bearer
        if by_code == {stated}:
            return stated
        raise Unidentified(
            f"The URN {stated} is that of {self._by_urn[stated].facts.name}, but the name given is that of "
            f"{self._by_urn[bearer].facts.name} ({bearer})."
        )

    def _bearer(self, bearers: list[str], *, on: date | None, abolished_table: bool) -> str:
        if len(bearers) == 1:
            return bearers[0]
        former = next(urn for urn in bearers if not self._by_urn[urn].current)
        ended_on = self._by_urn[former].facts.abolished_on
        if abolished_table or (on is not None and ended_on is not None and on < ended_on):
            return former
        return next(urn for urn in bearers if self._by_urn[urn].current)

    def _resembles(self, named: str, urn: str) -> bool:
        """A longer form of a known name: "Bradford Children and Families Trust", "Derbyshire County"."""
        plain = plain_name(named)
        return any(plain == known or plain.startswith(f"{known} ") for known in map(plain_name, self[urn].names))


def _unknown(named: str, urn: str | None, codes: list[str]) -> str:
    given = [f"the name {named[:80]!r}"] if named else []
    given += [f"the number {code[:20]!r}" for code in dict.fromkeys(codes)]
    if not given:
        return f"The row names no authority ({urn or 'no URN'}, no name, no code)."
    return f"No authority is known by {' and '.join(given)}."


# --- the register as shipped ----------------------------------------------------------------------------------------


def _lines(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


def _pairs(table: str) -> dict[str, str]:
    return {line[0]: line[1] for line in _lines(table)}


def _build() -> Register:
    regions = {code: (shown, ofsted) for code, shown, ofsted in _lines(REGIONS)}
    predecessors: dict[str, tuple[str, ...]] = {}
    successors: dict[str, tuple[str, ...]] = {}
    formed_on: dict[str, date] = {}
    abolished_on: dict[str, date] = {}
    for day, olds, new in _lines(REORGANISED):
        predecessors[new] = tuple(olds.split(","))
        formed_on[new] = date.fromisoformat(day)
        for old in olds.split(","):
            successors[old] = (*successors.get(old, ()), new)
            abolished_on[old] = date.fromisoformat(day)
    announced = _announced()
    to_begin = _lines(TO_BEGIN)
    for key, _, name, *_ in to_begin:
        before = [(urn, one.ends_on) for urn, one in announced.items() if name in one.successors]
        predecessors[key] = tuple(urn for urn, _ in before)
        formed_on[key] = min(day for _, day in before)
    recodings: dict[str, tuple[Recoding, ...]] = {}
    for day, urn, was, now in _lines(RECODED):
        recodings[urn] = (*recodings.get(urn, ()), Recoding(was, now, date.fromisoformat(day)))
    authorities = []
    without_numbers = [[key, "", "", *others] for key, *others in to_begin]
    for urn, la_number, gss_code, region, name, *other_names in _lines(CURRENT) + _lines(ABOLISHED) + without_numbers:
        shown, ofsted = regions[region]
        facts = AuthorityFacts(
            urn=urn,
            name=name,
            la_number=la_number or None,
            gss_code=gss_code or None,
            region=shown,
            ofsted_region=ofsted,
            formed_on=formed_on.get(urn),
            abolished_on=abolished_on.get(urn),
            predecessors=predecessors.get(urn, ()),
            successors=successors.get(urn, ()),
        )
        aliases = tuple(other_names[0].split("; ")) if other_names else ()
        authorities.append(Registered(facts, aliases, recodings.get(urn, ()), announced.get(urn)))
    return Register(authorities)


def _announced() -> dict[str, AnnouncedEnd]:
    sources: dict[str, tuple[Citation, ...]] = {}
    for urn, title, address in _lines(ANNOUNCED_IN):
        sources[urn] = (*sources.get(urn, ()), Citation(title, address))
    return {
        urn: AnnouncedEnd(
            date.fromisoformat(ends), date.fromisoformat(known), tuple(successors.split("; ")), order, sources[urn]
        )
        for urn, ends, known, successors, order in _lines(ANNOUNCED)
    }


REGION_CODES: Mapping[str, str] = MappingProxyType({shown: code for code, shown, _ in _lines(REGIONS)})
"""Ofsted's letter code of each region shown."""

REGISTER = _build()
"""The register that comes with the product."""


def facts_of(urn: str) -> AuthorityFacts:
    """Who an authority is: by the register, or by its key where it began since."""
    return REGISTER[urn].facts if urn in REGISTER else AuthorityFacts(urn, name_in(urn))


def name_of(urn: str) -> str:
    """What an authority is called: by the register, or by its key where it began since."""
    return facts_of(urn).name
