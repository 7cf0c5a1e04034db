"""What became of windows, counted."""

from __future__ import annotations

import pytest

from domain.rulebook.forecast.cohorts import Cohort
from domain.rulebook.past.tally import tally
from domain.rulebook.results import Pathway
from domain.values.statements import Kind
from tests.domain.rulebook.past.story import (
    HISTORIES,
    first,
    inspected,
    windows,
)
from tests.domain.rulebook.story import activity, report, sif


def test_the_tally_counts_windows_by_what_became_of_them():
    every = [window for history in HISTORIES for window in windows("2026-08-22", *history)]
    found = tally(every)
    all_of_them = found.everything
    assert (all_of_them.came, all_of_them.inside, all_of_them.early, all_of_them.late) == (7, 2, 1, 4)
    assert (all_of_them.explained, all_of_them.not_judged, all_of_them.overdue) == (4, 0, 3)
    assert (all_of_them.median_days_early, all_of_them.median_days_late) == (44, 64), "of 4, 64, 244 and 356 days"
    assert (all_of_them.type_right, all_of_them.type_wrong) == (7, 0)
    by_pathway = dict(found.by_pathway)
    assert by_pathway[Pathway.INADEQUATE].came == 2
    assert by_pathway[Pathway.INADEQUATE].overdue == 1
    assert Pathway.UNKNOWN not in by_pathway
    assert sum(count.came for count in by_pathway.values()) == all_of_them.came
    assert [cohort for cohort, _ in found.by_cohort] == [Cohort.BEFORE, Cohort.AFTER]


@pytest.mark.parametrize(
    ("published", "cohort"),
    [
        ("2020-03-16", Cohort.BEFORE),
        ("2020-03-17", Cohort.DURING),
        ("2021-06-27", Cohort.DURING),
        ("2021-06-28", Cohort.AFTER),
    ],
)
def test_cohorts_follow_the_day_on_which_the_report_was_published(published: str, cohort: Cohort):
    came = inspected("2024-05-13", "2024-05-24", None, None)
    assert [found for found, _ in tally(windows("2025-01-01", report(published, "R"), came)).by_cohort] == [cohort]


def test_days_that_are_only_a_bound_do_not_count_in_a_median():
    known_by_publication = windows("2018-01-01", sif("2013-11-04", "R"), sif("2016-02-01", "G"))
    count = tally(known_by_publication).everything
    assert (count.early, count.median_days_early) == (1, None)


def test_a_tally_of_nothing_is_all_noughts():
    found = tally([])
    assert (found.everything.came, found.by_pathway, found.by_cohort) == (0, (), ())


def test_a_visit_is_never_what_came():
    visit = activity(Kind.MONITORING_VISIT, start="2022-05-10", end="2022-05-11", published="2022-06-10")
    assert first("2022-07-01", report("2019-05-09", "I"), visit).came is None
