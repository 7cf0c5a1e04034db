"""The audit trail by command and over HTTP: what is printed, how it ends, and what is kept."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from domain.ledger.store import open_ledger
from tests import CHECKOUT
from tests.faults.insider import Insider, replaced
from tests.installation import SMALL_HISTORY, Installation

UNVOUCHED = "Nothing inside the store is altered; nothing kept outside vouches for it yet."


def size_of(installation: Installation) -> int:
    return installation.store.ledger.max_position()


def test_verify_prints_size_and_root_and_ends_well(with_history: Installation):
    result = with_history.run("ledger", "verify")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"OK: {size_of(with_history)} entries, root ")
    assert result.stdout.splitlines()[1] == UNVOUCHED
    assert "nothing outside the store vouches for it" in result.stdout
    document = with_history.answer("ledger", "verify")
    assert (document["ok"], document["size"], document["faults"]) == (True, size_of(with_history), [])
    assert document["root"] in result.stdout
    assert document["checks"] == {
        "events": "ok",
        "tree": "ok",
        "checkpoints": "nothing_to_check",
        "signatures": "nothing_to_check",
        "versions": "ok",
        "read_models": "ok",
        "receipts": "nothing_to_check",
    }


def test_the_signer_s_folder_moved_away_leaves_nothing_that_vouches(with_history: Installation):
    with_history.run("ledger", "checkpoint")
    result = with_history.run("ledger", "verify", "--remember")
    assert (result.exit_code, result.stdout.split(" entries")[0]) == (0, f"OK: {size_of(with_history)}")
    signing = with_history.home / "signing"
    signing.rename(with_history.home / "elsewhere")
    result = with_history.run("ledger", "verify")
    assert (result.exit_code, result.stdout.splitlines()[1]) == (0, UNVOUCHED)
    assert "checkpoints  nothing to check" in result.stdout


def test_the_log_alone_is_verified_on_request_and_that_is_said(with_history: Installation):
    with with_history.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM file")
    assert with_history.run("ledger", "verify").exit_code == 1
    result = with_history.run("ledger", "verify", "--log-only")
    assert result.exit_code == 0
    assert result.stdout.startswith("OK, the read side not compared: ")
    assert with_history.answer("ledger", "verify", "--log-only")["checks"]["read_models"] == "not_asked"


def test_checkpoint_prints_the_note_and_nothing_else(with_history: Installation):
    result = with_history.run("ledger", "checkpoint")
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = result.stdout.split("\n")
    assert lines[0].startswith("inspection-timeline/")
    assert lines[1] == str(size_of(with_history))
    assert lines[2] == with_history.answer("ledger", "verify")["root"]
    assert lines[3].startswith("time 20")
    assert lines[4] == ""
    assert lines[5].startswith(f"— {lines[0]} ")
    assert lines[6:] == [""]
    key = with_history.home / "signing" / "signing_key.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert with_history.run("ledger", "checkpoint").stdout == result.stdout
    kept = with_history.write("kept", result.stdout)
    again = with_history.answer("ledger", "verify", "--checkpoint", kept)
    assert (again["checks"]["checkpoints"], again["checks"]["signatures"]) == ("ok", "ok")
    assert with_history.run("ledger", "key").stdout.startswith(f"{lines[0]}+")


def test_a_changed_event_is_named_and_ends_with_1(with_history: Installation):
    receipt = with_history.write("receipt.json", with_history.run("ledger", "proof", "30").stdout)
    insider = Insider(str(with_history.home / "ledger.db"))
    replaced(insider, 30, b'"actor":"register"', b'"actor":"somebody"')
    result = with_history.run("ledger", "verify")
    assert result.exit_code == 1
    assert result.stdout.startswith("NOT OK, first at entry 30, position 30: the event is not the one that was kept")
    insider.rebuild()
    assert with_history.run("ledger", "verify").exit_code == 1, "the read side still has the actor as it was"
    assert with_history.run("projections", "rebuild").exit_code == 0
    assert with_history.run("ledger", "verify").exit_code == 0
    result = with_history.run("ledger", "verify", "--receipt", receipt, "--json")
    assert result.exit_code == 1
    faults = json.loads(result.stdout)["faults"]
    assert [(fault["check"], fault["seq"]) for fault in faults if fault["seq"]] == [("receipts", 30)]
    assert "its recorded bytes changed" in faults[-1]["what"]
    assert with_history.run("store", "check").exit_code == 0


def test_a_read_side_that_is_not_what_the_log_says_is_found(with_history: Installation):
    with with_history.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE identifier SET value = 'Stockton-on-Sea' WHERE value LIKE 'stockton%'")
        connection.exec_driver_sql("DELETE FROM file")
    result = with_history.run("ledger", "verify", "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert {fault["check"] for fault in document["faults"]} == {"read_models"}
    words = "; ".join(fault["what"] for fault in document["faults"])
    assert "of the table identifier differs" in words
    assert "of the table file is missing" in words
    with_history.run("projections", "rebuild")
    assert with_history.run("ledger", "verify").exit_code == 0


def test_the_read_side_is_compared_with_a_replay_carried_on_and_that_is_said(with_history: Installation):
    assert "carried on since" not in with_history.run("ledger", "verify").stdout
    assert "carried on since" in with_history.run("ledger", "verify").stdout
    assert "carried on since" not in with_history.run("ledger", "verify", "--anew").stdout


def test_an_event_that_cannot_be_replayed_is_not_passed_over(with_history: Installation):
    insider = Insider(str(with_history.home / "ledger.db"))
    insider.do("UPDATE stored_events SET topic = 'os:system' WHERE rowid = 12")
    insider.rebuild()
    result = with_history.run("ledger", "verify")
    assert result.exit_code == 2
    assert result.stdout.startswith("COULD NOT CHECK everything")
    assert "A replay of the log is not possible" in result.stdout


def test_what_could_not_be_checked_ends_with_2_and_is_never_ok(with_history: Installation, tmp_path: Path):
    other = Installation(tmp_path / "none")
    for options in ((), ("--json",)):
        result = other.run("ledger", "verify", *options)
        assert result.exit_code == 2
        assert "store migrate" in result.output
        assert not result.stdout or json.loads(result.stdout)["ok"] is False
    odd = with_history.write("odd", "this is not a note")
    for words in (("--checkpoint", odd), ("--receipt", odd), ("--receipt", tmp_path / "missing")):
        result = with_history.run("ledger", "verify", *words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("COULD NOT CHECK: ")
    assert with_history.run("ledger", "verify", "--key", "nonsense").exit_code == 2
    with_history.run("ledger", "checkpoint")
    (with_history.home / "signing" / "checkpoints").unlink()
    assert with_history.run("ledger", "verify").exit_code == 2
    ledger = with_history.home / "ledger.db"
    with_history.store.close()
    ledger.write_bytes(ledger.read_bytes()[:20_000])
    result = with_history.run("ledger", "verify")
    assert result.exit_code in (1, 2)
    assert not result.stdout.startswith("OK")


def test_remembering_keeps_what_was_found_for_the_next_time(with_history: Installation):
    root = with_history.answer("ledger", "verify", "--remember")["root"]
    (line,) = (with_history.home / "remembered_checkpoints").read_text().splitlines()
    assert json.loads(line)["root"] == root
    again = with_history.answer("ledger", "verify")
    assert (again["checks"]["checkpoints"], again["vouched_for"]) == ("nothing_to_check", 0)
    insider = Insider(str(with_history.home / "ledger.db"))
    replaced(insider, 30, b'"actor":"register"', b'"actor":"somebody"')
    insider.rebuild()
    assert with_history.run("ledger", "verify").exit_code == 1


@pytest.mark.parametrize("seq", ["0", "-1", "100000", "9" * 40])
def test_an_entry_that_is_not_there_is_said(with_history: Installation, seq: str):
    result = with_history.run("ledger", "proof", "--", seq)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has no entry" in result.stderr


def test_proof_receipt_and_consistency_are_documents_to_keep(with_history: Installation):
    proof = json.loads(with_history.run("ledger", "proof", "1").stdout)
    assert (proof["format"], proof["seq"], proof["checkpoint"]) == ("timeline-proof/1", 1, None)
    command = proof["event"]["command"]
    receipt = with_history.run("ledger", "receipt", command)
    assert json.loads(receipt.stdout)["entries"][0]["leaf"] == proof["leaf"]
    kept = with_history.write("receipt.json", receipt.stdout)
    assert with_history.answer("ledger", "verify", "--receipt", kept)["checks"]["receipts"] == "ok"
    assert with_history.run("ledger", "receipt", str(uuid4())).exit_code == 2
    assert with_history.run("ledger", "receipt", "nonsense").exit_code == 2
    document = with_history.answer("ledger", "consistency", "5", "9")
    assert (document["old"]["size"], document["new"]["size"]) == (5, 9)
    assert "root" in with_history.run("ledger", "consistency", "5", "9").stdout
    backwards = with_history.run("ledger", "consistency", "9", "5")
    assert (backwards.exit_code, "Give the smaller size first" in backwards.stderr) == (2, True)
    assert with_history.run("ledger", "consistency", "1", "100000").exit_code == 2


def test_the_export_is_checked_by_the_verifier_in_one_file(with_history: Installation):
    with_history.run("ledger", "checkpoint")
    export = with_history.home.parent / "export.ndjson"
    result = with_history.run("ledger", "export", export)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{export} holds {size_of(with_history)} events")
    assert with_history.run("ledger", "export", export).exit_code == 1
    key = with_history.run("ledger", "key").stdout.strip()
    done = subprocess.run(
        [sys.executable, "-I", CHECKOUT / "docs" / "verify_export.py", export, "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )
    root = with_history.answer("ledger", "verify")["root"]
    assert (done.returncode, done.stdout) == (0, f"OK: {size_of(with_history)} entries, root {root}\n")


def test_a_rotated_key_signs_and_the_old_pin_still_holds(with_history: Installation):
    with_history.run("ledger", "checkpoint")
    old = with_history.run("ledger", "key").stdout.strip()
    rotated = with_history.run("ledger", "rotate-key")
    new = rotated.stdout.strip()
    assert rotated.stderr.startswith(f"Entry {size_of(with_history)}. Receipt: ")
    assert with_history.run("ledger", "key").stdout.strip() == new != old
    assert with_history.run("ledger", "checkpoint").exit_code == 0
    for key in (old, new):
        assert with_history.answer("ledger", "verify", "--key", key)["ok"]
    assert with_history.app.test_client().get("/readyz").status_code == 200
    assert with_history.run("projections", "rebuild").exit_code == 0


def test_there_is_no_key_before_the_first_checkpoint(with_history: Installation):
    result = with_history.run("ledger", "key")
    assert result.exit_code == 2
    assert "ledger checkpoint" in result.stderr


def test_the_signer_refuses_an_old_copy(with_history: Installation):
    backup = with_history.home.parent / "backup.db"
    with_history.run("store", "backup", backup)
    document = SMALL_HISTORY.replace("2026-03-03", "2026-03-04")
    with_history.run("history", "import", with_history.write("more.yaml", document))
    assert with_history.run("ledger", "checkpoint").exit_code == 0
    assert with_history.run("store", "restore", backup).exit_code == 1
    assert with_history.run("store", "restore", backup, "--force").exit_code == 0
    with_history.store.close()
    refused = with_history.run("ledger", "checkpoint")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "it was cut short, or an old copy was put in its place" in refused.stderr
    assert with_history.run("ledger", "verify").exit_code == 1


def test_over_http_the_newest_checkpoint_and_any_entry_are_given(with_history: Installation):
    note = with_history.run("ledger", "checkpoint").stdout
    client = with_history.app.test_client()
    answer = client.get("/api/ledger/checkpoint")
    assert (answer.status_code, answer.mimetype, answer.text) == (200, "text/plain", note)
    answer = client.get("/api/ledger/entries/7")
    assert answer.text == with_history.run("ledger", "proof", "7").stdout
    assert answer.get_json()["checkpoint"] == note
    with_history.run("ledger", "rotate-key")
    assert client.get("/api/ledger/checkpoint").text == note, "serving signs nothing"
    assert client.get(f"/api/ledger/entries/{size_of(with_history)}").get_json()["checkpoint"] is None


def test_on_postgresql_the_commands_do_the_same(postgres_url: str, tmp_path: Path):
    installation = Installation(tmp_path / "instance", database_url=postgres_url)
    installation.run("store", "migrate")
    installation.run("history", "import", installation.write("small.yaml", SMALL_HISTORY))
    note = installation.run("ledger", "checkpoint").stdout
    kept, proof = (
        installation.write("kept", note),
        installation.write("proof.json", installation.run("ledger", "proof", "30").stdout),
    )
    document = installation.answer("ledger", "verify", "--checkpoint", kept, "--receipt", proof)
    assert set(document["checks"].values()) == {"ok"}
    replaced(Insider(postgres_url), 30, b'"actor":"register"', b'"actor":"somebody"')
    result = installation.run("ledger", "verify")
    assert result.exit_code == 1
    assert result.stdout.startswith("NOT OK, first at entry 30, position 30")
    installation.store.close()


def test_recording_shows_a_receipt_that_the_application_can_give(with_history: Installation):
    with open_ledger(with_history.home / "ledger.db") as ledger:
        fact = [fact for _, fact in ledger.read_facts()][-1]
    receipt = with_history.store.audit.receipt_of(fact)
    assert receipt["command"] == fact.command.hex
    assert receipt == with_history.store.audit.receipt_of(fact.command)
