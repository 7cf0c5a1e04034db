"""`store`: make it, copy it, bring a copy back, look it over."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from web.cli.outcome import REFUSED, answers

a_file = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group()
def store() -> None:
    """The store: make, back up, restore, check."""


@store.command()
@answers
def migrate() -> None:
    """Make the tables that are missing and begin the history of every known authority. Running it again is safe."""
    from web.store.store import current_store

    begun = current_store().migrate()
    click.echo(f"The store is ready. Histories begun: {begun}.")


@store.command()
@a_file
@answers
def backup(file: Path) -> None:
    """Write a whole copy of the log to FILE, and of people to FILE.people, also while the product is in use."""
    from domain.ledger.backups import backup as back_up
    from domain.values.errors import RuleBroken
    from web.store.backups import backup as back_up_people
    from web.store.backups import beside
    from web.store.store import current_store

    people, copy = current_store().accounts_address, beside(file)
    if copy.exists():
        raise RuleBroken(f"There is a file at {copy} already. Give the backup another name.")
    found = back_up(current_store().ledger_address, file)
    click.echo(f"{file} holds {found.facts} events, up to position {found.position}.")
    if isinstance(people, Path) and people.exists():
        back_up_people(people, copy)
        click.echo(f"{copy} holds the names and passwords of people: keep it where nobody else can read it.")


@store.command()
@a_file
@click.option("--force", is_flag=True, help="Also where the store holds events that the backup does not.")
@answers
def restore(file: Path, force: bool) -> None:
    """Put a backup in the store's place, with FILE.people where it lies beside it, and make the read side anew.

    Refuses to overwrite a longer log. Every session ends."""
    from domain.ledger.backups import restore as put_back
    from web.store.backups import beside, must_be_sound
    from web.store.backups import restore as put_people_back
    from web.store.store import current_store

    here = current_store()
    with_people = isinstance(here.accounts_address, Path) and beside(file).exists()
    if with_people:
        must_be_sound(beside(file))
    found = put_back(file, here.ledger_address, force=force)
    if with_people:
        put_people_back(beside(file), Path(here.accounts_address))
    here.migrate()
    here.sessions.end_all()
    if not beside(file).exists():
        click.echo(f"There is no {beside(file).name} beside it: the people known here stay as they are.")
    here.projector.rebuild()
    click.echo(f"Restored {found.facts} events, up to position {found.position}.")


@store.command("backup-keys")
@a_file
@answers
def backup_keys(file: Path) -> None:
    """Write a copy of the keys of erasable words to FILE. Throw it away sooner than copies of the log."""
    from domain.ledger.erasure_keys import backup_keys as back_up
    from web.store.store import current_store

    click.echo(f"{file} holds {back_up(current_store().keys_address, file)} keys.")


@store.command("restore-keys")
@a_file
@answers
def restore_keys(file: Path) -> None:
    """Add the keys of a backup that are missing here. What the log says was erased stays erased."""
    from domain.ledger.erasure_keys import restore_keys as put_back
    from web.store.store import current_store

    here = current_store()
    held, destroyed = put_back(file, here.keys_address)
    destroyed += here.application.apply_erasures()
    click.echo(f"{file} held {held} keys; {destroyed} of them were of erased words and stay destroyed.")


@store.command()
@answers
def check() -> None:
    """Read every event and everything the database says of itself. Ends with 1 where something is wrong."""
    from domain.ledger.backups import check as look_over
    from web.store.store import current_store

    found = look_over(current_store().ledger)
    roll = current_store().application.people.roll() if not found.faults else None
    faults = [*found.faults, *current_store().accounts.faults([] if roll is None else roll.listed)]
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{found.facts} events, up to position {found.position}: {'found wanting' if faults else 'sound'}.")
    if faults:
        sys.exit(REFUSED)
