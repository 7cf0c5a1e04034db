"""What can be done of a plan, an action or a question as it stands: the commands that would not be refused.

Names are those of the commands of `domain.plans.commands`. Whether a person may send them is for
`domain.people.rights`."""

from __future__ import annotations

from domain.plans.plan import basis_of, findings_of, owes_draft
from domain.plans.state import ChallengeStory, PlanState
from domain.values.activities import Activity, Status
from domain.values.errors import RuleBroken
from domain.values.plans import Basis, Stage

Commands = frozenset[str]


def can_be_planned(activity: Activity) -> bool:
    """Whether a plan can be opened on an entry that has none."""
    heard = activity.received or activity.letter_received or activity.published or activity.published_by_council
    try:
        basis_of(activity)
    except RuleBroken:
        return False
    return heard is not None and activity.status is not Status.WITHDRAWN


def of_plan(state: PlanState, activity: Activity | None) -> Commands:
    """What can be done of the plan itself. `activity` is the report's or letter's entry, where it is known."""
    if state.closed is not None:
        return frozenset({"reopen_plan"})
    found = {"set_plan_receipt"} | ({"add_action"} if state.findings else set())
    known = {(finding.priority, finding.text) for finding in state.findings.values()}
    if activity is not None and any((one.priority, one.text) not in known for one in findings_of(activity)):
        found.add("take_findings")
    if state.basis is Basis.JTAI_LETTER:
        found.add("state_plan_due")
    if stages_left(state):
        found.add("send_plan")
    if Stage.FINAL in state.submitted and state.reply is None:
        found.add("receive_reply_to_plan")
    waits = any(one.answered is None and one.withdrawn is None for one in state.challenges.values())
    if not waits and not any(action.open for action in state.actions.values()):
        found.add("close_plan")
    return frozenset(found)


def stages_left(state: PlanState) -> tuple[Stage, ...]:
    """Which papers can still be sent to Ofsted."""
    if state.closed is not None or Stage.FINAL in state.submitted:
        return ()
    draft = owes_draft(state) and Stage.DRAFT not in state.submitted
    return (Stage.DRAFT, Stage.FINAL) if draft else (Stage.FINAL,)


def of_question(question: ChallengeStory) -> Commands:
    """What can be done of a member's question; of a closed plan's too."""
    if question.answered is not None or question.withdrawn is not None:
        return frozenset()
    return frozenset({"answer_challenge", "withdraw_challenge"})
