"""What `/api` answers about action plans, as part of the OpenAPI document."""

from __future__ import annotations

from domain.plans.clock import Counted, PaperStatus
from domain.values.plans import Basis, Colour, Impact, Progress, QuestionState, Reading, Stage, Track
from web.openapi.shapes import (
    AS_AT,
    DAY,
    FLAG,
    INSTANT,
    KNOWN_AT,
    ONE,
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

WORDING = thing(
    {
        "text": or_null(text("Null where it was erased, or its key is not here")),
        "shown": text("The text, or what stands in its place"),
        "erased": FLAG,
        "subject": text("What is named to erase it", format="uuid"),
    }
)

PLAN_FINDING = {
    "finding": text(format="uuid"),
    "entry": text("The inspection or visit that found it", format="uuid"),
    "priority_action": FLAG,
    "text": text(),
}

OTHER_ACTION: dict[str, Schema] = {"plan": text(format="uuid"), "action": WHOLE}

REPLACED: Schema = {
    **or_null(thing({"entry": text(format="uuid"), "published_on": DAY})),
    "description": "The newer graded report that took the place of the plan's; nothing of the plan is overdue since",
}

PLAN_ACTION: dict[str, Schema] = {
    "action": WHOLE,
    "version": WHOLE,
    "example": FLAG,
    "findings": list_of(text(format="uuid")),
    "what": see("Wording"),
    "owner": text("An office"),
    "due_on": or_null(DAY),
    "first_due_on": or_null(DAY),
    "due_date_moves": WHOLE,
    "days_overdue": WHOLE,
    "progress": one_of(Progress),
    "confidence": or_null(one_of(Track)),
    "impact": one_of(Impact),
    "reading": one_of(Reading),
    "label": text("What the council calls the reading"),
    "colour": one_of(Colour),
    "previous_reading": or_null(one_of(Reading)),
    "since": DAY,
    "measure": or_null(see("Wording")),
    "unit": or_null(text()),
    "baseline": or_null(text()),
    "target": or_null(text()),
    "now": or_null(text()),
    "reached_per_cent": or_null(WHOLE),
    "evidence": WHOLE,
    "reopened": WHOLE,
    "narrative": or_null(see("Wording")),
    "changed_on": DAY,
    "changed_by": text(),
    "carried_from": {**or_null(thing(OTHER_ACTION)), "description": "The action of an earlier plan that it continues"},
    "carried_to": {**or_null(thing(OTHER_ACTION)), "description": "The action of a newer plan as which it goes on"},
}

QUESTION: dict[str, Schema] = {
    "question": text(format="uuid"),
    "action": or_null(WHOLE),
    "finding": or_null(thing(PLAN_FINDING)),
    "state": one_of(QuestionState),
    "asked": see("Wording"),
    "asked_on": DAY,
    "asked_by": text(),
    "answer_by": DAY,
    "days_overdue": WHOLE,
    "answer": or_null(see("Wording")),
    "answered_on": or_null(DAY),
    "answered_by": or_null(text()),
    "withdrawn_on": or_null(DAY),
    "withdrawn_why": or_null(see("Wording")),
}

DEADLINE: dict[str, Schema] = {
    "stage": one_of(Stage),
    "due_on": or_null(DAY),
    "latest": {**FLAG, "description": "Counted from publication: it may truly be earlier"},
    "counted": or_null(one_of(Counted)),
    "counted_from": or_null(DAY),
    "working_days": or_null(WHOLE),
    "status": one_of(PaperStatus),
    "submitted_on": or_null(DAY),
    "days_left": or_null(WHOLE),
    "working_days_left": or_null(WHOLE),
    "days_late": or_null(WHOLE),
    "said": text("One sentence for a person"),
    "rules": list_of(text()),
}

MOMENT: dict[str, Schema] = {
    "as_at": DAY,
    "known_at": or_null(INSTANT),
    "data_horizon": or_null(DAY),
    "position": WHOLE,
}

OF_PLAN: dict[str, Schema] = {
    "plan": text(format="uuid"),
    "urn": text("Ofsted's number"),
    "authority": text(),
    "example": {**FLAG, "description": "Made up for a demonstration"},
}

ONE_OF_SEVERAL: dict[str, Schema] = {
    "plan": text(format="uuid"),
    "authority": see("Authority"),
    "entry": text("The report's or letter's entry", format="uuid"),
    "basis": one_of(Basis),
    "example": {**FLAG, "description": "Made up for a demonstration"},
    "opened_on": DAY,
    "closed_on": or_null(DAY),
    "published_on": or_null(DAY),
    "received_on": or_null(DAY),
    "deadlines": list_of(thing(DEADLINE)),
    "reply_on": or_null(DAY),
    "reply_says_it_reflects_the_findings": or_null(FLAG),
    "made_public_on": {**or_null(DAY), "description": "When the plan was last published here"},
    "replaced": REPLACED,
    "handed_over": {
        **list_of(
            thing({"from": text("Ofsted's number"), "to": text("Ofsted's number"), "on": DAY, "put_right": FLAG})
        ),
        "description": "From whom to whom the plan passed when an authority ended, or a mistake was put right",
    },
    "headline": text("How far it is, in words"),
    "counts": thing(
        dict.fromkeys(
            (
                "actions",
                "complete_and_evidenced",
                "overdue",
                "longest_overdue_days",
                "off_track",
                "at_risk",
                "evidence_awaited",
                "acceptance_awaited",
                "not_started",
                "left_out",
                "findings_without_action",
                "questions_open",
                "questions_overdue",
                "due_dates_moved",
            ),
            WHOLE,
        )
    ),
    "findings": list_of(
        thing(PLAN_FINDING | {"actions": list_of(WHOLE), "questions": list_of(text(format="uuid")), "gap": FLAG})
    ),
    "actions": list_of(thing(PLAN_ACTION)),
    "since": or_null(DAY),
    "moved": list_of(thing({"action": WHOLE, "what": see("Wording"), "changes": list_of(text())})),
    "questions": list_of(see("Question")),
}

PLAN = thing(ONE_OF_SEVERAL | MOMENT)

PLANS = thing(
    {
        "authority": see("Authority"),
        "plans": list_of(thing(ONE_OF_SEVERAL)),
        "handed_over": {
            **list_of(thing({"plan": text(format="uuid"), "to": text("Ofsted's number"), "on": DAY})),
            "description": "Plans that passed from this authority to one that followed it",
        },
        **MOMENT,
    }
)

ACTION_STORY = thing(
    {
        **OF_PLAN,
        "action": thing(PLAN_ACTION),
        "findings": list_of(thing(PLAN_FINDING)),
        "due_date_moves": list_of(
            thing({"was": or_null(DAY), "now": DAY, "why": see("Wording"), "moved_on": DAY, "by": text()})
        ),
        "evidence": list_of(
            thing(
                {
                    "evidence": text(format="uuid"),
                    "title": see("Wording"),
                    "link": or_null(see("Wording")),
                    "reference": or_null(see("Wording")),
                    "offered_on": DAY,
                    "by": text(),
                }
            )
        ),
        "figures": list_of(thing({"day": DAY, "figure": text("Of the success measure")})),
        "questions": list_of(see("Question")),
        "story": list_of(
            thing(
                {
                    "position": WHOLE,
                    "version": WHOLE,
                    "event": text("Stored name of the event"),
                    "true_on": DAY,
                    "recorded_at": INSTANT,
                    "by": text(),
                    "said": text("One sentence for a person"),
                    "words": {
                        "type": "object",
                        "properties": {},
                        "required": [],
                        "additionalProperties": see("Wording"),
                    },
                }
            )
        ),
        **MOMENT,
    }
)

BURN_UP = thing(
    {
        **OF_PLAN,
        "points": list_of(thing({"day": DAY, "actions": WHOLE, "due": WHOLE, "done": WHOLE})),
        **MOMENT,
    }
)

ONE_PLAN: Schema = {"name": "plan", "in": "path", "required": True, "schema": text(format="uuid")}
SINCE: Schema = {"name": "since", "in": "query", "schema": DAY, "description": "Also what moved after this day."}
ONE_ACTION: Schema = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": text(pattern=r"^[0-9]{1,4}$"),
    "description": "The action's number in the plan.",
}

PATHS: dict[str, Schema] = {
    "/api/authorities/{authority}/plans": get(
        "One authority's action plans", see("Plans"), ONE, SINCE, AS_AT, KNOWN_AT
    ),
    "/api/plans/{plan}": get("One action plan", see("Plan"), ONE_PLAN, SINCE, AS_AT, KNOWN_AT),
    "/api/plans/{plan}/actions/{number}": get(
        "One action's whole story", see("ActionStory"), ONE_PLAN, ONE_ACTION, AS_AT, KNOWN_AT
    ),
    "/api/plans/{plan}/burn-up": get(
        "How a plan's actions came to be due and done", see("BurnUp"), ONE_PLAN, AS_AT, KNOWN_AT
    ),
}

SCHEMAS: dict[str, Schema] = {
    "Plan": PLAN,
    "Plans": PLANS,
    "Question": thing(QUESTION),
    "ActionStory": ACTION_STORY,
    "BurnUp": BURN_UP,
    "Wording": WORDING,
}
