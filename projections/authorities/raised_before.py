"""Was it raised before? Of a finding, the nearest ones of the same authority's earlier reports and letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from heapq import nlargest
from uuid import UUID

from sqlalchemy import select

from projections.authorities.likeness import ALIKE_FROM, likeness
from projections.engine import tables as t
from projections.engine.answers import EarlierFinding, FindingRow
from projections.engine.reader import Reader

MOST = 2
"""So many suggestions at most are made for a finding; what officers said comes beside them."""

Named = tuple[UUID, bool, int]
"""A finding: its entry, whether it is for priority action, and its number there."""

Said = Mapping[tuple[str, str, str], tuple[bool, str | None]]
"""What officers said of two findings, by authority and the words of the later and the earlier one."""


def raised_before(
    reader: Reader,
    rows: Iterable[FindingRow],
    among: Iterable[FindingRow],
    *,
    as_at: date,
    known_at: datetime | None = None,
) -> Mapping[Named, tuple[EarlierFinding, ...]]:
    """Of each finding, those of earlier reports and letters that may be, or are, about the same matter.

    What an officer said comes first, confirmed before refused; then the likeliest, at most two, each from the line of
    `projections.authorities.likeness` on. `among` are all findings of the same authorities by then."""
    rows = list(rows)
    by_urn: dict[str, list[FindingRow]] = {row.authority.urn: [] for row in rows}
    for row in among:
        if row.authority.urn in by_urn:
            by_urn[row.authority.urn].append(row)
    said = _said(reader, list(by_urn), as_at, known_at)
    return {named(row): _earlier(row, by_urn[row.authority.urn], said) for row in rows}


def named(row: FindingRow) -> Named:
    return (row.activity, row.priority, row.number)


def _earlier(row: FindingRow, others: Sequence[FindingRow], said: Said) -> tuple[EarlierFinding, ...]:
    ruled, open_ = [], []
    for other in others:
        if other.found_on >= row.found_on or other.activity == row.activity:
            continue
        alike = likeness(row.text, other.text)
        verdict = said.get((row.authority.urn, row.text, other.text))
        if verdict is not None:
            ruled.append(EarlierFinding(other, alike, *verdict))
        elif alike >= ALIKE_FROM:
            open_.append(EarlierFinding(other, alike))
    ruled.sort(key=lambda one: (not one.same, -one.finding.found_on.toordinal()))
    return (*ruled, *nlargest(MOST, open_, key=lambda one: (one.likeness, one.finding.found_on)))


def _said(reader: Reader, urns: Sequence[str], as_at: date, known_at: datetime | None) -> Said:
    of = t.comparison.c
    asked = select(of.urn, of.text, of.earlier_text, of.same, of.reason).order_by(of.position)
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        found = connection.execute(asked.where(of.position <= moment.position, of.urn.in_(urns)))
        return {(row.urn, row.text, row.earlier_text): (row.same, row.reason) for row in found}
