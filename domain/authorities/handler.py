"""Load, decide, save: the steps that every command shares."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from domain.authorities.authority import Authority
from domain.facts import AuthorityRecoded, AuthorityRenamed, FileRead, Told, names_of, stored_name
from domain.handler import carry_out
from domain.ledger.store import Ledger
from domain.register.register import REGISTER, plain_name
from domain.values.authority_keys import key_of
from domain.values.errors import NotFound

FILE_READ = stored_name(FileRead)
"""Stored name of the fact that lists what a file re-states."""

CALLED_ANEW = names_of((AuthorityRecoded, AuthorityRenamed))
"""Stored names of the facts by which an authority takes another name, number or code."""


@dataclass(frozen=True)
class Done:
    """A command was carried out, now or when it was first sent. `position` is its last event's place in the log;
    `activity` the entry it made or changed."""

    activity: UUID
    position: int
    repeated: bool = False


class AuthorityHandler:
    """Loads authorities and carries out what is decided of them."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._restated: dict[UUID, tuple[date, date | None]] = {}
        self._restated_to = 0

    def authority(self, urn: str) -> Authority:
        """An authority as of now, with the newest day on which each statement was read.

        Raises NotFound where its history was never begun."""
        authority = self.ledger.load(Authority, Authority.create_id(urn))
        if authority is None:
            raise NotFound(f"The register knows no authority with the number {urn}.")
        self._follow_files()
        for statement in list(authority.dossier.statements):
            if statement in self._restated:
                read_on, edition = self._restated[statement]
                authority.restate(statement, read_on=read_on, edition=edition)
        return authority

    def other_known_by(self, urn: str, called: str) -> str | None:
        """The name of another authority that goes by a number, code or name: of the register, or begun, named or given
        it here since. None where it is free."""
        with suppress(NotFound):
            found = REGISTER.find(called)
            if found != urn:
                return REGISTER[found].facts.name
        bearers = {Authority.create_id(called), Authority.create_id(key_of(called))}
        newest: dict[tuple[UUID, str], str] = {}
        for _, fact in self.ledger.read_facts(names=CALLED_ANEW):
            if isinstance(fact, AuthorityRecoded):
                newest[fact.originator_id, fact.scheme] = fact.now
            elif isinstance(fact, AuthorityRenamed):
                newest[fact.originator_id, "name"] = fact.name
        bearers |= {bearer for (bearer, _), now in newest.items() if plain_name(now) == plain_name(called)}
        bearers.discard(Authority.create_id(urn))
        others = (self.ledger.load(Authority, bearer) for bearer in bearers)
        return next((other.name for other in others if other is not None), None)

    def _follow_files(self) -> None:
        """Files live in streams of their own; what they re-state is remembered here as far as the log has come."""
        upto = self.ledger.max_position()
        if upto == self._restated_to:
            return
        for _, fact in self.ledger.read_facts(self._restated_to + 1, names=(FILE_READ,)):
            assert isinstance(fact, FileRead)
            for statement in fact.restated:
                read_on, edition = self._restated.get(statement, (fact.read_on, fact.edition))
                editions = [known for known in (edition, fact.edition) if known is not None]
                self._restated[statement] = (max(read_on, fact.read_on), max(editions, default=None))
        self._restated_to = upto

    def change(
        self, urn: str, activity: UUID, by: Told, decide: Callable[[Authority], None], *, seen: str | None = None
    ) -> Done:
        """Carry out a command about an entry that is there already and, where `seen` is given, has that mark still."""

        def decide_as_seen(known: Authority, _: UUID) -> None:
            if seen is not None:
                known.must_be_as_seen(activity, seen, by)
            decide(known)

        return self.decide(urn, by, decide_as_seen, activity=activity)

    def decide(
        self, urn: str, by: Told, decide: Callable[[Authority, UUID], None], *, activity: UUID | None = None
    ) -> Done:
        """Carry a command out once: a repeated one is answered as the first time; a lost race is decided anew."""
        about = activity or uuid5(by.command, "activity")

        def attempt() -> list[Authority]:
            authority = self.authority(urn)
            decide(authority, about)
            return [authority]

        return Done(about, *carry_out(self.ledger, by.command, attempt, what="the same authority"))
