"""Actions due over all plans: what comes first, whose work it is, and how it is narrowed."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from domain.values.roles import Listed, Role
from tests.web.client import HTMX, Client, Document
from tests.web.demo_app import GATESHEAD, HARINGEY
from tests.web.lists_app import OFFICE, ON, lists_app
from tests.web.signed_in import person, sign_in
from web import WebApp


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return lists_app(tmp_path_factory.mktemp("store"))


def signed_in(app: WebApp, who: Listed) -> Client:
    client = Client(app)
    sign_in(app, client.client, who)
    return client


@pytest.fixture(scope="module")
def client(app: WebApp) -> Client:
    return signed_in(app, person(app, Role.MEMBER))


def listed_under(page: Document, name: str) -> list[str]:
    """The rows of one list in words."""
    heads = [th for th in page.all("th") if th.get("scope") == "row"]
    return [
        head.parents[-1].said
        for head in heads
        if any(one.get("aria-labelledby") == f"{name}-heading" for one in head.parents)
    ]


def test_what_is_overdue_comes_first_with_the_days_it_is_late(client: Client):
    page = client.page(f"/my-work/actions?{ON}")
    (first,) = [h2 for h2 in page.all("h2") if h2.get("id") == "overdue-heading"]
    assert first is page.all("h2")[0]
    rows = listed_under(page, "overdue")
    (ours,) = [row for row in rows if "Haringey" in row]
    assert ours == (
        "1. Review every unallocated case each week Haringey , its plan Head of Safeguarding 1 Nov 2026, 19 days late "
        "Overdue"
    )
    assert listed_under(page, "soon") == [
        "2. Report the caseload to the board Haringey , its plan Director 1 Dec 2026 Not started"
    ]


def test_evidence_and_acceptance_that_are_awaited_have_lists_of_their_own(client: Client):
    for day, name, number in (("2019-11-28", "evidence_awaited", "5."), ("2019-12-19", "acceptance_awaited", "2.")):
        (row,) = listed_under(client.page(f"/my-work/actions?as_at={day}"), name)
        assert row.startswith(number)


def test_an_action_made_up_as_an_example_says_so_and_a_moved_date_is_counted(client: Client):
    rows = listed_under(client.page("/my-work/actions?as_at=2020-02-20"), "soon")
    (moved,) = [row for row in rows if row.startswith("3.")]
    assert "Example, made up" in moved
    assert "28 Feb 2020 (moved 1 time)" in moved


def test_a_paper_that_was_not_sent_is_listed_with_its_day(client: Client):
    rows = listed_under(client.page(f"/my-work/actions?{ON}"), "papers")
    assert len(rows) == 1
    assert "Haringey" in rows[0]
    assert rows[0].endswith("Not known whether it was sent"), "silence is not lateness (R-107)"
    assert "days" not in rows[0]


def test_filters_narrow_every_list_and_leave_the_address_when_empty(client: Client):
    page = client.page(f"/my-work/actions?authority={HARINGEY}&{ON}")
    assert "Gateshead" not in page.by_id("results").said
    assert page.by_id("results-count").said == "1 overdue, 1 due in 30 days, 1 paper to send"
    answer = client.client.get(f"/my-work/actions?authority=&region=London&office=&state=&{ON}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/my-work/actions?region=London&{ON}")
    part = client.client.get(f"/my-work/actions?region=London&office=&{ON}", headers=HTMX)
    assert part.headers["HX-Push-Url"] == f"/my-work/actions?region=London&{ON}"
    client.part(f"/my-work/actions?state=overdue&{ON}")


def test_one_state_shows_one_list(client: Client):
    page = client.page(f"/my-work/actions?state=soon&{ON}")
    assert [h2.said for h2 in page.all("h2")] == ["Due in the next 30 days: 1"]


def test_an_office_leaves_its_own_actions_and_says_that_papers_are_nobody_s(client: Client):
    page = client.page(f"/my-work/actions?office=head+of+safeguarding&{ON}")
    assert len(listed_under(page, "overdue")) == 1
    assert listed_under(page, "papers") == []
    assert "Papers to send, and plans whose report was replaced, are not an office’s" in page.by_id("results").said


def test_a_value_that_does_not_exist_narrows_nothing_and_is_said(client: Client):
    page = client.page(f"/my-work/actions?region=Wessex&{ON}")
    assert "“Wessex” is not a region known here, so it was left out." in page.by_id("results").said
    assert "Haringey" in page.by_id("results").said


def test_an_officer_is_first_shown_the_work_of_their_authorities_whatever_their_office(app: WebApp):
    client = signed_in(app, person(app, Role.OFFICER, authorities=[HARINGEY], office="Post room"))
    answer = client.client.get(f"/my-work/actions?{ON}")
    assert answer.headers["Location"] == f"/my-work/actions?work=mine&{ON}"
    page = client.page(answer.headers["Location"])
    assert page.all("h1")[0].said == "Actions due in your authorities"
    assert [row[:2] for row in listed_under(page, "overdue")] == ["1."]
    (others,) = [link for link in page.all("a") if link.said == "Show those of all authorities"]
    assert "Gateshead" in client.page(others.get("href") or "").by_id("results").said


def test_an_officer_without_an_office_is_shown_all_of_their_authorities(app: WebApp):
    client = signed_in(app, person(app, Role.OFFICER, authorities=[GATESHEAD]))
    page = client.page(f"/my-work/actions?work=mine&{ON}")
    assert "Haringey" not in page.by_id("results").said
    assert listed_under(page, "overdue") == [], "nothing of a plan whose report was replaced is overdue"
    (row,) = listed_under(page, "replaced")
    assert row.startswith("Plan of 24 June 2019: 1 of 6 actions complete and evidenced")
    assert "its report was replaced on 29 January 2025" in row


def test_an_office_is_found_however_it_is_written_and_where_it_has_no_work_is_told_how_much_there_is(app: WebApp):
    client = signed_in(app, person(app, Role.OFFICER, authorities=[HARINGEY], office=OFFICE))
    page = client.page(f"/my-work/actions?work=mine&office=the+head+of+safeguarding,+Haringey&{ON}")
    assert [row[:2] for row in listed_under(page, "overdue")] == ["1."]
    everything = client.page(f"/my-work/actions?work=all&{ON}")
    number = sum(
        int(h2.said.rpartition(": ")[2]) for h2 in everything.all("h2") if (h2.get("id") or "").endswith("-heading")
    )
    assert number
    page = client.page(f"/my-work/actions?work=mine&office=Post+room&{ON}")
    (link,) = [one for one in page.all("a") if one.said == f"{number} in all"]
    assert link.get("href") == f"/my-work/actions?work=all&{ON}"
    assert f"None for your office; {number} in all" in page.by_id("results").said


def test_a_member_is_shown_the_actions_of_all_authorities(client: Client):
    page = client.page(f"/my-work/actions?{ON}")
    assert page.all("h1")[0].said == "Actions due"


def test_the_table_holds_a_row_for_each_action_and_paper_and_no_formula(client: Client):
    answer = client.client.get(f"/my-work/actions.csv?authority={HARINGEY}&{ON}")
    assert answer.mimetype == "text/csv"
    assert answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(answer.text[1:])))
    assert [(row["list"], row["action"], row["due_on"], row["days_overdue"]) for row in rows] == [
        ("overdue", "1", "2026-11-01", "19"),
        ("soon", "2", "2026-12-01", "0"),
        ("papers", "", "2026-11-11", ""),
    ]


def test_nobody_without_a_role_sees_it(app: WebApp):
    answer = app.test_client().get("/my-work/actions")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/my-work/actions")


def test_before_anything_was_known_nothing_is_due(client: Client):
    page = client.page("/my-work/actions?as_at=2018-01-01")
    assert page.by_id("results-count").said == "Nothing"
    assert "Nothing was late, due soon or waiting then." in page.by_id("results").said
    assert not [one for one in page.all("h2") if one.inside("main")], "no headings over nothing"
