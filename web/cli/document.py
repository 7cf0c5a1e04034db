"""`document read`: what Ofsted's own reports and letters say, without any store."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.cli.answers import as_json
from web.cli.outcome import COULD_NOT_RUN, REFUSED, answers, end, usable
from web.words.dates import as_past_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from web.intake.reports.reading import DocumentReading


@click.group()
def document() -> None:
    """Ofsted's own reports and letters."""


@document.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--published-on",
    metavar="DATE",
    callback=usable(lambda text: as_past_day(text, "publication")),
    help="The day on which a single document was published, where it does not print it.",
)
@as_json
@answers
def read(paths: tuple[Path, ...], published_on: date | None, json_: bool) -> None:
    """Say what reports and letters tell: days, grades, what is to improve, and what is doubtful. Nothing is recorded.

    PATHS are PDF files, or folders of them."""
    from web.cli.progress import bar

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        end(f"There is no file or folder {', '.join(missing)}.", COULD_NOT_RUN)
    if published_on is not None and (len(paths) > 1 or paths[0].is_dir()):
        end("Name one report or letter with --published-on: a day is that of a single document.", COULD_NOT_RUN)
    named = {path: _files(path) for path in paths}
    total = sum(map(len, named.values()))
    with bar("documents") as draw:
        readings = _readings(named, published_on, lambda done: draw(done, total))
        usable_ones = _tell(readings) if json_ else _show(readings)
    for path in paths:
        if not named[path]:
            click.echo(f"{path} holds no PDF.", err=True)
    if not all(path in usable_ones for path in paths):
        sys.exit(REFUSED)


def _files(path: Path) -> list[Path]:
    """The file itself, or the PDFs of a folder and of those inside it, in order of name."""
    if not path.is_dir():
        return [path]
    return sorted(found for found in path.rglob("*") if found.is_file() and found.suffix.lower() == ".pdf")


def _readings(
    named: dict[Path, list[Path]], published_on: date | None, heard: Callable[[int], None]
) -> Iterator[tuple[Path, Path, DocumentReading]]:
    """The path named, the file, and what it tells, one after another."""
    from domain.register.register import REGISTER
    from web.intake.reports.pages import PdfReader
    from web.intake.reports.reader import read_document
    from web.words.dates import today

    done = 0
    with PdfReader() as pdf:
        for path, files in named.items():
            for file in files:
                yield (
                    path,
                    file,
                    read_document(file, register=REGISTER, today=today(), published_on=published_on, pdf=pdf),
                )
                done += 1
                heard(done)


def _tell(readings: Iterator[tuple[Path, Path, DocumentReading]]) -> set[Path]:
    """One JSON list, an object a file, written as the files are read. Gives the paths that told something."""
    from web.formats.downloads import as_text

    told: set[Path] = set()
    between = "["
    for path, file, reading in readings:
        click.echo(between + as_text(reading.document(file)).rstrip("\n"), nl=False)
        between = ",\n"
        if reading.refused is None:
            told.add(path)
    click.echo("[]" if between == "[" else "]")
    return told


def _show(readings: Iterator[tuple[Path, Path, DocumentReading]]) -> set[Path]:
    """A line a document with its doubts under it, then how many there are of each kind."""
    from web.words.words import DOCUMENTS, count, small

    told: set[Path] = set()
    kinds: Counter[str] = Counter()
    doubtful = 0
    for path, file, reading in readings:
        what = small(DOCUMENTS[reading.kind]) if reading.kind else ""
        click.echo(_line(file, reading, what))
        for doubt in reading.doubts:
            click.echo(f"    {doubt}")
        doubtful += bool(reading.doubts)
        kinds[what or "refused"] += 1
        if reading.refused is None:
            told.add(path)
    for kind, number in sorted(kinds.items()):
        click.echo(f"{count(number, 'document')}: {kind}")
    if doubtful:
        click.echo(f"{count(doubtful, 'document')} with doubts.")
    return told


def _line(file: Path, reading: DocumentReading, what: str) -> str:
    if reading.refused is not None:
        return f"{file}: refused, {reading.refused}."
    days = " and ".join(f"{one.start.isoformat()} to {one.end.isoformat()}" for one in reading.periods)
    published = f"published {reading.published.isoformat()}" if reading.published else ""
    said: Sequence[str] = [what, reading.name or "", f"on site {days}" if days else "", published]
    return f"{file}: " + ", ".join(part for part in said if part)
