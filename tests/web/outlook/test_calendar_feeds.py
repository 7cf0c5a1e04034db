"""Calendars of one authority or of a set, and programs that ask for them again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from domain.frameworks import Area, Grade
from domain.values.judgements import Judgements
from domain.values.statements import Variant
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, HISTORY, UNTOUCHED, demo_app, told
from tests.web.outlook.calendars import CUMBRIA, LEEDS, days, events, feed
from web import WebApp, create_app
from web.files.run import import_paths
from web.outlook.calendar_file import UID_DOMAIN
from web.store.settings import Settings
from web.store.store import current_store

# --- what is in a calendar --------------------------------------------------------------------------------------------


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
    assert re.search(r"As far as is known here: sources tell of it until \d+ \w+ 20\d\d\.", text)


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


# --- sets -------------------------------------------------------------------------------------------------------------


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


# --- asking again -----------------------------------------------------------------------------------------------------


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
