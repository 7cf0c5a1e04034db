"""The lane chart: an authority's history and its expected window as places in a picture. The timeline is the content.

Everything is worked out here in whole units of the drawing; the template prints shapes with classes only, so that the
content security policy needs no inline style."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.frameworks import GRADES, OVERALL, grades_for
from domain.rulebook.other_inspections.words import OUTCOMES
from domain.rulebook.results import Graded
from domain.values.activities import Activity
from domain.values.statements import Kind
from web.words import other_inspections, words

WIDTH = 960
LEFT = 156
RIGHT = 24
TOP = 40
LANE = 46
FOOT = 34
YEARS_SHOWN_AT_LEAST = 5

LANES: tuple[tuple[str, str, frozenset[Kind]], ...] = (
    ("graded", "Inspections", frozenset({Kind.INSPECTION})),
    ("focused", "Focused visits", frozenset({Kind.FOCUSED_VISIT})),
    ("monitoring", "Monitoring visits", frozenset({Kind.MONITORING_VISIT})),
    ("joint", "Joint inspections", frozenset({Kind.JTAI})),
    ("send", "Area SEND", frozenset({Kind.AREA_SEND})),
    ("youth", "Youth justice", frozenset({Kind.YOUTH_JUSTICE})),
    ("others", "Others’ inspections", frozenset({Kind.OTHER_INSPECTION})),
    ("other", "Plans and meetings", frozenset(Kind)),
)
ALWAYS_SHOWN = ("graded", "focused")

LETTERS = tuple((row.letter, row.in_words) for row in grades_for(OVERALL))
"""What the letters of the picture stand for: it shows overall grades only."""


@dataclass(frozen=True)
class ChartMark:
    """One activity: the middle of its shape, what to print in it, and its words for a pointer."""

    x: int
    y: int
    shape: str
    letter: str
    tone: str
    words: str


@dataclass(frozen=True)
class Lane:
    label: str
    y: int
    marks: tuple[ChartMark, ...]


@dataclass(frozen=True)
class Band:
    """The expected window, clipped to the picture."""

    x: int
    width: int
    words: str


@dataclass(frozen=True)
class Chart:
    """`ungraded`: an inspection is drawn whose overall grade was not given or is not known. `outcomes` are those of
    area SEND inspections that are drawn, with their words."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    lanes: tuple[Lane, ...]
    years: tuple[tuple[int, str], ...]
    letters: tuple[tuple[str, str], ...]
    ungraded: bool
    outcomes: tuple[tuple[int, str], ...]
    band: Band | None
    today_x: int
    today: str
    title: str
    description: str


def chart(name: str, activities: Iterable[Activity], graded: Graded | None, on: date) -> Chart | None:
    """The picture of a history on a day, without `graded` without a window; None where there is nothing to draw."""
    drawn = [
        activity
        for activity in activities
        if activity.counts and activity.true_on > date.min and activity.true_on <= on
    ]
    if not drawn:
        return None
    first_year = min(min(activity.true_on.year for activity in drawn), on.year - YEARS_SHOWN_AT_LEAST + 1)
    window_to = graded.window_to if graded else None
    last_shown = max(on, window_to) if window_to else on
    first, last = date(first_year, 1, 1), date(last_shown.year + 1, 1, 1)

    def across(when: date) -> int:
        share = (min(max(when, first), last) - first).days / (last - first).days
        return round(LEFT + share * (WIDTH - LEFT - RIGHT))

    lanes, taken = _lanes(drawn, across)
    height = TOP + LANE * len(lanes) + FOOT
    step = max(1, -(-(last.year - first_year) // 12))
    band = None
    if graded and graded.window_from and graded.window_to:
        start, end = across(graded.window_from), across(graded.window_to)
        window = words.span(graded.window_from, graded.window_to)
        band = Band(start, max(2, end - start), f"Window for the next graded inspection: {window}")
    return Chart(
        width=WIDTH,
        height=height,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=height - FOOT,
        lanes=lanes,
        years=tuple((across(date(year, 1, 1)), str(year)) for year in range(first_year, last.year + 1, step)),
        letters=LETTERS,
        ungraded=any(mark.shape == "graded" and not mark.letter for lane in lanes for mark in lane.marks),
        outcomes=tuple(
            (number, one.short)
            for number, one in OUTCOMES.items()
            if number in {activity.outcome for activity in drawn}
        ),
        band=band,
        today_x=across(on),
        today=words.short_day(on),
        title=f"History and expected window of {name}",
        description=_description(drawn, taken, band),
    )


def _lanes(drawn: list[Activity], across) -> tuple[tuple[Lane, ...], dict[str, int]]:  # type: ignore[no-untyped-def]
    lanes: list[Lane] = []
    taken: dict[str, int] = {}
    left = sorted(drawn, key=lambda activity: activity.true_on)
    for shape, label, kinds in LANES:
        here = [activity for activity in left if activity.kind in kinds]
        left = [activity for activity in left if activity.kind not in kinds]
        if not here and shape not in ALWAYS_SHOWN:
            continue
        y = TOP + LANE * len(lanes) + LANE // 2
        taken[label] = len(here)
        lanes.append(Lane(label, y, tuple(_mark(activity, shape, across(activity.true_on), y) for activity in here)))
    return tuple(lanes), taken


def _mark(activity: Activity, shape: str, x: int, y: int) -> ChartMark:
    grade = activity.overall if shape == "graded" else None
    letter = GRADES[grade].letter if grade else ""
    if shape == "focused" and activity.priority_action:
        letter = "!"
    if shape == "send" and activity.outcome is not None:
        letter = str(activity.outcome)
    graded = f", {words.GRADES[grade].lower()}" if grade else ""
    found = f", {other_inspections.found(activity)}" if activity.kind.by_others else ""
    told = f"{words.title(activity)}, {words.happened(activity)}{graded}{found}".rstrip(", ")
    return ChartMark(x, y, shape, letter, words.GRADE_TONES[grade] if grade else "", told)


def _description(drawn: list[Activity], taken: dict[str, int], band: Band | None) -> str:
    counts = ", ".join(f"{label.lower()}: {number}" for label, number in taken.items())
    first = min(activity.true_on for activity in drawn)
    ends = f" {band.words}." if band else ""
    return f"From {words.day(first)}. {counts}.{ends} The timeline below says the same in words."
