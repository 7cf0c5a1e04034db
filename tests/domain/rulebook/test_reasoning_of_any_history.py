"""Whatever happened, each answer is explained, to the day, and from nothing that came later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.frameworks import Area, Framework, Grade
from domain.rulebook.expectations import standing
from domain.rulebook.limits import limits
from domain.rulebook.pathway import Policy, SetCInadequate, SetCPathway, WindowAnchor
from domain.values.activities import Activity, AuthorityFacts
from domain.values.judgements import Judgements
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.statements import Kind, Period
from tests.domain.rulebook.reasoned import reasons
from tests.domain.rulebook.story import (
    ALL_KNOWN,
    GRADES,
    SET_C,
    TYNEHAVEN,
    england,
    stands,
)
from tests.domain.rulebook.test_worked_examples import EXAMPLES, checkpoints
from tests.domain.rulebook.test_worked_examples import activity as of_example
from tests.examples import examples

DAYS = st.dates(date(2013, 1, 1), date(2028, 6, 30))
SOME_GRADES = st.sampled_from([None, *"OGRI"])


@st.composite
def calls(draw: Any, began: date, later: date, *, published: bool) -> dict[str, Any]:
    """A call some weeks before, what was announced by it, a break, and a withdrawal of what nothing came of."""
    notified = began - timedelta(days=draw(st.sampled_from([0, 4, 7, 20])))
    announced = draw(st.sampled_from([None, began, notified + timedelta(days=9)]))
    paused = draw(st.sampled_from([None, None, began + timedelta(days=2)]))
    return {
        "notified": notified,
        "expected_start": announced,
        "expected_end": announced and announced + timedelta(days=4),
        "paused": paused,
        "resumed": draw(st.sampled_from([None, later])) if paused is not None and later > paused else None,
        "call_withdrawn": None if published else draw(st.sampled_from([None, notified + timedelta(days=3)])),
        **draw(st.sampled_from([{}, {}, {} if published else {"start": None, "end": None, "period": None}])),
    }


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
    if draw(st.booleans()):
        values |= draw(calls(began, later, published=published is not None))
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
READ = KnownUntil.of({KnownKind.GRADED_INSPECTION: date(2026, 8, 22)})
KNOWN = st.builds(KnownUntil.of, st.dictionaries(st.sampled_from(KnownKind), DAYS))
POLICIES = st.builds(
    Policy, st.sampled_from(SetCInadequate), st.sampled_from(WindowAnchor), st.sampled_from(SetCPathway)
)


@settings(deadline=None, max_examples=examples(400))
@given(
    st.lists(happened(), max_size=7),
    DAYS,
    FORMED,
    st.sampled_from([TYNEHAVEN.urn, "2637548"]),
    st.sampled_from([None, date(2024, 4, 1)]),
    POLICIES,
    KNOWN,
)
def test_whatever_happened_every_answer_is_explained_to_the_day(held, day, formed, urn, abolished, policy, known):
    facts = AuthorityFacts(urn=urn, name="Tynehaven", formed_on=formed, abolished_on=abolished)
    of_it = [replace(one, urn=urn) for one in held]
    found = reasons(day, *of_it, authority=facts, policy=policy, known_until=known)
    assert found.standing == stands(day.isoformat(), *of_it, authority=facts, policy=policy, known_until=known)


def later(one: Activity) -> Activity:
    """The same, forty days later."""
    days = ("start", "end", "on", "published", "received", "letter_received", "priority_action_resolved")
    moved = {name: day + timedelta(days=40) for name in days if (day := getattr(one, name)) is not None}
    if one.period is not None:
        moved["period"] = Period(f"{one.period.last_day + timedelta(days=40):%Y-%m}")
    return replace(one, **moved)


def otherwise(one: Activity, day: date) -> Activity:
    """The same as far as a day knows, and different in all that had not happened or was not public by then."""
    if one.true_on > day:
        return later(one)
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


@settings(deadline=None, max_examples=examples(300))
@given(st.lists(happened(), min_size=1, max_size=6), DAYS, FORMED, st.sampled_from([TYNEHAVEN.urn, "2637548"]))
def test_nothing_that_came_later_is_told(held, day, formed, urn):
    facts = AuthorityFacts(urn=urn, name="Tynehaven", formed_on=formed)
    of_it = [replace(one, urn=urn) for one in held]
    changed = [otherwise(one, day) for one in of_it]
    afterwards = replace(facts, formed_on=formed + timedelta(days=40)) if formed and formed > day else facts
    told, other = reasons(day, *of_it, authority=facts), reasons(day, *changed, authority=afterwards)
    assert told.unapplied == other.unapplied
    assert told.pathway == other.pathway
    assert [one.steps for one in told.expectations] == [one.steps for one in other.expectations]
    assert limits_on(day, of_it, facts) == limits_on(day, changed, afterwards)


def limits_on(day: date, held: list[Activity], facts: AuthorityFacts) -> tuple[str, ...]:
    return limits(held, authority=facts, on=day, known_until=READ, holidays=england())


@pytest.mark.parametrize(("example", "checkpoint"), list(checkpoints()))
def test_every_checkpoint_of_the_worked_examples_is_explained(example, checkpoint):
    facts = AuthorityFacts(urn=example["urn"], name=example["name"])
    held = [of_example(facts.urn, item) for item in example["history"]]
    found = reasons(checkpoint["as_of"], *held, authority=facts)
    asked = checkpoint["as_of"]
    assert found.standing == standing(held, authority=facts, on=asked, holidays=england(), known_until=ALL_KNOWN)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="THE WORKED EXAMPLES WERE NOT TRIED")
def test_there_are_worked_examples_to_explain():
    assert len(yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["authorities"]) > 5
