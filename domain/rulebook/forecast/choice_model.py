"""Who is inspected next: the conditional logit behind the forecast, and the policy it starts from.

Each time an inspection starts, one of those waiting is chosen. `Choice` keeps from whom; `fit` finds the weights that
make the choices made the likeliest, held near those of policy. See `domain.rulebook.forecast` for what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log
from operator import mul

from domain.rulebook.forecast.queue import usual

_NEWEST = usual(date.max)
POLICY_WEIGHT = log(log(10) / log(10 / 9)) * 12 / (_NEWEST.to_months - _NEWEST.from_months)
"""The weight at which four in five starts fall into twelve months: where odds grow by a factor e each 1/w years, starts
follow a Gumbel law of scale 1/w, whose tenth and ninetieth hundredths lie ln(ln 10 / ln(10/9)) scales apart."""

PRIOR = (POLICY_WEIGHT, POLICY_WEIGHT, 0.0, 0.0)

PRIOR_DEVIATION = 0.45
"""The prior's standard deviation for each weight."""

_WEIGHTS = 4
_STEPS = 50
_EXACT = 1e-9
_NEVER = 745.0


@dataclass(frozen=True)
class Weights:
    """The four weights of the estimator; `place` and `wait` per year. They were fitted to `seen` starts."""

    place: float
    wait: float
    inadequate: float
    improvement: float
    seen: int


@dataclass(frozen=True)
class Choice:
    """One start: the place of who was chosen among everybody who could have been, and what counted of each of them.

    In order of the queue: starts due before theirs (0 for whose turn does not follow the queue), years missing to the
    end of their window, and two marks (0 or 1) for the pathway."""

    chosen: int
    places: list[float]
    missing: list[float]
    inadequate: list[float]
    improvement: list[float]

    def columns(self, a_year: float) -> list[list[float]]:
        """What the weights are multiplied with, a column for each weight."""
        return [
            [-place / a_year for place in self.places],
            [-missing for missing in self.missing],
            self.inadequate,
            self.improvement,
        ]


def fit(choices: Iterable[tuple[Choice, float]], a_year: float, *, deviation: float = PRIOR_DEVIATION) -> Weights:
    """The maximum a posteriori weights of a conditional logit, by Newton's method.

    Each choice counts by its weight; `deviation` is the prior's. Without any choice, the prior is the answer. What is
    sought has one highest point only; a step that would lead down is halved."""
    seen = [(choice.chosen, choice.columns(a_year), weight) for choice, weight in choices]
    at, here = list(PRIOR), _Slope(PRIOR, seen, deviation)
    for _ in range(_STEPS):
        step = solved(here.bend, here.slope)
        there = [value + part for value, part in zip(at, step, strict=True)]
        after = _Slope(there, seen, deviation)
        while after.height < here.height and max(map(abs, step)) > _EXACT:
            step = [part / 2 for part in step]
            there = [value + part for value, part in zip(at, step, strict=True)]
            after = _Slope(there, seen, deviation)
        at, here = there, after
        if max(map(abs, step)) < _EXACT:
            break
    place, wait, inadequate, improvement = at
    return Weights(place, wait, inadequate, improvement, len(seen))


class _Slope:
    """The log posterior at some weights: its height, its slope, and its bend (lower half, sign turned)."""

    def __init__(
        self, at: Sequence[float], seen: Iterable[tuple[int, list[list[float]], float]], deviation: float
    ) -> None:
        precision = 1 / deviation**2
        off = [mean - value for mean, value in zip(PRIOR, at, strict=True)]
        self.height = -precision / 2 * sum(map(mul, off, off))
        self.slope = [precision * part for part in off]
        self.bend = [[precision * (row == column) for column in range(_WEIGHTS)] for row in range(_WEIGHTS)]
        for chosen, columns, weight in seen:
            odds = _odds(at, columns)
            total = sum(odds)
            self.height += weight * (log(odds[chosen] / total) if odds[chosen] else -_NEVER)
            parts = [list(map(mul, odds, column)) for column in columns]
            means = [sum(part) / total for part in parts]
            for row in range(_WEIGHTS):
                self.slope[row] += weight * (columns[row][chosen] - means[row])
                for column in range(row + 1):
                    spread = sum(map(mul, parts[row], columns[column])) / total - means[row] * means[column]
                    self.bend[row][column] += weight * spread


def _odds(weights: Sequence[float], columns: Sequence[Sequence[float]]) -> list[float]:
    """Odds relative to the likeliest."""
    first, *others = ([weight * value for value in column] for weight, column in zip(weights, columns, strict=True))
    sums = first
    for other in others:
        sums = [left + right for left, right in zip(sums, other, strict=True)]
    highest = max(sums)
    return [exp(value - highest) for value in sums]


def solved(lower: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a symmetric positive definite system of which the lower half is given (Cholesky)."""
    size = len(right)
    root = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = lower[row][column] - sum(root[row][k] * root[column][k] for k in range(column))
            root[row][column] = rest**0.5 if row == column else rest / root[column][column]
    forward = [0.0] * size
    for row in range(size):
        forward[row] = (right[row] - sum(root[row][k] * forward[k] for k in range(row))) / root[row][row]
    found = [0.0] * size
    for row in reversed(range(size)):
        after = sum(root[k][row] * found[k] for k in range(row + 1, size))
        found[row] = (forward[row] - after) / root[row][row]
    return found
