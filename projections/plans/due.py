"""Over all plans: what is overdue, what falls due soon, and what waits for evidence or acceptance?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.plans.action_state import ActionState
from domain.values.plans import DONE, Reading
from projections.engine.reader import Reader
from projections.plans.answers import DueAction, DueAnswer, DuePaper, DuePlan, PlanHead
from projections.plans.projection import Conventions, PlanThen, conventions_of, plans_then
from projections.plans.rows import action_row, head_of
from projections.plans.words import OpenedWords, texts_of

SOON_DAYS = 30


def actions_due(
    reader: Reader,
    *,
    on: date,
    known_at: datetime | None = None,
    urn: str | None = None,
    office: str | None = None,
    days: int = SOON_DAYS,
) -> DueAnswer:
    """What is due on a day over all plans that are open then, or those of one authority.

    `office` leaves the actions that it owns, without regard to case, and then no papers: nobody's office is named for
    those, nor plans whose report was replaced. `soon` reaches `days` days ahead, the last included."""
    wanted = (office or "").strip().casefold()
    chosen: list[tuple[PlanThen, PlanHead, Conventions, list[ActionState]]] = []
    replaced: list[tuple[date, DuePlan]] = []
    with reader.connect() as connection:
        moment = reader.moment(connection, on, known_at, of=urn)
        authorities = reader.facts_on(connection, on, moment.position)
        for then in plans_then(reader, connection, moment, urn=urn):
            if then.state.closed is not None:
                continue
            if then.replaced is not None:
                replaced.append((then.replaced.on, DuePlan(head_of(reader, then, authorities[then.state.urn], on))))
                continue
            due = [
                action
                for action in then.state.actions.values()
                if (not wanted or action.owner.casefold() == wanted) and _waits(action, on, days)
            ]
            conventions = conventions_of(connection, then.state.urn, moment)
            chosen.append((then, head_of(reader, then, authorities[then.state.urn], on), conventions, due))
    erased = {subject: one for then, *_ in chosen for subject, one in then.erased.items()}
    words = OpenedWords(reader, erased, (text for *_, due in chosen for action in due for text in texts_of(action)))
    rows = [
        DueAction(head, action_row(action, then, on, words, conventions))
        for then, head, conventions, due in chosen
        for action in due
    ]
    papers = [
        DuePaper(head, deadline)
        for _, head, _, _ in chosen
        for deadline in head.deadlines
        if not wanted and deadline.days_left is not None and deadline.days_left <= days
    ]
    late = [row for row in rows if row.action.days_overdue]
    rest = [row for row in rows if not row.action.days_overdue]
    awaited = (Reading.EVIDENCE_AWAITED, Reading.ACCEPTANCE_AWAITED)
    return DueAnswer(
        moment=moment,
        office=office or None,
        days=days,
        overdue=_by_due_date(late),
        evidence_awaited=_of(rest, Reading.EVIDENCE_AWAITED),
        acceptance_awaited=_of(rest, Reading.ACCEPTANCE_AWAITED),
        soon=_by_due_date(row for row in rest if row.action.reading not in awaited and row.action.due_on is not None),
        undated=_by_due_date(row for row in rest if row.action.undated and row.action.reading not in awaited),
        papers=tuple(sorted(papers, key=lambda paper: (paper.deadline.days_left or 0, paper.head.authority.name))),
        replaced=()
        if wanted
        else tuple(plan for _, plan in sorted(replaced, key=lambda one: (one[0], one[1].head.authority.name))),
    )


def _waits(action: ActionState, on: date, days: int) -> bool:
    reading = action.reading(on)
    if not action.counts or reading in DONE:
        return False
    awaited = reading in (Reading.EVIDENCE_AWAITED, Reading.ACCEPTANCE_AWAITED)
    return awaited or action.due_on is None or action.due_on <= on + timedelta(days=days)


def _of(rows: Iterable[DueAction], reading: Reading) -> tuple[DueAction, ...]:
    return _by_due_date(row for row in rows if row.action.reading is reading)


def _by_due_date(rows: Iterable[DueAction]) -> tuple[DueAction, ...]:
    return tuple(
        sorted(
            rows,
            key=lambda row: (row.action.due_on or date.max, row.head.authority.name, row.head.id, row.action.number),
        )
    )
