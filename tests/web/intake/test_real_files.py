"""The real published files, read whole: the check figures of their read-me, and their dirt."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from domain.frameworks import GRADES, Area, Framework, Grade
from domain.register.register import REGISTER
from domain.values.statements import Channel, Kind, Variant
from tests import CHECKOUT
from tests.published import CAME_LATER, folder_of_real_files
from web.intake.reading import FileReading, read_file
from web.words.file_formats import Layout

TODAY = date(2026, 11, 22)
GOOD, RI, OUTSTANDING, INADEQUATE = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.OUTSTANDING, Grade.INADEQUATE


def processor_seconds() -> float:
    """Of this process and of those it waited for: what others do meanwhile does not count."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.fixture(scope="session")
def readings(real) -> dict[str, FileReading]:
    """Every file, read once, in less than a minute of one processor."""
    began = processor_seconds()
    read = {path.name: read_file(path, register=REGISTER, today=TODAY) for path in files_in(real)}
    took = processor_seconds() - began
    print(f"read {len(read)} files in {took:.1f} s")
    assert took < 60
    return read


def files_in(real: Path) -> list[Path]:
    return sorted(path for path in real.rglob("*") if path.is_file())


READ_THEM = """
import resource, sys
from datetime import date
from pathlib import Path
from domain.register.register import REGISTER
from web.intake.reading import read_file
for name in sys.argv[1:]:
    read_file(Path(name), register=REGISTER, today=date(2026, 11, 22))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_the_parser_s_process_stays_under_200_mebibytes(real):
    """Asked of a small process: a child counts as its own what its parent has when it begins."""
    done = subprocess.run(
        [sys.executable, "-c", READ_THEM, *map(str, files_in(real))],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    print(f"the parser's process at most {int(done.stdout) // 1024} MiB")
    assert 0 < int(done.stdout) < 200 * 1024


@pytest.fixture(scope="session")
def release(readings):
    by_edition = {reading.edition: reading for reading in readings.values() if reading.edition}
    return lambda year: by_edition[date(year, 3, 31)]


def overall(observations, channel):
    return Counter(
        observation.said.grades.get(Area.OVERALL_EFFECTIVENESS)
        for observation in observations
        if observation.channel is channel and observation.said.kind is Kind.INSPECTION
    )


def test_every_row_of_every_known_file_is_taken(readings):
    read = [reading for reading in readings.values() if reading.refused is None]
    assert Counter(reading.layout for reading in read) == {
        Layout.D2I_OVERVIEW.value: 32,
        Layout.JT39_HISTORY.value: 2,
        Layout.OFSTED_OUTCOMES.value: 2,
        Layout.AUTHORITY_LOOK_UP.value: 3,
        Layout.IMPROVEMENT_ITEMS.value: 1,
        Layout.JTAI_OVERVIEW.value: 1,
        Layout.AREA_SEND_OVERVIEW.value: 1,
        Layout.YOUTH_JUSTICE_RATINGS.value: 1,
        Layout.OFSTED_REPORT.value: 7,
    }
    rejected = [(reading.layout, one) for reading in read for one in reading.rejected]
    assert {layout for layout, _ in rejected} == {Layout.YOUTH_JUSTICE_RATINGS.value}
    assert all("in Wales" in one.reason for _, one in rejected)


def test_files_of_other_kinds_are_refused_naming_what_was_looked_for(readings):
    refused = {name: reading.refused for name, reading in readings.items() if reading.refused}
    tables = {name: reason for name, reason in refused.items() if not name.endswith(".pdf")}
    assert {name.rsplit(".")[-1] for name in tables} >= {"html", "csv"}
    assert all("Looked for: Ofsted's yearly outcomes" in reason for reason in tables.values())


def test_every_authority_named_anywhere_is_identified(readings):
    urns = {observation.urn for reading in readings.values() for observation in reading.observations}
    assert urns == {one.facts.urn for one in REGISTER if one.current or one.facts.abolished_on}


def test_the_2024_release_has_its_published_grades(release):
    latest = overall(release(2024).observations, Channel.OFSTED_LATEST)
    waiting = [o.urn for o in release(2024).observations if o.said.kind is Kind.NOT_YET_INSPECTED]
    assert latest == {GOOD: 61, RI: 43, OUTSTANDING: 30, INADEQUATE: 17}
    assert {REGISTER[urn].facts.name for urn in waiting} == {"Cumberland", "Westmorland and Furness"}


def test_the_2024_release_agrees_with_ofsteds_main_findings_by_region(release):
    by_region = Counter()
    well = Counter()
    for observation in release(2024).observations:
        if observation.channel is Channel.OFSTED_LATEST and observation.said.kind is Kind.INSPECTION:
            region = REGISTER[observation.urn].facts.region
            by_region[region] += 1
            grade = observation.said.grades.get(Area.OVERALL_EFFECTIVENESS)
            well[region] += grade is not None and bool(GRADES[grade].good)
    assert (well.total(), by_region.total()) == (91, 151)
    assert (well["London"], by_region["London"]) == (28, 33)
    assert (well["North West"], by_region["North West"]) == (8, 22)


def test_the_2023_release_has_its_published_grades(release):
    assert overall(release(2023).observations, Channel.OFSTED_LATEST) == {
        GOOD: 65,
        RI: 48,
        OUTSTANDING: 25,
        INADEQUATE: 14,
    }


def test_the_2023_long_sheet_has_its_published_counts(release):
    history = [o.said for o in release(2023).observations if o.channel is Channel.OFSTED_HISTORY]
    counts = Counter((said.framework, said.variant is Variant.REINSPECTION) for said in history)
    assert counts[Framework.SIF, False] == 152
    assert counts[Framework.SIF, True] == 21
    assert counts[Framework.ILACS, False] == 154 + 23
    assert counts[Framework.SLAC, False] == 152
    assert counts[Framework.CPI, False] == 50
    assert counts[Framework.TLAC, False] == 5
    assert counts[Framework.CPRI, False] == 1
    seconds = Counter(
        o.urn for o in release(2023).observations if o.said.framework is Framework.ILACS and not o.said.start
    )
    assert Counter(seconds.values()) == {1: 154 - 23, 2: 23}


@pytest.mark.parametrize(("year", "focused", "monitoring"), [(2023, 36, 24), (2024, 37, 28)])
def test_the_in_year_sheets_have_their_visits(release, year, focused, monitoring):
    kinds = Counter(o.said.kind for o in release(year).observations if o.channel is Channel.OFSTED_IN_YEAR)
    assert (kinds[Kind.FOCUSED_VISIT], kinds[Kind.MONITORING_VISIT]) == (focused, monitoring)


def test_abolished_authorities_stand_in_the_second_table_under_their_own_urns(release):
    abolished = {o.urn for o in release(2023).observations if not REGISTER[o.urn].current}
    assert {REGISTER[urn].facts.name for urn in abolished} == {
        "Bournemouth",
        "Cumbria",
        "Dorset",
        "Northamptonshire",
        "Poole",
    }
    old_dorset = [o.said for o in release(2023).observations if o.urn == "80463"]
    assert max(said.published for said in old_dorset) == date(2016, 5, 23)


def test_the_jt39_history_has_its_rows_authorities_and_grades(readings):
    reading = readings["ofsted_csc_ilacs_history_2026-08-04.csv"]
    assert (reading.rows, len(reading.observations)) == (494, 494)
    assert len({observation.urn for observation in reading.observations}) == 153
    words = Counter(dict(o.verbatim.cells)["overall_effectiveness_grade"] for o in reading.observations)
    assert words == {
        "good": 127,
        "requires improvement": 76,
        "outstanding": 71,
        "inadequate": 34,
        "not_reported_post_reform": 8,
        "data_unreadable": 9,
        "": 169,
    }
    assert overall(reading.observations, Channel.JT39_HISTORY) == {
        GOOD: 127,
        RI: 76,
        OUTSTANDING: 71,
        INADEQUATE: 34,
        None: 186,
    }


def test_an_overview_of_a_broken_day_is_read_for_what_it_has(readings):
    rows = {name[:10]: reading.rows for name, reading in readings.items() if reading.layout == "d2i_overview"}
    assert rows["2024-03-17"] == 135
    assert set(rows.values()) == {135, 151, 152, 153}


def test_the_overview_with_la_numbers_in_its_urn_column_is_identified(readings):
    reading = readings["2024-02-27_d068f77_ofsted_childrens_services_overview.xlsx"]
    given = [dict(observation.verbatim.cells)["urn"] for observation in reading.observations]
    assert sum(len(urn) == 3 for urn in given) == 16
    assert all(len(observation.urn) > 3 for observation in reading.observations)


def test_the_improvement_items_are_1433_of_314_reports(readings):
    reading = readings["what_needs_to_improve.csv"]
    items = sum(len(observation.said.improvements) for observation in reading.observations)
    assert (reading.rows, len(reading.observations)) == (1433, 314)
    assert len({observation.urn for observation in reading.observations}) == 153
    assert items == 1433


def test_joint_inspections_start_on_the_days_of_their_sentence_and_have_one_of_thirteen_themes(readings):
    reading = readings["ofsted_csc_jtai_overview_2026-06-29.xlsx"]
    started = {o.urn: (o.said.start, o.said.end) for o in reading.observations if o.said.start is not None}
    assert (reading.rows, len(started)) == (49, 22)
    assert started[REGISTER.find("Hampshire")] == (date(2016, 12, 5), date(2016, 12, 9))
    assert started[REGISTER.find("Lincolnshire")] == (date(2016, 10, 17), date(2016, 10, 21))
    assert started[REGISTER.find("Liverpool")] == (date(2016, 6, 20), date(2016, 6, 24))
    assert len({o.said.theme for o in reading.observations}) == 13


def test_files_are_read_as_on_the_day_in_their_name_or_the_newest_inside(readings):
    assert readings["2024-03-17_bb8f098_ofsted_childrens_services_overview.xlsx"].read_on == date(2024, 3, 17)
    assert readings["what_needs_to_improve.csv"].read_on == date(2026, 7, 28)
    assert readings["LA_Inspection_Outcomes_as_at_March_2024.ods"].read_on == date(2024, 8, 30)


@pytest.mark.parametrize("name", CAME_LATER)
def test_files_that_came_later_are_read_to_their_end(name: str):
    found = read_file(folder_of_real_files() / name, register=REGISTER, today=TODAY)
    assert found.refused is None
    assert found.rows > 150
    assert found.rejected == ()
