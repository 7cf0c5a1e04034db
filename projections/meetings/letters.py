"""Which letters came, on which visit or meeting, and who published them?"""

from __future__ import annotations

from datetime import date, datetime

from domain.values.activities import Activity
from domain.values.statements import Kind
from projections.authorities.timeline import recorded
from projections.engine.reader import Reader
from projections.meetings.answers import LetterRow, LettersAnswer, LetterState

WITH_LETTER = frozenset(
    {Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI, Kind.ENGAGEMENT_MEETING, Kind.ACTION_PLAN_REPLY}
)
"""What ends in a letter, or is one. R-055 says which of them Ofsted publishes."""


def letters(
    reader: Reader, *, urn: str | None = None, public_only: bool, as_at: date, known_at: datetime | None = None
) -> LettersAnswer:
    """The letters on visits and meetings that had begun by a day; `public_only` leaves those that were published.

    Withdrawn entries have none. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = None if urn is None else reader.identity(connection, urn, moment.position).on(as_at)
        held = (
            reader.versions(connection, moment) if urn is None else {urn: reader.versions_of(connection, urn, moment)}
        )
        seen = [
            (version, activity)
            for versions in held.values()
            for version in versions
            if version.activity.kind in WITH_LETTER
            and version.activity.counts
            and (activity := version.seen_on(as_at)) is not None
            and (state_of(activity).public or not public_only)
        ]
        facts = reader.facts_on(connection, as_at, moment.position)
        told = recorded(connection, seen)
    rows = [
        LetterRow(
            authority=facts[entry.activity.urn],
            activity=entry.activity,
            state=state_of(entry.activity),
            received_on=_received(entry.activity),
            published_by_ofsted=_by_ofsted(entry.activity),
            published_by_council=_by_council(entry.activity),
            recorded_at=entry.recorded_at,
        )
        for entry in told
    ]
    rows.sort(key=lambda row: (-row.activity.true_on.toordinal(), row.authority.name, row.activity.id))
    return LettersAnswer(moment, authority, tuple(rows))


def state_of(activity: Activity) -> LetterState:
    """Where the letter on a visit or meeting stands; meetings' letters and replies to plans are not published."""
    if _by_ofsted(activity) is not None:
        return LetterState.PUBLISHED_BY_OFSTED
    if _by_council(activity) is not None:
        return LetterState.PUBLISHED_BY_COUNCIL
    if activity.letter_unpublished:
        return LetterState.NOT_PUBLISHED
    return LetterState.NOT_HEARD_OF if _received(activity) is None else LetterState.RECEIVED


def _by_ofsted(activity: Activity) -> date | None:
    """The day it was published by Ofsted; a publication of which no source says by whom is taken for Ofsted's."""
    return None if activity.published_by_ofsted is False else activity.published


def _by_council(activity: Activity) -> date | None:
    return activity.published_by_council or (activity.published if activity.published_by_ofsted is False else None)


def _received(activity: Activity) -> date | None:
    return activity.on if activity.kind is Kind.ACTION_PLAN_REPLY else activity.letter_received
