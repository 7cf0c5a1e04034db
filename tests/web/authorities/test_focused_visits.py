"""Focused visits by topic: on the national page, in its table and as JSON, for a moment, and at the visit itself."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO

import pytest

from domain.values.activities import Activity
from tests.web.client import HTMX, Client, Document
from tests.web.demo_app import HARINGEY, STOCKTON, told
from tests.web.signed_in import store_of
from web import WebApp

ON = "as_at=2026-09-01"


@pytest.fixture(scope="module")
def app(app: WebApp) -> WebApp:
    """The demonstration, and a visit whose letter names none of the topics."""
    with app.app_context():
        store_of(app).application.authorities.record_focused_visit(
            STOCKTON,
            started_on=date(2025, 11, 4),
            ended_on=date(2025, 11, 5),
            focus="children who need help and protection",
            published_on=date(2025, 12, 9),
            by=told("a visit that names no topic"),
        )
        store_of(app).projector.catch_up()
    return app


def line(page: Document, topic: str) -> list[str]:
    """The cells of one topic: how many, how many with priority action, then by year where there are several."""
    rows = [row for row in page.all("tr") if row.said.startswith(topic)]
    return [cell.said for cell in page.all("td") if cell.parents[-1] in rows]


def test_visits_are_counted_by_topic_and_year(client: Client):
    page = client.page(f"/focused-visits?{ON}")
    visits, urgent, *years = line(page, "Front door")
    assert int(visits) == sum(map(int, years)) > 0
    assert int(urgent) == 2
    assert line(page, "Words that name none of these")[0] == "1"
    assert "children who need help and protection" in page.by_id("results").said
    assert re.search(r"\d+ of the \d+ visits whose topic is known, of \d+ in all", page.by_id("results").said)
    assert "That is of all England; of one authority more may be known." in page.all("main")[0].said


def test_a_topic_a_year_and_a_region_narrow_the_list(client: Client):
    page = client.page(f"/focused-visits?topic=front_door&year=2026&region=London&{ON}")
    assert page.by_id("results-count").said.startswith("1 of ")
    assert page.by_id("visits-heading").said == "1 visit: front door"
    assert "7 to 8 July 2026" in page.by_id("results").said
    none = client.page(f"/focused-visits?topic=placement_decisions&{ON}")
    assert "No focused visit matches." in none.by_id("results").said
    odd = client.page(f"/focused-visits?topic=erewhon&{ON}")
    assert "“erewhon” is not a topic known here" in odd.by_id("results").said


def test_joint_inspections_stand_by_theme_as_far_as_the_day_asked(client: Client):
    joint = client.page(f"/focused-visits?{ON}").by_id("joint").said
    assert "Child exploitation , June 2019 to August 2019 (a theme, for some months): " in joint
    assert "Identification of initial need and risk , since January 2022 (the front door, at any time): " in joint
    then = client.page("/focused-visits?as_at=2019-07-01").by_id("joint").said
    assert "Child exploitation , since June 2019" in then
    assert "Serious youth violence" not in then


def test_the_part_is_a_piece_of_the_page(client: Client):
    address = f"/focused-visits?topic=front_door&{ON}"
    part = client.client.get(address, headers=HTMX).text
    assert part.strip() in client.client.get(address).text


def test_as_at_an_earlier_day_later_visits_and_letters_are_not_shown(client: Client):
    assert "7 to 8 July 2026" not in client.page("/focused-visits?as_at=2026-07-06").all("main")[0].said
    between = client.page("/focused-visits?topic=front_door&year=2026&as_at=2026-07-15")
    assert line(between, "Front door")[1] == "0"
    assert (
        "No focused visit is held for this date." in client.page("/focused-visits?as_at=2009-01-01").all("main")[0].said
    )


def test_the_table_and_the_json_hold_the_same_visits(client: Client):
    rows = list(csv.DictReader(StringIO(client.client.get(f"/focused-visits.csv?{ON}").get_data(as_text=True))))
    document = client.client.get(f"/api/focused-visits?{ON}").get_json()
    assert [row["entry"] for row in rows] == [one["entry"] for one in document["visits"]]
    (front,) = [one for one in document["topics"] if one["topic"] == "front_door"]
    assert front["visits"] == sum("front_door" in row["topics"].split() for row in rows)
    narrowed = client.client.get(f"/focused-visits.csv?topic=front_door&{ON}").get_data(as_text=True)
    assert len(list(csv.DictReader(StringIO(narrowed)))) == front["visits"]


def test_a_visits_own_page_says_its_topic_and_how_it_is_known(app: WebApp, client: Client, officer: Client):
    (visit,) = [one for one in held(app, HARINGEY) if one.start == date(2026, 7, 7)]
    assert "Front door (told from its words, R-037)" in client.page(f"/inspections/{visit.id}").all("main")[0].said
    (other,) = [one for one in held(app, STOCKTON) if one.start == date(2025, 11, 4)]
    address = f"/authorities/{STOCKTON}/entries/{other.id}/correct/topics"
    page = officer.page(address)
    hidden = {box.get("name"): box.get("value") for box in page.all("input") if box.get("type") == "hidden"}
    sent = hidden | {"topics": ["front_door", "children_in_need"], "reason": "Page 2.", "source_title": "The letter"}
    assert officer.client.post(address, data=sent).status_code == 303
    shown = client.page(f"/inspections/{other.id}").all("main")[0].said
    assert "Front door; Children in need or on a protection plan (chosen by an officer, R-037)" in shown


def held(app: WebApp, urn: str) -> tuple[Activity, ...]:
    return store_of(app).application.authorities.authority(urn).activities
