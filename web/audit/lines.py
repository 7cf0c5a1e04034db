"""Events as pages and downloads tell them: a sentence, both times, who, from where, why, and what was replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import url_for

from domain.register.register import name_of
from domain.values.activities import AuthorityFacts
from projections.audit.about import named
from projections.audit.trail import AuditRow
from projections.plans.answers import Wording
from web.site import reader
from web.site.people_names import offices
from web.words import words
from web.words.event_values import change
from web.words.events import said_of
from web.words.people_names import MACHINES, WAYS_IN
from web.words.timeline import followable

TEXTS: Mapping[str, str] = {
    "what": "Action",
    "why": "Reason",
    "measure": "Success measure",
    "narrative": "In the owner’s words",
    "title": "Evidence",
    "link": "Link",
    "reference": "Reference",
    "question": "Question",
    "answer": "Answer",
}
"""What texts that can be erased are called, by the field they stand in."""

SMALL_EDITS = frozenset(
    {
        "source.stated",
        "improvement.found",
        "priority_action.found",
        "judgement.corrected",
        "date.corrected",
        "action.findings_changed",
        "action.owner_changed",
        "action.due_date_moved",
        "action.measure_set",
        "action.progress_reported",
        "action.impact_rated",
        "action.evidence_offered",
    }
)
"""Stored names of events of which one person makes many in a row."""

FEWEST_FOLDED = 3


def apart() -> list[tuple[str, str]]:
    """Authorities that this store knows, by name: those that share one are told apart by their years."""
    known = [row.facts for row in reader.register_known()]
    borne = Counter(facts.name for facts in known)
    return sorted(((facts.urn, _in_its_years(facts, borne)) for facts in known), key=lambda one: one[1])


def _in_its_years(of: AuthorityFacts, borne: Mapping[str, int]) -> str:
    if borne[of.name] == 1:
        return of.name
    began = f"from {of.formed_on.year}" if of.formed_on else ""
    ended = f"until {of.abolished_on.year}" if of.abolished_on else ""
    return f"{of.name} ({' '.join(filter(None, (began, ended)))})" if began or ended else of.name


@dataclass(frozen=True)
class AuditLine:
    """One event in words. `was` and `now` are blank where nothing was replaced; `words` can be erased; `about` are ids
    of the entries it is about, or of statements, whose addresses lead to them."""

    seq: int
    position: int
    name: str
    sentence: str
    was: str
    now: str
    words: tuple[tuple[str, str], ...]
    true_on: str
    true_on_iso: str
    recorded: str
    recorded_iso: str
    recorded_day: Any
    who: str
    actor: str
    source: str
    link: str | None
    reason: str
    urn: str | None
    authority: str
    plan: UUID | None
    about: tuple[UUID, ...] = ()

    @property
    def address(self) -> str:
        return url_for("audit.event", seq=self.seq)


@dataclass(frozen=True)
class Run:
    """Lines that stand together; a `title` where they are folded under it."""

    lines: tuple[AuditLine, ...]
    title: str = ""


class Offices:
    """Who recorded what, by office: names are not shown."""

    def __init__(self) -> None:
        self._offices = offices()

    def __call__(self, actor: str) -> str:
        """The office of an actor, or the machine's way in; else the opaque id that the history has."""
        if actor in MACHINES:
            return MACHINES[actor]
        if actor in WAYS_IN:
            return words.sentence(WAYS_IN[actor].removeprefix("by "))
        if (office := self._offices.get(actor)) is not None:
            return office
        return f"Somebody without an office given here ({actor[:8]})"


def line(row: AuditRow, offices: Offices) -> AuditLine:
    """An event in words."""
    fact = row.fact
    was, now = change(fact, row.previous, row.about) or ("", "")
    true_on = row.true_on or min((one.true_on for one in row.about if one.true_on != date.max), default=None)
    return AuditLine(
        seq=row.seq,
        position=row.position,
        name=row.name,
        sentence=said_of(fact, row.about),
        was=was,
        now=now,
        words=tuple((TEXTS.get(name, words.plain(name)), _shown(wording, offices)) for name, wording in row.words),
        true_on="" if true_on is None else words.day(true_on),
        true_on_iso="" if true_on is None else true_on.isoformat(),
        recorded=words.moment(row.recorded_at),
        recorded_iso=row.recorded_at.isoformat(),
        recorded_day=words.day_of(row.recorded_at),
        who=offices(fact.actor),
        actor=fact.actor,
        source=fact.source.title,
        link=followable(fact.source.reference),
        reason=fact.reason or "",
        urn=row.urn,
        authority=name_of(row.urn) if row.urn else "",
        plan=row.plan,
        about=tuple(one.id for one in row.about) or named(fact),
    )


def _shown(wording: Wording, offices: Offices) -> str:
    """The text, or what became of it."""
    if wording.text is None and (erased := wording.erased) is not None:
        day = words.day(words.day_of(erased.stamp.at))
        return f"Erased on {day}. {offices(erased.stamp.by)}: {erased.reason}"
    return wording.shown


def folded(lines: Iterable[AuditLine]) -> Iterator[Run]:
    """Lines in their order, runs of small edits by one actor under one title."""
    for key, group in groupby(lines, _edited_by):
        run = tuple(group)
        if key is None or len(run) < FEWEST_FOLDED:
            yield from (Run((one,)) for one in run)
        else:
            yield Run(run, _title(run))


def _edited_by(one: AuditLine) -> tuple[object, ...] | None:
    if one.actor == "register":
        return (one.actor,)
    return (one.actor, one.plan or one.urn) if one.name in SMALL_EDITS else None


def _title(run: tuple[AuditLine, ...]) -> str:
    days = sorted(one.recorded_day for one in run)
    whose = {one.authority for one in run}
    about = f" of {run[0].authority}" if len(whose) == 1 and run[0].authority else ""
    return f"{words.count(len(run), 'update')}{about}, {words.span(days[0], days[-1])}. {run[0].who}"
