"""Who an authority is, with the days from which each name and code holds, and how it is found by any of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain import facts
from domain.register.register import plain_name
from domain.register.to_begin import NumberGiven
from domain.rulebook.succession.lineage import NO_LINEAGE, Lineage, RecordedSpan
from domain.rulebook.succession.successions import Succession
from domain.values.activities import AuthorityFacts
from domain.values.authority_keys import CODES, is_number


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
            name=self.name_on(day),
            la_number=self._then("la_number", self.la_number, day) or None,
            gss_code=self._then("gss_code", self.gss_code, day) or None,
            region=self.region or None,
            ofsted_region=self.ofsted_region or None,
            formed_on=self.formed_on,
            abolished_on=self.abolished_on if self.abolished_on is not None and self.abolished_on <= day else None,
            predecessors=self.predecessors,
            successors=self.successors if self.succeeded_on is not None and self.succeeded_on <= day else (),
            number=self.number_on(day),
        )

    def name_on(self, day: date) -> str:
        return self._then("name", self.name, day)

    @property
    def number(self) -> str | None:
        """The number that Ofsted gave to an authority which began without one; None where it is its key."""
        return self.number_on(date.max)

    def number_on(self, day: date) -> str | None:
        """That number as it was on a day; None before it was given."""
        given = (one for one in reversed(self.changes) if one.field == "urn" and one.effective_on <= day)
        return next((one.now for one in given), None)

    @property
    def numbers_given(self) -> tuple[NumberGiven, ...]:
        """The newest number or code of each kind that it was given since it began without; none where its key is
        one."""
        if is_number(self.urn):
            return ()
        given = {one.field: one for one in self.changes if one.field in CODES}
        return tuple(NumberGiven(self.urn, each, one.now, one.effective_on) for each, one in given.items())

    @property
    def recorded(self) -> RecordedSpan:
        """What facts of its own tell of its beginning and its end."""
        return RecordedSpan(self.formed_on, self.abolished_on, self.successors, self.predecessors)

    def _then(self, field: str, registered: str, day: date) -> str:
        changes = sorted((c for c in self.changes if c.field == field), key=lambda c: c.effective_on)
        past = [change for change in changes if change.effective_on <= day]
        if past:
            return past[-1].now
        if changes and changes[0].was is not None:
            return changes[0].was
        return registered


@dataclass(frozen=True)
class IdentityInLineage(Identity):
    """The same, with what is announced of it and of those before and after it, as held at a moment."""

    lineage: Lineage = NO_LINEAGE

    @classmethod
    def of(cls, identity: Identity, lineage: Lineage) -> IdentityInLineage:
        return cls(**vars(identity), lineage=lineage)

    def on(self, day: date) -> AuthorityFacts:
        """Who it was on a day; what is announced shows from the day on which it was public."""
        return self.lineage.facts_on(super().on(day), day)

    @property
    def marks(self) -> tuple[Succession, ...]:
        """The successions from which the days of its beginning and its end follow."""
        return self.lineage.marks(self.urn)

    @property
    def never(self) -> bool:
        """It was only to begin by what was taken back."""
        return self.lineage.begins(self.urn, date.max).never

    def existed_on(self, day: date) -> bool:
        """Begun by that day and not ended."""
        return self.lineage.exists_on(self.urn, day)

    def abolished_by(self, day: date) -> bool:
        ends = self.lineage.ends(self.urn, day)
        return ends is not None and ends.on <= day


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
        before = tuple(dict.fromkeys((*identity.predecessors, *fact.predecessors)))
        return replace(identity, predecessors=before, formed_on=fact.formed_on)
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
        yield "urn", fact.urn.upper()
        codes = (("gss_code", fact.gss_code), ("la_number", fact.la_number))
        yield from ((scheme, code.upper()) for scheme, code in codes if code)
        yield from (("name", plain) for plain in dict.fromkeys(map(plain_name, (fact.name, *fact.aliases))))
    elif isinstance(fact, facts.AuthorityRenamed):
        yield "name", plain_name(fact.name)
    elif isinstance(fact, facts.AuthorityRecoded):
        yield from ((fact.scheme, code.upper()) for code in (fact.was, fact.now))
