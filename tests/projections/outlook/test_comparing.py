"""Whatever is told: an answer equals itself, what differs makes the later answer, and what is missed is counted."""

from __future__ import annotations

from datetime import date, timedelta
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.authorities.comparing import Why, compare
from projections.authorities.timeline import timeline
from projections.outlook.comparing import ComparedMoment, LogExtent, comparison_of, counted_by, missed
from tests.comparing import applied
from tests.examples import examples
from tests.projections.story import FIRST, LEEDS, STOCKTON, Store, inspection, tell_a_varied_history
from tests.projections.test_any_history import some_day, steps, told_to_a_store

TODAY = date(2030, 1, 1)


def activities(store: Store, urn: str, point: ComparedMoment) -> list[Any]:
    found = timeline(store.reader, urn, as_at=point.as_at, known_at=point.known_at)
    return [entry.activity for entry in found.entries]


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    told=steps,
    days=st.lists(some_day, min_size=2, max_size=2).map(sorted),
    minutes=st.lists(st.integers(-2, 14), min_size=2, max_size=2).map(sorted),
)
def test_what_differs_between_any_two_moments_makes_the_later_from_the_earlier(told: Any, days: Any, minutes: Any):
    with TemporaryDirectory() as folder:
        store = told_to_a_store(folder, told)
        store.projector.catch_up()
        for urn in (STOCKTON, LEEDS):
            since, until = (
                ComparedMoment(day, FIRST + timedelta(minutes=minute))
                for day, minute in zip(days, minutes, strict=True)
            )
            before, after = activities(store, urn, since), activities(store, urn, until)
            found = comparison_of(store.reader, urn, since=since, until=until).comparison
            assert sorted(applied(before, found), key=repr) == sorted(after, key=repr)
            same = comparison_of(store.reader, urn, since=until, until=until).comparison
            assert (same.differences, same.unchanged) == ((), len(after))
            only_world = comparison_of(
                store.reader, urn, since=ComparedMoment(days[0]), until=ComparedMoment(days[1])
            ).comparison
            assert only_world.count(why=Why.CORRECTED) == 0, "time passing corrects nothing"
            counted = missed(store.reader, urn, then=since, now=ComparedMoment(TODAY))
            latest = compare(before, activities(store, urn, ComparedMoment(TODAY)), since=since.as_at)
            assert counted.changes == len(latest.shown)
        store.engine.dispose()
        store.ledger.close()


def test_both_standings_come_with_what_differs(sqlite_store: Store):
    tell_a_varied_history(sqlite_store)
    sqlite_store.projector.catch_up()
    found = comparison_of(
        sqlite_store.reader, STOCKTON, since=ComparedMoment(date(2023, 2, 1)), until=ComparedMoment(date(2024, 6, 1))
    )
    governing = [answer.standing.governing for answer in (found.before, found.after)]
    assert [one and one.published for one in governing] == [date(2019, 7, 1), date(2023, 3, 20)]
    assert [one.entry.start for one in found.comparison.shown] == [date(2023, 1, 30), None]


def test_what_is_not_shown_is_counted_for_all_authorities_and_says_when_recording_began(sqlite_store: Store):
    sqlite_store.register(STOCKTON, "Stockton-on-Tees")
    sqlite_store.register(LEEDS, "Leeds")
    good = inspection(date(2019, 5, 20), date(2019, 7, 1))
    sqlite_store.state(STOCKTON, good, read_on=date(2024, 1, 5))
    known_at = sqlite_store.now
    sqlite_store.state(LEEDS, good, read_on=date(2024, 1, 6))
    sqlite_store.projector.catch_up()
    then = ComparedMoment(TODAY, known_at)
    everywhere = missed(sqlite_store.reader, None, then=then, now=ComparedMoment(TODAY))
    assert (everywhere.others, everywhere.corrections) == (1, 0)
    assert counted_by(sqlite_store.reader, known_at) == LogExtent(FIRST + timedelta(minutes=1), known_at)
    assert missed(sqlite_store.reader, STOCKTON, then=then, now=ComparedMoment(TODAY)).changes == 0
    assert counted_by(sqlite_store.reader, FIRST).last is None
