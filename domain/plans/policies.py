"""Named reasons for refusal: each tells in words safe to show why something cannot be done as things stand, or None.

What is told is asked by the commands that refuse, and by the links and forms that offer, so that both agree. A
command's own words, and days that depend on them, are its own to judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.plans.action_state import ActionState
from domain.plans.basis import new_findings, owes_draft
from domain.plans.checks import MOST_ACTIONS, MOST_EVIDENCE
from domain.plans.replaced import Replaced
from domain.plans.state import PlanState
from domain.plans.stories import QuestionStory
from domain.values.activities import Activity
from domain.values.plans import DONE, REPORTED, Basis, Progress, Stage
from domain.values.words import in_words


@dataclass(frozen=True)
class PlanCase:
    """A plan, and who would act. `on` is the day of which they speak, None while nothing was said; `activity` the
    report's or letter's entry, where it is known; `replaced` the newer report that took its place."""

    plan: PlanState
    actor: str = ""
    on: date | None = None
    activity: Activity | None = None
    replaced: Replaced | None = None


@dataclass(frozen=True)
class ActionCase:
    """An action of a plan, and who would act."""

    plan: PlanState
    action: ActionState
    actor: str = ""


@dataclass(frozen=True)
class QuestionCase:
    """A member's question."""

    question: QuestionStory


PlanPolicy = Callable[[PlanCase], str | None]
ActionPolicy = Callable[[ActionCase], str | None]
QuestionPolicy = Callable[[QuestionCase], str | None]


# --- the plan -------------------------------------------------------------------------------------------------------


def the_plan_is_open(case: PlanCase | ActionCase) -> str | None:
    closed = case.plan.closed
    return closed and f"The plan was closed on {in_words(closed.true_on)}. Reopen it first, with the reason."


def the_plan_is_closed(case: PlanCase) -> str | None:
    return None if case.plan.closed else "The plan is open."


def the_report_has_more_findings(case: PlanCase) -> str | None:
    more = case.activity is not None and new_findings(case.plan, case.activity)
    return None if more else "The plan has every finding of the report or letter already."


def a_letter_states_when_it_is_due(case: PlanCase) -> str | None:
    stated = case.plan.basis is Basis.JTAI_LETTER
    return None if stated else "This plan's due date is counted from receipt. Correct the day of receipt instead."


def a_paper_is_left(case: PlanCase) -> str | None:
    """Not a refusal of its own: each paper has one."""
    return None if stages_left(case.plan) else "The final plan was sent already."


def stages_left(plan: PlanState) -> tuple[Stage, ...]:
    """Which papers can still be sent to Ofsted."""
    if plan.closed is not None:
        return ()
    return tuple(stage for stage in Stage if not_to_be_sent(plan, stage) is None)


def not_to_be_sent(plan: PlanState, stage: Stage) -> str | None:
    """Why a paper cannot be sent to Ofsted."""
    if stage is Stage.DRAFT and not owes_draft(plan):
        return "No draft is owed for this plan. Record when the final plan was sent."
    already = plan.submitted.get(stage)
    if already is not None:
        return f"The {stage.value} plan was already sent, on {in_words(already.true_on)}."
    if stage is Stage.DRAFT and Stage.FINAL in plan.submitted:
        return "The final plan was sent already; a draft cannot follow it."
    return None


def the_final_plan_was_sent(case: PlanCase) -> str | None:
    return None if Stage.FINAL in case.plan.submitted else "Record first when the final plan was sent."


def the_reply_follows_it(case: PlanCase) -> str | None:
    sent = case.plan.submitted.get(Stage.FINAL)
    if sent is None or case.on is None or case.on >= sent.true_on:
        return None
    return f"A reply cannot come before the plan was sent, on {in_words(sent.true_on)}."


def there_is_no_reply_yet(case: PlanCase) -> str | None:
    reply = case.plan.reply
    return reply and f"Ofsted's reply was already received, on {in_words(reply.true_on)}."


def no_action_is_open(case: PlanCase) -> str | None:
    """A plan whose report was replaced may be closed with open actions: nobody waits for them any more."""
    if case.replaced is not None:
        return None
    still = sorted(action.number for action in case.plan.actions.values() if action.open)
    if not still:
        return None
    numbers = ", ".join(map(str, still[:10])) + ("" if len(still) <= 10 else " and others")
    return f"Actions are still open: {numbers}. Complete, close or withdraw them first."


def its_report_was_replaced(case: PlanCase) -> str | None:
    none = "No newer graded report has taken the place of the one that the plan answers, so its actions stay here."
    return None if case.replaced else none


def an_action_is_open(case: PlanCase) -> str | None:
    return None if any(one.open for one in case.plan.actions.values()) else "No action of the plan is open."


def no_question_waits(case: PlanCase) -> str | None:
    waits = any(one.waits for one in case.plan.challenges.values())
    return "A member's question has no answer yet. Answer it first." if waits else None


def there_is_something_to_publish(case: PlanCase) -> str | None:
    published = case.plan.published
    if case.plan.news or published is None:
        return None
    return f"Nothing was told since the plan was last published, on {in_words(published.true_on)}."


def another_person_told_it(case: PlanCase) -> str | None:
    own = case.actor in case.plan.tellers
    told = "You told part of what would be published. A second person, an approver, must look at it and publish."
    return told if own else None


def there_is_room_for_an_action(case: PlanCase) -> str | None:
    room = len(case.plan.actions) < MOST_ACTIONS
    return None if room else f"A plan holds at most {MOST_ACTIONS} actions. Put several into one."


def there_is_a_finding(case: PlanCase) -> str | None:
    """Not a refusal: nobody is offered to answer findings where there are none."""
    return None if case.plan.findings else "The plan has no findings."


# --- an action ------------------------------------------------------------------------------------------------------

_ENDED = {
    Progress.CLOSED: "The action was closed",
    Progress.WITHDRAWN: "The action was withdrawn",
    Progress.NO_ACTION_REQUIRED: "The action was found not to be required",
    Progress.CARRIED_OVER: "The action was carried over to a newer plan",
}


def it_has_not_ended(case: ActionCase) -> str | None:
    ended, on = _ENDED.get(case.action.progress), in_words(case.action.last.true_on)
    if case.action.carried_to is not None:
        return f"{ended} on {on}. It is worked on there."
    return ended and f"{ended} on {on}. Reopen it, with the reason."


def it_is_not_worked_on_elsewhere(case: ActionCase) -> str | None:
    return it_has_not_ended(case) if case.action.carried_to is not None else None


def it_is_not_done(case: ActionCase) -> str | None:
    return None if case.action.open else "The action is done. Reopen it first if it is due again."


def it_is_done(case: ActionCase) -> str | None:
    done = case.action.steps[-1].reading in DONE
    return None if done else "Only an action that is complete and evidenced, or embedded, can be closed."


def it_is_reported_complete(case: ActionCase) -> str | None:
    told = case.action.progress is Progress.COMPLETE and case.action.reported is not None
    return None if told else "The action is not reported complete."


def it_is_not_accepted_yet(case: ActionCase) -> str | None:
    accepted = case.action.accepted
    return accepted and f"Its completion was already accepted, on {in_words(accepted.true_on)}."


def another_person_reported_it(case: ActionCase) -> str | None:
    own = case.actor in case.action.reporters
    return "You reported this action complete. A second person must look at the evidence." if own else None


def there_is_evidence(case: ActionCase) -> str | None:
    if case.action.evidence:
        return None
    return "There is no evidence yet. A link or a reference must be offered before it can be accepted."


def there_is_room_for_evidence(case: ActionCase) -> str | None:
    room = len(case.action.evidence) < MOST_EVIDENCE
    return None if room else f"An action holds at most {MOST_EVIDENCE} pieces of evidence."


def it_may_be_unneeded(case: ActionCase) -> str | None:
    needed = "The action is complete and evidenced; it was needed. Close it instead."
    return needed if case.action.accepted else None


def it_is_not_open(case: ActionCase) -> str | None:
    return "The action is open." if case.action.progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS) else None


def there_is_a_choice(case: ActionCase) -> str | None:
    """Not a refusal: nobody is offered to change the only finding there is."""
    return None if len(case.plan.findings) > 1 else "The plan has one finding only."


def reportable(action: ActionState) -> tuple[Progress, ...]:
    """How far an action can be said to be, as it stands."""
    return tuple(progress for progress in REPORTED if not_reportable(action, progress) is None)


def not_reportable(action: ActionState, progress: Progress) -> str | None:
    """Why an action cannot be said to be so far."""
    if progress is Progress.EMBEDDED:
        accepted = action.accepted is not None
        return None if accepted else "Only an action whose completion was accepted can be embedded."
    if action.accepted is not None:
        return "The action's completion was accepted. Reopen it, with the reason, if it is not complete."
    if action.progress is Progress.COMPLETE and progress is not Progress.COMPLETE:
        return "The action was reported complete. Reopen it, with the reason, if it is not."
    return None


# --- a question -----------------------------------------------------------------------------------------------------


def the_question_was_not_withdrawn(case: QuestionCase) -> str | None:
    withdrawn = case.question.withdrawn
    return withdrawn and f"The question was withdrawn on {in_words(withdrawn.true_on)}."


def it_has_no_answer_yet(case: QuestionCase) -> str | None:
    answered = case.question.answered
    return answered and f"The question was already answered, on {in_words(answered.true_on)}."
