"""On which reports and letters a plan is made, and what it takes from them."""

from __future__ import annotations

from collections.abc import Iterable

from domain.plans.state import PlanState
from domain.rulebook.deadline_rows import PRIORITY_PLAN_TIMES
from domain.rulebook.rows import row_on
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from domain.values.plans import Basis, PlanFinding, finding_of
from domain.values.statements import Kind

PLANNED_ON = (
    "A plan is made on a graded report, on a focused visit's letter with an area for priority action, or on a joint "
    "inspection's letter."
)


def basis_of(activity: Activity) -> Basis:
    """What obliges the authority to plan. Raises RuleBroken where nothing does."""
    if activity.kind is Kind.INSPECTION:
        if not activity.grades:
            raise RuleBroken("A plan is made on a graded report, and no grade of this inspection is held.")
        return Basis.GRADED_REPORT
    if activity.kind is Kind.JTAI:
        return Basis.JTAI_LETTER
    if activity.kind is Kind.FOCUSED_VISIT and (activity.priority_action or activity.priority_actions):
        return Basis.FOCUSED_VISIT_LETTER
    raise RuleBroken(PLANNED_ON)


def owes_draft(plan: PlanState) -> bool:
    """Whether R-035 asks for a draft: after priority action at a focused visit, since August 2018."""
    heard = plan.received_on or plan.published_on
    if plan.basis is not Basis.FOCUSED_VISIT_LETTER or heard is None:
        return False
    return row_on(PRIORITY_PLAN_TIMES, heard).draft_working_days is not None


def findings_of(activity: Activity) -> tuple[PlanFinding, ...]:
    """What the report or letter found, priority actions first, each once."""
    found = [
        *(finding_of(activity.id, text, priority=True) for text in activity.priority_actions),
        *(finding_of(activity.id, text, priority=False) for text in activity.improvements),
    ]
    return tuple({finding.id: finding for finding in found}.values())


def new_findings(plan: PlanState, activity: Activity) -> tuple[PlanFinding, ...]:
    """What the report or letter found that the plan does not have yet."""
    held = _gists(plan.findings.values())
    return tuple(finding for finding in findings_of(activity) if not _gists([finding]) & held)


def _gists(findings: Iterable[PlanFinding]) -> set[tuple[bool, str]]:
    return {(finding.priority, finding.text) for finding in findings}
