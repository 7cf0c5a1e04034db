"""What a forecast says of an authority whose inspection was called: that it has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.rulebook.forecast.forecast import Forecaster
from domain.rulebook.forecast.outlook import Outlook, Outlooks
from domain.rulebook.forecast.visit_outlook import VisitOutlooks
from domain.values.activities import Activity
from tests.domain.rulebook.forecast.story import authorities, forecaster, histories, visit_forecaster
from tests.domain.rulebook.story import focused, on, report

CALLED = on("2024-07-01")
CALL = report(None, None, urn="81003", notified=CALLED)

Histories = dict[str, list[Activity]]


@pytest.fixture(scope="module")
def held() -> Histories:
    made = histories(until=CALLED - timedelta(days=200))
    return made | {"81003": [*made["81003"], CALL]}


def outlook(held: Histories, day: date) -> Outlook:
    graded = Outlooks(visit_forecaster(held).graded, day)
    return graded.of(authorities(24)[3], read_until=day)


@pytest.mark.parametrize(
    ("day", "begins", "words"),
    [
        ("2024-07-01", "Ofsted has called", "and inspectors are expected on 8 July 2024"),
        ("2024-07-07", "Ofsted has called", "and inspectors are expected on 8 July 2024"),
        ("2024-07-08", "It has come: Ofsted called", "and inspectors were expected on 8 July 2024"),
        ("2024-09-02", "It has come: Ofsted called", "and inspectors were expected on 8 July 2024"),
    ],
)
def test_from_the_day_of_the_call_nothing_is_forecast_and_it_has_come_with_the_inspectors(
    held: Histories, day: str, begins: str, words: str
):
    found = outlook(held, on(day))
    assert found.forecast is None
    assert found.basis.startswith(f"{begins} Authority 3 on 1 July 2024")
    assert words in found.basis
    assert found.limits == ()


def test_that_inspectors_came_is_said_only_where_somebody_told(held: Histories):
    came = held | {"81003": [*held["81003"][:-1], replace(CALL, start=on("2024-07-09"))]}
    assert "inspectors came on 9 July 2024" in outlook(came, on("2024-07-09")).basis


def test_that_it_has_come_is_said_also_where_no_report_is_held_or_nothing_was_read_for_long(held: Histories):
    alone = held | {"81003": [CALL]}
    assert outlook(alone, on("2024-07-02")).basis.startswith("Ofsted has called Authority 3")
    long_ago = histories(until=CALLED - timedelta(days=2000))
    called = long_ago | {"81003": [*long_ago["81003"], CALL]}
    queue = forecaster(called).queue
    stale = Forecaster(queue, read_until=CALLED - timedelta(days=1900))
    found = Outlooks(stale, on("2024-07-02"))
    assert "so long ago that none is made" in found.of(authorities(24)[4], read_until=None).basis
    assert found.of(authorities(24)[3], read_until=None).basis.startswith("Ofsted has called")


@pytest.mark.parametrize("day", ["2024-06-30", "2025-01-20"])
def test_before_the_call_and_once_nothing_was_heard_for_longer_than_any_report_took_it_is_forecast(
    held: Histories, day: str
):
    assert outlook(held, on(day)).forecast is not None


def test_a_withdrawn_call_takes_nothing_from_the_queue_and_no_call_adds_to_what_came_before(held: Histories):
    gone = report(None, None, urn="81003", notified=CALLED, call_withdrawn=on("2024-07-03"))
    without = held | {"81003": held["81003"][:-1]}
    withdrawn = held | {"81003": [*without["81003"], gone]}
    assert outlook(withdrawn, on("2024-07-02")).come is not None
    assert outlook(withdrawn, on("2024-07-03")) == outlook(without, on("2024-07-03"))
    forecasts = visit_forecaster(held).graded.forecasts(CALLED)
    assert forecasts == visit_forecaster(without).graded.forecasts(CALLED)


def test_a_visit_that_was_only_called_is_no_visit_to_count(held: Histories):
    without = held | {"81003": held["81003"][:-1]}
    called = without | {"81003": [*without["81003"], focused(urn="81003", notified=on("2024-06-24"))]}
    assert visit_forecaster(called).forecasts(CALLED) == visit_forecaster(without).forecasts(CALLED)


def test_no_focused_visit_is_forecast_before_an_inspection_that_was_called(held: Histories):
    forecasts = visit_forecaster(held)
    graded = Outlooks(forecasts.graded, CALLED)
    found = VisitOutlooks(forecasts, graded, CALLED).of(authorities(24)[3], read_until=CALLED)
    assert found.forecast is None
    assert found.basis == (
        "Ofsted called Authority 3 on 1 July 2024 for a graded inspection, so no focused visit is forecast until its "
        "report is public."
    )
