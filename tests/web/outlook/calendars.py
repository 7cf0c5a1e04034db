"""Calendars as two other programs read them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import icalendar
from ical.calendar import Calendar as OtherCalendar
from ical.calendar_stream import IcsCalendarStream

from tests.web.client import Client
from web.outlook.calendar_file import CalendarAddresses

CUMBRIA = "80457"
LEEDS = "80481"

PLACE = CalendarAddresses(
    "https://timeline.example/calendar/x.ics", "https://timeline.example/rules", "https://timeline.example/{}".format
)

NAMES = UUID("8f2c1c3e-32c4-54b4-8a5e-3d0c7f2f9b11")


def events(text: str | bytes) -> dict[str, icalendar.Event]:
    """Events by UID, read by the library that wrote them; none may be there twice."""
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar.errors == []
    found = [*calendar.walk("VEVENT")]
    by_uid = {str(event["uid"]): event for event in found}
    assert len(by_uid) == len(found), "a UID is used twice"
    assert not [event for event in found if event.errors]
    return by_uid


def read_elsewhere(text: str | bytes) -> OtherCalendar:
    """The same file, read by a parser that shares no code with the one that wrote it."""
    return IcsCalendarStream.calendar_from_ics(text if isinstance(text, str) else text.decode())


def feed(client: Client, address: str) -> dict[str, icalendar.Event]:
    response = client.client.get(address)
    assert response.status_code == 200, response.text
    assert response.content_type == "text/calendar; charset=utf-8"
    must_be_well_formed(response.data)
    return events(response.data)


def must_be_well_formed(raw: bytes) -> None:
    """Lines end with CRLF, are at most 75 octets long and folded between characters (RFC 5545, 3.1)."""
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")[:-1]
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    assert not [line for line in lines if len(line) > 75]
    for line in lines:
        line.decode("utf-8")


def days(event: icalendar.Event) -> tuple[date, date]:
    """First and last day, both inclusive."""
    first, after = event["dtstart"].dt, event["dtend"].dt
    assert type(first) is type(after) is date, "not an all-day event"
    return first, after - timedelta(days=1)
