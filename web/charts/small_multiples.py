"""Grades through time: a small panel for each area, all on the same axes, the higher the better.

A line joins two grades only where both were given for the same area; where the areas changed it is broken, and the
panel says why. Everything is in whole units of the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from domain.frameworks import AREAS, GRADES, LINES, OVERALL, PRESENT, SCALE_OF, Area, Grade, Scale
from domain.values.activities import Activity
from web.charts.scale import DayScale
from web.words import words
from web.words.judgement_table import graded_inspections

YEARS_SHOWN_AT_LEAST = 8
MARK = 16


@dataclass(frozen=True)
class PanelSize:
    width: int
    left: int
    right: int
    top: int
    step: int


WIDE = PanelSize(width=190, left=24, right=178, top=12, step=26)
NARROW = PanelSize(width=138, left=22, right=128, top=12, step=22)
FOOT = 22


@dataclass(frozen=True)
class Grading:
    """A grade given for a line: of an inspection's area, on the day it began."""

    on: date
    area: Area
    grade: Grade


@dataclass(frozen=True)
class GradeMark:
    """The middle of a square, its tone, and its words."""

    x: int
    y: int
    tone: str
    says: str


@dataclass(frozen=True)
class PanelDrawing:
    width: int
    height: int
    left: int
    right: int
    letters: tuple[tuple[int, str], ...]
    years: tuple[tuple[int, int], ...]
    path: str
    marks: tuple[GradeMark, ...]
    today_x: int


@dataclass(frozen=True)
class Panel:
    """One area. `note` says where its line is broken and why."""

    key: str
    label: str
    description: str
    note: str
    wide: PanelDrawing
    narrow: PanelDrawing


def small_multiples(activities: Sequence[Activity], on: date, ended: date | None = None) -> tuple[Panel, ...]:
    """A panel for each area that the present framework or the newest inspection judges, as far as grades are held. No
    line runs past the day the authority `ended`."""
    found = graded_inspections(activities)[::-1]
    if not found:
        return ()
    asked = {*OVERALL, *PRESENT[-1].areas, *found[-1].judged.areas}
    first = min(_day(found[0]), date(on.year - YEARS_SHOWN_AT_LEAST, 1, 1))
    panels = []
    for line, areas in LINES:
        if asked & set(areas) and (given := list(_given(found, areas))):
            label = AREAS[areas[0]].head if areas[0] in OVERALL else line
            panels.append(_panel(label, areas, given, found, date(first.year, 1, 1), on, ended or date.max))
    return tuple(panels)


def _day(activity: Activity) -> date:
    return activity.start or activity.published or activity.public_on


def _given(found: Sequence[Activity], areas: Sequence[Area]) -> Iterator[Grading]:
    for activity in found:
        area = next((area for area in areas if activity.grades.get(area)), None)
        grade = activity.grades.get(area) if area is not None else None
        if area is not None and grade is not None:
            yield Grading(_day(activity), area, grade)


def _panel(
    label: str,
    areas: tuple[Area, ...],
    given: list[Grading],
    found: Sequence[Activity],
    first: date,
    on: date,
    ended: date,
) -> Panel:
    scale = SCALE_OF[given[-1].grade]
    shown = [one for one in given if SCALE_OF[one.grade] is scale]
    told = "; ".join(f"{one.on.year}: {GRADES[one.grade].in_words}" for one in shown)
    until = min(_until(given[-1], found, on), ended)
    return Panel(
        key=areas[0].value,
        label=label,
        description=f"{told}. The higher, the better.",
        note=_note(given, found, areas),
        wide=_drawn(shown, scale, found, first, on, until, WIDE),
        narrow=_drawn(shown, scale, found, first, on, until, NARROW),
    )


def _until(newest: Grading, found: Sequence[Activity], on: date) -> date:
    """How long the newest grade of a line stood: until an inspection that gave none for it."""
    return next((_day(one) for one in found if _day(one) > newest.on), on)


def _note(given: list[Grading], found: Sequence[Activity], areas: tuple[Area, ...]) -> str:
    if found[-1].judged.areas and not set(areas) & set(found[-1].judged.areas):
        return f"Not given since {_day(found[-1]).year}"
    absent = [one for one in found if not set(areas) & set(one.judged.areas)]
    why = next((why for one in absent for area in areas if (why := one.judged.why_absent(area))), "")
    if absent and why:
        years = sorted({_day(one).year for one in absent})
        return f"{why} in {', '.join(map(str, years))}"
    changed = [after for before, after in pairwise(given) if after.area is not before.area]
    return f"Headings changed by {changed[-1].on.year}" if changed else ""


def _drawn(
    shown: list[Grading], scale: Scale, found: Sequence[Activity], first: date, on: date, until: date, size: PanelSize
) -> PanelDrawing:
    across = DayScale(first, max(on, shown[-1].on), size.left + MARK // 2, size.right)
    heights = {row.grade: size.top + size.step * number for number, row in enumerate(scale.grades)}
    days = [_day(one) for one in found]
    path = []
    for before, after in pairwise(shown):
        follows = next((day for day in days if day > before.on), after.on)
        path.append(f"M{across.at(before.on)} {heights[before.grade]}H{across.at(follows)}")
        if follows == after.on and after.area is before.area:
            path.append(f"V{heights[after.grade]}")
    newest = shown[-1]
    path.append(f"M{across.at(newest.on)} {heights[newest.grade]}H{across.at(until)}")
    last_year = on.year
    years = [year for year in range(first.year, last_year + 1) if year % 5 == 0]
    bottom = size.top + size.step * (len(scale.grades) - 1)
    return PanelDrawing(
        width=size.width,
        height=bottom + MARK // 2 + FOOT,
        left=size.left,
        right=size.right,
        letters=tuple((heights[row.grade], row.letter) for row in scale.grades),
        years=tuple((across.at(date(year, 1, 1)), year) for year in years),
        path="".join(path),
        marks=tuple(
            GradeMark(
                across.at(one.on),
                heights[one.grade],
                words.GRADE_TONES[one.grade],
                f"{one.on.year}: {GRADES[one.grade].in_words}",
            )
            for one in shown
        ),
        today_x=across.at(on),
    )
