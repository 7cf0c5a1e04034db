"""Who may tell what of a plan or a meeting: whether somebody has the right that a fact takes (`domain.facts`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from domain.facts import ChallengeWithdrawn
from domain.values.errors import RuleBroken
from domain.values.rights import Right
from domain.values.roles import Listed, Role

NOBODY_ASKED: Mapping[UUID, str] = MappingProxyType({})


def must_be_allowed(
    person: Listed | None, urn: str, facts: Iterable[Any], *, asked_by: Mapping[UUID, str] = NOBODY_ASKED
) -> None:
    """Raises RuleBroken where somebody on the roll lacks the right to one of these facts of an authority's plan or
    meeting.

    `person` is None for whoever is not on the roll: they are the machine's own. `asked_by` says who asked what."""
    if person is None:
        return
    for fact in facts:
        right = fact.right
        if right is Right.TAKE_BACK:
            assert isinstance(fact, ChallengeWithdrawn)
            allowed = may_take_back(person, urn, asked_by.get(fact.challenge))
        else:
            allowed = has(person, right, urn)
        if not allowed:
            raise RuleBroken(right.value)


def has(person: Listed, right: Right, urn: str) -> bool:
    """Whether somebody has a right to plans and meetings of an authority, whoever it was that reported."""
    if right is Right.RECORD:
        return person.may_record(urn)
    if right is Right.APPROVE:
        return person.is_approver_for(urn)
    return person.has(Role.MEMBER if right is Right.ASK else Role.ADMINISTRATOR)


def may_take_back(person: Listed, urn: str, asked_by: str | None) -> bool:
    """Whether somebody may withdraw a question that `asked_by`, an actor, asked."""
    own = asked_by == person.actor and person.has(Role.MEMBER)
    return own or person.is_approver_for(urn)
