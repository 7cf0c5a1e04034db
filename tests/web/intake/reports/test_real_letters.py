"""The published letters and area SEND reports: every cell against what was made of all letters by hand and pattern.

The day of publication to compare with is that of the file's name, which is that of Ofsted's page. What is told
otherwise is listed here one by one, with the reason."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from domain.register.register import REGISTER
from domain.rulebook.themes.joint import theme_of
from domain.rulebook.themes.topics import filed_under
from domain.values.activities import Activity
from domain.values.documents import DocumentKind
from domain.values.statements import Kind
from tests.published import folder_of_real_files
from web.intake.reports.dates import day_of_name
from web.intake.reports.pages import PdfReader
from web.intake.reports.reader import read_document
from web.intake.reports.reading import DocumentReading

TODAY = date(2026, 11, 30)
Key = tuple[str, date]
Readings = dict[Key, DocumentReading]


def read_all(folder: Path) -> Readings:
    """By URN and day of the file's name."""
    readings: Readings = {}
    with PdfReader() as pdf:
        for path in sorted(folder.rglob("*.pdf")):
            named = day_of_name(path)
            assert named is not None
            urn = path.parent.name.partition("_")[0]
            readings[urn, named] = read_document(path, register=REGISTER, today=TODAY, pdf=pdf)
    return readings


@pytest.fixture(scope="module")
def documents() -> Path:
    folder = folder_of_real_files() / "documents"
    if not folder.is_dir():
        pytest.skip("NO REAL DOCUMENTS HERE: the folder of real files holds no documents/")
    return folder


@pytest.fixture(scope="module")
def letters(documents: Path) -> Readings:
    return read_all(documents / "focused_visit_letters")


@pytest.fixture(scope="module")
def joint(documents: Path) -> Readings:
    return read_all(documents / "jtai_letters")


@pytest.fixture(scope="module")
def send(documents: Path) -> Readings:
    return read_all(documents / "area_send_reports")


def held(one: DocumentReading, kind: Kind) -> Activity:
    """The visit or inspection as its letter alone tells it."""
    return Activity(UUID(int=1), one.urn or "", kind, start=one.start, focus=one.focus, theme=one.theme)


def printed_otherwise(readings: Readings) -> dict[Key, date | None]:
    """The days of publication read that are not that of the file's name; each has a doubt."""
    found = {key: one.published for key, one in readings.items() if one.published != key[1]}
    assert all(any("its file’s name says" in doubt for doubt in readings[key].doubts) for key in found)
    return found


# --- focused visits -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visits() -> dict[Key, dict[str, str]]:
    table = folder_of_real_files() / "visits" / "focused_visits_2018-02_to_2026-01.csv"
    with table.open(encoding="utf-8") as lines:
        return {(row["urn"], date.fromisoformat(row["published"])): row for row in csv.DictReader(lines)}


def test_every_letter_is_told_apart_and_its_authority_is_named_in_it(letters: Readings):
    assert len(letters) == 298
    assert {one.kind for one in letters.values()} == {DocumentKind.FOCUSED_VISIT_LETTER}
    assert [key for key, one in letters.items() if one.urn != key[0]] == []


def test_all_days_of_visits_are_right(letters: Readings, visits: dict[Key, dict[str, str]]):
    other = {
        key: (one.start, one.end)
        for key, one in letters.items()
        if (str(one.start), str(one.end)) != (visits[key]["visit_start"], visits[key]["visit_end"])
    }
    assert other == {("80458", date(2023, 11, 28)): (date(2023, 10, 24), date(2023, 10, 25))}, (
        "Darlington's letter prints a visit of a year, from 24 October 2022"
    )
    assert "periods" in letters["80458", date(2023, 11, 28)].uncertain
    assert {len(one.periods) for key, one in letters.items() if key != ("80477", date(2025, 8, 28))} == {1}
    assert len(letters["80477", date(2025, 8, 28)].periods) == 2


def test_all_days_of_publication_are_as_printed(letters: Readings):
    assert printed_otherwise(letters) == {("80505", date(2022, 11, 23)): date(2022, 11, 28)}
    by_name = {key for key, one in letters.items() if one.published_from == "file_name"}
    assert by_name == {("80445", date(2025, 8, 29)), ("80528", date(2025, 11, 6))}, "undated, and dated “20205”"


def test_priority_action_is_told_exactly(letters: Readings, visits: dict[Key, dict[str, str]]):
    told = {key: {True: "yes", False: "no", None: "?"}[one.priority_action] for key, one in letters.items()}
    assert [key for key in told if told[key] != visits[key]["areas_for_priority_action"]] == []
    assert sum(one.priority_action is True for one in letters.values()) == 17
    assert all(bool(one.priority_actions) is one.priority_action for one in letters.values())
    remaining = {key for key, one in letters.items() if any("earlier visit remain" in doubt for doubt in one.doubts)}
    assert remaining == {("80533", date(2021, 8, 9)), ("80526", date(2021, 6, 18))}


def test_findings_and_focus_are_read(letters: Readings):
    without = [key for key, one in letters.items() if not one.improvements]
    assert len(without) == 12, (
        "letters that list none: eleven that found nothing to improve, one that left earlier ones"
    )
    assert sum(len(one.improvements) for one in letters.values()) == 883
    unfocused = [key for key, one in letters.items() if one.focus is None]
    assert all(date(2020, 10, 1) < day < date(2021, 8, 1) for _, day in unfocused), "letters of the Covid round"
    assert all(one.lead_inspector and one.sections for one in letters.values())
    assert all(one.places[value].page == 1 for one in letters.values() for value in ("kind", "periods.0"))


def test_topics_of_visits_are_told_from_the_letters_words(letters: Readings):
    """Of 150 letters whose visit has a theme in Ofsted's yearly outcomes, 144 are told exactly as there. Three on
    placement decisions stand under children in care there, two on two topics under one of them, and Leicestershire's
    of May 2023 on children in care under permanence."""
    assert Counter(code for one in letters.values() for code in filed_under(held(one, Kind.FOCUSED_VISIT))) == {
        "children_in_need": 83,
        "front_door": 66,
        "leaving_care": 49,
        "children_in_care": 33,
        "permanence": 17,
        "vulnerable_adolescents": 13,
        "placement_decisions": 4,
        "covid_round": 30,
        "other_words": 9,
    }
    unnamed = {one.focus for one in letters.values() if filed_under(held(one, Kind.FOCUSED_VISIT)) == ("other_words",)}
    assert unnamed == {"children who need help and protection"}, "words of nine letters of 2018 and 2019"


def test_nothing_else_is_doubted(letters: Readings):
    kinds = (
        "does not say in a sentence what the visit looked at",
        "of an earlier visit remain",
        "was taken for the authority",
        "prints no day of its own",
        "cannot be right",
        "printed without a year",
        "its file’s name says",
        "does not mark where a list and its items begin",
    )
    doubts = [doubt for one in letters.values() for doubt in one.doubts]
    assert [doubt for doubt in doubts if not any(kind in doubt for kind in kinds)] == []
    assert sum("does not mark where a list" in doubt for doubt in doubts) == 14
    assert sorted(key[0] for key, one in letters.items() if one.uncertain) == ["80458"]


# --- joint inspections ----------------------------------------------------------------------------------------------


def test_joint_inspections_have_their_days_theme_and_the_day_of_the_statement(joint: Readings):
    assert len(joint) == 44
    assert {one.kind for one in joint.values()} == {DocumentKind.JTAI_LETTER}
    assert [key for key, one in joint.items() if one.urn != key[0]] == []
    assert {one.end - one.start for one in joint.values() if one.start and one.end} == {timedelta(4), timedelta(5)}
    longer = {key[0] for key, one in joint.items() if one.start and one.end and (one.end - one.start).days == 5}
    assert longer == {"80499", "80536"}, "a Sunday and a Saturday as printed; both are doubted"
    assert all(one.statement_due and one.principal_authority for one in joint.values())
    assert printed_otherwise(joint) == {
        ("80484", date(2016, 12, 5)): date(2016, 12, 2),
        ("80485", date(2016, 8, 3)): date(2016, 8, 2),
        ("80537", date(2017, 8, 11)): date(2017, 8, 10),
    }
    assert {one.theme for one in joint.values()} == {
        "Child exploitation",
        "Child sexual exploitation",
        "Child sexual exploitation, children associated with gangs and at risk of exploitation and children missing "
        "from home, care or education",
        "Children and families who need help",
        "Children who are victims of domestic abuse",
        "Children's mental health",
        "Criminal exploitation of children",
        "Domestic abuse",
        "Identification of initial need and risk",
        "Neglect",
        "Serious youth violence",
        "Sexual abuse in the family",
    }


def test_every_joint_inspection_has_a_theme_of_the_list_in_its_months(joint: Readings):
    found = {key: theme_of(held(one, Kind.JTAI)) for key, one in joint.items()}
    assert [key for key, one in found.items() if one is None or one.inferred] == []
    assert all(one and one.round.in_force(start) for key, one in found.items() if (start := joint[key].start))
    assert Counter(one.theme.code for one in found.values() if one) == {
        "initial_need_and_risk": 12,
        "sexual_abuse_in_the_family": 6,
        "child_sexual_exploitation": 5,
        "domestic_abuse": 5,
        "mental_health": 4,
        "neglect": 3,
        "exploitation_gangs_missing": 2,
        "child_exploitation": 2,
        "serious_youth_violence": 2,
        "criminal_exploitation": 1,
        "families_who_need_help": 1,
        "domestic_abuse_0_to_7": 1,
    }


def test_joint_inspections_with_priority_action_are_told(joint: Readings):
    made = {key[0]: len(one.priority_actions) for key, one in joint.items() if one.priority_action}
    assert made == {"80447": 3, "80465": 1, "80485": 5, "80522": 1, "80550": 4, "80554": 2, "80572": 2}
    assert all(one.improvements for one in joint.values())
    assert not any(one.uncertain for one in joint.values())


# --- area SEND ------------------------------------------------------------------------------------------------------


def test_area_send_reports_agree_with_the_overview(send: Readings):
    assert len(send) == 30
    assert {one.kind for one in send.values()} == {DocumentKind.AREA_SEND_REPORT}
    for key, one in send.items():
        assert (one.urn, one.published, one.published_from) == (*key, "file_name")
        assert one.lead_inspector
        assert one.improvements
        assert one.doubts == ()
    assert {key[0]: one.outcome for key, one in send.items() if one.outcome != 2} == OUTCOMES
    assert {key[0]: len(one.priority_actions) for key, one in send.items() if one.priority_action} == PRIORITIES
    lengths = {key[0]: (one.end - one.start).days for key, one in send.items() if one.start and one.end}
    assert {urn for urn, days in lengths.items() if days != 4} == {"80495", "80536"}
    assert all(one.start and one.start.weekday() in (0, 3) for one in send.values())


OUTCOMES = {
    **dict.fromkeys(("80438", "80451", "80473", "80495", "80498", "80543", "80547", "80570", "80580"), 1),
    **dict.fromkeys(("2637539", "80475", "80480", "80534", "80536", "80538", "80584"), 3),
}
PRIORITIES = {"2637539": 4, "80475": 2, "80480": 3, "80534": 2, "80536": 5, "80538": 5, "80584": 3}
