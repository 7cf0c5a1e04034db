"""A reasoning in words: its steps, the rules that did not apply, and what would change the answer, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from domain.rulebook.reasoning import Reasoned
from domain.rulebook.results import Expectation, Graded
from domain.rulebook.rows import ALWAYS, Confidence, Row
from domain.rulebook.rules import Rule
from domain.rulebook.steps import Input, RowUsed, Step, Unapplied, Value
from domain.rulebook.what_if.suppose import Moved
from domain.rulebook.what_if.would_change import WouldChange
from domain.values.statements import Period
from web.words import words
from web.words.summary import Expected, expected, when

TAGS: Mapping[Confidence, tuple[str, str]] = {
    Confidence.READ: ("Read", "in the text it names"),
    Confidence.MEASURED: ("Measured", "across Ofsted’s published reports"),
    Confidence.SECONDARY: ("Secondary", "from press, council papers or other secondary sources"),
    Confidence.INFERRED: ("Inferred", "no text was found that says so"),
}
"""How a rule is known: a word, and what it means."""

OURS_TAG = ("Ours", "a convention of this product, made from the rules it cites")


@dataclass(frozen=True)
class InputShown:
    name: str
    value: str
    activity: UUID | None


@dataclass(frozen=True)
class RowShown:
    """The dated row of a step: when it is in force, what it was compared with, what it says and by whom."""

    held: str
    compared: str
    numbers: tuple[InputShown, ...]
    source: str


@dataclass(frozen=True)
class StepShown:
    """`known` says how: a word for a tag and what it means; `url` is where the rule's source can be opened."""

    rule: str
    says: str
    source: str
    url: str
    known: tuple[tuple[str, str], ...]
    inferred: bool
    inputs: tuple[InputShown, ...]
    row: RowShown | None
    result: str


@dataclass(frozen=True)
class Explained:
    """One thing to expect in words, with its steps; `title` tells it from the others."""

    title: str
    expected: Expected
    steps: tuple[StepShown, ...]


@dataclass(frozen=True)
class UnappliedShown:
    rule: str
    says: str
    why: str
    inputs: tuple[InputShown, ...]


@dataclass(frozen=True)
class ChangeShown:
    """What is supposed and what would follow; `words` instead where nothing can be computed.

    What begins with `was` is the present answer; `was_pathway` and `was_next` are empty where it would stay."""

    what: str
    rules: tuple[str, ...]
    words: str
    pathway: str
    was_pathway: str
    next_name: str
    was_next: str
    window: str
    was_window: str
    window_differs: bool
    state: str
    colour: str
    comes: str
    goes: str
    moves: str
    unusual: tuple[str, ...]
    inferred: bool


def step(told: Step) -> StepShown:
    rule = told.says
    return StepShown(
        rule=rule.id,
        says=rule.text,
        source=rule.source,
        url=where_to_read(rule),
        known=(OURS_TAG,) if rule.ours else tuple(TAGS[each] for each in told.confidence),
        inferred=told.inferred,
        inputs=tuple(map(_input, told.inputs)),
        row=None if told.row is None else _row(told.row),
        result=told.result,
    )


def explained(reasoned: Reasoned) -> Explained:
    told = expected(reasoned.expectation)
    title = f"{told.name}, {told.basis}" if reasoned.expectation.basis == "priority_action" else told.name
    return Explained(title, told, tuple(map(step, reasoned.steps)))


def not_applied(told: Unapplied) -> UnappliedShown:
    return UnappliedShown(told.rule, told.says.text, told.why, tuple(map(_input, told.inputs)))


def change(told: WouldChange) -> ChangeShown:
    found = told.supposed
    after = None if found is None else found.after
    graded = None if after is None else after.expected_next.graded
    return ChangeShown(
        what=told.what,
        rules=told.rules,
        words=told.words,
        pathway=words.PATHWAYS[after.pathway] if after else "",
        was_pathway=words.PATHWAYS[found.before.pathway] if found and found.pathway_differs else "",
        next_name=words.GRADED_TYPES[graded.type] if graded else "",
        was_next=words.GRADED_TYPES[found.before.expected_next.graded.type] if found and found.type_differs else "",
        window=window(graded) if graded else "",
        was_window=window(found.before.expected_next.graded) if found else "",
        window_differs=found is not None and found.window_differs,
        state=words.window_state(after.window_status, only_called=after.only_called) if after else "",
        colour=words.WINDOW_MARKS[after.window_status] if after else "",
        comes="" if found is None else _comes(found.comes),
        goes="" if found is None else _listed(row.activity for row in found.goes),
        moves="" if found is None else _moved(found.moves),
        unusual=() if found is None else tuple(warning.text for warning in found.warnings),
        inferred=after is not None and after.inferred,
    )


def window(graded: Graded) -> str:
    """`1 January 2022 to 1 January 2023`; empty where there is none."""
    if graded.window_from is None or graded.window_to is None:
        return ""
    return words.span(graded.window_from, graded.window_to)


def text_of(value: Value) -> str:
    """A value of a step in words."""
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, Period):
        return words.period(value)
    return str(value)


def in_force(row: Row) -> str:
    """`in force from 1 March 2024 on`; both days named count."""
    if row.start == ALWAYS and row.end is None:
        return "in force throughout"
    last = None if row.end is None else words.day(date.fromordinal(row.end.toordinal() - 1))
    if row.start == ALWAYS:
        return f"in force until {last}"
    return f"in force from {words.day(row.start)} {f'to {last}' if last else 'on'}"


def _input(told: Input) -> InputShown:
    return InputShown(told.name, words.sentence(text_of(told.value)), told.activity)


def _row(used: RowUsed) -> RowShown:
    row = used.row
    return RowShown(
        held=in_force(row),
        compared=f"{used.compared}, {words.day(used.on)}" if used.on else f"{used.compared}; no day decides here",
        numbers=tuple(map(_input, used.numbers)),
        source=row.source,
    )


def _comes(rows: Iterable[Expectation]) -> str:
    """What would be expected too, and when, where that follows."""
    told = []
    for row in rows:
        dated = f", {when(row)}" if row.due_to else ""
        after = " after priority action" if row.basis == "priority_action" else ""
        told.append(f"{words.expectation(row.activity).lower()}{after}{dated}")
    return "; ".join(dict.fromkeys(told))


def _moved(moves: Iterable[Moved]) -> str:
    """What stays with other days; of the graded inspection itself the window tells."""
    return "; ".join(
        f"{words.expectation(one.after.activity).lower()} {when(one.after)}, not {when(one.before)}"
        for one in moves
        if one.after.basis != "pathway"
    )


def _listed(activities: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words.expectation(name).lower() for name in activities))


def where_to_read(rule: Rule) -> str:
    """Where a rule's source can be opened: its address, or what is said here of a paper or decision without one."""
    if rule.url is not None:
        return rule.url
    return url_for("about.rulebook") if rule.ours else f"{url_for('about.sources')}#papers"
