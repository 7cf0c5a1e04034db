"""What waits for an officer is shown authority by authority and decided once; places say when they were looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.values.known_until import KnownKind
from domain.values.roles import Listed, Role
from tests.web.client import Client, Document
from tests.web.demo_app import HARINGEY, STOCKTON, demo_app
from tests.web.disputed import STHELENS, tell_a_dispute
from tests.web.places.files import (
    LEADERS_WORSE,
    NEW_OF_HARINGEY,
    NEW_OF_LEICESTERSHIRE,
    REJECTED,
    THIRD,
    given,
    row,
    waits,
)
from tests.web.signed_in import person, sign_in, store_of
from tests.web.site.test_currency import check
from web import WebApp
from web.store.store import Store

OTHERS = "Somebody else decided meanwhile"
DISPUTED = row(
    STHELENS,
    "04/09/23",
    "10/07/2023",
    "21/07/2023",
    *("requires improvement", "good", "good", "outstanding", "requires improvement"),
)


@pytest.fixture
def app(tmp_path: Path) -> WebApp:
    return demo_app(tmp_path / "store")


def client_of(app: WebApp, who: Listed | None) -> Client:
    client = Client(app)
    if who is not None:
        sign_in(app, client.client, who)
    return client


@pytest.fixture
def officer(app: WebApp) -> Client:
    return client_of(app, person(app, Role.OFFICER, office="Improvement officer"))


def corrected(app: WebApp, *more: str) -> str:
    """The address of a file of which Haringey waits."""
    with app.app_context():
        given(store_of(app), NEW_OF_HARINGEY)
        return f"/admin/imports/waiting/{waits(store_of(app), LEADERS_WORSE, *more)}"


def decision(part: str = "taken_in", *, of: str = HARINGEY, why: str = "") -> dict[str, str]:
    return {"command": str(uuid4()), f"part-{of}": part, "reason": why}


def said(page: Document) -> str:
    return " ".join(page.all("main")[0].said.split())


def position(app: WebApp) -> int:
    found: int = store_of(app).ledger.max_position()
    return found


def actors_since(app: WebApp, before: int) -> set[str]:
    return {fact.actor for _, fact in store_of(app).ledger.read_facts(before + 1)}


def test_imports_begin_with_what_waits_and_say_what_went_in_by_itself(app: WebApp, officer: Client):
    address = corrected(app, NEW_OF_LEICESTERSHIRE)
    page = officer.page("/admin/imports")
    assert page.all("h2")[0].said == "1 file waits for an officer"
    assert "Went in by itself: 1 new. Waits: Haringey." in said(page)
    assert address in [link.get("href") for link in page.all("a")]


def test_a_correction_is_shown_with_what_was_and_what_would_be_and_the_source(app: WebApp, officer: Client):
    page = officer.page(corrected(app))
    assert [(one.tag, one.said) for one in page.all("del", "ins")] == [("del", "Good"), ("ins", "Requires improvement")]
    assert "JT-39 inspection history, read 4 September 2026; now JT-39 inspection history, read 21 September" in said(
        page
    )
    assert "Good or outstanding → requires improvement. No new report explains it" in said(page)


def test_a_dispute_is_shown_with_both_sources(app: WebApp, officer: Client, tmp_path: Path):
    tell_a_dispute(app, tmp_path)
    with app.app_context():
        address = f"/admin/imports/waiting/{waits(store_of(app), DISPUTED)}"
    told = said(officer.page(address))
    assert "Sources differ" in told
    assert "Children in care: Good would be held (Ofsted statistics as at 31 March 2025, history of inspections" in told
    assert "against Outstanding (JT-39 inspection history, read 21 September 2026)" in told


def test_a_rejected_row_is_shown_with_its_reason_and_is_asked_about_apart(app: WebApp, officer: Client):
    with app.app_context():
        address = f"/admin/imports/waiting/{waits(store_of(app), NEW_OF_HARINGEY, REJECTED)}"
    page = officer.page(address)
    assert "Rows that could not be read" in [one.said for one in page.all("h2")]
    assert "row 3 No authority is known by the name 'erewhon' and the number '99999'." in said(page)
    assert [one.said for one in page.all("label") if one.inside("main")][:2] == [
        "Looked at: they stay out",
        "Leave for later",
    ]
    assert officer.client.post(address, data=decision(of="file")).status_code == 303
    assert "Looked at by Improvement officer" in said(officer.page(address))
    assert store_of(app).waiting.count() == 0


def test_a_short_file_is_shown_with_the_counts_and_goes_in_under_the_officer(app: WebApp, officer: Client):
    with app.app_context():
        given(
            store_of(app), NEW_OF_HARINGEY, NEW_OF_LEICESTERSHIRE, row(STOCKTON, "01/07/26", "18/05/2026", "22/05/2026")
        )
        address = f"/admin/imports/waiting/{waits(store_of(app), NEW_OF_LEICESTERSHIRE)}"
    page = officer.page(address)
    assert "2 of 3 authorities" in said(page)
    assert "Nothing of it goes in before you decide." in said(page)


def test_what_is_taken_in_is_recorded_under_the_officer_with_a_receipt(app: WebApp):
    who = person(app, Role.OFFICER, office="Improvement officer")
    officer, address = client_of(app, who), corrected(app)
    before = position(app)
    assert officer.client.post(address, data=decision()).status_code == 303
    assert actors_since(app, before) == {str(who.person)}
    page = officer.page(address)
    assert "Taken in: Haringey." in said(page)
    assert "Taken in by Improvement officer" in said(page)
    assert officer.receipt(page)["entries"]
    assert not [one for one in page.all("form") if one.inside("main")]
    assert "Requires improvement" in said(officer.page(f"/authorities/{HARINGEY}"))


def test_what_is_set_aside_keeps_its_reason_and_changes_nothing(app: WebApp, officer: Client):
    address = corrected(app)
    sent = decision("set_aside", why="The report on Ofsted’s site says good.")
    assert officer.client.post(address, data=sent).status_code == 303
    assert "The report on Ofsted’s site says good." in said(officer.page(address))
    assert "Nothing waits for an officer" in said(officer.page("/admin/imports"))


def test_setting_aside_without_a_reason_is_refused_and_the_choice_is_kept(app: WebApp, officer: Client):
    address, before = corrected(app), position(app)
    page = officer.post(address, decision("set_aside"), status=422)
    assert "Say why it is set aside" in said(page)
    chosen = [one.get("value") for one in page.all("input") if one.get("checked") is not None]
    assert chosen == ["set_aside"]
    assert position(app) == before


def test_one_button_takes_everything_in(app: WebApp, officer: Client):
    address = corrected(app, REJECTED)
    every = {**decision("waiting"), "part-file": "waiting", "every": "taken_in"}
    assert officer.client.post(address, data=every).status_code == 303
    assert store_of(app).waiting.count() == 0


def test_what_is_left_for_later_waits_on(app: WebApp, officer: Client):
    address = corrected(app, REJECTED)
    assert officer.client.post(address, data={**decision(), "part-file": "waiting"}).status_code == 303
    page = officer.page(address)
    assert [one.said for one in page.all("h2")] == ["Rows that could not be read", "Decided so far"]


@pytest.mark.parametrize("part", ["waiting", "nonsense", "<script>alert(1)</script>"])
def test_nothing_chosen_or_something_not_offered_is_refused(app: WebApp, officer: Client, part: str):
    address, before = corrected(app), position(app)
    officer.post(address, decision(part), status=422)
    assert position(app) == before


def test_a_decision_sent_twice_acts_once(app: WebApp, officer: Client):
    address, sent = corrected(app), decision()
    assert officer.client.post(address, data=sent).status_code == 303
    before = position(app)
    assert officer.client.post(address, data=sent).status_code == 303
    assert position(app) == before


def test_the_second_of_two_officers_is_told(app: WebApp, officer: Client):
    address = corrected(app, REJECTED)
    second = client_of(app, person(app, Role.APPROVER))
    assert officer.client.post(address, data=decision("set_aside", why="Wrong.")).status_code == 303
    before = position(app)
    page = second.post(address, decision(), status=409)
    assert OTHERS in said(page)
    assert "Haringey was set aside" in said(page)
    assert position(app) == before


def test_whoever_decides_on_a_file_that_was_superseded_is_told(app: WebApp, officer: Client):
    address = corrected(app)
    with app.app_context():
        given(store_of(app), NEW_OF_HARINGEY, NEW_OF_LEICESTERSHIRE, on=THIRD)
    before = position(app)
    assert "A newer file from the same place has come" in said(officer.post(address, decision(), status=409))
    assert position(app) == before


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_else_sees_or_decides_what_waits(app: WebApp, role: Role | None):
    address, before = corrected(app), position(app)
    other = client_of(app, None if role is None else person(app, role))
    assert other.client.get(address).status_code in ((403,) if role else (303,))
    assert other.client.post(address, data=decision()).status_code in ((403,) if role else (401,))
    assert store_of(app).waiting.count() == 1
    assert actors_since(app, before) <= {"local"}, "putting the person on the roll"


def test_an_officer_of_one_authority_cannot_decide_even_of_that_one(app: WebApp):
    address = corrected(app)
    own = client_of(app, person(app, Role.OFFICER, authorities=[HARINGEY]))
    assert own.client.get(address).status_code == 403
    assert own.client.post(address, data=decision()).status_code == 403
    assert store_of(app).waiting.count() == 1


def test_without_the_form_s_own_token_nothing_is_decided(tmp_path: Path):
    app = demo_app(tmp_path / "store", form_tokens=True)
    address = corrected(app)
    officer = client_of(app, person(app, Role.OFFICER))
    assert officer.client.post(address, data=decision()).status_code in (400, 403, 422)
    assert store_of(app).waiting.count() == 1


@pytest.mark.parametrize("command", ["", "x", "1" * 500])
def test_a_form_that_was_written_by_hand_is_refused(app: WebApp, officer: Client, command: str):
    address = corrected(app)
    assert officer.client.post(address, data={**decision(), "command": command}).status_code == 422
    assert store_of(app).waiting.count() == 1


def test_a_file_that_never_waited_is_not_found(officer: Client):
    officer.page(f"/admin/imports/waiting/{UUID(int=7)}", status=404)
    officer.post(f"/admin/imports/waiting/{UUID(int=7)}", decision(), status=404)


def test_a_part_that_does_not_wait_is_not_taken_in(app: WebApp, officer: Client):
    address, before = corrected(app), position(app)
    officer.post(address, decision(of=STOCKTON), status=422)
    assert position(app) == before


def test_markup_in_a_file_s_name_or_in_a_reason_is_shown_as_it_is(app: WebApp, officer: Client):
    wild = '"><img src=x onerror=alert(1)>.csv'
    with app.app_context():
        given(store_of(app), NEW_OF_HARINGEY)
        address = f"/admin/imports/waiting/{waits(store_of(app), LEADERS_WORSE, name=wild)}"
    assert wild in said(officer.page(address))
    officer.client.post(address, data=decision("set_aside", why="<b>no</b>"))
    page = officer.page(address)
    assert "<b>no</b>" in said(page)
    assert not page.all("img")


def test_whoever_may_import_sees_on_every_page_how_much_waits(app: WebApp, officer: Client):
    corrected(app)
    link = next(one for one in officer.page("/about").all("a") if one.get("href") == "/admin/imports")
    assert link.said == "Imports 1 waiting"
    member = client_of(app, person(app, Role.MEMBER))
    assert "waiting" not in member.page("/about").all("nav")[0].said


def test_the_list_of_files_says_that_one_waits_rather_than_that_it_is_unfinished(app: WebApp, officer: Client):
    corrected(app, NEW_OF_LEICESTERSHIRE)
    told = said(officer.page("/about/sources"))
    assert "Waits for an officer" in told
    assert "Unfinished" not in told
    with app.app_context():
        given(store_of(app), NEW_OF_HARINGEY, NEW_OF_LEICESTERSHIRE, on=THIRD)
    told = said(officer.page("/about/sources"))
    assert "A newer file came" in told
    assert "Unfinished" not in told


def look(store: Store, place: str, outcome: str, why: str | None = None, **more: int) -> None:
    store.looks.note(place, cadence_days=1, outcome=outcome, why=why, **more)


def test_places_say_that_nothing_was_ever_fetched_and_who_does(app: WebApp, officer: Client):
    page = officer.page("/admin/places")
    assert "Nothing was ever fetched here." in said(page)
    assert "sources refresh" in said(page)
    assert "JT-39 history" in said(page)
    assert "Off: TIMELINE_OWN_AUTHORITIES names no authority." in said(page)
    assert "This store never took them in. To do so: flask --app wsgi england load" in said(page)


def test_places_say_what_came_of_the_last_look_and_the_last_runs(app: WebApp):
    store = store_of(app)
    run = store.looks.begin_run()
    look(store, "jt39_history", "failed", "The server answered 500.")
    look(store, "d2i_overview", "unchanged")
    told = {"http_status": 500, "why": "The server answered 500.", "bytes": 1204, "seconds": 0.4}
    store.looks.end_run(run, [{"name": "jt39_history", "outcome": "failed", **told}])
    page = client_of(app, person(app, Role.AUDITOR)).page("/admin/places")
    assert "Failed" in [one.said for one in page.all("b")]
    assert "JT-39 history: failed (1,204 bytes, 0.4 s) . The server answered 500." in said(page)
    assert "Nothing new" in said(page)


def test_a_table_of_places_that_cannot_be_used_is_told_in_words(tmp_path: Path):
    app = demo_app(tmp_path / "store")
    app.extensions["timeline.settings"] = replace(app.extensions["timeline.settings"], places=tmp_path / "none.yaml")
    page = client_of(app, person(app, Role.ADMINISTRATOR)).page("/admin/places")
    assert "The table of places cannot be used" in said(page)


def test_the_foot_says_when_places_were_looked_at_and_that_one_failed(app: WebApp):
    look(store_of(app), "jt39_history", "failed", "The server answered 500.")
    foot = [one.said for one in client_of(app, None).page("/").all("p") if one.get("class") == "app-current"]
    assert "The last look at JT-39 history failed; it was never read." in foot[0]
    assert "500" not in foot[0], "what went wrong stays with whoever runs this"


def test_programs_are_told_until_when_what_is_known_and_when_places_were_looked_at(app: WebApp):
    check(app, KnownKind.GRADED_INSPECTION, date(2026, 8, 31))
    look(store_of(app), "jt39_history", "unchanged", at=1_790_000_000)
    document = app.test_client().get("/api/sources").json
    assert document["known_until"]["graded_inspection"] == "2026-08-31"
    assert document["places"] == [
        {
            "name": "jt39_history",
            "title": "JT-39 history",
            "looked_at": "2026-09-21T14:13:20+00:00",
            "outcome": "unchanged",
            "read_at": "2026-09-21T14:13:20+00:00",
            "next_due": "2026-09-22",
        }
    ]
