"""The table of places: the one that comes with the product, and an installation's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.values.errors import RuleBroken
from web.places.table import BUILT_IN, KEYS, OFSTED_SITE, FilePlace, named, places, why_off
from web.store.settings import Settings
from web.words.currency import TITLES

GOOD = "{name: jt39, address: 'https://example.org/history.csv', format: jt39_history, cadence: daily, licence: MIT}"


def table(folder: Path, *rows: str) -> Settings:
    file = folder / "places.yaml"
    file.write_text("places:\n" + "".join(f"  - {one}\n" for one in rows), encoding="utf-8")
    return Settings(home=folder, places=file)


def test_every_place_of_the_built_in_table_has_a_title_a_licence_and_an_https_address():
    assert {one.name for one in BUILT_IN} == set(TITLES)
    for one in BUILT_IN:
        assert one.address.startswith("https://")
        assert one.licence
        assert not one.loopback


def test_the_built_in_table_keeps_to_what_a_table_of_one_s_own_must_keep_to(tmp_path: Path):
    rows = [
        f"{{name: {one.name}, address: '{one.address}', format: {one.format}, cadence: {one.cadence}, "
        f"licence: '{one.licence}'}}"
        for one in BUILT_IN
    ]
    assert places(table(tmp_path, *rows)) == BUILT_IN


def test_a_table_of_one_s_own_takes_the_place_of_the_built_in_one(tmp_path: Path):
    assert places(Settings(home=tmp_path)) == BUILT_IN
    assert places(table(tmp_path, GOOD)) == (
        FilePlace("jt39", "https://example.org/history.csv", "jt39_history", "daily", "MIT"),
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (GOOD.replace("jt39_history", "erewhon"), "'erewhon' is no format. There are"),
        (GOOD.replace("daily", "hourly"), "'hourly' is no cadence. There are daily"),
        (GOOD.replace("https://", "http://"), "must begin with https://"),
        (GOOD.replace("https://example.org", "file:///etc"), "is no address such as|must begin with https"),
        (GOOD.replace("example.org", "me:secret@example.org"), "is no address such as"),
        (GOOD.replace("history.csv", "{urn}"), "only there"),
        (GOOD.replace("jt39_history", OFSTED_SITE), "holds {urn}"),
        (GOOD.replace("name: jt39", "name: 'JT 39'"), "a name has small letters"),
        (GOOD.replace("licence", "license"), "unknown keys: license"),
        (GOOD.replace(", cadence: daily", ""), "lacks cadence"),
        (GOOD.replace("}", ", loopback: perhaps}"), "loopback is true or false"),
        ("just text", "must have the keys"),
    ],
)
def test_what_a_table_may_not_hold_is_refused_in_words(tmp_path: Path, row: str, why: str):
    with pytest.raises(RuleBroken, match=why):
        places(table(tmp_path, row))


def test_plain_http_is_for_places_marked_as_of_this_machine(tmp_path: Path):
    row = GOOD.replace("https://example.org", "http://127.0.0.1:8901").replace("}", ", loopback: true}")
    assert places(table(tmp_path, row))[0].loopback


def test_a_name_given_twice_is_refused(tmp_path: Path):
    with pytest.raises(RuleBroken, match="names jt39 more than once"):
        places(table(tmp_path, GOOD, GOOD))


@pytest.mark.parametrize("text", ["", "places: []", "places: text", "- a", "places: [", "\x00"])
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path, text: str):
    settings = table(tmp_path)
    assert settings.places is not None
    settings.places.write_text(text, encoding="utf-8")
    with pytest.raises(RuleBroken, match=r"places\.yaml"):
        places(settings)


def test_a_table_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(RuleBroken, match="cannot be read"):
        places(Settings(home=tmp_path, places=tmp_path / "none.yaml"))


def test_places_are_asked_for_by_name(tmp_path: Path):
    assert [one.name for one in named(["d2i_overview"], BUILT_IN)] == ["d2i_overview"]
    assert named([], BUILT_IN) == BUILT_IN
    with pytest.raises(RuleBroken, match="No place is called erewhon"):
        named(["erewhon"], BUILT_IN)


def test_ofsted_s_site_is_off_until_authorities_are_named(tmp_path: Path):
    (site,) = named([OFSTED_SITE], BUILT_IN)
    assert "TIMELINE_OWN_AUTHORITIES" in why_off(site, Settings(home=tmp_path))
    assert why_off(site, Settings(home=tmp_path, own_authorities=("80469",))) == ""
    assert set(KEYS) >= {"name", "loopback"}
