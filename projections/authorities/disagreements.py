"""Where do sources disagree?"""

from __future__ import annotations

from datetime import date, datetime

from projections.engine.answers import DisagreementRow
from projections.engine.reader import Reader, seen_on


def disagreements(
    reader: Reader, urn: str | None = None, *, as_at: date, known_at: datetime | None = None
) -> tuple[DisagreementRow, ...]:
    """Of one authority, or of all that were ever known, settled ones included; by name of the authority, then in order
    of when the activity was true. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        if urn is not None:
            identities = [reader.identity(connection, urn, moment.position)]
            versions = {urn: reader.versions_of(connection, urn, moment, disputed=True)}
        else:
            identities = reader.identities(connection, moment.position)
            versions = reader.versions(connection, moment, disputed=True)
    found = []
    for authority in sorted((identity.on(as_at) for identity in identities), key=lambda facts: (facts.name, facts.urn)):
        disputed = sorted(versions.get(authority.urn, ()), key=lambda version: version.order)
        for activity in seen_on(disputed, as_at):
            found += [DisagreementRow(authority, activity, one) for one in activity.disagreements]
    return tuple(found)
