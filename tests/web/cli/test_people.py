"""`people`, for whoever runs the machine, and copies of what is known of people."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path
from uuid import UUID

import pytest

from domain.values.roles import Role
from tests.installation import Installation
from tests.web.signed_in import PASSWORD, listed, person, sign_in, store_of

NAME = "beth@council.example"


@pytest.fixture
def ready(installation: Installation) -> Installation:
    assert installation.run("store", "migrate").exit_code == 0
    return installation


def added(installation: Installation, name: str = NAME) -> str:
    result = installation.run("people", "add", "Beth Adeyemi", "--sign-in-name", name)
    assert result.exit_code == 0, result.output
    (link,) = re.findall(r"http://127\.0\.0\.1:8000(/set-up/\S+)", result.stdout)
    return link


def test_an_added_person_has_a_link_and_no_role(ready: Installation):
    link = added(ready)
    (row,) = ready.answer("people", "list")
    assert {key: row[key] for key in ("name", "sign_in_name", "roles", "disabled", "ready")} == {
        "name": "Beth Adeyemi",
        "sign_in_name": NAME,
        "roles": [],
        "disabled": False,
        "ready": False,
    }
    UUID(row["person"])
    assert "not set up yet" in ready.run("people", "list").stdout
    assert ready.app.test_client().get(link).status_code == 200


def test_roles_are_given_by_name_and_taken_back(ready: Installation):
    added(ready)
    why = ("--reason", "Joins the team")
    given = ready.run("people", "role", NAME, "officer", "--authority", "Haringey", "--authority", "808", *why)
    assert given.exit_code == 0, given.output
    assert ready.answer("people", "list")[0]["roles"] == [
        {"role": "officer", "national": False, "authorities": ["80498", "80563"]}
    ]
    assert ready.run("people", "role", NAME, "officer", "--national", *why).exit_code == 0
    assert "officer (all)" in ready.run("people", "list").stdout
    assert ready.run("people", "role", NAME, "officer", "--withdraw", *why).exit_code == 0
    assert ready.answer("people", "list")[0]["roles"] == []


def test_the_machine_makes_administrators_alone_but_leaves_the_last_one(ready: Installation):
    for name in (NAME, "cas@council.example", "dela@council.example"):
        added(ready, name)
        done = ready.run("people", "role", name, "administrator", "--reason", "Runs the service")
        assert done.exit_code == 0, done.output
    for name in (NAME, "cas@council.example"):
        assert ready.run("people", "disable", name, "--reason", "Left").exit_code == 0
    last = ready.run("people", "disable", "dela@council.example", "--reason", "Left")
    assert last.exit_code == 1
    assert "only administrator" in last.stderr


def test_whoever_is_shut_out_at_the_machine_is_out_at_once_on_the_site(ready: Installation):
    who = person(ready.app, Role.OFFICER)
    client = ready.app.test_client()
    sign_in(ready.app, client, who)
    assert client.get("/account").status_code == 200
    account = store_of(ready.app).accounts.of(who.person)
    assert account is not None
    assert ready.run("people", "disable", account.sign_in_name, "--reason", "Left").exit_code == 0
    assert client.get("/account").status_code == 303
    assert listed(ready.app, who.person).disabled


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("people", "role", "nobody@council.example", "auditor", "--reason", "x"), 2, "Nobody signs in as"),
        (("people", "role", NAME, "officer", "--reason", "x"), 1, "for which authorities"),
        (("people", "role", NAME, "officer", "--authority", "Erewhon", "--reason", "x"), 2, "Erewhon"),
        (("people", "role", NAME, "king", "--reason", "x"), 2, "king"),
        (("people", "role", NAME, "auditor"), 2, "--reason"),
        (("people", "add", "Beth Again", "--sign-in-name", NAME.upper()), 1, "already"),
        (("people", "add", "Beth", "--sign-in-name", "b b"), 1, "without spaces"),
        (("people", "disable", "nobody@council.example", "--reason", "x"), 2, "Nobody signs in as"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    ready: Installation, words: tuple[str, ...], code: int, says: str
):
    added(ready)
    before = ready.answer("people", "list")
    result = ready.run(*words)
    assert result.exit_code == code
    assert says in result.stderr
    assert ready.answer("people", "list") == before


def test_without_a_store_the_commands_say_where_to_begin(installation: Installation):
    for words in (("people", "list"), ("people", "add", "Beth", "--sign-in-name", NAME)):
        result = installation.run(*words)
        assert result.exit_code == 2
        assert "store migrate" in result.stderr
    assert not installation.home.exists()


# --- copies ---------------------------------------------------------------------------------------------------------


def test_people_are_copied_beside_the_log_and_put_back_without_their_sessions(ready: Installation, tmp_path: Path):
    who = person(ready.app, Role.OFFICER, password=PASSWORD)
    client = ready.app.test_client()
    token = sign_in(ready.app, client, who)
    unused = store_of(ready.app).accounts.make_link(who.person)
    copy = tmp_path / "backup.db"
    assert ready.run("store", "backup", copy).exit_code == 0
    beside = tmp_path / "backup.db.people"
    assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["backup.db", "backup.db.people"]
    assert token.encode() not in beside.read_bytes(), "only the digest of a token is kept"
    assert ready.run("store", "backup", tmp_path / "backup.db").exit_code == 1, "never over a copy that is there"

    other = Installation(tmp_path / "restored")
    restored = other.run("store", "restore", copy)
    assert restored.exit_code == 0, restored.output
    assert other.answer("people", "list") == ready.answer("people", "list")
    account = store_of(other.app).accounts.of(who.person)
    assert account is not None
    assert store_of(other.app).accounts.signed_in_by(account.sign_in_name, PASSWORD) == account
    thief = other.app.test_client()
    thief.set_cookie("session", token)
    assert thief.get("/account").status_code == 303
    assert store_of(other.app).accounts.link(unused) is None
    assert other.run("store", "check").exit_code == 0
    other.store.close()


def test_a_backup_without_its_people_leaves_them_and_a_check_names_who_is_missing(ready: Installation, tmp_path: Path):
    who = person(ready.app, Role.OFFICER)
    copy = tmp_path / "backup.db"
    assert ready.run("store", "backup", copy).exit_code == 0
    (tmp_path / "backup.db.people").unlink()
    other = Installation(tmp_path / "restored")
    restored = other.run("store", "restore", copy)
    assert restored.exit_code == 0
    assert "no backup.db.people" in restored.output
    checked = other.run("store", "check")
    assert checked.exit_code == 1
    assert str(who.person) in checked.stderr
    other.store.close()


def test_a_copy_of_people_that_is_none_is_refused(ready: Installation, tmp_path: Path):
    person(ready.app, Role.OFFICER)
    copy = tmp_path / "backup.db"
    assert ready.run("store", "backup", copy).exit_code == 0
    (tmp_path / "backup.db.people").write_bytes(b"SQLite format 3\x00" + b"nothing of the kind" * 200)
    other = Installation(tmp_path / "restored")
    refused = other.run("store", "restore", copy)
    assert refused.exit_code in (1, 2)
    other.store.close()


def test_people_are_kept_in_a_schema_of_their_own_on_postgresql(postgres_url: str, tmp_path: Path):
    installation = Installation(tmp_path / "instance", database_url=postgres_url)
    assert installation.run("store", "migrate").exit_code == 0
    assert installation.run("store", "migrate").exit_code == 0, "again is safe"
    added(installation)
    who = person(installation.app, Role.OFFICER, password=PASSWORD)
    client = installation.app.test_client()
    sign_in(installation.app, client, who)
    assert client.get("/account").status_code == 200
    attempts = store_of(installation.app).attempts
    tried = [attempts.wait_to_sign_in("eve", None, f"192.0.2.{number}") for number in range(6)]
    assert tried[:5] == [0] * 5
    assert tried[5] > 0
    assert installation.run("store", "check").exit_code == 0
    assert not (tmp_path / "instance" / "people.db").exists()
    installation.store.close()


# --- receipts -------------------------------------------------------------------------------------------------------


def test_every_change_says_its_entries_and_how_to_get_the_receipt(ready: Installation):
    added(ready)
    for words in (("role", NAME, "member"), ("role", NAME, "member", "--withdraw"), ("disable", NAME)):
        done = ready.run("people", *words, "--reason", "A change of roles")
        last = ready.store.audit.head().size
        said = re.fullmatch(
            rf"Entry {last}\. Receipt: flask --app wsgi (ledger receipt \S+)", done.stdout.splitlines()[-1]
        )
        assert said is not None, done.stdout
        assert [one["seq"] for one in json.loads(ready.run(*said[1].split()).stdout)["entries"]] == [last]
