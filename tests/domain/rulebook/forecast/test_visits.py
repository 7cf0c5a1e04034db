"""The next focused visit: what is learnt, what never counts, and of what nothing is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy
import pytest
from statsmodels.discrete.discrete_model import Logit

from domain.rulebook.forecast.backtest import LeftOut
from domain.rulebook.forecast.forecast import SIX_MONTHS_DAYS
from domain.rulebook.forecast.outlook import Outlooks
from domain.rulebook.forecast.visit_backtest import VisitTrial, visit_trials_on, visits_summed
from domain.rulebook.forecast.visit_model import Signs, VisitWeights, fit
from domain.rulebook.forecast.visit_outlook import VisitOutlook, VisitOutlooks
from domain.rulebook.forecast.visits import VisitForecast, VisitForecaster
from domain.rulebook.results import Pathway
from domain.values.activities import Activity, AuthorityFacts, Status
from domain.values.known_until import KnownKind, KnownSpan, KnownUntil
from domain.values.statements import Kind
from tests.domain.rulebook.forecast.story import (
    authorities,
    forecaster,
    histories,
    visit_forecaster,
    visited,
)
from tests.domain.rulebook.story import activity, focused, on

LATER = on("2024-07-01")
Histories = dict[str, list[Activity]]


@pytest.fixture(scope="module")
def held() -> Histories:
    return visited(histories(60))


@pytest.fixture(scope="module")
def forecasts(held: Histories) -> VisitForecaster:
    return visit_forecaster(held)


@pytest.fixture(scope="module")
def made(forecasts: VisitForecaster) -> dict[str, VisitForecast]:
    return forecasts.forecasts(LATER)


# --- the weights ----------------------------------------------------------------------------------------------------


def outcomes(dice: Random, number: int) -> list[tuple[Signs, bool, float]]:
    made = []
    for _ in range(number):
        marks = [dice.random() < 0.4 for _ in range(5)]
        signs = Signs(*marks, graded=dice.random())
        came = dice.random() < VisitWeights(-1.0, 1.0, 2.0, 0.5, -1.0, -0.5, -1.0, seen=0).chance(signs)
        made.append((signs, came, dice.choice((1.0, 2.0))))
    return made


def test_without_a_prior_the_weights_are_those_that_statsmodels_finds():
    seen = outcomes(Random(5), 500)
    rows = [(signs.row, came) for signs, came, weight in seen for _ in range(int(weight))]
    library = Logit(numpy.array([float(came) for _, came in rows]), numpy.array([row for row, _ in rows]))
    theirs = library.fit(disp=False).params
    ours = fit(seen, deviation=1e4)
    found = (
        ours.level,
        ours.good_and_none,
        ours.improvement_and_none,
        ours.improvement_and_one,
        ours.report_fresh,
        ours.episode_fresh,
        ours.graded,
    )
    assert found == pytest.approx(tuple(theirs), abs=1e-4)


def test_before_anything_is_seen_a_visit_is_as_likely_as_not():
    nothing = fit([])
    assert nothing.seen == 0
    assert nothing.chance(Signs(True, False, False, True, True, 0.4)) == 0.5


def test_a_few_outcomes_cannot_carry_the_weights_away():
    always = Signs(True, False, False, False, False, 0.0)
    assert 0.5 < fit([(always, True, 1.0)] * 3).chance(always) < 0.9


# --- forecasts ------------------------------------------------------------------------------------------------------


def test_who_has_had_every_visit_of_the_pathway_is_given_less_than_who_waits_for_one(made: dict[str, VisitForecast]):
    good = [one for one in made.values() if one.pathway is Pathway.GOOD_OR_OUTSTANDING]
    waiting = [one.p_six_months for one in good if one.episodes == 0 and one.since < LATER - timedelta(days=400)]
    had = [one.p_six_months for one in good if one.episodes == 1]
    assert len(waiting) > 3
    assert len(had) > 3
    assert min(waiting) > max(had)


def test_none_is_to_be_expected_while_an_authority_is_inadequate(held: Histories, made: dict[str, VisitForecast]):
    inadequate = [one for one in made.values() if one.pathway is Pathway.INADEQUATE]
    assert inadequate
    assert {one.p_six_months for one in inadequate} == {0.0}
    found = outlook(held, visit_forecaster(held), inadequate[0].urn)
    assert "(R-040)" in found.basis


@pytest.mark.parametrize("kind", [Kind.FOCUSED_VISIT, Kind.JTAI])
def test_a_joint_inspection_takes_the_place_of_a_visit(held: Histories, made: dict[str, VisitForecast], kind: Kind):
    before = next(
        one
        for one in made.values()
        if one.pathway is Pathway.GOOD_OR_OUTSTANDING and one.episodes == 0 and one.since < on("2023-01-01")
    )
    came = activity(kind, urn=before.urn, start=on("2023-10-03"), published=on("2023-11-20"))
    after = visit_forecaster({**held, before.urn: [*held[before.urn], came]}).forecasts(LATER)[before.urn]
    assert (after.episodes, after.last_episode) == (1, came.start)
    assert after.p_six_months < before.p_six_months / 2


def test_a_visit_that_was_withdrawn_does_not_count(held: Histories, made: dict[str, VisitForecast]):
    urn = next(iter(made))
    struck = replace(
        focused(urn=urn, start=on("2024-05-07"), published=on("2024-06-10")), status=Status.WITHDRAWN, reason="A slip"
    )
    assert visit_forecaster({**held, urn: [*held[urn], struck]}).forecasts(LATER) == made


@pytest.mark.parametrize("origin", ["2021-07-01", "2024-07-01", "2025-10-01"])
def test_letters_and_reports_that_came_later_change_no_earlier_forecast(held: Histories, origin: str):
    until = on(origin)
    public = {urn: [one for one in activities if one.public_on < until] for urn, activities in held.items()}
    whole, short = visit_forecaster(held).forecasts(until), visit_forecaster(public).forecasts(until)
    assert len(whole) > 40
    assert whole == {urn: short[urn] for urn in whole}


def test_quarters_of_which_no_visit_is_held_teach_nothing(held: Histories):
    gap = on("2022-04-01"), on("2023-03-31")
    untold = {
        urn: [
            one
            for one in activities
            if one.kind is not Kind.FOCUSED_VISIT or not one.start or not gap[0] <= one.start <= gap[1]
        ]
        for urn, activities in held.items()
    }
    seen, without = (
        next(one.weights.seen for one in visit_forecaster(some).forecasts(LATER).values() if one.weights)
        for some in (held, untold)
    )
    assert seen - without > 5 * 30, "the four quarters and the one before"


# --- what nobody told of --------------------------------------------------------------------------------------------


def outlook(held: Histories, forecasts: VisitForecaster, urn: str, day: date = LATER) -> VisitOutlook:
    authority = next(one for one in authorities(len(held)) if one.urn == urn)
    graded = Outlooks(forecasts.graded, day)
    return VisitOutlooks(forecasts, graded, day).of(authority, read_until=day)


def test_nothing_is_forecast_more_than_183_days_after_visits_are_known(held: Histories):
    day = LATER - timedelta(days=SIX_MONTHS_DAYS)
    found = visit_forecaster(held, u81001=day, u81002=day - timedelta(days=1), u81003=None)
    assert "81001" in found.forecasts(LATER)
    assert outlook(held, found, "81002").basis == (
        "Not known since 30 December 2023: no source read here tells of all focused visits after that day. 1 July "
        "2024 is more than 183 days later, so none is forecast."
    )
    assert outlook(held, found, "81003").basis == (
        "Not known: no source read here tells of all focused visits. So none is forecast."
    )
    assert outlook(held, found, "81001").limits[0] == (
        "A focused visit to Authority 1 whose letter came after 31 December 2023 is not counted."
    )


def test_who_is_not_forecast_an_inspection_is_forecast_no_visit_for_the_same_reason(held: Histories):
    none = {**held, "81004": []}
    found = visit_forecaster(none)
    graded = Outlooks(found.graded, LATER).of(AuthorityFacts(urn="81004", name="Authority 4"), read_until=LATER)
    assert outlook(none, found, "81004").basis == graded.basis


def test_a_report_whose_grades_are_not_known_says_so(held: Histories):
    unknown = [replace(one, grades=type(one.grades)()) for one in held["81005"] if one.kind is Kind.INSPECTION][:1]
    found = visit_forecaster({**held, "81005": unknown})
    assert "81005" not in found.forecasts(LATER)
    assert "leaves the pathway of Authority 5 open" in outlook({**held, "81005": unknown}, found, "81005").basis


def told_of(held: Histories, *spans: tuple[str | None, str]) -> VisitForecaster:
    """Sources tell of everybody's visits from and until these days."""
    told = tuple(KnownSpan(KnownKind.FOCUSED_VISIT, on(until), on(since) if since else None) for since, until in spans)
    return VisitForecaster(forecaster(held), held, dict.fromkeys(held, KnownUntil(told)))


def test_where_sources_do_not_tell_of_all_the_time_since_the_report_the_answer_says_so(held: Histories):
    whole, part = told_of(held, (None, "2024-06-30")), told_of(held, ("2023-04-01", "2024-06-30"))
    urn = next(one.urn for one in part.forecasts(LATER).values() if one.weights and one.since < on("2023-04-01"))
    missing = "Sources do not tell of every focused visit since the report of"
    assert any(missing in one for one in outlook(held, part, urn).limits)
    assert not any(missing in one for one in outlook(held, whole, urn).limits)


def test_half_a_year_of_which_sources_do_not_tell_whole_teaches_nothing_and_is_not_held_to_account(held: Histories):
    gap = told_of(held, (None, "2021-03-31"), ("2022-04-01", "2026-01-01"))
    seen, without = (
        next(one.weights.seen for one in made.forecasts(LATER).values() if one.weights)
        for made in (told_of(held, (None, "2026-01-01")), gap)
    )
    assert seen > without > 0
    asked = [on("2021-01-01"), on("2021-04-01"), on("2022-04-01")]
    account = visits_summed(asked, lambda day: visit_trials_on(gap, day), gap.newest_known)
    assert account.origins == (on("2022-04-01"),)


# --- held to account ------------------------------------------------------------------------------------------------


def trial(p: float, started: str | None, known_until: str = "2025-06-30") -> VisitTrial:
    forecast = VisitForecast("81001", LATER, p, on("2023-01-01"), Pathway.GOOD_OR_OUTSTANDING, 0, None)
    return VisitTrial(forecast, on(started) if started else None, on(known_until))


def test_six_months_are_183_days_the_first_and_the_last_included():
    assert trial(0.5, "2024-12-31").happened
    assert not trial(0.5, "2025-01-01").happened


def test_the_score_is_that_of_what_was_over_and_known():
    trials = [trial(0.3, "2024-08-06"), trial(0.1, None), trial(0.9, None, known_until="2024-12-30")]
    found = visits_summed(
        [on("2017-10-01"), LATER, on("2025-04-01")], lambda day: trials * (day == LATER), on("2026-01-01")
    )
    assert found.total is not None
    assert (found.total.n, found.total.happened) == (2, 0.5)
    assert found.total.brier == pytest.approx((0.7**2 + 0.1**2) / 2)
    assert found.total.brier_base_rate == 0.25
    assert found.origins == (LATER,)
    assert found.left_out == (
        (on("2017-10-01"), LeftOut.BEFORE_THE_FRAMEWORK),
        (on("2025-04-01"), LeftOut.NOT_OVER),
    )


def test_letters_come_weeks_later_so_the_newest_are_shown_apart():
    trials = [trial(0.3, "2024-08-06"), trial(0.1, None, known_until="2025-02-28")]
    found = visits_summed([LATER], lambda _: trials, on("2026-01-01"))
    assert found.total is not None
    assert found.settled is not None
    assert (found.total.n, found.settled.n) == (2, 1)


def test_where_no_source_tells_of_visits_there_is_nothing_to_hold_to_account(held: Histories):
    found = visit_forecaster(held, known_until=None)
    assert visit_trials_on(found, LATER) == []
    account = visits_summed([LATER], lambda day: visit_trials_on(found, day), found.newest_known)
    assert (account.total, account.until, account.origins) == (None, None, ())


def test_forecasts_of_the_made_up_england_beat_its_base_rate(forecasts: VisitForecaster):
    days = [on("2022-07-01"), on("2023-07-01"), on("2024-07-01")]
    found = visits_summed(days, lambda day: visit_trials_on(forecasts, day), on("2026-01-01"))
    assert found.total is not None
    assert found.total.brier < 0.95 * found.total.brier_base_rate


def test_the_chance_of_an_inspection_is_that_of_its_own_forecast(held: Histories):
    once, again = forecaster(held), forecaster(held)
    chances = once.chances(LATER)
    assert {urn: chances[urn] for urn in again.forecasts(LATER)} == {
        urn: one.p_six_months for urn, one in again.forecasts(LATER).items()
    }
