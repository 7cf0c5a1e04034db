"""What of a plan needs somebody's attention, the most urgent first: late actions one by one, the rest by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.values.plans import PlanFinding, Reading
from projections.plans.answers import ActionRow, PlanAnswer
from web.formats.pills import Pill
from web.plans.register.narrowing import ordered
from web.plans.register.rows import in_short, pill, pill_of, stands
from web.site.people_names import shown
from web.site.plan_links import action_link, question_link
from web.site.reader import Asked
from web.words import words

SHOWN = 4
"""So many things are told one by one before the rest is folded."""

ONE_BY_ONE = (Reading.OVERDUE, Reading.OFF_TRACK)
BY_KIND = (Reading.AT_RISK, Reading.EVIDENCE_AWAITED, Reading.ACCEPTANCE_AWAITED)


@dataclass(frozen=True)
class Urgent:
    """One thing: its state, the link to it and what more is to say of it."""

    pill: Pill
    called: str
    address: str
    said: str


@dataclass(frozen=True)
class UrgentKind:
    """Several actions of one kind: their state or lack, and the number and link of each."""

    pill: Pill
    actions: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Attention:
    """`first` are told at once, `folded` behind them; `kinds` and findings without an action follow."""

    first: tuple[Urgent, ...]
    folded: tuple[Urgent, ...]
    kinds: tuple[UrgentKind, ...]
    gaps: tuple[tuple[int, PlanFinding], ...]

    def __bool__(self) -> bool:
        return bool(self.first or self.kinds or self.gaps)


def attention(answer: PlanAnswer, asked: Asked, numbers: Mapping[UUID, int]) -> Attention:
    """What needs attention on the day asked for."""
    rows = ordered(answer.actions)
    urgent = [_action(row, answer, asked) for row in rows if row.reading in ONE_BY_ONE]
    urgent += [
        Urgent(
            Pill("overdue", f"{words.count(one.days_overdue, 'day')} late"),
            f"A member’s question of {words.day(one.asked_on)}",
            question_link(one, asked),
            "waits for an answer",
        )
        for one in answer.questions
        if one.days_overdue
    ]
    return Attention(
        first=tuple(urgent[:SHOWN]),
        folded=tuple(urgent[SHOWN:]),
        kinds=tuple(_kinds(rows, answer, asked)),
        gaps=tuple((numbers[finding.id], finding) for finding in answer.gaps),
    )


def _kinds(rows: Sequence[ActionRow], answer: PlanAnswer, asked: Asked) -> Iterable[UrgentKind]:
    for reading in BY_KIND:
        if found := [row for row in rows if row.reading is reading]:
            yield UrgentKind(pill(found[0].label), _links(found, answer, asked))
    for lack, lacking in (
        ("No date yet", [row for row in rows if row.undated]),
        ("No owner", [row for row in rows if row.is_open and not row.owner]),
    ):
        if lacking:
            yield UrgentKind(Pill("open", lack), _links(lacking, answer, asked))


def _links(rows: Iterable[ActionRow], answer: PlanAnswer, asked: Asked) -> tuple[tuple[int, str, str], ...]:
    return tuple((row.number, in_short(row), action_link(answer.head.id, row.number, asked)) for row in rows)


def _action(row: ActionRow, answer: PlanAnswer, asked: Asked) -> Urgent:
    said = [row.owner or "no owner"]
    if now := stands(row):
        said.append(f"{shown(row.measure)}: {now}" if row.measure else now)
    if row.moves:
        said.append(f"moved {row.moves}×")
    address = action_link(answer.head.id, row.number, asked)
    return Urgent(pill_of(row), f"{row.number} {in_short(row)}", address, " · ".join(said))
