"""All authorities: where does each stand?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from domain.rulebook.announced_expectations.visits import visits_called
from domain.rulebook.expectations import situation, standing_in, worked
from domain.rulebook.other_inspections.area_send import area_send_expected, is_monitoring
from domain.rulebook.other_inspections.close_together import lately_held
from domain.values.activities import Activity
from domain.values.statements import Kind
from projections.engine.answers import RegisterAnswer, RegisterRow
from projections.engine.reader import Reader, seen_on


def register(
    reader: Reader,
    *,
    as_at: date,
    known_at: datetime | None = None,
    include_abolished: bool = False,
    with_expectations: bool = False,
) -> RegisterAnswer:
    """Every authority that existed on the day, in order of name; on request those abolished by then as well.

    Disagreements that an officer settled or corrected, or about entries withdrawn, are not counted; nor are questions
    that an officer answered."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        identities = reader.identities(connection, moment.position)
        versions = reader.versions(connection, moment)
        known = reader.known_until(connection, moment.position, identities)
    rows = []
    for identity in identities:
        if not identity.existed_on(as_at) and not (include_abolished and identity.abolished_by(as_at)):
            continue
        authority = identity.on(as_at)
        held = versions.get(identity.urn, ())
        now = situation(
            [version.activity for version in held],
            authority=authority,
            on=as_at,
            holidays=reader.holidays,
            policy=reader.policy,
            known_until=known[identity.urn],
        )
        stands = standing_in(now, tuple(worked(now)) if with_expectations else ())
        called = () if now.abolished else tuple(one.expectation for one in visits_called(now))
        disputes = seen_on((version for version in held if version.activity.disagreements), as_at)
        doubted = seen_on((version for version in held if version.activity.doubts), as_at)
        disputed = sum(not one.ruled_on for activity in disputes for one in activity.disagreements)
        others = [version.activity for version in held if version.activity.kind.by_others]
        there = others and not authority.ended_by(as_at)
        expected = area_send_expected(others, as_at, known[identity.urn]) if there else ()
        rows.append(
            RegisterRow(
                authority,
                stands,
                disputed,
                sum(len(one.doubts) for one in doubted),
                latest_reported(others, as_at),
                tuple(one.expectation for one in expected),
                called,
                tuple(lately_held(now, {one.about for one in called})),
            )
        )
    return RegisterAnswer(moment, tuple(sorted(rows, key=lambda row: (row.authority.name, row.authority.urn))))


def latest_reported(others: Sequence[Activity], as_at: date) -> tuple[Activity, ...]:
    """The latest of each kind whose report was public by the day, or whose outcome is held; monitoring inspections of
    area SEND give no outcome."""
    found: dict[Kind, Activity] = {}
    for one in sorted(others, key=lambda one: one.true_on):
        if one.counts and one.public_on <= as_at and not is_monitoring(one):
            seen = one.as_seen_on(as_at)
            if seen is not None and (seen.published or seen.outcome or seen.ratings or not seen.kind.on_site):
                found[one.kind] = seen
    return tuple(found.values())
