"""The committee paper: page, Word and Excel say the same of one plan, at one moment, and say which."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from domain.audit import CheckOutcome, CheckStep
from domain.authorities.other_inspections import OtherInspection
from domain.facts import Told
from domain.meetings.commands import ArrangeMeeting
from domain.plans.action_commands import ReportProgress
from domain.plans.question_commands import AskQuestion
from domain.values.plans import Progress
from domain.values.roles import Role
from domain.values.statements import Kind, Source
from tests.questions_story import ask
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, HARINGEY, demo_app, open_plans, told
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.formats.latest_checkpoint import not_covered
from web.formats.pills import PAINTS, SIGNS

MOMENT = "as_at=2020-01-31"
PARTS = [
    "In short",
    "Recommendations",
    "Needs attention",
    "Moved since 30 November 2019",
    "What Ofsted asked for, and where it stands",
    "Members’ questions",
    "Appendix: every action",
    "How this report was made",
]
"""Of a paper for which nobody chose parts; the first two and the last are in every one."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="module")
def example(app: WebApp) -> UUID:
    """The example plan, in Gateshead."""
    plan = tell_example_of_2019(store_of(app).application, at=datetime(2026, 9, 1, 9, 30, tzinfo=UTC))
    store_of(app).projector.catch_up()
    assert plan is not None
    return plan


@pytest.fixture
def member(app: WebApp) -> Client:
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    return client


def word_of(client: Client, address: str) -> Any:
    answer = client.client.get(address)
    assert answer.status_code == 200
    return docx.Document(BytesIO(answer.data))


def sheets_of(client: Client, address: str) -> dict[str, list[list[Any]]]:
    answer = client.client.get(address)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_paper_is_in_a_council_s_order_on_the_page_and_in_word(member: Client, example: UUID):
    page = member.page(f"/plans/{example}/report?{MOMENT}&since=2019-11-30")
    assert [one.said for one in page.all("h3")] == PARTS
    word = word_of(member, f"/plans/{example}/report.docx?{MOMENT}&since=2019-11-30")
    assert [p.text for p in word.paragraphs if p.style.name == "Heading 1"] == PARTS
    on_the_page, signs = page.by_id("paper"), "".join(SIGNS.values())
    assert on_the_page is not None
    for paragraph in word.paragraphs[2:]:
        assert " ".join(paragraph.text.split()) in on_the_page.said, paragraph.text
    for table in word.tables:
        for row in table.rows[1:]:
            for cell in row.cells:
                assert re.sub(f"^[{signs}] ", "", " ".join(cell.text.split())) in on_the_page.said


def test_it_says_of_which_moment_and_from_what_it_was_made(member: Client, example: UUID):
    said = " ".join(p.text for p in word_of(member, f"/plans/{example}/report.docx?{MOMENT}").paragraphs)
    assert "As at: 31 January 2020" in said
    assert "As known: everything recorded so far" in said
    assert "Last event counted: number" in said
    assert "read on" in said
    assert "Signed checkpoint of the log: none has been signed yet" in said
    known = " ".join(
        p.text for p in word_of(member, f"/plans/{example}/report.docx?{MOMENT}&known_at=2098-12-31").paragraphs
    )
    assert "what was recorded by 31 December 2098 at 23:59" in known


def test_it_says_in_short_what_is_behind_and_what_members_are_asked_to_do(member: Client, example: UUID):
    paper = member.page(f"/plans/{example}/report?{MOMENT}&since=2019-11-30").by_id("paper")
    assert paper is not None
    assert "1 of 6 actions is complete with evidence accepted" in paper.said
    assert "Actions by state, from the left: 1 complete" in paper.said
    assert (
        "note that 1 of 6 actions is complete with evidence accepted, where 3 were due by 31 January 2020;"
        in paper.said
    )
    assert "Answered after 7 days" in paper.said
    word = word_of(member, f"/plans/{example}/report.docx?{MOMENT}")
    asked = [p.text for p in word.paragraphs if p.style.name == "List Number"]
    assert len(asked) == 3
    assert [one[-1] for one in asked] == [";", ";", "."]


def test_nothing_is_left_to_write_unless_it_was_asked_for(member: Client, example: UUID):
    address = f"/plans/{example}/report.docx?{MOMENT}"
    assert "author to write" not in " ".join(p.text for p in word_of(member, address).paragraphs)
    (line,) = [p for p in word_of(member, f"{address}&part=implications").paragraphs if "[author" in p.text]
    assert line.text == "Finance, legal, workforce, equality and risk: [author to write, or “none”]."
    assert line.runs[0].font.highlight_color is not None


def test_the_document_can_be_sent_as_it_is(member: Client, example: UUID):
    """One picture that says what it shows, widths that fill the text, states in colour with sign and word, a number on
    every page."""
    word = word_of(member, f"/plans/{example}/report.docx?{MOMENT}&since=2019-11-30")
    (drawn,) = word.inline_shapes
    told = drawn._inline.docPr.get("descr")
    assert told.startswith("Actions by state, from the left: 1 complete")
    assert told in [p.text for p in word.paragraphs if p.style.name == "Caption"]
    section = word.sections[0]
    assert (round(section.page_width.cm), round(section.page_height.cm)) == (21, 30)
    for table in word.tables:
        assert abs(sum(column.width.cm for column in table.columns) - 17) < 0.1
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert (
            table._tbl.tblPr.find(qn("w:tblCaption"))
            .get(qn("w:val"))
            .endswith("(example, made up for a demonstration)")
        )
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    painted = {
        (cell.text[:1], shade.get(qn("w:fill")))
        for row in word.tables[0].rows[1:]
        for cell in row.cells
        for shade in cell._tc.iter(qn("w:shd"))
    }
    assert painted == {(SIGNS[tone], PAINTS[tone].ground) for tone in ("off-track", "at-risk", "awaited")}
    foot = section.footer.paragraphs[0]
    assert foot.text == "Gateshead: action plan, example, as at 31 January 2020 · page 1"
    assert [one.text for one in foot._p.iter(qn("w:instrText"))] == [" PAGE "]


def test_a_made_up_plan_says_so_in_every_part(member: Client, example: UUID):
    word = word_of(member, f"/plans/{example}/report.docx?{MOMENT}")
    texts = [(p.style.name, p.text) for p in word.paragraphs]
    for place, (style, _) in enumerate(texts):
        if style == "Heading 1":
            assert texts[place + 1][1] == "Example, made up for a demonstration."
    assert set(sheets_of(member, f"/plans/{example}/report.xlsx?{MOMENT}")) == {
        "Read me",
        "In short (example)",
        "Register (example)",
        "Actions (example)",
        "Findings (example)",
        "Moved since (example)",
        "Questions (example)",
        "Five elements (example)",
    }


def test_parts_left_out_of_the_address_are_not_in_the_paper(member: Client, example: UUID):
    page = member.page(f"/plans/{example}/report?{MOMENT}&part=questions&part=bananas")
    headings = [one.said for one in page.all("h3", "h4")]
    assert "Members’ questions" in headings
    assert not {"Background", "To be added before publication", "Appendix: every action", "Needs attention"} & set(
        headings
    )
    assert "“bananas” is not a part known here" in page.all("main")[0].said


def test_empty_fields_leave_the_address_and_a_frozen_one_always_shows_the_same(member: Client, example: UUID):
    answer = member.client.get(f"/plans/{example}/report?meeting=&since=2019-11-30")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/{example}/report?since=2019-11-30")
    page = member.page(f"/plans/{example}/report?meeting=Panel+of+March&{MOMENT}")
    (frozen,) = (a.attributes["href"] for a in page.all("a") if a.said.startswith("An address"))
    assert all(stated in frozen for stated in ("meeting=Panel", "as_at=2020-01-31", "known_at="))
    again = member.page(frozen).by_id("paper")
    assert again is not None
    assert "Report to Panel of March" in again.said
    member.part(f"/plans/{example}/report?{MOMENT}&known_at=2098-12-31")


def test_questions_on_no_plan_stand_beside_those_on_a_plan_that_is_not_made_up(app: WebApp, member: Client):
    plan = open_plans(app, [HARINGEY])[HARINGEY]
    ask(store_of(app).application, "Why that window?", urn=HARINGEY, on=date(2026, 9, 1), by=told("of no plan"))
    store_of(app).projector.catch_up()
    paper = member.page(f"/plans/{plan}/report?as_at=2026-09-02").by_id("paper").said
    assert "note that 1 question of members waits for an answer" in paper
    assert "Why that window?" in paper


def test_what_was_recorded_a_moment_ago_is_frozen_and_what_follows_is_not(app: WebApp, member: Client):
    plan = open_plans(app, [HARINGEY])[HARINGEY]
    today = datetime.now(UTC)
    for number, at in enumerate((today - timedelta(microseconds=9), today)):
        question = {"question": f"Question {number}?", "action": 1, "on": date(2026, 9, 1)}
        with app.app_context():
            store_of(app).application.do(AskQuestion(plan, **question), by=replace(told(f"question {number}"), at=at))
            store_of(app).projector.catch_up()
        page = member.page(f"/plans/{plan}/report")
        if not number:
            (frozen,) = (a.attributes["href"] or "" for a in page.all("a") if a.said.startswith("An address"))
        assert f"Question {number}?" in page.all("main")[0].said
    said = member.page(frozen).all("main")[0].said
    assert "Question 0?" in said
    assert "Question 1?" not in said


def test_since_when_progress_is_told_stands_in_the_frozen_address(app: WebApp, member: Client, example: UUID):
    door = store_of(app).application
    meeting = {"committee": "Families committee", "held": True}
    with app.app_context():
        for day in (date(2019, 11, 4), date(2020, 1, 20)):
            arranged = door.do(ArrangeMeeting(urn=GATESHEAD, **meeting, day=day, on=day), by=told(f"meeting of {day}"))
        store_of(app).projector.catch_up()
    page = member.page(f"/plans/{example}/report?meeting={arranged.meeting}&{MOMENT}")
    (frozen,) = (a.attributes["href"] or "" for a in page.all("a") if a.said.startswith("An address"))
    assert "since=2019-11-04" in frozen
    assert "meeting=Families" in frozen
    assert str(arranged.meeting) not in frozen


def test_the_last_entry_counted_is_named_by_its_number_in_the_log(app: WebApp, member: Client, example: UUID):
    store_of(app).projector.catch_up()
    entries = store_of(app).audit.head().size
    page = member.page(f"/plans/{example}/report").all("main")[0].said
    assert f"Last event counted: number {entries:,} of the log" in page


@pytest.mark.parametrize("words", ["since=soon", f"{MOMENT}&since=2021-01-01", "as_at=soon"])
def test_a_day_that_cannot_be_is_refused_in_words(member: Client, example: UUID, words: str):
    for ending in ("", ".docx", ".xlsx"):
        answer = member.client.get(f"/plans/{example}/report{ending}?{words}")
        assert answer.status_code == 422


def test_a_plan_not_yet_open_has_no_paper(member: Client, example: UUID):
    for ending in ("", ".docx", ".xlsx"):
        assert member.client.get(f"/plans/{example}/report{ending}?as_at=2019-06-01").status_code == 404
    assert member.client.get(f"/plans/{UUID(int=1)}/report").status_code == 404


def test_the_workbook_has_real_days_one_table_a_sheet_and_frozen_heads(member: Client, example: UUID):
    address = f"/plans/{example}/report.xlsx?{MOMENT}&since=2019-11-30"
    sheets = sheets_of(member, address)
    head, *rows = sheets["Actions (example)"]
    assert len(rows) == 6
    due, number = head.index("Due"), head.index("No.")
    assert {type(row[due]) for row in rows} == {date}
    assert sorted(row[number] for row in rows) == [1, 2, 3, 4, 5, 6]
    assert [row[0] for row in sheets["Read me"]][:3] == ["What this is", "For", "Example"]
    assert len(sheets["Findings (example)"]) == 5
    assert len(sheets["Questions (example)"]) == 3
    elements = sheets["Five elements (example)"]
    assert [row[0] for row in elements[1:4]] == ["Self-evaluation", "Annual engagement meeting", "What Ofsted holds"]
    with zipfile.ZipFile(BytesIO(member.client.get(address).data)) as book:
        names = book.namelist()
        assert sum(name.startswith("xl/tables/") for name in names) == 6
        for name in names:
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in book.read(name)
        register = book.read("xl/worksheets/sheet2.xml")
        assert b'state="frozen"' in register
        assert register.count(b"<col ") == 8
        assert b'orientation="landscape"' in register
        assert b'fitToHeight="0"' in register
        assert 'operator="beginsWith" text="▲"'.encode() in register
        assert b"Page &amp;P of &amp;N" in register
        assert b"fitToPage" not in book.read("xl/worksheets/sheet7.xml")
        assert b'descr="Actions by state, from the left: 1 complete' in book.read("xl/drawings/drawing1.xml")


@pytest.mark.parametrize("words", ["=1+1", '=HYPERLINK("https://example.invalid")', "+44", "-5", "@SUM(1)", "\uffff="])
def test_no_words_become_a_formula_or_break_the_file(tmp_path: Path, words: str):
    app = demo_app(tmp_path / "store")
    plan = open_plans(app)[HARINGEY]
    store = store_of(app)
    store.application.do(
        ReportProgress(plan, 1, progress=Progress.IN_PROGRESS, narrative=words, on=date(2026, 8, 7)), by=told("words")
    )
    store.projector.catch_up()
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    head, row = sheets_of(client, f"/plans/{plan}/report.xlsx")["Actions"]
    assert row[head.index("Latest")] == words.replace("\uffff", "\ufffd")
    word = word_of(client, f"/plans/{plan}/report.docx")
    assert not list(word.element.iter(qn("w:fldSimple"), qn("w:instrText")))
    store.close()


def test_a_signed_checkpoint_is_printed(tmp_path: Path):
    app = demo_app(tmp_path / "store")
    plan = open_plans(app)[GATESHEAD]
    store = store_of(app)
    signed = store.audit.sign(at=datetime(2026, 9, 2, 9, 0, tzinfo=UTC))
    note = signed.splitlines()
    client = Client(app)
    sign_in(app, client.client, person(app, Role.AUDITOR))
    word = word_of(client, f"/plans/{plan}/report.docx")
    said = [p.text for p in word.paragraphs]
    assert word.styles["Verbatim"].font.name == "Courier New"
    (taken_out,) = [p.text for p in word.paragraphs if p.style.name == "Verbatim"]
    kept = tmp_path / "checkpoint"
    kept.write_text(taken_out, encoding="utf-8")
    verified = store.audit.verify(at=datetime(2026, 9, 3, 9, 0, tzinfo=UTC), checkpoints=[kept])
    assert (verified.exit_code, verified.outcomes[CheckStep.SIGNATURES]) == (0, CheckOutcome.OK)
    assert f"{taken_out}\n" == signed
    (shown,) = client.page(f"/plans/{plan}/report").all("pre")
    assert shown.get("tabindex") == "0"
    assert shown.said.split() == signed.split()
    assert f"Signed checkpoint of the log, by: {note[0]}" in said
    assert f"Entries it covers: {note[1]}" in said
    assert f"Its root: {note[2]}" in said
    sheet = sheets_of(client, f"/plans/{plan}/report.xlsx")["Read me"]
    assert ["Its root", note[2]] in sheet
    assert [line for _, line in sheet[-len(note) :]] == note
    assert sheet[-len(note)][0] == "The signed checkpoint, whole"
    store.close()


@pytest.mark.parametrize(
    ("covered", "entries", "told"),
    [
        (256, 276, "Entries 257 to 276, recorded since, are covered by the next checkpoint."),
        (275, 276, "Entry 276, recorded since, is covered by the next checkpoint."),
        (276, 276, "Nothing: no entry was recorded since."),
    ],
)
def test_it_says_which_entries_no_checkpoint_covers_yet(covered: int, entries: int, told: str):
    assert not_covered(covered, entries) == told


def test_inspections_by_others_are_in_the_paper_and_the_workbook_with_what_follows(
    app: WebApp, member: Client, example: UUID
):
    held = OtherInspection(
        Kind.AREA_SEND,
        started_on=date(2024, 6, 24),
        published_on=date(2024, 9, 2),
        outcome=3,
        link="https://x.example/1",
    )
    by = Told("local", UUID(int=0x5E4D), Source("report_in_hand", "The report"), datetime(2026, 9, 1, tzinfo=UTC))
    store_of(app).application.other_inspections.record(GATESHEAD, held, by=by)
    store_of(app).projector.catch_up()
    paper = member.page(f"/plans/{example}/report").by_id("paper").said
    assert "Other inspections of children’s services" in paper
    assert "Outcome 3: widespread or systemic failings" in paper
    assert "Area SEND full inspection by about 24 June 2027" in paper
    (sheet,) = [rows for name, rows in sheets_of(member, f"/plans/{example}/report.xlsx").items() if "Other" in name]
    assert sheet[1][0] == "Area SEND inspection"
    assert "Other inspections" not in member.page(f"/plans/{example}/report?{MOMENT}").by_id("paper").said
