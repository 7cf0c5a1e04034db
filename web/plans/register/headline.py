"""How far a plan is, in two sentences and a bar: what is done, what is reported, what is late or in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.values.plans import DONE, Reading
from domain.values.words import is_or_are, listed
from projections.plans.answers import ActionRow, PlanAnswer
from web.charts.stacked_bar import NARROW, CountOf, StackedBar, stacked_bar
from web.plans.register.narrowing import AWAITED
from web.words import words

TITLE = "Actions by state"

KINDS: Sequence[tuple[str, str, tuple[Reading, ...]]] = (
    ("complete", "complete", DONE),
    ("awaited", "evidence awaited", (Reading.EVIDENCE_AWAITED,)),
    ("awaited", "acceptance awaited", (Reading.ACCEPTANCE_AWAITED,)),
    ("on-track", "on track", (Reading.ON_TRACK,)),
    ("on-track", "in progress", (Reading.IN_PROGRESS,)),
    ("at-risk", "at risk", (Reading.AT_RISK,)),
    ("late", "off track", (Reading.OFF_TRACK,)),
    ("late", "overdue", (Reading.OVERDUE,)),
    ("not-started", "not started", (Reading.NOT_STARTED,)),
)
"""The pieces of the bar in their order: the class of the colour, the words after the number, and the readings."""

PILLS = {"off track": "off-track", "overdue": "overdue"}
"""The class of a pill in the key, where it is another than that of the piece."""


@dataclass(frozen=True)
class Headline:
    """`first` is said boldly, `rest` after it. `key` has the class and the words of each piece of the bars."""

    first: str
    rest: str
    bars: tuple[StackedBar, ...]
    key: tuple[tuple[str, str], ...]


def headline(answer: PlanAnswer) -> Headline:
    """What the page of a plan says first."""
    rows = [row for row in answer.actions if row.counts]
    found = Counter(row.reading for row in rows)
    counts = [CountOf(tone, said, sum(found[one] for one in readings)) for tone, said, readings in KINDS]
    bars = (stacked_bar(TITLE, counts), stacked_bar(TITLE, counts, NARROW))
    return Headline(
        first=_first(rows, found),
        rest=_rest(answer, rows, found),
        bars=tuple(bar for bar in bars if bar),
        key=tuple((PILLS.get(one.words, one.tone), f"{one.number} {one.words}") for one in counts if one.number),
    )


def _first(rows: Sequence[ActionRow], found: Counter[Reading]) -> str:
    if not rows:
        return "The plan has no action yet"
    done = sum(found[one] for one in DONE)
    if len(rows) == 1:
        return f"The one action is {'' if done else 'not '}complete with evidence accepted"
    return (
        f"{done or 'None'} of {words.count(len(rows), 'action')} {is_or_are(done or 1)} complete with evidence accepted"
    )


def _of_them(some: int, of: int) -> str:
    if some < of:
        return f"{some} of them"
    return {1: "and is", 2: "both"}.get(of, "all")


def _rest(answer: PlanAnswer, rows: Sequence[ActionRow], found: Counter[Reading]) -> str:
    """From `; 2 more are reported complete.` on; it follows the first words at once."""
    awaited = sum(found[one] for one in AWAITED)
    done = any(found[one] for one in DONE)
    past = sum(bool(row.days_overdue) for row in rows if row.reading in AWAITED)
    said = f"; {awaited}{' more' if done else ''} {is_or_are(awaited)} reported complete" if awaited else ""
    said += f", {_of_them(past, awaited)} past {'its' if past == 1 else 'their'} day." if past else "."
    late = [
        (found[Reading.OVERDUE], "overdue"),
        (found[Reading.OFF_TRACK], "off track"),
        (found[Reading.AT_RISK], "at risk"),
        (sum(row.undated for row in rows), "without a date"),
        (sum(row.is_open and not row.owner for row in rows), "without an owner"),
    ]
    if troubled := [(number, what) for number, what in late if number]:
        (number, what), *more = troubled
        parts = [f"{number} {is_or_are(number)} {what}", *(f"{number} {what}" for number, what in more)]
        said += f" {listed(parts)}."
    if answer.gaps:
        said += f" {words.count(len(answer.gaps), 'finding')} {'has' if len(answer.gaps) == 1 else 'have'} no action."
    elif answer.findings and rows:
        said += " Every finding has an action."
    if overdue := answer.head.counts.questions_overdue:
        said += f" {words.count(overdue, 'question')} {'waits' if overdue == 1 else 'wait'} too long for an answer."
    return said
