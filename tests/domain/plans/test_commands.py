"""Commands about plans on a real store: words are sealed, commands act once, two officers do not overwrite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.application import Application
from domain.facts import FACTS, PlanFact
from domain.ledger.erasure_keys import ErasureKeys, backup_keys, open_words, restore_keys
from domain.ledger.store import Ledger, open_ledger
from domain.plans.action_commands import ChangeOwner, OfferEvidence, ReportProgress
from domain.plans.batch import PlanBatch
from domain.plans.commands import AddAction, ChooseLabels, ClosePlan, EraseWords, OpenPlan, ReceiveReply, SendPlan
from domain.plans.question_commands import AskQuestion
from domain.plans.state import PlanState
from domain.values.errors import ChangedMeanwhile, ConcurrentChange, NotFound, RuleBroken, StoreMissing
from domain.values.plans import Colour, Label, Progress, Reading, Stage
from domain.values.sealed import Place, SealedText, subject_of
from domain.values.statements import Kind
from tests.examples import examples
from tests.plan_history import (
    AT,
    COMMANDS,
    DAY,
    GATESHEAD,
    SECRET,
    added,
    beside,
    carry_out,
    inspected,
    opened,
    text_in,
    told,
)


@pytest.fixture
def words(ledger: Ledger, store_url: str) -> Iterator[ErasureKeys]:
    """The keys beside an empty ledger, once on SQLite and once on PostgreSQL."""
    opened = open_words(beside(store_url))
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def timeline(ledger: Ledger, words: ErasureKeys) -> Application:
    door = Application(ledger, words)
    door.authorities.register_authorities(at=AT)
    return door


@pytest.fixture
def sqlite_timeline(tmp_path: Path) -> Iterator[Application]:
    with open_ledger(tmp_path / "ledger.db", create=True) as opened:
        keys = open_words(tmp_path / "keys.db")
        keys.migrate()
        door = Application(opened, keys)
        door.authorities.register_authorities(at=AT)
        yield door


# --- commands -------------------------------------------------------------------------------------------------------


def test_words_are_in_the_log_as_ciphertext_only(timeline: Application, words: ErasureKeys):
    plan = opened(timeline)
    added(timeline, plan)
    timeline.do(ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=told("report"))
    state = timeline.plans.plan(plan).state
    assert text_in(words, state.actions[1].narrative) == SECRET
    assert text_in(words, state.actions[1].what) == "Write plans with families"
    stored = b"".join(n.state for n in timeline.ledger.recorder.select_notifications(1, 2_000))
    assert SECRET.encode() not in stored
    assert b"with families" not in stored


def test_a_command_sent_twice_acts_once_and_answers_alike(timeline: Application):
    plan = opened(timeline)
    again = timeline.do(
        OpenPlan(GATESHEAD, timeline.plans.plan(plan).state.activity, on=date(2026, 3, 10)), by=told("open")
    )
    assert (again.plan, again.repeated) == (plan, True)
    assert [added(timeline, plan), added(timeline, plan), added(timeline, plan, "Another")] == [1, 1, 2]
    offer = OfferEvidence(plan, 1, title="Audit", reference="Paper 7", on=DAY)
    first, second = (timeline.do(offer, by=told("evidence")) for _ in range(2))
    assert (first.made, second.repeated) == (second.made, True)
    assert len(timeline.plans.plan(plan).state.actions[1].evidence) == 1


def test_one_plan_for_one_report(timeline: Application):
    plan = opened(timeline)
    activity = timeline.plans.plan(plan).state.activity
    with pytest.raises(RuleBroken, match="There is a plan on that report"):
        timeline.do(OpenPlan(GATESHEAD, activity, on=DAY), by=told("open again"))
    with pytest.raises(NotFound):
        timeline.do(OpenPlan(GATESHEAD, UUID(int=5), on=DAY), by=told("open nothing"))
    with pytest.raises(NotFound, match="No such action plan"):
        timeline.do(ClosePlan(UUID(int=5), why="Done.", on=DAY), by=told("close nothing"))


def test_the_second_of_two_officers_sees_what_the_first_changed(timeline: Application):
    plan = opened(timeline)
    added(timeline, plan)
    seen = timeline.plans.plan(plan).state.actions[1].last.version
    timeline.do(ChangeOwner(plan, 1, owner="Director", on=DAY, seen=seen), by=told("first", "one"))
    added(timeline, plan, "Another action changes nothing of this one")
    with pytest.raises(ChangedMeanwhile) as conflict:
        timeline.do(ChangeOwner(plan, 1, owner="Chief executive", on=DAY, seen=seen), by=told("second", "two"))
    now = conflict.value.now
    assert (conflict.value.seen, now) == (seen, timeline.plans.plan(plan).state.actions[1].last.version)
    timeline.do(ChangeOwner(plan, 1, owner="Chief executive", on=DAY, seen=now), by=told("third", "two"))
    assert timeline.plans.plan(plan).state.actions[1].owner == "Chief executive"


def test_a_lost_race_is_decided_anew(sqlite_timeline: Application, monkeypatch: pytest.MonkeyPatch):
    timeline = sqlite_timeline
    plan = opened(timeline)
    save, raced = timeline.ledger.save, []

    def save_second(*sources: Any, command: UUID) -> tuple[int, int]:
        if not raced:
            raced.append(True)
            added(timeline, plan, "The other one")
            raise ConcurrentChange
        return save(*sources, command=command)

    monkeypatch.setattr(timeline.ledger, "save", save_second)
    assert added(timeline, plan, "Mine") == 2


def test_the_final_plan_and_the_reply_are_told_in_the_authority_s_history_too(timeline: Application):
    plan = opened(timeline)
    timeline.do(SendPlan(plan, stage=Stage.FINAL, on=date(2026, 5, 1)), by=told("send"))
    timeline.do(ReceiveReply(plan, on=date(2026, 6, 1), reflects=True), by=told("reply"))
    kinds = {one.kind: one.on for one in timeline.authorities.authority(GATESHEAD).activities}
    assert kinds[Kind.ACTION_PLAN_SUBMITTED] == date(2026, 5, 1)
    assert kinds[Kind.ACTION_PLAN_REPLY] == date(2026, 6, 1)


def test_a_made_up_plan_stays_out_of_the_authority_s_history(timeline: Application):
    plan = timeline.do(
        OpenPlan(GATESHEAD, inspected(timeline), on=date(2026, 3, 10), example=True), by=told("open")
    ).plan
    added(timeline, plan)
    timeline.do(SendPlan(plan, stage=Stage.FINAL, on=date(2026, 5, 1)), by=told("send"))
    assert timeline.plans.plan(plan).state.actions[1].example
    assert Kind.ACTION_PLAN_SUBMITTED not in {one.kind for one in timeline.authorities.authority(GATESHEAD).activities}


def test_how_long_an_answer_may_take_is_the_council_s_choice(timeline: Application):
    plan = opened(timeline)
    added(timeline, plan)
    ask: dict[str, Any] = {"question": "What shows it?", "action": 1, "on": DAY}
    first = timeline.do(AskQuestion(plan, **ask), by=told("ask", "member")).made
    label = Label(Reading.ON_TRACK, "Going well", Colour.GREEN)
    chosen = timeline.do(ChooseLabels(GATESHEAD, labels=[label], answer_days=20), by=told("choose")).position
    second = timeline.do(AskQuestion(plan, **ask), by=told("ask again", "member")).made
    found = timeline.plans.plan(plan).state.challenges
    assert isinstance(first, UUID)
    assert isinstance(second, UUID)
    assert (found[first].answer_by, found[second].answer_by) == (date(2026, 8, 11), date(2026, 8, 21))
    with pytest.raises(RuleBroken, match="one label"):
        timeline.do(ChooseLabels(GATESHEAD, labels=[label, label]), by=told("choose twice"))
    timeline.do(ChooseLabels(GATESHEAD, answer_days=9, seen=chosen), by=told("after the first"))
    with pytest.raises(RuleBroken, match="Somebody else changed these labels"):
        timeline.do(ChooseLabels(GATESHEAD, answer_days=8, seen=chosen), by=told("after the first too"))
    with pytest.raises(RuleBroken, match="from 1 to 90"):
        timeline.do(ChooseLabels(GATESHEAD, answer_days=0), by=told("choose none"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Enter the question"),
        (" \n ", "Enter the question"),
        ("x" * 3_001, "3,000 is the most"),
        ("half \ud800", "half of a character"),
        ("nul \0", "cannot be shown"),
        ("turned \u202e", "cannot be shown"),
        ({"_type_": "bogus", "_data_": 1}, "as text"),
        ([[]], "as text"),
    ],
)
def test_words_that_cannot_be_kept_are_refused_before_anything_is(sqlite_timeline: Application, text: Any, why: str):
    plan = opened(sqlite_timeline)
    added(sqlite_timeline, plan)
    before = sqlite_timeline.ledger.max_position()
    with pytest.raises(RuleBroken, match=why):
        sqlite_timeline.do(AskQuestion(plan, question=text, action=1, on=DAY), by=told("ask"))
    assert sqlite_timeline.ledger.max_position() == before


def test_the_longest_words_in_any_script_can_be_kept(timeline: Application, words: ErasureKeys):
    plan = opened(timeline)
    added(timeline, plan)
    longest = "\U0001f9d2" * 3_000
    asked = timeline.do(AskQuestion(plan, question=longest, action=1, on=DAY), by=told("ask")).made
    assert isinstance(asked, UUID)
    assert text_in(words, timeline.plans.plan(plan).state.challenges[asked].question) == longest


@pytest.mark.parametrize(
    "link",
    [
        "http://example.gov.uk/paper",
        "javascript:alert(1)",
        "https://",
        "https://user:pass@example.gov.uk/",
        "https://example.gov.uk:99999/",
        'https://example.gov.uk/"onclick',
        "https://example.gov.uk/a b",
        "file:///etc/passwd",
        "https://" + "x" * 500,
    ],
)
def test_evidence_is_linked_by_https_only(sqlite_timeline: Application, link: str):
    plan = opened(sqlite_timeline)
    added(sqlite_timeline, plan)
    with pytest.raises(RuleBroken):
        sqlite_timeline.do(OfferEvidence(plan, 1, title="Audit", link=link, on=DAY), by=told("evidence"))


def test_without_keys_nothing_about_plans_is_recorded(sqlite_ledger: Ledger):
    door = Application(sqlite_ledger)
    door.authorities.register_authorities(at=AT)
    plan = opened(door)
    with pytest.raises(StoreMissing, match="keys of erasable words"):
        added(door, plan)


# --- sealing and erasing --------------------------------------------------------------------------------------------


def test_a_text_opens_only_in_its_own_place(words: ErasureKeys):
    place = Place(UUID(int=1), UUID(int=2), "action.added", "what")
    sealed = words.seal(SECRET, place, UUID(int=3))
    elsewhere = [
        place._replace(stream=UUID(int=9)),
        place._replace(command=UUID(int=9)),
        place._replace(fact="challenge.raised"),
        place._replace(field="measure"),
    ]
    texts = [SealedText(sealed, place), *(SealedText(sealed, other) for other in elsewhere)]
    assert list(words.read(texts).values()) == [SECRET, None, None, None, None]
    for broken in (replace(sealed, cipher="AAAA"), replace(sealed, cipher="?"), replace(sealed, nonce="")):
        assert list(words.read([SealedText(broken, place)]).values()) == [None]


def test_each_text_has_a_nonce_of_its_own_and_each_command_a_key(words: ErasureKeys):
    place = Place(UUID(int=1), UUID(int=2), "action.added", "what")
    one, other = (words.seal(SECRET, place, UUID(int=3)) for _ in range(2))
    assert one.nonce != other.nonce
    assert one.cipher != other.cipher
    assert subject_of(UUID(int=2)) != subject_of(UUID(int=4))
    assert len(words.keys_of([UUID(int=3)])[UUID(int=3)]) == 32


def erased(timeline: Application, plan: UUID) -> UUID:
    """A narrative was reported, and erased; gives its subject."""
    by = told("report")
    timeline.do(ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    timeline.do(EraseWords(plan, [subject_of(by.command)], on=DAY), by=told("erase", "admin", "It named a child."))
    return subject_of(by.command)


def test_erased_words_are_gone_and_the_log_says_only_that(timeline: Application, words: ErasureKeys):
    plan = opened(timeline)
    added(timeline, plan)
    subject = erased(timeline, plan)
    state = timeline.plans.plan(plan).state
    assert words.keys_of([subject]) == {}
    assert text_in(words, state.actions[1].narrative) is None
    assert text_in(words, state.actions[1].what) == "Write plans with families", "only what was named"
    assert (state.erased[subject].reason, state.erased[subject].stamp.by) == ("It named a child.", "admin")


def test_an_old_key_table_brings_nothing_back(sqlite_timeline: Application, tmp_path: Path):
    plan = opened(sqlite_timeline)
    added(sqlite_timeline, plan)
    by = told("report")
    sqlite_timeline.do(ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    keys = tmp_path / "keys.db"
    assert backup_keys(keys, tmp_path / "old-keys.db") == 2
    subject = erased(sqlite_timeline, plan)
    assert restore_keys(tmp_path / "old-keys.db", keys) == (2, 1), "a destroyed key is not put back"
    keys.unlink()
    assert restore_keys(tmp_path / "old-keys.db", keys) == (2, 0)
    assert subject in open_words(keys).keys_of([subject]), "a table that knows of no erasure would bring it back"
    again = Application(sqlite_timeline.ledger, open_words(keys))
    added(again, plan, "Any command opens the keys")
    assert open_words(keys).keys_of([subject]) == {}
    with pytest.raises(RuleBroken, match="a file at"):
        backup_keys(keys, tmp_path / "old-keys.db")
    with pytest.raises(RuleBroken, match="not a backup"):
        restore_keys(tmp_path / "ledger.db", keys)


def test_a_key_is_destroyed_once_and_never_made_again(words: ErasureKeys):
    kept, gone = UUID(int=3), UUID(int=4)
    for subject in (kept, gone):
        words.seal(SECRET, Place(UUID(int=1), UUID(int=2), "action.added", "what"), subject)
    assert words.destroy([gone, UUID(int=5)]) == 1
    assert words.destroy([gone, UUID(int=5)]) == 0
    assert set(words.keys_of([kept, gone, UUID(int=5)])) == {kept}
    with pytest.raises(RuleBroken, match="was erased"):
        words.seal(SECRET, Place(UUID(int=1), UUID(int=2), "action.added", "what"), gone)


def test_a_backup_of_keys_erases_what_was_erased_where_it_was_made(tmp_path: Path):
    one, other = (open_words(tmp_path / name) for name in ("one.db", "other.db"))
    place, subject = Place(UUID(int=1), UUID(int=2), "action.added", "what"), UUID(int=4)
    for words in (one, other):
        words.migrate()
        words.seal(SECRET, place, subject)
    one.destroy([subject])
    assert backup_keys(tmp_path / "one.db", tmp_path / "backup.db") == 0
    assert restore_keys(tmp_path / "backup.db", tmp_path / "other.db") == (0, 0)
    assert other.keys_of([subject]) == {}


def test_a_destroyed_key_is_nowhere_in_the_files(sqlite_timeline: Application, tmp_path: Path):
    plan = opened(sqlite_timeline)
    added(sqlite_timeline, plan)
    by = told("report")
    sqlite_timeline.do(ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    subject = subject_of(by.command)
    key = open_words(tmp_path / "keys.db").keys_of([subject])[subject]
    assert key in (tmp_path / "keys.db").read_bytes()
    erased(sqlite_timeline, plan)
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert len(files) >= 2
    assert [path.name for path in files if key in path.read_bytes()] == []
    assert (tmp_path / "keys.db").stat().st_mode & 0o077 == 0


def test_a_crash_between_noting_and_destroying_is_made_good(sqlite_timeline: Application, tmp_path: Path):
    plan = opened(sqlite_timeline)
    added(sqlite_timeline, plan)
    by = told("report")
    sqlite_timeline.do(ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    known = sqlite_timeline.plans.plan(plan)
    erase = told("erase", "admin", "It named a child.")
    command = EraseWords(plan, [subject_of(by.command)], on=DAY)
    sqlite_timeline.plans.decide(known, command, erase, {})
    sqlite_timeline.ledger.save(known, command=erase.command)
    keys = open_words(tmp_path / "keys.db")
    assert Application(sqlite_timeline.ledger, keys).apply_erasures() == 1
    assert keys.keys_of([subject_of(by.command)]) == {}


# --- any sequence of commands ---------------------------------------------------------------------------------------


steps = st.lists(st.tuples(st.sampled_from(COMMANDS), st.integers(-2, 5)), min_size=1, max_size=25)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=steps)
def test_any_sequence_of_commands_replays_to_the_same_state_on_every_day(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, int]]
):
    home = tmp_path_factory.mktemp("any")
    with open_ledger(home / "ledger.db", create=True) as ledger:
        keys = open_words(home / "keys.db")
        keys.migrate()
        timeline = Application(ledger, keys)
        timeline.authorities.register_authorities(at=AT)
        plan = opened(timeline)
        on = date(2026, 3, 20)
        for number, (what, days) in enumerate([("add", 0), *chosen]):
            on = max(date(2026, 3, 10), on + timedelta(days=days))
            with suppress(RuleBroken):
                carry_out(timeline, plan, what, number, on)
        told_facts: list[Any] = list(ledger.events.get(plan))
        live = timeline.plans.plan(plan).state
        assert gist(PlanState.of(told_facts)) == gist(live)
        for day in {fact.true_on for fact in told_facts}:
            PlanState.of(fact for fact in told_facts if fact.true_on <= day)  # as at any day it is a story of its own


def gist(state: PlanState) -> dict[str, Any]:
    return {**vars(state), "actions": {n: vars(a) for n, a in state.actions.items()}}


def test_every_fact_of_a_plan_carries_the_day_it_speaks_of():
    of_a_plan = ("plan.", "action.", "challenge.", "words.")
    facts = [cls for name, cls in FACTS.items() if name.startswith(of_a_plan)]
    assert len(facts) == 30
    assert [cls for cls in facts if not issubclass(cls, PlanFact)] == []


# --- many commands in a row -----------------------------------------------------------------------------------------


def test_commands_on_the_plan_in_hand_are_told_as_from_any_door_though_others_write_in_between(
    sqlite_timeline: Application,
):
    timeline = sqlite_timeline
    plan = opened(timeline)
    hand = PlanBatch(timeline.plans, plan)
    finding = next(iter(timeline.plans.plan(plan).state.findings))
    add: dict[str, Any] = {"findings": [finding], "owner": "Head", "due_on": date(2026, 10, 1), "on": DAY}
    assert hand.do(AddAction(plan, what="Mine", **add), by=told("mine")).made == 1
    added(timeline, plan, "Somebody else's")
    assert hand.do(AddAction(plan, what="Mine too", **add), by=told("mine too")).made == 3
    seen = hand.plan.state.actions[1].last.version
    timeline.do(ChangeOwner(plan, 1, owner="Director", on=DAY), by=told("other", "two"))
    with pytest.raises(ChangedMeanwhile):
        hand.do(ChangeOwner(plan, 1, owner="Chief executive", on=DAY, seen=seen), by=told("blind"))
    with pytest.raises(NotFound):
        hand.do(ChangeOwner(plan, 9, owner="Chief executive", on=DAY), by=told("nothing"))
    again = hand.do(AddAction(plan, what="Mine too", **add), by=told("mine too"))
    assert (again.made, again.repeated) == (3, True)
    whole = [(one.number, one.owner) for one in timeline.plans.plan(plan).state.actions.values()]
    assert [(one.number, one.owner) for one in hand.plan.state.actions.values()] == whole
    assert [number for number, _ in whole] == [1, 2, 3]
