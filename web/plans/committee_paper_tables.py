"""The tables of the committee paper: actions, findings, what moved, and members' questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.rulebook.results import Expectation
from domain.values.activities import Activity
from domain.values.plans import Figure, QuestionState
from domain.values.words import capital, number_in_words
from projections.plans.answers import ActionRow, PlanAnswer, PlanFindingRow, QuestionRow
from projections.plans.rows import waiting_first
from web.formats.blocks import Cell, Grid
from web.site.people_names import shown
from web.words import other_inspections as found
from web.words import plans as plan_words
from web.words import summary, words
from web.words.elements import ElementsShown


@dataclass(frozen=True)
class OthersHeld:
    """Inspections of an authority by others as seen at a moment, and what they lead one to expect."""

    held: Sequence[Activity] = ()
    expected: Sequence[Expectation] = ()


NO_OTHERS = OthersHeld()

OTHERS, SYSTEM = "others", "system"
"""The keys of the tables that are not there of every authority."""

EXAMPLE = "Example, made up for a demonstration"

ACTION_COLUMNS: Mapping[str, Callable[[ActionRow], Cell]] = {
    "No.": lambda row: row.number,
    "Action": lambda row: shown(row.what),
    "Owner": lambda row: row.owner,
    "Due": lambda row: row.due_on,
    "Status": lambda row: row.label.words,
    "Days overdue": lambda row: row.days_overdue or None,
    "Status since": lambda row: row.since,
    "Status before": lambda row: words.plain(row.previous.value) if row.previous else None,
    "First due": lambda row: row.first_due_on,
    "Due date moved, times": lambda row: row.moves,
    "Days past when last moved": lambda row: row.days_past_when_moved or None,
    "Due date moved": lambda row: move_of(row),
    "Progress": lambda row: words.plain(row.progress.value),
    "Confidence": lambda row: words.plain(row.track.value) if row.track else None,
    "Impact": lambda row: words.plain(row.impact.value),
    "Measure": lambda row: shown(row.measure) if row.measure else None,
    "Unit": lambda row: row.unit,
    "Baseline": lambda row: number_of(row.baseline),
    "Target": lambda row: number_of(row.target),
    "Now": lambda row: number_of(row.now),
    "Reached, %": lambda row: row.reached,
    "Evidence, pieces": lambda row: row.evidence,
    "Latest": lambda row: shown(row.narrative) if row.narrative else None,
    "Last changed": lambda row: row.changed_on,
    "Example": lambda row: EXAMPLE if row.example else None,
}

IN_SHORT = ("No.", "Action", "Findings", "Owner", "Due", "Status")
WITH_LATEST = ("No.", "Action", "Owner", "Due", "Status", "Status since", "Due date moved", "Latest")


def actions(
    answer: PlanAnswer, rows: Iterable[ActionRow], *, key: str, caption: str, paper: tuple[str, ...] = IN_SHORT
) -> Grid:
    """Actions, a row each; findings by their number in the plan."""
    numbers = finding_numbers(answer)
    return Grid(
        key,
        caption,
        ("No.", "Action", "Findings", *list(ACTION_COLUMNS)[2:]),
        tuple(_with_findings(row, numbers) for row in rows),
        paper,
    )


def _with_findings(row: ActionRow, numbers: Mapping[UUID, int]) -> tuple[Cell, ...]:
    number, what, *rest = (column(row) for column in ACTION_COLUMNS.values())
    return (number, what, in_numbers(row.findings, numbers), *rest)


def finding_numbers(answer: PlanAnswer) -> dict[UUID, int]:
    """The plan's findings numbered in the report's order, from 1."""
    return {row.finding.id: number for number, row in enumerate(answer.findings, 1)}


def in_numbers(findings: Iterable[UUID], numbers: Mapping[UUID, int]) -> str:
    """`1; 3`."""
    return "; ".join(str(number) for number in sorted(numbers[name] for name in findings if name in numbers))


def findings(answer: PlanAnswer, *, caption: str) -> Grid:
    """Findings in the report's order, with the actions that answer each."""

    def row(number: int, one: PlanFindingRow) -> tuple[Cell, ...]:
        kind = "For priority action" if one.finding.priority else "To improve"
        answered = ", ".join(map(str, one.actions)) or "None yet"
        return (number, one.finding.text, kind, answered)

    rows = tuple(row(number, one) for number, one in enumerate(answer.findings, 1))
    return Grid("findings", caption, ("No.", "Finding", "Kind", "Actions that answer it"), rows)


def moved(answer: PlanAnswer, *, caption: str) -> Grid:
    """What changed after the day chosen, action by action."""
    rows = tuple((row.number, shown(row.what), words.sentence("; ".join(row.changes))) for row in answer.moved)
    return Grid("moved", caption, ("No.", "Action", "What moved"), rows)


def questions(answer: PlanAnswer, on_no_plan: Sequence[QuestionRow], *, caption: str, by: Callable[[str], str]) -> Grid:
    """Members' questions on the plan, and those on no plan of its authority, unanswered ones first. `by` says who
    somebody is, in words."""
    numbers = finding_numbers(answer)

    def row(number: int, one: QuestionRow) -> tuple[Cell, ...]:
        if one.plan is None:
            about = capital(plan_words.about(one))
        else:
            about = f"Action {one.action}" if one.finding is None else f"Finding {numbers.get(one.finding.id, '')}"
        said = one.answer or one.why
        return (
            number,
            about.strip(),
            shown(one.question),
            one.asked_on,
            by(one.asked_by),
            one.answer_by,
            state(one),
            shown(said) if said else None,
            one.answered_on or one.withdrawn_on,
        )

    return Grid(
        "questions",
        caption,
        ("No.", "About", "Question", "Asked on", "Asked", "Answer due", "State", "Answer", "Answered on"),
        tuple(row(number, one) for number, one in enumerate(waiting_first((*answer.questions, *on_no_plan)), 1)),
        ("No.", "About", "Question", "Asked on", "State", "Answer"),
    )


def other_inspections(others: OthersHeld, *, caption: str) -> Grid:
    """Inspections by others, the newest first, each with what it found and what follows, so far as is known."""

    def row(one: Activity) -> tuple[Cell, ...]:
        follows = [
            f"{words.expectation(expected.activity)} {summary.when(expected)}"
            for expected in others.expected
            if expected.about == one.id
        ]
        return (
            words.title(one),
            one.inspectorate,
            words.happened(one) if words.dated(one) else None,
            one.published,
            words.sentence(found.found(one)) or None,
            "; ".join(follows) or None,
        )

    newest = sorted(others.held, key=lambda one: one.true_on, reverse=True)
    return Grid(
        OTHERS,
        caption,
        ("Inspection", "Inspectorate", "On site", "Published", "Found", "What follows"),
        tuple(map(row, newest)),
    )


def five_elements(found: ElementsShown, *, caption: str) -> Grid:
    """The five elements of the system: each with its state, what was done and is left, and what is not known."""
    return Grid(
        SYSTEM,
        caption,
        ("Element", "State", "Done and left", "Not known"),
        tuple(
            (one.name, one.state, f"{words.sentence(one.line)}.", " ".join(one.not_known) or "Nothing")
            for one in found.elements
        ),
    )


def state(row: QuestionRow) -> str:
    """`Overdue by 3 days`, `Answered after 8 days`."""
    if row.state is QuestionState.OVERDUE:
        return f"Overdue by {number_in_words(row.days_overdue, 'day')}"
    if row.state is QuestionState.ANSWERED:
        return f"Answered after {number_in_words(row.days, 'day')}"
    return words.plain(row.state.value)


def move_of(row: ActionRow) -> str | None:
    """`2 times, the last time 92 days after it had passed`; None where the due date was never moved."""
    if not row.moves:
        return None
    moved, last = ("once", "") if row.moves == 1 else (f"{row.moves} times", "the last time ")
    late = row.days_past_when_moved
    return f"{moved}, {last}{number_in_words(late, 'day')} after it had passed" if late else moved


def number_of(figure: Figure | None) -> Decimal | None:
    """A figure of a measure as a number."""
    return None if figure is None else figure.number
