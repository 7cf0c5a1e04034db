"""Scrutiny meetings in the OpenAPI document."""

from __future__ import annotations

from domain.meetings.state import MeetingStage, ResolutionStage
from web.openapi.shapes import (
    AS_AT,
    DAY,
    FLAG,
    INSTANT,
    KNOWN_AT,
    WHOLE,
    Schema,
    get,
    list_of,
    one_of,
    or_null,
    see,
    thing,
)
from web.openapi.shapes import text as text_of

RESOLUTION = thing(
    {
        "resolution": WHOLE,
        "text": see("Wording"),
        "owner": or_null(text_of("An office")),
        "due_on": or_null(DAY),
        "state": one_of(ResolutionStage),
        "days_overdue": WHOLE,
        "made_on": DAY,
        "done_on": or_null(DAY),
        "how": or_null(see("Wording")),
    }
)
MEETING = thing(
    {
        "meeting": text_of(format="uuid"),
        "urn": text_of(),
        "authority": text_of(),
        "committee": text_of(),
        "day": text_of("On which it was held or, until then, is to be", format="date"),
        "state": one_of(MeetingStage),
        "day_has_passed": {**FLAG, "description": "Nobody recorded that it was held"},
        "example": {**FLAG, "description": "Made up for a demonstration"},
        "plans": list_of(text_of(format="uuid")),
        "panel_saw": or_null(thing({"as_at": DAY, "known_at": INSTANT, "why": or_null(see("Wording"))})),
        "questions": WHOLE,
        "resolutions": list_of(see("Resolution")),
        "next_report_on": or_null(DAY),
        "next_report_late": FLAG,
        "previous_meeting_on": or_null(DAY),
        "handed_over": {
            **list_of(
                thing(
                    {"from": text_of("Ofsted's number"), "to": text_of("Ofsted's number"), "on": DAY, "put_right": FLAG}
                )
            ),
            "description": "From whom to whom the meeting passed when an authority ended, or a mistake was put right",
        },
        "withdrawn_on": or_null(DAY),
        "withdrawn_why": or_null(see("Wording")),
        "recorded_at": INSTANT,
        "recorded_by": text_of(),
        "position": WHOLE,
    }
)
MEETINGS = thing(
    {
        "authority": or_null(see("Authority")),
        "meetings": list_of(see("Meeting")),
        "as_at": DAY,
        "known_at": or_null(INSTANT),
        "data_horizon": or_null(DAY),
        "position": WHOLE,
    }
)

OF_ONE: Schema = {
    "name": "authority",
    "in": "query",
    "schema": text_of(),
    "description": "Only this authority's, by number or name. Default: all.",
}

PATHS: Schema = {
    "/api/meetings": get("Scrutiny meetings, for people with a role", see("Meetings"), OF_ONE, AS_AT, KNOWN_AT)
}
SCHEMAS: Schema = {"Meetings": MEETINGS, "Meeting": MEETING, "Resolution": RESOLUTION}
