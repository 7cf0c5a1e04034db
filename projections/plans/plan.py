"""How far is a plan, what needs attention first, what moved, and what is still without an action?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import Connection

from domain.plans.action_state import ActionState
from domain.plans.state import PlanState
from domain.values.activities import AuthorityFacts
from domain.values.errors import NotFound
from domain.values.plans import DONE, LEFT_OUT, Label, Reading
from domain.values.words import due_date_moved, in_words
from projections.engine.answers import Moment
from projections.engine.reader import Reader
from projections.plans.answers import (
    ActionRow,
    BurnUpAnswer,
    BurnUpPoint,
    MovedRow,
    PlanAnswer,
    PlanFindingRow,
    PlanHeadsAnswer,
    PlansAnswer,
)
from projections.plans.projection import PlanThen, conventions_of, plan_then, plans_then, urn_of_plan
from projections.plans.rows import action_row, exceptions_first, head_of, question_row, waiting_first
from projections.plans.words import OpenedWords, texts_asked, texts_of


def plans_of(
    reader: Reader,
    urn: str,
    *,
    as_at: date,
    known_at: datetime | None = None,
    since: date | None = None,
    public: bool = False,
) -> PlansAnswer:
    """Every plan of an authority with its actions, the one opened last first; `since` and `public` as for one plan.

    Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        found = [
            _answer(reader, connection, then, authority, moment, since)
            for then in plans_then(reader, connection, moment, urn=urn, public=public)
        ]
    found.sort(key=lambda answer: (answer.head.opened_on, answer.head.id), reverse=True)
    return PlansAnswer(moment, authority, tuple(found))


def authority_of_plan(reader: Reader, plan: UUID) -> str:
    """The number of the authority whose plan it is now. Raises NotFound."""
    with reader.connect() as connection:
        return urn_of_plan(connection, plan)


def plan_heads(
    reader: Reader, *, urn: str | None = None, as_at: date, known_at: datetime | None = None, public: bool = False
) -> PlanHeadsAnswer:
    """All plans in short, or one authority's: open ones by authority, then closed ones; no words are opened."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        found = list(plans_then(reader, connection, moment, urn=urn, public=public))
        authorities = reader.facts_on(connection, as_at, moment.position) if found else {}
    heads = [head_of(reader, then, authorities[then.state.urn], as_at) for then in found]
    heads.sort(key=lambda head: (head.closed_on is not None, head.authority.name, -head.opened_on.toordinal()))
    return PlanHeadsAnswer(moment, tuple(heads))


def plan_of(
    reader: Reader,
    plan: UUID,
    *,
    as_at: date,
    known_at: datetime | None = None,
    since: date | None = None,
    public: bool = False,
) -> PlanAnswer:
    """One plan as of a moment; with `since`, also what moved after that day, up to and including the day asked for.

    The `public` is told what was published here (decision 0019). Raises NotFound where there is no such plan, or none
    yet at that moment."""
    with reader.connect() as connection:
        moment, then = at_the_moment(connection, reader, plan, as_at, known_at, public=public)
        authority = reader.identity(connection, then.state.urn, moment.position).on(as_at)
        return _answer(reader, connection, then, authority, moment, since)


def burn_up(
    reader: Reader, plan: UUID, *, as_at: date, known_at: datetime | None = None, public: bool = False
) -> BurnUpAnswer:
    """How a plan's counts grew: actions, those due and those done at the end of each day on which that changed.

    Raises NotFound where there is no such plan, or none yet at that moment."""
    with reader.connect() as connection:
        moment, then = at_the_moment(connection, reader, plan, as_at, known_at, public=public)
        authority = reader.identity(connection, then.state.urn, moment.position).on(as_at)
    changes: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for action in then.state.actions.values():
        before = (False, False, False)
        for day, now in _counted(action, as_at):
            if now != before:
                for place in range(3):
                    changes[day][place] += now[place] - before[place]
                before = now
    totals = [0, 0, 0]
    points = [BurnUpPoint(then.told[0].fact.true_on, *totals)]
    for day in sorted({*changes, as_at}):
        totals = [total + change for total, change in zip(totals, changes[day], strict=True)]
        if points[-1].day == day:
            points.pop()
        if day == as_at or not points or changes[day] != [0, 0, 0]:
            points.append(BurnUpPoint(day, *totals))
    return BurnUpAnswer(moment, head_of(reader, then, authority, as_at), tuple(points))


def at_the_moment(
    connection: Connection, reader: Reader, plan: UUID, as_at: date, known_at: datetime | None, *, public: bool = False
) -> tuple[Moment, PlanThen]:
    """A plan as of a moment, and that moment for the authority whose plan it was then. Raises NotFound."""
    now = urn_of_plan(connection, plan)
    moment = reader.moment(connection, as_at, known_at, of=now)
    then = needed(connection, reader, plan, moment, public=public)
    if then.state.urn != now:
        moment = reader.moment(connection, as_at, known_at, of=then.state.urn)
    return moment, then


def needed(connection: Connection, reader: Reader, plan: UUID, moment: Moment, *, public: bool = False) -> PlanThen:
    """A plan as of a moment. Raises NotFound where there was none yet."""
    then = plan_then(reader, connection, plan, moment, public=public)
    if then is None:
        raise NotFound(f"That action plan was not open yet on {in_words(moment.as_at)}, or not known by then.")
    return then


def _counted(action: ActionState, upto: date) -> Iterator[tuple[date, tuple[bool, bool, bool]]]:
    """Whether an action is promised, due and done, at the end of each day on which that may have changed.

    The days of one action never go back, so that its steps and moves come in order."""
    dues = [(action.added.true_on, action.moves[0].was if action.moves else action.due_on)]
    dues += [(move.stamp.true_on, move.now) for move in action.moves]
    steps = [group for _, (group, *_) in groupby(action.steps, lambda one: (one.progress, one.accepted))]
    days = (
        {step.stamp.true_on for step in steps}
        | {told for told, _ in dues}
        | {due for _, due in dues if due is not None}
    )
    step = due = 0
    for day in sorted(one for one in days if action.added.true_on <= one <= upto):
        while step + 1 < len(steps) and steps[step + 1].stamp.true_on <= day:
            step += 1
        while due + 1 < len(dues) and dues[due + 1][0] <= day:
            due += 1
        counts = steps[step].progress not in LEFT_OUT
        promised = dues[due][1]
        yield day, (counts, counts and promised is not None and promised <= day, counts and steps[step].reading in DONE)


def _answer(
    reader: Reader,
    connection: Connection,
    then: PlanThen,
    authority: AuthorityFacts,
    moment: Moment,
    since: date | None,
) -> PlanAnswer:
    state, on = then.state, moment.as_at
    before, replaced_before = PlanState(), None
    if since is not None:
        day = replace(moment, as_at=min(since, on))
        earlier = plan_then(reader, connection, then.id, day, public=not then.whole)
        before, replaced_before = (earlier.state, earlier.replaced_on) if earlier is not None else (before, None)
    conventions = conventions_of(connection, state.urn, moment)
    texts = [kept for action in state.actions.values() for kept in texts_of(action)]
    texts += [kept for challenge in state.challenges.values() for kept in texts_asked(challenge)]
    words = OpenedWords(reader, then.erased, texts)
    labels = {label.reading: label for label in conventions.labels}
    rows = [action_row(action, then, on, words, conventions) for action in state.actions.values()]
    gaps = {finding.id for finding in state.gaps} if then.shows_actions else set()
    findings = tuple(
        PlanFindingRow(
            finding,
            tuple(row.number for row in rows if finding.id in row.findings),
            tuple(one.id for one in state.challenges.values() if one.finding == finding.id),
            finding.id in gaps,
        )
        for finding in state.findings.values()
    )
    questions = (question_row(one, then, authority, on, words) for one in state.challenges.values())
    return PlanAnswer(
        moment=moment,
        head=head_of(reader, then, authority, on),
        findings=findings,
        actions=tuple(exceptions_first(rows)),
        since=since,
        moved=() if since is None else tuple(_moved(then, before, replaced_before, since, rows, labels)),
        questions=waiting_first(questions),
    )


def _moved(
    then: PlanThen,
    before: PlanState,
    replaced_before: date | None,
    since: date,
    rows: Iterable[ActionRow],
    labels: Mapping[Reading, Label],
) -> Iterator[MovedRow]:
    """What changed of each action, in words."""
    for row in rows:
        was, now = before.actions.get(row.number), then.state.actions[row.number]
        comes_to = row.reading.value.replace("_", " ")
        if was is None:
            yield MovedRow(row.number, row.what, (f"added, now {comes_to}",), (), None, row.label, row.since)
            continue
        came_to, others = was.reading(since, replaced_before), tuple(_other_changes(was, now))
        if came_to is not row.reading:
            changes = (f"was {came_to.value.replace('_', ' ')}, now {comes_to}", *others)
            yield MovedRow(row.number, row.what, changes, others, labels[came_to], row.label, row.since)
        elif others:
            yield MovedRow(row.number, row.what, others, others)


def _other_changes(was: ActionState, now: ActionState) -> list[str]:
    """What differs of an action between two days besides what it comes to, in words."""
    changes = []
    if was.due_on != now.due_on:
        changes.append(due_date_moved(was.due_on, now.due_on))
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
