"""What was forecast beside what came, in tenths: a dot for each, on the slanted line where both are equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.rulebook.forecast.backtest import Bin

LEFT = 48
TOP = 32
SIZES = (("wide", 320), ("narrow", 212))


@dataclass(frozen=True)
class CalibrationPoint:
    """One tenth: its place, and what it says."""

    x: int
    y: int
    radius: int
    told: str


@dataclass(frozen=True)
class CalibrationPlot:
    """What was forecast across, what came upwards; `shown_on` wide or narrow screens."""

    shown_on: str
    size: int
    left: int
    bottom: int
    ticks: tuple[tuple[int, int, str], ...]
    points: tuple[CalibrationPoint, ...]
    description: str


def calibration_plots(calibration: Sequence[Bin]) -> tuple[CalibrationPlot, ...]:
    """The tenths of some forecasts, one at least, drawn for wide screens and for narrow ones."""
    return tuple(_plot(calibration, shown_on, size) for shown_on, size in SIZES)


def _plot(calibration: Sequence[Bin], shown_on: str, size: int) -> CalibrationPlot:
    def across(share: float) -> int:
        return round(LEFT + share * size)

    def upwards(share: float) -> int:
        return round(TOP + (1 - share) * size)

    most = max(one.n for one in calibration)
    told = [
        f"{one.n:,} forecasts of {one.low:.0%} to {one.high:.0%}: {one.forecast:.1%} said, {one.happened:.1%} came"
        for one in calibration
    ]
    return CalibrationPlot(
        shown_on=shown_on,
        size=size,
        left=LEFT,
        bottom=TOP + size,
        ticks=tuple((across(share / 5), upwards(share / 5), f"{share * 20}%") for share in range(6)),
        points=tuple(
            CalibrationPoint(across(one.forecast), upwards(one.happened), round(4 + 10 * (one.n / most) ** 0.5), said)
            for one, said in zip(calibration, told, strict=True)
        ),
        description="Across: what was said. Upwards: what came. On the slanted line both are equal. "
        f"{'; '.join(told)}.",
    )
