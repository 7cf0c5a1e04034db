"""People and what they may do, in words: names come from the database of people, never from the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import g

from domain import facts
from domain.facts import Fact
from domain.register.register import REGISTER
from domain.values.roles import Listed, Role, Scope
from web.store.store import current_store
from web.words import words

WAYS_IN = {
    "local": "typed on this machine",
    "import": "read from a file",
    "demo": "from the demo history",
    "demo second person": "by a second officer of the example",
    "demo member": "by a member of the example",
}
"""Actors that are no person, as pages say it behind "recorded"."""

UNKNOWN, MEMBER = "by an officer", "by a member"
MACHINES = {
    "local": "Whoever runs this machine",
    "import": "An import of published files",
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
    names = {row.facts.urn: row.facts.name for row in REGISTER}
    return ", ".join(sorted(names.get(urn, urn) for urn in scope.authorities))


def recorded_by(actor: str) -> str:
    """Who recorded something, as the public may read it: the way in, an office, "a member" or "an officer"."""
    if actor in WAYS_IN:
        return WAYS_IN[actor]
    try:
        person = UUID(actor)
    except ValueError:
        return actor
    if office := offices().get(str(person)):
        return f"by {office}"
    return MEMBER if _is_only_a_member(person) else UNKNOWN


def offices() -> Mapping[str, str]:
    """The office of every actor who is a person and has one, looked up once for an answer."""
    if "offices" not in g:
        g.offices = {str(one.person): one.office for one in current_store().accounts.all().values() if one.office}
    found: Mapping[str, str] = g.offices
    return found


def _is_only_a_member(person: UUID) -> bool:
    """Looked up once for an answer."""
    known: dict[UUID, bool] = g.setdefault("only_members", {})
    if person not in known:
        listed = current_store().application.people.listed(person)
        known[person] = listed is not None and set(listed.grants) == {Role.MEMBER}
    return known[person]


def changes(person: UUID) -> list[RoleChange]:
    """Everything told of a person on the roll, the newest first."""
    store = current_store()
    named = {str(one.person): one.name for one in store.accounts.all().values()}
    found = []
    for position, fact in store.application.people.told_of_people():
        if getattr(fact, "person", None) == person:
            by = named.get(fact.actor) or words.small(MACHINES.get(fact.actor, "")) or fact.actor
            found.append(RoleChange(words.moment(fact.timestamp), _what(fact), by, fact.reason or "", position))
    return found[::-1]


def _what(fact: Fact) -> str:
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
