"""`sources`: until when what is held is known to be all that there is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import click

from web.cli.answers import as_json
from web.cli.kept import document_of
from web.cli.opening import opened
from web.cli.outcome import answers, tell, usable
from web.words.dates import as_past_day

CHECKS = UUID("0f7c1a52-8e36-5c0d-9d71-6f2b8a94c3d5")
"""Ids of checks told by this command: the same said again is one."""


@click.group()
def sources() -> None:
    """Where files come from, and until when they were looked through."""


@sources.command()
@click.argument("name")
@click.option(
    "--on",
    "checked_on",
    metavar="DATE",
    required=True,
    callback=usable(lambda text: as_past_day(text, "on")),
    help="The day on which somebody looked.",
)
@click.option("--authority", metavar="URN", help="Only of this authority. Default: of every one.")
@as_json
@answers
def check(name: str, checked_on: date, authority: str | None, json_: bool) -> None:
    """Record that somebody looked and there was nothing more: NAME is a kind of activity, such as monitoring_visit (all
    public by that day are held), or a format of published files, such as jt39_history (of the kinds it lists)."""
    from domain.audit import saves
    from domain.facts import Told
    from domain.values.known_until import KnownKind
    from domain.values.statements import Source
    from projections.authorities.names import identify
    from web.files.checking import kinds_checked
    from web.words.dates import today
    from web.words.summary import called

    kinds = kinds_checked(name)
    store = opened()
    urn = None if authority is None else identify(store.reader, authority, as_at=today())
    checked = name.strip().casefold().replace("-", "_")
    command = uuid5(CHECKS, f"{checked} {checked_on.isoformat()} {urn or 'all'}")
    by = Told("local", command, Source("sources_check", "Looked through", read_on=checked_on), datetime.now(UTC))
    with saves() as kept:
        done = store.application.authorities.check_sources(
            urn, checked=checked, kinds=kinds, checked_on=checked_on, by=by
        )
    store.projector.catch_up()
    named = [kind.value for kind in kinds if kind is not KnownKind.FIRST_MONITORING_VISIT]
    if json_:
        tell(
            {
                "checked": checked,
                "kinds": named,
                "on": checked_on.isoformat(),
                "urn": urn,
                "recorded": not done.repeated,
            }
            | document_of(kept)
        )
        return
    again = " It was recorded before." if done.repeated else ""
    whose = "" if urn is None else f" of {urn}"
    click.echo(f"All {called(kinds)}{whose} public by {checked_on.isoformat()} are held.{again}")
