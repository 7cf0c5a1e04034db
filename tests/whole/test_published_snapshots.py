"""Thirty-two dated snapshots of one source read in: what a reader of it believed on each of those days, against the
list of changes that was made from every commit of the same source. Skipped, loudly, without the files."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.application import Application
from domain.authorities.source_beliefs import NOT_JUDGED, reworded
from domain.frameworks import Area, Grade
from domain.ledger.store import open_ledger
from domain.register.register import REGISTER
from domain.values.statements import Channel, Family
from projections.authorities.sources import SourceThen, sources_of
from tests.projections.story import Store, open_read_side
from web.files.run import import_paths
from web.intake.scrapes import GRADES

AT = datetime(2026, 9, 1, tzinfo=UTC)
MENDED = date(2024, 3, 20)
WORDS = {grade.value.replace("_", " "): grade for grade in Grade} | {
    "to requires improvement": Grade.REQUIRES_IMPROVEMENT,
    "inspection_pre_dates_judgement": None,
    "data_unreadable": None,
    "": None,
}
"""Cells as the source has them, and the grade that each gives."""


@pytest.fixture(scope="module")
def snapshots(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = str(tmp_path_factory.mktemp("snapshots") / "ledger.db")
    store = open_read_side(open_ledger(path, create=True), path)
    door = Application(store.ledger)
    door.authorities.register_authorities(at=AT)
    report = import_paths(door, [real / "d2i_overview"], actor="import")
    assert len([file for file in report.files if file.refused is None]) == 32
    store.projector.catch_up()
    yield store
    store.engine.dispose()
    store.ledger.close()


def said_by(store: Store, urn: str, on: date) -> SourceThen:
    found = sources_of(store.reader, urn, on=on, families=[Family.SCRAPE]).sources
    return next(source for source in found if source.channel is Channel.D2I_OVERVIEW)


def days_of(real: Path) -> list[date]:
    """The last snapshot of each month, and the day of the broken scrape."""
    return sorted(date.fromisoformat(path.name[:10]) for path in (real / "d2i_overview").glob("*.xlsx"))


def changes(real: Path) -> dict[tuple[str, str], list[tuple[date, str, str]]]:
    """By authority and column, each change of the weekly stream in order: the day, the old and the new cell."""
    found: dict[tuple[str, str], list[tuple[date, str, str]]] = defaultdict(list)
    with (real / "d2i_timeline" / "overview_changes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["stream"] == "data-to-insight":
                day = datetime.fromisoformat(row["seen_at"]).date()
                found[row["urn"], row["field"]].append((day, row["old_value"], row["new_value"]))
    return {key: sorted(rows, key=lambda row: row[0]) for key, rows in found.items()}


def on(rows: list[tuple[date, str, str]], day: date) -> str:
    """The cell on a day, by the changes around it."""
    before = [now for changed, _, now in rows if changed <= day]
    return before[-1] if before else rows[0][1]


@pytest.mark.parametrize("first", [0, pytest.param(4, marks=pytest.mark.soak)])
def test_what_was_believed_on_each_day_is_what_the_list_of_changes_says(snapshots: Store, real: Path, first: int):
    told = changes(real)
    compared, wrong = 0, []
    for day in days_of(real)[first::8]:
        for urn in (row.facts.urn for row in REGISTER.current):
            beliefs = [one.belief for one in said_by(snapshots, urn, day).believed]
            for field, area in GRADES.items():
                rows = told.get((urn, field))
                if rows is None or not beliefs or beliefs[0].last != day:
                    continue
                said = beliefs[0].heard.said.grades.get(area)
                expected = WORDS[on(rows, day).strip().casefold()]
                compared += 1
                if said is not expected:
                    wrong.append((day.isoformat(), urn, field, expected, said))
    assert wrong == []
    assert compared > 750


def test_the_mending_of_the_parser_is_105_corrections_and_no_news(snapshots: Store):
    corrected, news = 0, 0
    for row in REGISTER:
        found = sources_of(snapshots.reader, row.facts.urn, on=MENDED, families=[Family.SCRAPE]).sources
        for one in (turned.turn for source in found for turned in source.turns):
            if one.day == MENDED and one.was is not None:
                taken_back = [
                    each
                    for each in reworded(one.was.said, one.now.said)
                    if each.field == f"grades.{Area.CARE_LEAVERS.value}" and each.now == NOT_JUDGED
                ]
                corrected += len(taken_back)
            elif one.day == MENDED:
                news += 1
    assert (corrected, news) == (105, 1), "one report was new that day; the 105 came with none"
