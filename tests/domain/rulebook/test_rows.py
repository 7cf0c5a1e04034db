"""The dated rows leave no gap and no overlap, and every rule cited can be looked up."""

from __future__ import annotations

import ast
import calendar
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from domain.frameworks import Framework
from domain.rulebook import calendar_rows, deadline_rows, plausibility_rows, rows
from domain.rulebook.cycle import visit_time, visits_between
from domain.rulebook.graded_windows import interval, next_graded, next_measured, rules_changed_by
from domain.rulebook.results import GradedType, Pathway
from domain.rulebook.row_words import closed_seasons, in_force
from domain.rulebook.rows import Confidence, PathwayTest, Row, row_on
from domain.rulebook.rules import RULES
from domain.values.errors import NoRule
from domain.values.statements import Kind
from domain.values.words import share_in_words, weeks_in_words
from tests import CHECKOUT
from tests.domain.rulebook.story import on

RULEBOOK = CHECKOUT / "domain" / "rulebook"
JUDGED = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT, Pathway.INADEQUATE)


def next_graded_rows(pathway):
    return [row for row in rows.NEXT_GRADED if row.pathway is pathway]


def interval_rows(pathway, framework):
    return [row for row in rows.INTERVALS if row.pathway is pathway and framework in row.frameworks]


def publication_rows(kind):
    return [row for row in deadline_rows.PUBLICATION_TIMES if kind in row.kinds]


def of_pathway(table, pathway):
    return [row for row in table if row.pathway is pathway]


TABLES = {
    **{
        f"days after a call, {row.kind.value} {row.type.value if row.type else ''}".strip(): [row]
        for row in calendar_rows.CALLS
    },
    **{
        f"publication range, {kind.value}": [row for row in deadline_rows.PUBLICATION_RANGES if kind in row.kinds]
        for kind in (Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI)
    },
    **{f"visits between, {one.value}": of_pathway(calendar_rows.VISITS_BETWEEN, one) for one in JUDGED},
    **{
        f"{name}, {one.value}": of_pathway(table, one)
        for name, table in (
            ("first visits", [row for row in calendar_rows.VISIT_TIMES if row.visit == 1]),
            ("inspections after a visit", calendar_rows.INSPECTIONS_AFTER_VISIT),
        )
        for one in (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)
    },
    "pathway tests": rows.PATHWAY_TESTS,
    "first inspections": rows.FIRST_INSPECTIONS,
    **{f"next measured, {one.value}": [row for row in rows.NEXT_MEASURED if one in row.pathways] for one in JUDGED},
    "plan times": deadline_rows.PLAN_TIMES,
    "priority plan times": deadline_rows.PRIORITY_PLAN_TIMES,
    "monitoring intervals": deadline_rows.MONITORING_INTERVALS,
    "yearly cycles": deadline_rows.YEARLY_CYCLES,
    **{f"next graded, {one.value}": next_graded_rows(one) for one in (*JUDGED, Pathway.NOT_YET_JUDGED)},
    **{
        f"interval, {pathway.value}, {framework.value}": interval_rows(pathway, framework)
        for pathway in JUDGED
        for framework in (Framework.SIF, Framework.ILACS)
    },
    **{
        f"publication, {kind.value}": publication_rows(kind)
        for kind in (Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI)
    },
}


def all_rows() -> list[Row]:
    found: list[Row] = []
    for module in (rows, calendar_rows, deadline_rows, plausibility_rows):
        for value in vars(module).values():
            if isinstance(value, Row):
                found.append(value)
            elif isinstance(value, tuple):
                found += [one for one in value if isinstance(one, Row)]
    return found


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_no_gaps_and_no_overlaps(name):
    ordered = sorted(TABLES[name], key=lambda row: row.start)
    assert ordered, "a table without rows was walked"
    for earlier, later in pairwise(ordered):
        assert earlier.end == later.start
    assert ordered[-1].end is None


@pytest.mark.parametrize("name", TABLES)
def test_exactly_one_row_is_in_force_around_every_cut_over(name):
    table = TABLES[name]
    begins = min(row.start for row in table)
    for row in table:
        for cut_over in (row.start, row.end):
            if cut_over is None or cut_over == date.min:
                continue
            for day in (cut_over - timedelta(days=1), cut_over, cut_over + timedelta(days=1)):
                if day >= begins:
                    assert row_on(table, day).in_force(day)


def test_a_gap_or_an_overlap_would_be_noticed():
    before, after, *_ = rows.PATHWAY_TESTS
    with pytest.raises(NoRule, match="0 rows"):
        row_on((replace(before, end=on("2026-03-01")), after), on("2026-03-15"))
    with pytest.raises(NoRule, match="2 rows"):
        row_on((replace(before, end=on("2026-05-01")), after), on("2026-04-15"))


def test_start_is_inclusive_and_end_exclusive():
    overall, four, *_ = rows.PATHWAY_TESTS
    assert row_on(rows.PATHWAY_TESTS, on("2026-03-31")) is overall
    assert row_on(rows.PATHWAY_TESTS, on("2026-04-01")) is four
    assert isinstance(four, PathwayTest)


@pytest.mark.parametrize(
    ("pathway", "day", "expected"),
    [
        (Pathway.GOOD_OR_OUTSTANDING, "2020-01-01", GradedType.SHORT),
        (Pathway.REQUIRES_IMPROVEMENT, "2020-01-01", GradedType.STANDARD),
        (Pathway.INADEQUATE, "2018-09-16", GradedType.POST_MONITORING),
        (Pathway.INADEQUATE, "2018-09-17", GradedType.STANDARD),
        (Pathway.INADEQUATE, "2018-09-18", GradedType.STANDARD),
        (Pathway.NOT_YET_JUDGED, "2021-06-30", GradedType.STANDARD),
    ],
)
def test_the_next_inspection_of_each_pathway(pathway, day, expected):
    assert next_graded(pathway, on(day)).type is expected


@pytest.mark.parametrize(
    ("day", "turns"), [("2018-09-16", []), ("2018-09-17", ["2018-09-17"]), ("2018-09-18", ["2018-09-17"])]
)
def test_a_rule_read_on_the_day_asked_counts_as_changed_from_its_first_day(day, turns):
    assert rules_changed_by(on(day)) == tuple(map(on, turns))


@pytest.mark.parametrize("pathway", [*JUDGED, Pathway.NOT_YET_JUDGED])
def test_no_row_for_windows_changes_on_a_day_that_is_not_counted(pathway):
    turns = set(rules_changed_by(date.max))
    for row in (*next_graded_rows(pathway), *interval_rows(pathway, Framework.SIF), *rows.FIRST_INSPECTIONS):
        assert row.start == rows.ALWAYS or row.start in turns
        assert row.end is None or row.end in turns


def test_an_unknown_pathway_has_no_row():
    with pytest.raises(NoRule):
        next_graded(Pathway.UNKNOWN, on("2020-01-01"))
    with pytest.raises(NoRule):
        interval(Pathway.INADEQUATE, Framework.SLAC, on("2020-01-01"))


def test_every_row_names_a_rule_that_can_be_looked_up_and_says_where_it_was_read():
    found = all_rows()
    assert len(found) > 40
    for row in found:
        assert row.rule in RULES
        assert row.source
        if row.confidence is Confidence.INFERRED:
            assert "nferred" in row.source


def test_every_rule_cited_anywhere_in_the_rulebook_can_be_looked_up():
    cited: set[str] = set()
    for module in RULEBOOK.rglob("*.py"):
        cited |= set(re.findall(r"R-\d\d\d[a-e]?", module.read_text(encoding="utf-8")))
    assert len(cited) > 60
    assert not {rule for rule in cited if rule not in RULES and rule != "R-049"}


def test_a_rule_stands_under_its_own_number_with_its_sentence_and_source():
    assert list(RULES) == sorted(RULES)
    for number, rule in RULES.items():
        assert rule.id == number
        assert rule.text.endswith(".")
        assert rule.source
        assert rule.confidence
        assert rule.url is None or rule.url.startswith("https://")
        assert rule.start is None or rule.end is None or rule.start < rule.end


def test_rules_that_nothing_but_inference_supports_are_the_known_four():
    assert [rule.id for rule in RULES.values() if rule.inferred] == ["R-024", "R-067", "R-073", "R-077"]


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        ("2025-07-29", False),
        ("2025-07-30", True),
        ("2025-09-02", True),
        ("2025-09-03", False),
        ("2025-12-11", False),
        ("2025-12-12", True),
        ("2026-01-01", True),
        ("2026-01-11", True),
        ("2026-01-12", False),
    ],
)
def test_the_closed_seasons_hold_both_their_ends(day, closed):
    assert any(on(day) in season for season in calendar_rows.CLOSED_SEASONS) is closed


PLACES_OF_ROWS = {"calendar_rows.py", "rows.py", "deadline_rows.py", "plausibility_rows.py", "rules.py"}
MONTHS = "|".join(calendar.month_name[1:])
A_DAY = re.compile(rf"\b\d{{1,2}} ({MONTHS})\b|\b({MONTHS}) \d{{4}}\b")


def sentences(module: str) -> list[str]:
    """The texts in a module's code, without its docstrings."""
    tree = ast.parse(module)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.value for node in texts if id(node) not in docstrings]


def test_no_sentence_has_a_day_of_the_rules_typed_into_it():
    modules = [module for module in RULEBOOK.glob("*.py") if module.name not in PLACES_OF_ROWS]
    assert len(modules) > 20
    said = [(module.name, text) for module in modules for text in sentences(module.read_text(encoding="utf-8"))]
    assert not [(module, text) for module, text in said if A_DAY.search(text)]


def test_a_day_typed_into_a_sentence_would_be_noticed():
    found = sentences('"""Since 17 September 2018."""\nwhy = f"Until 17 September 2018 {what} was expected."\n')
    assert [text for text in found if A_DAY.search(text)] == ["Until 17 September 2018 "]


def test_sentences_say_what_the_rows_say():
    assert closed_seasons() == "from 30 July to 2 September or from 12 December to 11 January"
    moved = (replace(calendar_rows.CLOSED_SEASONS[0], first=(8, 3)),)
    assert closed_seasons(moved) == "from 3 August to 2 September"
    assert in_force(rows.PANDEMIC_PAUSE) == "from 17 March 2020 to 27 June 2021"
    assert in_force(rows.NEXT_GRADED[2]) == "until 16 September 2018"
    assert in_force(rows.NEXT_GRADED[3]) == "from 17 September 2018 on"


@pytest.mark.parametrize(
    ("days", "words"), [(42, "six weeks"), (7, "one week"), (91, "13 weeks"), (10, "ten days"), (1, "one day")]
)
def test_whole_weeks_are_called_weeks(days, words):
    assert weeks_in_words(days) == words


@pytest.mark.parametrize(
    ("pathway", "rule", "short", "standard"),
    [
        (Pathway.GOOD_OR_OUTSTANDING, "R-032", 80, 11),
        (Pathway.REQUIRES_IMPROVEMENT, "R-033", 0, 77),
        (Pathway.INADEQUATE, "R-033", 0, 77),
    ],
)
def test_of_which_kind_next_inspections_were_is_a_measured_row(pathway, rule, short, standard):
    row = next_measured(pathway)
    assert (row.rule, row.short, row.standard, row.confidence) == (rule, short, standard, Confidence.MEASURED)
    assert f"{row.inspections} next inspections" in RULES[rule].text


@pytest.mark.parametrize(
    ("pathway", "usual", "intervals", "more"),
    [
        (Pathway.GOOD_OR_OUTSTANDING, 1, 91, 8),
        (Pathway.REQUIRES_IMPROVEMENT, 2, 54, 1),
        (Pathway.INADEQUATE, 0, 35, 0),
    ],
)
def test_how_many_visits_come_between_inspections_is_a_measured_row(pathway, usual, intervals, more):
    row = visits_between(pathway, on("2026-11-30"))
    assert (row.usual, row.intervals, row.with_at_least(row.usual + 1)) == (usual, intervals, more)
    assert (row.confidence, row.with_at_least(0)) == (Confidence.MEASURED, intervals)


@pytest.mark.parametrize(
    ("pathway", "visit", "months"),
    [
        (Pathway.GOOD_OR_OUTSTANDING, 1, (15, 18, 21)),
        (Pathway.GOOD_OR_OUTSTANDING, 2, None),
        (Pathway.REQUIRES_IMPROVEMENT, 1, (10, 13, 25)),
        (Pathway.REQUIRES_IMPROVEMENT, 2, (5.5, 14, 18)),
        (Pathway.INADEQUATE, 1, None),
    ],
)
def test_after_how_many_months_visits_came_is_a_measured_row(pathway, visit, months):
    row = visit_time(pathway, visit, on("2026-11-30"))
    assert (row and (row.lower_months, row.median_months, row.upper_months)) == months


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(8, 91, "8 of 91 cases (about 1 of 10)"), (1, 54, "1 of 54 cases"), (89, 91, "89 of 91 cases")],
)
def test_a_share_is_told_in_tenths_where_they_say_something(part, whole, words):
    assert share_in_words(part, whole, "cases") == words


def test_what_was_not_measured_has_no_row():
    with pytest.raises(NoRule):
        next_measured(Pathway.NOT_YET_JUDGED)
