"""What can happen to the sources that are looked at: one stream for each look."""

from __future__ import annotations

from datetime import date

from eventsourcing.domain import Aggregate

from domain.facts.base import Fact
from domain.values.known_until import KnownKind


class SourcesChecked(
    Fact, Aggregate.Created, name="sources.checked", aggregate="domain.authorities.source_check:SourceCheck"
):
    """Somebody looked, and there was nothing that is not held here (R-105, R-107).

    `checked` is what was asked for, a kind of activity or a format of files; `kinds` are those of which all that was
    public by `checked_on` (inclusive) is held: of one authority, or, where `urn` is None, of all, or of those in `urns`
    alone, where something of the others waits to be looked at."""

    checked: str
    kinds: tuple[KnownKind, ...]
    checked_on: date
    urn: str | None
    urns: tuple[str, ...] = ()
