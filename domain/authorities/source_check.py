"""That somebody looked at the sources of a kind of activity and found nothing more: one stream for each look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from eventsourcing.domain import Aggregate

from domain import facts
from domain.facts import Told, told
from domain.handler import Outcome, carry_out
from domain.ledger.store import Ledger
from domain.values.days import london_day
from domain.values.errors import RuleBroken
from domain.values.known_until import KnownKind
from domain.values.roles import Listed
from domain.values.words import in_words

CHECKS = UUID("5f1e7c5a-9d0b-5c3e-8a41-2b7d60c4e9f3")


class SourceCheck(Aggregate):
    """Begun, and ended, by what was found."""

    @staticmethod
    def create_id(command: UUID) -> UUID:
        return uuid5(CHECKS, command.hex)

    def __init__(
        self, checked: str, kinds: tuple[KnownKind, ...], checked_on: date, urn: str | None, urns: tuple[str, ...] = ()
    ) -> None:
        self.checked, self.kinds, self.checked_on, self.urn, self.urns = checked, kinds, checked_on, urn, urns

    @classmethod
    def record(
        cls,
        *,
        checked: str,
        kinds: tuple[KnownKind, ...],
        checked_on: date,
        urn: str | None,
        urns: tuple[str, ...] = (),
        by: Told,
    ) -> SourceCheck:
        """All activities of these kinds that were public by a day (inclusive) are held, of one authority, of all, or of
        those in `urns` alone."""
        return cls._create(
            facts.SourcesChecked,
            id=cls.create_id(by.command),
            checked=checked,
            kinds=kinds,
            checked_on=checked_on,
            urn=urn,
            urns=urns,
            **told(by),
        )

    def apply(self, fact: facts.Fact) -> None:
        """Its words were taken when its stream began."""
        if not isinstance(fact, facts.SourcesChecked):
            raise TypeError(f"A look at sources does not know the fact {type(fact).__name__}.")


def must_be_allowed_to_check(person: Listed | None, urn: str | None) -> None:
    """Raises RuleBroken where somebody on the roll may not say that all is held, of an authority or (None) of all."""
    if person is not None and not (person.may_import() if urn is None else person.may_record(urn)):
        raise RuleBroken("Only an officer for the authority can say that all of its visits are held.")


def checked_once(
    ledger: Ledger,
    *,
    checked: str,
    kinds: Sequence[KnownKind],
    checked_on: date,
    urn: str | None,
    urns: Sequence[str] = (),
    by: Told,
) -> Outcome:
    """Keep what was checked, once however often it is sent. Raises RuleBroken for a day in the future."""
    if checked_on > london_day(by.at):
        raise RuleBroken(f"Nobody can have looked on {in_words(checked_on)}, which lies in the future.")

    def attempt() -> list[SourceCheck]:
        return [
            SourceCheck.record(
                checked=checked, kinds=tuple(kinds), checked_on=checked_on, urn=urn, urns=tuple(urns), by=by
            )
        ]

    return carry_out(ledger, by.command, attempt, what="what was checked")
