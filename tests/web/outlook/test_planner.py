"""What is coming up: windows past their end, open and to open, and two years by month with the names behind."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from domain.values.statements import Kind
from tests.installation import Installation
from tests.published import Published
from tests.web.client import HTMX, Client, Document
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, told
from web import WebApp, create_app
from web.store.settings import Settings
from web.store.store import current_store

THEN = "as_at=2021-10-31"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("store"))


@pytest.fixture
def client(app: WebApp) -> Client:
    return Client(app)


def line(page: Document, month: str) -> list[str]:
    """The cells of one month in words."""
    (head,) = [th for th in page.all("th") if th.said == month and th.get("scope") == "row"]
    row = head.parents[-1]
    return [cell.said for cell in page.all("td") if cell.parents[-1] is row]


def test_every_number_has_its_names_behind_it(client: Client):
    page = client.page(f"/coming-up?{THEN}")
    opening, closing, overdue, opened = line(page, "Jun 2022")
    assert opening == "0"
    assert closing == "2 closing in Jun 2022 Haringey 14 Jun Leeds 18 Jun"
    assert overdue == "2 whose window has ended in Jun 2022 Haringey Leeds"
    assert re.fullmatch(r"\d+ open in Jun 2022", opened)
    links = {link.get("href") for link in page.all("a") if link.said == "Haringey"}
    assert links == {f"/authorities/{HARINGEY}?{THEN}", f"/authorities/{HARINGEY}/window?{THEN}"}


def test_there_are_24_months(client: Client):
    page = client.page(f"/coming-up?{THEN}")
    heads = [th.said for th in page.all("th") if th.get("scope") == "row" and th.inside("tbody")]
    months = heads[heads.index("Oct 2021") : heads.index("Sep 2023") + 1]
    assert len(months) == 24


def test_a_window_is_a_line_with_the_grade_the_kind_and_the_end_that_matters(client: Client):
    text = client.page(f"/coming-up?{THEN}").by_id("results").said
    assert "Haringey RI Requires improvement Standard to 14 Jun 22" in text
    assert "Gateshead G Good Short 11 Dec 21 to 11 Dec 22" in text
    late = client.page("/coming-up?as_at=2022-12-20").by_id("overdue").said
    assert "Haringey RI Requires improvement Standard ended 14 Jun 22" in late
    drawn = [one.said for one in client.page(f"/coming-up?{THEN}").all("desc")]
    assert "Ofsted’s policy: June 2021 to June 2022." in drawn


def test_that_ofsted_is_late_is_said_only_as_far_as_reports_are_known(client: Client, england: WebApp):
    late = client.page("/coming-up?as_at=2022-12-20").by_id("overdue").said
    assert "past their end Ofsted is later than its policy." in late
    unsure = Client(england).page("/coming-up?as_at=2026-11-30").by_id("overdue").said
    assert re.search(r"with the first \d+, as known on \d+ August 2026\. Whether an inspection has come to", unsure)
    assert "ended 11 Nov 26 , not known whether an inspection came" in unsure


def test_a_priority_action_is_noted_beside_the_window(client: Client):
    text = client.page("/coming-up?as_at=2029-01-01").by_id("results").said
    assert "After priority action: expected from December 2026 to January 2028." in text


def test_old_addresses_lead_here_with_all_they_ask(client: Client):
    for old, new in (
        ("/planner?region=London&month=2022-06", "/coming-up?region=London&month=2022-06"),
        ("/forecasts?from=2023-01-01", "/coming-up/forecasts?from=2023-01-01"),
        ("/forecasts/visits", "/coming-up/forecasts/visits"),
        ("/calendar?urn=80498&urn=80563", "/coming-up/calendars?urn=80498&urn=80563"),
    ):
        answer = client.client.get(old)
        assert (answer.status_code, answer.location) == (308, new)


def test_region_and_pathway_narrow_everything_and_empty_ones_leave_the_address(client: Client):
    page = client.page(f"/coming-up?region=London&{THEN}")
    assert page.by_id("results-count").said == "Of the windows of 33 authorities, 1 is open now."
    assert "Leeds" not in page.by_id("results").said
    answer = client.client.get("/coming-up?region=London&pathway=&month=")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/coming-up?region=London")
    part = client.client.get(f"/coming-up?region=London&pathway=&{THEN}", headers=HTMX)
    assert part.headers["HX-Push-Url"] == f"/coming-up?region=London&{THEN}"


@pytest.mark.parametrize(("name", "value"), [("region", "Wessex"), ("pathway", "fine"), ("month", "1999-01")])
def test_a_value_that_does_not_exist_narrows_nothing_and_is_said(client: Client, name: str, value: str):
    page = client.page(f"/coming-up?{name}={value}")
    assert f"“{value}” is not a {name} known here, so it was left out." in page.by_id("results").said
    assert "of 153 authorities" in page.by_id("results-count").said


def test_a_month_shows_every_window_open_in_it(client: Client):
    page = client.page(f"/coming-up?month=2022-06&{THEN}")
    (heading,) = [h2 for h2 in page.all("h2") if h2.get("id") == "month-heading"]
    number = int(line(page, "Jun 2022")[3].split()[0])
    assert heading.said == f"June 2022: {number} window{'s' if number > 1 else ''} open on some day"
    assert "Closes on 14 June 2022" in page.by_id("results").said
    (close,) = [link for link in page.all("a") if link.said == "Close this month"]
    assert close.get("href") == f"/coming-up?{THEN}"


def test_the_chosen_windows_lead_to_their_calendar(client: Client):
    page = client.page(f"/coming-up?region=London&{THEN}")
    (link,) = [link for link in page.all("a") if link.said == "Calendar"]
    there = client.page(link.get("href") or "")
    assert there.by_id("address").get("value") == f"http://localhost/calendar/chosen.ics?region=London&{THEN}"


def test_who_has_no_window_is_counted_and_said(client: Client):
    text = client.page("/coming-up").by_id("results").said
    assert re.search(r"Not shown, as they have no window: .*\d+ authorities are on no known pathway", text)
    assert "5 authorities were abolished" in text


def test_who_comes_when_says_what_it_is_from_when_and_which_rule(client: Client):
    page = client.page(f"/coming-up?{THEN}")
    assert "#near" in [link.get("href") for link in page.all("a")]
    near = page.by_id("near").said
    assert "by what is held here: 3 pairs in 3 authorities, 3 with one already held." in near
    assert (
        "Gateshead Short inspection, window 11 December 2021 to 11 December 2022 Focused visit, held 22 September 2021 "
        "About 3 months before it opens Ofsted aims at six months, and is not bound to (R-050)"
    ) in near
    assert "No source read here tells of all graded inspections, focused visits" in near
    before = client.page("/coming-up?as_at=2021-09-21").by_id("near").said
    assert "Gateshead" not in before
    found = client.client.get(f"/api/planner?{THEN}").get_json()
    (gateshead,) = [one for one in found["close_together"] if one["urn"] == GATESHEAD]
    assert gateshead["coming"] | {"told": "window", "from": "2021-12-11"} == gateshead["coming"]
    assert gateshead["beside"] == {
        "activity": "focused_visit",
        "told": "held",
        "from": "2021-09-22",
        "to": "2021-09-22",
        "status": None,
        "by_publication": False,
    }
    assert (gateshead["days"], gateshead["rule"]) == (-80, "R-050")
    assert found["held_known_until"]["focused_visit"] is None


def test_what_was_called_is_told_by_its_days_once_it_was_known(tmp_path: Path):
    app = demo_app(tmp_path)
    with app.app_context():
        store = current_store()
        store.application.announcements.announce(
            GATESHEAD,
            kind=Kind.AREA_SEND,
            notified_on=date(2026, 8, 24),
            expected_start=date(2026, 9, 7),
            expected_end=date(2026, 9, 11),
            by=told("the call for area SEND"),
        )
        store.application.announcements.announce(
            GATESHEAD, kind=Kind.FOCUSED_VISIT, notified_on=date(2026, 8, 24), by=told("the call for a visit")
        )
        store.projector.catch_up()
    said = "Focused visit, announced: on site 1 to 3 September 2026"
    client = Client(app)
    near = client.page("/coming-up?as_at=2026-08-25").by_id("near").said
    assert "Area SEND inspection, announced: on site 7 to 11 September 2026" in near
    assert said in near
    for earlier in ("as_at=2026-08-23", "as_at=2026-08-25&known_at=2026-08-31"):
        assert said not in client.page(f"/coming-up?{earlier}").by_id("near").said
    calendar = client.client.get(f"/calendar/{GATESHEAD}.ics?as_at=2026-08-25").text.replace("\r\n ", "")
    assert "Gateshead: area SEND inspection\\, days on site" in calendar
    assert "DTSTART;VALUE=DATE:20260907" in calendar


def test_a_day_after_the_data_horizon_says_that_nothing_is_known_of_it(client: Client):
    assert "No source read here tells of graded inspections of every authority; the newest was" in (
        client.page("/coming-up?as_at=2028-01-01").by_id("results").said
    )
    assert "may have been answered" not in client.page(f"/coming-up?{THEN}").by_id("results").said


def test_an_empty_store_has_a_planner_without_windows(tmp_path: Path):
    app = create_app(Settings(home=tmp_path))
    with app.app_context():
        current_store().migrate()
    page = Client(app).page("/coming-up?month=2020-03&as_at=2020-03-01")
    text = page.by_id("results").said
    assert "No window is open." in text
    assert "None is known to be past its end" in text
    assert "March 2020: 0 windows open on some day" in text


def test_the_command_tells_months_in_plain_lines_and_refuses_in_words(with_history: Installation):
    told = with_history.run("planner", "--as-at", "2022-10-31")
    assert told.exit_code == 0
    first, *months = told.stdout.splitlines()
    assert first == "overdue now 0, open now 1"
    assert len(months) == 24
    assert months[3] == "2023-01  opening   0  open   1  closing   1  overdue_from   1"
    for option, words in (("--region", "No authority is in a region called"), ("--pathway", "is not a pathway")):
        refused = with_history.run("planner", option, "Wessex")
        assert refused.exit_code == 2
        assert words in refused.stderr


@pytest.fixture(scope="module")
def england(published: Published, tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return create_app(Settings(home=published.copied_to(tmp_path_factory.mktemp("england") / "instance")))


@pytest.mark.parametrize(
    "query", ["", "?as_at=2021-01-01", "?as_at=2025-03-01&known_at=2099-01-01", "?as_at=2027-06-01&month=2028-01"]
)
def test_all_of_england_fits_180_kilobytes(england: WebApp, query: str):
    response = england.test_client().get(f"/coming-up{query}")
    assert response.text.count("/authorities/") > 100
    assert len(response.data) <= 180 * 1024
    Client(england).page(f"/coming-up{query}")
