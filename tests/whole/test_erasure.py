"""Erased words are nowhere to be read: in no table, page, export or file, nor after old copies are put back."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.facts import Told
from domain.plans.action_commands import OfferEvidence, ReportProgress
from domain.plans.carrying_over import CarryOver
from domain.plans.commands import AddAction, OpenPlan
from domain.plans.question_commands import AnswerQuestion, AskQuestion
from domain.values.plans import Progress
from domain.values.roles import Role
from domain.values.sealed import subject_of
from domain.values.statements import Variant
from tests import CHECKOUT
from tests.domain.plans.story import ALL_GOOD
from tests.installation import SMALL_HISTORY, Installation
from tests.projections.plans.test_words import rows_of
from tests.questions_story import ask
from tests.web.planned import STOCKTON, a_plan, told
from tests.web.signed_in import person, sign_in

VERIFIER = CHECKOUT / "docs" / "verify_export.py"
NAMED = "Zebediah"
SAYINGS = {
    "narrative": f"{NAMED}'s placement broke down",
    "evidence": f"Case file of {NAMED}",
    "question": f"What became of {NAMED}?",
    "answer": f"{NAMED} lives with an aunt",
    "asked of the authority": f"Who inspected {NAMED}'s home?",
    "said to Ofsted": f"Audits such as that of {NAMED}",
    "carried over": f"Review the plan of {NAMED}",
}
DAY = date(2019, 11, 20)
MOMENTS = ("", "?as_at=2019-12-13&known_at={before}", "?since=2019-10-31", "?q=placement", "?q=Case+file")
WHO_WRITES = (Role.OFFICER,)
READERS = ((), (Role.MEMBER,), WHO_WRITES, (Role.APPROVER,), (Role.ADMINISTRATOR, Role.AUDITOR))


class Said:
    """An installation whose words name a child seven times, one of them carried over into another plan, with receipts,
    copies and a checkpoint of that day."""

    def __init__(self, installation: Installation) -> None:
        self.here, self.folder = installation, installation.home.parent
        self.plan = a_plan(installation)
        door = installation.store.application
        by = {what: told(what) for what in SAYINGS}
        door.do(
            ReportProgress(self.plan, 1, progress=Progress.COMPLETE, narrative=SAYINGS["narrative"], on=DAY),
            by=by["narrative"],
        )
        door.do(OfferEvidence(self.plan, 1, title=SAYINGS["evidence"], reference="Paper 1", on=DAY), by=by["evidence"])
        asked = door.do(AskQuestion(self.plan, question=SAYINGS["question"], action=1, on=DAY), by=by["question"]).made
        assert isinstance(asked, UUID)
        self.question = asked
        door.do(AnswerQuestion(self.plan, asked, answer=SAYINGS["answer"], on=DAY), by=by["answer"])
        ask(door, SAYINGS["asked of the authority"], urn=STOCKTON, on=DAY, by=by["asked of the authority"])
        shared = door.elements.record_self_evaluation(
            STOCKTON, shared_on=DAY, how_known=SAYINGS["said to Ofsted"], by=by["said to Ofsted"]
        )
        self.self_evaluation = shared.activity
        self.newer, copy = self.carry_over(by["carried over"])
        self.subjects = [subject_of(one.command) for one in by.values()]
        keys = installation.store.words.keys_of([*self.subjects, copy])
        assert len(keys) == len(SAYINGS) + 1
        self.traces = [NAMED.encode(), *keys.values()]
        self.checkpoint = self.write("checkpoint", installation.run("ledger", "checkpoint").stdout)
        self.receipts = [
            self.write(f"receipt {what}.json", installation.run("ledger", "receipt", one.command).stdout)
            for what, one in by.items()
        ]
        self.key = installation.run("ledger", "key").stdout.strip()
        assert installation.run("ledger", "verify").exit_code == 0, "its replay is kept, and walked too"
        self.before = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def carry_over(self, by: Told) -> tuple[UUID, UUID]:
        """An action of the plan goes on in that of a newer report; gives that plan, and the key of the copy."""
        door = self.here.store.application
        finding, *_ = door.plans.plan(self.plan).state.findings
        action = {"findings": [finding], "what": SAYINGS["carried over"], "owner": "Director", "due_on": DAY}
        door.do(AddAction(self.plan, **action, on=DAY), by=by)
        report = door.authorities.record_inspection(
            STOCKTON,
            started_on=date(2022, 3, 7),
            ended_on=date(2022, 3, 11),
            kind=Variant.SHORT,
            published_on=date(2022, 4, 25),
            judgements=ALL_GOOD,
            improvements=("The quality of plans.",),
            by=told("the newer report"),
        ).activity
        newer = door.do(OpenPlan(STOCKTON, report, on=date(2022, 5, 3)), by=told("the newer plan")).plan
        carried = {"actions": [2], "findings": list(door.plans.plan(newer).state.findings)}
        door.do(
            CarryOver(self.plan, into=newer, **carried, due_on=date(2022, 9, 1), on=date(2022, 5, 3)),
            by=told("carry over"),
        )
        return newer, door.plans.plan(newer).state.actions[1].what.sealed.subject

    def write(self, name: str, text: str) -> Path:
        assert text
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def erase(self) -> None:
        *of_the_plan, of_none, to_ofsted, carried_over = self.subjects
        done = self.here.run("plan", "erase-asked", STOCKTON, str(of_none), "--reason", "It named a child.")
        assert done.exit_code == 0, done.output
        by = told("erase what was said to Ofsted", reason="It named a child.")
        self.here.store.application.elements.erase_engagement_words(STOCKTON, self.self_evaluation, [to_ofsted], by=by)
        words = [str(subject) for subject in (*of_the_plan, carried_over)]
        done = self.here.run("plan", "erase", self.plan, *words, "--reason", "It named a child.")
        assert done.exit_code == 0, done.output
        self.here.store.projector.catch_up()

    def found(self, places: Iterator[tuple[str, bytes]]) -> list[str]:
        """Where any of the words, or a key that opens them, is to be read."""
        walked = [(where, any(trace in content for trace in self.traces)) for where, content in places]
        assert walked, "the walk went nowhere"
        return sorted({where for where, read in walked if read})

    def pages(self, roles: tuple[Role, ...]) -> Iterator[tuple[str, bytes]]:
        """Every address that can be opened, as somebody with these roles, today and as known before the erasure."""
        client = self.here.app.test_client()
        if roles:
            sign_in(self.here.app, client, person(self.here.app, *roles))
        self.here.app.open_pages()
        entries = self.here.store.ledger.max_position()
        parts = {"urn": STOCKTON, "identifier": STOCKTON, "authority": STOCKTON, "plan": str(self.plan)}
        parts |= {"number": "1", "seq": str(entries), "challenge": str(self.question), "subject": str(self.subjects[0])}
        for rule in self.here.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
                continue
            address = re.sub(
                r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", lambda part: parts.get(part[2], str(UUID(int=7))), rule.rule
            )
            if "<uuid:plan>" in rule.rule and roles == WHO_WRITES:
                newer = address.replace(str(self.plan), str(self.newer))
                yield newer, unpacked(client.get(newer).data)
            for moment in MOMENTS if roles == WHO_WRITES else MOMENTS[1:2]:
                answer = client.get(address + moment.format(before=self.before))
                yield address + moment, unpacked(answer.data)
                if answer.status_code in (301, 302, 303, 403, 404):
                    break  # Who is let in, and to what there is, is the same at every moment.

    def commands(self) -> Iterator[tuple[str, bytes]]:
        """What every command that tells something prints or writes."""
        written = self.folder / "export.ndjson"
        written.unlink(missing_ok=True)
        size = self.here.store.ledger.max_position()
        said = [
            ("plan", STOCKTON),
            ("plan", STOCKTON, "--as-at", "2019-12-13", "--json"),
            ("plan", STOCKTON, "--as-at", "2019-12-13", "--known-at", self.before, "--json"),
            ("plan", "due", "--on", "2019-12-13", "--json"),
            ("plan", "challenges", "--as-at", "2019-12-13", "--json"),
            ("timeline", STOCKTON, "--json"),
            ("ledger", "export", written),
            *(("history", "export", "--format", form) for form in ("yaml", "csv", "ndjson")),
            *(("ledger", "proof", seq) for seq in range(size - 12, size + 1)),
        ]
        for words in said:
            done = self.here.run(*map(str, words))
            assert done.exit_code == 0, done.output
            yield " ".join(map(str, words)), done.output_bytes
        yield "export", written.read_bytes()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file there is, save the copies of that day."""
        for path in self.folder.rglob("*"):
            if path.is_file() and not path.name.startswith("then"):
                yield str(path.relative_to(self.folder)), path.read_bytes()

    def tables(self) -> Iterator[tuple[str, bytes]]:
        """Every value of every table of the read side; on PostgreSQL of the log and the keys too."""
        yield "tables", rows_of(self.here.store.engine).encode("latin-1", "replace")

    def everywhere(self, readers: Sequence[tuple[Role, ...]] = (WHO_WRITES,)) -> list[str]:
        """Where the words are still to be read, by people with these roles among others."""
        walks: list[Callable[[], Iterator[tuple[str, bytes]]]] = [self.commands, self.tables, self.files]
        seen = [place for walk in walks for place in self.found(walk())]
        return [*seen, *(place for roles in readers for place in self.found(self.pages(roles)))]


def first_of(plan: dict[str, Any]) -> dict[str, Any]:
    """The first action of a plan's document, wherever it stands there."""
    return next(one for one in plan["actions"] if one["action"] == 1)


def unpacked(data: bytes) -> bytes:
    """A workbook's or a paper's own text, as it is packed."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


@pytest.fixture(params=["sqlite", "postgres"])
def said(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Said]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    made = Installation(tmp_path / "instance", database_url=url)
    assert made.run("store", "migrate").exit_code == 0
    assert made.run("history", "import", made.write("small.yaml", SMALL_HISTORY)).exit_code == 0
    yield Said(made)
    made.store.close()


@pytest.fixture
def said_here(with_history: Installation) -> Said:
    """On SQLite, where backups are the product's own."""
    return Said(with_history)


def test_the_walk_reads_the_words_while_they_are_not_erased(said: Said):
    told_by = said.found(said.commands())
    assert f"plan {STOCKTON} --as-at 2019-12-13 --json" in told_by
    assert not [words for words in told_by if words.startswith(("ledger", "history", "export"))], (
        "they are sealed there"
    )
    read = said.found(said.pages(WHO_WRITES))
    assert [address for address in read if address.startswith("/api/plans/")]
    assert f"/plans/{said.newer}/actions/1" in read, "the copy"
    assert said.found(said.tables()) == (["tables"] if said.here.settings.database_url else []), "their keys"


def test_erased_words_are_nowhere_and_every_proof_still_holds(said: Said):
    said.erase()
    assert said.everywhere(READERS) == []
    assert said.here.run("projections", "rebuild").exit_code == 0
    assert said.found(said.tables()) == []

    kept = [word for path in said.receipts for word in ("--receipt", path)]
    kept += ["--checkpoint", said.checkpoint, "--key", said.key]
    verified = said.here.run("ledger", "verify", *kept)
    assert (verified.exit_code, verified.stdout[:3]) == (0, "OK:"), verified.output
    export = said.folder / "to check.ndjson"
    assert said.here.run("ledger", "export", export).exit_code == 0
    command = [sys.executable, "-I", str(VERIFIER), str(export), *map(str, kept)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1][:3]) == (0, "OK:"), done.stdout


def test_copies_of_the_log_and_of_the_keys_from_before_put_back_together_revive_nothing(said_here: Said):
    said = said_here
    assert said.here.run("store", "backup", said.folder / "then-log.db").exit_code == 0
    assert said.here.run("store", "backup-keys", said.folder / "then-keys.db").exit_code == 0
    said.erase()
    assert said.here.run("store", "restore", said.folder / "then-log.db", "--force").exit_code == 0
    assert said.here.run("store", "restore-keys", said.folder / "then-keys.db").exit_code == 0
    (plan,) = said.here.answer("plan", STOCKTON, "--as-at", "2019-12-13")["plans"]
    assert first_of(plan)["what"]["text"] == "Write plans with families", "what was not erased is back"
    assert said.everywhere() == []


def test_a_later_log_put_elsewhere_erases_again_what_old_keys_would_open(said_here: Said, tmp_path: Path):
    said = said_here
    assert said.here.run("store", "backup-keys", said.folder / "then-keys.db").exit_code == 0
    said.erase()
    assert said.here.run("store", "backup", said.folder / "log.db").exit_code == 0
    other = Installation(tmp_path / "other" / "instance")
    assert other.run("store", "restore", said.folder / "log.db").exit_code == 0
    put_back = other.run("store", "restore-keys", said.folder / "then-keys.db")
    assert f"{len(SAYINGS) + 1} of them were of erased words" in put_back.stdout
    (plan,) = other.answer("plan", STOCKTON, "--as-at", "2019-12-13")["plans"]
    assert first_of(plan)["narrative"]["shown"].startswith("Erased on ")
    said.here = other
    assert said.everywhere() == []
    other.store.close()
