"""What moved on a plan since a meeting or a day: what each action was and is, and whatever else changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from uuid import UUID

from flask import request

from domain.rulebook.working_days import add_months
from domain.values.errors import RuleBroken
from projections.plans.answers import MovedRow, PlanAnswer
from web.meetings import choices as meeting_choices
from web.plans.register.rows import LONGEST, near_day
from web.plans.states import named
from web.site import access, plan_reader
from web.site.people_names import shown
from web.site.plan_links import action_link
from web.site.reader import Asked
from web.words import words
from web.words.dates import as_past_day

MONTHS_BACK = 3
"""So far back where no day was asked for and no meeting is known."""

SHOWN = 4
"""So many actions are told before the rest is folded."""


@dataclass(frozen=True)
class Since:
    """The day after which changes count; `meeting` and `name` if it is a meeting’s. `asked`: the address says so."""

    day: date
    meeting: str = ""
    name: str = ""
    asked: bool = True

    def args(self) -> dict[str, str]:
        """What an address says of it; nothing where it does not."""
        if not self.asked:
            return {}
        return {"meeting": self.meeting} if self.meeting else {"since": self.day.isoformat()}


@dataclass(frozen=True)
class MovedLine:
    """One action that moved: `was` and `now` are what it came to, nothing where that did not change."""

    called: str
    address: str
    was: str
    now: str
    on: str
    others: str


@dataclass(frozen=True)
class MovedActions:
    """`first` are told at once, `folded` behind them; `added` are the number and link of each action that is new."""

    first: tuple[MovedLine, ...]
    folded: tuple[MovedLine, ...]
    added: tuple[tuple[int, str], ...]


def since(plan: UUID, on: Asked) -> Since:
    """What the address says in `since`, otherwise in `meeting`; else the last meeting held, and for who may not read of
    meetings or where none was held, some months back. Raises RuleBroken and NotFound with words on what to enter or
    choose."""
    if typed := request.args.get("since", "").strip():
        return Since(as_past_day(typed, "since"))
    urn = plan_reader.authority_of(plan)
    stated = request.args.get("meeting", "").strip()
    if stated and access.may("READS"):
        return _meeting(stated, urn)
    if held := meeting_choices.offered(urn, on):
        last = _meeting(held[0][0], urn)
        return Since(last.day, last.meeting, last.name, asked=False)
    return Since(add_months(on.as_at, -MONTHS_BACK), asked=False)


def moved(answer: PlanAnswer, asked: Asked) -> MovedActions:
    """What moved: first what each action came to, then what else changed; those that were added in one line."""
    rows = sorted((row for row in answer.moved if not _is_new(row)), key=lambda row: row.now is None)
    lines = tuple(_line(row, answer, asked) for row in rows)
    new = sorted(row.number for row in answer.moved if _is_new(row))
    added = tuple((number, action_link(answer.head.id, number, asked)) for number in new)
    return MovedActions(lines[:SHOWN], lines[SHOWN:], added)


def _is_new(row: MovedRow) -> bool:
    return row.was is None and row.now is not None


def _meeting(stated: str, urn: str) -> Since:
    meeting = meeting_choices.as_meeting(stated)
    if meeting is None:
        raise RuleBroken("Choose one of the meetings listed, or enter a day.")
    found = meeting_choices.of_authority(meeting, urn)
    if not found.held:
        raise RuleBroken(f"{found.name} was not held, so nothing moved since. Choose one of the meetings listed.")
    return Since(found.planned_or_held_on, str(meeting), found.name)


def _line(row: MovedRow, answer: PlanAnswer, asked: Asked) -> MovedLine:
    return MovedLine(
        called=f"{row.number} {shorten(shown(row.what), LONGEST, placeholder=' …')}",
        address=action_link(answer.head.id, row.number, asked),
        was=words.small(named(row.was)) if row.was else "",
        now=words.small(named(row.now)) if row.now else "",
        on=near_day(row.since, answer.moment.as_at) if row.since else "",
        others="; ".join(row.others),
    )
