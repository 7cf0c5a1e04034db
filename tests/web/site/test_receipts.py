"""Whoever records something is told where its receipt is, whatever the form."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.plans.action_commands import ReportProgress
from domain.values.plans import Progress
from domain.values.roles import Role
from tests.web.authorities.test_correcting import address, filled, report_of_2018
from tests.web.client import Client, Document
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, told
from tests.web.meetings.story import arranged, day, seen_in
from tests.web.plans.lists.test_spreadsheet import LIST, a_workbook, mapped, means, seen_on
from tests.web.signed_in import PASSWORD, person, sign_in, store_of
from web import WebApp

DAY = date(2026, 8, 20)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    made = demo_app(tmp_path / "store")
    made.extensions["plans"] = open_plans(made)
    return made


def client_of(app: WebApp, *roles: Role) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, *roles))
    return client


def must_offer_its_receipt(app: WebApp, client: Client, where: str, form: dict[str, Any]) -> None:
    """A form is carried out, and the page it leads to has the receipt of the command that wrote the last event."""
    answer = client.client.post(where, data={"command": str(uuid4()), **form})
    assert answer.status_code == 303, answer.text
    must_be_of_the_last(app, client.receipt(client.page(answer.location)))


def must_be_of_the_last(app: WebApp, receipt: Any) -> None:
    audit = store_of(app).audit
    last = audit.head().size
    assert receipt["entries"][-1]["seq"] == last
    assert receipt["command"] == audit.proof(last)["event"]["command"]


def told_by(page: Document) -> str:
    """The line that says as which entries something was recorded."""
    (found,) = [one.said for one in page.all("p") if one.said.startswith("Recorded as ")]
    return found


def test_of_a_visit_with_all_its_findings_and_it_verifies(app: WebApp, tmp_path: Path):
    officer = client_of(app, Role.OFFICER)
    before = store_of(app).audit.head().size
    form = {"source_title": "Ofsted letter", "priority_actions": "The front door\nManagers' oversight"}
    form |= (
        day("started_on", date(2026, 6, 9))
        | day("ended_on", date(2026, 6, 10))
        | day("published_on", date(2026, 7, 14))
    )
    answer = officer.client.post(
        f"/authorities/{HARINGEY}/record/focused-visit", data={"command": str(uuid4()), **form}
    )
    assert answer.status_code == 303, answer.text
    page, size = officer.page(answer.location), store_of(app).audit.head().size
    assert size == before + 4
    assert told_by(page) == f"Recorded as entries {before + 1:,} to {size:,} of the history. Keep the receipt ."
    receipt = officer.receipt(page)
    assert [entry["seq"] for entry in receipt["entries"]] == list(range(before + 1, size + 1))
    kept = tmp_path / "receipt.json"
    kept.write_text(json.dumps(receipt), encoding="utf-8")
    report = store_of(app).audit.verify(receipts=[kept], at=NOON).document()
    assert report["checks"]["receipts"] == "ok"
    for seq in (before + 1, size):
        entry = officer.page(f"/record/{seq}")
        assert f"as entries {before + 1:,} to {size:,}." in entry.all("main")[0].said
        (link,) = [one.get("href") for one in entry.all("a") if one.said == "Keep the receipt of all of them"]
        assert officer.client.get(str(link)).json == receipt


def test_of_a_command_that_was_never_kept_there_is_none(app: WebApp):
    member = client_of(app, Role.MEMBER)
    assert member.client.get(f"/record/commands/{uuid4()}/receipt.json").status_code == 404


def test_of_people_and_their_roles(app: WebApp):
    admin, who = client_of(app, Role.ADMINISTRATOR), person(app).person
    form = {"name": "Cas Lowe", "sign_in_name": "cas@council.example", "reason": "New officer"}
    must_be_of_the_last(app, admin.receipt(admin.post("/admin/people/add", {"command": str(uuid4()), **form})))
    role = {"role-command": str(uuid4()), "role-role": "member", "role-reason": "Joins the committee"}
    must_offer_its_receipt(app, admin, f"/admin/people/{who}/roles", role)
    why = {"reason": "Left the committee"}
    for change in ("roles/member/withdraw", "disable", "reinstate"):
        must_offer_its_receipt(app, admin, f"/admin/people/{who}/{change}", why)


def test_of_the_first_administrator(tmp_path: Path):
    app = demo_app(tmp_path / "first")
    client, before = Client(app), store_of(app).audit.head().size
    form = {"password": PASSWORD, "again": PASSWORD, "name": "Beth Adeyemi", "sign_in_name": "beth@council.example"}
    link = f"/set-up/{store_of(app).accounts.make_link(None)}"
    answer = client.client.post(link, data={"command": str(uuid4()), **form})
    page, size = client.page(answer.location), store_of(app).audit.head().size
    assert told_by(page).startswith(f"Recorded as entries {before + 1:,} to {size:,} of the history. ")
    must_be_of_the_last(app, client.receipt(page))


def test_of_work_on_an_action(app: WebApp):
    where = f"/plans/{app.extensions['plans'][HARINGEY]}/ask?action=1"
    must_offer_its_receipt(app, client_of(app, Role.MEMBER), where, {"question": "What shows it?"})


def test_of_a_list_of_actions(app: WebApp):
    officer = client_of(app, Role.OFFICER)
    rows = mapped(officer, app.extensions["plans"][GATESHEAD], a_workbook(LIST), **{means("Supervision"): "2"})
    before = store_of(app).audit.head().size
    assert officer.client.post(rows, data={"load": "1", **seen_on(officer, rows)}).status_code == 303
    page, size = officer.page(rows), store_of(app).audit.head().size
    assert told_by(page).startswith(f"Recorded as entries {before + 1:,} to {size:,} of the history. ")
    must_be_of_the_last(app, officer.receipt(page))
    assert "Keep the receipt" not in officer.page(rows).all("main")[0].said, "told once"


def test_of_a_correction(app: WebApp):
    officer = client_of(app, Role.OFFICER)
    where = address(report_of_2018(app), "grade")
    form = filled(officer, where, area="impact_of_leaders", now="inadequate")
    must_offer_its_receipt(app, officer, where, form)


def test_of_a_publication(app: WebApp):
    plan: UUID = app.extensions["plans"][HARINGEY]
    by = told("a report by somebody else")
    store_of(app).application.do(
        ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative="Begun.", on=DAY), by=by
    )
    store_of(app).projector.catch_up()
    approver = client_of(app, Role.APPROVER)
    boxes = approver.page(f"/plans/{plan}/publish").all("input")
    form = {str(box.get("name")): str(box.get("value")) for box in boxes if box.get("type") == "hidden"}
    must_offer_its_receipt(app, approver, f"/plans/{plan}/publish", form)


def test_of_a_meeting_and_of_erasing_its_words(app: WebApp):
    meeting = arranged(app, "receipts")
    where = f"/authorities/{GATESHEAD}/meetings/{meeting}"
    officer = client_of(app, Role.OFFICER)
    must_offer_its_receipt(app, officer, f"{where}/record/resolution", {"resolved": "That audits be reported."})
    next_report = day("due_on", date(2021, 3, 1)) | seen_in(officer, f"{where}/record/next-report")
    must_offer_its_receipt(app, officer, f"{where}/record/next-report", next_report)
    administrator = client_of(app, Role.ADMINISTRATOR)
    links = administrator.page(f"/meetings/{meeting}").all("a")
    (erasing,) = [one.get("href") or "" for one in links if "/words/" in (one.get("href") or "")]
    must_offer_its_receipt(app, administrator, erasing, {"reason": "It named a child.", "sure": "y"})
