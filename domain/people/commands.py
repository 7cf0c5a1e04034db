"""Commands about people: who is on the roll, with which roles. Each acts once however often it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import UUID, uuid5

from domain.facts import OF_PEOPLE, Fact, PersonFact, Told, facts_of, names_of
from domain.handler import Outcome, carry_out
from domain.ledger.store import Ledger
from domain.people.roll import ROLL, Roll
from domain.register.register import REGISTER
from domain.values.authority_keys import stream_of
from domain.values.errors import CommandAlreadyDone, ConcurrentChange, RuleBroken
from domain.values.roles import Listed, Role

OF_THE_ROLL = names_of(OF_PEOPLE)
"""Stored names of all that changes the roll."""

OF_SOMEBODY = names_of(facts_of(PersonFact))
"""Stored names of what happens to one person: all but that the roll began."""


class PeopleCommands:
    """Keeps the roll. Every method raises RuleBroken, in words safe to show, where the change is refused."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._roll: tuple[int, Roll | None] = (-1, None)

    def roll(self) -> Roll | None:
        """Who may do what, as of now; None where nobody was ever put on the roll. It is shared: do not change it."""
        upto = self._ledger.max_position()
        read_to, roll = self._roll
        if read_to != upto:
            if roll is None or upto < read_to or self._changed_since(read_to):
                roll = self._ledger.load(Roll, ROLL)
            self._roll = (upto, roll)
        return roll

    def _changed_since(self, position: int) -> bool:
        """Whether anything was told of the roll after a position."""
        return any(True for _ in self._ledger.read_facts(position + 1, limit=1, names=OF_THE_ROLL))

    def listed(self, person: UUID) -> Listed | None:
        """A person as of now; None where they are not on the roll."""
        roll = self.roll()
        return None if roll is None else roll.listed.get(person)

    def teller(self, by: Told) -> Listed | None:
        """Who tells, as of now; None for an actor that is not on the roll: it is the machine's own."""
        try:
            return self.listed(UUID(by.actor))
        except ValueError:
            return None

    def told_of_people(self) -> Iterator[tuple[int, Fact]]:
        """Every change of who is on the roll with its position, the oldest first."""
        return self._ledger.read_facts(names=OF_SOMEBODY)

    def register_person(self, person: UUID, *, by: Told) -> Outcome:
        """Put a new person on the roll; their name is kept elsewhere."""
        return self._on_the_roll(by, lambda roll: roll.register(person, by=by))

    def grant_role(
        self, person: UUID, *, role: Role, authorities: Sequence[str] = (), national: bool = False, by: Told
    ) -> Outcome:
        """Give a role; an administrator's may wait for a second administrator."""
        if strange := sorted(urn for urn in set(authorities) if not self._is_known(urn)):
            raise RuleBroken(f"The register knows no authority with the number {strange[0]}.")
        return self._on_the_roll(
            by,
            lambda roll: roll.grant(person, role=role, authorities=authorities, national=national, by=by),
        )

    def _is_known(self, urn: str) -> bool:
        """Whether the register knows an authority, or its history was begun since."""
        return urn in REGISTER or any(True for _ in self._ledger.events.get(stream_of(urn), lte=1))

    def withdraw_role(self, person: UUID, *, role: Role, by: Told) -> Outcome:
        """Take a role back."""
        return self._on_the_roll(by, lambda roll: roll.withdraw(person, role=role, by=by))

    def disable_person(self, person: UUID, *, by: Told) -> Outcome:
        """Shut a person out."""
        return self._on_the_roll(by, lambda roll: roll.disable(person, by=by))

    def reinstate_person(self, person: UUID, *, by: Told) -> Outcome:
        """Let a person in again."""
        return self._on_the_roll(by, lambda roll: roll.reinstate(person, by=by))

    def _on_the_roll(self, by: Told, decide: Callable[[Roll], None]) -> Outcome:
        def attempt() -> list[Roll]:
            roll = self._ledger.load(Roll, ROLL) or self._begin(by)
            decide(roll)
            return [roll]

        return carry_out(self._ledger, by.command, attempt, what="the roll")

    def _begin(self, by: Told) -> Roll:
        command = uuid5(by.command, "the roll begins")
        with suppress(CommandAlreadyDone, ConcurrentChange):
            self._ledger.save(Roll.begin(replace(by, command=command)), command=command)
        roll = self._ledger.load(Roll, ROLL)
        assert roll is not None
        return roll
