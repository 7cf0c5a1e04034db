"""Administrators record that authorities end and begin; each command acts once, and refuses what cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from domain import facts
from domain.application import Application
from domain.authorities.authority import Authority
from domain.facts import Told
from domain.ledger.store import open_ledger
from domain.rulebook.succession.successions import authority_on, known_on, successions
from domain.values.activities import Activity, AuthorityFacts, Status
from domain.values.errors import RuleBroken
from domain.values.roles import Role
from domain.values.statements import Channel, Family, Kind, Observation, Source, Stated
from tests.domain.authorities.test_commands import file

SPACE = UUID(int=91)
TODAY, LATER = date(2026, 11, 30), date(2028, 4, 2)
ESSEX, SOUTHEND, THURROCK, SURREY = "80468", "80559", "80571", "80567"
VESTING, SAID = date(2028, 4, 1), date(2026, 11, 20)


def told(what: str, *, on: date = TODAY, actor: str = "local", reason: str | None = None) -> Told:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return Told(actor, uuid5(SPACE, what), Source("order", "An order", "https://example.org/order"), at, reason)


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Application]:
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        door = Application(ledger)
        door.authorities.register_authorities(at=told("the register").at)
        yield door


def announce(door: Application, urn: str, *successors: str, by: Told | None = None, **words: Any) -> Any:
    words = {"ends_on": VESTING, "announced_on": SAID} | words
    return door.successions.announce(urn, successors=successors, by=by or told(f"{urn} ends"), **words)


def tells(door: Application, urn: str) -> list[str]:
    return [type(one).__name__ for one in door.ledger.events.get(Authority.create_id(urn))]


def ends_on(door: Application, urn: str, day: date) -> date | None:
    held = door.authorities.authority(urn).activities
    return authority_on(AuthorityFacts(urn, urn), held, day).ends_on


def test_an_announcement_ends_one_and_begins_those_that_nobody_knows(timeline: Application):
    done = announce(timeline, ESSEX, "Greater Essex", "thurrock", order="Essex Order 2027")
    (entry,) = timeline.authorities.authority(ESSEX).activities
    assert (entry.id, entry.kind, entry.on, entry.published) == (
        done.activity,
        Kind.SUCCESSION_ANNOUNCED,
        VESTING,
        SAID,
    )
    assert (entry.successors, entry.order) == (("Greater Essex", THURROCK), "Essex Order 2027")
    assert tells(timeline, "greater-essex") == ["AuthorityRegistered", "AuthorityFormed"]
    assert tells(timeline, THURROCK) == ["AuthorityRegistered"], "it is there already, and grows"
    assert [ends_on(timeline, ESSEX, day) for day in (date(2026, 11, 19), SAID)] == [None, VESTING]


def test_the_same_command_twice_is_one(timeline: Application):
    first, again = announce(timeline, ESSEX, "Greater Essex"), announce(timeline, ESSEX, "Greater Essex")
    assert (again.repeated, again.position) == (True, first.position)


def test_two_may_be_followed_by_one(timeline: Application):
    announce(timeline, ESSEX, "Greater Essex")
    announce(timeline, SOUTHEND, "greater essex")
    assert tells(timeline, "greater-essex") == ["AuthorityRegistered", "AuthorityFormed", "AuthorityFormed"]
    assert timeline.authorities.authority(SOUTHEND).activities[0].successors == ("Greater Essex",)


def test_a_later_announcement_moves_the_day_and_one_of_the_same_day_is_refused(timeline: Application):
    announce(timeline, ESSEX, "Greater Essex")
    with pytest.raises(RuleBroken, match="It is recorded already that Essex ends on 1 April 2028"):
        announce(timeline, ESSEX, "Greater Essex", by=told("again"))
    with pytest.raises(RuleBroken, match="It was announced on 20 November 2026"):
        announce(timeline, ESSEX, "Greater Essex", ends_on=date(2029, 4, 1), by=told("the same day"))
    moved = {"ends_on": date(2029, 4, 1), "announced_on": date(2026, 11, 25), "by": told("moved")}
    announce(timeline, ESSEX, "Greater Essex", **moved)
    assert [ends_on(timeline, ESSEX, day) for day in (SAID, TODAY)] == [VESTING, date(2029, 4, 1)]
    assert tells(timeline, "greater-essex") == ["AuthorityRegistered", "AuthorityFormed"]


REFUSALS: tuple[tuple[str, Callable[[Application], Any]], ...] = (
    ("An authority does not follow itself", lambda door: announce(door, ESSEX, ESSEX)),
    ("Name at least one", lambda door: announce(door, ESSEX, " ")),
    ("Name each authority that follows once", lambda door: announce(door, ESSEX, "Thurrock", THURROCK)),
    ("No authority has the number 99999", lambda door: announce(door, ESSEX, "99999")),
    ("Cumbria itself ended on 1 April 2023", lambda door: announce(door, ESSEX, "Cumbria")),
    ("lies in the future", lambda door: announce(door, ESSEX, "New", announced_on=date(2026, 12, 1))),
    ("comes after the day on which that was announced", lambda door: announce(door, ESSEX, "New", ends_on=SAID)),
    ("Surrey itself ends", lambda door: announce(door, ESSEX, "Surrey")),
    ("Cumbria ceased to exist on 1 April 2023", lambda door: announce(door, "80457", "New")),
    (
        "East Surrey begins only on 1 April 2027",
        lambda door: announce(door, ESSEX, "East Surrey", ends_on=date(2027, 3, 1)),
    ),
    (
        "Nothing is recorded that would end Essex",
        lambda door: door.successions.cancel(ESSEX, cancelled_on=TODAY, by=told("cancel")),
    ),
    ("Nothing is recorded that would end Essex", lambda door: door.successions.carry_out(ESSEX, by=told("carry"))),
    ("can be recorded from that day on", lambda door: door.successions.carry_out(SURREY, by=told("carry"))),
    (
        "Give the reason",
        lambda door: door.successions.correct(SURREY, ends_on=date(2027, 5, 1), by=told("correct")),
    ),
    (
        "has such a number already",
        lambda door: door.successions.give_code(ESSEX, scheme="urn", now="2800001", given_on=TODAY, by=told("n")),
    ),
    (
        "is the number of another authority",
        lambda door: door.successions.give_code("east-surrey", scheme="urn", now=ESSEX, given_on=TODAY, by=told("n")),
    ),
    (
        "has three figures",
        lambda door: door.successions.give_code(
            "east-surrey", scheme="la_number", now="12", given_on=TODAY, by=told("n")
        ),
    ),
)


@pytest.mark.parametrize(("words", "command"), REFUSALS, ids=[words for words, _ in REFUSALS])
def test_what_cannot_be_is_refused_and_leaves_nothing(
    timeline: Application, words: str, command: Callable[[Application], Any]
):
    before = timeline.ledger.max_position()
    with pytest.raises(RuleBroken, match=words):
        command(timeline)
    assert timeline.ledger.max_position() == before


def test_other_successors_on_the_same_vesting_day_are_another_announcement(timeline: Application):
    announce(timeline, ESSEX, "East Essex", "West Essex")
    later = {"announced_on": date(2026, 11, 25), "by": told("others follow")}
    announce(timeline, ESSEX, "East Essex", "Mid Essex", **later)
    held = timeline.authorities.authority(ESSEX).activities
    told_of = [authority_on(AuthorityFacts(ESSEX, ESSEX), held, day).successors for day in (SAID, date(2026, 11, 25))]
    assert told_of == [("East Essex", "West Essex"), ("East Essex", "Mid Essex")]


def test_taken_back_and_announced_anew_on_one_day_it_ends(timeline: Application):
    announce(timeline, ESSEX, "Greater Essex")
    timeline.successions.cancel(ESSEX, cancelled_on=TODAY, by=told("taken back"))
    announce(timeline, ESSEX, "Greater Essex", ends_on=LATER, announced_on=TODAY, by=told("anew"))
    assert ends_on(timeline, ESSEX, TODAY) == LATER
    timeline.successions.cancel(ESSEX, cancelled_on=TODAY, by=told("taken back again"))
    assert ends_on(timeline, ESSEX, TODAY) is None


def test_no_two_authorities_are_given_one_number(timeline: Application):
    given = {"scheme": "urn", "now": "2999999", "given_on": TODAY}
    timeline.successions.give_code("east-surrey", **given, by=told("a number"))
    with pytest.raises(RuleBroken, match="the number of another authority"):
        timeline.successions.give_code("west-surrey", **given, by=told("the same number"))


def test_a_code_or_name_that_another_has_is_taken_whether_shipped_or_told_since(timeline: Application):
    code = {"scheme": "gss_code", "given_on": TODAY}
    with pytest.raises(RuleBroken, match="the number of another authority, Surrey"):
        timeline.successions.give_code("east-surrey", **code, now="E10000030", by=told("that of Surrey"))
    timeline.successions.give_code("east-surrey", **code, now="E06000099", by=told("a code"))
    announce(timeline, ESSEX, "Greater Essex")
    anew = {"effective_on": LATER}
    with pytest.raises(RuleBroken, match="Greater Essex is known already"):
        timeline.identities.rename(THURROCK, name="greater essex", **anew, by=told("a name"))
    with pytest.raises(RuleBroken, match="East Surrey is known already"):
        timeline.identities.recode(
            THURROCK, scheme="gss_code", was="E06000034", now="E06000099", **anew, by=told("another code")
        )


def test_two_sources_that_differ_by_a_day_disagree_on_one_end(timeline: Application):
    """Surrey's vesting day is 1 April 2027 by the register (R-072)."""
    (held,) = timeline.authorities.authority(SURREY).activities
    said = held_as(held, on=date(2027, 4, 2), published=date(2025, 10, 29))
    timeline.files.read_file(file("order.yaml", TODAY, said), actor="import", at=told("an order").at)
    (entry,) = timeline.authorities.authority(SURREY).activities
    assert {one.field for one in entry.disagreements} == {"on", "published"}


def test_nobody_follows_in_a_circle(timeline: Application):
    announce(timeline, ESSEX, "Thurrock", ends_on=date(2030, 4, 1))
    with pytest.raises(RuleBroken, match="Thurrock is itself to follow Essex"):
        announce(timeline, THURROCK, "Essex")


def test_only_an_administrator_may(timeline: Application):
    people = timeline.people
    officer, administrator = uuid4(), uuid4()
    for person in (officer, administrator):
        people.register_person(person, by=told(f"{person}", reason="New here."))
    people.grant_role(officer, role=Role.OFFICER, national=True, by=told("officer", reason="Asked for."))
    people.grant_role(administrator, role=Role.ADMINISTRATOR, by=told("administrator", reason="Asked for."))
    with pytest.raises(RuleBroken, match="Only an administrator"):
        announce(timeline, ESSEX, "Greater Essex", by=told("by an officer", actor=str(officer)))
    announced = announce(timeline, ESSEX, "Greater Essex", by=told("by an administrator", actor=str(administrator)))
    withdraw = timeline.authorities.withdraw_entry
    with pytest.raises(RuleBroken, match="Only an administrator"):
        withdraw(ESSEX, announced.activity, by=told("struck out", actor=str(officer), reason="No."))
    withdraw(ESSEX, announced.activity, by=told("struck out", actor=str(administrator), reason="No."))
    assert ends_on(timeline, ESSEX, TODAY) is None


def test_what_is_taken_back_is_known_no_more(timeline: Application):
    timeline.successions.cancel(SURREY, cancelled_on=date(2026, 11, 1), by=told("surrey stays"))
    assert [ends_on(timeline, SURREY, day) for day in (date(2026, 10, 31), date(2026, 11, 1))] == [
        date(2027, 4, 1),
        None,
    ]
    announced = {"ends_on": date(2029, 4, 1), "announced_on": date(2026, 11, 25)}
    announce(timeline, SURREY, "East Surrey", "West Surrey", **announced)
    assert ends_on(timeline, SURREY, TODAY) == date(2029, 4, 1)


def test_a_vesting_day_put_right_is_a_correction_of_the_one_entry(timeline: Application):
    announce(timeline, ESSEX, "Greater Essex")
    timeline.successions.correct(ESSEX, ends_on=date(2028, 10, 1), by=told("correct", reason="The order says October."))
    (entry,) = timeline.authorities.authority(ESSEX).activities
    assert (entry.on, entry.status) == (date(2028, 10, 1), Status.CORRECTED)
    (correction,) = entry.corrections
    assert (correction.field, correction.was.value, correction.now.value) == ("on", "2028-04-01", "2028-10-01")


def test_on_the_day_it_is_carried_out(timeline: Application):
    announce(timeline, ESSEX, "Greater Essex", "Thurrock")
    timeline.successions.carry_out(ESSEX, by=told("the day", on=LATER))
    assert tells(timeline, ESSEX)[-2:] == ["AuthoritySucceeded", "AuthorityAbolished"]
    succeeded = list(timeline.ledger.events.get(Authority.create_id(ESSEX)))[-2]
    assert isinstance(succeeded, facts.AuthoritySucceeded)
    assert (succeeded.successors, succeeded.succeeded_on) == (("greater-essex", THURROCK), VESTING)
    with pytest.raises(RuleBroken, match="was already abolished, on 1 April 2028"):
        timeline.successions.carry_out(ESSEX, by=told("again", on=LATER))


def test_a_number_that_is_given_later_leaves_the_key(timeline: Application):
    give = timeline.successions.give_code
    give("east-surrey", scheme="urn", now="2800001", given_on=TODAY, by=told("number"))
    give("east-surrey", scheme="gss_code", now="E06000070", given_on=TODAY, by=told("code"))
    assert tells(timeline, "east-surrey")[-2:] == ["AuthorityRecoded", "AuthorityRecoded"]
    assert timeline.authorities.authority("east-surrey").name == "East Surrey"


# --- what the register brings ---------------------------------------------------------------------------------------


def test_a_store_gains_what_the_register_knows_of_ends_and_only_once(timeline: Application):
    before = timeline.ledger.max_position()
    assert timeline.authorities.register_authorities(at=told("again").at) == 0
    assert timeline.ledger.max_position() == before
    announced = {
        urn: known_on(successions(timeline.authorities.authority(urn).activities), date.max)
        for urn in (SURREY, "80457")
    }
    assert {urn: one and (one.known_from, one.ends_on) for urn, one in announced.items()} == {
        SURREY: (date(2025, 10, 28), date(2027, 4, 1)),
        "80457": (date(2022, 3, 17), date(2023, 4, 1)),
    }
    with_entries = [
        urn for urn in (ESSEX, SURREY, "east-surrey", "80531") if timeline.authorities.authority(urn).activities
    ]
    assert with_entries == [SURREY], "and nothing that is not law"


def test_whoever_says_better_is_heard_before_the_register(timeline: Application):
    (held,) = timeline.authorities.authority(SURREY).activities
    said = held_as(held, on=date(2027, 5, 1))
    timeline.files.read_file(file("order.yaml", TODAY, said), actor="import", at=told("an order").at)
    (entry,) = timeline.authorities.authority(SURREY).activities
    assert (entry.on, entry.status) == (date(2027, 5, 1), Status.CURRENT)
    (dispute,) = entry.disagreements
    assert (dispute.field, dispute.held) == ("on", "2027-05-01")
    assert [one.family for one in dispute.says] == [Family.REPORT_IN_HAND, Family.OTHER]


def held_as(entry: Activity, **other: Any) -> Observation:
    words: dict[str, Any] = {"on": entry.on, "published": entry.published, "successors": entry.successors} | other
    return Observation(
        entry.urn, Family.REPORT_IN_HAND, Channel.HISTORY_DOCUMENT, Stated(Kind.SUCCESSION_ANNOUNCED, **words)
    )
