"""What reports name of the children's social care national framework: outcomes, enablers and principles (R-009).

Since April 2024 a report names them with each area for improvement, mostly by number and in its own text: “(outcome
3, national framework)”, “(Enabler two)”, “[Outcome 4, national framework]”, seldom by name. Names are those of the
Department for Education’s children’s social care national framework of December 2023."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class FrameworkList(Enum):
    """Which list of the framework."""

    OUTCOME = "outcome"
    ENABLER = "enabler"
    PRINCIPLE = "principle"


@dataclass(frozen=True)
class Reference:
    """One entry of one list; `number` counts from 1, as printed."""

    part: FrameworkList
    number: int

    @property
    def code(self) -> str:
        """`outcome-3`, as an address asks for it."""
        return f"{self.part.value}-{self.number}"

    @property
    def order(self) -> tuple[int, int]:
        return (list(FrameworkList).index(self.part), self.number)


NAMES: Mapping[Reference, str] = {
    Reference(FrameworkList.OUTCOME, 1): "children, young people and families stay together and get the help they need",
    Reference(FrameworkList.OUTCOME, 2): "children and young people are supported by their family network",
    Reference(FrameworkList.OUTCOME, 3): "children and young people are safe in and outside of their homes",
    Reference(FrameworkList.OUTCOME, 4): "children in care and care leavers have stable, loving homes",
    Reference(FrameworkList.ENABLER, 1): "multi-agency working is prioritised and effective",
    Reference(FrameworkList.ENABLER, 2): "leaders drive conditions for effective practice",
    Reference(FrameworkList.ENABLER, 3): "the workforce is equipped and effective",
}
"""Those by which documents name them; principles are named by number only."""

OUTCOMES = tuple(one.number for one in NAMES if one.part is FrameworkList.OUTCOME)
"""The numbers of the outcomes, in order."""

_MOST = 9
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ONE = rf"(?:[1-9]|{'|'.join(_NUMBERS)})\b"
_NUMBERED = re.compile(
    rf"\b(outcome|enabler|principle)s?\s+({_ONE}(?:\s*(?:,\s*and\b|,|\band\b|&)\s*{_ONE})*)", re.IGNORECASE
)
_NAMED = re.compile(r"\b(outcome|enabler)\s*:\s*(.+)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]?")
_FRAMEWORK = re.compile(r"national\s+(?:social\s+care\s+)?framework", re.IGNORECASE)


def named_with(text: str, outcomes: Iterable[int] = ()) -> tuple[Reference, ...]:
    """What an item of a report names of the framework, each once, in order; `outcomes` are those a reader found.

    A number counts in brackets, or in a sentence that says “national framework”: “better outcomes” name nothing."""
    found = {Reference(FrameworkList.OUTCOME, number) for number in outcomes if 1 <= number <= _MOST}
    for piece in (*_BRACKETS.findall(text), *(one for one in text.split(". ") if _FRAMEWORK.search(one))):
        for part, numbers in _NUMBERED.findall(piece):
            of = FrameworkList(part.lower())
            found |= {Reference(of, _number(number)) for number in re.findall(_ONE, numbers.lower())}
        for part, words in _NAMED.findall(piece):
            said = " ".join(words.lower().split())
            found |= {one for one, name in NAMES.items() if one.part.value == part.lower() and said.startswith(name)}
    return tuple(sorted(found, key=lambda one: one.order))


def outcomes_named(text: str) -> tuple[int, ...]:
    """The numbers of the outcomes that an item names, each once, in order."""
    return tuple(one.number for one in named_with(text) if one.part is FrameworkList.OUTCOME and one in NAMES)


def without_references(text: str) -> str:
    """The item without what stands in brackets to name the framework."""
    return _BRACKETS.sub(lambda match: "" if named_with(match.group()) else match.group(), text).strip()


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text) + 1
