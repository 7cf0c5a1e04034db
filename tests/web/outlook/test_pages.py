"""The page, the document and the command that explain a window: every case reads well and says what it cannot know."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.installation import SMALL_HISTORY, Installation
from tests.web.client import Client, Document
from tests.web.demo_app import HARINGEY, STOCKTON, demo_app
from web import WebApp, create_app
from web.files.run import import_paths
from web.store.settings import Settings
from web.store.store import current_store

WEST_NORTHAMPTONSHIRE = "2637548"
TRAFFORD = "80573"
TOWER_HAMLETS = "80516"
CUMBRIA = "80457"
CUMBERLAND = "2733690"
PETERBOROUGH = "80537"

CASES = """
schema_version: 1
authorities:
- name: Trafford
  urn: '80573'
  history:
  - {type: inspection, framework: ILACS, variant: standard, start: 2022-11-21, end: 2022-12-02, published: 2023-01-31,
     grades: {overall_effectiveness: requires_improvement}, sources: [{title: Ofsted report}]}
  - {type: inspection, framework: ILACS, variant: standard, start: 2026-06-08, end: 2026-06-19, published: 2026-08-03,
     grades: {impact_of_leaders: inadequate, help_and_protection: inadequate, in_care: good,
              care_leavers: requires_improvement}, sources: [{title: Ofsted report}]}
- name: Tower Hamlets
  urn: '80516'
  history:
  - {type: inspection, framework: SIF, variant: single_inspection, published: 2017-04-07,
     grades: {overall_effectiveness: inadequate}, sources: [{title: Ofsted report}]}
- name: Cumbria
  urn: '80457'
  history:
  - {type: inspection, framework: ILACS, variant: standard, start: 2022-09-20, published: 2022-11-15,
     grades: {overall_effectiveness: requires_improvement}, sources: [{title: Ofsted report}]}
- name: West Northamptonshire
  urn: '2637548'
  history:
  - {type: monitoring_visit, start: 2021-07-28, end: 2021-07-29, sources: [{title: Ofsted statistics 2022}]}
"""
"""Facts of the public record (Ofsted's reports and statistics; rulebook R-024, R-045, R-070)."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    app = demo_app(tmp_path_factory.mktemp("store"))
    folder = tmp_path_factory.mktemp("files")
    with app.app_context():
        for name, text in (("small.yaml", SMALL_HISTORY), ("cases.yaml", CASES)):
            path = folder / name
            path.write_text(text, encoding="utf-8")
            import_paths(current_store().application, [path], actor="import")
        current_store().projector.catch_up()
    return app


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def window(client: Client, urn: str, as_at: str = "", **more: object) -> Document:
    return client.page(f"/authorities/{urn}/window{f'?as_at={as_at}' if as_at else ''}", **more)


def answer(page: Document) -> str:
    return page.by_id("answer").said


def steps(page: Document) -> list[str]:
    return [one.said for one in page.all("li") if one.get("class") == "app-step"]


def section(page: Document, heading: str) -> str:
    (found,) = [one for one in page.all("section") if one.get("aria-labelledby") == heading]
    return found.said


def test_the_answer_comes_first_and_says_that_no_dates_are_published(client: Client):
    page = window(client, STOCKTON, "2022-10-31")
    told = answer(page)
    assert told.startswith("Standard inspection , expected 1 February 2023 to 31 March 2024 after an area for")
    assert "by the regular interval 1 January 2022 to 1 January 2023." in told
    assert "Open since 1 January 2022" in told
    assert "Ofsted does not publish inspection dates." in told
    order = [heading.said for heading in page.all("h1", "h2", "summary") if heading.inside("main")]
    assert order[0] == "When will Ofsted inspect Stockton-on-Tees?"
    assert order.index("Why, in three steps") < order.index("What would change this answer")


def test_a_step_shows_its_rule_its_inputs_its_row_and_how_it_is_known(client: Client):
    page = window(client, STOCKTON, "2022-10-31")
    (told,) = [step for step in steps(page) if "R-025" in step]
    assert told.startswith("The next graded inspection is usual 30 to 42 months after publication.")
    assert "Framework of the governing report ILACS" in told
    assert "Row in force throughout, compared with the day asked, 31 October 2022." in told
    assert "Months to the first day: 30" in told
    assert "Read in the text it names. Source: Leeds one minute guide, October 2024" in told


def test_the_governing_inspection_is_linked_on_the_day_asked(client: Client):
    page = window(client, STOCKTON, "2022-10-31")
    links = [link.get("href") or "" for link in page.all("a") if link.said.startswith("Short inspection, 20 to 24 May")]
    assert links
    for address in links:
        assert re.fullmatch(r"/inspections/[0-9a-f-]{36}\?as_at=2022-10-31", address)
        assert client.client.get(address).status_code == 200


def test_every_rule_named_leads_to_its_place(client: Client):
    page = window(client, STOCKTON, "2022-10-31")
    places = {element.get("id") for element in client.page("/about/rules").elements}
    addresses = [link.get("href") or "" for link in page.all("a")]
    named = {address.partition("#")[2] for address in addresses if "/about/rules#" in address}
    assert len(named) > 10
    assert named <= places


@pytest.mark.parametrize("identifier", ["E06000004", "808", "Stockton-on-Tees"])
def test_any_other_identifier_leads_to_the_one_address(client: Client, identifier: str):
    found = client.client.get(f"/authorities/{identifier}/window?as_at=2020-01-01")
    assert (found.status_code, found.headers["Location"]) == (
        301,
        f"/authorities/{STOCKTON}/window?as_at=2020-01-01",
    )


def test_an_unknown_authority_is_not_found_in_words(client: Client):
    page = client.page("/authorities/erewhon/window", status=404)
    assert any("No local authority is known by" in paragraph.said for paragraph in page.all("p"))


def test_the_authority_s_page_leads_here_on_the_same_day(client: Client):
    page = client.page(f"/authorities/{STOCKTON}?as_at=2022-10-31")
    (link,) = [link for link in page.all("a") if link.said == "The whole reasoning, rule by rule"]
    assert link.get("href") == f"/authorities/{STOCKTON}/window?as_at=2022-10-31"


def test_what_is_explained_is_what_the_authority_s_page_says(client: Client):
    for day in ("2019-06-30", "2022-10-31", "2026-08-22"):
        heading = client.page(f"/authorities/{STOCKTON}?as_at={day}").by_id("card-next")
        wanted = re.search(r"\d+ \w+ \d{4} to \d+ \w+ \d{4}", heading.parents[-1].said)
        assert wanted
        assert wanted[0] in answer(window(client, STOCKTON, day))


@pytest.mark.parametrize(
    ("urn", "as_at", "words"),
    [
        (HARINGEY, "2026-09-01", "found an area for priority action"),
        (STOCKTON, "2022-10-31", "expected between 1 January 2022 and 1 January 2023"),
        (CUMBRIA, "2026-01-01", "None expected. Cumbria no longer exists"),
        (CUMBERLAND, "2022-10-01", "None expected yet. Cumberland begins on 1 April 2023"),
        (TRAFFORD, "2026-08-22", "put the authority on the inadequate pathway (inferred)"),
        (TRAFFORD, "2026-07-01", "Report awaited"),
        (TOWER_HAMLETS, "2018-09-16", "Post-monitoring single inspection , expected 20 July 2018 to 20 July 2019 ."),
        (WEST_NORTHAMPTONSHIRE, "2021-10-01", "Standard inspection . As likely before as after 14 November 2022"),
        (PETERBOROUGH, "2024-06-01", "Before then: monitoring visit"),
    ],
)
def test_each_case_has_its_answer(client: Client, urn: str, as_at: str, words: str):
    assert words in answer(window(client, urn, as_at))


def test_inherited_monitoring_is_told_step_by_step(client: Client):
    page = window(client, WEST_NORTHAMPTONSHIRE, "2021-10-01")
    assert any(step.startswith("Its predecessor was under monitoring, which carries over") for step in steps(page))
    assert any(
        "1 monitoring visit held here since 1 April 2021, the last on 29 July 2021" in step for step in steps(page)
    )


def test_what_rests_on_inference_is_marked(client: Client):
    page = window(client, TRAFFORD, "2026-08-22")
    (told,) = [step for step in steps(page) if step.startswith("Inadequate for the impact of leaders")]
    assert "Inferred no text was found that says so." in told


def test_priority_action_is_explained_and_its_own_window_beside(client: Client):
    page = window(client, HARINGEY, "2026-09-01")
    assert any(step.startswith("It began on or after the governing report") and "R-092" in step for step in steps(page))
    titles = [one.said for one in page.all("summary")]
    assert "Standard inspection, after an area for priority action: 1 December 2026 to 31 January 2028" in titles


def test_an_abolished_authority_s_pathway_is_explained_and_nothing_supposed(client: Client):
    page = window(client, CUMBRIA, "2026-01-01")
    assert "nothing can be supposed of it" in section(page, "changes-heading")
    assert "was abolished on 1 April 2023" in section(page, "limits-heading")


@pytest.mark.parametrize(
    ("urn", "as_at", "words"),
    [
        (STOCKTON, "2035-01-01", "The answer for 1 January 2035 takes it that none came."),
        (STOCKTON, "2035-01-01", "A renewed framework is planned for 2027"),
        (STOCKTON, "2004-01-01", "Stockton-on-Tees had happened or was public by 1 January 2004"),
        ("80488", "2026-09-01", "No source that tells of all graded inspections of Bexley has been read yet"),
    ],
)
def test_what_an_answer_cannot_know_is_said_on_the_page_and_in_the_document(
    client: Client, urn: str, as_at: str, words: str
):
    assert words in section(window(client, urn, as_at), "limits-heading")
    document = client.client.get(f"/api/authorities/{urn}/window?as_at={as_at}").get_json()
    assert any(words in limit for limit in document["limits"])


def test_an_empty_store_is_answered_in_words(tmp_path: Path):
    app = create_app(Settings(home=tmp_path))
    app.open_pages()
    with app.app_context():
        current_store().migrate()
    page = window(Client(app), STOCKTON)
    assert "No source that tells of" in section(page, "limits-heading")
    assert "the pathway is unknown" in " ".join(steps(page))


def test_no_sentence_has_a_month_without_its_capital(client: Client):
    months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
    for urn, day in ((STOCKTON, "2022-10-31"), (HARINGEY, "2026-09-01"), (CUMBRIA, "2022-12-01")):
        said = window(client, urn, day).all("main")[0].said
        assert not re.search(rf"\d ({'|'.join(months)}) \d{{4}}", said)


def test_the_document_s_expectations_are_those_of_the_standing_and_end_on_their_days(client: Client):
    for urn in (HARINGEY, STOCKTON):
        found = client.client.get(f"/api/authorities/{urn}/window?as_at=2026-09-01").get_json()
        standing = client.client.get(f"/api/authorities/{urn}?as_at=2026-09-01").get_json()
        assert found["standing"] == standing
        told = [(one["activity"], one["from"], one["to"]) for one in standing["expectations"]]
        assert told
        assert [(one["activity"], one["from"], one["to"]) for one in found["expectations"]] == told
        for one in found["expectations"]:
            assert (one["steps"][-1]["from"], one["steps"][-1]["to"]) == (one["from"], one["to"])


def test_the_command_prints_the_reasoning_in_lines(with_history: Installation):
    printed = with_history.run("window", "E06000004", "--as-at", "2022-10-31").stdout
    assert printed.startswith(
        "Stockton-on-Tees (80563) as at 2022-10-31\nNext graded inspection: standard inspection, "
    )
    for words in ("Ofsted does not publish inspection dates.", "Rules that did not apply", "What would change this"):
        assert words in printed
    assert "R-025" in printed


def test_the_command_tells_of_an_authority_that_has_ended_and_of_a_window_that_closed_unseen(
    with_history: Installation,
):
    ended = with_history.run("window", CUMBRIA, "--as-at", "2023-04-01")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "Next graded inspection: none expected, the authority no longer exists" in ended.stdout
    assert "  Nothing: it no longer exists." in ended.stdout
    report = {"type": "inspection", "framework": "ILACS", "start": "2021-06-07", "published": "2021-07-26"}
    told = {"name": "Haringey", "urn": HARINGEY, "history": [report | {"grades": {"overall_effectiveness": "good"}}]}
    document = {"schema_version": 1, "data_horizon": "2025-01-25", "authorities": [told]}
    assert with_history.run("history", "import", with_history.write("h.json", json.dumps(document))).exit_code == 0
    unseen = with_history.run("window", HARINGEY, "--as-at", "2025-02-01").stdout.splitlines()[1]
    assert unseen == "Next graded inspection: short inspection, 2024-01-26 to 2025-01-26: not known"


@pytest.mark.parametrize(
    ("arguments", "code"), [(("window", "Atlantis"), 2), (("window", "80563", "--as-at", "never"), 2)]
)
def test_the_command_refuses_in_words(with_history: Installation, arguments: tuple[str, ...], code: int):
    refused = with_history.run(*arguments)
    assert refused.exit_code == code
    assert refused.stderr


def test_the_document_is_one_json_document(with_history: Installation):
    printed = with_history.run("window", "80563", "--json").stdout
    assert json.loads(printed)["standing"]["authority"]["urn"] == "80563"
