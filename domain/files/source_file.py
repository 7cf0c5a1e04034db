"""A published file we read: one stream per file, keyed by the SHA-256 of its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import singledispatchmethod
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import facts
from domain.facts import Told, told
from domain.values.documents import KeptDocument, SectionRead, in_parts
from domain.values.known_until import KnownSpan

FILES = UUID("b7f0a3d2-0d57-5d5a-8c36-64a1f1a9c0de")

STATEMENTS_A_FACT = 3_000
"""How many re-stated statements one `FileRead` lists at most; a file that says more again is closed by several."""


@dataclass(frozen=True)
class Restated:
    """A statement known before that a file says again, as read on a day, in an edition where the source has them."""

    statement: UUID
    read_on: date
    edition: date | None


def by_reading(restated: Iterable[Restated]) -> Iterator[tuple[date, date | None, list[UUID]]]:
    """What was re-stated, by the day and edition of the reading, in lists short enough for one fact each."""
    found: dict[tuple[date, date | None], set[UUID]] = {}
    for again in restated:
        found.setdefault((again.read_on, again.edition), set()).add(again.statement)
    for (read_on, edition), statements in found.items():
        rest = sorted(statements)
        for first in range(0, len(rest), STATEMENTS_A_FACT):
            yield read_on, edition, rest[first : first + STATEMENTS_A_FACT]


class SourceFile(Aggregate):
    """Opened before its facts are kept, read when they all are: one that was only opened was cut short."""

    @staticmethod
    def create_id(digest: str) -> UUID:
        return uuid5(FILES, digest)

    def __init__(self, digest: str) -> None:
        self.digest = digest
        self.read_on: date | None = None
        self.edition: date | None = None
        self.document: KeptDocument | None = None
        self.document_says: UUID | None = None
        self._sections: tuple[SectionRead, ...] = ()

    @classmethod
    def open(cls, *, name: str, digest: str, layout: str, by: Told) -> SourceFile:
        """An import of this file begins. `digest` is the SHA-256 of its bytes in hex."""
        return cls._create(
            facts.FileOpened, id=cls.create_id(digest), name=name, digest=digest, layout=layout, **told(by)
        )

    def close(
        self,
        *,
        read_on: date,
        edition: date | None,
        rows: int,
        rejected: int,
        restated: Iterable[UUID],
        last: bool,
        tells: tuple[KnownSpan, ...] | None = None,
        by: Told,
    ) -> None:
        """What the file says is kept; `restated` is what was known before and it says again on that day. `last` says
        that nothing more will be told of this reading; `tells` how far a history document tells of those in it."""
        self.trigger_event(
            facts.FileRead,
            read_on=read_on,
            edition=edition,
            rows=rows,
            rejected=rejected,
            restated=tuple(sorted(restated)),
            last=last,
            tells=tells if last else None,
            **told(by),
        )

    def tell_document(
        self,
        document: KeptDocument,
        sections: tuple[SectionRead, ...],
        *,
        statement: UUID,
        part: int,
        of: int,
        by: Told,
    ) -> None:
        """One part of what was read of the file, which is one of Ofsted's own documents; parts count from 1."""
        self.trigger_event(
            facts.DocumentRead,
            kind=document.kind,
            urn=document.urn,
            statement=statement,
            published=document.published,
            pages=document.pages,
            part=part,
            last=part == of,
            places=document.places if part == 1 else (),
            sections=sections,
            looked_through=document.looked_through or None,
            **told(by),
        )

    def has_told(self, document: KeptDocument, statement: UUID) -> bool:
        """Whether the newest reading of the file gave the same."""
        sections = tuple(section for part in in_parts(document.sections) for section in part)
        return self.document_says == statement and self.document == replace(document, sections=sections)

    @property
    def finished(self) -> bool:
        return self.read_on is not None

    def has_said(self, read_on: date, *, dated: bool) -> bool:
        """Whether reading the same bytes again tells nothing: they were read to their end, and nothing but the calendar
        (`dated`) says that the source still said so on a later day."""
        return self.read_on is not None and (not dated or read_on <= self.read_on)

    @singledispatchmethod
    def apply(self, fact: facts.Fact) -> None:
        raise TypeError(f"A file does not know the fact {type(fact).__name__}.")

    @apply.register
    def _(self, fact: facts.FileOpened) -> None:
        """Its words were taken when the file's stream began."""

    @apply.register
    def _(self, fact: facts.FileRead) -> None:
        if fact.last:
            self.read_on = max(fact.read_on, self.read_on or fact.read_on)
        self.edition = fact.edition or self.edition

    @apply.register
    def _(self, fact: facts.DocumentRead) -> None:
        if fact.part == 1:
            self._sections = ()
            self.document = KeptDocument(
                fact.kind, fact.urn, fact.published, fact.pages, fact.places, (), bool(fact.looked_through)
            )
        self._sections += fact.sections
        if fact.last and self.document is not None:
            self.document = replace(self.document, sections=self._sections)
            self.document_says = fact.statement
