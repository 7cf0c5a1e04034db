"""What waits for whom, over all open plans and questions: without words, so that every page can ask how much it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.plans.waiting import ActionWait, wait_of
from projections.engine.reader import Reader
from projections.plans.projection import plans_then
from projections.questions.asked import asked_then


@dataclass(frozen=True)
class WaitingAction:
    """An action that waits. `reporters` are the actors who reported it complete: none of them accepts it."""

    urn: str
    plan: UUID
    number: int
    owner: str
    wait: ActionWait
    reporters: frozenset[str]


@dataclass(frozen=True)
class WaitingQuestion:
    """A question without an answer: who answers it, by Ofsted's number, who asked, and by when."""

    urn: str
    question: UUID
    asked_by: str
    answer_by: date


@dataclass(frozen=True)
class EverythingWaiting:
    """What waits on a day. `offices` are those that own an open action, by authority."""

    actions: tuple[WaitingAction, ...]
    questions: tuple[WaitingQuestion, ...]
    offices: Mapping[str, frozenset[str]]


class WaitingMemory:
    """What waited when it was last asked, for as long as nothing more was told and the day is the same."""

    def __init__(self) -> None:
        self.held: tuple[tuple[int, date], EverythingWaiting] | None = None


def everything_waiting(reader: Reader, *, on: date) -> EverythingWaiting:
    """What waits as known now, on a day. Of a plan whose report was replaced nothing does."""
    memory = reader.memory(WaitingMemory)
    with reader.connect() as connection:
        asked = (reader.position(connection, None), on)
        held = memory.held
        if held is not None and held[0] == asked:
            return held[1]
        moment = reader.moment(connection, on, None)
        plans = [
            then
            for then in plans_then(reader, connection, moment)
            if then.state.closed is None and then.replaced is None
        ]
        on_none = asked_then(connection, reader, moment)
    actions: list[WaitingAction] = []
    offices: dict[str, set[str]] = {}
    for then in plans:
        urn = then.state.urn
        for action in then.state.actions.values():
            if action.open:
                offices.setdefault(urn, set()).add(action.owner)
            if (wait := wait_of(action, on)) is not None:
                reporters = frozenset(action.reporters)
                actions.append(WaitingAction(urn, then.id, action.number, action.owner, wait, reporters))
    questions = [
        WaitingQuestion(then.state.urn, one.id, one.asked.by, one.answer_by)
        for then in plans
        for one in then.state.challenges.values()
        if one.waits
    ]
    questions += [
        WaitingQuestion(asked_one.state.answered_by(one.id), one.id, one.asked.by, one.answer_by)
        for asked_one in on_none
        for one in asked_one.state.challenges.values()
        if one.waits
    ]
    owned = {urn: frozenset(owners) for urn, owners in offices.items()}
    found = EverythingWaiting(tuple(actions), tuple(questions), owned)
    memory.held = asked, found
    return found
