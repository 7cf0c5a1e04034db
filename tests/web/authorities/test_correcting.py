"""Putting an entry right: every form, what it refuses, what stays visible, and disagreements of real shape settled."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.application import Application
from domain.authorities.handler import Done
from domain.authorities.rulings import FindingPair
from domain.facts import DateKind, Told
from domain.frameworks import Area, Grade
from domain.values.activities import Activity, Status
from domain.values.errors import EntryChangedMeanwhile
from domain.values.roles import Role
from domain.values.statements import Family, Kind, Source, Stated
from projections.outlook.standing import standing_of
from tests.web.client import HTMX, Client, Document
from tests.web.demo_app import HARINGEY, STOCKTON, demo_app, told
from tests.web.disputed import REPORT, STHELENS, tell_a_dispute
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.authorities.correcting import CORRECTIONS
from web.outlook.what_if import before_and_after
from web.words import dates


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return demo_app(tmp_path / "store")


@pytest.fixture
def officer(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER, authorities=[HARINGEY, STHELENS]))
    return client


def entries(app: WebApp, urn: str = HARINGEY) -> list[Activity]:
    with app.app_context():
        return list(store_of(app).application.authorities.authority(urn).activities)


def report_of_2018(app: WebApp) -> Activity:
    (found,) = (one for one in entries(app) if one.start == date(2018, 10, 29))
    return found


def address(activity: Activity | UUID, kind: str, urn: str = HARINGEY) -> str:
    name = activity.id if isinstance(activity, Activity) else activity
    return f"/authorities/{urn}/entries/{name}/correct/{kind}"


def filled(officer: Client, where: str, **answers: str) -> dict[str, str]:
    """The form's hidden fields as it was opened, with the reason, the evidence and these answers."""
    hidden = {
        box.get("name") or "": box.get("value") or ""
        for box in officer.page(where).all("input")
        if box.get("type") == "hidden"
    }
    told = {"reason": "Page 2 says so.", "source_title": "Ofsted report", "source_url": REPORT}
    return hidden | told | answers


def day(value: date) -> dict[str, str]:
    return {"now-day": str(value.day), "now-month": str(value.month), "now-year": str(value.year)}


def by_another() -> Told:
    return Told("local", uuid4(), Source("report_in_hand", "The report"), datetime.now(UTC), "Page 2.")


def corrected_by_another(app: WebApp, held: Activity) -> None:
    """Another officer corrects a grade of an entry."""
    with app.app_context():
        door = store_of(app).application
        door.authorities.correct_judgement(
            HARINGEY, held.id, area=Area.IMPACT_OF_LEADERS, now=Grade.INADEQUATE, by=by_another()
        )
        store_of(app).projector.catch_up()


def main_of(page: Document) -> str:
    (main,) = page.all("main")
    return main.said


def test_an_entry_offers_its_corrections_only_to_whoever_may_make_them(app: WebApp, officer: Client):
    entry = f"/inspections/{report_of_2018(app).id}"
    offered = {link.get("href") for link in officer.page(entry).all("a") if "/correct/" in (link.get("href") or "")}
    assert offered >= {address(report_of_2018(app), kind) for kind in ("grade", "date", "withdraw", "same")}
    assert "/correct/" not in Client(app).client.get(entry).text


@pytest.mark.parametrize("kind", CORRECTIONS)
def test_every_form_opens_and_an_empty_one_is_refused_in_words(app: WebApp, officer: Client, kind: str):
    where = address(report_of_2018(app), kind)
    page = officer.page(where)
    if any(form.inside("main") for form in page.all("form")):
        assert "Do not name children, families or staff." in main_of(page)
        refused = officer.post(where, filled(officer, where, reason="", source_title=""), status=422)
        assert "Enter why, in a sentence." in main_of(refused)
        assert "Enter where this was read." in main_of(refused)
    part = officer.client.get(where, headers=HTMX).text
    assert "<html" not in part


def test_a_corrected_grade_shows_old_and_new_and_is_made_once_however_often_it_is_sent(app: WebApp, officer: Client):
    held = report_of_2018(app)
    where = address(held, "grade")
    form = filled(officer, where, area="impact_of_leaders", now="inadequate")
    sent = [officer.client.post(where, data=form) for _ in range(2)]
    assert [(one.status_code, one.location) for one in sent] == [(303, f"/inspections/{held.id}")] * 2
    now = report_of_2018(app)
    assert now.grades.get(Area.IMPACT_OF_LEADERS) is Grade.INADEQUATE
    with app.app_context():
        told = [fact for _, fact in store_of(app).ledger.read_facts() if type(fact).__name__ == "JudgementCorrected"]
    assert [(fact.was, fact.now, fact.reason) for fact in told] == [
        (Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE, "Page 2 says so.")
    ]
    page = officer.page(f"/inspections/{held.id}")
    assert "The grade was corrected." in main_of(page)
    assert "Reason: Page 2 says so." in main_of(page)


def test_the_grade_already_held_is_no_correction(app: WebApp, officer: Client):
    where = address(report_of_2018(app), "grade")
    form = filled(officer, where, area="impact_of_leaders", now="requires_improvement")
    assert "That is the grade already held." in main_of(officer.post(where, form, status=422))


def test_a_date_is_corrected_and_one_out_of_order_is_not(app: WebApp, officer: Client):
    where = address(report_of_2018(app), "date")
    wrong = filled(officer, where, which="published", **day(date(2018, 1, 1)))
    assert "out of order" in main_of(officer.post(where, wrong, status=422))
    right = filled(officer, where, which="published", **day(date(2018, 12, 17)))
    assert officer.client.post(where, data=right).status_code == 303
    assert report_of_2018(app).published == date(2018, 12, 17)


def test_a_stated_due_date_of_a_plan_is_corrected(app: WebApp, officer: Client):
    (due,) = (one for one in entries(app) if one.kind.value == "action_plan_due")
    where = address(due, "due")
    assert where in [link.get("href") for link in officer.page(f"/inspections/{due.id}").all("a")]
    assert officer.client.post(where, data=filled(officer, where, **day(date(2023, 7, 21)))).status_code == 303
    (now,) = (one for one in entries(app) if one.kind.value == "action_plan_due")
    assert now.on == date(2023, 7, 21)


def test_a_withdrawn_entry_is_struck_out_and_stays_with_its_reason(app: WebApp, officer: Client):
    held = report_of_2018(app)
    where = address(held, "withdraw")
    assert officer.client.post(where, data=filled(officer, where)).status_code == 303
    assert report_of_2018(app).status is Status.WITHDRAWN
    page = Client(app).page(f"/inspections/{held.id}")
    (struck,) = page.all("del")
    assert struck.said == "Standard inspection"
    assert "Withdrawn Page 2 says so." in main_of(page)
    assert "/correct/" not in officer.client.get(f"/inspections/{held.id}").text
    assert "This entry was withdrawn: nothing more is recorded of it." in main_of(officer.page(where))


def test_a_withdrawal_says_before_what_it_would_change_and_then_changes_just_that(app: WebApp, officer: Client):
    held = report_of_2018(app)
    assert "what comes next would stay the same" in main_of(officer.page(address(held, "withdraw")))
    newest = max((one for one in entries(app) if one.grades), key=lambda one: one.published or date.min)
    page = officer.page(address(newest, "withdraw"))
    assert "This cannot be undone" in main_of(page)
    told = [cell.said for cell in page.all("td") if cell.get("data-label") == "Without it"]
    assert any(said.endswith(" Changed") for said in told)
    officer.client.post(address(newest, "withdraw"), data=filled(officer, address(newest, "withdraw")))
    after = standing_of(store_of(app).reader, HARINGEY, as_at=dates.today()).standing
    said = [line.after for line in before_and_after(after, after, dates.today())]
    assert [one.removesuffix(" Changed") for one in told] == said


def test_a_withdrawal_says_what_else_would_be_expected(app: WebApp, officer: Client):
    meeting = store_of(app).application.elements.record_engagement_meeting(
        HARINGEY, held_on=date(2026, 9, 1), period=None, by=told("a meeting of September")
    )
    store_of(app).projector.catch_up()
    said = main_of(officer.page(address(meeting.activity, "withdraw")))
    assert "would stay the same" not in said
    assert "Engagement meeting" in said.split("What rests on it")[1].split("Do not name")[0]


def test_somebody_who_was_slower_sees_what_is_held_now_and_keeps_their_answers(app: WebApp, officer: Client):
    held = report_of_2018(app)
    where = address(held, "grade")
    form = filled(officer, where, area="help_and_protection", now="good", reason="Read it on page 3.")
    corrected_by_another(app, held)
    page = officer.post(where, form, status=409)
    assert "Somebody changed this entry a moment ago." in main_of(page)
    assert "The impact of leaders (held: Inadequate)" in main_of(page)
    assert "Read it on page 3." in [box.get("value") for box in page.all("input")]
    again = filled(officer, where, area="help_and_protection", now="good")
    assert officer.client.post(where, data=again).status_code == 303


def test_a_form_that_was_incomplete_still_tells_that_somebody_else_was_quicker(app: WebApp, officer: Client):
    held = report_of_2018(app)
    where = address(held, "grade")
    form = filled(officer, where, area="help_and_protection", now="good", reason="")
    corrected_by_another(app, held)
    refused = officer.post(where, form, status=422)
    (seen,) = (box.get("value") or "" for box in refused.all("input") if box.get("name") == "seen")
    again = officer.post(where, form | {"seen": seen, "reason": "Page 3 says so."}, status=409)
    assert "Somebody changed this entry a moment ago." in main_of(again)
    assert report_of_2018(app).grades.get(Area.HELP_AND_PROTECTION) is not Grade.GOOD


OTHER = UUID(int=7)

LATE: Mapping[str, Callable[[Application, Activity, Told], Done]] = {
    "correct_judgement": lambda to, held, by: to.authorities.correct_judgement(
        held.urn, held.id, area=Area.HELP_AND_PROTECTION, now=Grade.GOOD, seen=held.mark, by=by
    ),
    "correct_date": lambda to, held, by: to.authorities.correct_date(
        held.urn, held.id, which=DateKind.PUBLISHED, now=date(2018, 12, 17), seen=held.mark, by=by
    ),
    "correct_plan_due": lambda to, held, by: to.authorities.correct_plan_due(
        held.urn, held.id, now=date(2023, 7, 21), seen=held.mark, by=by
    ),
    "settle": lambda to, held, by: to.authorities.settle(
        held.urn, held.id, said=Stated(held.kind), seen=held.mark, by=by
    ),
    "recognise_as_one": lambda to, held, by: to.authorities.recognise_as_one(
        held.urn, held.id, OTHER, seen=held.mark, by=by
    ),
    "recognise_as_distinct": lambda to, held, by: to.authorities.recognise_as_distinct(
        held.urn, held.id, OTHER, seen=held.mark, by=by
    ),
    "compare_findings": lambda to, held, by: to.authorities.compare_findings(
        held.urn, held.id, FindingPair("Plans", OTHER, "Plans"), same=True, seen=held.mark, by=by
    ),
    "withdraw_entry": lambda to, held, by: to.authorities.withdraw_entry(held.urn, held.id, seen=held.mark, by=by),
    "confirm": lambda to, held, by: to.authorities.confirm(held.urn, held.id, seen=held.mark, by=by),
    "recognise_as_visit": lambda to, held, by: to.authorities.recognise_as_visit(
        held.urn, held.id, kind=Kind.FOCUSED_VISIT, seen=held.mark, by=by
    ),
    "choose_topics": lambda to, held, by: to.topics.choose(
        held.urn, held.id, topics=("front_door",), seen=held.mark, by=by
    ),
}


@pytest.mark.parametrize("command", LATE)
def test_no_correction_is_kept_on_top_of_one_that_its_officer_did_not_see(app: WebApp, command: str):
    held = report_of_2018(app)
    corrected_by_another(app, held)
    assert len(LATE) == len(CORRECTIONS)
    with app.app_context(), pytest.raises(EntryChangedMeanwhile):
        LATE[command](store_of(app).application, held, by_another())


def test_an_entry_of_another_authority_cannot_be_corrected_by_this_address(app: WebApp, officer: Client):
    where = address(report_of_2018(app), "grade", STHELENS)
    assert officer.client.get(where).status_code == 404
    assert officer.client.get(address(UUID(int=7), "grade")).status_code == 404
    assert officer.client.get(address(report_of_2018(app), "erase")).status_code == 404
    assert officer.client.get(address(report_of_2018(app), "grade", STOCKTON)).status_code == 403


# --- disagreements of the shape of the real ones ------------------------------------------------------------------


@pytest.fixture
def disputed(app: WebApp, tmp_path: Path) -> Activity:
    return tell_a_dispute(app, tmp_path)


def test_a_disagreement_is_settled_with_evidence_and_both_sides_stay(app: WebApp, officer: Client, disputed: Activity):
    assert [(one.field, one.held, one.settled) for one in disputed.disagreements] == [
        ("grades.help_and_protection", "requires_improvement", False),
        ("grades.in_care", "good", False),
    ]
    where = address(disputed, "settle", STHELENS)
    assert where in [link.get("href") for link in officer.page("/disagreements").all("a")]
    page = officer.page(where)
    assert "Help and protection: Good. JT-39 inspection history" in main_of(page)
    assert "Web address of the evidence" in [label.said for label in page.all("label")]
    assert "(optional)" not in main_of(page), "what is demanded is not called optional"
    for address_given in ("", "http://example.gov.uk/report"):
        without = filled(officer, where, value="grades.help_and_protection=good", source_url=address_given)
        refused = officer.post(where, without, status=422)
        assert "Enter the web address of the evidence, beginning with https://." in main_of(refused)
        assert "leave this empty" not in main_of(refused)
    form = filled(officer, where, value="grades.help_and_protection=good", reason="Front page of the report.")
    assert officer.client.post(where, data=form).status_code == 303
    (now,) = (one for one in entries(app, STHELENS) if one.id == disputed.id)
    assert now.grades.get(Area.HELP_AND_PROTECTION) is Grade.GOOD
    assert [(one.field, one.settled) for one in now.disagreements] == [
        ("grades.help_and_protection", True),
        ("grades.in_care", False),
    ]
    sides = [(one.family, one.value) for one in now.disagreements[0].says]
    assert sides == [
        (Family.SETTLEMENT, "good"),
        (Family.OFSTED_STATISTICS, "requires_improvement"),
        (Family.SCRAPE, "good"),
    ]
    shown = main_of(Client(app).page(f"/inspections/{disputed.id}"))
    assert "Decided by an officer : Front page of the report." in shown
    assert "JT-39 inspection history" in shown
    assert REPORT in Client(app).client.get(f"/inspections/{disputed.id}").text


def test_an_officer_s_correction_is_told_as_one_and_is_no_open_disagreement(
    app: WebApp, officer: Client, disputed: Activity
):
    where = address(disputed, "grade", STHELENS)
    form = filled(officer, where, area="care_leavers", now="good")
    assert officer.client.post(where, data=form).status_code == 303
    (now,) = (one for one in entries(app, STHELENS) if one.id == disputed.id)
    told = {one.field: (one.held, one.settled, one.reason, one.corrected) for one in now.disagreements}
    assert told["grades.care_leavers"] == ("good", False, None, "Page 2 says so.")
    assert told["grades.in_care"] == ("good", False, None, None)
    shown = main_of(officer.page(f"/inspections/{disputed.id}"))
    assert "Care leavers : Good is held. Corrected by an officer: Page 2 says so." in shown
    assert "Requires improvement : Ofsted statistics" in shown, "both sides stay"
    assert shown.count("Nobody has decided yet") == 2, "what sources disagree on besides"
    page = officer.page(f"/authorities/{STHELENS}?kind=corrections")
    assert "Sources disagree on 2 values" in main_of(page)
    (line,) = [one.said for one in page.all("li") if one.get("id") == f"e-{disputed.id}"]
    assert "Standard inspection Corrected" in line
    assert "Corrected by an officer: Page 2 says so. Care leavers: Good is held, Requires improvement by" in main_of(
        page
    )
    assert "2 values that differ between sources, and 1 value settled, corrected or withdrawn" in main_of(
        officer.page("/disagreements")
    )


def test_only_a_value_that_a_source_states_can_be_chosen(app: WebApp, officer: Client, disputed: Activity):
    where = address(disputed, "settle", STHELENS)
    form = filled(officer, where, value="grades.help_and_protection=outstanding")
    officer.post(where, form, status=422)
    assert "Sources do not disagree about this entry." in main_of(officer.page(address(report_of_2018(app), "settle")))


def test_two_readings_are_parted_and_joined_again(app: WebApp, officer: Client, disputed: Activity):
    where = address(disputed, "distinct", STHELENS)
    (other,) = (one.get("value") or "" for one in officer.page(where).all("option"))
    assert officer.client.post(where, data=filled(officer, where, other=other)).status_code == 303
    parted = [one for one in entries(app, STHELENS) if one.start == date(2023, 7, 10)]
    assert len(parted) == 2
    assert not any(one.disagreements for one in parted)
    joining = address(parted[0], "same", STHELENS)
    form = filled(officer, joining, other=str(parted[1].id))
    assert officer.client.post(joining, data=form).status_code == 303
    (joined,) = (one for one in entries(app, STHELENS) if one.start == date(2023, 7, 10))
    assert len(joined.disagreements) == 2


def trail(officer: Client) -> tuple[list[str], list[dict[str, str]]]:
    """What the audit trail lists of corrections and rulings, and its table: the newest first."""
    page = officer.page("/record?kind=corrections")
    listed = [one.said for one in page.all("li") if one.get("class") == "record-line"]
    table = officer.client.get("/record/events.csv?kind=corrections").text.removeprefix("\ufeff")
    return listed, list(csv.DictReader(io.StringIO(table)))[-2::-1]


def test_the_trail_names_the_entry_that_was_settled_and_withdrawn(app: WebApp, officer: Client, disputed: Activity):
    where = address(disputed, "settle", STHELENS)
    officer.client.post(where, data=filled(officer, where, value="grades.help_and_protection=good"))
    where = address(disputed, "settle", STHELENS)
    officer.client.post(where, data=filled(officer, where, value="grades.in_care=good"))
    named = "Standard inspection, 10 to 21 July 2023: "
    listed, table = trail(officer)
    assert f"{named}a disagreement between sources was settled: Help and protection good." in listed[1]
    assert "Was requires improvement , now good" in listed[1]
    assert "Happened 10 July 2023" in listed[1]
    assert "Was" not in listed[0], "the value held before was chosen"
    assert [(row["was"], row["now"], row["true_on"], row["about"]) for row in table] == [
        ("", "", "2023-07-10", str(disputed.id)),
        ("requires improvement", "good", "2023-07-10", str(disputed.id)),
    ]
    where = address(disputed, "withdraw", STHELENS)
    officer.client.post(where, data=filled(officer, where))
    listed, table = trail(officer)
    assert f"{named}withdrawn; it stays visible, struck out." in listed[0]
    assert (table[0]["what"], table[0]["true_on"], table[0]["about"]) == (
        f"{named}withdrawn; it stays visible, struck out.",
        "2023-07-10",
        str(disputed.id),
    )
    told = main_of(officer.page(f"/record/{table[0]['entry']}"))
    assert f"{named}withdrawn; it stays visible, struck out St. Helens, entry" in told


def test_the_trail_names_the_entries_that_were_parted_and_joined(app: WebApp, officer: Client, disputed: Activity):
    where = address(disputed, "distinct", STHELENS)
    (other,) = (one.get("value") or "" for one in officer.page(where).all("option"))
    officer.client.post(where, data=filled(officer, where, other=other))
    parted = [one for one in entries(app, STHELENS) if one.start == date(2023, 7, 10)]
    joining = address(parted[0], "same", STHELENS)
    officer.client.post(joining, data=filled(officer, joining, other=str(parted[1].id)))
    listed, table = trail(officer)
    assert "21 July 2023: its statements were recognised as speaking of two activities." in listed[1]
    assert ": recognised as one activity." in listed[0]
    assert listed[0].count("10") >= 2, "both are named"
    assert [set(row["about"].split()) for row in table] == [{str(one.id) for one in parted}, {str(disputed.id)}]
