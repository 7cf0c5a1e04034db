"""People, what they may do and what became of it, in words; and what actors that are no person are called."""

from __future__ import annotations

from dataclasses import dataclass

from domain import facts
from domain.facts import Fact
from domain.register.register import name_of
from domain.values.roles import Listed, Role, Scope
from web.words import words

WAYS_IN = {
    "local": "typed on this machine",
    "import": "read from a file",
    "sources": "fetched from where it is published",
    "demo": "from the demo history",
    "demo second person": "by a second officer of the example",
    "demo member": "by a member of the example",
}
"""Actors that are no person, as pages say it behind "recorded"."""

UNKNOWN, MEMBER = "by an officer", "by a member"
MACHINES = {
    "local": "Whoever runs this machine",
    "import": "An import of published files",
    "sources": "The refresh of published files",
    "demo": "The demonstration",
    "register": "The register that comes with the product",
    "signer": "The signer of this history",
}
"""Actors that are no person, as the one who did something."""


@dataclass(frozen=True)
class HeldRole:
    """A role that somebody has, and for which authorities."""

    role: Role
    name: str
    reach: str
    hint: str


@dataclass(frozen=True)
class RoleChange:
    """One change of somebody's roles: when, what, by whom, why, and its position in the log."""

    when: str
    what: str
    by: str
    reason: str
    position: int


def held(listed: Listed) -> tuple[HeldRole, ...]:
    """A person's roles in the order in which they grow."""
    return tuple(
        HeldRole(role, words.ROLES[role], reach(listed.grants[role]), words.ROLE_HINTS[role])
        for role in Role
        if role in listed.grants
    )


def reach(scope: Scope) -> str:
    """The authorities of a role, by name; nothing for a role that has none."""
    if scope.national:
        return "all authorities, and importing"
    return ", ".join(sorted(name_of(urn) for urn in scope.authorities))


def role_change(fact: Fact) -> str:
    """What one fact about a person on the roll did."""
    if isinstance(fact, facts.RoleGranted):
        scope = reach(Scope(fact.authorities, fact.national))
        return f"{words.ROLES[fact.role]}: given{f', for {scope}' if scope else ''}"
    if isinstance(fact, facts.RoleProposed):
        return f"{words.ROLES[fact.role]}: asked for, to be confirmed by another administrator"
    if isinstance(fact, facts.RoleWithdrawn):
        return f"{words.ROLES[fact.role]}: taken back"
    if isinstance(fact, facts.PersonDisabled):
        return "Shut out"
    return "Let in again" if isinstance(fact, facts.PersonReinstated) else "Added"
