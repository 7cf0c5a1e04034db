"""Whom does an authority follow, and who follows it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.rulebook.succession.successions import known_on
from domain.values.activities import AuthorityFacts
from projections.engine.answers import Moment
from projections.engine.reader import Reader


@dataclass(frozen=True)
class Neighbour:
    """One before or after an authority: its key, its name, the day on which services pass, and whether there is a page
    of it."""

    urn: str
    name: str
    on: date
    known: bool = True


@dataclass(frozen=True)
class SuccessionAnswer:
    """`there`: it exists on the day asked. `never`: it was only to begin by what was taken back, on `taken_back_on`.
    `entry`, `known_from` and `order` are of the announcement that ends it, None where it ended without one."""

    moment: Moment
    authority: AuthorityFacts
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]
    there: bool
    never: bool = False
    taken_back_on: date | None = None
    entry: UUID | None = None
    known_from: date | None = None
    order: str | None = None

    @property
    def begins(self) -> bool:
        """It is still to begin on the day asked."""
        formed = self.authority.formed_on
        return not self.never and formed is not None and formed > self.moment.as_at


def succession_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> SuccessionAnswer:
    """Both directions, as known on a day. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        who = reader.identity(connection, urn, moment.position)
        names = {one.urn: one.name_on(as_at) for one in reader.identities(connection, moment.position)}
    authority, lineage = who.on(as_at), who.lineage
    begins, ends = lineage.begins(urn, as_at), lineage.ends(urn, as_at)
    days = {one.predecessor: one.on for one in lineage.came_from(urn, as_at)}
    told = next((one for one in who.marks if one.urn == urn and known_on([one], as_at)), None)
    return SuccessionAnswer(
        moment=moment,
        authority=authority,
        before=tuple(
            Neighbour(key, names.get(key, key), day, key in names)
            for key in authority.predecessors
            if (day := days.get(key) or authority.formed_on) is not None
        ),
        after=tuple(
            Neighbour(key, name, ends.on, key in names)
            for key, name in zip(authority.successors, authority.successor_names, strict=False)
            if ends is not None
        ),
        there=lineage.exists_on(urn, as_at),
        never=begins.never,
        taken_back_on=begins.taken_back_on,
        entry=told.entry if told is not None else None,
        known_from=told.known_from if told is not None else None,
        order=told.order if told is not None else None,
    )
