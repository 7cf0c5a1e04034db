"""Which authority is meant: names drift, codes change hands, links are wrong."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from domain.register.register import REGISTER, Unidentified
from domain.values.errors import NotFound

BARNSLEY, CITY_OF_LONDON, CUMBERLAND, CUMBRIA = "80426", "80450", "2733690", "80457"
DORSET, OLD_DORSET, GATESHEAD = "2532283", "80463", "80469"


def test_there_are_153_authorities_today_and_five_abolished_since_2009():
    abolished = {one.facts.name for one in REGISTER if one.facts.abolished_on}
    assert len(REGISTER.current) == 153
    assert abolished == {"Bournemouth", "Cumbria", "Dorset", "Northamptonshire", "Poole"}


def test_only_surrey_is_known_to_end_and_two_follow_it_that_have_no_number_yet():
    to_begin = [one.facts for one in REGISTER if not one.current and not one.facts.abolished_on]
    assert [(one.urn, one.name, one.formed_on, one.predecessors) for one in to_begin] == [
        ("east-surrey", "East Surrey", date(2027, 4, 1), ("80567",)),
        ("west-surrey", "West Surrey", date(2027, 4, 1), ("80567",)),
    ]
    assert {(one.la_number, one.gss_code) for one in to_begin} == {(None, None)}
    assert REGISTER.find("East-Surrey") == REGISTER.find("east surrey") == "east-surrey"
    announced = {one.facts.name: one.announced for one in REGISTER if one.announced}
    assert {name: (one.announced_on, one.ends_on, one.successors) for name, one in announced.items()} == {
        "Surrey": (date(2025, 10, 28), date(2027, 4, 1), ("East Surrey", "West Surrey")),
        "Cumbria": (date(2022, 3, 17), date(2023, 4, 1), ("Cumberland", "Westmorland and Furness")),
    }
    assert all(source.url for one in announced.values() for source in one.sources)


def test_no_code_of_any_time_belongs_to_two_authorities():
    codes = Counter(code for one in REGISTER for code in one.codes)
    assert [code for code, uses in codes.items() if uses > 1] == []
    assert len(codes) == 2 * 158 + 7


def test_every_authority_has_both_its_regions():
    assert {one.facts.region for one in REGISTER} == {
        "London",
        "North East",
        "North West",
        "Yorkshire and The Humber",
        "East Midlands",
        "West Midlands",
        "East of England",
        "South East",
        "South West",
    }
    assert len({one.facts.ofsted_region for one in REGISTER}) == 8


def test_new_authorities_know_whom_they_followed():
    facts = REGISTER[CUMBERLAND].facts
    assert (facts.formed_on, facts.predecessors) == (date(2023, 4, 1), (CUMBRIA,))
    assert REGISTER[CUMBRIA].facts.abolished_on == date(2023, 4, 1)
    assert REGISTER[OLD_DORSET].facts.successors == ("2532287", DORSET)


def test_a_code_that_changed_still_finds_its_authority():
    assert REGISTER.find("E08000016") == REGISTER.find("E08000038") == BARNSLEY


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("London Corporation", "City of London"),
        ("Kingston Upon Hull", "Kingston upon Hull, City of"),
        ("Hull", "Kingston upon Hull, City of"),
        ("Southend on Sea", "Southend-on-Sea"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("Bournemouth, Christchurch & Poole", "Bournemouth, Christchurch and Poole"),
        ("bristol", "Bristol, City of"),
        ("Bedford", "Bedford Borough"),
        ("St Helens", "St. Helens"),
        ("Richmond Upon Thames", "Richmond upon Thames"),
        ("County Durham", "Durham"),
        ("windsor & maidenhead", "Windsor and Maidenhead"),
        ("London Borough of Haringey", "Haringey"),
        ("Derbyshire County Council", "Derbyshire"),
        ("390", "Gateshead"),
        ("e08000037", "Gateshead"),
        ("Dorset", "Dorset"),
    ],
)
def test_an_authority_is_found_by_any_name_or_code_it_goes_by(asked, name):
    assert REGISTER[REGISTER.find(asked)].facts.name == name


@pytest.mark.parametrize("asked", ["London", "Atlantis", "80000", "", "a-link/44/390"])
def test_what_nobody_is_called_finds_nobody(asked):
    with pytest.raises(NotFound):
        REGISTER.find(asked)


def test_dorset_is_todays_council_unless_the_table_or_the_dates_say_otherwise():
    assert REGISTER.find("Dorset") == DORSET
    assert REGISTER.identify(name="Dorset", on=date(2019, 4, 1)) == DORSET
    assert REGISTER.identify(name="Dorset", on=date(2019, 3, 31)) == OLD_DORSET
    assert REGISTER.identify(name="Dorset", abolished_table=True) == OLD_DORSET
    assert REGISTER.identify(urn=DORSET, name="dorset", codes=["838", "E10000009"]) == DORSET


def test_urn_and_name_outvote_a_predecessors_code():
    assert REGISTER.identify(urn=CUMBERLAND, name="cumberland", codes=["942", "E10000006"]) == CUMBERLAND


def test_a_name_outvotes_a_code_that_is_somebody_elses():
    assert REGISTER.identify(name="City of London", codes=["206"]) == CITY_OF_LONDON


def test_a_three_digit_number_in_the_urn_column_is_a_code():
    assert REGISTER.identify(urn="838", name="dorset", codes=["838", "E10000009"]) == DORSET
    assert REGISTER.identify(urn="390", name="") == GATESHEAD


def test_a_urn_and_a_name_that_contradict_each_other_are_refused_unless_the_codes_decide():
    with pytest.raises(Unidentified, match=r"80469 is that of Gateshead.*Leeds"):
        REGISTER.identify(urn=GATESHEAD, name="Leeds")
    assert REGISTER.identify(urn=GATESHEAD, name="Leeds", codes=["383", "E08000035"]) == "80481"


def test_an_unknown_name_is_not_overruled_by_a_code_alone():
    with pytest.raises(Unidentified, match="Atlantis"):
        REGISTER.identify(name="Atlantis", codes=["390"])


def test_a_longer_form_of_the_name_beside_the_urn_is_accepted():
    assert REGISTER.identify(urn="80449", name="Bradford Children and Families Trust") == "80449"


def test_a_row_that_names_nobody_is_refused():
    with pytest.raises(Unidentified, match="names no authority"):
        REGISTER.identify(urn="", name=" ", codes=[""])


# --- against the real files -----------------------------------------------------------------------------------------


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "file", ["d2i_provider_data_lookup_2026-06-29.csv", "jt39_provider_data_lookup_2026-08-22.csv"]
)
def test_the_register_agrees_with_the_look_up_files(real, file):
    rows = rows_of(real / "authorities" / file)
    assert len(rows) == 156
    for row in rows:
        name, la_number, code = row["local_authority_ons_name"], row["la_code"], row["la_code_new"]
        one = REGISTER[REGISTER.identify(urn=row["urn"], name=name, codes=[la_number, code])]
        assert one.facts.la_number == la_number
        assert not code or code in one.codes
        if one.current:
            assert one.facts.urn == row["urn"]
            assert one.facts.region.casefold() == row["region_name"].casefold()


def test_a_wrong_link_in_the_official_files_never_decides(real):
    """City of London's link leads to Islington's number, North Northamptonshire's to West Northamptonshire's."""
    wrong = []
    for path in sorted((real / "ofsted_official" / "csv_extracts").glob("*.csv")):
        for row in rows_of(path):
            name = row["Local authority name"]
            if not name or name == "Local authority name":
                continue
            found = re.search(r"/44/(\d+)$", row["web_link_href"] or "")
            code = found[1] if found else ""
            one = REGISTER[REGISTER.identify(name=name, codes=[code] if len(code) == 3 else [])]
            assert REGISTER.bears(one.facts.urn, name)
            if code and code not in (one.facts.urn, one.facts.la_number):
                wrong.append(name)
    assert {"City of London", "North Northamptonshire"} <= set(wrong)
    assert set(wrong) <= {"City of London", "North Northamptonshire", "Dorset"}
