"""Grades as letters, and what comes next in few words: for tables of many authorities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.frameworks import GRADES, Area, Grade
from domain.rulebook.results import GradedType
from domain.values.activities import Activity
from web.words import words

SHORT_TYPES: Mapping[GradedType | None, str] = {
    GradedType.SHORT: "Short",
    GradedType.STANDARD: "Standard",
    GradedType.POST_MONITORING: "Post-monitoring",
    None: "Graded",
}


@dataclass(frozen=True)
class LetterShown:
    """A grade as a letter with its words; where there is none, why."""

    letter: str
    words: str
    tone: str


def letter(grade: Grade | None, area: Area | None, governing: Activity | None) -> LetterShown:
    if grade is not None:
        return LetterShown(GRADES[grade].letter, words.GRADES[grade], words.GRADE_TONES[grade])
    if governing is None:
        return LetterShown("–", "No graded report held", words.NO_TONE)
    why = governing.judged.why_absent(area) if area is not None else ""
    return LetterShown("–", why or "Not known", words.NO_TONE)


def overall_letter(governing: Activity | None) -> LetterShown:
    """The overall grade of a report; where it gave none, that."""
    if governing is not None and governing.judged.overall is None:
        return LetterShown("–", "No overall grade", words.NO_TONE)
    grade = governing.overall if governing is not None else None
    return letter(grade, governing.judged.overall if governing is not None else None, governing)


def short_month(day: date) -> str:
    """`Jan 27`."""
    return words.month(day)[:-4] + f"{day:%y}"


def very_short_day(day: date) -> str:
    """`5 Jan 27`."""
    return f"{day.day} {short_month(day)}"
