"""Months since the last report: a dot for each authority of a group, the one in question marked, the middle drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.scale import NumberScale

YEAR = 12


@dataclass(frozen=True)
class DotRow:
    """A group: what it is called, the months of each, the middle one, and whether the own authority stands in it."""

    label: str
    values: tuple[int, ...]
    middle: int | None


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    r: int


@dataclass(frozen=True)
class DrawnRow:
    """`median` is the place of the upright line, from `top` to `foot`; None without values."""

    label: str
    label_y: int
    dots: tuple[Dot, ...]
    median: int | None
    top: int
    foot: int
    own: Dot | None


@dataclass(frozen=True)
class DotPlot:
    """`ticks` are months with their places."""

    title: str
    desc: str
    width: int
    height: int
    label_x: int
    rows: tuple[DrawnRow, ...]
    ticks: tuple[tuple[int, int], ...]
    foot: int
    own: int | None
    own_label: str
    own_x: int
    own_y: int
    own_anchor: str


def dot_plot(
    rows: Sequence[DotRow], *, own: int | None, own_name: str, title: str, desc: str, narrow: bool = False
) -> DotPlot:
    """Drawn for a wide screen, or for 288 px with the labels above their rows. `own` are the months of the authority in
    question, None where it has no report."""
    width, left = (288, 8) if narrow else (500, 112)
    most = max((value for row in rows for value in row.values), default=0)
    last = max(2 * YEAR, -(-max(most, own or 0) // YEAR) * YEAR)
    scale = NumberScale(0, last, left, width - 10)
    drawn: list[DrawnRow] = []
    y = 0
    for row in rows:
        tallest = max(Counter(row.values).values(), default=1)
        r = 4 if tallest <= 6 and not narrow else 3 if tallest <= 8 else 2
        step = 2 * r + (1 if r > 2 else 0)
        top = y + (28 if not drawn else 20 if narrow else 12)
        foot = top + max(30, (tallest - 1) * step + 8)
        places = [Dot(scale.at(value), foot - r - place * step, r) for value, place in _stacked(row.values)]
        drawn.append(
            DrawnRow(
                label=row.label,
                label_y=top - 6 if narrow else foot - 4,
                dots=tuple(places),
                median=scale.at(row.middle) if row.middle is not None else None,
                top=foot - 34 if not narrow else foot - 28,
                foot=foot + 4,
                own=Dot(scale.at(own), foot - 5, 6 if not narrow else 5) if own is not None else None,
            )
        )
        y = foot + 4
    own_x = scale.at(own) if own is not None else 0
    right = own_x > width // 2
    return DotPlot(
        title=title,
        desc=desc,
        width=width,
        height=y + 24,
        label_x=0,
        rows=tuple(drawn),
        ticks=tuple((month, scale.at(month)) for month in range(0, last + 1, YEAR)),
        foot=y + 4,
        own=own,
        own_label=own_name,
        own_x=own_x + (-10 if right else 10),
        own_y=16,
        own_anchor="end" if right else "start",
    )


def _stacked(values: Sequence[int]) -> list[tuple[int, int]]:
    """Each value with how many equal ones lie below it."""
    seen: Counter[int] = Counter()
    found = []
    for value in sorted(values):
        found.append((value, seen[value]))
        seen[value] += 1
    return found
