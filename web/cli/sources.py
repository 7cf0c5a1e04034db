"""`sources`: the places that files come from, a look at them, and until when what is held is all that there is."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import click

from web.cli.answers import as_json
from web.cli.kept import document_of
from web.cli.opening import opened
from web.cli.outcome import COULD_NOT_RUN, REFUSED, answers, end, tell, usable
from web.words.dates import as_past_day

if TYPE_CHECKING:
    from web.places.table import FilePlace

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
    public by that day are held), a format of published files, such as jt39_history (of the kinds it lists), or a place
    of `sources list`, which tells of the kinds that its format lists."""
    from domain.audit import saves
    from domain.facts import Told
    from domain.values.known_until import KnownKind
    from domain.values.statements import Source
    from projections.authorities.names import identify
    from web.files.checking import kinds_checked
    from web.places.table import format_of
    from web.store.settings import current_settings
    from web.words.dates import today
    from web.words.summary import called

    kinds = kinds_checked(format_of(name, current_settings()))
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


@sources.command(name="list")
@as_json
@answers
def list_(json_: bool) -> None:
    """Every place that files come from, with its last look and when the next is due."""
    from web.places.listing import listing

    places = [place.document() for place in listing(opened(), _table())]
    if json_:
        tell({"places": places})
        return
    for place in places:
        click.echo(f"{place['name']}: {place['format']}, {place['cadence']}, {place['address']}")
        came = f": {place['outcome']}" if place["outcome"] else ""
        click.echo(f"  {place['off'] or 'Last look ' + (place['looked_at'] or 'never') + came + '.'}")


@sources.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Fetch, and only say what would be done.")
@as_json
@answers
def refresh(names: tuple[str, ...], dry_run: bool, json_: bool) -> None:
    """Look at each place, or those named, and take in what is new. What corrects or disputes something, cannot be read,
    or changes where an authority stands without a new report waits for an officer on /admin/imports.

    Ends with 0 where all is well, 1 where something waits or failed, 2 where it could not run."""
    from domain.values.errors import RuleBroken
    from web.places.client import Client
    from web.places.refresh import LookedAt
    from web.places.refresh import refresh as look_at
    from web.places.table import named, why_off
    from web.store.refresh_lock import AnotherRefreshes, only_one
    from web.store.settings import VERSION, current_settings
    from web.words.currency import OUTCOMES
    from web.words.dates import today

    settings = current_settings()
    table = _table()
    try:
        wanted = [place for place in named(names, table) if place.name in names or not why_off(place, settings)]
        if off := [place for place in wanted if why_off(place, settings)]:
            raise RuleBroken(f"{off[0].name}: {why_off(off[0], settings)}")
    except RuleBroken as refusal:
        end(str(refusal), COULD_NOT_RUN)

    def said(looked: LookedAt) -> None:
        why = f". {looked.why}" if looked.why else ""
        click.echo(f"{looked.place.name}: {OUTCOMES[looked.outcome].lower()}{why}", err=json_)

    store = opened()
    try:
        with only_one(store), Client(VERSION, settings.contact) as client:
            found = look_at(store, wanted, client, on=today(), named=names, dry_run=dry_run, tell=said)
    except AnotherRefreshes as refusal:
        end(str(refusal), COULD_NOT_RUN)
    store.projector.catch_up()
    if json_:
        tell({"places": [one.document() for one in found]})
    if any(one.outcome in ("waiting", "failed") for one in found):
        sys.exit(REFUSED)


def _table() -> tuple[FilePlace, ...]:
    """The places of this installation; ends with 2 where their table cannot be used."""
    from domain.values.errors import RuleBroken
    from web.places.table import places
    from web.store.settings import current_settings

    try:
        return places(current_settings())
    except RuleBroken as refusal:
        end(str(refusal), COULD_NOT_RUN)
