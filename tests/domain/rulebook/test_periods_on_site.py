"""R-059: an inspection that was broken off and resumed, as Devon's of 2024/25 was. Source: its report's front page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.rulebook.past.reports import publication_of
from domain.rulebook.results import InterimType, Pathway
from domain.rulebook.steps import named
from domain.rulebook.validations import warnings_for
from domain.values.statements import PeriodOnSite, Variant
from tests.domain.rulebook.story import england, expectation, on, report, stands

BEFORE = report("2020-03-17", "I", start="2020-01-20", end="2020-01-31", variant=Variant.STANDARD)
DEVON = report(
    "2025-05-13",
    "I",
    start="2024-09-30",
    end="2025-01-16",
    variant=Variant.STANDARD,
    periods=(
        PeriodOnSite(on("2024-09-30"), on("2024-10-11")),
        PeriodOnSite(on("2025-01-13"), on("2025-01-16")),
    ),
)


@pytest.mark.parametrize(
    ("day", "interim"),
    [
        ("2024-10-02", InterimType.MONITORING_VISIT),
        ("2024-10-11", InterimType.MONITORING_VISIT),
        ("2024-11-20", InterimType.MONITORING_VISIT),
        ("2025-01-15", InterimType.MONITORING_VISIT),
        ("2025-01-16", InterimType.REPORT_PUBLICATION),
        ("2025-05-12", InterimType.REPORT_PUBLICATION),
        ("2025-05-13", InterimType.ACTION_PLAN_SUBMISSION),
    ],
)
def test_no_report_is_awaited_before_the_last_day_of_the_last_period(day, interim):
    found = stands(day, BEFORE, DEVON)
    assert found.expected_next.interim is not None
    assert found.expected_next.interim.type is interim
    assert found.pathway is Pathway.INADEQUATE
    awaited = [row for row in found.expectations if row.activity == "report_publication"]
    assert bool(awaited) is (interim is InterimType.REPORT_PUBLICATION)


def test_between_its_periods_it_is_said_to_be_broken_off():
    def why(day: str) -> str:
        return expectation(stands(day, BEFORE, DEVON), "standard_inspection").why

    assert "broken off on 11 October 2024" in why("2024-11-20")
    assert "Inspectors have been on site since 30 September 2024" in why("2024-10-02")
    assert why("2025-01-15").startswith("Inspectors have been on site since 13 January 2025")


def test_the_report_is_expected_and_told_from_the_last_day_of_the_last_period():
    (awaited,) = [
        row for row in stands("2025-02-28", BEFORE, DEVON).expectations if row.activity == "report_publication"
    ]
    assert awaited.due_from == on("2025-02-24")
    account = publication_of(DEVON, on("2025-06-01"), england(), known_until=None)
    assert account is not None
    assert account.working_days == 80
    assert "80 working days after the last day of its last period on site" in account.said
    assert account.rules[-1] == "R-059"
    paused = DEVON.as_seen_on(on("2024-11-20")) or DEVON
    assert publication_of(paused, on("2024-11-20"), england(), known_until=None) is None


def test_it_is_called_by_both_periods():
    assert named(DEVON).endswith("30 September to 11 October 2024 and 13 to 16 January 2025")
    assert named(DEVON.as_seen_on(on("2024-11-20")) or DEVON).endswith("30 September to 11 October 2024")


def test_a_short_inspection_that_was_resumed_is_not_taken_for_a_standard_one():
    periods = (PeriodOnSite(on("2022-11-21"), on("2022-11-25")), PeriodOnSite(on("2023-02-06"), on("2023-02-10")))
    short = report("2023-04-24", "G", start="2022-11-21", end="2023-02-10", variant=Variant.SHORT, periods=periods)
    assert [warning for warning in warnings_for(short) if warning.field == "variant"] == []
    assert [warning.field for warning in warnings_for(replace(short, periods=()))] == ["variant"]
