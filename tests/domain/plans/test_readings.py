"""What an action comes to: complete only once a second person agrees, overdue by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.plans.action_commands import (
    CloseAction,
    MoveDueDate,
    RateImpact,
    RefuseCompletion,
    ReopenAction,
    ReportProgress,
)
from domain.plans.commands import (
    AddAction,
)
from domain.values.errors import RuleBroken
from domain.values.plans import (
    LABELS,
    Colour,
    Figure,
    Impact,
    Label,
    Progress,
    Reading,
    Track,
    labels_with,
    reached,
)
from tests.domain.plans.story import (
    ACCEPTED,
    ACTION,
    ADDED,
    COLLEAGUE,
    DUE,
    OFFICER,
    REPORTED,
    SHOWN,
    STARTED,
    plan,
    taking,
    told,
    words,
)
from tests.story import given

DAY = date(2026, 8, 1)
WHY = words("Because")


def sent(story: Any, command: tuple[Any, tuple[Any, ...], dict[str, Any]], **instead: Any) -> Any:
    method, args, keywords = command
    return story.when(method, *args, **(keywords | instead))


def reading(*commands: Any, on: date) -> Reading:
    found: Reading = given(plan(), *commands).aggregate.state.actions[1].reading(on)
    return found


def test_complete_asks_for_evidence_and_a_second_person():
    assert reading(ADDED, REPORTED, on=DAY) is Reading.EVIDENCE_AWAITED
    assert reading(ADDED, REPORTED, SHOWN, on=DAY) is Reading.ACCEPTANCE_AWAITED
    assert reading(ADDED, REPORTED, SHOWN, ACCEPTED, on=DAY) is Reading.COMPLETE
    assert LABELS[3] == Label(Reading.EVIDENCE_AWAITED, "Reported complete, evidence awaited", Colour.AMBER)


def test_completion_is_not_accepted_without_evidence():
    sent(given(plan(), ADDED, REPORTED), ACCEPTED).then_refused(RuleBroken, "There is no evidence yet")


def test_whoever_reported_it_complete_may_not_accept_it():
    sent(given(plan(), ADDED, REPORTED, SHOWN), ACCEPTED, by=OFFICER).then_refused(RuleBroken, "A second person")
    again = (REPORTED[0], REPORTED[1], REPORTED[2] | {"by": COLLEAGUE, "on": date(2026, 7, 3)})
    sent(given(plan(), ADDED, REPORTED, SHOWN, again), ACCEPTED, by=OFFICER).then_refused(RuleBroken, "A second person")


def test_completion_is_accepted_once_and_only_when_reported():
    sent(given(plan(), ADDED), ACCEPTED).then_refused(RuleBroken, "not reported complete")
    sent(given(plan(), ADDED, REPORTED, SHOWN, ACCEPTED), ACCEPTED).then_refused(RuleBroken, "accepted, on 8 July 2026")


def test_a_second_person_may_refuse_with_a_reason_and_the_action_goes_on():
    refused = told(taking(RefuseCompletion), 1, why=WHY, on=DAY, by=COLLEAGUE)
    sent(given(plan(), ADDED, REPORTED, SHOWN), refused, by=OFFICER).then_refused(RuleBroken, "A second person")
    assert reading(ADDED, REPORTED, SHOWN, refused, on=DAY) is Reading.IN_PROGRESS


def test_an_accepted_action_is_embedded_closed_or_reopened_and_nothing_else():
    done = (ADDED, REPORTED, SHOWN, ACCEPTED)
    sent(given(plan(), *done), STARTED, on=DAY).then_refused(RuleBroken, "Reopen it")
    embedded = told(taking(ReportProgress), 1, progress=Progress.EMBEDDED, track=None, now=None, narrative=None, on=DAY)
    sent(given(plan(), ADDED, REPORTED, SHOWN), embedded).then_refused(RuleBroken, "accepted can be embedded")
    assert reading(*done, embedded, on=DAY) is Reading.EMBEDDED
    closed = told(taking(CloseAction), 1, why=None, on=DAY)
    sent(given(plan(), ADDED, REPORTED, SHOWN), closed).then_refused(RuleBroken, "can be closed")
    assert reading(*done, closed, on=DAY) is Reading.CLOSED
    sent(given(plan(), *done, closed), STARTED, on=DAY).then_refused(RuleBroken, "closed on 1 August 2026")
    reopened = told(taking(ReopenAction), 1, why=WHY, on=DAY)
    assert reading(*done, closed, reopened, on=DAY) is Reading.IN_PROGRESS
    sent(given(plan(), ADDED, STARTED), reopened).then_refused(RuleBroken, "is open")


def test_after_reopening_completion_is_asked_for_anew():
    reopened = told(taking(ReopenAction), 1, why=WHY, on=date(2026, 7, 10))
    again = (REPORTED[0], REPORTED[1], REPORTED[2] | {"on": date(2026, 7, 11)})
    state = given(plan(), ADDED, REPORTED, SHOWN, ACCEPTED, reopened, again).aggregate.state.actions[1]
    assert (state.reading(DAY), state.reopened) == (Reading.ACCEPTANCE_AWAITED, 1)


# --- what it comes to -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected", "days"),
    [
        (DUE - timedelta(days=1), Reading.IN_PROGRESS, 0),
        (DUE, Reading.IN_PROGRESS, 0),
        (date(2026, 10, 13), Reading.OVERDUE, 12),
    ],
)
def test_overdue_is_computed_from_the_day_after_the_due_date(day: date, expected: Reading, days: int):
    action = given(plan(), ADDED, STARTED).aggregate.state.actions[1]
    assert (action.reading(day), action.days_overdue(day)) == (expected, days)


def test_reporting_complete_does_not_hide_that_the_date_has_passed():
    late = DUE + timedelta(days=1)
    reported = given(plan(), ADDED, REPORTED, SHOWN).aggregate.state.actions[1]
    assert (reported.reading(late), reported.days_overdue(late)) == (Reading.ACCEPTANCE_AWAITED, 1)
    accepted = given(plan(), ADDED, REPORTED, SHOWN, ACCEPTED).aggregate.state.actions[1]
    assert (accepted.reading(late), accepted.days_overdue(late)) == (Reading.COMPLETE, 0)


def test_what_it_came_to_before_is_what_it_came_to_on_the_days_before():
    """Late in June, given until December in July, reported complete in August: each counts from its own day."""
    added = told(taking(AddAction), on=date(2026, 3, 20), **ACTION | {"due_on": date(2026, 6, 1)})
    moved = told(taking(MoveDueDate), 1, due_on=date(2026, 12, 1), why=WHY, on=date(2026, 7, 20))
    reported = (REPORTED[0], REPORTED[1], REPORTED[2] | {"on": date(2026, 8, 1)})
    action = given(plan(), added, STARTED, moved, reported).aggregate.state.actions[1]
    assert action.turns(date(2026, 12, 31)) == [
        (date(2026, 3, 20), Reading.NOT_STARTED),
        (date(2026, 5, 1), Reading.IN_PROGRESS),
        (date(2026, 6, 2), Reading.OVERDUE),
        (date(2026, 7, 20), Reading.IN_PROGRESS),
        (date(2026, 8, 1), Reading.EVIDENCE_AWAITED),
    ]
    assert action.days_overdue(date(2026, 12, 3)) == 2


@pytest.mark.parametrize(
    ("track", "expected"),
    [(Track.ON_TRACK, Reading.ON_TRACK), (Track.AT_RISK, Reading.AT_RISK), (Track.OFF_TRACK, Reading.OFF_TRACK)],
)
def test_confidence_is_apart_from_progress_and_impact(track: Track, expected: Reading):
    method, args, keywords = STARTED
    sure = (method, args, keywords | {"track": track})
    rated = told(taking(RateImpact), 1, impact=Impact.SOME, why=None, on=DAY)
    state = given(plan(), ADDED, sure, rated).aggregate.state.actions[1]
    assert (state.progress, state.reading(DAY), state.impact) == (Progress.IN_PROGRESS, expected, Impact.SOME)
    assert [step.track for step in state.steps] == [None, track, track]


def test_what_is_reported_complete_is_neither_at_risk_nor_off_track_any_more():
    method, args, keywords = STARTED
    at_risk = (method, args, keywords | {"track": Track.AT_RISK})
    ticked_still = sent(given(plan(), ADDED, at_risk), REPORTED, track=Track.AT_RISK)
    assert ticked_still.facts[-1].track is None
    refused = told(taking(RefuseCompletion), 1, why=WHY, on=DAY, by=COLLEAGUE)
    for story in (given(plan(), ADDED, at_risk, REPORTED), given(plan(), ADDED, at_risk, REPORTED, SHOWN)):
        assert story.aggregate.state.actions[1].track is None
    back = given(plan(), ADDED, at_risk, REPORTED, SHOWN, refused).aggregate.state.actions[1]
    assert (back.track, back.reading(DAY)) == (None, Reading.IN_PROGRESS), "how sure is asked anew"


def test_a_fact_that_told_complete_and_at_risk_at_once_still_says_complete_alone():
    (fact,) = sent(given(plan(), ADDED), REPORTED).facts
    state = given(plan(), ADDED).aggregate.state
    state.apply(replace(fact, track=Track.AT_RISK))
    assert (state.actions[1].progress, state.actions[1].track) == (Progress.COMPLETE, None)


def test_a_council_may_rename_and_recolour_every_reading():
    own = Label(Reading.COMPLETE, "Delivered", Colour.GREEN)
    labels = labels_with([own])
    assert own in labels
    assert len(labels) == len(LABELS) == len(Reading)


@pytest.mark.parametrize(
    ("figures", "share"),
    [
        (("62", "90", "76"), 50),
        (("10", "4", "7"), 50),
        (("62", "90", "60"), -8),
        (("0", "3", "1"), 33),
        (("5", "5", "5"), None),
        ((None, "5", "5"), None),
    ],
)
def test_how_much_of_the_way_was_gone(figures: tuple[str | None, ...], share: int | None):
    assert reached(*(None if text is None else Figure(text) for text in figures)) == share


@pytest.mark.parametrize("text", ["", "ten", "1e9", "NaN", "1,000", "1.23456", "٣", "1" * 10, " 1"])
def test_a_figure_is_written_in_digits(text: str):
    with pytest.raises(RuleBroken, match="Enter a figure in digits"):
        Figure(text)
