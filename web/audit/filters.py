"""Which events an address asks for, and the choices that a page of events offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from domain.values.days import LONDON, end_of_day
from domain.values.errors import RuleBroken
from projections.audit.trail import LONGEST_SEARCH, EventsWanted
from web.audit.lines import Offices
from web.site import reader
from web.site.reader import Asked
from web.words import dates

KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "inspections": (
        "Inspections, visits and letters",
        (
            "inspection",
            "call",
            "fieldwork",
            "periods",
            "report",
            "focused_visit",
            "assurance_visit",
            "monitoring_visit",
            "joint_inspection",
            "action_planning_visit",
            "other_inspection",
            "letter",
            "improvement",
            "priority_action",
        ),
    ),
    "statements": ("What sources state", ("source",)),
    "corrections": (
        "Corrections, withdrawals and rulings",
        ("judgement", "date", "entry", "entries", "disagreement", "finding"),
    ),
    "cycle": (
        "Engagement meetings and self-evaluations",
        (
            "self_evaluation",
            "engagement_meeting",
            "engagement_letter",
            "engagement_topics",
            "engagement_agenda",
            "engagement_words",
            "data_return",
        ),
    ),
    "plans": ("Action plans", ("plan", "action", "action_plan", "words", "plan_conventions")),
    "questions": ("Members’ questions", ("challenge", "questions")),
    "meetings": (
        "Scrutiny meetings",
        ("scrutiny_meeting", "panel_view", "question", "resolution", "next_report", "meeting_words"),
    ),
    "authorities": (
        "Authorities and government",
        (
            "authority",
            "succession",
            "duties",
            "trust",
            "improvement_notice",
            "statutory_direction",
            "commissioner",
            "intervention",
        ),
    ),
    "files": ("Files read and sources checked", ("file", "document", "sources")),
    "people": ("People and roles", ("roll", "person", "role")),
    "keys": ("Signing keys", ("signing_key",)),
}
"""Kinds of event to choose from: each has its words and the subjects of its stored names."""

FIELDS = ("kind", "authority", "by", "from", "to", "q")


@dataclass(frozen=True)
class Filters:
    """What the address asks of the events. Values not known narrow nothing and are in `left_out`; what is wrong with a
    field is in `problems`."""

    kind: str = ""
    authority: str = ""
    by: str = ""
    first: str = ""
    last: str = ""
    q: str = ""
    left_out: tuple[tuple[str, str], ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def args(self) -> dict[str, Any]:
        """What a link must carry to ask for the same."""
        told = dict(zip(FIELDS, (self.kind, self.authority, self.by, self.first, self.last, self.q), strict=True))
        return {key: text for key, text in told.items() if text}


def filters_in(args: MultiDict[str, str], offices: Mapping[str, Sequence[str]]) -> Filters:
    """The choice that an address states, with its problems where a day is none, or a range runs backwards."""
    told = {key: args.get(key, "").strip() for key in FIELDS}
    authorities = {row.facts.urn for row in reader.register_known()} if told["authority"] else set()
    known = {"kind": KINDS, "authority": authorities, "by": offices}
    left_out = tuple((key, told[key]) for key, choices in known.items() if told[key] and told[key] not in choices)
    for key, _ in left_out:
        told[key] = ""
    chosen = (told["kind"], told["authority"], told["by"], told["from"], told["to"], told["q"])
    return Filters(*chosen, left_out, _problems(told))


def _problems(told: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if len(told["q"]) > LONGEST_SEARCH:
        found["q"] = f"Look for at most {LONGEST_SEARCH} characters."
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        try:
            days[name] = _day(told[name], f"“recorded {name}”")
        except RuleBroken as refusal:
            found[name] = str(refusal)
    first, last = days.get("from"), days.get("to")
    if first is not None and last is not None:
        try:
            dates.must_run_forwards(first, last)
        except RuleBroken as refusal:
            found["to"] = str(refusal)
    return found


def _day(text: str, called: str) -> date | None:
    return dates.as_day(text, called) if text else None


def wanted(
    filters: Filters,
    asked: Asked,
    offices: Mapping[str, Sequence[str]],
    names: Sequence[str],
    *,
    urn: str | None = None,
    plan: UUID | None = None,
    before: int | None = None,
) -> EventsWanted:
    """The same as projections are asked; `names` are all stored names."""
    first, last = _day(filters.first, "“recorded from”"), _day(filters.last, "“recorded to”")
    subjects = KINDS[filters.kind][1] if filters.kind else ()
    return EventsWanted(
        urn=urn or filters.authority or None,
        plan=plan,
        names=tuple(name for name in names if name.partition(".")[0] in subjects),
        actors=tuple(offices[filters.by]) if filters.by else (),
        first=None if first is None else datetime.combine(first, time.min, LONDON),
        last=None if last is None else end_of_day(last),
        words=filters.q,
        true_by=asked.as_at if "as_at" in asked.address else None,
        known_at=asked.known_at,
        before=before,
    )


def by_office(actors: Sequence[str], offices: Offices) -> dict[str, list[str]]:
    """The actors behind each office or machine, by its words."""
    found: dict[str, list[str]] = {}
    for actor in actors:
        found.setdefault(offices(actor), []).append(actor)
    return dict(sorted(found.items()))


def before_in(args: MultiDict[str, str]) -> int | None:
    """The position before which a page begins. Raises RuleBroken where it is none."""
    text = args.get("before", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise RuleBroken("This page begins at a number that is none. Open the record again.")
    return int(text)
