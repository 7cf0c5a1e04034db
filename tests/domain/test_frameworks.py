"""Scales, areas and judgement sets as rows: whole, in order, and enough to add a framework."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from domain.frameworks import (
    AREA_ROWS,
    AREAS,
    FOUR_POINTS,
    GRADES,
    LINES,
    PRESENT,
    SCALES,
    SETS,
    Area,
    Framework,
    Grade,
    JudgementSet,
    SetRow,
    Tone,
    grades_for,
    scale_to_name,
    set_on,
)
from domain.rulebook import pathway as rules
from domain.rulebook.pathway import pathway_of, pathway_test
from domain.rulebook.results import Pathway
from domain.rulebook.rows import PATHWAY_TESTS, PathwayBasis
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from domain.values.judgements import Judgements
from domain.values.statements import Kind
from tests import CHECKOUT
from tests.invented_framework import NOT_SAID_YET, ROWS, TABLES, with_rows

DAY = timedelta(days=1)


def test_every_grade_stands_in_one_scale_and_every_area_and_set_in_one_row():
    assert Counter(row.grade for scale in SCALES for row in scale.grades) == Counter(Grade)
    assert Counter(row.area for row in AREA_ROWS) == Counter(Area)
    assert Counter(row.set for row in SETS) == Counter(JudgementSet)


def decided_by_an_older_rule(sets: Sequence[SetRow]) -> list[SetRow]:
    """Sets that decide by other judgements than the set before, and have no row of the rulebook from the same day."""
    begun = {row.start for row in PATHWAY_TESTS}
    return [
        later
        for earlier, later in pairwise(sets)
        if later.overall is None and later.scale.said and later.deciding not in ((), earlier.deciding)
        if later.start not in begun
    ]


def test_what_other_judgements_lead_to_is_a_rule_of_its_own():
    assert decided_by_an_older_rule(PRESENT) == []
    forgotten = replace(PRESENT[-1], start=date(2027, 9, 1), practice=PRESENT[-1].practice[:1])
    assert decided_by_an_older_rule([*PRESENT, forgotten]) == [forgotten]


def test_a_grade_is_told_from_the_others_by_its_words_and_in_its_scale_by_its_letter():
    assert len({row.words for row in GRADES.values()}) == len(GRADES)
    for scale in SCALES:
        assert len({row.letter for row in scale.grades}) == len(scale.grades)


def test_a_scale_names_its_good_and_its_failing_grades():
    assert (FOUR_POINTS.good, FOUR_POINTS.failing) == ("good or outstanding", "inadequate")
    assert FOUR_POINTS.said


def test_every_tone_has_a_class_in_the_style_sheets():
    for sheet in ("_marks.scss", "_pictures.scss"):
        text = (CHECKOUT / "web" / "assets" / sheet).read_text("utf-8")
        assert [tone for tone in Tone if f'"{tone.value}"' not in text] == []


@pytest.mark.parametrize("framework", [*Framework, None])
def test_the_sets_of_a_framework_follow_one_another_without_a_gap(framework: Framework | None):
    rows = [row for row in SETS if framework in row.frameworks]
    assert rows, "no set"
    assert [row.start for row in rows] == sorted({row.start for row in rows})
    assert rows[0].start == date.min
    assert [row.end for row in rows] == [*(row.start for row in rows[1:]), None]
    assert any(row.undated == date.min for row in rows), "an undated report of no set"


@pytest.mark.parametrize(
    ("started", "which"),
    [
        ("2022-12-31", JudgementSet.ILACS_A),
        ("2023-01-01", JudgementSet.ILACS_B),
        ("2023-01-02", JudgementSet.ILACS_B),
        ("2026-03-31", JudgementSet.ILACS_B),
        ("2026-04-01", JudgementSet.ILACS_C),
        ("2026-04-02", JudgementSet.ILACS_C),
    ],
)
def test_the_first_day_on_site_says_which_set_it_is(started: str, which: JudgementSet):
    assert set_on(Framework.ILACS, started=date.fromisoformat(started), published=None).set is which


def test_what_a_set_decides_by_is_what_it_judges():
    for row in SETS:
        assert {*row.deciding, *row.practice} <= set(row.areas)
        assert row.needed <= len(row.practice)
        assert row.overall is not None or row.called, "a set without an overall grade is named where that is said"


def test_an_absent_grade_says_why():
    sets = {row.set: row for row in SETS}
    overall = Area.OVERALL_EFFECTIVENESS
    assert sets[JudgementSet.ILACS_C].why_absent(overall) == "Not given (2026 framework)"
    assert sets[JudgementSet.ILACS_B].why_absent(overall) == ""
    assert sets[JudgementSet.ILACS_A].why_absent(Area.CARE_LEAVERS) == "Judged with children in care"


def test_areas_of_successive_frameworks_stand_side_by_side_each_in_one_line():
    assert Counter(area for _, areas in LINES for area in areas) == Counter(Area)
    assert dict(LINES)["Children in care"] == (
        Area.IN_CARE,
        Area.IN_CARE_AND_CARE_LEAVERS,
        Area.LOOKED_AFTER_AND_PERMANENCE,
    )
    assert AREAS[Area.IN_CARE].short == "In care"
    assert AREAS[Area.ADOPTION].label == "Adoption performance"


def test_only_grades_of_a_scale_that_an_area_is_judged_on_are_offered_for_it():
    assert grades_for([Area.IN_CARE], PRESENT) == FOUR_POINTS.grades
    assert grades_for([Area.LSCB], PRESENT) == ()


def test_the_usual_scale_is_not_named_beside_a_grade():
    assert scale_to_name([Grade.GOOD, Grade.INADEQUATE]) is None
    assert scale_to_name([]) is None


def test_an_area_that_a_set_does_not_judge_is_refused():
    with pytest.raises(RuleBroken, match="has no judgement on overall effectiveness"):
        Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.GOOD}).must_fit(JudgementSet.ILACS_C)


def report(start: date, **grades: Grade) -> Activity:
    return Activity(
        id=UUID(int=1),
        urn="80563",
        kind=Kind.INSPECTION,
        framework=Framework.ILACS,
        start=start,
        published=start + 40 * DAY,
        grades=Judgements.of({Area(area): grade for area, grade in grades.items()}),
    )


def test_where_no_row_is_in_force_the_pathway_is_unknown(monkeypatch: pytest.MonkeyPatch):
    of_2026 = report(
        date(2026, 4, 13),
        impact_of_leaders=Grade.GOOD,
        help_and_protection=Grade.GOOD,
        in_care=Grade.GOOD,
        care_leavers=Grade.INADEQUATE,
    )
    assert pathway_of(of_2026) is Pathway.INADEQUATE
    monkeypatch.setattr(rules, "PATHWAY_TESTS", PATHWAY_TESTS[:1])
    assert pathway_test(of_2026).by is PathwayBasis.NOT_SAID
    assert pathway_of(of_2026) is Pathway.UNKNOWN
    of_2019 = report(date(2019, 5, 20), overall_effectiveness=Grade.REQUIRES_IMPROVEMENT)
    assert pathway_of(of_2019) is Pathway.REQUIRES_IMPROVEMENT


def test_a_later_row_is_read_beside_those_before_it(monkeypatch: pytest.MonkeyPatch):
    later = type(PATHWAY_TESTS[1])(
        rule="R-010",
        source="Invented",
        confidence=PATHWAY_TESTS[1].confidence,
        start=date(2027, 1, 1),
        by=PathwayBasis.JUDGEMENTS,
    )
    monkeypatch.setattr(rules, "PATHWAY_TESTS", (*PATHWAY_TESTS, later))
    grades = dict.fromkeys(("impact_of_leaders", "help_and_protection", "in_care", "care_leavers"), Grade.GOOD)
    assert pathway_test(report(date(2026, 12, 31), **grades)) is PATHWAY_TESTS[1]
    assert pathway_test(report(date(2027, 1, 1), **grades)) is later
    assert pathway_of(report(date(2027, 1, 1), **grades)) is Pathway.GOOD_OR_OUTSTANDING


@pytest.mark.parametrize("rows", ROWS)
def test_a_framework_of_five_grades_is_rows(rows: str):
    """`tests/whole/test_an_invented_framework.py` takes the same rows through the whole product."""
    added = ROWS[rows]
    changed = {path: with_rows((CHECKOUT / path).read_text("utf-8"), added) for path in TABLES.values()}
    five = as_a_module_of_its_own(changed["domain/frameworks.py"])
    assert five["SCALES"][-1].code == "five_points"
    new = five["SETS"][-1]
    old = next(row for row in five["SETS"] if row.set.name == JudgementSet.ILACS_C.name)
    assert (old.end, new.start, new.overall, len(new.areas)) == (new.start, date(2026, 6, 1), None, 5)
    assert new.scale.said is (rows == "said")
    assert not set(GRADES) & set(five["GRADES"]), "the test's own copy of the tables"
    assert len(SETS) == len(JudgementSet)


def as_a_module_of_its_own(text: str) -> dict[str, Any]:
    module = ModuleType("frameworks_with_five_grades")
    sys.modules[module.__name__] = module
    try:
        exec(compile(text, module.__name__, "exec"), module.__dict__)
    finally:
        del sys.modules[module.__name__]
    return module.__dict__


def test_rows_are_added_to_tables_alone():
    text = (CHECKOUT / TABLES["domain.frameworks"]).read_text("utf-8")
    lines = with_rows(text, NOT_SAID_YET).splitlines()
    before = text.splitlines()
    kept = iter(lines)
    assert all(line in kept for line in before), "nothing that stands there is changed"
