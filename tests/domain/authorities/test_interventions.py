"""Trusts that begin and end, topics that officers choose, numbers of monitoring visits, and names that change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain import facts
from domain.application import Application
from domain.authorities.authority import Authority
from domain.authorities.handler import Done
from domain.authorities.interventions import end_trust
from domain.authorities.monitoring_number import next_monitoring_number
from domain.authorities.visit_topics import choose_topics
from domain.facts import Told
from domain.frameworks import Area, Framework, Grade
from domain.ledger.store import open_ledger
from domain.rulebook.themes.topics import topics_of
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from domain.values.judgements import Judgements
from domain.values.roles import Role
from domain.values.statements import Kind, Source
from tests.domain.authorities.test_authority import OFFICER, VISIT, VISITED, tynehaven
from tests.story import given

TRUST, END, COVID = UUID(int=11), UUID(int=12), UUID(int=13)
BEGAN = (Authority.start_trust, (TRUST,), {"name": "Tynehaven Trust", "started_on": date(2023, 4, 1), "by": OFFICER})
ENDED = (end_trust, (END,), {"ended_on": date(2026, 3, 31), "by": OFFICER})


def test_a_trust_that_began_ends_once():
    story = given(tynehaven(), BEGAN)
    story.when(end_trust, END, ended_on=date(2026, 3, 31), by=OFFICER).then(
        (facts.TrustEnded, {"activity": END, "ended_on": date(2026, 3, 31)})
    )
    assert [(one.kind, one.on) for one in story.aggregate.activities] == [
        (Kind.TRUST_START, date(2023, 4, 1)),
        (Kind.TRUST_END, date(2026, 3, 31)),
    ]
    story.when(end_trust, UUID(int=14), ended_on=date(2026, 4, 30), by=OFFICER).then_refused(
        RuleBroken, "ended on 31 March 2026 already"
    )


@pytest.mark.parametrize(
    ("day", "why"),
    [(date(2023, 3, 31), "No children’s trust is recorded"), (date(2026, 9, 2), "lies in the future")],
)
def test_a_trust_cannot_end_before_it_began_or_in_the_future(day: date, why: str):
    given(tynehaven(), BEGAN).when(end_trust, END, ended_on=day, by=OFFICER).then_refused(RuleBroken, why)


def test_after_one_trust_another_may_begin_and_end():
    again = (Authority.start_trust, (UUID(int=15),), {"name": "T", "started_on": date(2026, 5, 1), "by": OFFICER})
    given(tynehaven(), BEGAN, ENDED, again).when(end_trust, UUID(int=16), ended_on=date(2026, 8, 1), by=OFFICER).then(
        (facts.TrustEnded, {"activity": UUID(int=16), "ended_on": date(2026, 8, 1)})
    )


def test_topics_are_kept_in_the_lists_order_and_the_latest_word_counts():
    story = given(tynehaven(), VISITED)
    story.when(choose_topics, VISIT, topics=("leaving_care", "front_door"), by=OFFICER).then(
        (facts.FocusedVisitTopicsChosen, {"activity": VISIT, "topics": ("front_door", "leaving_care")})
    )
    story.when(choose_topics, VISIT, topics=["permanence"], by=OFFICER)
    (held,) = story.aggregate.activities
    assert [row.code for row in topics_of(held)] == ["permanence"]
    story.when(choose_topics, VISIT, topics=["permanence"], by=OFFICER).then_refused(RuleBroken, "already chosen")


@pytest.mark.parametrize("topics", [(), ("erewhon",), ("front_door", "erewhon")])
def test_a_topic_that_is_not_of_the_list_is_refused(topics: tuple[str, ...]):
    given(tynehaven(), VISITED).when(choose_topics, VISIT, topics=topics, by=OFFICER).then_refused(
        RuleBroken, "Choose at least one topic of the list"
    )


def test_a_visit_of_the_covid_round_has_no_topic():
    visited = (
        Authority.record_focused_visit,
        (COVID,),
        {"started_on": date(2020, 10, 13), "ended_on": None, "focus": None, "assurance": True, "by": OFFICER},
    )
    given(tynehaven(), visited).when(choose_topics, COVID, topics=("front_door",), by=OFFICER).then_refused(
        RuleBroken, "Covid round"
    )


# --- which monitoring visit comes next ------------------------------------------------------------------------------

REPORT = Activity(
    UUID(int=20),
    "80999",
    Kind.INSPECTION,
    start=date(2024, 3, 4),
    end=date(2024, 3, 15),
    published=date(2024, 4, 29),
    framework=Framework.ILACS,
    grades=Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.INADEQUATE}),
)


def visit(start: date, number: int | None = None) -> Activity:
    return Activity(uuid4(), "80999", Kind.MONITORING_VISIT, start=start, number=number)


@pytest.mark.parametrize(
    ("visits", "number"),
    [
        ((), 1),
        ((visit(date(2023, 9, 5), 4),), 1),
        ((visit(date(2024, 9, 3)),), 2),
        ((visit(date(2024, 9, 3), 2),), 3),
        ((visit(date(2024, 9, 3), 2), visit(date(2025, 1, 14))), 4),
        ((visit(date(2025, 1, 14), 2), visit(date(2024, 9, 3))), 3),
    ],
)
def test_the_next_monitoring_visit_counts_from_the_inadequate_report(visits: tuple[Activity, ...], number: int):
    assert next_monitoring_number((REPORT, *visits), date(2026, 9, 1)) == number


def test_no_number_is_proposed_before_the_report_is_public_or_without_one():
    assert next_monitoring_number((REPORT,), date(2024, 4, 28)) is None
    assert next_monitoring_number((), date(2026, 9, 1)) is None


# --- names and codes ------------------------------------------------------------------------------------------------

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Application]:
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        made = Application(ledger)
        made.authorities.register_authorities(at=AT)
        yield made


def told(actor: str = "local") -> Told:
    return Told(actor, uuid4(), Source("report_in_hand", "The order"), AT, "Works here.")


def rename(door: Application, by: Told, name: str = "Barnsley and Dearne") -> Done:
    return door.identities.rename("80428", name=name, effective_on=date(2027, 4, 1), by=by)


def test_only_an_administrator_renames_an_authority(door: Application):
    officer, administrator = uuid4(), uuid4()
    for who, role in ((officer, Role.OFFICER), (administrator, Role.ADMINISTRATOR)):
        door.people.register_person(who, by=told())
        door.people.grant_role(who, role=role, authorities=(), national=role is Role.OFFICER, by=told())
    with pytest.raises(RuleBroken, match="Only an administrator"):
        rename(door, told(str(officer)))
    rename(door, told(str(administrator)))
    assert door.authorities.authority("80428").name == "Barnsley and Dearne"


def test_a_name_or_code_of_another_authority_is_refused(door: Application):
    with pytest.raises(RuleBroken, match="Leeds is known already"):
        rename(door, told(), "Leeds City Council")
    with pytest.raises(RuleBroken, match="Leeds is known already"):
        door.identities.recode(
            "80428", scheme="gss_code", was="E08000016", now="E08000035", effective_on=date(2027, 4, 1), by=told()
        )


@pytest.mark.parametrize(
    ("scheme", "now", "said"),
    [
        ("gss_code", "E0800003", "E with eight figures"),
        ("gss_code", "E٠٨٠٠٠٠٣٨", "E with eight figures"),
        ("gss_code", "370", "E with eight figures"),
        ("la_number", "E08000038", "three figures"),
        ("urn", "2637539", "Choose which code changed"),
    ],
)
def test_a_code_has_its_own_form(door: Application, scheme: str, now: str, said: str):
    with pytest.raises(RuleBroken, match=said):
        door.identities.recode("80428", scheme=scheme, was="370", now=now, effective_on=date(2027, 4, 1), by=told())
