"""Keys, killed writers, stores from before and backups: the tree and its checkpoints outlive them."""

from __future__ import annotations

import random
import shutil
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.application import Application
from domain.audit import Audit, CheckOutcome, CheckStep
from domain.ledger.backups import backup, check, restore
from domain.ledger.store import Ledger, is_postgres, migrate, open_ledger
from domain.values.errors import NotFound, RuleBroken, StoreMissing, StoreUnavailable
from tests.faults.insider import (
    Insider,
    edit,
)
from tests.faults.kept import ALL, AT, Kept, audit_of, found_wanting, keep, verified
from tests.faults.writers import import_much, processes, received, start, write_until_killed

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
