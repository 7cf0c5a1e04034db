"""What a person may do here, and for which authorities: the roles, their scope, and what follows from both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from uuid import UUID


class Role(Enum):
    """What a person was trusted with. Whoever has none may read what is public, as anyone may."""

    MEMBER = "member"
    OFFICER = "officer"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


OF_AUTHORITIES = frozenset({Role.OFFICER, Role.APPROVER})
"""Roles that are held for authorities: an approver may do what an officer may, for the same ones."""


@dataclass(frozen=True)
class Scope:
    """The authorities a role is held for, by Ofsted's number; `national` is all of them, and what concerns no one."""

    authorities: tuple[str, ...] = ()
    national: bool = False

    def covers(self, urn: str) -> bool:
        return self.national or urn in self.authorities


@dataclass(frozen=True)
class Listed:
    """A person as the log has them. `changed` is the number of the last fact told of them; a role that waits for a
    second administrator stands in `proposed_by`, the actor who asked for it."""

    person: UUID
    changed: int
    grants: Mapping[Role, Scope] = field(default_factory=lambda: MappingProxyType({}))
    disabled: bool = False
    proposed_by: str | None = None

    @property
    def actor(self) -> str:
        """How facts name this person."""
        return str(self.person)

    def has(self, *roles: Role) -> bool:
        """Whether one of these roles is held, and not by somebody who was shut out."""
        return not self.disabled and any(role in self.grants for role in roles)

    def may_record(self, urn: str) -> bool:
        """Whether this person may add to an authority's history."""
        return not self.disabled and any(self.grants[role].covers(urn) for role in self._for_authorities())

    def named_for(self, urn: str) -> bool:
        """Whether a role is held for an authority by name, and not for all."""
        return any(urn in self.grants[role].authorities for role in self._for_authorities())

    def may_import(self) -> bool:
        """Whether this person may read published files into the history: they speak of any authority."""
        return not self.disabled and any(self.grants[role].national for role in self._for_authorities())

    def is_approver_for(self, urn: str) -> bool:
        """Whether this person may accept or publish for an authority what others entered."""
        scope = self.grants.get(Role.APPROVER)
        return not self.disabled and scope is not None and scope.covers(urn)

    def _for_authorities(self) -> frozenset[Role]:
        return OF_AUTHORITIES & self.grants.keys()
