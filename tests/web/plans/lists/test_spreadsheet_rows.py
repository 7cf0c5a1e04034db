"""The rows of a list before they are loaded: cells written anew, names held back, and which rows are one action."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.values.plans import Figure, Progress, Track
from tests.web.client import Client
from tests.web.plans.lists.test_spreadsheet import (
    a_table,
    a_workbook,
    actions,
    confirm,
    counts,
    filled,
    mapped,
    means,
    send,
)
from tests.web.signed_in import store_of
from web import WebApp
from web.plans.spreadsheet.rows import hidden


def test_cells_are_written_anew_and_the_rest_is_taken_out_with_reasons(app: WebApp, plan: UUID, officer: Client):
    listed = [
        ("Action", "Finding", "Lead", "By when", "RAG"),
        ("Train managers", "1", "Head of Service", "31 Sept 2027", "Green"),
        ("Meet with schools", "1", "Virtual Head", "1/4/2027", "Green"),
        ("Ring each family", "1", "Virtual Head", "31/02/2027", "Green"),
    ]
    rows = mapped(officer, plan, a_workbook(listed))
    assert counts(officer, rows) == [1, 0, 2, 0]
    on_the_page = {"row-0": "", "load-0": "on", "due-0": "30 September 2027", "owner-0": "Director of Practice"}
    unticked = {"row-1": "", "due-1": "1 April 2027"}
    assert confirm(officer, rows, **on_the_page, **unticked) == 303
    found = actions(app, plan)
    assert len(found) == 2, "neither the row without a tick nor the one with a fault"
    assert (found[2].owner, found[2].due_on) == ("Director of Practice", date(2027, 9, 30))
    left = officer.client.get(f"{rows.removesuffix('/rows')}/rest.csv").text.splitlines()
    assert "row 3,Meet with schools,1,Virtual Head,1/4/2027,Green,Not ticked" in left
    assert any("February 2027 has no day 31" in line for line in left)
    assert counts(officer, rows) == [1, 0, 1, 1], "the rest can be mended still"


def test_a_name_of_a_person_is_never_loaded_nor_remembered(app: WebApp, plan: UUID, officer: Client):
    listed = [("Action", "Finding", "Lead"), ("Train managers", "1", "Jane Smith"), ("Meet", "1", "Tom Brown (DCS)")]
    rows = mapped(officer, plan, a_workbook(listed))
    assert counts(officer, rows) == [0, 1, 1, 0]
    assert confirm(officer, rows, **{"row-0": "", "load-0": "on", "owner-0": "Jane Smith"}) == 303
    assert len(actions(app, plan)) == 2, "a name that is written in its place is held back too"
    assert confirm(officer, rows, **{"row-0": "", "load-0": "on", "owner-0": "Head of Service"}) == 303
    assert {row.owner for row in actions(app, plan).values()} == {"Head of Safeguarding", "DCS", "Head of Service"}
    assert "smith" not in str(store_of(app).loaded_lists.of(plan)).casefold()


def test_a_blank_finding_means_the_one_above_where_that_is_said(plan: UUID, officer: Client):
    listed = [
        ("Action", "Finding", "Lead"),
        *((f"Do thing {number}", "1" if number == 0 else "", "Head of Service") for number in range(4)),
    ]
    assert counts(officer, mapped(officer, plan, a_table(listed))) == [4, 0, 0, 0]
    columns = send(officer, plan, a_table(listed), "again.csv").headers["Location"].removesuffix("/rows")
    form = filled(officer, columns)
    form.pop("carry")
    assert counts(officer, officer.client.post(columns, data=form).headers["Location"]) == [1, 0, 3, 0]


def test_the_same_words_for_two_findings_are_two_actions(app: WebApp, plan: UUID, officer: Client):
    listed = [("No", "Action", "Finding", "Lead"), *((n, "Train managers", str(n), "Head of Service") for n in (1, 2))]
    rows = mapped(officer, plan, a_workbook(listed))
    assert counts(officer, rows) == [2, 0, 0, 0], "a council's own numbers are not ours"
    confirm(officer, rows)
    assert len(actions(app, plan)) == 3
    assert counts(officer, rows) == [0, 0, 0, 2]


def test_words_state_and_measure_are_written_anew_too(app: WebApp, plan: UUID, officer: Client):
    listed = [
        ("Action", "Finding", "Lead", "RAG", "Measure", "Target"),
        ("Trian managers", "1", "Head of Service", "Green", "Evidence", "9o"),
    ]
    rows = mapped(officer, plan, a_workbook(listed))
    assert counts(officer, rows) == [0, 0, 1, 0]
    (wrong,) = [link.get("href") for link in officer.page(rows).all("a") if "“9o”" in link.said]
    assert wrong == "#target-0"
    said = {"what-0": "Train managers", "progress-0": "in_progress/at_risk", "measure-0": "Managers trained"}
    assert confirm(officer, rows, **{"row-0": "", "load-0": "on", "target-0": "90"}, **said) == 303
    made = actions(app, plan)[2]
    assert (made.what.text, made.progress, made.track) == ("Train managers", Progress.IN_PROGRESS, Track.AT_RISK)
    assert made.measure is not None
    assert (made.measure.text, made.target) == ("Managers trained", Figure("90"))


def test_a_finding_guessed_by_shared_words_is_shown_as_a_guess_until_it_was_loaded(plan: UUID, officer: Client):
    guess, other = "Supervision and challenge by managers", "Managers who challenge practice"
    listed = [("Action", "Finding", "Lead"), *((f"Do {text}", text, "Head of Service") for text in (guess, other))]
    columns = send(officer, plan, a_workbook(listed)).headers["Location"]
    page = officer.page(columns).all("main")[0].said
    assert page.count("guessed by its words") == 2
    assert f"“{guess}” and “{other}” have one finding: are they all right?" in page
    rows = mapped(officer, plan, a_workbook(listed), **{means(other): "2"})
    assert officer.page(f"{rows}?show=all").all("main")[0].said.count("guessed by its words") == 1
    confirm(officer, rows)
    again = send(officer, plan, a_workbook([*listed, ("Meet", "Practice after supervision", "Head of Service")]))
    page = officer.page(again.headers["Location"])
    assert [cell.said for cell in page.all("th") if "Practice after" in cell.said], "a new guess is asked about"
    assert page.all("main")[0].said.count("guessed by its words") == 1, "what was loaded is known"


def test_days_with_the_month_first_are_asked_about_once_and_remembered(app: WebApp, plan: UUID, officer: Client):
    days = ("03/31/2027", "04/05/2027")
    listed = [("Action", "Finding", "Lead", "Due"), *((f"Do {day}", "1", "Head of Service", day) for day in days)]
    rows = mapped(officer, plan, a_workbook(listed), **{"due-order": "month"})
    assert counts(officer, rows) == [0, 2, 0, 0]
    confirm(officer, rows)
    assert {actions(app, plan)[number].due_on for number in (2, 3)} == {date(2027, 3, 31), date(2027, 4, 5)}
    again = send(officer, plan, a_workbook([*listed, ("Meet", "1", "Head of Service", "12/25/2027")]))
    assert counts(officer, again.headers["Location"]) == [0, 1, 0, 2]


def test_a_state_that_is_not_applicable_is_left_or_no_action_is_required(app: WebApp, plan: UUID, officer: Client):
    listed = [
        ("Action", "Finding", "Lead", "Status", "Update"),
        ("Train managers", "1", "Head of Service", "N/A", "The post was filled."),
        ("Meet with schools", "1", "Head of Service", "N/A", ""),
    ]
    columns = send(officer, plan, a_workbook(listed)).headers["Location"]
    assert "or no action required?" in officer.page(columns).all("main")[0].said
    rows = mapped(officer, plan, a_workbook(listed), **{f"word-{hidden('n/a')}": "no_action_required/"})
    assert counts(officer, rows) == [2, 0, 0, 0]
    confirm(officer, rows)
    assert {actions(app, plan)[number].progress for number in (2, 3)} == {Progress.NO_ACTION_REQUIRED}
    assert counts(officer, rows) == [0, 0, 0, 2], "told once"
