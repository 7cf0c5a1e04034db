"""What differs between two answers about one action plan, action by action and question by question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.authorities.comparing import Sort, Why
from domain.plans.replaced import Replaced
from domain.values.errors import NotFound
from domain.values.plans import QuestionState
from projections.engine.reader import Reader
from projections.outlook.comparing import ComparedMoment
from projections.plans.answers import ActionRow, PlanAnswer, QuestionRow, Wording
from projections.plans.plan import plan_of

OF_AN_ACTION = (
    "reading",
    "progress",
    "track",
    "what",
    "owner",
    "due_on",
    "impact",
    "measure",
    "unit",
    "baseline",
    "target",
    "now",
    "evidence",
    "narrative",
    "findings",
)
OF_A_QUESTION = ("state", "question", "answer_by", "answer", "why")


@dataclass(frozen=True)
class PlanChange:
    """One value that differs, as the answers have it; None where it was not stated."""

    field: str
    was: Any
    now: Any


@dataclass(frozen=True)
class PlanDifference:
    """One action or question that differs. `news`: something happened to it after the earlier day."""

    sort: Sort
    was: ActionRow | QuestionRow | None
    now: ActionRow | QuestionRow | None
    why: Why
    changes: tuple[PlanChange, ...] = ()

    @property
    def row(self) -> ActionRow | QuestionRow:
        """As it is now, or as it last was."""
        found = self.now or self.was
        assert found is not None
        return found


@dataclass(frozen=True)
class ReportReplaced:
    """The newer report that took the place of the plan's; or, as of a moment when less was known, no longer did."""

    sort: Sort
    by: Replaced
    why: Why


@dataclass(frozen=True)
class PlanComparison:
    """Actions by number, then questions by day; how many of both do not differ. Neither is ever lost, so that only an
    answer about a moment when fewer were known can have `GONE` ones. `report` is that the plan's report was replaced
    between the two, None where it was not."""

    actions: tuple[PlanDifference, ...]
    questions: tuple[PlanDifference, ...]
    unchanged: int
    report: ReportReplaced | None = None

    @property
    def count(self) -> int:
        """How many differences there are."""
        return len(self.actions) + len(self.questions) + (self.report is not None)


@dataclass(frozen=True)
class PlanComparisonAnswer:
    """`before` is None where the plan was not open yet, or not known."""

    before: PlanAnswer | None
    after: PlanAnswer
    comparison: PlanComparison


def plan_comparison_of(
    reader: Reader, plan: UUID, *, since: ComparedMoment, until: ComparedMoment
) -> PlanComparisonAnswer:
    """One plan at two moments. Raises NotFound where there is no such plan, or none yet at the later one."""
    after = plan_of(reader, plan, as_at=until.as_at, known_at=until.known_at)
    try:
        before = plan_of(reader, plan, as_at=since.as_at, known_at=since.known_at)
    except NotFound:
        before = None
    return PlanComparisonAnswer(before, after, compare_plans(before, after, since=since.as_at))


def compare_plans(before: PlanAnswer | None, after: PlanAnswer, *, since: date) -> PlanComparison:
    """What differs; what changed of an action after `since` is news, the rest was only learned."""
    actions = _differences(before.actions if before else (), after.actions, lambda row: row.number, OF_AN_ACTION, since)
    questions = _differences(
        before.questions if before else (), after.questions, lambda row: row.id, OF_A_QUESTION, since
    )
    same = len(after.actions) + len(after.questions) - sum(one.now is not None for one in (*actions, *questions))
    return PlanComparison(
        tuple(sorted(actions, key=lambda one: getattr(one.row, "number", 0))),
        tuple(
            sorted(questions, key=lambda one: (getattr(one.row, "asked_on", since), str(getattr(one.row, "id", ""))))
        ),
        same,
        _report(before, after, since),
    )


def _report(before: PlanAnswer | None, after: PlanAnswer, since: date) -> ReportReplaced | None:
    was, now = before.head.replaced if before else None, after.head.replaced
    if was == now:
        return None
    if now is None:
        assert was is not None
        return ReportReplaced(Sort.GONE, was, Why.LEARNED)
    why = Why.NEWS if now.on > since else Why.LEARNED
    return ReportReplaced(Sort.CHANGED if was else Sort.ADDED, now, why)


def _differences(
    before: Iterable[Any], after: Iterable[Any], name: Callable[[Any], Any], fields: Iterable[str], since: date
) -> list[PlanDifference]:
    known: Mapping[Any, Any] = {name(row): row for row in before}
    found = []
    for now in after:
        was = known.get(name(now))
        changes = () if was is None else tuple(_changes(was, now, fields))
        if was is None or changes:
            why = Why.NEWS if _last_moved(now) > since else Why.LEARNED
            found.append(PlanDifference(Sort.CHANGED if changes else Sort.ADDED, was, now, why, changes))
    still = {name(now) for now in after}
    gone = [PlanDifference(Sort.GONE, was, None, Why.LEARNED) for key, was in known.items() if key not in still]
    return found + gone


def _changes(was: Any, now: Any, fields: Iterable[str]) -> Iterable[PlanChange]:
    for field in fields:
        before, after = getattr(was, field), getattr(now, field)
        if _told(before) != _told(after):
            yield PlanChange(field, before, after)


def _told(value: Any) -> Any:
    """What of a value is compared: of words their text, whichever fact they stand in."""
    return (value.text, value.erased) if isinstance(value, Wording) else value


def _last_moved(row: ActionRow | QuestionRow) -> date:
    """The last day on which something happened to it; that it fell overdue is of the day after its last day."""
    if isinstance(row, ActionRow):
        return max(row.changed_on, row.since)
    if row.state is QuestionState.OVERDUE:
        return row.answer_by + timedelta(days=1)
    return row.withdrawn_on or row.answered_on or row.asked_on
