"""What can be done of a plan, an action or a question as it stands: what the policies of the commands say.

Codes are those of the commands. Whether a person may send them is for `domain.people.rights`."""

from __future__ import annotations

from domain.plans.action_commands import ACTION_COMMANDS
from domain.plans.action_state import ActionState
from domain.plans.base import AllowedCodes, allowed
from domain.plans.basis import basis_of
from domain.plans.carrying_over import CarryOver
from domain.plans.commands import PLAN_COMMANDS
from domain.plans.policies import ActionCase, PlanCase, QuestionCase
from domain.plans.question_commands import QUESTION_COMMANDS
from domain.plans.replaced import Replaced
from domain.plans.state import PlanState
from domain.plans.stories import QuestionStory
from domain.values.activities import Activity, Status
from domain.values.errors import RuleBroken


def can_be_planned(activity: Activity) -> bool:
    """Whether a plan can be opened on an entry that has none."""
    heard = activity.received or activity.letter_received or activity.published or activity.published_by_council
    try:
        basis_of(activity)
    except RuleBroken:
        return False
    return heard is not None and activity.status is not Status.WITHDRAWN


def of_plan(
    plan: PlanState, activity: Activity | None, actor: str = "", *, replaced: Replaced | None = None
) -> AllowedCodes:
    """What can be done of the plan itself. `activity` is the report's or letter's entry, where it is known; `replaced`
    the newer report that took its place."""
    return allowed((*PLAN_COMMANDS, CarryOver), PlanCase(plan, actor, activity=activity, replaced=replaced))


def of_action(plan: PlanState, action: ActionState, actor: str = "") -> AllowedCodes:
    """What an actor can do of an action."""
    return allowed(ACTION_COMMANDS, ActionCase(plan, action, actor))


def of_question(question: QuestionStory) -> AllowedCodes:
    """What can be done of a member's question; of a closed plan's too."""
    return allowed(QUESTION_COMMANDS, QuestionCase(question))
