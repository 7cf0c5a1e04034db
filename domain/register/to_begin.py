"""Authorities that a document lets begin, known to no register yet, and the numbers given later to such."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.register.register import Registered
from domain.values.activities import AuthorityFacts


@dataclass(frozen=True)
class ToBegin:
    """One that is to begin on a day in place of others, by its key and its name. `predecessors` are their keys."""

    key: str
    name: str
    predecessors: tuple[str, ...]
    begins_on: date

    @property
    def registered(self) -> Registered:
        """It as a row of a register."""
        facts = AuthorityFacts(self.key, self.name, formed_on=self.begins_on, predecessors=self.predecessors)
        return Registered(facts, (), ())


@dataclass(frozen=True)
class NumberGiven:
    """A number or code of an authority that began without one, by its key, from `on` (inclusive). `scheme` is `urn`,
    `la_number` or `gss_code`."""

    urn: str
    scheme: str
    number: str
    on: date
