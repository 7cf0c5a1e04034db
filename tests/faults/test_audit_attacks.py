"""Whoever alters the log is found out, and the signer vouches for nothing altered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.audit import Audit, CheckStep
from domain.ledger.backups import check
from domain.ledger.store import open_ledger
from domain.values.errors import RuleBroken
from tests.faults.insider import (
    ATTACKS,
    Insider,
    cut_after_the_checkpoint,
    cut_before_the_checkpoint,
    edit,
    kept_copy,
    put_in_place,
)
from tests.faults.kept import AT, COVERED, Kept, audit_of, found_wanting, keep, verified


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_change_is_found_at_exactly_its_events(kept: Kept, attack: Callable[[Insider], None]):
    attack(Insider(kept.where))
    report = kept.verify()
    assert report.exit_code == 1
    assert sorted({fault.position for fault in report.faults if fault.step is CheckStep.EVENTS}) == ATTACKS[attack]
    assert CheckStep.EVENTS in found_wanting(report)
    with open_ledger(kept.where) as ledger:
        assert any("position" in fault for fault in check(ledger).faults)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_with_the_tree_made_anew_checkpoints_show_it_and_receipts_say_where(
    kept: Kept, attack: Callable[[Insider], None]
):
    insider = Insider(kept.where)
    attack(insider)
    insider.rebuild()
    clean = kept.verify()
    assert found_wanting(clean) <= {CheckStep.VERSIONS}, "nothing in the tree itself gives it away"

    changed = ATTACKS[attack]
    report = kept.verify(checkpoints=True)
    assert (CheckStep.CHECKPOINTS in found_wanting(report)) == (changed[0] <= COVERED)
    shorter = [fault for fault in report.faults if "the log is shorter" in fault.what]
    assert bool(shorter) == (attack is cut_before_the_checkpoint)

    report = kept.verify(receipts=True)
    named = {fault.seq for fault in report.faults if fault.step is CheckStep.RECEIPTS}
    held = {55, 57, 60, 95, 115}
    moved = held & set(range(58, 121)) if attack.__name__ == "delete" else set()
    assert named == (held & set(changed)) | moved
    assert (1 if named or changed[0] <= COVERED else 0) == (1 if CheckStep.RECEIPTS in found_wanting(report) else 0)


def test_the_signer_refuses_whatever_does_not_continue_what_it_signed(kept: Kept):
    insider = Insider(kept.where)
    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        edit(insider)
        assert audit.sign(at=AT).split("\n")[1] == "120", "the tree itself is as it was; verify names the event"
        assert verified(audit).exit_code == 1
        insider.rebuild()
        with pytest.raises(RuleBroken, match="first 120 entries are not those signed"):
            audit.sign(at=AT)
        cut_after_the_checkpoint(insider)
        insider.rebuild()
        with pytest.raises(RuleBroken, match="has 111 entries, and 120 were signed"):
            audit.sign(at=AT)
        insider.do("UPDATE {s}audit_head SET origin = 'inspection-timeline/00'")
        with pytest.raises(RuleBroken, match="This is another log"):
            audit.sign(at=AT)
        assert len(audit._signer.checkpoints()) == 2


def test_the_signer_believes_no_stored_head_or_node(kept: Kept):
    insider = Insider(kept.where)
    zero = "'\\x" + "00" * 32 + "'" if insider.postgres else "zeroblob(32)"
    insider.do(f"UPDATE {{s}}audit_leaf SET hash = {zero} WHERE seq = 110")
    with open_ledger(kept.where) as ledger, pytest.raises(RuleBroken, match="do not make up its head"):
        audit_of(ledger, kept.folder).sign(at=AT)
    report = kept.verify()
    assert found_wanting(report) == {CheckStep.EVENTS, CheckStep.TREE}


def test_an_old_copy_put_in_the_log_s_place_is_noticed(store_url: str, tmp_path: Path):
    with open_ledger(store_url) as ledger:
        for _ in range(10):
            keep(ledger)
    old = kept_copy(store_url, tmp_path)
    kept = Kept(store_url, tmp_path)
    put_in_place(old, store_url)
    report = kept.verify()
    assert (report.exit_code, report.head.size) == (0, 30), "an old copy is whole in itself"
    report = kept.verify(checkpoints=True)
    assert [fault.what for fault in report.faults if fault.step is CheckStep.CHECKPOINTS] == [
        "the log is shorter, 30 entries, than the checkpoint of 132 entries (2026-05-04T09:30:00Z, in kept by a member)"
    ]
    with open_ledger(store_url) as ledger:
        report = verified(audit_of(ledger, tmp_path), receipts=kept.receipts)
        assert found_wanting(report) == {CheckStep.CHECKPOINTS, CheckStep.RECEIPTS}
        assert {fault.seq for fault in report.faults if fault.step is CheckStep.RECEIPTS} == {55, 57, 60, 95, 115}
        with pytest.raises(RuleBroken, match="it was cut short, or an old copy was put in its place"):
            audit_of(ledger, tmp_path).sign(at=AT)


def test_what_verify_remembered_shows_a_cut_that_no_checkpoint_covers(kept: Kept):
    with open_ledger(kept.where) as ledger:
        assert verified(audit_of(ledger, kept.folder), remember=True).exit_code == 0
    insider = Insider(kept.where)
    cut_after_the_checkpoint(insider)
    insider.rebuild()
    with open_ledger(kept.where) as ledger:
        report = verified(audit_of(ledger, kept.folder), remember=True)
    assert [fault.what for fault in report.faults] == [
        "the log is shorter, 111 entries, than the checkpoint of 120 entries (2026-05-04T09:30:00Z, in remembered)"
    ]
    assert len((kept.folder / "remembered").read_text().splitlines()) == 1, "a log found wanting is not remembered"


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE {s}audit_head SET size = 119", "The head of the tree is damaged"),
        ("UPDATE {s}audit_head SET size = 60", "head counts 60 entries, there are 120"),
        ("UPDATE {s}audit_head SET made_later = 100", "as older than the tree; 100 were saved after it was begun"),
        ("UPDATE {s}audit_leaf SET position = 1 WHERE seq = 57", "out of order"),
        ("DELETE FROM {s}audit_leaf WHERE seq = 57", "entries 57 to 57 are missing"),
        ("INSERT INTO {s}audit_tile VALUES (1, 5, (SELECT hash FROM {s}audit_leaf WHERE seq = 1))", "level 1 number 5"),
        ("DELETE FROM {s}command WHERE first_position = 55", "is not the one that was kept"),
        ("UPDATE {s}command SET last_position = 120 WHERE first_position = 1", "positions 4 to 6, after one up to 120"),
        ("UPDATE {s}command SET last_position = 121 WHERE first_position = 118", "its last event is gone from the log"),
        ("UPDATE {s}command SET first_position = 4 WHERE first_position = 1", "positions 4 to 3"),
    ],
)
def test_a_change_to_the_tree_s_own_tables_is_found(kept: Kept, statement: str, what: str):
    Insider(kept.where).do(statement)
    report = kept.verify()
    assert report.exit_code == 1
    assert what in "; ".join(map(str, report.faults))


def test_a_checkpoint_that_somebody_else_signed_is_not_believed(kept: Kept, tmp_path: Path):
    with open_ledger(kept.where) as ledger:
        forger = Audit(ledger, tmp_path / "forger", tmp_path / "x")
        forged = tmp_path / "forged"
        forged.write_text(forger.sign(at=AT), encoding="utf-8")
        report = verified(audit_of(ledger, kept.folder), checkpoints=[forged])
    assert found_wanting(report) == {CheckStep.SIGNATURES}
    assert report.exit_code == 1
