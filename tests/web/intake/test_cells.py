"""What a cell states, in every way the sources have of writing it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.frameworks import Grade
from domain.values.statements import Citation, Variant
from web.intake.cells import RowRejected, date_of, grade_of, report_citation, states_nothing, variant_of

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize(
    "word",
    [
        "Requires improvement to be good",
        "requires improvement",
        "to requires improvement",
        "RI",
        "RIBG",
        "3.0",
        3.0,
        3,
        " Requires  Improvement ",
    ],
)
def test_the_third_grade_has_many_names(word):
    assert grade_of(word, "grade") is Grade.REQUIRES_IMPROVEMENT


@pytest.mark.parametrize(
    "word",
    [
        "",
        None,
        " -",
        "nan",
        "None",
        "data_unreadable",
        "inspection_pre_dates_judgement",
        "not_reported_post_reform",
        "No full inspection",
        "Not yet inspected",
    ],
)
def test_a_blank_or_a_word_for_none_states_nothing(word):
    assert states_nothing(word)
    assert grade_of(word, "grade") is None


def test_a_word_that_is_no_grade_is_refused_with_its_column():
    with pytest.raises(RowRejected, match="'splendid' under 'in_care_grade'"):
        grade_of("splendid", "in_care_grade")


@pytest.mark.parametrize(
    "written",
    [
        "29/01/25",
        "29/01/2025",
        "2025-01-29",
        "2025-01-29 00:00:00",
        "29 January 2025",
        date(2025, 1, 29),
        45686.0,
        45686.4,
    ],
)
def test_a_day_is_read_day_first_and_in_this_century(written):
    assert date_of(written, "published", latest=TODAY) == date(2025, 1, 29)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31/02/24", "not a date"),
        ("13/13/2024", "not a date"),
        ("spring 2024", "not a date"),
        ("2024-06-31", "not a date"),
        (12.5, "not a date"),
        ("01/01/1900", "before any inspection"),
        ("02/09/2026", "lies in the future"),
    ],
)
def test_an_impossible_day_is_refused_with_its_column(written, reason):
    with pytest.raises(RowRejected, match=f"'published'.*{reason}|{reason}.*'published'|under 'published'"):
        date_of(written, "published", latest=TODAY)


@pytest.mark.parametrize(
    ("words", "variant"),
    [
        ("short", Variant.SHORT),
        ("ILACS Short Inspection", Variant.SHORT),
        ("standard", Variant.STANDARD),
        ("ILACS Standard Inspection", Variant.STANDARD),
        ("inspection duration longer than standard framework", None),
        ("None", None),
        ("", None),
    ],
)
def test_the_form_is_stated_only_where_the_words_say_so(words, variant):
    assert variant_of(words) is variant


@pytest.mark.parametrize(
    "address",
    [
        "http://files.ofsted.gov.uk/v1/file/1",
        "https://files.ofsted.gov.uk.evil.example/v1/file/1",
        "https://evil.example/https://files.ofsted.gov.uk/1",
        "javascript:alert(1)",
        "https://files.ofsted.gov.uk/a b",
        "",
    ],
)
def test_only_ofsteds_own_https_addresses_are_cited(address):
    assert report_citation("Ofsted report", address) == ()


def test_a_report_is_cited_by_its_address():
    address = "https://files.ofsted.gov.uk/v1/file/50267802"
    assert report_citation("Ofsted report", address) == (Citation("Ofsted report", address),)
