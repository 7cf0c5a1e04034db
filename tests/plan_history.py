"""A plan told to a real store by its commands: one by one, or whatever chance chooses."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from domain.application import Application
from domain.facts import Told
from domain.frameworks import Area, Grade
from domain.ledger.erasure_keys import ErasureKeys
from domain.plans.action_commands import (
    AcceptCompletion,
    ChangeOwner,
    CloseAction,
    FindUnneeded,
    MoveDueDate,
    OfferEvidence,
    RateImpact,
    RefuseCompletion,
    ReopenAction,
    ReportProgress,
    WithdrawAction,
)
from domain.plans.commands import AddAction, ClosePlan, EraseWords, OpenPlan, ReopenPlan
from domain.plans.question_commands import AnswerQuestion, AskQuestion, WithdrawQuestion
from domain.values.judgements import Judgements
from domain.values.plans import Figure, Impact, Progress, Track
from domain.values.sealed import SealedText
from domain.values.statements import Source, Variant

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
DAY = date(2026, 8, 1)
GATESHEAD = "80469"
NAMES = UUID("0b5e6b5a-2f6b-5f0e-8f39-1d8a0d0c7c11")
SECRET = "Zebediah's placement broke down"


def beside(store_url: str) -> str | Path:
    """Where the keys of a store for tests are."""
    return store_url if store_url.startswith("postgres") else Path(store_url).with_name("keys.db")


def text_in(words: ErasureKeys, kept: SealedText | None) -> str | None:
    """What a sealed text says, if it can be opened."""
    assert kept is not None
    return words.read([kept])[kept]


def told(what: str, actor: str = "officer", reason: str | None = None) -> Told:
    return Told(actor, uuid5(NAMES, what), Source("form", "Form"), AT, reason)


def inspected(timeline: Application) -> UUID:
    """A graded report with two findings; gives its entry."""
    return timeline.authorities.record_inspection(
        GATESHEAD,
        started_on=date(2026, 1, 12),
        ended_on=date(2026, 1, 16),
        kind=Variant.SHORT,
        published_on=date(2026, 3, 2),
        judgements=Judgements.of({Area.IMPACT_OF_LEADERS: Grade.GOOD}),
        improvements=("The quality of plans.", "Supervision."),
        by=told("inspection"),
    ).activity


def opened(timeline: Application) -> UUID:
    """A plan on it."""
    return timeline.do(OpenPlan(GATESHEAD, inspected(timeline), on=date(2026, 3, 10)), by=told("open")).plan


def added(timeline: Application, plan: UUID, what: str = "Write plans with families", **more: Any) -> int:
    """An action in it; gives its number."""
    finding = next(iter(timeline.plans.plan(plan).state.findings))
    wanted: dict[str, Any] = {
        "findings": [finding],
        "owner": "Head of Safeguarding",
        "due_on": date(2026, 10, 1),
        "measure": "Plans rated good",
        "baseline": Figure("62"),
        "target": Figure("90"),
        "on": date(2026, 3, 20),
    }
    made = timeline.do(AddAction(plan, what=what, **wanted | more), by=told(f"add {what}")).made
    assert isinstance(made, int)
    return made


COMMANDS = (
    "add",
    "report",
    "complete",
    "evidence",
    "accept",
    "refuse",
    "move",
    "owner",
    "impact",
    "close",
    "withdraw",
    "unneeded",
    "reopen",
    "ask",
    "answer",
    "withdraw question",
    "erase",
    "close plan",
    "reopen plan",
)


def carry_out(timeline: Application, plan: UUID, what: str, number: int, on: date) -> None:
    """One command, chosen by chance; refusals are part of life."""
    chance = random.Random(f"{what} {number}")
    state = timeline.plans.plan(plan).state
    action = chance.randint(1, max(1, len(state.actions)))
    by = told(f"{what} {number}", chance.choice(("one", "two")))
    say = f"Words {number}"
    asked = next(iter(state.challenges), UUID(int=0))
    match what:
        case "add":
            added(timeline, plan, say, on=on, due_on=on + timedelta(days=chance.randint(0, 60)))
        case "report":
            track = chance.choice((None, *Track))
            timeline.do(
                ReportProgress(plan, action, progress=Progress.IN_PROGRESS, track=track, narrative=say, on=on), by=by
            )
        case "complete":
            timeline.do(ReportProgress(plan, action, progress=Progress.COMPLETE, now=Figure("90"), on=on), by=by)
        case "evidence":
            timeline.do(OfferEvidence(plan, action, title=say, reference="Paper 1", on=on), by=by)
        case "accept":
            timeline.do(AcceptCompletion(plan, action, on=on), by=by)
        case "refuse":
            timeline.do(RefuseCompletion(plan, action, why=say, on=on), by=by)
        case "move":
            due = on + timedelta(days=chance.randint(0, 90))
            timeline.do(MoveDueDate(plan, action, due_on=due, why=say, on=on), by=by)
        case "owner":
            timeline.do(ChangeOwner(plan, action, owner=chance.choice(("Head", "Director")), on=on), by=by)
        case "impact":
            timeline.do(RateImpact(plan, action, impact=chance.choice(tuple(Impact)), why=say, on=on), by=by)
        case "close":
            timeline.do(CloseAction(plan, action, on=on), by=by)
        case "withdraw":
            timeline.do(WithdrawAction(plan, action, why=say, on=on), by=by)
        case "unneeded":
            timeline.do(FindUnneeded(plan, action, why=say, on=on), by=by)
        case "reopen":
            timeline.do(ReopenAction(plan, action, why=say, on=on), by=by)
        case "ask":
            timeline.do(AskQuestion(plan, question=say, action=action, on=on), by=by)
        case "answer":
            timeline.do(AnswerQuestion(plan, asked, answer=say, on=on), by=by)
        case "withdraw question":
            timeline.do(WithdrawQuestion(plan, asked, why=say, on=on), by=by)
        case "erase":
            timeline.do(EraseWords(plan, sorted(state.subjects)[:1], on=on), by=replace(by, reason="Asked for."))
        case "close plan":
            timeline.do(ClosePlan(plan, why=say, on=on), by=by)
        case "reopen plan":
            timeline.do(ReopenPlan(plan, why=say, on=on), by=by)
