"""What leads an authority's page from the call to the report, as the rulebook answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.frameworks import Framework
from domain.values.activities import Activity
from domain.values.statements import Kind, PeriodOnSite, Variant
from projections.engine.answers import RegisterRow
from tests.domain.rulebook.story import activity, england, focused, on, report, stands
from web.words.announced import AnnouncedShown, announced_shown, published_shown, withdrawn_calls
from web.words.register import rows
from web.words.summary import summary

GOOD = report("2023-06-01", "G", start=on("2023-04-17"), end=on("2023-04-21"))


def inspection(**values: Any) -> Activity:
    return activity(Kind.INSPECTION, framework=Framework.ILACS, **values)


CALLED = inspection(notified=on("2026-11-30"), variant=Variant.SHORT)
NAMED = replace(CALLED, expected_start=on("2026-12-07"), expected_end=on("2026-12-11"))
CAME = replace(CALLED, start=on("2026-12-07"), end=on("2026-12-11"))
STANDARD = inspection(start=on("2026-09-14"), end=on("2026-09-25"), variant=Variant.STANDARD)
BROKEN_OFF = replace(
    STANDARD,
    end=on("2026-10-16"),
    periods=(
        PeriodOnSite(on("2026-09-14"), on("2026-09-18")),
        PeriodOnSite(on("2026-10-12"), on("2026-10-16")),
    ),
)


def shown(day: str, *held: Activity) -> tuple[AnnouncedShown, ...]:
    everything = (GOOD, *held)
    return announced_shown(stands(day, *everything), everything, england(), date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "held", "state", "answer"),
    [
        ("2026-11-30", CALLED, "Announced", "Inspectors come on Monday 7 December 2026, in 5 working days"),
        ("2026-12-04", NAMED, "Announced", "Inspectors come on Monday 7 December 2026, in 1 working day"),
        ("2026-12-07", NAMED, "Days on site", "Day 1 of 5 on site, as expected"),
        ("2026-12-09", CAME, "Days on site", "Day 3 of 5 on site"),
        ("2026-12-12", CAME, "Report awaited", "The report is awaited, 22 January to 11 February 2027"),
        ("2026-09-16", STANDARD, "Days on site", "Day 3 of 10 on site"),
        ("2026-09-20", STANDARD, "Days on site", "After day 5 of 10 on site"),
        ("2026-09-28", BROKEN_OFF, "Paused", "Paused: no report is awaited, and none is late"),
        ("2026-10-13", BROKEN_OFF, "Days on site", "Day 7 of 10 on site"),
    ],
)
def test_the_page_leads_with_how_far_it_is(day: str, held: Activity, state: str, answer: str):
    (found,) = shown(day, held)
    assert (found.state, found.answer) == (state, answer)


def test_days_that_follow_from_the_call_are_told_from_those_that_were_named():
    (by_rule,), (named,) = shown("2026-11-30", CALLED), shown("2026-11-30", NAMED)
    assert by_rule.lines == (
        "Ofsted called on Monday 30 November 2026.",
        "Expected on site 7 to 11 December 2026.",
        "These days follow from the call (R-100): which were named is not recorded here.",
    )
    assert named.lines == by_rule.lines[:2]


def test_a_kind_that_was_not_said_is_said_to_be_expected():
    (found,) = shown("2026-11-30", replace(CALLED, variant=None))
    assert "Whether it is a short or a standard inspection was not said" in found.lines[-1]
    assert (found.heading, found.code) == ("Short inspection", "graded")


def test_days_expected_are_not_told_as_if_inspectors_had_come():
    (found,) = shown("2026-12-08", NAMED)
    assert "Nothing recorded here says yet that they came." in found.lines


def test_after_the_days_expected_the_state_says_no_more_than_that_it_was_called():
    day = "2026-12-14"
    (found,) = shown(day, NAMED)
    assert found.state == "Called, no more known"
    called, came = stands(day, GOOD, NAMED), stands(day, GOOD, CAME)
    for state, standing in (("Called, no more known", called), ("Report awaited", came)):
        told = summary(standing, on(day))
        assert (told.state, told.workings[0].state) == (state, state)
        (line,) = rows([RegisterRow(standing.authority, standing, 0, 0)], on(day))
        assert line.state_words == state
    (visit,) = shown(day, focused(notified=on("2026-11-23")))
    assert visit.state == "Called, no more known"


def test_a_report_awaited_says_when_it_is_likely_and_why_then():
    (found,) = shown("2026-12-14", CAME)
    said = " ".join(found.lines)
    assert "eight times in ten by" in said
    assert "nine in ten by" in said
    assert "Christmas" in said


def test_a_focused_visit_that_was_called_is_told_beside():
    visit = activity(Kind.FOCUSED_VISIT, notified=on("2026-11-30"))
    (found,) = shown("2026-12-01", visit)
    assert (found.heading, found.state) == ("Focused visit", "Announced")
    assert found.answer == "Inspectors come for two days from 8 to 10 December 2026, in 5 working days"
    (found,) = shown("2026-12-09", visit)
    assert found.answer == "Inspectors are expected on two days from 8 to 10 December 2026"


def as_seen(day: str, *held: Activity) -> tuple[AnnouncedShown, ...]:
    """As the page shows it, from what was known on the day."""
    seen = tuple(then for one in (GOOD, *held) if (then := one.as_seen_on(on(day))) is not None)
    return announced_shown(stands(day, GOOD, *held), seen, england(), on(day))


BROKEN = inspection(
    notified=on("2026-09-07"), start=on("2026-09-14"), paused=on("2026-09-17"), variant=Variant.STANDARD
)
BACK = replace(BROKEN, resumed=on("2026-10-12"))


@pytest.mark.parametrize(
    ("day", "held", "answer", "line"),
    [
        (
            "2026-09-16",
            BROKEN_OFF,
            "Day 3 of 10 on site",
            "On site from 14 September 2026, expected until 25 September 2026.",
        ),
        (
            "2026-09-16",
            BACK,
            "Day 3 of 10 on site",
            "On site from 14 September 2026, expected until 25 September 2026.",
        ),
        ("2026-09-20", BACK, "Paused: no report is awaited, and none is late", "On site 14 to 17 September 2026."),
        (
            "2026-10-13",
            BACK,
            "Day 6 of 10 on site",
            "On site 14 to 17 September 2026 and from 12 October 2026, expected until 19 October 2026.",
        ),
        (
            "2026-12-14",
            NAMED,
            "Nothing recorded here says that inspectors came",
            "Expected on site 7 to 11 December 2026.",
        ),
    ],
)
def test_days_are_told_as_they_were_known_and_what_is_only_expected_is_said_to_be(day, held, answer, line):
    (found,) = as_seen(day, held)
    assert found.answer == answer
    assert line in found.lines
    assert not [one for one in found.lines if "Late after" in one]


def test_a_call_that_was_withdrawn_leads_no_page():
    assert shown("2026-12-03", replace(CALLED, call_withdrawn=on("2026-12-02"))) == ()
    assert len(shown("2026-12-01", replace(CALLED, call_withdrawn=on("2026-12-02")))) == 1


@pytest.mark.parametrize(("day", "told"), [("2026-12-01", False), ("2026-12-02", True), ("2026-12-29", True)])
def test_that_a_call_was_withdrawn_is_said_for_four_weeks(day: str, told: bool):
    gone = replace(CALLED, call_withdrawn=on("2026-12-02"))
    said = ("The call of 30 November 2026 was withdrawn on 2 December 2026.",)
    assert withdrawn_calls((GOOD, CALLED, gone), on(day)) == (said if told else ())
    assert withdrawn_calls((gone,), on("2026-12-30")) == ()


def test_a_new_report_leads_for_four_weeks():
    assert published_shown(stands("2023-06-29", GOOD), on("2023-06-29")) is not None
    assert published_shown(stands("2023-06-30", GOOD), on("2023-06-30")) is None
    found = published_shown(stands("2023-06-02", GOOD), on("2023-06-02"))
    assert found is not None
    assert found.lines == (
        "Pathway: good or outstanding.",
        "Next: short inspection, 1 December 2025 to 1 December 2026.",
        "An action plan is due by 8 September 2023.",
    )


def test_at_the_head_no_window_is_shown_that_would_lie_wholly_after_the_end():
    ends = activity(
        Kind.SUCCESSION_ANNOUNCED, on="2027-04-01", published="2025-10-28", successors=("East Tyne", "West Tyne")
    )
    good = report("2025-05-09", "G", start="2025-03-17", end="2025-03-28")
    shown = summary(stands("2026-11-30", good, ends), date(2026, 11, 30))
    assert (shown.next_name, shown.window, shown.state) == ("None expected", "", "Not applicable")
    assert shown.reason.startswith("None is expected: the window would lie wholly after")
