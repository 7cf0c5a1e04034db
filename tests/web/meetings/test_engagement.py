"""What is noted of engagement meetings: shown to people with a role, and erased."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.values.roles import Role
from tests.web.demo_app import GATESHEAD, HARINGEY, told
from tests.web.meetings.story import SECRET, client_of, day, erase, sent
from tests.web.signed_in import store_of
from web import WebApp


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
    done = store.application.elements.record_engagement_meeting(
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
