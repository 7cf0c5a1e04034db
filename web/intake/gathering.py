"""What a reader gathers from one file: observations, and rows it rejected with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.register.register import Register
from domain.values.errors import RuleBroken
from domain.values.statements import Kind, Observation
from web.intake.cells import RowRejected, printable

DUE_DATES = (Kind.ACTION_PLAN_DUE, Kind.DRAFT_ACTION_PLAN_DUE)


@dataclass(frozen=True)
class RejectedRow:
    """A row, or one activity in it, that was not taken, and why."""

    row: str
    reason: str


@dataclass(frozen=True)
class Bounds:
    """What a reader needs to know beside the file: who exists, the last day (inclusive) a fact can be of, and on which
    day it was read, None where neither a person nor its name says so."""

    register: Register
    latest: date
    read_on: date | None = None


@dataclass
class Gathered:
    """Filled by a reader, row by row. `rows` counts the rows of tables, or the items of a document, read.

    `readings` say how days were read that were not written in a common form. `renamed` are exported statements' old
    ids and those they have here. `newest` is the newest day found in the file that something happened, was public, or
    was itself published."""

    rows: int = 0
    observations: list[Observation] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    newest: date | None = None
    renamed: dict[UUID, UUID] = field(default_factory=dict)
    _known: set[object] = field(default_factory=set)

    def observe(self, observation: Observation, identity: UUID | None = None) -> None:
        """Keep it, once: the same values by the same channel of the same file are one observation.

        `identity` is the id an exported statement had: two with ids of their own are two."""
        said = observation.said
        if said.kind not in DUE_DATES:
            own = None if said.kind is Kind.SUCCESSION_ANNOUNCED else said.on
            self.seen(*(day for day in (said.start, said.end, said.published, own) if day))
        same = identity or (observation.urn, observation.channel, said, observation.citations)
        if same not in self._known:
            self._known.add(same)
            self.observations.append(observation)

    def reject(self, place: str, reason: RowRejected | RuleBroken | str) -> None:
        self.rejected.append(RejectedRow(printable(place), printable(str(reason))))

    def hears(self, place: str) -> Callable[[str], None]:
        """What is told how a day of a row was read."""
        return lambda reading: self.readings.append(f"{printable(place)}: {printable(reading)}")

    def seen(self, *days: date) -> None:
        for day in days:
            if self.newest is None or day > self.newest:
                self.newest = day
