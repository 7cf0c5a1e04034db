"""Reasonings for tests, and what must hold of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.rulebook.reasoning import Reasoned, Reasoning, reasoning
from domain.rulebook.rules import RULES
from domain.rulebook.steps import Step
from domain.values.activities import Activity, AuthorityFacts
from tests.domain.rulebook.story import (
    ALL_KNOWN,
    TYNEHAVEN,
    england,
    on,
    report,
)

GOOD = report("2024-02-01", "G", start="2023-11-27", end="2023-12-08")


def reasons(day: str | date, *held: Activity, authority: AuthorityFacts = TYNEHAVEN, **more: Any) -> Reasoning:
    """The reasons on a day, whole as every reasoning promises to be."""
    asked = on(day) if isinstance(day, str) else day
    more.setdefault("holidays", england())
    more.setdefault("known_until", ALL_KNOWN)
    found = reasoning(held, authority=authority, on=asked, **more)
    must_be_whole(found)
    return found


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
