"""The lanes: an authority's history and its expected window as places in a picture. The list beside it is the content.

Everything is worked out here in whole units, once for a wide screen and once, of the last ten years, for a narrow
one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.frameworks import GRADES
from domain.rulebook.other_inspections.words import OUTCOMES
from domain.rulebook.results import Graded
from domain.values.activities import Activity
from domain.values.statements import Kind
from web.charts.scale import DayScale
from web.words import other_inspections, words

TOP = 26
FOOT = 24
YEARS_SHOWN_AT_LEAST = 5
YEARS_WHEN_NARROW = 10


@dataclass(frozen=True)
class LaneSize:
    """How large a drawing is, and how far its year labels lie apart at the least."""

    width: int
    left: int
    right: int
    lane: int
    years_apart: int


WIDE = LaneSize(width=1040, left=150, right=1024, lane=32, years_apart=60)
NARROW = LaneSize(width=288, left=74, right=278, lane=31, years_apart=40)

LANES: tuple[tuple[str, str, str, frozenset[Kind]], ...] = (
    ("graded", "Graded inspections", "Graded", frozenset({Kind.INSPECTION})),
    ("focused", "Focused visits", "Focused", frozenset({Kind.FOCUSED_VISIT})),
    ("monitoring", "Monitoring visits", "Monitoring", frozenset({Kind.MONITORING_VISIT})),
    ("joint", "Joint inspections", "Joint", frozenset({Kind.JTAI})),
    ("send", "Area SEND", "SEND", frozenset({Kind.AREA_SEND})),
    ("youth", "Youth justice", "Youth", frozenset({Kind.YOUTH_JUSTICE})),
    ("others", "Others’ inspections", "Others’", frozenset({Kind.OTHER_INSPECTION})),
    ("other", "Plans and meetings", "Plans", frozenset(Kind)),
)
ALWAYS_SHOWN = ("graded", "focused")


@dataclass(frozen=True)
class LaneMark:
    """One activity: the middle of its shape, what to print in it, and its words for a pointer. `quarters` are the tones
    of up to four areas, where an inspection has no overall grade."""

    x: int
    y: int
    shape: str
    letter: str
    tone: str
    quarters: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Lane:
    label: str
    y: int
    marks: tuple[LaneMark, ...]


@dataclass(frozen=True)
class WindowBand:
    """The expected window, clipped to the picture."""

    x: int
    width: int
    says: str


@dataclass(frozen=True)
class LanesDrawing:
    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    lanes: tuple[Lane, ...]
    years: tuple[tuple[int, str], ...]
    band: WindowBand | None
    today_x: int
    today_anchor: str
    today_label_x: int
    description: str


@dataclass(frozen=True)
class LanesPicture:
    """The drawing for wide screens and for narrow ones. `shapes` are those drawn, for the key; `ungraded`: an
    inspection is drawn without any grade; `outcomes` are those of area SEND inspections that are drawn, with their
    words."""

    title: str
    wide: LanesDrawing
    narrow: LanesDrawing
    shapes: tuple[tuple[str, str], ...]
    ungraded: bool
    quartered: bool
    priority: bool
    outcomes: tuple[tuple[int, str], ...]


KEY: tuple[tuple[str, str], ...] = (
    ("graded", "graded inspection, with its overall grade"),
    ("focused", "focused visit"),
    ("monitoring", "monitoring visit"),
    ("joint", "joint inspection"),
    ("send", "area SEND inspection"),
)


OTHER_MARK = LaneMark(12, 12, "other", "", "", (), "")
"""Of what is no entry: a scrutiny meeting, a plan, a question."""


def lanes_picture(name: str, activities: Iterable[Activity], graded: Graded | None, on: date) -> LanesPicture | None:
    """The picture of a history on a day, without `graded` without a window; None where there is nothing to draw."""
    drawn = [
        activity
        for activity in activities
        if activity.counts and activity.true_on > date.min and activity.true_on <= on
    ]
    if not drawn:
        return None
    wide = _drawing(drawn, graded, on, min(activity.true_on.year for activity in drawn), WIDE)
    narrow = _drawing(drawn, graded, on, on.year - YEARS_WHEN_NARROW, NARROW)
    marks = [mark for lane in wide.lanes for mark in lane.marks]
    held = {mark.shape for mark in marks}
    return LanesPicture(
        title=f"History and expected window of {name}",
        wide=wide,
        narrow=narrow,
        shapes=tuple((shape, says) for shape, says in KEY if shape in held),
        ungraded=any(mark.shape == "graded" and not mark.letter and not mark.quarters for mark in marks),
        quartered=any(mark.quarters for mark in marks),
        priority=any(mark.letter == "!" for mark in marks),
        outcomes=tuple(
            (number, one.short)
            for number, one in OUTCOMES.items()
            if number in {activity.outcome for activity in drawn}
        ),
    )


def _drawing(drawn: Sequence[Activity], graded: Graded | None, on: date, since: int, size: LaneSize) -> LanesDrawing:
    window_to = graded.window_to if graded else None
    first = date(min(since, on.year - YEARS_SHOWN_AT_LEAST + 1), 1, 1)
    last = date((max(on, window_to) if window_to else on).year + 1, 1, 1)
    scale = DayScale(first, last, size.left, size.right)
    lanes, taken = _lanes([one for one in drawn if one.true_on >= first], scale, size)
    bottom = TOP + size.lane * len(lanes)
    band = None
    if graded and graded.window_from and graded.window_to:
        start, end = scale.at(graded.window_from), scale.at(graded.window_to)
        window = words.span(graded.window_from, graded.window_to)
        band = WindowBand(start, max(2, end - start), f"Window for the next graded inspection: {window}")
    today_x = scale.at(on)
    late = today_x > size.right - 60
    return LanesDrawing(
        width=size.width,
        height=bottom + FOOT,
        left=size.left,
        right=size.right,
        top=TOP,
        bottom=bottom,
        lanes=lanes,
        years=tuple(_years(first.year, last.year, scale, size)),
        band=band,
        today_x=today_x,
        today_anchor="end" if late else "middle",
        today_label_x=min(today_x, size.right) if late else today_x,
        description=_description(first, taken, band),
    )


def _years(first: int, last: int, scale: DayScale, size: LaneSize) -> Iterable[tuple[int, str]]:
    apart = max(1, scale.at(date(first + 1, 1, 1)) - scale.left)
    step = -(-size.years_apart // apart)
    return ((scale.at(date(year, 1, 1)), str(year)) for year in range(first, last + 1, step))


def _lanes(drawn: list[Activity], scale: DayScale, size: LaneSize) -> tuple[tuple[Lane, ...], dict[str, int]]:
    lanes: list[Lane] = []
    taken: dict[str, int] = {}
    left = sorted(drawn, key=lambda activity: activity.true_on)
    for shape, label, short, kinds in LANES:
        here = [activity for activity in left if activity.kind in kinds]
        left = [activity for activity in left if activity.kind not in kinds]
        if not here and shape not in ALWAYS_SHOWN:
            continue
        y = TOP + size.lane * len(lanes) + size.lane // 2
        taken[label] = len(here)
        marks = tuple(_mark(activity, shape, scale.at(activity.true_on), y) for activity in here)
        lanes.append(Lane(label if size is WIDE else short, y, marks))
    return tuple(lanes), taken


def entry_mark(activity: Activity) -> LaneMark:
    """The mark of one entry beside its words, in the middle of 24 units."""
    shape = next(shape for shape, _, _, kinds in LANES if activity.kind in kinds)
    return _mark(activity, shape, 12, 12)


def _mark(activity: Activity, shape: str, x: int, y: int) -> LaneMark:
    grade = activity.overall if shape == "graded" else None
    letter = GRADES[grade].letter if grade else ""
    if shape == "focused" and activity.priority_action:
        letter = "!"
    if shape == "send" and activity.outcome is not None:
        letter = str(activity.outcome)
    quarters: tuple[str, ...] = ()
    if shape == "graded" and grade is None:
        quarters = tuple(words.GRADE_TONES[given] for _, given in activity.grades)[:4]
    graded = f", {words.GRADES[grade].lower()}" if grade else ""
    found = f", {other_inspections.found(activity)}" if activity.kind.by_others else ""
    told = f"{words.title(activity)}, {words.happened(activity)}{graded}{found}".rstrip(", ")
    return LaneMark(x, y, shape, letter, words.GRADE_TONES[grade] if grade else "", quarters, told)


def _description(first: date, taken: dict[str, int], band: WindowBand | None) -> str:
    counts = ", ".join(f"{label.lower()}: {number}" for label, number in taken.items())
    ends = f" {band.says}." if band else ""
    return f"From {first.year}. {counts}.{ends} The list below says the same in words."
