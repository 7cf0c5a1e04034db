"""Worked examples: public facts about real authorities, and what the rulebook must answer on some days.

Those in `worked_examples/` are a file for each authority, every fact with its source. A larger set is tried as well
where `TIMELINE_SHARED` names the folder that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from domain.frameworks import Area, Framework, Grade
from domain.register.register import REGISTER
from domain.rulebook.expectations import standing
from domain.rulebook.past.windows import PastWindow, WindowOutcome, past_windows
from domain.rulebook.results import (
    UNDER_WAY,
    Expectation,
    GradedType,
    InterimType,
    Pathway,
    Standing,
    WindowStatus,
)
from domain.rulebook.rules import RULES
from domain.values.activities import Activity, AuthorityFacts
from domain.values.judgements import Judgements
from domain.values.statements import Kind, Period, PeriodOnSite, Variant
from tests import CHECKOUT
from tests.domain.rulebook.story import ALL_KNOWN, england

HERE = Path(__file__).parent / "worked_examples"
SHARED = Path(os.environ.get("TIMELINE_SHARED", CHECKOUT.parent / "shared"))
EXAMPLES = SHARED / "domain" / "worked-examples.yaml"
CHECKPOINTS = 44
ONLY_EXPECTED = set(WindowStatus) - {
    WindowStatus.UPCOMING,
    WindowStatus.IN_WINDOW,
    WindowStatus.OVERDUE,
    WindowStatus.NO_WINDOW,
}
"""Statuses of an expectation, never of the window itself (R-097, R-099)."""
SECOND = SHARED / "domain" / "worked-examples-2.yaml"
SECOND_CHECKPOINTS = 50
UNANSWERED = 15
"""After so many of them no graded inspection had come by the examples' data horizon."""
AS_THEY_ARE = (
    *("start", "end", "published", "statement_of_action_due", "date", "focus", "theme", "subtype", "number"),
    "outcome",
    "notified",
)
OURS = {
    "kind": "type",
    "first_day": "start",
    "last_day": "end",
    "day": "date",
    "priority_action": "areas_for_priority_action",
    "statement_due": "statement_of_action_due",
    "called": "notified",
}
"""Keys of our own files, and what a history document calls them."""


def activity(urn: str, item: dict[str, Any]) -> Activity:
    values: dict[str, Any] = {key: item[key] for key in AS_THEY_ARE if key in item}
    values["on"] = values.pop("date", None) or item.get("on")
    values["successors"] = tuple(item.get("successors", ()))
    values["statement_due"] = values.pop("statement_of_action_due", None)
    if "periods" in item:
        values["periods"] = tuple(PeriodOnSite(each["start"], each["end"]) for each in item["periods"])
    if "period" in item:
        values["period"] = Period(str(item["period"]))
    if "framework" in item:
        values["framework"] = Framework(item["framework"])
    if "variant" in item:
        values["variant"] = Variant(item["variant"])
    if "areas_for_priority_action" in item:
        values["priority_action"] = item["areas_for_priority_action"]
    values["grades"] = Judgements.of({Area(area): Grade(grade) for area, grade in item.get("grades", {}).items()})
    return Activity(id=uuid4(), urn=urn, kind=Kind(item["type"]), **values)


@dataclass(frozen=True)
class Example:
    """One authority: its facts, and what is to be answered on some days."""

    authority: AuthorityFacts
    facts: tuple[Activity, ...]
    checkpoints: tuple[dict[str, Any], ...]
    sources: tuple[str, ...]

    def stands(self, checkpoint: dict[str, Any]) -> Standing:
        return standing(
            self.facts, authority=self.authority, on=checkpoint["day"], holidays=england(), known_until=ALL_KNOWN
        )


@cache
def examples() -> dict[str, Example]:
    """Ours, by the name of the file."""
    found = {}
    for path in sorted(HERE.glob("*.yaml")):
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        days = {day: told.get(day) for day in ("formed_on", "abolished_on")}
        authority = AuthorityFacts(urn=told["urn"], name=told["name"], **days)
        items = [{OURS.get(key, key): value for key, value in fact.items()} for fact in told["facts"]]
        found[path.stem] = Example(
            authority,
            tuple(activity(authority.urn, item) for item in items),
            tuple(told["checkpoints"]),
            tuple(item["source"] for item in items),
        )
    return found


OUR_CHECKPOINTS = [
    pytest.param(example, checkpoint, id=f"{name}-{checkpoint['day']}")
    for name, example in examples().items()
    for checkpoint in example.checkpoints
]


def wanted(checkpoint: dict[str, Any]) -> dict[str, Any]:
    """What a checkpoint of ours says of where the authority stands, every part of it."""
    coming, override = checkpoint["next"], checkpoint.get("after_priority_action")
    window_from, window_to = coming.get("window", (None, None))
    graded = {"type": coming["type"], "window_from": window_from, "window_to": window_to, "status": coming["status"]}
    upcoming: dict[str, Any] = {"graded": graded | {key: coming[key] for key in ("midpoint",) if key in coming}}
    if "action_plan_due" in checkpoint:
        upcoming["action_plan_due"] = checkpoint["action_plan_due"]
    if "meanwhile" in checkpoint:
        upcoming["interim"] = checkpoint["meanwhile"]
    if under_way := checkpoint.get("under_way"):
        upcoming["announced"] = {
            "type": under_way["type"],
            "notified_on": under_way.get("called"),
            "on_site_from": under_way["on_site"][0],
            "on_site_to": under_way["on_site"][1],
            "status": under_way["status"],
        }
    if override:
        upcoming["priority_action_override"] = {
            "visit_month": override["visit"],
            "type": override["type"],
            "expected_from_month": override["months"][0],
            "expected_to_month": override["months"][1],
            "also_possible": override["or"],
        }
    return {
        "pathway": checkpoint["pathway"],
        "governing_inspection_published": checkpoint.get("governed_by"),
        "inherited_monitoring": checkpoint.get("inherited_monitoring", False),
        "expected_next": upcoming,
    }


def told_of(expectation: Expectation, keys: Iterable[str]) -> dict[str, Any]:
    every = {
        "activity": expectation.activity,
        "from": expectation.due_from,
        "to": expectation.due_to,
        "status": expectation.status.value,
    }
    return {key: every[key] for key in keys}


@pytest.mark.parametrize(("example", "checkpoint"), OUR_CHECKPOINTS)
def test_an_authority_stands_where_its_worked_example_says(example: Example, checkpoint: dict[str, Any]):
    answer = example.stands(checkpoint)
    if checkpoint.get("nothing_to_expect"):
        assert answer.expectations == ()
        assert (answer.pathway.value, answer.governing and answer.governing.published) == (
            checkpoint["pathway"],
            checkpoint["governed_by"],
        )
    else:
        assert answered(answer) == wanted(checkpoint)
    for entry in checkpoint.get("also", ()):
        assert entry in [told_of(expectation, entry) for expectation in answer.expectations]
    assert not {one.activity for one in answer.expectations} & set(checkpoint.get("not_expected", ()))


@pytest.mark.parametrize(("example", "checkpoint"), OUR_CHECKPOINTS)
def test_the_answer_cites_the_rules_that_its_worked_example_names(example: Example, checkpoint: dict[str, Any]):
    answer = example.stands(checkpoint)
    cited = {*answer.rules, *(rule for expectation in answer.expectations for rule in expectation.rules)}
    assert checkpoint["rules"]
    assert set(checkpoint["rules"]) <= cited & set(RULES)


@pytest.mark.parametrize(("example", "checkpoint"), [one for one in OUR_CHECKPOINTS if "came" in one.values[1]])
def test_what_came_next_is_held_to_the_window_of_its_worked_example(example: Example, checkpoint: dict[str, Any]):
    came = checkpoint["came"]
    since = checkpoint.get("governed_by")
    came_then = came_after(example.facts, example.authority, since)
    assert came_then.came is not None
    assert (came_then.came.start, came_then.came.published) == (came["first_day"], came["published"])
    if "inside" in came:
        assert (came_then.outcome is WindowOutcome.INSIDE) is came["inside"]
    if "kind_as_expected" in came and came_then.came_type is not None:
        assert (came_then.came_type.value == checkpoint["next"]["type"]) is came["kind_as_expected"]


def test_the_worked_examples_show_every_kind_of_answer_there_is():
    answers = [example.stands(checkpoint) for example in examples().values() for checkpoint in example.checkpoints]
    coming = [answer.expected_next for answer in answers]
    assert {answer.pathway for answer in answers} == set(Pathway)
    assert {each.graded.status for each in coming} == set(WindowStatus) - ONLY_EXPECTED
    assert {each.graded.type for each in coming} >= set(GradedType)
    assert {each.interim.type for each in coming if each.interim} == set(InterimType)
    assert any(each.priority_action_override for each in coming)
    assert any(each.action_plan_due for each in coming)
    assert {each.announced.status for each in coming if each.announced} == set(UNDER_WAY)
    assert any(answer.inherited_monitoring for answer in answers)
    kinds = {expectation.activity for answer in answers for expectation in answer.expectations}
    assert {"action_plan", "joint_statement_of_action"} <= kinds
    assert any(example.authority.abolished_on for example in examples().values())
    assert {example.authority.urn for example in examples().values()} >= demonstrated()
    assert all(source for example in examples().values() for source in example.sources)


def demonstrated() -> set[str]:
    """The authorities that a new installation is shown."""
    told = yaml.safe_load((CHECKOUT / "web" / "demo" / "history.yaml").read_text(encoding="utf-8"))
    found = {authority["urn"] for authority in told["authorities"]}
    assert len(found) == 5
    return found


def came_after(history: Sequence[Activity], authority: AuthorityFacts, since: date | None) -> PastWindow:
    """The window that counted from the report published on a day, None for a new council's first."""
    found = past_windows(history, authority=authority, on=date(2026, 8, 22), holidays=england(), known_until=ALL_KNOWN)
    (window,) = [each for each in found if since == (each.report.published if each.report else None)]
    return window


# --- the larger set, where it is ------------------------------------------------------------------------------------


def expected(checkpoint: dict[str, Any]) -> dict[str, Any]:
    return {
        "pathway": checkpoint["pathway"],
        "governing_inspection_published": checkpoint.get("governing_inspection_published"),
        "inherited_monitoring": checkpoint.get("inherited_monitoring", False),
        "expected_next": checkpoint["expected_next"],
    }


def answered(answer: Standing) -> dict[str, Any]:
    """The standing with an optional part that does not apply left out, as the examples write it."""
    graded = answer.expected_next.graded
    shown: dict[str, Any] = {
        "type": graded.type.value if graded.type else None,
        "window_from": graded.window_from,
        "window_to": graded.window_to,
        "status": graded.status.value,
    }
    if graded.midpoint:
        shown["midpoint"] = graded.midpoint
    upcoming: dict[str, Any] = {"graded": shown}
    if answer.expected_next.action_plan_due:
        upcoming["action_plan_due"] = answer.expected_next.action_plan_due
    if override := answer.expected_next.priority_action_override:
        upcoming["priority_action_override"] = {
            "visit_month": override.visit_month.text,
            "type": override.type.value,
            "expected_from_month": override.expected_from_month.text,
            "expected_to_month": override.expected_to_month.text,
            "also_possible": override.also_possible,
        }
    if interim := answer.expected_next.interim:
        upcoming["interim"] = {"type": interim.type.value}
        if interim.due:
            upcoming["interim"]["due"] = interim.due
        if interim.nominal_interval_days:
            upcoming["interim"]["nominal_interval_days"] = interim.nominal_interval_days
    if announced := answer.expected_next.announced:
        upcoming["announced"] = {
            "type": announced.type.value if announced.type else None,
            "notified_on": announced.notified_on,
            "on_site_from": announced.on_site_from,
            "on_site_to": announced.on_site_to,
            "status": announced.status.value,
        }
    return {
        "pathway": answer.pathway.value,
        "governing_inspection_published": answer.governing.published if answer.governing else None,
        "inherited_monitoring": answer.inherited_monitoring,
        "expected_next": {} if answer.ended else upcoming,
    }


def checkpoints() -> Iterator[Any]:
    if not EXAMPLES.exists():
        reason = f"the larger set of worked examples is not here: {EXAMPLES}; TIMELINE_SHARED names its folder"
        yield pytest.param(None, None, marks=pytest.mark.skip(reason=reason))
        return
    for authority in yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))["authorities"]:
        for checkpoint in authority["checkpoints"]:
            yield pytest.param(authority, checkpoint, id=f"{authority['id']}-{checkpoint['as_of']}")


@pytest.mark.parametrize(("authority", "checkpoint"), list(checkpoints()))
def test_a_checkpoint_of_the_worked_examples_comes_out(authority, checkpoint):
    facts = AuthorityFacts(urn=authority["urn"], name=authority["name"])
    history = [activity(facts.urn, item) for item in authority["history"]]
    answer = standing(history, authority=facts, on=checkpoint["as_of"], holidays=england())
    assert answered(answer) == expected(checkpoint)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the larger set of worked examples is not here")
def test_all_the_checkpoints_were_tried():
    assert len(list(checkpoints())) == CHECKPOINTS
    assert len(ANSWERED) == CHECKPOINTS - UNANSWERED


ANSWERED = [one for one in checkpoints() if one.values[1] is None or one.values[1].get("actual_next_graded")]


@pytest.mark.parametrize(("authority", "checkpoint"), ANSWERED)
def test_what_came_next_is_held_to_the_window_as_the_worked_examples_say(authority, checkpoint):
    came = checkpoint["actual_next_graded"]
    facts = AuthorityFacts(urn=authority["urn"], name=authority["name"])
    history = [activity(facts.urn, item) for item in authority["history"]]
    held = came_after(history, facts, checkpoint.get("governing_inspection_published"))
    assert held.came is not None
    assert (held.came.start, held.came.published) == (came["start"], came["published"])
    if came.get("in_window") is not None:
        assert (held.outcome is WindowOutcome.INSIDE) is came["in_window"]
    if came.get("type_as_expected") is not None and held.came_type is not None:
        expected_then = checkpoint["expected_next"]["graded"]["type"]
        assert (held.came_type.value == expected_then) is came["type_as_expected"]


# --- the second set, where it is ------------------------------------------------------------------------------------


def second_checkpoints() -> Iterator[Any]:
    if not SECOND.exists():
        reason = f"the second set of worked examples is not here: {SECOND}; TIMELINE_SHARED names its folder"
        yield pytest.param(None, None, marks=pytest.mark.skip(reason=reason))
        return
    for told in yaml.safe_load(SECOND.read_text(encoding="utf-8"))["authorities"]:
        for checkpoint in told["checkpoints"]:
            name = f"{told['id']}-{checkpoint['as_of']}"
            yield pytest.param(told, checkpoint, id=name)


@pytest.mark.parametrize(("told", "checkpoint"), list(second_checkpoints()))
def test_a_checkpoint_of_the_second_worked_examples_comes_out(told, checkpoint):
    facts = REGISTER[told["urn"]].facts
    history = [activity(facts.urn, item) for item in told["history"]]
    answer = standing(history, authority=facts, on=checkpoint["as_of"], holidays=england())
    assert answered(answer) == expected(checkpoint)
    for entry in checkpoint.get("expectations_include", ()):
        assert entry in [told_of(expectation, entry) for expectation in answer.expectations]


@pytest.mark.skipif(not SECOND.exists(), reason="the second set of worked examples is not here")
def test_all_the_second_checkpoints_were_tried():
    assert len({one.id for one in second_checkpoints()}) == SECOND_CHECKPOINTS
