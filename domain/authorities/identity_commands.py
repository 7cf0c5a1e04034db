"""Telling that an authority took another name, or that a code of it changed: for administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler, Done
from domain.authorities.preconditions import must_administer
from domain.facts import Told
from domain.people.commands import PeopleCommands
from domain.values.authority_keys import CODES
from domain.values.errors import RuleBroken

CHANGING = ("gss_code", "la_number")
"""The codes that change. Ofsted's own number does not: histories are kept by it."""

ONLY_ADMINISTRATORS = "Only an administrator may change the name or a code of an authority."


class IdentityCommands:
    """As `AuthorityCommands`: each acts once however often it is sent, and raises RuleBroken where it is refused.

    A day of effect may lie in the future, as an order gives it; it is inclusive."""

    def __init__(self, histories: AuthorityHandler, people: PeopleCommands) -> None:
        self._histories = histories
        self._people = people

    def rename(self, urn: str, *, name: str, effective_on: date, by: Told) -> Done:
        """The authority takes another name."""

        def decide(known: Authority) -> None:
            must_administer(self._people.teller(by), ONLY_ADMINISTRATORS)
            self._must_be_free(urn, name)
            known.rename(name=name.strip(), effective_on=effective_on, by=by)

        return self._of(urn, by, decide)

    def recode(self, urn: str, *, scheme: str, was: str, now: str, effective_on: date, by: Told) -> Done:
        """A code (`gss_code` or `la_number`) changes; `was` is the one it had."""

        def decide(known: Authority) -> None:
            must_administer(self._people.teller(by), ONLY_ADMINISTRATORS)
            if scheme not in CHANGING:
                raise RuleBroken("Choose which code changed.")
            pattern, otherwise = CODES[scheme]
            if not pattern.fullmatch(now):
                raise RuleBroken(otherwise)
            self._must_be_free(urn, now)
            known.recode(scheme=scheme, was=was, now=now, effective_on=effective_on, by=by)

        return self._of(urn, by, decide)

    def _of(self, urn: str, by: Told, decide: Callable[[Authority], None]) -> Done:
        return self._histories.decide(urn, by, lambda known, _: decide(known))

    def _must_be_free(self, urn: str, called: str) -> None:
        other = self._histories.other_known_by(urn, called)
        if other is not None:
            raise RuleBroken(f"By that, {other} is known already. Look again.")
