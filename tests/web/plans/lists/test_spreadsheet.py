"""Loading a council's own list of actions: columns confirmed, tried first, told once; and taking it out again."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from domain.plans.action_commands import ChangeOwner, ReportProgress
from domain.values.plans import Figure, Progress, Track
from domain.values.roles import Role
from projections.plans.plan import plan_of
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, told
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.intake.action_sheet import read_sheet
from web.plans.spreadsheet.columns import KNOWN
from web.plans.spreadsheet.load import File, RowFate, load
from web.plans.spreadsheet.mapping import first_guess
from web.plans.spreadsheet.rows import hidden

HEADINGS = ("Ref", "Action", "Ofsted recommendation", "Lead officer", "By when", "RAG rating", "Progress update")
LIST = [
    ("Post-Ofsted plan, version 7",),
    (),
    HEADINGS,
    ("1.1", "Train team managers", "Supervision", "Head of Service", "3/4/2027", "Amber", "Six of nine trained."),
    ("1.2", "Rewrite the plan template", "1", "Principal Social Worker", date(2027, 5, 31), "Green", ""),
    ("1.3", "Audit each quarter", "1", "", "2027-06-30", "Not started", ""),
    ("1.4", "Meet with schools", "1", "Virtual Head", "soon", "Not started", ""),
    ("1.5", "Review every unallocated case each week", "1", "", "", "Green", "Two weeks without a gap."),
    ("", "", "", "", "", "", "A note below the list"),
]
DAY = date(2026, 8, 20)


def a_workbook(rows: list[tuple[Any, ...]], sheet: str = "Plan") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        written = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    written.write_datetime(number, column, cell, day)
                elif cell != "":
                    written.write(number, column, cell)
    return out.getvalue()


def a_table(rows: list[tuple[Any, ...]], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in row] for row in rows)
    return out.getvalue().encode(encoding)


def send(client: Client, plan: UUID, content: bytes, name: str = "plan.xlsx") -> Any:
    form = MultiDict([("command", str(UUID(int=1)))])
    form.add("files", FileStorage(io.BytesIO(content), name))
    boundary, body = encode_multipart(form)
    return client.client.post(
        f"/plans/{plan}/import", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )


def filled(client: Client, address: str, **said: str) -> dict[str, Any]:
    """The form of the columns as it stands, with what is said otherwise."""
    page = client.page(address)
    form: dict[str, Any] = {}
    for element in page.elements:
        if element.tag == "select":
            form[element.attributes["name"]] = ""
        if element.tag == "option" and element.get("selected") is not None:
            (of,) = [parent for parent in element.parents if parent.tag == "select"]
            form[of.attributes["name"]] = element.get("value") or ""
        if element.tag == "input" and element.get("name") and element.get("type") != "checkbox":
            form[element.attributes["name"]] = element.get("value") or ""
        if element.tag == "input" and element.get("type") == "checkbox" and element.get("checked") is not None:
            form.setdefault(element.attributes["name"], []).append(element.get("value") or "on")
    return form | {"on": DAY.isoformat()} | said


def mapped(client: Client, plan: UUID, content: bytes, name: str = "plan.xlsx", **said: str) -> str:
    """Send a file, confirm what was guessed of its columns, and give the address of its rows."""
    columns = send(client, plan, content, name).headers["Location"].removesuffix("/rows")
    answer = client.client.post(columns, data=filled(client, columns, **said))
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{columns}/rows"
    return f"{columns}/rows"


def seen_on(client: Client, address: str) -> dict[str, str]:
    """What the report sends back of itself."""
    boxes = [box for box in client.page(address).all("input") if box.get("name") == "seen"]
    return {str(box.get("name")): box.get("value") or "" for box in boxes}


def confirm(client: Client, address: str, **said: str) -> int:
    """Load the rows of a page as it stands, or with what is written in its cells; gives the status."""
    return client.client.post(address, data={**seen_on(client, address), "load": "1", **said}).status_code


def counts(client: Client, address: str) -> list[int]:
    """Rows ready, to check, to mend, and held already."""
    said = client.page(address).all("h1")[0].said
    found = {word: int(number) for number, word in re.findall(r"(\d+) (ready|to check|to mend|held)", said)}
    return [found.get(word, 0) for word in ("ready", "to check", "to mend", "held")]


def means(text: str) -> str:
    """The name of the box that says which finding a text means."""
    return f"finding-{hidden(text)}"


def everything(client: Client, address: str) -> str:
    """What the page of the rows says of all of them."""
    return client.page(f"{address}?show=all").all("main")[0].said


def position(app: WebApp) -> int:
    return store_of(app).application.ledger.max_position()


def actions(app: WebApp, plan: UUID) -> dict[int, Any]:
    store = store_of(app)
    store.projector.catch_up()
    return {row.number: row for row in plan_of(store.reader, plan, as_at=date(2026, 11, 1)).actions}


@pytest.mark.parametrize("make", [a_workbook, a_table, lambda rows: a_table(rows, "cp1252")])
def test_rows_are_tried_first_and_recorded_once_by_the_officer(app: WebApp, plan: UUID, officer: Client, make: Any):
    before = position(app)
    rows = mapped(officer, plan, make(LIST), **{means("Supervision"): "2"})
    assert counts(officer, rows) == [4, 1, 0, 0]
    said = officer.page(rows).all("main")[0].said
    assert "Meet with schools" in said
    assert "“soon” is no date: without one yet" in said
    assert "Row 9: A note below the list" in officer.page(f"{rows}?show=left").all("main")[0].said
    assert position(app) == before, "nothing is written before the rows are loaded"
    page = seen_on(officer, rows)
    assert confirm(officer, rows) == 303
    after = position(app)
    assert after > before
    assert counts(officer, rows) == [0, 0, 0, 5]
    assert officer.client.post(rows, data={**page, "load": "1"}).status_code == 303, "the same page sent twice"
    assert confirm(officer, rows) == 303
    assert position(app) == after
    found = actions(app, plan)
    assert len(found) == 5
    assert (found[4].owner, found[5].due_on) == ("No office yet", None)
    assert (found[2].what.text, found[2].owner, found[2].due_on) == (
        "Train team managers",
        "Head of Service",
        date(2027, 4, 3),
    )
    assert (found[2].progress, found[2].track) == (Progress.IN_PROGRESS, Track.AT_RISK)
    assert found[2].narrative.text == "Six of nine trained."
    assert found[3].track is Track.ON_TRACK
    assert (found[1].track, found[1].owner) == (Track.ON_TRACK, "Head of Safeguarding")
    answer = plan_of(store_of(app).reader, plan, as_at=date(2026, 11, 1))
    assert found[2].findings == (answer.findings[1].finding.id,)
    assert "local" not in {found[number].changed_by for number in found}


def test_how_a_due_date_was_read_is_shown_before_it_is_recorded(plan: UUID, officer: Client):
    wanted = ("1.9", "Check each file", "1", "Head of Service", "End of March 2027", "Green", "")
    rows = mapped(officer, plan, a_workbook([HEADINGS, wanted]))
    assert "“End of March 2027” read as 31 March 2027" in officer.page(rows).all("main")[0].said
    assert officer.page(f"{rows}?show=ready").by_id("due-0").get("value") == "31 March 2027"


def test_the_same_file_again_adds_nothing_even_after_others_went_on(app: WebApp, plan: UUID, officer: Client):
    content = a_workbook(LIST)
    confirm(officer, mapped(officer, plan, content, **{means("Supervision"): "2"}))
    store = store_of(app)
    store.application.do(
        ReportProgress(
            plan, 2, progress=Progress.IN_PROGRESS, track=Track.ON_TRACK, narrative="All nine.", on=date(2026, 8, 25)
        ),
        by=told("later"),
    )
    before = position(app)
    rows = mapped(officer, plan, content, **{means("Supervision"): "2", "on": "2026-08-30"})
    assert counts(officer, rows) == [0, 0, 0, 5]
    confirm(officer, rows)
    assert position(app) == before


def test_rows_of_a_file_without_a_column_of_findings_answer_the_one_chosen_for_all(
    app: WebApp, plan: UUID, officer: Client
):
    content = a_workbook([("Action", "Lead officer", "By when"), ("Train managers", "Head of Service", "1/4/2027")])
    rows = mapped(officer, plan, content)
    assert counts(officer, rows) == [0, 0, 1, 0]
    assert "names no finding that it answers. Choose a column of findings" in officer.page(rows).all("main")[0].said
    finding = plan_of(store_of(app).reader, plan, as_at=DAY).findings[1].finding.id
    rows = mapped(officer, plan, content, every=str(finding))
    assert counts(officer, rows) == [1, 0, 0, 0]
    confirm(officer, rows)
    assert actions(app, plan)[2].findings == (finding,)
    before = position(app)
    again = send(officer, plan, content).headers["Location"]
    assert again.endswith("/rows"), "what was said of the list is remembered"
    assert counts(officer, again) == [0, 0, 0, 1]
    confirm(officer, again)
    assert position(app) == before


def test_words_not_seen_before_are_asked_for_when_another_column_is_chosen(plan: UUID, officer: Client):
    columns = send(officer, plan, a_workbook(LIST)).headers["Location"]
    form = {key: value for key, value in filled(officer, columns).items() if not key.startswith("word-")}
    answer = officer.client.post(columns, data=form)
    assert answer.headers["Location"] == columns
    labels = [select.get("aria-label") for select in officer.page(columns).all("select")]
    assert {"What Amber means", "What Green means", "What Not started means"} <= set(labels)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"column-1": ""}, "Choose the column that says what is to be done."),
        ({"column-0": "owner"}, "Two columns are “Office that owns it”"),
        ({"nobody": "Jane Smith"}, "may be a person"),
        ({"on": "2018-01-01"}, "or correct its day of opening first"),
        ({"on": "soon"}, "Enter the “true on” date"),
        ({"on": "2090-01-01"}, "lies in the future"),
    ],
)
def test_columns_that_cannot_be_are_refused_in_words(plan: UUID, officer: Client, said: dict[str, str], why: str):
    columns = send(officer, plan, a_workbook(LIST)).headers["Location"]
    page = officer.post(columns, filled(officer, columns, **said), status=422)
    assert why in page.all("main")[0].said


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "Choose a file"),
        (b"   ", "The file “list.csv” is empty"),
        (b"%PDF-1.7", "The file “list.csv” is a PDF"),
        (b"<html><body>", "The file “list.csv” is a web page"),
        (
            "No.,Action\n1,Do it\n".encode("utf-16")[:-1],
            "The file “list.csv” is broken text in UTF-16; save it as CSV UTF-8.",
        ),
        (b"PK\x03\x04" + b"\x00" * 100, "The file “list.csv” cannot be read: it is damaged"),
        (b"PK\x03\x04" + b"\x00" * 100, "save it as a new XLSX file, and send that in"),
        (b"one column\nand no more\n", "no row with two column headings"),
        (b'a,"' + b"x" * 200_000, "opens a quotation mark that is never closed"),
        (("No.,Action\n" + "1,Do it\n" * 2_100).encode(), "more than 2,0"),
    ],
)
def test_what_is_no_list_of_actions_is_refused(plan: UUID, officer: Client, content: bytes, why: str):
    answer = send(officer, plan, content, "" if not content else "list.csv")
    assert why in officer.checked(answer, 422).all("main")[0].said


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_saved_as_unicode_text_is_read_like_any_other(encoding: str, delimiter: str):
    rows = [("Plan of St Helens", "", ""), ("Ref", "Action", "Due"), ("1", "Ring the café, then\nwrite", "3/4/2027")]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    sheet = read_sheet((mark + out.getvalue()).encode(encoding), KNOWN)
    assert sheet.headings == rows[1]
    assert [row.cells for row in sheet.rows] == [rows[2]]


def test_a_file_of_another_person_plan_or_day_is_not_there(app: WebApp, plan: UUID, officer: Client):
    columns = send(officer, plan, a_workbook(LIST)).headers["Location"]
    other = Client(app)
    sign_in(app, other.client, person(app, Role.OFFICER))
    for address in (columns, f"{columns}/rows"):
        other.page(address, status=404)
        assert other.client.post(address).status_code == 404
    upload = columns.rpartition("/")[2]
    assert other.client.get(f"/admin/imports/{upload}").status_code == 404
    everywhere = Client(app)
    sign_in(app, everywhere.client, person(app, Role.OFFICER))
    assert everywhere.client.get(f"/admin/imports/{upload}").status_code == 404


def test_due_dates_owners_and_measures_change_with_their_reason(app: WebApp, plan: UUID, officer: Client):
    rows = [
        ("Action", "Owner", "Due", "Measure", "Unit", "Baseline", "Target", "Now"),
        ("review every  unallocated case each week", "Director", "1 December 2027", "Cases", "", "1,200", "0", "800"),
    ]
    address = mapped(officer, plan, a_table(rows), why="The board agreed it.")
    said = everything(officer, address)
    assert "due date moved from 1 December 2019 to 1 December 2027" in said
    assert "owner was Head of Safeguarding, now Director" in said
    assert "success measure set; reported: measure at 800" in said
    confirm(officer, address)
    (action,) = actions(app, plan).values()
    assert (action.owner, action.due_on, action.moves) == ("Director", date(2027, 12, 1), 1)
    assert (action.baseline, action.target, action.now) == (Figure("1200"), Figure("0"), Figure("800"))


def test_only_the_report_that_was_seen_is_recorded(app: WebApp, plan: UUID, officer: Client):
    content = a_table([("Action", "Owner"), ("Review every unallocated case each week", "Director")])
    rows = mapped(officer, plan, content)
    seen, door = seen_on(officer, rows), store_of(app).application
    door.do(ChangeOwner(plan, 1, owner="Chief executive", on=DAY), by=told("somebody else"))
    before = position(app)
    said = officer.checked(officer.client.post(f"{rows}?show=all", data=seen), 409).all("main")[0].said
    assert "changed after you saw what each row would do" in said
    assert "owner was Chief executive, now Director" in said
    assert officer.client.post(rows).status_code == 409, "a report that was never seen"
    assert position(app) == before
    seen = seen_on(officer, rows)
    columns = rows.removesuffix("/rows")
    officer.client.post(columns, data=filled(officer, columns, on="2026-08-21"))
    assert officer.client.post(rows, data=seen).status_code == 409, "its columns were said to mean something else"
    assert position(app) == before
    officer.client.post(columns, data=filled(officer, columns, on="2026-08-26"))
    assert confirm(officer, rows) == 303
    assert actions(app, plan)[1].owner == "Director"


def test_a_row_about_an_action_that_somebody_changed_meanwhile_is_left_out(app: WebApp, plan: UUID):
    store = store_of(app)
    answer = plan_of(store.reader, plan, as_at=date(2026, 11, 1))
    sheet = read_sheet(a_table([("Action", "Owner"), ("Review every unallocated case each week", "Director")]), KNOWN)
    file = File("digest", "actions", sheet, replace(first_guess(sheet, ()), on=DAY))
    store.application.do(ChangeOwner(plan, 1, owner="Chief executive", on=DAY), by=told("somebody else"))
    (found,) = load(store.application.plans, answer, file, actor="officer", at=told("now").at, dry_run=False)
    assert found.bucket is RowFate.BAD
    assert "Somebody else changed action 1" in found.problem
    assert actions(app, plan)[1].owner == "Chief executive"


def test_a_list_is_loaded_on_the_plan_in_hand_and_each_row_stays_a_command(
    app: WebApp, plan: UUID, monkeypatch: pytest.MonkeyPatch
):
    store = store_of(app)
    listed = [("Action", "Owner", "Due", "Status")]
    listed += [(f"Do thing {number}", "Head of Service", "2027-04-03", "Green") for number in range(12)]
    sheet = read_sheet(a_table(listed), KNOWN)
    answer = plan_of(store.reader, plan, as_at=date(2026, 11, 1))
    finding = str(answer.findings[0].finding.id)
    guess = first_guess(sheet, ())
    file = File("digest", "actions", sheet, replace(guess, on=DAY, every=finding))
    who = person(app, Role.OFFICER, authorities=[GATESHEAD])
    loads: list[UUID] = []
    load_plan = store.ledger.load

    def counted(cls: Any, identity: UUID) -> Any:
        loads.append(identity)
        return load_plan(cls, identity)

    monkeypatch.setattr(store.ledger, "load", counted)
    before = position(app)
    found = load(store.application.plans, answer, file, actor=who.actor, at=told("now").at, dry_run=False)
    assert {one.bucket for one in found} == {RowFate.NEW}, found
    assert [one.action for one in found] == [*range(2, 14)]
    assert position(app) == before + 24
    assert loads.count(plan) == 2, "once to try the rows, once to record them"
    assert len(loads) <= 3, "and who may do it at most once"
    again = load(store.application.plans, answer, file, actor=who.actor, at=told("now").at, dry_run=False)
    assert {one.bucket for one in again} == {RowFate.UNCHANGED}
    assert position(app) == before + 24


def test_decisions_are_not_taken_by_a_file_and_words_of_an_action_stay(app: WebApp, plan: UUID, officer: Client):
    rows = [
        ("No.", "Action", "Status"),
        (1, "", "Closed"),
        (1, "Something else", "Green"),
        (9, "", "Green"),
        ("", "Review every unallocated case each week", "Green"),
    ]
    address = mapped(officer, plan, a_workbook(rows), **{"column-0": "number"})
    said = everything(officer, address)
    assert "each with a reason of its own" in said
    assert "action 1 here has other words" in said.lower()
    assert "Row 2 is about the same action" in said
    assert counts(officer, address) == [0, 0, 3, 0]
