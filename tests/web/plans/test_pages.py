"""The pages on which plans are read: what they say, to whom, and the way from finding to next visit and back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import event

from domain.plans.action_commands import ChangeOwner, OfferEvidence, ReportProgress
from domain.plans.commands import EraseWords
from domain.values.plans import Progress
from domain.values.roles import Role
from domain.values.sealed import subject_of
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, told
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.audit.lines import Offices
from web.site.people_names import recorded_by

PROMISED = "Review every unallocated case each week"
THEN = "?as_at=2020-01-24"


class Plans(NamedTuple):
    """An app with Gateshead's example, published, and a plan of Haringey's that never was."""

    app: WebApp
    example: UUID
    unpublished: UUID


def made(home: Path) -> Plans:
    app = demo_app(home)
    with app.app_context():
        example = tell_example_of_2019(store_of(app).application, at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC))
    assert example is not None
    found = open_plans(app, (HARINGEY,))
    return Plans(app, example, found[HARINGEY])


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Plans:
    """Read only."""
    return made(tmp_path_factory.mktemp("plans"))


def signed_in(app: WebApp, *roles: Role, office: str = "") -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, *roles, authorities=[HARINGEY], office=office))
    return client


# --- what the pages say ---------------------------------------------------------------------------------------------


def test_all_plans_are_listed_with_how_far_they_are_and_can_be_filtered(plans: Plans):
    client = Client(plans.app)
    page = client.page("/plans" + THEN)
    (row,) = [row.said for row in page.all("tr") if "Gateshead" in row.said]
    assert "1 of 6 complete" in row
    assert "The final plan was due by 18 September 2019 at the latest and sent on 12 September 2019." in row
    assert "2 past their day 1 off track 1 at risk 1 evidence awaited 1 acceptance awaited" in row
    assert "Example, made up" in row
    now = client.page("/plans?state=open")
    assert [row.said[:8] for row in now.all("tr")[1:]] == ["Gateshea", "Haringey"]
    assert "1 of 2 plans" in client.part(f"/plans?authority={HARINGEY}")
    assert "No plan matches" in client.part("/plans?state=closed")
    assert client.client.get("/plans?authority=&state=open").headers["Location"] == "/plans?state=open"


def test_a_plan_says_first_how_far_it_is_then_what_needs_attention_then_its_register(plans: Plans):
    page = Client(plans.app).page(f"/plans/{plans.example}{THEN}")
    said = " ".join(element.said for element in page.all("main"))
    assert page.all("h1")[0].said == "Gateshead: action plan"
    places = [said.index(words) for words in ("1 of 6 actions", "Needs attention", "Promised and done", "Register")]
    assert places == sorted(places)
    first = "1 of 6 actions is complete with evidence accepted ; 2 more are reported complete, both past their day."
    assert f"{first} 1 is off track and 1 at risk. Every finding has an action." in said
    assert "Good · final plan sent to Ofsted 12 September 2019 · opened 24 June 2019" in said
    assert "The actions, dates, figures and questions were made up for the demonstration." in said
    assert "when the report or letter arrived is not recorded, so it may truly be earlier" in said
    (awaited,) = [row.said for row in page.all("tr") if row.get("id") == "action-5"]
    assert "Evidence awaited was not started to 27 Nov 2019; 56 days past its day" in awaited
    (moved,) = [row.said for row in page.all("tr") if row.get("id") == "action-3"]
    assert "28 Feb 2020 moved 1× At risk" in moved
    (measured,) = [row.said for row in page.all("tr") if row.get("id") == "action-4"]
    assert "72% of 95%" in measured
    (table,) = [table for table in page.all("table") if "Due by then" in table.said]
    assert "24 Jan 2020 6 3 1 28 Feb 2020 6 5 –" in table.said
    asked = Client(plans.app).page(f"/plans/{plans.example}/questions{THEN}").all("main")[0].said
    assert "after 7 days: The January audit looks at the records of every trained manager" in asked


def test_what_moved_is_told_since_a_day_and_for_three_months_where_none_is_asked_for(plans: Plans):
    client = Client(plans.app)
    moved = said_of(client, f"/plans/{plans.example}{THEN}&since=2019-10-31")
    assert "Moved since 31 October 2019" in moved
    assert "due date moved from 31 January 2020 to 28 February 2020" in moved
    assert "on track → acceptance awaited 18 Dec 2019" in moved
    assert "Moved since 24 October 2019" in said_of(client, f"/plans/{plans.example}{THEN}")
    assert "No action changed." in said_of(client, f"/plans/{plans.example}{THEN}&since=2020-01-22")
    refused = client.page(f"/plans/{plans.example}?since=yesterday", status=422)
    assert "Enter the since date as year, month and day" in refused.all("main")[0].said


def said_of(client: Client, address: str) -> str:
    moved = client.page(address).by_id("moved")
    assert moved is not None
    return moved.said


def test_findings_are_told_once_with_their_actions_and_the_public_reads_no_more_than_was_published(plans: Plans):
    page = Client(plans.app).page(f"/plans/{plans.example}/findings{THEN}")
    rows = [row.said for row in page.all("tr") if str(row.get("id")).startswith("finding-")]
    assert len(rows) == 4
    assert "3 Rewrite the plan template with young people and social workers: At risk" in rows[1]
    assert "28 Feb 2020 not yet" in rows[1]
    hidden = Client(plans.app).page(f"/plans/{plans.unpublished}/findings").all("main")[0].said
    assert "The timeliness of assessments." in hidden
    assert PROMISED not in hidden
    assert "What Ofsted found" in Client(plans.app).page(f"/plans/{plans.unpublished}").all("main")[0].said
    assert PROMISED not in Client(plans.app).page(f"/plans/{plans.unpublished}/questions").all("main")[0].said


def test_an_action_tells_its_whole_story_the_newest_first(plans: Plans):
    page = Client(plans.app).page(f"/plans/{plans.example}/actions/3{THEN}")
    story = page.by_id("story")
    assert story is not None
    told_in_order = [heading.said for heading in page.all("h3") if page.by_id("story") in heading.parents]
    assert told_in_order[0] == "Due date moved from 31 January 2020 to 28 February 2020."
    assert told_in_order[-1].startswith("Added, due by 31 January 2020")
    main = page.all("main")[0].said
    assert "Reason: Young people asked for a second round of drafts." in main
    measured = Client(plans.app).page(f"/plans/{plans.example}/actions/1")
    assert "Figure 2 September 2019 60% 28 October 2019 82%" in measured.all("main")[0].said
    drawings = [svg.said for svg in measured.all("svg") if svg.get("role") == "img"]
    assert ["2 September 2019: 60%; 28 October 2019: 82%" in one for one in drawings] == [True, True]


def test_an_earlier_day_shows_the_plan_as_it_was(plans: Plans):
    client = Client(plans.app)
    august = client.page(f"/plans/{plans.example}?as_at=2019-08-01").all("main")[0].said
    assert "None of 6 actions is complete with evidence accepted" in august
    assert "The final plan is due by 18 September 2019 at the latest: 48 days left." in august
    assert (
        "was not open yet on 1 June 2019"
        in client.page(f"/plans/{plans.example}?as_at=2019-06-01", status=404).all("main")[0].said
    )
    client.page(f"/plans/{plans.example}/actions/7", status=404)
    client.page(f"/plans/{UUID(int=1)}", status=404)


def test_evidence_is_a_link_out_and_erased_words_say_when_by_whom_and_why(tmp_path: Path):
    app, _, plan = made(tmp_path)
    with app.app_context():
        door, by = store_of(app).application, told("evidence")
        door.do(OfferEvidence(plan, 1, title="Audit", link="https://example.gov.uk/audit", on=date(2026, 8, 20)), by=by)
        door.do(
            ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative="Zoe", on=date(2026, 8, 21)), by=told("z")
        )
        gone = replace(told("erase", "A child was named."), actor="administrator")
        door.do(EraseWords(plan, [subject_of(told("z").command)], on=date(2026, 8, 22)), by=gone)
        store_of(app).projector.catch_up()
    client = signed_in(app, Role.MEMBER)
    action = client.page(f"/plans/{plan}/actions/1")
    (link,) = [link for link in action.all("a") if link.get("href") == "https://example.gov.uk/audit"]
    assert (link.said, link.get("rel")) == ("Audit", "noopener noreferrer")
    assert "Erased on 1 September 2026, by administrator: A child was named." in action.all("main")[0].said
    for page in (action, client.page(f"/plans/{plan}")):
        assert "Zoe" not in page.all("main")[0].said


# --- the way there and back -----------------------------------------------------------------------------------------


def test_the_chain_is_walked_from_the_report_to_the_evidence_and_on_to_the_next_visit_and_back(plans: Plans):
    client = Client(plans.app)
    plan = client.page(f"/plans/{plans.example}")
    title = "Short inspection, 29 April to 3 May 2019"
    report = next(str(link.get("href")) for link in plan.all("a") if link.said == title)
    entry = client.page(report)
    assert f"/plans/{plans.example}" in hrefs(entry)
    finding = next(found for found in entry.all("div") if found.said.startswith("Challenge by managers"))
    answered_by = [link.get("href") for link in entry.all("a") if finding in link.parents]
    assert answered_by == [f"/plans/{plans.example}/actions/{number}" for number in (1, 2)]
    action = client.page(f"/plans/{plans.example}/actions/1")
    assert report in hrefs(action), "back to the report"
    assert any(link.startswith(f"/plans/{plans.example}/findings#finding-") for link in hrefs(action)), (
        "back to the finding"
    )
    assert "#evidence" in hrefs(action)
    visits = {link for link in hrefs(action) if link.startswith("/inspections/") and link != report}
    assert len(visits) == 2, "the focused visit of 2021 and the inspection of 2024"
    for visit in visits:
        later = client.page(visit)
        assert "In hand when inspectors came" in later.all("main")[0].said
        assert f"/plans/{plans.example}" in hrefs(later), "back to the plan"


def hrefs(page: object) -> list[str]:
    return [link.get("href") for link in page.all("a")]  # type: ignore[attr-defined]


def test_the_authority_s_page_has_the_plan_s_headline_and_its_timeline(plans: Plans):
    client = Client(plans.app)
    page = client.page(f"/authorities/{GATESHEAD}{THEN}")
    card = next(one for one in page.all("div") if one.get("class") == "plan-line")
    assert "1 of 6 actions complete and evidenced; 2 overdue, the longest by 56 days" in card.said
    assert "Example, made up" in card.said
    of_plans = client.part(f"/authorities/{GATESHEAD}?kind=plans")
    assert "The final plan was sent to Ofsted." in of_plans
    assert "4 updates of 3 actions: 1 completion accepted, 1 due date moved." in of_plans
    asked = client.part(f"/authorities/{GATESHEAD}?kind=questions")
    assert "What shows that supervision changed" in asked
    assert "Answered 15 January 2020, after 7 days" in asked
    assert "Inspection" not in re.sub(r"(?s)<nav.*?</nav>", "", asked)


# --- who is told what -----------------------------------------------------------------------------------------------


def test_the_public_reads_nothing_of_a_plan_that_was_not_published_but_that_there_is_one(plans: Plans):
    client = Client(plans.app)
    page = client.page(f"/plans/{plans.unpublished}")
    main = page.all("main")[0].said
    assert "The plan has not been published here yet" in main
    assert "Management oversight of unallocated cases." in main
    assert "The draft plan is due by" in main or "The draft plan was due by" in main
    assert "Needs attention" not in main
    client.page(f"/plans/{plans.unpublished}/actions/1", status=404)
    everything = [
        client.client.get(address).text
        for address in (
            "/plans",
            f"/plans/{plans.unpublished}",
            f"/authorities/{HARINGEY}",
            f"/api/plans/{plans.unpublished}",
            f"/api/authorities/{HARINGEY}/plans",
            f"/api/plans/{plans.unpublished}/burn-up",
        )
    ]
    assert all(everything)
    assert not any(PROMISED in text or "Head of Safeguarding" in text for text in everything)
    assert client.client.get(f"/api/plans/{plans.unpublished}/actions/1").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_whoever_has_a_role_reads_all_of_it_and_that_the_public_does_not(plans: Plans, role: Role):
    client = signed_in(plans.app, role)
    main = client.page(f"/plans/{plans.unpublished}").all("main")[0].said
    assert PROMISED in main
    assert "Not published here: the public sees only the findings and the dates the law sets." in main
    assert ("Publish this plan" in main) is (role is Role.APPROVER)
    assert PROMISED in client.page(f"/plans/{plans.unpublished}/actions/1").all("h1")[0].said
    answer = client.client.get(f"/api/plans/{plans.unpublished}")
    assert answer.get_json()["actions"][0]["what"]["text"] == PROMISED
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_an_approver_publishes_and_everybody_reads_until_something_new_is_told(tmp_path: Path):
    app, _, plan = made(tmp_path)
    approver, public = signed_in(app, Role.APPROVER, office="Director of children’s services"), Client(app)
    form = approver.page(f"/plans/{plan}/publish")
    fields = {str(box.get("name")): str(box.get("value")) for box in form.all("input") if box.get("type") == "hidden"}
    sent = approver.client.post(f"/plans/{plan}/publish", data=fields)
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/plans/{plan}")
    assert "Everybody can read it as it stands" in approver.page(f"/plans/{plan}").all("main")[0].said
    assert PROMISED in public.page(f"/plans/{plan}").all("main")[0].said
    again = approver.client.post(f"/plans/{plan}/publish", data=fields)
    assert again.status_code == 303, "a form sent twice acts once"
    anew = {**fields, "command": str(UUID(int=77))}
    refused = approver.post(f"/plans/{plan}/publish", anew, status=422)
    assert "Nothing was told since the plan was last published" in refused.all("main")[0].said
    with app.app_context():
        door = store_of(app).application
        door.do(ChangeOwner(plan, 1, owner="Head of Assessment", on=date(2026, 8, 20)), by=told("owner"))
        store_of(app).projector.catch_up()
    assert "Head of Assessment" not in public.page(f"/plans/{plan}").all("main")[0].said
    assert "Something was told since" in approver.page(f"/plans/{plan}").all("main")[0].said
    stale = approver.post(f"/plans/{plan}/publish", {**anew, "command": str(UUID(int=78))}, status=422)
    assert "More was told after you looked" in stale.all("main")[0].said


def test_an_approver_does_not_publish_what_they_told_themselves(tmp_path: Path):
    app, _, plan = made(tmp_path)
    client = Client(app)
    approver = person(app, Role.APPROVER, authorities=[HARINGEY])
    sign_in(app, client.client, approver)
    with app.app_context():
        by = replace(told("own words"), actor=approver.actor)
        store_of(app).application.do(ChangeOwner(plan, 1, owner="Own", on=date(2026, 8, 20)), by=by)
        store_of(app).projector.catch_up()
    refused = client.post(f"/plans/{plan}/publish", {"command": str(UUID(int=79)), "seen": "3"}, status=422)
    assert "A second person, an approver, must look at it" in refused.all("main")[0].said


# --- what a page costs ----------------------------------------------------------------------------------------------


def test_offices_are_looked_up_once_for_an_answer(plans: Plans):
    people = [person(plans.app, Role.OFFICER, office=office) for office in ("Director", "Head of Service", "")]
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = store_of(plans.app).accounts_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        with plans.app.test_request_context("/"):
            said = [recorded_by(one.actor) for one in people]
            assert Offices()(people[0].actor) == "Director"
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert said == ["by Director", "by Head of Service", "by an officer"]
    assert len(asked) == 1


def test_no_page_replays_a_plan_to_learn_whose_it_is(plans: Plans, monkeypatch: pytest.MonkeyPatch):
    officer, plan = signed_in(plans.app, Role.OFFICER), plans.unpublished
    replayed: list[UUID] = []
    load = store_of(plans.app).ledger.load

    def noted(cls: Any, identity: UUID) -> Any:
        replayed.append(identity)
        return load(cls, identity)

    monkeypatch.setattr(store_of(plans.app).ledger, "load", noted)
    for address in (f"/plans/{plan}/import", f"/plans/{plan}/report", f"/authorities/{HARINGEY}/plans/open"):
        officer.page(address)
    assert plan not in replayed
    officer.page(f"/plans/{UUID(int=5)}/import", status=404)
    officer.page(f"/plans/{plans.example}/import", status=403)
