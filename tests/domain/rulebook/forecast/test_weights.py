"""The weights by which the queue is drawn from: those of policy, moved by what was seen."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log
from random import Random

import numpy
import pytest
from statsmodels.discrete.conditional_models import ConditionalLogit

from domain.rulebook.forecast.choice_model import POLICY_WEIGHT, PRIOR, Choice, fit


def test_policy_puts_four_starts_in_five_into_the_twelve_months_of_the_window():
    def started(years: float) -> float:
        return 1 - exp(-exp(POLICY_WEIGHT * years))

    tenth = log(log(10 / 9)) / POLICY_WEIGHT
    assert started(tenth) == pytest.approx(0.1)
    assert started(tenth + 1) == pytest.approx(0.9)


def test_before_any_start_is_seen_the_weights_are_those_of_policy():
    weights = fit([], a_year=44)
    assert (weights.place, weights.wait, weights.inadequate, weights.improvement) == pytest.approx(PRIOR)
    assert weights.seen == 0


def choices(dice: Random, number: int) -> list[Choice]:
    """Starts in a queue of twelve, chosen by known weights."""
    made = []
    for _ in range(number):
        choice = Choice(
            chosen=0,
            places=[float(place) for place in range(12)],
            missing=sorted(max(0.0, dice.uniform(-1, 2)) for _ in range(12)),
            inadequate=[float(dice.random() < 0.2) for _ in range(12)],
            improvement=[float(dice.random() < 0.3) for _ in range(12)],
        )
        columns = choice.columns(a_year=6)
        odds = [exp(1.5 * a + 2.0 * b + 0.7 * c - 0.4 * d) for a, b, c, d in zip(*columns, strict=True)]
        made.append(replace(choice, chosen=dice.choices(range(12), weights=odds)[0]))
    return made


def test_without_a_prior_the_weights_are_those_that_statsmodels_finds():
    seen = choices(Random(7), 400)
    chosen, rows, group = [], [], []
    for number, choice in enumerate(seen):
        for place, row in enumerate(zip(*choice.columns(a_year=6), strict=True)):
            chosen.append(float(place == choice.chosen))
            rows.append(row)
            group.append(number)
    library = ConditionalLogit(numpy.array(chosen), numpy.array(rows), groups=numpy.array(group))
    theirs = library.fit(disp=False).params
    ours = fit([(choice, 1.0) for choice in seen], a_year=6, deviation=1e4)
    found = (ours.place, ours.wait, ours.inadequate, ours.improvement)
    assert found == pytest.approx(tuple(theirs), abs=1e-3), "their search ends a little earlier"
    assert library.loglike(numpy.array(found)) >= library.loglike(theirs)


def test_a_choice_of_weight_two_counts_as_two():
    seen = choices(Random(8), 40)
    twice = fit([(choice, 1.0) for choice in (*seen, *seen)], a_year=6)
    doubled = fit([(choice, 2.0) for choice in seen], a_year=6)
    for name in ("place", "wait", "inadequate", "improvement"):
        assert getattr(twice, name) == pytest.approx(getattr(doubled, name), abs=1e-6)


def test_the_nearer_the_prior_is_held_the_less_the_weights_move():
    seen = [(choice, 1.0) for choice in choices(Random(9), 60)]
    moved = [abs(fit(seen, a_year=6, deviation=deviation).wait - POLICY_WEIGHT) for deviation in (0.01, 0.1, 0.45, 10)]
    assert moved == sorted(moved)
    assert moved[0] < 0.01 < moved[-1]


@pytest.mark.parametrize("deviation", [1.0, 30.0, 1000.0])
def test_few_starts_and_a_loose_prior_do_not_make_the_search_run_away(deviation: float):
    seen = [(choice, 1.0) for choice in choices(Random(10), 30)]
    weights = fit(seen, a_year=6, deviation=deviation)
    assert all(abs(getattr(weights, name)) < 50 for name in ("place", "wait", "inadequate", "improvement"))
