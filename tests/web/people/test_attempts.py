"""Guessing passwords: how often one may try, and how long one waits."""

from __future__ import annotations

from uuid import uuid4

from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import HARINGEY
from tests.web.people.story import Clock, name_of, sent
from tests.web.signed_in import PASSWORD, person, sign_in, store_of
from web import WebApp
from web.store.attempts import LONGEST_WAIT, MINUTE, Attempts


def test_the_sixth_try_within_a_minute_is_answered_429_with_the_time_to_wait(app: WebApp, client: Client):
    name = name_of(app, person(app, Role.OFFICER, password=PASSWORD))
    answers = [sent(client.client, name, "wrong wrong wrong wrong", "198.51.100.1") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    right = sent(client.client, name, PASSWORD, "198.51.100.1")
    assert right.status_code == 429, "the right password does not show while one waits"


class Milliseconds(Clock):
    """The same for attempts."""

    def __init__(self) -> None:
        self.at = 1_790_000_000_000


def test_a_thousand_tries_on_one_name_get_few_looks_and_never_shut_its_owner_out(app: WebApp):
    clock = Milliseconds()
    attempts = Attempts(store_of(app).accounts.engine, clock=clock)
    owner, name, home = person(app, Role.OFFICER).person, f"{uuid4().hex}@council.example", "203.0.113.5"
    attempts.signed_in(name, owner, home)
    looked = 0
    for number in range(1000):
        clock.at += 100
        looked += attempts.wait_to_sign_in(name, owner, f"2001:db8::{number:x}") == 0
    print(f"\n1,000 tries on one name from as many addresses within 100 s: {looked} were looked at")
    assert looked <= 10
    assert attempts.wait_to_sign_in(name, owner, home) == 0


def test_a_thousand_tries_on_as_many_names_from_one_address_get_few_looks(app: WebApp):
    clock = Milliseconds()
    attempts = Attempts(store_of(app).accounts.engine, clock=clock)
    looked = 0
    for number in range(1000):
        clock.at += 100
        looked += attempts.wait_to_sign_in(f"name-{number}-{uuid4().hex}", None, "203.0.113.99") == 0
    assert looked <= 10


def test_whoever_has_an_account_may_not_guess_others_in_between(app: WebApp):
    clock = Milliseconds()
    attempts = Attempts(store_of(app).accounts.engine, clock=clock)
    mine, name, place = person(app, Role.MEMBER).person, uuid4().hex, "203.0.113.44"
    looked = 0
    for number in range(100):
        clock.at += 100
        looked += attempts.wait_to_sign_in(f"name-{number}-{name}", None, place) == 0
        if attempts.wait_to_sign_in(name, mine, place) == 0:
            attempts.signed_in(name, mine, place)
    assert looked <= 10


def test_waits_grow_to_a_quarter_of_an_hour_and_end(app: WebApp):
    clock = Milliseconds()
    attempts = Attempts(store_of(app).accounts.engine, clock=clock)
    name, waits = uuid4().hex, []
    for number in range(14):
        wait = attempts.wait_to_sign_in(name, None, f"198.51.101.{number}")
        clock.at += wait * 1000
        if wait:
            waits.append(wait)
            assert attempts.wait_to_sign_in(name, None, f"198.51.101.{number}") == 0
    assert waits == sorted(waits)
    assert max(waits) <= LONGEST_WAIT // 1000
    clock.at += 61 * MINUTE
    assert attempts.wait_to_sign_in(name, None, "198.51.100.77") == 0


def test_forms_are_sent_at_most_sixty_times_a_minute(app: WebApp, client: Client):
    sign_in(app, client.client, person(app, Role.OFFICER))
    answers = [client.client.post(f"/authorities/{HARINGEY}/record/jtai").status_code for _ in range(61)]
    assert answers == [422] * 60 + [429]


def test_other_processes_count_the_same(app: WebApp):
    one, other = (Attempts(store_of(app).accounts.engine) for _ in range(2))
    name = uuid4().hex
    tried = [(one, other)[number % 2].wait_to_sign_in(name, None, f"192.0.2.{number}") for number in range(6)]
    assert tried[:5] == [0] * 5
    assert tried[5] > 0
