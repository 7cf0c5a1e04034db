"""kill -9 in the middle of an import loses nothing acknowledged, and importing again ends as if undisturbed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from domain.facts import FileRead
from domain.ledger.store import open_ledger
from domain.register.register import REGISTER
from projections.authorities.files import files
from tests import CHECKOUT
from tests.installation import Installation

HEADERS = (
    "urn,local_authority,inspection_link,pdf_filename,publication_date,inspection_framework,inspector_name,"
    "inspection_start_date,inspection_end_date,overall_effectiveness_grade,impact_of_leaders_grade,"
    "help_and_protection_grade,in_care_grade,care_leavers_grade,parser_version"
)


def history_of_all(folder: Path) -> Path:
    """One report of every authority, in the layout of the JT-39 history."""
    rows = [
        f"{row.facts.urn},{row.facts.name.lower()!r},https://files.ofsted.gov.uk/v1/file/{number},r.pdf,09/05/25,short,"
        "A. Person,17/03/2025,21/03/2025,good,good,good,good,good,1".replace("'", '"')
        for number, row in enumerate(REGISTER.current, start=50_000_000)
    ]
    path = folder / "history_2026-08-04.csv"
    path.write_text("\n".join([HEADERS, *rows]) + "\n", encoding="utf-8")
    return path


def begin_import(home: Path, file: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "history", "import", str(file)],
        cwd=CHECKOUT,
        env=os.environ | {"TIMELINE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def states(installation: Installation) -> list[object]:
    installation.store.projector.catch_up()
    return [
        (row["authority"], row["pathway"], row["expected_next"], row["data_horizon"])
        for row in installation.answer("standing", "--all", "--as-at", "2026-09-01")
    ]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[object], int]:
    folder = tmp_path_factory.mktemp("undisturbed")
    file = history_of_all(folder)
    installation = Installation(folder / "instance")
    assert installation.run("history", "import", file).exit_code == 0
    return file, states(installation), installation.store.ledger.max_position()


@pytest.mark.parametrize(
    "after", [5, 40, 90, *(pytest.param(count, marks=pytest.mark.soak) for count in range(3, 130, 5))]
)
def test_killed_after_some_authorities_it_is_unfinished_and_the_next_import_completes_it(
    tmp_path: Path, undisturbed: tuple[Path, list[object], int], after: int
):
    file, whole, length = undisturbed
    home = tmp_path / "instance"
    installation = Installation(home)
    installation.run("store", "migrate")
    begun = installation.store.ledger.max_position()
    process = begin_import(home, file)
    deadline = time.monotonic() + 60
    while installation.store.ledger.max_position() < begun + after and process.poll() is None:
        assert time.monotonic() < deadline, "the import never got there"
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with open_ledger(home / "ledger.db") as ledger:
        kept = ledger.max_position()
        facts = [fact for _, fact in ledger.read_facts()]
    assert kept >= begun + after, "what was acknowledged is there"
    assert not any(isinstance(fact, FileRead) for fact in facts), "killed too late to show anything"
    installation.store.projector.catch_up()
    (row,) = files(installation.store.reader)
    assert row.finished is False, "an import cut short is shown as unfinished"
    assert installation.run("history", "import", file).exit_code == 0
    assert installation.store.ledger.max_position() == length
    assert states(installation) == whole
