"""Judgements by inspection: areas down, inspections across, each change in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.frameworks import SCALES, SET_ROWS, Area, Framework, Grade
from domain.rulebook.rows import GOVERNING_FRAMEWORKS
from domain.values.activities import Activity, Status
from domain.values.statements import Kind
from web.words import words

ROWS: tuple[tuple[str, tuple[Area, ...]], ...] = (
    ("Overall effectiveness", (Area.OVERALL_EFFECTIVENESS,)),
    ("Leaders", (Area.IMPACT_OF_LEADERS, Area.LEADERSHIP_MANAGEMENT_GOVERNANCE)),
    ("Help and protection", (Area.HELP_AND_PROTECTION,)),
    ("Children in care", (Area.IN_CARE, Area.IN_CARE_AND_CARE_LEAVERS, Area.LOOKED_AFTER_AND_PERMANENCE)),
    ("Care leavers", (Area.CARE_LEAVERS,)),
    ("Adoption", (Area.ADOPTION,)),
    ("Local Safeguarding Children Board", (Area.LSCB,)),
)
"""Rows put areas of successive frameworks side by side; where the area itself changed, the cell names it."""

NAMED_BY_THE_ROW = frozenset(
    {
        Area.OVERALL_EFFECTIVENESS,
        Area.IMPACT_OF_LEADERS,
        Area.HELP_AND_PROTECTION,
        Area.IN_CARE,
        Area.CARE_LEAVERS,
        Area.ADOPTION,
        Area.LSCB,
    }
)


@dataclass(frozen=True)
class Column:
    id: UUID
    year: str
    called: str
    published: str


@dataclass(frozen=True)
class Cell:
    """`grade` in words with its stored `code`, or None and why in `note`; `area` where it differs from the row."""

    grade: str | None
    code: str
    note: str
    area: str


@dataclass(frozen=True)
class JudgementTable:
    """Newest inspection first."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def judgement_table(activities: Sequence[Activity]) -> JudgementTable:
    """Published graded inspections under the SIF and ILACS, newest first; what came before is on the timeline only."""
    graded = [
        activity
        for activity in activities
        if activity.kind is Kind.INSPECTION
        and activity.published
        and activity.framework in (*GOVERNING_FRAMEWORKS, None)
        and activity.status is not Status.WITHDRAWN
    ]
    graded.sort(key=lambda activity: (activity.published or activity.public_on, activity.true_on), reverse=True)
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
    for label, areas in ROWS:
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
    named = "" if area in NAMED_BY_THE_ROW else words.AREAS[area]
    return Cell(words.GRADES[grade], grade.value, _change(grade, area, areas, activity, before), named)


def _why_absent(activity: Activity, areas: tuple[Area, ...]) -> str:
    row = SET_ROWS[activity.judgement_set]
    why = next((row.absent[area] for area in areas if area in row.absent), None)
    return why or ("Grade not known" if any(area in row.areas for area in areas) else "Not judged")


def _change(grade: Grade, area: Area, areas: tuple[Area, ...], activity: Activity, before: Activity | None) -> str:
    if before is None:
        return ""
    same = before.grades.get(area)
    if same is not None:
        return change_in_words(same, grade)
    if (later := SET_ROWS[before.judgement_set].came_later.get(area)) is not None:
        return later
    if any(before.grades.get(other) for other in areas) and activity.framework is not before.framework:
        return "New framework" if activity.framework is Framework.ILACS else ""
    return ""


def change_in_words(was: Grade, now: Grade) -> str:
    """`Up one`, `Down two`, `No change`; grades of two scales are not compared."""
    for scale in SCALES:
        before, after = scale.rank(was), scale.rank(now)
        if before is not None and after is not None:
            steps = before - after
            if steps == 0:
                return "No change"
            return f"{'Up' if steps > 0 else 'Down'} {('one', 'two', 'three', 'four')[abs(steps) - 1]}"
    return "Another scale"
