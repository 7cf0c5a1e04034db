"""`projections`: how far the read side has come, bring it up to date, make it anew."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from web.cli.answers import as_json
from web.cli.outcome import REFUSED, answers, tell


@click.group()
def projections() -> None:
    """The read side: positions, catching up, rebuilding."""


@projections.command()
@as_json
@answers
def status(json_: bool) -> None:
    """The position of each projection against the log. Ends with 1 where one stopped or lags."""
    _show(json_)


@projections.command(name="catch-up")
@click.option("--retry", is_flag=True, help="Try again where a projection stopped at an event it could not take.")
@as_json
@answers
def catch_up(retry: bool, json_: bool) -> None:
    """Pull what the log has beyond each projection's position."""
    from web.store.store import current_store

    current_store().projector.catch_up(retry=retry)
    _show(json_)


@projections.command()
@as_json
@answers
def rebuild(json_: bool) -> None:
    """Make every projection anew beside the one in use, and swap."""
    from projections.engine.projector import Stopped
    from web.cli.progress import bar
    from web.store.store import current_store

    with bar("events") as progress:
        try:
            current_store().projector.rebuild(progress=progress)
        except Stopped as stopped:
            click.echo(f"{stopped}. The tables in use are as they were.", err=True)
            sys.exit(REFUSED)
    _show(json_)


def _show(json_: bool) -> None:
    from projections.engine.health import health
    from web.store.store import current_store

    store = current_store()
    rows = health(store.engine, store.ledger)
    if json_:
        tell([asdict(row) for row in rows])
    else:
        for row in rows:
            state = f"stopped at {row.stopped_at}: {row.error}" if row.stopped_at else "running"
            click.echo(f"{row.name:<12} {row.position:>9} of {row.log:>9}  {state}")
    if not all(row.healthy and not row.behind for row in rows):
        sys.exit(REFUSED)
