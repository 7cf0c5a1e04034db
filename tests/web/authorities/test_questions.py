"""An officer is asked about what cannot be right: where it stands, on one page, and by forms that answer it."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.values.activities import Activity, Status
from domain.values.roles import Role
from domain.values.statements import Kind
from tests.web.authorities.test_correcting import address, entries, filled, main_of
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, demo_app
from tests.web.intake.making import HISTORY, csv_file, history_row
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.files.run import import_paths
from web.words.judgement_table import judgement_table

KEPT = "It is kept as said, and governs and dates nothing until somebody with the report in hand has looked."


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return demo_app(tmp_path / "store")


@pytest.fixture
def officer(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER, authorities=[HARINGEY]))
    return client


@pytest.fixture
def asked(app: WebApp, tmp_path: Path) -> Activity:
    """Two days in Haringey without grades, read from a history of reports."""
    return read(app, tmp_path, "06/05/2025", "07/05/2025", "10/06/25")


def read(app: WebApp, folder: Path, start: str, end: str, published: str, grade: str = "") -> Activity:
    row = history_row(
        urn=HARINGEY,
        local_authority="haringey",
        inspection_start_date=start,
        inspection_end_date=end,
        publication_date=published,
        **{f"{area}_grade": grade for area in ("overall_effectiveness", "impact_of_leaders", "help_and_protection")},
        **{f"{area}_grade": grade for area in ("in_care", "care_leavers")},
    )
    with app.app_context():
        store = store_of(app)
        import_paths(store.application, [csv_file(folder / "history_2025-07-01.csv", HISTORY, [row])], actor="import")
        store.projector.catch_up()
    (found,) = (one for one in entries(app) if one.doubts)
    return found


def test_a_doubtful_entry_says_on_every_page_why_and_what_can_be_done(app: WebApp, officer: Client, asked: Activity):
    why = "It would last 2 days, from 6 May 2025 to 7 May 2025"
    for where in (f"/authorities/{HARINGEY}", f"/inspections/{asked.id}", "/disagreements"):
        said = main_of(Client(app).page(where))
        assert why in said, where
        assert KEPT in said, where
        assert "Doubtful" in said or where.startswith("/inspections"), where
    links = [link.get("href") for link in officer.page(f"/inspections/{asked.id}").all("a")]
    assert {address(asked, kind) for kind in ("right", "date", "visit", "withdraw")} <= set(links)
    assert "questions about what cannot be right" in main_of(Client(app).page("/"))


def test_an_entry_that_cannot_be_right_is_not_in_the_table_of_judgements(app: WebApp, tmp_path: Path):
    held = entries(app)
    doubtful = read(app, tmp_path, "07/05/2025", "07/05/2025", "10/06/25", "inadequate")
    assert judgement_table([*held, doubtful]) == judgement_table(held)


def test_an_officer_recognises_a_visit(app: WebApp, officer: Client, asked: Activity):
    where = address(asked, "visit")
    assert "Select a kind of visit" in main_of(officer.post(where, filled(officer, where), status=422))
    sent = officer.client.post(where, data=filled(officer, where, kind="focused_visit"))
    assert sent.status_code == 303
    assert [one.status for one in entries(app) if one.id == asked.id] == [Status.WITHDRAWN]
    (visit,) = (one for one in entries(app) if one.kind is Kind.FOCUSED_VISIT and one.start == asked.start)
    assert visit.published == asked.published
    assert "in question" not in main_of(officer.page("/disagreements"))


def test_an_officer_confirms_an_entry_and_it_counts(app: WebApp, officer: Client, tmp_path: Path):
    sunday = read(app, tmp_path, "04/05/2025", "16/05/2025", "24/06/25", "inadequate")
    where = address(sunday, "right")
    assert officer.client.get(address(sunday, "visit")).status_code == 200
    assert "has a first day and no grades" in main_of(officer.page(address(sunday, "visit")))
    assert officer.client.post(where, data=filled(officer, where)).status_code == 303
    assert "The entry was confirmed, and counts." in main_of(officer.page(f"/inspections/{sunday.id}"))
    (confirmed,) = (one for one in entries(app) if one.id == sunday.id)
    assert (confirmed.counts, confirmed.doubts) == (True, ())
    standing = officer.client.get(f"/api/authorities/{HARINGEY}?as_at=2025-12-01").get_json()
    assert standing["pathway"] == "inadequate"
    assert officer.client.get("/api/doubts").get_json() == []
