"""The outbox and the followers, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from web.store.accounts import migrate, open_accounts, prepared
from web.store.followers import Followers
from web.store.outbox import MailKind, MailState, Outbox

CHOICE = {"urns": ["80469"]}


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    where = tmp_path / "people.db" if request.param == "sqlite" else request.getfixturevalue("postgres_store_url")
    opened = open_accounts(where)
    migrate(opened)
    assert prepared(opened)
    yield opened
    opened.dispose()


def test_what_a_run_was_stopped_at_is_found_by_the_last_step_of_each_mail(engine: Engine):
    outbox, follow = Outbox(engine), uuid4()
    done, begun, only_prepared = uuid4(), uuid4(), uuid4()
    for message, *steps in (
        (done, MailState.PREPARED, MailState.BEGUN, MailState.ACCEPTED),
        (begun, MailState.PREPARED, MailState.BEGUN),
        (only_prepared, MailState.PREPARED),
    ):
        for step in steps:
            outbox.add(message, follow, MailKind.DIGEST, step, at=1, upto=7, until=date(2026, 12, 1))
    assert {row.message: row.state for row in outbox.unfinished()} == {
        begun: MailState.BEGUN,
        only_prepared: MailState.PREPARED,
    }
    assert [row.state for row in outbox.of(follow)].count(MailState.PREPARED) == 3
    assert outbox.of(follow)[2].until == date(2026, 12, 1)


def test_another_address_has_to_be_confirmed_anew_and_an_old_link_confirms_nothing(engine: Engine):
    followers, person = Followers(engine), uuid4()
    first = followers.keep(person, choice=CHOICE, cadence="weekly", address="a@council.example")
    assert followers.confirm(first.id, address="a@council.example", position=3)
    again = followers.keep(person, choice={"urns": ["80498"]}, cadence="daily", address="a@council.example")
    assert (again.position, again.cadence) == (3, "daily"), "the same address stays confirmed"
    other = followers.keep(person, choice=CHOICE, cadence="daily", address="b@council.example")
    assert (other.id, other.confirmed_at) == (first.id, None)
    assert not followers.confirm(first.id, address="a@council.example", position=9)
    assert [one.address for one in followers.mailed()] == ["b@council.example"]
    followers.leave(first.id)
    assert followers.of_person(person) is None


def test_a_secret_opens_its_own_choice_alone(engine: Engine):
    followers = Followers(engine)
    one, other = (followers.make_secret({"urns": [urn]}) for urn in ("80469", "80498"))
    found = [followers.by_secret(secret) for secret in (one, other, one[:-1])]
    assert [follow and follow.choice for follow in found] == [{"urns": ["80469"]}, {"urns": ["80498"]}, None]
