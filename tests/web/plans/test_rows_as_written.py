"""What a row of a council's list states, however its cells are written."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter

from domain.values.plans import Figure, finding_of
from web.intake.action_sheet import read_sheet
from web.intake.workbook import FileRefused
from web.plans.spreadsheet.columns import KNOWN, canonical, guessed_columns, guessed_meaning
from web.plans.spreadsheet.rows import ListReading, Mapped, RowNote, StatedRow, stated_in

FINDINGS = (finding_of(UUID(int=1), "Supervision of staff", priority=False),)
HEADINGS = ("Action", "Recommendation", "Owner", "By when", "Measure", "Unit", "Baseline", "Target", "Now", "Update")


def stated(content: bytes) -> StatedRow:
    sheet = read_sheet(content, KNOWN)
    mapped = Mapped(guessed_columns(sheet.headings), on=date(2026, 11, 30))
    return stated_in(sheet.rows[0], ListReading(sheet, mapped, FINDINGS))


def row(**given: Any) -> list[Any]:
    told = {"Action": "Train managers", "Recommendation": "1", "Owner": "Head of Service"} | given
    return [told.get(heading.replace(" ", "_"), "") for heading in HEADINGS]


def a_csv(**given: str) -> bytes:
    cells = ['"' + cell.replace('"', '""') + '"' for cell in row(**given)]
    return f"{','.join(HEADINGS)}\n{','.join(cells)}\n".encode()


def a_workbook(options: dict[str, Any] | None = None, code: str = "0%", **given: Any) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **(options or {})}) as book:
        shown, day = book.add_format({"num_format": code}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEADINGS)
        for place, cell in enumerate(row(**given)):
            if isinstance(cell, datetime):
                sheet.write_datetime(1, place, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(1, place, cell)
            else:
                sheet.write_number(1, place, cell, shown)
    return out.getvalue()


@pytest.mark.parametrize("written", ["Mar-27", "by end of March 2027", "Q4 2026/27", "31/03/2027 (was 31/12/2026)"])
def test_a_due_date_is_read_as_it_is_written_and_the_reading_is_shown(written: str):
    said = stated(a_csv(By_when=written))
    assert said.due_on == date(2027, 3, 31)
    (note,) = said.readings
    assert note.about == "due"
    assert note.words.startswith(f"“{written}” read as 31 March 2027")


@pytest.mark.parametrize("written", ["31/03/2027", "31.03.27", "Wed 31st March 2027", "31 March 2027 17:00"])
def test_a_due_date_that_is_a_whole_day_needs_no_word(written: str):
    said = stated(a_csv(By_when=written))
    assert (said.due_on, said.readings, said.faults) == (date(2027, 3, 31), (), ())


def test_every_fault_of_a_row_is_told_at_once():
    said = stated(a_csv(By_when="31 Sept 2027", Owner="Jane Smith", Target="9o", Recommendation="Something else"))
    assert [fault.about for fault in said.faults] == ["due", "owner", "target", "findings"]


def test_the_first_promise_of_a_list_with_two_dates_is_kept():
    content = b"Action,Lead,Original,Revised\nTrain,Head of Service,31/12/2026,31/03/2027\n"
    said = stated(content)
    assert (said.due_on, said.first_due) == (date(2027, 3, 31), date(2026, 12, 31))
    alone = stated(content.replace(b"31/03/2027", b""))
    assert (alone.due_on, alone.first_due) == (date(2026, 12, 31), None)


def test_a_workbook_that_counts_from_1904_has_the_same_days():
    for options in ({}, {"date_1904": True}):
        assert stated(a_workbook(options, By_when=datetime(2027, 3, 31))).due_on == date(2027, 3, 31)


def test_a_percentage_is_one_whether_its_cell_shows_it_or_its_words_do():
    shown = stated(a_workbook(Baseline=0.62, Target=0.9, Now=0.715))
    written = stated(a_csv(Baseline="62%", Target="90 per cent", Now="71.5 %"))
    for said in (shown, written):
        assert (said.baseline, said.target, said.now, said.unit) == (Figure("62"), Figure("90"), Figure("71.5"), "%")


def test_a_figure_that_no_cell_shows_as_a_percentage_stays_as_it_is():
    said = stated(a_workbook(code="0.00", Baseline=0.62, Unit="days"))
    assert (said.baseline, said.unit) == (Figure("0.62"), "days")


@pytest.mark.parametrize("words", ["- Review every plan", "=1+1 made-up action", "+ six of nine", "@lead to confirm"])
def test_words_that_look_like_a_formula_stay_words(words: str):
    for said in (stated(a_csv(Action=words, Update=words)), stated(a_workbook(Action=words, Update=words))):
        assert (said.what, said.narrative) == (words, words)


def test_control_characters_are_line_breaks_or_nothing():
    said = stated(a_csv(Action="Train\x0bteam\x07 managers", Update="One\x0btwo_x000D_ three\x1f four\u2028five"))
    assert (said.what, said.narrative) == ("Train team managers", "One\ntwo\n three four\nfive")


def test_a_column_that_is_not_read_costs_no_row():
    content = a_csv().replace(b"Update", b"Internal").replace(b'""\n', b'"' + b"x" * 20_000 + b'"\n')
    assert stated(content).what == "Train managers"


def test_a_cell_that_cannot_be_trusted_is_a_fault_of_its_row():
    long = a_csv(Update="x" * 10_001)
    assert stated(long).faults == (RowNote("what", "it has a cell longer than 10,000 characters"),)


def test_headings_in_two_rows_complete_each_other():
    rows = (
        "Ref,Action,,Dates,,Status",
        ",What,Lead,Original,Revised,RAG",
        "1,Train managers,Head,31/12/26,31/3/27,Green",
    )
    sheet = read_sheet("\n".join(rows).encode(), KNOWN)
    assert sheet.headings == ("Ref", "What", "Lead", "Original", "Revised", "RAG")
    assert guessed_columns(sheet.headings)["due"] == 4


def test_a_workbook_with_a_password_is_refused_in_words():
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(FileRefused, match="it is encrypted; save it without a password"):
        read_sheet(content, KNOWN)


def test_sheets_with_the_same_headings_are_read_together_and_others_are_named():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in ("Priority 1", "Priority 2", "Closed", "Cover"):
            sheet = book.add_worksheet(name)
            for place, cells in enumerate((HEADINGS, row()) if name != "Cover" else (["Our plan"],)):
                sheet.write_row(place, 0, cells)
    sheet = read_sheet(out.getvalue(), KNOWN)
    assert (sheet.name, sheet.others) == ("Priority 1", ("Closed",))
    assert [one.place for one in sheet.rows] == ["Priority 1, row 2", "Priority 2, row 2"]
    only = read_sheet(out.getvalue(), KNOWN, chosen=["Closed"])
    assert ([one.place for one in only.rows], only.others) == (["row 2"], ("Priority 1", "Priority 2"))


@pytest.mark.parametrize("written", ["Sub-total: 3", "TOTAL ACTIONS", "Total: 1 action", "n/a", "-", '"', "12"])
def test_totals_and_marks_name_no_action(written: str):
    assert stated(a_csv(Action=written)).what is None


@pytest.mark.parametrize("written", ["Total Family is rolled out", "Total actions to be reviewed"])
def test_an_action_may_begin_with_the_word_of_a_total(written: str):
    assert stated(a_csv(Action=written)).what == written


@pytest.mark.parametrize(
    ("written", "option"),
    [
        ("Complete ✔", "complete/"),
        ("✔", "complete/"),
        ("🟢", "in_progress/on_track"),
        ("🔴 Red", "in_progress/off_track"),
        ("75%", "in_progress/"),
        ("0%", "not_started/"),
        ("100% complete", "complete/"),
        ("nearly complete", "in_progress/"),
        *((said, "") for said in ("❌", "Not complete", "not yet done", "Incomplete", "Not achieved", "N/A")),
    ],
)
def test_a_state_is_guessed_from_signs_and_shares_and_never_complete_from_its_opposite(written: str, option: str):
    assert guessed_meaning(written) == option
    assert guessed_meaning(canonical(written)) == option
