"""Who recorded something, as it may be read: offices and names come from the database of people, never from the log."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import g

from domain.values.days import london_day
from domain.values.roles import Role
from projections.plans.answers import Wording
from web.store.store import current_store
from web.words import words
from web.words.people_names import MACHINES, MEMBER, UNKNOWN, WAYS_IN, RoleChange, role_change


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
            found.append(RoleChange(words.moment(fact.timestamp), role_change(fact), by, fact.reason or "", position))
    return found[::-1]


def teller(actor: str) -> str:
    """Who told something, as the public may read it."""
    told = recorded_by(actor)
    return f"by {actor}" if told == actor else told


def shown(wording: Wording) -> str:
    """The text; where it was erased, when, by whom and why."""
    if wording.text is not None or wording.erased is None:
        return wording.shown
    said = wording.erased.stamp
    return f"Erased on {words.day(london_day(said.at))}, {teller(said.by)}: {wording.erased.reason}"
