"""Typed answers to the questions people ask; every one says from which position of the log it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.activities import Activity, AuthorityFacts, Disagreement
from domain.rulebook.reasoning import Reasoning
from domain.rulebook.standing import Standing
from domain.statements import Channel, Citation, Family, Said, Verbatim


@dataclass(frozen=True)
class Moment:
    """For which moment a question is answered.

    `as_at`: what had happened and was public by that day, as now understood. `known_at`: only events recorded by
    then (None = everything recorded). `position` is the last event counted; `data_horizon` the newest day on which
    any source counted was read, None for a store that has read nothing."""

    as_at: date
    known_at: datetime | None
    position: int
    data_horizon: date | None


@dataclass(frozen=True)
class RegisterRow:
    """One authority in the list of all: where it stands, when it was last inspected, what is in dispute."""

    authority: AuthorityFacts
    standing: Standing
    disagreements: int


@dataclass(frozen=True)
class RegisterAnswer:
    moment: Moment
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True)
class StandingAnswer:
    moment: Moment
    standing: Standing


@dataclass(frozen=True)
class ReasoningAnswer:
    """A standing and why it is so; `limits` are sentences on what an answer for that moment cannot know."""

    moment: Moment
    reasoning: Reasoning
    limits: tuple[str, ...]


@dataclass(frozen=True)
class TimelineEntry:
    """One activity as seen at the moment asked. `recorded_at` (UTC) and `position`: when this state of it was recorded;
    `first_recorded_at`: when we first heard of it."""

    activity: Activity
    recorded_at: datetime
    first_recorded_at: datetime
    position: int


@dataclass(frozen=True)
class TimelineAnswer:
    moment: Moment
    authority: AuthorityFacts
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True)
class HistoryAnswer:
    """One authority's standing and timeline, both of the same moment."""

    standing: StandingAnswer
    timeline: TimelineAnswer


@dataclass(frozen=True)
class SourceReading:
    """What one source said of an entry, verbatim, when it was first recorded and last read to say so."""

    statement: UUID
    family: Family
    channel: Channel
    said: Said
    verbatim: Verbatim
    citations: tuple[Citation, ...]
    source_title: str
    source_reference: str | None
    read_on: date
    recorded_at: datetime
    actor: str
    reason: str | None
    position: int


@dataclass(frozen=True)
class EntryAnswer:
    """One inspection or visit with everything said about it, best source first."""

    moment: Moment
    authority: AuthorityFacts
    entry: TimelineEntry
    readings: tuple[SourceReading, ...]


@dataclass(frozen=True)
class DisagreementRow:
    authority: AuthorityFacts
    activity: Activity
    disagreement: Disagreement


@dataclass(frozen=True)
class FindingRow:
    """An area for improvement, or for priority action (`priority`), of one inspection, visit or letter."""

    authority: AuthorityFacts
    activity: UUID
    kind: str
    number: int
    text: str
    priority: bool
    found_on: date


@dataclass(frozen=True)
class FileRow:
    """An import of a published file; `finished` is False where it was cut short."""

    name: str
    digest: str
    layout: str
    opened_at: datetime
    finished: bool
    read_on: date | None
    rows: int | None
    rejected: int | None
