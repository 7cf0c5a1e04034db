"""Judgements by inspection: areas down, inspections across, each change in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.frameworks import LINES, SCALE_OF, Area, Framework, Grade
from domain.rulebook.rows import GOVERNING_FRAMEWORKS
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import spelt
from web.words import words


@dataclass(frozen=True)
class Column:
    id: UUID
    year: str
    called: str
    published: str


@dataclass(frozen=True)
class Cell:
    """`grade` in words with its `tone`, or None and why in `note`; `area` where the row is named by another."""

    grade: str | None
    tone: str
    note: str
    area: str


@dataclass(frozen=True)
class JudgementTable:
    """Newest inspection first."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def graded_inspections(activities: Sequence[Activity]) -> list[Activity]:
    """Published graded inspections under the SIF and ILACS, newest first."""
    graded = [
        activity
        for activity in activities
        if activity.kind is Kind.INSPECTION
        and activity.published
        and activity.framework in (*GOVERNING_FRAMEWORKS, None)
        and activity.counts
    ]
    graded.sort(key=lambda activity: (activity.published or activity.public_on, activity.true_on), reverse=True)
    return graded


def judgement_table(activities: Sequence[Activity]) -> JudgementTable:
    """Published graded inspections under the SIF and ILACS, newest first; what came before is on the timeline only."""
    graded = graded_inspections(activities)
    columns = tuple(
        Column(
            id=activity.id,
            year=str((activity.start or activity.published or activity.public_on).year),
            called=activity.framework.value if activity.framework else words.KINDS[Kind.INSPECTION],
            published=words.short_day(activity.published or activity.public_on),
        )
        for activity in graded
    )
    rows = []
    for label, areas in LINES:
        if any(activity.grades.get(area) for activity in graded for area in areas):
            cells = [
                _cell(activity, areas, graded[index + 1] if index + 1 < len(graded) else None)
                for index, activity in enumerate(graded)
            ]
            rows.append((label, tuple(cells)))
    return JudgementTable(columns, tuple(rows))


def _cell(activity: Activity, areas: tuple[Area, ...], before: Activity | None) -> Cell:
    area = next((area for area in areas if activity.grades.get(area)), None)
    if area is None:
        return Cell(None, "", _why_absent(activity, areas), "")
    grade = activity.grades.get(area)
    assert grade is not None
    named = "" if area is areas[0] else words.AREAS[area]
    return Cell(words.GRADES[grade], words.GRADE_TONES[grade], _change(grade, area, areas, activity, before), named)


def _why_absent(activity: Activity, areas: tuple[Area, ...]) -> str:
    row = activity.judged
    why = next(filter(None, (row.why_absent(area) for area in areas)), "")
    return why or ("Grade not known" if any(area in row.areas for area in areas) else "Not judged")


def changes(activity: Activity, before: Activity | None) -> dict[Area, str]:
    """How each grade of an inspection compares with the one before, in the words of the table."""
    given = {area: (areas, grade) for _, areas in LINES for area in areas if (grade := activity.grades.get(area))}
    return {area: _change(grade, area, areas, activity, before) for area, (areas, grade) in given.items()}


def _change(grade: Grade, area: Area, areas: tuple[Area, ...], activity: Activity, before: Activity | None) -> str:
    if before is None:
        return ""
    same = before.grades.get(area)
    if same is not None:
        return change_in_words(same, grade)
    now, was = activity.judged, before.judged
    if (later := was.came_later.get(area)) is not None:
        return later
    if any(before.grades.get(other) for other in areas):
        if now.scale is not was.scale:
            return ANOTHER_SCALE
        new = activity.framework not in (None, Framework.SIF, before.framework)
        return "New framework" if new else ""
    if now.start > was.start and not any(other in was.areas for other in areas):
        return f"New in {now.start.year}"
    return ""


ANOTHER_SCALE = "Another scale"


def change_in_words(was: Grade, now: Grade) -> str:
    """`Up one`, `Down two`, `No change`; grades of two scales are not compared."""
    steps = SCALE_OF[was].steps(was, now)
    if steps is None:
        return ANOTHER_SCALE
    if steps == 0:
        return "No change"
    return f"{'Up' if steps > 0 else 'Down'} {spelt(abs(steps))}"
