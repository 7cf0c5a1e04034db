"""The roll: who may do what here, one stream for everybody, so that the last administrator cannot be lost in a race.

People are opaque ids. Their names, passwords and sessions are kept elsewhere and never enter the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import singledispatchmethod
from types import MappingProxyType
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain import facts
from domain.facts import Told, told
from domain.values.errors import NotFound, RuleBroken
from domain.values.roles import OF_AUTHORITIES, Listed, Role, Scope

ROLL = UUID("2f1d3c58-7f0c-5a55-9d0b-6e0f4b7f3a11")

AT_THE_MACHINE = frozenset({"local", "demo"})
"""Actors that answer to nobody on the roll: whoever may run commands on the machine, and the demonstration."""


class Roll(Aggregate):
    """Who may do what. Every change is told with its reason."""

    @staticmethod
    def create_id() -> UUID:
        return ROLL

    def __init__(self) -> None:
        self.listed: dict[UUID, Listed] = {}

    @classmethod
    def begin(cls, by: Told) -> Roll:
        """An empty roll."""
        return cls._create(facts.RollBegun, id=cls.create_id(), **told(by))

    def __contains__(self, person: UUID) -> bool:
        return person in self.listed

    def of(self, person: UUID) -> Listed:
        """A person as of now. Raises NotFound."""
        try:
            return self.listed[person]
        except KeyError:
            raise NotFound("Nobody of that number is on the roll.") from None

    @property
    def administrators(self) -> list[Listed]:
        """Those who may change the roll."""
        return [person for person in self.listed.values() if person.has(Role.ADMINISTRATOR)]

    # --- decisions --------------------------------------------------------------------------------------------------

    def register(self, person: UUID, *, by: Told) -> None:
        """Put a new person on the roll, with no role yet."""
        self._must_administer(by)
        if person in self:
            raise RuleBroken("This person is on the roll already.")
        self._tell(facts.PersonRegistered, by, person=person)

    def grant(
        self, person: UUID, *, role: Role, authorities: Sequence[str] = (), national: bool = False, by: Told
    ) -> None:
        """Give a role, or change the authorities it is held for.

        An administrator who makes another needs a second one to ask for the same, unless there is only one: the first
        asking is told as a proposal. Raises RuleBroken where the scope does not suit the role."""
        self._must_administer(by)
        known = self._active(person)
        scope = _scope(role, authorities, national)
        if known.grants.get(role) == scope:
            raise RuleBroken("This person has that role already.")
        if role is Role.ADMINISTRATOR and by.actor not in AT_THE_MACHINE and len(self.administrators) > 1:
            if known.proposed_by is None:
                self._tell(facts.RoleProposed, by, person=person, role=role)
                return
            if known.proposed_by == by.actor:
                raise RuleBroken("Another administrator has to confirm this. Ask one of them to open this page.")
        self._tell(
            facts.RoleGranted,
            by,
            person=person,
            role=role,
            authorities=scope.authorities,
            national=scope.national,
        )

    def withdraw(self, person: UUID, *, role: Role, by: Told) -> None:
        """Take a role back, or what was proposed of it. Raises RuleBroken for the last administrator's."""
        self._must_administer(by)
        known = self._active(person)
        proposed = role is Role.ADMINISTRATOR and known.proposed_by is not None
        if role not in known.grants and not proposed:
            raise RuleBroken("This person does not have that role.")
        self._must_leave_an_administrator(known, role)
        self._tell(facts.RoleWithdrawn, by, person=person, role=role)

    def pass_on(self, person: UUID, *, was: str, now: str, by: Told) -> None:
        """An authority ended: each role that a person has for it by name, they have for the one that followed it too.

        No administrator is asked, for nobody gets a role that they did not have. Raises RuleBroken where nothing
        changes."""
        known, given = self._active(person), False
        for role in sorted(OF_AUTHORITIES & known.grants.keys(), key=lambda one: one.value):
            scope = known.grants[role]
            if was in scope.authorities and not scope.covers(now):
                both = tuple(sorted({*scope.authorities, now}))
                self._tell(facts.RoleGranted, by, person=person, role=role, authorities=both, national=False)
                given = True
        if not given:
            raise RuleBroken("Somebody chosen has no role for the authority that ended, or has it for the other too.")

    def hand_on(self, person: UUID, *, roles: Iterable[Role], was: str, now: str, by: Told) -> None:
        """These roles, which passed on to the wrong authority, are held for the other one instead. Raises RuleBroken
        where the person has none of them for it any more."""
        known, given = self._active(person), False
        for role in sorted(roles, key=lambda one: one.value):
            scope = known.grants.get(role)
            if scope is not None and was in scope.authorities:
                others = tuple(sorted({*scope.authorities, now} - {was}))
                self._tell(facts.RoleGranted, by, person=person, role=role, authorities=others, national=False)
                given = True
        if not given:
            raise RuleBroken("Somebody chosen no longer has the role that passed on. Leave them out.")

    def disable(self, person: UUID, *, by: Told) -> None:
        """Shut a person out, and take every role back. Raises RuleBroken for the last administrator."""
        self._must_administer(by)
        self._must_leave_an_administrator(self._active(person), Role.ADMINISTRATOR)
        self._tell(facts.PersonDisabled, by, person=person)

    def reinstate(self, person: UUID, *, by: Told) -> None:
        """Let a person in again, without any role."""
        self._must_administer(by)
        if not self.of(person).disabled:
            raise RuleBroken("This person was not shut out.")
        self._tell(facts.PersonReinstated, by, person=person)

    def _must_administer(self, by: Told) -> None:
        if not (by.reason or "").strip():
            raise RuleBroken("Say why: the reason is kept with the change.")
        if by.actor not in AT_THE_MACHINE and by.actor not in [one.actor for one in self.administrators]:
            raise RuleBroken("Only an administrator may change who may do what.")

    def _active(self, person: UUID) -> Listed:
        known = self.of(person)
        if known.disabled:
            raise RuleBroken("This person was shut out. Let them in again first.")
        return known

    def _must_leave_an_administrator(self, known: Listed, role: Role) -> None:
        if role is Role.ADMINISTRATOR and [one.person for one in self.administrators] == [known.person]:
            raise RuleBroken("This is the only administrator. Make somebody else an administrator first.")

    def _tell(self, fact: type[facts.Fact], by: Told, **words: Any) -> None:
        self.trigger_event(fact, **words, **told(by))

    # --- what each fact does ----------------------------------------------------------------------------------------

    @singledispatchmethod
    def apply(self, fact: facts.Fact) -> None:
        raise TypeError(f"The roll does not know the fact {type(fact).__name__}.")

    @apply.register
    def _(self, fact: facts.RollBegun) -> None:
        """Nobody is on it yet."""

    @apply.register
    def _(self, fact: facts.PersonRegistered) -> None:
        self.listed[fact.person] = Listed(fact.person, fact.originator_version)

    @apply.register
    def _(self, fact: facts.RoleProposed) -> None:
        self._change(fact.person, fact, proposed_by=fact.actor)

    @apply.register
    def _(self, fact: facts.RoleGranted) -> None:
        grants = {**self.listed[fact.person].grants, fact.role: Scope(fact.authorities, fact.national)}
        confirmed = {"proposed_by": None} if fact.role is Role.ADMINISTRATOR else {}
        self._change(fact.person, fact, grants=MappingProxyType(grants), **confirmed)

    @apply.register
    def _(self, fact: facts.RoleWithdrawn) -> None:
        grants = {role: scope for role, scope in self.listed[fact.person].grants.items() if role is not fact.role}
        declined = {"proposed_by": None} if fact.role is Role.ADMINISTRATOR else {}
        self._change(fact.person, fact, grants=MappingProxyType(grants), **declined)

    @apply.register
    def _(self, fact: facts.PersonDisabled) -> None:
        self._change(fact.person, fact, grants=MappingProxyType({}), disabled=True, proposed_by=None)

    @apply.register
    def _(self, fact: facts.PersonReinstated) -> None:
        self._change(fact.person, fact, disabled=False)

    def _change(self, person: UUID, fact: facts.Fact, **words: Any) -> None:
        self.listed[person] = replace(self.listed[person], changed=fact.originator_version, **words)


def _scope(role: Role, authorities: Iterable[str], national: bool) -> Scope:
    named = tuple(sorted(set(authorities)))
    if role not in OF_AUTHORITIES:
        if named or national:
            raise RuleBroken("This role is not held for authorities: leave them out.")
        return Scope()
    if national and named:
        raise RuleBroken("Choose all authorities, or name some, not both.")
    if not (national or named):
        raise RuleBroken("Say for which authorities: name at least one, or choose all.")
    return Scope(named, national)
