"""Reports and letters by the command: single ones and folders, doubts in words, and back again through an export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.values.activities import Activity
from domain.values.statements import Family, Kind
from tests.installation import Installation
from tests.web.authorities.test_documents import LETTER, OF_GATESHEAD
from tests.web.demo_app import GATESHEAD
from tests.web.intake.reports.paper import letter

UNDATED = letter(LETTER.replace("12 January 2026\n", "").format(council="Gateshead Council"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two letters, one that does not print its day, and what is no document, as they are kept in a folder each."""
    for urn, name, content in [
        (GATESHEAD, "letter.pdf", OF_GATESHEAD),
        ("80498", "letter.pdf", letter(LETTER.format(council="Haringey Council"))),
        ("80563", "undated.pdf", UNDATED),
        ("80563", "saved.pdf", b"<!DOCTYPE html><html></html>"),
        ("80563", "notes.txt", b"Nothing.\n"),
    ]:
        (tmp_path / "documents" / urn).mkdir(parents=True, exist_ok=True)
        (tmp_path / "documents" / urn / name).write_bytes(content)
    return tmp_path / "documents"


def held(installation: Installation) -> Activity:
    (found,) = (
        one
        for one in installation.store.application.authorities.authority(GATESHEAD).activities
        if one.kind is Kind.FOCUSED_VISIT
    )
    return found


def test_a_folder_is_summed_up_by_kind_and_each_doubt_is_named(installation: Installation, folder: Path):
    result = installation.run("history", "import", folder)
    assert result.exit_code == 0, result.output
    assert "3 documents: a letter on a focused visit" in result.stdout
    assert "80563/undated.pdf: document: it could not be told the day of publication" in result.stdout
    assert "saved.pdf" in result.stderr
    assert "notes.txt" not in result.output
    assert "Skipped 1 file of unknown kinds" in result.stdout


def test_a_document_in_json_says_its_kind_and_a_second_time_it_is_unchanged(installation: Installation, folder: Path):
    path = folder / GATESHEAD / "letter.pdf"
    first = installation.answer("history", "import", path)["files"][0]
    assert (first["format"], first["kind"], first["new"], first["read_on"]) == (
        "ofsted_letter",
        "focused_visit_letter",
        1,
        "2026-01-12",
    )
    assert installation.answer("history", "import", path)["totals"]["unchanged"] == 1


def test_the_day_of_a_single_document_can_be_told(installation: Installation, folder: Path):
    path = folder / "80563" / "undated.pdf"
    refused = installation.run("history", "import", path)
    assert refused.exit_code == 1
    told = installation.answer("history", "import", path, "--published-on", "2026-01-12")
    assert told["totals"]["new"] == 1
    assert held(installation).published is not None
    assert installation.run("history", "import", folder, "--published-on", "2026-01-12").exit_code == 2


def test_a_document_comes_back_from_the_export_with_its_page_and_its_hash(
    installation: Installation, folder: Path, tmp_path: Path
):
    installation.answer("history", "import", folder / GATESHEAD / "letter.pdf")
    before = held(installation)
    exported = installation.run("history", "export")
    again = Installation(tmp_path / "another")
    again.answer("history", "import", again.write("export.yaml", exported.stdout))
    after = held(again)
    assert (after.sources, after.statements) == (before.sources, before.statements)
    assert after.improvement_outcomes == before.improvement_outcomes
    statements = again.store.application.authorities.authority(GATESHEAD).dossier.statements
    assert statements[after.statements[0]].family is Family.OFSTED_DOCUMENT
    item = json.loads(again.run("timeline", GATESHEAD, "--json").stdout)["entries"][-1]
    assert item["sources"][0]["page"] == 1
    again.store.close()
