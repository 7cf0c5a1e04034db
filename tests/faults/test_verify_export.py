"""The format as documented, and the verifier in one file: it checks an export alone and shares no code with us."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.application import Application
from domain.ledger.leaves import Leaves, LogEntry
from domain.ledger.merkle import consistency_proof, extends, includes, inclusion_proof, perfect_root, root_of
from domain.ledger.notes import Checkpoint, Note, PublicKey, rotated, sign
from domain.ledger.store import migrate, open_ledger
from tests import CHECKOUT
from tests.faults.insider import ATTACKS, Insider, slip_in
from tests.faults.kept import AT, Kept, audit_of, keep

VERIFIER = CHECKOUT / "docs" / "verify_export.py"
VECTORS: dict[str, Any] = json.loads((CHECKOUT / "docs" / "ledger-vectors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_export", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """As a member would: nothing of ours can be imported."""
    command = [sys.executable, "-I", str(VERIFIER), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


# --- the vectors ----------------------------------------------------------------------------------------------------


def test_the_vectors_are_what_both_programs_make_of_the_format(verifier: ModuleType):
    origin, leaves = VECTORS["origin"], [b64decode(vector["leaf"]) for vector in VECTORS["leaves"]]
    hashing = Leaves(origin)
    for vector, leaf in zip(VECTORS["leaves"], leaves, strict=True):
        entry = LogEntry(
            0,
            vector["stream"],
            vector["version"],
            vector["topic"],
            b64decode(vector["bytes"]),
            vector["recorded_at"],
            vector["command"],
        )
        assert hashing.of(entry) == verifier.leaf_of(origin, vector) == leaf
    assert verifier.sha256(bytes.fromhex(VECTORS["first_leaf_hashed_bytes_hex"])) == leaves[0]
    roots = list(map(b64decode, VECTORS["roots"]))
    for size, root in enumerate(roots):
        tree = verifier.Tree()
        for leaf in leaves[:size]:
            tree.append(leaf)
        assert root_of(leaves[:size]) == tree.root() == root

    def node(height: int, number: int) -> bytes:
        return perfect_root(leaves[number << height : (number + 1) << height])

    for proof in VECTORS["inclusion"]:
        steps, seq, size = list(map(b64decode, proof["steps"])), proof["seq"], proof["size"]
        assert inclusion_proof(seq - 1, size, node) == steps
        for holds in (includes, verifier.leads_to):
            assert holds(leaves[seq - 1], seq - 1, size, steps, roots[size])
            assert not holds(leaves[seq - 1], seq - 1, size, [*steps, roots[0]], roots[size])
            assert not holds(roots[0], seq - 1, size, steps, roots[size])
    for proof in VECTORS["consistency"]:
        steps, old, new = list(map(b64decode, proof["steps"])), proof["old"], proof["new"]
        assert consistency_proof(old, new, node) == steps
        assert extends(old, new, roots[old], roots[new], steps)


def test_the_signed_vectors_are_made_and_checked_by_both_programs(verifier: ModuleType):
    key = PublicKey.read(VECTORS["public_key"])
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["private_key_seed_hex"]))
    note = Note.read(VECTORS["checkpoint"])
    assert sign(note.text, (VECTORS["origin"], private)) == note
    assert note.by([key]) == key
    assert Checkpoint.read(note.text).size == 5
    theirs = verifier.key_of(VECTORS["public_key"])
    (read,) = verifier.notes_in(VECTORS["checkpoint"], "the vectors")
    assert verifier.signed_by(theirs, read)
    assert not verifier.signed_by(theirs, (read[0].replace("5", "6"), read[1]))
    assert verifier.checkpoint_of(read) == (VECTORS["origin"], 5, b64decode(VECTORS["roots"][5]))
    following = PublicKey.read(VECTORS["next_public_key"])
    assert rotated(VECTORS["rotation"]) == (key, following)
    assert verifier.trusted(theirs, [VECTORS["rotation"]]) == [theirs, verifier.key_of(VECTORS["next_public_key"])]


def test_its_ed25519_agrees_with_the_library_and_with_rfc_8032(verifier: ModuleType):
    known = (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    )
    assert verifier.signed(*map(bytes.fromhex, known))
    for number in range(12):
        private = Ed25519PrivateKey.generate()
        raw, text = private.public_key().public_bytes_raw(), bytes(number)
        signature = private.sign(text)
        assert verifier.signed(raw, text, signature)
        assert not verifier.signed(raw, text + b"x", signature)
        for place in (0, 31, 32, 63):
            bent = bytearray(signature)
            bent[place] ^= 1
            assert not verifier.signed(raw, text, bytes(bent))
        high = int.from_bytes(signature[32:], "little") + verifier.ORDER
        if high < 2**256:
            assert not verifier.signed(raw, text, signature[:32] + high.to_bytes(32, "little")), "malleable"
        assert not verifier.signed(raw, text, signature[:-1])
        assert not verifier.signed(raw[:-1], text, signature)


def test_it_is_one_short_file_of_the_standard_library():
    text = VERIFIER.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    names = {
        (node.names[0].name if isinstance(node, ast.Import) else node.module or "").partition(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    assert names
    assert names <= sys.stdlib_module_names


# --- exports --------------------------------------------------------------------------------------------------------


class Exported(Kept):
    """The log of 120 events, and an export of it."""

    def export(self, name: str = "export.ndjson") -> Path:
        target = self.folder / name
        with open_ledger(self.where) as ledger:
            audit_of(ledger, self.folder).export(target, at=AT)
        return target

    @property
    def key(self) -> str:
        return (self.folder / "signing" / "public_keys").read_text(encoding="utf-8").splitlines()[0]


@pytest.fixture
def exported(store_url: str, tmp_path: Path) -> Exported:
    return Exported(store_url, tmp_path)


@pytest.fixture
def on_sqlite(sqlite_path: str, tmp_path: Path) -> Exported:
    migrate(sqlite_path)
    return Exported(sqlite_path, tmp_path)


def test_an_unharmed_export_is_found_right_without_the_product(exported: Exported):
    with open_ledger(exported.where) as ledger:
        audit = audit_of(ledger, exported.folder)
        audit.rotate(Application(ledger), at=AT)
        keep(ledger)
        audit.sign(at=AT)
        root = audit.proof(1)["tree"]["root"]
        receipt = exported.folder / "receipt.json"
        receipt.write_text(json.dumps(audit.receipt_of(exported.commands[3])))
    receipts = [word for path in (*exported.receipts, receipt) for word in ("--receipt", path)]
    done = run(exported.export(), "--key", exported.key, "--checkpoint", exported.checkpoint, *receipts)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"OK: 124 entries, root {root}\n", "")


def test_what_vouches_for_nothing_is_said(on_sqlite: Exported):
    done = run(on_sqlite.export())
    assert done.returncode == 0
    assert f"the key is the export's own. Compare it with one you were given: {on_sqlite.key}" in done.stdout
    (on_sqlite.folder / "signing" / "checkpoints").unlink()
    done = run(on_sqlite.export("again.ndjson"))
    assert "nothing outside the export vouches for it" in done.stdout


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_careless_change_is_found_in_the_export_at_its_events(on_sqlite: Exported, attack: Callable[[Insider], None]):
    attack(Insider(on_sqlite.where))
    done = run(on_sqlite.export())
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[-1].startswith("NOT OK: 120 entries, root ")
    for position in ATTACKS[attack]:
        assert any(f"position {position}:" in line for line in lines)
    named = {line.split(":")[0] for line in lines if line.startswith("entry ") and "version" not in line}
    assert len(named) == len(ATTACKS[attack]) - (attack is slip_in)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_with_the_tree_made_anew_the_export_is_found_out_by_what_was_kept(
    on_sqlite: Exported, attack: Callable[[Insider], None]
):
    insider = Insider(on_sqlite.where)
    attack(insider)
    insider.rebuild()
    (on_sqlite.folder / "signing" / "checkpoints").unlink()
    export = on_sqlite.export()
    kept = run(export, "--key", on_sqlite.key, "--checkpoint", on_sqlite.checkpoint)
    before_it = ATTACKS[attack][0] <= 102
    assert ("the checkpoint of 102 entries" in kept.stdout) == before_it
    assert kept.returncode == 1 or not before_it
    words = [word for path in on_sqlite.receipts for word in ("--receipt", path)]
    shown = run(export, "--key", on_sqlite.key, *words)
    if attack is not slip_in:
        assert shown.returncode == 1
        first = min(seq for seq in (55, 57, 60, 95, 115) if seq >= ATTACKS[attack][0])
        assert f"entry {first}: the log does not show what the receipt shows" in shown.stdout


def test_an_export_changed_on_its_way_is_found_wanting(on_sqlite: Exported):
    lines = on_sqlite.export().read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[1])["checkpoint"] == on_sqlite.note
    changed = on_sqlite.folder / "changed.ndjson"

    def verdict(altered: list[str], *words: str | Path) -> int:
        changed.write_text("\n".join(altered) + "\n", encoding="utf-8")
        return run(changed, *words).returncode

    def with_line(number: int, **new: object) -> list[str]:
        return [*lines[:number], json.dumps(json.loads(lines[number]) | new), *lines[number + 1 :]]

    assert verdict(lines) == 0
    assert verdict(lines[:-1]) == 1, "cut short"
    assert verdict([*lines[:50], *lines[51:]]) == 1, "a line left out"
    assert verdict([*lines[:50], lines[51], lines[50], *lines[52:]]) == 1, "two lines exchanged"
    assert verdict(with_line(50, bytes=b64encode(b"{}").decode())) == 1
    assert verdict(with_line(50, topic="report.received")) == 1
    assert verdict(with_line(0, size=119)) == 1
    assert verdict(with_line(0, origin="inspection-timeline/00")) == 1
    assert verdict(with_line(1, checkpoint=on_sqlite.note.replace("\n102\n", "\n101\n"))) == 1
    forger = Ed25519PrivateKey.generate()
    forged = sign(Note.read(on_sqlite.note).text, (on_sqlite.origin, forger))
    assert verdict(with_line(1, checkpoint=str(forged))) == 1
    receipt = json.loads(on_sqlite.receipts[1].read_text())
    bent = on_sqlite.folder / "bent.json"
    bent.write_text(json.dumps(receipt | {"seq": 56}))
    assert verdict(lines, "--receipt", bent) == 1


@pytest.mark.parametrize(
    "text", ["", "not JSON\n", "[]\n", "{}\n", '{"format":"timeline-export/1"}\n', '{"format":"timeline-export/2"}\n']
)
def test_what_is_no_export_could_not_be_checked(on_sqlite: Exported, text: str):
    odd = on_sqlite.folder / "odd"
    odd.write_text(text)
    good = on_sqlite.export()
    for words in ((odd,), (good, "--receipt", odd), (on_sqlite.folder / "missing",), (good, "--key", "nonsense")):
        done = run(*words)
        assert (done.returncode, done.stdout.startswith("COULD NOT CHECK: "), done.stderr) == (2, True, "")


def test_what_was_given_in_place_of_an_export_or_a_receipt_is_said(on_sqlite: Exported):
    receipt, readme = on_sqlite.receipts[1], CHECKOUT / "README.md"
    on_lines = on_sqlite.folder / "in many lines.json"
    on_lines.write_text(json.dumps(json.loads(receipt.read_text()), indent=2))
    for given in (receipt, on_lines, readme):
        said = f"COULD NOT CHECK: {given} is not an export of a log; a receipt is given with --receipt\n"
        assert run(given).stdout == said
    assert run("--receipt", readme).stdout == f"COULD NOT CHECK: {readme} is not a receipt\n"
    assert run("--receipt", on_sqlite.export()).stdout.endswith("is not a receipt\n")


def test_a_file_that_is_there_is_not_overwritten_and_no_half_is_left(on_sqlite: Exported):
    from domain.values.errors import RuleBroken

    good = on_sqlite.export()
    with pytest.raises(RuleBroken, match="There is a file at"):
        on_sqlite.export()
    assert len(good.read_text().splitlines()) == 122
    assert not list(on_sqlite.folder.glob(".*part"))


# --- receipts without an export -------------------------------------------------------------------------------------


def test_a_receipt_is_checked_against_a_printed_checkpoint_without_an_export(exported: Exported):
    receipt = exported.receipts[1]
    done = run("--receipt", receipt, "--checkpoint", exported.checkpoint, "--key", exported.key)
    first, last = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert first.startswith("Entry 57: entry.withdrawn, saved 20")
    assert last == "OK: 1 entries shown"


def test_a_receipt_from_before_its_checkpoint_needs_the_printed_one(on_sqlite: Exported):
    with open_ledger(on_sqlite.where) as ledger:
        audit = audit_of(ledger, on_sqlite.folder)
        early = on_sqlite.folder / "early.json"
        early.write_text(json.dumps(audit.receipt_of(on_sqlite.commands[-1])))
        printed = on_sqlite.folder / "printed"
        printed.write_text(audit.sign(at=AT))
    assert run("--receipt", early, "--checkpoint", printed, "--key", on_sqlite.key).returncode == 0
    alone = run("--receipt", early, "--key", on_sqlite.key)
    assert "this receipt has no signed checkpoint; download it again after one was signed" in alone.stdout
    for words in (
        ("--receipt", early, "--key", on_sqlite.key),
        ("--receipt", early, "--checkpoint", on_sqlite.checkpoint, "--key", on_sqlite.key),
        ("--receipt", early, "--checkpoint", printed),
        ("--checkpoint", printed, "--key", on_sqlite.key),
        (),
    ):
        done = run(*words)
        assert (done.returncode, done.stdout.startswith("COULD NOT CHECK: "), done.stderr) == (2, True, ""), words


def test_a_document_that_withholds_its_event_proves_a_leaf_and_is_not_counted_as_shown(on_sqlite: Exported):
    whole = json.loads(on_sqlite.receipts[1].read_text())
    bare = on_sqlite.folder / "withheld.json"
    document = whole | {"event": dict.fromkeys(whole["event"]), "withheld": "This event is not public."}
    with_paper = ("--checkpoint", on_sqlite.checkpoint, "--key", on_sqlite.key)

    def told(*words: str | Path, **change: object) -> tuple[int, list[str]]:
        bare.write_text(json.dumps(document | change))
        done = run(*words, "--receipt", bare, *with_paper)
        return done.returncode, done.stdout.splitlines()

    code, (note, shown, last) = told()
    assert (code, shown, last) == (0, "Entry 57: withheld, saved withheld", "OK: 0 entries shown")
    assert note.endswith("withholds the event: only its leaf and the path from it are checked.")
    export = on_sqlite.export()
    assert told(export)[0] == 0
    other = json.loads(on_sqlite.receipts[2].read_text())["leaf"]
    for words in ((), (export,)):
        assert told(*words, leaf=other)[0] == 1
        assert told(*words, seq=58)[0] == 1
    assert told(event=document["event"] | {"topic": "report.received"})[0] == 2


def test_a_forged_receipt_or_checkpoint_is_found_out_without_an_export(on_sqlite: Exported):
    receipt = json.loads(on_sqlite.receipts[1].read_text())
    bent = on_sqlite.folder / "bent.json"
    with_paper = ("--checkpoint", on_sqlite.checkpoint, "--key", on_sqlite.key)

    def verdict(**change: object) -> int:
        bent.write_text(json.dumps(receipt | change))
        return run("--receipt", bent, *with_paper).returncode

    assert verdict() == 0
    assert verdict(seq=56) == 1
    assert verdict(event=receipt["event"] | {"topic": "report.received"}) == 1
    assert verdict(event=receipt["event"] | {"recorded_at": "2020-01-01T00:00:00.000000Z"}) == 1
    assert verdict(inclusion=receipt["inclusion"][1:]) == 1
    assert verdict(origin="inspection-timeline/00") == 1
    assert verdict(tree=receipt["tree"] | {"root": receipt["leaf"]}) == 1
    forger = Ed25519PrivateKey.generate()
    forged = on_sqlite.folder / "forged"
    forged.write_text(str(sign(Note.read(on_sqlite.note).text, (on_sqlite.origin, forger))))
    done = run("--receipt", on_sqlite.receipts[1], "--checkpoint", forged, "--key", on_sqlite.key)
    assert (done.returncode, "is not the key's" in done.stdout) == (1, True)


def test_whatever_is_cut_off_a_receipt_or_checkpoint_never_looks_right(on_sqlite: Exported, verifier: ModuleType):
    whole, paper = on_sqlite.receipts[1].read_text(), on_sqlite.checkpoint.read_text()
    torn = on_sqlite.folder / "torn"
    for kept in range(0, len(whole) - 1, 97):
        torn.write_text(whole[:kept])
        assert verdict_of(verifier, "--receipt", torn, "--checkpoint", on_sqlite.checkpoint, "--key", on_sqlite.key)
    for kept in range(len(paper) - 1):
        torn.write_text(paper[:kept])
        assert verdict_of(verifier, "--receipt", on_sqlite.receipts[3], "--checkpoint", torn, "--key", on_sqlite.key)


def verdict_of(verifier: ModuleType, *words: str | Path) -> int:
    """In this process, as starting Python hundreds of times would take minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["verify_export.py", *map(str, words)])
        code: int = verifier.main()
    return code
