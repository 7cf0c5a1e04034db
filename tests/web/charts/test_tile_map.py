"""The map of tiles: each authority once, no two on one place, on any day."""

from __future__ import annotations

from datetime import date

import pytest

from domain.register.register import REGISTER
from web.charts.open_months import open_months
from web.charts.tile_map import TileOf, tile_map
from web.charts.tile_places import PLACES


def _shown(urn: str) -> TileOf:
    return TileOf(urn, REGISTER[urn].facts.name, "G", "tone-good")


def test_each_authority_of_today_has_a_place_of_its_own():
    today = [one.facts.urn for one in REGISTER.current]
    assert len(today) == len({PLACES[urn] for urn in today}) == 153
    assert set(PLACES) - set(today) == {one.facts.urn for one in REGISTER if one.facts.abolished_on}


@pytest.mark.parametrize("day", ["2015-01-01", "2019-04-01", "2021-04-01", "2022-01-01", "2023-04-01"])
def test_no_two_stand_on_one_place_on_any_day(day: str):
    on = date.fromisoformat(day)
    there = [
        one.facts.urn
        for one in REGISTER
        if (one.facts.formed_on or date.min) <= on < (one.facts.abolished_on or date.max)
    ]
    drawn = tile_map(map(_shown, there), title="England", desc="")
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == len(there)


def test_those_that_follow_stand_where_the_one_before_stood():
    column, row = PLACES["80457"]
    assert (PLACES["2733690"], PLACES["2733698"]) == ((column, row), (column + 1, row))
    column, row = PLACES["80531"]
    assert (PLACES["2637548"], PLACES["2637539"]) == ((column, row), (column + 1, row))


def test_whoever_has_no_place_is_drawn_all_the_same_within_the_picture():
    drawn = tile_map([_shown("80426"), TileOf("new-1", "New", "?", "tone-none")], title="", desc="")
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == 2
    assert all(0 < tile.x < drawn.width and 0 < tile.y < drawn.height for tile in drawn.tiles)


def test_four_grades_are_four_squares_around_the_middle():
    (tile,) = tile_map([TileOf("80426", "", "?", "tone-none", ("a", "b", "c", "d"))], title="", desc="").tiles
    assert [(one.x - tile.x, one.y - tile.y, one.tone) for one in tile.squares] == [
        (-7, -7, "a"),
        (0, -7, "b"),
        (-7, 0, "c"),
        (0, 0, "d"),
    ]


def test_bars_of_months_say_every_number_and_stand_on_one_foot():
    numbers = [(date(2026 + (month + 10) // 12, (month + 10) % 12 + 1, 1), month + 1) for month in range(24)]
    wide, narrow = open_months(numbers)
    assert wide.desc.startswith("Nov 2026: 1; Dec 2026: 2;")
    assert wide.desc == narrow.desc
    for drawn in (wide, narrow):
        assert {bar.y + bar.height for bar in drawn.bars} == {drawn.foot}
        assert all(bar.x + bar.width <= drawn.width for bar in drawn.bars)
    assert [bar.year for bar in wide.bars if bar.year] == ["2026", "2027", "2028"]
    assert open_months([(date(2026, 11, 1), 0)]) == ()
