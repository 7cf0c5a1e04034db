"""Statistical neighbours as published: ten of each authority of today, none of itself."""

from __future__ import annotations

from domain.register.neighbours import KINDS, NEIGHBOURS, kind_of, neighbours_of
from domain.register.register import REGISTER


def test_every_authority_of_today_has_ten_neighbours_of_today_and_nobody_else_has_any():
    today = {one.facts.urn for one in REGISTER.current}
    assert set(NEIGHBOURS) == today
    for urn, neighbours in NEIGHBOURS.items():
        assert len(set(neighbours)) == 10
        assert set(neighbours) <= today - {urn}
    assert neighbours_of("80457") == ()
    assert neighbours_of("east-surrey") == ()


def test_neighbours_are_those_of_the_published_list():
    named = [REGISTER[urn].facts.name for urn in neighbours_of("80483")]
    assert named == [
        "Gloucestershire",
        "South Gloucestershire",
        "Warwickshire",
        "North Somerset",
        "Hampshire",
        "Wiltshire",
        "Somerset",
        "West Sussex",
        "East Riding of Yorkshire",
        "Nottinghamshire",
    ]


def test_every_authority_of_today_is_of_a_kind_and_one_without_a_code_is_of_none():
    kinds = [kind_of(one.facts.gss_code) for one in REGISTER.current]
    assert {kind: kinds.count(kind) for kind in KINDS} == {"E06": 63, "E08": 36, "E09": 33, "E10": 21}
    assert (kind_of(None), kind_of("W06000015")) == ("", "")
