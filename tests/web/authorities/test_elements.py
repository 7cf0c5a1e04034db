"""The five elements on an authority's page, on a page of their own and as JSON, and the forms that tell of them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.values.roles import Role
from tests.web.authorities.story import AUTHORITY
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, HARINGEY, STOCKTON, UNTOUCHED
from tests.web.meetings.story import SECRET, client_of, day, erase, sent
from web import WebApp
from web.words.elements import QUESTIONS

SYSTEM = f"{AUTHORITY}/system"
RECORD = f"/authorities/{GATESHEAD}/record"
SOURCE = {"source_title": "Minutes"}


def said(client: Client, address: str) -> str:
    return client.page(address).all("main")[0].said


def elements(client: Client, urn: str, query: str = "") -> dict[str, dict]:
    answer = client.client.get(f"/api/authorities/{urn}/elements{query}").get_json()
    return {one["element"]: one for one in answer["elements"]}


def test_the_page_of_an_authority_has_the_five_in_one_strip_and_leads_to_the_picture(client: Client):
    page = client.page(AUTHORITY)
    (strip,) = [one for one in page.all("ol") if one.get("class") == "app-five"]
    for name in ("Self-evaluation", "Annual engagement meeting", "What Ofsted holds", "Inspection", "Focused visits"):
        assert name in strip.said
    assert any(link.get("href") == SYSTEM for link in page.all("a"))


@pytest.mark.parametrize("urn", [HARINGEY, STOCKTON, UNTOUCHED])
def test_the_picture_has_a_sentence_before_it_and_a_table_after_it_that_says_the_same(client: Client, urn: str):
    page = client.page(f"/authorities/{urn}/system")
    pictures = [one for one in page.all("svg") if one.get("role") == "img"]
    assert [one.get("class") for one in pictures] == ["app-cycle__wide", "app-cycle__narrow"]
    told = {one["element"]: one for one in client.client.get(f"/api/authorities/{urn}/elements").get_json()["elements"]}
    rows = [one.said for one in page.all("tr")]
    for name, element in (("Self-evaluation", "self_evaluation"), ("Inspection", "inspection")):
        row = next(row for row in rows if row.startswith(name))
        assert all(sentence in row for sentence in told[element]["not_known"])
    (described, narrow) = [one.said for one in page.all("desc")]
    assert described == narrow
    assert described.endswith("The table below says the same.")


def test_what_ofsted_holds_is_said_not_to_be_ours_and_what_goes_in_has_its_sources(client: Client):
    text = said(client, SYSTEM)
    assert "It is not the LAIT" in text
    assert "never published: nothing in it is known here" in text
    assert "Peterborough committee paper, 21 March 2018" in text


def test_the_picture_of_an_earlier_day_shows_nothing_that_came_later(client: Client):
    then = elements(client, HARINGEY, "?as_at=2019-06-01")
    assert [one["to"] for one in then["inspection"]["done"]] == ["2018-11-09"]
    assert "Since the inspection that ended on 9 November 2018" in said(client, f"{SYSTEM}?as_at=2019-06-01")


def test_a_self_evaluation_is_told_with_its_three_answers_which_people_with_a_role_read_and_which_can_be_erased(
    app: WebApp,
):
    officer, member, public = client_of(app, Role.OFFICER), client_of(app, Role.MEMBER), client_of(app)
    form = {**day("shared", date(2026, 2, 3)), "known": SECRET, "plans": "More supervision", **SOURCE}
    sent(officer, f"{RECORD}/self-evaluation", form)
    (held,) = elements(public, GATESHEAD)["self_evaluation"]["done"]
    entry, system = f"/inspections/{held['entry']}", f"/authorities/{GATESHEAD}/system"
    for address in (entry, system):
        text = said(member, address)
        assert f"{QUESTIONS['known']} {SECRET}" in text
        assert f"{QUESTIONS['plans']} More supervision" in text
        assert QUESTIONS["how_known"] not in text
        for nobody in (public.client.get(address).text, public.client.get(f"/api{system}").text):
            assert "Zebediah" not in nobody
            assert QUESTIONS["known"] not in nobody
    assert "The answers to two of the three questions are held here." in said(member, f"/authorities/{GATESHEAD}")
    erase(app, member, entry)
    assert "Zebediah" not in member.client.get(system).text


def test_a_meeting_is_told_with_what_it_covered_and_its_topics_for_visits(app: WebApp):
    officer, public = client_of(app, Role.OFFICER), client_of(app)
    held = {**day("held", date(2026, 3, 3)), "parts": ["education", "social_care"], "visit_topics": "Front door"}
    sent(officer, f"{RECORD}/engagement-meeting", {**held, **day("following", date(2027, 3, 2)), **SOURCE})
    text = said(officer, f"/authorities/{GATESHEAD}/system")
    assert "It covered children’s social care and education." in text
    assert "Topics for focused visits: Front door." in text
    assert "Next meeting: 2 March 2027." in text
    assert "Front door" not in public.client.get(f"/authorities/{GATESHEAD}/system").text
    told = elements(public, GATESHEAD)["engagement_meeting"]
    assert [row["activity"] for row in told["left"]] == ["engagement_meeting", "engagement_letter"]


def test_a_return_of_data_is_told_by_its_day_alone_and_shown_under_its_name(app: WebApp):
    officer, public = client_of(app, Role.OFFICER), client_of(app)
    census = {"kind": "Children in need census", **day("returned_on", date(2026, 7, 30)), **SOURCE}
    sent(officer, f"{RECORD}/data-return", census)
    other = {"kind": "another", "called": "Fostering return", **day("returned_on", date(2026, 6, 1)), **SOURCE}
    sent(officer, f"{RECORD}/data-return", other)
    text = said(public, f"/authorities/{GATESHEAD}/system")
    assert "last data return recorded: Children in need census, 30 July 2026" in text
    assert "Another return as recorded Fostering return, 1 June 2026" in text
    assert "already recorded" in sent(officer, f"{RECORD}/data-return", census, status=422)
    nameless = sent(officer, f"{RECORD}/data-return", other | {"called": ""}, status=422)
    assert "Enter below what the other return is called." in nameless
    named_twice = sent(officer, f"{RECORD}/data-return", census | {"called": "Census"}, status=422)
    assert "Choose “Another return”" in named_twice


def test_answers_are_added_to_a_self_evaluation_recorded_before_and_one_of_three_is_asked_for(app: WebApp):
    officer = client_of(app, Role.OFFICER)
    sent(officer, f"/authorities/{STOCKTON}/record/self-evaluation", {**day("shared", date(2026, 2, 3)), **SOURCE})
    (held,) = elements(officer, STOCKTON)["self_evaluation"]["done"]
    form = {"activity": held["entry"], **SOURCE}
    address = f"/authorities/{STOCKTON}/record/self-evaluation-answers"
    assert "at least one of the three questions" in sent(officer, address, form, status=422)
    sent(officer, address, form | {"how_known": "By audits"})
    assert f"{QUESTIONS['how_known']} By audits" in said(officer, f"/inspections/{held['entry']}")


def test_what_is_left_says_from_when_it_would_be_late(app: WebApp):
    officer, public = client_of(app, Role.OFFICER), client_of(app)
    sent(officer, f"{AUTHORITY}/record/engagement-meeting", {**day("held", date(2026, 8, 3)), **SOURCE})
    text = said(public, SYSTEM)
    assert "so the next is due by 3 August 2027 (inferred)." in text
    assert "Late from 3 September 2027; very late from 3 November 2027." in text
    assert "The letter is not published; nothing recorded here says that it came." in text
