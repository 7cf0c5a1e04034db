"""What did focused visits look at, everywhere?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.rulebook.themes.topics import filed_under
from domain.values.activities import Activity, AuthorityFacts
from domain.values.statements import Kind
from projections.engine.answers import Moment
from projections.engine.reader import Reader, seen_on


@dataclass(frozen=True)
class FocusedVisitRow:
    """A focused visit with the codes under which it is filed: of topics, or of why it has none."""

    authority: AuthorityFacts
    visit: Activity
    filed: tuple[str, ...]


@dataclass(frozen=True)
class FocusedVisitsAnswer:
    moment: Moment
    rows: tuple[FocusedVisitRow, ...]


def focused_visits(reader: Reader, *, as_at: date, known_at: datetime | None = None) -> FocusedVisitsAnswer:
    """Every focused visit that had begun, the newest first; withdrawn ones and those that cannot be right left out."""
    return _of_kind(reader, Kind.FOCUSED_VISIT, as_at, known_at)


def joint_inspections(reader: Reader, *, as_at: date, known_at: datetime | None = None) -> FocusedVisitsAnswer:
    """The same of joint targeted area inspections, which are filed under no topic."""
    return _of_kind(reader, Kind.JTAI, as_at, known_at)


def _of_kind(reader: Reader, kind: Kind, as_at: date, known_at: datetime | None) -> FocusedVisitsAnswer:
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        authorities = reader.facts_on(connection, as_at, moment.position)
        held = reader.versions(connection, moment)
    rows = [
        FocusedVisitRow(authorities[urn], visit, filed_under(visit) if kind is Kind.FOCUSED_VISIT else ())
        for urn, versions in held.items()
        for visit in seen_on((one for one in versions if one.activity.kind is kind), as_at)
        if visit.counts and not visit.only_called
    ]
    rows.sort(key=lambda row: (-row.visit.true_on.toordinal(), row.authority.name, row.visit.id))
    return FocusedVisitsAnswer(moment, tuple(rows))
