"""Did the windows stated earlier come true?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from domain.rulebook.past.tally import tally
from domain.rulebook.past.windows import PastWindow, past_windows
from domain.values.activities import AuthorityFacts
from projections.engine.answers import Moment, PastWindowsAnswer, TallyAnswer
from projections.engine.reader import Reader, Version


def past_windows_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> PastWindowsAnswer:
    """Each window of one authority with what came of it. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
    return PastWindowsAnswer(moment, authority, held_to_account(reader, authority, versions, moment))


def tally_of(reader: Reader, *, as_at: date, known_at: datetime | None = None) -> TallyAnswer:
    """How often windows came true, over every authority that has existed, abolished ones included, in one pass."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        identities = reader.identities(connection, moment.position)
        versions = reader.versions(connection, moment)
        known = reader.known_until(connection, moment.position, identities)
    windows = (
        window
        for identity in identities
        if identity.urn in versions
        for window in held_to_account(
            reader,
            identity.on(as_at),
            versions[identity.urn],
            replace(moment, known_until=known[identity.urn]),
        )
    )
    return TallyAnswer(moment, tally(windows))


def held_to_account(
    reader: Reader, authority: AuthorityFacts, versions: Iterable[Version], moment: Moment
) -> tuple[PastWindow, ...]:
    """What the rulebook says of earlier windows from the versions held, by this installation's policy; `moment` is of
    that authority."""
    return past_windows(
        [version.activity for version in versions],
        authority=authority,
        on=moment.as_at,
        holidays=reader.holidays,
        policy=reader.policy,
        known_until=moment.known_until,
    )
