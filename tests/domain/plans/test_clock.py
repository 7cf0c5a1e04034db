"""By when a plan is due: cases that councils published, and the day before, the day, and the day after."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.plans.clock import Counted, PaperStatus, deadlines
from domain.plans.commands import SendPlan, SetReceipt
from domain.plans.state import PlanState
from domain.values.activities import Activity
from domain.values.plans import Stage
from tests.domain.plans.story import JTAI, OFFICER, REPORT, VISIT, plan, taking, words
from web.store.settings import bank_holidays

HOLIDAYS = bank_holidays()
WHY = words("The covering letter")


def state_of(
    activity: Activity, published: date, received: date | None = None, *commands: object, at: date | None = None
) -> PlanState:
    by = replace(OFFICER, at=datetime.combine(at or published + timedelta(days=400), datetime.min.time(), UTC))
    letter = replace(activity, start=published - timedelta(days=40), published=published)
    opened = plan(letter, opened_on=published, by=by)
    if received is not None:
        taking(SetReceipt)(opened, received_on=received, why=WHY, on=published + timedelta(days=30), by=by)
    for method, args, keywords in commands:  # type: ignore[misc]
        method(opened, *args, **keywords | {"by": by})
    return opened.state


@pytest.mark.parametrize(
    ("activity", "counted_from", "stage", "due"),
    [
        (REPORT, date(2022, 4, 1), Stage.FINAL, date(2022, 7, 15)),
        (REPORT, date(2022, 2, 22), Stage.FINAL, date(2022, 6, 7)),
        (REPORT, date(2023, 5, 9), Stage.FINAL, date(2023, 8, 16)),
        (VISIT, date(2018, 8, 10), Stage.DRAFT, date(2018, 9, 10)),
        (REPORT, date(2019, 7, 1), Stage.FINAL, date(2019, 10, 8)),
    ],
    ids=["Gloucestershire 2022", "Bracknell Forest 2022", "Stockton 2023 (R-061)", "draft, trade press 2018", "2019"],
)
def test_due_dates_are_those_that_councils_published(activity: Activity, counted_from: date, stage: Stage, due: date):
    for known in (state_of(activity, counted_from), state_of(activity, counted_from, counted_from)):
        found = {one.stage: one for one in deadlines(known, on=counted_from, holidays=HOLIDAYS)}
        assert found[stage].due_on == due


def test_from_publication_it_is_the_latest_day_and_from_receipt_the_day():
    (late,) = deadlines(state_of(REPORT, date(2023, 4, 11)), on=date(2023, 5, 1), holidays=HOLIDAYS)
    assert (late.due_on, late.counted, late.latest) == (date(2023, 7, 21), Counted.PUBLICATION, True)
    assert "at the latest" in late.said
    (true,) = deadlines(state_of(REPORT, date(2023, 4, 11), date(2023, 4, 4)), on=date(2023, 5, 1), holidays=HOLIDAYS)
    assert (true.due_on, true.counted, true.latest) == (date(2023, 7, 18), Counted.RECEIPT, False)
    assert true.rules == ("R-060", "R-061")


@pytest.mark.parametrize(
    ("received", "stages"),
    [
        (date(2018, 7, 31), [Stage.FINAL]),
        (date(2018, 8, 1), [Stage.DRAFT, Stage.FINAL]),
        (date(2018, 8, 2), [Stage.DRAFT, Stage.FINAL]),
    ],
)
def test_a_draft_is_owed_for_letters_received_since_august_2018(received: date, stages: list[Stage]):
    known = state_of(VISIT, date(2018, 8, 15), received)
    assert [one.stage for one in deadlines(known, on=received, holidays=HOLIDAYS)] == stages


def test_a_graded_report_owes_no_draft():
    (only,) = deadlines(state_of(REPORT, date(2024, 5, 1)), on=date(2024, 5, 1), holidays=HOLIDAYS)
    assert only.stage is Stage.FINAL


def test_a_joint_inspection_s_date_is_entered_and_never_computed():
    (stated,) = deadlines(plan(JTAI).state, on=date(2026, 6, 1), holidays=HOLIDAYS)
    assert (stated.due_on, stated.counted, stated.working_days, stated.latest) == (
        date(2026, 6, 5),
        Counted.STATED,
        None,
        False,
    )
    (none,) = deadlines(plan(replace(JTAI, statement_due=None)).state, on=date(2026, 6, 1), holidays=HOLIDAYS)
    assert (none.due_on, none.days_left) == (None, None)
    assert "Enter that date" in none.said


@pytest.mark.parametrize(
    ("day", "left", "said"),
    [
        (date(2022, 7, 13), 2, "2 days left"),
        (date(2022, 7, 14), 1, "1 day left"),
        (date(2022, 7, 15), 0, "today is the last day"),
        (date(2022, 7, 16), -1, "was due by 15 July 2022; nothing recorded here says that it was sent"),
    ],
)
def test_the_countdown_ends_on_the_due_date_itself(day: date, left: int, said: str):
    known = state_of(REPORT, date(2022, 4, 1), date(2022, 4, 1))
    (due,) = deadlines(known, on=day, holidays=HOLIDAYS)
    assert (due.days_left, due.status) == (left, PaperStatus.NOT_KNOWN if left < 0 else PaperStatus.DUE)
    assert said in due.said


@pytest.mark.parametrize(("sent", "late"), [(date(2022, 7, 15), 0), (date(2022, 7, 18), 3)])
def test_a_plan_that_was_sent_counts_down_no_more(sent: date, late: int):
    send = (taking(SendPlan), (), {"stage": Stage.FINAL, "on": sent})
    known = state_of(REPORT, date(2022, 4, 1), date(2022, 4, 1), send)
    (due,) = deadlines(known, on=date(2022, 12, 1), holidays=HOLIDAYS)
    assert (due.submitted_on, due.days_left, due.days_late, due.status) == (sent, None, late, PaperStatus.SENT)
    assert ("late" in due.said) is bool(late)


def test_beyond_the_known_bank_holidays_nothing_is_counted():
    last = HOLIDAYS.known_to - timedelta(days=10)
    (unknown,) = deadlines(state_of(REPORT, last), on=last, holidays=HOLIDAYS)
    assert unknown.due_on is None
    assert "no bank holidays are known after" in unknown.said
