"""What if …?: what would change is shown beside what stands, and nothing is ever recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.rulebook.results import PriorityActionOverride
from domain.values.statements import Period
from projections.outlook.standing import standing_of
from tests.web.client import HTMX, Client, Document
from tests.web.demo_app import HARINGEY, STOCKTON, UNTOUCHED, demo_app
from tests.web.examples import STANDING
from web import WebApp
from web.outlook.what_if import before_and_after, first_of_two
from web.store.store import current_store
from web.words import dates

PETERBOROUGH, LEEDS, CUMBRIA = "80537", "80481", "80457"
VISIT = f"/authorities/{LEEDS}/suppose?suppose=visit&day=2026-12-01"
FOUR = "impact_of_leaders=good&help_and_protection=inadequate&in_care=good&care_leavers=good"
REPORT = f"/authorities/{LEEDS}/suppose?suppose=report&day=2027-02-01&{FOUR}"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("store"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def rows(page: Document) -> dict[str, tuple[str, str]]:
    """The comparison: what stands and what would, by what it is."""
    table = [cell for cell in page.all("th", "td") if cell.inside("tbody")]
    return {
        head.said: (before.said, after.said)
        for head, before, after in zip(*[iter(table)] * 3, strict=True)
        if head.said
    }


def summary_of(page: Document) -> str:
    (summary,) = [element for element in page.elements if element.get("class") == "govuk-error-summary"]
    return summary.said


def test_a_visit_with_priority_action_turns_a_short_inspection_into_a_standard_one(client: Client):
    page = client.page(VISIT)
    compared = rows(page)
    assert compared["Next graded inspection"] == ("Short inspection", "Standard inspection Changed")
    assert compared["Months after priority action"] == ("No priority action", "May 2027 to June 2028 Changed")
    assert compared["Pathway"] == ("Good or outstanding", "Good or outstanding")
    text = page.by_id("suppose").said
    assert "Suppose a focused visit with an area for priority action began on 1 December 2026" in text
    assert "Supposed Nothing was recorded." in text
    assert "Standard inspection , 1 May 2027 to 30 June 2028" in text
    opens = compared["Window"][1].split(" to ")[0]
    assert f"come first: they begin in May 2027, before the window opens on {opens}." in text


@pytest.mark.parametrize(
    ("opens", "said"),
    [
        (date(2027, 4, 30), "The window comes first: it opens on 30 April 2027"),
        (date(2027, 5, 1), "begin in the same month, May 2027."),
        (date(2027, 5, 31), "begin in the same month, May 2027."),
        (date(2027, 6, 1), "The months after priority action come first: they begin in May 2027"),
        (None, ""),
    ],
)
def test_of_two_dates_after_a_priority_action_it_is_said_which_comes_first(opens: date | None, said: str):
    may, month = Period("2027-05"), Period("2026-12")
    override = PriorityActionOverride(visit_month=month, expected_from_month=may, expected_to_month=Period("2028-06"))
    graded = replace(STANDING.expected_next.graded, window_from=opens)
    following = replace(STANDING.expected_next, graded=graded, priority_action_override=override)
    told = first_of_two(replace(STANDING, expected_next=following))
    assert said in told
    assert bool(said) == bool(told)
    assert first_of_two(replace(STANDING, expected_next=replace(following, priority_action_override=None))) == ""


def test_an_inadequate_judgement_moves_the_pathway_and_says_that_this_is_inferred(client: Client):
    page = client.page(REPORT)
    compared = rows(page)
    assert compared["Pathway"] == ("Good or outstanding", "Inadequate Changed")
    assert compared["Window"][1].startswith("1 August 2029 to 1 August 2030 (not open yet")
    assert compared["Action plan due"] == ("No date", "13 May 2027 Changed")
    text = page.by_id("suppose").said
    assert "it is inferred to mean the inadequate pathway" in text
    assert "Would be expected as well Action plan submission" in text
    assert "Would no longer be expected" in text


def test_the_overall_grade_decides_where_the_inspection_began_before_april_2026(client: Client):
    address = f"/authorities/{LEEDS}/suppose?suppose=report&day=2026-12-01&overall_effectiveness=requires_improvement"
    assert "no judgement on overall effectiveness" in summary_of(client.page(address, status=422))
    page = client.page(f"{address}&start=2026-03-02")
    assert rows(page)["Pathway"] == ("Good or outstanding", "Requires improvement Changed")


def test_it_is_looked_at_on_the_supposed_day_or_a_later_one(client: Client):
    assert "On 1 December 2026" in client.page(VISIT).all("thead")[0].said
    assert "On 1 December 2027" in client.page(f"{VISIT}&on=2027-12-01").all("thead")[0].said


def test_what_changes_nothing_says_so(client: Client):
    """The focused visit of July 2026 found a priority action already; in the same month another adds nothing to it."""
    page = client.page(f"/authorities/{HARINGEY}/suppose?suppose=visit&day=2026-07-07&on=2030-01-01")
    assert "Nothing would change." in page.by_id("suppose").said


def test_without_a_supposition_the_page_asks_for_one(client: Client):
    page = client.page(f"/authorities/{LEEDS}/suppose")
    assert "What would you like to suppose?" in page.by_id("suppose").said
    assert not [element for element in page.elements if element.get("data-answer") is not None]


def test_the_authority_s_page_leads_there_by_a_plain_form(client: Client):
    page = client.page(f"/authorities/{LEEDS}?as_at=2025-09-01")
    forms = [form for form in page.all("form") if any(parent.get("id") == "what-if" for parent in form.parents)]
    assert [form.get("action") for form in forms] == [f"/authorities/{LEEDS}/suppose"]
    assert all(form.get("method") == "get" and form.get("hx-get") is None for form in forms)
    (report,) = [link for link in page.all("a") if link.said == "Suppose a graded report and its grades"]
    address, _, box = (report.get("href") or "").partition("#")
    assert address == f"/authorities/{LEEDS}/suppose?as_at=2025-09-01"
    assert client.page(address).by_id(box) is not None
    carried = [one for one in page.all("input") if one.get("name") == "as_at" and one.get("type") == "hidden"]
    assert {one.get("value") for one in carried if one.inside("form")} == {"2025-09-01"}


def test_what_comes_before_then_is_what_the_authority_s_page_says(app: WebApp, client: Client):
    for urn in (HARINGEY, STOCKTON, UNTOUCHED):
        with app.app_context():
            standing = standing_of(current_store().reader, urn, as_at=dates.today()).standing
            told = {line.label: line.before for line in before_and_after(standing, standing, dates.today())}
        card = client.page(f"/authorities/{urn}").by_id("before-then")
        said = told["Before then"].replace("Nothing", "Nothing else is expected")
        assert [part for part in said.split(", ") if part not in card.said] == [], card.said


def test_an_abolished_authority_s_page_does_not_ask(client: Client):
    assert client.page(f"/authorities/{CUMBRIA}").by_id("what-if") is None
    page = client.page(f"/authorities/{CUMBRIA}/suppose?suppose=visit&day=2026-12-01", status=422)
    assert "Cumbria was abolished on 1 April 2023" in summary_of(page)


def test_the_page_is_not_for_search_engines(client: Client):
    (robots,) = [meta for meta in client.page(VISIT).all("meta") if meta.get("name") == "robots"]
    assert robots.get("content") == "noindex"


@pytest.mark.parametrize("address", [f"/authorities/{LEEDS}/suppose", VISIT, REPORT, f"{VISIT}&as_at=2025-09-01"])
def test_the_part_is_a_piece_of_the_page(client: Client, address: str):
    client.part(address)


def test_the_part_of_what_cannot_be_is_a_piece_of_its_page_too(client: Client):
    client.part(f"/authorities/{LEEDS}/suppose?suppose=visit&day=soon", status=422)


def test_the_address_can_be_shared(client: Client):
    untidy = f"{VISIT}&on=&start=&in_care="
    answer = client.client.get(untidy)
    assert (answer.status_code, answer.headers["Location"]) == (303, VISIT)
    assert client.client.get(untidy, headers=HTMX).headers["HX-Push-Url"] == VISIT
    named = client.client.get("/authorities/Leeds/suppose?suppose=visit&day=2026-12-01")
    assert (named.status_code, named.headers["Location"]) == (301, VISIT)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("suppose=visit", "Enter the day supposed as year, month and day"),
        ("suppose=visit&day=31-12-2026", "for example 2025-03-01"),
        ("suppose=visit&day=2026-02-30", "for example 2025-03-01"),
        ("suppose=visit&day=1850-01-01", "for example 2025-03-01"),
        ("suppose=visit&day=2017-05-08", "Focused visits began with the present framework"),
        ("suppose=visit&day=2026-12-01&on=2026-11-30", "nothing would be known yet"),
        ("suppose=visit&day=2026-12-01&on=later", "Enter the day to look at"),
        ("suppose=earthquake&day=2026-12-01", "Choose what to suppose"),
        ("day=2026-12-01", "Choose what to suppose"),
        ("suppose=report&day=2026-12-01", "all four judgements are needed"),
        ("suppose=report&day=2026-12-01&in_care=good", "Give a grade for"),
        ("suppose=report&day=2026-12-01&in_care=splendid", "Choose one of the four grades for children in care"),
        (
            "suppose=report&day=2019-01-01&on=2026-01-01&overall_effectiveness=good",
            "Suppose one published after that day",
        ),
        ("suppose=report&day=2026-12-01&start=2026-12-05&overall_effectiveness=good", "before inspectors had left"),
        ("suppose=visit&day=%00", "for example 2025-03-01"),
        ("suppose=visit&day=<script>", "for example 2025-03-01"),
    ],
)
def test_what_cannot_be_is_answered_422_with_the_form_and_words(client: Client, query: str, words: str):
    page = client.page(f"/authorities/{LEEDS}/suppose?{query}", status=422)
    assert words in summary_of(page)
    assert page.all("title")[0].said.startswith("Error:")
    assert page.by_id("suppose-visit-go") is not None
    assert not [element for element in page.elements if element.get("data-answer") is not None]
    linked = [
        link.get("href") for link in page.all("a") if link.inside("ul") and "#suppose-" in (link.get("href") or "")
    ]
    assert linked, "each problem leads to its box"


def test_everything_to_mend_is_said_at_once(client: Client):
    query = "suppose=report&day=soon&start=earlier&on=later&in_care=splendid"
    said = summary_of(client.page(f"/authorities/{LEEDS}/suppose?{query}", status=422))
    for words in ("the day supposed", "the first day on site", "the day to look at", "children in care"):
        assert words in said


def test_an_unknown_authority_is_not_found_and_one_without_history_is_answered(client: Client):
    client.page("/authorities/erewhon/suppose", status=404)
    page = client.page(f"/authorities/{UNTOUCHED}/suppose?suppose=report&day=2027-02-01&{FOUR}")
    assert rows(page)["Pathway"] == ("Not known", "Inadequate Changed")


def test_the_moment_is_kept_and_what_came_later_is_left_out(client: Client):
    """On 1 October 2022 nothing was known of Peterborough's visit of March 2023 or its report of January 2024."""
    address = f"/authorities/{PETERBOROUGH}/suppose?suppose=visit&day=2022-12-06&on=2025-01-01&as_at=2022-10-01"
    page = client.page(address)
    compared = rows(page)
    assert compared["Since"] == ("6 August 2018", "6 August 2018")
    assert compared["Months after priority action"] == ("No priority action", "May 2023 to June 2024 Changed")
    assert "from what was public by 1 October 2022" in page.by_id("suppose").said
    assert f"/authorities/{PETERBOROUGH}?as_at=2022-10-01" in {link.get("href") for link in page.all("a")}


def test_a_supposition_writes_nothing_and_is_only_read(app: WebApp, client: Client):
    with app.app_context():
        before = current_store().ledger.max_position()
    for address in (VISIT, REPORT, f"/api{VISIT}", f"/authorities/{LEEDS}/suppose?suppose=visit&day=never"):
        client.client.get(address)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client.client, method)(VISIT).status_code == 405
    with app.app_context():
        assert current_store().ledger.max_position() == before > 0
    (rule,) = [rule for rule in app.url_map.iter_rules() if rule.endpoint == "supposing.show"]
    assert rule.methods == {"GET", "HEAD", "OPTIONS"}


def test_the_same_is_answered_as_json(client: Client):
    found = client.client.get(f"/api{VISIT}").get_json()
    assert found["recorded"] is False
    assert found["before"]["expected_next"]["graded"]["type"] == "short_inspection"
    assert found["after"]["expected_next"]["graded"]["type"] == "standard_inspection"
    assert found["after"]["as_at"] == "2026-12-01"
    assert ("standard_inspection", "priority_action") in [(row["activity"], row["basis"]) for row in found["comes"]]
    refused = client.client.get(f"/api/authorities/{STOCKTON}/suppose")
    assert refused.status_code == 422
    assert "Choose what to suppose" in refused.get_json()["detail"]
