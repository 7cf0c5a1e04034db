"""Did the windows stated earlier come true?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from domain.rulebook.past.tally import tally
from domain.rulebook.past.windows import PastWindow, past_windows
from domain.values.activities import AuthorityFacts
from projections.engine.answers import PastWindowsAnswer, TallyAnswer
from projections.engine.reader import Reader, Version


def past_windows_of(reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None) -> PastWindowsAnswer:
    """Each window of one authority with what came of it. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = reader.identity(connection, urn).on(as_at)
        versions = reader.versions_of(connection, urn, moment)
    return PastWindowsAnswer(moment, authority, held_to_account(reader, authority, versions, as_at))


def tally_of(reader: Reader, *, as_at: date, known_at: datetime | None = None) -> TallyAnswer:
    """How often windows came true, over every authority that has existed, abolished ones included, in one pass."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        identities = reader.identities(connection)
        versions = reader.versions(connection, moment)
    windows = (
        window
        for identity in identities
        if identity.urn in versions
        for window in held_to_account(reader, identity.on(as_at), versions[identity.urn], as_at)
    )
    return TallyAnswer(moment, tally(windows))


def held_to_account(
    reader: Reader, authority: AuthorityFacts, versions: Iterable[Version], as_at: date
) -> tuple[PastWindow, ...]:
    """What the rulebook says of earlier windows from the versions held, by this installation's policy."""
    return past_windows(
        [version.activity for version in versions],
        authority=authority,
        on=as_at,
        holidays=reader.holidays,
        policy=reader.policy,
    )
