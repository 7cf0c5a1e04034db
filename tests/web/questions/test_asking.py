"""A member asks from the page of an authority, an entry, a finding or a window; an officer answers; without a plan."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from domain.plans.stories import QuestionStory
from domain.values.plans import ANSWER_DAYS, AskedKind
from domain.values.roles import Role
from tests.web.client import HTMX, Client
from tests.web.demo_app import GATESHEAD, HARINGEY, STOCKTON, demo_app
from tests.web.plans.story import filled
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.words.dates import today

AUTHORITY = f"/authorities/{HARINGEY}"


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return demo_app(tmp_path / "store")


def client(app: WebApp, *roles: Role, authorities: list[str] | None = None) -> Client:
    found = Client(app)
    sign_in(app, found.client, person(app, *roles, authorities=authorities or []))
    return found


@pytest.fixture
def member(app: WebApp) -> Client:
    return client(app, Role.MEMBER)


@pytest.fixture
def officer(app: WebApp) -> Client:
    return client(app, Role.OFFICER, authorities=[HARINGEY])


def asked(app: WebApp, urn: str = HARINGEY) -> list[QuestionStory]:
    return list(store_of(app).application.questions.asked_of(urn).state.challenges.values())


def ask_links(member: Client, page: str) -> list[str]:
    links = (link.get("href") or "" for link in member.page(page).all("a"))
    return [link for link in links if "/ask" in link]


def on_today() -> dict[str, str]:
    day = today()
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


def about_in(link: str) -> str:
    return parse_qs(urlsplit(link).query).get("about", [""])[0]


def link_to(client: Client, page: str, said: str) -> str:
    (link,) = [one.get("href") or "" for one in client.page(page).all("a") if one.said.startswith(said)]
    return link


def send(member: Client, address: str, question: str = "What does it cost?") -> str:
    """Ask by the form at an address; gives the page of the question."""
    sent = member.client.post(address, data=filled(member, address, {"question": question}))
    assert sent.status_code == 303
    return str(sent.headers["Location"])


def entry_of(app: WebApp, published: date) -> UUID:
    entries = store_of(app).application.authorities.authority(HARINGEY).activities
    return next(one.id for one in entries if one.published == published)


def test_from_each_page_one_asks_about_what_it_shows(app: WebApp, member: Client):
    report, visit = entry_of(app, date(2018, 12, 14)), entry_of(app, date(2026, 8, 4))
    for page, kind in (
        (AUTHORITY, AskedKind.AUTHORITY),
        (f"/inspections/{report}", AskedKind.ENTRY),
        (f"/inspections/{visit}", AskedKind.FINDING),
        (f"{AUTHORITY}/window", AskedKind.WINDOW),
        (f"/findings?authority={HARINGEY}", AskedKind.FINDING),
    ):
        wanted = "" if kind is AskedKind.AUTHORITY else kind.value
        link = next(one for one in ask_links(member, page) if about_in(one) == wanted)
        where = send(member, link, f"Asked from {page} about {kind.value}")
        question = asked(app)[-1]
        about = question.asked_about
        assert about is not None
        assert about.kind is kind
        assert about.as_at == today()
        assert about.called
        assert question.answer_by == today() + timedelta(days=ANSWER_DAYS)
        shown = member.page(where)
        assert f"Asked from {page}" in shown.by_id("main-content").said
        seen = link_to(member, where, "As the member saw it")
        assert "known_at=" in seen
        assert member.client.get(seen).status_code == 200
        if kind in (AskedKind.ENTRY, AskedKind.FINDING):
            assert about.entry is not None
        if kind in (AskedKind.ENTRY, AskedKind.WINDOW):
            assert f"Asked from {page}" in member.page(page).by_id("members-questions").said
        if kind is AskedKind.FINDING:
            assert about.finding is not None
            assert about.finding.text in shown.by_id("main-content").said
    assert len(asked(app)) == 5


def test_a_question_keeps_the_day_that_was_looked_at(app: WebApp, member: Client):
    (link,) = [one for one in ask_links(member, f"{AUTHORITY}/window?as_at=2019-06-01") if "about=window" in one]
    assert "As at 1 June 2019" in member.page(link).by_id("record").said
    send(member, link)
    (question,) = asked(app)
    assert question.asked_about is not None
    assert question.asked_about.as_at == date(2019, 6, 1)
    assert question.asked_about.window_from is not None


def test_what_was_recorded_after_the_form_was_opened_is_not_what_was_asked_about(app: WebApp, member: Client):
    where, elsewhere = f"{AUTHORITY}/ask", client(app, Role.MEMBER)
    form = filled(member, where, {"question": "Why?"})
    send(elsewhere, f"/authorities/{GATESHEAD}/ask")
    assert member.client.post(where, data=form).status_code == 303
    (question,), (other,) = asked(app), asked(app, GATESHEAD)
    assert question.asked_about is not None
    assert other.asked_about is not None
    assert question.asked_about.position == int(form["seen"]) == other.asked_about.position


def test_sent_twice_it_is_asked_once(app: WebApp, member: Client):
    where = f"{AUTHORITY}/ask"
    form = filled(member, where, {"question": "Why?"})
    assert {member.client.post(where, data=form).headers["Location"] for _ in range(2)}
    assert len(asked(app)) == 1


def test_what_is_not_shown_cannot_be_asked_about(app: WebApp, member: Client):
    report = entry_of(app, date(2018, 12, 14))
    for query in (
        "about=entry",
        "about=entry&entry=nothing",
        f"about=entry&entry={UUID(int=3)}",
        f"about=entry&entry={report}&as_at=2016-01-01",
        f"about=finding&entry={report}&finding=nothing",
    ):
        assert member.client.get(f"{AUTHORITY}/ask?{query}").status_code == 404, query
    assert member.client.get(f"/authorities/{GATESHEAD}/ask?about=entry&entry={report}").status_code == 404
    assert member.client.get("/authorities/Haringey/ask").status_code == 404


def test_nothing_is_asked_without_words(member: Client):
    where = f"{AUTHORITY}/ask"
    page = member.post(where, filled(member, where, {"question": " "}), status=422)
    assert "Enter the question" in page.by_id("record").said
    assert page.all("title")[0].said.startswith("Error: ")
    part = member.client.post(where, data=filled(member, where, {"question": ""}), headers=HTMX)
    assert part.status_code == 422
    assert part.text.lstrip().startswith('<div id="record"')
    form = filled(member, where, {"question": "Why?", "seen": "never"})
    assert member.client.post(where, data=form).status_code == 422


def test_of_an_authority_that_has_ended_it_says_whom_to_ask(member: Client):
    where = "/authorities/80457/ask"
    page = member.post(where, filled(member, where, {"question": "Why?"}), status=422)
    assert "ceased to exist on 1 April 2023: nobody there can answer" in page.by_id("record").said
    assert ask_links(member, "/authorities/80457") == []


def test_an_officer_of_the_authority_answers(app: WebApp, member: Client, officer: Client):
    where = send(member, f"{AUTHORITY}/ask")
    link = link_to(officer, where, "Answer the question")
    assert "What does it cost?" in officer.page(link).by_id("record").said
    refused = officer.post(link, filled(officer, link, {"answer": ""}), status=422)
    assert "Enter the answer" in refused.by_id("record").said
    assert (
        officer.client.post(link, data=filled(officer, link, {"answer": "Nothing.", **on_today()})).headers["Location"]
        == where
    )
    said = officer.page(where).by_id("main-content").said
    assert "The answer was recorded." in said
    assert "Nothing." in said
    assert "Answered" in said
    assert [one.said for one in member.page(where).all("a") if one.said.startswith("Withdraw")] == []
    assert "That cannot be done as it stands now" in officer.page(link).by_id("record").said


def test_whose_authority_it_is_not_is_refused_in_words(app: WebApp, member: Client):
    where = send(member, f"{AUTHORITY}/ask")
    link = f"{AUTHORITY}/questions/{where.rpartition('/')[2]}"
    elsewhere = client(app, Role.OFFICER, authorities=[STOCKTON])
    for reader, kind, said in (
        (elsewhere, "answer", "You may record only for the authorities your role was given for"),
        (member, "answer", "You may record only for the authorities your role was given for"),
        (elsewhere, "withdraw", "Your role does not allow this"),
        (client(app, Role.MEMBER), "withdraw", "Your role does not allow this"),
    ):
        answer = reader.client.get(f"{link}/{kind}")
        assert answer.status_code == 403
        assert said in answer.text
    assert member.client.get(f"{link}/nothing").status_code == 404
    of_another = link.replace(HARINGEY, STOCKTON)
    assert elsewhere.client.get(f"{of_another}/answer").status_code == 404


def test_the_member_takes_it_back(app: WebApp, member: Client):
    where = send(member, f"{AUTHORITY}/ask")
    link = link_to(member, where, "Withdraw the question")
    assert member.client.post(link, data=filled(member, link, {"why": "Known."})).status_code == 303
    assert "Known." in member.page(where).by_id("main-content").said


def test_it_stands_in_every_list(app: WebApp, member: Client, officer: Client):
    where = send(member, f"{AUTHORITY}/ask", "Why that?")
    send(client(app, Role.MEMBER), f"/authorities/{STOCKTON}/ask?about=window", "And this?")
    assert "Why that?" in member.page("/my-work/questions?whose=asked").by_id("results").said
    assert "And this?" not in member.page("/my-work/questions?whose=asked").by_id("results").said
    assert "Why that?" in officer.page("/my-work/questions?whose=answer").by_id("results").said
    assert "And this?" not in officer.page("/my-work/questions?whose=answer").by_id("results").said
    assert "And this?" in member.page("/my-work/questions?about=window").by_id("results").said
    assert "Why that?" not in member.page("/my-work/questions?about=window").by_id("results").said
    page = member.page(AUTHORITY)
    assert any(one.said == "Members’ questions: 1 waits" for one in page.all("a"))
    assert "A member asked about the authority" in page.by_id("timeline").said
    assert where in [one.get("href") for one in page.all("a")]
    answer = member.client.get(f"/api/challenges?authority={HARINGEY}").get_json()
    (row,) = answer["questions"]
    assert (row["plan"], row["asked_about"]["kind"], row["asked_of"]) == (None, "authority", None)
    audit = member.page(f"/record?kind=questions&authority={HARINGEY}").by_id("main-content").said
    assert "A member asked; an answer is due by" in audit


def test_the_public_reads_none_of_it(app: WebApp, member: Client):
    where = send(member, f"{AUTHORITY}/ask", "Why that?")
    public = Client(app)
    assert public.client.get(where).status_code == 303
    assert "Why that?" not in public.client.get(AUTHORITY).text
    assert ask_links(public, AUTHORITY) == []
    window = f"{AUTHORITY}/window"
    send(member, f"{AUTHORITY}/ask?about=window", "Why then?")
    assert "Why then?" in member.page(window).by_id("members-questions").said
    assert "Why then?" not in public.client.get(window).text


def test_an_administrator_erases_words(app: WebApp, member: Client):
    where = send(member, f"{AUTHORITY}/ask", "What of Zebediah?")
    administrator = client(app, Role.ADMINISTRATOR)
    link = link_to(administrator, where, "What of Zebediah?")
    assert "What of Zebediah?" in administrator.page(link).by_id("main-content").said
    form = filled(administrator, link, {"reason": "It named a child.", "sure": "y"})
    assert administrator.client.post(link, data=form).status_code == 303
    said = member.page(where).by_id("main-content").said
    assert "Zebediah" not in said
    assert "It named a child." in said
