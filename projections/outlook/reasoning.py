"""Why does one authority stand where it stands, and why is each activity expected when it is?"""

from __future__ import annotations

from datetime import date, datetime

from domain.rulebook.limits import limits
from domain.rulebook.reasoning import reasoning
from projections.engine.answers import PastWindowsAnswer, ReasoningAnswer
from projections.engine.reader import Reader
from projections.outlook.past_windows import held_to_account


def reasoning_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> ReasoningAnswer:
    """The standing with every step that leads to it, what limits it, and how earlier windows did.

    Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
    held = [version.activity for version in versions]
    return ReasoningAnswer(
        moment=moment,
        reasoning=reasoning(
            held,
            authority=authority,
            on=as_at,
            holidays=reader.holidays,
            policy=reader.policy,
            known_until=moment.known_until,
        ),
        limits=limits(held, authority=authority, on=as_at, known_until=moment.known_until, holidays=reader.holidays),
        past_windows=PastWindowsAnswer(moment, authority, held_to_account(reader, authority, versions, moment)),
    )
