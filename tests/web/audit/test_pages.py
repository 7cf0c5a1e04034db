"""The audit trail as pages: what was recorded, found again, told in full, downloaded, and kept from the public."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.audit import Audit
from domain.facts import DateKind
from domain.meetings.commands import ArrangeMeeting, CarryOutResolution, EraseMeetingWords, Resolve
from domain.plans.action_commands import ReportProgress
from domain.plans.commands import EraseWords
from domain.plans.question_commands import AnswerQuestion, AskQuestion
from domain.values.plans import Progress
from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.audit.lines import Offices, apart
from web.site import reader

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """Five authorities, two plans, a corrected date, four reports of progress, and a signed checkpoint before the last
    of these."""
    made = demo_app(tmp_path_factory.mktemp("audit"))
    made.extensions["plans"] = open_plans(made)
    door, plan = store_of(made).application, made.extensions["plans"][HARINGEY]
    officer = person(made, Role.OFFICER, authorities=[HARINGEY], office="Head of Improvement")
    visit = next(one for one in door.authorities.authority(HARINGEY).activities if one.published == date(2026, 8, 4))
    by = told("a slip of the pen", reason="The letter gives the 5th")
    door.authorities.correct_date(HARINGEY, visit.id, which=DateKind.PUBLISHED, now=date(2026, 8, 5), by=by)
    store_of(made).audit.sign(at=NOON)
    for number in range(4):
        report_progress(made, plan, officer.actor, number)
    store_of(made).projector.catch_up()
    return made


def report_progress(app: WebApp, plan: UUID, actor: str, number: int) -> None:
    store_of(app).application.do(
        ReportProgress(
            plan,
            1,
            progress=Progress.IN_PROGRESS if number else Progress.NOT_STARTED,
            narrative=f"All {number + 2} teams were told.",
            on=date(2026, 8, 10 + number),
        ),
        by=replace(told(f"report {number}"), actor=actor),
    )


@pytest.fixture
def client(app: WebApp) -> Client:
    """Signed in as a member."""
    found = Client(app)
    sign_in(app, found.client, person(app, Role.MEMBER))
    store_of(app).projector.catch_up()
    return found


def audit(app: WebApp) -> Audit:
    return store_of(app).audit


def entries_of(document) -> list[str]:
    return [one.said for one in document.all("li") if one.get("class") == "record-line"]


def chain_of(client: Client, seq: int) -> list[int]:
    """The numbers under "The story of it" on an event's page."""
    said = [one.said for one in client.page(f"/record/{seq}").all("li") if one.said.startswith("Entry ")]
    entries = [one for one in said if "written down " in one]
    return [int(one.split()[1].rstrip(",:").replace(",", "")) for one in entries]


def seq_of(app: WebApp, name: str) -> int:
    """The number of the newest event of a kind."""
    positions = [at for at, _ in store_of(app).ledger.read_facts(names=(name,))]
    found = audit(app).seq_of(positions[-1])
    assert found is not None
    return found


def test_the_public_is_sent_to_sign_in(app: WebApp):
    anybody = app.test_client()
    for address in ("/record", "/record/1", f"/authorities/{HARINGEY}/audit", "/record/events.csv", "/verify"):
        assert anybody.get(address).status_code == 303
    assert anybody.post("/verify").status_code == 401
    assert anybody.get("/checkpoints").status_code == 200


def test_every_event_is_on_the_pages_once_and_the_newest_first(app: WebApp, client: Client):
    seen: list[int] = []
    address = "/record"
    while address:
        page = client.page(address)
        client.part(address)
        links = [one.get("href") or "" for one in page.all("a")]
        seen += [int(link.removeprefix("/record/")) for link in links if link.removeprefix("/record/").isdigit()]
        more = [one.get("href") for one in page.all("a") if one.said == "Show 50 more"]
        address = more[0] if more else ""
    assert seen == list(range(audit(app).head().size, 0, -1))


def test_every_event_has_a_page_of_its_own(app: WebApp, client: Client):
    for seq in range(1, audit(app).head().size + 1):
        client.page(f"/record/{seq}")
    client.page(f"/record/{audit(app).head().size + 1}", status=404)


def test_an_authority_has_its_own_trail_by_any_of_its_names(app: WebApp, client: Client):
    page = client.page(f"/authorities/{HARINGEY}/audit")
    assert any("Focused visit from 7 to 8 July 2026: front door" in entry for entry in entries_of(page))
    assert client.client.get("/authorities/Haringey/audit?q=visit").location == f"/authorities/{HARINGEY}/audit?q=visit"
    client.page("/authorities/Atlantis/audit", status=404)


def test_a_plan_has_its_own_trail_with_its_words(app: WebApp, client: Client):
    page = client.page(f"/plans/{app.extensions['plans'][GATESHEAD]}/audit")
    assert [entry for entry in entries_of(page) if "Review every unallocated case each week" in entry]
    client.page(f"/plans/{uuid4()}/audit", status=404)


def test_a_plan_s_trail_on_an_earlier_day_counts_what_became_of_the_plan_since(app: WebApp, client: Client):
    plan = f"/plans/{app.extensions['plans'][HARINGEY]}"
    then = "as_at=2026-08-08"
    (shown, of_trail) = (client.page(f"{plan}{part}?{then}").all("div") for part in ("", "/audit"))
    (banner,) = (one.said for one in shown if one.get("role") == "region" and "You are looking at" in one.said)
    assert banner in [one.said for one in of_trail]
    assert "not shown" in banner
    client.page(f"{plan}/audit?as_at=2015-01-01")


def test_a_run_of_small_edits_by_one_office_is_folded(app: WebApp, client: Client):
    page = client.page(f"/plans/{app.extensions['plans'][HARINGEY]}/audit")
    (title,) = [one.said for one in page.all("summary") if "updates" in one.said]
    assert title.startswith("4 updates of Haringey, 1 September 2026. Head of Improvement")
    assert any("Was not started , now in progress" in entry for entry in entries_of(page))


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("kind=corrections", "corrected"),
        ("q=front+door", "front door"),
        ("q=FRONT+DOOR", "front door"),
        ("by=Head+of+Improvement", "Head of Improvement"),
        (f"authority={GATESHEAD}", "Gateshead"),
        ("q=gateshead", "Gateshead"),
        ("from=2026-09-01&to=2026-09-01", "written down 1 September 2026"),
    ],
)
def test_events_are_chosen_by_what_the_address_says(client: Client, query: str, fits: str):
    entries = entries_of(client.page(f"/record?{query}"))
    client.part(f"/record?{query}")
    assert entries
    assert all(fits in entry for entry in entries if "updates" not in entry)


def test_looking_for_an_authority_s_name_finds_all_that_its_number_finds(client: Client):
    by_name, by_number = (client.page(f"/record?{query}") for query in ("q=Gateshead", f"authority={GATESHEAD}"))
    assert entries_of(by_number)
    assert {*entries_of(by_number)} <= {*entries_of(by_name)}
    assert entries_of(client.page("/record?q=gateshead+atlantis")) == []
    assert "In authorities, kinds, names" in by_name.all("main")[0].said


def test_authorities_of_one_name_are_told_apart_by_their_years(client: Client):
    offered = [one.said for one in client.page("/record").all("option")]
    assert [name for name in offered if name.startswith("Dorset")] == ["Dorset (from 2019)", "Dorset (until 2019)"]
    assert len(offered) - len({*offered}) <= 2, "only the word All is there three times"


def test_what_looks_like_a_pattern_is_looked_for_as_it_is(client: Client):
    assert entries_of(client.page("/record?q=%25")) == []
    assert entries_of(client.page("/record?q=unalloc_ted")) == []


def test_words_that_can_be_erased_are_not_searched(client: Client):
    assert entries_of(client.page("/record?q=teams")) == []


def test_an_unknown_choice_is_left_out_and_that_is_said(client: Client):
    page = client.page("/record?kind=nonsense")
    assert any("“nonsense” is not a kind known here" in one.said for one in page.all("p"))


@pytest.mark.parametrize("query", ["from=yesterday", "from=2026-09-02&to=2026-09-01", "before=x", f"q={'a' * 201}"])
def test_what_cannot_be_read_is_answered_in_words(client: Client, query: str):
    client.page(f"/record?{query}", status=422)


def test_a_refused_range_shows_the_filters_again_as_they_were_filled_in(client: Client):
    page = client.page("/record?q=visit&kind=plans&from=2026-09-02&to=2026-09-01", status=422)
    assert [page.by_id(name).get("value") for name in ("q", "from", "to")] == ["visit", "2026-09-02", "2026-09-01"]
    assert "1 September 2026 is before 2 September 2026" in page.by_id("to-error").said
    (chosen,) = [one for one in page.all("option") if one.get("selected") is not None]
    assert chosen.get("value") == "plans"
    assert not page.all("ol") or entries_of(page) == []
    assert client.client.get("/record/events.csv?from=2026-09-02&to=2026-09-01").status_code == 422


def test_empty_fields_leave_the_address(client: Client):
    assert client.client.get("/record?q=visit&kind=&from=").location == "/record?q=visit"


def test_the_trail_as_known_on_a_day_leaves_out_what_came_later(client: Client):
    assert entries_of(client.page("/record?known_at=2026-08-01")) == []


def test_an_event_shows_what_it_changed_and_what_came_before(app: WebApp, client: Client):
    page = client.page(f"/record/{seq_of(app, 'date.corrected')}")
    said = page.all("main")[0].said
    assert "Focused visit: front door, 7 to 8 July 2026: the date of publication was corrected" in said
    assert "Changed 4 August 2026 → 5 August 2026 Why The letter gives the 5th" in said
    assert "What changed in what is held" in said
    assert "Published was 4 August 2026 , now 5 August 2026" in said
    assert ": The letter was published by Ofsted on 4 August 2026." in said
    assert ": The date of publication was corrected. this entry" in said


def test_an_event_asked_for_before_it_was_recorded_says_so_and_shows_nothing_of_it(app: WebApp, client: Client):
    seq = seq_of(app, "date.corrected")
    page = client.page(f"/record/{seq}?known_at=2001-01-01")
    assert "This entry was not recorded yet on 1 January 2001." in page.all("main")[0].said
    assert "The letter gives the 5th" not in page.all("main")[0].said
    assert f"/record/{seq}" in {link.get("href") for link in page.all("a")}
    assert "The letter gives the 5th" in client.page(f"/record/{seq}?known_at=2098-01-01").all("main")[0].said


def test_the_receipt_is_the_proof_that_the_command_gives_and_it_verifies(app: WebApp, client: Client, tmp_path: Path):
    seq = seq_of(app, "date.corrected")
    answer = client.client.get(f"/record/{seq}/receipt.json")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=entry-{seq}.json"
    assert answer.json == audit(app).proof(seq)
    assert answer.json["checkpoint"] is not None
    kept = tmp_path / "receipt.json"
    kept.write_text(answer.text, encoding="utf-8")
    report = audit(app).verify(receipts=[kept], at=NOON)
    assert report.document()["checks"]["receipts"] == "ok"


def test_an_entry_that_no_checkpoint_covers_says_so(app: WebApp, client: Client):
    page = client.page(f"/record/{audit(app).head().size}")
    assert "No signed checkpoint (a seal) covers this entry yet" in page.all("main")[0].said


def test_the_table_has_every_event_with_size_and_root(app: WebApp, client: Client):
    answer = client.client.get("/record/events.csv")
    assert answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    head = audit(app).head()
    assert [int(row["entry"]) for row in rows[:-1]] == list(range(1, head.size + 1))
    assert (rows[-1]["entry"], rows[-1]["recorded_at"]) == ("About this table", "")
    assert rows[-1]["what"] == f"{head.size:,} events of a history of {head.size:,} entries. These are all."
    assert {(row["log_size"], row["log_root"]) for row in rows} == {(str(head.size), head.root)}


def test_a_download_ends_with_the_history_it_names_though_more_is_recorded_meanwhile(app: WebApp, client: Client):
    size = audit(app).head().size
    answer = client.client.get("/record/events.ndjson", buffered=False)
    report_progress(app, app.extensions["plans"][HARINGEY], "demo", 4)
    store_of(app).projector.catch_up()
    first, *rest, last = map(json.loads, answer.text.splitlines())
    assert (first["log"]["size"], rest[-1]["entry"], last["events"], last["size"]) == (size, size, size, size)


def test_a_question_on_an_action_stands_with_its_answer_and_not_with_the_action(app: WebApp, client: Client):
    door, plan, day = store_of(app).application, app.extensions["plans"][HARINGEY], date(2026, 8, 20)
    asked = door.do(AskQuestion(plan, question="What shows it?", action=1, on=day), by=told("a question")).made
    assert isinstance(asked, UUID)
    door.do(AnswerQuestion(plan, asked, answer="Audits of July.", on=day), by=told("an answer"))
    store_of(app).projector.catch_up()
    for name in ("challenge.raised", "challenge.answered"):
        seqs = chain_of(client, seq_of(app, name))
        assert seqs == [seq_of(app, "challenge.raised"), seq_of(app, "challenge.answered")]


def test_a_resolution_stands_with_what_came_of_it_and_with_no_other(app: WebApp, client: Client):
    door, day = store_of(app).application, date(2026, 9, 1)
    by = told("a meeting of resolutions")
    meeting = door.do(
        ArrangeMeeting(urn=HARINGEY, committee="Scrutiny panel", day=day, held=True, on=day), by=by
    ).meeting
    for number in range(2):
        door.do(Resolve(meeting, text=f"That {number}.", on=day), by=told(f"resolution {number}"))
    door.do(CarryOutResolution(meeting, resolution=2, how="It was done.", on=day), by=told("carried out"))
    store_of(app).projector.catch_up()
    made, done = seq_of(app, "resolution.made"), seq_of(app, "resolution.carried_out")
    assert chain_of(client, done) == chain_of(client, made) == [made, done]


def test_lines_begin_with_the_history_and_tell_only_what_was_chosen(app: WebApp, client: Client):
    plan = app.extensions["plans"][GATESHEAD]
    lines = client.client.get(f"/record/events.ndjson?plan={plan}").text.splitlines()
    first, *rest, last = map(json.loads, lines)
    head = audit(app).head()
    assert first == {"log": {"size": head.size, "root": head.root}}
    assert last == {"closing": True, "events": 2, "size": head.size, "root": head.root}
    assert [one["event"] for one in rest] == ["plan.opened", "action.added"]
    assert rest[1]["words"] == {"Action": "Review every unallocated case each week"}


def test_lines_of_nothing_are_closed_too(client: Client):
    last = client.client.get("/record/events.ndjson?q=nothing-like-it").text.splitlines()[-1]
    assert json.loads(last)["events"] == 0


@pytest.mark.parametrize(
    ("actor", "who"),
    [
        ("demo", "The demonstration"),
        ("demo member", "A member of the example"),
        ("demo second person", "A second officer of the example"),
    ],
)
def test_people_of_the_example_are_named_as_the_plan_names_them(app: WebApp, actor: str, who: str):
    with app.app_context():
        assert Offices()(actor) == who


def test_no_more_than_six_downloads_are_made_a_minute(app: WebApp, client: Client):
    answers = [client.client.get("/record/events.csv?q=nothing-like-it").status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]


def test_erased_words_are_shown_as_erased(tmp_path: Path):
    app = demo_app(tmp_path)
    door, plan = store_of(app).application, open_plans(app)[GATESHEAD]
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    (subject,) = door.plans.plan(plan).state.subjects
    door.do(EraseWords(plan, [subject], on=date(2026, 9, 1)), by=told("erase", reason="Named a family"))
    store_of(app).projector.catch_up()
    page = client.page(f"/plans/{plan}/audit")
    assert "Review every unallocated case" not in page.all("main")[0].said
    assert any("Erased on 1 September 2026" in entry and "Named a family" in entry for entry in entries_of(page))


def test_words_of_meetings_are_opened_until_they_are_erased(app: WebApp, client: Client):
    door, day = store_of(app).application, date(2026, 9, 1)
    meeting = door.do(
        ArrangeMeeting(urn=GATESHEAD, committee="Families committee", day=day, held=True, on=day), by=told("a meeting")
    ).meeting
    door.do(Resolve(meeting, text="That audits be reported.", on=day), by=told("a resolution"))
    done = door.elements.record_engagement_meeting(GATESHEAD, held_on=day, by=told("an engagement meeting"))
    door.elements.note_engagement(GATESHEAD, done.activity, topics="Supervision of staff", by=told("its topics"))
    shared = door.elements.record_self_evaluation(
        GATESHEAD, shared_on=day, known="Practice is sound", by=told("a self-evaluation")
    ).activity
    store_of(app).projector.catch_up()
    texts = {
        "resolution.made": "That audits be reported.",
        "engagement_topics.noted": "Supervision of staff",
        "self_evaluation.answered": "Practice is sound",
    }
    for name, text in texts.items():
        assert text in client.page(f"/record/{seq_of(app, name)}").all("main")[0].said
    erasing = told("erase a resolution", reason="Named a child")
    door.do(EraseMeetingWords(meeting, subjects=door.meetings.meeting(meeting).state.subjects, on=day), by=erasing)
    for entry in (done.activity, shared):
        noted = [subject for subject, of in door.authorities.authority(GATESHEAD).words_noted.items() if of == entry]
        erasing = told(f"erase what was noted of {entry}", reason="Named a child")
        door.elements.erase_engagement_words(GATESHEAD, entry, noted, by=erasing)
    store_of(app).projector.catch_up()
    for name, text in texts.items():
        said = client.page(f"/record/{seq_of(app, name)}").all("main")[0].said
        assert text not in said
        assert "Named a child" in said


def test_whoever_records_something_is_told_where_its_receipt_is(app: WebApp):
    officer = Client(app)
    sign_in(app, officer.client, person(app, Role.OFFICER, authorities=[HARINGEY]))
    form = {
        "command": str(uuid4()),
        "source_title": "Minutes",
        "held-day": "1",
        "held-month": "9",
        "held-year": "2026",
    }
    answer = officer.client.post(f"/authorities/{HARINGEY}/record/engagement-meeting", data=form)
    assert answer.status_code == 303
    page = officer.page(answer.location)
    seq = audit(app).head().size
    (note,) = [one for one in page.all("p") if "Recorded as entry" in one.said]
    assert note.said == f"Recorded as entry {seq:,} of the history. Keep the receipt ."
    assert [entry["seq"] for entry in officer.receipt(page)["entries"]] == [seq]


def test_the_authorities_to_choose_from_are_those_that_this_store_knows(app: WebApp):
    with app.app_context():
        known = {row.facts.urn for row in reader.register_known()}
        assert {urn for urn, _ in apart()} == known
