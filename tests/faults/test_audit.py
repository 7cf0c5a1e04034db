"""What a verification says of a log unharmed and of what cannot be checked; its proofs and receipts."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest

from domain.audit import Audit, CheckOutcome, CheckStep, Report
from domain.ledger.merkle import extends, includes
from domain.ledger.notes import Checkpoint
from domain.ledger.store import Ledger, migrate, open_ledger
from domain.values.errors import NotFound, RuleBroken, StoreUnavailable
from tests.faults.insider import (
    ATTACKS,
    Insider,
    edit,
    replaced,
)
from tests.faults.kept import ALL, AT, COVERED, Beside, Kept, audit_of, found_wanting, keep, verified

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
