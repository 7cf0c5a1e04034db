"""A calendar as iCalendar (RFC 5545, 7986): what to expect of authorities, and what they owe, as all-day events.

The same log gives the same bytes on the same day: nothing here reads a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from domain.rulebook.results import Announced, Expectation, InterimType, WindowStatus
from projections.engine.answers import CalendarAnswer, CalendarRow
from web.words import words

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

UID_DOMAIN = "inspection-timeline.invalid"
"""What stands behind the @ of every UID: fixed, so that a thing keeps its name wherever this is served from."""

PRODUCT = "-//Inspection timeline//Calendar//EN"
LANGUAGE = {"language": "en-GB"}
REFRESH_EVERY = timedelta(hours=12)
ALARM_DAYS = (14, 2)
"""Days before a deadline on which a calendar program may remind of it."""

NO_DATES_PUBLISHED = (
    "Ofsted does not publish inspection dates: this is worked out from published facts, rules and past practice."
)

CATEGORIES: Mapping[str, str] = {
    "pathway": "Expected inspection",
    "priority_action": "Expected inspection",
    "announced": "On site",
    "publication": "Publication",
    "deadline": "Letter",
    "cycle": "Visits and meetings",
    "other_inspection": "Other inspections",
}
DEADLINE = "Deadline"
TOLD_OF_THE_CALL = "Ofsted told the authority. Days that it did not name follow from the day of its call."
"""What is said of days on site, in the place of `NO_DATES_PUBLISHED`."""

PAST: Mapping[WindowStatus, str] = {
    WindowStatus.OVERDUE: "Past its end",
    WindowStatus.NOT_KNOWN: "Not known whether it came or was sent",
}
"""What an event says first whose last day is past."""

NAMES: Mapping[str, str] = {
    InterimType.ACTION_PLAN_SUBMISSION.value: "action plan",
    InterimType.REPORT_PUBLICATION.value: "report",
    "letter_publication": "letter",
    "engagement_letter": "letter on the engagement meeting",
}
"""What a thing is called in the title of an event, where that is not its usual name."""

KEYS: Mapping[str, str] = {
    "pathway": "window",
    "priority_action": "priority-action",
    InterimType.ACTION_PLAN_SUBMISSION.value: "action-plan",
}
"""How a thing is called in its UID where its activity may change while it stays the same thing."""


@dataclass(frozen=True)
class Item:
    """One thing in an authority's calendar, all day from `first` to `last` (both inclusive).

    `key` names it for good, whatever becomes of its dates. `owed`: a deadline, which is certain and reminded of; all
    else is tentative and leaves people free. `revision` and `revised_at` as in `CalendarRow`."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    category: str
    first: date
    last: date
    owed: bool
    page: str
    revision: int
    revised_at: datetime


@dataclass(frozen=True)
class CalendarAddresses:
    """Whole addresses that the events of one calendar lead to; `page_of` takes a URN."""

    calendar: str
    rules: str
    page_of: Callable[[str], str]


def items(row: CalendarRow, place: CalendarAddresses) -> Iterator[Item]:
    """Everything of one authority that has a day, in order of its days. From the call on, the days on site stand in the
    place of the window in which it was expected."""
    ends, announced = row.standing.authority.ends_on, row.standing.expected_next.announced
    come = None if announced is None or announced.unheard_of else announced
    dated = ((one, days) for one in row.standing.expectations if (days := _days(one, ends)) is not None)
    found = [
        _expected(row, one, days, place)
        for one, days in dated
        if not (come and (one.basis in ("pathway", "priority_action") or one.is_called_inspection))
    ]
    if come is not None:
        found += (_on_site(row, come, number, place) for number in range(len(come.periods)))
    yield from sorted(found, key=lambda item: (item.first, item.last, item.key))


def as_icalendar(
    answer: CalendarAnswer, *, name: str, note: str, place: CalendarAddresses, checkpoint: str | None = None
) -> bytes:
    """The whole calendar: `name` is its title, `note` what it holds, in words; `checkpoint` is the signed note."""
    from icalendar import Calendar, vText

    made = Calendar()
    _add(made, ("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"))
    _add(made, ("name", name), ("description", note), ("url", place.calendar), ("x-wr-timezone", "Europe/London"))
    made.add("x-wr-calname", vText(name))  # as text, or its commas would not be escaped
    made.add("x-wr-caldesc", vText(note))
    made.add("refresh-interval", REFRESH_EVERY, {"value": "DURATION"})
    made.add("x-published-ttl", f"PT{REFRESH_EVERY // timedelta(hours=1)}H")
    if checkpoint is not None:
        made.add("x-timeline-checkpoint", vText(checkpoint))
    if answer.rows:
        made.add("last-modified", max(row.revised_at for row in answer.rows))
    for row in answer.rows:
        for item in items(row, place):
            made.add_component(_event(item))
    text: bytes = made.to_ical()
    return text


def _days(one: Expectation, ends: date | None) -> tuple[date, date] | None:
    """Its first and last day, one standing for the other where only one is known; None where none is, or none is left
    before the authority ends."""
    first, last = one.due_from or one.due_to, one.due_to or one.due_from
    if first is None or last is None or one.status is WindowStatus.NOT_APPLICABLE:
        return None
    return (first, last) if ends is None else (first, min(last, ends - timedelta(days=1)))


def _expected(row: CalendarRow, one: Expectation, days: tuple[date, date], place: CalendarAddresses) -> Item:
    authority = row.standing.authority
    paragraphs = (
        *((f"{_past(one, row.standing.on)}: its last day was {words.day(days[1])}.",) if one.status in PAST else ()),
        one.why,
        *one.caveats,
        *(("It rests on an inferred rule.",) if one.inferred else ()),
        f"Rules: {', '.join(one.rules)} ({place.rules})",
        TOLD_OF_THE_CALL if one.basis == "announced" else NO_DATES_PUBLISHED,
        as_far_as_known(one.known_until),
    )
    return Item(
        key=_key(row, one),
        title=f"{authority.name}: {_title(one)}",
        paragraphs=paragraphs,
        category=DEADLINE if one.is_owed else CATEGORIES.get(one.basis, words.plain(one.basis)),
        first=days[0],
        last=days[1],
        owed=one.is_owed,
        page=place.page_of(authority.urn),
        revision=row.revision,
        revised_at=row.revised_at,
    )


def _on_site(row: CalendarRow, come: Announced, number: int, place: CalendarAddresses) -> Item:
    """One of the periods on site of a graded inspection; one inspection at a time, so that its name is that of the
    authority, and for periods after the first their number."""
    authority, period = row.standing.authority, come.periods[number]
    told = next((one for one in row.standing.expectations if one.basis == "pathway" or one.is_called_inspection), None)
    return Item(
        key=f"on-site-{authority.urn}" + (f"-{number + 1}" if number else ""),
        title=f"{authority.name}: {words.small(words.GRADED_TYPES[come.type])}, days on site",
        paragraphs=(
            f"{words.window_state(come.status, only_called=come.only_called)}.",
            *((told.why,) if told is not None else ()),
            f"Rules: R-097, R-100 ({place.rules})",
            *((TOLD_OF_THE_CALL,) if come.notified_on is not None else ()),
        ),
        category=CATEGORIES["announced"],
        first=period.start,
        last=period.end,
        owed=False,
        page=place.page_of(authority.urn),
        revision=row.revision,
        revised_at=row.revised_at,
    )


def _key(row: CalendarRow, one: Expectation) -> str:
    kind = KEYS.get(one.basis) or KEYS.get(one.activity) or one.activity.replace("_", "-")
    named = f"{kind}-{row.standing.authority.urn}"
    return named if one.about is None else f"{named}-{row.first_said.get(one.about, one.about)}"


def _past(one: Expectation, on: date) -> str:
    """What it says first; of what is overdue, as of which day, since nobody knows what came after."""
    if one.status is WindowStatus.OVERDUE and one.known_until is not None:
        return f"Overdue when last known, on {words.day(min(one.known_until, on))}"
    return PAST[one.status]


def _title(one: Expectation) -> str:
    called = NAMES.get(one.activity) or words.expectation(one.activity)
    called = called[:1].lower() + called[1:]
    if one.is_owed and one.status is WindowStatus.NOT_KNOWN:
        return f"{called} was due, not known whether it was sent"
    if one.is_owed:
        return f"{called} due"
    if one.status is WindowStatus.NOT_KNOWN:
        return f"{called} was to come, not known whether it did"
    if one.basis == "other_inspection":
        return f"{called} expected by about now"
    if one.basis == "announced":
        return f"{called}, days on site"
    if one.basis == "priority_action":
        return f"{called} expected after priority action"
    return f"{called} expected" if one.due_from else f"{called} expected by today"


def as_far_as_known(until: date | None) -> str:
    """Up to which day anything is known that it rests on, in words; after it, silence means nothing."""
    if until is None:
        return "As far as is known here: no source that was read tells of it."
    return f"As far as is known here: sources tell of it until {words.day(until)}."


def _event(item: Item) -> Event:
    from icalendar import Event

    made = Event()
    made.add("uid", f"{item.key}@{UID_DOMAIN}")
    made.add("dtstamp", item.revised_at)
    made.add("last-modified", item.revised_at)
    made.add("sequence", item.revision)
    made.add("dtstart", item.first)
    made.add("dtend", item.last + timedelta(days=1))
    made.add("summary", item.title, LANGUAGE)
    made.add("description", "\n".join(item.paragraphs), LANGUAGE)
    made.add("categories", [item.category])
    _add(made, ("class", "PUBLIC"), ("url", item.page), ("transp", "TRANSPARENT"))
    made.add("status", "CONFIRMED" if item.owed else "TENTATIVE")
    for days in ALARM_DAYS if item.owed else ():
        made.add_component(_alarm(item, days))
    return made


def _alarm(item: Item, days: int) -> Alarm:
    from icalendar import Alarm

    made = Alarm()
    _add(made, ("action", "DISPLAY"), ("description", f"{item.title} on {words.day(item.last)}, in {days} days"))
    made.add("trigger", timedelta(days=-days))
    return made


def _add(made: Calendar | Event | Alarm, *properties: tuple[str, str]) -> None:
    for name, value in properties:
        made.add(name, value)
