"""Who an authority is, with the days from which each name and code holds, and how it is found by any of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain import facts
from domain.register.register import plain_name
from domain.values.activities import AuthorityFacts


@dataclass(frozen=True)
class IdentityChange:
    """From a day on (inclusive) a name or code is `now`; before, it was `was`."""

    field: str
    was: str | None
    now: str
    effective_on: date


@dataclass(frozen=True)
class Identity:
    """An authority's name and codes as registered, and every change of them."""

    urn: str
    name: str
    la_number: str
    gss_code: str
    region: str
    ofsted_region: str
    changes: tuple[IdentityChange, ...] = ()
    formed_on: date | None = None
    predecessors: tuple[str, ...] = ()
    succeeded_on: date | None = None
    successors: tuple[str, ...] = ()
    abolished_on: date | None = None

    def on(self, day: date) -> AuthorityFacts:
        """Who it was on a day; that it was abolished shows from that day on."""
        return AuthorityFacts(
            urn=self.urn,
            name=self._then("name", self.name, day),
            la_number=self._then("la_number", self.la_number, day) or None,
            gss_code=self._then("gss_code", self.gss_code, day) or None,
            region=self.region or None,
            ofsted_region=self.ofsted_region or None,
            formed_on=self.formed_on,
            abolished_on=self.abolished_on if self.abolished_on is not None and self.abolished_on <= day else None,
            predecessors=self.predecessors,
            successors=self.successors if self.succeeded_on is not None and self.succeeded_on <= day else (),
        )

    def existed_on(self, day: date) -> bool:
        """Formed by that day and not yet abolished."""
        return (self.formed_on is None or self.formed_on <= day) and (
            self.abolished_on is None or day < self.abolished_on
        )

    def abolished_by(self, day: date) -> bool:
        return self.abolished_on is not None and self.abolished_on <= day

    def _then(self, field: str, registered: str, day: date) -> str:
        changes = sorted((c for c in self.changes if c.field == field), key=lambda c: c.effective_on)
        past = [change for change in changes if change.effective_on <= day]
        if past:
            return past[-1].now
        if changes and changes[0].was is not None:
            return changes[0].was
        return registered


def told(identity: Identity | None, fact: facts.Fact) -> Identity:
    """The identity after one more fact about it; facts about anything else change nothing."""
    if isinstance(fact, facts.AuthorityRegistered):
        return Identity(fact.urn, fact.name, fact.la_number, fact.gss_code, fact.region, fact.ofsted_region)
    if identity is None:
        raise ValueError("an authority's first fact must be its registration")
    if isinstance(fact, facts.AuthorityRenamed):
        return _changed(identity, IdentityChange("name", None, fact.name, fact.effective_on))
    if isinstance(fact, facts.AuthorityRecoded):
        return _changed(identity, IdentityChange(fact.scheme, fact.was, fact.now, fact.effective_on))
    if isinstance(fact, facts.AuthorityFormed):
        return replace(identity, predecessors=fact.predecessors, formed_on=fact.formed_on)
    if isinstance(fact, facts.AuthoritySucceeded):
        return replace(identity, successors=fact.successors, succeeded_on=fact.succeeded_on)
    if isinstance(fact, facts.AuthorityAbolished):
        return replace(identity, abolished_on=fact.abolished_on)
    return identity


def _changed(identity: Identity, change: IdentityChange) -> Identity:
    return replace(identity, changes=(*identity.changes, change))


def identifiers(fact: facts.Fact) -> Iterable[tuple[str, str]]:
    """Scheme and value of everything a fact lets the authority be found by; names as they are compared."""
    if isinstance(fact, facts.AuthorityRegistered):
        yield "urn", fact.urn
        codes = (("gss_code", fact.gss_code), ("la_number", fact.la_number))
        yield from ((scheme, code.upper()) for scheme, code in codes if code)
        yield from (("name", plain) for plain in dict.fromkeys(map(plain_name, (fact.name, *fact.aliases))))
    elif isinstance(fact, facts.AuthorityRenamed):
        yield "name", plain_name(fact.name)
    elif isinstance(fact, facts.AuthorityRecoded):
        yield from ((fact.scheme, code.upper()) for code in (fact.was, fact.now))
