"""Tables of inspections by others: area SEND with its outcome, youth justice with each council that a service is of."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from domain.register.register import REGISTER
from domain.values.statements import Channel, Family, Kind, Rating
from tests.published import folder_of_real_files
from tests.web.intake.making import csv_file
from web.intake.reading import read_file
from web.intake.youth_justice import IN_WALES, SERVICES

SEND = (
    "urn",
    "la_code",
    "local_authority",
    "inspection_link",
    "outcome_grade",
    "previous_inspection_date",
    "inspection_start_date",
    "inspection_end_date",
    "publication_date",
    "next_inspection",
    "next_inspection_by_date",
)
LINK = "https://files.ofsted.gov.uk/v1/file/50226534"
PLYMOUTH = ("80538", "879", "plymouth", LINK, "3.0", "01/01/1900", "26/06/23", "30/06/23", "22/08/23")
YOUTH = ("la_name", "la_ref", "score_%", "overall_rating", "publication_date", "report_url", "staff", "planning")
REPORT = "https://www.justiceinspectorates.gov.uk/hmiprobation/inspections/newcastleyjs2025/"


def area_send(read, tmp_path, *rows):
    return read(csv_file(tmp_path / "send_2026-06-29.csv", SEND, rows))


def youth_justice(read, tmp_path, *rows):
    return read(csv_file(tmp_path / "youth_2025-07-10.csv", YOUTH, rows))


def rated(name, rating="Good", day="17/01/23", **more):
    return (name, "ref", "50.0", rating, day, REPORT, more.get("staff", ""), more.get("planning", ""))


def test_a_row_of_the_area_send_overview_is_a_full_inspection_with_its_outcome(read, tmp_path):
    reading = area_send(read, tmp_path, (*PLYMOUTH, "18 months", "26/12/24"))
    (found,) = reading.observations
    assert (reading.layout, found.urn, found.family) == ("area_send_overview", "80538", Family.SCRAPE)
    assert (found.channel, found.said.kind, found.said.outcome) == (Channel.AREA_SEND_OVERVIEW, Kind.AREA_SEND, 3)
    assert (found.said.start, found.said.end, found.said.published, found.said.next_by) == (
        date(2023, 6, 26),
        date(2023, 6, 30),
        date(2023, 8, 22),
        date(2024, 12, 26),
    )
    assert found.citations[0].url == LINK
    assert ("previous_inspection_date", "01/01/1900") in found.verbatim.cells


def test_what_the_overview_could_not_read_states_nothing_and_is_said(read, tmp_path):
    no_outcome = (*PLYMOUTH[:4], "nan", *PLYMOUTH[5:], "None", "Next inspection time frame not found")
    no_days = (*PLYMOUTH[:5], "", "", "", PLYMOUTH[8], "None", "Last inspection date not provided")
    reading = area_send(read, tmp_path, no_outcome, no_days)
    first, second = (one.said for one in reading.observations)
    assert (first.outcome, first.next_by) == (None, None)
    assert "no outcome could be read of its report" in reading.notes[0]
    assert (second.start, second.published, second.outcome) == (None, date(2023, 8, 22), 3)


def test_an_outcome_that_there_is_not_rejects_its_row(read, tmp_path):
    (rejected,) = area_send(read, tmp_path, (*PLYMOUTH[:4], "4", *PLYMOUTH[5:], "", "")).rejected
    assert "is none of the outcomes 1, 2 and 3" in rejected.reason


def test_a_youth_justice_row_gives_ratings_in_the_inspectorates_words(read, tmp_path):
    reading = youth_justice(read, tmp_path, rated("Newcastle", "Requires Improvement", "18/02/25", staff="Good"))
    (found,) = reading.observations
    assert (reading.layout, REGISTER[found.urn].facts.name) == ("youth_justice_ratings", "Newcastle upon Tyne")
    assert found.said.ratings == (Rating("Overall", "Requires improvement"), Rating("Staff", "Good"))
    assert (found.said.published, found.said.start) == (date(2025, 2, 18), None)
    assert found.citations[0].url == REPORT


@pytest.mark.parametrize(
    ("name", "councils"),
    [
        ("West Mercia", {"Herefordshire", "Shropshire", "Telford and Wrekin", "Worcestershire"}),
        ("Dorset - JI", {"Dorset", "Bournemouth, Christchurch and Poole"}),
        ("Bedfordshire", {"Bedford Borough", "Central Bedfordshire"}),
        ("Northamptonshire", {"North Northamptonshire", "West Northamptonshire"}),
        ("An inspection of Tower Hamlets and City of London", {"Tower Hamlets", "City of London"}),
        ("Royal Borough of Greenwich", {"Greenwich"}),
        ("Hackney - JI", {"Hackney"}),
    ],
)
def test_what_was_found_is_given_to_each_council_of_the_service(read, tmp_path, name: str, councils: set[str]):
    reading = youth_justice(read, tmp_path, rated(name))
    assert {REGISTER[one.urn].facts.name for one in reading.observations} == councils
    assert bool(reading.notes) is (len(councils) > 1)


@pytest.mark.parametrize(
    ("name", "day", "why"),
    [
        ("Conwy & Denbighshire - JI", "08/05/24", "a youth justice service in Wales"),
        ("Nether Wallop", "08/05/24", "No authority is known by the name 'Nether Wallop'"),
        ("Northamptonshire", "01/02/21", "North Northamptonshire was not there on 2021-02-01"),
        ("Leeds", "", "it has no date of publication"),
    ],
)
def test_a_service_that_cannot_be_given_to_a_council_is_rejected_with_the_reason(read, tmp_path, name, day, why):
    (rejected,) = youth_justice(read, tmp_path, rated(name, day=day)).rejected
    assert why in rejected.reason


def test_a_cell_that_is_no_rating_states_none_and_is_said(read, tmp_path):
    reading = youth_justice(read, tmp_path, rated("Portsmouth", "1 The resettlement standard does not contribute."))
    assert reading.observations[0].said.ratings == ()
    assert "is none of Outstanding, Good, Requires improvement or Inadequate" in reading.notes[0]


def test_every_shared_service_is_of_councils_that_there_are_and_says_where_that_was_read():
    for service in SERVICES.values():
        assert len(service.urns) > 1
        assert all(REGISTER[urn].current for urn in service.urns)
        assert service.source
    assert not IN_WALES & SERVICES.keys()


# --- the real files, where they are ---------------------------------------------------------------------------------


def real(name: str):
    return read_file(folder_of_real_files() / "other_inspections" / name, register=REGISTER, today=date(2026, 11, 30))


def test_all_rows_of_the_real_area_send_overview_are_read():
    reading = real("ofsted_csc_send_overview_2026-06-29.xlsx")
    assert (reading.rows, len(reading.observations), reading.rejected) == (72, 72, ())
    assert Counter(one.said.outcome for one in reading.observations) == {1: 15, 2: 36, 3: 20, None: 1}
    days = [one.said.published for one in reading.observations if one.said.published]
    assert (min(days), max(days)) == (date(2023, 5, 5), date(2025, 11, 6))
    assert sum(one.said.start is None for one in reading.observations) == 3
    assert sum(one.said.next_by is not None for one in reading.observations) == 65


def test_the_real_youth_justice_list_gives_73_inspections_to_80_councils_and_rejects_the_ten_of_wales():
    reading = real("hmi_youth_justice_inspection_ratings_2025-07-10.csv")
    assert reading.rows == 83
    assert len(reading.rejected) == 10
    assert all("in Wales" in one.reason for one in reading.rejected)
    assert len({one.row for one in reading.observations}) == 73
    assert len(reading.observations) == 80
    assert sum(not one.said.ratings for one in reading.observations) == 0
