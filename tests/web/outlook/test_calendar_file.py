"""Any answer as a calendar, and all of England in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.rulebook.results import Announced, Expectation, GradedType, Pathway, WindowStatus
from domain.values.statements import PeriodOnSite
from projections.engine.answers import CalendarAnswer, CalendarRow
from tests.published import Published
from tests.web.examples import MOMENT, STANDING
from tests.web.outlook.calendars import NAMES, PLACE, days, events, must_be_well_formed, read_elsewhere
from web import WebApp, create_app
from web.outlook.calendar_file import ALARM_DAYS, NO_DATES_PUBLISHED, as_icalendar, items
from web.store.settings import Settings

# --- any answer -------------------------------------------------------------------------------------------------------


TEXTS = some.text(some.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=90)
DAYS = some.dates(date(2015, 1, 1), date(2040, 12, 31))


@some.composite
def expectations(draw: Any) -> tuple[Expectation, ...]:
    """Any expectations that can stand beside each other: of those about nothing, one of an activity and basis."""
    found = {}
    for number in range(draw(some.integers(0, 6))):
        activity = draw(some.sampled_from([*STATUTORY, *EXPECTED]))
        about = uuid5(NAMES, str(number)) if activity in (*STATUTORY, "letter_publication") else None
        ends = draw(some.tuples(some.none() | DAYS, some.none() | DAYS))
        if None not in ends:
            ends = tuple(sorted(ends))
        found[activity, about] = Expectation(
            activity=activity,
            basis="deadline" if activity in STATUTORY else "cycle",
            due_from=ends[0],
            due_to=ends[1],
            status=WindowStatus.UPCOMING,
            why=draw(TEXTS),
            rules=("R-025",),
            caveats=tuple(draw(some.lists(TEXTS, max_size=2))),
            about=about,
        )
    return tuple(found.values())


STATUTORY = ("action_plan", "draft_action_plan", "priority_action_plan", "joint_statement_of_action")
EXPECTED = ("monitoring_visit", "engagement_meeting", "self_evaluation", "engagement_letter", "letter_publication")


@given(name=TEXTS, expected=expectations(), revision=some.integers(0, 2**31 - 1))
def test_every_expectation_with_a_date_is_in_the_calendar_once_on_its_days(
    name: str, expected: tuple[Expectation, ...], revision: int
):
    authority = replace(STANDING.authority, name=name)
    row = CalendarRow(
        replace(STANDING, authority=authority, expectations=expected), revision, datetime(2026, 8, 22, tzinfo=UTC), {}
    )
    raw = as_icalendar(CalendarAnswer(MOMENT, (row,)), name=name, note=name, place=PLACE)
    must_be_well_formed(raw)
    wanted = sorted(
        (one.due_from or one.due_to, one.due_to or one.due_from, one.is_owed, one.why)
        for one in expected
        if one.due_from or one.due_to
    )
    by_library = sorted(
        (*days(event), event["status"] == "CONFIRMED", str(event["description"]).partition("\n")[0])
        for event in events(raw).values()
    )
    assert by_library == wanted
    other = read_elsewhere(raw)
    by_other = sorted(
        (
            event.dtstart,
            event.dtend - timedelta(days=1),
            event.status.value == "CONFIRMED",
            event.description.partition("\n")[0],
        )
        for event in other.events
    )
    assert by_other == wanted
    assert {event.sequence for event in other.events} <= {revision}
    assert [len(event.alarm) for event in other.events if event.status.value == "CONFIRMED"] == [
        len(ALARM_DAYS) for owed in wanted if owed[2]
    ]
    assert not [event for event in other.events if event.status.value != "CONFIRMED" and event.alarm]


def test_a_window_that_is_overdue_says_so_and_one_that_is_open_does_not():
    for status, said in (
        (WindowStatus.OVERDUE, "Past its end: its last day was 1 January 2026."),
        (WindowStatus.IN_WINDOW, ""),
    ):
        one = Expectation(
            "standard_inspection", "pathway", date(2025, 1, 1), date(2026, 1, 1), status, "Why.", ("R-025",)
        )
        row = CalendarRow(replace(STANDING, expectations=(one,)), 1, datetime(2026, 8, 22, tzinfo=UTC), {})
        (item,) = items(row, PLACE)
        assert item.paragraphs[0] == (said or "Why.")


def test_of_an_authority_that_ends_entries_stop_the_day_before():
    ending = replace(STANDING, authority=replace(STANDING.authority, ends_on=date(2027, 4, 1)))
    over = Expectation(
        "standard_inspection", "pathway", date(2027, 1, 1), date(2028, 1, 1), WindowStatus.UPCOMING, "Why.", ("R-025",)
    )
    after = replace(over, due_from=date(2027, 5, 1), status=WindowStatus.NOT_APPLICABLE)
    row = CalendarRow(replace(ending, expectations=(over, after)), 1, datetime(2026, 8, 22, tzinfo=UTC), {})
    (item,) = items(row, PLACE)
    assert (item.first, item.last) == (date(2027, 1, 1), date(2027, 3, 31))


def test_from_the_call_on_the_days_on_site_stand_in_the_place_of_the_window():
    window = Expectation(
        "short_inspection",
        "pathway",
        date(2026, 1, 1),
        date(2027, 1, 1),
        WindowStatus.ANNOUNCED,
        "Ofsted called.",
        ("R-025",),
    )
    days = PeriodOnSite(date(2026, 9, 7), date(2026, 9, 11))
    called = Announced(
        GradedType.SHORT, date(2026, 8, 24), days.start, days.end, WindowStatus.ANNOUNCED, periods=(days,)
    )
    coming = replace(STANDING.expected_next, announced=called)
    visit = replace(window, activity="focused_visit", basis="announced", due_from=date(2026, 10, 6), due_to=None)
    row = CalendarRow(
        replace(STANDING, expected_next=coming, expectations=(window, visit)), 1, datetime(2026, 8, 25, tzinfo=UTC), {}
    )
    short, focused = items(row, PLACE)
    assert (short.title, short.category) == ("Tynehaven: short inspection, days on site", "On site")
    assert (short.first, short.last, short.owed) == (date(2026, 9, 7), date(2026, 9, 11), False)
    assert short.paragraphs[:2] == ("Announced.", "Ofsted called.")
    assert (focused.title, focused.category) == ("Tynehaven: focused visit, days on site", "On site")
    assert NO_DATES_PUBLISHED not in (*short.paragraphs, *focused.paragraphs)
    again = PeriodOnSite(date(2026, 11, 2), date(2026, 11, 6))
    broken_off = replace(called, on_site_to=again.end, periods=(days, again))
    coming = replace(STANDING.expected_next, announced=broken_off)
    first, second = items(replace(row, standing=replace(STANDING, expected_next=coming, expectations=())), PLACE)
    assert [(one.first, one.last) for one in (first, second)] == [(days.start, days.end), (again.start, again.end)]
    assert (first.key, second.key) == (short.key, f"{short.key}-2")


def test_what_nothing_names_yet_is_named_in_words():
    one = Expectation("moon_landing", "lunar_cycle", None, date(2027, 1, 1), WindowStatus.UPCOMING, "Why.", ("R-025",))
    row = CalendarRow(replace(STANDING, expectations=(one,)), 1, datetime(2026, 8, 22, tzinfo=UTC), {})
    (item,) = items(row, PLACE)
    assert (item.title, item.category) == ("Tynehaven: moon landing expected by today", "Lunar cycle")


# --- all of England ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def england(published: Published, tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """Everything that has been published, in a store of its own."""
    app = create_app(Settings(home=published.copied_to(tmp_path_factory.mktemp("england") / "instance")))
    app.open_pages()
    return app


@pytest.mark.parametrize("day", ["2019-02-15", "2022-06-30", "2024-07-05", "2026-08-22", "2028-12-24"])
def test_all_of_england_is_in_one_calendar_each_thing_once_on_its_days(england: WebApp, day: str):
    client = england.test_client()
    everyone = "&".join(f"pathway={pathway.value}" for pathway in Pathway)
    response = client.get(f"/calendar/chosen.ics?{everyone}&as_at={day}")
    must_be_well_formed(response.data)
    found = events(response.data)
    standings = client.get(f"/api/authorities?as_at={day}").get_json()
    come = {standing["authority"]["urn"]: standing["expected_next"].get("announced") for standing in standings}
    expected = [
        (urn, one["from"] or one["to"], one["to"] or one["from"])
        for standing in standings
        for one in standing["expectations"]
        for urn in [standing["authority"]["urn"]]
        if (one["from"] or one["to"]) and one["status"] != "not_applicable"
        if not (come[urn] and one["basis"] in ("pathway", "priority_action"))
    ]
    on_site = [(urn, one["on_site_from"], one["on_site_to"]) for urn, one in come.items() if one]
    wanted = sorted([*expected, *on_site])
    assert len(standings) > 150
    assert len(wanted) > 100
    assert wanted == sorted(
        (str(event["url"]).partition("/authorities/")[2].partition("?")[0], *map(date.isoformat, days(event)))
        for event in found.values()
    )
    other = read_elsewhere(response.data)
    assert {event.uid: (event.dtstart, event.dtend) for event in other.events} == {
        uid: (event["dtstart"].dt, event["dtend"].dt) for uid, event in found.items()
    }
