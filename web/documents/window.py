"""A reasoning as JSON: the standing, every step that leads to it, what did not apply, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from domain.rulebook.rows import ALWAYS, Confidence
from domain.rulebook.rules import Rule
from domain.rulebook.steps import Input, RowUsed, Step, Unapplied, Value
from domain.rulebook.what_if.would_change import WouldChange
from domain.values.statements import Period
from projections.engine.answers import ReasoningAnswer
from web.documents.authorities import Document, day_or_none, standing_document

CONFIDENCES: Mapping[Confidence, str] = {
    Confidence.READ: "read",
    Confidence.MEASURED: "measured",
    Confidence.SECONDARY: "secondary",
    Confidence.INFERRED: "inferred",
}


def window_document(answer: ReasoningAnswer) -> Document:
    """`standing` is the standing document of the same moment; `expectations` has its expectations in the same order,
    each with its steps, the last of which carries its days."""
    told = answer.reasoning
    return {
        "standing": standing_document(told.standing, answer.moment),
        "limits": list(answer.limits),
        "pathway": {
            "why": told.standing.why,
            "caveats": list(told.standing.caveats),
            "inferred": told.standing.inferred,
            "steps": [_step(step) for step in told.pathway],
        },
        "expectations": [
            {
                "activity": one.expectation.activity,
                "basis": one.expectation.basis,
                "from": day_or_none(one.expectation.due_from),
                "to": day_or_none(one.expectation.due_to),
                "steps": [_step(step) for step in one.steps],
            }
            for one in told.expectations
        ],
        "did_not_apply": [_unapplied(one) for one in told.unapplied],
        "would_change": [_change(one, answer) for one in told.would_change],
    }


def _step(step: Step) -> Document:
    return _rule(step.says, step.confidence) | {
        "inputs": _inputs(step.inputs),
        "row": None if step.row is None else _row(step.row),
        "result": step.result,
        "inferred": step.inferred,
        "from": day_or_none(step.first),
        "to": day_or_none(step.last),
    }


def _rule(rule: Rule, confidence: Iterable[Confidence]) -> Document:
    return {
        "rule": rule.id,
        "text": rule.text,
        "source": rule.source,
        "url": rule.url,
        "confidence": ["ours"] if rule.ours else [CONFIDENCES[each] for each in confidence],
    }


def _inputs(inputs: Iterable[Input]) -> list[Document]:
    return [
        {"name": one.name, "value": _value(one.value)} | ({"entry": str(one.activity)} if one.activity else {})
        for one in inputs
    ]


def _value(value: Value) -> str | int:
    if isinstance(value, date):
        return value.isoformat()
    return value.text if isinstance(value, Period) else value


def _row(used: RowUsed) -> Document:
    row = used.row
    return {
        "rule": row.rule,
        "in_force_from": None if row.start == ALWAYS else row.start.isoformat(),
        "in_force_before": day_or_none(row.end),
        "compared_with": used.compared,
        "compared_on": day_or_none(used.on),
        "numbers": _inputs(used.numbers),
        "source": row.source,
        "confidence": CONFIDENCES[row.confidence],
    }


def _unapplied(told: Unapplied) -> Document:
    return _rule(told.says, told.says.confidence) | {"why": told.why, "inputs": _inputs(told.inputs)}


def _change(told: WouldChange, answer: ReasoningAnswer) -> Document:
    """Without `then`, nothing could be computed, and `words` says why."""
    document: Document = {"if": told.what, "rules": list(told.rules)}
    found = told.supposed
    if found is None:
        return document | {"words": told.words}
    after = standing_document(found.after, answer.moment)
    return document | {
        "then": {
            "pathway": after["pathway"],
            "expected_next": after["expected_next"],
            "inferred": found.after.inferred,
            "differs": found.differs,
            "comes": [_expected(one.activity, one.due_from, one.due_to) for one in found.comes],
            "goes": [_expected(one.activity, one.due_from, one.due_to) for one in found.goes],
            "moves": [
                {
                    "before": _expected(one.before.activity, one.before.due_from, one.before.due_to),
                    "after": _expected(one.after.activity, one.after.due_from, one.after.due_to),
                }
                for one in found.moves
            ],
            "unusual": [warning.text for warning in found.warnings],
        }
    }


def _expected(activity: str, first: date | None, last: date | None) -> Document:
    return {"activity": activity, "from": day_or_none(first), "to": day_or_none(last)}
