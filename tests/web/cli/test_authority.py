"""`authority`, and history documents that tell of successions: what every answer then says, and what goes out again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.facts import Told
from domain.values.statements import Source
from tests.installation import Installation

SURREY, ESSEX, SOUTHEND = "80567", "80468", "80559"

REPORT = """
schema_version: 1
data_horizon: 2026-08-22
authorities:
- name: Essex
  urn: '80468'
  history:
  - {type: inspection, framework: ILACS, variant: standard, start: 2025-03-17, end: 2025-03-28, published: 2025-05-09,
     grades: {overall_effectiveness: good}, sources: [{title: Ofsted report}]}
"""
ANNOUNCED = """
schema_version: 1
authorities:
- name: Greater Essex
  history:
  - {type: self_evaluation, date: 2026-10-01, sources: [{title: A paper of the shadow authority}]}
- name: Essex
  urn: '80468'
  history:
  - {type: succession_announced, on: 2028-04-01, published: 2026-10-15, successors: [Greater Essex, '80571'],
     order: {title: Essex Order 2026, url: 'https://example.org/order'}, sources: [{title: The order}]}
"""


@pytest.fixture
def essex(installation: Installation) -> Installation:
    installation.run("store", "migrate")
    assert installation.run("history", "import", installation.write("report.yaml", REPORT)).exit_code == 0
    return installation


def announce(made: Installation, *more: str, code: int = 0) -> str:
    words = ("--on", "2028-04-01", "--announced-on", "2026-10-15", "--source", "The order")
    result = made.run("authority", "announce-succession", *more, *words)
    assert result.exit_code == code, result.output
    return result.output


def graded(made: Installation, urn: str, *moment: str) -> Any:
    return made.answer("standing", urn, *moment)["expected_next"].get("graded")


def current(made: Installation, day: str) -> set[str]:
    return {row["authority"]["name"] for row in made.answer("standing", "--all", "--as-at", day)}


def test_what_is_announced_stands_in_every_answer_from_its_day(essex: Installation):
    said = announce(essex, "Essex", "--successor", "Greater Essex", "--successor", "Thurrock")
    assert "Essex ends on 2028-04-01; Greater Essex and Thurrock follow." in said
    before, since = (essex.answer("standing", ESSEX, "--as-at", day) for day in ("2026-10-14", "2026-10-15"))
    assert "ends_on" not in before["authority"]
    assert (since["authority"]["ends_on"], since["authority"]["successors"]) == (
        "2028-04-01",
        ["Greater Essex", "Thurrock"],
    )
    window = graded(essex, ESSEX, "--as-at", "2026-10-14")
    assert window["status"] == "upcoming"
    window["status"] = "in_window"
    assert graded(essex, ESSEX, "--as-at", "2028-03-31") == window, "it begins before the end and is only cut"
    assert essex.answer("standing", ESSEX, "--as-at", "2028-04-01")["expected_next"] == {}
    assert essex.answer("timeline", ESSEX)["authority"]["ends_on"] == "2028-04-01"
    assert essex.answer("forecast", "of", ESSEX)["ends_on"] == "2028-04-01"


def test_several_names_may_stand_behind_one_another(essex: Installation):
    said = announce(essex, "Essex", "--successor", "Greater Essex", "Thurrock", "Southend-on-Sea")
    assert "Greater Essex, Thurrock and Southend-on-Sea follow." in said


def test_on_the_vesting_day_the_lists_change(essex: Installation):
    announce(essex, "Essex", "--successor", "Greater Essex")
    announce(essex, "Southend", "--successor", "greater essex")
    before, after = (current(essex, day) for day in ("2028-03-31", "2028-04-01"))
    assert before - after == {"Essex", "Southend-on-Sea"}
    assert after - before == {"Greater Essex"}
    assert (len(current(essex, "2027-03-31")), len(current(essex, "2027-04-01"))) == (153, 154)
    assert essex.answer("standing", "greater essex", "--as-at", "2028-04-01")["pathway"] == "not_yet_judged"
    assert essex.answer("standing", "greater-essex")["pathway"] == "unknown"


def test_only_what_was_recorded_by_then_is_told(essex: Installation):
    then = datetime.now(UTC).isoformat()
    announce(essex, "Essex", "--successor", "Greater Essex")
    asked = ("--as-at", "2028-04-01", "--known-at", then)
    assert "ends_on" not in essex.answer("standing", ESSEX, *asked)["authority"]
    names = {row["authority"]["name"] for row in essex.answer("standing", "--all", *asked)}
    assert "Essex" in names
    assert "Surrey" not in names


def test_taken_back_nothing_ends_and_nobody_begins(essex: Installation):
    announce(essex, "Essex", "--successor", "Greater Essex")
    said = essex.run("authority", "cancel-succession", "Essex", "--on", "2026-11-01", "--source", "A statement").output
    assert "Essex does not end." in said
    assert "Greater Essex" not in current(essex, "2028-04-01")
    assert "Essex" in current(essex, "2028-04-01")
    assert essex.answer("standing", ESSEX, "--as-at", "2026-10-31")["authority"]["ends_on"] == "2028-04-01"


def test_a_vesting_day_put_right_is_shown_as_a_correction(essex: Installation):
    announce(essex, "Essex", "--successor", "Greater Essex")
    words = ("--on", "2028-10-01", "--reason", "The order says October.", "--source", "The order")
    assert essex.run("authority", "correct-succession", "Essex", *words).exit_code == 0
    (entry,) = [one for one in essex.answer("timeline", ESSEX)["entries"] if one["type"] == "succession_announced"]
    assert (entry["on"], entry["status"]) == ("2028-10-01", "corrected")
    assert "Greater Essex" not in current(essex, "2028-04-01")
    assert "Greater Essex" in current(essex, "2028-10-01")


def test_what_is_refused_says_why(essex: Installation):
    assert "An authority does not follow itself." in announce(essex, "Essex", "--successor", "essex", code=1)
    assert "No local authority is known" in announce(essex, "Erewhon", "--successor", "X", code=2)
    words = ("carry-out-succession", "Surrey", "--source", "x")
    assert "Surrey ends on 1 April 2027" in essex.run("authority", *words).output


def test_a_day_after_which_inspectors_came_is_no_vesting_day(essex: Installation):
    words = ("--successor", "New", "--announced-on", "2019-01-07", "--source", "x")
    for day, code in (("2020-04-01", 1), ("2025-03-17", 1), ("2025-03-18", 0)):
        result = essex.run("authority", "announce-succession", "Essex", "--on", day, *words)
        assert (result.exit_code, "inspectors came on 17 March 2025" in result.output) == (code, code == 1), day


def test_a_number_given_later_finds_it_also_in_files(essex: Installation):
    words = ("give-number", "East Surrey", "2800001", "--source", "Ofsted's page")
    assert "East Surrey has the number 2800001." in essex.run("authority", *words).output
    found = essex.answer("standing", "2800001")["authority"]
    assert (found["urn"], found["ofsted_number"], found["begins_on"]) == ("east-surrey", "2800001", "2027-04-01")
    text = REPORT.replace("- name: Essex\n  urn: '80468'", "- urn: '2800001'")
    (report,) = essex.answer("history", "import", essex.write("later.yaml", text), "--dry-run")["files"]
    assert (report["new"], report["rejected"]) == (1, [])


def test_a_number_and_a_name_told_later_are_not_told_of_an_earlier_moment(essex: Installation):
    before = datetime.now(UTC).isoformat()
    essex.run("authority", "give-number", "East Surrey", "2800001", "--source", "A page", "--on", "2026-10-05")
    known = essex.store.application.authorities.authority("east-surrey")
    by = Told("local", uuid4(), Source("order", "An order"), datetime.now(UTC))
    known.rename(name="Surrey East", effective_on=date(2026, 10, 5), by=by)
    essex.store.ledger.save(known, command=by.command)
    essex.store.projector.catch_up()
    now = essex.answer("standing", "east-surrey")["authority"]
    then = essex.answer("standing", "east-surrey", "--known-at", before)["authority"]
    assert (now["name"], now["ofsted_number"]) == ("Surrey East", "2800001")
    assert (then["name"], then["ofsted_number"]) == ("East Surrey", None)
    follow = [essex.answer("standing", SURREY, *at)["authority"]["successors"] for at in ((), ("--known-at", before))]
    assert follow == [["Surrey East", "West Surrey"], ["East Surrey", "West Surrey"]]


# --- history documents ----------------------------------------------------------------------------------------------


def test_a_history_document_tells_the_same_and_lets_the_new_begin(essex: Installation):
    path = essex.write("announced.yaml", ANNOUNCED)
    dry = essex.answer("history", "import", path, "--dry-run")["totals"]
    told = essex.answer("history", "import", path)["totals"]
    assert (told["new"], told["rejected"]) == (dry["new"], dry["rejected"]) == (2, 0)
    found = essex.answer("standing", ESSEX, "--as-at", "2026-10-15")["authority"]
    assert (found["ends_on"], found["successors"]) == ("2028-04-01", ["Greater Essex", "Thurrock"])
    (item,) = [one for one in essex.answer("timeline", ESSEX)["entries"] if one["type"] == "succession_announced"]
    assert item["order"] == "Essex Order 2026, https://example.org/order"
    assert item["successors"] == ["Greater Essex", "80571"]
    assert "Greater Essex" in current(essex, "2028-04-01")
    assert essex.answer("history", "import", path)["totals"]["unchanged"] == 2
    assert essex.answer("standing", ESSEX)["data_horizon"] == "2026-10-15", "the vesting day is no reading"


def test_a_document_that_ends_an_authority_before_inspectors_came_is_rejected(essex: Installation):
    told = ANNOUNCED.replace("2026-10-15", "2019-01-07")
    for day, rejected in (("2020-04-01", 1), ("2025-03-17", 1), ("2025-03-18", 0)):
        path = essex.write("past.yaml", told.replace("2028-04-01", day))
        (report,) = essex.answer("history", "import", path, "--dry-run")["files"]
        why = [one["reason"] for one in report["rejected"] if "inspectors came on 17 March 2025" in one["reason"]]
        assert len(why) == rejected, report["rejected"]


def test_a_document_that_says_what_the_register_says_is_one_entry(essex: Installation):
    text = ANNOUNCED.replace("Essex", "Surrey").replace("80468", SURREY).replace("2028-04-01", "2027-04-01")
    text = text.replace("[Greater Surrey, '80571']", "[East Surrey, West Surrey]").replace("2026-10-15", "2025-10-28")
    text = text.replace("- name: Greater Surrey", "- name: East Surrey")
    assert essex.answer("history", "import", essex.write("surrey.yaml", text))["totals"]["rejected"] == 0
    (item,) = essex.answer("timeline", SURREY)["entries"]
    assert item["sources"][0]["title"] == "The order"


def test_what_is_exported_makes_another_store_answer_the_same(essex: Installation, tmp_path: Any):
    announce(essex, "Essex", "--successor", "Greater Essex", "--successor", "Thurrock")
    announce(essex, "Southend", "--successor", "greater essex")
    essex.run("authority", "cancel-succession", "Southend", "--on", "2026-11-01", "--source", "A statement")
    essex.run("history", "export", "--output", tmp_path / "out.yaml")
    other = Installation(tmp_path / "other")
    other.run("store", "migrate")
    report = other.answer("history", "import", tmp_path / "out.yaml")
    assert report["totals"]["rejected"] == 0
    for day in ("2026-10-14", "2026-10-31", "2026-11-01", "2028-04-01"):
        assert answers(other, day) == answers(essex, day), day
    other.store.close()


def test_a_number_given_later_is_exported_and_taken_in_from_its_own_day(essex: Installation, tmp_path: Any):
    essex.run("authority", "give-number", "East Surrey", "2800001", "--source", "A page", "--on", "2026-10-05")
    essex.run("authority", "give-number", "East Surrey", "951", "--scheme", "la_number", "--source", "A page")
    essex.run("history", "export", "--output", tmp_path / "out.yaml")
    other = Installation(tmp_path / "other")
    other.run("store", "migrate")
    for _ in range(2):
        report = other.answer("history", "import", tmp_path / "out.yaml")
        assert report["totals"]["rejected"] == 0
    for day in ("2026-10-04", "2026-10-05", "2027-04-01"):
        found = [made.answer("standing", "east-surrey", "--as-at", day)["authority"] for made in (other, essex)]
        assert found[0] == found[1]
        assert found[0]["ofsted_number"] == (None if day == "2026-10-04" else "2800001")
    assert other.answer("standing", "951")["authority"]["la_number"] == "951"
    other.store.close()


def test_a_number_of_another_authority_is_not_taken_in(essex: Installation):
    text = REPORT.replace("- name: Essex\n  urn: '80468'", "- name: East Surrey\n  numbers: [{GIVEN}]")
    for given, why in (
        ("scheme: urn, number: '80468', on: 2026-10-05", "80468 is the number of another authority"),
        ("scheme: urn, number: '12', on: 2026-10-05", "'12' is no number of the kind 'urn'"),
        ("scheme: urn, number: '2800001'", "on which day 2800001 was given"),
    ):
        path = essex.write("numbers.yaml", text.replace("GIVEN", given))
        (report,) = essex.answer("history", "import", path, "--dry-run")["files"]
        assert any(why in one["reason"] for one in report["rejected"]), report["rejected"]


def answers(made: Installation, day: str) -> Any:
    found = made.answer("standing", "--all", "--as-at", day)
    left_out = ("position", "data_horizon", "known_at")
    return [{key: value for key, value in row.items() if key not in left_out} for row in found]


OUTSIDE = """
schema_version: 1
authorities:
- name: Cumbria
  urn: '80457'
  history:
  - {type: focused_visit, start: 2023-09-05, end: 2023-09-06, published: 2023-10-17, sources: [{title: A letter}]}
  - {type: focused_visit, start: 2023-02-07, end: 2023-02-08, published: 2023-04-18, sources: [{title: A letter}]}
- name: East Surrey
  history:
  - {type: inspection, framework: ILACS, variant: standard, start: 2026-09-07, end: 2026-09-18, published: 2026-11-02,
     grades: {overall_effectiveness: good}, sources: [{title: A report}]}
"""


def test_what_began_while_its_authority_was_not_there_is_asked_and_governs_nothing(essex: Installation):
    essex.run("history", "import", essex.write("outside.yaml", OUTSIDE))
    found = {(one["authority"], one["start"]) for one in essex.answer("doubts")}
    assert found == {("Cumbria", "2023-09-05"), ("East Surrey", "2026-09-07")}
    standing = essex.answer("standing", "east-surrey")
    assert (standing["governing_inspection_published"], standing["judgements"]) == (None, [])
