"""Which published format a file is in: decided by its content, never by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from web.intake import ofsted, visits
from web.intake.csv_file import csv_sheet, decoded, in_utf_8, is_utf_16
from web.intake.documents import parse_json, parse_yaml
from web.intake.history_document import is_history
from web.intake.tables import NO_SHEET, SEARCHED_FOR_HEADER, Cell, Sheet, Table, collapsed, tables_in, underscored
from web.intake.workbook import FileRefused, read_workbook
from web.words.file_formats import NOT_KEPT, TABLES, Layout

LARGEST = 10 * 1024 * 1024
MOST_CSV_ROWS = 50_000


LOOKED_FOR = (
    "Looked for: Ofsted's yearly outcomes (sheets such as Inspections_31_March_2024), a D2I or JT-39 overview, "
    "a JT-39 history, improvement items, a JTAI or area SEND overview, youth justice ratings, an authority look-up, a "
    "table of visits (each by its column names), "
    "a history document with a list of 'authorities', or a report or letter of Ofsted's as a PDF."
)

_OTHER_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"\x89png", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)


@dataclass(frozen=True)
class OpenedFile:
    """A file whose layout is known, with what its reader needs: sheets and a cover, one table, or a document.

    `notes` say how it was read, where that was not as usual."""

    layout: Layout
    sheets: tuple[Sheet, ...] = ()
    cover: Sheet = NO_SHEET
    table: Table | None = None
    document: Any = None
    notes: tuple[str, ...] = ()


def content_of(path: Path) -> bytes:
    """The file's bytes. Raises FileRefused where it cannot be opened or is larger than any file that is read."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise FileRefused(f"it cannot be opened ({fault.strerror})") from None
    if len(content) > LARGEST:
        raise FileRefused(f"it is larger than {LARGEST // 1024 // 1024} MiB")
    return content


_BARE_KEY = re.compile(r"\s*\{\s*[A-Za-z_]")
"""YAML may be written in braces too, but then its first key has no quotation marks."""


def opened(content: bytes) -> OpenedFile:
    """The layout and contents of a file. Raises FileRefused naming what was looked for."""
    if is_workbook(content):
        return _workbook(content)
    content = in_utf_8(content)
    if not content.strip():
        raise FileRefused("it is empty")
    if (what := other_format(content)) is not None:
        raise FileRefused(f"it is {what}. {LOOKED_FOR}")
    start = _beginning(content)
    text = content.decode("utf-8-sig", errors="surrogateescape")
    if start[:1] in (b"{", b"["):
        return _document(parse_yaml(_sound(text)) if _BARE_KEY.match(text) else parse_json(text))
    if re.search(r"^(?:authorities|\"authorities\"|'authorities')\s*:", text, re.MULTILINE):
        return _document(parse_yaml(_sound(text)))
    table = decoded(content)
    try:
        sheet = csv_sheet(table.text, most_rows=MOST_CSV_ROWS)
    except ValueError as fault:
        raise FileRefused(f"{fault}. {LOOKED_FOR}") from None
    return replace(_tabular([sheet]), notes=table.notes)


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF, which may be one of Ofsted's own documents."""
    return _beginning(content).startswith(b"%pdf")


def other_format(content: bytes) -> str | None:
    """What a file that is no workbook plainly is, if it holds no table we can read: `a PDF`, `a picture`."""
    if is_utf_16(content):
        return "broken text in UTF-16; save it as CSV UTF-8"
    start = _beginning(content)
    return next((what for magic, what in _OTHER_FORMATS if start.startswith(magic.lower())), None)


def is_workbook(content: bytes) -> bool:
    """Whether a file is a workbook by its first bytes, whatever it is called."""
    return content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0"


def _beginning(content: bytes) -> bytes:
    return content[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _sound(text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise FileRefused("it holds bytes that are not text in UTF-8")
    return text


def _document(document: object) -> OpenedFile:
    if not is_history(document):
        raise FileRefused(f"it has no list of 'authorities'. {LOOKED_FOR}")
    return OpenedFile(Layout.HISTORY_DOCUMENT, document=document)


def _workbook(content: bytes) -> OpenedFile:
    workbook = read_workbook(content, ofsted.SHEETS)
    releases = [sheet for sheet in workbook.sheets if _is_release_sheet(sheet.name)]
    if releases:
        with_tables = tuple(sheet for sheet in releases if tables_in(sheet, ofsted.is_header))
        if not with_tables:
            raise FileRefused(f"no header row with 'Web link' and 'Local authority name' in {releases[0].name}")
        return OpenedFile(Layout.OFSTED_OUTCOMES, sheets=with_tables, cover=workbook.cover)
    try:
        return _tabular(workbook.sheets)
    except FileRefused as refusal:
        return _tabular(_all_sheets(content, refusal) if len(workbook.names) > 1 else workbook.sheets)


def _all_sheets(content: bytes, refusal: FileRefused) -> Sequence[Sheet]:
    """Every sheet. Raises the `refusal` of the first one where they cannot all be read."""
    try:
        return read_workbook(content, [".*"]).sheets
    except FileRefused:
        raise refusal from None


def _is_release_sheet(name: str) -> bool:
    return any(re.fullmatch(pattern, name, re.IGNORECASE) for pattern in ofsted.SHEETS)


def _tabular(sheets: Sequence[Sheet]) -> OpenedFile:
    """The first sheet that holds a table of a known layout."""
    for sheet in sheets:
        top = [_keys(cells) for cells in sheet.rows[:SEARCHED_FOR_HEADER]]
        for layout, columns in _known_by_columns():
            if layout is Layout.VISITS_TABLE and _not_kept(sheet) is not None:
                continue
            is_header = visits.is_header if layout is Layout.VISITS_TABLE else frozenset(columns).issubset
            if any(map(is_header, top)):
                return OpenedFile(layout, table=tables_in(sheet, is_header, underscored)[0])
    for sheet in sheets:
        if (what := _not_kept(sheet)) is not None:
            raise FileRefused(f"it lists {what}, which are not kept here yet: nothing of it was read. {LOOKED_FOR}")
    if sheets:
        raise FileRefused(f"{_nearest(sheets[0])}{LOOKED_FOR}")
    raise FileRefused(f"it has no sheet with a table. {LOOKED_FOR}")


def _keys(cells: Sequence[Cell]) -> list[str]:
    return [underscored(cell) if isinstance(cell, str) else "" for cell in cells]


def _not_kept(sheet: Sheet) -> str | None:
    """What a sheet lists, if it lists inspections of a kind that is known and not kept."""
    for cells in sheet.rows[:SEARCHED_FOR_HEADER]:
        keys = {collapsed(cell) for cell in cells if isinstance(cell, str)}
        for what, known_by in NOT_KEPT.items():
            if len(keys) > 2 and any(keys.issuperset(columns) for columns in known_by):
                return what
    return None


def _known_by_columns() -> Iterator[tuple[Layout, tuple[str, ...]]]:
    for layout, known in TABLES.items():
        for columns in known.known_by:
            yield layout, columns


def _nearest(sheet: Sheet) -> str:
    """What the first row with columns of ours lacks, so that a person sees why it was not recognised."""
    best: tuple[int, Layout, list[str]] | None = None
    for cells in sheet.rows[:30]:
        keys = {str(cell).strip().casefold() for cell in cells if isinstance(cell, str)}
        for layout, columns in _known_by_columns():
            lacking = [column for column in columns if column not in keys]
            has = len(columns) - len(lacking)
            if has >= 2 and (best is None or has > best[0]):
                best = (has, layout, lacking)
    if best is None:
        return "its columns are of no known format. "
    words = _in_words(best[2])
    return f"it looks most like {best[1].value.replace('_', ' ')}, but has no column {words}. "


def _in_words(columns: Sequence[str]) -> str:
    return " nor ".join(columns)
