"""An action of a plan as a row of its register: one line of words for each column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from uuid import UUID

from domain.values.plans import Label, Progress, Reading
from projections.plans.answers import ActionRow, PlanAnswer
from web.charts.spark import Spark, spark
from web.formats.pills import Pill
from web.plans.states import named, state_of
from web.site.people_names import shown
from web.site.plan_links import action_link
from web.site.reader import Asked
from web.words import words
from web.words.plans import TRACKS, figure, state_tone

LONGEST = 90
"""Letters of what is to be done; the rest stands on the action's own page."""


@dataclass(frozen=True)
class ActionLine:
    """One action, ready to print. `was` says what it came to before, or since when; `no_date` and `no_owner` that it
    lacks them while it is open."""

    number: int
    address: str
    what: str
    findings: tuple[int, ...]
    raised: str
    owner: str
    due: str
    moved: str
    pill: Pill
    was: str
    confidence: str
    measure: str
    spark: Spark | None
    stands: str
    evidence: int
    example: bool
    no_date: bool
    no_owner: bool


def register_row(
    row: ActionRow, answer: PlanAnswer, asked: Asked, numbers: Mapping[UUID, int], raised: Mapping[UUID, str]
) -> ActionLine:
    """One action's row. `numbers` are those of the plan's findings, `raised` what is said of
    those raised before."""
    on = answer.moment.as_at
    target = float(row.target.number) if row.target else None
    return ActionLine(
        number=row.number,
        address=action_link(answer.head.id, row.number, asked),
        what=in_short(row),
        findings=tuple(sorted(numbers[name] for name in row.findings if name in numbers)),
        raised=next((raised[name] for name in row.findings if name in raised), ""),
        owner=row.owner,
        due=words.short_day(row.due_on) if row.due_on else "",
        moved=f"moved {row.moves}×" if row.moves else "",
        pill=pill_of(row),
        was=was(row, on),
        confidence=confidence(row),
        measure=shown(row.measure) if row.measure else "",
        spark=spark([(day, float(one.number)) for day, one in row.figures], target, on),
        stands=stands(row),
        evidence=row.evidence,
        example=row.example,
        no_date=row.undated,
        no_owner=row.is_open and not row.owner,
    )


def in_short(row: ActionRow) -> str:
    """What is to be done, cut between words where it is long."""
    return shorten(shown(row.what), LONGEST, placeholder=" …")


def pill_of(row: ActionRow) -> Pill:
    """What an action comes to: how many days late, or the council's label; in the colour that the council chose."""
    return Pill(state_tone(row.label), state_of(row).words)


def pill(label: Label) -> Pill:
    """A label as a pill, in the colour that the council chose."""
    return Pill(state_tone(label), named(label))


def was(row: ActionRow, on: date) -> str:
    """`was at risk to 12 Nov`, or `since 30 Apr 2025` where it never came to anything else; and how late it is where
    its state does not say so."""
    day = near_day(row.since, on)
    said = f"was {words.small(named(row.previous_label))} to {day}" if row.previous_label else f"since {day}"
    if row.days_overdue and row.reading is not Reading.OVERDUE:
        said += f"; {words.count(row.days_overdue, 'day')} past its day"
    return said


def near_day(day: date, on: date) -> str:
    """`12 Nov`, with the year where it is another than that of the page."""
    return words.short_day(day).removesuffix(f" {on.year}")


def confidence(row: ActionRow) -> str:
    """How sure its owner is to be in time; a dash before it began and once nothing more is expected."""
    told = row.progress not in (Progress.NOT_STARTED, Progress.COMPLETE) and row.is_open
    return TRACKS[row.track] if told and row.track else "–"


def stands(row: ActionRow) -> str:
    """`69% of 95%`, or what of the two is told."""
    now = figure(row.now.text, row.unit) if row.now else ""
    target = figure(row.target.text, row.unit) if row.target else ""
    if now and target:
        return f"{now.removesuffix(f' {row.unit}')} of {target}"
    return now or (f"target {target}" if target else "")
