"""Which entries the corrections, withdrawals and rulings of the trail are about, as they were held just before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from domain import events
from domain.activities import Activity
from projections import tables as t
from projections.bodies import decode

ABOUT_ENTRIES = (
    events.JudgementCorrected,
    events.DateCorrected,
    events.EntryWithdrawn,
    events.DisagreementSettled,
    events.EntriesRecognisedAsOne,
    events.EntriesRecognisedAsDistinct,
)
"""Facts that speak of an entry without saying what it is."""

IDS_AT_ONCE = 500


def named(fact: Any) -> tuple[UUID, ...]:
    """The entries or statements that a fact names, each once. A statement's id leads to its entry."""
    if isinstance(fact, events.SourceStated):
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
        for version in connection.execute(_VERSIONS.where(t.entry.c.entry_id.in_(ids[first : first + IDS_AT_ONCE]))):
            versions.setdefault(version.entry_id, []).append(version)
    found: dict[int, dict[UUID, Activity]] = {at: {} for at in asked}
    unmet: dict[int, list[UUID]] = {}
    for at in asked:
        for one in named(facts[at]):
            then = [held for held in versions.get(one, ()) if held.known_from < at <= held.known_to]
            if not then:
                unmet.setdefault(at, []).append(one)
            else:
                found[at][one] = decode(Activity, then[0].body)
    if unmet:
        held = _held_before(connection, {at: asked[at].urn for at in unmet})
        for at, names in unmet.items():
            for one in names:
                for activity in _of_statement(one, held[at], versions.get(one, ()), at):
                    found[at].setdefault(activity.id, activity)
    return {at: tuple(of.values()) for at, of in found.items()}


_ENTRY = t.entry.c
_VERSIONS = select(_ENTRY.entry_id, _ENTRY.urn, _ENTRY.known_from, _ENTRY.known_to, _ENTRY.body).order_by(_ENTRY.row)


def _held_before(connection: Connection, urns: Mapping[int, str | None]) -> dict[int, list[Activity]]:
    """By position, what was held of an authority just before it: read together for all."""
    asked = _VERSIONS.where(
        _ENTRY.urn.in_({urn for urn in urns.values() if urn is not None}),
        _ENTRY.known_from < max(urns),
        _ENTRY.known_to >= min(urns),
    )
    versions = connection.execute(asked).all()
    return {
        at: [decode(Activity, one.body) for one in versions if one.urn == urn and one.known_from < at <= one.known_to]
        for at, urn in urns.items()
    }


def _of_statement(name: UUID, held: Sequence[Activity], versions: Sequence[Any], position: int) -> Iterator[Activity]:
    """The entry that a statement was part of; else the first version that came of the same command."""
    for activity in held:
        if name in activity.statements:
            yield activity
            return
    for version in versions:
        if version.known_from >= position:
            yield decode(Activity, version.body)
            return
