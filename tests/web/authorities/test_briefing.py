"""The members' briefing: two sheets on one to five authorities, page and Word, each question with its fact."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import docx
import pytest
from docx.oxml.ns import qn

from domain.plans.action_commands import ReportProgress
from domain.plans.commands import PublishPlan
from domain.values.plans import Progress
from tests.web.client import Client
from tests.web.demo_app import (
    GATESHEAD,
    HARINGEY,
    LEICESTERSHIRE,
    STOCKTON,
    UNTOUCHED,
    demo_app,
    open_plans,
    told,
)
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.signed_in import store_of
from web import WebApp
from web.formats.pills import PAINTS

ON = "as_at=2026-09-02"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("briefing"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def said(client: Client, urn: str, query: str = ON) -> str:
    (sheets,) = client.page(f"/authorities/{urn}/briefing?{query}").all("article")
    return str(sheets.said)


def asked_of(client: Client, urn: str, query: str = ON) -> list[str]:
    page = client.page(f"/authorities/{urn}/briefing?{query}")
    return [
        item.said
        for item in page.all("li")
        if any("briefing__questions" in (one.get("class") or "") for one in item.parents)
    ]


def word_of(client: Client, address: str) -> Any:
    answer = client.client.get(address)
    assert answer.status_code == 200
    return docx.Document(BytesIO(answer.data))


def test_the_answer_comes_first_in_two_sentences(client: Client):
    assert (
        "Ofsted judged Leicestershire outstanding overall in July 2024. A short inspection is expected between January "
        "2027 and January 2028"
    ) in said(client, LEICESTERSHIRE)
    assert "No graded report on Stockton-on-Tees that decides is held here." in said(client, STOCKTON)


def test_after_priority_action_the_inspection_that_follows_it_is_the_next_one(client: Client):
    sheets = said(client, HARINGEY)
    assert "After priority action, a standard inspection is expected 1 December 2026 to 31 January 2028." in sheets
    assert "by the usual interval 24 August 2028 to 24 August 2029" in sheets
    assert asked_of(client, HARINGEY)[-1].endswith("Expected after priority action: 1 December 2026 to 31 January 2028")


def test_every_question_stands_on_a_fact_and_the_gravest_comes_first(client: Client):
    first, *others = asked_of(client, HARINGEY)
    assert first == (
        "Ofsted asked for priority action on “Management oversight of unallocated cases”. What has been done, and what "
        "shows that it works? Fact: Focused visit: front door of 7 to 8 July 2026, public 4 August 2026"
    )
    assert all("Fact: " in one for one in others)
    assert "The action plan was due to Ofsted by 8 June 2026. Where can the panel read it?" in others[0]


def test_what_may_have_been_raised_before_is_asked_as_what_may_have_been(client: Client):
    (first, *_) = asked_of(client, GATESHEAD)
    assert first.startswith("In 2025 Ofsted asked for “What is done for young people of 16 and 17")
    assert "in words like those of an earlier report. Is it the same matter" in first
    assert first.endswith("Fact: Report of 2025, item 1; graded inspection of Jun 2019, item 4")


def test_of_nothing_known_no_question_is_made(client: Client):
    assert asked_of(client, UNTOUCHED) == []
    assert "Questions a member could ask" not in said(client, UNTOUCHED)


def test_a_made_up_plan_is_no_fact(app: WebApp, client: Client):
    assert tell_example_of_2019(store_of(app).application, at=told("example").at) is not None
    store_of(app).projector.catch_up()
    assert not any("in the plan" in one for one in asked_of(client, GATESHEAD, "as_at=2020-06-30"))


def test_what_is_overdue_in_a_published_plan_is_asked_and_what_was_not_published_is_not(app: WebApp, client: Client):
    plan = open_plans(app, [HARINGEY])[HARINGEY]
    door = store_of(app).application
    door.do(
        ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative="Begun.", on=date(2026, 8, 7)), by=told("p")
    )
    store_of(app).projector.catch_up()
    late = "as_at=2028-06-01"
    assert not any("overdue" in one for one in asked_of(client, HARINGEY, late))
    door.do(PublishPlan(plan, on=date(2026, 9, 1)), by=replace(told("published"), actor="approver"))
    store_of(app).projector.catch_up()
    (behind,) = [one for one in asked_of(client, HARINGEY, late) if "overdue" in one]
    assert behind.startswith("1 of 1 action in the plan is overdue, the longest by ")


def test_it_says_what_it_cannot_tell_and_the_address_that_shows_the_same(client: Client):
    page = client.page(f"/authorities/{LEICESTERSHIRE}/briefing")
    (exact,) = [one.said for one in page.all("p") if one.said.startswith("Exactly this page: ")]
    address = urlsplit(exact.removeprefix("Exactly this page: "))
    assert "as_at=" in address.query
    assert "known_at=" in address.query
    now, again = said(client, LEICESTERSHIRE, ""), said(client, LEICESTERSHIRE, address.query)
    assert "Known until 22 August 2026: graded inspections." in again
    assert now.partition("Latest grades")[2] == again.partition("Latest grades")[2]


def test_several_are_briefed_on_together_each_once_and_five_at_most(client: Client):
    page = client.page(f"/briefing?authority={GATESHEAD}&authority=Haringey&authority={GATESHEAD}&{ON}")
    assert [one.said.partition(":")[0] for one in page.all("h2") if "children’s services" in one.said] == [
        "Gateshead",
        "Haringey",
    ]
    identified = [one.get("id") for one in page.all("svg", "title", "desc", "h2", "h3") if one.get("id")]
    assert len(identified) == len(set(identified))
    many = "&".join(f"authority={urn}" for urn in (GATESHEAD, HARINGEY, STOCKTON, LEICESTERSHIRE, UNTOUCHED, "80552"))
    assert client.client.get(f"/briefing?{many}").status_code == 422
    assert client.client.get("/briefing?authority=Atlantis").status_code == 404


def test_without_any_the_authorities_are_chosen_and_empty_boxes_leave_the_address(client: Client):
    assert len(client.page("/briefing").all("input")) >= 5
    answer = client.client.get(f"/briefing?authority={GATESHEAD}&authority=&authority=")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/briefing?authority={GATESHEAD}")
    assert client.client.get("/briefing.docx").status_code == 422


def letters_of(text: str) -> str:
    """A text without blanks and stops, which stand elsewhere on paper than between the marks of a page."""
    return re.sub(r"\W", "", text)


def test_word_says_the_same_with_grades_in_colour_and_in_words(client: Client):
    address = f"/authorities/{GATESHEAD}/briefing.docx?{ON}"
    word = word_of(client, address)
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    page = client.page(f"/authorities/{GATESHEAD}/briefing?{ON}")
    (sheets,) = page.all("article")
    assert headings == [one.said for one in page.all("h2") if one.inside("article")]
    told = [one.text for one in word.paragraphs[1:] if one.style.name == "Normal"]
    assert [text for text in told if letters_of(text) not in letters_of(sheets.said)] == []
    grades = word.tables[0]
    assert [cell.text for cell in grades.rows[1].cells] == ["Overall", "Good", ""]
    (shade,) = grades.rows[1].cells[1]._tc.iter(qn("w:shd"))
    assert shade.get(qn("w:fill")) == PAINTS["tone-good"].ground
    assert word.core_properties.title == "Gateshead: children’s services and Ofsted"
    assert "as at 2 September 2026 · page " in word.sections[0].footer.paragraphs[0].text


def test_word_on_several_begins_each_on_a_page_of_its_own(client: Client):
    word = word_of(client, f"/briefing.docx?authority={GATESHEAD}&authority={HARINGEY}&{ON}")
    breaks = [one for one in word.element.iter(qn("w:br")) if one.get(qn("w:type")) == "page"]
    assert len(breaks) == 1
    assert [one.text for one in word.paragraphs if one.style.name == "Heading 1"] == [
        "Gateshead: children’s services and Ofsted",
        "Haringey: children’s services and Ofsted",
    ]
