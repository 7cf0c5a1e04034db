"""What a page offers to whoever looks at it: only what their role allows and what can be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import url_for

from domain.plans.base import AllowedCodes
from domain.values.plans import PlanFinding
from projections.plans.answers import ActionAnswer, PlanAnswer, QuestionRow, Wording
from web.plans import form_context
from web.plans.command_table import ACTION_FORMS, CARRY_OVER, PLAN_FORMS, QUESTION_FORMS, PlanCommandForm
from web.site import access, reader

UPDATE_MANY = "Update many actions"


@dataclass(frozen=True)
class AllowedLink:
    """A link to a form."""

    label: str
    address: str


def register(state: Any) -> None:
    """Lets the partials of `plans/commands/` ask."""
    state.app.jinja_env.globals.update(
        plan_offers=for_plan,
        action_offers=for_action,
        question_offers=for_question,
        finding_offers=for_finding,
        erase_offers=to_erase,
        question_erase_offers=to_erase_question,
    )


def for_plan(answer: PlanAnswer) -> list[AllowedLink]:
    """What can be done to a plan by whoever looks at it."""
    urn, plan = answer.head.authority.urn, answer.head.id
    if not _looks_at_now() or not access.may("RECORDS", urn):
        return []
    codes = form_context.codes_of_plan(plan)
    found = _offered(PLAN_FORMS, codes, urn, "planning.record", plan=plan)
    if CARRY_OVER.code in codes:
        found.insert(0, AllowedLink(CARRY_OVER.label, url_for("planning.carry_over", plan=plan)))
    if any(row.is_open for row in answer.actions) and answer.head.closed_on is None:
        found.insert(0, AllowedLink(UPDATE_MANY, url_for("updating.show", plan=plan)))
    return [*found, AllowedLink("Choose labels and colours", url_for("planning.conventions", urn=urn))]


def for_action(answer: ActionAnswer) -> list[AllowedLink]:
    """What can be done to an action by whoever looks at it."""
    urn, plan, number = answer.head.authority.urn, answer.head.id, answer.action.number
    if not _looks_at_now():
        return []
    found = []
    if access.may("RECORDS", urn):
        codes = form_context.codes_of_action(plan, number)
        found = _offered(ACTION_FORMS, codes, urn, "planning.act", plan=plan, number=number)
    if access.may("ASKS"):
        found.append(AllowedLink("Ask about this action", url_for("planning.ask", plan=plan, action=number)))
    return found


def for_question(question: QuestionRow) -> list[AllowedLink]:
    """What can be done about a question by whoever looks at it."""
    urn = question.authority.urn
    if question.plan is None:
        return _for_one_on_no_plan(question)
    if not _looks_at_now() or not (access.may("RECORDS", urn) or form_context.may_withdraw(question)):
        return []
    codes = form_context.codes_of_question(question)
    return _offered(QUESTION_FORMS, codes, urn, "planning.reply", plan=question.plan, challenge=question.id)


def _for_one_on_no_plan(question: QuestionRow) -> list[AllowedLink]:
    if not _looks_at_now() or not question.waits:
        return []
    kinds = {
        "answer": access.may("RECORDS", question.authority.urn),
        "withdraw": form_context.may_withdraw(question),
    }
    of = (question.asked_of or question.authority).urn
    return [
        AllowedLink(QUESTION_FORMS[kind].label, url_for("asking.reply", urn=of, challenge=question.id, kind=kind))
        for kind, allowed in kinds.items()
        if allowed
    ]


def for_finding(plan: UUID, finding: PlanFinding) -> list[AllowedLink]:
    """What can be done about a finding by whoever looks at it."""
    if not _looks_at_now() or not access.may("ASKS"):
        return []
    return [AllowedLink("Ask about this finding", url_for("planning.ask", plan=plan, finding=finding.id))]


def to_erase(plan: UUID, words: Iterable[Wording | None]) -> list[AllowedLink]:
    """Where an administrator erases these words, those that are erased together once."""
    return _to_erase(words, partial(url_for, "planning.erase", plan=plan))


def to_erase_question(question: QuestionRow) -> list[AllowedLink]:
    """Where an administrator erases the words of a question, its answer, or why it was withdrawn."""
    words = (question.question, question.answer, question.why)
    if question.plan is not None:
        return to_erase(question.plan, words)
    return _to_erase(words, partial(url_for, "asking.erase", urn=(question.asked_of or question.authority).urn))


def _to_erase(words: Iterable[Wording | None], address: Callable[..., str]) -> list[AllowedLink]:
    if not _looks_at_now() or not access.may("ADMINISTERS"):
        return []
    live = {one.subject: one.text for one in words if one is not None and one.text is not None}
    return [
        AllowedLink(text if len(text) <= 80 else f"{text[:79]}…", address(subject=subject))
        for subject, text in live.items()
    ]


def _offered(
    forms: Mapping[str, PlanCommandForm[Any]], codes: AllowedCodes, urn: str, endpoint: str, **parts: Any
) -> list[AllowedLink]:
    return [
        AllowedLink(form.label, url_for(endpoint, kind=kind, **parts))
        for kind, form in forms.items()
        if form.code in codes and access.may(form.rule, urn)
    ]


def _looks_at_now() -> bool:
    """Whether the page shows today, with everything that is known."""
    return not reader.asked().chosen
