"""What cannot be right, or is unusual, among what is held?"""

from __future__ import annotations

from datetime import date, datetime

from projections.engine.answers import DoubtRow
from projections.engine.reader import Reader, seen_on


def doubts(
    reader: Reader, urn: str | None = None, *, as_at: date, known_at: datetime | None = None
) -> tuple[DoubtRow, ...]:
    """Every question for an officer about one authority, or about all that were ever known; by name of the authority,
    then in order of when the activity was true. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        if urn is not None:
            identities = [reader.identity(connection, urn, moment.position)]
            versions = {urn: reader.versions_of(connection, urn, moment)}
        else:
            identities = reader.identities(connection, moment.position)
            versions = reader.versions(connection, moment)
    found = []
    for authority in sorted((identity.on(as_at) for identity in identities), key=lambda facts: (facts.name, facts.urn)):
        asked = [version for version in versions.get(authority.urn, ()) if version.activity.doubts]
        for activity in seen_on(sorted(asked, key=lambda version: version.order), as_at):
            found += [DoubtRow(authority, activity, one) for one in activity.doubts]
    return tuple(found)
