"""What people see: each page's promises, kept for every page the product has."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from inspect import BoundArguments, signature
from typing import Any, cast
from uuid import UUID

import pytest
from flask import render_template

from domain.authorities.commands import AuthorityCommands
from domain.rulebook.results import Pathway
from domain.values.activities import Status
from domain.values.judgements import Judgements
from domain.values.roles import Role
from projections.engine.answers import DisagreementRow, FileRow
from tests import CHECKOUT
from tests.web.client import HTMX, Client, Document, check_elements
from tests.web.demo_app import HARINGEY, STOCKTON, UNTOUCHED, demo_app
from tests.web.examples import ILACS_2024, MOMENT, REGISTER_ANSWER, SIF_2014, STANDING, TIMELINE_ANSWER, TYNEHAVEN
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.authorities.chart import chart
from web.authorities.disagreements import sections, unsettled
from web.authorities.recording import RECORDS
from web.site import reader
from web.site.about import newest_first
from web.words.file_formats import CALLED, Layout
from web.words.judgement_table import judgement_table
from web.words.register import RegisterAsked, by_judgement, by_pathway, rows
from web.words.timeline import lines

AUTHORITY = f"/authorities/{HARINGEY}"
RECORD_PAGES = tuple(f"{AUTHORITY}/record/{kind}" for kind in RECORDS)
PAGES = (
    "/",
    "/authorities",
    "/planner",
    "/planner?month=2020-03&as_at=2020-01-15",
    "/disagreements",
    "/calendar",
    f"/calendar?urn={HARINGEY}&region=London",
    AUTHORITY,
    f"/authorities/{UNTOUCHED}",
    f"{AUTHORITY}/suppose",
    f"{AUTHORITY}/suppose?suppose=visit&day=2027-01-12",
    f"{AUTHORITY}/window",
    f"/authorities/{UNTOUCHED}/window",
    f"{AUTHORITY}/record",
    *RECORD_PAGES,
    "/about",
    "/about/rules",
    "/about/sources",
    "/accessibility",
    "/help/glossary",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("store"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


@pytest.fixture
def officer(app: WebApp) -> Client:
    """A client in which an officer for all authorities is signed in."""
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER, office="Improvement officer, Tees Valley"))
    return client


def entries(client: Client, address: str = AUTHORITY) -> list[str]:
    """The addresses of the entries on an authority's timeline, in order."""
    text = client.client.get(address).text
    return re.findall(r'<h3><a href="(/inspections/[0-9a-f-]{36})', text)


# --- every page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole(client: Client, officer: Client, address: str):
    officer.page(address)
    if "/record" not in address:
        client.page(address)


def test_every_entry_has_a_page_of_its_own_that_leads_back_to_its_authority(client: Client):
    found = entries(client)
    assert len(found) >= 7
    for address in found:
        page = client.page(address)
        assert any(link.get("href") == AUTHORITY for link in page.all("a"))


@pytest.mark.parametrize("address", ["/", "/authorities", AUTHORITY, f"{AUTHORITY}/window"])
def test_no_page_needs_an_inline_style_or_script(client: Client, address: str):
    page = client.page(address)
    assert not [element for element in page.elements if element.get("style") is not None]
    assert not page.all("style")
    assert all(script.get("src") for script in page.all("script"))


@pytest.mark.parametrize(
    "address",
    [
        "/authorities",
        "/authorities?q=har&sort=opens",
        "/planner?region=London",
        AUTHORITY,
        f"{AUTHORITY}?kind=visits",
    ],
)
def test_every_part_is_a_piece_of_its_page(client: Client, address: str):
    client.part(address)


# --- the moment -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["as_at=yesterday", "as_at=2025-13-01", "known_at=1", "as_at=1850-01-01", "as_at=\ud800"]
)
@pytest.mark.parametrize("address", ["/", "/authorities", "/planner", "/calendar", AUTHORITY, f"{AUTHORITY}/window"])
def test_a_date_that_is_none_is_answered_with_what_to_enter(client: Client, address: str, query: str):
    page = client.page(f"{address}?{query.encode('utf-8', 'replace').decode()}", status=422)
    assert any("for example 2025-03-01" in paragraph.said for paragraph in page.all("p"))


@pytest.mark.parametrize("address", ["/", "/authorities?q=har", "/disagreements", AUTHORITY, f"{AUTHORITY}/window"])
def test_a_date_that_is_none_leaves_a_way_back_to_the_page_without_dates(client: Client, address: str):
    joined = "&" if "?" in address else "?"
    page = client.page(f"{address}{joined}as_at=1900-01-01&known_at=soon", status=422)
    (back,) = [link for link in page.all("a") if link.said == "Go to the page you asked for, as at today"]
    assert back.get("href") == address


def test_a_page_of_an_earlier_day_says_so_and_counts_what_it_leaves_out(client: Client):
    page = client.page(f"{AUTHORITY}?as_at=2019-01-01")
    (banner,) = [element for element in page.all("div") if element.get("class") == "app-banner"]
    assert "You are looking at 1 January 2019" in banner.said
    assert re.search(r"\d+ later changes are not shown. See them", banner.said)
    assert len(entries(client, f"{AUTHORITY}?as_at=2019-01-01")) < len(entries(client))


def test_links_on_a_page_of_an_earlier_day_stay_on_that_day(client: Client):
    for address in entries(client, f"{AUTHORITY}?as_at=2019-01-01"):
        assert client.client.get(f"{address}?as_at=2019-01-01").status_code == 200
    page = client.page("/authorities?as_at=2019-01-01")
    to_authorities = [
        link.get("href") or "" for link in page.all("a") if re.match(r"/authorities/\d", link.get("href") or "")
    ]
    assert to_authorities
    assert all(address.endswith("?as_at=2019-01-01") for address in to_authorities)


# --- the list -------------------------------------------------------------------------------------------------------


def test_the_list_shows_every_current_authority_within_120_kilobytes(client: Client):
    response = client.client.get("/authorities")
    assert len(response.data) <= 120 * 1024
    page = client.page("/authorities")
    assert len([row for row in page.all("tr") if row.inside("tbody")]) == 153
    assert page.by_id("results-count").said == "153 authorities"


def test_a_search_finds_by_any_part_of_the_name_and_by_codes(client: Client):
    for asked in ("haring", "HARINGEY", HARINGEY, "E09000014"):
        page = client.page(f"/authorities?q={asked}")
        assert page.by_id("results-count").said == "1 of 153 authorities", asked


def test_a_search_finds_by_region(client: Client):
    page = client.page("/authorities?q=yorkshire")
    listed = [row.said for row in page.all("tr") if row.inside("tbody")]
    assert len(listed) == 15
    assert all("Yorkshire" in row for row in listed)


def test_a_search_for_an_abolished_authority_leads_to_its_page(client: Client):
    page = client.page("/authorities?q=cumbria")
    assert page.by_id("results-count").said == "0 of 153 authorities"
    assert "Cumbria ceased to exist on 1 April 2023." in page.by_id("results").said
    assert [link.get("href") for link in page.all("a") if link.said == "Cumbria"] == ["/authorities/80457"]
    before = client.page("/authorities?q=cumbria&as_at=2020-01-01")
    assert "ceased to exist" not in before.by_id("results").said


@pytest.mark.parametrize("name", ["region", "pathway", "judgement", "window"])
def test_a_filter_value_that_does_not_exist_narrows_nothing_and_is_said(client: Client, name: str):
    page = client.page(f"/authorities?{name}=erewhon")
    assert page.by_id("results-count").said == "153 authorities"
    assert f"“erewhon” is not a {name} known here, so it was left out." in page.by_id("results").said
    links = [link for link in page.all("a") if "erewhon" in (link.get("href") or "")]
    assert [link.said for link in links] == ["Link to exactly this"]


def test_empty_fields_leave_the_address(client: Client):
    answer = client.client.get("/authorities?q=har&region=&pathway=&window=")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/authorities?q=har")
    part = client.client.get("/authorities?q=har&region=&pathway=", headers=HTMX)
    assert part.headers["HX-Push-Url"] == "/authorities?q=har"


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


# --- the start page -------------------------------------------------------------------------------------------------


def test_the_start_page_says_how_few_histories_are_held_and_how_to_load_more(client: Client):
    page = client.page("/")
    (held,) = [element for element in page.all("div") if element.get("class") == "govuk-inset-text"]
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


# --- disagreements --------------------------------------------------------------------------------------------------


def test_disagreements_are_listed_by_authority_and_entry_with_both_sides():
    disputed = next(entry.activity for entry in TIMELINE_ANSWER.entries if entry.activity.disagreements)
    rows = [DisagreementRow(TYNEHAVEN, disputed, one) for one in disputed.disagreements]
    (section,) = sections(rows)
    (entry,) = section.entries
    assert (section.name, entry.id) == ("Tynehaven", disputed.id)
    for told in entry.disputes:
        assert len({side.value for side in told.sides}) > 1
        assert [side.value for side in told.sides if side.held]
        assert all(side.source and side.read_on for side in told.sides)


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
    assert "1 value on which sources disagree, and 1 value settled, corrected or withdrawn, of 1 authority" in said
    assert "Not settled" in said
    assert "Settled by an officer" in said
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
    (link,) = [link for link in page.all("a") if "on which sources disagree" in link.said]
    assert link.get("href") == "/disagreements?as_at=2019-01-01"
    there = client.page("/disagreements?as_at=2019-01-01").all("main")[0].said
    number = link.said.split()[0]
    assert number == "0" or f"{number} value" in there
    assert "You are looking at 1 January 2019" in there


# --- the authority --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("identifier", ["E09000014", "309", "Haringey", "haringey"])
def test_any_other_identifier_leads_to_the_one_address(client: Client, identifier: str):
    answer = client.client.get(f"/authorities/{identifier}?as_at=2020-01-01")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{AUTHORITY}?as_at=2020-01-01")


def test_an_unknown_authority_is_not_found_in_words(client: Client):
    page = client.page("/authorities/erewhon", status=404)
    assert any("No local authority is known by" in paragraph.said for paragraph in page.all("p"))


def test_the_answer_comes_first(client: Client):
    page = client.page(f"{AUTHORITY}?as_at=2021-10-31")
    answers = [element.said for element in page.all("p") if element.get("class") == "app-card__answer"]
    assert answers[:2] == ["Requires improvement", "Standard inspection"]
    assert "14 June 2021 to 14 June 2022" in page.all("main")[0].said


def test_the_workings_cite_rules_and_say_that_dates_are_not_published(client: Client):
    page = client.page(AUTHORITY)
    workings = page.by_id("workings").said
    assert "Ofsted does not publish inspection dates." in workings
    assert "R-025" in workings
    rules = {link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("/about/rules#")}
    known = {element.get("id") for element in client.page("/about/rules").elements}
    assert rules
    assert {address.partition("#")[2] for address in rules if address} <= known


def test_a_priority_action_and_what_follows_from_it_are_shown(client: Client):
    text = client.page(AUTHORITY).all("main")[0].said
    assert "An area for priority action was found at the focused visit of July 2026." in text
    assert "between December 2026 and January 2028" in text
    assert "Management oversight of unallocated cases." in text


def test_earlier_windows_are_shown_with_what_came_and_why(client: Client):
    section = client.page(AUTHORITY).by_id("past-windows").said
    assert "14 June 2021 to 14 June 2022 Standard inspection" in section
    assert "Late by 244 days" in section
    assert "on 14 days of this window. R-011" in section
    assert "Published 30 working days after the last day on site; 30 were usual." in section
    assert "Inside" in section
    assert "Not due yet opens in" in section


def test_earlier_windows_of_an_earlier_day_hold_nothing_that_came_later(client: Client):
    section = client.page(f"{AUTHORITY}?as_at=2022-06-20").by_id("past-windows")
    assert "Overdue by 6 days" in section.said
    assert "2023" not in section.said.replace("14 September 2023", ""), "only a rule's date lies beyond"


def test_more_than_three_windows_unfold(client: Client):
    page = client.page("/authorities/80481")
    (folded,) = [one for one in page.all("details") if "earlier window" in one.said and one.get("id") is None]
    assert folded.get("open") is None
    rows = [row for row in page.all("tr") if any(parent.get("id") == "past-windows" for parent in row.parents)]
    assert len([row for row in rows if row.inside("tbody") and not row.inside("details")]) == 3


def test_a_day_beyond_what_was_read_says_that_later_inspections_would_not_be_known(client: Client):
    asked = client.page(f"{AUTHORITY}?as_at=2030-01-01").by_id("past-windows").said
    assert "an inspection since then would not be known." in asked
    assert "would not be known" not in client.page(f"{AUTHORITY}?as_at=2022-06-20").by_id("past-windows").said


def test_an_authority_without_history_says_so(client: Client):
    text = client.page(f"/authorities/{UNTOUCHED}").all("main")[0].said
    assert "No history of Isles of Scilly is held yet." in text
    assert "No published graded inspection of Isles of Scilly is held yet." in text
    assert "No improvement items of Isles of Scilly are held yet." in text
    assert "No window of Isles of Scilly was ever stated from what is held here." in text


def test_an_abolished_authority_expects_nothing_and_leads_to_its_successors(client: Client):
    page = client.page("/authorities/80457")
    text = page.all("main")[0].said
    assert "Cumbria ceased to exist on 1 April 2023." in text
    assert "Cumbria no longer exists." in text
    assert {"Cumberland", "Westmorland and Furness"} <= {link.said for link in page.all("a")}


def test_every_entry_of_the_timeline_says_when_it_happened_was_public_and_was_recorded(client: Client):
    page = client.page(AUTHORITY)
    dated = [element.said for element in page.all("p") if element.get("class") == "app-dates"]
    assert len(dated) == len(entries(client))
    happened = r"(Happened \d.+|Happened \w+ \d{4}|Days on site not known|Date not known)"
    public = r"(public \d.+|not yet published|(?:letter )?not published(?: by Ofsted)?|publication date not known)"
    assert all(re.fullmatch(rf"{happened} · {public} · recorded .+", line) for line in dated), dated
    sourced = [element for element in page.all("p") if element.get("class") == "app-source"]
    assert len(sourced) == len(dated)


def test_the_timeline_is_filtered_by_kind_in_the_address(client: Client):
    page = client.page(f"{AUTHORITY}?kind=visits")
    (chosen,) = [link for link in page.all("a") if link.get("aria-current") == "true" and "Visits" in link.said]
    assert 0 < len(entries(client, f"{AUTHORITY}?kind=visits")) < len(entries(client))
    assert chosen.get("hx-target") == "#timeline"


def test_corrected_and_withdrawn_entries_are_marked_in_words():
    told = {line.title: line for line in lines(TIMELINE_ANSWER.entries)}
    corrected = told["Focused visit: the front door"]
    assert (corrected.changes[0].was, corrected.changes[0].now) == ("15 March 2022", "14 March 2022")
    assert told["Monitoring visit 1"].reason == "Recorded against the wrong authority."


def test_an_address_that_is_not_of_the_web_is_never_a_link():
    assert all(
        (link.url or "https://").startswith("https://")
        for line in lines(TIMELINE_ANSWER.entries)
        for link in line.sources
    )


def test_judgements_that_did_not_exist_are_explained_and_changes_are_in_words():
    table = judgement_table([entry.activity for entry in TIMELINE_ANSWER.entries])
    rows = dict(table.rows)
    assert [column.year for column in table.columns] == ["2024", "2018", "2014"]
    assert [cell.note for cell in rows["Overall effectiveness"]] == ["Up one", "No change", ""]
    assert [cell.note for cell in rows["Care leavers"]] == ["New in 2023", "Judged with children in care", ""]
    assert rows["Leaders"][2].area == "Leadership, management and governance"


def test_the_chart_has_a_lane_for_each_kind_the_window_and_today():
    activities = [entry.activity for entry in TIMELINE_ANSWER.entries]
    drawn = chart("Tynehaven", activities, STANDING.expected_next.graded, date(2026, 11, 22))
    assert [lane.label for lane in drawn.lanes] == [
        "Inspections",
        "Focused visits",
        "Joint inspections",
        "Plans and meetings",
    ]
    assert drawn.band.x > drawn.today_x
    assert "11 December 2026 to 11 December 2027" in drawn.description
    assert sum(len(lane.marks) for lane in drawn.lanes) == 7, "the withdrawn visit is not drawn"


def test_nothing_to_draw_is_no_chart():
    assert chart("Tynehaven", [], STANDING.expected_next.graded, date(2026, 11, 22)) is None


def test_a_square_without_a_letter_is_in_the_legend_where_there_is_one():
    activities = [entry.activity for entry in TIMELINE_ANSWER.entries]
    today = date(2026, 11, 22)
    assert not chart("Tynehaven", activities, None, today).ungraded
    assert chart("Tynehaven", [replace(ILACS_2024, grades=Judgements())], None, today).ungraded


def test_the_examples_are_of_two_frameworks():
    assert SIF_2014.framework is not ILACS_2024.framework


# --- one entry ------------------------------------------------------------------------------------------------------


def test_an_entry_shows_what_each_source_said(client: Client):
    page = client.page(entries(client)[-1])
    readings = page.all("article")
    assert readings
    assert all("Read " in reading.said and "recorded " in reading.said for reading in readings)


def test_the_address_of_a_statement_leads_to_its_entry(client: Client):
    address = entries(client)[-1]
    text = client.client.get(address).text
    statement = re.search(r'id="s-([0-9a-f-]{36})"', text).group(1)
    answer = client.client.get(f"/inspections/{statement}", follow_redirects=True)
    assert answer.request.path == address


def test_an_unknown_entry_is_not_found(client: Client):
    client.page("/inspections/00000000-0000-0000-0000-000000000000", status=404)
    client.page("/inspections/00000000-0000-0000-0000-000000000000?as_at=2010-01-01", status=404)


@pytest.mark.parametrize("moment", ["as_at=2001-01-01", "known_at=2001-01-01"])
def test_an_entry_asked_for_before_it_was_public_or_known_says_so_and_leads_to_today(client: Client, moment: str):
    address = entries(client)[-1]
    page = client.page(f"{address}?{moment}")
    assert "Nothing of this was public on" in page.all("main")[0].said
    assert "Became public: " in page.all("main")[0].said
    assert not page.all("article")
    assert address in {link.get("href") for link in page.all("a")}


def test_the_sources_read_are_those_of_the_moment(client: Client):
    assert client.page("/about/sources").all("td")
    for moment in ("as_at=2001-01-01", "known_at=2001-01-01"):
        assert client.page(f"/about/sources?{moment}").all("td") == []


# --- recording ------------------------------------------------------------------------------------------------------

VISIT = {
    "command": "6a1f3c2e-1111-4222-8333-944445555666",
    "started_on-day": "8",
    "started_on-month": "9",
    "started_on-year": "2026",
    "focus": "care leavers",
    "source_title": "Ofsted letter of 12 October 2026",
    "source_url": "https://files.ofsted.gov.uk/v1/file/50300000",
}
FORM = f"/authorities/{STOCKTON}/record/focused-visit"


def summary_of(document: Document) -> str:
    (summary,) = [element for element in document.elements if element.get("class") == "govuk-error-summary"]
    return summary.said


@pytest.mark.parametrize("kind", RECORDS)
def test_an_empty_form_is_answered_422_with_every_error_linked_to_its_box(officer: Client, kind: str):
    page = officer.post(f"{AUTHORITY}/record/{kind}", {}, status=422)
    if kind in ("report", "letter-not-published", "engagement-notes"):
        assert "Nothing held of Haringey waits for this." in page.all("main")[0].said
        return
    assert "There is a problem" in summary_of(page)
    assert page.all("title")[0].said.startswith("Error:")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"started_on-day": "", "started_on-month": "", "started_on-year": ""}, "Enter the first day on site"),
        ({"started_on-month": ""}, "must include a month"),
        ({"started_on-day": "31", "started_on-month": "2"}, "must be a real date"),
        ({"started_on-month": "13"}, "must be a real date"),
        ({"started_on-year": "26"}, "must have a year of four digits"),
        ({"started_on-day": "٣"}, "must be a real date"),
        ({"source_title": ""}, "Enter where this was read"),
        ({"source_url": "ftp://files.example"}, "begins with https://"),
        ({"focus": "a\x00b"}, "cannot be printed"),
        ({"command": "again"}, "Open it again"),
        ({"priority_actions": "x\n" * 61}, "at most 60 lines"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(officer: Client, parts: dict[str, str], words: str):
    page = officer.post(FORM, VISIT | parts, status=422)
    assert words in summary_of(page)
    if "focus" not in parts:
        assert page.by_id("focus").get("value") == "care leavers"


def test_missing_date_parts_are_an_error_and_not_a_fault(officer: Client):
    form = {key: value for key, value in VISIT.items() if not key.startswith("started_on")}
    assert "Enter the first day on site" in summary_of(officer.post(FORM, form, status=422))


def test_the_part_that_htmx_receives_on_422_is_a_piece_of_the_page(officer: Client):
    wrong = VISIT | {"started_on-day": ""}
    part = officer.client.post(FORM, data=wrong, headers=HTMX)
    page = officer.client.post(FORM, data=wrong)
    assert part.status_code == page.status_code == 422
    assert part.text.strip() in page.text
    check_elements(Document(part.text))


def test_a_record_is_kept_once_however_often_it_is_sent(officer: Client):
    before = len(entries(officer, f"/authorities/{STOCKTON}"))
    for _ in range(2):
        answer = officer.client.post(FORM, data=VISIT)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/authorities/{STOCKTON}")
    page = officer.page(f"/authorities/{STOCKTON}")
    assert "Recorded: focused visit." in page.all("main")[0].said
    assert len(entries(officer, f"/authorities/{STOCKTON}")) == before + 1


def test_htmx_is_sent_to_the_authority_after_a_record(officer: Client):
    form = VISIT | {"command": "7a1f3c2e-1111-4222-8333-944445555667", "started_on-month": "10"}
    answer = officer.client.post(FORM, data=form, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/authorities/{STOCKTON}")


def test_what_breaks_a_pattern_is_kept_and_the_officer_asked_to_look_again(officer: Client):
    form = VISIT | {"command": "7b1f3c2e-1111-4222-8333-944445555669", "kind": "short", "started_on-day": "9"}
    answer = officer.client.post(f"/authorities/{STOCKTON}/record/inspection", data=form)
    assert answer.status_code == 303
    page = officer.page(f"/authorities/{STOCKTON}")
    assert "Recorded: inspection." in page.all("main")[0].said
    assert "Look again:" in page.all("main")[0].said


def test_what_the_record_keeper_refuses_is_shown_on_the_form(officer: Client):
    form = VISIT | {"command": "8a1f3c2e-1111-4222-8333-944445555668"}
    form |= {"kind": "standard", "overall_effectiveness": "good", "started_on-month": "6", "published_on-day": "1"}
    form |= {"published_on-month": "9", "published_on-year": "2026"}
    page = officer.post(f"/authorities/{STOCKTON}/record/inspection", form, status=422)
    assert "no judgement on overall effectiveness" in summary_of(page)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("second", "Enter the number of the visit in digits, for example 2."),
        ("1.5", "Enter the number of the visit in digits, for example 2."),
        ("31", "Enter a number from 1 to 30."),
    ],
)
def test_a_number_that_is_none_is_answered_with_what_to_enter(officer: Client, typed: str, answer: str):
    form = VISIT | {"command": "8a1f3c2e-1111-4222-8333-944445555699", "number": typed}
    page = officer.post(f"/authorities/{STOCKTON}/record/monitoring-visit", form, status=422)
    assert answer in summary_of(page)
    (box,) = [box for box in page.all("input") if box.get("name") == "number"]
    assert (box.get("value"), box.get("inputmode")) == (typed, "numeric")


WHOLE = {
    "command": "aa1f3c2e-1111-4222-8333-944445555670",
    "source_title": "Report in hand",
    "kind": "short",
    "theme": "neglect",
    "number": "2",
    "focus": "front door",
    "publisher": "council",
    "priority_actions": "One\n\nTwo",
    "improvements": "Three",
    **{
        f"{name}-{part}": text
        for name in ("started_on", "ended_on", "published_on", "statement_due", "shared", "held", "received_on")
        for part, text in (("day", "4"), ("month", "5"), ("year", "2026"))
    },
}


@pytest.mark.parametrize("kind", RECORDS)
def test_every_form_gives_what_its_command_takes(app: WebApp, kind: str):
    record = RECORDS[kind]
    with app.test_request_context(method="POST", data=WHOLE):
        form = record.form()
        if record.about:
            form.offer([(ILACS_2024.id, "Standard inspection")])
            form.activity.process_data(str(ILACS_2024.id))
        assert form.validate(), form.errors
        form.send(cast("Any", Bound()), STOCKTON, cast("Any", None))


class Bound:
    """Takes what the commands of an authority take, and does nothing."""

    def __getattr__(self, name: str) -> Callable[..., BoundArguments]:
        return partial(signature(getattr(AuthorityCommands, name)).bind, None)


def test_a_month_will_do_for_a_self_evaluation(officer: Client):
    form = {
        "command": "9a1f3c2e-1111-4222-8333-944445555669",
        "shared-month": "september",
        "shared-year": "2025",
        "source_title": "Cabinet minutes of October 2025",
    }
    answer = officer.client.post(f"/authorities/{STOCKTON}/record/self-evaluation", data=form)
    assert answer.status_code == 303
    assert "September 2025" in officer.page(f"/authorities/{STOCKTON}?kind=meetings").all("main")[0].said


def test_forms_ask_that_nobody_be_named(officer: Client):
    for address in RECORD_PAGES:
        assert "Do not name children, families or staff." in officer.page(address).all("main")[0].said


def test_what_an_officer_records_carries_their_id_and_shows_their_office(app: WebApp, officer: Client):
    form = VISIT | {"command": "cc1f3c2e-1111-4222-8333-944445555674", "started_on-month": "11"}
    assert officer.client.post(FORM, data=form).status_code == 303
    newest = store_of(app).application.authorities.authority(STOCKTON).activities
    recorded = next(held for held in newest if held.start == date(2026, 11, 8))
    facts = [
        fact for _, fact in store_of(app).application.ledger.read_facts() if fact.actor not in ("register", "demo")
    ]
    assert UUID(facts[-1].actor) in store_of(app).accounts.all()
    public = Client(app).page(f"/inspections/{recorded.id}").all("main")[0].said
    assert "by Improvement officer, Tees Valley" in public
    assert "Adaeze" not in public


def test_nobody_may_record_without_signing_in(client: Client):
    answer = client.client.get(FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/sign-in?next={FORM}")
    page = client.post(FORM, VISIT, status=401)
    assert "go back to the form, and send it again" in page.all("main")[0].said


def test_pages_that_are_read_often_are_made_of_plain_rows():
    rows = CHECKOUT / "web" / "templates" / "authorities"
    for name in ("_results.html", "_timeline.html"):
        assert "import" not in (rows / name).read_text(encoding="utf-8")
