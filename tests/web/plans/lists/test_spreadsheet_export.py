"""A list of actions taken out of a plan, and loaded again without a trace."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from domain.plans.action_commands import ReportProgress
from domain.plans.commands import AddAction
from domain.values.plans import Figure, Progress, Track
from projections.plans.plan import plan_of
from tests.examples import examples
from tests.web.client import Client
from tests.web.demo_app import told
from tests.web.plans.lists.test_spreadsheet import (
    confirm,
    counts,
    mapped,
    position,
)
from tests.web.signed_in import store_of
from web import WebApp
from web.formats.latest_checkpoint import LatestCheckpoint
from web.formats.table import as_csv, whole
from web.formats.workbook import Workbook
from web.intake.action_sheet import read_sheet
from web.plans.spreadsheet.columns import KNOWN, list_of_actions
from web.plans.spreadsheet.load import File, RowFate, load
from web.plans.spreadsheet.mapping import first_guess


def test_a_list_taken_out_has_days_and_figures_and_no_formulas(app: WebApp, plan: UUID, officer: Client):
    store = store_of(app)
    store.application.do(
        ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative="=1+1", on=date(2019, 7, 1)), by=told("words")
    )
    store.projector.catch_up()
    table = officer.client.get(f"/plans/{plan}/actions.csv").data
    assert table.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    assert (line["Due"], line["Latest"]) == ("2019-12-01", "'=1+1")
    book = CalamineWorkbook.from_filelike(io.BytesIO(officer.client.get(f"/plans/{plan}/actions.xlsx").data))
    head, row = book.get_sheet_by_name("Actions").to_python()
    assert row[head.index("Due")] == date(2019, 12, 1)
    assert row[head.index("Latest")] == "=1+1"
    assert len(book.get_sheet_by_name("Findings").to_python()) == 5


WORDS = st.text(
    st.characters(
        blacklist_categories=("Cc", "Cs", "Cn", "Zl", "Zp"),
        blacklist_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: bool(text.strip())) | st.sampled_from(
    ["=1+1", "'=x", "-5", "@a", "_x0041_", "a\uffffb", "007", "2026-01-01"]
)
FIGURES = st.decimals(-9_999, 9_999, places=2).map(lambda number: Figure(str(number)))


@given(
    told_of=st.lists(
        st.tuples(WORDS, WORDS, st.booleans(), FIGURES, FIGURES, WORDS, st.sampled_from([None, *Track]), WORDS),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_taken_out_and_loaded_again_changes_nothing(app: WebApp, plan: UUID, told_of: list[tuple[Any, ...]]):
    store = store_of(app)
    findings = list(store.application.plans.plan(plan).state.findings)
    for what, owner, measured, baseline, target, measure, track, news in told_of:
        number = len(store.application.plans.plan(plan).state.actions) + 1
        by = f"{number} of the property"
        store.application.do(
            AddAction(
                plan,
                findings=findings[: 1 + number % 3],
                what=what,
                owner=owner,
                due_on=date(2027, 1, 1),
                measure=measure if measured else None,
                unit="%" if measured else None,
                baseline=baseline if measured else None,
                target=target if measured else None,
                on=date(2026, 1, 1),
            ),
            by=told(f"add {by}"),
        )
        store.application.do(
            ReportProgress(
                plan,
                number,
                progress=(Progress.IN_PROGRESS, Progress.COMPLETE)[number % 2],
                track=track,
                narrative=f"{news}\n{what}",
                on=date(2026, 1, 2),
            ),
            by=told(f"report {by}"),
        )
    store.projector.catch_up()
    answer = plan_of(store.reader, plan, as_at=date(2026, 11, 1))
    grid = list_of_actions(answer)
    book = Workbook("Actions", "Plan")
    book.table("Actions", grid)
    for content in (book.data(), as_csv(grid, LatestCheckpoint("a log\n3\na root\n", 3))):
        sheet = read_sheet(content, KNOWN)
        mapped_so = first_guess(sheet, tuple(row.finding for row in answer.findings))
        file = File("digest", "actions", sheet, mapped_so)
        found = load(store.application.plans, answer, file, actor="officer", at=told("now").at, dry_run=True)
        assert len(found) == len(answer.actions)
        assert {one.bucket for one in found} == {RowFate.UNCHANGED}, found


def test_a_list_taken_out_is_loaded_again_through_the_pages_without_a_trace(app: WebApp, plan: UUID, officer: Client):
    before = position(app)
    for ending in ("xlsx", "csv"):
        content = officer.client.get(f"/plans/{plan}/actions.{ending}").data
        rows = mapped(officer, plan, content, f"actions.{ending}")
        assert counts(officer, rows) == [0, 0, 0, 1]
        confirm(officer, rows)
    assert position(app) == before


def test_no_table_has_a_formula_or_a_character_that_a_spreadsheet_cannot_hold():
    assert whole(("a", "b"), [("=1\x00", None), (date(2026, 3, 27), 5)]).decode("utf-8-sig") == (
        "a,b\r\n'=1\N{REPLACEMENT CHARACTER},\r\n2026-03-27,5\r\n"
    )
