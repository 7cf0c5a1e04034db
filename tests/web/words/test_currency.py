"""How current what is held is, as the foot of a page says it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.values.known_until import LISTED, NOTHING_KNOWN, KnownKind, KnownUntil
from web.words.currency import SHORT, PlaceLooked, known_here, looked_here, nothing_in_seven_days

AUGUST = date(2026, 8, 21)
TODAY = date(2026, 11, 30)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 6, 10, tzinfo=UTC)


def place(name: str, every: int, looked: datetime | None, well: datetime | None) -> PlaceLooked:
    return PlaceLooked(name, every, looked, well)


def test_every_kind_that_sources_list_has_a_short_name():
    assert set(SHORT) == set(LISTED)


def test_kinds_known_until_one_day_stand_together_the_newest_day_first():
    known = KnownUntil.of(
        {
            KnownKind.FOCUSED_VISIT: date(2025, 3, 31),
            KnownKind.MONITORING_VISIT: date(2025, 3, 31),
            KnownKind.GRADED_INSPECTION: AUGUST,
        }
    )
    assert known_here(known, AUGUST) == (
        "Known here: graded reports until 21 August 2026; focused visits and monitoring visits until 31 March 2025. "
        "Of all joint inspections or area SEND inspections no source tells."
    )


@pytest.mark.parametrize(
    ("horizon", "said"),
    [
        (None, "No source has been read here yet."),
        (AUGUST, "The sources read here, the last on 21 August 2026, tell of some authorities only."),
    ],
)
def test_where_nothing_is_known_of_all_that_is_what_is_said(horizon: date | None, said: str):
    assert known_here(NOTHING_KNOWN, horizon) == said


def test_places_that_were_looked_at_in_time_are_told_by_their_newest_look():
    places = [place("JT-39 history", 1, at(11, 29), at(11, 29)), place("JTAI overview", 7, at(11, 16), at(11, 16))]
    assert looked_here(places, TODAY) == (
        "The places that files come from were last looked at on 29 November 2026.",
        "",
    )


@pytest.mark.parametrize(("day", "late"), [(28, False), (27, True)])
def test_a_place_is_late_once_more_than_twice_its_days_have_passed(day: int, late: bool):
    _, amiss = looked_here([place("JT-39 history", 1, at(11, day), at(11, day))], TODAY)
    told = "JT-39 history was not looked at for too long; it was last read on 27 November 2026."
    assert amiss == (told if late else "")


def test_a_look_that_failed_is_told_with_the_last_that_did_not():
    said, amiss = looked_here([place("JT-39 history", 1, at(11, 30), at(11, 12))], TODAY)
    assert said == "The places that files come from were last looked at on 30 November 2026."
    assert amiss == "The last look at JT-39 history failed; it was last read on 12 November 2026."


def test_several_that_failed_are_counted_and_one_that_was_never_read_is_not_given_a_day():
    places = [place("JT-39 history", 1, at(11, 30), None), place("JTAI overview", 7, at(11, 30), at(11, 2))]
    assert "The last look at 2 of the places failed; one of them was never read." in looked_here(places, TODAY)[1]


def test_a_place_that_failed_is_not_said_to_be_late_as_well():
    _, amiss = looked_here([place("JT-39 history", 1, at(11, 30), at(8, 1))], TODAY)
    assert "for too long" not in amiss


def test_where_no_place_was_ever_looked_at_that_is_said():
    said, amiss = looked_here([place("JT-39 history", 1, None, None)], TODAY)
    assert said == "Nothing was fetched here yet: all of it came with the product or was sent in by hand."
    assert not amiss


@pytest.mark.parametrize(
    ("known", "horizon", "said"),
    [
        (None, None, "Whether anything is new is not known: no source has been read"),
        (None, AUGUST, "Whether anything is new is not known: no source read here tells of all"),
        (date(2026, 8, 14), AUGUST, "Whether anything was published in these seven days is not known here"),
        (date(2026, 8, 15), AUGUST, "Nothing new in seven days, as far as the sources read here tell"),
    ],
)
def test_that_nothing_was_published_is_said_only_of_days_that_are_known(
    known: date | None, horizon: date | None, said: str
):
    until = NOTHING_KNOWN if known is None else KnownUntil.of({KnownKind.GRADED_INSPECTION: known})
    assert nothing_in_seven_days(until, horizon, date(2026, 8, 15)).startswith(said)
