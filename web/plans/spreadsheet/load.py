"""A list of actions into a plan: each row tried on a copy first, then recorded by the plan's own commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid5

from domain.facts import Told
from domain.plans.action_commands import (
    ActionCommand,
    ChangeFindings,
    ChangeOwner,
    FindUnneeded,
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
from web.intake.cells import RowRejected, words_of
from web.intake.tables import collapsed
from web.plans.spreadsheet.rows import (
    Actions,
    ListReading,
    Mapped,
    RowNote,
    StatedRow,
    as_exported,
    same_figure,
    says_the_same,
    stated_in,
)
from web.words import words

ROWS = UUID("c4b1c0e4-3f5e-5a0e-9d0b-6d1f4f0a7c55")
"""The name under which a row of a file becomes the id of a command: the same row is told once."""


class RowFate(Enum):
    """What becomes of a row."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    BAD = "bad"
    LEFT = "left"


@dataclass(frozen=True)
class RowOutcome:
    """What becomes of one row: which action it is about, what it changes, everything that is wrong with it, and how
    what was written otherwise was read. `stated` is what it says."""

    place: str
    bucket: RowFate
    stated: StatedRow
    action: int | None = None
    changes: tuple[str, ...] = ()
    faults: tuple[RowNote, ...] = ()
    readings: tuple[RowNote, ...] = ()

    @property
    def problem(self) -> str:
        """What is wrong, in sentences."""
        return " ".join(words.sentence(fault.words) for fault in self.faults)

    @property
    def would_change(self) -> bool:
        return self.bucket in (RowFate.NEW, RowFate.UPDATED)


@dataclass(frozen=True)
class File:
    """One file as it was sent in, what an officer said of it and wrote in the place of its cells. Rows `skipped` are
    tried and not loaded."""

    digest: str
    name: str
    sheet: ActionSheet
    mapped: Mapped
    edits: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()


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

    def told(command: UUID) -> Told:
        return Told(actor, command, source, at)

    reading = reading_of_plan(answer, file.sheet, file.mapped, file.edits)

    def outcome(row: SheetRow) -> RowOutcome:
        stated = stated_in(row, reading)
        if not actions.names_one(stated):
            return RowOutcome(row.place, RowFate.LEFT, stated)
        known: ActionRow | None = None
        kept: _Teller | None = None
        faults = [*stated.faults]
        try:
            known = actions.about(stated, row.place)
            if known is None and not stated.findings and not file.mapped.every and not _has(faults, "findings"):
                faults.append(RowNote("findings", NO_FINDING))
            if faults:
                return RowOutcome(row.place, RowFate.BAD, stated, known.number if known else None, (), tuple(faults))
            for door in doors[: 1 if row.place in file.skipped else None]:
                teller = _Teller(door, plan, row.place, file, told, known.version if known else None)
                kept = None if door is trial else teller
                number = _tell(teller, stated, known, answer.head.opened_on)
                if not teller.changes:
                    return RowOutcome(row.place, RowFate.UNCHANGED, stated, number)
        except (RowRejected, RuleBroken, NotFound) as refusal:
            problem = str(refusal)
            if kept is not None and kept.changes:
                # It was possible when it was tried, and somebody else was quicker.
                problem = f"{words.sentence(problem)} Recorded before that: {'; '.join(kept.changes)}."
            faults.append(RowNote("what", problem))
            return RowOutcome(row.place, RowFate.BAD, stated, known.number if known else None, (), tuple(faults))
        new = known is None
        number_shown = None if new and dry_run else number
        bucket = RowFate.NEW if new else RowFate.UPDATED
        notes = (*stated.readings, *((RowNote("measure", NO_MEASURE),) if _unmeasured(stated, known) else ()))
        return RowOutcome(row.place, bucket, stated, number_shown, tuple(teller.changes), readings=notes)

    return [outcome(row) for row in file.sheet.rows]


def reading_of_plan(
    answer: PlanAnswer, sheet: ActionSheet, mapped: Mapped, edits: Mapping[str, Mapping[str, Any]]
) -> ListReading:
    """What rows of a file are read by: with the offices that own actions of the plan already."""
    owners = (one for row in answer.actions for one in as_exported(row.owner))
    offices = frozenset(collapsed(one) for owner in owners for one in (owner, words_of(owner)))
    return ListReading(sheet, mapped, tuple(row.finding for row in answer.findings), offices, edits)


NO_FINDING = (
    "it is a new action, and names no finding that it answers. Choose a column of findings, or the finding that all "
    "rows without one answer"
)
NOT_REQUIRED = "The list of actions that was loaded says so."
NO_MEASURE = "its figures are left out: no measure is named for them"


def _has(faults: Iterable[RowNote], about: str) -> bool:
    return any(fault.about == about for fault in faults)


def _unmeasured(stated: StatedRow, known: ActionRow | None) -> bool:
    """Whether a row gives figures of a measure that nobody names."""
    named = stated.measure or (known.measure if known else None)
    return named is None and any((stated.unit, stated.baseline, stated.target, stated.now))


def _tell(teller: _Teller, stated: StatedRow, known: ActionRow | None, opened_on: date) -> int:
    """Tell what a row adds; gives the action's number."""
    if _unmeasured(stated, known):
        stated = replace(stated, unit=None, baseline=None, target=None, now=None)
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
    mapped, owner = teller.file.mapped, stated.owner or teller.file.mapped.nobody
    first = stated.first_due or stated.due_on
    number = teller.add(
        f"added, {due_in_words(first)}, owned by {owner}",
        AddAction(
            teller.plan,
            findings=list(stated.findings) or [UUID(mapped.every)],
            what=stated.what or "",
            owner=owner,
            due_on=first,
            **_measure(stated, None),
            on=max(min(mapped.on, first or mapped.on), opened_on),
        ),
    )
    if first is not None and stated.due_on is not None and first != stated.due_on:
        _move(teller, number, first, stated.due_on)
    return number


def _move(teller: _Teller, number: int, was: date | None, now: date) -> None:
    mapped = teller.file.mapped
    teller.change(
        due_date_moved(was, now), MoveDueDate(teller.plan, number, due_on=now, why=mapped.why or "", on=mapped.on)
    )


def _change(teller: _Teller, stated: StatedRow, known: ActionRow) -> None:
    mapped, number = teller.file.mapped, known.number
    if stated.due_on is not None and stated.due_on != known.due_on:
        _move(teller, number, known.due_on, stated.due_on)
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
    """Progress, confidence, the figure and the news, where any of them is new; or that no action is required, for which
    the news are the reason."""
    held = known.progress if known else Progress.NOT_STARTED
    if stated.progress is Progress.NO_ACTION_REQUIRED:
        if held is not stated.progress:
            why, on = stated.narrative or NOT_REQUIRED, teller.file.mapped.on
            teller.change("no action is required", FindUnneeded(teller.plan, number, why=why, on=on))
        return
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
