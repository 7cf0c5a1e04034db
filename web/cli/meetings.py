"""`meetings`: when scrutiny committees met, what they saw and resolved, and what came of it."""

from __future__ import annotations

from datetime import date, datetime

import click

from web.cli.answers import as_json, at_a_moment
from web.cli.opening import opened
from web.cli.outcome import answers, tell
from web.words.dates import today


@click.command()
@click.argument("authority", required=False)
@at_a_moment
@as_json
@answers
def meetings(authority: str | None, as_at: date | None, known_at: datetime | None, json_: bool) -> None:
    """Scrutiny meetings of an AUTHORITY or, without one, of all."""
    from projections.authorities.names import identify
    from projections.meetings.meeting import meetings as meetings_of
    from web.documents.meetings import meetings_document

    store = opened()
    day = as_at or today()
    urn = None if authority is None else identify(store.reader, authority, as_at=day)
    document = meetings_document(meetings_of(store.reader, urn=urn, as_at=day, known_at=known_at))
    if json_:
        tell(document)
        return
    for meeting in document["meetings"]:
        made_up = "  (example, made up)" if meeting["example"] else ""
        click.echo(
            f"{meeting['day']}  {meeting['authority']:<24.24} {meeting['committee']}: {meeting['state']}{made_up}"
        )
        for one in meeting["resolutions"]:
            click.echo(f"{one['resolution']:>14}  {one['state']:<8} {one['text']['shown']:.90}")
