"""Every page about authorities: whole, of its moment, and what an authority's own page says."""

from __future__ import annotations

import re

import pytest

from tests import CHECKOUT
from tests.web.authorities.story import AUTHORITY, RECORD_PAGES, entries
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, UNTOUCHED
from tests.web.examples import TIMELINE_ANSWER
from web.words.judgement_table import judgement_table
from web.words.timeline import lines

PAGES = (
    "/",
    "/authorities",
    "/coming-up",
    "/coming-up?month=2020-03&as_at=2020-01-15",
    "/disagreements",
    "/coming-up/calendars",
    f"/coming-up/calendars?urn={HARINGEY}&region=London",
    AUTHORITY,
    f"/authorities/{UNTOUCHED}",
    f"{AUTHORITY}/suppose",
    f"{AUTHORITY}/suppose?suppose=visit&day=2027-01-12",
    f"{AUTHORITY}/system",
    f"/authorities/{UNTOUCHED}/system",
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


# --- every page -------------------------------------------------------------------------------------------------------


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
        "/coming-up?region=London",
        AUTHORITY,
        f"{AUTHORITY}?kind=visits",
    ],
)
def test_every_part_is_a_piece_of_its_page(client: Client, address: str):
    client.part(address)


# --- the moment -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["as_at=yesterday", "as_at=2025-13-01", "known_at=1", "as_at=1850-01-01", "as_at=\ud800"]
)
@pytest.mark.parametrize(
    "address", ["/", "/authorities", "/coming-up", "/coming-up/calendars", AUTHORITY, f"{AUTHORITY}/window"]
)
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


# --- the authority ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("identifier", ["E09000014", "309", "Haringey", "haringey"])
def test_any_other_identifier_leads_to_the_one_address(client: Client, identifier: str):
    answer = client.client.get(f"/authorities/{identifier}?as_at=2020-01-01")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{AUTHORITY}?as_at=2020-01-01")


def test_an_unknown_authority_is_not_found_in_words(client: Client):
    page = client.page("/authorities/erewhon", status=404)
    assert any("No local authority is known by" in paragraph.said for paragraph in page.all("p"))


def test_the_answer_comes_first(client: Client):
    page = client.page(f"{AUTHORITY}?as_at=2021-10-31")
    grades, to_come = (page.by_id(name).parents[-1].said for name in ("grades-heading", "card-next"))
    assert grades.startswith("Latest grades Requires improvement Leaders")
    assert "Pathway: requires improvement. Standard inspections, about every three years." in grades
    assert "Standard inspection Open since 14 June 2021 Expected between 14 June 2021 and 14 June 2022" in to_come


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
    text = client.page(f"{AUTHORITY}?as_at=2026-11-30").all("main")[0].said
    assert "An area for priority action was found at the focused visit of July 2026." in text
    assert "between December 2026 and January 2028" in text
    assert "Management oversight of unallocated cases." in text
    assert "After priority action, expected 1 December 2026 to 31 January 2028 . By the usual interval: " in text


def test_until_when_each_kind_is_known_stands_on_the_page(client: Client):
    known = client.page(AUTHORITY).by_id("known-until").said
    assert known.startswith("Known until: graded reports ")
    assert known.endswith("youth justice inspections not known")


def test_earlier_windows_are_shown_with_what_came_and_why(client: Client):
    section = client.page(AUTHORITY).by_id("past-windows").said
    assert "14 June 2021 to 14 June 2022 Standard inspection" in section
    assert "After its end by 244 days" in section
    assert "on 14 days of this window. R-011" in section
    assert "Published 30 working days after the last day on site; 30 were usual." in section
    assert "Inside" in section
    assert "Not due yet opens in" in section


def test_earlier_windows_of_an_earlier_day_hold_nothing_that_came_later(client: Client):
    section = client.page(f"{AUTHORITY}?as_at=2022-06-20").by_id("past-windows")
    assert "Past its end by 6 days" in section.said
    assert "2023" not in section.said.replace("14 September 2023", ""), "only a rule's date lies beyond"


def test_more_than_two_windows_unfold(client: Client):
    page = client.page("/authorities/80481")
    (folded,) = [one for one in page.all("details") if one.said.startswith("2 earlier windows")]
    assert folded.get("open") is None
    rows = [row for row in page.all("tr") if any(parent.get("id") == "past-windows" for parent in row.parents)]
    assert len([row for row in rows if row.inside("tbody") and folded not in row.parents]) == 2


def test_a_day_beyond_what_was_read_says_that_later_inspections_would_not_be_known(client: Client):
    asked = client.page(f"{AUTHORITY}?as_at=2030-01-01").by_id("past-windows").said
    assert "no source read here tells of all graded inspections after that day." in asked
    assert "Not known since" not in client.page(f"{AUTHORITY}?as_at=2022-06-20").by_id("past-windows").said


def test_an_authority_without_history_says_so(client: Client):
    text = client.page(f"/authorities/{UNTOUCHED}").all("main")[0].said
    assert "No history of Isles of Scilly is held yet." in text
    assert "No published graded inspection of Isles of Scilly is held yet." in text
    assert "What Ofsted asked Isles of Scilly to improve is not held yet." in text
    assert "No window of Isles of Scilly was ever stated from what is held here." in text


def test_an_abolished_authority_expects_nothing_and_leads_to_its_successors(client: Client):
    page = client.page("/authorities/80457")
    text = page.all("main")[0].said
    assert "Cumbria ceased to exist on 1 April 2023." in text
    assert "Cumbria no longer exists." in text
    assert {"Cumberland", "Westmorland and Furness"} <= {link.said for link in page.all("a")}


def test_every_entry_of_the_timeline_says_when_it_happened_was_public_and_was_recorded(client: Client):
    page = client.page(AUTHORITY)
    listed = [one for one in page.all("li") if (one.get("id") or "").startswith("e-")]
    dated = [next(p.said for p in page.all("p") if p.get("class") == "quiet" and one in p.parents) for one in listed]
    assert len(dated) == len(entries(client))
    happened = r"(\d.+|\w+ \d{4}|Days on site not known|Date not known)"
    public = (
        r"(public \d.+|not yet published|(?:letter )?not published(?: by Ofsted)?|publication date not known"
        r"|no (?:letter|report) held)"
    )
    assert all(re.match(rf"{happened} · {public}", line) for line in dated), dated
    written = [one.said for one in page.all("li") if one.inside("details") and ": recorded " in one.said]
    assert len(written) == len(dated)
    assert all("Source: " in one for one in written)


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


# --- recording --------------------------------------------------------------------------------------------------------


def test_pages_that_are_read_often_are_made_of_plain_rows():
    rows = CHECKOUT / "web" / "templates" / "authorities"
    for name in ("_results.html", "_timeline.html"):
        assert "import" not in (rows / name).read_text(encoding="utf-8")
