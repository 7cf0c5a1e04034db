"""Where one action's measure stood over time, with its baseline and its target as lines.

Worked out in whole units of the drawing; the table beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.values.plans import Figure
from web.charts.burn_up import marked
from web.charts.scale import DayScale, NumberScale
from web.words import words
from web.words.plans import figure

TITLE = "Where the measure stood"
HEIGHT, TOP, FOOT, LEFT = 200, 14, 24, 48
LABELS = 110
APART = 14


@dataclass(frozen=True)
class MeasureLine:
    """The drawing: figures as a line with a dot each, and level lines with what they are called where there is room."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    title: str
    description: str
    days: tuple[tuple[int, str], ...]
    levels: tuple[tuple[int, str], ...]
    marks: tuple[tuple[str, int, str], ...]
    points: str
    dots: tuple[tuple[int, int], ...]
    labels: bool


def measure_line(
    figures: Sequence[tuple[date, Figure]],
    baseline: Figure | None,
    target: Figure | None,
    unit: str | None,
    last: date,
    *,
    wide: bool,
) -> MeasureLine | None:
    """The figures, the earliest first, up to a day or the last of them; None without figures."""
    if not figures:
        return None
    level = [(name, one) for name, one in (("baseline", baseline), ("target", target)) if one is not None]
    amounts = [one.number for _, one in figures] + [one.number for _, one in level]
    low, high = min(*amounts, Decimal(0)), max(amounts)
    width = 440 if wide else 288
    right, bottom = width - (LABELS if wide else 10), HEIGHT - FOOT
    first, last = figures[0][0], max(last, figures[-1][0])
    across = DayScale(first, last, LEFT, right)
    up = NumberScale(float(low), float(high), bottom, TOP)
    dots = tuple((across.at(day), up.at(float(one.number))) for day, one in figures)
    return MeasureLine(
        width=width,
        height=HEIGHT,
        left=LEFT,
        right=right,
        top=TOP,
        bottom=bottom,
        title=TITLE,
        description="; ".join(f"{words.day(day)}: {figure(one.text, unit)}" for day, one in figures) + ".",
        days=tuple((across.at(day), label) for day, label in marked(first, last)),
        levels=_apart([(up.at(float(amount)), f"{amount:,}") for amount in sorted({low, *amounts})]),
        marks=tuple((name, up.at(float(one.number)), f"{name} {figure(one.text, unit)}") for name, one in level),
        points=" ".join(f"{x},{y}" for x, y in dots),
        dots=dots,
        labels=wide and len({up.at(float(one.number)) // APART for _, one in level}) == len(level),
    )


def _apart(levels: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Marks from the lowest up; one too near the last would be printed over it."""
    found: list[tuple[int, str]] = []
    for y, label in levels:
        if not found or found[-1][0] - y >= APART:
            found.append((y, label))
    return tuple(found)
