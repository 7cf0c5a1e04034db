"""A table of text, as spreadsheets and databases of many makes save one: its letters, its separators, its rows."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from web.intake.tables import MOST_COLUMNS, SEARCHED_FOR_HEADER, Cell, Sheet

SEPARATORS = ",;\t|"
"""What parts cells, the commonest first."""

_NAMED = re.compile(r'"?sep=(?P<separator>\\t|[^\r\n"]|)"?[;,\t|]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_SURROGATES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_LAST = "\x1eno row of the file\x1e"

IN_WINDOWS_LETTERS = "Its letters are those of older Windows programs (cp1252), and it was read so."

csv.field_size_limit(16 * 1024 * 1024)
"""A cell may be as long as the largest file: if nobody reads its column, it decides nothing."""


@dataclass(frozen=True)
class DecodedText:
    """A file's text, and what a reader should know of how it was read."""

    text: str
    notes: tuple[str, ...] = ()


def decoded(content: bytes) -> DecodedText:
    """Text in UTF-8, in UTF-16 or, as older spreadsheets save it, in Windows' western letters.

    Bytes that are none of these stay as halves of characters, so that only cells that hold them are lost."""
    if (order := _utf_16(content)) is not None:
        return DecodedText(content.decode(order).removeprefix("\ufeff"))
    try:
        return DecodedText(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    if not content.startswith(BOM_UTF8) and not _SURROGATES.search(content):
        try:
            return DecodedText(content.decode("cp1252"), (IN_WINDOWS_LETTERS,))
        except UnicodeDecodeError:
            pass
    return DecodedText(content.decode("utf-8-sig", errors="surrogateescape"))


def is_utf_16(content: bytes) -> bool:
    """Whether text is in UTF-16, be it broken: it says so, or every second byte is zero, as in western languages."""
    return content[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) or _zeros(content) is not None


def in_utf_8(content: bytes) -> bytes:
    """Text in UTF-16 in UTF-8; anything else as it is."""
    order = _utf_16(content)
    return content if order is None else content.decode(order).removeprefix("\ufeff").encode()


def _utf_16(content: bytes) -> str | None:
    """Which of its two orders text in UTF-16 has; None where it is none, or is broken."""
    marked = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
    order = marked.get(content[:2]) or _zeros(content)
    if order is None:
        return None
    try:
        content.decode(order).encode()
    except UnicodeError:
        return None
    return order


def _zeros(content: bytes) -> str | None:
    firsts, seconds = content[:4_000:2], content[1:4_000:2]
    fewer, more = sorted((firsts.count(0), seconds.count(0)))
    if not 2 * more > len(seconds) or not 10 * fewer < len(seconds):
        return None
    return "utf-16-be" if firsts.count(0) == more else "utf-16-le"


def csv_sheet(text: str, *, most_rows: int) -> Sheet:
    """A table whose cells are parted by commas, semicolons, tabs or bars, as a sheet.

    A first line `sep=;`, by which Excel is told, counts as no row: Excel does not show it. Raises ValueError naming
    the row where it is no table or has too many rows."""
    separator: str | None = None
    if named := _NAMED.match(text):
        separator = named["separator"].replace("\\t", "\t") or None
        text = text[named.end() :]
    rows: list[tuple[Cell, ...]] = []
    reader = _cells(f"{text}\n{_LAST}\n", separator or _separator(text))
    try:
        for cells in reader:
            rows.append(tuple(cells))
            if len(rows) > most_rows + 2:
                raise ValueError(f"it has more than {most_rows:,} rows")
            if len(cells) > MOST_COLUMNS:
                raise ValueError(f"row {len(rows)} has more than {MOST_COLUMNS} cells")
    except csv.Error as fault:
        raise ValueError(f"row {len(rows) + 1} cannot be read ({fault})") from None
    if rows[-1] != (_LAST,):
        raise ValueError(f"row {len(rows)} opens a quotation mark that is never closed")
    rows.pop()
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > most_rows:
        raise ValueError(f"it has more than {most_rows:,} rows")
    return Sheet("", tuple(rows))


def _cells(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _separator(text: str) -> str:
    """The separator by which the most of the first rows have as many cells as the first of them with several; of two,
    the one that gives more cells."""

    def fits(separator: str) -> tuple[int, int]:
        try:
            widths = [len(cells) for cells in islice(_cells(text, separator), SEARCHED_FOR_HEADER) if any(cells)]
        except csv.Error:
            return (0, 0)
        width = next((width for width in widths if width > 1), 0)
        return (sum(one == width for one in widths), width) if width else (0, 0)

    return max(SEPARATORS, key=fits)
