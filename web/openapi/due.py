"""What is due over all plans, and what members asked, as part of the OpenAPI document."""

from __future__ import annotations

from domain.rulebook.results import GradedType
from domain.values.plans import AskedKind, QuestionState
from web.openapi.plans import DEADLINE, OF_PLAN, PLAN_ACTION, QUESTION, REPLACED
from web.openapi.shapes import (
    AS_AT,
    DAY,
    INSTANT,
    KNOWN_AT,
    WHOLE,
    Schema,
    get,
    list_of,
    one_of,
    or_null,
    see,
    text,
    thing,
)

DUE_ACTIONS = list_of(thing(OF_PLAN | PLAN_ACTION))

DUE = thing(
    {
        "on": DAY,
        "office": or_null(text()),
        "days": WHOLE,
        "overdue": DUE_ACTIONS,
        "evidence_awaited": DUE_ACTIONS,
        "acceptance_awaited": DUE_ACTIONS,
        "due_soon": DUE_ACTIONS,
        "no_due_date": DUE_ACTIONS,
        "papers": list_of(thing(OF_PLAN | DEADLINE)),
        "report_replaced": list_of(thing({**OF_PLAN, "headline": text(), "replaced": REPLACED})),
        "known_at": or_null(INSTANT),
        "data_horizon": or_null(DAY),
        "position": WHOLE,
    }
)

ON_NO_PLAN: dict[str, Schema] = {
    "plan": or_null(text("Null for a question on no plan", format="uuid")),
    "asked_of": or_null(text("The authority asked, where it has ended and another answers")),
    "asked_about": or_null(
        thing(
            {
                "kind": one_of(AskedKind),
                "called": or_null(text("What the page called it")),
                "as_at": DAY,
                "position": {**WHOLE, "description": "The last event that the page counted"},
                "entry": or_null(text(format="uuid")),
                "expected": or_null(one_of(GradedType)),
                "window_from": or_null(DAY),
                "window_to": or_null(DAY),
            }
        )
    ),
}

CHALLENGES = thing(
    {
        "state": or_null(one_of(QuestionState)),
        "questions": list_of(thing(OF_PLAN | ON_NO_PLAN | QUESTION)),
        "as_at": DAY,
        "known_at": or_null(INSTANT),
        "data_horizon": or_null(DAY),
        "position": WHOLE,
    }
)

ON: Schema = {"name": "on", "in": "query", "schema": DAY, "description": "Due on this day. Default: today."}
DAYS: Schema = {"name": "days", "in": "query", "schema": WHOLE, "description": "How far ahead, the last included: 30."}
OFFICE: Schema = {"name": "office", "in": "query", "schema": text(), "description": "Only actions that it owns."}
STATE: Schema = {"name": "state", "in": "query", "schema": one_of(QuestionState)}
OF_ONE: Schema = {"name": "authority", "in": "query", "schema": text(), "description": "Any name of one."}
ONLY_PLAN: Schema = {"name": "plan", "in": "query", "schema": text(format="uuid")}

PATHS: dict[str, Schema] = {
    "/api/due": get(
        "What is due over all plans, for anybody with a role", see("Due"), ON, DAYS, OF_ONE, OFFICE, KNOWN_AT
    ),
    "/api/challenges": get(
        "Members' questions, for anybody with a role", see("Challenges"), STATE, OF_ONE, ONLY_PLAN, AS_AT, KNOWN_AT
    ),
}

SCHEMAS: dict[str, Schema] = {"Due": DUE, "Challenges": CHALLENGES}
