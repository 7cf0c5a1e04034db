"""The register of a plan of twenty-six actions: what it says first, what the address narrows, and what is folded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.facts import Told
from domain.plans.commands import AddAction, ChooseLabels, PublishPlan
from domain.values.days import LONDON
from domain.values.plans import Colour, Label, Reading
from domain.values.roles import Role
from domain.values.statements import Source
from tests.long_plan import GATESHEAD, tell_a_long_plan
from tests.web.client import Client, Document
from tests.web.demo_app import demo_app
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.words import dates

Made = tuple[WebApp, UUID]


def told(actor: str = "officer") -> Told:
    return Told(actor, uuid4(), Source("form", "Form"), datetime.now(LONDON))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Read only, but for what the last tests tell."""
    app, today = demo_app(tmp_path_factory.mktemp("register")), dates.today()
    with app.app_context():
        door = store_of(app).application
        plan = tell_a_long_plan(door, today)
        door.do(PublishPlan(plan, on=today), by=told("approver"))
        store_of(app).projector.catch_up()
    yield app, plan
    store_of(app).close()


def rows(page: Document) -> list[str]:
    return [str(row.get("id")).removeprefix("action-") for row in page.all("tr") if "action-" in str(row.get("id"))]


def officer(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER, authorities=[GATESHEAD]))
    return client


def test_it_says_first_how_far_the_plan_is_and_draws_the_same_counts(made: Made):
    page = Client(made[0]).page(f"/plans/{made[1]}")
    said = page.all("main")[0].said
    assert "6 of 26 actions are complete with evidence accepted ; 2 more are reported complete, both past" in said
    assert "3 are overdue and 3 at risk. Every finding has an action." in said
    counts = "6 complete, 2 evidence awaited, 10 on track, 3 at risk, 3 overdue and 2 not started"
    assert [one.said for one in page.all("desc")][:2] == [counts, counts]
    key = next(one for one in page.all("ul") if one.get("class") == "key")
    assert key.said == counts.replace(",", "").replace(" and", "")


def test_its_rows_stand_in_the_order_in_which_they_need_somebody(made: Made):
    page = Client(made[0]).page(f"/plans/{made[1]}")
    assert rows(page)[:8] == ["6", "16", "11", "25", "8", "17", "7", "20"]
    assert rows(page)[-6:] == ["1", "2", "4", "10", "14", "24"], "complete ones last"
    folds = [fold.said for fold in page.all("summary")]
    assert "10 on track and 2 not started" in folds
    assert "6 complete actions" in folds


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("state=overdue", ["6", "16", "11"]),
        ("state=awaited", ["7", "20"]),
        ("due=late&state=awaited", ["7", "20"]),
        ("due=late", ["6", "16", "11", "7", "20"]),
        ("finding=12&state=at-risk", ["25"]),
        ("office=Head+of+fostering&sort=due", ["2", "14", "20", "8", "26"]),
        ("due=month&sort=number", ["3", "13", "23"]),
    ],
)
def test_the_address_narrows_and_orders_it_and_the_files_with_it(made: Made, asked: str, left: list[str]):
    app, plan = made
    page = officer(app).page(f"/plans/{plan}?{asked}")
    assert rows(page) == left
    assert f"{len(left)} of 26 actions" in page.all("main")[0].said
    address = next(str(link.get("href")) for link in page.all("a") if link.said == "Actions as CSV")
    table = officer(app).client.get(address).text.splitlines()
    assert [line.split(",")[0].strip('"') for line in table if line[:1].isdigit()] == sorted(left, key=int)


def test_empty_fields_leave_the_address_and_unknown_ones_are_said(made: Made):
    client = Client(made[0])
    sent = client.client.get(f"/plans/{made[1]}?finding=&office=&due=&state=at-risk&sort=")
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/plans/{made[1]}?state=at-risk")
    page = client.page(f"/plans/{made[1]}?state=amber&due=late")
    assert "“amber” is not a state known here, so it was left out." in page.all("main")[0].said
    nothing = client.page(f"/plans/{made[1]}?finding=1&state=overdue").all("main")[0].said
    assert "No action of this plan matches. Show all 26 actions" in nothing


def test_a_row_tells_the_state_before_how_often_its_day_moved_and_where_its_measure_stands(made: Made):
    page = Client(made[0]).page(f"/plans/{made[1]}")
    (row,) = [row for row in page.all("tr") if row.get("id") == "action-6"]
    late = dates.today() - timedelta(days=30)
    assert "Strategy meetings held within three working days" in row.said
    assert f"{late.day} {late:%b} {late.year} moved 2× 30 days late was off track to" in row.said
    assert "Off track 69% of 95% none" in row.said
    (complete,) = [row.said for row in page.all("tr") if row.get("id") == "action-7"]
    assert " – 97% of 95%" in complete, "what is reported complete has no confidence"


def test_an_action_on_a_finding_is_added_beside_it_by_who_may(made: Made):
    app, plan = made
    page = officer(app).page(f"/plans/{plan}/findings")
    findings = [row for row in page.all("tr") if str(row.get("id")).startswith("finding-")]
    assert len(findings) == 12
    link = next(one for one in page.all("a") if one.said == "Add an action on finding 3")
    form = officer(app).page(str(link.get("href")))
    ticked = [
        one.get("value") for one in form.all("input") if one.get("type") == "checkbox" and "checked" in one.attributes
    ]
    assert [f"finding-{name}" for name in ticked] == [findings[2].get("id")]
    public = Client(app).page(f"/plans/{plan}/findings")
    assert "Add an action" not in public.all("main")[0].said


def test_an_action_without_a_date_is_an_exception_and_is_never_called_due(made: Made):
    app, plan = made
    with app.app_context():
        store = store_of(app)
        finding = next(iter(store.application.plans.plan(plan).state.findings))
        add = AddAction(plan, findings=[finding], what="Agree a day", owner="Board", due_on=None, on=date(2025, 3, 1))
        store.application.do(add, by=told())
        store.projector.catch_up()
    page = officer(app).page(f"/plans/{plan}")
    said = page.all("main")[0].said
    assert "1 without a date" in said
    assert "No date yet action 27" in said
    (row,) = [row.said for row in page.all("tr") if row.get("id") == "action-27"]
    assert "no date yet Not started" in row
    assert rows(officer(app).page(f"/plans/{plan}?due=none")) == ["27"]


def test_a_council_s_own_label_and_colour_are_shown_and_the_sign_stays(made: Made):
    app, plan = made
    with app.app_context():
        store = store_of(app)
        label = Label(Reading.AT_RISK, "Slipping", Colour.RED)
        store.application.do(ChooseLabels(GATESHEAD, labels=(label,), answer_days=10), by=told())
        store.projector.catch_up()
    page = officer(app).page(f"/plans/{plan}?state=at-risk")
    assert [one.get("class") for one in page.all("span") if one.said == "Slipping"][-3:] == ["st at-risk own-red"] * 3
