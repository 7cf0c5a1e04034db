"""Every answer is explained, by the rules it rests on, with the rows that were in force, and to the very days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.activities import Activity, AuthorityFacts
from domain.judgements import Area, Framework, Grade, Judgements
from domain.rulebook.pathway import Policy, SetCInadequate, WindowAnchor
from domain.rulebook.reasoning import Reasoned, Reasoning, reasoning
from domain.rulebook.rules import RULES
from domain.rulebook.steps import Step
from domain.statements import Kind, Period
from tests.domain.rulebook_story import (
    GRADES,
    SET_C,
    TYNEHAVEN,
    england,
    on,
    report,
    stands,
)
from tests.domain.test_worked_examples import EXAMPLES, checkpoints
from tests.domain.test_worked_examples import activity as of_example

GOOD = report("2024-02-01", "G", start="2023-11-27", end="2023-12-08")


def reasons(day: str | date, *held: Activity, authority: AuthorityFacts = TYNEHAVEN, **more: Any) -> Reasoning:
    asked = on(day) if isinstance(day, str) else day
    more.setdefault("holidays", england())
    return reasoning(held, authority=authority, on=asked, **more)


def of(found: Reasoning, name: str, basis: str | None = None) -> Reasoned:
    (one,) = [
        one for one in found.expectations if one.expectation.activity == name and basis in (None, one.expectation.basis)
    ]
    return one


def every_step(found: Reasoning) -> list[Step]:
    return [*found.pathway, *(step for one in found.expectations for step in one.steps)]


def must_be_whole(found: Reasoning) -> None:
    """What every reasoning promises, whatever it is about."""
    assert tuple(one.expectation for one in found.expectations) == found.standing.expectations
    assert set(found.standing.rules) <= {step.rule for step in found.pathway}
    assert found.standing.inferred is any(step.inferred for step in found.pathway)
    for one in found.expectations:
        told, last = one.expectation, one.steps[-1]
        assert set(told.rules) <= {step.rule for step in one.steps}, f"{told.activity} rests on {told.rules}"
        assert (last.first, last.last) == (told.due_from, told.due_to), told.activity
        if told.inferred:
            assert any(step.inferred for step in one.steps), f"{told.activity} is inferred and no step says so"
    for step in every_step(found):
        assert step.rule in RULES
        assert step.result.endswith(".")
        assert "None" not in step.result
        assert step.confidence
        for value in step.inputs:
            assert value.name
            assert value.value is not None
        if step.row is not None and step.row.on is not None:
            assert step.row.row.in_force(step.row.on), f"{step.rule} was not in force on {step.row.on}"
    for nearly in found.unapplied:
        assert nearly.rule in RULES
        assert nearly.why.endswith(".")
        assert nearly.why[0].isupper()
        assert "None" not in nearly.why
        if nearly.row is not None and nearly.row.on is not None:
            assert nearly.row.row.in_force(nearly.row.on)
    for change in found.would_change:
        assert set(change.rules) <= set(RULES)
        assert (change.supposed is None) is bool(change.words)
        if change.supposed is not None:
            assert change.supposed.before == found.standing


# --- whatever happened ----------------------------------------------------------------------------------------------

DAYS = st.dates(date(2013, 1, 1), date(2028, 6, 30))
SOME_GRADES = st.sampled_from([None, *"OGRI"])


@st.composite
def happened(draw: Any) -> Activity:
    """Anything that the rulebook weighs, its days in any order in which they can be held."""
    kind = draw(
        st.sampled_from(
            [Kind.INSPECTION] * 4
            + [Kind.FOCUSED_VISIT] * 2
            + [Kind.MONITORING_VISIT, Kind.JTAI, Kind.ENGAGEMENT_MEETING, Kind.SELF_EVALUATION]
            + [Kind.ACTION_PLANNING_VISIT, Kind.ACTION_PLAN_SUBMITTED, Kind.AUTHORITY_CREATED]
        )
    )
    began, later, last = sorted(draw(st.tuples(DAYS, DAYS, DAYS)))
    near = draw(st.booleans())
    if near:
        later = min(later, date.fromordinal(began.toordinal() + 11))
        last = min(last, date.fromordinal(later.toordinal() + 60))
    values: dict[str, Any] = {"id": uuid4(), "urn": TYNEHAVEN.urn, "kind": kind}
    if not kind.on_site:
        known = {"on": began} if draw(st.booleans()) else {"period": Period(f"{began:%Y-%m}")}
        letter = draw(st.sampled_from([None, later]))
        return Activity(**values, **known, letter_received=letter if kind is Kind.ENGAGEMENT_MEETING else None)
    values["start"] = draw(st.sampled_from([began, began, None]))
    values["end"] = draw(st.sampled_from([later, later, None])) if values["start"] else None
    published = draw(st.sampled_from([last, last, None]))
    if values["start"] is None and published is None:
        values["period"] = Period(f"{began:%Y-%m}")
    values["published"] = published
    if kind is Kind.INSPECTION:
        values["framework"] = draw(st.sampled_from([Framework.ILACS, Framework.ILACS, Framework.SIF, Framework.SLAC]))
        values["received"] = draw(st.sampled_from([None, later]))
        overall = draw(SOME_GRADES)
        four_of = draw(st.lists(st.sampled_from([*"OGRI", "-"]), min_size=4, max_size=4))
        by_area = {area: GRADES[grade] for area, grade in zip(SET_C, four_of, strict=True) if grade != "-"}
        if overall is not None and draw(st.booleans()):
            by_area[Area.OVERALL_EFFECTIVENESS] = GRADES[overall]
        values["grades"] = Judgements.of(by_area if published else {})
    else:
        values["priority_action"] = draw(st.sampled_from([None, False, True]))
        values["priority_action_resolved"] = draw(st.sampled_from([None, None, last]))
        values["letter_received"] = draw(st.sampled_from([None, later]))
        values["number"] = draw(st.sampled_from([None, 1, 2]))
        values["statement_due"] = draw(st.sampled_from([None, last]))
    return Activity(**values)


FORMED = st.sampled_from([None, date(2016, 4, 1), date(2019, 4, 1), date(2023, 4, 1)])
POLICIES = st.builds(Policy, st.sampled_from(SetCInadequate), st.sampled_from(WindowAnchor))


@settings(deadline=None, max_examples=400)
@given(
    st.lists(happened(), max_size=7),
    DAYS,
    FORMED,
    st.sampled_from([TYNEHAVEN.urn, "2637548"]),
    st.sampled_from([None, date(2024, 4, 1)]),
    POLICIES,
)
def test_whatever_happened_every_answer_is_explained_to_the_day(held, day, formed, urn, abolished, policy):
    facts = AuthorityFacts(urn=urn, name="Tynehaven", formed_on=formed, abolished_on=abolished)
    of_it = [replace(one, urn=urn) for one in held]
    found = reasons(day, *of_it, authority=facts, policy=policy)
    assert found.standing == stands(day.isoformat(), *of_it, authority=facts, policy=policy)
    must_be_whole(found)


def otherwise(one: Activity, day: date) -> Activity:
    """The same as far as a day knows, and different in all that was not public by then."""
    changed: dict[str, Any] = {}
    if one.public_on > day:
        changed["priority_action"] = not one.priority_action
        changed["statement_due"] = None if one.statement_due else date(2030, 1, 1)
        changed["grades"] = Judgements.of({Area.IN_CARE: Grade.OUTSTANDING}) if one.grades.pairs else one.grades
    for name in ("end", "letter_received", "received", "priority_action_resolved"):
        then = getattr(one, name)
        if then is not None and then > day and one.published != then:
            changed[name] = date.fromordinal(then.toordinal() - 1) if then.toordinal() - 1 > day.toordinal() else then
    if one.kind.on_site and one.published is None:
        changed.pop("end", None)  # the last day on site is then the day it is public
    return replace(one, **changed)


@settings(deadline=None, max_examples=200)
@given(st.lists(happened(), min_size=1, max_size=6), DAYS)
def test_nothing_that_came_later_is_told(held, day):
    told, other = reasons(day, *held), reasons(day, *(otherwise(one, day) for one in held))
    assert told.unapplied == other.unapplied
    assert told.pathway == other.pathway
    assert [one.steps for one in told.expectations] == [one.steps for one in other.expectations]


@pytest.mark.parametrize(("example", "checkpoint"), list(checkpoints()))
def test_every_checkpoint_of_the_worked_examples_is_explained(example, checkpoint):
    facts = AuthorityFacts(urn=example["urn"], name=example["name"])
    held = [of_example(facts.urn, item) for item in example["history"]]
    must_be_whole(reasons(checkpoint["as_of"], *held, authority=facts))


@pytest.mark.skipif(not EXAMPLES.exists(), reason="THE WORKED EXAMPLES WERE NOT TRIED")
def test_there_are_worked_examples_to_explain():
    assert len(yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["authorities"]) > 5
