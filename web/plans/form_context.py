"""What a form about a plan is about, as it stands today: the plan, an action or a question, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import abort

from domain.people.rights import may_take_back
from domain.plans.allowed import can_be_planned
from domain.plans.base import AllowedCodes
from domain.plans.question_commands import AskQuestion, WithdrawQuestion
from domain.plans.replaced import answers_newer
from domain.values.activities import Activity, AuthorityFacts
from domain.values.plans import PlanFinding, Progress, Stage
from projections.plans.allowed import AllowedOfAction
from projections.plans.answers import ActionAnswer, PlanAnswer, PlanHead, QuestionRow, StoryRow, Wording
from projections.plans.projection import Conventions
from web.plans.passed_on import OtherAction, other_action
from web.site import access, reader
from web.store.store import current_store
from web.words import dates, timeline


@dataclass(frozen=True)
class FormContext:
    """The plan with what its state and the person in hand leave to be done. `second_person` says why another has to
    look at the action, where this person reported it complete."""

    plan: PlanAnswer
    codes: AllowedCodes
    action: ActionAnswer | None = None
    question: QuestionRow | None = None
    finding: PlanFinding | None = None
    stages: tuple[Stage, ...] = ()
    progress: tuple[Progress, ...] = ()
    second_person: str | None = None

    @property
    def id(self) -> UUID:
        return self.plan.head.id

    @property
    def authority(self) -> AuthorityFacts:
        return self.plan.head.authority

    @property
    def findings(self) -> list[tuple[str, str]]:
        """What a form offers to tick: the findings of the plan."""
        return [(str(row.finding.id), row.finding.text) for row in self.plan.findings]


def plan(name: UUID) -> FormContext:
    """A plan. Raises NotFound."""
    from projections.plans.allowed import allowed_of_plan
    from projections.plans.plan import plan_of

    today, store = dates.today(), current_store().reader
    codes, stages = allowed_of_plan(store, name, on=today)
    return FormContext(plan_of(store, name, as_at=today), codes, stages=stages)


def plans_of_newer_reports(held: FormContext) -> tuple[PlanAnswer, ...]:
    """The plans into which open actions of one whose report was replaced can be carried over, the newest first."""
    from projections.plans.plan import plans_of

    replaced = held.plan.head.replaced
    if replaced is None:
        return ()
    beside = plans_of(current_store().reader, held.authority.urn, as_at=dates.today()).plans
    return tuple(one for one in beside if takes_over(one.head, held.plan.head))


def takes_over(head: PlanHead, old: PlanHead) -> bool:
    """Whether a plan can take actions over from one whose report was replaced."""
    if old.replaced is None or head.id == old.id or head.example is not old.example:
        return False
    newer = answers_newer(old.replaced, head.basis, head.activity, head.published_on)
    return head.closed_on is None and newer


def codes_of_plan(name: UUID) -> AllowedCodes:
    """What a plan's state leaves to be done. Raises NotFound."""
    from projections.plans.allowed import allowed_of_plan

    return allowed_of_plan(current_store().reader, name, on=dates.today())[0]


def action(name: UUID, number: int) -> FormContext:
    """One action of a plan. Raises NotFound."""
    from projections.plans.action import action_of

    left = _allowed_of_action(name, number)
    answer = action_of(current_store().reader, name, number, as_at=dates.today())
    return replace(
        plan(name), action=answer, codes=left.codes, progress=left.progress, second_person=left.second_person
    )


def codes_of_action(name: UUID, number: int) -> AllowedCodes:
    """What an action's state leaves the person in hand to do. Raises NotFound."""
    return _allowed_of_action(name, number).codes


def _allowed_of_action(name: UUID, number: int) -> AllowedOfAction:
    from projections.plans.allowed import allowed_of_action

    person = access.present().listed
    actor = "" if person is None else person.actor
    return allowed_of_action(current_store().reader, name, number, actor, on=dates.today())


def with_finding(held: FormContext, finding: str) -> FormContext:
    """The same with one of the plan's findings in mind, where the address names one."""
    named = next((row.finding for row in held.plan.findings if str(row.finding.id) == finding), None)
    return replace(held, finding=named)


def question(name: UUID, challenge: UUID) -> FormContext:
    """One question on a plan. Raises NotFound."""
    codes = _allowed_of_question(name, challenge)
    found = plan(name)
    row = next(one for one in found.plan.questions if one.id == challenge)
    return replace(found, question=row, codes=_for_the_person(row, codes))


def codes_of_question(row: QuestionRow) -> AllowedCodes:
    """What a question's state leaves the person in hand to do. Raises NotFound."""
    assert row.plan is not None
    return _for_the_person(row, _allowed_of_question(row.plan, row.id))


def _allowed_of_question(plan: UUID, question: UUID) -> AllowedCodes:
    from projections.plans.allowed import allowed_of_question

    return allowed_of_question(current_store().reader, plan, question, on=dates.today())


def _for_the_person(row: QuestionRow, codes: AllowedCodes) -> AllowedCodes:
    return codes if may_withdraw(row) else codes - {WithdrawQuestion.code}


def to_ask(name: UUID, number: str, finding: str) -> FormContext:
    """The action or finding that somebody wants to ask about, as the address names it. Raises NotFound."""
    if number.isascii() and number.isdigit() and len(number) <= 4:
        return replace(action(name, int(number)), codes=frozenset({AskQuestion.code}))
    found = with_finding(plan(name), finding)
    if found.finding is None:
        abort(404, "Choose first which action or finding to ask about, on the plan’s page.")
    return replace(found, codes=frozenset({AskQuestion.code}))


def may_withdraw(row: QuestionRow) -> bool:
    """Whether the person in hand may withdraw a question: who asked, or an approver."""
    person = access.present().listed
    return person is not None and may_take_back(person, row.authority.urn, row.asked_by)


def reports_without_plan(urn: str, *, with_planned: bool = False) -> list[tuple[UUID, str]]:
    """The reports and letters of an authority on which a plan can be opened, the newest first.

    `with_planned` also gives those that have a plan: a form that comes again names one."""
    from projections.plans.plan import plan_heads

    now = reader.now()
    planned = {head.activity for head in plan_heads(current_store().reader, urn=urn, as_at=now.as_at).heads}
    held = [entry.activity for entry in reader.timeline(urn, now).entries if can_be_planned(entry.activity)]
    free = [one for one in held if with_planned or not planned & {one.id, *one.statements}]
    return [(one.id, timeline.line_title(one)) for one in sorted(free, key=_came, reverse=True)]


def conventions(urn: str) -> Conventions:
    """What an authority calls its readings today."""
    from projections.plans.allowed import conventions

    return conventions(current_store().reader, urn, on=dates.today())


def words(name: UUID, subject: UUID) -> tuple[Wording, ...]:
    """The words of a plan that are erased together. Raises NotFound."""
    from projections.plans.allowed import words_under

    return words_under(current_store().reader, name, subject, on=dates.today())


def copies(name: UUID, subject: UUID) -> list[OtherAction]:
    """The actions of other plans that say the same words, as links: they are erased there too."""
    from projections.plans.allowed import copies_under

    found = copies_under(current_store().reader, name, subject, on=dates.today())
    return [other for one in found if (other := other_action(one, reader.now())) is not None]


def changes_since(held: FormContext, version: int) -> Sequence[StoryRow]:
    """What was told of the action in hand after a version of it."""
    assert held.action is not None
    return [row for row in held.action.story if row.version > version]


def _came(activity: Activity) -> str:
    return (activity.published or activity.public_on).isoformat()
