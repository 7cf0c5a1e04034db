"""Inspections by others: what an officer may tell, how tables and reports join it, and who counts where they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.authorities.answering import confirm
from domain.authorities.authority import Authority
from domain.authorities.other_inspections import OtherInspection, record_other_inspection
from domain.authorities.rulings import settle
from domain.facts import Told
from domain.rulebook.other_inspections.words import MONITORING, PROBATION
from domain.values.errors import RuleBroken
from domain.values.statements import Channel, Citation, Family, Kind, Observation, Rating, Source, Stated

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
OFFICER = Told("local", UUID(int=7), Source("report", "Report in hand"), AT)
REASONED = replace(OFFICER, reason="The first page says so.")
HELD = OtherInspection(
    Kind.AREA_SEND,
    started_on=date(2025, 6, 23),
    ended_on=date(2025, 6, 27),
    published_on=date(2025, 8, 15),
    outcome=2,
    link="https://files.ofsted.gov.uk/v1/file/50284703",
)
TABLE = Source("area_send", "Overview", read_on=date(2026, 6, 29))


def tynehaven() -> Authority:
    return Authority.register(
        urn="80999",
        name="Tynehaven",
        la_number="999",
        gss_code="E08000099",
        region="North East",
        ofsted_region="North East, Yorkshire and the Humber",
        aliases=(),
        by=OFFICER,
    )


def observed(
    authority: Authority, said: Stated, *, family: Family = Family.SCRAPE, channel: Channel = Channel.AREA_SEND_OVERVIEW
) -> None:
    one = Observation(authority.urn, family, channel, said, citations=(Citation("Report", "https://x.example/1"),))
    authority.state([one], edition=None, by=replace(OFFICER, source=TABLE))


def test_what_an_officer_tells_is_held_with_its_link():
    authority = tynehaven()
    record_other_inspection(authority, UUID(int=1), HELD, by=OFFICER)
    (held,) = authority.activities
    assert (held.kind, held.outcome, held.start, held.end) == (Kind.AREA_SEND, 2, HELD.started_on, HELD.ended_on)
    assert held.inspectorate == "Ofsted and the Care Quality Commission"
    assert HELD.link in {source.url for source in held.sources}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": Kind.INSPECTION}, "recorded each by its own form"),
        ({"kind": Kind.OTHER_INSPECTION, "outcome": None}, "Say who inspected"),
        ({"started_on": None, "ended_on": None, "published_on": None, "outcome": None}, "Give the first day on site"),
        ({"ended_on": date(2025, 6, 20)}, "out of order"),
        ({"published_on": date(2026, 9, 2)}, "lies in the future"),
        ({"started_on": None}, "as well as the last"),
        ({"published_on": None}, "is public only with its report"),
        ({"outcome": 4}, "it is 1, 2 or 3"),
        ({"monitoring": True}, "has no outcome of its own"),
        ({"ratings": (Rating("Overall", "Good"),)}, "gives no ratings"),
        (
            {"kind": Kind.YOUTH_JUSTICE, "outcome": None, "ratings": (Rating("Overall", "Splendid"),)},
            "in the words of HM Inspectorate of Probation",
        ),
    ],
)
def test_what_cannot_be_is_refused(changes, why: str):
    with pytest.raises(RuleBroken, match=why):
        record_other_inspection(tynehaven(), UUID(int=1), replace(HELD, **changes), by=OFFICER)


def test_the_same_is_not_recorded_by_hand_twice():
    authority = tynehaven()
    record_other_inspection(authority, UUID(int=1), HELD, by=OFFICER)
    with pytest.raises(RuleBroken, match="recorded by hand already"):
        record_other_inspection(authority, UUID(int=2), HELD, by=OFFICER)


def test_two_inspections_published_on_one_day_stay_two_where_what_was_inspected_differs():
    authority = tynehaven()
    home = OtherInspection(Kind.OTHER_INSPECTION, "Ofsted", "Children’s home: Rosewood", published_on=date(2026, 3, 3))
    record_other_inspection(authority, UUID(int=1), home, by=OFFICER)
    record_other_inspection(authority, UUID(int=2), replace(home, title="Children’s home: Elm"), by=OFFICER)
    assert {held.title for held in authority.activities} == {"Children’s home: Rosewood", "Children’s home: Elm"}


def test_the_table_and_the_report_join_and_an_outcome_they_differ_on_is_shown_and_can_be_settled():
    authority = tynehaven()
    days = {"start": HELD.started_on, "end": HELD.ended_on, "published": HELD.published_on}
    observed(authority, Stated(Kind.AREA_SEND, **days, outcome=3, next_by=date(2026, 12, 23)))
    document = {"family": Family.OFSTED_DOCUMENT, "channel": Channel.OFSTED_REPORT}
    observed(authority, Stated(Kind.AREA_SEND, **days, outcome=2), **document)
    (held,) = authority.activities
    assert (held.outcome, held.next_by) == (2, date(2026, 12, 23))
    assert [(one.field, one.held) for one in held.disagreements] == [("outcome", "2")]
    settle(authority, held.id, said=Stated(Kind.AREA_SEND, outcome=3), by=REASONED)
    (held,) = authority.activities
    assert held.outcome == 3
    assert held.disagreements[0].settled


def test_each_rating_is_weighed_by_itself():
    authority = tynehaven()
    day = date(2025, 2, 18)
    said = Stated(
        Kind.YOUTH_JUSTICE,
        published=day,
        inspectorate=PROBATION,
        ratings=(Rating("Overall", "Good"), Rating("Staff", "Good")),
    )
    observed(authority, said, channel=Channel.YOUTH_JUSTICE_RATINGS)
    record_other_inspection(
        authority,
        UUID(int=1),
        OtherInspection(Kind.YOUTH_JUSTICE, published_on=day, ratings=(Rating("Overall", "Requires improvement"),)),
        by=OFFICER,
    )
    (held,) = authority.activities
    assert {one.area: one.rating for one in held.ratings} == {"Overall": "Requires improvement", "Staff": "Good"}
    assert [one.field for one in held.disagreements] == ["ratings.Overall"]


def test_days_that_cannot_be_right_are_asked_about_until_an_officer_confirms_them():
    authority = tynehaven()
    sunday = date(2025, 6, 22)
    observed(authority, Stated(Kind.AREA_SEND, start=sunday, published=HELD.published_on, outcome=2))
    (held,) = authority.activities
    assert held.doubtful
    confirm(authority, held.id, by=REASONED)
    (held,) = authority.activities
    assert (held.doubts, held.start, held.outcome) == ((), sunday, 2)


def test_a_monitoring_inspection_has_no_outcome():
    authority = tynehaven()
    again = replace(HELD, started_on=date(2026, 3, 2), ended_on=None, published_on=None, outcome=None, monitoring=True)
    record_other_inspection(authority, UUID(int=1), again, by=OFFICER)
    assert authority.activities[0].subtype == MONITORING
