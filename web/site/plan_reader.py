"""Where pages get their answers about plans: whoever has no role is told what was published here (decision 0019)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from domain.values.errors import NotFound
from projections.engine.answers import FindingRow
from projections.plans.answers import (
    ActionAnswer,
    BurnUpAnswer,
    PlanAnswer,
    PlanHeadsAnswer,
    PlansAnswer,
    PlanTimelineRow,
    QuestionsAnswer,
)
from projections.plans.finding_plans import AnsweredBy
from projections.plans.passed import PassedPlan
from web.site import access
from web.site.access_table import AccessRule
from web.site.reader import Asked
from web.store.store import current_store


def is_public() -> bool:
    """Whether the person in hand is told only what was published of a plan."""
    return not access.present().may(AccessRule.READS)


def named(text: str) -> UUID:
    """The plan whose id stands in an address. Raises NotFound for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("No such action plan is recorded.") from None


def authority_of(name: UUID) -> str:
    """The number of the authority whose plan it is, without reading the plan. Raises NotFound."""
    from projections.plans.plan import authority_of_plan

    return authority_of_plan(current_store().reader, name)


def heads(asked: Asked, urn: str | None = None) -> PlanHeadsAnswer:
    """All plans in short, or one authority's."""
    from projections.plans.plan import plan_heads

    return plan_heads(current_store().reader, urn=urn, as_at=asked.as_at, known_at=asked.known_at, public=is_public())


def plans(urn: str, asked: Asked) -> PlansAnswer:
    """One authority's plans with their actions. Raises NotFound."""
    from projections.plans.plan import plans_of

    return plans_of(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at, public=is_public())


def handed_over(urn: str, asked: Asked) -> tuple[PassedPlan, ...]:
    """The plans that an authority handed over to one that followed it."""
    from projections.plans.passed import plans_passed

    store = current_store().reader
    passed = plans_passed(store, urn, as_at=asked.as_at, known_at=asked.known_at, public=is_public())
    return tuple(one for one in passed if urn in (one.passing.was, one.passing.of))


def plan(name: UUID, asked: Asked, since: date | None = None) -> PlanAnswer:
    """One plan, and what moved after a day. Raises NotFound."""
    from projections.plans.plan import plan_of

    return plan_of(
        current_store().reader, name, as_at=asked.as_at, known_at=asked.known_at, since=since, public=is_public()
    )


def burn_up(name: UUID, asked: Asked) -> BurnUpAnswer:
    """How one plan's counts grew. Raises NotFound."""
    from projections.plans.plan import burn_up

    return burn_up(current_store().reader, name, as_at=asked.as_at, known_at=asked.known_at, public=is_public())


def happened(urn: str, asked: Asked) -> tuple[PlanTimelineRow, ...]:
    """What happened to one authority's plans."""
    from projections.plans.timeline import plan_timeline

    return plan_timeline(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at, public=is_public())


def questions(urn: str, asked: Asked) -> QuestionsAnswer:
    """What members asked about one authority's plans."""
    from projections.questions.questions import questions

    return questions(current_store().reader, urn=urn, as_at=asked.as_at, known_at=asked.known_at, public=is_public())


def action(name: UUID, number: int, asked: Asked) -> ActionAnswer:
    """One action's whole story. Raises NotFound."""
    from projections.plans.action import action_of

    return action_of(
        current_store().reader, name, number, as_at=asked.as_at, known_at=asked.known_at, public=is_public()
    )


def findings_of(urn: str, asked: Asked) -> tuple[FindingRow, ...]:
    """What one authority had to improve, the newest first. Raises NotFound."""
    from projections.authorities.findings import findings

    return findings(current_store().reader, urn, as_at=asked.as_at, known_at=asked.known_at)


def of_findings(rows: Iterable[FindingRow], asked: Asked) -> Mapping[UUID, AnsweredBy]:
    """The plans that answer findings, by the finding's id as plans name it."""
    from projections.plans.finding_plans import answers_to

    return answers_to(current_store().reader, rows, as_at=asked.as_at, known_at=asked.known_at, public=is_public())
