"""How likely, and when: the queue against chance itself, and forecasts against later facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.register.register import REGISTER
from domain.rulebook.forecast.choice_model import Weights
from domain.rulebook.forecast.forecast import OPEN_MONDAYS_A_YEAR, SIX_MONTHS_DAYS, Forecast, Forecaster
from domain.rulebook.forecast.outlook import Outlooks
from domain.rulebook.forecast.queue import DueBy, NationalQueue, Spell
from domain.rulebook.forecast.simulation import Course, StillWaiting, open_mondays
from domain.rulebook.results import Pathway
from domain.rulebook.rows import PANDEMIC_PAUSE
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity, AuthorityFacts
from tests.domain.rulebook.forecast.story import authorities, forecaster, histories
from tests.domain.rulebook.story import england, focused, on, report
from tests.examples import examples

LATER = on("2024-07-01")


@pytest.fixture(scope="module")
def held() -> dict[str, list[Activity]]:
    return histories()


@pytest.fixture(scope="module")
def made(held: dict[str, list[Activity]]) -> dict[str, Forecast]:
    return forecaster(held).forecasts(LATER)


# --- the course of the queue ----------------------------------------------------------------------------------------

WEIGHTS = Weights(place=2.0, wait=2.0, inadequate=0.3, improvement=0.5, seen=0)
PATHWAYS = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT, Pathway.INADEQUATE)


def queue_of(number: int) -> list[Spell]:
    first = on("2024-03-01")
    return [
        Spell(
            urn=str(81_000 + place),
            begins=date.min,
            ends=date.max,
            since=add_months(first + timedelta(days=30 * place), -42),
            opens=first,
            due=first + timedelta(days=30 * place),
            by=DueBy.WINDOW,
            pathway=PATHWAYS[place % 3],
        )
        for place in range(number)
    ]


def test_a_week_takes_exactly_the_capacity_out_of_the_queue():
    course = Course(queue_of(40), WEIGHTS, a_monday=0.9, a_year=39, again_months=42)
    mondays = list(open_mondays(LATER, on("2025-01-01"), known=LATER))
    _, left = course.run(mondays)
    started = [40 - sum(shares) for shares in zip(*left, strict=True)]
    assert started[0] == pytest.approx(0.9, abs=1e-4)
    rejoined_share = 0.9 * len(mondays) - started[-1]
    assert 0 <= rejoined_share < 0.02 * 0.9 * len(mondays), "hardly anybody is inspected twice in six months"


def test_the_course_is_what_drawing_lots_many_times_gives():
    spells = queue_of(15)
    mondays = list(open_mondays(LATER, on("2025-04-01"), known=LATER))
    _, left = Course(spells, WEIGHTS, a_monday=0.3, a_year=13, again_months=42).run(mondays)
    calculated = [1 - shares[-1] for shares in left]
    assert calculated == pytest.approx(drawn(spells, mondays, a_monday=0.3, a_year=13, rounds=3000), abs=0.04)


def drawn(spells: list[Spell], mondays: list[date], *, a_monday: float, a_year: float, rounds: int) -> list[float]:
    """The share of rounds in which each was inspected, one start drawn at a time."""
    dice = Random(3)
    times = [0] * len(spells)
    for _ in range(rounds):
        waiting = list(range(len(spells)))
        for monday in mondays:
            if dice.random() >= a_monday or not waiting:
                continue
            odds = []
            for ahead, place in enumerate(waiting):
                spell = spells[place]
                missing = max(0, (spell.due - monday).days) / 365.25
                in_turn = spell.pathway is not Pathway.INADEQUATE
                grade = {Pathway.INADEQUATE: 0.3, Pathway.REQUIRES_IMPROVEMENT: 0.5}.get(spell.pathway, 0.0)
                odds.append(exp(grade - 2.0 * ahead / a_year * in_turn - 2.0 * missing))
            chosen = dice.choices(waiting, weights=odds)[0]
            waiting.remove(chosen)
            times[chosen] += 1
    return [count / rounds for count in times]


def test_what_is_left_is_read_on_mornings():
    left = StillWaiting([on("2024-07-01"), on("2024-07-08")], [0.8, 0.3])
    assert [left.before(on(day)) for day in ("2024-07-01", "2024-07-02", "2024-07-08", "2024-07-09")] == [
        1.0,
        0.8,
        0.8,
        0.3,
    ]
    assert left.reached(0.1) == left.reached(0.2) == on("2024-07-01")
    assert left.reached(0.5) == left.reached(0.7) == on("2024-07-08")
    assert left.reached(0.9) == on("2024-07-08"), "the last day looked at stands for never"


# --- open Mondays ---------------------------------------------------------------------------------------------------


def test_inspections_start_on_mondays_outside_august_and_christmas():
    found = list(open_mondays(on("2024-01-01"), on("2025-01-01"), known=on("2024-01-01")))
    assert all(day.weekday() == 0 for day in found)
    assert found[0] == on("2024-01-15")
    assert on("2024-07-29") in found
    assert on("2024-09-09") in found
    assert not [day for day in found if on("2024-07-30") <= day <= on("2024-09-02") or day >= on("2024-12-12")]
    assert 42 <= OPEN_MONDAYS_A_YEAR <= 44


def test_the_pandemic_closes_mondays_only_for_who_lived_to_see_it():
    span = on("2020-03-02"), on("2021-09-30")
    before = list(open_mondays(*span, known=on("2020-03-16")))
    assert on("2020-06-01") in before
    afterwards = list(open_mondays(*span, known=on("2022-01-01")))
    assert not [day for day in afterwards if PANDEMIC_PAUSE.in_force(day)]
    assert on("2021-06-28") in afterwards


def test_while_the_pause_lasts_it_is_taken_to_last_as_long_again():
    hundred_days_in = PANDEMIC_PAUSE.start + timedelta(days=100)
    found = next(iter(open_mondays(hundred_days_in, on("2022-01-01"), known=hundred_days_in)))
    assert found == on("2020-10-05"), "200 days after 17 March is 3 October"


# --- forecasts ------------------------------------------------------------------------------------------------------


def place_of(forecast: Forecast) -> int:
    assert forecast.queue is not None
    return forecast.queue.place


def test_a_forecast_keeps_to_the_laws_of_probability(made: dict[str, Forecast]):
    assert len(made) > 15
    for forecast in made.values():
        months = [share.p for share in forecast.by_month]
        assert len(months) == 24
        assert forecast.by_month[0].month == "2024-07"
        assert forecast.by_month[-1].month == "2026-06"
        assert all(0 <= p <= 1 for p in months)
        assert sum(months) <= 1 + 1e-9
        assert forecast.band_from <= forecast.median <= forecast.band_to
        assert forecast.band_from >= LATER
        assert all(share.p == 0 for share in forecast.by_month if share.month.endswith("-08"))


def test_six_months_are_183_days_the_first_and_the_last_included(made: dict[str, Forecast]):
    assert LATER + timedelta(days=SIX_MONTHS_DAYS) == on("2024-12-31")
    for forecast in made.values():
        assert forecast.p_six_months == pytest.approx(sum(share.p for share in forecast.by_month[:6]), abs=1e-12)


def test_who_is_due_first_is_likeliest(made: dict[str, Forecast]):
    good = sorted((f for f in made.values() if f.pathway is Pathway.GOOD_OR_OUTSTANDING), key=place_of)
    assert len(good) > 5
    chances = [forecast.p_six_months for forecast in good]
    assert chances == sorted(chances, reverse=True)
    assert [forecast.since for forecast in good] == sorted(forecast.since for forecast in good)


def test_an_authority_that_inspectors_have_been_to_gets_no_forecast_until_its_report(held: dict[str, list[Activity]]):
    urn, inspection = next(
        (urn, activity)
        for urn, activities in held.items()
        for activity in activities
        if activity.start and on("2024-04-01") < activity.start < LATER <= activity.public_on
    )
    forecasts = forecaster(held)
    assert urn not in forecasts.forecasts(LATER)
    assert urn in forecasts.forecasts(inspection.public_on + timedelta(days=1))


def test_priority_action_makes_an_inspection_likelier(held: dict[str, list[Activity]], made: dict[str, Forecast]):
    began = on("2023-06-05")
    before = next(
        forecast
        for forecast in made.values()
        if forecast.pathway is not Pathway.INADEQUATE and forecast.since < began and forecast.p_six_months < 0.02
    )
    visit = focused(start=began, end=began, published="2023-07-03", priority_action=True)
    after = forecaster({**held, before.urn: [*held[before.urn], visit]}).forecasts(LATER)[before.urn]
    assert after.p_six_months > 3 * before.p_six_months
    assert place_of(after) < place_of(before)


def test_nothing_is_forecast_before_the_framework_came_into_force(held: dict[str, list[Activity]]):
    assert forecaster(held).forecasts(on("2017-12-31")) == {}
    first = forecaster(held).forecasts(on("2018-01-01"))
    assert len(first) == len(held)
    assert {forecast.queue.weights.seen for forecast in first.values() if forecast.queue} == {0}


def test_nobody_waits_in_an_empty_store():
    everybody = [row.facts for row in REGISTER]
    assert any(facts.formed_on for facts in everybody)
    nothing = Forecaster(NationalQueue({}, everybody, holidays=england()))
    assert nothing.forecasts(LATER) == nothing.forecasts(on("2026-09-01")) == {}


def test_single_inspections_before_2018_do_not_count_as_capacity(held: dict[str, list[Activity]]):
    before = {
        urn: [
            replace(one, start=one.published - timedelta(days=60)) if one.start is None and one.published else one
            for one in activities
        ]
        for urn, activities in held.items()
    }
    day = on("2018-07-01")
    found, without = forecaster(before).forecasts(day), forecaster(held).forecasts(day)
    assert found == without


def test_after_the_newest_reading_the_queue_moves_on_at_the_usual_pace(held: dict[str, list[Activity]]):
    read_until = on("2025-06-30")
    known = {urn: [one for one in activities if one.public_on <= read_until] for urn, activities in held.items()}
    stale = Forecaster(forecaster(known).queue, read_until=read_until)
    fresh, later = stale.forecasts(read_until), stale.forecasts(on("2026-01-05"))
    rate = {forecast.queue.starts_a_year for forecast in (*fresh.values(), *later.values()) if forecast.queue}
    assert max(rate) / min(rate) < 1.05, "months of which nothing is known are not months without inspections"
    first, last = min(later.values(), key=place_of), max(later.values(), key=place_of)
    assert first.p_six_months > 0.7
    assert first.queue is not None
    assert last.queue is not None
    assert first.queue.since_reading > 0.5 > 0.05 > last.queue.since_reading
    assert all(forecast.queue.since_reading == 0 for forecast in fresh.values() if forecast.queue)
    assert stale.forecasts(on("2026-07-02")) == {}, "a year after the last reading nothing is forecast"


# --- where the queue is not seen ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read_until", "day", "words"),
    [
        ("2025-06-30", "2025-06-30", []),
        (
            "2025-06-30",
            "2025-07-01",
            ["Not known since 30 June 2025: no source read here tells of all graded"],
        ),
        ("2025-05-31", "2025-06-30", ["Not known since 31 May 2025: no source read here"]),
        ("2025-07-31", "2025-07-31", ["No source that tells of every authority was read after 30 June 2025"]),
        (
            "2025-07-31",
            "2025-08-01",
            [
                "Not known since 31 July 2025: no source read here",
                "No source that tells of every authority was read after 30",
            ],
        ),
        (None, "2025-06-30", ["No source that tells of all graded inspections of Authority 3 has been read yet."]),
    ],
)
def test_each_authority_s_outlook_says_until_when_something_is_known_of_it(
    held: dict[str, list[Activity]], read_until: str | None, day: str, words: list[str]
):
    stale = Forecaster(forecaster(held).queue, read_until=on("2025-06-30"))
    read = on(read_until) if read_until else None
    limits = Outlooks(stale, on(day)).of(authorities(24)[3], read_until=read).limits
    assert len(limits) == len(words)
    assert all(limit.startswith(start) for limit, start in zip(limits, words, strict=True))


@pytest.fixture
def few(held: dict[str, list[Activity]]) -> Forecaster:
    """Of twenty-four authorities the reports of five are held."""
    some = {urn: activities for urn, activities in held.items() if urn < "81005"}
    return Forecaster(NationalQueue(some, authorities(24), holidays=england()))


def test_where_few_reports_are_held_each_follows_its_window_alone(few: Forecaster):
    found = few.forecasts(LATER)
    assert set(found) <= {f"8100{place}" for place in range(5)}
    assert len(found) >= 3
    for forecast in found.values():
        spell = few.queue.spell(forecast.urn, LATER)
        assert forecast.queue is None
        assert spell is not None
        if spell.opens > LATER + timedelta(days=365):
            assert abs((forecast.band_from - spell.opens).days) <= 42, "a season may lie between"
            assert abs((forecast.band_to - spell.due).days) <= 42


def test_a_window_long_past_makes_an_inspection_likely_soon_and_one_far_off_unlikely():
    def alone(published: str) -> Forecast:
        held = {"81000": [report(published, "G", urn="81000")]}
        (found,) = Forecaster(NationalQueue(held, authorities(24), holidays=england())).forecasts(LATER).values()
        return found

    assert alone("2019-06-03").p_six_months > 0.9
    assert 0.05 < alone("2021-12-06").p_six_months < 0.4
    assert alone("2024-06-03").p_six_months < 0.001


def test_a_new_authority_of_which_nothing_is_known_is_not_forecast_from_a_few_others(held: dict[str, list[Activity]]):
    new = AuthorityFacts(urn="81999", name="Newham-on-Sea", formed_on=on("2023-04-01"))
    some = {urn: activities for urn, activities in held.items() if urn < "81005"}
    there = [*authorities(24), new]
    assert "81999" not in Forecaster(NationalQueue(some, there, holidays=england())).forecasts(LATER)
    visited = {**some, "81999": [focused(urn="81999", start="2024-02-06", end="2024-02-07", published="2024-03-11")]}
    found = Forecaster(NationalQueue(visited, there, holidays=england())).forecasts(LATER)["81999"]
    assert found.queue is None
    assert found.median < on("2025-04-01")
    everybody = Forecaster(NationalQueue({**held}, there, holidays=england())).forecasts(LATER)
    assert everybody["81999"].queue is not None, "in the national queue it waits from its formation"


@pytest.mark.parametrize("origin", ["2018-01-01", "2019-04-01", "2020-06-01", "2021-07-01", "2023-01-01", "2026-01-01"])
def test_every_day_since_2018_can_be_forecast_from(held: dict[str, list[Activity]], origin: str):
    found = forecaster(held).forecasts(on(origin))
    assert len(found) > 15
    assert all(0 <= forecast.p_six_months <= 1 for forecast in found.values())
    (a_year,) = {forecast.queue.starts_a_year for forecast in found.values() if forecast.queue}
    assert 6 <= a_year <= 10, "twenty-four authorities, each every three years"


def test_a_queue_of_one_is_no_trouble():
    lone = {"81000": [report("2021-05-10", "G", urn="81000")]}
    (found,) = forecaster(lone).forecasts(LATER).values()
    assert found.queue is not None
    assert (found.queue.place, found.queue.waiting) == (1, 1)
    assert 0 < found.p_six_months < 1


# --- nothing later leaks --------------------------------------------------------------------------------------------


def known_on(held: dict[str, list[Activity]], morning: date) -> dict[str, list[Activity]]:
    """Only what was public the day before."""
    return {urn: [one for one in activities if one.public_on < morning] for urn, activities in held.items()}


@pytest.mark.parametrize("origin", ["2018-07-01", "2020-01-01", "2022-07-01", "2024-07-01", "2025-10-01"])
def test_forecasts_are_the_same_with_and_without_what_came_later(held: dict[str, list[Activity]], origin: str):
    with_all = forecaster(held).forecasts(on(origin))
    without = forecaster(known_on(held, on(origin))).forecasts(on(origin))
    assert with_all == {urn: without[urn] for urn in with_all}
    assert set(without) - set(with_all) == {urn for urn in held if urn not in with_all}


later_reports = st.lists(
    st.tuples(
        st.integers(0, 23),
        st.dates(on("2024-07-01"), on("2026-12-31")),
        st.integers(0, 120),
        st.sampled_from("OGRI"),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=examples(25), deadline=None)
@given(later=later_reports)
def test_adding_later_facts_changes_no_earlier_forecast(later: list[tuple[int, date, int, str, bool]]):
    held = histories()
    before = forecaster(held).forecasts(LATER)
    more = {urn: list(activities) for urn, activities in held.items()}
    for place, published, days, grade, visit in later:
        urn, start = str(81_000 + place), published - timedelta(days=days)
        if visit:
            more[urn].append(
                focused(urn=urn, start=start, end=start, published=published.isoformat(), priority_action=True)
            )
        else:
            more[urn].append(report(published.isoformat(), grade, urn=urn, start=start))
    after = forecaster(more).forecasts(LATER)
    now_under_way = set(before) - set(after)
    assert all(before[urn] == forecast for urn, forecast in after.items())
    assert all(
        any(one.start is not None and one.start < LATER <= one.public_on for one in more[urn]) for urn in now_under_way
    )
