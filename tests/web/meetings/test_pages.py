"""Scrutiny meetings on pages and as JSON: who sees what, and as of when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.meetings.commands import FixView
from domain.values.errors import NotFound
from domain.values.roles import Role
from projections.meetings.meeting import meeting_of
from tests.web.api.test_routes import must_fit
from tests.web.demo_app import GATESHEAD, HARINGEY, told
from tests.web.meetings.story import arranged, client_of
from tests.web.signed_in import store_of
from web import WebApp
from web.meetings.pages import chosen
from web.openapi import DESCRIPTION
from web.words.dates import today

# --- reading ----------------------------------------------------------------------------------------------------------


def test_meetings_are_listed_and_narrowed_to_an_authority(app: WebApp):
    arranged(app, "lists")
    member = client_of(app, Role.MEMBER)
    assert "Committee of lists" in member.page("/my-work/meetings").all("main")[0].said
    assert "Committee of lists" in member.part(f"/my-work/meetings?authority={GATESHEAD}")
    assert "No scrutiny meeting" in member.page(f"/my-work/meetings?authority={HARINGEY}").all("main")[0].said
    assert (
        member.client.get("/my-work/meetings?authority=&as_at=2021-01-01").headers["Location"]
        == "/my-work/meetings?as_at=2021-01-01"
    )
    member.page("/my-work/meetings?authority=Atlantis", status=404)


def test_on_an_earlier_day_what_came_later_is_not_shown(app: WebApp):
    meeting = arranged(app, "days", on=date(2020, 5, 1))
    member = client_of(app, Role.MEMBER)
    assert "Planned" in member.page(f"/meetings/{meeting}?as_at=2020-05-02").all("main")[0].said
    member.page(f"/meetings/{meeting}?as_at=2020-04-30", status=404)
    member.page(f"/meetings/{meeting}?known_at=2020-04-30", status=404)
    member.page(f"/meetings/{UUID(int=9)}", status=404)


def test_a_paper_for_a_meeting_is_told_what_the_panel_saw_and_when_it_met_before(app: WebApp):
    store = store_of(app)
    before = arranged(app, "papers", day=date(2020, 3, 4), on=date(2020, 3, 4))
    meeting = arranged(app, "papers again", committee="Committee of papers")
    known_at = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
    seen = {"as_at": date(2020, 6, 9), "known_at": known_at, "on": date(2020, 6, 17)}
    store.application.do(FixView(meeting, **seen), by=told("what was seen"))
    store.projector.catch_up()
    with app.test_request_context():
        found = chosen(meeting)
        assert (found.name, found.urn) == ("Committee of papers, 17 June 2020", GATESHEAD)
        assert (found.planned_or_held_on, found.as_at, found.known_at) == (
            date(2020, 6, 17),
            date(2020, 6, 9),
            known_at,
        )
        assert found.previous == date(2020, 3, 4)
        assert chosen(before).previous is None
        with pytest.raises(NotFound):
            chosen(UUID(int=9))


def test_what_moved_since_a_meeting_is_shown_to_whoever_reads_of_meetings(app: WebApp):
    plan = app.extensions["plans"][GATESHEAD]
    meeting = arranged(app, "moves", day=date(2026, 8, 26), on=date(2026, 8, 26))
    member = client_of(app, Role.MEMBER)
    page = member.page(f"/plans/{plan}?meeting={meeting}")
    assert "Moved since the meeting Since Committee of moves, 26 August 2026" in page.all("main")[0].said
    unasked = member.page(f"/plans/{plan}").all("main")[0].said
    assert "Moved since the last meeting Since Committee of moves, 26 August 2026" in unasked
    assert "Committee of moves" not in client_of(app).page(f"/plans/{plan}").all("main")[0].said
    assert [one.said for one in page.all("option") if one.get("selected") is not None] == [
        "Committee of moves, 26 August 2026"
    ]
    later = member.page(f"/plans/{plan}?meeting={meeting}&since=2026-09-01").all("main")[0].said
    assert "Moved since 1 September 2026" in later
    assert (
        "Choose one of the meetings listed"
        in member.page(f"/plans/{plan}?meeting=soon", status=422).all("main")[0].said
    )
    assert member.client.get(f"/plans/{plan}?meeting={UUID(int=9)}").status_code == 404
    planned = arranged(app, "no moves", day=date(2026, 12, 2), on=date(2026, 8, 26), held=False)
    assert "was not held" in member.page(f"/plans/{plan}?meeting={planned}", status=422).all("main")[0].said
    of_haringey = f"/plans/{app.extensions['plans'][HARINGEY]}"
    assert (
        "a meeting of another authority"
        in member.page(f"{of_haringey}?meeting={meeting}", status=422).all("main")[0].said
    )
    assert "Committee of moves" not in client_of(app).page(f"/plans/{plan}?meeting={meeting}").all("main")[0].said


def test_the_committee_s_report_for_a_meeting_is_what_its_panel_saw_unless_told_otherwise(app: WebApp):
    store = store_of(app)
    plan = app.extensions["plans"][GATESHEAD]
    arranged(app, "reports", day=date(2020, 3, 4), on=date(2020, 3, 4))
    meeting = arranged(app, "reports again", committee="Committee of reports")
    known_at = datetime(2098, 9, 10, 8, 0, tzinfo=UTC)
    seen = {"as_at": date(2020, 6, 9), "known_at": known_at, "on": date(2020, 6, 17)}
    store.application.do(FixView(meeting, **seen), by=replace(told("what was seen of reports"), at=known_at))
    store.projector.catch_up()
    member = client_of(app, Role.MEMBER)
    address = f"/plans/{plan}/report?meeting={meeting}"
    assert address in [link.get("href") for link in member.page(f"/meetings/{meeting}").all("a")]
    said = member.page(address).all("main")[0].said
    for words in (
        "Report to Committee of reports, 17 June 2020",
        "As at 9 June 2020, as known on 10 September 2098",
        "Moved since 4 March 2020",
    ):
        assert words in said
    otherwise = member.page(f"{address}&meeting=The+panel&since=2020-04-01&as_at=2020-09-30").all("main")[0].said
    for words in ("Report to The panel", "As at 30 September 2020.", "Moved since 1 April 2020"):
        assert words in otherwise
    assert "Moved since 4 March" not in member.page(f"{address}&as_at=2020-02-01").all("main")[0].said
    untidy = member.client.get(f"{address}&meeting=&since=")
    assert (untidy.status_code, untidy.headers["Location"]) == (303, address)
    for ending in ("docx", "xlsx"):
        assert member.client.get(f"/plans/{plan}/report.{ending}?meeting={meeting}").status_code == 200
    of_haringey = f"/plans/{app.extensions['plans'][HARINGEY]}/report?meeting={meeting}"
    assert member.client.get(of_haringey).status_code == 422


def test_the_page_shows_plans_as_the_panel_saw_them_and_apart_from_that_as_they_are_now(app: WebApp):
    store, plan = store_of(app), app.extensions["plans"][GATESHEAD]
    arranged(app, "frozen", day=date(2019, 10, 2), on=date(2019, 10, 2))
    meeting = arranged(app, "frozen again", committee="Committee of frozen")
    known_at = datetime.now(UTC)
    by = replace(told("what was frozen"), at=known_at)
    store.application.do(FixView(meeting, as_at=date(2019, 11, 1), known_at=known_at, on=date(2020, 6, 17)), by=by)
    store.projector.catch_up()
    page = client_of(app, Role.MEMBER).page(f"/meetings/{meeting}")
    said = page.all("main")[0].said
    frozen, now = said.split("What the panel saw")[1].split(" Now ")
    then = meeting_of(store.reader, meeting, as_at=today())
    assert then.seen is not None
    assert then.seen.plans[0].headline != then.now.plans[0].headline
    assert then.seen.plans[0].headline in frozen
    assert then.now.plans[0].headline in now.split("Resolutions")[0]
    addresses = {link.said: link.get("href") or "" for link in page.all("a")}
    days = "between 2 October 2019 and 1 November 2019"
    assert addresses[f"What changed in the action plan {days}"].startswith(f"/plans/{plan}/compare?from=2019-10-02")
    history = addresses[f"What changed in the inspection history {days}"]
    assert history.startswith(f"/authorities/{GATESHEAD}/compare?from=2019-10-02")


def test_of_a_plan_that_was_not_open_at_what_the_panel_saw_the_page_says_so(app: WebApp):
    store = store_of(app)
    meeting = arranged(app, "early views", on=date(2018, 1, 3), day=date(2018, 2, 7))
    now = datetime.now(UTC)
    for as_at, why in ((date(2018, 1, 9), None), (date(2018, 1, 10), "The paper was reissued")):
        by = replace(told(f"an early view {as_at}"), at=now)
        store.application.do(FixView(meeting, as_at=as_at, known_at=now, why=why, on=date(2018, 2, 7)), by=by)
    store.projector.catch_up()
    member = client_of(app, Role.MEMBER)
    page = member.page(f"/meetings/{meeting}")
    assert page.all("main")[0].said.count("The action plan was not open then, or not known") == 2
    for link in page.all("a"):
        address = link.get("href") or ""
        if address.startswith(("/authorities/", "/plans/", "/my-work/meetings")):
            assert member.client.get(address, follow_redirects=True).status_code == 200, address


def test_json_and_the_command_line_tell_the_same_meetings(app: WebApp):
    arranged(app, "documents")
    member = client_of(app, Role.MEMBER)
    document = member.client.get(f"/api/meetings?authority={GATESHEAD}").get_json()
    must_fit(document, DESCRIPTION["components"]["schemas"]["Meetings"], "meetings")
    printed = app.test_cli_runner().invoke(args=["meetings", "Gateshead", "--json"])
    assert printed.exit_code == 0
    assert printed.stdout == member.client.get(f"/api/meetings?authority={GATESHEAD}").text
    in_lines = app.test_cli_runner().invoke(args=["meetings"]).stdout
    assert "Committee of documents: held" in in_lines


def test_the_timeline_shows_meetings_to_people_with_a_role_only(app: WebApp):
    arranged(app, "timelines")
    address = f"/authorities/{GATESHEAD}?kind=meetings"
    assert "Scrutiny meeting: Committee of timelines" in client_of(app, Role.AUDITOR).page(address).all("main")[0].said
    assert "Scrutiny meeting: Committee of timelines" in client_of(app, Role.MEMBER).part(address)
    assert "Committee of timelines" not in client_of(app).page(address).all("main")[0].said
    for public, status in (("/my-work/meetings", 303), ("/api/meetings", 401)):
        assert client_of(app).client.get(public).status_code == status


# --- letters ----------------------------------------------------------------------------------------------------------


def test_meetings_as_json_are_asked_for_as_every_other_answer(app: WebApp):
    member = client_of(app, Role.MEMBER)
    assert member.client.get("/api/meetings?as_at=soon").status_code == 422
    assert member.client.get("/api/meetings?authority=Atlantis").status_code == 404
