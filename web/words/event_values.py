"""The values of events in words, and what one event replaced where it says so itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from typing import Any

from domain import facts
from domain.register.register import name_of
from domain.values.activities import Activity
from domain.values.judgements import Judgements
from domain.values.plans import Figure
from domain.values.statements import Kind, Stated
from domain.values.words import listed, on_site_in_words
from web.words import other_inspections, words

NOTHING = "nothing"
"""What stands for a value that was not there before."""


def change(fact: Any, previous: Any = None, about: Sequence[Activity] = ()) -> tuple[str, str] | None:
    """What was, and what is now: from the fact itself, from the one that it replaces, or from the entry that it is
    about. None where nothing was replaced."""
    if hasattr(fact, "was") and hasattr(fact, "now") and not isinstance(fact, facts.SigningKeyReplaced):
        return value(fact.was), value(fact.now)
    if isinstance(fact, facts.ActionProgressReported) and previous is not None:
        return _progress(previous), _progress(fact)
    if isinstance(fact, facts.ActionImpactRated) and previous is not None:
        return value(previous.impact), value(fact.impact)
    if isinstance(fact, facts.ActionMeasureSet) and previous is not None:
        return _measure(previous), _measure(fact)
    if isinstance(fact, facts.DisagreementSettled) and about:
        return _settled(fact.said, about[0])
    return None


def ruled(said: Stated, held: Activity) -> list[tuple[str, str, str]]:
    """Each value that was settled: its label, the value from then on, and the one that was held."""
    found = [(words.AREAS[area], value(grade), value(held.grades.get(area))) for area, grade in said.grades]
    others = [(name, of) for name, of in said.stated.items() if name != "grades"]
    return found + [(words.field(name), value(of), value(getattr(held, name, None))) for name, of in others]


def _settled(said: Stated, held: Activity) -> tuple[str, str] | None:
    changed = [(label, now, was) for label, now, was in ruled(said, held) if now != was]
    if not changed:
        return None
    if len(changed) == 1:
        ((_, now, was),) = changed
        return was, now
    return "; ".join(f"{label} {was}" for label, _, was in changed), "; ".join(
        f"{label} {now}" for label, now, _ in changed
    )


def value(of: Any) -> str:
    """A value of a fact in words: a day, a grade, a figure, a list."""
    if of is None or of in ((), ""):
        return NOTHING
    if isinstance(of, date):
        return words.day(of)
    if isinstance(of, Enum):
        return words.plain(str(of.value)).lower()
    if isinstance(of, Figure):
        return of.text
    if isinstance(of, Judgements):
        return "; ".join(f"{words.AREAS[area]} {words.GRADES[grade].lower()}" for area, grade in of)
    if isinstance(of, bool):
        return "yes" if of else "no"
    if isinstance(of, tuple):
        return "; ".join(map(value, of))
    return str(getattr(of, "text", of))


def _progress(fact: facts.ActionProgressReported) -> str:
    return ", ".join(map(value, filter(None, (fact.progress, fact.track, fact.now))))


def _measure(fact: facts.ActionMeasureSet) -> str:
    return f"from {value(fact.baseline)} to {value(fact.target)}{f' {fact.unit}' if fact.unit else ''}"


def names(urns: Iterable[str]) -> str:
    """Authorities by their names, from their numbers."""
    return listed([name_of(urn) for urn in urns])


def on_day(day: date | None, period: Any = None) -> str:
    """` on 7 May 2024`, ` in May 2024`, or nothing where neither is known."""
    return f" on {words.day(day)}" if day is not None else f" in {words.period(period)}" if period else ""


def days(first: date, last: date | None) -> str:
    """`from 7 to 8 May 2024`, or from the first day where no last is known."""
    return f"from {words.span(first, last)}" if last else f"from {words.day(first)}"


def stated(of: Stated) -> str:
    """What a source says of an activity, in one line."""
    parts = [words.small(words.KINDS[of.kind]) if of.kind is not Kind.JTAI else words.KINDS[of.kind]]
    if of.start or of.end:
        parts.append(on_site_in_words(of.start, of.end, of.periods))
    elif of.on or of.period:
        parts.append(words.day(of.on) if of.on else words.period(of.period))  # type: ignore[arg-type]
    if of.published:
        parts.append(f"published {words.day(of.published)}")
    if of.grades:
        parts.append(value(of.grades))
    parts += [text for text in (of.title, of.inspectorate and f"by {of.inspectorate}") if text and of.kind.by_others]
    if of.outcome is not None:
        parts.append(f"outcome {other_inspections.outcome(of.outcome)}")
    if of.ratings:
        parts.append("; ".join(map(other_inspections.in_words, of.ratings)))
    if of.not_judged:
        parts.append(f"not judged: {listed([words.small(words.AREAS[area]) for area in of.not_judged])}")
    for field in ("focus", "theme"):
        if getattr(of, field):
            parts.append(f"on {getattr(of, field)}")
    for texts, called in ((of.improvements, "to improve"), (of.priority_actions, "for priority action")):
        if texts:
            parts.append(f"{len(texts)} {called}")
    return "; ".join(parts)


def ended(text: str) -> str:
    """The text with a full stop, unless it ends like a sentence."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
