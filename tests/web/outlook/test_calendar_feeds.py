"""Calendars that a calendar program follows: what is in them, and that two independent parsers read them alike."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as some
from ical.calendar import Calendar as OtherCalendar
from ical.calendar_stream import IcsCalendarStream

from domain.frameworks import Area, Grade
from domain.rulebook.results import Expectation, Pathway, WindowStatus
from domain.values.judgements import Judgements
from domain.values.statements import Variant
from projections.engine.answers import CalendarAnswer, CalendarRow
from tests.published import Published
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, HISTORY, UNTOUCHED, demo_app, told
from tests.web.examples import MOMENT, STANDING
from web import WebApp, create_app
from web.files.run import import_paths
from web.outlook.calendar_file import ALARM_DAYS, UID_DOMAIN, CalendarAddresses, as_icalendar, items
from web.store.settings import Settings
from web.store.store import current_store

CUMBRIA = "80457"
LEEDS = "80481"
PLACE = CalendarAddresses(
    "https://timeline.example/calendar/x.ics", "https://timeline.example/rules", "https://timeline.example/{}".format
)
NAMES = UUID("8f2c1c3e-32c4-54b4-8a5e-3d0c7f2f9b11")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("store"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


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


# --- what is in a calendar ------------------------------------------------------------------------------------------


def test_the_window_is_a_tentative_span_of_whole_days_that_leaves_people_free(client: Client):
    event = feed(client, f"/calendar/{HARINGEY}.ics?as_at=2021-10-31")[f"window-{HARINGEY}@{UID_DOMAIN}"]
    assert event["dtstart"].to_ical() == b"20210614"
    assert event["dtend"].to_ical() == b"20220615", "the end of an all-day event is the day after its last"
    assert (event["transp"], event["status"]) == ("TRANSPARENT", "TENTATIVE")
    assert event["summary"] == "Haringey: standard inspection expected"
    assert event["summary"].params["language"] == "en-GB"
    assert event["url"] == f"http://localhost/authorities/{HARINGEY}?as_at=2021-10-31"
    assert not event.walk("VALARM")


def test_a_description_gives_the_reason_the_rules_and_how_far_knowledge_goes(client: Client):
    (event,) = [
        event
        for uid, event in feed(client, f"/calendar/{HARINGEY}.ics?as_at=2021-10-31").items()
        if uid.startswith("window-")
    ]
    text = str(event["description"])
    assert "put the authority on the requires improvement pathway, so a standard inspection is expected" in text
    assert "R-025" in text
    assert "Ofsted does not publish inspection dates" in text
    assert re.search(r"As far as is known here: sources were last read on \d+ \w+ 20\d\d\.", text)


def test_a_deadline_is_certain_and_reminded_of_14_and_2_days_before(client: Client):
    found = feed(client, f"/calendar/{LEEDS}.ics?as_at=2025-09-01")
    (due,) = [event for uid, event in found.items() if uid.startswith(f"action-plan-{LEEDS}-")]
    assert days(due) == (date(2025, 11, 19), date(2025, 11, 19))
    assert due["summary"] == "Leeds: action plan due"
    assert (due["status"], due["categories"].to_ical()) == ("CONFIRMED", b"Deadline")
    alarms = due.walk("VALARM")
    assert [alarm["trigger"].dt for alarm in alarms] == [timedelta(days=-14), timedelta(days=-2)]
    assert {str(alarm["action"]) for alarm in alarms} == {"DISPLAY"}
    assert str(alarms[0]["description"]) == "Leeds: action plan due on 19 November 2025, in 14 days"


def test_both_plans_after_a_priority_action_are_deadlines_of_their_own(client: Client):
    found = feed(client, f"/calendar/{HARINGEY}.ics?as_at=2026-08-10")
    owed = {uid: event for uid, event in found.items() if event["status"] == "CONFIRMED"}
    assert {str(event["summary"]) for event in owed.values()} >= {
        "Haringey: draft action plan due",
        "Haringey: priority action plan due",
    }
    assert f"priority-action-{HARINGEY}@{UID_DOMAIN}" in found
    first, last = days(found[f"priority-action-{HARINGEY}@{UID_DOMAIN}"])
    assert (first, last) == (date(2026, 12, 1), date(2028, 1, 31))


def test_what_is_past_or_done_leaves_the_calendar(client: Client):
    def uids(day: str) -> set[str]:
        return {uid.partition("@")[0] for uid in feed(client, f"/calendar/{LEEDS}.ics?as_at={day}")}

    assert [uid for uid in uids("2025-11-19") if uid.startswith("action-plan")]
    assert not [uid for uid in uids("2025-11-20") if uid.startswith("action-plan")]


def test_a_window_keeps_its_name_when_a_new_report_moves_it(client: Client):
    uid = f"window-{HARINGEY}@{UID_DOMAIN}"
    before = feed(client, f"/calendar/{HARINGEY}.ics?as_at=2021-10-31")[uid]
    after = feed(client, f"/calendar/{HARINGEY}.ics?as_at=2024-10-31")[uid]
    assert days(before) != days(after)
    assert int(after["sequence"]) > int(before["sequence"])


def test_the_calendar_says_what_it_is_and_how_often_to_ask(client: Client):
    calendar = icalendar.Calendar.from_ical(client.client.get(f"/calendar/{HARINGEY}.ics").data)
    assert calendar["method"] == "PUBLISH"
    assert calendar["name"] == calendar["x-wr-calname"] == "Ofsted inspections: Haringey"
    assert calendar["refresh-interval"].dt == timedelta(hours=12)
    assert calendar["x-published-ttl"] == "PT12H"
    assert "Ofsted does not publish inspection dates." in calendar["x-wr-caldesc"]
    assert calendar["description"] == calendar["x-wr-caldesc"].replace("\\", "")


def test_an_abolished_authority_has_an_empty_calendar_that_says_so(client: Client):
    response = client.client.get(f"/calendar/{CUMBRIA}.ics")
    assert events(response.data) == {}
    calendar = icalendar.Calendar.from_ical(response.data)
    assert "Cumbria ceased to exist on 1 April 2023: nothing is to be expected of it." in calendar["description"]


def test_an_authority_without_history_has_an_empty_calendar_that_says_so(client: Client):
    response = client.client.get(f"/calendar/{UNTOUCHED}.ics")
    calendar = icalendar.Calendar.from_ical(response.data)
    assert events(response.data) == {}
    assert "Nothing with a date is expected of Isles of Scilly by what is held here." in calendar["description"]


def test_a_store_that_has_read_nothing_answers_with_an_empty_calendar(tmp_path: Path):
    app = create_app(Settings(home=tmp_path))
    with app.app_context():
        current_store().migrate()
    response = app.test_client().get("/calendar/chosen.ics?region=London")
    assert events(response.data) == {}
    assert "No source has been read here yet." in response.text.replace("\r\n ", "")


# --- sets -----------------------------------------------------------------------------------------------------------


def authorities_in(found: dict[str, icalendar.Event]) -> set[str]:
    return {re.search(r"-(\d{5,7})(?:-|@)", uid).group(1) for uid in found}


def test_a_set_holds_what_each_of_its_calendars_holds(client: Client):
    both = feed(client, f"/calendar/chosen.ics?urn={HARINGEY}&urn={LEEDS}&as_at=2025-09-01")
    apart = [feed(client, f"/calendar/{urn}.ics?as_at=2025-09-01") for urn in (HARINGEY, LEEDS)]
    assert set(both) == set(apart[0]) | set(apart[1])
    assert authorities_in(both) == {HARINGEY, LEEDS}


def test_region_and_pathway_choose_together_and_names_are_added(client: Client):
    london = feed(client, "/calendar/chosen.ics?region=London&as_at=2025-09-01")
    improving = feed(client, "/calendar/chosen.ics?region=London&pathway=good_or_outstanding&as_at=2025-09-01")
    with_leeds = feed(client, f"/calendar/chosen.ics?region=London&urn={LEEDS}&as_at=2025-09-01")
    assert HARINGEY in authorities_in(improving) <= authorities_in(london)
    assert authorities_in(with_leeds) == authorities_in(london) | {LEEDS}
    assert authorities_in(feed(client, "/calendar/chosen.ics?pathway=inadequate&region=London")) == set()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/calendar/erewhon.ics", 404, "No local authority is known by 'erewhon'"),
        ("/calendar/chosen.ics", 422, "Choose authorities by urn, region or pathway"),
        ("/calendar/chosen.ics?urn=", 422, "Choose authorities by urn, region or pathway"),
        ("/calendar/chosen.ics?urn=erewhon", 404, "No local authority is known by"),
        (
            "/calendar/chosen.ics?region=Wessex",
            404,
            "region called 'Wessex'. There are East Midlands,",
        ),
        ("/calendar/chosen.ics?pathway=fine", 404, "'fine' is not a pathway. There are good_or_outstanding,"),
        (
            "/calendar/chosen.ics?" + "&".join(f"urn={number}" for number in range(161)),
            422,
            "at most 160 authorities, and this address names 161",
        ),
        (f"/calendar/{HARINGEY}.ics?as_at=soon", 422, "for example 2025-03-01"),
        (f"/calendar/{HARINGEY}.ics?known_at=2025-01-01T00:00", 422, "with its zone"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words_and_not_as_a_page(
    client: Client, address: str, status: int, words: str
):
    response = client.client.get(address)
    assert (response.status_code, response.mimetype) == (status, "text/plain")
    assert words in response.text


@pytest.mark.parametrize("identifier", ["E09000014", "309", "haringey"])
def test_any_other_name_leads_to_the_one_address(client: Client, identifier: str):
    answer = client.client.get(f"/calendar/{identifier}.ics?as_at=2020-01-01")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/calendar/{HARINGEY}.ics?as_at=2020-01-01")


# --- asking again ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["identity", "br", "gzip"])
def test_a_program_that_has_the_file_is_not_sent_it_again(client: Client, encoding: str):
    address = f"/calendar/chosen.ics?urn={HARINGEY}&urn={LEEDS}"
    first = client.client.get(address, headers={"Accept-Encoding": encoding})
    assert first.headers.get("Content-Encoding", "identity") == encoding
    again = client.client.get(address, headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    changed = client.client.get(f"{address}&as_at=2025-09-01", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_the_file_has_a_name_that_says_whose_it_is(client: Client):
    assert client.client.get(f"/calendar/{LEEDS}.ics").headers["Content-Disposition"] == (
        "inline; filename=inspections-leeds.ics"
    )


def test_the_same_log_gives_the_same_bytes_also_after_a_rebuild_and_another_import(tmp_path: Path):
    app = demo_app(tmp_path)
    address = f"/calendar/chosen.ics?urn={HARINGEY}&urn={LEEDS}&as_at=2026-08-10"
    with app.app_context():
        client = app.test_client()
        before = client.get(address).data
        assert b"BEGIN:VEVENT" in before
        assert client.get(address).data == before
        current_store().projector.rebuild()
        import_paths(current_store().application, [HISTORY], actor="demo")
        current_store().projector.catch_up()
        assert client.get(address).data == before


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[tuple[WebApp, datetime]]:
    """A store of its own, and an instant after everything in it was recorded."""
    app = demo_app(tmp_path)
    with app.app_context():
        yield app, datetime.now(UTC)


def record_report(at: datetime) -> None:
    """A new graded report of Leeds, which moves its window."""
    store = current_store()
    areas = (Area.IMPACT_OF_LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS)
    store.application.authorities.record_inspection(
        LEEDS,
        started_on=date(2026, 7, 6),
        ended_on=date(2026, 7, 10),
        kind=Variant.STANDARD,
        published_on=date(2026, 9, 14),
        judgements=Judgements.of(dict.fromkeys(areas, Grade.GOOD)),
        by=replace(told("the report of September 2026"), at=at),
    )
    store.projector.catch_up()


def test_a_calendar_as_known_at_a_time_never_changes(writable: tuple[WebApp, datetime]):
    app, now = writable
    client = app.test_client()
    following = f"/calendar/{LEEDS}.ics?as_at=2026-10-20"
    frozen = f"{following}&known_at={now:%Y-%m-%dT%H:%M:%S.%fZ}"
    before, then = client.get(frozen).data, client.get(following).data
    record_report(now + timedelta(minutes=1))
    assert client.get(frozen).data == before
    assert b"BEGIN:VEVENT" in before
    assert client.get(following).data != then
    assert b"as known on" in before.replace(b"\r\n ", b"")


def test_a_command_that_moves_the_window_raises_its_sequence_and_keeps_its_name(writable: tuple[WebApp, datetime]):
    app, now = writable
    client = Client(app)
    uid, address = f"window-{LEEDS}@{UID_DOMAIN}", f"/calendar/{LEEDS}.ics?as_at=2026-10-20"
    before = feed(client, address)[uid]
    elsewhere = feed(client, f"/calendar/{HARINGEY}.ics?as_at=2026-10-20")[f"window-{HARINGEY}@{UID_DOMAIN}"]
    record_report(now + timedelta(minutes=1))
    after = feed(client, address)[uid]
    assert days(before) != days(after) == (date(2029, 3, 14), date(2030, 3, 14))
    assert int(after["sequence"]) > int(before["sequence"])
    assert after["last-modified"].dt == after["dtstamp"].dt > before["last-modified"].dt
    assert after["last-modified"].dt == (now + timedelta(minutes=1)).replace(microsecond=0)
    untouched = feed(client, f"/calendar/{HARINGEY}.ics?as_at=2026-10-20")[f"window-{HARINGEY}@{UID_DOMAIN}"]
    assert untouched.to_ical() == elsewhere.to_ical(), "what happens to one authority changes no other's events"


def test_a_plan_that_was_submitted_leaves_the_calendar(writable: tuple[WebApp, datetime]):
    app, now = writable
    client = Client(app)
    address = f"/calendar/{LEEDS}.ics?as_at=2025-10-20"
    before = feed(client, address)
    store = current_store()
    by = replace(told("the plan sent to Ofsted"), at=now + timedelta(minutes=1))
    store.application.authorities.submit_plan(LEEDS, submitted_on=date(2025, 10, 17), by=by)
    store.projector.catch_up()
    (gone,) = set(before) - set(feed(client, address))
    assert gone.startswith(f"action-plan-{LEEDS}-")


# --- any answer -----------------------------------------------------------------------------------------------------

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
        (WindowStatus.OVERDUE, "Overdue: its last day was 1 January 2026."),
        (WindowStatus.IN_WINDOW, ""),
    ):
        one = Expectation(
            "standard_inspection", "pathway", date(2025, 1, 1), date(2026, 1, 1), status, "Why.", ("R-025",)
        )
        row = CalendarRow(replace(STANDING, expectations=(one,)), 1, datetime(2026, 8, 22, tzinfo=UTC), {})
        (item,) = items(row, MOMENT, PLACE)
        assert item.paragraphs[0] == (said or "Why.")


def test_what_nothing_names_yet_is_named_in_words():
    one = Expectation("moon_landing", "lunar_cycle", None, date(2027, 1, 1), WindowStatus.UPCOMING, "Why.", ("R-025",))
    row = CalendarRow(replace(STANDING, expectations=(one,)), 1, datetime(2026, 8, 22, tzinfo=UTC), {})
    (item,) = items(row, MOMENT, PLACE)
    assert (item.title, item.category) == ("Tynehaven: moon landing expected by today", "Lunar cycle")


# --- all of England -------------------------------------------------------------------------------------------------


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
    wanted = sorted(
        (standing["authority"]["urn"], one["from"] or one["to"], one["to"] or one["from"])
        for standing in standings
        for one in standing["expectations"]
        if one["from"] or one["to"]
    )
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


# --- the page and the links to it -----------------------------------------------------------------------------------


def test_the_page_gives_the_address_of_what_was_chosen(client: Client):
    page = client.page(f"/calendar?urn={HARINGEY}")
    assert page.by_id("address").get("value") == f"http://localhost/calendar/{HARINGEY}.ics"
    page = client.page(f"/calendar?urn={HARINGEY}&urn={LEEDS}&region=London&pathway=inadequate")
    address = page.by_id("address").get("value")
    assert address == (
        f"http://localhost/calendar/chosen.ics?urn={LEEDS}&urn={HARINGEY}&region=London&pathway=inadequate"
    )
    assert client.client.get(address).status_code == 200
    (subscribe,) = [link for link in page.all("a") if link.said == "Open in your calendar program"]
    assert subscribe.get("href") == address.replace("http:", "webcal:")
    ticked = [box.get("value") for box in page.all("input") if box.get("checked") is not None]
    assert sorted(ticked) == [LEEDS, HARINGEY]
    assert "Outlook fetches it slowly" in page.all("main")[0].said


def test_the_page_offers_every_current_authority_and_leaves_empty_fields_out_of_its_address(client: Client):
    page = client.page("/calendar")
    assert len([box for box in page.all("input") if box.get("type") == "checkbox"]) == 153
    assert page.by_id("address") is None
    answer = client.client.get(f"/calendar?urn={HARINGEY}&region=&pathway=")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/calendar?urn={HARINGEY}")
    assert client.client.get("/calendar?region=&pathway=").headers["Location"] == "/calendar"


def test_an_address_with_a_date_in_it_is_said_to_stand_still(client: Client):
    page = client.page(f"/calendar?urn={HARINGEY}&urn={LEEDS}&as_at=2025-09-01")
    assert "the calendar stays at that day" in page.all("main")[0].said
    assert "as_at=2025-09-01" in page.by_id("address").get("value")
    carried = [
        box.get("value") for box in page.all("input") if box.get("type") == "hidden" and box.get("name") == "urn"
    ]
    assert carried == [HARINGEY, LEEDS], "another date keeps all that was chosen"


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("urn=erewhon", 404, "No local authority is known by"),
        ("&".join(f"urn={number}" for number in range(161)), 422, "at most 160"),
    ],
)
def test_a_choice_that_is_none_is_answered_on_a_page(client: Client, query: str, status: int, words: str):
    page = client.page(f"/calendar?{query}", status=status)
    assert words in page.all("main")[0].said


@pytest.mark.parametrize(("name", "value"), [("region", "Wessex"), ("pathway", "fine")])
def test_a_filter_that_does_not_exist_is_left_out_of_the_page_s_calendar_and_said(client: Client, name, value):
    page = client.page(f"/calendar?{name}={value}")
    assert f"“{value}” is not a {name} known here, so it was left out." in page.all("main")[0].said
    assert not [one for one in page.all("input") if one.get("id") == "address"], "nothing is left to make one of"
    page = client.page(f"/calendar?{name}={value}&urn={HARINGEY}")
    assert f"“{value}” is not a {name} known here" in page.all("main")[0].said
    assert page.by_id("address").get("value").endswith(f"/calendar/{HARINGEY}.ics")


def test_an_unknown_region_is_refused_in_the_same_words_by_calendar_and_json(client: Client):
    calendar = client.client.get("/calendar/chosen.ics?region=Wessex")
    planner = client.client.get("/api/planner?region=Wessex")
    assert (calendar.status_code, planner.status_code) == (404, 404)
    words = planner.get_json()["detail"]
    assert words.startswith("No authority is in a region called 'Wessex'. There are East Midlands,")
    assert words in html.unescape(calendar.get_data(as_text=True))


def test_an_authority_s_page_leads_to_its_calendar_and_lets_programs_find_it(client: Client):
    page = client.page(f"/authorities/{HARINGEY}")
    (link,) = [link for link in page.all("a") if link.said == "Calendar"]
    assert link.get("href") == f"/calendar?urn={HARINGEY}"
    (found,) = [one for one in page.all("link") if one.get("type") == "text/calendar"]
    assert (found.get("rel"), found.get("href")) == ("alternate", f"/calendar/{HARINGEY}.ics")
    abolished = client.page(f"/authorities/{CUMBRIA}")
    assert not [one for one in abolished.all("link") if one.get("type") == "text/calendar"]
