"""The laws that no file may break, on real published files: skipped, loudly, where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from domain.application import Application
from domain.authorities.authority import Authority
from domain.authorities.reconciliation import NOT_JUDGED
from domain.authorities.rulings import settle
from domain.facts import Told
from domain.ledger.store import open_ledger
from domain.register.register import REGISTER
from domain.rulebook.forecast.cohorts import Cohort
from domain.rulebook.past.tally import tally
from domain.rulebook.past.windows import WindowOutcome, past_windows
from domain.values.activities import Activity
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.statements import Kind, Source
from tests.domain.rulebook.story import england
from tests.published import Published
from web.authorities.correcting_forms import said
from web.files.run import ImportReport, import_paths

AT = datetime(2026, 9, 1, tzinfo=UTC)

REAL_DISAGREEMENTS = {
    ("80496", "published"),
    ("80418", "published"),
    ("80521", "published"),
    ("80564", "published"),
    ("80553", "published"),
    ("80477", "published"),
    ("80560", "grades.help_and_protection"),
    ("80560", "grades.in_care"),
    ("80560", "grades.care_leavers"),
    ("80542", "grades.in_care_and_care_leavers"),
    ("80536", "grades.in_care_and_care_leavers"),
}
"""Six SIF reports that JT-39 dates later, St Helens, Rochdale and Oxfordshire."""

SETTLED_BY_RELEASES_NOT_HERE = {
    ("80455", "start"),
    ("80510", "variant"),
    ("80533", "published"),
    ("80561", "grades.care_leavers"),
}
"""Isles of Scilly, Merton, Nottingham, Staffordshire: in dispute until a later release is read."""


class Shelf:
    """A store of its own, and the files read into it."""

    def __init__(self, folder: Path) -> None:
        self.ledger = open_ledger(folder / "ledger.db", create=True)
        self.timeline = Application(self.ledger)
        self.timeline.authorities.register_authorities(at=AT)

    def read(self, *paths: Path, dry_run: bool = False) -> ImportReport:
        return import_paths(self.timeline, paths, actor="import", dry_run=dry_run)

    def held(self) -> dict[str, tuple[Activity, ...]]:
        return {row.facts.urn: self.timeline.authorities.authority(row.facts.urn).activities for row in REGISTER}

    def authority_events(self) -> int:
        streams = {Authority.create_id(row.facts.urn) for row in REGISTER}
        return sum(fact.originator_id in streams for _, fact in self.ledger.read_facts())


@pytest.fixture(scope="module")
def everything(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Shelf, ImportReport]]:
    shelf = Shelf(published.copied_to(tmp_path_factory.mktemp("everything") / "instance"))
    yield shelf, published.report
    shelf.ledger.close()


def test_every_known_format_is_read_and_no_row_is_rejected_but_those_of_wales(everything: tuple[Shelf, ImportReport]):
    _, report = everything
    read = [file for file in report.files if file.refused is None]
    layouts: dict[str | None, int] = {}
    for file in read:
        layouts[file.layout] = layouts.get(file.layout, 0) + 1
    assert layouts == {
        "authority_look_up": 3,
        "d2i_overview": 32,
        "jt39_history": 2,
        "ofsted_outcomes": 2,
        "jtai_overview": 1,
        "area_send_overview": 1,
        "youth_justice_ratings": 1,
        "improvement_items": 1,
        "ofsted_report": 7,
    }
    rejected = [(file.layout, row.reason) for file in read for row in file.rejected]
    assert len(rejected) == 10
    assert all(layout == "youth_justice_ratings" and "in Wales" in reason for layout, reason in rejected)
    assert report.document()["totals"]["rows"] == 8_536 + 72 + 83


def test_everybody_has_a_history_and_the_abolished_keep_theirs(everything: tuple[Shelf, ImportReport]):
    held = everything[0].held()
    graded = {urn: [a for a in activities if a.kind is Kind.INSPECTION] for urn, activities in held.items()}
    assert len([row for row in REGISTER.current if graded[row.facts.urn]]) == 153
    assert all(graded[urn] for urn in ("80457", "80531", "80433", "80434", "80463"))


def test_sources_disagree_where_they_are_known_to(everything: tuple[Shelf, ImportReport]):
    held = everything[0].held()
    found = {(urn, d.field) for urn, activities in held.items() for a in activities for d in a.disagreements}
    assert found == REAL_DISAGREEMENTS | SETTLED_BY_RELEASES_NOT_HERE


def test_every_real_disagreement_can_be_settled_for_any_of_its_sides(everything: tuple[Shelf, ImportReport]):
    disputes = [
        (urn, activity, one, saying.value)
        for urn, activities in everything[0].held().items()
        for activity in activities
        for one in activity.disagreements
        for saying in one.says
    ]
    assert {(urn, one.field) for urn, _, one, _ in disputes} >= REAL_DISAGREEMENTS
    for urn, activity, one, value in disputes:
        known = everything[0].timeline.authorities.authority(urn)
        by = Told("local", uuid4(), Source("report_in_hand", "The report"), AT, "Its front page.")
        settle(known, activity.id, said=said(activity.kind, one.field, value), by=by)
        (now,) = (each for each in known.activities if each.id == activity.id)
        (settled,) = (each for each in now.disagreements if each.field == one.field)
        assert (settled.held, settled.settled, settled.reason) == (value, True, "Its front page.")
        assert {each.family for each in settled.says} > {each.family for each in one.says}, "both sides stay"


def test_windows_stated_since_the_pandemic_came_true_and_the_others_did_not(everything: tuple[Shelf, ImportReport]):
    held = everything[0].held()
    day = date(2026, 8, 4)
    asked = {"on": day, "holidays": england(), "known_until": KnownUntil.of({KnownKind.GRADED_INSPECTION: day})}
    found = {row.facts.urn: past_windows(held[row.facts.urn], authority=row.facts, **asked) for row in REGISTER}
    counts = dict(tally(window for windows in found.values() for window in windows).by_cohort)
    assert [(cohort, count.came, count.inside) for cohort, count in counts.items()] == [
        (Cohort.BEFORE, 267, 49),
        (Cohort.DURING, 9, 3),
        (Cohort.AFTER, 66, 60),
    ], "R-025 was measured on 66 inspections, by reading the reports themselves: 91%"
    known = [(found[urn][at].outcome, found[urn][at].days) for urn, at in (("80516", 0), ("80498", 1), ("80520", 1))]
    assert known == [(WindowOutcome.INSIDE, 0), (WindowOutcome.LATE, 244), (WindowOutcome.EARLY, 44)], (
        "Tower Hamlets, Haringey, Luton"
    )
    assert found["80533"][-1].outcome is WindowOutcome.OVERDUE, "Nottingham"


def test_the_parsers_mending_of_march_2024_is_105_corrections_and_no_news(everything: tuple[Shelf, ImportReport]):
    shelf, report = everything
    mended = next(file for file in report.files if "2024-03-20" in file.path).document()
    assert (mended["corrected"], mended["new"]) == (105, 1)
    taken_back = [
        correction
        for activities in shelf.held().values()
        for activity in activities
        for correction in activity.corrections
        if correction.now.value == NOT_JUDGED and correction.now.read_on >= date(2024, 3, 20)
    ]
    assert len(taken_back) >= 105


def test_a_partial_scrape_deletes_nothing_and_a_fall_back_to_older_reports_is_not_news(
    everything: tuple[Shelf, ImportReport],
):
    _, report = everything
    partial = next(file for file in report.files if "2024-03-17" in file.path).document()
    assert (partial["rows"], partial["unchanged"]) == (135, 135)


def test_a_second_import_of_everything_adds_no_event(everything: tuple[Shelf, ImportReport], real: Path):
    shelf, _ = everything
    before = shelf.ledger.max_position()
    again = shelf.read(real / "ofsted_official", real / "jt39_history", real / "d2i_overview")
    assert shelf.ledger.max_position() == before
    for file in again.files:
        document = file.document()
        for bucket in ("new", "confirmed", "filled", "corrected", "disagreed"):
            assert document[bucket] == 0, f"{file.path}: {bucket}"


def some_files(real: Path) -> list[Path]:
    overviews = sorted((real / "d2i_overview").glob("*.xlsx"))
    return [
        *overviews[::7],
        next(path for path in overviews if "2024-03-17" in path.name),
        *sorted((real / "jt39_history").glob("*.csv")),
        *sorted((real / "ofsted_official").glob("*.ods")),
        real / "recommendations" / "what_needs_to_improve.csv",
    ]


def held_after(files: Sequence[Path], folder: Path) -> dict[str, tuple[Activity, ...]]:
    shelf = Shelf(folder)
    for path in files:
        shelf.read(path)
    held = shelf.held()
    shelf.ledger.close()
    return held


@pytest.fixture(scope="module")
def in_order(real: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Activity, ...]]:
    return held_after(some_files(real), tmp_path_factory.mktemp("in-order"))


@pytest.mark.parametrize("mixed", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_any_order_of_files_ends_in_the_same_state(
    real: Path, tmp_path: Path, in_order: dict[str, tuple[Activity, ...]], mixed: bool
):
    files = some_files(real)
    assert held_after(files[1::2] + files[::2] if mixed else files[::-1], tmp_path) == in_order


def test_a_release_as_a_spreadsheet_of_another_kind_adds_no_event_about_any_authority(real: Path, tmp_path: Path):
    release = real / "ofsted_official" / "LA_Inspection_Outcomes_as_at_March_2024.ods"
    shelf = Shelf(tmp_path)
    shelf.read(release)
    before = shelf.authority_events()
    report = shelf.read(as_xlsx(release, tmp_path / "LA_Inspection_Outcomes_as_at_March_2024.xlsx"))
    assert shelf.authority_events() == before
    assert report.document()["totals"]["unchanged"] > 250
    shelf.ledger.close()


def as_xlsx(source: Path, target: Path) -> Path:
    workbook = CalamineWorkbook.from_path(str(source))
    with xlsxwriter.Workbook(str(target), {"default_date_format": "dd/mm/yyyy"}) as written:
        for name in workbook.sheet_names:
            sheet = written.add_worksheet(name)
            for row, cells in enumerate(workbook.get_sheet_by_name(name).to_python()):
                for column, cell in enumerate(cells):
                    _write(sheet, row, column, cell)
    return target


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif cell != "":
        sheet.write(row, column, cell)
