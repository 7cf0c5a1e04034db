"""`history import`, `history export` and `demo`: published files and history documents, in and out."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.answers import as_json
from web.cli.kept import document_of, say, says_its_entries
from web.cli.opening import opened
from web.cli.outcome import COULD_NOT_RUN, REFUSED, answers, end, tell, usable
from web.words.dates import as_past_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.values.documents import DocumentKind
    from web.files.run import FileReport, ImportReport

MOST_NAMED = 20
"""Standings that a file changed, and questions it raised, that its report names."""


@click.group()
def history() -> None:
    """Published files and history documents, in and out."""


@history.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Write nothing; show the same report.")
@click.option(
    "--source",
    metavar="TEXT",
    help="What to call the source, where the file does not say. A table of visits ranks by how it begins: “Letters in "
    "hand”, “Ofsted letters”, “Ofsted statistics” or “Scrape”; anything else ranks last.",
)
@click.option(
    "--read-on",
    metavar="DATE",
    callback=usable(lambda text: as_past_day(text, "read on")),
    help="The day on which the source said so. Default: the newest date in the file's name or inside it.",
)
@click.option(
    "--published-on",
    metavar="DATE",
    callback=usable(lambda text: as_past_day(text, "publication")),
    help="The day on which a single report or letter of Ofsted's was published, where it does not print it.",
)
@click.option("--verbose", is_flag=True, help="Name every file of a folder that was skipped, and say why.")
@as_json
@answers
def import_(
    paths: tuple[Path, ...],
    dry_run: bool,
    source: str | None,
    read_on: date | None,
    published_on: date | None,
    verbose: bool,
    json_: bool,
) -> None:
    """Load published files, or folders of them: statistics, tables, history documents, and Ofsted's own reports and
    letters. The format is recognised by content."""
    from domain.audit import saves

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        end(f"There is no file or folder {', '.join(missing)}.", COULD_NOT_RUN)
    if published_on is not None and (len(paths) > 1 or paths[0].is_dir()):
        end("Name one report or letter with --published-on: a day is that of a single document.", COULD_NOT_RUN)
    with saves() as kept:
        report = _load(
            paths, actor="import", dry_run=dry_run, source=source, read_on=read_on, published_on=published_on
        )
    kept = [] if dry_run else kept
    if json_:
        tell(report.document() | document_of(kept))
    else:
        _show(report, dry_run=dry_run, verbose=verbose)
        say(kept)
    if not report.done:
        sys.exit(REFUSED)


@click.command()
@click.option("--if-empty", is_flag=True, help="Only where nothing has been read yet.")
@click.option("--end", "ending", is_flag=True, help="End it: its invented people are shut out, the example stays.")
@answers
@says_its_entries()
def demo(if_empty: bool, ending: bool) -> None:
    """Load the demonstration: what five councils' papers say, and examples of an action plan, of scrutiny meetings and
    of members' questions, marked as made up. Loading it again changes nothing."""
    from datetime import UTC, datetime
    from uuid import uuid4

    from domain.facts import Told
    from domain.values.errors import RuleBroken
    from domain.values.statements import Source
    from web.cli.progress import bar
    from web.demonstration.loading import load
    from web.site import demonstration, reader
    from web.store.store import current_store

    store = current_store()
    if ending:
        if not demonstration.was_loaded():
            raise RuleBroken("The demonstration was never loaded here: there is nothing to end.")
        if demonstration.was_told_to_end():
            click.echo("The demonstration was told to end before.")
            return
        source = Source("administration", "Command")
        demonstration.end(Told("local", uuid4(), source, datetime.now(UTC), demonstration.OVER))
        store.projector.catch_up()
        click.echo("The demonstration is over: its invented people are shut out. The example stays, marked as made up.")
        return
    if if_empty and reader.files(reader.now()):
        return
    if store.is_missing():
        store.migrate()
    with bar("authorities") as draw:
        report, planned, asked = load(store, progress=lambda name, done, total: draw(done, total))
    _show(report, dry_run=False)
    if planned:
        click.echo("An example of an action plan, made up and marked so: flask --app wsgi plan Gateshead")
        click.echo("Scrutiny meetings on it, made up too: flask --app wsgi meetings Gateshead")
    if asked:
        click.echo(f"Questions of members on no plan, made up too: {asked}. See: flask --app wsgi plan challenges")
    if not demonstration.goes_on():
        click.echo("Its people stay shut out: it was told to end, or there is a real account.")


@history.command()
@click.option("--format", "format_", type=click.Choice(["ndjson", "csv", "yaml"]), default="yaml", show_default=True)
@click.option("--authority", metavar="URN", help="Only this authority's.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output.")
@answers
def export(format_: str, authority: str | None, output: Path | None) -> None:
    """Write the history: a history document (yaml), a table (csv) or the events themselves (ndjson)."""
    from web.files.history_export import export_history

    store = opened()
    if output is None:
        export_history(store, format_, authority, sys.stdout)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as stream:
            export_history(store, format_, authority, stream)
    except OSError as fault:
        end(f"{output} could not be written: {fault.strerror}.", COULD_NOT_RUN)


def _load(
    paths: tuple[Path, ...],
    *,
    actor: str,
    dry_run: bool,
    source: str | None,
    read_on: date | None,
    published_on: date | None = None,
) -> ImportReport:
    from web.cli.progress import bar
    from web.files.run import import_paths
    from web.store.store import current_store, passing

    with ExitStack() as stack:
        store = current_store()
        if store.is_missing():
            store = stack.enter_context(passing()) if dry_run else store
            store.migrate()
        single = len(paths) == 1 and paths[0].is_file()
        draw = stack.enter_context(bar("authorities" if single else "files"))
        report = import_paths(
            store.application,
            paths,
            actor=actor,
            dry_run=dry_run,
            source=source,
            read_on=read_on,
            published_on=published_on,
            reader=store.reader,
            progress=lambda name, done, total: draw(done, total),
        )
        store.projector.catch_up()
    return report


def _show(report: ImportReport, *, dry_run: bool, verbose: bool = False) -> None:
    """A line per file, then its rejected rows; what was skipped comes last, counted in one line or named. Reports and
    letters of a folder have a line for each kind."""
    from web.words.words import count

    def name_of(file: FileReport) -> str:
        """Documents of a folder often share a name: with the folder they stand in."""
        path = Path(file.path)
        return path.name if file.kind is None or file.path in report.named else f"{path.parent.name}/{path.name}"

    if dry_run:
        click.echo("Dry run: nothing was written. This is what an import would do.")
    columns = ("new", "filled", "corrected", "disagreed", "confirmed", "unchanged")
    click.echo(f"{'file':<58}{'rows':>6}" + "".join(f"{name:>11}" for name in columns) + f"{'rejected':>10}")
    for called, files in _in_lines(report, verbose, name_of):
        counts = [sum(file.document()[name] for file in files) for name in columns]
        rejected = sum(bool(file.rejected) if len(files) > 1 else len(file.rejected) for file in files)
        rows = sum(file.rows for file in files)
        click.echo(f"{called:<58.58}{rows:>6}" + "".join(f"{number:>11}" for number in counts) + f"{rejected:>10}")
    for file in report.files:
        for row in file.rejected:
            click.echo(f"{name_of(file)}: {row.row}: {row.reason}")
        for note in file.notes:
            click.echo(f"{name_of(file)}: {note}")
        for heading, said in (
            ("Where authorities stand", [one.said for one in file.standings]),
            ("Questions for an officer", [one.said for one in file.questions]),
        ):
            shown = said if verbose else said[:MOST_NAMED]
            if said:
                click.echo(f"{name_of(file)}: {heading}:")
            for line in shown:
                click.echo(f"  {line}")
            if len(shown) < len(said):
                click.echo(f"  And {len(said) - len(shown)} more; --verbose names them.")
    for file in report.files:
        if file.refused is not None and (verbose or not file.skipped):
            click.echo(f"{'Skipped' if file.skipped else 'Refused'} {file.path}: {file.refused}", err=not file.skipped)
    skipped = sum(file.skipped for file in report.files)
    if skipped and not verbose:
        click.echo(f"Skipped {count(skipped, 'file')} of unknown kinds; --verbose names them.")


def _in_lines(
    report: ImportReport, verbose: bool, name_of: Callable[[FileReport], str]
) -> Iterator[tuple[str, list[FileReport]]]:
    """The lines of the table, each with the files it counts: one, or all documents of one kind that a folder held."""
    from web.words.words import DOCUMENTS, count, small

    together: dict[DocumentKind, list[FileReport]] = {}
    for file in report.files:
        if file.refused is not None:
            continue
        if file.kind is None or verbose or file.path in report.named:
            yield name_of(file), [file]
        else:
            together.setdefault(file.kind, []).append(file)
    for kind, files in together.items():
        yield f"{count(len(files), 'document')}: {small(DOCUMENTS[kind])}", files
