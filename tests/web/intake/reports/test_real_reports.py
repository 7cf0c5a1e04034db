"""The published graded reports: every cell against the tables that others made of them.

Where a table says otherwise it is listed here by name; each was looked at in the report itself, which is right."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from domain.frameworks import Area, Framework, Grade
from domain.register.register import REGISTER
from domain.values.documents import DocumentKind
from domain.values.statements import PeriodOnSite, Variant
from tests.published import folder_of_real_files
from web.intake.reports.dates import day_of_name
from web.intake.reports.pages import PdfReader
from web.intake.reports.reader import LISTS_NOT_MARKED, read_document
from web.intake.reports.reading import DocumentReading

TODAY = date(2026, 11, 30)
Key = tuple[str, date]
"""An authority's URN and the day in the file's name."""

JT_39 = "jt39_history/ofsted_csc_ilacs_history_2026-08-21.csv"
OFFICIAL = "ofsted_official/csv_extracts/2023_LA_inspections_2009-2023.csv"
ITEMS = "recommendations/what_needs_to_improve.csv"

GRADE_COLUMNS = {
    "overall_effectiveness_grade": (Area.OVERALL_EFFECTIVENESS,),
    "impact_of_leaders_grade": (Area.IMPACT_OF_LEADERS,),
    "help_and_protection_grade": (Area.HELP_AND_PROTECTION,),
    "in_care_grade": (Area.IN_CARE, Area.IN_CARE_AND_CARE_LEAVERS),
    "care_leavers_grade": (Area.CARE_LEAVERS,),
}
UNREAD = ("", "inspection_pre_dates_judgement", "not_reported_post_reform", "data_unreadable")

WRONG_IN_JT_39 = {
    ("80461", date(2025, 5, 13), "inspection_end_date"),  # the end of the first of two periods
    ("80542", date(2018, 3, 12), "in_care_grade"),
    ("80559", date(2019, 8, 27), "help_and_protection_grade"),  # "to requires improvement"
    ("80560", date(2023, 9, 4), "help_and_protection_grade"),
    ("80560", date(2023, 9, 4), "in_care_grade"),
    ("80560", date(2023, 9, 4), "care_leavers_grade"),
}

SIF_AREAS = (
    Area.OVERALL_EFFECTIVENESS,
    Area.HELP_AND_PROTECTION,
    Area.LOOKED_AFTER_AND_PERMANENCE,
    Area.ADOPTION,
    Area.CARE_LEAVERS,
    Area.LEADERSHIP_MANAGEMENT_GOVERNANCE,
    Area.LSCB,
)
FIRST_SIF, SECOND_SIF = 18, 26
"""The columns of the official table in which an inspection's day of publication stands, before its grades."""

WRONG_IN_ITEMS = {
    ("80508", date(2024, 1, 31)),  # the fourth bullet is missing
    ("80519", date(2025, 1, 13)),  # the first line of the bullet is missing
}


@pytest.fixture(scope="module")
def folder() -> Path:
    found = folder_of_real_files()
    if not (found / "documents" / "reports").is_dir():
        pytest.skip("NO REAL DOCUMENTS HERE: the folder of real files holds no documents/reports")
    return found


@pytest.fixture(scope="module")
def readings(folder: Path) -> dict[Key, DocumentReading]:
    found: dict[Key, DocumentReading] = {}
    with PdfReader() as pdf:
        for path in [*folder.glob("documents/reports/*/*.pdf"), *folder.glob("report_pdfs/*.pdf")]:
            named = day_of_name(path)
            assert named is not None
            urn = path.parent.name.partition("_")[0] if path.parent.name != "report_pdfs" else path.stem.split("_")[1]
            found[urn, named] = read_document(path, register=REGISTER, today=TODAY, pdf=pdf)
    return found


@pytest.fixture(scope="module")
def read(readings: dict[Key, DocumentReading]) -> dict[Key, DocumentReading]:
    return {key: one for key, one in readings.items() if one.refused is None}


def test_all_are_read_but_those_that_are_no_pdf(readings: dict[Key, DocumentReading]):
    refused = {key: one.refused for key, one in readings.items() if one.refused}
    assert refused.keys() == {
        ("80431", date(2012, 7, 13)),
        ("80490", date(2012, 8, 17)),
        ("80543", date(2012, 8, 10)),
    }
    assert all("a web page that was saved under the name of a PDF" in (why or "") for why in refused.values())
    assert {one.kind for one in readings.values() if not one.refused} == {DocumentKind.GRADED_REPORT}


def test_each_is_about_its_authority(read: dict[Key, DocumentReading]):
    assert {key: one.urn for key, one in read.items()} == {key: key[0] for key in read}


def test_every_doubt_is_one_that_a_person_would_have(read: dict[Key, DocumentReading]):
    doubts = {(*key, doubt) for key, one in read.items() for doubt in one.doubts}
    printed = "the printed day was taken."
    assert doubts == {
        ("80537", date(2015, 9, 18), LISTS_NOT_MARKED),
        ("80570", date(2016, 8, 26), LISTS_NOT_MARKED),
        ("80461", date(2025, 5, 13), "The lead inspector is not named where reports name one."),
        (
            "80519",
            date(2025, 1, 13),
            "The foot of the pages gives other days on site, 11 to 15 November 2025; those of the front page were "
            "taken.",
        ),
        (
            "80521",
            date(2014, 9, 3),
            f"The report is dated 1 September 2014, and its file’s name says 3 September 2014: {printed}",
        ),
        (
            "80564",
            date(2015, 8, 12),
            f"The report is dated 10 August 2015, and its file’s name says 12 August 2015: {printed}",
        ),
    }
    assert not {key for key, one in read.items() if one.uncertain}


def test_every_day_grade_and_name_of_inspections_since_2018_is_that_of_the_scrape(
    folder: Path, read: dict[Key, DocumentReading]
):
    cells = 0
    wrong: set[tuple[str, date, str]] = set()
    table = {(row["urn"], _day(row["publication_date"], "%d/%m/%y")): row for row in _rows(folder / JT_39)}
    for (urn, named), one in read.items():
        row = table[urn, named]
        if one.framework is not Framework.ILACS:
            continue
        told: dict[str, object] = {
            "inspection_start_date": one.start,
            "inspection_end_date": one.end,
            "inspection_framework": one.variant.value if one.variant else None,
            "inspector_name": one.lead_inspector,
        }
        said: dict[str, object] = {
            "inspection_start_date": _day(row["inspection_start_date"], "%d/%m/%Y"),
            "inspection_end_date": _day(row["inspection_end_date"], "%d/%m/%Y"),
            "inspection_framework": row["inspection_framework"],
            "inspector_name": row["inspector_name"].replace(" -", "-") or one.lead_inspector,
        }
        for column, areas in GRADE_COLUMNS.items():
            if row[column] not in UNREAD:
                told[column] = next((one.grades.get(area) for area in areas if one.grades.get(area)), None)
                said[column] = _grade(row[column])
        cells += len(told)
        wrong |= {(urn, named, column) for column in told if told[column] != said[column]}
    assert wrong == WRONG_IN_JT_39
    print(f"{cells} cells of inspections since 2018")
    assert cells > 800


def test_every_grade_and_day_of_single_inspections_is_ofsted_s(folder: Path, read: dict[Key, DocumentReading]):
    with (folder / OFFICIAL).open(encoding="utf-8-sig", newline="") as file:
        rows = {name: row for row in csv.reader(file) if len(row) > SECOND_SIF and (name := _known(row[2]))}
    cells = 0
    for (urn, _), one in read.items():
        if one.framework is not Framework.SIF:
            continue
        first = SECOND_SIF if one.variant is Variant.REINSPECTION else FIRST_SIF
        said = rows[urn][first : first + len(SIF_AREAS) + 1 - (first == SECOND_SIF)]
        assert date.fromisoformat(said[0]) == one.published
        grades = {area: _grade(cell) for area, cell in zip(SIF_AREAS, said[1:], strict=False)}
        assert dict(one.grades) == {area: grade for area, grade in grades.items() if grade}, one.name
        cells += len(said)
    print(f"{cells} cells of single inspections")
    assert cells > 350


def test_single_inspections_last_two_to_four_weeks_and_name_who_led_them(read: dict[Key, DocumentReading]):
    for one in read.values():
        if one.framework is Framework.SIF:
            (period,) = one.periods
            assert 11 <= (period.end - period.start).days <= 28, one.name
            assert one.lead_inspector
            assert one.improvements, one.name


def test_both_periods_of_a_broken_off_inspection_are_read(read: dict[Key, DocumentReading]):
    assert {key: one.periods for key, one in read.items() if len(one.periods) > 1} == {
        ("80461", date(2025, 5, 13)): (
            PeriodOnSite(date(2024, 9, 30), date(2024, 10, 11)),
            PeriodOnSite(date(2025, 1, 13), date(2025, 1, 16)),
        )
    }


def test_items_are_those_of_the_table_but_for_spaces_behind_hyphens(folder: Path, read: dict[Key, DocumentReading]):
    said: dict[Key, list[str]] = {}
    for row in _rows(folder / ITEMS):
        said.setdefault((row["urn"], date.fromisoformat(row["publication_date"])), []).append(_folded(row["text"]))
    compared = {key: one for key, one in read.items() if key in said}
    otherwise = {key for key, one in compared.items() if [_folded(item.text) for item in one.improvements] != said[key]}
    assert otherwise == WRONG_IN_ITEMS & compared.keys()
    print(f"{len(compared)} lists of items, {len(otherwise)} otherwise")
    assert len(compared) >= 98


def test_paragraphs_stand_under_each_judgement_that_was_graded(read: dict[Key, DocumentReading]):
    for one in read.values():
        if one.framework in (Framework.ILACS, Framework.SIF):
            judged = {section.judgement for section in one.sections if section.judgement}
            missing = {area for area, _ in one.grades} - judged - set(_said_in_passing(one))
            assert missing == set(), f"{one.name} {one.published}"


def test_every_numbered_paragraph_is_read_once_and_in_order(read: dict[Key, DocumentReading]):
    for key, one in read.items():
        numbers = [int(part.number) for section in one.sections for part in section.paragraphs if part.number]
        if key != ("80501", date(2014, 2, 11)):  # which numbers none
            assert numbers == list(range(1, len(numbers) + 1)), f"{one.name} {one.published}"
            assert len(numbers) > 20


def _said_in_passing(one: DocumentReading) -> Iterator[Area]:
    """Areas that have no part of their own in a report."""
    yield Area.OVERALL_EFFECTIVENESS
    if one.framework is Framework.SIF:
        yield Area.ADOPTION
        yield Area.CARE_LEAVERS


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str, form: str) -> date | None:
    return datetime.strptime(text, form).date() if text else None


def _grade(words: str) -> Grade | None:
    plain = words.strip().casefold().replace(" ", "_").removesuffix("_to_be_good")
    return Grade(plain) if plain in {grade.value for grade in Grade} else None


def _known(name: str) -> str | None:
    return next((one.facts.urn for one in REGISTER if one.current and REGISTER.bears(one.facts.urn, name)), None)


def _folded(text: str) -> str:
    return " ".join(text.replace("- ", "-").split())
