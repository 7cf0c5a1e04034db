"""A plan of 200 actions and 5,000 events: read whole, an action, pages, committee paper, and everything due."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from tests.benchmarks.measuring import Bench, Figure, in_turns, milliseconds, run_line

if TYPE_CHECKING:
    from web.store.store import Store

ACTIONS, EVENTS = 200, 5_000
WARM_LIMIT_MS = 150
PAPER_LIMIT_MS = 5_000
COMMANDS = UUID("5e0a7a0e-6a4b-5b5c-8f60-0d9f7c3b2a10")
REPORT = UUID(int=1)
AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
OPENED = date(2023, 3, 10)
GATESHEAD = "80469"
NARRATIVE = "What was done since the last report, by whom, and what the audit of the month found. " * 3


def plan(bench: Bench) -> Iterator[Figure]:
    from projections.engine.reader import Reader
    from projections.plans.action import action_of
    from projections.plans.due import actions_due
    from projections.plans.plan import burn_up, plan_of
    from web import create_app
    from web.store.settings import Settings, bank_holidays

    app = create_app(Settings(home=bench.folder / "plans"))
    app.open_pages()
    client = app.test_client()
    store: Store = app.extensions["timeline"]
    name, day = _told(store)
    holidays = bank_holidays()

    def fresh() -> Any:
        return Reader(store.engine, holidays=holidays, policy=store.policy, words=store.words)

    warm, runs = fresh(), bench.pick(quick=3, usual=15)
    limit = "limit: warm, words opened"
    asked: dict[str, Callable[[], object]] = {
        "plan-200-actions": lambda: plan_of(warm, name, as_at=day, since=day - timedelta(days=90)),
        "plan-one-action": lambda: action_of(warm, name, 7, as_at=day),
        "plan-due": lambda: actions_due(warm, on=day),
        "plan-burn-up": lambda: burn_up(warm, name, as_at=day),
    }
    since = day - timedelta(days=90)
    pages = {
        "plan-page": f"/plans/{name}?as_at={day}&since={since}",
        "plan-page-one-action": f"/plans/{name}/actions/7?as_at={day}",
        "plan-page-authority": f"/authorities/{GATESHEAD}?as_at={day}",
    }
    asked |= {line: partial(_page, client, address) for line, address in pages.items()}
    for line, question in asked.items():
        question()
        (ours,) = in_turns(runs, milliseconds(question))
        yield Figure(line, ours, WARM_LIMIT_MS, limit, "ms", runs)
    ours, peer = in_turns(
        runs,
        milliseconds(lambda: plan_of(fresh(), name, as_at=day)),
        milliseconds(lambda: store.application.plans.plan(name)),
    )
    yield Figure("plan-200-actions-cold", ours, peer, "repository.get of the aggregate, no words opened", "ms", runs)
    for line, written in _papers(fresh, name, day).items():
        (ours,) = in_turns(runs, milliseconds(written))
        yield Figure(line, ours, PAPER_LIMIT_MS, "limit: cold, read and written", "ms", runs)


def _papers(fresh: Callable[[], Any], name: UUID, day: date) -> dict[str, Callable[[], object]]:
    """The committee paper on the plan as Word and as a workbook, from nothing that was read before."""
    from projections.plans.plan import plan_of
    from web.plans.committee_paper.content import Pack, PaperScope, pack_of
    from web.plans.committee_paper.word import as_word
    from web.plans.committee_paper.workbook import as_workbook

    def pack() -> Pack:
        answer = plan_of(fresh(), name, as_at=day, since=day - timedelta(days=90))
        return pack_of(answer, None, None, None, PaperScope(since=day - timedelta(days=90)), str)

    return {"pack-word-200-actions": lambda: as_word(pack()), "pack-excel-200-actions": lambda: as_workbook(pack())}


def _page(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status


def _told(store: Store) -> tuple[UUID, date]:
    """The plan, told fact by fact: what commands look up and refuse is no part of what is measured."""
    from domain.facts import (
        ActionAdded,
        ActionProgressReported,
        PlanOpened,
        PlanPublished,
        Told,
        stored_name,
        told,
    )
    from domain.plans.plan import ActionPlan
    from domain.values.plans import Basis, Progress, Track, finding_of
    from domain.values.sealed import Place, subject_of
    from domain.values.statements import Source

    store.migrate()
    name = ActionPlan.create_id(GATESHEAD, REPORT)
    findings = tuple(finding_of(REPORT, f"Finding {number}.", priority=False) for number in range(12))

    def by(command: str, actor: str = "officer") -> Told:
        return Told(actor, uuid5(COMMANDS, command), Source("form", "Form"), AT)

    opening = by("open")
    plan = ActionPlan._create(
        PlanOpened,
        id=name,
        true_on=OPENED,
        urn=GATESHEAD,
        activity=REPORT,
        basis=Basis.GRADED_REPORT,
        published_on=date(2023, 3, 2),
        received_on=None,
        stated_due=None,
        findings=findings,
        example=False,
        **told(opening),
    )
    store.ledger.save(plan, command=opening.command)
    day = OPENED
    for number in range(EVENTS - 1):
        telling = by(str(number))
        day = OPENED + timedelta(days=number // 5)

        def sealed(fact: type, field: str, text: str, telling: Told = telling) -> Any:
            return store.words.seal(
                text, Place(name, telling.command, stored_name(fact), field), subject_of(telling.command)
            )

        if number < ACTIONS:
            plan.trigger_event(
                ActionAdded,
                true_on=day,
                action=number + 1,
                findings=(findings[number % 12].id,),
                what=sealed(ActionAdded, "what", f"Action {number}: write plans with families"),
                owner="Head of Safeguarding",
                due_on=day + timedelta(days=number * 3),
                measure=None,
                unit=None,
                baseline=None,
                target=None,
                example=False,
                **told(telling),
            )
        else:
            plan.trigger_event(
                ActionProgressReported,
                true_on=day,
                action=number % ACTIONS + 1,
                progress=Progress.IN_PROGRESS,
                track=tuple(Track)[number % 3],
                now=None,
                narrative=sealed(ActionProgressReported, "narrative", NARRATIVE),
                **told(telling),
            )
        store.ledger.save(plan, command=telling.command)
    assert plan.version == EVENTS
    publishing = by("publish", "approver")
    plan.trigger_event(PlanPublished, true_on=day, **told(publishing))
    store.ledger.save(plan, command=publishing.command)
    store.projector.catch_up()
    return name, day


if __name__ == "__main__":
    run_line({"plan": plan}, sys.argv[1:])
