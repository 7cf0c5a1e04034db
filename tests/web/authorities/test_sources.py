"""What a source said by a day: two made-up snapshots of Gateshead, the second of which takes a grade back."""

from __future__ import annotations

from datetime import date

import pytest

from domain.authorities.other_inspections import OtherInspection
from domain.values.statements import Kind, Rating
from tests.web.client import Client, Document
from tests.web.demo_app import GATESHEAD, UNTOUCHED, demo_app, told
from tests.web.intake.making import OVERVIEW, overview_row, xlsx
from tests.web.signed_in import store_of
from web import WebApp
from web.files.run import import_paths

PAGE = f"/authorities/{GATESHEAD}/sources"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """Read in the wrong order, as may happen: what was believed follows the days of reading, not of import."""
    folder = tmp_path_factory.mktemp("sources")
    made = demo_app(folder / "store")
    mended = overview_row(care_leavers_grade="inspection_pre_dates_judgement")
    paths = [
        xlsx(folder / f"{day}_ofsted_csc_ilacs_overview.xlsx", {"Sheet1": [OVERVIEW, row]})
        for day, row in (("2025-04-30", mended), ("2025-02-24", overview_row()), ("2025-03-30", overview_row()))
    ]
    with made.app_context():
        report = import_paths(store_of(made).application, paths, actor="import")
        assert [file.refused for file in report.files] == [None] * 3
        store_of(made).projector.catch_up()
    return made


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def overview(page: Document) -> str:
    (section,) = [one for one in page.all("section") if one.get("aria-labelledby") == "d2i_overview"]
    return section.said


def test_before_the_source_was_read_nothing_was_believed(client: Client):
    assert "Not read by then." in overview(client.page(f"{PAGE}?on=2025-02-23"))


def test_a_reader_believed_the_grade_until_the_source_took_it_back(client: Client):
    before = overview(client.page(f"{PAGE}?on=2025-04-29"))
    assert "Last read by then on 30 March 2025." in before
    assert "Said since 24 February 2025, last read to name it on 30 March 2025." in before
    assert "Care leavers Outstanding" in before
    after = overview(client.page(f"{PAGE}?on=2025-04-30"))
    assert "Care leavers Not judged" in after
    assert "30 April 2025 Correction" in after
    assert "Care leavers was Outstanding , now not judged ." in after
    assert "24 February 2025 First named" in after
    assert "1 correction" in after


def test_a_family_narrows_the_page_and_an_unknown_one_is_refused(client: Client):
    page = client.page(f"{PAGE}?family=other&on=2026-01-01")
    assert page.by_id("d2i_overview") is None
    client.page(f"{PAGE}?family=gossip", status=422)


def test_an_authority_of_which_nobody_spoke_says_so(client: Client):
    page = client.page(f"/authorities/{UNTOUCHED}/sources")
    assert "No source of this kind is held" in page.all("main")[0].said


def test_the_part_is_a_piece_of_the_page_and_other_names_lead_here(client: Client):
    client.part(f"{PAGE}?on=2025-04-30")
    assert client.client.get("/authorities/Gateshead/sources").location == PAGE


def test_json_says_the_same(client: Client):
    found = client.client.get(f"/api/authorities/{GATESHEAD}/sources?on=2025-04-29&family=scrape").get_json()
    (source,) = found["sources"]
    assert (source["channel"], source["read_on"]) == ("d2i_overview", "2025-03-30")
    (belief,) = source["believed"]
    assert belief["says"]["grades"]["care_leavers"] == "outstanding"
    assert (belief["since"], belief["last_read"], belief["in_newest_reading"]) == ("2025-02-24", "2025-03-30", True)
    assert [turn["correction"] for turn in source["turns"]] == [False]


def test_an_entry_s_page_leads_to_what_its_sources_said_on_its_day(client: Client):
    with client.client.application.app_context():
        entries = store_of(client.client.application).application.authorities.authority(GATESHEAD).activities
    (report,) = (one for one in entries if one.published == date(2025, 1, 29))
    page = client.page(f"/inspections/{report.id}?as_at=2025-04-29")
    assert f"{PAGE}?on=2025-04-29" in [link.get("href") for link in page.all("a")]


def test_what_probation_said_is_told_as_one_text_to_an_area(tmp_path_factory: pytest.TempPathFactory):
    made = demo_app(tmp_path_factory.mktemp("ratings"))
    ratings = (Rating("Overall", "Good"), Rating("Staff", "Outstanding"))
    said = OtherInspection(Kind.YOUTH_JUSTICE, published_on=date(2025, 2, 4), ratings=ratings)
    with made.app_context():
        store_of(made).application.other_inspections.record(UNTOUCHED, said, by=told("what probation said"))
        store_of(made).projector.catch_up()
    found = made.test_client().get(f"/api/authorities/{UNTOUCHED}/sources").get_json()
    believed = [one["says"].get("ratings") for source in found["sources"] for one in source["believed"]]
    assert believed == [["Overall: Good", "Staff: Outstanding"]]
