"""Who waits, since when, and what of it could be known on a morning."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.rulebook.forecast.queue import DueBy, NationalQueue, Spell
from domain.rulebook.results import Pathway
from domain.values.activities import Activity, AuthorityFacts, Status
from tests.domain.rulebook.story import england, focused, on, report, sif

NORTHAM, SOUTHAM, WESTAM = (AuthorityFacts(urn=str(80_990 + n), name=name) for n, name in enumerate("NSW"))


def queue(*histories: tuple[AuthorityFacts, list[Activity]], **more: Any) -> NationalQueue:
    held = {authority.urn: activities for authority, activities in histories}
    return NationalQueue(held, [authority for authority, _ in histories], holidays=england(), **more)


def spell(*activities: Activity, day: str, authority: AuthorityFacts = NORTHAM) -> Spell | None:
    return queue((authority, list(activities))).spell(authority.urn, on(day))


GOOD_2022 = report("2022-05-10", "G", start="2022-03-21", end="2022-03-25")
INADEQUATE_2023 = report("2023-02-06", "I", start="2022-12-05", end="2022-12-16")


def test_a_report_counts_from_the_morning_after_its_publication():
    assert spell(GOOD_2022, day="2022-05-10") is None
    found = spell(GOOD_2022, day="2022-05-11")
    assert found is not None
    assert (found.since, found.opens, found.due) == (on("2022-05-10"), on("2024-11-10"), on("2025-11-10"))
    assert found.pathway is Pathway.GOOD_OR_OUTSTANDING


def test_fieldwork_takes_nobody_out_of_the_queue_before_its_report():
    held = queue((NORTHAM, [GOOD_2022, report("2025-07-14", "G", start="2025-05-12", end="2025-05-16")]))
    waiting = held.spell(NORTHAM.urn, on("2025-06-01"))
    assert waiting is not None
    assert waiting.since == on("2022-05-10")
    under_way = held.fieldwork(NORTHAM.urn, on("2025-06-01"))
    assert under_way is not None
    assert under_way.on == on("2025-05-12")


@pytest.mark.parametrize(
    ("day", "under_way"),
    [
        ("2025-05-12", False),  # inspectors come that day; on its morning nobody had come
        ("2025-05-13", True),
        ("2025-07-14", True),  # published that day, not known on its morning
        ("2025-07-15", False),
    ],
)
def test_an_inspection_is_under_way_from_the_day_after_its_first_to_the_day_of_its_report(day: str, under_way: bool):
    held = queue((NORTHAM, [report("2025-07-14", "G", start="2025-05-12", end="2025-05-16")]))
    assert (held.fieldwork(NORTHAM.urn, on(day)) is not None) is under_way


def test_fieldwork_without_a_report_goes_on_until_a_later_report_overtakes_it():
    unpublished = report(None, None, start="2024-05-13", end="2024-05-17")
    assert queue((NORTHAM, [unpublished])).fieldwork(NORTHAM.urn, on("2030-01-01")) is not None
    later = report("2025-07-14", "G", start="2025-05-12", end="2025-05-16")
    held = queue((NORTHAM, [unpublished, later]))
    assert held.fieldwork(NORTHAM.urn, on("2025-05-01")) == held.starts[0], "as yet nobody knows of a later one"
    assert held.fieldwork(NORTHAM.urn, on("2025-07-15")) is None


def test_those_waiting_stand_in_the_order_of_their_reports():
    held = queue(
        (NORTHAM, [GOOD_2022]),
        (SOUTHAM, [report("2022-04-01", "R", urn=SOUTHAM.urn)]),
        (WESTAM, [report("2022-08-31", "I", urn=WESTAM.urn)]),
    )
    assert [spell.urn for spell in held.waiting(on("2023-01-01"))] == [SOUTHAM.urn, NORTHAM.urn, WESTAM.urn]


def test_a_report_whose_grades_nobody_knows_waits_as_long_as_any():
    found = spell(sif("2016-06-13", None), day="2018-01-01")
    assert found is not None
    assert (found.due, found.by, found.pathway) == (on("2019-12-13"), DueBy.STAND_IN, Pathway.UNKNOWN)


def test_priority_action_brings_the_due_day_forward_until_it_is_resolved():
    visit = focused(start="2023-03-07", end="2023-03-08", published="2023-04-03", priority_action=True)
    before = spell(GOOD_2022, visit, day="2023-04-03")
    assert before is not None
    assert (before.due, before.ends) == (on("2025-11-10"), on("2023-04-04"))
    found = spell(GOOD_2022, visit, day="2023-04-04")
    assert found is not None
    assert (found.opens, found.due, found.by) == (on("2023-08-01"), on("2024-09-30"), DueBy.PRIORITY_ACTION)
    resolved = focused(
        start="2023-03-07",
        end="2023-03-08",
        published="2023-04-03",
        priority_action=True,
        priority_action_resolved=on("2023-12-01"),
    )
    after = spell(GOOD_2022, resolved, day="2023-12-03")
    assert after is not None
    assert after.due == on("2025-11-10")


def test_a_single_inspection_that_was_inadequate_is_due_two_years_after_its_plan():
    # the 70th working day after 13 March 2017 is 23 June 2017
    found = spell(sif("2017-03-13", "I"), day="2018-01-01")
    assert found is not None
    assert (found.opens, found.due) == (on("2018-06-23"), on("2019-06-23"))


def test_a_new_authority_waits_from_its_formation_and_an_old_one_without_a_report_does_not():
    new = AuthorityFacts(urn="80995", name="Newham-on-Sea", formed_on=on("2023-04-01"))
    found = spell(day="2023-06-01", authority=new)
    assert found is not None
    assert (found.since, found.opens, found.due) == (on("2023-04-01"), on("2024-04-01"), on("2025-04-01"))
    assert found.pathway is Pathway.NOT_YET_JUDGED
    assert spell(day="2023-06-01") is None


def test_an_abolished_authority_leaves_the_queue_on_its_last_day():
    gone = AuthorityFacts(urn="80996", name="Oldham-under-Lyne", abolished_on=on("2023-04-01"))
    assert spell(GOOD_2022, day="2023-03-31", authority=gone) is not None
    assert spell(GOOD_2022, day="2023-04-01", authority=gone) is None


def test_a_withdrawn_inspection_is_no_start_and_no_report():
    withdrawn = report("2022-05-10", "G", start="2022-03-21", status=Status.WITHDRAWN)
    held = queue((NORTHAM, [withdrawn]))
    assert held.starts == ()
    assert held.spell(NORTHAM.urn, date(2023, 1, 1)) is None


def test_the_next_start_is_looked_up_whenever_it_became_known():
    held = queue((NORTHAM, [GOOD_2022, INADEQUATE_2023]))
    found = held.next_start(NORTHAM.urn, on("2022-03-22"))
    assert found is not None
    assert found.on == on("2022-12-05")
    assert held.next_start(NORTHAM.urn, on("2022-12-06")) is None


def test_what_changes_nothing_about_a_wait_makes_no_new_spell():
    visit = focused(start="2023-03-07", end="2023-03-08", published="2023-04-03")
    assert len(queue((NORTHAM, [GOOD_2022, visit])).spells[NORTHAM.urn]) == 1


def test_two_queues_of_which_the_same_was_public_are_known_by_the_same_number():
    later = report("2025-07-14", "G", start="2025-05-12", end="2025-05-16")
    held, short = queue((NORTHAM, [GOOD_2022, later])), queue((NORTHAM, [GOOD_2022]))
    assert held.known_by(on("2025-07-14")) == short.known_by(on("2025-07-14"))
    assert held.known_by(on("2025-07-15")) != short.known_by(on("2025-07-15"))


@pytest.mark.parametrize(("held", "national"), [(17, False), (18, True), (20, True)])
def test_the_queue_is_the_nations_where_nine_reports_in_ten_are_held(held: int, national: bool):
    there = [AuthorityFacts(urn=str(81_000 + place), name=f"Authority {place}") for place in range(20)]
    histories = {one.urn: [report("2022-05-10", "G", urn=one.urn)] for one in there[:held]}
    found = NationalQueue(histories, there, holidays=england())
    assert found.held(on("2023-01-01")) == (held, 20)
    assert found.is_national(on("2023-01-01")) is national
    assert not found.is_national(on("2022-05-10"))
