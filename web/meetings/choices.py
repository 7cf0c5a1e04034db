"""Scrutiny meetings to choose from on the pages of a plan: what moved since one, and the committee's paper for one."""

from __future__ import annotations

from uuid import UUID

from domain.meetings.state import MeetingStage
from domain.values.errors import RuleBroken
from projections.meetings.meeting import meeting_names
from web.meetings.pages import Chosen, chosen, name_of
from web.site import access
from web.site.reader import Asked
from web.store.store import current_store

HELD = (MeetingStage.HELD,)
TO_REPORT_TO = (MeetingStage.PLANNED, MeetingStage.HELD)


def offered(urn: str, asked: Asked, stages: tuple[MeetingStage, ...] = HELD) -> list[tuple[str, str]]:
    """Id and name of an authority's meetings in these stages, the latest first; none for who may not read of them."""
    if not access.may("READS"):
        return []
    found = meeting_names(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)
    return [(str(row.id), name_of(row)) for row in found if row.stage in stages]


def as_meeting(text: str) -> UUID | None:
    """The meeting whose id stands in an address; None where something else does."""
    try:
        return UUID(text)
    except ValueError:
        return None


def of_authority(meeting: UUID, urn: str) -> Chosen:
    """A meeting of this authority. Raises NotFound, and RuleBroken where it is another's."""
    found = chosen(meeting)
    if found.urn != urn:
        raise RuleBroken(f"{found.name} is a meeting of another authority. Choose one of this authority’s meetings.")
    return found
