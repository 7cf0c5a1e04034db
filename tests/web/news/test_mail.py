"""Digests by a real mail server: to whom, once each; also where it refuses, falls silent, or a run is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import update

from domain.facts import Told
from domain.values.errors import RuleBroken
from domain.values.roles import Listed, Role
from projections.engine.database import writing
from projections.news.stream import newest_position
from tests import CHECKOUT
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, demo_app, told
from tests.web.news.mail_server import Post, mail_server, trusted
from tests.web.signed_in import at_the_machine, person, sign_in, store_of
from web import WebApp, create_app
from web.news.mail import MailServer, MailServerAway
from web.news.sending import due, send
from web.site import demonstration
from web.store import news_tables
from web.store.followers import Follow
from web.store.outbox import MailState

ADDRESS = "adaeze@council.example"
PLACE = "https://timeline.council.example"
LETTERS = {"everything": False, "urns": [GATESHEAD], "regions": [], "plans": [], "kinds": ["reports"]}
NOW = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
"""A little later than whatever is kept by the clock itself while these tests run."""

WEEK = timedelta(days=7)


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted(tmp_path)))
    with mail_server() as server:
        yield server


@pytest.fixture
def app(tmp_path: Path, post: Post) -> WebApp:
    home = tmp_path / "home"
    demo_app(home).extensions["timeline"].close()
    settings = store_settings(home, f"smtp://127.0.0.1:{post.port}")
    made = create_app(settings)
    made.open_pages()
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return made


def store_settings(home: Path, server: str) -> Any:
    from web.store.settings import Settings

    return Settings(home=home, mail_server=server, mail_from="timeline@council.example", address=PLACE)


@pytest.fixture
def who(app: WebApp) -> Listed:
    return person(app)


def run(app: WebApp, at: datetime) -> dict[str, int]:
    """One run, and how many mails of each state came of it."""
    with app.app_context():
        return {state.value: number for state, number in send(store_of(app), at).counts.items()}


def confirmed(app: WebApp, who: Listed, ago: timedelta = timedelta()) -> Follow:
    """Somebody follows Gateshead's letters, and said yes so long ago."""
    store = store_of(app)
    follow = store.followers.keep(who.person, choice=LETTERS, cadence="weekly", address=ADDRESS)
    with app.app_context():
        store.followers.confirm(follow.id, address=ADDRESS, position=newest_position(store.reader)[1])
    before = int((NOW - ago).timestamp())
    with writing(store.accounts_engine) as connection:
        connection.execute(update(news_tables.follow).values(confirmed_at=before, asked_at=before))
    return follow


def letter(app: WebApp, focus: str = "front door", published: date = date(2026, 10, 1)) -> None:
    """A letter on a visit to Gateshead, told on the day after its history began here."""
    by: Told = replace(told(f"visit of {focus}"), at=NOW + timedelta(days=1))
    with app.app_context():
        store_of(app).application.authorities.record_focused_visit(
            GATESHEAD,
            started_on=published - timedelta(days=30),
            ended_on=published - timedelta(days=29),
            published_on=published,
            focus=focus,
            priority_actions=(),
            improvements=(),
            assurance=False,
            by=by,
        )
        store_of(app).projector.catch_up()


def states(app: WebApp, follow: Follow) -> list[str]:
    return [row.state.value for row in store_of(app).outbox.of(follow.id)]


# --- who is mailed, and what ----------------------------------------------------------------------------------------


def test_nothing_but_a_link_is_mailed_before_its_owner_opens_it_and_says_yes(app: WebApp, post: Post, who: Listed):
    follow = store_of(app).followers.keep(who.person, choice=LETTERS, cadence="weekly", address=ADDRESS)
    letter(app)
    assert run(app, NOW + timedelta(minutes=1)) == {"accepted": 1}
    assert run(app, NOW + 3 * WEEK) == {}
    (mail,) = post.taken
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    link = re.search(rf"{PLACE}(/follow/confirm/\S+)", text)
    assert link
    client = Client(app)
    client.page(link[1])
    assert store_of(app).followers.named(follow.id).confirmed_at is None, "opening it is not yet a yes"  # type: ignore[union-attr]
    client.post(link[1], {})
    assert store_of(app).followers.named(follow.id).confirmed_at is not None  # type: ignore[union-attr]
    client.page(f"{link[1]}x", status=404)


def test_a_digest_is_mailed_once_as_text_and_html_with_a_way_to_leave(app: WebApp, post: Post, who: Listed):
    confirmed(app, who)
    letter(app, "the front door\r\nBcc: everybody@council.example")
    assert run(app, NOW) == {}, "it is not due"
    assert run(app, NOW + WEEK) == {"accepted": 1}
    assert run(app, NOW + WEEK + timedelta(hours=1)) == {}
    assert run(app, NOW + 2 * WEEK) == {"nothing": 1}
    (mail,) = post.taken
    assert (mail["To"], mail["From"]) == (ADDRESS, "timeline@council.example")
    assert mail["Subject"] == "Children’s services inspections: 1 piece of news"
    assert mail["Bcc"] is None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert f"{PLACE}/inspections/" in text
    assert "known_at=" in html
    leave = str(mail["List-Unsubscribe"]).strip("<>").removeprefix(PLACE)
    assert leave in text.replace("\n", "")


def test_leaving_takes_one_step_without_a_form_and_deletes_the_address(app: WebApp, post: Post, who: Listed):
    follow = confirmed(app, who)
    letter(app)
    run(app, NOW + WEEK)
    app.config["WTF_CSRF_ENABLED"] = True
    leave = str(post.taken[0]["List-Unsubscribe"]).strip("<>").removeprefix(PLACE)
    client = app.test_client()
    assert client.get(leave).status_code == 200
    assert store_of(app).followers.named(follow.id) is not None, "opening the link alone does nothing"
    assert client.post(leave, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert store_of(app).followers.named(follow.id) is None
    assert client.post(f"{leave}x").status_code == 404


def test_a_person_who_was_shut_out_is_mailed_nothing(app: WebApp, post: Post, who: Listed):
    confirmed(app, who)
    letter(app)
    store_of(app).application.people.disable_person(who.person, by=at_the_machine())
    assert run(app, NOW + WEEK) == {}
    assert post.taken == []


def test_nobody_is_mailed_whom_the_demonstration_made_up(app: WebApp, post: Post):
    with app.test_request_context():
        made_up = demonstration.enter(Role.MEMBER)
    confirmed(app, made_up)
    letter(app)
    assert (run(app, NOW + WEEK), post.taken) == ({}, [])


def test_what_is_told_while_nothing_was_mailed_is_in_the_next_one_and_only_there(app: WebApp, post: Post, who: Listed):
    confirmed(app, who)
    letter(app, "front door")
    run(app, NOW + WEEK)
    letter(app, "care leavers", date(2019, 5, 1))
    run(app, NOW + 2 * WEEK)
    first, second = (mail.get_body(("plain",)).get_content() for mail in post.taken)  # type: ignore[union-attr]
    assert ("front door" in first, "care leavers" in first) == (True, False)
    assert ("front door" in second, "care leavers" in second) == (False, True)
    assert "Learned late" in second


@pytest.mark.parametrize(
    ("last", "cadence", "expected"),
    [
        (datetime(2026, 11, 25, 12, tzinfo=UTC), "weekly", datetime(2026, 11, 30, 7, tzinfo=UTC)),
        (datetime(2026, 11, 30, 6, tzinfo=UTC), "weekly", datetime(2026, 11, 30, 7, tzinfo=UTC)),
        (datetime(2026, 11, 30, 8, tzinfo=UTC), "weekly", datetime(2026, 12, 7, 7, tzinfo=UTC)),
        (datetime(2026, 7, 6, 5, 30, tzinfo=UTC), "weekly", datetime(2026, 7, 6, 6, tzinfo=UTC)),
        (datetime(2026, 11, 25, 12, tzinfo=UTC), "daily", datetime(2026, 11, 26, 7, tzinfo=UTC)),
    ],
)
def test_a_digest_is_due_at_seven_in_london(last: datetime, cadence: str, expected: datetime):
    assert due(last, cadence) == expected


def test_a_dry_run_says_who_would_be_mailed_and_keeps_nothing(app: WebApp, post: Post, who: Listed):
    follow = confirmed(app, who)
    letter(app)
    with app.app_context():
        found = send(store_of(app), NOW + WEEK, dry_run=True)
    assert found.told == [f"{ADDRESS}: Children’s services inspections: 1 piece of news"]
    assert (post.taken, states(app, follow)) == ([], [])


# --- a server that will not -----------------------------------------------------------------------------------------


def test_a_refusal_for_now_is_tried_again(app: WebApp, post: Post, who: Listed):
    follow = confirmed(app, who)
    letter(app)
    post.rcpt = "450 Try later"
    assert run(app, NOW + WEEK) == {"failed": 1}
    post.rcpt = "250 OK"
    assert run(app, NOW + WEEK) == {"accepted": 1}
    assert states(app, follow) == ["prepared", "failed", "prepared", "begun", "accepted"]


def test_after_three_refusals_nothing_more_is_mailed_and_the_persons_page_says_why(
    app: WebApp, post: Post, who: Listed
):
    confirmed(app, who)
    letter(app)
    post.rcpt = "550 No such person"
    assert [run(app, NOW + WEEK) for _ in range(4)] == [{"refused": 1}] * 3 + [{}]
    client = Client(app)
    sign_in(app, client.client, who)
    assert "refused your address three times: 550 No such person" in client.page("/follow").all("main")[0].said


def test_a_server_that_falls_silent_after_the_text_leaves_it_uncertain_and_the_next_digest_holds_it(
    app: WebApp, post: Post, who: Listed
):
    follow = confirmed(app, who)
    letter(app)
    post.data = None
    assert run(app, NOW + WEEK) == {"uncertain": 1}
    post.data = "250 OK"
    assert run(app, NOW + WEEK) == {}, "it may have arrived"
    letter(app, "care leavers", date(2026, 5, 1))
    assert run(app, NOW + 2 * WEEK) == {"accepted": 1}
    text = post.taken[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "front door" in text
    assert "care leavers" in text
    assert "An earlier mail may not have reached you." in " ".join(text.split())
    assert states(app, follow)[:3] == ["prepared", "begun", "uncertain"]


def test_a_server_that_nobody_vouches_for_is_told_nothing(app: WebApp, post: Post, who: Listed, monkeypatch: Any):
    follow = confirmed(app, who)
    letter(app)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailServerAway, match="certificate"):
        run(app, NOW + WEEK)
    assert (post.taken, states(app, follow)) == ([], [])


def test_without_tls_nothing_goes_beyond_this_machine():
    with mail_server(tls=False, host="127.0.0.2") as plain:
        server = MailServer(f"smtp://127.0.0.2:{plain.port}", "timeline@council.example")
        with pytest.raises(MailServerAway):
            server.open()


# --- runs that meet, and runs that are killed -----------------------------------------------------------------------


def test_of_two_runs_at_once_one_runs(app: WebApp, post: Post, who: Listed):
    confirmed(app, who)
    letter(app)
    met: list[str] = []

    def another() -> None:
        try:
            run(app, NOW + WEEK)
        except RuleBroken as refusal:
            met.append(str(refusal))

    post.on_data = another
    assert run(app, NOW + WEEK) == {"accepted": 1}
    assert met == ["Another run of news send is under way. It does what this one would."]


@pytest.mark.parametrize(
    ("where", "left", "then"),
    [("on_rcpt", ["prepared"], {"accepted": 1}), ("on_data", ["prepared", "begun"], {"uncertain": 1})],
)
def test_a_run_that_is_killed_mails_nobody_twice(
    app: WebApp, post: Post, who: Listed, where: str, left: list[str], then: dict[str, int]
):
    follow = confirmed(app, who, ago=2 * WEEK)
    letter(app)
    killed: list[subprocess.Popen[bytes]] = []

    def kill() -> None:
        os.kill(killed[0].pid, signal.SIGKILL)
        killed[0].wait()

    setattr(post, where, kill)
    killed.append(sending(store_of(app).settings.home, post))
    assert killed[0].wait(60) == -signal.SIGKILL
    assert states(app, follow) == left
    post.on_rcpt = post.on_data = lambda: None
    arrived = len(post.taken)
    assert run(app, NOW) == then
    assert len(post.taken) == 1, "one mail, whenever it was taken"
    assert run(app, NOW) == {}
    assert (arrived, len(post.taken)) == (1 if where == "on_data" else 0, 1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_the_server_does_every_letter_arrives_and_none_twice_without_a_word(
    app: WebApp, post: Post, who: Listed, seed: int
):
    confirmed(app, who)
    chance = Random(seed)
    for week in range(1, 13):
        if chance.random() < 0.7:
            letter(app, f"topic {week}.", date(2023, 1, 10) + timedelta(days=60 * week))
        post.rcpt, post.data = chance.choice([("250 OK", "250 OK"), ("250 OK", None), ("450 Later", "250 OK")])
        post.takes_in_silence = chance.random() < 0.5
        run(app, NOW + week * WEEK)
    post.rcpt, post.data = "250 OK", "250 OK"
    run(app, NOW + 13 * WEEK)
    texts = [mail.get_body(("plain",)).get_content() for mail in post.taken]  # type: ignore[union-attr]
    told_of = [set(re.findall(r"topic\s\d+\.", text)) for text in texts]
    with app.app_context():
        everything = {one.focus for one in store_of(app).application.authorities.authority(GATESHEAD).activities}
    assert set().union(*told_of) == {focus for focus in everything if focus and focus.startswith("topic")}
    for number, here in enumerate(told_of):
        if any(here & before for before in told_of[:number]):
            assert "An earlier mail may not have reached you." in " ".join(texts[number].split())


def sending(home: Path, post: Post) -> subprocess.Popen[bytes]:
    """A run as the machine starts it."""
    settings = {
        "TIMELINE_HOME": str(home),
        "TIMELINE_MAIL_SERVER": f"smtp://127.0.0.1:{post.port}",
        "TIMELINE_MAIL_FROM": "timeline@council.example",
        "TIMELINE_ADDRESS": PLACE,
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "news", "send"]
    return subprocess.Popen(command, cwd=CHECKOUT, env={**os.environ, **settings})


def test_a_step_is_named_by_its_mail(app: WebApp, post: Post, who: Listed):
    follow = confirmed(app, who)
    letter(app)
    run(app, NOW + WEEK)
    rows = store_of(app).outbox.of(follow.id)
    assert len({row.message for row in rows}) == 1
    assert post.taken[0]["Message-ID"] == f"<{rows[0].message}@council.example>"
    assert rows[-1].state is MailState.ACCEPTED
