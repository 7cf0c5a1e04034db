"""A member asks about an authority, an entry, a finding or a window; an officer answers; nothing needs a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from domain.application import Application
from domain.facts import ChallengeRaised, QuestionsHandedOver, QuestionsOpened
from domain.ledger.erasure_keys import open_words
from domain.ledger.store import open_ledger
from domain.meetings.commands import ArrangeMeeting, PutQuestion
from domain.plans.commands import ChooseLabels
from domain.questions.commands import AnswerAsked, AskAbout, EraseAskedWords, WithdrawAsked
from domain.questions.questions import MemberQuestions
from domain.values.errors import NotFound, RuleBroken
from domain.values.plans import ANSWER_DAYS, AskedKind, finding_of
from domain.values.roles import Role
from domain.values.words import in_words
from tests.plan_history import AT, DAY, GATESHEAD, NAMES, inspected, told
from tests.questions_story import about, about_finding, ask

CUMBRIA, CUMBERLAND = "80457", "2733690"
LATER = DAY + timedelta(days=3)
PEOPLE = {
    "officer": (Role.OFFICER, GATESHEAD),
    "approver": (Role.APPROVER, GATESHEAD),
    "officer elsewhere": (Role.OFFICER, CUMBERLAND),
    "member": (Role.MEMBER, None),
    "other member": (Role.MEMBER, None),
    "administrator": (Role.ADMINISTRATOR, None),
}


def actor(name: str) -> str:
    return str(uuid5(NAMES, name))


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Application]:
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        keys = open_words(tmp_path / "keys.db")
        keys.migrate()
        made = Application(ledger, keys)
        made.authorities.register_authorities(at=AT)
        yield made
        keys.close()


@pytest.fixture
def roll(door: Application) -> Application:
    for name, (role, urn) in PEOPLE.items():
        door.people.register_person(UUID(actor(name)), by=told(f"register {name}", "local", "Works here"))
        by = told(f"grant {name}", "local", "Works here")
        door.people.grant_role(UUID(actor(name)), role=role, authorities=[urn] if urn else (), by=by)
    return door


def test_the_first_question_begins_the_stream_and_has_the_clock_of_plans(door: Application):
    first = ask(door)
    known = door.questions.asked_of(GATESHEAD)
    assert (known.id, known.version) == (MemberQuestions.create_id(GATESHEAD), 2)
    assert known.state.challenges[first].answer_by == DAY + timedelta(days=ANSWER_DAYS)
    door.do(ChooseLabels(GATESHEAD, answer_days=5), by=told("labels"))
    second = ask(door, "And what does it save?")
    assert door.questions.asked_of(GATESHEAD).state.challenges[second].answer_by == DAY + timedelta(days=5)
    kinds = [type(fact) for _, fact in door.ledger.read_facts() if fact.originator_id == known.id]
    assert kinds == [QuestionsOpened, ChallengeRaised, ChallengeRaised]


def test_sent_twice_it_is_asked_once(door: Application):
    assert ask(door) == ask(door)
    assert len(door.questions.asked_of(GATESHEAD).state.challenges) == 1


def test_a_question_keeps_what_was_seen(door: Application):
    entry = inspected(door)
    window = about(AskedKind.WINDOW, position=7, expected="short_inspection", window_from=date(2029, 1, 1))
    for number, what in enumerate((about(), about(AskedKind.ENTRY, entry=entry), about_finding(entry), window)):
        made = ask(door, f"Question {number}", what)
        assert door.questions.asked_of(GATESHEAD).state.challenges[made].asked_about == what


def test_what_does_not_fit_is_refused(door: Application):
    entry = inspected(door)
    elsewhere = finding_of(UUID(int=9), "The quality of plans.", priority=False)
    forged = replace(finding_of(entry, "The quality of plans.", priority=False), text="Something else.")
    for what in (
        about(AskedKind.ENTRY),
        about(AskedKind.AUTHORITY, entry=entry),
        about(AskedKind.FINDING, entry=entry),
        about(AskedKind.WINDOW, entry=entry),
        about(AskedKind.ENTRY, entry=entry, expected="short_inspection"),
    ):
        with pytest.raises(RuleBroken, match="Ask about one thing"):
            ask(door, "Why?", what)
    for finding in (elsewhere, forged):
        with pytest.raises(RuleBroken, match="not one of this entry"):
            ask(door, "Why?", about(AskedKind.FINDING, entry=entry, finding=finding))
    with pytest.raises(NotFound):
        ask(door, "Why?", about(AskedKind.ENTRY, entry=UUID(int=9)))
    with pytest.raises(RuleBroken, match="lies in the future"):
        ask(door, on=AT.date() + timedelta(days=1))
    with pytest.raises(RuleBroken, match="Enter the question"):
        ask(door, "  ")
    with pytest.raises(NotFound):
        door.questions.asked_of(GATESHEAD)


def test_of_an_authority_that_has_ended_nothing_is_asked(door: Application):
    with pytest.raises(RuleBroken, match="ceased to exist on 1 April 2023: nobody there can answer"):
        ask(door, urn=CUMBRIA)


def test_from_an_announced_vesting_day_on_nothing_is_asked(door: Application):
    announce = partial(door.successions.announce, GATESHEAD, ends_on=LATER, announced_on=DAY, order=None)
    announce(successors=["Tyneside"], by=told("announced", reason="The order was made."))
    ask(door, "The day before?", on=LATER - timedelta(days=1))
    with pytest.raises(RuleBroken, match=f"Gateshead ceased to exist on {in_words(LATER)}"):
        ask(door, on=LATER)


def test_it_is_answered_or_withdrawn_once(door: Application):
    answered, withdrawn = ask(door), ask(door, "And this?")
    door.do(AnswerAsked(GATESHEAD, answered, answer="Nothing.", on=LATER), by=told("answer"))
    door.do(WithdrawAsked(GATESHEAD, withdrawn, why="Known by now.", on=LATER), by=told("withdraw"))
    for number, (asked, said) in enumerate(((answered, "already answered"), (withdrawn, "was withdrawn"))):
        with pytest.raises(RuleBroken, match=said):
            door.do(AnswerAsked(GATESHEAD, asked, answer="More.", on=LATER), by=told(f"more {number}"))
        with pytest.raises(RuleBroken, match=said):
            door.do(WithdrawAsked(GATESHEAD, asked, why="No.", on=LATER), by=told(f"again {number}"))
    with pytest.raises(NotFound):
        door.do(AnswerAsked(GATESHEAD, UUID(int=1), answer="More.", on=LATER), by=told("unknown"))
    with pytest.raises(RuleBroken, match="question was asked on"):
        door.do(
            AnswerAsked(GATESHEAD, ask(door, "Third?"), answer="So.", on=DAY - timedelta(days=1)), by=told("too early")
        )


def test_members_ask_officers_of_the_authority_answer_and_the_asker_takes_back(roll: Application):
    for name in PEOPLE:
        sent = AskAbout(urn=GATESHEAD, about=about(), question=f"Asked by {name}", on=DAY)
        if name.endswith("member"):
            roll.do(sent, by=told(f"ask as {name}", actor(name)))
        else:
            with pytest.raises(RuleBroken, match="Only a member may ask"):
                roll.do(sent, by=told(f"ask as {name}", actor(name)))
    asked = ask(roll, by=told("the member's", actor("member")))
    for name in ("member", "administrator", "officer elsewhere", "officer"):
        answer = AnswerAsked(GATESHEAD, asked, answer="So.", on=LATER)
        if name == "officer":
            roll.do(answer, by=told("answer", actor(name)))
        else:
            with pytest.raises(RuleBroken, match="Only an officer or approver of this authority"):
                roll.do(answer, by=told(f"answer as {name}", actor(name)))
    for taker, refused in (("member", ("other member", "officer", "administrator")), ("approver", ())):
        asked = ask(roll, f"Taken back by {taker}", by=told(f"for {taker}", actor("member")))
        for name in refused:
            with pytest.raises(RuleBroken, match="Only the member who asked may withdraw"):
                roll.do(WithdrawAsked(GATESHEAD, asked, why="No.", on=LATER), by=told(f"take {name}", actor(name)))
        roll.do(WithdrawAsked(GATESHEAD, asked, why="No.", on=LATER), by=told(f"taken by {taker}", actor(taker)))


def test_words_are_erased_by_an_administrator(roll: Application):
    ask(roll, by=told("the member's", actor("member")))
    (subject,) = roll.questions.asked_of(GATESHEAD).state.subjects
    erased = EraseAskedWords(GATESHEAD, [subject], on=DAY)
    with pytest.raises(RuleBroken, match="Only an administrator"):
        roll.do(erased, by=told("erase", actor("officer"), "It named a child."))
    with pytest.raises(RuleBroken, match="Give the reason for erasing"):
        roll.do(erased, by=told("erase", actor("administrator")))
    roll.do(erased, by=told("erase", actor("administrator"), "It named a child."))
    with pytest.raises(RuleBroken, match="erased already"):
        roll.do(erased, by=told("erase again", actor("administrator"), "It named a child."))


def test_a_question_on_no_plan_is_put_to_a_meeting_of_its_authority(door: Application):
    asked = ask(door)
    arranged = {
        urn: ArrangeMeeting(urn=urn, committee="Families", day=LATER, on=DAY) for urn in (GATESHEAD, CUMBERLAND)
    }
    own, other = (door.do(one, by=told(f"arrange {urn}")).meeting for urn, one in arranged.items())
    door.do(PutQuestion(own, plan=None, question=asked, on=DAY), by=told("put"))
    assert door.meetings.meeting(own).state.questions[asked].plan == MemberQuestions.create_id(GATESHEAD)
    with pytest.raises(NotFound):
        door.do(PutQuestion(other, plan=None, question=asked, on=DAY), by=told("put elsewhere"))


def test_open_questions_are_handed_over_and_answered_by_the_successor(roll: Application):
    first = ask(roll, by=told("first", actor("member")))
    second = ask(roll, "Second?", on=DAY - timedelta(days=2), by=told("second", actor("member")))
    done = ask(roll, "Third?", by=told("third", actor("member")))
    roll.do(AnswerAsked(GATESHEAD, done, answer="So.", on=LATER), by=told("answer", actor("officer")))
    assert [(of, one.id) for of, one in roll.questions.open_questions(GATESHEAD)] == [
        (GATESHEAD, second),
        (GATESHEAD, first),
    ]
    by = told("hand over", "local")
    with pytest.raises(RuleBroken, match="Only questions that this authority has to answer"):
        roll.questions.hand_over(GATESHEAD, CUMBERLAND, [done], on=LATER, by=by)
    streams = roll.questions.hand_over(GATESHEAD, CUMBERLAND, [first], on=LATER, by=by)
    roll.ledger.save(*streams, command=by.command)
    assert [one.id for _, one in roll.questions.open_questions(GATESHEAD)] == [second]
    assert [(of, one.id) for of, one in roll.questions.open_questions(CUMBERLAND)] == [(GATESHEAD, first)]
    answer = AnswerAsked(GATESHEAD, first, answer="So.", on=LATER)
    with pytest.raises(RuleBroken, match="Only an officer or approver of this authority"):
        roll.do(answer, by=told("old officer", actor("officer")))
    roll.do(answer, by=told("new officer", actor("officer elsewhere")))
    (told_of,) = (fact for _, fact in roll.ledger.read_facts() if isinstance(fact, QuestionsHandedOver))
    assert (told_of.successor, told_of.challenges) == (CUMBERLAND, (first,))
