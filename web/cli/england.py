"""`england`: the facts of England that come with the product."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.answers import as_json
from web.cli.kept import document_of, say
from web.cli.outcome import COULD_NOT_RUN, answers, end, tell, usable
from web.words.dates import as_past_day

if TYPE_CHECKING:
    from domain.values.known_until import KnownKind


@click.group()
def england() -> None:
    """The facts of England that come with the product."""


@england.command()
@as_json
@answers
def load(json_: bool) -> None:
    """Take the facts of England of this release into the history. Loading them again adds nothing."""
    from domain.audit import saves
    from web.cli.progress import bar
    from web.england.taking_in import take_in
    from web.store.store import current_store

    store = current_store()
    if store.is_missing():
        store.migrate()
    with saves() as kept, bar("authorities") as draw:
        report = take_in(store, draw)
    if json_:
        tell({key: value for key, value in report.document().items() if key != "path"} | document_of(kept))
        return
    counts = report.document()
    named = ("new", "filled", "corrected", "disagreed", "confirmed", "unchanged")
    click.echo(", ".join(f"{counts[name]:,} {name}" for name in named) + ".")
    say(kept)


@england.command()
@as_json
@answers
def show(json_: bool) -> None:
    """Say when the facts of this release were made, until when they tell of what, and whether the store has them."""
    from web.england.shipped import shipped
    from web.england.taking_in import held, offer
    from web.store.store import current_store
    from web.words import words
    from web.words.summary import called

    store = current_store()
    stands = None if store.is_missing() else held(store)
    made = shipped()
    if json_:
        tell(made.document() | {"held": None if stands is None else stands.name.lower()})
        return
    click.echo(f"Made on {words.day(made.made_on)}: {made.entries:,} entries of {made.authorities} authorities,")
    click.echo(f"as {made.statements:,} statements of published sources. They tell of all")
    for kind, day in made.known_until.items():
        click.echo(f"  {called((kind,))} until {words.day(day)}")
    if stands is not None:
        click.echo(f"Here: {stands.value}.")
        if (offered := offer(store)) is not None:
            click.echo(offered)


@england.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--made-on",
    metavar="DATE",
    required=True,
    callback=usable(lambda text: as_past_day(text, "made on")),
    help="The day of making, which the document tells.",
)
@click.option(
    "--known",
    metavar="KIND=DATE",
    multiple=True,
    help="All of a kind that was public by a day is in these files, such as focused_visit=2026-01-26.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: the one of this checkout.")
@answers
def make(files: tuple[Path, ...], made_on: date, known: tuple[str, ...], output: Path | None) -> None:
    """Write the document of England's facts anew from published files, or folders of them. No store is touched."""
    from web.cli.progress import bar
    from web.england.making import make as made
    from web.england.shipped import FILE

    until = dict(map(_known, known))
    with bar("files") as draw:
        packed = made(files, made_on=made_on, known=until, progress=lambda name, done, total: draw(done, total))
    try:
        (output or FILE).write_bytes(packed)
    except OSError as fault:
        end(f"{output or FILE} could not be written: {fault.strerror}.", COULD_NOT_RUN)
    click.echo(f"{output or FILE}: {len(packed):,} bytes.")


def _known(text: str) -> tuple[KnownKind, date]:
    from domain.rulebook.known_until import CHECKABLE
    from domain.values.errors import RuleBroken

    named, _, day = text.partition("=")
    found = next((kind for kind in CHECKABLE if kind.value == named), None)
    if found is None:
        raise RuleBroken(f"{text!r} is no kind and day. Write, for example, focused_visit=2026-01-26.")
    return found, as_past_day(day, "known")
