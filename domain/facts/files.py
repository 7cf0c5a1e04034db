"""What can happen to a published file that is read: one stream per file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.facts.base import Fact
from domain.values.documents import DocumentKind, SectionRead, ValuePlace
from domain.values.known_until import KnownSpan


class FileOpened(Fact, Aggregate.Created, name="file.opened", aggregate="domain.files.source_file:SourceFile"):
    """An import of a published file began. An import without a `FileRead` was cut short."""

    name: str
    digest: str
    layout: str


class FileRead(Fact, name="file.read"):
    """A published file was read to its end: what it re-states, as read on which day, and the counts reported.

    `restated` are statements already known; `read_on` and `edition` are theirs from now on, if newer. Long lists take
    several facts, of which the `last` says that the end was reached. `tells` is what a history document says of how far
    it tells of the authorities in it; None for any other file, and in facts told before documents could say so."""

    before_it_was_told: ClassVar[Mapping[str, Any]] = {"last": True}

    read_on: date
    edition: date | None
    rows: int
    rejected: int
    restated: tuple[UUID, ...]
    last: bool
    tells: tuple[KnownSpan, ...] | None = None


class DocumentRead(Fact, name="document.read"):
    """One of Ofsted's own documents was read: which it is, where its values stand, and its paragraphs.

    The file is not kept. `statement` is what it says of the inspection or visit, in the stream of the authority `urn`.
    A long document takes several facts, numbered from 1, of which the `last` says that it is whole; a section that is
    cut goes on in the next. A later reading of the same file begins again with part 1, and counts. `looked_through`
    where an officer saw each value beside the document's words before it was told."""

    kind: DocumentKind
    urn: str
    statement: UUID
    published: date | None
    pages: int
    part: int
    last: bool
    places: tuple[ValuePlace, ...]
    sections: tuple[SectionRead, ...]
    looked_through: bool | None
