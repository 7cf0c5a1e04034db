"""`ledger`: is the log what it was? Checkpoints, proofs and receipts to keep, and the verification of everything."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from web.cli.answers import as_json
from web.cli.kept import says_its_entries
from web.cli.outcome import COULD_NOT_RUN, REFUSED, answers, end, tell

if TYPE_CHECKING:
    from domain.audit import Report

a_kept_file = click.Path(dir_okay=False, path_type=Path)


@click.group()
def ledger() -> None:
    """The audit trail: verify it, sign it, prove an entry, export it."""


@ledger.command()
@click.option("--checkpoint", "checkpoints", type=a_kept_file, multiple=True, help="A file of checkpoints you kept.")
@click.option("--receipt", "receipts", type=a_kept_file, multiple=True, help="A receipt or proof you kept.")
@click.option("--key", metavar="KEY", help="The public key you trust. Default: the signer's first.")
@click.option("--log-only", is_flag=True, help="Leave out the read side.")
@click.option("--anew", is_flag=True, help="Replay every event for the read side, not only those since the last time.")
@click.option("--remember", is_flag=True, help="Keep the size and root found, for the next time.")
@as_json
@answers
def verify(
    checkpoints: tuple[Path, ...],
    receipts: tuple[Path, ...],
    key: str | None,
    log_only: bool,
    anew: bool,
    remember: bool,
    json_: bool,
) -> None:
    """Check events, tree, kept checkpoints and receipts, and the read side. Ends with 0 right, 1 wanting, 2 unknown."""
    from domain.values.errors import StoreUnavailable
    from web.cli.progress import bar
    from web.store.store import current_store

    at = datetime.now(UTC)
    try:
        store = current_store()
        with (
            bar("events", "log") as progress,
            bar("events", "read side") as replayed,
            nullcontext() if log_only else store.replay(at=at, progress=replayed) as replay,
        ):
            report = store.audit.verify(
                checkpoints=checkpoints,
                receipts=receipts,
                key=key,
                read_models=replay,
                anew=anew,
                progress=progress,
                remember=remember,
                at=at,
            )
    except StoreUnavailable as fault:
        if json_:
            tell({"ok": False, "could_not_check": str(fault)})
        end(f"COULD NOT CHECK: {fault}", COULD_NOT_RUN)
    if json_:
        tell(report.document())
    else:
        _show(report)
    sys.exit(report.exit_code)


@ledger.command()
@answers
def checkpoint() -> None:
    """Sign the log as it is now and print the signed note. Refuses a log that does not continue the last one."""
    from web.store.store import current_store

    click.echo(current_store().audit.sign(at=datetime.now(UTC)), nl=False)


@ledger.command()
@click.argument("seq", type=int)
@answers
def proof(seq: int) -> None:
    """One entry as it is stored, and the proof that it is part of the log: one JSON document. Entries count from 1."""
    from web.store.store import current_store

    tell(current_store().audit.proof(seq))


@ledger.command()
@click.argument("command", type=click.UUID)
@answers
def receipt(command: UUID) -> None:
    """Every entry that a COMMAND wrote, by its id, each with its proof: one JSON document to keep."""
    from web.store.store import current_store

    tell(current_store().audit.receipt_of(command))


@ledger.command()
@click.argument("old", type=int)
@click.argument("new", type=int)
@as_json
@answers
def consistency(old: int, new: int, json_: bool) -> None:
    """The proof that the first OLD entries are the beginning of the first NEW."""
    from domain.values.errors import RuleBroken
    from web.store.store import current_store

    try:
        document = current_store().audit.consistency(old, new)
    except RuleBroken as unusable:
        raise click.UsageError(str(unusable)) from None
    if json_:
        tell(document)
        return
    for size in ("old", "new"):
        click.echo(f"{document[size]['size']:>12,} entries  root {document[size]['root']}")
    for step in document["hashes"]:
        click.echo(f"{'':>12}          step {step}")


@ledger.command()
@click.argument("file", type=a_kept_file)
@answers
def export(file: Path) -> None:
    """Write every event, the checkpoints and the public keys to FILE, for whoever checks them without this product."""
    from web.store.store import current_store

    found = current_store().audit.export(file, at=datetime.now(UTC))
    click.echo(f"{file} holds {found} events. Check it with: python3 -I docs/verify_export.py {file}")


@ledger.command()
@answers
def key() -> None:
    """Print the public key that signs now. Hand it out: others pin it."""
    from web.store.store import current_store

    click.echo(current_store().audit.public_key())


@ledger.command(name="rotate-key")
@answers
@says_its_entries(beside=True)
def rotate_key() -> None:
    """Make a new signing key; both keys sign, in the log, that it takes over. Prints the new public key."""
    from web.store.store import current_store

    store = current_store()
    click.echo(store.audit.rotate(store.application, at=datetime.now(UTC)))


def _show(report: Report) -> None:
    """The verdict with size and root, or where it first went wrong; then every fault, every check, every remark."""
    from domain.audit import UNVOUCHED, CheckOutcome

    head = report.head
    size_and_root = "no tree could be read" if head is None else f"{head.size:,} entries, root {head.root_text}"
    if report.exit_code == 0:
        left_out = CheckOutcome.NOT_ASKED in report.outcomes.values()
        click.echo(f"OK{', the read side not compared' if left_out else ''}: {size_and_root}")
        if not report.vouched_for:
            click.echo(f"{UNVOUCHED}.")
    elif report.exit_code == REFUSED:
        placed = [fault for fault in report.faults if fault.position is not None]
        first = min(placed, key=lambda fault: fault.position or 0, default=report.faults[0])
        click.echo(f"NOT OK, first at {first}")
        click.echo(f"It stands at {size_and_root}")
    else:
        click.echo(f"COULD NOT CHECK everything: {size_and_root}")
    for fault in report.faults:
        click.echo(f"  {fault}")
    for step, outcome in report.outcomes.items():
        click.echo(f"{step.value.replace('_', ' '):<12} {outcome.value.replace('_', ' ')}")
    for remark in report.remarks:
        click.echo(f"Note: {remark}.")
