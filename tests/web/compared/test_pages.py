"""An authority beside others, the windows of all, and grades through the years, as pages and tables."""

from __future__ import annotations

import csv

import pytest

from tests.web.client import Client, Document
from tests.web.demo_app import GATESHEAD, HARINGEY, LEICESTERSHIRE, STOCKTON, demo_app
from tests.web.england_app import england_app
from web import WebApp
from web.compared.words import share

BESIDE = f"/authorities/{LEICESTERSHIRE}/neighbours"
DAY = "as_at=2026-11-30"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("store"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Client:
    """Pages of a store that holds the facts that ship."""
    return Client(england_app(tmp_path_factory.mktemp("england")))


def rows(page: Document, caption: str) -> list[list[str]]:
    """The rows of the table whose caption begins so, their cells in words; its head is the first."""
    (table,) = (one.parents[-1] for one in page.all("caption") if one.said.startswith(caption))
    found = [tr for tr in page.all("tr") if table in tr.parents]
    return [[cell.said for cell in page.all("th", "td") if cell.parents[-1] is tr] for tr in found]


def download(client: Client, address: str) -> list[dict[str, str]]:
    text = client.client.get(address).get_data(as_text=True)
    return [row for row in csv.DictReader(text.lstrip("\ufeff").splitlines()) if None not in row.values()]


def test_an_authority_stands_above_its_neighbours_the_oldest_report_first(england: Client):
    page = england.page(f"{BESIDE}?{DAY}")
    head, own, *others = rows(page, "Grades of the newest report")
    names = [row[0] for row in others]
    assert head[:6] == ["Authority", "Overall", "Leaders", "Help", "In care", "Care leavers"]
    assert own[:7] == [
        "Leicestershire",
        "O Outstanding",
        "O Outstanding",
        "G Good",
        "O Outstanding",
        "O Outstanding",
        "28",
    ]
    assert own[7] == "Short, Jan 27 to Jan 28"
    assert (names[0], names[9], names[10:]) == (
        "East Riding of Yorkshire",
        "Somerset",
        [
            "Ten neighbours good or better, of those graded",
            "East Midlands good or better",
            "England good or better",
        ],
    )
    assert others[10][1:7] == ["6/9", "7/10", "6/10", "7/10", "8/10", "28"]
    lede = next(one.said for one in page.all("p") if one.get("class") == "lede")
    assert lede == (
        "Leicestershire is outstanding ; so are 2 of its ten neighbours. Its report is 28 months old; the middle one "
        "of these is 28, of England’s 23."
    )
    assert "It names neither the model nor its year." in page.by_id("main-content").said


def test_what_no_source_tells_of_is_not_told_as_none(england: Client):
    somerset = next(row for row in rows(england.page(f"{BESIDE}?{DAY}"), "Grades") if row[0] == "Somerset")
    assert (somerset[1], somerset[-1]) == ("– Not given (2026 framework)", "–")
    (row,) = (one for one in download(england, f"{BESIDE}.csv?{DAY}") if one["authority"] == "Somerset")
    assert (row["overall_effectiveness"], row["visits_since"], row["report_published"]) == ("", "", "2026-06-17")


def test_nobody_is_told_to_be_worse_where_no_grade_is_held(client: Client):
    page = client.page(f"/authorities/{HARINGEY}/neighbours")
    assert "; of its ten neighbours no overall grade is held." in page.by_id("main-content").said
    assert "of England’s" not in page.by_id("main-content").said


def test_one_may_choose_whom_to_stand_beside_and_leave_each_out_again(client: Client):
    page = client.page(f"{BESIDE}?with={GATESHEAD}&with=Stockton&with=")
    assert [row[0] for row in rows(page, "Grades")[1:4]] == ["Leicestershire", "Gateshead", "Stockton-on-Tees"]
    (leave,) = (one for one in page.all("a") if one.said == "Leave out Gateshead")
    assert leave.get("href") == f"{BESIDE}?with={STOCKTON}"
    assert [row["authority"] for row in download(client, f"{BESIDE}.csv?with={GATESHEAD}")] == [
        "Leicestershire",
        "Gateshead",
    ]


def test_of_an_authority_that_ended_its_page_says_so(england: Client):
    said = england.page(f"/authorities/80457/neighbours?{DAY}").by_id("main-content").said
    assert "Cumbria did not exist on 30 November 2026." in said
    assert "No published list names neighbours of Cumbria." in said


def test_the_windows_of_all_are_drawn_counted_and_listed(england: Client):
    page = england.page(f"/windows?{DAY}")
    (drawn,) = {one.said for one in page.all("desc") if one.said.startswith("A line for each")}
    listed = rows(page, "The next graded inspection")[1:]
    assert drawn.startswith(f"A line for each of {len(listed)} windows.")
    assert len(listed) == len(download(england, f"/windows.csv?{DAY}"))
    past = [row for row in download(england, f"/windows.csv?{DAY}") if row["window_to"] < "2026-11-30"]
    assert f"Past their end: {len(past)};" in drawn


def test_windows_are_narrowed_and_sorted_by_the_address(england: Client):
    part = england.part(f"/windows?region=East+Midlands&state=upcoming&sort=closes&{DAY}")
    assert "<html" not in part
    assert "still to open in East Midlands." in part
    found = download(england, f"/windows.csv?region=East+Midlands&state=upcoming&sort=closes&{DAY}")
    assert {row["region"] for row in found} == {"East Midlands"}
    assert [row["window_to"] for row in found] == sorted(row["window_to"] for row in found)


def test_grades_through_the_years_say_until_when_they_are_known(england: Client):
    page = england.page(f"/regions?{DAY}")
    *_, last = rows(page, "Authorities at each overall grade")
    assert last == ["21 Aug 2026", "153", "46", "61", "24", "11", "11", "0"]
    assert "On 21 August 2026 75% of the authorities in England" in page.by_id("main-content").said
    table = download(england, f"/regions.csv?{DAY}")
    assert (table[-1]["on"], table[-1]["outstanding"], len(table)) == ("2026-08-21", "46", 14)


def test_a_region_has_its_grades_and_its_authorities(england: Client):
    page = england.page(f"/regions/East%20Midlands?{DAY}")
    assert len(rows(page, "Authorities of East Midlands")) == 11
    answer = england.client.get(f"/regions/east%20midlands?{DAY}")
    assert (answer.status_code, answer.location) == (301, f"/regions/East%20Midlands?{DAY}")
    assert england.client.get("/regions/Erewhon").status_code == 404


@pytest.mark.parametrize(("number", "of", "said"), [(6, 9, "6/9"), (30, 40, "30/40"), (31, 41, "76%"), (0, 0, "–")])
def test_few_are_told_as_a_count_and_many_per_cent(number: int, of: int, said: str):
    assert share(number, of) == said
