"""`document read`: what documents tell, without any store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.installation import Installation
from tests.web.intake.reports.pdf import page_of, pdf

REPORT = [
    "Inspection of Devon local authority",
    "children’s services",
    "Inspection dates: 11 to 22 July 2022",
    "Lead inspector: Sam Sample, His Majesty’s Inspector",
    "Judgement Grade",
    "The impact of leaders on social work",
    "practice with children and families Outstanding",
    "Overall effectiveness Good",
]
PROMISED = {
    *("path", "refused", "kind", "urn", "name", "framework", "variant", "start", "end", "periods", "published"),
    *("published_from", "lead_inspector", "grades", "focus", "areas_for_improvement", "areas_for_priority_action"),
    *("sections", "doubts"),
}
"""The keys of the contract; others may stand beside them."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "reports" / "devon"
    inner.mkdir(parents=True)
    (inner / "inspection - 05 september 2022.pdf").write_bytes(pdf(page_of(REPORT)))
    (inner / "page.PDF").write_bytes(b"<!DOCTYPE html><html></html>")
    (inner / "notes.txt").write_text("nothing")
    return tmp_path / "reports"


def test_a_folder_gives_an_object_for_each_pdf_and_needs_no_store(installation: Installation, folder: Path):
    result = installation.run("document", "read", str(folder), "--json")
    assert result.exit_code == 0
    report, page = json.loads(result.stdout)
    assert PROMISED <= report.keys() == page.keys()
    assert report["path"].endswith("inspection - 05 september 2022.pdf")
    assert (report["kind"], report["urn"], report["framework"]) == ("graded_report", "80461", "ILACS")
    assert (report["variant"], report["published"], report["published_from"]) == ("standard", "2022-09-05", "file_name")
    assert (report["start"], report["end"]) == ("2022-07-11", "2022-07-22")
    assert report["periods"] == [{"start": "2022-07-11", "end": "2022-07-22"}]
    assert report["grades"] == {"overall_effectiveness": "good", "impact_of_leaders": "outstanding"}
    assert "The grade for children who need help and protection could not be read." in report["doubts"]
    assert (page["kind"], page["periods"], page["grades"]) == (None, [], {})
    assert "a web page that was saved under the name of a PDF" in page["refused"]
    assert not installation.home.exists(), "reading makes nothing"


def test_without_json_doubts_and_a_sum_by_kind_are_said(installation: Installation, folder: Path):
    result = installation.run("document", "read", str(folder))
    assert result.exit_code == 0
    assert "graded report, Devon, on site 2022-07-11 to 2022-07-22, published 2022-09-05" in result.stdout
    assert "    The grade for children who need help and protection could not be read." in result.stdout
    assert "1 document: a graded report\n1 document: refused\n" in result.stdout
    assert "1 document with doubts." in result.stdout


def test_a_refused_document_ends_with_1_and_a_missing_one_with_2(installation: Installation, folder: Path):
    refused = installation.run("document", "read", str(folder / "devon" / "page.PDF"), "--json")
    assert refused.exit_code == 1
    assert len(json.loads(refused.stdout)) == 1
    empty = folder / "empty"
    empty.mkdir()
    nothing = installation.run("document", "read", str(empty), "--json")
    assert (nothing.exit_code, json.loads(nothing.stdout)) == (1, [])
    assert "holds no PDF" in nothing.stderr
    missing = installation.run("document", "read", str(folder / "other.pdf"))
    assert missing.exit_code == 2
    assert "There is no file or folder" in missing.stderr


def test_a_day_of_publication_is_that_of_one_document(installation: Installation, folder: Path):
    day = ("--published-on", "2022-09-06")
    (report,) = json.loads(
        installation.run("document", "read", str(next(folder.rglob("*.pdf"))), *day, "--json").stdout
    )
    assert (report["published"], report["published_from"]) == ("2022-09-06", "option")
    assert installation.run("document", "read", str(folder), *day).exit_code == 2
