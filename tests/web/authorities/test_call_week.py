"""What is asked when Ofsted calls, by day: of a call that came, or of a day chosen."""

from __future__ import annotations

import pytest

from tests.web.client import HTMX, Client
from tests.web.demo_app import HARINGEY, LEICESTERSHIRE, UNTOUCHED, demo_app, tell_a_call
from web import WebApp
from web.store.store import current_store
from web.words.called import CALLS

LIST, HEARD = f"/authorities/{HARINGEY}/call", f"/authorities/{LEICESTERSHIRE}"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """The demonstration, in which Leicestershire is called on 30 November 2026 for a short inspection."""
    made = demo_app(tmp_path_factory.mktemp("store"))
    tell_a_call(made, LEICESTERSHIRE)
    return made


def said(client: Client, address: str) -> str:
    return client.page(address).all("main")[0].said


def headings(client: Client, address: str) -> list[str]:
    return [one.said for one in client.page(address).all("h2")]


def test_a_day_chosen_gives_the_days_of_notice_and_on_site(client: Client):
    address = f"{LIST}?call=short&on=2026-09-07"
    assert "a short inspection, supposed. Called on Monday 7 September 2026, on site 14 to 18 September" in said(
        client, address
    )
    assert headings(client, address) == [
        "Monday 7 September 2026 day of the call",
        "Tuesday 8 September 2026 notice, day 2",
        "Wednesday 9 September 2026 notice, day 3",
        "Thursday 10 September 2026 notice, day 4",
        "Friday 11 September 2026 notice, day 5",
        "Monday 14 September 2026 on site, the first day",
        "Thursday 17 September 2026 on site",
        "Friday 18 September 2026 on site, the last day",
    ]


@pytest.mark.parametrize("code", CALLS)
def test_every_kind_has_a_list_with_rules_that_can_be_looked_up(client: Client, code: str):
    page = client.page(f"{LIST}?call={code}&on=2026-09-07")
    rules = {one.get("href") for one in page.all("a") if "/about/rules#R-" in (one.get("href") or "")}
    assert len(page.all("h2")) > 1
    assert rules


def test_days_on_which_no_inspection_began_are_said_to_be_that(client: Client):
    assert "none began from 12 December to 11 January (R-050)" in said(client, f"{LIST}?call=short&on=2026-12-07")


def test_a_call_that_came_is_what_is_shown_first(client: Client):
    address = f"{HEARD}/call?as_at=2026-12-01"
    assert "a short inspection. Called on Monday 30 November 2026, on site 7 to 11 December 2026" in said(
        client, address
    )
    assert "supposed" in said(client, f"{HEARD}/call?as_at=2026-11-29"), "the day before the call"


def test_nothing_is_kept_and_that_is_said(client: Client):
    page = client.page(LIST)
    assert "nothing is kept here, and nothing about any child belongs here" in page.all("main")[0].said
    assert [one.get("method") for one in page.all("form") if "call" in (one.get("class") or "")] == ["get"]


def test_the_part_that_htmx_receives_is_a_piece_of_the_page(client: Client):
    address = f"{LIST}?call=standard&on=2026-09-07"
    part = client.client.get(address, headers=HTMX).text
    assert part.strip() in client.client.get(address).text


def test_days_after_the_end_of_an_authority_are_said_to_be_that(client: Client):
    surrey = "/authorities/80567/call?call=standard"
    assert "Surrey ends on 1 April 2027: who follows it would be called" in said(client, f"{surrey}&on=2027-03-22")
    assert "would be called" not in said(client, f"{surrey}&on=2027-03-08")


def test_a_day_that_is_none_is_refused_in_words(client: Client):
    answer = client.client.get(f"{LIST}?call=short&on=soon")
    assert answer.status_code == 422
    assert "as year, month and day, for example 2025-03-01" in answer.text


def test_a_year_beyond_the_known_bank_holidays_says_that_nothing_can_be_counted(client: Client):
    assert "No days can be shown" in said(client, f"{LIST}?call=short&on=2098-03-03")


def test_the_page_of_an_authority_leads_with_its_call(client: Client):
    page = client.page(f"{HEARD}?as_at=2026-12-01")
    leading = page.by_id("called-1")
    assert leading.said == "Short inspection Announced"
    assert [one.said for one in page.all("h2")].index("Short inspection Announced") == 0
    assert "Inspectors come on Monday 7 December 2026, in 4 working days" in page.all("main")[0].said


def test_before_the_call_was_known_nothing_leads(client: Client):
    assert "Inspectors come" not in said(client, f"{HEARD}?as_at=2026-12-01&known_at=2026-11-29")
    assert "Inspectors come" not in said(client, f"{HEARD}?as_at=2026-11-29")


def test_planner_list_and_table_count_it_as_come(client: Client):
    planner = client.page("/coming-up?as_at=2026-12-01")
    assert (
        "Leicestershire East Midlands Short inspection 7 to 11 December 2026 Announced" in planner.by_id("called").said
    )
    assert planner.by_id("results-count").said.partition(", ")[2].startswith("1 is answered: Ofsted has called, ")
    listed = client.page("/authorities?window=announced&as_at=2026-12-01").by_id("results").said
    assert "Leicestershire" in listed
    assert "Haringey" not in listed


def test_its_window_is_not_among_those_that_open_soon(client: Client):
    opens = "Leicestershire O Outstanding Short 12 Jan 27 to 12 Jan 28"
    assert opens in said(client, "/coming-up?as_at=2026-11-29")
    called = said(client, "/coming-up?as_at=2026-12-01")
    assert opens not in called
    assert "1 is answered: Ofsted has called, is there or has been" in called


def test_its_days_are_in_the_calendar(client: Client):
    text = client.client.get(f"/calendar/{LEICESTERSHIRE}.ics?as_at=2026-12-01").text.replace("\r\n ", "")
    assert "SUMMARY;LANGUAGE=en-GB:Leicestershire: short inspection\\, days on site" in text
    assert "DTSTART;VALUE=DATE:20261207\r\nDTEND;VALUE=DATE:20261212" in text


def test_where_no_pathway_is_known_page_and_reasons_say_why_it_is_announced(app: WebApp, client: Client):
    tell_a_call(app, UNTOUCHED)
    for address in (f"/authorities/{UNTOUCHED}", f"/authorities/{UNTOUCHED}/window"):
        told = said(client, f"{address}?as_at=2026-12-01")
        assert "Ofsted called on 30 November 2026; inspectors are expected on site from 7 to 11 December 2026" in told
        assert "The pathway is not known, so no window is counted" in told


def test_after_the_days_expected_planner_list_and_calendar_say_only_that_it_was_called(client: Client):
    told = client.page("/coming-up?as_at=2026-12-20").by_id("called").said
    assert "Short inspection 7 to 11 December 2026 Called, no more known" in told
    listed = client.page("/authorities?window=report_awaited&as_at=2026-12-20").by_id("results").said
    assert "Called, no more known" in listed
    assert "Called\\, no more known." in client.client.get(f"/calendar/{LEICESTERSHIRE}.ics?as_at=2026-12-20").text


def test_the_entry_of_a_call_is_not_said_to_have_become_public(app: WebApp, client: Client):
    with app.app_context():
        held = current_store().application.authorities.authority(LEICESTERSHIRE).activities
    (called,) = (one for one in held if one.only_called)
    told = said(client, f"/inspections/{called.id}?as_at=2026-11-29")
    assert "Ofsted had not called by 29 November 2026" in told
    assert "Called on 30 November 2026: no report held." in told
    assert "public" not in told.partition("Ofsted had not called")[2]
