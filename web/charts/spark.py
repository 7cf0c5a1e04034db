"""A small line in a row of a table: where a measure stood at each figure told, beside its target.

Its numbers stand in words beside it and, each with its day, on the page of the single thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from web.charts.scale import DayScale, NumberScale

WIDTH, HEIGHT = 92, 26
EDGE = 4


@dataclass(frozen=True)
class Spark:
    """The line as SVG writes it, its last point, and how high the target lies; None without a target."""

    width: int
    height: int
    points: str
    last: tuple[int, int]
    target: int | None


def spark(figures: Sequence[tuple[date, float]], target: float | None, until: date) -> Spark | None:
    """The figures over time, the earliest first, up to a day; None where there is none."""
    if not figures:
        return None
    amounts = [amount for _, amount in figures] + ([target] if target is not None else [])
    across = DayScale(figures[0][0], max(until, figures[-1][0]), EDGE, WIDTH - EDGE)
    up = NumberScale(min(amounts), max(amounts), HEIGHT - EDGE, EDGE)
    points = [(across.at(day), up.at(amount)) for day, amount in figures]
    return Spark(
        WIDTH,
        HEIGHT,
        " ".join(f"{x},{y}" for x, y in points),
        points[-1],
        None if target is None else up.at(target),
    )
