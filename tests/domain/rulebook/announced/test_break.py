"""An inspection that was broken off and resumed before its last day is known (R-059, R-100)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.rulebook.results import WindowStatus
from domain.rulebook.steps import when
from domain.values.statements import PeriodOnSite, Variant
from tests.domain.rulebook.story import on, report, stands


@pytest.mark.parametrize(
    ("variant", "paused", "last"),
    [
        (Variant.STANDARD, "2026-12-09", "2027-01-19"),
        (Variant.SHORT, "2026-12-09", "2027-01-12"),
        (Variant.STANDARD, "2026-12-18", "2027-01-11"),
        (Variant.SHORT, "2026-12-18", "2027-01-11"),
    ],
)
def test_the_days_before_a_break_count_towards_its_length(variant, paused, last):
    """Of ten working days, or five; at least one is to come."""
    back = report(
        None,
        None,
        start="2026-12-07",
        notified=on("2026-11-30"),
        variant=variant,
        paused=on(paused),
        resumed=on("2027-01-11"),
    )
    found = stands("2027-01-11", back).expected_next.announced
    assert found is not None
    assert (found.status, found.on_site_from, found.on_site_to) == (WindowStatus.ON_SITE, on("2026-12-07"), on(last))
    broken_off = stands("2026-12-21", replace(back, resumed=None)).expected_next.announced
    assert broken_off is not None
    assert broken_off.periods == (PeriodOnSite(on("2026-12-07"), on(paused)),)
    assert when(back) == f"7 to {int(paused[-2:])} December 2026 and from 11 January 2027"
    assert when(replace(back, resumed=None)) == f"7 to {int(paused[-2:])} December 2026"
