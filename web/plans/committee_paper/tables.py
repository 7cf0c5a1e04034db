"""The tables of the committee paper: actions, findings, what moved, and members' questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.rulebook.results import Expectation
from domain.values.activities import Activity
from domain.values.plans import Figure
from domain.values.words import capital, listed, number_in_words
from projections.engine.answers import EarlierFinding
from projections.plans.answers import ActionRow, MovedRow, PlanAnswer, PlanFindingRow, QuestionRow
from projections.plans.rows import waiting_first
from web.formats.blocks import Cell, Grid
from web.plans import states
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

RaisedBefore = Mapping[UUID, Sequence[EarlierFinding]]
"""What was found before that is, or may be, about the same matter, by a finding's id."""

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


def actions(answer: PlanAnswer, *, caption: str) -> Grid:
    """Everything known of every action, a row each; findings by their number in the plan."""
    numbers = finding_numbers(answer)
    return Grid(
        "actions",
        caption,
        ("No.", "Action", "Findings", *list(ACTION_COLUMNS)[2:]),
        tuple(_with_findings(row, numbers) for row in answer.actions),
    )


def register(answer: PlanAnswer, rows: Iterable[ActionRow], *, caption: str) -> Grid:
    """Actions on one sheet: eight columns in a workbook, six of them in the appendix of a paper."""
    numbers = finding_numbers(answer)
    return Grid(
        "register",
        caption,
        ("No.", "Action", "Owner", "Due", "State", "Finding", "Measure", "Evidence"),
        tuple(
            (
                row.number,
                shown(row.what),
                row.owner,
                due(row),
                states.state_of(row),
                in_numbers(row.findings, numbers),
                measured(row),
                row.evidence or None,
            )
            for row in rows
        ),
        ("No.", "Action", "Owner", "Due", "State", "Finding"),
        (1.1, 5.6, 3.6, 2.3, 2.7, 1.7),
        headed=True,
    )


def attention(rows: Iterable[ActionRow], *, caption: str) -> Grid:
    """What a panel should see first."""
    return Grid(
        "exceptions",
        caption,
        ("No.", "Action", "Owner", "Due", "State", "Measure"),
        tuple(
            (row.number, shown(row.what), row.owner, due(row), states.state_of(row), measured(row) or None)
            for row in rows
        ),
        widths=(1.1, 5.2, 3.3, 2.6, 2.7, 2.1),
        headed=True,
    )


def due(row: ActionRow) -> str:
    """`31 Oct 2026 (moved 2×)`."""
    moved = f" (moved {row.moves}×)" if row.moves else ""
    return f"{words.short_day(row.due_on) if row.due_on else 'No date yet'}{moved}"


def measured(row: ActionRow) -> str:
    """`69%, target 95%`: the figure told last, and the one to reach; nothing where neither was told."""
    figures = (("", row.now), ("target ", row.target))
    return ", ".join(f"{called}{plan_words.figure(one.text, row.unit)}" for called, one in figures if one is not None)


def _with_findings(row: ActionRow, numbers: Mapping[UUID, int]) -> tuple[Cell, ...]:
    number, what, *rest = (column(row) for column in ACTION_COLUMNS.values())
    return (number, what, in_numbers(row.findings, numbers), *rest)


def finding_numbers(answer: PlanAnswer) -> dict[UUID, int]:
    """The plan's findings numbered in the report's order, from 1."""
    return {row.finding.id: number for number, row in enumerate(answer.findings, 1)}


def in_numbers(findings: Iterable[UUID], numbers: Mapping[UUID, int]) -> str:
    """`1; 3`."""
    return "; ".join(str(number) for number in sorted(numbers[name] for name in findings if name in numbers))


def findings(answer: PlanAnswer, raised: RaisedBefore | None = None, *, caption: str) -> Grid:
    """Findings in the report's order, with the actions that answer each. `raised` says when the like was found before;
    without it the column that tells so is left out."""
    by_number = {row.number: row for row in answer.actions}

    def row(number: int, one: PlanFindingRow) -> tuple[Cell, ...]:
        kind = "For priority action" if one.finding.priority else "To improve"
        before = () if raised is None else (raised_words(raised.get(one.finding.id, ())) or None,)
        answered = ", ".join(states.signed(by_number[name]) for name in one.actions if name in by_number)
        return (number, one.finding.text, kind, *before, answered or "None yet")

    before, wide = ((), 12.2) if raised is None else (("Raised before?",), 9.4)
    return Grid(
        "findings",
        caption,
        ("No.", "Finding", "Kind", *before, "Actions"),
        tuple(row(number, one) for number, one in enumerate(answer.findings, 1)),
        ("No.", "Finding", *before, "Actions"),
        (1.1, wide, *(2.8 for _ in before), 3.7),
        headed=True,
    )


def raised_words(earlier: Sequence[EarlierFinding]) -> str:
    """`Yes, 2020` where an officer said so, `Perhaps, 2020` where only the words are alike."""
    for sure, told in ((True, "Yes"), (None, "Perhaps")):
        years = sorted({one.finding.found_on.year for one in earlier if one.same is sure})
        if years:
            return f"{told}, {listed([str(year) for year in years])}"
    return ""


def moved(answer: PlanAnswer, *, caption: str) -> Grid:
    """What changed after the day chosen, action by action."""

    def row(one: MovedRow) -> tuple[Cell, ...]:
        was = states.named(one.was).lower() if one.was else ("new" if one.now else None)
        others = words.sentence("; ".join(one.others))
        return (one.number, shown(one.what), was, states.pill(one.now) if one.now else None, one.since, others or None)

    return Grid(
        "moved",
        caption,
        ("No.", "Action", "Was", "Now", "Since", "Other changes"),
        tuple(map(row, answer.moved)),
        widths=(1.1, 5.2, 2.4, 2.7, 2.1, 3.5),
        headed=True,
    )


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
            states.question_state(one),
            shown(said) if said else None,
            one.answered_on or one.withdrawn_on,
        )

    return Grid(
        "questions",
        caption,
        ("No.", "About", "Question", "Asked on", "Asked", "Answer due", "State", "Answer", "Answered on"),
        tuple(row(number, one) for number, one in enumerate(waiting_first((*answer.questions, *on_no_plan)), 1)),
        ("No.", "About", "Question", "Asked on", "State", "Answer"),
        (1.0, 2.3, 5.0, 2.0, 2.7, 4.0),
        headed=True,
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
        widths=(3.2, 2.2, 2.8, 2.0, 3.8, 3.0),
        headed=True,
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
        widths=(3.0, 2.6, 6.2, 5.2),
        headed=True,
    )


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
