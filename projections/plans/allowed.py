"""What can be done of a plan now, as the forms that do it need to know, and the words kept under one key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.plans.action_commands import ReportProgress
from domain.plans.action_state import ActionState
from domain.plans.allowed import of_action, of_plan, of_question
from domain.plans.base import AllowedCodes
from domain.plans.erasing import said_again
from domain.plans.policies import ActionCase, another_person_reported_it, reportable, stages_left
from domain.plans.state import PlanState
from domain.plans.stories import Carried
from domain.values.errors import NotFound
from domain.values.plans import Progress, Stage
from projections.authorities.entries import entry
from projections.engine.reader import Reader
from projections.plans.answers import Wording
from projections.plans.plan import needed
from projections.plans.projection import Conventions, PlanThen, conventions_of
from projections.plans.words import OpenedWords, texts_in


@dataclass(frozen=True)
class AllowedOfAction:
    """What an actor can do of an action; `second_person` says why another has to look at it, where they reported it
    complete."""

    codes: AllowedCodes
    progress: tuple[Progress, ...]
    second_person: str | None


def allowed_of_plan(reader: Reader, plan: UUID, *, on: date) -> tuple[AllowedCodes, tuple[Stage, ...]]:
    """What can be done of a plan, and which papers can still be sent. Raises NotFound where there is no such plan."""
    then = _then(reader, plan, on)
    state = then.state
    try:
        activity = entry(reader, state.activity, as_at=on).entry.activity
    except NotFound:
        activity = None
    return of_plan(state, activity, replaced=then.replaced), stages_left(state)


def allowed_of_action(reader: Reader, plan: UUID, number: int, actor: str, *, on: date) -> AllowedOfAction:
    """What can be done of one action. Raises NotFound where there is no such action."""
    state = _state(reader, plan, on)
    action = _action(state, number)
    case = ActionCase(state, action, actor)
    return AllowedOfAction(of_action(state, action, actor), reportable(action), another_person_reported_it(case))


def reportable_actions(reader: Reader, plan: UUID, *, on: date) -> Mapping[int, tuple[Progress, ...]]:
    """The open actions of which progress can be reported, by number, each with how far it can be said to be. Raises
    NotFound where there is no such plan."""
    state = _state(reader, plan, on)
    return {
        number: reportable(action)
        for number, action in state.actions.items()
        if action.open and ReportProgress.code in of_action(state, action)
    }


def allowed_of_question(reader: Reader, plan: UUID, question: UUID, *, on: date) -> AllowedCodes:
    """What can be done of a member's question. Raises NotFound where there is no such question."""
    state = _state(reader, plan, on)
    known = state.challenges.get(question)
    if known is None:
        raise NotFound("The plan has no such question.")
    return of_question(known)


def words_under(reader: Reader, plan: UUID, subject: UUID, *, on: date) -> tuple[Wording, ...]:
    """The words that would be erased together. Raises NotFound where the plan has none under that key."""
    with reader.connect() as connection:
        then = needed(connection, reader, plan, reader.moment(connection, on, None))
    texts = [kept for one in then.told for _, kept in texts_in(one.fact) if kept.sealed.subject == subject]
    if not texts:
        raise NotFound("The plan has no such words.")
    words = OpenedWords(reader, then.erased, texts)
    return tuple(words(kept) for kept in texts)


def copies_under(reader: Reader, plan: UUID, subject: UUID, *, on: date) -> tuple[Carried, ...]:
    """The actions of other plans that say the same words, which are erased with them, each once."""
    with reader.connect() as connection:
        moment = reader.moment(connection, on, None)
        found = said_again(plan, subject, lambda name: needed(connection, reader, name, moment).state)
    return tuple(dict.fromkeys(found.values()))


def conventions(reader: Reader, urn: str, *, on: date) -> Conventions:
    """What an authority calls its readings today, and how long an answer may take."""
    with reader.connect() as connection:
        return conventions_of(connection, urn, reader.moment(connection, on, None))


def _state(reader: Reader, plan: UUID, on: date) -> PlanState:
    return _then(reader, plan, on).state


def _then(reader: Reader, plan: UUID, on: date) -> PlanThen:
    with reader.connect() as connection:
        return needed(connection, reader, plan, reader.moment(connection, on, None))


def _action(state: PlanState, number: int) -> ActionState:
    found = state.actions.get(number)
    if found is None:
        raise NotFound(f"The plan has no action number {number}.")
    return found
