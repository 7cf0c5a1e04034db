"""Who looked at the sources, and found nothing that is not held (R-105)."""

from __future__ import annotations

from sqlalchemy import or_, select

from domain.facts import SourcesChecked, stored_name
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.log import ReadableLedger
from projections.engine.reader import Reader

_EVENT = t.audit_event.c


def checks_of(reader: Reader, ledger: ReadableLedger, urn: str, moment: Moment) -> tuple[SourcesChecked, ...]:
    """What was said, by a moment, of the sources of one authority or of every one, the newest day first."""
    asked = select(_EVENT.position).where(
        _EVENT.name == stored_name(SourcesChecked),
        or_(_EVENT.urn == urn, _EVENT.urn.is_(None)),
        _EVENT.position <= moment.position,
    )
    with reader.connect() as connection:
        positions = connection.scalars(asked).all()
    found = ledger.facts_at(positions).values() if positions else ()
    checks = [one for one in found if isinstance(one, SourcesChecked) and (not one.urns or urn in one.urns)]
    return tuple(sorted(checks, key=lambda fact: (fact.checked_on, fact.timestamp), reverse=True))
