"""A graded inspection under way of an authority whose pathway nothing tells (R-097, R-100, R-103)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.rulebook.results import WindowStatus
from domain.values.statements import Variant
from tests.domain.rulebook.reasoned import reasons
from tests.domain.rulebook.story import expectation, on, report, stands

CALL = report(None, None, notified=on("2025-06-02"))
UNGRADED = report("2022-04-19", None, start="2022-02-28", end="2022-03-04")


@pytest.mark.parametrize(
    ("day", "status", "said"),
    [
        ("2025-06-05", WindowStatus.ANNOUNCED, "Ofsted called on 2 June 2025; inspectors are expected on site from 9"),
        ("2025-06-10", WindowStatus.ON_SITE, "Inspectors were expected from 9 June 2025"),
        ("2025-06-30", WindowStatus.REPORT_AWAITED, "Inspectors were expected on site until 13 June 2025"),
    ],
)
@pytest.mark.parametrize("before", [(), (UNGRADED,)])
def test_where_no_pathway_is_known_what_was_called_is_told_without_a_window(before, day, status, said):
    called = replace(CALL, variant=Variant.SHORT)
    answer = reasons(day, *before, called).standing
    found = expectation(answer, "short_inspection", "announced")
    assert (found.status, answer.window_status, found.about) == (status, status, called.id)
    assert (found.due_from, found.due_to) == (on("2025-06-09"), on("2025-06-13"))
    assert found.why.startswith(said)
    assert found.why.endswith(
        "The pathway is not known, so no window is counted; pathway and window come with the report."
    )
    assert found.rules == ("R-097", "R-100", "R-103")
    assert found.is_called_inspection


def test_where_no_pathway_is_known_a_type_is_told_only_where_somebody_said_it():
    found = expectation(reasons("2025-06-05", CALL).standing, "inspection", "announced")
    assert (found.due_from, found.due_to) == (on("2025-06-09"), on("2025-06-20"))
    assert [one.startswith("Its type was not told") for one in found.caveats] == [True]
    begun = report(None, None, start="2025-06-09")
    assert expectation(reasons("2025-06-10", begun).standing, "inspection").rules == ("R-097", "R-103")
    assert not [one for one in stands("2026-02-02", CALL).expectations if one.is_called_inspection]
