"""The chance of each month, a bar a month, for wide screens and for narrow ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.values.words import MONTHS
from web.charts.scale import NumberScale

HEIGHT = 140
TOP, LEFT, FOOT = 8, 36, 34
STEPS = (0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True)
class MonthChance:
    """A month, as `2027-01`, and its chance from 0 to 1."""

    month: str
    chance: float


@dataclass(frozen=True)
class DrawnMonth:
    """`label` and `year` stand below the bar; blank where there is no room or need."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    label: str
    year: str


@dataclass(frozen=True)
class MonthBars:
    """`lines` are heights with what they stand for."""

    title: str
    desc: str
    width: int
    height: int
    left: int
    base: int
    months: tuple[DrawnMonth, ...]
    lines: tuple[tuple[int, str], ...]


def month_bars(months: Sequence[MonthChance], *, title: str, desc: str, narrow: bool = False) -> MonthBars:
    """Bars from the first month of any chance to the last; every second or fourth month has its name."""
    width = 288 if narrow else 500
    most = max((one.chance for one in months), default=0.0)
    step = next((step for step in STEPS if most <= 4 * step), STEPS[-1])
    top = max(step, step * -(-most // step))
    base = TOP + HEIGHT
    scale = NumberScale(0, top, base, TOP)
    room = (width - LEFT) // max(1, len(months))
    named = 4 if narrow else 2
    drawn = []
    for place, one in enumerate(months):
        y, x = scale.at(one.chance), LEFT + place * room
        year, month = one.month.split("-")
        first = place == 0 or month == "01"
        drawn.append(
            DrawnMonth(
                x=x + 1,
                y=y,
                width=max(1, room - 2),
                height=base - y,
                middle=x + room // 2,
                label=MONTHS[int(month) - 1][:3] if place % named == 0 else "",
                year=year if first and (place == 0 or place >= named) else "",
            )
        )
    lines = tuple((scale.at(share), f"{share:.0%}") for share in _lines(step, top))
    return MonthBars(title, desc, width, base + FOOT, LEFT, base, tuple(drawn), lines)


def _lines(step: float, top: float) -> list[float]:
    return [step * number for number in range(round(top / step) + 1)]
