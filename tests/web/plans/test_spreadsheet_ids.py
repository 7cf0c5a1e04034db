"""A row that is sent again is known again: the ids of its commands, as they have been since lists were first loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from domain.facts import Told
from domain.plans.handler import PlanDone
from domain.values.plans import Figure, PlanFinding, Progress
from web.intake.action_sheet import read_sheet
from web.plans.spreadsheet import load as spreadsheet_load
from web.plans.spreadsheet.columns import KNOWN
from web.plans.spreadsheet.load import File, RowFate, load
from web.plans.spreadsheet.rows import Mapped

PLAN, ENTRY = UUID(int=1), UUID(int=2)
FINDINGS = tuple(PlanFinding(UUID(int=number), ENTRY, False, f"Finding {number}") for number in (11, 12))
LIST = b"""\
Action,Findings,Owner,Due,Measure,Unit,Baseline,Target,Now,Status,Progress update
Train managers,2,Head of Service,3/4/2027,Managers trained,%,10,100,25,Green,Six of nine
Review cases,2,Director,1 December 2027,Cases,,"1,200",0,800,Amber,Two weeks without a gap
"""
HELD: Any = SimpleNamespace(
    **{"number": 7, "version": 3, "what": SimpleNamespace(text="Review cases"), "owner": "Head of Safeguarding"},
    **{"findings": (FINDINGS[0].id,), "due_on": date(2026, 12, 1), "progress": Progress.IN_PROGRESS, "track": None},
    **{"measure": None, "unit": None, "baseline": None, "target": None, "now": Figure("900"), "narrative": None},
)

IDS = {
    "new add_action": "f24495ae-d2b2-5dd6-af02-4e8df8c74f13",
    "8 report_progress": "038b202c-0615-5942-bacc-93672babc3b7",
    "7 move_action_due_date": "0e9cebf0-56d6-5e0d-a763-8b98be7a64a1",
    "7 change_action_findings": "3e348cec-122a-5eaf-8175-66ff8dad0b55",
    "7 change_action_owner": "fdb447ee-aa60-5bea-940e-1f7524151fa3",
    "7 set_action_measure": "c89e1867-c998-5893-92f4-b938c36b6cbd",
    "7 report_progress": "64ebd858-f0a1-56a0-836d-e56c42d68627",
}
"""By what is sent of a row. Never changed: a list sent before would be recorded once more."""


class SentBefore:
    """A plan to which every command was sent before; it keeps their ids."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def do(self, command: Any, *, by: Told) -> PlanDone:
        about = getattr(command, "action", "new")
        self.ids[f"{about} {command.code}"] = str(by.command)
        return PlanDone(PLAN, 1, repeated=True, made=8)


def test_each_kind_of_command_that_a_row_sends_has_the_id_that_it_always_had(monkeypatch: pytest.MonkeyPatch):
    plan, sheet = SentBefore(), read_sheet(LIST, KNOWN)
    monkeypatch.setattr(spreadsheet_load, "DryRun", lambda *_: plan)
    columns = {
        key: place
        for place, key in enumerate(
            ("what", "findings", "owner", "due", "measure", "unit", "baseline", "target", "now", "track", "narrative")
        )
    }
    mapped = Mapped(
        columns, {"green": "/on_track", "amber": "/at_risk"}, on=date(2026, 8, 20), why="The board agreed it."
    )
    answer: Any = SimpleNamespace(
        head=SimpleNamespace(id=PLAN, opened_on=date(2026, 3, 1)),
        actions=[HELD],
        findings=[SimpleNamespace(finding=finding) for finding in FINDINGS],
    )
    plans: Any = None
    file = File("digest", "actions", sheet, mapped)
    rows = load(plans, answer, file, actor="officer", at=datetime(2026, 8, 20, tzinfo=UTC), dry_run=True)
    assert [row.bucket for row in rows] == [RowFate.UNCHANGED, RowFate.UNCHANGED], rows
    assert plan.ids == IDS
