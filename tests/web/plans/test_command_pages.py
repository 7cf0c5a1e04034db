"""Forms about plans: every kind opened, refused in words, carried out once, and never over somebody else's head."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_type_hints
from uuid import UUID, uuid4

import pytest

from domain.values.plans import Progress
from domain.values.roles import Role
from tests.web.authorities.test_recording import summary_of
from tests.web.client import HTMX, Client, Document, check_elements
from tests.web.demo_app import HARINGEY, demo_app
from tests.web.plans.story import ACTION_CASES, PLAN_CASES, TODAY, XSS, Plan, case, day, filled, kinds
from tests.web.signed_in import person, sign_in, store_of
from web.plans.command_table import ACTION_FORMS, ASK, ERASE, LABELS, OPEN, PLAN_FORMS, QUESTION_FORMS


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
