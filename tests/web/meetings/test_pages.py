"""Scrutiny meetings, engagement meetings and letters on pages: who sees what, and how it is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.facts import Publisher
from domain.meetings.commands import ArrangeMeeting, FixView, Resolve
from domain.values.errors import NotFound
from domain.values.roles import Role
from projections.meetings.meeting import meeting_of
from projections.meetings.meeting import meetings as meetings_of
from tests.web.api.test_routes import must_fit
from tests.web.client import HTMX, Client
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.meetings.pages import chosen
from web.openapi import DESCRIPTION
from web.words.dates import today

SECRET = "Zebediah's placement broke down"
RECORD = f"/authorities/{GATESHEAD}/meetings/record"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    made = demo_app(tmp_path_factory.mktemp("meetings"))
    made.extensions["plans"] = open_plans(made)
    return made


def client_of(app: WebApp, *roles: Role) -> Client:
    """Somebody with these roles at the pages; nobody in particular without any."""
    client = Client(app)
    if roles:
        sign_in(app, client.client, person(app, *roles))
    return client


def day(name: str, of: date) -> dict[str, str]:
    return {f"{name}-day": str(of.day), f"{name}-month": str(of.month), f"{name}-year": str(of.year)}


def sent(client: Client, address: str, form: dict[str, str], status: int = 303) -> str:
    """Send a form; where it led, or what it answered."""
    answer = client.client.post(address, data={"command": str(uuid4()), **form})
    assert answer.status_code == status, answer.text
    return answer.headers.get("Location", answer.text)


def seen_in(client: Client, address: str) -> dict[str, str]:
    """The version of the meeting that a form carries; nothing where it carries none."""
    fields = {one.get("name"): one.get("value") or "" for one in client.page(address).all("input")}
    return {"seen": fields["seen"]} if "seen" in fields else {}


def arranged(app: WebApp, what: str, **more: Any) -> UUID:
    """A meeting held in June 2020 on Gateshead's plan."""
    wanted: dict[str, Any] = {
        "committee": f"Committee of {what}",
        "day": date(2020, 6, 17),
        "plans": [app.extensions["plans"][GATESHEAD]],
        "held": True,
        "on": date(2020, 6, 17),
    }
    store = store_of(app)
    meeting = store.application.do(ArrangeMeeting(urn=GATESHEAD, **wanted | more), by=told(f"meeting {what}")).meeting
    store.projector.catch_up()
    return meeting


# --- recording ------------------------------------------------------------------------------------------------------


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
    asked = store.application.plans.raise_challenge(plan, **words, by=told("a question")).made
    store.projector.catch_up()
    officer = client_of(app, Role.OFFICER)
    form = {"question": f"{plan} {asked}"}
    sent(officer, f"/authorities/{GATESHEAD}/meetings/{meeting}/record/question", form)
    assert "What shows it?" in officer.page(f"/meetings/{meeting}").all("main")[0].said


def test_a_meeting_is_recorded_only_under_its_own_authority(app: WebApp):
    meeting = arranged(app, "authorities")
    officer = client_of(app, Role.OFFICER)
    officer.page(f"/authorities/{HARINGEY}/meetings/{meeting}/record/withdrawn", status=404)
    officer.page(f"/authorities/{GATESHEAD}/meetings/{meeting}/record/nothing", status=404)
    officer.page("/authorities/Gateshead/meetings/record", status=404)


# --- reading --------------------------------------------------------------------------------------------------------


def test_meetings_are_listed_and_narrowed_to_an_authority(app: WebApp):
    arranged(app, "lists")
    member = client_of(app, Role.MEMBER)
    assert "Committee of lists" in member.page("/meetings").all("main")[0].said
    assert "Committee of lists" in member.part(f"/meetings?authority={GATESHEAD}")
    assert "No scrutiny meeting" in member.page(f"/meetings?authority={HARINGEY}").all("main")[0].said
    assert (
        member.client.get("/meetings?authority=&as_at=2021-01-01").headers["Location"] == "/meetings?as_at=2021-01-01"
    )
    member.page("/meetings?authority=Atlantis", status=404)


def test_on_an_earlier_day_what_came_later_is_not_shown(app: WebApp):
    meeting = arranged(app, "days", on=date(2020, 5, 1))
    member = client_of(app, Role.MEMBER)
    assert "Planned" in member.page(f"/meetings/{meeting}?as_at=2020-05-02").all("main")[0].said
    member.page(f"/meetings/{meeting}?as_at=2020-04-30", status=404)
    member.page(f"/meetings/{meeting}?known_at=2020-04-30", status=404)
    member.page(f"/meetings/{UUID(int=9)}", status=404)


def test_a_paper_for_a_meeting_is_told_what_the_panel_saw_and_when_it_met_before(app: WebApp):
    store = store_of(app)
    before = arranged(app, "papers", day=date(2020, 3, 4), on=date(2020, 3, 4))
    meeting = arranged(app, "papers again", committee="Committee of papers")
    known_at = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
    seen = {"as_at": date(2020, 6, 9), "known_at": known_at, "on": date(2020, 6, 17)}
    store.application.do(FixView(meeting, **seen), by=told("what was seen"))
    store.projector.catch_up()
    with app.test_request_context():
        found = chosen(meeting)
        assert (found.name, found.urn) == ("Committee of papers, 17 June 2020", GATESHEAD)
        assert (found.planned_or_held_on, found.as_at, found.known_at) == (
            date(2020, 6, 17),
            date(2020, 6, 9),
            known_at,
        )
        assert found.previous == date(2020, 3, 4)
        assert chosen(before).previous is None
        with pytest.raises(NotFound):
            chosen(UUID(int=9))


def test_what_moved_since_a_meeting_is_shown_to_whoever_reads_of_meetings(app: WebApp):
    plan = app.extensions["plans"][GATESHEAD]
    meeting = arranged(app, "moves", day=date(2026, 8, 26), on=date(2026, 8, 26))
    member = client_of(app, Role.MEMBER)
    page = member.page(f"/plans/{plan}?meeting={meeting}")
    assert "What moved since Committee of moves, 26 August 2026" in page.all("main")[0].said
    assert [one.said for one in page.all("option") if one.get("selected") is not None] == [
        "Committee of moves, 26 August 2026"
    ]
    assert "What moved since 1 September 2026" in member.part(f"/plans/{plan}?meeting={meeting}&since=2026-09-01")
    assert (
        "Choose one of the meetings listed"
        in member.page(f"/plans/{plan}?meeting=soon", status=422).all("main")[0].said
    )
    assert member.client.get(f"/plans/{plan}?meeting={UUID(int=9)}").status_code == 404
    planned = arranged(app, "no moves", day=date(2026, 12, 2), on=date(2026, 8, 26), held=False)
    assert "was not held" in member.page(f"/plans/{plan}?meeting={planned}", status=422).all("main")[0].said
    of_haringey = f"/plans/{app.extensions['plans'][HARINGEY]}"
    assert (
        "a meeting of another authority"
        in member.page(f"{of_haringey}?meeting={meeting}", status=422).all("main")[0].said
    )
    assert "Committee of moves" not in client_of(app).page(f"/plans/{plan}?meeting={meeting}").all("main")[0].said


def test_the_committee_s_report_for_a_meeting_is_what_its_panel_saw_unless_told_otherwise(app: WebApp):
    store = store_of(app)
    plan = app.extensions["plans"][GATESHEAD]
    arranged(app, "reports", day=date(2020, 3, 4), on=date(2020, 3, 4))
    meeting = arranged(app, "reports again", committee="Committee of reports")
    known_at = datetime(2098, 9, 10, 8, 0, tzinfo=UTC)
    seen = {"as_at": date(2020, 6, 9), "known_at": known_at, "on": date(2020, 6, 17)}
    store.application.do(FixView(meeting, **seen), by=replace(told("what was seen of reports"), at=known_at))
    store.projector.catch_up()
    member = client_of(app, Role.MEMBER)
    address = f"/plans/{plan}/report?meeting={meeting}"
    assert address in [link.get("href") for link in member.page(f"/meetings/{meeting}").all("a")]
    said = member.page(address).all("main")[0].said
    for words in (
        "Report to Committee of reports, 17 June 2020",
        "As at 9 June 2020, as known on 10 September 2098",
        "Progress since 4 March 2020",
    ):
        assert words in said
    otherwise = member.page(f"{address}&meeting=The+panel&since=2020-04-01&as_at=2020-09-30").all("main")[0].said
    for words in ("Report to The panel", "As at 30 September 2020.", "Progress since 1 April 2020"):
        assert words in otherwise
    assert "Progress since 4 March" not in member.page(f"{address}&as_at=2020-02-01").all("main")[0].said
    untidy = member.client.get(f"{address}&meeting=&since=")
    assert (untidy.status_code, untidy.headers["Location"]) == (303, address)
    for ending in ("docx", "xlsx"):
        assert member.client.get(f"/plans/{plan}/report.{ending}?meeting={meeting}").status_code == 200
    of_haringey = f"/plans/{app.extensions['plans'][HARINGEY]}/report?meeting={meeting}"
    assert member.client.get(of_haringey).status_code == 422


def test_the_page_shows_plans_as_the_panel_saw_them_and_apart_from_that_as_they_are_now(app: WebApp):
    store, plan = store_of(app), app.extensions["plans"][GATESHEAD]
    arranged(app, "frozen", day=date(2019, 10, 2), on=date(2019, 10, 2))
    meeting = arranged(app, "frozen again", committee="Committee of frozen")
    known_at = datetime.now(UTC)
    by = replace(told("what was frozen"), at=known_at)
    store.application.do(FixView(meeting, as_at=date(2019, 11, 1), known_at=known_at, on=date(2020, 6, 17)), by=by)
    store.projector.catch_up()
    page = client_of(app, Role.MEMBER).page(f"/meetings/{meeting}")
    said = page.all("main")[0].said
    frozen, now = said.split("What the panel saw")[1].split(" Now ")
    then = meeting_of(store.reader, meeting, as_at=today())
    assert then.seen is not None
    assert then.seen.plans[0].headline != then.now.plans[0].headline
    assert then.seen.plans[0].headline in frozen
    assert then.now.plans[0].headline in now.split("Resolutions")[0]
    addresses = {link.said: link.get("href") or "" for link in page.all("a")}
    days = "between 2 October 2019 and 1 November 2019"
    assert addresses[f"What changed in the action plan {days}"].startswith(f"/plans/{plan}/compare?from=2019-10-02")
    history = addresses[f"What changed in the inspection history {days}"]
    assert history.startswith(f"/authorities/{GATESHEAD}/compare?from=2019-10-02")


def test_of_a_plan_that_was_not_open_at_what_the_panel_saw_the_page_says_so(app: WebApp):
    store = store_of(app)
    meeting = arranged(app, "early views", on=date(2018, 1, 3), day=date(2018, 2, 7))
    now = datetime.now(UTC)
    for as_at, why in ((date(2018, 1, 9), None), (date(2018, 1, 10), "The paper was reissued")):
        by = replace(told(f"an early view {as_at}"), at=now)
        store.application.do(FixView(meeting, as_at=as_at, known_at=now, why=why, on=date(2018, 2, 7)), by=by)
    store.projector.catch_up()
    member = client_of(app, Role.MEMBER)
    page = member.page(f"/meetings/{meeting}")
    assert page.all("main")[0].said.count("The action plan was not open then, or not known") == 2
    for link in page.all("a"):
        address = link.get("href") or ""
        if address.startswith(("/authorities/", "/plans/", "/meetings")):
            assert member.client.get(address, follow_redirects=True).status_code == 200, address


def test_json_and_the_command_line_tell_the_same_meetings(app: WebApp):
    arranged(app, "documents")
    member = client_of(app, Role.MEMBER)
    document = member.client.get(f"/api/meetings?authority={GATESHEAD}").get_json()
    must_fit(document, DESCRIPTION["components"]["schemas"]["Meetings"], "meetings")
    printed = app.test_cli_runner().invoke(args=["meetings", "Gateshead", "--json"])
    assert printed.exit_code == 0
    assert printed.stdout == member.client.get(f"/api/meetings?authority={GATESHEAD}").text
    in_lines = app.test_cli_runner().invoke(args=["meetings"]).stdout
    assert "Committee of documents: held" in in_lines


def test_the_timeline_shows_meetings_to_people_with_a_role_only(app: WebApp):
    arranged(app, "timelines")
    address = f"/authorities/{GATESHEAD}?kind=meetings"
    assert "Scrutiny meeting: Committee of timelines" in client_of(app, Role.AUDITOR).page(address).all("main")[0].said
    assert "Scrutiny meeting: Committee of timelines" in client_of(app, Role.MEMBER).part(address)
    assert "Committee of timelines" not in client_of(app).page(address).all("main")[0].said
    for public, status in (("/meetings", 303), ("/api/meetings", 401)):
        assert client_of(app).client.get(public).status_code == status


# --- engagement meetings --------------------------------------------------------------------------------------------


def test_topics_of_an_engagement_meeting_are_shown_to_people_with_a_role_only(app: WebApp):
    officer, member, public = client_of(app, Role.OFFICER), client_of(app, Role.MEMBER), client_of(app)
    form = {
        **day("held", date(2026, 2, 3)),
        "topics": f"Care leavers\n{SECRET}",
        "self_evaluation": "yes",
        "following-month": "2",
        "following-year": "2027",
        "source_title": "Minutes",
    }
    sent(officer, f"/authorities/{HARINGEY}/record/engagement-meeting", form)
    entries = public.client.get(f"/api/authorities/{HARINGEY}/timeline").get_json()["entries"]
    (held,) = [one["entry"] for one in entries if one.get("date") == "2026-02-03"]
    for address in (f"/authorities/{HARINGEY}", f"/inspections/{held}"):
        said = member.page(address).all("main")[0].said
        assert f"Topics: Care leavers; {SECRET}. " in said
        assert "The self-evaluation was discussed." in said
        assert "Next meeting: February 2027." in said
        assert "Zebediah" not in public.client.get(address).text
    ledger = store_of(app).application.ledger
    for position in range(ledger.max_position() - 3, ledger.max_position() + 1):
        assert "Zebediah" not in public.client.get(f"/api/ledger/entries/{position}").text
    assert "Zebediah" not in public.client.get(f"/api/authorities/{HARINGEY}/timeline").text
    elsewhere = f"/authorities/{GATESHEAD}/meetings/engagement/{held}/words/{UUID(int=9)}/erase"
    client_of(app, Role.ADMINISTRATOR).page(elsewhere, status=404)
    erase(app, member, f"/inspections/{held}")


def test_more_can_be_noted_of_an_engagement_meeting_later(app: WebApp):
    officer = client_of(app, Role.OFFICER)
    store = store_of(app)
    done = store.application.authorities.record_engagement_meeting(
        GATESHEAD, held_on=date(2026, 3, 3), by=told("an engagement")
    )
    store.projector.catch_up()
    address = f"/authorities/{GATESHEAD}/record/engagement-notes"
    form = {"activity": str(done.activity), "source_title": "Minutes"}
    answer = sent(officer, address, form, status=422)
    assert "Enter the topics of the meeting, or when the next one is." in answer
    early = sent(officer, address, form | day("following", date(2026, 3, 3)), status=422)
    assert "comes after this one" in early
    sent(officer, address, form | {"topics": "Supervision"})
    sent(officer, address, form | {"topics": "Supervision, and care leavers"})
    said = officer.page(f"/inspections/{done.activity}").all("main")[0].said
    assert "Topics: Supervision, and care leavers." in said


def erase(app: WebApp, reader: Client, shown: str) -> None:
    """An administrator follows the link beside the words; they are gone for whoever reads."""
    administrator = client_of(app, Role.ADMINISTRATOR)
    page = administrator.page(shown)
    (link,) = [one.attributes["href"] for one in page.all("a") if "/words/" in (one.get("href") or "")]
    assert SECRET in administrator.page(link).all("blockquote")[0].said
    administrator.page(f"{link.split('/words/')[0]}/words/{UUID(int=9)}/erase", status=404)
    assert "Enter the reason" in sent(administrator, link, {}, status=422)
    assert "Tick the box" in sent(administrator, link, {"reason": "It named a child."}, status=422)
    assert sent(administrator, link, {"reason": "It named a child.", "sure": "y"}) == shown
    said = reader.page(shown).all("main")[0].said
    assert "Zebediah" not in said
    assert "It named a child." in said
    assert "erased already" in sent(administrator, link, {"reason": "Again.", "sure": "y"}, status=422)


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


# --- letters --------------------------------------------------------------------------------------------------------


def test_letters_are_listed_with_their_state_and_the_public_sees_those_published(app: WebApp):
    store = store_of(app)
    visit = store.application.authorities.record_monitoring_visit(
        HARINGEY, started_on=date(2025, 3, 4), ended_on=None, number=1, focus=None, by=told("a first visit")
    ).activity
    other = store.application.authorities.record_monitoring_visit(
        HARINGEY, started_on=date(2025, 6, 4), ended_on=None, number=2, focus=None, by=told("a second visit")
    ).activity
    store.application.authorities.receive_letter(HARINGEY, visit, received_on=date(2025, 3, 20), by=told("its letter"))
    store.application.authorities.leave_letter_unpublished(HARINGEY, visit, by=told("that it is not published"))
    council = {"publisher": Publisher.COUNCIL, "published_on": date(2025, 7, 1)}
    store.application.authorities.publish_letter(HARINGEY, other, **council, by=told("the council publishes"))
    store.projector.catch_up()
    member, public = client_of(app, Role.MEMBER), client_of(app)
    address = f"/letters?authority={HARINGEY}"
    rows = {row.said for row in member.page(address).all("tr")}
    assert any("Monitoring visit 1" in row and "Not published" in row and "20 March 2025" in row for row in rows)
    assert any("Monitoring visit 2" in row and "1 July 2025, by the council" in row for row in rows)
    said = public.page(address).all("main")[0].said
    assert "Monitoring visit 2" in said
    assert "Monitoring visit 1" not in said
    assert "letter not published" in public.page(f"/authorities/{HARINGEY}").all("main")[0].said
    assert "Monitoring visit 1" in member.part(f"{address}&state=not_published")
    assert "Monitoring visit 1" not in public.part(f"{address}&state=not_published")


def test_all_letters_are_shown_a_page_at_a_time_and_empty_filters_leave_the_address(app: WebApp):
    public = client_of(app)
    public.page("/letters")
    public.page("/letters?page=9&as_at=2020-01-01")
    assert public.client.get("/letters?authority=&state=&as_at=2020-01-01").headers["Location"] == (
        "/letters?as_at=2020-01-01"
    )
    public.page("/letters?authority=Atlantis", status=404)


def test_a_state_of_letters_that_is_not_known_is_left_out_and_said(app: WebApp):
    public = client_of(app)
    said = public.page("/letters?state=lost").all("main")[0].said
    assert "“lost” is not a state known here, so it was left out." in said
    part = public.client.get("/letters?authority=&state=published_by_ofsted", headers=HTMX)
    assert part.headers["HX-Push-Url"] == "/letters?state=published_by_ofsted"


def test_meetings_as_json_are_asked_for_as_every_other_answer(app: WebApp):
    member = client_of(app, Role.MEMBER)
    assert member.client.get("/api/meetings?as_at=soon").status_code == 422
    assert member.client.get("/api/meetings?authority=Atlantis").status_code == 404


def test_an_officer_states_that_a_letter_is_not_published_once(app: WebApp):
    officer = client_of(app, Role.OFFICER)
    store = store_of(app)
    visit = store.application.authorities.record_focused_visit(
        GATESHEAD, started_on=date(2025, 9, 2), ended_on=None, focus="Front door", by=told("a quiet visit")
    ).activity
    store.projector.catch_up()
    address = f"/authorities/{GATESHEAD}/record/letter-not-published"
    form = {"activity": str(visit), "source_title": "Told by the regional director"}
    sent(officer, address, form)
    assert "letter not published" in officer.page(f"/authorities/{GATESHEAD}").all("main")[0].said
    sent(officer, address, form, status=422)
    store.application.authorities.publish_letter(
        GATESHEAD, visit, publisher=Publisher.OFSTED, published_on=date(2025, 10, 9), by=told("published after all")
    )
    store.projector.catch_up()
    row = next(
        row.said for row in officer.page(f"/letters?authority={GATESHEAD}").all("tr") if "Front door" in row.said
    )
    assert "Published by Ofsted" in row
