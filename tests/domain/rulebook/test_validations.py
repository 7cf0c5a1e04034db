"""What looks wrong in a recorded inspection or visit is said, with its rule, and never refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.frameworks import Area, Framework, Grade
from domain.rulebook.validations import warnings_for
from domain.values.activities import Status
from domain.values.judgements import Judgements
from domain.values.normalising import variant_from_days
from domain.values.statements import Kind, Variant
from tests.domain.rulebook.story import activity, focused, on, report, sif

SOUND = report("2025-08-12", "O", start="2025-06-30", end="2025-07-04", variant=Variant.SHORT)
GOOD = report("2022-05-09", "G", start="2022-02-21", end="2022-03-04", variant=Variant.STANDARD)
RI = report("2022-05-09", "R", start="2022-02-21", end="2022-03-04", variant=Variant.STANDARD)
INADEQUATE = report("2022-05-09", "I", start="2022-02-21", end="2022-03-04", variant=Variant.STANDARD)


def rules(found):
    return {rule for warning in found for rule in warning.rules}


@pytest.mark.parametrize(
    ("start", "end", "variant"),
    [
        ("2019-05-20", "2019-05-24", Variant.SHORT),
        ("2019-05-20", "2019-05-20", Variant.SHORT),
        ("2019-05-20", "2019-05-25", Variant.STANDARD),
        ("2023-03-06", "2023-03-17", Variant.STANDARD),
    ],
)
def test_up_to_five_days_on_site_make_a_short_inspection(start, end, variant):
    assert variant_from_days(Framework.ILACS, on(start), on(end)) is variant


def test_without_both_days_the_variant_is_not_derived():
    assert variant_from_days(Framework.ILACS, on("2019-05-20"), None) is None
    assert variant_from_days(Framework.ILACS, None, on("2019-05-20")) is None


def test_the_variant_of_an_older_framework_is_not_derived_from_days():
    assert variant_from_days(Framework.SIF, on("2016-05-23"), on("2016-05-27")) is None


@pytest.mark.parametrize("before", [[], [GOOD]])
def test_an_ordinary_short_inspection_raises_nothing(before):
    assert warnings_for(SOUND, before) == ()


@pytest.mark.parametrize(("before", "warned"), [(GOOD, False), (RI, True), (INADEQUATE, True)])
def test_a_short_inspection_after_less_than_good_is_unheard_of(before, warned):
    found = warnings_for(SOUND, [before])
    assert ("R-033" in rules(found)) is warned


def test_a_standard_inspection_of_a_good_authority_and_any_fall_of_grade_are_no_surprise():
    standard = report("2025-08-19", "I", start="2025-06-30", end="2025-07-11", variant=Variant.STANDARD)
    assert warnings_for(standard, [GOOD]) == ()


@pytest.mark.parametrize(
    ("start", "end", "warned"),
    [
        ("2025-06-30", "2025-07-04", False),
        ("2025-07-01", "2025-07-04", True),
        ("2025-08-04", "2025-08-08", True),
        ("2025-07-28", "2025-08-01", True),
        ("2025-12-15", "2025-12-19", True),
        ("2025-09-08", "2025-09-12", False),
    ],
)
def test_starts_off_monday_and_in_closed_seasons_are_pointed_out(start, end, warned):
    found = warnings_for(replace(SOUND, start=on(start), end=on(end), published=on("2026-01-30")))
    assert ("R-050" in rules(found)) is warned


def test_a_stated_variant_that_the_days_contradict_is_pointed_out():
    assert "R-082" in rules(warnings_for(replace(SOUND, end=on("2025-07-11"))))
    assert "R-082" in rules(warnings_for(replace(SOUND, variant=Variant.STANDARD)))


def test_a_graded_inspection_in_the_pandemic_pause_is_pointed_out():
    for start, end, warned in (
        ("2020-03-09", "2020-03-13", False),
        ("2020-03-23", "2020-03-27", True),
        ("2021-06-21", "2021-06-25", True),
        ("2021-06-28", "2021-07-02", False),
    ):
        found = warnings_for(replace(SOUND, start=on(start), end=on(end)))
        assert ("R-011" in rules(found)) is warned


def test_the_call_comes_a_week_before():
    assert "R-049a" not in rules(warnings_for(replace(SOUND, notified=on("2025-06-23"))))
    assert "R-049a" in rules(warnings_for(replace(SOUND, notified=on("2025-06-25"))))


def test_dates_out_of_order_are_pointed_out():
    fields = {warning.field for warning in warnings_for(replace(SOUND, end=on("2025-06-27")))}
    assert "end" in fields
    fields = {warning.field for warning in warnings_for(replace(SOUND, published=on("2025-07-04")))}
    assert "published" in fields
    fields = {warning.field for warning in warnings_for(replace(SOUND, received=on("2025-08-13")))}
    assert "received" in fields


def test_each_framework_has_its_years():
    assert "R-002" in rules(warnings_for(replace(SOUND, start=on("2017-10-02"), end=on("2017-10-06"))))
    assert "R-001" in rules(warnings_for(sif("2018-12-14", "G", start="2018-10-29")))
    assert warnings_for(sif("2018-08-24", "G", start="2018-06-11", end="2018-07-05")) == ()


@pytest.mark.parametrize(
    ("overall", "leaders", "practice", "warned"),
    [
        (Grade.INADEQUATE, Grade.INADEQUATE, Grade.INADEQUATE, False),
        (Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, False),
        (Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.INADEQUATE, True),
    ],
)
def test_an_inadequate_practice_judgement_makes_the_overall_grade_inadequate(overall, leaders, practice, warned):
    grades = Judgements.of(
        {Area.OVERALL_EFFECTIVENESS: overall, Area.IMPACT_OF_LEADERS: leaders, Area.HELP_AND_PROTECTION: practice}
    )
    assert ("R-022" in rules(warnings_for(replace(SOUND, grades=grades)))) is warned


@pytest.mark.parametrize(
    ("kind", "end", "rule"),
    [
        (Kind.FOCUSED_VISIT, "2024-09-19", "R-049c"),
        (Kind.MONITORING_VISIT, "2024-09-19", "R-049d"),
        (Kind.JTAI, "2024-09-23", "R-049e"),
    ],
)
def test_a_visit_that_lasts_too_long_is_pointed_out(kind, end, rule):
    assert rule in rules(warnings_for(activity(kind, start="2024-09-17", end=end)))
    assert rule not in rules(warnings_for(activity(kind, start="2024-09-17", end="2024-09-18")))


def test_visits_fit_the_pathway():
    monitoring = activity(Kind.MONITORING_VISIT, start="2023-09-12", end="2023-09-13")
    visit = focused(start="2023-09-12", end="2023-09-13")
    assert "R-043" in rules(warnings_for(monitoring, [RI]))
    assert "R-043" not in rules(warnings_for(monitoring, [INADEQUATE]))
    assert "R-040" in rules(warnings_for(visit, [INADEQUATE]))
    assert "R-040" not in rules(warnings_for(visit, [RI]))


def test_an_inadequate_authority_could_have_an_assurance_visit_in_the_pandemic():
    inadequate = report("2019-10-01", "I", start="2019-08-19")
    assert "R-040" not in rules(warnings_for(focused(start="2020-10-13", end="2020-10-14"), [inadequate]))


def test_inherited_monitoring_is_no_surprise():
    visit = activity(Kind.MONITORING_VISIT, start="2021-07-28", urn="2637548")
    assert warnings_for(visit) == ()


def test_ofsted_publishing_a_first_monitoring_letter_is_pointed_out():
    visit = activity(Kind.MONITORING_VISIT, start="2024-07-30", number=1, published_by_ofsted=True)
    assert "R-046" in rules(warnings_for(visit))


@pytest.mark.parametrize(("start", "warned"), [("2025-09-01", True), ("2026-01-05", False)])
def test_less_than_six_months_after_the_last_visit_is_pointed_out(start, warned):
    found = warnings_for(focused(start=start), [SOUND])
    assert any("six months between visits" in one.text for one in found) is warned


@pytest.mark.parametrize(
    ("start", "warned"),
    [
        ("2024-08-07", False),
        ("2024-08-08", True),
        ("2024-09-02", True),
        ("2024-09-03", False),
        ("2024-12-18", False),
        ("2024-12-19", True),
        ("2025-01-08", True),
        ("2025-01-09", False),
    ],
)
def test_focused_visits_keep_looser_seasons_than_inspections(start, warned):
    assert any("No focused visit has begun" in one.text for one in warnings_for(focused(start=start))) is warned


def test_what_was_withdrawn_or_comes_later_is_not_counted():
    withdrawn = replace(RI, status=Status.WITHDRAWN)
    later = report("2026-08-18", "R", start="2026-07-06")
    assert warnings_for(SOUND, [withdrawn, later, SOUND]) == ()


def test_a_warning_is_a_sentence_that_is_safe_to_show():
    found = warnings_for(replace(SOUND, start=on("2025-08-05"), end=on("2025-08-20")), [RI])
    assert len(found) >= 3
    for warning in found:
        assert warning.text.endswith(".")
        assert "None" not in warning.text
