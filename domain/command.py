"""What every command is: a frozen record. Its words are checked and sealed by whoever carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints
from uuid import UUID

from domain.facts import Told
from domain.values.days import london_day
from domain.values.errors import RuleBroken
from domain.values.sealed import LONGEST_LINE, Sealed, as_line, as_link, as_words
from domain.values.words import in_words


@dataclass(frozen=True)
class Text:
    """How a field that holds words is checked before it is sealed; `called` stands in the refusal."""

    called: str
    check: Callable[[str, str], str] = as_words


WhatToDo = Annotated[str, Text("what is to be done", as_line)]
Reason = Annotated[str, Text("the reason")]
Question = Annotated[str, Text("the question")]
Answer = Annotated[str, Text("the answer")]
Narrative = Annotated[str, Text("what is new")]
Measure = Annotated[str, Text("what is measured", lambda text, called: as_line(text, called, most=LONGEST_LINE))]
Title = Annotated[str, Text("what the evidence is", as_line)]
Reference = Annotated[str, Text("the reference", as_line)]
Link = Annotated[str, Text("the link", lambda text, _: as_link(text))]


@cache
def texts_of(command: Any) -> Mapping[str, Text]:
    """The fields of a command that hold words, in order."""
    hints = get_type_hints(command, include_extras=True)
    found = {}
    for name, hint in hints.items():
        for part in (hint, *get_args(hint)):
            for mark in getattr(part, "__metadata__", ()):
                if isinstance(mark, Text):
                    found[name] = mark
    return found


@dataclass(frozen=True)
class Act:
    """A command in hand: who sends it, and its words sealed, by the name of the field."""

    by: Told
    sealed: Mapping[str, Sealed | None]

    def words(self, name: str) -> Sealed:
        """Words that every such command brings."""
        found = self.sealed[name]
        assert found is not None
        return found

    def words_if_any(self, name: str) -> Sealed | None:
        return self.sealed[name]

    def must_lie(self, on: date, since: date, what: str) -> None:
        """Raises RuleBroken where a day lies in the future, or before `since`, the day of `what`."""
        refuse([in_the_future(on, london_day(self.by.at)), too_early(on, since, what)])


def in_the_future(on: date, today: date) -> str | None:
    return f"{in_words(on)} lies in the future. Enter the day of which this is true." if on > today else None


def too_early(on: date, since: date, what: str) -> str | None:
    """`what` happened on `since`."""
    return f"{what} on {in_words(since)}; enter that day or a later one." if on < since else None


def refuse(refusals: Any) -> None:
    """Raises RuleBroken with the first refusal there is."""
    for refusal in refusals:
        if refusal is not None:
            raise RuleBroken(refusal)


def give_no_reason_beside(by: Told, where: str) -> None:
    """Raises RuleBroken where a reason comes with a command whose reasons are words of its own."""
    if by.reason is not None:
        raise RuleBroken(f"Reasons {where} are kept as words that can be erased; give none beside them.")


def words_to_erase(subjects: Iterable[UUID], held: set[UUID], erased: Iterable[UUID], *, of: str) -> tuple[UUID, ...]:
    """The words to erase, each once. Raises RuleBroken where they are not held, or are erased already."""
    wanted = tuple(dict.fromkeys(subjects))
    if not wanted or not held.issuperset(wanted):
        raise RuleBroken(f"Those words are not of this {of}.")
    if set(erased) & set(wanted):
        raise RuleBroken("Those words were erased already.")
    return wanted


def give_a_reason_for_erasing(by: Told) -> None:
    """Raises RuleBroken where none is given."""
    if not (by.reason or "").strip():
        raise RuleBroken("Give the reason for erasing, without the words themselves: it stands in their place.")
