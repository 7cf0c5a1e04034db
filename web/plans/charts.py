"""The two pictures of a plan: how its actions came to be due and done, and where one action's measure stood.

Everything is worked out here in whole units of the drawing; a table beside each says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from projections.plans.answers import ActionAnswer, BurnUpAnswer, BurnUpPoint
from web.words import words
from web.words.plans import figure

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, FOOT = 56, 24, 20, 40
DAYS_MARKED = 5
LEVELS_MARKED = 5
APART = 16


@dataclass(frozen=True)
class Curve:
    """One line: its class, its name in the key, and its points as SVG writes them."""

    name: str
    label: str
    points: str


@dataclass(frozen=True)
class Plot:
    """A picture over time: lines, dots with their words, and what the axes say."""

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
    curves: tuple[Curve, ...]
    dots: tuple[tuple[int, int, str], ...] = ()


class Frame:
    """Where days and amounts lie in the drawing; both ends of each are inside."""

    def __init__(self, first: date, last: date, least: Decimal, most: Decimal) -> None:
        self.first, self.last = first, max(last, first + timedelta(days=1))
        self.least, self.most = least, most if most > least else least + 1

    def x(self, day: date) -> int:
        return LEFT + round((day - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT))

    def y(self, amount: Decimal | int) -> int:
        share = (Decimal(amount) - self.least) / (self.most - self.least)
        return HEIGHT - FOOT - round(share * (HEIGHT - TOP - FOOT))

    def days(self) -> tuple[tuple[int, str], ...]:
        apart = (self.last - self.first) / (DAYS_MARKED - 1)
        marked = [self.first + apart * number for number in range(DAYS_MARKED)]
        return tuple((self.x(day), words.short_day(day)) for day in marked)

    def levels(self, amounts: Iterable[Decimal | int]) -> tuple[tuple[int, str], ...]:
        """Marks from the lowest up; one too near the last would be printed over it."""
        marked: list[tuple[int, str]] = []
        for amount in sorted(amounts):
            if not marked or marked[-1][0] - self.y(amount) >= APART:
                marked.append((self.y(amount), f"{amount:,}"))
        return tuple(marked)

    def plot(self, title: str, description: str, levels: Iterable[Decimal | int], curves: Sequence[Curve]) -> Plot:
        bottom = HEIGHT - FOOT
        marked = self.levels(levels)
        return Plot(
            WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, TOP, bottom, title, description, self.days(), marked, tuple(curves)
        )


def burn_up_plot(answer: BurnUpAnswer) -> Plot | None:
    """Actions promised, due and done over time, as steps; None where there was no action."""
    points = answer.points
    most = max(point.actions for point in points)
    if not most or len(points) < 2:
        return None
    step = -(-most // LEVELS_MARKED)
    frame = Frame(points[0].day, points[-1].day, Decimal(0), Decimal(step * -(-most // step)))
    last = points[-1]
    curves = [
        Curve(name, label, _steps(frame, [(point.day, getattr(point, name)) for point in points]))
        for name, label in (("actions", "promised"), ("due", "fallen due"), ("done", "complete and evidenced"))
    ]
    description = (
        f"From {words.day(points[0].day)} to {words.day(last.day)}. At the end: {words.count(last.actions, 'action')}, "
        f"{last.due} fallen due, {last.done} complete and evidenced. The table below says the same."
    )
    return frame.plot("Actions promised, fallen due and done", description, range(0, int(frame.most) + 1, step), curves)


def month_ends(points: Sequence[BurnUpPoint]) -> tuple[BurnUpPoint, ...]:
    """The counts as each month with a change ended, and the last ones."""
    last_of = {(point.day.year, point.day.month): point for point in points}
    return tuple(last_of.values())


def measure_plot(answer: ActionAnswer) -> Plot | None:
    """An action's figures over time, with baseline and target as lines; None without figures."""
    action, figures = answer.action, answer.figures
    if not figures:
        return None
    marks = [(one, name) for one, name in ((action.baseline, "baseline"), (action.target, "target")) if one is not None]
    amounts = [one.number for _, one in figures] + [one.number for one, _ in marks]
    first = min(figures[0][0], action.since)
    last = max(figures[-1][0], min(action.due_on or answer.moment.as_at, answer.moment.as_at))
    frame = Frame(first, last, min(*amounts, Decimal(0)), max(amounts))
    line = " ".join(f"{frame.x(day)},{frame.y(one.number)}" for day, one in figures)
    curves = [Curve(name, f"{name} {figure(one.text, action.unit)}", _level(frame, one.number)) for one, name in marks]
    plot = frame.plot(
        "Where the measure stood",
        "; ".join(f"{words.day(day)}: {figure(one.text, action.unit)}" for day, one in figures)
        + ". The table below says the same.",
        sorted({frame.least, *amounts} if len(amounts) <= LEVELS_MARKED else {frame.least, frame.most}),
        [*curves, Curve("measured", "measured", line)],
    )
    dots = tuple(
        (frame.x(day), frame.y(one.number), f"{words.day(day)}: {figure(one.text, action.unit)}")
        for day, one in figures
    )
    return Plot(**{**vars(plot), "dots": dots})


def _level(frame: Frame, amount: Decimal) -> str:
    return f"{LEFT},{frame.y(amount)} {WIDTH - RIGHT},{frame.y(amount)}"


def _steps(frame: Frame, points: Sequence[tuple[date, int]]) -> str:
    """A line that stays level until the day on which the amount changes."""
    found: list[str] = []
    level: int | None = None
    for day, amount in points:
        if level is not None and level != amount:
            found.append(f"{frame.x(day)},{frame.y(level)}")
        found.append(f"{frame.x(day)},{frame.y(amount)}")
        level = amount
    return " ".join(found)
