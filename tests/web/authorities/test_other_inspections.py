"""Inspections by others on pages: told by form, a lane of their own, never as grades, found by what they found."""

from __future__ import annotations

import pytest

from tests.web.authorities.story import entries
from tests.web.client import Client
from tests.web.demo_app import STOCKTON

AUTHORITY = f"/authorities/{STOCKTON}"
SOURCE = {"source_title": "The report itself", "source_url": "https://reports.example/stockton"}


def day(name: str, text: str) -> dict[str, str]:
    return {f"{name}-{part}": said for part, said in zip(("day", "month", "year"), text.split(), strict=True)}


AREA_SEND = {
    "command": "6a1f3c2e-1111-4222-8333-a44445555661",
    **day("started_on", "24 6 2024"),
    **day("ended_on", "28 6 2024"),
    **day("published_on", "2 9 2024"),
    "found": "3",
    **SOURCE,
}
YOUTH = {
    "command": "6a1f3c2e-1111-4222-8333-a44445555662",
    **day("published_on", "4 2 2025"),
    "overall": "Requires improvement",
    **SOURCE,
}
HOME = {
    "command": "6a1f3c2e-1111-4222-8333-a44445555663",
    **day("published_on", "5 3 2025"),
    "what": "childrens_home",
    "title": "Rosewood",
    "rating": "Good",
    **SOURCE,
}


@pytest.fixture
def told(officer: Client) -> Client:
    """With one of each recorded, each of them sent twice."""
    before = entries(officer, AUTHORITY)
    for kind, form in (("area-send", AREA_SEND), ("youth-justice", YOUTH), ("other-inspection", HOME)):
        for _ in range(2):
            answer = officer.client.post(f"{AUTHORITY}/record/{kind}", data=form)
            assert answer.status_code == 303, answer.text
    assert len(entries(officer, AUTHORITY)) in (len(before) + 3, len(before))
    return officer


def test_each_stands_on_the_timeline_with_what_it_found_and_its_link(told: Client):
    page = told.page(f"{AUTHORITY}?kind=others").all("main")[0].said
    assert "Outcome 3: widespread or systemic failings." in page
    assert "Rated by HM Inspectorate of Probation: Overall: requires improvement." in page
    assert "Children’s home: Rosewood" in page
    assert "Inspected by Ofsted." in page
    assert "https://reports.example/stockton" in told.client.get(f"{AUTHORITY}?kind=others").text


def test_each_has_a_lane_of_its_own_in_the_picture(told: Client):
    picture = told.page(AUTHORITY).all("figure")[0].said
    for lane in ("Area SEND", "Youth justice", "Others’ inspections"):
        assert lane in picture


def test_an_entry_names_the_scale_and_says_what_it_is_not(told: Client):
    found = {}
    for address in entries(told, f"{AUTHORITY}?kind=others"):
        page = told.page(address)
        found[page.all("h1")[0].said] = page.all("main")[0].said
    assert "Outcomes of area SEND inspections are no grades." in found["Area SEND inspection"]
    assert "They are its own and not Ofsted’s grades." in found["Youth justice inspection"]
    assert "HM Inspectorate of Probation" in found["Youth justice inspection"]


def test_what_follows_an_area_send_inspection_is_told_about_and_as_inferred(told: Client):
    whole = told.page(AUTHORITY)
    assert "/coming-up#near" in [link.get("href") for link in whole.all("a") if link.said == "Who comes when"]
    page = whole.all("main")[0].said
    assert "Area SEND full inspection by about 24 June 2027" in page
    assert "Area SEND monitoring inspection by about 2 March 2026" in page
    assert "so nothing says whether one took place (R-078)" in page


def test_nothing_that_is_expected_of_ofsted_is_another_for_it(officer: Client, told: Client):
    keys = ("pathway", "expected_next", "judgements", "governing_inspection_published")
    now = told.client.get(f"/api{AUTHORITY}").json
    before = told.client.get(f"/api{AUTHORITY}?known_at=2026-08-31").json
    assert {key: now[key] for key in keys} == {key: before[key] for key in keys}


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("send=3", True),
        ("send=1", False),
        ("send=none_held", False),
        ("youth=requires_improvement", True),
        ("youth=good", False),
        ("send=3&youth=requires_improvement", True),
    ],
)
def test_the_list_is_narrowed_by_what_they_found(told: Client, asked: str, there: bool):
    assert ("Stockton-on-Tees" in told.page(f"/authorities?{asked}").by_id("results").said) is there


def test_a_day_before_the_report_shows_no_outcome(told: Client):
    before = told.page(f"{AUTHORITY}?as_at=2024-09-01").all("main")[0].said
    assert "Area SEND inspection" in before
    assert "widespread" not in before


@pytest.mark.parametrize(
    ("kind", "form", "why"),
    [
        ("area-send", AREA_SEND | {"published_on-year": "2023"}, "out of order"),
        ("area-send", AREA_SEND | {"found": "4"}, "choose from the answers offered"),
        ("youth-justice", YOUTH | {"overall": ""}, "Select the overall rating."),
        ("other-inspection", HOME | {"source_url": ""}, "Enter the web address of the report."),
        ("other-inspection", HOME | {"what": "another", "title": ""}, "Say who inspected, and what was inspected."),
    ],
)
def test_what_is_wrong_is_said(officer: Client, kind: str, form: dict[str, str], why: str):
    form = form | {"command": "6a1f3c2e-1111-4222-8333-a44445555699"}
    page = officer.post(f"{AUTHORITY}/record/{kind}", form, status=422)
    assert why in page.all("main")[0].said
