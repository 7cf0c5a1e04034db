"""How far is a plan, what needs attention first, what moved, and what is still without an action?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from domain import events
from domain.activities import AuthorityFacts
from domain.errors import NotFound
from domain.plan_state import ActionState, PlanState
from domain.plans import DONE
from domain.rulebook.words import in_words
from projections.answers import Moment
from projections.plan_answers import (
    BurnUpAnswer,
    BurnUpPoint,
    MovedRow,
    PlanAnswer,
    PlanFindingRow,
    PlansAnswer,
)
from projections.plan_facts import PlanThen, by_day, conventions_of, plan_then, plans_then
from projections.plan_rows import action_row, challenge_row, exceptions_first, head_of, waiting_first
from projections.plan_words import Opened, texts_asked, texts_of
from projections.reader import Reader


def plans_of(
    reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None, since: date | None = None
) -> PlansAnswer:
    """Every plan of an authority with its actions, the one opened last first; `since` as for one plan.

    Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        authority = reader.identity(connection, urn).on(as_at)
        found = [
            _answer(reader, connection, then, authority, moment, since)
            for then in plans_then(connection, reader.plans, moment, urn=urn)
        ]
    found.sort(key=lambda answer: (answer.head.opened_on, answer.head.id), reverse=True)
    return PlansAnswer(moment, authority, tuple(found))


def plan_of(
    reader: Reader, plan: UUID, *, as_at: date, known_at: datetime | None = None, since: date | None = None
) -> PlanAnswer:
    """One plan as of a moment; with `since`, also what moved after that day, up to and including the day asked for.

    Raises NotFound where there is no such plan, or none yet at that moment."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        then = needed(connection, reader, plan, moment)
        authority = reader.identity(connection, then.state.urn).on(as_at)
        return _answer(reader, connection, then, authority, moment, since)


def burn_up(reader: Reader, plan: UUID, *, as_at: date, known_at: datetime | None = None) -> BurnUpAnswer:
    """How a plan's counts grew, day by day. Raises NotFound as above."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        then = needed(connection, reader, plan, moment)
        authority = reader.identity(connection, then.state.urn).on(as_at)
    points: list[BurnUpPoint] = []
    state = PlanState()
    totals = [0, 0, 0]
    held: dict[int, tuple[bool, bool, bool]] = {}
    days = dict(by_day(then.told))
    due_days = _due_days(then, as_at)
    for day in sorted({*days, *due_days, as_at}):
        touched = due_days.get(day, set()) & state.actions.keys()
        for one in days.get(day, ()):
            state.take(one.fact)
            number = getattr(one.fact, "action", None)
            if number is not None:
                touched.add(number)
        for number in touched:
            action = state.actions[number]
            counts = action.counts
            now = (counts, counts and action.due_on <= day, counts and action.reading(date.min) in DONE)
            was = held.get(number, (False, False, False))
            held[number] = now
            totals = [total + new - old for total, new, old in zip(totals, now, was, strict=True)]
        point = BurnUpPoint(day, *totals)
        if day == as_at or not points or _figures(points[-1]) != _figures(point):
            points.append(point)
    return BurnUpAnswer(moment, head_of(reader, then, authority, as_at), tuple(points))


def needed(connection: Connection, reader: Reader, plan: UUID, moment: Moment) -> PlanThen:
    """A plan as of a moment. Raises NotFound where there was none yet."""
    then = plan_then(connection, reader.plans, plan, moment)
    if then is None:
        raise NotFound(f"That action plan was not open yet on {in_words(moment.as_at)}, or not known by then.")
    return then


def _due_days(then: PlanThen, upto: date) -> dict[date, set[int]]:
    """The actions that were ever said to be due on each day; whether one still was then is for the state to say."""
    found: dict[date, set[int]] = {}
    for one in then.told:
        if isinstance(one.fact, (events.ActionAdded, events.ActionDueDateMoved)):
            due_on = one.fact.due_on if isinstance(one.fact, events.ActionAdded) else one.fact.now
            if due_on <= upto:
                found.setdefault(due_on, set()).add(one.fact.action)
    return found


def _figures(point: BurnUpPoint) -> tuple[int, int, int]:
    return (point.actions, point.due, point.done)


def _answer(
    reader: Reader,
    connection: Connection,
    then: PlanThen,
    authority: AuthorityFacts,
    moment: Moment,
    since: date | None,
) -> PlanAnswer:
    state, on = then.state, moment.as_at
    before = PlanState()
    if since is not None:
        earlier = plan_then(connection, reader.plans, then.id, replace(moment, as_at=min(since, on)))
        before = earlier.state if earlier is not None else before
    conventions = conventions_of(connection, state.urn, moment)
    texts = [kept for action in state.actions.values() for kept in texts_of(action)]
    texts += [kept for challenge in state.challenges.values() for kept in texts_asked(challenge)]
    words = Opened(reader, then.erased, texts)
    rows = [action_row(action, on, words, conventions) for action in state.actions.values()]
    gaps = {finding.id for finding in state.gaps}
    findings = tuple(
        PlanFindingRow(
            finding,
            tuple(row.number for row in rows if finding.id in row.findings),
            tuple(one.id for one in state.challenges.values() if one.finding == finding.id),
            finding.id in gaps,
        )
        for finding in state.findings.values()
    )
    questions = (challenge_row(one, then, authority, on, words) for one in state.challenges.values())
    return PlanAnswer(
        moment=moment,
        head=head_of(reader, then, authority, on),
        findings=findings,
        actions=tuple(exceptions_first(rows)),
        since=since,
        moved=() if since is None else tuple(_moved(then, before, since, on, words)),
        questions=waiting_first(questions),
    )


def _moved(then: PlanThen, before: PlanState, since: date, on: date, words: Opened) -> list[MovedRow]:
    found = []
    for number, action in then.state.actions.items():
        changes = _changes(before.actions.get(number), action, since, on)
        if changes:
            found.append(MovedRow(number, words(action.what), tuple(changes)))
    return found


def _changes(was: ActionState | None, now: ActionState, since: date, on: date) -> list[str]:
    """What differs of an action between two days, in words."""
    reading = now.reading(on).value.replace("_", " ")
    if was is None:
        return [f"added, now {reading}"]
    changes = []
    if was.reading(since) is not now.reading(on):
        changes.append(f"was {was.reading(since).value.replace('_', ' ')}, now {reading}")
    if was.due_on != now.due_on:
        changes.append(f"due date moved from {in_words(was.due_on)} to {in_words(now.due_on)}")
    if was.impact is not now.impact:
        changes.append(f"impact was {was.impact.value.replace('_', ' ')}, now {now.impact.value.replace('_', ' ')}")
    if was.owner != now.owner:
        changes.append(f"owner was {was.owner}, now {now.owner}")
    if was.now != now.now and now.now is not None:
        unit = f" {now.unit}" if now.unit and now.unit != "%" else now.unit or ""
        told = f"was {was.now.text}{unit}, now" if was.now else "is"
        changes.append(f"measure {told} {now.now.text}{unit}")
    if len(now.evidence) > len(was.evidence):
        more = len(now.evidence) - len(was.evidence)
        changes.append(f"{more} more piece{'' if more == 1 else 's'} of evidence")
    return changes
