"""How far a plan is, as of any moment: headline, gaps, exceptions, stories, questions, and words that are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, inspect, text

from domain.application import Application
from domain.facts import FACTS, OF_PLANS, Fact
from domain.frameworks import Area, Grade
from domain.ledger.backups import backup
from domain.ledger.erasure_keys import ErasureKeys, open_words
from domain.ledger.store import Ledger, open_ledger
from domain.plans.action_commands import (
    AcceptCompletion,
    ActionCommand,
    MoveDueDate,
    OfferEvidence,
    RateImpact,
    ReportProgress,
    WithdrawAction,
)
from domain.plans.commands import AddAction, ChooseLabels, ClosePlan, EraseWords, OpenPlan
from domain.plans.question_commands import AnswerQuestion, AskQuestion
from domain.plans.state import PlanState
from domain.rulebook.pathway import DEFAULT_POLICY
from domain.values.errors import NotFound, RuleBroken
from domain.values.judgements import Judgements
from domain.values.plans import DONE, Colour, Figure, Impact, Label, Progress, QuestionState, Reading, Stage, Track
from domain.values.sealed import subject_of
from domain.values.statements import Variant
from projections.engine.cache import Remembered
from projections.engine.database import reading
from projections.engine.projector import Projector
from projections.engine.reader import Reader
from projections.plans.action import action_of, sentence
from projections.plans.due import actions_due
from projections.plans.plan import burn_up, plan_heads, plan_of, plans_of
from projections.plans.projection import PLANS, PlanMemory
from projections.plans.questions import questions
from tests.domain.ledger.test_codec import facts
from tests.examples import examples
from tests.plan_history import AT, COMMANDS, DAY, GATESHEAD, SECRET, added, beside, carry_out, opened, told
from tests.projections.story import HOLIDAYS, Store, contents, open_read_side
from web.plans.committee_paper_tables import move_of

OFFICE = "Head of Safeguarding"


class Planned:
    """A store with its keys: what is told, and how it is asked."""

    def __init__(self, store: Store, words: ErasureKeys) -> None:
        self.store = store
        self.words = words
        self.timeline = Application(store.ledger, words)
        self.timeline.authorities.register_authorities(at=AT)

    @property
    def reader(self) -> Reader:
        self.store.projector.catch_up()
        return Reader(self.store.engine, holidays=HOLIDAYS, policy=DEFAULT_POLICY, words=self.words)


def planned(ledger: Ledger, store_url: str) -> Planned:
    words = open_words(beside(store_url))
    words.migrate()
    return Planned(open_read_side(ledger, store_url), words)


@pytest.fixture
def here(ledger: Ledger, store_url: str) -> Iterator[Planned]:
    """Once on SQLite, once on PostgreSQL."""
    made = planned(ledger, store_url)
    yield made
    made.store.engine.dispose()
    made.words.close()


@pytest.fixture
def sqlite_here(sqlite_ledger: Ledger, sqlite_path: str) -> Iterator[Planned]:
    made = planned(sqlite_ledger, sqlite_path)
    yield made
    made.store.engine.dispose()


def tell_a_plan(timeline: Application) -> UUID:
    """Three actions: one complete and evidenced, one overdue, one at risk; a question unanswered; a gap."""
    plan = opened(timeline)
    on = date(2026, 3, 20)
    for number, due in enumerate((date(2026, 10, 1), date(2026, 7, 20), date(2026, 12, 1)), 1):
        assert added(timeline, plan, f"Action {number}", due_on=due, on=on) == number

    def do(command: Callable[..., ActionCommand], action: int, day: date, actor: str = "officer", **words: Any) -> None:
        sent = command(plan, action, on=day, **words)
        timeline.do(sent, by=told(f"{sent.code} {action} {day}", actor))

    do(ReportProgress, 1, date(2026, 5, 1), progress=Progress.IN_PROGRESS, now=Figure("70"))
    do(ReportProgress, 1, date(2026, 6, 1), progress=Progress.COMPLETE, now=Figure("90"), narrative="Done.")
    do(OfferEvidence, 1, date(2026, 6, 2), title="Audit", link="https://example.gov.uk/audit")
    do(AcceptCompletion, 1, date(2026, 6, 8), "colleague")
    do(ReportProgress, 2, date(2026, 5, 1), progress=Progress.IN_PROGRESS, track=Track.ON_TRACK)
    do(MoveDueDate, 2, date(2026, 6, 15), due_on=date(2026, 7, 1), why="Sooner.")
    do(MoveDueDate, 2, date(2026, 6, 20), due_on=date(2026, 7, 20), why="Vacancies.")
    do(ReportProgress, 3, date(2026, 7, 1), progress=Progress.IN_PROGRESS, track=Track.AT_RISK)
    do(RateImpact, 3, date(2026, 7, 2), impact=Impact.SOME, why="Two audits.")
    timeline.do(AskQuestion(plan, question="What shows it?", action=2, on=date(2026, 7, 15)), by=told("ask", "member"))
    return plan


# --- one plan -------------------------------------------------------------------------------------------------------


def test_the_headline_says_how_far_it_is_in_words(here: Planned):
    plan = tell_a_plan(here.timeline)
    answer = plan_of(here.reader, plan, as_at=DAY)
    assert answer.head.headline == (
        "1 of 3 actions complete and evidenced; 1 overdue by 12 days; 1 finding without an action; "
        "1 question overdue for an answer"
    )
    assert [row.number for row in answer.actions] == [2, 3, 1], "exceptions first, what is done last"
    assert [finding.text for finding in answer.gaps] == ["Supervision."]
    assert (answer.head.authority.name, answer.head.example) == ("Gateshead", False)
    (due,) = answer.head.deadlines
    assert (due.stage, due.latest) == (Stage.FINAL, True)


def test_a_row_says_what_it_was_before_and_since_when(here: Planned):
    plan = tell_a_plan(here.timeline)
    rows = {row.number: row for row in plan_of(here.reader, plan, as_at=DAY).actions}
    late, risk, done = rows[2], rows[3], rows[1]
    assert (late.reading, late.previous, late.since) == (Reading.OVERDUE, Reading.ON_TRACK, date(2026, 7, 21))
    assert (late.moves, late.first_due_on, late.due_on) == (2, date(2026, 7, 20), date(2026, 7, 20))
    assert (risk.reading, risk.previous, risk.since) == (Reading.AT_RISK, Reading.NOT_STARTED, date(2026, 7, 1))
    assert (done.previous, done.since) == (Reading.ACCEPTANCE_AWAITED, date(2026, 6, 8))
    assert (done.reached, done.now, done.evidence) == (100, Figure("90"), 1)
    assert done.what.shown == "Action 1"
    assert done.narrative is not None
    assert done.narrative.shown == "Done."
    assert (late.label.words, late.label.colour) == ("Overdue", Colour.RED)


@pytest.mark.parametrize(
    ("day", "headline"),
    [
        (date(2026, 3, 10), "No actions yet; 2 findings without an action"),
        (date(2026, 3, 20), "0 of 3 actions complete and evidenced; 1 finding without an action"),
        (date(2026, 6, 7), "0 of 3 actions complete and evidenced; 1 finding without an action"),
        (date(2026, 6, 8), "1 of 3 actions complete and evidenced; 1 finding without an action"),
        (
            date(2026, 7, 21),
            "1 of 3 actions complete and evidenced; 1 overdue by 1 day; 1 finding without an action",
        ),
    ],
)
def test_a_plan_is_shown_as_at_any_day(sqlite_here: Planned, day: date, headline: str):
    plan = tell_a_plan(sqlite_here.timeline)
    assert plan_of(sqlite_here.reader, plan, as_at=day).head.headline == headline


def test_before_its_day_or_before_we_knew_there_is_no_plan(sqlite_here: Planned):
    plan = tell_a_plan(sqlite_here.timeline)
    reader = sqlite_here.reader
    with pytest.raises(NotFound, match="was not open yet on 9 March 2026"):
        plan_of(reader, plan, as_at=date(2026, 3, 9))
    with pytest.raises(NotFound, match="not known by then"):
        plan_of(reader, plan, as_at=DAY, known_at=AT - timedelta(days=1))
    with pytest.raises(NotFound, match="No such action plan"):
        plan_of(reader, UUID(int=1), as_at=DAY)
    assert plans_of(reader, GATESHEAD, as_at=date(2026, 3, 9)).plans == ()
    with pytest.raises(NotFound, match="no action number 9"):
        action_of(reader, plan, 9, as_at=DAY)


def test_what_was_told_later_is_not_known_before(sqlite_here: Planned):
    plan = tell_a_plan(sqlite_here.timeline)
    later = replace(told("later"), at=AT + timedelta(days=9))
    sqlite_here.timeline.do(WithdrawAction(plan, 3, why="Given up.", on=date(2026, 7, 20)), by=later)
    now = plan_of(sqlite_here.reader, plan, as_at=DAY)
    then = plan_of(sqlite_here.reader, plan, as_at=DAY, known_at=AT + timedelta(days=1))
    assert (now.head.counts.actions, now.head.counts.left_out) == (2, 1)
    assert (then.head.counts.actions, then.head.counts.left_out) == (3, 0)


def test_what_moved_since_a_day_is_told_in_words(here: Planned):
    plan = tell_a_plan(here.timeline)
    answer = plan_of(here.reader, plan, as_at=DAY, since=date(2026, 6, 16))
    assert {row.number: row.changes for row in answer.moved} == {
        2: ("was on track, now overdue", "due date moved from 1 July 2026 to 20 July 2026"),
        3: ("was not started, now at risk", "impact was not yet, now some"),
    }
    everything = plan_of(here.reader, plan, as_at=DAY, since=date(2026, 3, 19))
    assert everything.moved[0].changes == ("added, now complete and evidenced",)
    assert plan_of(here.reader, plan, as_at=DAY).moved == ()


def test_it_is_told_how_long_a_due_date_had_passed_when_it_was_last_moved(sqlite_here: Planned):
    plan = tell_a_plan(sqlite_here.timeline)
    late = told("moved late")
    sqlite_here.timeline.do(
        MoveDueDate(plan, 2, due_on=date(2026, 9, 30), why="Vacancies.", on=date(2026, 7, 25)), by=late
    )
    day = date(2026, 8, 30)
    rows = {row.number: row for row in plan_of(sqlite_here.reader, plan, as_at=day).actions}
    assert (rows[2].moves, rows[2].days_past_when_moved, rows[2].days_overdue) == (3, 5, 0)
    assert move_of(rows[2]) == "3 times, the last time 5 days after it had passed"
    assert (rows[1].moves, rows[1].days_past_when_moved, move_of(rows[1])) == (0, 0, None)


def test_a_council_s_own_labels_are_shown_from_when_they_were_chosen(sqlite_here: Planned):
    plan = tell_a_plan(sqlite_here.timeline)
    label = Label(Reading.OVERDUE, "Late", Colour.AMBER)
    by = replace(told("labels"), at=AT + timedelta(days=9))
    sqlite_here.timeline.do(ChooseLabels(GATESHEAD, labels=[label]), by=by)

    def shown(known_at: datetime | None) -> Label:
        return plan_of(sqlite_here.reader, plan, as_at=DAY, known_at=known_at).actions[0].label

    assert shown(None) == label
    assert shown(AT + timedelta(days=1)).words == "Overdue"


# --- one action, all plans, questions, burn-up ----------------------------------------------------------------------


def test_an_action_s_story_is_whole_and_in_order(here: Planned):
    plan = tell_a_plan(here.timeline)
    answer = action_of(here.reader, plan, 2, as_at=DAY)
    assert [row.said for row in answer.story] == [
        "Added, due by 20 July 2026, owned by Head of Safeguarding.",
        "Reported: in progress, on track.",
        "Due date moved from 20 July 2026 to 1 July 2026.",
        "Due date moved from 1 July 2026 to 20 July 2026.",
        "A member asked; an answer is due by 25 July 2026.",
    ]
    assert [(move.was, move.now, move.why.shown) for move in answer.moves] == [
        (date(2026, 7, 20), date(2026, 7, 1), "Sooner."),
        (date(2026, 7, 1), date(2026, 7, 20), "Vacancies."),
    ]
    assert dict(answer.story[0].words)["what"].shown == "Action 2"
    (question,) = answer.questions
    assert (question.state, question.days_overdue, question.question.shown) == (
        QuestionState.OVERDUE,
        7,
        "What shows it?",
    )
    first = action_of(here.reader, plan, 1, as_at=DAY)
    assert first.figures == ((date(2026, 5, 1), Figure("70")), (date(2026, 6, 1), Figure("90")))
    (audit,) = first.evidence
    assert audit.link is not None
    assert audit.link.shown == "https://example.gov.uk/audit"
    assert [finding.text for finding in first.findings] == ["The quality of plans."]


def test_every_fact_about_an_action_has_a_sentence():
    about = [cls for name, cls in FACTS.items() if name.startswith(("action.", "challenge."))]
    assert len(about) >= 17

    for cls in about:

        @settings(max_examples=examples(3), deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(fact=facts(cls))
        def told_in_words(fact: Fact) -> None:
            said = sentence(fact)
            assert said.endswith(".")
            assert said[0].isupper()

        told_in_words()


def test_what_is_due_over_all_plans_or_of_one_office(here: Planned):
    plan = tell_a_plan(here.timeline)
    by = told("report complete")
    here.timeline.do(ReportProgress(plan, 3, progress=Progress.COMPLETE, on=date(2026, 7, 30)), by=by)
    answer = actions_due(here.reader, on=DAY)
    assert [(row.action.number, row.action.days_overdue) for row in answer.overdue] == [(2, 12)]
    assert [row.action.number for row in answer.evidence_awaited] == [3]
    assert (answer.acceptance_awaited, answer.soon) == ((), ())
    assert [paper.deadline.stage for paper in answer.papers] == [Stage.FINAL]
    june = actions_due(here.reader, on=date(2026, 6, 30), office=f" {OFFICE.upper()} ")
    assert [row.action.number for row in june.soon] == [2]
    assert june.papers == ()
    assert actions_due(here.reader, on=DAY, office="Nobody").overdue == ()
    assert actions_due(here.reader, on=DAY, urn="80563").overdue == ()


def test_a_closed_plan_owes_nothing(sqlite_here: Planned):
    timeline = sqlite_here.timeline
    plan = opened(timeline)
    timeline.do(ClosePlan(plan, why="Replaced.", on=DAY), by=told("close"))
    assert actions_due(sqlite_here.reader, on=DAY).papers == ()
    assert plan_of(sqlite_here.reader, plan, as_at=DAY).head.closed_on == DAY


def test_questions_by_state(here: Planned):
    plan = tell_a_plan(here.timeline)
    finding = list(here.timeline.plans.plan(plan).state.findings)[1]
    second = here.timeline.do(
        AskQuestion(plan, question="And this?", finding=finding, on=date(2026, 7, 30)), by=told("ask 2", "member")
    ).made
    assert isinstance(second, UUID)

    def numbers(**asked: Any) -> list[str]:
        return [row.question.shown for row in questions(here.reader, **asked).rows]

    assert numbers(as_at=DAY) == ["What shows it?", "And this?"]
    assert numbers(as_at=DAY, state=QuestionState.OVERDUE) == ["What shows it?"]
    assert numbers(as_at=DAY, state=QuestionState.OPEN) == ["And this?"]
    here.timeline.do(AnswerQuestion(plan, second, answer="This does.", on=date(2026, 7, 31)), by=told("answer"))
    (row,) = questions(here.reader, as_at=DAY, state=QuestionState.ANSWERED, plan=plan).rows
    assert (row.days, row.answered_by, row.answer.shown if row.answer else None) == (1, "officer", "This does.")
    assert row.finding is not None
    assert row.finding.text == "Supervision."
    assert numbers(as_at=date(2026, 7, 30), state=QuestionState.ANSWERED) == []
    assert numbers(as_at=DAY, urn="80563") == []


def test_the_burn_up_rises_with_what_is_promised_due_and_done(here: Planned):
    plan = tell_a_plan(here.timeline)
    points = [(p.day, p.actions, p.due, p.done) for p in burn_up(here.reader, plan, as_at=DAY).points]
    assert points == [
        (date(2026, 3, 10), 0, 0, 0),
        (date(2026, 3, 20), 3, 0, 0),
        (date(2026, 6, 8), 3, 0, 1),
        (date(2026, 7, 20), 3, 1, 1),
        (DAY, 3, 1, 1),
    ]


# --- words that are gone --------------------------------------------------------------------------------------------


def test_a_date_that_passed_before_it_was_moved_had_fallen_due(sqlite_here: Planned):
    plan = opened(sqlite_here.timeline)
    added(sqlite_here.timeline, plan, due_on=date(2026, 4, 1))
    sqlite_here.timeline.do(
        MoveDueDate(plan, 1, due_on=date(2026, 12, 1), why="Later.", on=date(2026, 5, 1)), by=told("move")
    )
    points = [(p.day, p.due) for p in burn_up(sqlite_here.reader, plan, as_at=DAY).points]
    assert points == [
        (date(2026, 3, 10), 0),
        (date(2026, 3, 20), 0),
        (date(2026, 4, 1), 1),
        (date(2026, 5, 1), 0),
        (DAY, 0),
    ]


def test_erased_words_are_gone_from_every_answer_at_every_moment(here: Planned):
    plan = tell_a_plan(here.timeline)
    by = told("secret")
    here.timeline.do(ReportProgress(plan, 2, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    before = action_of(here.reader, plan, 2, as_at=DAY)
    assert before.action.narrative is not None
    assert before.action.narrative.shown == SECRET
    erase = replace(told("erase", "admin", "It named a child."), at=AT + timedelta(days=9))
    here.timeline.do(EraseWords(plan, [subject_of(by.command)], on=date(2026, 9, 10)), by=erase)
    for known_at in (None, AT + timedelta(days=1)):
        answer = action_of(here.reader, plan, 2, as_at=DAY, known_at=known_at)
        assert answer.action.narrative is not None
        assert answer.action.narrative.shown == "Erased on 10 September 2026: It named a child."
        assert SECRET not in repr(answer)
        assert SECRET not in repr(plan_of(here.reader, plan, as_at=DAY, known_at=known_at, since=DAY))
        assert SECRET not in repr(actions_due(here.reader, on=DAY, known_at=known_at))
    assert dict(before.story[0].words)["what"].shown == "Action 2", "nothing else was erased"


def test_erased_words_stay_gone_though_their_key_is_put_back(sqlite_here: Planned, tmp_path: Path):
    plan = tell_a_plan(sqlite_here.timeline)
    by = told("secret")
    sqlite_here.timeline.do(ReportProgress(plan, 2, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    keys = (tmp_path / "keys.db").read_bytes()
    erase = told("erase", "admin", "It named a child.")
    sqlite_here.timeline.do(EraseWords(plan, [subject_of(by.command)], on=DAY), by=erase)
    (tmp_path / "keys.db").write_bytes(keys)
    found = action_of(sqlite_here.reader, plan, 2, as_at=DAY).action.narrative
    assert found is not None
    assert (found.text, found.erased is None) == (None, False)


def test_words_whose_key_is_missing_say_so(sqlite_here: Planned, tmp_path: Path):
    plan = tell_a_plan(sqlite_here.timeline)
    (tmp_path / "keys.db").unlink()
    sqlite_here.words.migrate()
    row = plan_of(sqlite_here.reader, plan, as_at=DAY).actions[0]
    assert row.what.shown == "These words cannot be read here: their key is missing."


def rows_of(engine: Engine) -> str:
    """Every value of every table of every schema, as text and as bytes."""
    found: list[str] = []
    with reading(engine) as connection:
        look = inspect(connection)
        schemas: list[str | None] = [None]
        if connection.dialect.name == "postgresql":
            schemas = [name for name in look.get_schema_names() if name != "information_schema"]
            assert {"projections", "ledger", "keys"} <= set(schemas)
        for schema in schemas:
            for name in look.get_table_names(schema=schema):
                where = f'"{schema}"."{name}"' if schema else f'"{name}"'
                for row in connection.execute(text(f"SELECT * FROM {where}")):
                    found += [bytes(v).decode("latin-1") if isinstance(v, (bytes, memoryview)) else str(v) for v in row]
    assert len(found) > 1_000
    return "\n".join(found)


def test_no_table_and_no_backup_holds_an_erased_word(here: Planned, tmp_path: Path, store_url: str):
    plan = tell_a_plan(here.timeline)
    by = told("secret")
    here.timeline.do(ReportProgress(plan, 2, progress=Progress.IN_PROGRESS, narrative=SECRET, on=DAY), by=by)
    assert "Supervision." in rows_of(here.reader.engine), "the walk finds what is there"
    assert SECRET not in rows_of(here.reader.engine), "nor was it ever there"
    key = here.words.keys_of([subject_of(by.command)])[subject_of(by.command)]
    erase = told("erase", "admin", "It named a child.")
    here.timeline.do(EraseWords(plan, [subject_of(by.command)], on=DAY), by=erase)
    here.store.projector.rebuild()
    found = rows_of(here.reader.engine)
    assert "It named a child." in found
    for word in ("Zebediah", key.decode("latin-1")):
        assert word not in found
    if not store_url.startswith("postgres"):
        backup(store_url, tmp_path / "backup.db")
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(files) >= 4
        for path in files:
            assert b"Zebediah" not in path.read_bytes(), path.name
            assert key not in path.read_bytes(), path.name


# --- tables ---------------------------------------------------------------------------------------------------------


def test_tables_made_anew_are_those_kept_up(here: Planned):
    tell_a_plan(here.timeline)
    here.timeline.do(ChooseLabels(GATESHEAD), by=told("choose"))
    here.store.projector.catch_up()
    before = contents(here.store.engine, PLANS)
    here.store.projector.rebuild()
    assert contents(here.store.engine, PLANS) == before
    assert all(before.values())


steps = st.lists(st.tuples(st.sampled_from(COMMANDS), st.integers(0, 4)), min_size=1, max_size=20)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=steps)
def test_whatever_is_told_tables_answer_as_a_replay_does_on_every_day(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, int]]
):
    where = str(tmp_path_factory.mktemp("any") / "ledger.db")
    with open_ledger(where, create=True) as ledger:
        here = planned(ledger, where)
        plan = opened(here.timeline)
        on = date(2026, 3, 20)
        for number, (what, days) in enumerate([("add", 0), *chosen]):
            on += timedelta(days=days)
            with suppress(RuleBroken):
                carry_out(here.timeline, plan, what, number, on)
            here.store.projector.catch_up()
        told_facts: list[Any] = list(ledger.events.get(plan))
        for day in {fact.true_on for fact in told_facts}:
            state = PlanState.of(fact for fact in told_facts if fact.true_on <= day)
            answer = plan_of(here.reader, plan, as_at=day)
            assert {row.number: row.reading for row in answer.actions} == {
                action.number: action.reading(day) for action in state.actions.values()
            }
            assert answer.gaps == tuple(state.gaps)
            for number in state.actions:
                action_of(here.reader, plan, number, as_at=day)
        for point in burn_up(here.reader, plan, as_at=on).points:
            then = PlanState.of(fact for fact in told_facts if fact.true_on <= point.day)
            promised = [action for action in then.actions.values() if action.counts]
            due = sum(action.due_on <= point.day for action in promised)
            done = sum(action.reading(date.min) in DONE for action in promised)
            assert (point.actions, point.due, point.done) == (len(promised), due, done)
        before = contents(here.store.engine, PLANS)
        Projector(here.store.engine, ledger, [PLANS]).rebuild()
        assert contents(here.store.engine, PLANS) == before
        here.store.engine.dispose()


def test_every_fact_of_a_plan_is_kept():
    of_a_plan = ("plan.", "action.", "challenge.", "words.")
    assert {cls for name, cls in FACTS.items() if name.startswith(of_a_plan)} == OF_PLANS


# --- how it is read -------------------------------------------------------------------------------------------------


def on_reports_of(timeline: Application, urns: tuple[str, ...]) -> list[UUID]:
    """A plan of one action for each of these authorities."""
    plans = []
    for urn in urns:
        report = timeline.authorities.record_inspection(
            urn,
            started_on=date(2026, 1, 12),
            ended_on=date(2026, 1, 16),
            kind=Variant.SHORT,
            published_on=date(2026, 3, 2),
            judgements=Judgements.of({Area.IMPACT_OF_LEADERS: Grade.GOOD}),
            improvements=("Supervision.",),
            by=told(f"inspection of {urn}"),
        ).activity
        plans.append(timeline.do(OpenPlan(urn, report, on=date(2026, 3, 10)), by=told(f"open {urn}")).plan)
        finding = next(iter(timeline.plans.plan(plans[-1]).state.findings))
        act = {"findings": [finding], "what": "Train", "owner": OFFICE, "due_on": DAY, "on": date(2026, 3, 20)}
        timeline.do(AddAction(plans[-1], **act), by=told(f"add to {urn}"))
    return plans


def questions_of(engine: Engine, ask: Callable[[], Any]) -> int:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_all_plans_are_read_with_as_many_questions_as_one(sqlite_here: Planned):
    def counted() -> tuple[int, int]:
        reader = sqlite_here.reader
        first = questions_of(reader.engine, lambda: plan_heads(reader, as_at=DAY))
        return first, questions_of(reader.engine, lambda: plan_heads(reader, as_at=DAY))

    on_reports_of(sqlite_here.timeline, (GATESHEAD,))
    one = counted()
    on_reports_of(sqlite_here.timeline, ("80498", "80563", "80455"))
    assert counted() == one
    assert len(plan_heads(sqlite_here.reader, as_at=DAY).heads) == 4


def test_what_does_not_fit_into_memory_is_read_again_and_answers_are_the_same(sqlite_here: Planned):
    plans = on_reports_of(sqlite_here.timeline, (GATESHEAD, "80498", "80563"))
    reader = sqlite_here.reader
    whole = [plan_of(reader, plan, as_at=DAY) for plan in plans]
    reader.memories[PlanMemory] = PlanMemory(4)
    for _ in range(2):
        assert [plan_of(reader, plan, as_at=DAY) for plan in plans] == whole
        assert [head.id for head in plan_heads(reader, as_at=DAY).heads] == [
            head.id for head in plan_heads(sqlite_here.reader, as_at=DAY).heads
        ]


def test_what_was_remembered_first_goes_first():
    memory: Remembered[str, str] = Remembered(10)
    memory.put("a", "A", 4)
    memory.put("b", "B", 4)
    memory.put("a", "A again", 5)
    memory.put("c", "C", 2)
    assert [memory.get(key) for key in "abc"] == ["A again", None, "C"]
    memory.put("d", "D", 99)
    assert [memory.get(key) for key in "acd"] == [None, None, "D"]
