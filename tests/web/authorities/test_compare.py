"""Two dates side by side: the page, its papers, its JSON."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from docx import Document as WordDocument
from flask.testing import FlaskClient

from domain.plans.action_commands import ChangeFindings, ReportProgress, SetMeasure
from domain.plans.commands import EraseWords
from domain.plans.question_commands import AskQuestion
from domain.values.plans import Progress, Track
from domain.values.roles import Role
from tests.web.authorities.corrected import AUTHORITY, by, corrected_app, shown
from tests.web.client import HTMX, Client, Document
from tests.web.demo_app import GATESHEAD, HARINGEY, UNTOUCHED, open_plans, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return corrected_app(tmp_path_factory.mktemp("compare"))


@pytest.fixture
def member(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    return client


def test_what_happened_between_two_days_is_news(client: Client):
    page = client.page(f"{AUTHORITY}/compare?from=2023-01-01&to=2024-01-01")
    said = shown(page)
    assert "What happened from 1 January 2023 to 1 January 2024, as known today." in said
    assert "Standard inspection Added" in said
    assert not [mark for mark in page.all("b") if mark.said == "News"], "news goes without saying"
    assert "Action plans are compared" not in said, "the public may not compare plans"
    assert "Correction" not in said
    assert "Pathway Requires improvement Good or outstanding" in said


def test_what_was_learned_between_two_days_is_told_as_corrections_old_and_new(client: Client):
    page = client.page(f"{AUTHORITY}/compare?from_known=2097-09-01&to_known=2097-09-02&to=2026-09-30")
    said = shown(page)
    assert "What was learned from 1 September 2097 to 2 September 2097" in said
    assert "about how things stood on 30 September 2026." in said
    assert "The impact of leaders was Requires improvement , now Inadequate ." in said
    assert "Published was 14 December 2018 , now 15 December 2018 ." in said
    assert "Withdrawn: Another’s visit." in said
    assert "2 corrections of what was held" in said
    deleted, inserted = ([one.said for one in page.all(tag)] for tag in ("del", "ins"))
    assert "14 December 2018" in deleted
    assert "15 December 2018" in inserted


def test_two_equal_moments_do_not_differ(client: Client):
    page = client.page(f"{AUTHORITY}/compare?from=2024-01-01&to=2024-01-01")
    assert "No difference." in shown(page)
    assert "Nothing that is held differs between the two." in shown(page)


def test_an_authority_without_history_can_be_compared(client: Client):
    assert "No difference." in shown(client.page(f"/authorities/{UNTOUCHED}/compare"))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2025-01-01&to=2024-01-01", "The range ends before it begins"),
        ("from=yesterday", "as year, month and day"),
        ("from_known=2097-09-02&to_known=2097-09-01", "Exchange the two dates."),
    ],
)
def test_moments_that_cannot_be_compared_are_refused_in_words(client: Client, query: str, words: str):
    assert words in shown(client.page(f"{AUTHORITY}/compare?{query}", status=422))


def test_a_refused_range_shows_the_form_again_as_it_was_filled_in_with_the_words_at_the_field(client: Client):
    page = client.page(f"{AUTHORITY}/compare?from=2025-01-01&to=2024-01-01&to_known=soon", status=422)
    assert page.by_id("compare-from").get("value") == "2025-01-01"
    assert page.by_id("compare-to").get("value") == "2024-01-01"
    wrong = page.by_id("compare-to-error")
    assert "1 January 2024 is before 1 January 2025" in wrong.said
    assert wrong.attributes["id"] in (page.by_id("compare-to").get("aria-describedby") or "")
    assert "as year, month and day" in page.by_id("compare-to_known-error").said, "every mistake at once"
    assert client.client.get(f"{AUTHORITY}/compare?from=2025-01-01&to=2024-01-01", headers=HTMX).status_code == 422


def test_a_refused_range_of_a_plan_shows_its_form_again(app: WebApp, member: Client):
    plan = open_plans(app)[HARINGEY]
    page = member.page(f"/plans/{plan}/compare?from=2025-01-01&to=2024-01-01", status=422)
    assert page.by_id("compare-to").get("value") == "2024-01-01"
    assert "is before" in page.by_id("compare-to-error").said


def test_the_lasting_link_shows_the_same_after_more_was_recorded(client: Client, app: WebApp):
    page = client.page(f"{AUTHORITY}/compare?from=2023-01-01&to=2024-01-01")
    (link,) = [one.get("href") or "" for one in page.all("a") if one.said == "Link to exactly this"]
    assert all(name in link for name in ("from=", "to=", "from_known=", "to_known="))
    before = result_of(client.page(link))
    with app.app_context():
        door = store_of(app).application
        door.authorities.record_focused_visit(
            HARINGEY,
            started_on=date(2023, 9, 5),
            ended_on=date(2023, 9, 6),
            focus="front door",
            by=by("", datetime(2097, 9, 10, tzinfo=UTC)),
        )
        store_of(app).projector.catch_up()
    assert result_of(client.page(link)) == before
    assert "front door" in shown(client.page(f"{AUTHORITY}/compare?from=2023-08-01&to=2024-01-01"))


def result_of(page: Document) -> str:
    found = page.by_id("results")
    assert found is not None
    return found.said


def test_other_identifiers_lead_to_the_authority_s_own_address(client: Client):
    answer = client.client.get("/authorities/Haringey/compare?from=2023-01-01")
    assert (answer.status_code, answer.location) == (301, f"{AUTHORITY}/compare?from=2023-01-01")


def test_the_part_that_htmx_receives_is_a_piece_of_the_page(client: Client):
    client.part(f"{AUTHORITY}/compare?from=2023-01-01&to=2024-01-01")


def test_what_is_left_empty_leaves_the_address(client: Client):
    untidy = f"{AUTHORITY}/compare?from=2023-01-01&to=2024-01-01&from_known=&to_known="
    tidy = f"{AUTHORITY}/compare?from=2023-01-01&to=2024-01-01"
    answer = client.client.get(untidy)
    assert (answer.status_code, answer.location) == (303, tidy)
    assert client.client.get(untidy, headers=HTMX).headers["HX-Push-Url"] == tidy


def test_the_paper_says_the_same_with_real_headings(client: Client):
    answer = client.client.get(f"{AUTHORITY}/compare.docx?from_known=2097-09-01&to_known=2097-09-02&to=2026-09-30")
    paper = WordDocument(io.BytesIO(answer.data))
    headings = [one.text for one in paper.paragraphs if one.style and (one.style.name or "").startswith("Heading")]
    assert headings[:2] == ["Before and after", "Inspections"]
    cells = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    assert ["The impact of leaders", "Requires improvement", "Inadequate"] in cells
    assert any("/compare?from=" in one.text for one in paper.paragraphs)


def test_the_table_says_the_same_and_holds_no_formula(client: Client):
    answer = client.client.get(f"{AUTHORITY}/compare.csv?from_known=2097-09-01&to_known=2097-09-02&to=2026-09-30")
    assert answer.mimetype == "text/csv"
    assert answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    (row,) = [row for row in rows if row["value"] == "The impact of leaders"]
    assert (row["was"], row["now"], row["why"]) == ("Requires improvement", "Inadequate", "Correction")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]


def test_json_says_the_same(client: Client):
    found = client.client.get(
        f"/api/authorities/{HARINGEY}/compare?from_known=2097-09-01&to_known=2097-09-02&to=2026-09-30"
    ).get_json()
    changes = {one["field"]: one for row in found["changed"] for one in row["changes"]}
    assert changes["published"] == {"field": "published", "was": "2018-12-14", "now": "2018-12-15", "why": "corrected"}
    assert changes["grades.impact_of_leaders"]["now"] == "inadequate"
    assert len(found["withdrawn"]) == 1
    assert found["before"]["position"] < found["after"]["position"]


def test_a_plan_is_compared_action_by_action_for_whoever_has_a_role(app: WebApp, member: Client):
    plan = app.extensions["plans"][HARINGEY]
    page = member.page(f"/plans/{plan}/compare?from=2026-08-01&to=2026-12-31")
    assert "The plan was not open, or not known, at the earlier date. 1 difference; 0 the same." in shown(page)
    assert "Action 1: Review every unallocated case each week Added" in shown(page)
    overdue = shown(member.page(f"/plans/{plan}/compare?from=2026-08-10&to=2026-12-31"))
    assert "State was Not started , now Overdue ." in overdue
    for kind in ("docx", "csv"):
        assert member.client.get(f"/plans/{plan}/compare.{kind}?from=2026-08-01&to=2026-12-31").status_code == 200
    nothing = f"/plans/{UUID(int=7)}/compare"
    assert member.client.get(nothing).status_code == 404


@pytest.fixture
def moved(app: WebApp) -> UUID:
    """Gateshead's plan: its overdue action was begun, its measure counted in another unit, it answers the other finding
    as well, and a member asked in vain."""
    plan: UUID = app.extensions["plans"][GATESHEAD]
    door = store_of(app).application
    asker = person(app, Role.MEMBER)
    with app.app_context():
        one, two = list(door.plans.plan(plan).state.findings)[:2]
        door.do(SetMeasure(plan, 1, measure="Share in time", on=date(2020, 1, 10)), by=told("measure"))
        report = {"progress": Progress.IN_PROGRESS, "track": Track.OFF_TRACK}
        door.do(ReportProgress(plan, 1, **report, on=date(2020, 3, 1)), by=told("begun"))
        door.do(SetMeasure(plan, 1, measure="Share in time", unit="%", on=date(2020, 3, 1)), by=told("unit"))
        door.do(ChangeFindings(plan, 1, findings=[one, two], on=date(2020, 3, 1)), by=told("findings"))
        question = {"question": "Why so late?", "action": 1, "on": date(2020, 1, 20)}
        door.do(AskQuestion(plan, **question), by=replace(told("question"), actor=str(asker.person)))
        store_of(app).projector.catch_up()
    return plan


def test_whatever_an_action_s_progress_measure_and_findings_became_is_told(moved: UUID, member: Client):
    page = shown(member.page(f"/plans/{moved}/compare?from=2020-01-21&to=2020-06-01"))
    assert "Progress was Not started , now In progress ." in page
    assert "Confidence was none , now Off track ." in page
    assert "Unit of the measure was none , now % ." in page
    assert "Findings it answers, by number was 1 , now 1 and 2 ." in page
    assert "Share in time" not in page, "the same words of a newer fact are no change"


def test_that_a_question_fell_overdue_in_between_is_news_and_nobody_is_named_by_an_id(moved: UUID, member: Client):
    said = shown(member.page(f"/plans/{moved}/compare?from=2020-01-21&to=2020-06-01"))
    assert "now Overdue" in said
    assert "Learned later" not in said
    assert "asked on 20 January 2020, by a member" in said
    asked = [one.said for one in member.page("/my-work/questions").all("li")]
    assert [one for one in asked if "asked 20 January 2020, by a member" in one]


def test_who_erased_words_is_told_on_every_page_and_paper_by_an_office_or_a_role(
    moved: UUID, app: WebApp, member: Client
):
    door = store_of(app).application
    eraser = person(app, Role.ADMINISTRATOR, office="Head of Safeguarding")
    with app.app_context():
        (asked,) = door.plans.plan(moved).state.challenges.values()
        erasing = replace(told("erasing", reason="It named a child."), actor=str(eraser.person))
        door.do(EraseWords(moved, [asked.question.sealed.subject], on=date(2026, 9, 1)), by=erasing)
        store_of(app).projector.catch_up()
    pages = ("/my-work/questions", f"/plans/{moved}/report", f"/plans/{moved}/compare?from=2020-01-01&to=2020-06-01")
    for page in pages:
        assert "Erased on 1 September 2026, by Head of Safeguarding: It named a child." in shown(member.page(page)), (
            page
        )
    table = member.client.get(f"/plans/{moved}/compare.csv?from=2020-01-01&to=2020-06-01").text
    assert "by Head of Safeguarding" in table
    assert str(eraser.person) not in table


def test_a_plan_s_page_counts_its_own_later_changes_and_leads_to_its_comparison(
    moved: UUID, member: Client, client: Client
):
    page = member.page(f"/plans/{moved}?as_at=2020-02-01")
    assert "3 later changes are not shown. See them" in shown(page), "the report, the action and the question"
    (see,) = [one.get("href") or "" for one in page.all("a") if one.said == "See them"]
    assert see == f"/plans/{moved}/compare?from=2020-02-01"
    assert "not shown" not in shown(client.page(f"/plans/{moved}?as_at=2020-02-01"))


def test_that_its_report_was_replaced_in_between_is_a_line_of_its_own(moved: UUID, member: Client):
    page = member.page(f"/plans/{moved}/compare?from=2025-01-28&to=2025-01-29")
    (line,) = [one for one in page.all("li") if "Its report was replaced by a newer graded report" in one.said]
    assert "published on 29 January 2025" in line.said
    (link,) = [one.get("href") or "" for one in page.all("a") if line in one.parents]
    assert link.startswith("/inspections/")
    assert "Published 29 January 2025" in shown(member.page(link))
    for days in ("from=2025-01-29&to=2025-03-01", "from=2020-06-01&to=2025-01-28"):
        assert "report was replaced" not in shown(member.page(f"/plans/{moved}/compare?{days}"))
    assert "Its report was replaced" in member.client.get(f"/plans/{moved}/compare.csv?from=2025-01-28").text


@pytest.mark.parametrize("where", ["/plans", "/my-work/actions?work=all", "/my-work/questions", "/my-work/meetings"])
def test_a_list_about_plans_tells_no_number_of_changes_in_histories(member: Client, where: str):
    page = member.page(f"{where}{'&' if '?' in where else '?'}as_at=2018-02-01")
    assert "You are looking at 1 February 2018" in shown(page)
    assert "not shown" not in shown(page)


def test_late_on_a_summer_evening_the_boxes_show_the_day_of_london(client: Client):
    box = client.page(f"{AUTHORITY}?known_at=2098-07-01T23:30:00Z").by_id("known-at")
    assert box is not None
    assert box.get("value") == "2098-07-02"
    page = client.page(f"{AUTHORITY}/compare?from_known=2098-07-01T23:30:00Z")
    assert [one.get("value") for one in page.all("input") if one.get("name") == "from_known"] == ["2098-07-02"]


def test_the_page_of_an_authority_leads_to_the_comparison_of_each_plan(app: WebApp, member: Client):
    page = member.page(f"{AUTHORITY}/compare?from=2026-08-01&to=2026-12-31")
    assert "Action plans are compared on pages of their own" in shown(page)
    links = [link.get("href") for link in page.all("a") if link.said.startswith("Action plan opened on")]
    assert links == [f"/plans/{app.extensions['plans'][HARINGEY]}/compare?from=2026-08-01&to=2026-12-31"]
    assert "Action plans are compared" not in shown(member.page(f"/authorities/{UNTOUCHED}/compare"))


def test_words_that_end_with_a_full_stop_are_told_with_one(tmp_path: Path):
    app = corrected_app(tmp_path)
    member = Client(app)
    sign_in(app, member.client, person(app, Role.MEMBER))
    plan = app.extensions["plans"][GATESHEAD]
    with app.app_context():
        report = {"progress": Progress.IN_PROGRESS, "narrative": "All teams use it.", "on": date(2026, 9, 1)}
        store_of(app).application.do(ReportProgress(plan, 1, **report), by=told("progress"))
        store_of(app).projector.catch_up()
    page = member.page(f"/plans/{plan}/compare?from=2026-08-15&to=2026-12-31")
    (change,) = [one.said for one in page.all("p") if one.said.startswith("Latest update was")]
    assert change.endswith("All teams use it.")
    assert not [mark for mark in page.all("b") if mark.said == "News"]


def test_twenty_documents_a_minute_are_made_for_one_address_of_strangers(app: WebApp):
    def answer(address: str) -> int:
        where = {"REMOTE_ADDR": address}
        return app.test_client().get(f"{AUTHORITY}/compare.csv", environ_base=where).status_code

    assert [answer("203.0.113.9") for _ in range(21)] == [200] * 20 + [429]
    assert answer("203.0.113.10") == 200


def test_documents_of_people_are_counted_by_person(app: WebApp):
    def client() -> FlaskClient:
        found = app.test_client()
        sign_in(app, found, person(app, Role.MEMBER))
        return found

    one, other = client(), client()
    plan = f"/plans/{app.extensions['plans'][HARINGEY]}"
    assert [one.get(f"{plan}/actions.csv").status_code for _ in range(21)] == [200] * 20 + [429]
    assert one.get(f"{plan}/report.docx").status_code == 429, "of whatever kind"
    assert other.get(f"{plan}/report.docx").status_code == 200
