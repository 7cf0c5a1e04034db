"""When an authority ends or ended, and who follows it: as recorded, or as announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler
from domain.authorities.succeeding import standing_succession
from domain.authorities.successions import found_as
from domain.facts import stored_name

ENDED = (stored_name(facts.AuthorityAbolished), stored_name(facts.AuthoritySucceeded))


@dataclass(frozen=True)
class Followed:
    """The first day on which an authority no longer exists, and those that follow it, by their keys."""

    ends_on: date
    successors: tuple[str, ...]


def followed(authorities: AuthorityHandler, urn: str, on: date) -> Followed | None:
    """What is known of an authority's end on a day, as recorded or else as announced; None while nothing is. Raises
    NotFound."""
    authority = authorities.authority(urn)
    if authority.abolished_on is None:
        announced = standing_succession(authority, on)
        if announced is None:
            return None
        return Followed(announced.ends_on, tuple(map(found_as, announced.successors)))
    stream = Authority.create_id(urn)
    told = (fact for _, fact in authorities.ledger.read_facts(names=ENDED) if fact.originator_id == stream)
    successors = [fact.successors for fact in told if isinstance(fact, facts.AuthoritySucceeded)]
    return Followed(authority.abolished_on, successors[-1] if successors else ())
