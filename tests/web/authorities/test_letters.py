"""Letters on visits and meetings: their state, and which the public sees."""

from __future__ import annotations

from datetime import date

from domain.facts import Publisher
from domain.values.roles import Role
from tests.web.client import HTMX
from tests.web.demo_app import GATESHEAD, HARINGEY, told
from tests.web.meetings.story import client_of, sent
from tests.web.signed_in import store_of
from web import WebApp


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
