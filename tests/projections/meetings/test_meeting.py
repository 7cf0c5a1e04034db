"""What is answered of meetings and letters as of any moment, and of tables made anew; and words that are gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import inspect, text

from domain.application import Application
from domain.facts import FACTS, OF_MEETINGS, Publisher, Told
from domain.ledger.erasure_keys import ErasureKeys, open_words
from domain.ledger.store import Ledger
from domain.meetings.commands import (
    ArrangeMeeting,
    CarryOutResolution,
    ChooseMeetingPlans,
    EraseMeetingWords,
    FixView,
    HoldMeeting,
    PutQuestion,
    Resolve,
    SetNextReport,
)
from domain.meetings.state import MeetingStage, ResolutionStage
from domain.plans.question_commands import AnswerQuestion, AskQuestion
from domain.rulebook.pathway import DEFAULT_POLICY
from domain.values.errors import NotFound, RuleBroken
from domain.values.sealed import SealedText, subject_of
from projections.authorities.projection import TIMELINE
from projections.authorities.timeline import timeline
from projections.engine.database import reading
from projections.engine.reader import Reader
from projections.meetings.answers import LetterState
from projections.meetings.engagement import engagement_notes
from projections.meetings.letters import letters
from projections.meetings.meeting import meeting_names, meeting_of, meetings, sentence
from projections.meetings.projection import MEETINGS
from tests.plan_history import AT, GATESHEAD, SECRET, added, beside, opened, told
from tests.projections.story import HOLIDAYS, Store, contents, open_read_side

TODAY = date(2026, 9, 1)
FIRST, SECOND = date(2026, 5, 6), date(2026, 7, 8)
COMMITTEE = "Families Overview and Scrutiny Committee"


class Met:
    """A store with a plan and its keys: what is told, and how it is asked."""

    def __init__(self, store: Store, words: ErasureKeys) -> None:
        self.store = store
        self.words = words
        self.timeline = Application(store.ledger, words)
        self.timeline.authorities.register_authorities(at=AT)

    @property
    def reader(self) -> Reader:
        self.store.projector.catch_up()
        return Reader(self.store.engine, holidays=HOLIDAYS, policy=DEFAULT_POLICY, words=self.words)


@pytest.fixture
def here(ledger: Ledger, store_url: str) -> Iterator[Met]:
    """Once on SQLite, once on PostgreSQL."""
    words = open_words(beside(store_url))
    words.migrate()
    made = Met(open_read_side(ledger, store_url), words)
    yield made
    made.store.engine.dispose()
    made.words.close()


@pytest.fixture
def sqlite_here(sqlite_ledger: Ledger, sqlite_path: str) -> Iterator[Met]:
    words = open_words(beside(sqlite_path))
    words.migrate()
    made = Met(open_read_side(sqlite_ledger, sqlite_path), words)
    yield made
    made.store.engine.dispose()


def later(what: str, minutes: int) -> Told:
    """Told so many minutes after everything else."""
    return replace(told(what), at=AT + timedelta(minutes=minutes))


def tell_two_meetings(timeline: Application) -> tuple[UUID, UUID, UUID]:
    """A plan, a meeting on it with two resolutions of which one is carried out, and another with a question."""
    plan = opened(timeline)
    added(timeline, plan)
    first = timeline.do(
        ArrangeMeeting(urn=GATESHEAD, committee=COMMITTEE, day=FIRST, plans=[plan], on=date(2026, 4, 1)),
        by=told("arrange"),
    ).meeting
    timeline.do(HoldMeeting(first, on=FIRST), by=told("hold"))
    timeline.do(Resolve(first, text=SECRET, owner="Director", due_on=date(2026, 6, 1), on=FIRST), by=told("resolve"))
    timeline.do(Resolve(first, text="Report again.", on=FIRST), by=told("resolve again"))
    timeline.do(CarryOutResolution(first, resolution=1, how="Done.", on=date(2026, 6, 10)), by=told("carry out"))
    timeline.do(SetNextReport(first, due_on=date(2026, 7, 1), on=FIRST), by=told("next"))
    second = timeline.do(
        ArrangeMeeting(urn=GATESHEAD, committee=COMMITTEE.upper(), day=SECOND, held=True, on=SECOND),
        by=later("arrange again", 5),
    ).meeting
    timeline.do(ChooseMeetingPlans(second, plans=[plan], on=SECOND), by=later("plans", 6))
    asked = timeline.do(
        AskQuestion(plan, question="Why?", action=1, on=date(2026, 7, 1)), by=told("ask", "member")
    ).made
    assert isinstance(asked, UUID)
    timeline.do(PutQuestion(second, plan=plan, question=asked, on=SECOND), by=later("put", 7))
    timeline.do(FixView(second, as_at=date(2026, 7, 1), known_at=AT, on=SECOND), by=later("seen", 8))
    again = FixView(second, as_at=date(2026, 7, 6), known_at=AT, why="The paper was reissued", on=SECOND)
    timeline.do(again, by=later("seen again", 9))
    return plan, first, second


def test_meetings_are_answered_the_latest_first_with_the_one_before(here: Met):
    plan, first, second = tell_two_meetings(here.timeline)
    rows = meetings(here.reader, urn=GATESHEAD, as_at=TODAY).rows
    assert [(row.id, row.day, row.stage, row.previous) for row in rows] == [
        (second, SECOND, MeetingStage.HELD, FIRST),
        (first, FIRST, MeetingStage.HELD, None),
    ]
    assert [(one.stage, one.text.text, one.owner) for one in rows[1].resolutions] == [
        (ResolutionStage.DONE, SECRET, "Director"),
        (ResolutionStage.OPEN, "Report again.", None),
    ]
    assert (rows[1].open_resolutions, rows[1].next_report_late) == (1, False), "it met again after that day"
    assert meetings(here.reader, as_at=TODAY).rows == rows
    assert meetings(here.reader, urn="80498", as_at=TODAY).rows == ()
    answer = meeting_of(here.reader, second, as_at=TODAY)
    assert [head.id for head in answer.now.plans] == [plan]
    assert [question.question.text for question in answer.now.questions] == ["Why?"]
    assert (answer.row.view and answer.row.view.as_at, answer.earlier_views[0].as_at.day) == (date(2026, 7, 6), 1)
    assert answer.story[-1].said == "What the panel saw was fixed: as at 6 July 2026."


def test_the_papers_a_panel_saw_stay_as_they_were(sqlite_here: Met):
    plan, first, second = tell_two_meetings(sqlite_here.timeline)
    assert meeting_of(sqlite_here.reader, first, as_at=TODAY).seen is None
    view = {"as_at": date(2026, 7, 6), "known_at": AT + timedelta(minutes=9), "on": SECOND}
    sqlite_here.timeline.do(FixView(second, **view, why="With questions"), by=later("seen at last", 10))
    before = meeting_of(sqlite_here.reader, second, as_at=TODAY)
    (asked,) = before.now.questions
    added(sqlite_here.timeline, plan, "Another", on=date(2026, 7, 20))
    answer = AnswerQuestion(plan, asked.id, answer="Because.", on=date(2026, 7, 20))
    sqlite_here.timeline.do(answer, by=later("answer", 20))
    after = meeting_of(sqlite_here.reader, second, as_at=TODAY)
    assert after.seen is not None
    assert after.seen == before.seen
    assert [head.counts.actions for head in after.seen.plans] == [1]
    assert [head.counts.actions for head in after.now.plans] == [2]
    assert [one.answer for one in after.seen.questions] == [None]
    assert [one.answer and one.answer.text for one in after.now.questions] == ["Because."]


@pytest.mark.parametrize(
    ("day", "stage", "resolutions"),
    [
        (date(2026, 4, 1), MeetingStage.PLANNED, []),
        (FIRST, MeetingStage.HELD, [ResolutionStage.OPEN, ResolutionStage.OPEN]),
        (date(2026, 6, 2), MeetingStage.HELD, [ResolutionStage.OVERDUE, ResolutionStage.OPEN]),
        (date(2026, 6, 10), MeetingStage.HELD, [ResolutionStage.DONE, ResolutionStage.OPEN]),
    ],
)
def test_a_meeting_is_shown_as_at_any_day(
    sqlite_here: Met, day: date, stage: MeetingStage, resolutions: list[ResolutionStage]
):
    _, first, _ = tell_two_meetings(sqlite_here.timeline)
    row = meeting_of(sqlite_here.reader, first, as_at=day).row
    assert (row.stage, [one.stage for one in row.resolutions]) == (stage, resolutions)


def test_before_its_day_or_before_we_knew_there_is_no_meeting(sqlite_here: Met):
    _, first, second = tell_two_meetings(sqlite_here.timeline)
    with pytest.raises(NotFound, match="not arranged yet on 31 March 2026"):
        meeting_of(sqlite_here.reader, first, as_at=date(2026, 3, 31))
    with pytest.raises(NotFound, match="not known by then"):
        meeting_of(sqlite_here.reader, second, as_at=TODAY, known_at=AT + timedelta(minutes=4))
    with pytest.raises(NotFound, match="No such scrutiny meeting"):
        meeting_of(sqlite_here.reader, UUID(int=5), as_at=TODAY)
    known = meeting_of(sqlite_here.reader, second, as_at=TODAY, known_at=AT + timedelta(minutes=8)).row
    assert known.view is not None
    assert known.view.as_at == date(2026, 7, 1), "the view fixed later was not known yet"


def test_a_meeting_whose_day_has_passed_and_a_report_that_is_late_are_marked(sqlite_here: Met):
    timeline_ = sqlite_here.timeline
    planned = timeline_.do(
        ArrangeMeeting(urn=GATESHEAD, committee="Cabinet", day=FIRST, on=date(2026, 4, 1)), by=told("arrange")
    ).meeting
    assert not meeting_of(sqlite_here.reader, planned, as_at=FIRST).row.passed
    assert meeting_of(sqlite_here.reader, planned, as_at=FIRST + timedelta(days=1)).row.passed
    timeline_.do(HoldMeeting(planned, on=FIRST), by=told("hold"))
    timeline_.do(SetNextReport(planned, due_on=SECOND, on=FIRST), by=told("next"))
    assert not meeting_of(sqlite_here.reader, planned, as_at=SECOND).row.next_report_late
    assert meeting_of(sqlite_here.reader, planned, as_at=SECOND + timedelta(days=1)).row.next_report_late


def test_a_committee_looks_at_plans_and_questions_of_its_own_authority_only(sqlite_here: Met):
    plan, first, _ = tell_two_meetings(sqlite_here.timeline)
    with pytest.raises(RuleBroken, match="of its own authority only"):
        sqlite_here.timeline.do(
            ArrangeMeeting(urn="80498", committee="Haringey", day=FIRST, plans=[plan], on=FIRST), by=told("Haringey")
        )
    with pytest.raises(NotFound, match="no such question"):
        sqlite_here.timeline.do(PutQuestion(first, plan=plan, question=UUID(int=3), on=FIRST), by=told("no question"))


def test_a_command_sent_twice_acts_once(sqlite_here: Met):
    _, first, _ = tell_two_meetings(sqlite_here.timeline)
    end = sqlite_here.store.ledger.max_position()
    again = sqlite_here.timeline.do(Resolve(first, text="Report again.", on=FIRST), by=told("resolve again"))
    assert (again.meeting, again.repeated) == (first, True)
    wanted = ArrangeMeeting(urn=GATESHEAD, committee=COMMITTEE, day=FIRST, on=date(2026, 4, 1))
    assert sqlite_here.timeline.do(wanted, by=told("arrange")).meeting == first
    assert sqlite_here.store.ledger.max_position() == end


def test_tables_made_anew_are_those_kept_up(here: Met):
    tell_two_meetings(here.timeline)
    here.timeline.elements.record_engagement_meeting(
        GATESHEAD, held_on=date(2026, 3, 3), topics="Care leavers", next_on=date(2027, 3, 3), by=told("held")
    )
    here.store.projector.catch_up()
    before = [contents(here.store.engine, projection) for projection in (MEETINGS, TIMELINE)]
    here.store.projector.rebuild()
    assert [contents(here.store.engine, projection) for projection in (MEETINGS, TIMELINE)] == before
    assert before[0]


def test_every_fact_of_a_meeting_has_a_sentence_and_is_kept():
    assert len(OF_MEETINGS) == 12
    assert set(FACTS.values()) >= OF_MEETINGS
    with pytest.raises(TypeError, match="no sentence"):
        sentence(object())


# --- words ----------------------------------------------------------------------------------------------------------


def rows_holding(met: Met, word: str) -> list[str]:
    """The tables of the read side that hold a word."""
    with reading(met.store.engine) as connection:
        names = inspect(connection).get_table_names()
        return [
            name
            for name in names
            if any(word in repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{name}"')))
        ]


def test_erased_words_are_gone_from_every_answer_at_every_moment(here: Met):
    _, first, _ = tell_two_meetings(here.timeline)
    assert rows_holding(here, "Zebediah") == [], "tables hold ciphertext"
    subject = subject_of(told("resolve").command)
    by = told("erase", "administrator", "It named a child.")
    here.timeline.do(EraseMeetingWords(first, subjects=[subject], on=TODAY), by=by)
    for day in (FIRST, TODAY):
        one = meeting_of(here.reader, first, as_at=day).row.resolutions[0]
        assert one.text.text is None
        assert "It named a child." in one.text.shown
    assert here.words.keys_of([subject]) == {}
    assert [row.text.text for row in meeting_of(here.reader, first, as_at=TODAY).row.resolutions][1] == "Report again."


class Counted:
    """Keys that count how often words are read with them."""

    def __init__(self, words: ErasureKeys) -> None:
        self._words, self.reads = words, 0

    def read(self, texts: Collection[SealedText]) -> Mapping[SealedText, str | None]:
        self.reads += 1
        return self._words.read(texts)


def test_the_words_of_all_questions_of_a_meeting_are_read_at_once_and_none_for_names_alone(sqlite_here: Met):
    plan, _, second = tell_two_meetings(sqlite_here.timeline)
    for number in range(3):
        asked = sqlite_here.timeline.do(
            AskQuestion(plan, question=f"How {number}?", action=1, on=date(2026, 7, 1)),
            by=told(f"ask {number}", "member"),
        ).made
        assert isinstance(asked, UUID)
        sqlite_here.timeline.do(
            PutQuestion(second, plan=plan, question=asked, on=SECOND), by=later(f"put {number}", 10)
        )
    reader = sqlite_here.reader
    reader.words = counted = Counted(sqlite_here.words)
    answer = meeting_of(reader, second, as_at=TODAY)
    assert {row.question.text for row in answer.now.questions} == {"Why?", "How 0?", "How 1?", "How 2?"}
    assert counted.reads <= 3, "what is so now, what was seen, and the meeting's own"
    counted.reads = 0
    assert [one.day for one in meeting_names(reader, GATESHEAD, as_at=TODAY)] == [SECOND, FIRST]
    assert counted.reads == 0


# --- engagement meetings --------------------------------------------------------------------------------------------


def engagement(met: Met, known_at: datetime | None = None):
    answer = timeline(met.reader, GATESHEAD, as_at=TODAY)
    with met.reader.connect() as connection:
        moment = met.reader.moment(connection, TODAY, known_at)
    return engagement_notes(met.reader, [entry.activity for entry in answer.entries], moment)


def test_the_latest_note_of_an_engagement_meeting_known_at_the_moment_counts(here: Met):
    door = here.timeline
    notes = {"topics": "Care leavers", "self_evaluation": True, "next_on": date(2027, 3, 3)}
    held = door.elements.record_engagement_meeting(
        GATESHEAD, held_on=date(2026, 3, 3), **notes, by=told("held")
    ).activity
    door.elements.note_engagement(GATESHEAD, held, topics=SECRET, by=later("noted again", 5))
    found = engagement(here)[held]
    assert (found.topics and found.topics.text, found.self_evaluation, found.next_on) == (
        SECRET,
        None,
        date(2027, 3, 3),
    )
    before = engagement(here, AT)[held]
    assert (before.topics and before.topics.text, before.self_evaluation) == ("Care leavers", True)
    assert rows_holding(here, "Zebediah") == []
    subject = subject_of(told("noted again").command)
    by = told("erase", "administrator", "It named a child.")
    door.elements.erase_engagement_words(GATESHEAD, held, [subject], by=by)
    gone = engagement(here)[held].topics
    assert gone is not None
    assert (gone.text, "It named a child." in gone.shown) == (None, True)


def test_topics_stay_readable_and_can_be_erased_when_their_entry_is_joined_with_another(here: Met):
    door = here.timeline
    one = door.elements.record_engagement_meeting(GATESHEAD, held_on=date(2026, 3, 3), by=told("held")).activity
    other = door.elements.record_engagement_meeting(GATESHEAD, held_on=date(2026, 3, 5), by=told("held again")).activity
    kept, gone = sorted((one, other))
    door.elements.note_engagement(GATESHEAD, gone, topics=SECRET, by=told("noted"))
    assert engagement(here).keys() == {gone}
    why = replace(told("one meeting"), reason="The minutes show one meeting.")
    door.authorities.recognise_as_one(GATESHEAD, one, other, by=why)
    found = engagement(here)[kept].topics
    assert found is not None
    assert found.text == SECRET
    by = told("erase", "administrator", "It named a child.")
    door.elements.erase_engagement_words(GATESHEAD, kept, [subject_of(told("noted").command)], by=by)
    for known_at in (None, AT):
        erased = engagement(here, known_at)[kept].topics
        assert erased is not None
        assert (erased.text, "It named a child." in erased.shown) == (None, True)


def test_only_of_an_engagement_meeting_topics_are_noted(sqlite_here: Met):
    door = sqlite_here.timeline
    shared = door.elements.record_self_evaluation(GATESHEAD, shared_on=date(2026, 2, 3), by=told("shared")).activity
    with pytest.raises(RuleBroken, match="Choose an engagement meeting"):
        door.elements.note_engagement(GATESHEAD, shared, topics="Care leavers", by=told("noted"))
    with pytest.raises(RuleBroken, match="Enter the topics too"):
        door.elements.record_engagement_meeting(
            GATESHEAD, held_on=date(2026, 3, 3), self_evaluation=False, by=told("evaluation alone")
        )


# --- letters --------------------------------------------------------------------------------------------------------


def test_a_letter_stands_where_the_newest_facts_say(sqlite_here: Met):
    door = sqlite_here.timeline

    def visit(number: int, what: str) -> UUID:
        words = {"started_on": date(2025, number, 4), "ended_on": None, "number": number, "focus": None}
        return door.authorities.record_monitoring_visit(GATESHEAD, **words, by=told(what)).activity

    one, two, three, four, five = (visit(number, f"visit {number}") for number in range(1, 6))
    door.authorities.receive_letter(GATESHEAD, two, received_on=date(2025, 3, 1), by=told("received"))
    door.authorities.leave_letter_unpublished(GATESHEAD, three, by=told("unpublished"))
    by_council = {"publisher": Publisher.COUNCIL, "published_on": date(2025, 5, 5)}
    door.authorities.publish_letter(GATESHEAD, four, **by_council, by=told("by the council"))
    door.authorities.publish_letter(
        GATESHEAD, five, publisher=Publisher.OFSTED, published_on=date(2025, 6, 5), by=told("by Ofsted")
    )
    answer = letters(sqlite_here.reader, urn=GATESHEAD, public_only=False, as_at=TODAY)
    assert {row.activity.id: row.state for row in answer.rows} == {
        one: LetterState.NOT_HEARD_OF,
        two: LetterState.RECEIVED,
        three: LetterState.NOT_PUBLISHED,
        four: LetterState.PUBLISHED_BY_COUNCIL,
        five: LetterState.PUBLISHED_BY_OFSTED,
    }
    seen = letters(sqlite_here.reader, public_only=True, as_at=TODAY).rows
    assert [row.activity.id for row in seen] == [five, four]
    earlier = letters(sqlite_here.reader, public_only=True, as_at=date(2025, 6, 4)).rows
    assert [row.activity.id for row in earlier] == [four], "on that day Ofsted had not published yet"
    with pytest.raises(RuleBroken, match="was published on 5 June 2025"):
        door.authorities.leave_letter_unpublished(GATESHEAD, five, by=told("after all"))
    with pytest.raises(RuleBroken, match="already recorded"):
        door.authorities.leave_letter_unpublished(GATESHEAD, three, by=told("again"))
