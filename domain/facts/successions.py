"""What is told of authorities that end or begin, and of what passes from one to the other (R-070 to R-074)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.facts.authority_base import AuthorityFact, EntryFact


class SuccessionAnnounced(EntryFact, name="succession.announced"):
    """An order, or a minister's statement, says that the authority ends and who follows it (R-072).

    `ends_on` is the vesting day, the first on which it no longer exists; `successors` are URNs or, where one has no
    number yet, names; `order` is the title, and perhaps the address, of the order; `announced_on` the day from which
    it is known."""

    ends_on: date
    successors: tuple[str, ...]
    order: str | None
    announced_on: date


class SuccessionCancelled(EntryFact, name="succession.cancelled"):
    """What was announced will not come; the authority goes on."""

    cancelled_on: date


class DutiesHandedOver(AuthorityFact, name="duties.handed_over"):
    """An officer passed what was open on to a successor (R-074): plans, scrutiny meetings and members' questions by
    their ids, and the people whose roles went with them.

    `instead_of` is the successor that had it by mistake, where an approver put that right: told of the authority that
    ended, and of that successor, which gives it on."""

    successor: str
    handed_on: date
    plans: tuple[UUID, ...]
    meetings: tuple[UUID, ...]
    questions: tuple[UUID, ...]
    people: tuple[str, ...]
    instead_of: str | None = None


class DutiesTakenOver(AuthorityFact, name="duties.taken_over"):
    """The same, told of the successor."""

    predecessor: str
    handed_on: date
    plans: tuple[UUID, ...]
    meetings: tuple[UUID, ...]
    questions: tuple[UUID, ...]
    people: tuple[str, ...]
    instead_of: str | None = None
