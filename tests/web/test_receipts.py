"""Whoever records something is told where its receipt is, whatever the form."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.plans import Progress
from domain.roles import Role
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, told
from tests.web.people import person, sign_in, store_of
from tests.web.test_correcting import address, filled, report_of_2018
from tests.web.test_meetings import arranged, day
from tests.web.test_sheets import LIST, a_workbook, mapped, seen_on
from web import Timeline

DAY = date(2026, 8, 20)


@pytest.fixture
def app(tmp_path: Path) -> Timeline:
    made = demo_app(tmp_path / "store")
    made.extensions["plans"] = open_plans(made)
    return made


def client_of(app: Timeline, *roles: Role) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, *roles))
    return client


def must_offer_its_receipt(app: Timeline, client: Client, where: str, form: dict[str, Any]) -> None:
    """A form is carried out, and the page it leads to has the receipt of the last event."""
    answer = client.client.post(where, data={"command": str(uuid4()), **form})
    assert answer.status_code == 303, answer.text
    last = store_of(app).audit.head().size
    assert client.receipt(answer.location) == f"/audit/{last}"


def test_of_work_on_an_action(app: Timeline):
    where = f"/plans/{app.extensions['plans'][HARINGEY]}/ask?action=1"
    must_offer_its_receipt(app, client_of(app, Role.MEMBER), where, {"question": "What shows it?"})


def test_of_a_list_of_actions(app: Timeline):
    officer = client_of(app, Role.OFFICER)
    rows = mapped(officer, app.extensions["plans"][GATESHEAD], a_workbook(LIST), **{"finding-2-0": "2"})
    must_offer_its_receipt(app, officer, rows, seen_on(officer, rows))
    assert "Keep the receipt" not in officer.page(rows).all("main")[0].said, "told once"


def test_of_a_correction(app: Timeline):
    officer = client_of(app, Role.OFFICER)
    where = address(report_of_2018(app), "grade")
    form = filled(officer, where, area="impact_of_leaders", now="inadequate")
    must_offer_its_receipt(app, officer, where, form)


def test_of_a_publication(app: Timeline):
    plan: UUID = app.extensions["plans"][HARINGEY]
    by = told("a report by somebody else")
    store_of(app).application.report_progress(plan, 1, progress=Progress.IN_PROGRESS, narrative="Begun.", on=DAY, by=by)
    store_of(app).projector.catch_up()
    approver = client_of(app, Role.APPROVER)
    boxes = approver.page(f"/plans/{plan}/publish").all("input")
    form = {str(box.get("name")): str(box.get("value")) for box in boxes if box.get("type") == "hidden"}
    must_offer_its_receipt(app, approver, f"/plans/{plan}/publish", form)


def test_of_a_meeting_and_of_erasing_its_words(app: Timeline):
    meeting = arranged(app, "receipts")
    where = f"/authorities/{GATESHEAD}/meetings/{meeting}"
    officer = client_of(app, Role.OFFICER)
    must_offer_its_receipt(app, officer, f"{where}/record/resolution", {"resolved": "That audits be reported."})
    must_offer_its_receipt(app, officer, f"{where}/record/next-report", day("due_on", date(2021, 3, 1)))
    administrator = client_of(app, Role.ADMINISTRATOR)
    links = administrator.page(f"/meetings/{meeting}").all("a")
    (erasing,) = [one.get("href") or "" for one in links if "/words/" in (one.get("href") or "")]
    must_offer_its_receipt(app, administrator, erasing, {"reason": "It named a child."})
