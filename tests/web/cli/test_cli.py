"""The commands that outsiders call: what they print, and how they end."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.installation import SMALL_HISTORY, Installation

OVERVIEW = (
    "urn,local_authority,inspection_link,pdf_filename,publication_date,inspection_framework,inspector_name,"
    "inspection_start_date,inspection_end_date,overall_effectiveness_grade,impact_of_leaders_grade,"
    "help_and_protection_grade,in_care_grade,care_leavers_grade,parser_version\n"
    "80563,stockton-on-tees,https://files.ofsted.gov.uk/v1/file/50090001,report.pdf,01/07/19,short,A. Person,"
    "20/05/2019,24/05/2019,requires improvement,{leaders},requires improvement,requires improvement,"
    "inspection_pre_dates_judgement,1\n"
)


def test_reading_commands_say_where_to_begin_when_there_is_no_store(installation: Installation):
    result = installation.run("standing", "80563", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "store migrate" in result.stderr
    assert not installation.home.exists(), "asking makes nothing"


def test_an_empty_store_knows_every_authority_and_nothing_about_it(installation: Installation):
    assert installation.run("store", "migrate").exit_code == 0
    everyone = installation.answer("standing", "--all")
    assert len(everyone) == 153
    assert Counter(document["pathway"] for document in everyone) == {"unknown": 147, "not_yet_judged": 6}
    begun = {one["authority"]["name"] for one in everyone if one["pathway"] == "not_yet_judged"}
    assert {"Cumberland", "Dorset", "West Northamptonshire"} < begun
    assert {document["data_horizon"] for document in everyone} == {None}
    assert installation.answer("disagreements") == []


def test_the_standing_document_has_the_keys_and_values_of_the_contract(with_history: Installation):
    document = with_history.answer("standing", "80563", "--as-at", "2022-10-31")
    assert document["authority"] == {
        "urn": "80563",
        "name": "Stockton-on-Tees",
        "la_number": "808",
        "gss_code": "E06000004",
        "region": "North East",
    }
    assert document["as_at"] == "2022-10-31"
    assert document["known_at"] is None
    assert document["pathway"] == "requires_improvement"
    assert document["governing_inspection_published"] == "2019-07-01"
    assert document["inherited_monitoring"] is False
    assert document["data_horizon"] == "2026-08-22"
    assert document["expected_next"] == {
        "graded": {
            "type": "standard_inspection",
            "window_from": "2022-01-01",
            "window_to": "2023-01-01",
            "midpoint": "2022-07-01",
            "status": "in_window",
        },
        "action_plan_due": "2019-10-08",
        "priority_action_override": {
            "visit_month": "2022-09",
            "type": "standard_inspection",
            "expected_from_month": "2023-02",
            "expected_to_month": "2024-03",
            "also_possible": "further_focused_visit",
        },
    }
    assert {"area": "help_and_protection", "grade": "requires_improvement"} in document["judgements"]
    for expectation in document["expectations"]:
        assert set(expectation) == {
            *("activity", "basis", "from", "to", "status", "why", "rules", "caveats", "inferred", "known_until")
        }


@pytest.mark.parametrize("name", ["80563", "E06000004", "808", "Stockton-on-Tees", "stockton on tees"])
def test_any_known_name_or_code_is_accepted(with_history: Installation, name: str):
    assert with_history.answer("standing", name)["authority"]["urn"] == "80563"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("standing", "Atlantis", "--json"), "Atlantis"),
        (("standing", "80563", "--as-at", "31/10/2022", "--json"), "for example 2025-03-01"),
        (("standing", "80563", "--known-at", "2022-10-31T09:00", "--json"), "zone"),
        (("standing", "--json"), "Name one authority"),
        (("past-windows", "--json"), "Name one authority"),
        (("past-windows", "80563", "--all"), "Name one authority"),
        (("past-windows", "Atlantis", "--json"), "Atlantis"),
        (("history", "import", "no-such-file.ods", "--json"), "no-such-file.ods"),
    ],
)
def test_bad_arguments_end_with_2_and_words_on_standard_error(
    with_history: Installation, words: tuple[str, ...], says: str
):
    result = with_history.run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr


def test_earlier_windows_are_told_in_a_sentence_each_and_counted_over_all(with_history: Installation):
    lines = with_history.run("past-windows", "80563", "--as-at", "2023-01-02").stdout.splitlines()
    assert lines[0] == "Stockton-on-Tees"
    assert "2016-08-05  inside" in lines[1]
    assert "; late by 1 day when last known, on 2 January 2023. An inspection of the last weeks" in lines[2]
    table = with_history.run("past-windows", "--all", "--as-at", "2023-01-02").stdout.splitlines()
    assert [line.split()[0] for line in table[1:]] == [
        "all",
        "good_or_outstanding",
        "requires_improvement",
        "before_pandemic",
    ]
    count = with_history.answer("past-windows", "--all", "--as-at", "2023-01-02")["all"]
    assert (count["came"], count["inside"], count["overdue"]) == (1, 1, 1)


def test_nothing_held_is_nothing_to_account_for(installation: Installation):
    assert installation.run("store", "migrate").exit_code == 0
    assert installation.answer("past-windows", "80455")["windows"] == []
    assert installation.answer("past-windows", "2637548")["windows"] == [], "a new authority of which nothing is held"
    assert installation.answer("past-windows", "--all")["all"]["came"] == 0


def test_the_timeline_is_in_order_of_when_things_were_true(with_history: Installation):
    document = with_history.answer("timeline", "80563")
    entries = document["entries"]
    assert [entry["type"] for entry in entries] == [
        "inspection",
        "inspection",
        "focused_visit",
        "engagement_meeting",
    ]
    assert entries[1] | {"entry": "", "recorded_at": "", "position": 0} == {
        "type": "inspection",
        "framework": "ILACS",
        "variant": "short",
        "start": "2019-05-20",
        "end": "2019-05-24",
        "published": "2019-07-01",
        "grades": {
            "overall_effectiveness": "requires_improvement",
            "impact_of_leaders": "requires_improvement",
            "help_and_protection": "requires_improvement",
            "in_care_and_care_leavers": "requires_improvement",
        },
        "areas_for_improvement": ["The quality of plans", "Supervision of social workers"],
        "sources": [{"title": "Ofsted report", "url": "https://files.ofsted.gov.uk/v1/file/50090001"}],
        "entry": "",
        "recorded_at": "",
        "public_on": "2019-07-01",
        "status": "current",
        "position": 0,
    }
    assert entries[2]["public_on"] == "2022-09-30", "without a publication date: the last day of the period"


def test_before_a_report_is_published_only_its_days_on_site_are_shown(with_history: Installation):
    during = with_history.answer("timeline", "80563", "--as-at", "2019-06-01")["entries"][-1]
    assert (during["start"], during["end"]) == ("2019-05-20", "2019-05-24")
    assert "grades" not in during
    assert "published" not in during
    standing = with_history.answer("standing", "80563", "--as-at", "2019-06-01")
    assert standing["pathway"] == "good_or_outstanding"
    assert standing["expected_next"]["interim"] == {"type": "report_publication"}


def test_what_was_not_yet_recorded_is_not_known(with_history: Installation):
    document = with_history.answer("standing", "80563", "--known-at", "2020-01-01")
    assert document["pathway"] == "unknown"
    assert document["known_at"] == "2020-01-01T23:59:59.999999+00:00"
    assert with_history.answer("timeline", "80563", "--known-at", "2020-01-01")["entries"] == []


def test_an_import_says_what_it_would_do_then_does_it_then_finds_nothing_new(with_history: Installation):
    file = with_history.write("ofsted_history_2026-08-04.csv", OVERVIEW.format(leaders="good"))
    foretold = with_history.answer("history", "import", "--dry-run", file)
    done = with_history.answer("history", "import", file)
    assert (done["files"], done["totals"]) == (foretold["files"], foretold["totals"])
    assert (done["entries"] is None, foretold["entries"]) == (False, None), "entries cannot be foretold"
    (report,) = foretold["files"]
    assert {key: report[key] for key in ("format", "refused", "read_on", "rows", "disagreed", "new", "unchanged")} == {
        "format": "jt39_history",
        "refused": None,
        "read_on": "2026-08-04",
        "rows": 1,
        "disagreed": 1,
        "new": 0,
        "unchanged": 0,
    }
    position = with_history.answer("standing", "80563")["position"]
    again = with_history.answer("history", "import", file)["files"][0]
    assert (again["unchanged"], again["disagreed"]) == (1, 0)
    assert with_history.answer("standing", "80563")["position"] == position


def test_a_disagreement_names_both_sides_and_what_is_held(with_history: Installation):
    with_history.run("history", "import", with_history.write("h_2026-08-04.csv", OVERVIEW.format(leaders="good")))
    (row,) = with_history.answer("disagreements", "--authority", "Stockton-on-Tees")
    assert {key: row[key] for key in ("urn", "type", "start", "published", "field", "held", "settled", "reason")} == {
        "urn": "80563",
        "type": "inspection",
        "start": "2019-05-20",
        "published": "2019-07-01",
        "field": "grades.impact_of_leaders",
        "held": "requires_improvement",
        "settled": False,
        "reason": None,
    }
    assert [(saying["value"], saying["read_on"]) for saying in row["says"]] == [
        ("requires_improvement", "2026-08-22"),
        ("good", "2026-08-04"),
    ]


def test_a_file_of_unknown_layout_is_refused_by_name_and_skipped_in_a_folder(with_history: Installation):
    folder = with_history.home.parent / "files"
    folder.mkdir()
    (folder / "notes.txt").write_text("Nothing about inspections.", encoding="utf-8")
    (folder / "history.yaml").write_text(SMALL_HISTORY, encoding="utf-8")
    directly = with_history.run("history", "import", folder / "notes.txt", "--json")
    assert directly.exit_code == 1
    refused = json.loads(directly.stdout)["files"][0]["refused"]
    assert "Looked for" in refused
    folded = with_history.run("history", "import", folder).stdout
    assert folded.splitlines()[-1] == "Skipped 1 file of unknown kinds; --verbose names them."
    assert "notes.txt" not in folded
    assert f"Skipped {folder / 'notes.txt'}: " in with_history.run("history", "import", folder, "--verbose").stdout
    inside = with_history.run("history", "import", folder, "--json")
    assert inside.exit_code == 0
    assert [file["refused"] is None for file in json.loads(inside.stdout)["files"]] == [True, False]


def test_an_import_says_its_entries_and_commands_and_one_that_adds_nothing_says_none(installation: Installation):
    assert installation.run("store", "migrate").exit_code == 0
    file, before = installation.write("small.yaml", SMALL_HISTORY), installation.store.audit.head().size
    report = installation.answer("history", "import", file)
    last = installation.store.audit.head().size
    assert report["entries"] == [before + 1, last]
    assert report["commands_in_all"] == len(report["commands"]) > 2
    receipt = json.loads(installation.run("ledger", "receipt", report["commands"][-1]).stdout)
    assert receipt["entries"][-1]["seq"] == last
    again = installation.answer("history", "import", file)
    assert (again["entries"], again["commands"], again["commands_in_all"]) == (None, [], 0)
    assert "Receipt" not in installation.run("history", "import", file).stdout
    overview = installation.write("h_2026-08-04.csv", OVERVIEW.format(leaders="good"))
    said = installation.run("history", "import", overview).stdout.splitlines()[-1]
    assert said.startswith(f"Entries {last + 1} to {installation.store.audit.head().size}, by ")
    assert "Receipt of the last: flask --app wsgi ledger receipt " in said


def test_a_dry_run_without_a_store_makes_none(installation: Installation):
    file = installation.write("small.yaml", SMALL_HISTORY)
    report = installation.answer("history", "import", "--dry-run", file)
    assert report["entries"] is None
    assert report["totals"]["new"] == 5
    assert not installation.home.exists()


def test_the_demo_is_loaded_once_however_often(installation: Installation):
    assert installation.run("demo").exit_code == 0
    position = installation.answer("standing", "Haringey")["position"]
    assert installation.run("demo").exit_code == 0
    assert installation.answer("standing", "Haringey")["position"] == position
    assert installation.answer("standing", "Haringey", "--as-at", "2018-03-08")["expected_next"]["graded"] == {
        "type": "standard_inspection",
        "window_from": "2017-01-18",
        "window_to": "2018-01-18",
        "midpoint": "2017-07-18",
        "status": "overdue",
    }


VOLATILE = ("recorded_at", "position")


def all_answers(installation: Installation) -> dict[str, object]:
    answers: dict[str, object] = {}
    for urn in ("80563", "2637548"):
        for day in ("2016-09-01", "2019-06-01", "2022-10-31", "2026-09-01"):
            standing = installation.answer("standing", urn, "--as-at", day)
            entries = installation.answer("timeline", urn, "--as-at", day)["entries"]
            standing.pop("position")
            answers[f"{urn} {day}"] = (
                standing,
                [{key: value for key, value in entry.items() if key not in VOLATILE} for entry in entries],
            )
    answers["disagreements"] = installation.answer("disagreements")
    return answers


def test_an_export_imported_into_an_empty_store_gives_the_same_answers(with_history: Installation, tmp_path: Path):
    with_history.run("history", "import", with_history.write("h_2026-08-04.csv", OVERVIEW.format(leaders="good")))
    exported = tmp_path / "export.yaml"
    assert with_history.run("history", "export", "--output", exported).exit_code == 0
    assert yaml.safe_load(exported.read_text(encoding="utf-8"))["schema_version"] == 1
    other = Installation(tmp_path / "other")
    assert other.run("history", "import", exported).exit_code == 0
    assert all_answers(other) == all_answers(with_history)
    assert other.answer("disagreements") != []


def test_the_events_and_the_table_can_be_exported_too(with_history: Installation):
    events = with_history.run("history", "export", "--format", "ndjson", "--authority", "808").stdout.splitlines()
    assert [json.loads(line)["name"] for line in events][-1] == "source.stated"
    table = with_history.run("history", "export", "--format", "csv", "--authority", "808").stdout
    assert table.startswith("\ufeffurn,authority,type,")
    assert len(table.splitlines()) == 5


def test_every_export_ends_with_the_signed_checkpoint(with_history: Installation):
    note = with_history.run("ledger", "checkpoint").stdout
    for format_ in ("yaml", "csv", "ndjson"):
        last = with_history.run("history", "export", "--format", format_).stdout[-800:].replace("\\n", "\n")
        assert all(line in last for line in note.splitlines()), format_
    exported = with_history.home.parent / "export.yaml"
    assert with_history.run("history", "export", "--output", exported).exit_code == 0
    before = all_answers(with_history)
    assert with_history.run("history", "import", exported).exit_code == 0
    assert all_answers(with_history) == before


def test_projections_can_be_looked_at_and_made_anew(with_history: Installation):
    before = with_history.answer("timeline", "80563")
    status = with_history.answer("projections", "status")
    assert {row["name"] for row in status} >= {"timeline", "files"}
    assert all(row["position"] == row["log"] for row in status)
    assert with_history.run("projections", "rebuild").exit_code == 0
    assert with_history.answer("timeline", "80563") == before


def test_a_store_is_backed_up_restored_and_checked(with_history: Installation, tmp_path: Path):
    copy = tmp_path / "backup.db"
    before = with_history.answer("timeline", "80563")
    assert with_history.run("store", "backup", copy).exit_code == 0
    assert with_history.run("store", "check").exit_code == 0
    assert with_history.run("store", "backup", copy).exit_code == 1, "never over a file that is there"
    other = Installation(tmp_path / "restored")
    assert other.run("store", "restore", copy).exit_code == 0
    assert other.answer("timeline", "80563") == before
    longer = with_history.write("h_2026-08-04.csv", OVERVIEW.format(leaders="good"))
    other.run("history", "import", longer)
    refused = other.run("store", "restore", copy)
    assert refused.exit_code == 1
    assert other.run("store", "restore", copy, "--force").exit_code == 0
    assert other.answer("timeline", "80563") == before
