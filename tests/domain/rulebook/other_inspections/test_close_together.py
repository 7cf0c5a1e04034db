"""What was held lately, as it was known on a day, and what is said of two that are less than six months apart."""

from __future__ import annotations

from datetime import date

import pytest

from domain.rulebook.announced_expectations.visits import visits_called
from domain.rulebook.expectations import situation
from domain.rulebook.other_inspections.close_together import Dated, HowTold, as_held, close_together, lately_held
from domain.values.activities import Activity, Status
from domain.values.statements import Kind
from tests.domain.rulebook.story import ALL_KNOWN, TYNEHAVEN, activity, england, focused, on, report

VISIT = focused(start="2026-06-16", end="2026-06-17", published="2026-07-20")
YOUTH = activity(Kind.YOUTH_JUSTICE, published="2026-05-12")
SEND = activity(Kind.AREA_SEND, start="2026-09-14", end="2026-09-18", published="2026-11-20", outcome=2)
CALLED = activity(Kind.JTAI, notified=on("2026-09-07"), start="2026-09-21")
STRUCK_OUT = focused(start="2026-06-02", status=Status.WITHDRAWN)
AWAITED = report(None, None, start="2026-08-03", end="2026-08-07")


def held_on(day: str, *activities: Activity) -> list[tuple[Kind, date, date, bool]]:
    now = situation(activities, authority=TYNEHAVEN, on=on(day), holidays=england(), known_until=ALL_KNOWN)
    called = {one.expectation.about for one in visits_called(now)}
    found = map(as_held, lately_held(now, called))
    return [(one.kind, one.first, one.last, one.by_publication) for one in found]


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        ("2026-05-11", []),
        ("2026-05-12", [Kind.YOUTH_JUSTICE]),
        ("2026-06-16", [Kind.FOCUSED_VISIT, Kind.YOUTH_JUSTICE]),
        ("2026-09-21", [Kind.FOCUSED_VISIT, Kind.YOUTH_JUSTICE, Kind.AREA_SEND]),
        ("2027-06-18", [Kind.AREA_SEND, Kind.JTAI]),
    ],
)
def test_what_was_held_in_the_last_year_is_told_as_known_and_not_what_is_called_or_awaited(day, kinds):
    assert [one[0] for one in held_on(day, VISIT, YOUTH, SEND, CALLED, STRUCK_OUT, AWAITED)] == kinds


def test_days_on_site_count_and_publication_only_where_they_are_not_known():
    assert held_on("2026-06-16", VISIT, YOUTH) == [
        (Kind.FOCUSED_VISIT, on("2026-06-16"), on("2026-06-16"), False),
        (Kind.YOUTH_JUSTICE, on("2026-05-12"), on("2026-05-12"), True),
    ]


@pytest.mark.parametrize(
    ("held", "coming", "rule"),
    [
        (Kind.FOCUSED_VISIT, Kind.INSPECTION, "R-050"),
        (Kind.JTAI, Kind.FOCUSED_VISIT, "R-050"),
        (Kind.AREA_SEND, Kind.INSPECTION, "R-079"),
        (Kind.INSPECTION, Kind.AREA_SEND, "R-079"),
        (Kind.YOUTH_JUSTICE, Kind.INSPECTION, None),
        (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, None),
    ],
)
def test_six_months_are_an_aim_between_episodes_of_ofsted_s_alone(held, coming, rule):
    first = Dated(held, held.value, HowTold.HELD, on("2026-06-16"), on("2026-06-17"))
    for day, days in (("2026-12-16", -182), ("2026-12-17", None)):
        then = Dated(coming, coming.value, HowTold.CALLED, on(day), on(day))
        found = [(one.days, one.rule) for one in close_together([then], [first])]
        assert found == ([] if days is None else [(days, rule)])
