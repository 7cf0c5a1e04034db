"""Whether a focused visit comes within six months: the logistic regression behind that forecast.

`Signs` are what counts of one authority on one morning; `fit` finds the seven weights that make what came of earlier
mornings the likeliest, held near nothing. See `domain.rulebook.forecast.visits` for what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import exp, log1p
from operator import mul

from domain.rulebook.forecast.choice_model import solved

PRIOR_DEVIATION = 1.0
"""The prior's standard deviation for each weight, about 0: before anything is seen, an even chance."""

_WEIGHTS = 7
_STEPS = 50
_EXACT = 1e-9


@dataclass(frozen=True)
class Signs:
    """What counts of one authority: four marks of what came since its report, one of the last episode, and the chance
    of a graded inspection within the same six months."""

    good_and_none: bool
    improvement_and_none: bool
    improvement_and_one: bool
    report_fresh: bool
    episode_fresh: bool
    graded: float

    @property
    def row(self) -> tuple[float, ...]:
        """What the weights are multiplied with, in their order."""
        return (
            1.0,
            float(self.good_and_none),
            float(self.improvement_and_none),
            float(self.improvement_and_one),
            float(self.report_fresh),
            float(self.episode_fresh),
            self.graded,
        )


@dataclass(frozen=True)
class VisitWeights:
    """The weights of the estimator, one for each of the signs after the level, fitted to `seen` half-years."""

    level: float
    good_and_none: float
    improvement_and_none: float
    improvement_and_one: float
    report_fresh: float
    episode_fresh: float
    graded: float
    seen: int = field(kw_only=True)

    def chance(self, signs: Signs) -> float:
        """Of a visit within six months."""
        return _share(sum(map(mul, self._values, signs.row)))

    @property
    def _values(self) -> tuple[float, ...]:
        return (
            self.level,
            self.good_and_none,
            self.improvement_and_none,
            self.improvement_and_one,
            self.report_fresh,
            self.episode_fresh,
            self.graded,
        )


Outcome = tuple[Signs, bool, float]
"""What counted of an authority on a morning, whether a visit came, and how much that counts today."""


def fit(outcomes: Iterable[Outcome], *, deviation: float = PRIOR_DEVIATION) -> VisitWeights:
    """The maximum a posteriori weights of a logistic regression, by Newton's method.

    Without any outcome all are 0. What is sought has one highest point only; a step that would lead down is halved."""
    seen = [(signs.row, float(came), weight) for signs, came, weight in outcomes]
    at = [0.0] * _WEIGHTS
    here = _Slope(at, seen, deviation)
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
    return VisitWeights(*at, seen=len(seen))


class _Slope:
    """The log posterior at some weights: its height, its slope, and its bend (lower half, sign turned)."""

    def __init__(
        self, at: Sequence[float], seen: Iterable[tuple[Sequence[float], float, float]], deviation: float
    ) -> None:
        precision, size = 1 / deviation**2, range(len(at))
        self.height = -precision / 2 * sum(map(mul, at, at))
        self.slope = [-precision * value for value in at]
        self.bend = [[precision * (row == column) for column in size] for row in size]
        for row, came, weight in seen:
            sure = sum(map(mul, at, row))
            self.height += weight * (came * sure - max(sure, 0.0) - log1p(exp(-abs(sure))))
            share = _share(sure)
            missed, spread = weight * (came - share), weight * share * (1 - share)
            there = [(place, value) for place, value in enumerate(row) if value]
            for place, value in there:
                self.slope[place] += missed * value
                bend, part = self.bend[place], spread * value
                for other, beside in there:
                    if other <= place:
                        bend[other] += part * beside


def _share(sure: float) -> float:
    """The chance of which `sure` are the log odds."""
    return 1 / (1 + exp(-sure)) if sure >= 0 else (odds := exp(sure)) / (1 + odds)
