"""Files that went wrong elsewhere, a folder a kind of fault: what is right to read of each. Skips where they are not.

Each kind has tests of its own, on files of our own making; these say that the files given are read too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.register.register import REGISTER
from domain.values.statements import Kind
from tests.published import folder_of_real_files
from web.intake.reading import FileReading, read_file

TODAY = date(2026, 11, 30)


def read(path: str) -> FileReading:
    file = folder_of_real_files() / path
    if not file.is_file():
        pytest.skip(f"NO {path} HERE: this fault is tested on files of our own making only")
    return read_file(file, register=REGISTER, today=TODAY)


@pytest.mark.parametrize(
    "path",
    [
        "cases/C01/overview_with_full_text_2026-11-01.xlsx",
        "cases/C04/history_saved_by_excel_2026-11-01.csv",
        "cases/C05/history_sep_line_2026-11-01.csv",
        "cases/C06/history_float_urn_2026-11-01.csv",
        "cases/C07/history_dates_in_words_2026-11-01.csv",
    ],
)
def test_surreys_report_is_read_whatever_the_file_went_through(path: str):
    reading = read(path)
    (found,) = reading.observations
    assert reading.rejected == ()
    assert (found.urn, found.said.kind) == (REGISTER.find("Surrey"), Kind.INSPECTION)
    assert (found.said.start, found.said.end) == (date(2026, 9, 7), date(2026, 9, 18))
    assert found.said.published == date(2026, 10, 20)


def test_an_overview_with_the_text_of_each_report_loses_no_row():
    reading = read("cases/C01/real_d2i_2024-05-09_b423235.xlsx")
    assert (reading.rows, len(reading.observations), reading.rejected) == (151, 151, ())


def test_a_look_up_finds_councils_that_are_to_begin_and_says_what_number_it_gives_them():
    reading = read("cases/C02/lookup_with_east_surrey.csv")
    assert reading.rejected == ()
    assert [note.partition(" (")[0] for note in reading.notes] == [
        f"{row}: {name} has no {called} here yet; it is {given} there"
        for row, name, numbers in (
            ("row 2", "East Surrey", ("2900001", "944", "E06000068")),
            ("row 3", "West Surrey", ("2900002", "945", "E06000069")),
        )
        for called, given in zip(("Ofsted URN", "LA number", "GSS code"), numbers, strict=True)
    ]


def test_a_look_up_says_of_councils_that_are_not_known_that_they_are_not(tmp_path: Path):
    look_up = tmp_path / "look_up.csv"
    rows = ("urn,la_code,la_code_new,local_authority_ons_name,region_code", "2900003,946,E06000071,North Essex,E")
    look_up.write_text("\n".join((*rows, "80567,936,E10000030,Surrey,SE\n")), encoding="utf-8")
    reading = read_file(look_up, register=REGISTER, today=TODAY)
    assert [rejected.row for rejected in reading.rejected] == ["row 2"]
    assert all("The register of authorities here does not have it" in one.reason for one in reading.rejected)


def test_a_joint_inspection_has_the_days_of_its_sentence():
    (found,) = read("cases/C08/jtai_2026-11-01.csv").observations
    assert (found.said.start, found.said.end) == (date(2026, 9, 7), date(2026, 9, 11))
    assert found.said.theme == "Child sexual abuse in the family environment"


def test_visits_under_other_names_are_visits():
    focused, monitoring = (found.said for found in read("cases/C20/visits.csv").observations)
    assert (focused.kind, focused.start, focused.focus) == (Kind.FOCUSED_VISIT, date(2025, 4, 30), "Children in care")
    assert (monitoring.kind, monitoring.published) == (Kind.MONITORING_VISIT, date(2026, 11, 5))


def test_the_overview_of_joint_inspections_of_early_2025_names_no_place_in_its_themes():
    reading = read("cases/C22/real_jtai_2025-02-03_06db409.xlsx")
    assert (reading.rows, len(reading.observations), reading.notes) == (62, 62, ())
    themes = {found.said.theme for found in reading.observations}
    assert len(themes) == 11
    assert sum(found.said.start is not None for found in reading.observations) == 33
    told = {REGISTER[found.urn].facts.name: found.said.priority_action for found in reading.observations}
    assert {name for name, found in told.items() if found} == {"Durham", "Liverpool", "Sefton", "Solihull", "Somerset"}
    assert {name for name, found in told.items() if found is False} == {"Bracknell Forest", "Cornwall"}


def test_all_letters_on_focused_visits_are_read_and_22_make_areas_for_priority_action():
    reading = read("visits/focused_visits_2018-02_to_2026-01.csv")
    said = [found.said for found in reading.observations]
    assert (len(said), reading.rejected) == (371, ())
    assert sum(visit.priority_action is True for visit in said) == 22
    assert {visit.kind for visit in said} == {Kind.FOCUSED_VISIT}
