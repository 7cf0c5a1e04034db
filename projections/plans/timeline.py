"""What does an authority's timeline tell of its plans: their own facts one by one, those of actions by month?"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from domain.facts import (
    ActionAdded,
    ActionCarriedOver,
    ActionClosed,
    ActionCompletionAccepted,
    ActionCompletionRefused,
    ActionDueDateMoved,
    ActionFoundUnneeded,
    ActionReopened,
    ActionWithdrawn,
    ChallengeRaised,
    PlanClosed,
    PlanDueDateStated,
    PlanFindingsAdded,
    PlanHandedOver,
    PlanOpened,
    PlanOpeningCorrected,
    PlanPublished,
    PlanReceiptSet,
    PlanReopened,
    PlanReplyReceived,
    PlanSubmitted,
    stored_name,
)
from domain.values.plans import Stage
from domain.values.words import in_words, number_in_words
from projections.engine.reader import Reader
from projections.plans.action import sentence
from projections.plans.answers import PlanTimelineRow
from projections.plans.projection import LoggedFact, PlanThen, plans_ever_of


def plan_timeline(
    reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None, public: bool = False
) -> tuple[PlanTimelineRow, ...]:
    """What happened to an authority's plans while they were its own, in the order of the log; for the `public`, what
    was published of it. That a plan passed to another is told of both.

    Questions are not among it: `questions` tells them whole. Nor is what the authority's history has as an entry."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        found = list(plans_ever_of(reader, connection, moment, urn=urn, public=public))
    return tuple(row for then in found for row in _rows(then, urn))


def _rows(then: PlanThen, urn: str) -> list[PlanTimelineRow]:
    rows: list[PlanTimelineRow] = []
    months: dict[tuple[int, int], list[LoggedFact]] = defaultdict(list)
    owner = then.state.made_for
    for one in then.told:
        fact = one.fact
        if isinstance(fact, PlanHandedOver):
            if urn in (owner, fact.successor):
                rows.append(_row(then, (one,), _passed(fact, urn), None))
            owner = fact.successor
            continue
        if owner != urn:
            continue
        if _has_an_entry(then, fact):
            continue
        if isinstance(fact, OF_PLANS_OWN):
            rows.append(_row(then, (one,), plan_sentence(fact), None))
        elif getattr(fact, "action", None) is not None and not isinstance(fact, ChallengeRaised):
            months[fact.true_on.year, fact.true_on.month].append(one)
    for (year, month), told in months.items():
        named = f"actions {year}-{month:02}"
        numbers = sorted({one.fact.action for one in told})
        only = numbers[0] if len(numbers) == 1 else None
        said = f"Action {only}: {_lower(sentence(told[0].fact))}" if len(told) == 1 else _summed(told, numbers)
        rows.append(_row(then, tuple(told), said, only, named))
    return rows


def _has_an_entry(then: PlanThen, fact: Any) -> bool:
    """Whether the authority's history holds the same as an entry: it does unless the plan is an example."""
    final = isinstance(fact, PlanSubmitted) and fact.stage is Stage.FINAL
    return not then.state.example and (final or isinstance(fact, PlanReplyReceived))


def _passed(fact: PlanHandedOver, urn: str) -> str:
    if fact.successor == urn:
        return "The plan was taken over from the authority that ended."
    return plan_sentence(fact)


def _row(
    then: PlanThen, told: tuple[LoggedFact, ...], said: str, action: int | None, named: str = ""
) -> PlanTimelineRow:
    facts = [one.fact for one in told]
    return PlanTimelineRow(
        plan=then.id,
        named=named or f"{stored_name(type(facts[0]))} {told[0].position}",
        example=then.state.example,
        said=said,
        action=action,
        first_on=min(fact.true_on for fact in facts),
        last_on=max(fact.true_on for fact in facts),
        recorded_at=max(fact.timestamp for fact in facts),
        by=facts[0].actor if len({fact.actor for fact in facts}) == 1 else None,
    )


def _summed(told: list[LoggedFact], numbers: list[int]) -> str:
    """`14 updates of 6 actions: 2 completions accepted, 1 due date moved.`"""
    kinds = [type(one.fact) for one in told]
    named = [
        f"{number_in_words(count, what)} {became}"
        for kind, (what, became) in WORTH_NAMING.items()
        if (count := kinds.count(kind))
    ]
    of = f"action {numbers[0]}" if len(numbers) == 1 else number_in_words(len(numbers), "action")
    return f"{number_in_words(len(told), 'update')} of {of}{': ' if named else ''}{', '.join(named)}."


WORTH_NAMING = {
    ActionAdded: ("action", "added"),
    ActionCompletionAccepted: ("completion", "accepted"),
    ActionCompletionRefused: ("completion", "not accepted"),
    ActionDueDateMoved: ("due date", "moved"),
    ActionReopened: ("action", "reopened"),
    ActionWithdrawn: ("action", "withdrawn"),
    ActionFoundUnneeded: ("action", "found not to be required"),
    ActionClosed: ("action", "closed"),
    ActionCarriedOver: ("action", "carried over"),
}
"""What a month's line names of what happened to actions."""


def plan_sentence(fact: Any) -> str:
    """What a fact about a plan itself says. Raises TypeError for any other."""
    match fact:
        case PlanOpened():
            return f"Action plan opened, on {number_in_words(len(fact.findings), 'finding')}."
        case PlanFindingsAdded():
            return f"The plan took over {number_in_words(len(fact.findings), 'more finding')}."
        case PlanOpeningCorrected():
            return f"The day of opening was corrected from {in_words(fact.was)} to {in_words(fact.now)}."
        case PlanReceiptSet():
            return f"The report or letter arrived on {in_words(fact.now)}: the plan’s days are counted from it."
        case PlanDueDateStated():
            return f"The letter states that the plan is due by {in_words(fact.now)}."
        case PlanSubmitted():
            return f"The {'draft' if fact.stage is Stage.DRAFT else 'final'} plan was sent to Ofsted."
        case PlanReplyReceived():
            return "Ofsted’s reply to the plan was received."
        case PlanClosed():
            return "The plan was closed."
        case PlanReopened():
            return "The plan was reopened."
        case PlanHandedOver(instead_of=None):
            return "The plan was handed over to the authority that followed."
        case PlanHandedOver():
            return "The plan was handed on to the authority that should have had it."
        case PlanPublished():
            return "The plan was published here."
    raise TypeError(f"There is no sentence for the fact {type(fact).__name__}.")


OF_PLANS_OWN = (
    PlanOpened,
    PlanFindingsAdded,
    PlanOpeningCorrected,
    PlanReceiptSet,
    PlanDueDateStated,
    PlanSubmitted,
    PlanReplyReceived,
    PlanClosed,
    PlanReopened,
    PlanPublished,
)


def _lower(said: str) -> str:
    return said[0].lower() + said[1:]
