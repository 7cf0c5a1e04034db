"""Plans told to a store, and their tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from domain.application import Application
from domain.ledger.erasure_keys import ErasureKeys, open_words
from domain.ledger.store import Ledger
from domain.plans.action_commands import (
    AcceptCompletion,
    ActionCommand,
    MoveDueDate,
    OfferEvidence,
    RateImpact,
    ReportProgress,
)
from domain.plans.question_commands import AskQuestion
from domain.rulebook.pathway import DEFAULT_POLICY
from domain.values.plans import Figure, Impact, Progress, Track
from projections.engine.reader import Reader
from tests.plan_history import AT, added, beside, opened, told
from tests.projections.story import HOLIDAYS, Store, open_read_side

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
