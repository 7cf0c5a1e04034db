"""What can happen to a published file that is read: one stream per file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.facts.base import Fact


class FileOpened(Fact, Aggregate.Created, name="file.opened", aggregate="domain.files.source_file:SourceFile"):
    """An import of a published file began. An import without a `FileRead` was cut short."""

    name: str
    digest: str
    layout: str


class FileRead(Fact, name="file.read"):
    """A published file was read to its end: what it re-states, as read on which day, and the counts reported.

    `restated` are statements already known; `read_on` and `edition` are theirs from now on, if newer. Long lists take
    several facts, of which the `last` says that the end was reached."""

    read_on: date
    edition: date | None
    rows: int
    rejected: int
    restated: tuple[UUID, ...]
    last: bool
