"""Handing over what is open of an authority: prepared before its last day, one step after it, walkable both ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import UUID

import pytest

from domain.frameworks import Area, Grade
from domain.questions.commands import AskAbout
from domain.values.judgements import Judgements
from domain.values.plans import AskedAbout, AskedKind
from domain.values.roles import Role
from domain.values.statements import Variant
from tests.web.authorities.test_recording import summary_of
from tests.web.client import HTMX, Client, Document
from tests.web.demo_app import demo_app, served, told
from tests.web.passing_on import CUMBERLAND, CUMBRIA, tell_cumbria
from tests.web.plans.story import TODAY, filled
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

SURREY, WESTMORLAND = "80567", "2733698"
ADDRESS = f"/authorities/{CUMBRIA}/hand-over"


AREAS = (
    Area.OVERALL_EFFECTIVENESS,
    Area.IMPACT_OF_LEADERS,
    Area.HELP_AND_PROTECTION,
    Area.IN_CARE_AND_CARE_LEAVERS,
)


class Ending:
    """Cumbria, which ended on 1 April 2023, with a plan and a meeting to come; and whoever works for it."""

    def __init__(self, app: WebApp, home: Path, plan: UUID, meeting: UUID) -> None:
        self.app, self.home, self.plan, self.meeting = app, home, plan, meeting

    def client(self, role: Role, *authorities: str, office: str = "") -> Client:
        client = Client(self.app)
        sign_in(self.app, client.client, person(self.app, role, authorities=list(authorities), office=office))
        return client


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UUID, UUID]:
    home = tmp_path_factory.mktemp("ending") / "instance"
    app = demo_app(home)
    store = store_of(app)
    door: Any = store.application
    plan, meeting = tell_cumbria(door)
    store.projector.catch_up()
    store.close()
    return home, plan, meeting


@pytest.fixture
def ending(told_once: tuple[Path, UUID, UUID], tmp_path: Path) -> Iterator[Ending]:
    home = copytree(told_once[0], tmp_path / "instance")
    app = served(home)
    yield Ending(app, home, *told_once[1:])
    store_of(app).close()


def passed(page: Document, heading: str) -> tuple[str, set[str]]:
    """What a page says under a heading, and where it leads."""
    section = page.by_id(f"{heading.lower().replace(' ', '-')}-heading").parents[-1]
    return section.said, {str(link.get("href")) for link in page.all("a") if section in link.parents}


def chosen(ending: Ending, **more: str) -> dict[str, str]:
    return {"successor": CUMBERLAND, "plans": str(ending.plan), "meetings": str(ending.meeting), **TODAY, **more}


def test_everything_open_is_handed_over_in_one_step_and_once(ending: Ending):
    officer = ending.client(Role.OFFICER, CUMBRIA, CUMBERLAND)
    links = [link.get("href") for link in officer.page(f"/authorities/{CUMBRIA}").all("a")]
    assert ADDRESS in links
    page = officer.page(ADDRESS).all("main")[0].said
    assert "Cumbria ended on 1 April 2023. Cumberland and Westmorland and Furness follow it." in page
    assert "Plan of 1 December 2022" in page
    assert "Scrutiny committee, 4 May 2023" in page
    assert "People" not in page, "roles pass on by an approver"
    assert "Choose the authority." in summary_of(officer.post(ADDRESS, {}, status=422))
    before = store_of(ending.app).application.ledger.max_position()
    sent = filled(officer, ADDRESS, chosen(ending))
    for _ in range(2):
        answer = officer.client.post(ADDRESS, data=sent)
        assert (answer.status_code, answer.headers.get("Location")) == (303, f"/authorities/{CUMBERLAND}"), answer.text
    assert store_of(ending.app).application.ledger.max_position() == before + 4
    assert "Nothing is open any more." in officer.page(ADDRESS).all("main")[0].said


def test_a_question_that_was_handed_over_is_not_offered_again(ending: Ending):
    store: Any = store_of(ending.app)
    about = AskedAbout(AskedKind.AUTHORITY, as_at=date(2023, 3, 1), position=1)
    words = {"urn": CUMBRIA, "about": about, "question": "Who answers then?", "on": date(2023, 3, 1)}
    asked = store.application.do(AskAbout(**words), by=told("asked on none")).question
    store.projector.catch_up()
    officer = ending.client(Role.OFFICER, CUMBRIA, CUMBERLAND)
    assert "Who answers then?" in officer.page(ADDRESS).all("main")[0].said
    officer.client.post(ADDRESS, data=filled(officer, ADDRESS, chosen(ending, questions=str(asked))))
    assert "Nothing is open any more." in officer.page(ADDRESS).all("main")[0].said


def test_both_authorities_and_the_plan_lead_to_each_other_in_pages_and_in_json(ending: Ending):
    officer = ending.client(Role.OFFICER, CUMBRIA, CUMBERLAND)
    officer.client.post(ADDRESS, data=filled(officer, ADDRESS, chosen(ending)))
    plan, meeting = f"/plans/{ending.plan}", f"/meetings/{ending.meeting}"
    for urn, heading, other in ((CUMBRIA, "Handed over", "Cumberland"), (CUMBERLAND, "Taken over", "Cumbria")):
        page = officer.page(f"/authorities/{urn}")
        section, links = passed(page, heading)
        assert {plan, meeting} <= links
        assert other in section
    page = officer.page(plan)
    assert "Handed over on 24 November 2026 from Cumbria to Cumberland" in page.all("main")[0].said
    assert f"/authorities/{CUMBRIA}" in [link.get("href") for link in page.all("a")]
    (entry,) = {
        link.get("href") for link in page.all("a") if link.said == "Standard inspection, 20 to 30 September 2022"
    }
    assert plan in [link.get("href") for link in officer.page(str(entry)).all("a")], "from the report to its plan"
    chain = officer.page(f"{plan}/actions/1")
    assert entry in [link.get("href") for link in chain.all("a")], "and from an action back to the report"
    was = officer.client.get(f"/api/authorities/{CUMBRIA}/plans").json
    assert (was["plans"], [one["to"] for one in was["handed_over"]]) == ([], [CUMBERLAND])
    (now,) = officer.client.get(f"/api/authorities/{CUMBERLAND}/plans").json["plans"]
    assert now["handed_over"] == [{"from": CUMBRIA, "to": CUMBERLAND, "on": "2026-11-24", "put_right": False}]
    assert now["authority"]["urn"] == CUMBERLAND


def test_afterwards_it_is_worked_on_under_the_successor_and_as_before_at_an_earlier_day(ending: Ending):
    both = ending.client(Role.OFFICER, CUMBRIA, CUMBERLAND)
    both.client.post(ADDRESS, data=filled(both, ADDRESS, chosen(ending)))
    form = f"/plans/{ending.plan}/actions/1/record/owner"
    ending.client(Role.OFFICER, CUMBRIA).page(form, status=403)
    theirs = ending.client(Role.OFFICER, CUMBERLAND)
    sent = filled(theirs, form, {"owner": "Head of Safeguarding", **TODAY})
    assert theirs.client.post(form, data=sent).status_code == 303
    (due,) = theirs.client.get("/api/due?days=60").json["due_soon"]
    assert (due["urn"], due["owner"]) == (CUMBERLAND, "Head of Safeguarding")
    assert "Cumberland: action plan after" in theirs.page(f"/plans/{ending.plan}/report").all("main")[0].said
    assert "Cumbria, plan of" in theirs.page("/plans?as_at=2026-11-23").by_id("results").said
    assert "Cumberland, plan of" in theirs.page("/plans").by_id("results").said
    assert "Cumbria" in theirs.page(f"/meetings/{ending.meeting}?as_at=2026-11-23").all("main")[0].said
    meeting = theirs.page(f"/meetings/{ending.meeting}").all("main")[0].said
    assert "Handed over on 24 November 2026 from Cumbria to Cumberland" in meeting
    (row,) = theirs.client.get(f"/api/meetings?authority={CUMBERLAND}").json["meetings"]
    assert row["handed_over"] == [{"from": CUMBRIA, "to": CUMBERLAND, "on": "2026-11-24", "put_right": False}]


def test_the_audit_trail_of_the_successor_has_the_handing_over_and_what_follows(ending: Ending):
    both = ending.client(Role.OFFICER, CUMBRIA, CUMBERLAND)
    both.client.post(ADDRESS, data=filled(both, ADDRESS, chosen(ending)))
    form = f"/plans/{ending.plan}/actions/1/record/owner"
    both.client.post(form, data=filled(both, form, {"owner": "Head of Safeguarding", **TODAY}))
    trail = both.page(f"/authorities/{CUMBERLAND}/audit").all("main")[0].said
    for words in ("The plan was handed over", "The meeting was handed over", "Owner changed", "was taken over"):
        assert words.lower() in trail.lower(), words
    before = both.page(f"/authorities/{CUMBRIA}/audit").all("main")[0].said
    assert "What was open was handed over to a successor" in before
    assert "owner changed" not in before.lower()


def test_the_public_is_told_at_once_whose_plan_it_is(ending: Ending):
    officer = ending.client(Role.OFFICER, CUMBRIA, CUMBERLAND)
    officer.client.post(ADDRESS, data=filled(officer, ADDRESS, chosen(ending)))
    public = Client(ending.app)
    assert "from Cumbria to Cumberland" in public.page(f"/plans/{ending.plan}").all("main")[0].said
    page = public.page(f"/authorities/{CUMBERLAND}")
    assert f"/meetings/{ending.meeting}" not in passed(page, "Taken over")[1]


def test_an_approver_of_both_passes_roles_on(ending: Ending):
    worker = person(ending.app, Role.OFFICER, authorities=[CUMBRIA], office="Improvement officer")
    approver = ending.client(Role.APPROVER, CUMBRIA, CUMBERLAND, office="Director")
    assert "Improvement officer" in approver.page(ADDRESS).all("main")[0].said
    sent = filled(approver, ADDRESS, {"successor": CUMBERLAND, "people": str(worker.person), **TODAY})
    assert approver.client.post(ADDRESS, data=sent).status_code == 303
    listed = store_of(ending.app).application.people.listed(worker.person)
    assert listed is not None
    assert listed.may_record(CUMBERLAND)


def test_who_works_for_one_of_them_alone_is_told_why_not(ending: Ending):
    officer = ending.client(Role.OFFICER, CUMBRIA)
    passed = officer.post(ADDRESS, filled(officer, ADDRESS, chosen(ending)), status=422)
    assert "Only an officer or approver of both authorities may hand over" in summary_of(passed)
    ending.client(Role.OFFICER, CUMBERLAND).page(ADDRESS, status=403)
    part = officer.client.post(ADDRESS, headers=HTMX)
    assert part.status_code == 422
    assert "<html" not in part.text


def test_before_the_last_day_the_page_lists_what_would_be_handed_over(ending: Ending):
    officer = ending.client(Role.OFFICER, SURREY)
    page = officer.page(f"/authorities/{SURREY}/hand-over")
    said = page.all("main")[0].said
    assert "Surrey ends on 1 April 2027. East Surrey and West Surrey follow it." in said
    assert "From 1 April 2027 on, this page hands it over in one step." in said
    assert not [one for one in page.all("form") if one.get("method") == "post" and one.get("hx-target") == "#record"]


def test_of_an_authority_that_goes_on_there_is_nothing_to_hand_over(ending: Ending):
    officer = ending.client(Role.OFFICER, "80481")
    assert "Leeds has not ended" in officer.page("/authorities/80481/hand-over").all("main")[0].said


def test_monitoring_and_a_priority_action_of_the_predecessor_are_not_known_to_go_on(ending: Ending):
    """By R-070 and R-074: shown as context, unless a row of the rulebook says that monitoring carries over."""
    store = store_of(ending.app)
    door: Any = store.application
    for urn, day in ((CUMBRIA, date(2022, 12, 5)), ("80531", date(2020, 12, 7))):
        door.authorities.record_inspection(
            urn,
            started_on=day,
            ended_on=day + timedelta(days=11),
            kind=Variant.STANDARD,
            published_on=day + timedelta(days=50),
            judgements=Judgements.of(dict.fromkeys(AREAS, Grade.INADEQUATE)),
            by=told(f"inadequate {urn}"),
        )
    store.projector.catch_up()
    public = Client(ending.app)
    said = public.page(f"/authorities/{CUMBERLAND}?as_at=2023-06-01").all("main")[0].said
    assert "Cumbria was inadequate when it ended; whether monitoring goes on here is not known." in said
    west = public.page("/authorities/2637548?as_at=2021-06-01").all("main")[0].said
    assert "Monitoring carried over from the authority before it." in west
    assert "whether monitoring goes on" not in west


def test_of_one_that_ended_nothing_is_counted_on_and_a_report_that_came_later_is_told_of_it(ending: Ending):
    """R-074: the last pathway is history, and a report on what was seen before the end still belongs to it."""
    public = Client(ending.app)
    said = public.page(f"/authorities/{CUMBRIA}?as_at=2026-09-01").all("main")[0].said
    assert "From 15 November 2022 until it ended." in said
    assert "3 years" not in said
    store: Any = store_of(ending.app)
    store.application.authorities.record_inspection(
        CUMBRIA,
        started_on=date(2023, 1, 16),
        ended_on=date(2023, 1, 27),
        kind=Variant.STANDARD,
        published_on=date(2023, 5, 9),
        judgements=Judgements.of(dict.fromkeys(AREAS[:3], Grade.INADEQUATE)),
        by=told("late"),
    )
    store.projector.catch_up()
    said = public.page(f"/authorities/{CUMBRIA}?as_at=2023-06-01").all("main")[0].said
    assert "By the report of 9 May 2023, published after it ended." in said
    said = public.page(f"/authorities/{CUMBERLAND}?as_at=2023-06-01").all("main")[0].said
    assert "Cumbria was inadequate when it ended, by a report published later; whether monitoring" in said


def test_the_tables_are_what_a_replay_of_the_log_says(ending: Ending):
    both = ending.client(Role.OFFICER, CUMBRIA, CUMBERLAND)
    both.client.post(ADDRESS, data=filled(both, ADDRESS, chosen(ending)))
    store_of(ending.app).close()
    reopened = served(ending.home)
    form = f"/plans/{ending.plan}/actions/1/record/owner"
    client = Client(reopened)
    sign_in(reopened, client.client, person(reopened, Role.OFFICER, authorities=[CUMBERLAND]))
    client.client.post(form, data=filled(client, form, {"owner": "Head of Safeguarding", **TODAY}))
    assert "owner changed" in client.page(f"/authorities/{CUMBERLAND}/audit").all("main")[0].said
    done = reopened.test_cli_runner().invoke(args=["ledger", "verify"])
    assert done.exit_code == 0, done.output
    store_of(reopened).close()


def test_a_hand_over_to_the_wrong_authority_is_put_right_and_walkable_from_all_three(ending: Ending):
    approver = ending.client(Role.APPROVER, CUMBRIA, CUMBERLAND, WESTMORLAND)
    approver.client.post(ADDRESS, data=filled(approver, ADDRESS, chosen(ending)))
    address = f"/authorities/{CUMBERLAND}/hand-over/{CUMBRIA}"
    assert address in [link.get("href") for link in approver.page(ADDRESS).all("a")]
    assert "Enter the reason." in summary_of(approver.post(address, {}, status=422))
    wanted = chosen(ending, successor=WESTMORLAND, reason="It is of the children of Barrow.")
    nothing = filled(approver, address, {"successor": WESTMORLAND, "reason": "No.", **TODAY})
    assert "Choose what is handed on." in summary_of(approver.post(address, nothing, status=422))
    sent = filled(approver, address, wanted)
    for _ in range(2):
        answer = approver.client.post(address, data=sent)
        assert (answer.status_code, answer.headers.get("Location")) == (303, f"/authorities/{WESTMORLAND}")
    plan = f"/plans/{ending.plan}"
    for urn, heading, words in (
        (CUMBRIA, "Handed over", "to Westmorland and Furness on 24 November 2026: Cumberland had it by mistake"),
        (CUMBERLAND, "Handed over", "to Westmorland and Furness on 24 November 2026: Cumberland had it by mistake"),
        (WESTMORLAND, "Taken over", "from Cumbria on 24 November 2026: Cumberland had it by mistake"),
    ):
        section, links = passed(approver.page(f"/authorities/{urn}"), heading)
        assert words in section
        assert {plan, f"/meetings/{ending.meeting}"} <= links
    for page in (plan, f"/meetings/{ending.meeting}"):
        said = approver.page(page).all("main")[0].said
        assert "Put right on 24 November 2026: handed on from Cumberland" in said
        assert "which had it by mistake, to Westmorland and Furness" in said
    (now,) = approver.client.get(f"/api/authorities/{WESTMORLAND}/plans").json["plans"]
    assert [(one["to"], one["put_right"]) for one in now["handed_over"]] == [(CUMBERLAND, False), (WESTMORLAND, True)]
    trail = approver.page(f"/authorities/{CUMBRIA}/audit").all("main")[0].said
    assert "It is of the children of Barrow." in trail
    assert "Nothing that Cumbria handed over is open here." in approver.page(address).all("main")[0].said
    assert store_of(ending.app).application.plans.plan(ending.plan).urn == WESTMORLAND


def test_only_an_approver_of_the_authority_that_has_it_opens_the_form_that_puts_it_right(ending: Ending):
    address = f"/authorities/{CUMBERLAND}/hand-over/{CUMBRIA}"
    ending.client(Role.OFFICER, CUMBRIA, CUMBERLAND).page(address, status=403)
    approver = ending.client(Role.APPROVER, CUMBERLAND)
    approver.page(f"/authorities/{CUMBERLAND}/hand-over/{SURREY}", status=404)
    part = approver.client.post(address, headers=HTMX)
    assert part.status_code == 422
    assert "<html" not in part.text
