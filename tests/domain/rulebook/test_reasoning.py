"""Every answer is explained, by the rules it rests on, with the rows that were in force, and to the very days."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from domain.frameworks import Area, Framework, Grade
from domain.rulebook import calendar_rows, deadline_rows, rows, working_days
from domain.rulebook import evidence as workings
from domain.rulebook import explain as expectation_steps
from domain.rulebook.near_misses.rows import TABLES, neighbours
from domain.rulebook.pathway import Policy, WindowAnchor
from domain.rulebook.reasoning import Reasoning
from domain.rulebook.results import GradedType, Pathway
from domain.rulebook.rows import Row
from domain.rulebook.steps import ROW_NUMBERS, Step, numbers_of
from domain.values.activities import AuthorityFacts
from domain.values.judgements import Judgements
from domain.values.statements import Kind
from tests.domain.rulebook.reasoned import GOOD, every_step, of, reasons
from tests.domain.rulebook.story import (
    TYNEHAVEN,
    activity,
    focused,
    four,
    on,
    report,
    sif,
)

# --- what is told ---------------------------------------------------------------------------------------------------


def why_not(found: Reasoning, rule: str) -> list[str]:
    return [one.why for one in found.unapplied if one.rule == rule]


def results(steps: tuple[Step, ...]) -> dict[str, str]:
    return {step.rule: step.result for step in steps}


def shown(steps: tuple[Step, ...], rule: str) -> dict[str, Any]:
    """The inputs of the step of a rule, by name."""
    (step,) = [one for one in steps if one.rule == rule]
    return {one.name: one.value for one in step.inputs}


def test_the_governing_report_is_an_input_with_its_own_id():
    found = reasons("2026-05-12", GOOD)
    (governing,) = [one for one in found.pathway[0].inputs if one.name == "The latest of them"]
    assert (governing.value, governing.activity) == ("graded inspection, 27 November to 8 December 2023", GOOD.id)


def test_the_window_is_counted_from_the_day_shown():
    steps = of(reasons("2026-05-12", GOOD), "short_inspection").steps
    assert shown(steps, "R-090") == {
        "Counted from publication": on("2024-02-01"),
        "Months to the first day": 30,
        "Months to the last day": 42,
    }
    assert results(steps)["R-026"] == (
        "On 12 May 2026 the time expected, 1 August 2026 to 1 August 2027, is still to come."
    )


def test_the_anchor_named_is_the_one_counted_from():
    policy = Policy(window_anchor=WindowAnchor.LAST_DAY_ON_SITE)
    steps = of(reasons("2026-05-12", GOOD, policy=policy), "short_inspection").steps
    assert shown(steps, "R-090")["Counted from the last day on site"] == on("2023-12-08")
    undated = of(reasons("2026-05-12", report("2024-02-01", "G"), policy=policy), "short_inspection").steps
    assert shown(undated, "R-090")["Counted from publication"] == on("2024-02-01")


def test_a_single_inspection_s_window_is_led_back_to_the_plan():
    steps = of(reasons("2018-09-16", sif("2017-04-07", "I")), "post_monitoring_single_inspection").steps
    assert [step.rule for step in steps] == ["R-020", "R-041", "R-061", "R-045", "R-050", "R-090", "R-026"]
    assert "20 July 2017" in results(steps)["R-061"]
    assert shown(steps, "R-090")["Counted from the plan's due date"] == on("2017-07-20")


@pytest.mark.parametrize(
    ("day", "said", "other"),
    [
        ("2018-09-16", "a post-monitoring single inspection", "from 17 September 2018 on says otherwise"),
        ("2018-09-17", "a standard inspection", "until 16 September 2018 says otherwise"),
    ],
)
def test_the_row_shown_is_the_one_of_the_day_and_the_other_is_named(day, said, other):
    found = reasons(day, sif("2017-04-07", "I"))
    (window,) = [one for one in found.expectations if one.expectation.basis == "pathway"]
    (step,) = [step for step in window.steps if step.rule == "R-041"]
    assert {one.name: one.value for one in step.row.numbers}["Type"] == said
    assert any(other in why for why in why_not(found, "R-041"))


def test_rows_that_follow_one_another_are_neighbours_and_others_are_not():
    found = {(row.rule, row.start): [other.start for other in neighbours(row)] for table in TABLES for row in table}
    assert found["R-051", date(2021, 6, 1)] == [date(2018, 1, 1), date(2024, 3, 1)]
    assert found["R-052", date(2024, 4, 1)] == [date(2022, 1, 1)]
    assert found["R-060", date(2018, 1, 1)] == [date.min]
    assert found["R-038", date.min] == []


IMPROVING = replace(GOOD, grades=Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.REQUIRES_IMPROVEMENT}))
FAILING = replace(GOOD, grades=Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.INADEQUATE}))


def test_visits_counted_are_named_one_by_one():
    visit = focused(start="2025-03-11", end="2025-03-12", published="2025-04-10", priority_action=False)
    joint = activity(Kind.JTAI, start="2024-05-13", end="2024-05-17", published="2024-07-08")
    found = reasons("2026-05-12", IMPROVING, visit)
    steps = of(found, "focused_visit").steps
    step, timed = [one for one in steps if one.rule == "R-038"]
    assert [(one.value, one.activity) for one in step.inputs if one.activity] == [
        ("focused visit, 11 to 12 March 2025", visit.id)
    ]
    assert step.result.endswith("two or more came in 42 of 54 intervals (about 8 of 10), so one more is expected.")
    assert timed.row is not None
    assert "5½" in [one.value for one in timed.row.numbers]
    used_up = reasons("2026-05-12", IMPROVING, visit, joint)
    assert "two are usual between inspections, and a third was seen" in " ".join(why_not(used_up, "R-038"))
    assert "neither came in any of 35 such intervals" in " ".join(why_not(reasons("2026-05-12", FAILING), "R-040"))
    assert not [one for one in used_up.expectations if one.expectation.activity == "focused_visit"]


PRIORITY = {"start": "2025-03-11", "end": "2025-03-12", "published": "2025-04-10", "priority_action": True}


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (focused(**PRIORITY | {"priority_action": False}), "names no area for priority action"),
        (focused(**PRIORITY | {"start": "2024-01-30", "end": "2024-01-31", "published": "2024-02-29"}), "began before"),
        (activity(Kind.JTAI, **PRIORITY), "it was a joint inspection"),
        (activity(Kind.MONITORING_VISIT, **PRIORITY), "it was a monitoring visit"),
        (focused(**PRIORITY, priority_action_resolved=on("2026-05-12")), "was resolved on 12 May 2026"),
        (focused(**PRIORITY | {"published": "2026-05-13"}), "its letter is not public yet"),
        (None, "No focused visit since the governing report"),
    ],
)
def test_why_no_priority_action_overrides(held, words):
    found = reasons("2026-05-12", GOOD, *([held] if held else []))
    assert found.standing.expected_next.graded.type is GradedType.SHORT
    (why,) = why_not(found, "R-092")
    assert words in why


def test_an_earlier_priority_action_gives_way_to_a_later_one_and_none_counts_while_inadequate():
    first = focused(**PRIORITY)
    later = focused(**PRIORITY | {"start": "2025-09-09", "end": None, "published": "2025-10-09"})
    overtaken = reasons("2026-05-12", GOOD, first, later)
    assert "a later focused visit with priority action counts" in why_not(overtaken, "R-092")[0]
    inadequate = reasons("2026-05-12", report("2024-02-01", "I"), first)
    assert "the pathway is inadequate" in why_not(inadequate, "R-092")[0]


@pytest.mark.parametrize(
    ("published", "noted"),
    [("2017-06-30", False), ("2017-07-01", True), ("2020-03-16", True), ("2020-03-17", False)],
)
def test_the_pandemic_is_noted_inside_its_days_and_its_days_are_told_outside(published, noted):
    found = reasons("2021-01-05", sif(published, "G") if published < "2018" else report(published, "G"))
    assert any(step.rule == "R-081" for step in every_step(found)) is noted
    if not noted:
        (why,) = why_not(found, "R-081")
        assert "not from 1 July 2017 to 16 March 2020" in why
    assert any("paused from 17 March 2020 to 27 June 2021" in why for why in why_not(found, "R-011"))


def test_a_report_without_grades_that_gave_way_is_named():
    blank = report("2024-04-10", None)
    found = reasons("2026-05-12", GOOD, blank)
    (why,) = why_not(found, "R-096")
    assert "published on 10 April 2024 does not govern" in why
    assert "1 February 2024" in why
    assert not why_not(reasons("2026-05-12", GOOD, report("2023-07-10", None)), "R-096")


@pytest.mark.parametrize(
    ("held", "rule", "words"),
    [
        (GOOD, "R-024", "this report has one"),
        (four("2026-06-17", "GGGR"), "R-024", "No judgement is inadequate."),
        (report("2024-02-01", "I"), "R-045", "is ILACS, not SIF"),
        (sif("2017-04-07", "I"), "R-044", "is SIF, not ILACS"),
        (sif("2017-04-07", "G"), "R-045", "its pathway is good or outstanding"),
        (sif("2017-04-07", "I"), "R-043", "followed an older monitoring scheme"),
        (sif("2017-04-07", "I"), "R-091", "of one published until 31 December 2017 no date"),
        (GOOD, "R-060", "was due on 14 May 2024, which is past"),
        (GOOD, "R-040", "go to inadequate authorities only"),
        (GOOD, "R-050", "ended on 8 June 2024"),
        (
            activity(Kind.INSPECTION, framework=Framework.SLAC, published="2012-03-05"),
            "R-096",
            "older or unknown framework (SLAC)",
        ),
    ],
)
def test_why_a_rule_did_not_apply(held, rule, words):
    whys = why_not(reasons("2026-08-22", held), rule)
    assert any(words in why for why in whys), whys


def test_an_overall_grade_is_not_worked_out_from_an_inadequate_judgement():
    grades = Judgements.of(
        {Area.OVERALL_EFFECTIVENESS: Grade.REQUIRES_IMPROVEMENT, Area.IMPACT_OF_LEADERS: Grade.INADEQUATE}
    )
    (why,) = why_not(reasons("2026-05-12", report("2023-03-10", None, grades=grades)), "R-022")
    assert "inadequate for the impact of leaders" in why


@pytest.mark.parametrize(
    ("formed", "held", "words"),
    [
        (None, [], "No day of formation is held"),
        ("2016-04-01", [], "before 1 January 2018"),
        ("2027-04-01", [], "had not been formed by the day asked"),
        ("2019-04-01", [GOOD], "a graded report of its own since 1 February 2024"),
    ],
)
def test_why_an_authority_is_not_taken_for_a_new_one(formed, held, words):
    facts = replace(TYNEHAVEN, formed_on=on(formed) if formed else None)
    assert words in why_not(reasons("2026-05-12", *held, authority=facts), "R-070")[0]


def test_inherited_monitoring_is_told_while_it_lasts_and_afterwards():
    west = AuthorityFacts(urn="2637548", name="West Northamptonshire", formed_on=on("2021-04-01"))
    visit = activity(Kind.MONITORING_VISIT, urn=west.urn, start="2021-07-28", end="2021-07-29")
    found = reasons("2021-10-01", visit, authority=west)
    assert [step.rule for step in found.pathway] == ["R-070", "R-070", "R-094"]
    steps = of(found, "monitoring_visit").steps
    (counted,) = [one for one in steps[1].inputs if one.activity and one.name == "Visit 1"]
    assert counted.activity == visit.id
    assert steps[1].first == on("2021-10-29")
    own = report("2022-11-30", "R", urn=west.urn)
    assert any(
        "until its first own graded report" in why
        for why in why_not(reasons("2023-01-01", own, authority=west), "R-070")
    )
    before = reasons("2021-03-31", visit, authority=west)
    assert any("had not carried over to it by the day asked" in why for why in why_not(before, "R-070"))


def test_the_hold_before_an_election_is_a_step_and_its_absence_is_told():
    held = report("2026-06-30", "G", start="2026-02-23", end="2026-03-06")
    found = reasons("2026-03-20", GOOD, held)
    (held_back,) = [step for step in of(found, "report_publication").steps if step.rule == "R-054"]
    assert (held_back.inferred, held_back.row.on) == (True, on("2026-05-07"))
    free = reasons("2026-07-01", GOOD, report("2026-08-03", "G", start="2026-06-08", end="2026-06-19"))
    assert "the nearest held here is 7 May 2026" in why_not(free, "R-054")[0]


def test_what_rests_on_inference_says_so():
    found = reasons("2026-08-22", four("2026-08-03", "IIGR", start="2026-06-08"))
    assert [step.rule for step in found.pathway if step.inferred] == ["R-023", "R-024"]
    assert "no text of Ofsted's was found" in results(found.pathway)["R-024"]


# --- what would change it -------------------------------------------------------------------------------------------


def test_what_would_change_the_answer_is_supposed_and_answered():
    found = reasons("2026-05-12", GOOD)
    told = {one.what: one for one in found.would_change}
    visit = told["If a focused visit on 12 May 2026 found an area for priority action"].supposed
    assert visit.after.expected_next.graded.type is GradedType.STANDARD
    by_four = [one for one in found.would_change if one.what.startswith("If a graded report")]
    assert [one.supposed.after.pathway for one in by_four] == [
        Pathway.GOOD_OR_OUTSTANDING,
        Pathway.REQUIRES_IMPROVEMENT,
        Pathway.REQUIRES_IMPROVEMENT,
        Pathway.INADEQUATE,
    ]
    assert by_four[-1].rules == ("R-023", "R-024")
    last = found.would_change[-1]
    assert last.rules == ("R-010",)
    assert "planned for 2027" in last.words


def test_before_april_2026_each_overall_grade_is_supposed():
    found = reasons("2026-03-31", GOOD)
    judged = [one.what.rpartition("overall effectiveness ")[2] for one in found.would_change if "overall" in one.what]
    assert judged == ["outstanding", "good", "requires improvement", "inadequate"]


def test_the_report_awaited_is_supposed_with_the_judgements_of_its_fieldwork():
    awaited = report("2026-07-01", "G", start="2026-03-16", end="2026-03-27")
    found = reasons("2026-05-12", GOOD, awaited)
    reports = [one for one in found.would_change if one.what.startswith("If the report awaited")]
    assert len(reports) == 4
    assert all(one.supposed.after.governing.id == awaited.id for one in reports)


@pytest.mark.parametrize(
    ("day", "held", "words"),
    [
        ("2016-01-01", sif("2015-04-07", "I"), "first used in January 2018"),
        ("2024-02-01", GOOD, "governs was published on 1 February 2024"),
    ],
)
def test_what_cannot_be_supposed_is_said_once(day, held, words):
    found = reasons(day, held)
    (refused,) = [one for one in found.would_change if one.what.startswith("If a graded report")]
    assert words in refused.words


def test_of_an_abolished_authority_nothing_is_supposed_and_its_pathway_is_still_explained():
    facts = replace(TYNEHAVEN, abolished_on=on("2025-04-01"))
    found = reasons("2026-05-12", GOOD, authority=facts)
    assert found.would_change == ()
    assert found.expectations == ()
    assert found.pathway


# --- nothing is left without words ----------------------------------------------------------------------------------


RULEBOOK = Path(expectation_steps.__file__).parent
COUNTING = {
    name for name, value in inspect.getmembers(working_days, inspect.isfunction) if value.__module__.endswith("_days")
} | {"timedelta", "first_likely_start", "first_window", "plan_due"}


def rows_of(module: Any) -> list[Row]:
    found = [value for value in vars(module).values() if isinstance(value, tuple | Row)]
    return [row for value in found for row in (value if isinstance(value, tuple) else (value,)) if isinstance(row, Row)]


def test_every_number_of_every_row_has_words():
    every = rows_of(rows) + rows_of(calendar_rows) + rows_of(deadline_rows)
    assert len(every) > 40
    for row in every:
        for number in numbers_of(row):
            assert number.name in ROW_NUMBERS.values()
            assert str(number.value)


def test_no_step_counts_a_day_of_its_own():
    modules = [*RULEBOOK.glob("*explain.py")]
    assert len(modules) > 4
    assert "add_months" in COUNTING
    for module in modules:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        taken = {name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names}
        assert taken
        assert not taken & COUNTING, f"{module.name} counts days that the workings hold"


def test_steps_are_told_for_every_kind_of_workings():
    kinds = get_args(workings.Workings)
    assert len(kinds) > 10
    for kind in kinds:
        assert expectation_steps._steps.dispatch(kind) is not expectation_steps._steps.dispatch(object), kind
