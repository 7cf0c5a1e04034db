"""Which plans did an authority hand over to one that followed it, and which did it take over?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.plans.stories import HandedOver
from projections.engine.reader import Reader
from projections.plans.answers import PlanHead
from projections.plans.projection import plans_ever_of
from projections.plans.rows import head_of


@dataclass(frozen=True)
class PassedPlan:
    """A plan that passed between two authorities."""

    head: PlanHead
    passing: HandedOver


def plans_passed(
    reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None, public: bool = False
) -> tuple[PassedPlan, ...]:
    """Every plan that an authority handed over or took over by a moment, the earliest first."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        passed = [
            (one, then)
            for then in plans_ever_of(reader, connection, moment, urn=urn, public=public)
            for one in then.state.handed
            if urn in (one.was, one.now, one.of)
        ]
        authorities = reader.facts_on(connection, as_at, moment.position) if passed else {}
    found = [(one, head_of(reader, then, authorities[then.state.urn], as_at)) for one, then in passed]
    found.sort(key=lambda passed: _order(*passed))
    return tuple(PassedPlan(head, one) for one, head in found)


def _order(one: HandedOver, head: PlanHead) -> tuple[date, date, str]:
    return (one.stamp.true_on, head.opened_on, str(head.id))
