"""An import says what it changes of where authorities stand, what it leaves to be asked, and which file shrank."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installation import Installation
from tests.web.intake.making import HISTORY, csv_file, history_row

BARNET = {"urn": "80487", "local_authority": "barnet"}
GOOD_2024 = history_row(
    **BARNET, publication_date="12/07/24", inspection_start_date="13/05/2024", inspection_end_date="17/05/2024"
)
GRADES = ("overall_effectiveness", "impact_of_leaders", "help_and_protection", "in_care", "care_leavers")


def unread(word: str = "data_unreadable") -> dict[str, str]:
    return {f"{area}_grade": word for area in GRADES}


def row(start: str, end: str, published: str, grades: dict[str, str] | None = None) -> list[object]:
    dates = {"inspection_start_date": start, "inspection_end_date": end, "publication_date": published}
    read = {"overall_effectiveness_grade": "not_reported_post_reform"}
    link = "https://files.ofsted.gov.uk/v1/file/50299001"
    return history_row(**BARNET, **dates, **(read if grades is None else grades), inspection_link=link)


@pytest.fixture
def barnet(tmp_path: Path) -> Installation:
    """Barnet was judged good in 2024."""
    here = Installation(tmp_path / "store")
    first = csv_file(tmp_path / "history_2024-08-01.csv", HISTORY, [GOOD_2024])
    (file,) = here.answer("history", "import", first)["files"]
    assert [(one["name"], one["before"], one["after"]) for one in file["standings_changed"]] == [
        ("Barnet", "unknown", "good_or_outstanding")
    ]
    return here


def read(here: Installation, *rows: list[object], dry_run: bool = False, name: str = "history_2026-11-20.csv") -> dict:
    file = csv_file(here.home.parent / name, HISTORY, [GOOD_2024, *rows])
    (report,) = here.answer("history", "import", *(["--dry-run"] if dry_run else []), file)["files"]
    return report


@pytest.mark.parametrize(
    ("told", "governs", "asked"),
    [
        (row("06/10/2026", "07/10/2026", "05/11/26", unread("")), False, "It may be a visit."),
        (row("07/09/2025", "18/09/2026", "20/10/26"), False, "It would last 377 days"),
        (row("06/09/2026", "18/09/2026", "20/10/26"), False, "is a Sunday"),
        (row("18/09/2026", "18/09/2026", "20/10/26"), False, "stands for its first and its last"),
        (row("07/09/2026", "18/09/2025", "20/10/26"), False, "It would end on 18 September 2025, before it began"),
        (row("07/09/2026", "18/09/2026", "20/10/25"), False, "It would be published on 20 October 2025"),
        (row("07/09/2026", "18/09/2026", "17/09/26"), False, "before inspectors had left on 18 September 2026"),
        (row("21/09/2026", "25/09/2026", "10/11/26", unread()), True, "no source gives a grade"),
    ],
    ids=[
        "two days without grades",
        "a year on site",
        "from a Sunday",
        "one day for both",
        "ended the year before",
        "published the year before",
        "published while on site",
        "unreadable",
    ],
)
def test_what_cannot_be_right_moves_no_standing_and_is_asked_about(barnet: Installation, told, governs, asked):
    before = barnet.answer("standing", "Barnet", "--as-at", "2026-11-30")
    file = read(barnet, told)
    assert (file["new"], file["standings_changed"]) == (1, [])
    (question,) = file["questions"]
    assert (question["name"], question["governs"]) == ("Barnet", governs)
    assert asked in " ".join(question["questions"])
    after = barnet.answer("standing", "Barnet", "--as-at", "2026-11-30")
    for key in ("pathway", "governing_inspection_published", "expected_next", "judgements"):
        assert after[key] == before[key]
    listed = barnet.answer("doubts", "--authority", "80487")
    assert {(one["authority"], one["entry"], one["governs"]) for one in listed} == {
        ("Barnet", question["entry"], governs)
    }
    (entry,) = (one for one in barnet.answer("timeline", "Barnet")["entries"] if "doubts" in one)
    assert [one["question"] for one in entry["doubts"]] == question["questions"]


def test_a_report_that_changes_where_an_authority_stands_is_named_before_and_after(barnet: Installation):
    worse = row("21/09/2026", "02/10/2026", "10/11/26", unread("inadequate"))
    file = read(barnet, worse, dry_run=True)
    (changed,) = file["standings_changed"]
    assert (changed["name"], changed["before"], changed["after"]) == ("Barnet", "good_or_outstanding", "inadequate")
    assert [one["what"] for one in changed["changes"]] == ["pathway", "window", "action plan due"]
    assert changed["why"].endswith("(new).")
    assert read(barnet, worse)["standings_changed"] == [changed], "a dry run says the same"
    assert read(barnet, worse)["standings_changed"] == []


def test_the_command_says_it_in_a_line(barnet: Installation):
    file = csv_file(
        barnet.home.parent / "history_2026-11-20.csv",
        HISTORY,
        [GOOD_2024, row("21/09/2026", "02/10/2026", "10/11/26", unread("inadequate"))],
    )
    said = barnet.run("history", "import", "--dry-run", file).output
    assert "Barnet: good or outstanding → inadequate; window 12 January 2027 to 12 January 2028 → " in said


# --- files that shrank ----------------------------------------------------------------------------------------------

NAMES = {"80487": "barnet", "80469": "gateshead", "80563": "stockton-on-tees"}


def listing(here: Installation, name: str, *urns: str) -> list[str]:
    rows = [history_row(urn=urn, local_authority=NAMES[urn]) for urn in urns]
    return here.answer("history", "import", csv_file(here.home.parent / name, HISTORY, rows))["files"][0]["notes"]


def test_a_file_that_lacks_many_authorities_of_the_last_one_says_so(tmp_path: Path):
    here = Installation(tmp_path / "store")
    assert listing(here, "history_2026-10-01.csv", *NAMES) == []
    assert listing(here, "history_2026-10-08.csv", "80487") == [
        "2 of 3 authorities that the last such file, read on 1 October 2026, listed are missing; nothing was deleted."
    ]
    assert listing(here, "history_2026-10-15.csv", *NAMES) == []
    assert listing(here, "history_2026-09-01.csv", "80487") == [], "an older file may list fewer"


def test_files_of_one_folder_are_held_against_each_other_in_a_dry_run_too(tmp_path: Path):
    here = Installation(tmp_path / "store")
    (folder := tmp_path / "files").mkdir()
    for day, urns in (("2026-10-01", [*NAMES]), ("2026-10-08", ["80487"])):
        rows = [history_row(urn=urn, local_authority=NAMES[urn]) for urn in urns]
        csv_file(folder / f"history_{day}.csv", HISTORY, rows)
    first, second = here.answer("history", "import", "--dry-run", folder)["files"]
    assert (first["notes"], len(second["notes"])) == ([], 1)


def test_a_shorter_list_of_visits_says_so_and_another_list_does_not(tmp_path: Path):
    here = Installation(tmp_path / "store")
    urns = (*NAMES, "80481", "80553")

    def visits(name: str, count: int) -> list[str]:
        rows = [[urn, "focused_visit", "2026-02-03", "2026-02-04", "2026-03-10"] for urn in urns[:count]]
        file = csv_file(tmp_path / name, ["urn", "kind", "visit_start", "visit_end", "published"], rows)
        return here.answer("history", "import", file)["files"][0]["notes"]

    assert visits("visits_2026-10-01.csv", 5) == []
    assert visits("visits_2026-10-08.csv", 3) == [
        "2 of 5 authorities that the last such file, read on 1 October 2026, listed are missing; nothing was deleted."
    ]
    assert visits("visits_2026-10-03.csv", 1) == []
