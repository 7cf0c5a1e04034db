"""The page that checks the whole history: one at a time, in a process of its own, and never called right by mistake."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from domain.values.roles import Role
from tests.faults.insider import Insider, replaced
from tests.installation import Installation
from tests.web.client import Client, Document
from tests.web.signed_in import person, sign_in
from web.audit import verification
from web.audit.checkpoints import CHECKER
from web.store.settings import CHECKOUT
from web.store.verifications import LOST_AFTER, Verifications

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
RIGHT = "No. All entries are as they were written"
UNVOUCHED = "Nothing inside the store is altered; nothing kept outside vouches for it yet"
LONGEST = 120
"""Seconds in which a small history must have been checked."""


@pytest.fixture
def member(with_history: Installation) -> Client:
    """Somebody who may read, on an installation with a small history; forms carry no token."""
    app = with_history.app
    app.open_pages()
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    found = Client(app)
    sign_in(app, found.client, person(app, Role.MEMBER))
    return found


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    yield
    for child in verification._children:
        child.wait(LONGEST)
    verification._children.clear()


def runs(of: Installation) -> Verifications:
    return of.store.verifications


def started(client: Client, kept: str = "", status: int = 303, **boxes: str) -> str:
    """What was answered."""
    answer = client.client.post("/verify", data={"command": str(uuid4()), "kept": kept, **boxes})
    assert answer.status_code == status, answer.text
    return answer.text


def finished(client: Client) -> Document:
    """The page once nothing is running any more."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        page = client.page("/verify")
        if "is being checked since" not in page.all("main")[0].said:
            return page
        time.sleep(0.5)
    raise AssertionError("it is still running")


def cells(page: Document) -> list[str]:
    return [one.said for one in page.all("td")]


def test_nothing_was_checked_yet_and_that_is_said(member: Client):
    assert "was not checked from this page yet" in member.page("/verify").all("main")[0].said


def test_a_history_that_is_right_is_found_right_in_the_background(with_history: Installation, member: Client):
    for times in (1, 2):
        started(member)
        page = finished(member)
        assert page.all("h2")[0].said == UNVOUCHED, "what the first run remembered does not vouch in the second"
        assert RIGHT not in page.all("main")[0].said
        assert cells(page) == [
            "Right",
            "Right",
            "Nothing was there to compare",
            "Nothing was there to compare",
            "Right",
            "Right",
            "Nothing was there to compare",
        ]
        member.part("/verify")
        assert len(with_history.store.audit.remembered()) == times


def test_what_is_signed_vouches_for_the_history_and_how_much_of_it_is_said(with_history: Installation, member: Client):
    with_history.store.audit.sign(at=NOON)
    started(member)
    page = finished(member)
    assert (page.all("h2")[0].said, cells(page)[2:4]) == (RIGHT, ["Right", "Right"])
    assert "Seals that were signed or brought vouch for all of them." in page.all("main")[0].said


def test_the_replay_for_the_pages_is_carried_on_and_made_anew_on_request(with_history: Installation, member: Client):
    with_history.store.audit.sign(at=NOON)
    carried_on = "agrees with a replay begun at"
    for boxes, expected in (({}, False), ({}, True), ({"anew": "y"}, False)):
        started(member, **boxes)
        page = finished(member)
        assert page.all("h2")[0].said == RIGHT
        assert (carried_on in page.all("main")[0].said) is expected


def test_the_last_result_is_there_after_a_restart(with_history: Installation, member: Client):
    with_history.store.audit.sign(at=NOON)
    started(member)
    finished(member)
    with_history.store.close()
    assert member.page("/verify").all("h2")[0].said == RIGHT


def test_an_altered_event_is_found_wanting_and_named(with_history: Installation, member: Client):
    position = with_history.store.ledger.max_position() - 5
    replaced(Insider(str(with_history.home / "ledger.db")), position, b'"actor":', b'"Actor":')
    started(member)
    page = finished(member)
    assert page.all("h2")[0].said.startswith("Yes: found wanting")
    assert "Found wanting" in cells(page)
    (heading,) = (one for one in page.all("h2") if one.said.startswith("Yes: found wanting"))
    assert [one.get("class") for one in heading.parents if one.tag == "div"][-1] == "govuk-error-summary"
    named = f"Entry {position} , Stockton-on-Tees: the event is not the one that was kept"
    (found,) = (one for one in page.all("li") if one.said.startswith(named))
    assert found.get("class") == "app-break", "the stream's id must not widen a narrow page"
    assert any(one.get("href") == f"/record/{position}" for one in page.all("a"))


def test_the_page_of_an_altered_entry_says_so_first_and_its_receipt_says_why(
    with_history: Installation, member: Client
):
    whole = member.page("/record/30")
    assert "cannot be proved" not in whole.all("main")[0].said
    insider = Insider(str(with_history.home / "ledger.db"))
    replaced(insider, 30, b'"actor":"register"', b'"actor":"somebody"')
    first, *_ = member.page("/record/30").all("h2")
    assert first.said == "This entry cannot be proved: what stands below may not be what was recorded"
    answer = member.client.get("/record/30/receipt.json")
    assert answer.status_code == 500
    assert "This entry of the history is not what was recorded" in answer.text
    assert "Entry 30 is not what the tree was made of: it was altered after it was recorded" in answer.text
    assert "what you entered" not in answer.text
    problem = member.client.get("/api/ledger/entries/30").get_json()
    assert problem["title"] == "This entry of the history is not what was recorded"
    insider.do("DELETE FROM stored_events WHERE rowid = 30")
    assert "The event of entry 30 is gone from the log" in member.client.get("/record/30").text


def test_what_could_not_be_checked_is_never_called_right(with_history: Installation, member: Client):
    with_history.store.audit.sign(at=NOON)
    (with_history.settings.signing_folder / "checkpoints").unlink()
    started(member)
    page = finished(member)
    assert page.all("h2")[0].said == "Not known: not everything could be checked"
    assert "Could not be checked" in cells(page)
    assert RIGHT not in page.all("main")[0].said


def test_one_runs_at_a_time_and_the_page_says_how_far_it_is(with_history: Installation, member: Client):
    run = runs(with_history).begin(uuid4())
    assert run is not None
    assert runs(with_history).begin(uuid4()) is None
    runs(with_history).beat(run, "read side", 1_000, 20_000)
    page = member.page("/verify")
    assert "what pages show, by telling everything again, 1,000 of 20,000" in page.all("main")[0].said
    assert 'hx-trigger="every 2s"' in member.part("/verify")
    started(member)
    assert verification._children == []


def test_one_that_was_killed_is_not_called_right_and_does_not_block_the_next(
    with_history: Installation, member: Client
):
    run = runs(with_history).begin(uuid4())
    assert run is not None
    later = Verifications(with_history.store.accounts_engine, clock=lambda: int(time.time()) + LOST_AFTER + 1)
    last = later.last()
    assert last is not None
    assert (last.id, last.exit_code, later.running()) == (run, None, None)
    assert later.begin(uuid4()) is not None
    stopped = later.last()
    assert stopped is not None
    assert (stopped.exit_code, stopped.report) == (
        2,
        {"could_not_check": "It was stopped before its end. Start it again."},
    )


def test_whoever_brings_a_checkpoint_that_agrees_is_counted_as_a_witness(with_history: Installation, member: Client):
    assert "Others who compared a seal that they keep None yet" in member.page("/checkpoints").all("main")[0].said
    note = with_history.store.audit.sign(at=NOON)
    page_before = member.page("/verify").all("main")[0].said
    started(member, note.replace("\n", "\r\n"))
    assert "Nobody has compared a seal they kept yet." in page_before
    said = finished(member).all("main")[0].said
    assert "A checkpoint that somebody had kept was compared." in said
    assert "People who compared a seal they kept, and found that it agrees: 1, last on " in said
    said = member.page("/checkpoints").all("main")[0].said
    assert "Others who compared a seal that they keep 1; the last agreed on" in said


def test_a_checkpoint_of_another_history_is_found_wanting(with_history: Installation, member: Client):
    note = with_history.store.audit.sign(at=NOON)
    origin = note.partition("\n")[0]
    started(member, note.replace(origin, "inspection-timeline/00000000000000000000000000000000"))
    assert finished(member).all("h2")[0].said.startswith("Yes: found wanting")
    assert runs(with_history).witnesses() == []


def test_what_is_no_checkpoint_is_refused_in_words(member: Client):
    refused = started(member, "It said 1,234 entries", status=422)
    assert "from line 1 on it is not a whole signed checkpoint" in refused


def test_checkpoints_are_public_and_each_can_be_fetched(with_history: Installation, member: Client):
    assert "No checkpoint was signed yet" in member.page("/checkpoints").all("main")[0].said
    anybody = Client(with_history.app)
    assert "<entry>" not in anybody.client.get("/checkpoints.atom").text
    note = with_history.store.audit.sign(at=NOON)
    size = with_history.store.audit.head().size
    assert note in anybody.client.get(f"/checkpoints/{size}").text
    assert anybody.client.get("/checkpoints/1").status_code == 404
    assert anybody.client.get("/checkpoints/key").text.strip() == with_history.store.audit.public_key()
    page = anybody.page("/checkpoints")
    assert any(one.get("href") == f"/checkpoints/{size}" for one in page.all("a"))
    feed = anybody.client.get("/checkpoints.atom")
    assert feed.mimetype == "application/atom+xml"
    assert feed.text.count("<entry>") == 1
    assert f"{size} entries, root " in feed.text
    assert feed.text == anybody.client.get("/checkpoints.atom").text


def test_anybody_may_have_the_checker_and_pages_lead_to_it(with_history: Installation, member: Client):
    for address in ("/verify", "/checkpoints", "/record/30"):
        assert any(one.get("href") == "/verify/verify_export.py" for one in member.page(address).all("a")), address
    answer = with_history.app.test_client().get("/verify/verify_export.py")
    assert (answer.status_code, answer.mimetype) == (200, "text/x-python")
    assert answer.data == (CHECKOUT / "docs" / "verify_export.py").read_bytes()
    assert answer.headers["Content-Disposition"] == "attachment; filename=verify_export.py"


def test_the_proof_between_two_checkpoints_is_the_one_that_the_command_gives(
    with_history: Installation, member: Client
):
    answer = member.client.get("/checkpoints/consistency?old=3&new=20")
    assert answer.json == with_history.store.audit.consistency(3, 20)
    assert member.client.get("/checkpoints/consistency?old=x&new=20").status_code == 422
    assert member.client.get("/checkpoints/consistency?old=3&new=99999").status_code == 404


def test_an_auditor_downloads_the_whole_record_and_the_checker_finds_it_whole(
    with_history: Installation, tmp_path: Path
):
    with_history.app.open_pages()
    with_history.app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    auditor = Client(with_history.app)
    sign_in(with_history.app, auditor.client, person(with_history.app, Role.AUDITOR))
    assert auditor.client.post("/checkpoints/now", data={"command": str(uuid4())}).status_code == 422, "no key yet"
    with_history.store.audit.sign(at=NOON)
    assert "Seal the record as it is now" in auditor.page("/checkpoints").all("main")[0].said
    assert auditor.client.post("/checkpoints/now", data={"command": str(uuid4())}).status_code == 303
    answer = auditor.client.get("/record/export.ndjson")
    assert "attachment; filename=record-" in answer.headers["Content-Disposition"]
    kept = tmp_path / "record.ndjson"
    kept.write_bytes(answer.data)
    checked = subprocess.run([sys.executable, "-I", str(CHECKER), str(kept)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
