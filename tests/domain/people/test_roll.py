"""Who may do what: given by an administrator with a reason, taken back the same way, and never lost altogether."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from domain.application import Application
from domain.facts import OF_PEOPLE, PersonRegistered, RoleGranted, RoleProposed, RollBegun, Told
from domain.ledger.store import Ledger
from domain.people.commands import OF_THE_ROLL
from domain.people.roll import ROLL, Roll
from domain.values.errors import NotFound, RuleBroken
from domain.values.roles import Listed, Role, Scope
from domain.values.statements import Source

ADA, BEN, CAS = (UUID(int=number) for number in (1, 2, 3))
HARINGEY, STOCKTON = "80498", "80563"


def by(actor: UUID | str = "local", reason: str | None = "Works on the improvement plan") -> Told:
    return Told(str(actor), uuid4(), Source("administration", "Test"), datetime(2026, 9, 1, tzinfo=UTC), reason)


def roll(*administrators: UUID, others: tuple[UUID, ...] = ()) -> Roll:
    made = Roll.begin(by())
    for person in (*administrators, *others):
        made.register(person, by=by())
    for person in administrators:
        made.grant(person, role=Role.ADMINISTRATOR, by=by())
    made.collect_events()
    return made


def told(made: Roll) -> list[type]:
    return [type(fact) for fact in made.pending_events]


def test_a_person_is_registered_without_a_role_and_by_an_id_alone():
    made = roll(ADA)
    made.register(BEN, by=by(ADA))
    assert told(made) == [PersonRegistered]
    assert not made.of(BEN).grants
    assert not made.of(BEN).may_record(HARINGEY)


def test_an_officer_records_for_the_authorities_named_and_imports_nothing():
    made = roll(ADA, others=(BEN,))
    made.grant(BEN, role=Role.OFFICER, authorities=[HARINGEY], by=by(ADA))
    ben = made.of(BEN)
    assert (ben.may_record(HARINGEY), ben.may_record(STOCKTON), ben.may_import()) == (True, False, False)


def test_a_role_for_all_authorities_also_imports():
    made = roll(ADA, others=(BEN,))
    made.grant(BEN, role=Role.APPROVER, national=True, by=by(ADA))
    ben = made.of(BEN)
    assert (ben.may_record(STOCKTON), ben.may_import()) == (True, True)


def test_the_authorities_of_a_role_are_changed_by_giving_it_again():
    made = roll(ADA, others=(BEN,))
    made.grant(BEN, role=Role.OFFICER, authorities=[HARINGEY], by=by(ADA))
    made.grant(BEN, role=Role.OFFICER, authorities=[STOCKTON], by=by(ADA))
    assert made.of(BEN).grants == {Role.OFFICER: Scope((STOCKTON,))}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_an_approver_of_the_authority_accepts(role: Role):
    scope = Scope((HARINGEY,))
    assert not Listed(BEN, 1, {role: scope}).is_approver_for(HARINGEY)
    approver = Listed(BEN, 1, {Role.APPROVER: scope})
    assert approver.is_approver_for(HARINGEY)
    assert not approver.is_approver_for(STOCKTON)


def test_an_administrator_records_nothing_and_an_auditor_changes_nothing():
    made = roll(ADA, others=(BEN,))
    made.grant(BEN, role=Role.AUDITOR, by=by(ADA))
    assert not made.of(ADA).may_record(HARINGEY)
    assert not made.of(BEN).may_record(HARINGEY)
    with pytest.raises(RuleBroken, match="Only an administrator"):
        made.register(CAS, by=by(BEN))


def test_the_only_administrator_makes_another_alone():
    made = roll(ADA, others=(BEN,))
    made.grant(BEN, role=Role.ADMINISTRATOR, by=by(ADA))
    assert told(made) == [RoleGranted]


def test_of_two_administrators_one_asks_and_the_other_confirms():
    made = roll(ADA, BEN, others=(CAS,))
    made.grant(CAS, role=Role.ADMINISTRATOR, by=by(ADA))
    assert told(made) == [RoleProposed]
    assert not made.of(CAS).has(Role.ADMINISTRATOR)
    with pytest.raises(RuleBroken, match="Another administrator has to confirm"):
        made.grant(CAS, role=Role.ADMINISTRATOR, by=by(ADA))
    made.grant(CAS, role=Role.ADMINISTRATOR, by=by(BEN))
    assert made.of(CAS).has(Role.ADMINISTRATOR)
    assert made.of(CAS).proposed_by is None


def test_what_was_asked_for_can_be_declined():
    made = roll(ADA, BEN, others=(CAS,))
    made.grant(CAS, role=Role.ADMINISTRATOR, by=by(ADA))
    made.withdraw(CAS, role=Role.ADMINISTRATOR, by=by(BEN))
    assert made.of(CAS).proposed_by is None
    made.grant(CAS, role=Role.ADMINISTRATOR, by=by(BEN))
    assert not made.of(CAS).has(Role.ADMINISTRATOR), "it begins anew"


@pytest.mark.parametrize(
    "act",
    [
        lambda made: made.withdraw(ADA, role=Role.ADMINISTRATOR, by=by(ADA)),
        lambda made: made.disable(ADA, by=by(ADA)),
        lambda made: made.disable(ADA, by=by()),
    ],
)
def test_the_last_administrator_stays(act: Callable[[Roll], None]):
    with pytest.raises(RuleBroken, match="the only administrator"):
        act(roll(ADA, others=(BEN,)))


def test_whoever_is_shut_out_has_no_role_and_comes_back_without_any():
    made = roll(ADA, others=(BEN,))
    made.grant(BEN, role=Role.OFFICER, national=True, by=by(ADA))
    made.disable(BEN, by=by(ADA))
    assert not made.of(BEN).may_record(HARINGEY)
    with pytest.raises(RuleBroken, match="Let them in again first"):
        made.grant(BEN, role=Role.OFFICER, national=True, by=by(ADA))
    made.reinstate(BEN, by=by(ADA))
    assert not made.of(BEN).grants


@pytest.mark.parametrize(
    ("role", "words", "why"),
    [
        (Role.OFFICER, {}, "for which authorities"),
        (Role.OFFICER, {"authorities": [HARINGEY], "national": True}, "not both"),
        (Role.AUDITOR, {"national": True}, "not held for authorities"),
        (Role.ADMINISTRATOR, {"authorities": [HARINGEY]}, "not held for authorities"),
    ],
)
def test_a_scope_that_does_not_suit_the_role_is_refused(role: Role, words: dict[str, object], why: str):
    with pytest.raises(RuleBroken, match=why):
        roll(ADA, others=(BEN,)).grant(BEN, role=role, by=by(ADA), **words)  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_nothing_changes_without_a_reason(reason: str | None):
    with pytest.raises(RuleBroken, match="Say why"):
        roll(ADA).register(BEN, by=by(ADA, reason))


def test_what_is_so_already_is_refused():
    made = roll(ADA, others=(BEN,))
    made.grant(BEN, role=Role.AUDITOR, by=by(ADA))
    for act in (
        lambda: made.register(BEN, by=by(ADA)),
        lambda: made.grant(BEN, role=Role.AUDITOR, by=by(ADA)),
        lambda: made.withdraw(BEN, role=Role.MEMBER, by=by(ADA)),
        lambda: made.reinstate(BEN, by=by(ADA)),
    ):
        with pytest.raises(RuleBroken):
            act()
    with pytest.raises(NotFound):
        made.grant(CAS, role=Role.AUDITOR, by=by(ADA))


def test_the_roll_is_read_from_the_log_and_a_command_acts_once(ledger: Ledger):
    timeline = Application(ledger)
    assert timeline.people.roll() is None
    first = by()
    assert not timeline.people.register_person(ADA, by=first).repeated
    assert timeline.people.register_person(ADA, by=first).repeated
    timeline.people.grant_role(ADA, role=Role.OFFICER, authorities=[HARINGEY], by=by())
    elsewhere = Application(ledger)
    assert elsewhere.people.listed(ADA) == timeline.people.listed(ADA)
    elsewhere.people.withdraw_role(ADA, role=Role.OFFICER, by=by())
    assert not timeline.people.listed(ADA).grants, "what another process wrote is seen at once"
    with pytest.raises(RuleBroken, match="knows no authority with the number 99999"):
        timeline.people.grant_role(ADA, role=Role.OFFICER, authorities=["99999"], by=by())
    assert [type(fact).__name__ for _, fact in timeline.people.told_of_people()] == [
        "PersonRegistered",
        "RoleGranted",
        "RoleWithdrawn",
    ]


def test_whatever_is_told_of_people_elsewhere_is_seen_at_once(ledger: Ledger):
    here, elsewhere = Application(ledger).people, Application(ledger).people
    story = [
        lambda: elsewhere.register_person(ADA, by=by()),
        lambda: elsewhere.grant_role(ADA, role=Role.ADMINISTRATOR, by=by()),
        lambda: elsewhere.register_person(BEN, by=by()),
        lambda: elsewhere.grant_role(BEN, role=Role.ADMINISTRATOR, by=by()),
        lambda: elsewhere.register_person(CAS, by=by()),
        lambda: elsewhere.grant_role(CAS, role=Role.ADMINISTRATOR, by=by(ADA)),
        lambda: elsewhere.withdraw_role(BEN, role=Role.ADMINISTRATOR, by=by(ADA)),
        lambda: elsewhere.disable_person(BEN, by=by(ADA)),
        lambda: elsewhere.reinstate_person(BEN, by=by(ADA)),
    ]
    assert here.roll() is None
    for tell in story:
        tell()
        held, kept = here.roll(), ledger.load(Roll, ROLL)
        assert held is not None
        assert kept is not None
        assert (held.version, held.listed) == (kept.version, kept.listed)
    told_of = {type(fact) for _, fact in here.told_of_people()}
    assert told_of == OF_PEOPLE - {RollBegun}
    assert set(OF_THE_ROLL) == {kind.stored_as for kind in OF_PEOPLE}
