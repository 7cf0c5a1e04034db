"""Ofsted's own documents as they were read: the paragraphs of each, kept to be searched."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, select, update

from domain import facts
from domain.facts import OF_AUTHORITIES, OF_MEETINGS, OF_PEOPLE, OF_PLANS, OF_QUESTIONS, Fact
from projections.authorities.finding_words import kept_words
from projections.engine import tables as t
from projections.engine.database import insert
from projections.engine.log import Command, ReadableLedger
from projections.engine.projector import Projection
from projections.engine.tables import FOREVER, Shelf

HANDLES: frozenset[type[Fact]] = frozenset({facts.DocumentRead})

IGNORES: frozenset[type[Fact]] = (
    OF_AUTHORITIES
    | OF_PEOPLE
    | OF_PLANS
    | OF_QUESTIONS
    | OF_MEETINGS
    | {
        facts.FileOpened,
        facts.FileRead,
        facts.PlanConventionsChosen,
        facts.SigningKeyReplaced,
        facts.SourcesChecked,
    }
)


class Documents:
    """The writer of the `documents` projection."""

    def __init__(self, ledger: ReadableLedger, shelf: Shelf) -> None:
        self._shelf = shelf

    def forget(self) -> None:
        """It remembers nothing."""

    def keep(self, connection: Connection, commands: Iterable[Command]) -> None:
        """Write what commands change. Raises TypeError at a fact of a kind not known here."""
        for command in commands:
            for position, fact in command.facts:
                if isinstance(fact, facts.DocumentRead):
                    self._tell(connection, position, fact)
                elif type(fact) not in IGNORES:
                    raise TypeError(f"The list of documents does not know the fact {type(fact).__name__}.")

    def _tell(self, connection: Connection, position: int, fact: facts.DocumentRead) -> None:
        """A document is known once its last part is told, and no longer once the same file was read again whole."""
        document, paragraph = self._shelf[t.document], self._shelf[t.paragraph]
        self._shelf.make(connection, t.DOCUMENT_BY_STREAM)
        of_file = document.c.originator_id == fact.originator_id
        if fact.part == 1:
            whose = (fact.originator_id.hex, fact.statement.hex, fact.urn, fact.kind.value)
            insert(connection, document, [(position, FOREVER, FOREVER, *whose)])
            row, told = position, 0
        else:
            row = connection.execute(select(func.max(document.c.row)).where(of_file)).scalar_one()
            counted = select(func.count()).select_from(paragraph).where(paragraph.c.document == row)
            told = connection.execute(counted).scalar_one()
        read = ((section, one) for section in fact.sections for one in section.paragraphs)
        insert(
            connection,
            paragraph,
            [
                (
                    row,
                    number,
                    section.heading,
                    section.judgement and section.judgement.value,
                    one.page,
                    one.number,
                    one.text,
                    kept_words(one.text),
                )
                for number, (section, one) in enumerate(read, start=told + 1)
            ],
        )
        if fact.last:
            still = (of_file, document.c.known_from < FOREVER, document.c.known_to == FOREVER)
            connection.execute(update(document).where(*still).values(known_to=position))
            connection.execute(update(document).where(document.c.row == row).values(known_from=position))


DOCUMENTS = Projection(
    "documents",
    2,
    t.documents,
    t.DOCUMENTS_SEEKS,
    Documents,
    handles=HANDLES,
    ignores=IGNORES,
    only=facts.names_of(HANDLES),
)
