"""Since when the page of a plan tells what moved: a day, or that of a scrutiny meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import request

from domain.values.errors import RuleBroken
from web.meetings import choices as meeting_choices
from web.site import access, plan_reader
from web.words.dates import as_past_day


@dataclass(frozen=True)
class Since:
    """The day after which changes count, None where none was asked for; `meeting` and `name` if it is a meeting’s."""

    day: date | None = None
    meeting: str = ""
    name: str = ""


def asked(plan: UUID) -> Since:
    """What the address says in `since`, otherwise in `meeting`, which says nothing to who may not read of meetings.
    Raises RuleBroken and NotFound with words on what to enter or choose."""
    if typed := request.args.get("since", "").strip():
        return Since(as_past_day(typed, "since"))
    stated = request.args.get("meeting", "").strip()
    if not stated or not access.may("READS"):
        return Since()
    meeting = meeting_choices.as_meeting(stated)
    if meeting is None:
        raise RuleBroken("Choose one of the meetings listed, or enter a day.")
    found = meeting_choices.of_authority(meeting, plan_reader.authority_of(plan))
    if not found.held:
        raise RuleBroken(f"{found.name} was not held, so nothing moved since. Choose one of the meetings listed.")
    return Since(found.planned_or_held_on, str(meeting), found.name)
