"""A list of actions into a plan: each row tried on a copy first, then recorded by the plan's own commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid5

from domain.facts import Told
from domain.plans.action_commands import (
    ActionCommand,
    ChangeFindings,
    ChangeOwner,
    MoveDueDate,
    ReportProgress,
    SetMeasure,
)
from domain.plans.batch import PlanBatch
from domain.plans.commands import AddAction
from domain.plans.dry_run import DryRun
from domain.plans.handler import PlanCommands, PlanDone
from domain.plans.stories import track_beside
from domain.values.errors import NotFound, RuleBroken
from domain.values.plans import Figure, Progress
from domain.values.statements import Source
from domain.values.words import due_date_moved, due_in_words
from projections.plans.answers import ActionRow, PlanAnswer
from web.intake.action_sheet import ActionSheet, SheetRow
from web.intake.cells import RowRejected
from web.plans.spreadsheet.rows import Actions, Mapped, StatedRow, same_figure, says_the_same, stated_in
from web.words import words

ROWS = UUID("c4b1c0e4-3f5e-5a0e-9d0b-6d1f4f0a7c55")
"""The name under which a row of a file becomes the id of a command: the same row is told once."""


class RowFate(Enum):
    """What becomes of a row."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    BAD = "bad"


@dataclass(frozen=True)
class RowOutcome:
    """What becomes of one row: which action it is about, what it changes, what is wrong with it, and how what was
    written otherwise was read."""

    place: str
    bucket: RowFate
    action: int | None = None
    changes: tuple[str, ...] = ()
    problem: str = ""
    readings: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        return asdict(self) | {
            "bucket": self.bucket.value,
            "changes": list(self.changes),
            "readings": list(self.readings),
        }


@dataclass(frozen=True)
class File:
    """One file as it was sent in, and what an officer said of it."""

    digest: str
    name: str
    sheet: ActionSheet
    mapped: Mapped


@dataclass
class _Teller:
    """Tells one row to a door, step by step; a step told before is not told again. `changes` are those told now.

    `seen` is the version of the row's action that the report was made of or, after a step, that the step left."""

    door: PlanBatch | DryRun
    plan: UUID
    place: str
    file: File
    by: Callable[[UUID], Told]
    seen: int | None
    changes: list[str] = field(default_factory=list)

    def add(self, change: str, command: AddAction) -> int:
        """Tell of a new action; gives its number."""
        made = self._tell(change, command).made
        if not isinstance(made, int):
            raise RowRejected("it was added before, and the action cannot be found")
        if self.changes:
            self._look_again(made)
        return made

    def change(self, change: str, command: ActionCommand) -> None:
        """Tell of a change of an action. Raises ChangedMeanwhile where somebody else changed it since it was seen."""
        if not self._tell(change, replace(command, seen=self.seen)).repeated:
            self._look_again(command.action)

    def _look_again(self, number: int) -> None:
        self.seen = self.door.plan.state.actions[number].last.version

    def _tell(self, change: str, command: AddAction | ActionCommand) -> PlanDone:
        """Carry out one command; its id follows from the file, the row and what is said, whatever the day."""
        about = (command.action,) if isinstance(command, ActionCommand) else ()
        said = sorted((one.name, getattr(command, one.name)) for one in fields(command) if one.name not in _UNSAID)
        content = [(name, _plain(value)) for name, value in said]
        name = f"{self.plan} {self.file.digest} {self.place} {command.code} {about} {content}"
        done = self.door.do(command, by=self.by(uuid5(ROWS, name)))
        if not done.repeated:
            self.changes.append(change)
        return done


_UNSAID = frozenset({"plan", "action", "example", "on", "seen"})
"""Fields of a command of which its id does not depend, or that stand in it otherwise."""


def _plain(value: Any) -> str:
    """A value as it always reads, for the id of a command."""
    return str(value.value) if isinstance(value, Enum) else str(value)


def load(
    plans: PlanCommands, answer: PlanAnswer, file: File, *, actor: str, at: datetime, dry_run: bool
) -> list[RowOutcome]:
    """What each row does, in the file's order; a dry run records nothing and reports the same.

    A row of which any step would be refused is left out whole; so is one about an action that somebody changed after
    `answer` was given. Each step is a command of its own."""
    plan = answer.head.id
    source = Source("spreadsheet", f"List of actions: {file.name}")
    trial, actions = DryRun(plans, plan), Actions(answer.actions)
    doors: tuple[PlanBatch | DryRun, ...] = (trial,) if dry_run else (trial, PlanBatch(plans, plan))
    findings = tuple(row.finding for row in answer.findings)

    def told(command: UUID) -> Told:
        return Told(actor, command, source, at)

    def outcome(row: SheetRow) -> RowOutcome:
        known: ActionRow | None = None
        kept: _Teller | None = None
        try:
            stated = stated_in(row, file.sheet, file.mapped, findings)
            known = actions.about(stated, row.place)
            for door in doors:
                teller = _Teller(door, plan, row.place, file, told, known.version if known else None)
                kept = None if door is trial else teller
                number = _tell(teller, stated, known, answer.head.opened_on)
                if not teller.changes:
                    return RowOutcome(row.place, RowFate.UNCHANGED, number)
        except (RowRejected, RuleBroken, NotFound) as refusal:
            problem = words.sentence(str(refusal))
            if kept is not None and kept.changes:
                # It was possible when it was tried, and somebody else was quicker.
                problem = f"{problem} Recorded before that: {'; '.join(kept.changes)}."
            return RowOutcome(row.place, RowFate.BAD, known.number if known else None, (), problem)
        new = known is None
        shown = None if new and dry_run else number
        bucket = RowFate.NEW if new else RowFate.UPDATED
        return RowOutcome(row.place, bucket, shown, tuple(teller.changes), readings=stated.readings)

    return [outcome(row) for row in file.sheet.rows]


def report(outcomes: Iterable[RowOutcome]) -> dict[str, Any]:
    """The outcomes as they are kept and shown; it holds no words of actions."""
    rows = [outcome.document() for outcome in outcomes]
    found = Counter(row["bucket"] for row in rows)
    return {"rows": rows, "counts": {bucket.value: found[bucket.value] for bucket in RowFate}}


def _tell(teller: _Teller, stated: StatedRow, known: ActionRow | None, opened_on: date) -> int:
    """Tell what a row adds; gives the action's number."""
    if known is None:
        number = _add(teller, stated, opened_on)
        _report(teller, number, stated, None)
        return number
    _change(teller, stated, known)
    _report(teller, known.number, stated, known)
    return known.number


def _add(teller: _Teller, stated: StatedRow, opened_on: date) -> int:
    """A new action, told of the day of the file or, where it was due before that, of its due date; never of one before
    the plan was opened."""
    mapped = teller.file.mapped
    if stated.owner is None:
        raise RowRejected("it is a new action, and no office owns it")
    if not stated.findings and not mapped.every:
        raise RowRejected(
            "it is a new action, and names no finding that it answers. Choose a column of findings, or the finding "
            "that all rows without one answer"
        )
    return teller.add(
        f"added, {due_in_words(stated.due_on)}, owned by {stated.owner}",
        AddAction(
            teller.plan,
            findings=list(stated.findings) or [UUID(mapped.every)],
            what=stated.what or "",
            owner=stated.owner,
            due_on=stated.due_on,
            **_measure(stated, None),
            on=max(min(mapped.on, stated.due_on or mapped.on), opened_on),
        ),
    )


def _change(teller: _Teller, stated: StatedRow, known: ActionRow) -> None:
    mapped, number = teller.file.mapped, known.number
    if stated.due_on is not None and stated.due_on != known.due_on:
        teller.change(
            due_date_moved(known.due_on, stated.due_on),
            MoveDueDate(teller.plan, number, due_on=stated.due_on, why=mapped.why or "", on=mapped.on),
        )
    if stated.findings and set(stated.findings) != set(known.findings):
        teller.change(
            "answers other findings", ChangeFindings(teller.plan, number, findings=list(stated.findings), on=mapped.on)
        )
    if not says_the_same(stated.owner, known.owner):
        teller.change(
            f"owner was {known.owner}, now {stated.owner}",
            ChangeOwner(teller.plan, number, owner=stated.owner or "", on=mapped.on),
        )
    held = known.measure.text if known.measure else None
    same = says_the_same(stated.measure, held) and says_the_same(stated.unit, known.unit)
    if not (same and same_figure(stated.baseline, known.baseline) and same_figure(stated.target, known.target)):
        teller.change("success measure set", SetMeasure(teller.plan, number, **_measure(stated, known), on=mapped.on))


def _measure(stated: StatedRow, known: ActionRow | None) -> dict[str, Any]:
    """The measure whole: what the row says, and what is held where it says nothing."""
    held = known.measure.text if known and known.measure else None
    return {
        "measure": stated.measure or held or ("" if known else None),
        "unit": stated.unit or (known.unit if known else None),
        "baseline": stated.baseline or (known.baseline if known else None),
        "target": stated.target or (known.target if known else None),
    }


def _report(teller: _Teller, number: int, stated: StatedRow, known: ActionRow | None) -> None:
    """Progress, confidence, the figure and the news, where any of them is new."""
    held = known.progress if known else Progress.NOT_STARTED
    progress = stated.progress or held
    if progress is Progress.NOT_STARTED and stated.track is not None and stated.progress is None:
        progress = Progress.IN_PROGRESS
    track = track_beside(progress, stated.track if stated.track is not (known.track if known else None) else None)
    now: Figure | None = None if same_figure(stated.now, known.now if known else None) else stated.now
    news = known.narrative.text if known and known.narrative else None
    narrative = None if says_the_same(stated.narrative, news) else stated.narrative
    if progress is held and track is None and now is None and narrative is None:
        return
    told = [words.plain(progress.value).lower()] if progress is not held else []
    told += [words.plain(track.value).lower()] if track else []
    told += [f"measure at {now.text}"] if now else []
    told += ["news"] if narrative else []
    teller.change(
        f"reported: {', '.join(told)}",
        ReportProgress(
            teller.plan,
            number,
            progress=progress,
            track=track,
            now=now,
            narrative=narrative,
            on=teller.file.mapped.on,
        ),
    )
