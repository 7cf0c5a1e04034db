"""What every fact in the stream of an authority has."""

from __future__ import annotations

from uuid import UUID

from domain.facts.base import Fact


class AuthorityFact(Fact):
    """In the stream of an authority."""


class EntryFact(AuthorityFact):
    """Of one inspection, visit, meeting, letter or deadline."""

    activity: UUID
