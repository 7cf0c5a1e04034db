"""Which authority a document is about."""

from __future__ import annotations

from datetime import date

import pytest

from domain.register.register import REGISTER
from web.intake.reports.naming import AuthorityRead, authority_in


def read(*front: str, body: str = "", on: date = date(2024, 5, 1)) -> AuthorityRead:
    return authority_in(front, body=body, register=REGISTER, on=on)


@pytest.mark.parametrize(
    ("front", "name"),
    [
        ("Inspection of Devon local authority children’s services", "Devon"),
        ("Inspection of Nottinghamshire County Council local authority children’s services", "Nottinghamshire"),
        ("Inspection of the London Borough of Ealing local authority children’s services", "Ealing"),
        ("London Borough of Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("London Borough of Barking and\nDagenham", "Barking and Dagenham"),
        ("City of Bradford Metropolitan District Council", "Bradford"),
        ("Kingston Upon Hull City Council", "Kingston upon Hull, City of"),
        ("Royal Borough of Kingston upon Thames", "Kingston upon Thames"),
        ("Bath and North East Somerset Council", "Bath and North East Somerset"),
        ("Council of the Isles of Scilly", "Isles of Scilly"),
        ("City of London Corporation", "City of London"),
        ("St Helens Metropolitan Borough Council", "St. Helens"),
        ("Southend-on-Sea Borough Council", "Southend-on-Sea"),
        ("Bedford Borough Council", "Bedford Borough"),
        ("Reading Borough Council", "Reading"),
    ],
)
def test_the_name_on_the_front_page_leads_to_the_register(front: str, name: str):
    found = read(front)
    assert (found.name, found.doubt) == (name, None)


def test_a_name_of_two_bearers_is_that_of_the_day():
    assert read("Dorset County Council", on=date(2016, 3, 1)).urn == "80463"
    assert read("Inspection of Dorset local authority", on=date(2021, 9, 27)).urn == "2532283"


def test_a_council_that_has_ended_is_doubted():
    found = read("Inspection of Cumbria local authority", on=date(2024, 5, 1))
    assert found.urn is None
    assert found.doubt == "Cumbria ended on 1 April 2023, before the inspection."
    assert read("Cumbria County Council", on=date(2022, 11, 1)).name == "Cumbria"


def test_the_next_piece_is_asked_where_the_first_names_a_council_that_has_ended():
    front = ["Northamptonshire Children’s Trust", "the focused visit to North Northamptonshire children’s services"]
    found = authority_in(front, register=REGISTER, on=date(2024, 10, 1))
    assert (found.urn, found.doubt) == ("2637539", None)


def test_a_trust_leads_to_its_council_and_says_so():
    found = read("Bradford Children and Families Trust")
    assert found.name == "Bradford"
    assert found.doubt == (
        "The front page names “Bradford Children and Families Trust”; its council, Bradford, "
        "was taken for the authority."
    )


def test_a_name_that_is_no_authority_s_is_told_by_the_text_only_where_it_is_clear():
    body = "Children in Kingston upon Thames do well. In Kingston upon Thames, reading is taught. Kingston upon Thames."
    found = read("Achieving for Children", body=body)
    assert found.name == "Kingston upon Thames"
    assert found.doubt is not None
    assert found.uncertain == ("urn",)
    assert read("Achieving for Children", body=body * 2).uncertain == ()
    both = read("Achieving for Children", body=body + " Richmond upon Thames is near, Wokingham too.")
    assert both.name == "Kingston upon Thames"
    unclear = read("Achieving for Children", body=body + " Richmond upon Thames. Richmond upon Thames.")
    assert unclear.urn is None
    assert "No local authority is known by the name on the front page" in (unclear.doubt or "")


def test_two_names_are_no_answer():
    found = read("Kingston upon Thames and Richmond upon Thames")
    assert found.urn is None
    assert "names more than one authority: Kingston upon Thames and Richmond upon Thames" in (found.doubt or "")
