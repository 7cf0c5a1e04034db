"""`sources check`, and what documents and tables say of how far they tell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.installation import Installation

STOCKTON, WEST_NORTHAMPTONSHIRE = "80563", "2637548"

VISITS = (
    "urn,kind,visit_start,visit_end,published\n"
    f"{STOCKTON},focused_visit,2024-11-12,2024-11-13,2024-12-18\n"
    f"{STOCKTON},jtai,2025-02-03,2025-02-21,2025-04-30\n"
)


def known(made: Installation, urn: str = STOCKTON, *moment: str) -> dict[str, str]:
    """The kinds of which something is known, and until when."""
    document = made.answer("standing", urn, *moment)
    assert set(document["known_until"]) == {
        "graded_inspection",
        "focused_visit",
        "monitoring_visit",
        "jtai",
        "area_send",
    }
    return {kind: day for kind, day in document["known_until"].items() if day is not None}


def check(made: Installation, *words: str, code: int = 0) -> str:
    result = made.run("sources", "check", *words)
    assert result.exit_code == code, result.output
    return result.output


def test_a_check_moves_the_day_of_its_kind_and_authority_alone(with_history: Installation):
    before = known(with_history)
    assert before == {"graded_inspection": "2026-08-22"}
    said = check(with_history, "monitoring_visit", "--on", "2026-11-28", "--authority", "Stockton-on-Tees")
    assert "All monitoring visits of 80563 public by 2026-11-28 are held." in said
    assert known(with_history) == before | {"monitoring_visit": "2026-11-28"}
    assert known(with_history, WEST_NORTHAMPTONSHIRE) == before
    assert known(with_history, STOCKTON, "--known-at", "2026-01-01") == {}


def test_without_an_authority_it_is_said_of_all(with_history: Installation):
    check(with_history, "focused-visit", "--on", "2026-11-28")
    assert {known(with_history, urn)["focused_visit"] for urn in (STOCKTON, WEST_NORTHAMPTONSHIRE)} == {"2026-11-28"}


def test_a_format_of_files_tells_of_the_kinds_that_it_lists(with_history: Installation):
    check(with_history, "d2i_overview", "--on", "2026-11-28")
    assert known(with_history) == {"graded_inspection": "2026-11-28"}


def test_the_same_check_again_is_one_and_says_so(with_history: Installation):
    words = ("jtai", "--on", "2026-11-28", "--authority", STOCKTON)
    first, again = (with_history.answer("sources", "check", *words) for _ in range(2))
    assert (first["recorded"], again["recorded"]) == (True, False)
    assert (first["kinds"], first["on"], first["urn"]) == (["jtai"], "2026-11-28", STOCKTON)
    assert again["entries"] is None


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("visits", "--on", "2026-11-28"), 2, "neither a kind of activity nor a format"),
        (("first_monitoring_visit", "--on", "2026-11-28"), 2, "neither a kind"),
        (("jtai", "--on", "2026-11-28", "--authority", "Atlantis"), 2, "No local authority is known by"),
        (("jtai", "--on", "2031-01-01"), 2, "future"),
        (("jtai",), 2, "--on"),
        (("ofsted_outcomes", "--on", "2026-11-28"), 1, "says nothing of a day after those in it"),
        (("improvement_items", "--on", "2026-11-28"), 1, "Name the kind of activity"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_words(
    with_history: Installation, words: tuple[str, ...], code: int, said: str
):
    assert said in check(with_history, *words, code=code)


def test_a_check_is_read_in_the_audit_trail_of_its_authority(with_history: Installation):
    check(with_history, "monitoring_visit", "--on", "2026-11-28", "--authority", STOCKTON)
    events = with_history.run("history", "export", "--format", "ndjson").output
    (line,) = [json.loads(line) for line in events.splitlines() if '"sources.checked"' in line]
    assert line["fact"]["kinds"] == ["monitoring_visit", "first_monitoring_visit"]


# --- what a file says of itself -------------------------------------------------------------------------------------


def imported(made: Installation, name: str, text: str, *words: str) -> None:
    result = made.run("history", "import", made.write(name, text), *words)
    assert result.exit_code == 0, result.output


def document(said: dict[str, Any], of_it: dict[str, Any]) -> str:
    item = {"type": "inspection", "framework": "ILACS", "published": "2024-05-14", "start": "2024-03-11"}
    told = {"name": "Darlington", "urn": "80458", "history": [item]}
    return json.dumps({"schema_version": 1, "authorities": [told | of_it]} | said)


@pytest.mark.parametrize(
    ("said", "of_it", "until"),
    [
        ({}, {}, {}),
        ({"data_horizon": "2026-08-22"}, {}, {"graded_inspection": "2026-08-22"}),
        (
            {"data_horizon": "2026-08-22", "known_until": {"focused_visit": "2026-02-03", "meeting": "2026-01-01"}},
            {"known_until": {"monitoring_visit": "2025-03-31"}},
            {"graded_inspection": "2026-08-22", "focused_visit": "2026-02-03", "monitoring_visit": "2025-03-31"},
        ),
        (
            {"data_horizon": "2026-08-22", "known_until": {"graded_inspection": "2026-06-01", "jtai": "2026-05-01"}},
            {"known_until": {"jtai": None}},
            {"graded_inspection": "2026-06-01"},
        ),
    ],
    ids=["nothing is said", "its horizon", "at the top and of one", "what is said of one counts"],
)
def test_a_history_document_tells_as_far_as_it_says(
    installation: Installation, said: dict[str, Any], of_it: dict[str, Any], until: dict[str, str]
):
    imported(installation, "told.json", document(said, of_it), "--read-on", "2026-11-01")
    assert known(installation, "Darlington") == until
    assert known(installation, STOCKTON) == {}, "of whoever is not in it nothing is said"


@pytest.mark.parametrize("wrong", ["soon", "2031-01-01", ["2026-01-01"]])
def test_a_day_that_is_none_or_to_come_is_rejected_and_the_rest_read(installation: Installation, wrong: object):
    path = installation.write("told.json", document({}, {"known_until": {"focused_visit": wrong}}))
    report = installation.answer("history", "import", path)
    ((rejected,),) = [file["rejected"] for file in report["files"]]
    assert "known_until" in rejected["reason"]
    assert report["totals"]["new"] == 1
    assert known(installation, "Darlington") == {}


def test_a_table_of_visits_tells_of_the_kinds_and_authorities_that_it_names(with_history: Installation):
    imported(with_history, "visits.csv", VISITS, "--read-on", "2026-02-03")
    told = {"graded_inspection": "2026-08-22", "focused_visit": "2026-02-03", "jtai": "2026-02-03"}
    assert known(with_history) == told
    assert known(with_history, WEST_NORTHAMPTONSHIRE) == {"graded_inspection": "2026-08-22"}
    imported(with_history, "visits.csv", VISITS, "--read-on", "2026-11-03")
    assert known(with_history)["focused_visit"] == "2026-11-03", "a newer reading that says the same moves the day"


def test_an_export_carries_what_is_known_and_is_answered_alike_elsewhere(
    with_history: Installation, tmp_path_factory: pytest.TempPathFactory
):
    imported(with_history, "visits.csv", VISITS, "--read-on", "2026-02-03")
    check(with_history, "jtai", "--on", "2026-10-01")
    other = Installation(tmp_path_factory.mktemp("other") / "instance")
    imported(other, "export.yaml", with_history.run("history", "export").stdout)
    for as_at in ("2025-01-31", "2026-03-01", "2026-11-30"):
        for urn in (STOCKTON, WEST_NORTHAMPTONSHIRE, "Darlington"):
            here, there = (made.answer("standing", urn, "--as-at", as_at) for made in (with_history, other))
            assert here | {"position": 0} == there | {"position": 0}
    other.store.close()
