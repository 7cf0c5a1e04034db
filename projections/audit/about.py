"""Which entries the corrections, withdrawals and rulings of the trail are about, as they were held just before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, select

from domain.facts import (
    DateCorrected,
    DisagreementSettled,
    EntriesRecognisedAsDistinct,
    EntriesRecognisedAsOne,
    EntryWithdrawn,
    FindingsCompared,
    JudgementCorrected,
    SourceStated,
)
from domain.values.activities import Activity
from projections.engine import tables as t
from projections.engine.json_codec import decode, reader

ABOUT_ENTRIES = (
    JudgementCorrected,
    DateCorrected,
    EntryWithdrawn,
    DisagreementSettled,
    EntriesRecognisedAsOne,
    EntriesRecognisedAsDistinct,
    FindingsCompared,
)
"""Facts that speak of an entry without saying what it is."""

IDS_AT_ONCE = 500


def named(fact: Any) -> tuple[UUID, ...]:
    """The entries or statements that a fact names, each once. A statement's id leads to its entry."""
    if isinstance(fact, SourceStated):
        return (fact.about or fact.statement,)
    found = (getattr(fact, name, None) for name in ("activity", "one", "other"))
    return tuple(dict.fromkeys(one for one in found if isinstance(one, UUID)))


def entries_about(
    connection: Connection, rows: Sequence[Any], facts: Mapping[int, Any]
) -> dict[int, tuple[Activity, ...]]:
    """By position, the entries that facts of `ABOUT_ENTRIES` are about, each as it was held when the fact was told."""
    asked = {row.position: row for row in rows if isinstance(facts[row.position], ABOUT_ENTRIES)}
    if not asked:
        return {}
    ids = list(dict.fromkeys(one for at in asked for one in named(facts[at])))
    versions: dict[UUID, list[Any]] = {}
    for first in range(0, len(ids), IDS_AT_ONCE):
        for version in connection.execute(_SPANS.where(_ENTRY.entry_id.in_(ids[first : first + IDS_AT_ONCE]))):
            versions.setdefault(version.entry_id, []).append(version)
    chosen: dict[int, list[int]] = {at: [] for at in asked}
    unmet: dict[int, list[UUID]] = {}
    for at in asked:
        for one in named(facts[at]):
            of = (held for held in versions.get(one, ()) if held.urn == asked[at].urn)
            then = [held for held in of if held.known_from < at <= held.known_to]
            if then:
                chosen[at].append(then[0].row)
            else:
                unmet.setdefault(at, []).append(one)
    if unmet:
        _of_statements(connection, {at: (asked[at].urn, names) for at, names in unmet.items()}, versions, chosen)
    bodies = _bodies(connection, list({row for rows in chosen.values() for row in rows}))
    return {at: tuple(bodies[row] for row in dict.fromkeys(rows)) for at, rows in chosen.items()}


_ENTRY = t.entry.c
_SPANS = select(_ENTRY.row, _ENTRY.entry_id, _ENTRY.urn, _ENTRY.known_from, _ENTRY.known_to).order_by(_ENTRY.row)

NOT_TOLD = frozenset({"statements", "sources", "corrections", "disagreements", "doubts"})
"""What is not read of an entry: the longest part of it, and in no sentence."""


def _bodies(connection: Connection, rows: Sequence[int]) -> dict[int, Activity]:
    found: dict[int, Activity] = {}
    for first in range(0, len(rows), IDS_AT_ONCE):
        asked = select(_ENTRY.row, _ENTRY.body).where(_ENTRY.row.in_(rows[first : first + IDS_AT_ONCE]))
        for version in connection.execute(asked):
            stated = orjson.loads(version.body)
            found[version.row] = reader(Activity)({name: of for name, of in stated.items() if name not in NOT_TOLD})
    return found


def _of_statements(
    connection: Connection,
    unmet: Mapping[int, tuple[str | None, list[UUID]]],
    versions: Mapping[UUID, Sequence[Any]],
    chosen: Mapping[int, list[int]],
) -> None:
    """Choose the entries that statements were part of, read together for all; else the first versions that came of
    the same command."""
    asked = _SPANS.add_columns(_ENTRY.body).where(
        _ENTRY.urn.in_({urn for urn, _ in unmet.values() if urn is not None}),
        _ENTRY.known_from < max(unmet),
        _ENTRY.known_to >= min(unmet),
    )
    held = [(one, frozenset(decode(Activity, one.body).statements)) for one in connection.execute(asked)]
    for at, (urn, names) in unmet.items():
        for name in names:
            told = [one for one, of in held if one.urn == urn and one.known_from < at <= one.known_to and name in of]
            told = told or [one for one in versions.get(name, ()) if one.urn == urn and one.known_from >= at]
            chosen[at].extend(one.row for one in told[:1])
