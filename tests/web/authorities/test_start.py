"""The start page, the list of authorities, and what sources disagree on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import render_template

from domain.rulebook.results import Pathway
from domain.values.activities import Status
from projections.engine.answers import DisagreementRow, FileRow
from tests.web.client import HTMX, Client, Document, check_elements
from tests.web.demo_app import HARINGEY
from tests.web.examples import MOMENT, REGISTER_ANSWER, TIMELINE_ANSWER, TYNEHAVEN
from web import WebApp
from web.authorities.disagreements import sections, unsettled
from web.site import reader
from web.site.about import newest_first
from web.start.figures import windows_told
from web.words.file_formats import CALLED, Layout
from web.words.register import RegisterAsked, by_judgement, by_pathway, rows

# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_every_current_authority_within_120_kilobytes(client: Client):
    response = client.client.get("/authorities")
    assert len(response.data) <= 120 * 1024
    page = client.page("/authorities")
    assert len([row for row in page.all("tr") if row.inside("tbody")]) == 153
    assert page.by_id("results-count").said == "153 authorities"


@pytest.mark.parametrize("asked", ["haring", "HARINGEY", HARINGEY, "E09000014", "309"])
def test_a_search_for_one_authority_goes_straight_to_it(client: Client, asked: str):
    answer = client.client.get(f"/authorities?q={asked}&as_at=2026-01-01")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/authorities/{HARINGEY}?as_at=2026-01-01")
    part = client.client.get(f"/authorities?q={asked}", headers=HTMX).text
    assert 'role="status">1 of 153 authorities</p>' in part


def test_a_search_with_another_filter_stays_on_the_list(client: Client):
    page = client.page("/authorities?q=haring&region=London")
    assert page.by_id("results-count").said == "1 of 153 authorities"


def test_a_search_one_letter_off_asks_whether_it_is_meant(client: Client):
    page = client.page("/authorities?q=haringay")
    assert page.by_id("results-count").said == "1 of 153 authorities"
    assert "No authority is called “haringay”. One letter from it:" in page.by_id("results").said


def test_a_search_finds_by_region(client: Client):
    page = client.page("/authorities?q=yorkshire")
    listed = [row.said for row in page.all("tr") if row.inside("tbody")]
    assert len(listed) == 15
    assert all("Yorkshire" in row for row in listed)
    assert "North Yorkshire" in " ".join(listed[:2])


def test_a_search_for_an_abolished_authority_leads_to_those_that_follow_it(client: Client):
    page = client.page("/authorities?q=cumbria")
    assert page.by_id("results-count").said == "2 of 153 authorities"
    said = page.by_id("results").said
    assert "Cumbria ended on 1 April 2023, followed by Cumberland and Westmorland and Furness" in said
    assert "follows Cumbria" in said
    assert [link.get("href") for link in page.all("a") if link.said == "Cumbria"] == ["/authorities/80457"]
    before = client.client.get("/authorities?q=cumbria&as_at=2020-01-01")
    assert before.headers["Location"] == "/authorities/80457?as_at=2020-01-01"


def test_suggestions_are_a_page_and_a_part_with_the_grade_of_each(client: Client):
    page = client.page("/authorities/suggestions?q=leics")
    (link,) = [link for link in page.all("a") if "Leicestershire" in link.said]
    assert link.get("href") == "/authorities/80483"
    part = client.client.get("/authorities/suggestions?q=leics", headers=HTMX).text
    assert part in client.client.get("/authorities/suggestions?q=leics").text
    assert "No authority is known by" in client.page("/authorities/suggestions?q=erewhon").all("main")[0].said
    assert "Two letters" in client.page("/authorities/suggestions?q=l").all("main")[0].said


@pytest.mark.parametrize("name", ["region", "pathway", "judgement", "window"])
def test_a_filter_value_that_does_not_exist_narrows_nothing_and_is_said(client: Client, name: str):
    page = client.page(f"/authorities?{name}=erewhon")
    assert page.by_id("results-count").said == "153 authorities"
    assert f"“erewhon” is not a {name} known here, so it was left out." in page.by_id("results").said
    links = [link for link in page.all("a") if "erewhon" in (link.get("href") or "")]
    assert [link.said for link in links] == ["Link to exactly this"]


def test_empty_fields_leave_the_address(client: Client):
    answer = client.client.get("/authorities?q=east&region=&pathway=&window=")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/authorities?q=east")
    part = client.client.get("/authorities?q=east&region=&pathway=", headers=HTMX)
    assert part.headers["HX-Push-Url"] == "/authorities?q=east"


def test_filters_narrow_the_list_together(client: Client):
    page = client.page("/authorities?region=London&pathway=good_or_outstanding")
    listed = [row.said for row in page.all("tr") if row.inside("tbody")]
    assert listed
    assert all("London" in row and "Good or outstanding" in row for row in listed)


def test_a_search_that_finds_nothing_says_what_to_do(client: Client):
    page = client.page("/authorities?q=erewhon")
    assert page.by_id("results-count").said == "0 of 153 authorities"
    assert any("No authority matches" in paragraph.said for paragraph in page.all("p"))


def test_the_sorted_column_is_announced_and_sorts_the_other_way_next(client: Client):
    page = client.page("/authorities?sort=region")
    (sorted_by,) = [heading for heading in page.all("th") if heading.get("aria-sort")]
    assert (sorted_by.said, sorted_by.get("aria-sort")) == ("Region", "ascending")
    (link,) = [link for link in page.all("a") if link.said == "Region"]
    assert link.get("href") == "/authorities?sort=region&order=descending"


def test_an_unknown_order_is_by_name():
    assert RegisterAsked.of({"sort": "secret"}).sort == "name"


# --- the start page ---------------------------------------------------------------------------------------------------


def test_the_start_page_says_how_few_histories_are_held_and_how_to_load_more(client: Client):
    page = client.page("/")
    (held,) = [element for element in page.all("div") if element.get("class") == "note"]
    assert "We hold the history of 5 of 153 authorities." in held.said
    (link,) = [link for link in page.all("a") if link.said == "How to load published files"]
    address, _, place = (link.get("href") or "").partition("#")
    assert client.page(address).by_id(place).said == "Loading published files"


def test_the_counts_of_the_start_page_are_drawn_to_one_scale():
    (row,) = rows(REGISTER_ANSWER.rows, date(2026, 11, 22))
    found = tuple(
        replace(row, pathway=pathway, judgement=judgement)
        for pathway, judgement in [(Pathway.INADEQUATE, "good"), (Pathway.INADEQUATE, "inadequate")]
    )
    pathways = {bar.value: bar.length for bar in by_pathway(found)}
    judgements = {bar.value: bar.length for bar in by_judgement(found)}
    assert (pathways["inadequate"], judgements["good"], judgements["inadequate"]) == (100, 50, 50)


def test_the_files_read_are_in_order_of_the_day_they_were_read():
    def file(name: str, read_on: date | None, opened: int) -> FileRow:
        at = datetime(2026, 9, opened, tzinfo=UTC)
        return FileRow(name, "digest", "d2i_overview", at, read_on is not None, read_on, 1, 0)

    files = [
        file("cut short", None, 9),
        file("old, opened first", date(2024, 3, 31), 1),
        file("new", date(2026, 8, 4), 2),
        file("old, opened later", date(2024, 3, 31), 3),
    ]
    assert [row.name for row in newest_first(files)] == ["new", "old, opened later", "old, opened first", "cut short"]


def test_the_files_read_have_their_formats_in_words(client: Client):
    page = client.page("/about/sources")
    assert "History document" in [cell.said for cell in page.all("td")]
    assert set(CALLED) == {layout.value for layout in Layout}


def test_a_rule_names_its_months_with_a_capital(client: Client):
    text = client.page("/about/rules").all("main")[0].said
    assert re.search(r"From 1 [A-Z][a-z]+ \d{4}", text)
    assert not re.search(r"(From|until) \d+ [a-z]", text)


# --- disagreements ----------------------------------------------------------------------------------------------------


def test_disagreements_are_listed_by_authority_and_entry_with_both_sides():
    disputed = next(entry.activity for entry in TIMELINE_ANSWER.entries if entry.activity.disagreements)
    rows = [DisagreementRow(TYNEHAVEN, disputed, one) for one in disputed.disagreements]
    (section,) = sections(rows)
    (entry,) = section.entries
    assert (section.name, entry.id) == ("Tynehaven", disputed.id)
    for told in entry.disputes:
        assert len({side.value for side in told.sides}) > 1
        assert [side.value for side in told.sides if side.held]
        assert all(side.source and side.read for side in told.sides)


def test_the_page_of_disagreements_links_to_authority_and_entry_and_says_what_is_settled(app: WebApp):
    disputed = next(entry.activity for entry in TIMELINE_ANSWER.entries if entry.activity.disagreements)
    one = disputed.disagreements[0]
    told = [DisagreementRow(TYNEHAVEN, disputed, replace(one, settled=settled)) for settled in (False, True)]
    with app.test_request_context("/disagreements"):
        html = render_template(
            "authorities/disagreements/page.html",
            asked=reader.now(),
            moment=MOMENT,
            sections=sections(told),
            total=2,
            unsettled=unsettled(told),
        )
    page = Document(html)
    check_elements(page)
    said = page.all("main")[0].said
    assert "1 value that differs between sources, and 1 value settled, corrected or withdrawn, of 1 authority" in said
    assert "Nobody has decided yet" in said
    assert "Decided by an officer" in said
    assert "Ofsted statistics, read 25 September 2025" in said
    addresses = {link.get("href") for link in page.all("a")}
    assert {"/authorities/80999", f"/inspections/{disputed.id}#disagreements"} <= addresses


def test_what_is_settled_or_about_a_withdrawn_entry_is_not_counted_as_open():
    disputed = next(entry.activity for entry in TIMELINE_ANSWER.entries if entry.activity.disagreements)
    one = replace(disputed.disagreements[0], settled=False)
    assert unsettled([DisagreementRow(TYNEHAVEN, disputed, one)]) == 1
    assert unsettled([DisagreementRow(TYNEHAVEN, disputed, replace(one, settled=True))]) == 0
    withdrawn = replace(disputed, status=Status.WITHDRAWN)
    assert unsettled([DisagreementRow(TYNEHAVEN, withdrawn, one)]) == 0


def test_the_start_page_leads_to_the_disagreements_it_counts_on_the_same_day(client: Client):
    page = client.page("/?as_at=2019-01-01")
    (link,) = [link for link in page.all("a") if "between sources" in link.said]
    assert link.get("href") == "/disagreements?as_at=2019-01-01"
    there = client.page("/disagreements?as_at=2019-01-01").all("main")[0].said
    number = link.said.split()[0]
    assert number == "0" or f"{number} value" in there
    assert "You are looking at 1 January 2019" in there


@pytest.mark.parametrize("by", ["grade", "pathway"])
def test_the_map_has_a_tile_for_each_authority_and_the_numbers_of_the_counts_beside_it(client: Client, by: str):
    page = client.page("/" if by == "grade" else "/?by=pathway&as_at=2026-09-13")
    (drawn,) = [one for one in page.all("svg") if one.get("class") == "tiles"]
    tiles = [link for link in page.all("a") if link.inside("svg")]
    assert len(tiles) == 153
    assert {link.get("tabindex") for link in tiles} == {"-1"}
    assert all(("as_at=2026-09-13" in (link.get("href") or "")) == (by == "pathway") for link in tiles)
    desc = page.by_id("map-d").said
    counts = [row.said.split() for row in page.all("tr") if row.inside("tbody") and row.inside("section")][:5]
    told = [(" ".join(said[:-1]).lower(), said[-1]) for said in counts if said[-1].isdigit()]
    assert told
    assert drawn.get("aria-labelledby") == "map-t map-d"
    assert all(f"{number} {label}" in desc for label, number in told[:2])


def test_an_unknown_way_to_draw_the_map_is_by_grade(client: Client):
    assert "by their latest overall grade" in client.page("/?by=secret").by_id("map-t").said


def test_the_list_of_authorities_can_be_kept_as_a_table(client: Client):
    lines = client.client.get("/authorities.csv?q=cumbria").text.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("urn,authority,region,pathway,judgement")
    assert [line.split(",")[1] for line in lines[1:3]] == ["Cumberland", "Westmorland and Furness"]


@pytest.mark.parametrize(
    ("numbers", "said", "silent"),
    [
        ((3, 2, 0, 0), "2 are past their end: Ofsted is later than its policy", "not known"),
        ((0, 0, 4, 0), "Of 4 more it is not known", "past their end"),
        ((1, 0, 0, 1), "1 inspection is called", "past"),
    ],
)
def test_the_windows_are_told_as_far_as_they_are_known(numbers: tuple[int, int, int, int], said: str, silent: str):
    told = windows_told(*numbers)
    assert said in told
    assert silent not in told
