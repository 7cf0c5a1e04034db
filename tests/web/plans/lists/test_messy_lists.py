"""Councils' own lists load to the last action with one page of questions and at most ten decisions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import pytest

from tests.web.client import Client
from tests.web.plans.lists.test_spreadsheet import DAY, actions, confirm, counts, filled, mapped, send
from web import WebApp

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"
MESSY = SHARED / "plan_sheets" / "children_services_plan_messy.xlsx"

pytestmark = pytest.mark.skipif(not MESSY.exists(), reason="the lists of ../shared/data are not here")


@pytest.mark.parametrize(
    ("name", "held", "asked"),
    [
        ("C10/plan_text_dates.xlsx", 15, {}),
        ("C11/plan_percent_cells.xlsx", 2, {}),
        ("C12/plan_merged.xlsx", 3, {}),
        ("C13/plan_1904.xlsx", 1, {}),
        ("C14/plan_colours_only.xlsx", 3, {}),
        ("C16/plan_control_characters.csv", 1, {}),
        ("C17/plan_two_heading_rows.xlsx", 2, {"every": "1"}),
        ("C18/plan_sheet_per_priority.xlsx", 3, {}),
        ("C19/plan_formula_words.csv", 2, {}),
    ],
)
def test_a_list_of_each_kind_loads_to_its_last_action(
    app: WebApp, plan: UUID, officer: Client, name: str, held: int, asked: Mapping[str, str]
):
    path = SHARED / "cases" / name
    columns = send(officer, plan, path.read_bytes(), path.name).headers["Location"]
    said = dict(asked)
    if "every" in said:
        options = [one for one in officer.page(columns).all("option") if len(one.get("value") or "") == 36]
        said["every"] = options[0].get("value") or ""
    rows = mapped(officer, plan, path.read_bytes(), path.name, **said)
    assert counts(officer, rows)[2] == 0
    assert confirm(officer, rows) == 303
    assert counts(officer, rows) == [0, 0, 0, held]
    assert len(actions(app, plan)) == held + 1


def test_thirty_messy_actions_load_in_one_sitting_with_few_decisions(app: WebApp, plan: UUID, officer: Client):
    columns = send(officer, plan, MESSY.read_bytes(), MESSY.name).headers["Location"]
    form = filled(officer, columns)
    asked = [name for name, value in form.items() if name.startswith(("finding-", "owner-")) and not value]
    form |= {name: "1" if name.startswith("finding-") else "Head of Service" for name in asked}
    rows = officer.client.post(columns, data=form).headers["Location"]
    ready, check, mend, _ = counts(officer, rows)
    assert (ready + check, mend) == (29, 1), "only the thirty-first of September is left"
    page = officer.page(rows)
    (wrong,) = [link for link in page.all("a") if "September 2027 has no day 31" in link.said]
    cell = (wrong.get("href") or "").removeprefix("#")
    boxes = {
        str(box.get("name")): box.get("value") or ""
        for box in page.all("input")
        if box.get("name") and (box.get("type") != "checkbox" or box.get("checked") is not None)
    }
    assert confirm(officer, rows, **(boxes | {cell: "30 Sept 2027"})) == 303
    assert counts(officer, rows) == [0, 0, 0, 30]
    assert len(asked) + 1 <= 10, "decisions for thirty actions"
    found = actions(app, plan).values()
    assert not any(name in action.owner for action in found for name in ("Jane", "Tom", "Jones", "SW"))
    assert {action.owner for action in found} >= {"DCS", "AD CSC", "No office yet", "Head of Service"}
    assert sum(action.due_on is None for action in found) == 6
    again = send(officer, plan, MESSY.read_bytes(), MESSY.name).headers["Location"]
    assert again.endswith("/rows"), "next month the same file goes straight to its rows"
    assert DAY.year == 2026


def test_a_file_with_a_password_is_refused_in_words(plan: UUID, officer: Client):
    path = SHARED / "cases" / "C15" / "plan_password.xlsx"
    said = officer.checked(send(officer, plan, path.read_bytes(), path.name), 422).all("main")[0].said
    assert "it is encrypted; save it without a password" in said
