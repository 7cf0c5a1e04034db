"""Who may do what, by opaque ids; names are kept outside the log. One stream: the roll."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.facts.base import Fact, facts_of
from domain.values.roles import Role


class PeopleFact(Fact):
    """In the stream of the roll."""


class PersonFact(PeopleFact):
    """Of one person on the roll."""

    person: UUID


class RollBegun(PeopleFact, Aggregate.Created, name="roll.begun", aggregate="domain.people.roll:Roll"):
    """We began to keep who may do what here."""


class PersonRegistered(PersonFact, name="person.registered"):
    """A person was put on the roll, with no role yet."""


class RoleProposed(PersonFact, name="role.proposed"):
    """An administrator wants this person to be one too; another administrator has to confirm it."""

    role: Role


class RoleGranted(PersonFact, name="role.granted"):
    """A person was trusted with a role, for the authorities named or, `national`, for all."""

    role: Role
    authorities: tuple[str, ...]
    national: bool


class RoleWithdrawn(PersonFact, name="role.withdrawn"):
    """A role, or what was proposed of it, was taken back."""

    role: Role


class PersonDisabled(PersonFact, name="person.disabled"):
    """A person was shut out, and every role taken back."""


class PersonReinstated(PersonFact, name="person.reinstated"):
    """A person who was shut out was let in again, without any role."""


OF_PEOPLE = facts_of(PeopleFact)
