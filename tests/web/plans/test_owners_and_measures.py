"""Who a list says owns an action, with no person's name; and figures that stand inside a text."""

from __future__ import annotations

import pytest

from domain.values.plans import Figure
from web.plans.spreadsheet.columns import canonical, guessed_meaning
from web.plans.spreadsheet.measures import measure_reading
from web.plans.spreadsheet.owners import owner_reading


@pytest.mark.parametrize(
    ("written", "office", "others"),
    [
        ("DCS", "DCS", ()),
        ("Head of Safeguarding & AD Early Help", "Head of Safeguarding", ("AD Early Help",)),
        ("Virtual School Head;HR BP", "Virtual School Head", ("HR BP",)),
        ("Service Mgr (Front Door)", "Service Mgr (Front Door)", ()),
        ("Head of Children in Care and Care Leavers", "Head of Children in Care and Care Leavers", ()),
        ("Director, Children's Services", "Director, Children's Services", ()),
        ("Performance & Data", "Performance & Data", ()),
        ("Director of\nChildren's Services", "Director of Children's Services", ()),
        ("Head of Service\nPrincipal Social Worker", "Head of Service", ("Principal Social Worker",)),
    ],
)
def test_an_office_is_known_by_its_words_and_the_first_owns_it(written: str, office: str, others: tuple[str, ...]):
    found = owner_reading(written)
    assert (found.office, found.others, found.held_back) == (office, others, ())


@pytest.mark.parametrize(
    ("written", "office"),
    [
        ("Jane Smith / Tom O'Neil", ""),
        ("SW, TO, JS", ""),
        ("Dr Patel", ""),
        ("Priya", ""),
        ("Cllr Jones (Lead Member) and DCS", "DCS"),
        ("Jane Smith (Head of Service)", "Head of Service"),
        ("j.smith@council.gov.uk", ""),
        ("Head of Care <j.smith@council.gov.uk>", "Head of Care"),
        ("Head of Service [T Baker]", "Head of Service"),
        ("Head of Service T Baker", "Head of Service"),
        ("Social Worker A. Patel", "Social Worker"),
        ("Head of Service - Jane Smith", "Head of Service"),
        ("Jane Smith, Head of Service", "Head of Service"),
        ("Team Manager Jane Smith", "Team Manager"),
        ("MASH Manager/JS", "MASH Manager"),
    ],
)
def test_a_person_is_held_back_and_never_the_owner(written: str, office: str):
    found = owner_reading(written)
    assert found.office == office
    assert found.held_back
    assert not any(name in found.office for name in ("Jane", "Smith", "Jones", "JS", "Patel"))


def test_an_office_of_the_plan_is_one_whatever_it_is_called():
    assert owner_reading("The Willows").held_back == ("The Willows",)
    assert owner_reading("The Willows", {"the willows"}).office == "The Willows"


@pytest.mark.parametrize("written", ["", "TBC", "n/a", "vacant", "#REF!"])
def test_nobody_is_named_by_words_for_nobody(written: str):
    assert owner_reading(written) == owner_reading("")


@pytest.mark.parametrize(
    ("text", "target", "baseline", "unit"),
    [
        ("95% by March (baseline 71%)", "95", "71", "%"),
        ("from 62% to 90%", "90", "62", "%"),
        ("Reduce to 18 from 24", "18", "24", None),
        ("90 per cent of plans", "90", None, "%"),
    ],
)
def test_a_target_inside_a_text_is_read(text: str, target: str, baseline: str | None, unit: str | None):
    found = measure_reading(text)
    assert found is not None
    assert (found.target, found.baseline, found.unit) == (Figure(target), baseline and Figure(baseline), unit)


@pytest.mark.parametrize("text", ["Board minutes", "12 audits a month", "The report of 2026/27"])
def test_a_text_without_a_target_has_none(text: str):
    assert measure_reading(text) is None


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("Green ↑", "in_progress/on_track"),
        ("amber cell", "in_progress/at_risk"),
        ("amber/green", "in_progress/at_risk"),
        ("B", "complete/"),
        ("Completed late", "complete/"),
        ("Behind schedule", "in_progress/off_track"),
        ("Not yet started", "not_started/"),
        ("Purple", ""),
    ],
)
def test_a_status_is_read_from_letters_colours_and_words(word: str, means: str):
    assert guessed_meaning(word) == means


def test_the_legend_of_the_file_counts_before_our_guess():
    assert guessed_meaning("G", {"green": "complete", "blue": "not started"}) == "complete/"
    assert guessed_meaning("blue cell", {"green": "complete", "blue": "not started"}) == "not_started/"


def test_one_colour_is_one_word_however_it_is_written():
    assert {canonical(word) for word in ("G", "Green", "green", "Green ↑", "green cell")} == {"green"}
