"""What an authority and Ofsted told each other between inspections: recorded, refused, read as of a moment, erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.ledger.erasure_keys import open_words
from domain.ledger.store import Ledger
from domain.values.elements import AgendaPart
from domain.values.errors import RuleBroken
from domain.values.sealed import subject_of
from domain.values.statements import Kind
from projections.authorities.timeline import timeline
from projections.meetings.answers import EngagementNotes
from projections.meetings.engagement import engagement_notes
from tests.plan_history import AT, GATESHEAD, SECRET, beside, told
from tests.projections.meetings.test_meeting import Met, later, rows_holding
from tests.projections.story import open_read_side

TODAY = date(2026, 9, 1)
SHARED, HELD = date(2026, 2, 3), date(2026, 3, 3)
EVERY_ANSWER = {"known": "Practice is sound", "how_known": "By audits", "plans": "More supervision"}


@pytest.fixture
def here(sqlite_ledger: Ledger, sqlite_path: str) -> Iterator[Met]:
    keys = open_words(beside(sqlite_path))
    keys.migrate()
    made = Met(open_read_side(sqlite_ledger, sqlite_path), keys)
    yield made
    made.store.engine.dispose()
    keys.close()


def notes(met: Met, entry: UUID, known_at: Any = None) -> EngagementNotes | None:
    answer = timeline(met.reader, GATESHEAD, as_at=TODAY)
    with met.reader.connect() as connection:
        moment = met.reader.moment(connection, TODAY, known_at)
    return engagement_notes(met.reader, [one.activity for one in answer.entries], moment).get(entry)


def words(found: EngagementNotes | None) -> list[str | None]:
    assert found is not None
    return [one.text if one is not None else None for one in (found.known, found.how_known, found.plans)]


def test_the_three_questions_are_answered_with_the_self_evaluation_or_later_and_of_each_the_latest_counts(here: Met):
    door = here.timeline.elements
    shared = door.record_self_evaluation(GATESHEAD, shared_on=SHARED, **EVERY_ANSWER, by=told("shared")).activity
    assert words(notes(here, shared)) == list(EVERY_ANSWER.values())
    door.answer_self_evaluation(GATESHEAD, shared, known=SECRET, by=later("again", 5))
    assert words(notes(here, shared)) == [SECRET, "By audits", "More supervision"]
    assert words(notes(here, shared, AT)) == list(EVERY_ANSWER.values())
    assert rows_holding(here, "Zebediah") == []


def test_a_self_evaluation_without_answers_has_no_notes(here: Met):
    shared = here.timeline.elements.record_self_evaluation(GATESHEAD, shared_on=SHARED, by=told("shared")).activity
    assert notes(here, shared) is None


def test_what_one_form_said_of_a_self_evaluation_is_erased_together(here: Met):
    door = here.timeline.elements
    shared = door.record_self_evaluation(GATESHEAD, shared_on=SHARED, known=SECRET, plans="None", by=told("shared"))
    subject = subject_of(told("shared").command)
    by = told("erase", "administrator", "It named a child.")
    door.erase_engagement_words(GATESHEAD, shared.activity, [subject], by=by)
    found = notes(here, shared.activity)
    assert found is not None
    assert words(found) == [None, None, None]
    assert found.to_erase == ()
    assert all("It named a child." in one.shown for one in found.words)
    again = told("erase again", "administrator", "Again.")
    with pytest.raises(RuleBroken, match="erased already"):
        door.erase_engagement_words(GATESHEAD, shared.activity, [subject], by=again)


def test_what_a_meeting_covered_and_the_topics_for_visits_are_noted_together(here: Met):
    door = here.timeline.elements
    parts = [AgendaPart.EARLY_YEARS, AgendaPart.SOCIAL_CARE]
    held = door.record_engagement_meeting(
        GATESHEAD, held_on=HELD, parts=parts, visit_topics="Care leavers", next_on=date(2027, 3, 2), by=told("held")
    ).activity
    found = notes(here, held)
    assert found is not None
    assert found.parts == (AgendaPart.SOCIAL_CARE, AgendaPart.EARLY_YEARS)
    assert found.visit_topics is not None
    assert (found.visit_topics.text, found.topics, found.next_on) == ("Care leavers", None, date(2027, 3, 2))
    door.note_engagement(GATESHEAD, held, parts=[AgendaPart.EDUCATION], by=told("after all"))
    corrected = notes(here, held)
    assert corrected is not None
    assert corrected.visit_topics is not None
    assert (corrected.parts, corrected.visit_topics.text) == ((AgendaPart.EDUCATION,), "Care leavers")


def test_only_of_a_self_evaluation_questions_are_answered_and_only_of_a_meeting_an_agenda_noted(here: Met):
    door = here.timeline.elements
    shared = door.record_self_evaluation(GATESHEAD, shared_on=SHARED, by=told("shared")).activity
    held = door.record_engagement_meeting(GATESHEAD, held_on=HELD, by=told("held")).activity
    with pytest.raises(RuleBroken, match="Choose a self-evaluation"):
        door.answer_self_evaluation(GATESHEAD, held, known="Much", by=told("wrong entry"))
    with pytest.raises(RuleBroken, match="Choose an engagement meeting"):
        door.note_engagement(GATESHEAD, shared, parts=[AgendaPart.EDUCATION], by=told("wrong entry too"))
    with pytest.raises(RuleBroken, match="at least one of the three questions"):
        door.answer_self_evaluation(GATESHEAD, shared, by=told("nothing said"))
    with pytest.raises(RuleBroken, match="Enter what you know"):
        door.answer_self_evaluation(GATESHEAD, shared, known=" ", by=told("blank"))
    with pytest.raises(RuleBroken, match="Enter the topics of the meeting"):
        door.note_engagement(GATESHEAD, held, by=told("nothing noted"))


def test_a_return_of_data_is_recorded_once_for_its_day_and_two_of_one_day_stay_two(here: Met):
    door = here.timeline.elements
    day = date(2026, 7, 30)
    door.record_data_return(GATESHEAD, returned_on=day, what="Children in need census", by=told("census"))
    with pytest.raises(RuleBroken, match="already recorded for 30 July 2026"):
        door.record_data_return(GATESHEAD, returned_on=day, what=" children in NEED census ", by=told("census again"))
    door.record_data_return(GATESHEAD, returned_on=day, what="SSDA903", by=told("looked after"))
    entries = timeline(here.reader, GATESHEAD, as_at=TODAY).entries
    assert sorted(one.activity.title or "" for one in entries if one.activity.kind is Kind.DATA_RETURN) == [
        "Children in need census",
        "SSDA903",
    ]
    with pytest.raises(RuleBroken, match="lies in the future"):
        door.record_data_return(GATESHEAD, returned_on=date(2099, 1, 1), what="Census", by=told("too early"))
    with pytest.raises(RuleBroken, match="Enter what was returned"):
        door.record_data_return(GATESHEAD, returned_on=day, what=" ", by=told("of nothing"))
