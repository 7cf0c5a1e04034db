"""The page that gives the address of a calendar, and the links to it."""

from __future__ import annotations

import html

import pytest

from tests.web.client import Client
from tests.web.demo_app import HARINGEY
from tests.web.outlook.calendars import CUMBRIA, LEEDS


def test_the_page_gives_the_address_of_what_was_chosen(client: Client):
    page = client.page(f"/coming-up/calendars?urn={HARINGEY}")
    assert page.by_id("address").get("value") == f"http://localhost/calendar/{HARINGEY}.ics"
    page = client.page(f"/coming-up/calendars?urn={HARINGEY}&urn={LEEDS}&region=London&pathway=inadequate")
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
    page = client.page("/coming-up/calendars")
    assert len([box for box in page.all("input") if box.get("type") == "checkbox"]) == 153
    assert page.by_id("address") is None
    answer = client.client.get(f"/coming-up/calendars?urn={HARINGEY}&region=&pathway=")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/coming-up/calendars?urn={HARINGEY}")
    assert client.client.get("/coming-up/calendars?region=&pathway=").headers["Location"] == "/coming-up/calendars"


def test_an_address_with_a_date_in_it_is_said_to_stand_still(client: Client):
    page = client.page(f"/coming-up/calendars?urn={HARINGEY}&urn={LEEDS}&as_at=2025-09-01")
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
    page = client.page(f"/coming-up/calendars?{query}", status=status)
    assert words in page.all("main")[0].said


@pytest.mark.parametrize(("name", "value"), [("region", "Wessex"), ("pathway", "fine")])
def test_a_filter_that_does_not_exist_is_left_out_of_the_page_s_calendar_and_said(client: Client, name, value):
    page = client.page(f"/coming-up/calendars?{name}={value}")
    assert f"“{value}” is not a {name} known here, so it was left out." in page.all("main")[0].said
    assert not [one for one in page.all("input") if one.get("id") == "address"], "nothing is left to make one of"
    page = client.page(f"/coming-up/calendars?{name}={value}&urn={HARINGEY}")
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
    assert link.get("href") == f"/coming-up/calendars?urn={HARINGEY}"
    (found,) = [one for one in page.all("link") if one.get("type") == "text/calendar"]
    assert (found.get("rel"), found.get("href")) == ("alternate", f"/calendar/{HARINGEY}.ics")
    abolished = client.page(f"/authorities/{CUMBRIA}")
    assert not [one for one in abolished.all("link") if one.get("type") == "text/calendar"]
