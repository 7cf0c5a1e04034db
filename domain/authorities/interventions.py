"""What the government does beside Ofsted's pathway, and who runs the services (R-048, R-071)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler, Done
from domain.facts import Told
from domain.values.errors import RuleBroken
from domain.values.statements import Kind
from domain.values.words import in_words


class InterventionCommands:
    """As `AuthorityCommands`: each acts once however often it is sent, and raises RuleBroken where it is refused."""

    def __init__(self, histories: AuthorityHandler) -> None:
        self._histories = histories

    def start_trust(self, urn: str, *, name: str, started_on: date, by: Told) -> Done:
        """A children's trust began to run services; the council stays the one inspected."""
        return self._histories.decide(
            urn, by, lambda known, new: known.start_trust(new, name=name, started_on=started_on, by=by)
        )

    def end_trust(self, urn: str, *, ended_on: date, by: Told) -> Done:
        """A children's trust ran services for the last time on a day (inclusive)."""
        return self._histories.decide(urn, by, lambda known, new: end_trust(known, new, ended_on=ended_on, by=by))

    def intervene(self, urn: str, *, kind: Kind, on: date, by: Told) -> Done:
        """An improvement notice, a statutory direction, a commissioner, or the end of one."""
        return self._histories.decide(urn, by, lambda known, new: known.intervene(new, kind=kind, on=on, by=by))


def end_trust(known: Authority, activity: UUID, *, ended_on: date, by: Told) -> None:
    """Raises RuleBroken where no trust had begun by that day, or the one that had ended before."""
    known.on_or_in(Kind.TRUST_END, ended_on, None, by)
    of_trusts = [one for one in known.activities if one.kind in (Kind.TRUST_START, Kind.TRUST_END) and one.counts]
    before = max((one for one in of_trusts if one.true_on <= ended_on), key=lambda one: one.true_on, default=None)
    if before is None:
        raise RuleBroken("No children’s trust is recorded that had begun by then. Record first when it began.")
    if before.kind is Kind.TRUST_END:
        raise RuleBroken(f"The trust ended on {in_words(before.true_on)} already. Withdraw that first if it is wrong.")
    known.tell(facts.TrustEnded, by, activity=activity, ended_on=ended_on)
