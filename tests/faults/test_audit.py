"""What was altered is found, and where: the attacks of an insider, bit flips, kills, races, and logs put back."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.application import Application
from domain.audit import Audit, CheckOutcome, CheckStep, Report
from domain.ledger.backups import backup, check, restore
from domain.ledger.merkle import extends, includes
from domain.ledger.notes import Checkpoint
from domain.ledger.store import Ledger, is_postgres, migrate, open_ledger
from domain.values.errors import NotFound, RuleBroken, StoreMissing, StoreUnavailable
from tests.faults.insider import (
    ATTACKS,
    Insider,
    cut_after_the_checkpoint,
    cut_before_the_checkpoint,
    edit,
    kept_copy,
    put_in_place,
    replaced,
)
from tests.faults.writers import import_much, processes, received, start, withdrawals, write_until_killed

AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
COVERED, ALL = 102, 120


def audit_of(ledger: Ledger, folder: Path) -> Audit:
    return Audit(ledger, folder / "signing", folder / "remembered")


def keep(ledger: Ledger, count: int = 3, stream: UUID | None = None, after: int = 0) -> UUID:
    command = uuid4()
    ledger.save(*withdrawals(count, command, stream=stream, after=after), command=command)
    return command


def verified(audit: Audit, **kept: Any) -> Report:
    """All seven checks; there are no read models in these stores."""
    return audit.verify(read_models=Beside(), at=AT, **kept)


class Beside:
    """A read side that differs from a replay in what it is given, or cannot be replayed."""

    def __init__(self, *differing: str, away: bool = False) -> None:
        self._differing, self._away = differing, away

    def carried_on(self) -> None: ...

    def anew(self) -> tuple[str, ...]:
        if self._away:
            raise StoreUnavailable("gone")
        return self._differing

    def keep(self) -> None: ...


def found_wanting(report: Report) -> set[CheckStep]:
    return {step for step, outcome in report.outcomes.items() if outcome is CheckOutcome.WANTING}


class Kept:
    """A log of 120 events in 40 saves, signed at 102, and what a member kept of it."""

    def __init__(self, where: str, folder: Path) -> None:
        self.where, self.folder = where, folder
        with open_ledger(where) as ledger:
            audit = audit_of(ledger, folder)
            self.commands = [keep(ledger) for _ in range(COVERED // 3)]
            self.note = audit.sign(at=AT)
            self.commands += [keep(ledger) for _ in range((ALL - COVERED) // 3)]
            self.receipts = [self._write(f"{seq}.json", audit.proof(seq)) for seq in (55, 57, 60, 95, 115)]
            self.origin = audit.proof(1)["origin"]
        self.checkpoint = folder / "kept by a member"
        self.checkpoint.write_text(self.note, encoding="utf-8")

    def _write(self, name: str, document: object) -> Path:
        path = self.folder / name
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    def verify(self, *, checkpoints: bool = False, receipts: bool = False) -> Report:
        """With what is asked for, and nothing of the signer's."""
        key = (self.folder / "signing" / "public_keys").read_text(encoding="utf-8")
        with open_ledger(self.where) as ledger:
            audit = Audit(ledger, self.folder / "nobody signed here", self.folder / "nor remembered")
            return verified(
                audit,
                checkpoints=[self.checkpoint] if checkpoints else [],
                receipts=self.receipts if receipts else [],
                key=key,
            )


@pytest.fixture
def kept(store_url: str, tmp_path: Path) -> Kept:
    return Kept(store_url, tmp_path)


# --- an unharmed log ------------------------------------------------------------------------------------------------


def test_an_unharmed_log_passes_every_check(kept: Kept):
    report = kept.verify(checkpoints=True, receipts=True)
    assert report.faults == []
    assert set(report.outcomes.values()) == {CheckOutcome.OK}
    assert report.exit_code == 0
    assert (report.head.size, report.head.made_later) == (ALL, 0)
    assert report.remarks == []


@pytest.mark.parametrize(
    ("later", "said"), [(1, "entry 121 is after the last checkpoint"), (2, "entries 121 to 122 are after")]
)
def test_what_no_checkpoint_covers_yet_is_counted(kept: Kept, tmp_path: Path, later: int, said: str):
    with open_ledger(kept.where) as ledger:
        kept.checkpoint.write_text(audit_of(ledger, tmp_path).sign(at=AT), encoding="utf-8")
        keep(ledger, later)
    assert any(said in remark for remark in kept.verify(checkpoints=True).remarks)


def test_without_anything_kept_outside_it_is_said_that_nothing_vouches(kept: Kept):
    report = kept.verify()
    assert report.exit_code == 0
    assert (report.outcomes[CheckStep.CHECKPOINTS], report.vouched_for) == (CheckOutcome.NOTHING, 0)
    assert any("nothing outside the store vouches" in remark for remark in report.remarks)


def test_what_was_only_remembered_here_vouches_for_nothing(kept: Kept, tmp_path: Path):
    with open_ledger(kept.where) as ledger:
        here = Audit(ledger, tmp_path / "moved away", tmp_path / "remembered")
        verified(here, remember=True)
        report = verified(here)
        assert (report.exit_code, report.vouched_for) == (0, 0)
        assert report.outcomes[CheckStep.CHECKPOINTS] is CheckOutcome.NOTHING
        said = "; ".join(report.remarks)
        assert "nothing outside the store vouches" in said
        assert "what verifications remembered on this machine agrees, up to 120 entries (2026-05-04T09:30:00Z)" in said
        report = verified(audit_of(ledger, kept.folder))
    assert (report.outcomes[CheckStep.CHECKPOINTS], report.vouched_for) == (CheckOutcome.OK, COVERED)
    assert any("entries 103 to 120 are after the last checkpoint" in remark for remark in report.remarks)


def test_what_was_remembered_here_and_does_not_agree_is_found_wanting(kept: Kept, tmp_path: Path):
    with open_ledger(kept.where) as ledger:
        here = Audit(ledger, tmp_path / "moved away", tmp_path / "remembered")
        verified(here, remember=True)
    insider = Insider(kept.where)
    edit(insider)
    insider.rebuild()
    with open_ledger(kept.where) as ledger:
        report = verified(Audit(ledger, tmp_path / "moved away", tmp_path / "remembered"))
    assert (found_wanting(report), report.exit_code) == ({CheckStep.CHECKPOINTS}, 1)


def test_an_empty_log_is_signed_and_verified(ledger: Ledger, tmp_path: Path):
    audit = audit_of(ledger, tmp_path)
    assert audit.sign(at=AT).split("\n")[1:3] == ["0", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="]
    report = verified(audit)
    assert (report.exit_code, report.head.size) == (0, 0)
    keep(ledger)
    assert verified(audit).exit_code == 0


# --- the attacks ----------------------------------------------------------------------------------------------------


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


# --- what cannot be checked never looks right -----------------------------------------------------------------------


def test_what_could_not_be_checked_is_never_ok(kept: Kept, tmp_path: Path):
    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        assert audit.verify(at=AT).outcomes[CheckStep.READ_MODELS] is CheckOutcome.NOT_ASKED
        assert audit.verify(read_models=Beside(away=True), at=AT).exit_code == 2
        assert audit.verify(read_models=Beside("row 1 differs"), at=AT).exit_code == 1
        stranger = Audit(ledger, tmp_path / "none", tmp_path / "none")
        assert verified(stranger, checkpoints=[kept.checkpoint]).exit_code == 2, "no key is pinned"
        (kept.folder / "signing" / "checkpoints").unlink()
        report = verified(audit)
        assert report.exit_code == 2
        assert "the checkpoints it signed are gone" in report.remarks[-1]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format":"timeline-proof/1"}', "\x00", "not a note"])
def test_a_receipt_or_checkpoint_that_cannot_be_read_is_said(kept: Kept, tmp_path: Path, text: str):
    path = tmp_path / "odd"
    path.write_text(text, encoding="utf-8")
    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        with pytest.raises(StoreUnavailable, match="odd cannot be checked"):
            verified(audit, receipts=[path])
        with pytest.raises(StoreUnavailable, match="odd cannot be checked"):
            verified(audit, checkpoints=[path])
        with pytest.raises(StoreUnavailable, match="cannot be read"):
            verified(audit, receipts=[tmp_path / "missing"])


def test_a_forged_receipt_proves_nothing(kept: Kept, tmp_path: Path):
    document = json.loads(kept.receipts[1].read_text())
    forged = tmp_path / "forged.json"
    for change in (
        {"leaf": document["inclusion"][0]},
        {"inclusion": document["inclusion"][1:]},
        {"seq": 58},
        {"event": document["event"] | {"topic": "report.received"}},
        {"tree": document["tree"] | {"size": 101}},
        {"origin": "inspection-timeline/00"},
    ):
        forged.write_text(json.dumps(document | change))
        with open_ledger(kept.where) as ledger:
            report = verified(audit_of(ledger, kept.folder), receipts=[forged])
        assert CheckStep.RECEIPTS in found_wanting(report), change


def test_of_a_document_that_withholds_its_event_leaf_path_and_checkpoint_are_checked_and_that_is_said(
    kept: Kept, tmp_path: Path
):
    whole, other = (json.loads(path.read_text()) for path in kept.receipts[1:3])
    document = whole | {"event": dict.fromkeys(whole["event"]), "withheld": "This event is not public."}
    bare = tmp_path / "bare.json"

    def verdict(**change: object) -> Report:
        bare.write_text(json.dumps(document | change))
        with open_ledger(kept.where) as ledger:
            return verified(audit_of(ledger, kept.folder), receipts=[bare])

    report = verdict()
    assert report.exit_code == 0
    assert (
        "entry 57: the document withholds the event, so that only its leaf and the path from it could be"
        in " ".join(report.remarks)
    )
    for change in (
        {"leaf": other["leaf"]},
        {"seq": 58},
        {"inclusion": document["inclusion"][1:]},
        {"tree": document["tree"] | {"size": 101}},
        {"origin": "inspection-timeline/00"},
    ):
        assert CheckStep.RECEIPTS in found_wanting(verdict(**change)), change
    for change in ({"withheld": None}, {"event": document["event"] | {"topic": "report.received"}}, {"event": {}}):
        with pytest.raises(StoreUnavailable, match="not a proof or a receipt"):
            verdict(**change)
    insider = Insider(kept.where)
    edit(insider)
    insider.rebuild()
    assert 57 in ATTACKS[edit]
    assert CheckStep.RECEIPTS in found_wanting(verdict()), "its leaf is another now"


def test_the_newest_checkpoints_are_read_from_the_end_and_any_is_found_by_its_size(kept: Kept):
    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        for _ in range(25):
            keep(ledger)
            audit.sign(at=AT)
        every = [Checkpoint.read(note.text).size for note in audit._signer.checkpoints()]
        assert every == [102, *range(123, 198, 3)]
        assert audit.times_signed() == 26
        assert [one.size for one in audit.signed(20)] == every[:-21:-1]
        assert [one.size for one in audit.signed(50)] == every[::-1]
        assert [audit.signed_at(size).text for size in (102, 150, 195)] == [
            str(note) for note in audit._signer.checkpoints() if Checkpoint.read(note.text).size in (102, 150, 195)
        ]
        for size in (0, 10, 103):
            with pytest.raises(NotFound):
                audit.signed_at(size)
        with (kept.folder / "signing" / "checkpoints").open("r+b") as file:
            file.write(b"damaged ")
        assert [one.size for one in audit.signed(20)] == every[:-21:-1], "those before are not looked into"


# --- proofs and receipts --------------------------------------------------------------------------------------------


def test_a_proof_shows_the_event_and_leads_to_the_checkpoint(kept: Kept):
    from base64 import b64decode

    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        for seq in (1, 57, COVERED):
            document = audit.proof(seq)
            assert (document["seq"], document["checkpoint"]) == (seq, kept.note)
            steps = [b64decode(step) for step in document["inclusion"]]
            root = b64decode(document["tree"]["root"])
            assert includes(b64decode(document["leaf"]), seq - 1, COVERED, steps, root)
        newer = audit.proof(115)
        assert (newer["checkpoint"], newer["tree"]["size"]) == (None, ALL)
        assert json.loads(b64decode(newer["event"]["bytes"]))["command"] == newer["event"]["command"]
        for seq in (0, -1, 121, 10**30):
            with pytest.raises(NotFound):
                audit.proof(seq)
        replaced(Insider(kept.where), 57, b"twice", b"TWICE")
        with pytest.raises(RuleBroken, match="Entry 57 is not what the tree was made of"):
            audit.proof(57)


def test_every_command_has_a_receipt_at_once_and_a_covered_one_later(kept: Kept):
    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        command = keep(ledger, 5)
        receipt = audit.receipt_of(command)
        assert [entry["seq"] for entry in receipt["entries"]] == [121, 122, 123, 124, 125]
        assert receipt["checkpoint"] is None
        path = kept.folder / "receipt.json"
        path.write_text(json.dumps(receipt))
        assert verified(audit, receipts=[path]).outcomes[CheckStep.RECEIPTS] is CheckOutcome.OK
        note = audit.sign(at=AT)
        fact = next(fact for _, fact in ledger.read_facts() if fact.command == command)
        covered = audit.receipt_of(fact)
        assert covered["checkpoint"] == note
        assert [entry["leaf"] for entry in covered["entries"]] == [entry["leaf"] for entry in receipt["entries"]]
        assert verified(audit, receipts=[path]).exit_code == 0, "a receipt from before the checkpoint stays good"
        with pytest.raises(NotFound):
            audit.receipt_of(uuid4())


def test_any_two_sizes_are_proved_consistent(kept: Kept):
    from base64 import b64decode

    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        for old, new in ((0, 0), (0, 7), (1, 120), (64, 65), (102, 120), (120, 120)):
            document = audit.consistency(old, new)
            roots = [b64decode(document[which]["root"]) for which in ("old", "new")]
            assert extends(old, new, *roots, [b64decode(step) for step in document["hashes"]])
        with pytest.raises(NotFound):
            audit.consistency(1, 121)
        for old, new in ((7, 6), (-1, 6)):
            with pytest.raises(RuleBroken):
                audit.consistency(old, new)


def test_positions_with_holes_leave_no_holes_among_entries(postgres_url: str, tmp_path: Path):
    migrate(postgres_url)
    with open_ledger(postgres_url) as ledger:
        audit = audit_of(ledger, tmp_path)
        stream = uuid4()
        keep(ledger, 2, stream)
        for _ in range(3):
            with pytest.raises(RuleBroken):
                keep(ledger, 2, stream, after=1)
        command = keep(ledger, 2, stream, after=2)
        entries = audit.receipt_of(command)["entries"]
        assert [entry["seq"] for entry in entries] == [3, 4]
        assert entries[0]["position"] > 3
        assert verified(audit).exit_code == 0


# --- keys -----------------------------------------------------------------------------------------------------------


def test_the_key_is_its_owner_s_alone_and_checkpoints_only_grow(kept: Kept):
    folder = kept.folder / "signing"
    assert stat.S_IMODE((folder / "signing_key.pem").stat().st_mode) == 0o600
    before = (folder / "checkpoints").read_text()
    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        second = audit.sign(at=AT)
        assert audit.sign(at=AT.replace(hour=12)) == second, "nothing was added, so nothing is signed again"
    assert (folder / "checkpoints").read_text() == f"{before}\n{second}"


def test_a_rotated_key_is_trusted_by_whoever_pinned_the_old_one(kept: Kept):
    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        old = audit.public_key()
        new = audit.rotate(Application(ledger), at=AT)
        assert old != new == audit.public_key()
        audit.sign(at=AT)
        for pinned in (old, new):
            assert verified(audit, key=pinned).exit_code == 0
        newest = audit.rotate(Application(ledger), at=AT)
        keep(ledger)
        audit.sign(at=AT)
        for pinned in (old, new, newest):
            assert verified(audit, key=pinned).exit_code == 0
        forger = Audit(ledger, kept.folder / "forger", kept.folder / "x")
        forger.sign(at=AT)
        assert found_wanting(verified(audit, key=forger.public_key())) == {CheckStep.SIGNATURES}
    assert stat.S_IMODE((kept.folder / "signing" / "signing_key.pem").stat().st_mode) == 0o600


def test_a_rotation_cut_short_is_finished_by_doing_it_again(kept: Kept):
    class Killed(Exception):
        pass

    class Dying(Application):
        def replace_signing_key(self, **words: Any) -> None:
            super().replace_signing_key(**words)
            raise Killed

    with open_ledger(kept.where) as ledger:
        audit = audit_of(ledger, kept.folder)
        old = audit.public_key()
        with pytest.raises(Killed):
            audit.rotate(Dying(ledger), at=AT)
        audit.sign(at=AT)
        assert audit.public_key() == old
        new = audit.rotate(Application(ledger), at=AT)
        keep(ledger)
        audit.sign(at=AT)
        (rotation,) = ledger.read_facts(names=("signing_key.replaced",))
        assert rotation[1].now == new
        assert verified(audit, key=old).exit_code == 0


def test_a_signer_whose_key_is_gone_makes_no_other(kept: Kept):
    (kept.folder / "signing" / "signing_key.pem").unlink()
    with open_ledger(kept.where) as ledger, pytest.raises(RuleBroken, match="The signing key is gone"):
        audit_of(ledger, kept.folder).sign(at=AT)


def test_signing_and_verifying_need_no_right_to_write(postgres_url: str, tmp_path: Path):
    migrate(postgres_url)
    kept = Kept(postgres_url, tmp_path)
    role = f"reader_{uuid4().hex}"
    Insider(postgres_url).do(
        f"CREATE ROLE {role} LOGIN",
        f"GRANT USAGE ON SCHEMA ledger TO {role}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO {role}",
    )
    with open_ledger(postgres_url.replace("postgres:", f"{role}:", 1)) as ledger:
        assert ledger.recorder._rows("SELECT current_user AS name")[0]["name"] == role
        audit = audit_of(ledger, tmp_path)
        assert audit.sign(at=AT).split("\n")[1] == "120"
        assert verified(audit, receipts=kept.receipts).exit_code == 0
        with pytest.raises(StoreUnavailable):
            keep(ledger)
    Insider(postgres_url).do(f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_a_signer_that_lost_what_it_signed_signs_nothing(kept: Kept):
    path = kept.folder / "signing" / "checkpoints"
    text = path.read_text()
    path.unlink()
    with open_ledger(kept.where) as ledger:
        with pytest.raises(RuleBroken, match="What this key signed before is gone"):
            audit_of(ledger, kept.folder).sign(at=AT)
        path.write_text(f"{text}\n\n")
        assert audit_of(ledger, kept.folder).checkpoint() == kept.note, "empty lines at the end are none of its words"
        assert audit_of(ledger, kept.folder).sign(at=AT) != kept.note


def test_a_first_checkpoint_cut_short_is_made_by_asking_again(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    keep(ledger)

    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("domain.ledger.signing.sign", cut)
        with pytest.raises(KeyboardInterrupt):
            audit_of(ledger, tmp_path).sign(at=AT)
    audit = audit_of(ledger, tmp_path)
    key = audit.public_key()
    with pytest.raises(NotFound, match="No checkpoint was signed yet"):
        audit.checkpoint()
    assert verified(audit).outcomes[CheckStep.CHECKPOINTS] is CheckOutcome.NOTHING
    assert audit.sign(at=AT) == audit.checkpoint()
    assert audit.public_key() == key


def test_a_torn_checkpoint_is_not_passed_over(kept: Kept):
    path = kept.folder / "signing" / "checkpoints"
    path.write_text(path.read_text()[:-10])
    with open_ledger(kept.where) as ledger:
        for use in (lambda audit: audit.sign(at=AT), verified, lambda audit: audit.checkpoint()):
            with pytest.raises(StoreUnavailable, match="checkpoints is damaged"):
                use(audit_of(ledger, kept.folder))


# --- kills, races ---------------------------------------------------------------------------------------------------


def test_a_killed_writer_leaves_as_many_leaves_as_events(store_url: str, tmp_path: Path):
    chance = random.Random(9162)
    kills = 4 if is_postgres(store_url) else 15
    for _ in range(kills):
        ours, theirs = processes.Pipe(duplex=False)
        writer = start(write_until_killed, store_url, theirs)
        theirs.close()
        ours.recv()
        time.sleep(chance.uniform(0, 0.08))
        writer.kill()
        received(ours)
        writer.join()
    with open_ledger(store_url) as ledger:
        report = verified(audit_of(ledger, tmp_path))
        events = len(list(ledger.read_facts()))
    print(f"\n{kills} kills: {events:,} events, {report.head.size:,} leaves")
    assert report.faults == []
    assert report.head.size == events >= 3 * kills


def test_leaves_stand_in_the_order_of_the_log_whoever_writes(store_url: str, tmp_path: Path):
    pipes = [processes.Pipe(duplex=False) for _ in range(3)]
    writers = [
        start(import_much, store_url, 60, size, theirs) for size, (_, theirs) in zip((1, 3, 7), pipes, strict=True)
    ]
    for _, theirs in pipes:
        theirs.close()
    with open_ledger(store_url) as ledger:
        audit = audit_of(ledger, tmp_path)
        while any(writer.is_alive() for writer in writers):
            assert verified(audit).faults == [], "what is read while others write is whole"
            audit.sign(at=AT)
        written = sum(told for ours, _ in pipes for told in received(ours))
        for writer in writers:
            writer.join()
        report = verified(audit)
        with ledger.trail() as trail:
            leaves = list(trail.leaves())
    assert report.faults == []
    assert [seq for seq, _, _ in leaves] == list(range(1, written + 1))
    assert [position for _, position, _ in leaves] == sorted(position for _, position, _ in leaves)
    assert written == 60 * 11


# --- stores from before, backups ------------------------------------------------------------------------------------


def without_tree(where: str) -> None:
    """The store as an older program left it: no tables of the tree, and SQLite's instants with three decimals."""
    insider = Insider(where)
    insider.do(*(f"DROP TABLE {{s}}audit_{table}" for table in ("leaf", "tile", "head")))
    insider.do("UPDATE {s}store_version SET version = 1")
    if not insider.postgres:
        insider.do("UPDATE command SET recorded = substr(recorded, 1, 23) || 'Z'")


def test_a_store_from_before_gets_its_leaves_once_and_is_marked(store_url: str, tmp_path: Path):
    with open_ledger(store_url) as ledger:
        for _ in range(400):
            keep(ledger)
        facts = list(ledger.read_facts())
    without_tree(store_url)
    with pytest.raises(StoreMissing, match="store migrate"):
        open_ledger(store_url)
    migrate(store_url)
    with open_ledger(store_url) as ledger:
        audit = audit_of(ledger, tmp_path)
        report = verified(audit)
        assert (report.exit_code, report.head.size, report.head.made_later) == (0, 1_200, 1_200)
        assert any("entries 1 to 1,200 were there before the tree" in remark for remark in report.remarks)
        assert list(ledger.read_facts()) == facts
        keep(ledger)
        note = audit.sign(at=AT)
        migrate(store_url)
        again = verified(audit)
        assert (again.head.origin, again.head.size, again.head.made_later) == (report.head.origin, 1_203, 1_200)
        assert audit.sign(at=AT) == note


def test_a_tree_that_is_gone_is_not_quietly_made_anew(store_url: str, tmp_path: Path):
    with open_ledger(store_url) as ledger:
        keep(ledger)
    Insider(store_url).do("DELETE FROM {s}audit_head")
    with pytest.raises(StoreUnavailable, match="had a tree over its events, and it is gone"):
        migrate(store_url)
    with open_ledger(store_url) as ledger:
        audit = audit_of(ledger, tmp_path)
        for use in (keep, lambda _: audit.proof(1), lambda _: audit.sign(at=AT)):
            with pytest.raises(StoreUnavailable, match="The head of the tree is gone"):
                use(ledger)
        assert found_wanting(verified(audit)) >= {CheckStep.TREE}
        assert ledger.max_position() == 3


def test_a_migration_that_is_killed_leaves_the_store_as_it_was(store_url: str, monkeypatch: pytest.MonkeyPatch):
    with open_ledger(store_url) as ledger:
        for _ in range(400):
            keep(ledger)
    without_tree(store_url)
    module = "domain.ledger.postgres" if is_postgres(store_url) else "domain.ledger.sqlite"

    def cut(*_: Any) -> Iterator[Any]:
        raise KeyboardInterrupt
        yield

    with monkeypatch.context() as patch:
        patch.setattr(f"{module}.leaves_of_all", cut)
        with pytest.raises(KeyboardInterrupt):
            migrate(store_url)
    with pytest.raises(StoreMissing):
        open_ledger(store_url)
    migrate(store_url)
    with open_ledger(store_url) as ledger:
        assert check(ledger).faults == ()


def test_a_backup_holds_the_tree_and_a_damaged_one_is_refused(sqlite_path: str, tmp_path: Path):
    migrate(sqlite_path)
    kept = Kept(sqlite_path, tmp_path)
    backup(sqlite_path, tmp_path / "good.db")
    elsewhere = tmp_path / "elsewhere" / "ledger.db"
    restore(tmp_path / "good.db", elsewhere)
    with open_ledger(elsewhere) as ledger:
        report = verified(audit_of(ledger, tmp_path), receipts=kept.receipts)
        assert (report.exit_code, report.head.origin) == (0, kept.origin)
    shutil.copy(tmp_path / "good.db", tmp_path / "edited.db")
    edit(Insider(str(tmp_path / "edited.db")))
    with pytest.raises(RuleBroken, match=r"not sound: entry 57, position 57: the event is not the one"):
        restore(tmp_path / "edited.db", elsewhere)


def test_a_backup_from_before_the_tree_is_restored_into_the_same_log(sqlite_path: str, tmp_path: Path):
    migrate(sqlite_path)
    kept = Kept(sqlite_path, tmp_path)
    backup(sqlite_path, tmp_path / "old.db")
    with closing(sqlite3.connect(tmp_path / "old.db", isolation_level=None)) as connection:
        for table in ("leaf", "tile", "head"):
            connection.execute(f"DROP TABLE audit_{table}")
        connection.execute("UPDATE store_version SET version = 1")
    restore(tmp_path / "old.db", sqlite_path)
    with open_ledger(sqlite_path) as ledger:
        report = verified(audit_of(ledger, tmp_path), receipts=kept.receipts)
        assert report.exit_code == 0, "the same events under the same name make the same tree"
        assert report.head.made_later == ALL
