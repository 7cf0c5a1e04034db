"""A forecast of an authority that ends tells of the days before, and says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.rulebook.forecast.ending import band_before, cut_in_words, end_ahead, graded_before, visit_before
from domain.rulebook.forecast.forecast import Forecast, MonthShare
from domain.rulebook.forecast.visits import VisitForecast
from domain.rulebook.results import Pathway
from domain.values.activities import AuthorityFacts

ON, ENDS = date(2026, 12, 1), date(2027, 4, 1)
ENDING = AuthorityFacts("80999", "Tynehaven", ends_on=ENDS)
MONTHS = ("2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05")
FORECAST = Forecast(
    urn="80999",
    on=ON,
    p_six_months=0.6,
    by_month=tuple(
        MonthShare(month, 0.1) for month in ("2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05")
    ),
    median=date(2027, 5, 3),
    band_from=date(2027, 1, 4),
    band_to=date(2027, 9, 6),
    since=date(2024, 1, 1),
    due=date(2027, 7, 1),
    pathway=Pathway.GOOD_OR_OUTSTANDING,
    queue=None,
)


def test_an_end_counts_while_it_is_still_to_come():
    assert end_ahead(ENDING, ON) == ENDS
    assert end_ahead(ENDING, ENDS) is None
    assert end_ahead(replace(ENDING, ends_on=None), ON) is None


def test_months_and_the_chance_stop_the_day_before():
    cut = graded_before(FORECAST, ENDS)
    assert [share.month for share in cut.by_month] == ["2026-12", "2027-01", "2027-02", "2027-03"]
    assert cut.p_six_months == pytest.approx(0.4)
    assert graded_before(FORECAST, date(2027, 4, 16)).by_month[-1].p == pytest.approx(0.05)
    assert graded_before(FORECAST, date(2027, 7, 1)) == FORECAST


def test_the_band_is_cut_and_gone_where_none_of_it_is_left():
    assert band_before(FORECAST, None) == (date(2027, 1, 4), date(2027, 9, 6))
    assert band_before(FORECAST, ENDS) == (date(2027, 1, 4), date(2027, 3, 31))
    assert band_before(FORECAST, date(2027, 1, 4)) is None


def test_a_visit_has_less_time():
    visit = VisitForecast("80999", ON, 0.5, date(2024, 1, 1), Pathway.GOOD_OR_OUTSTANDING, 0, None)
    assert visit_before(visit, date(2027, 9, 1)) == visit
    assert 0.25 < visit_before(visit, ENDS).p_six_months < 0.5


def test_why_it_stops_is_said():
    assert cut_in_words(ENDING, ENDS) == (
        "Tynehaven ends on 1 April 2027: only days before that are counted, whatever would come later."
    )
