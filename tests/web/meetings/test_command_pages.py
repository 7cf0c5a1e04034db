"""Recording scrutiny meetings, and erasing what was said in them."""

from __future__ import annotations

from datetime import date
from typing import get_type_hints
from uuid import uuid4

import pytest

from domain.meetings.commands import ArrangeMeeting, Resolve
from domain.plans.question_commands import AskQuestion
from domain.values.roles import Role
from projections.meetings.meeting import meeting_of
from projections.meetings.meeting import meetings as meetings_of
from tests.questions_story import ask
from tests.web.client import HTMX
from tests.web.demo_app import GATESHEAD, HARINGEY, told
from tests.web.meetings.story import RECORD, SECRET, arranged, client_of, day, erase, seen_in, sent
from tests.web.signed_in import store_of
from web import WebApp
from web.meetings.command_table import KINDS
from web.words.dates import today

# --- recording --------------------------------------------------------------------------------------------------------


def test_an_officer_records_a_meeting_from_arranging_it_to_what_came_of_it(app: WebApp):
    officer = client_of(app, Role.OFFICER)
    plan = app.extensions["plans"][GATESHEAD]
    officer.page(RECORD)
    form = {"committee": "Families committee", "held": "no", "plans": str(plan), **day("day", date(2026, 9, 10))}
    show = sent(officer, RECORD, form)
    meeting = show.rsplit("/", 1)[1]
    record = f"/authorities/{GATESHEAD}/meetings/{meeting}/record"
    page = officer.page(show)
    assert "Recorded: a scrutiny meeting." in page.all("main")[0].said
    assert "nobody recorded that the meeting was held" in page.all("main")[0].said
    for kind, words in (
        ("moved", {**day("day", date(2026, 9, 17)), "why": "The room was taken"}),
        ("held", day("on", date(2026, 9, 17))),
        ("view", {**day("as_at", date(2026, 9, 9)), **day("known", date(2026, 9, 9))}),
        ("resolution", {"resolved": "That audits be reported.", "owner": "Head of Safeguarding"}),
        ("next-report", day("due_on", date(2026, 12, 1))),
        ("done", {"resolution": "1", "how": "Reported.", **day("on", date(2026, 10, 1))}),
        ("plans", {"plans": "none"}),
    ):
        seen = seen_in(officer, f"{record}/{kind}")
        assert sent(officer, f"{record}/{kind}", words | seen) == show, kind
    said = officer.page(show).all("main")[0].said
    for words in (
        "Families committee, 17 September 2026",
        "as at 9 September 2026",
        "That audits be reported.",
        "Done",
    ):
        assert words in said
    assert "/authorities/80469?as_at=2026-09-09&known_at=2026-09-09" in [
        link.get("href") for link in officer.page(show).all("a")
    ]
    assert sent(officer, f"{record}/withdrawn", {"why": "Entered for the wrong authority"}) == show
    assert "Withdrawn" in officer.page(show).all("main")[0].said
    assert "this cannot be recorded" in officer.page(f"{record}/held").all("main")[0].said


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_makes_the_command_by_which_it_is_offered(kind: str):
    assert get_type_hints(KINDS[kind].form.record)["return"] is KINDS[kind].command


def test_of_two_officers_who_replace_the_same_the_second_sees_both(app: WebApp):
    meeting = arranged(app, "races")
    officer, other = client_of(app, Role.OFFICER), client_of(app, Role.OFFICER)
    record = f"/authorities/{GATESHEAD}/meetings/{meeting}/record"
    seen = seen_in(officer, f"{record}/next-report")
    sent(other, f"{record}/next-report", day("due_on", date(2020, 9, 1)) | seen)
    answer = sent(officer, f"{record}/next-report", day("due_on", date(2020, 12, 1)) | seen, status=409)
    for words in (
        "Somebody else changed this meeting after you opened it",
        "The next report is due on 1 September 2020.",
        "1 December 2020",
        "Send mine on top of theirs",
    ):
        assert words in answer
    assert meeting_of(store_of(app).reader, meeting, as_at=today()).row.next_report_on == date(2020, 9, 1)
    for kind, words in (
        ("view", day("as_at", date(2020, 6, 9)) | day("known", today())),
        ("plans", {"plans": "none"}),
    ):
        assert "after you opened it" in sent(officer, f"{record}/{kind}", words | seen, status=409)
        assert "was not opened from here" in sent(officer, f"{record}/{kind}", words, status=422)
    sent(officer, f"{record}/next-report", day("due_on", date(2020, 12, 1)) | seen_in(officer, f"{record}/next-report"))
    assert meeting_of(store_of(app).reader, meeting, as_at=today()).row.next_report_on == date(2020, 12, 1)


def test_a_second_meeting_of_a_committee_on_a_day_is_recorded_only_once_the_first_was_shown(app: WebApp):
    officer = client_of(app, Role.OFFICER)
    form = {"committee": "The panel", "held": "yes", "plans": "none", **day("day", date(2026, 4, 1))}
    first = sent(officer, RECORD, form)
    again = sent(officer, RECORD, form | {"committee": "the  Panel"}, status=409)
    assert "A meeting of The panel on 1 April 2026 is recorded already." in again
    assert f'href="{first}"' in again
    assert 'name="again"' in again
    second = sent(officer, RECORD, form | {"again": "y"})
    assert second != first
    for one in (first, second):
        sent(officer, f"{RECORD.removesuffix('/record')}/{one.rsplit('/', 1)[1]}/record/withdrawn", {"why": "Twice"})
    sent(officer, RECORD, form)


def test_a_resolution_may_be_one_long_paragraph(app: WebApp):
    meeting = arranged(app, "long words")
    record = f"/authorities/{GATESHEAD}/meetings/{meeting}/record/resolution"
    officer = client_of(app, Role.OFFICER)
    sent(officer, record, {"resolved": "That audits be reported. " * 60})
    assert "Enter at most 3,000 characters." in sent(officer, record, {"resolved": "a" * 3001}, status=422)


def test_a_form_sent_twice_records_one_meeting(app: WebApp):
    officer = client_of(app, Role.OFFICER)
    form = {
        "committee": "Twice",
        "held": "yes",
        "plans": "none",
        "command": str(uuid4()),
        **day("day", date(2026, 3, 3)),
    }
    assert sent(officer, RECORD, form) == sent(officer, RECORD, form)
    found = meetings_of(store_of(app).reader, urn=GATESHEAD, as_at=today()).rows
    assert [row.committee for row in found].count("Twice") == 1


@pytest.mark.parametrize(
    ("kind", "form", "words"),
    [
        ("resolution", {}, "Enter what was resolved."),
        ("view", {}, "Enter the day that the panel looked at"),
        ("view", {**day("as_at", date(2020, 6, 18)), **day("known", date(2026, 9, 9))}, "cannot look at a later day"),
        ("next-report", day("due_on", date(2020, 6, 17)), "due after this meeting"),
        ("withdrawn", {}, "Enter the reason."),
    ],
)
def test_a_refusal_keeps_the_form_and_says_what_to_do(app: WebApp, kind: str, form: dict[str, str], words: str):
    meeting = arranged(app, "refusals")
    officer = client_of(app, Role.OFFICER)
    address = f"/authorities/{GATESHEAD}/meetings/{meeting}/record/{kind}"
    form = form | seen_in(officer, address)
    page = officer.post(address, {"command": str(uuid4()), **form}, status=422)
    assert words in page.all("main")[0].said
    part = officer.client.post(address, data={"command": str(uuid4()), **form}, headers=HTMX)
    assert (part.status_code, "<html" in part.text, "Do not name children" in part.text) == (422, False, True)


def test_a_member_s_question_is_put_to_the_meeting_and_shown_with_it(app: WebApp):
    meeting, plan = arranged(app, "questions"), app.extensions["plans"][GATESHEAD]
    store = store_of(app)
    words = {"question": "What shows it?", "action": 1, "on": date(2020, 6, 1)}
    asked = store.application.do(AskQuestion(plan, **words), by=told("a question")).made
    store.projector.catch_up()
    officer = client_of(app, Role.OFFICER)
    form = {"question": f"{plan} {asked}"}
    sent(officer, f"/authorities/{GATESHEAD}/meetings/{meeting}/record/question", form)
    assert "What shows it?" in officer.page(f"/meetings/{meeting}").all("main")[0].said


def test_a_question_on_no_plan_is_put_to_the_meeting_too(app: WebApp):
    meeting = arranged(app, "questions on no plan")
    store = store_of(app)
    asked = ask(store.application, "What does the window rest on?", on=date(2020, 6, 1), by=told("asked of none"))
    store.projector.catch_up()
    officer = client_of(app, Role.OFFICER)
    form = {"question": f"{GATESHEAD} {asked}"}
    sent(officer, f"/authorities/{GATESHEAD}/meetings/{meeting}/record/question", form)
    page = officer.page(f"/meetings/{meeting}")
    assert f"/questions/{asked}" in [link.get("href") for link in page.all("a")]
    assert "What does the window rest on?" in page.all("main")[0].said


def test_a_question_is_put_to_a_meeting_of_an_authority_without_a_number(app: WebApp):
    store, key, on = store_of(app), "east-surrey", date(2020, 6, 17)
    asked = ask(store.application, "Who answers from April?", urn=key, on=on, by=told("asked of a key"))
    sits = ArrangeMeeting(urn=key, committee="Shadow committee", day=on, plans=[], held=True, on=on)
    meeting = store.application.do(sits, by=told("meeting of a key")).meeting
    store.projector.catch_up()
    officer = client_of(app, Role.OFFICER)
    sent(officer, f"/authorities/{key}/meetings/{meeting}/record/question", {"question": f"{key} {asked}"})
    assert "Who answers from April?" in officer.page(f"/meetings/{meeting}").all("main")[0].said


def test_a_meeting_is_recorded_only_under_its_own_authority(app: WebApp):
    meeting = arranged(app, "authorities")
    officer = client_of(app, Role.OFFICER)
    officer.page(f"/authorities/{HARINGEY}/meetings/{meeting}/record/withdrawn", status=404)
    officer.page(f"/authorities/{GATESHEAD}/meetings/{meeting}/record/nothing", status=404)
    officer.page("/authorities/Gateshead/meetings/record", status=404)


# --- engagement meetings ----------------------------------------------------------------------------------------------


def test_words_of_a_meeting_are_erased_by_an_administrator_with_a_reason(app: WebApp):
    meeting = arranged(app, "erasing")
    store = store_of(app)
    store.application.do(Resolve(meeting, text=SECRET, on=date(2020, 6, 17)), by=told("a secret"))
    store.projector.catch_up()
    member = client_of(app, Role.MEMBER)
    assert "Zebediah" in member.page(f"/meetings/{meeting}").all("main")[0].said
    erase(app, member, f"/meetings/{meeting}")
    assert "Zebediah" not in member.client.get("/api/meetings").text
    assert store.application.apply_erasures() == 0, "the key is gone already"
