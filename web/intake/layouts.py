"""Which published format a file is in: decided by its content, never by its name."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web.intake import ofsted
from web.intake.documents import parse_json, parse_yaml
from web.intake.history_document import is_history
from web.intake.tables import NO_SHEET, Sheet, Table, csv_sheet, tables_in
from web.intake.workbook import FileRefused, read_workbook
from web.words.file_formats import TABLES, Layout

LARGEST = 10 * 1024 * 1024
MOST_CSV_ROWS = 50_000


LOOKED_FOR = (
    "Looked for: Ofsted's yearly outcomes (sheets such as Inspections_31_March_2024), a D2I or JT-39 overview, "
    "a JT-39 history, improvement items, a JTAI overview, an authority look-up (each by its column names), "
    "or a history document with a list of 'authorities'."
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
    """A file whose layout is known, with what its reader needs: sheets and a cover, one table, or a document."""

    layout: Layout
    sheets: tuple[Sheet, ...] = ()
    cover: Sheet = NO_SHEET
    table: Table | None = None
    document: Any = None


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
    content = in_utf_8(content)
    if not content.strip():
        raise FileRefused("it is empty")
    if (what := other_format(content)) is not None:
        raise FileRefused(f"it is {what}. {LOOKED_FOR}")
    if is_workbook(content):
        return _workbook(content)
    start = _beginning(content)
    text = content.decode("utf-8-sig", errors="surrogateescape")
    if start[:1] in (b"{", b"["):
        return _document(parse_yaml(_sound(text)) if _BARE_KEY.match(text) else parse_json(text))
    if re.search(r"^(?:authorities|\"authorities\"|'authorities')\s*:", text, re.MULTILINE):
        return _document(parse_yaml(_sound(text)))
    try:
        sheet = csv_sheet(text, most_rows=MOST_CSV_ROWS)
    except ValueError as fault:
        raise FileRefused(f"{fault}. {LOOKED_FOR}") from None
    return _tabular([sheet])


def other_format(content: bytes) -> str | None:
    """What a file plainly is that holds no table we can read: `a PDF`, `a picture`. None where it may hold one."""
    if is_utf_16(content):
        return "UTF-16; save it as CSV UTF-8"
    start = _beginning(content)
    return next((what for magic, what in _OTHER_FORMATS if start.startswith(magic.lower())), None)


def in_utf_8(content: bytes) -> bytes:
    """Text in UTF-16 that says so, as spreadsheets save "Unicode text", in UTF-8; anything else as it is."""
    if content[:2] not in (BOM_UTF16_LE, BOM_UTF16_BE):
        return content
    try:
        return content.decode("utf-16").encode()
    except UnicodeDecodeError:
        return content


def is_utf_16(content: bytes) -> bool:
    """Whether text is in UTF-16 that could not be read: it is broken, or does not say which of its two orders it has.
    In western languages every second byte is then zero."""
    if content[:2] in (BOM_UTF16_LE, BOM_UTF16_BE):
        return True
    if is_workbook(content):
        return False
    firsts, seconds = content[:4_000:2], content[1:4_000:2]
    fewer, more = sorted((firsts.count(0), seconds.count(0)))
    return 2 * more > len(seconds) and 10 * fewer < len(seconds)


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
    return _tabular(workbook.sheets)


def _is_release_sheet(name: str) -> bool:
    return any(re.fullmatch(pattern, name, re.IGNORECASE) for pattern in ofsted.SHEETS)


def _tabular(sheets: Iterable[Sheet]) -> OpenedFile:
    for sheet in sheets:
        for layout, columns in _known_by_columns():
            tables = tables_in(sheet, lambda keys, needed=frozenset(columns): needed.issubset(keys))  # type: ignore[misc]
            if tables:
                return OpenedFile(layout, table=tables[0])
        raise FileRefused(f"{_nearest(sheet)}{LOOKED_FOR}")
    raise FileRefused(f"it has no sheet with a table. {LOOKED_FOR}")


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
