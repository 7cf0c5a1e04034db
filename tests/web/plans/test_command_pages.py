"""Forms about plans: every kind opened, refused in words, carried out once, and never over somebody else's head."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any, get_type_hints
from uuid import UUID, uuid4

import pytest

from domain.plans.action_commands import AcceptCompletion, OfferEvidence, ReportProgress, WithdrawAction
from domain.plans.commands import ClosePlan, SendPlan
from domain.plans.question_commands import AskQuestion
from domain.values.plans import Progress, Stage
from domain.values.roles import Listed, Role
from tests.web.authorities.test_recording import summary_of
from tests.web.client import HTMX, Client, Document, check_elements
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, served, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.plans.command_table import ACTION_FORMS, ASK, ERASE, LABELS, OPEN, PLAN_FORMS, QUESTION_FORMS

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
TODAY = {"on-day": "24", "on-month": "11", "on-year": "2026"}


def day(name: str, text: str) -> dict[str, str]:
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), text.split(), strict=True))


@pytest.fixture(scope="module")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UUID]:
    """A store with a plan in it, and the plan of Haringey: every test has a copy of its own."""
    home = tmp_path_factory.mktemp("planning") / "instance"
    made = demo_app(home)
    plan = open_plans(made)[HARINGEY]
    store_of(made).close()
    return home, plan


@pytest.fixture
def app(told_once: tuple[Path, UUID], tmp_path: Path) -> Iterator[WebApp]:
    made = served(copytree(told_once[0], tmp_path / "instance"))
    yield made
    store_of(made).close()


@pytest.fixture
def plan(app: WebApp, told_once: tuple[Path, UUID]) -> Plan:
    return Plan(app, told_once[1])


class Plan:
    """A plan of Haringey's on a letter with priority action, one action in it, and everybody who works on it."""

    def __init__(self, app: WebApp, plan: UUID) -> None:
        self.app = app
        self.id = plan
        self.findings = [str(name) for name in self.door.plans.plan(self.id).state.findings]
        self.people: dict[str, Listed] = {}

    @property
    def door(self) -> Any:
        return store_of(self.app).application

    @property
    def position(self) -> int:
        return int(self.door.ledger.max_position())

    @property
    def state(self) -> Any:
        return self.door.plans.plan(self.id).state

    def client(self, role: str = "officer", office: str = "") -> Client:
        """Somebody of a role, freshly signed in."""
        kind = Role(role)
        scope = [HARINGEY] if kind in (Role.OFFICER, Role.APPROVER) else []
        client = Client(self.app)
        who = person(self.app, kind, authorities=scope, office=office or f"Office of the {role}")
        self.people[role] = who
        sign_in(self.app, client.client, who)
        return client

    def record(self, kind: str) -> str:
        return f"/plans/{self.id}/record/{kind}"

    def act(self, kind: str, number: int = 1) -> str:
        return f"/plans/{self.id}/actions/{number}/record/{kind}"

    # What has to be so before a kind of work can be done.

    def reported(self) -> None:
        words = {"progress": Progress.COMPLETE, "narrative": "All reviewed.", "on": date(2026, 9, 1)}
        self.door.do(ReportProgress(self.id, 1, **words), by=told("reported"))
        title, reference = "Audit of August", "Item 4"
        evidence = {"title": title, "reference": reference, "on": date(2026, 9, 1)}
        self.door.do(OfferEvidence(self.id, 1, **evidence), by=told("evidence"))

    def accepted(self) -> None:
        self.reported()
        by = replace(told("accepted"), actor="a second person")
        self.door.do(AcceptCompletion(self.id, 1, on=date(2026, 9, 1)), by=by)

    def withdrawn(self) -> None:
        self.door.do(WithdrawAction(self.id, 1, why="No.", on=date(2026, 9, 1)), by=told("withdrawn"))

    def closed(self) -> None:
        self.withdrawn()
        self.door.do(ClosePlan(self.id, why="Done.", on=date(2026, 9, 1)), by=told("closed"))

    def sent(self) -> None:
        self.door.do(SendPlan(self.id, stage=Stage.FINAL, on=date(2026, 9, 1)), by=told("sent"))

    def grown(self) -> None:
        activity = self.state.activity
        self.door.authorities.record_finding(
            HARINGEY, activity, text="Recording of visits.", priority=False, by=told("grown")
        )

    def asked(self, actor: str | None = None) -> UUID:
        by = replace(told("asked"), actor=actor or "local")
        made = self.door.do(AskQuestion(self.id, question="What shows it?", action=1, on=date(2026, 8, 20)), by=by).made
        store_of(self.app).projector.catch_up()
        assert isinstance(made, UUID)
        return made


Before = Callable[[Plan], object] | None

PLAN_CASES: dict[str, tuple[Before, dict[str, str]]] = {
    "action": (None, {"what": "Audit", "owner": "Head of Safeguarding", **day("due_on", "1 3 2027"), **TODAY}),
    "sent": (None, {"stage": "final", **day("submitted_on", "1 9 2026")}),
    "reply": (Plan.sent, {"reflects": "unsaid", **day("received_on", "20 9 2026")}),
    "receipt": (None, {"why": "The post book says so.", **day("received_on", "3 8 2026"), **TODAY}),
    "findings": (Plan.grown, {**TODAY}),
    "close": (Plan.withdrawn, {"why": "All is done.", **TODAY}),
    "reopen": (Plan.closed, {"why": "It was not.", **TODAY}),
}
ACTION_CASES: dict[str, tuple[Before, dict[str, str]]] = {
    "progress": (None, {"progress": "in_progress", "track": "at_risk", "narrative": "Begun.", **TODAY}),
    "evidence": (None, {"title": "Audit", "link": "https://example.gov.uk/audit", **TODAY}),
    "accept": (Plan.reported, {**TODAY}),
    "refuse": (Plan.reported, {"why": "Two cases only.", **TODAY}),
    "due-date": (None, {"why": "A second round.", **day("due_on", "1 2 2027"), **TODAY}),
    "impact": (None, {"impact": "some", "why": "Two audits.", **TODAY}),
    "measure": (None, {"measure": "Cases reviewed", "unit": "%", "baseline": "40", "target": "100", **TODAY}),
    "owner": (None, {"owner": "Service director", **TODAY}),
    "findings": (None, {**TODAY}),
    "close": (Plan.accepted, {"why": "Nothing more.", **TODAY}),
    "withdraw": (None, {"why": "Given up.", **TODAY}),
    "not-required": (None, {"why": "Done by the board.", **TODAY}),
    "reopen": (Plan.reported, {"why": "Not done.", **TODAY}),
}


def prepared(plan: Plan, before: Before) -> None:
    if before is not None:
        before(plan)
    store_of(plan.app).projector.catch_up()


def filled(client: Client, address: str, form: dict[str, str]) -> dict[str, str]:
    """What a browser would send: the form as it was opened, with these answers."""
    page = client.page(address)
    hidden = {one.get("name"): one.get("value") for one in page.all("input") if one.get("type") == "hidden"}
    return {str(name): str(value) for name, value in hidden.items() if value} | form


def kinds() -> list[tuple[str, str]]:
    return [("plan", kind) for kind in PLAN_CASES] + [("action", kind) for kind in ACTION_CASES]


def case(plan: Plan, about: str, kind: str) -> tuple[str, dict[str, str]]:
    before, form = (PLAN_CASES if about == "plan" else ACTION_CASES)[kind]
    prepared(plan, before)
    if (about, kind) in (("plan", "action"), ("action", "findings")):
        form = {**form, "findings": plan.findings[1]}
    return (plan.record(kind) if about == "plan" else plan.act(kind)), form


def test_every_kind_of_work_has_a_case():
    assert PLAN_CASES.keys() | {"due-date"} == PLAN_FORMS.keys()
    assert ACTION_CASES.keys() == ACTION_FORMS.keys()


@pytest.mark.parametrize(("about", "kind"), kinds())
def test_every_form_is_a_whole_page_refused_in_words_and_carried_out_once(plan: Plan, about: str, kind: str):
    address, form = case(plan, about, kind)
    client = plan.client("approver")
    page = client.page(address)
    assert "Do not name children, families or staff." in page.all("main")[0].said
    assert [one for one in page.all("form") if one.get("hx-post") == address]
    before = plan.position
    empty = client.post(address, {}, status=422)
    assert "There is a problem" in summary_of(empty)
    assert empty.all("title")[0].said.startswith("Error:")
    assert plan.position == before
    sent = filled(client, address, form)
    answers = [client.client.post(address, data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303], answers[0].text
    where = rf"/plans/{plan.id}" if about == "plan" and kind != "action" else rf"/plans/{plan.id}/actions/\d"
    assert all(re.fullmatch(where, answer.headers["Location"]) for answer in answers)
    facts = list(plan.door.ledger.read_facts(before + 1))
    assert len(facts) == (2 if kind in ("sent", "reply") else 1), "sent twice, told once"
    assert {fact.actor for _, fact in facts} == {plan.people["approver"].actor}


@pytest.mark.parametrize(("about", "kind"), kinds())
def test_the_part_that_htmx_receives_is_a_piece_of_the_page(plan: Plan, about: str, kind: str):
    address, _ = case(plan, about, kind)
    client = plan.client("approver")
    part, page = client.client.post(address, headers=HTMX), client.client.post(address)
    assert part.status_code == page.status_code == 422
    assert _without_ids(part.text) in _without_ids(page.text)
    check_elements(Document(part.text))


def _without_ids(text: str) -> str:
    """A form opened twice differs by its command."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text).strip()


def test_every_form_gives_what_its_command_takes():
    kinds_ = (*PLAN_FORMS.values(), *ACTION_FORMS.values(), *QUESTION_FORMS.values(), OPEN, ASK, LABELS, ERASE)
    for kind in kinds_:
        assert get_type_hints(kind.form.record)["return"] is kind.sends


# --- opening, questions, labels, erasing ----------------------------------------------------------------------------


def test_a_plan_is_opened_on_a_letter_that_has_none(tmp_path: Path):
    app = demo_app(tmp_path)
    client = Client(app)
    who = person(app, Role.OFFICER, authorities=[HARINGEY])
    sign_in(app, client.client, who)
    address = f"/authorities/{HARINGEY}/plans/open"
    (choice,) = client.page(address).all("select")
    assert "Focused visit" in choice.said
    newest = re.search(r'<option value="([^"]+)"[^>]*>[^<]*7 to 8 July 2026', client.client.get(address).text)
    assert newest is not None
    assert "There is a problem" in summary_of(client.post(address, {}, status=422))
    sent = filled(client, address, {"activity": newest[1], **day("on", "10 8 2026")})
    first, again = (client.client.post(address, data=sent) for _ in range(2))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["Location"] == again.headers["Location"]
    plan = UUID(first.headers["Location"].rpartition("/")[2])
    assert store_of(app).application.plans.plan(plan).urn == HARINGEY
    assert "7 to 8 July 2026" not in client.page(address).all("main")[0].said, "it has a plan now"


def test_a_member_asks_about_an_action_and_a_finding_and_takes_their_own_question_back(plan: Plan):
    member, other = plan.client("member"), plan.client("member")
    for query, page in (("action=1", "/actions/1"), (f"finding={plan.findings[1]}", "")):
        address = f"/plans/{plan.id}/ask?{query}"
        assert "Enter the question." in summary_of(member.post(address, {}, status=422))
        sent = filled(member, address, {"question": f"What shows it? {query}"})
        before = plan.position
        for _ in range(2):
            answer = member.client.post(address, data=sent)
            assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan.id}{page}")
        assert plan.position == before + 1
    question = next(iter(plan.state.challenges))
    address = f"/plans/{plan.id}/questions/{question}/withdraw"
    other.page(address, status=403)
    plan.client("officer").page(address, status=403)
    plan.client("approver").page(address)
    assert "Enter why it is withdrawn." in summary_of(member.post(address, {}, status=422))
    assert member.client.post(address, data=filled(member, address, {"why": "Seen."})).status_code == 303
    assert plan.state.challenges[question].withdrawn is not None
    assert "cannot be done as it stands" in plan.client("approver").page(address).all("main")[0].said


@pytest.mark.parametrize("query", ["", "?action=x", "?action=99", f"?finding={UUID(int=5)}", "?finding=x"])
def test_one_asks_about_something_that_is_there(plan: Plan, query: str):
    plan.client("member").page(f"/plans/{plan.id}/ask{query}", status=404)


def test_an_officer_answers_and_no_member_does(plan: Plan):
    address = f"/plans/{plan.id}/questions/{plan.asked()}/answer"
    officer = plan.client("officer")
    assert "What shows it?" in officer.page(address).all("main")[0].said
    assert "Enter the answer." in summary_of(officer.post(address, {}, status=422))
    plan.client("member").page(address, status=403)
    answer = officer.client.post(address, data=filled(officer, address, {"answer": "The audit.", **TODAY}))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{plan.id}/actions/1")


def test_labels_are_chosen_whole_and_begin_with_those_in_force(plan: Plan):
    address = f"/authorities/{HARINGEY}/plan-labels"
    officer = plan.client()
    assert "Enter a label for “Overdue”." in summary_of(officer.post(address, {}, status=422))

    def held() -> dict[str, str]:
        page = officer.page(address)
        found = {str(one.get("name")): one.get("value") or "" for one in page.all("input")}
        for option in page.all("option"):
            if "selected" in option.attributes:
                found[str(option.parents[-1].get("name"))] = option.get("value") or ""
        return found

    sent = held() | {"label_overdue": "Late", "colour_overdue": "amber", "answer_days": "5"}
    for _ in range(2):
        assert officer.client.post(address, data=sent).status_code == 303
    assert {name: held()[name] for name in ("label_overdue", "colour_overdue", "answer_days", "label_closed")} == {
        "label_overdue": "Late",
        "colour_overdue": "amber",
        "answer_days": "5",
        "label_closed": "Closed",
    }
    assert plan.door.plans.answer_days(HARINGEY) == 5
    late = officer.client.post(address, data=sent | {"label_overdue": "Behind"})
    assert late.status_code == 409
    assert "Somebody else changed these labels after you opened it" in late.text
    assert "“Overdue” is “Late”, amber" in late.text
    assert held()["label_overdue"] == "Late"
    wrong = officer.post(address, held() | {"answer_days": "0"}, status=422)
    assert "from 1 to 90" in summary_of(wrong)


def test_words_are_erased_by_an_administrator_who_has_seen_them_and_agrees(plan: Plan):
    plan.reported()
    store_of(plan.app).projector.catch_up()
    subject = plan.state.actions[1].narrative.sealed.subject
    address = f"/plans/{plan.id}/words/{subject}/erase"
    plan.client("approver").page(address, status=403)
    administrator = plan.client("administrator")
    assert "All reviewed." in administrator.page(address).all("main")[0].said
    asked = summary_of(administrator.post(address, {}, status=422))
    assert "Enter why they are erased." in asked
    assert "Tick the box" in asked
    sent = filled(administrator, address, {"reason": "A name was in it.", "sure": "y"})
    for _ in range(2):
        assert administrator.client.post(address, data=sent).status_code == 303
    assert subject in plan.state.erased
    after = administrator.page(address).all("main")[0].said
    assert "All reviewed." not in after
    assert "A name was in it." in after
    administrator.page(f"/plans/{plan.id}/words/{UUID(int=4)}/erase", status=404)


# --- rights ---------------------------------------------------------------------------------------------------------


def test_only_an_approver_accepts_and_never_what_they_reported_themselves(plan: Plan):
    plan.reported()
    store_of(plan.app).projector.catch_up()
    for kind in ("accept", "refuse"):
        plan.client("officer").page(plan.act(kind), status=403)
        assert plan.client("officer").client.post(plan.act(kind), data=TODAY).status_code == 403
    approver = plan.client("approver")
    again = filled(approver, plan.act("progress"), {"progress": "complete", "narrative": "Still.", **TODAY})
    assert approver.client.post(plan.act("progress"), data=again).status_code == 303
    page = approver.page(plan.act("accept"))
    assert "A second person must look at the evidence." in page.all("main")[0].said
    assert not page.all("form")
    seen = str(plan.state.actions[1].last.version)
    form = {"command": str(uuid4()), "seen": seen, **TODAY}
    assert "A second person" in summary_of(approver.post(plan.act("accept"), form, status=422))


def test_what_cannot_be_done_now_says_so_and_has_no_form(plan: Plan):
    page = plan.client("approver").page(plan.act("accept"))
    assert "That cannot be done as it stands now." in page.all("main")[0].said
    assert not page.all("form")


@pytest.mark.parametrize("kind", ["accept", "jtai", "", "..%2f"])
def test_there_is_no_form_of_another_name(plan: Plan, kind: str):
    assert plan.client("approver").client.get(plan.record(kind)).status_code == 404


def test_there_is_no_form_of_a_plan_or_action_that_is_not_there(plan: Plan):
    client = plan.client("approver")
    client.page(plan.act("progress", 99), status=404)
    client.page(f"/plans/{plan.id}/questions/{UUID(int=9)}/answer", status=404)
    client.page(f"/plans/{UUID(int=9)}/record/action", status=404)


# --- two officers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("htmx", [False, True])
def test_the_second_of_two_officers_sees_both_versions_and_keeps_their_words(plan: Plan, htmx: bool):
    first, second = plan.client("officer", "Improvement team"), plan.client("approver", "Quality assurance")
    mine = filled(second, plan.act("progress"), {"progress": "in_progress", "narrative": "My <b>words</b>.", **TODAY})
    theirs = filled(first, plan.act("due-date"), {"why": "A second round.", **day("due_on", "1 2 2027"), **TODAY})
    assert first.client.post(plan.act("due-date"), data=theirs).status_code == 303
    before = plan.position
    answer = second.client.post(plan.act("progress"), data=mine, headers=HTMX if htmx else {})
    assert answer.status_code == 409
    assert plan.position == before, "nothing was recorded"
    page = Document(answer.text) if htmx else second.checked(answer, 409)
    assert page.by_id("problem-heading").said == "Somebody else changed this action after you opened it"
    told_of = page.by_id("theirs").said
    assert "Due date moved from 1 December 2026 to 1 February 2027." in told_of
    assert "Reason: A second round." in told_of
    assert "by Improvement team" in told_of
    assert "My <b>words</b>." in page.by_id("yours").said
    assert page.by_id("narrative").said == "My <b>words</b>."
    assert "<b>words" not in answer.text
    if htmx:
        check_elements(page)
        assert "<html" not in answer.text
    again = {str(one.get("name")): one.get("value") or "" for one in page.all("input") if one.get("type") == "hidden"}
    assert second.client.post(plan.act("progress"), data=mine | again).status_code == 303
    assert plan.state.actions[1].progress is Progress.IN_PROGRESS
    assert plan.state.actions[1].due_on == date(2027, 2, 1), "both stand"


def test_a_form_that_was_carried_out_is_no_conflict_when_it_comes_again(plan: Plan):
    officer = plan.client()
    sent = filled(officer, plan.act("progress"), {"progress": "in_progress", "narrative": "Begun.", **TODAY})
    assert officer.client.post(plan.act("progress"), data=sent).status_code == 303
    later = filled(officer, plan.act("owner"), {"owner": "Service director", **TODAY})
    assert officer.client.post(plan.act("owner"), data=later).status_code == 303
    assert officer.client.post(plan.act("progress"), data=sent).status_code == 303


@pytest.mark.parametrize("seen", ["", "x", "-1", "²", "9" * 30])
def test_a_form_without_the_version_it_was_opened_on_is_not_taken(plan: Plan, seen: str):
    form = {"command": str(uuid4()), "seen": seen, "progress": "in_progress", "narrative": "So.", **TODAY}
    assert "not opened from here" in summary_of(plan.client().post(plan.act("progress"), form, status=422))


# --- what is typed --------------------------------------------------------------------------------------------------


def test_what_is_typed_is_escaped_wherever_a_form_shows_it_again(plan: Plan):
    officer = plan.client("approver")
    texts = {"narrative": XSS, "why": XSS, "title": XSS, "reference": XSS, "measure": XSS, "owner": XSS, "unit": XSS}
    for kind in ACTION_CASES:
        answer = officer.client.post(plan.act(kind), data=texts | {"command": "x", "what": XSS, "question": XSS})
        assert answer.status_code == 422
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
    sent = filled(officer, plan.act("evidence"), {"title": XSS, "reference": XSS, **TODAY})
    assert officer.client.post(plan.act("evidence"), data=sent).status_code == 303
    shown = officer.client.get(plan.act("accept")).text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_a_form_that_comes_back_offers_no_more_than_before_and_names_every_mistake_at_once(plan: Plan):
    officer = plan.client()
    opened = radios(officer.page(plan.act("progress")))
    assert "embedded" not in opened
    sent = filled(
        officer, plan.act("progress"), {"progress": "in_progress", "now": "about 80%", **day("on", "1 9 2031")}
    )
    page = officer.post(plan.act("progress"), sent, status=422)
    assert radios(page) == opened
    assert "in digits" in summary_of(page)
    assert "1 September 2031 lies in the future" in summary_of(page)


def radios(page: Document) -> list[str | None]:
    return [one.get("value") for one in page.all("input") if one.get("name") == "progress"]


def test_evidence_asks_for_a_link_or_a_reference_and_calls_neither_optional(plan: Plan):
    officer = plan.client()
    page = officer.page(plan.act("evidence"))
    assert not [label.said for label in page.all("label") if "(optional)" in label.said]
    hints = [page.by_id(f"{name}-hint").said for name in ("link", "reference")]
    assert all("Give a link, a reference, or both." in hint for hint in hints)


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("evidence", {"title": "Audit", "link": "http://example.gov.uk", **TODAY}, "https address"),
        ("evidence", {"title": "Audit", "link": "//example.gov.uk/x", **TODAY}, "https address"),
        ("evidence", {"title": "Audit", **TODAY}, "Give a link, a reference, or both."),
        ("progress", {"progress": "in_progress", "now": "most", **TODAY}, "in digits"),
        ("progress", {"progress": "in_progress", "narrative": "x" * 3_001, **TODAY}, "at most 3,000 characters"),
        ("progress", {"progress": "in_progress", "narrative": "a\x00b", **TODAY}, "cannot be printed"),
        ("progress", {"progress": "closed", **TODAY}, "”, choose from the answers offered"),
        ("progress", {"progress": "in_progress", "narrative": "x", **day("on", "1 1 2031")}, "lies in the future"),
        ("due-date", {"why": "x", **day("due_on", "31 2 2027"), **TODAY}, "must be a real date"),
        ("owner", {"owner": "Head of Safeguarding", **TODAY}, "already"),
        ("findings", {"findings": str(UUID(int=3)), **TODAY}, "Under “Which findings does it answer?”, choose"),
    ],
)
def test_what_is_wrong_is_said_in_words(plan: Plan, kind: str, answers: dict[str, str], words: str):
    officer = plan.client()
    sent = filled(officer, plan.act(kind), answers)
    before = plan.position
    assert words in summary_of(officer.post(plan.act(kind), sent, status=422))
    assert plan.position == before


# --- what is offered ------------------------------------------------------------------------------------------------


def offered(plan: Plan, who: Client, name: str, context: str) -> list[str]:
    """The words of the links in a partial, for somebody."""
    from flask import render_template

    from projections.plans.action import action_of
    from projections.plans.plan import plan_of

    token = who.client.get_cookie("session")
    assert token is not None
    reader, today = store_of(plan.app).reader, date(2026, 11, 24)
    with plan.app.test_request_context("/", headers={"Cookie": f"session={token.value}"}):
        from web.site import access

        access.present()
        whole = plan_of(reader, plan.id, as_at=today)
        things: dict[str, dict[str, Any]] = {
            "plan": {"answer": whole},
            "action": {"answer": action_of(reader, plan.id, 1, as_at=today)},
            "question": {"question": next(iter(whole.questions), None)},
            "finding": {"plan": plan.id, "finding": whole.findings[0].finding},
        }
        html = render_template(name, **things[context])
    document = Document(html)
    check_elements(document)
    return [one.said for one in document.all("a")]


def test_each_state_offers_only_what_can_be_done_by_whoever_looks(plan: Plan):
    officer, approver, member = plan.client("officer"), plan.client("approver"), plan.client("member")
    auditor, administrator = plan.client("auditor"), plan.client("administrator")
    action = "plans/commands/_for_action.html"
    begun = offered(plan, officer, action, "action")
    assert begun[0] == "Report progress"
    assert not {"Accept that it is complete", "Reopen the action", "Close the action"} & set(begun)
    assert offered(plan, member, action, "action") == ["Ask about this action"]
    assert offered(plan, auditor, action, "action") == []
    assert offered(plan, administrator, action, "action") == ["Review every unallocated case each week"]
    plan.reported()
    store_of(plan.app).projector.catch_up()
    assert "Accept that it is complete" in offered(plan, approver, action, "action")
    assert "Accept that it is complete" not in offered(plan, officer, action, "action")
    again = filled(approver, plan.act("progress"), {"progress": "complete", "narrative": "Still.", **TODAY})
    assert approver.client.post(plan.act("progress"), data=again).status_code == 303
    assert "Accept that it is complete" not in offered(plan, approver, action, "action"), "they reported it"
    whole = offered(plan, officer, "plans/commands/_for_plan.html", "plan")
    assert whole[:2] == ["Add an action", "Record what was sent to Ofsted"]
    assert "Close the plan" not in whole
    assert offered(plan, member, "plans/commands/_for_plan.html", "plan") == []
    finding = offered(plan, member, "plans/commands/_for_finding.html", "finding")
    assert finding == ["Ask about this finding Management oversight of unallocated cases."]


def test_a_question_offers_its_answer_to_officers_and_its_withdrawal_to_who_asked(plan: Plan):
    member, other = plan.client("member"), plan.client("officer")
    plan.asked(plan.people["member"].actor)
    name = "plans/commands/_for_question.html"
    assert offered(plan, member, name, "question") == ["Withdraw the question asked on 20 August 2026"]
    assert offered(plan, other, name, "question") == ["Answer the question asked on 20 August 2026"]
    assert len(offered(plan, plan.client("approver"), name, "question")) == 2
    assert offered(plan, plan.client("member"), name, "question") == []
    assert offered(plan, plan.client("administrator"), name, "question") == ["What shows it?"]


def test_another_authority_has_its_own_officers(plan: Plan):
    client = Client(plan.app)
    sign_in(plan.app, client.client, person(plan.app, Role.APPROVER, authorities=[GATESHEAD]))
    client.page(plan.record("action"), status=403)
    client.page(plan.act("progress"), status=403)
    client.page(f"/authorities/{HARINGEY}/plans/open", status=403)
    client.page(f"/authorities/{HARINGEY}/plan-labels", status=403)


@pytest.mark.parametrize(("due_on", "confident"), [("1 10 2026", False), ("1 8 2036", True)])
def test_on_track_is_not_ticked_beforehand_for_an_action_past_its_date(plan: Plan, due_on: str, confident: bool):
    officer = plan.client("officer")
    for kind, form in (
        ("due-date", {"why": "As agreed.", **day("due_on", due_on), **day("on", "2 9 2026")}),
        ("progress", {"progress": "in_progress", "track": "on_track", **TODAY}),
    ):
        answer = officer.client.post(plan.act(kind), data=filled(officer, plan.act(kind), form))
        assert answer.status_code == 303, answer.text
    boxes = officer.page(plan.act("progress")).all("input")
    chosen = {one.get("value") for one in boxes if one.get("name") == "track" and one.get("checked") is not None}
    assert chosen == ({"on_track"} if confident else set())
