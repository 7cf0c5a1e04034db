"""Reads one workbook in a process of its own: bytes on standard input, rows as JSON on standard output.

Run by path, never imported by the product: it loads the standard library and the workbook parser only, so that a
hostile file can spend this process's memory and time and nobody else's. `docs/security.md` lists the limits."""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

MAX_ENTRIES = 200
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_ROWS = 20_000
MAX_COLUMNS = 256
MAX_CELLS = 1_000_000
MAX_CELL = 32_767
MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
COVER_ROWS = 30
MAX_MARKS = 20_000
"""Merged blocks of cells, and coloured cells, of one sheet; those beyond are not told of."""

WITH_MARKS = "--marks"
"""The first argument where blocks of merged cells and colours of cells are asked for too."""


class Refused(Exception):
    """Why the workbook is not read, in words safe to show."""


def main(arguments: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS offers the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    marked = arguments[:1] == [WITH_MARKS]
    wanted = [re.compile(pattern, re.IGNORECASE) for pattern in arguments[marked:]]
    try:
        answer = _read(sys.stdin.buffer.read(), wanted, marked)
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "it unfolds to more than may be held in memory"}
    json.dump(answer, sys.stdout)


def _read(content: bytes, wanted: list[re.Pattern[str]], marked: bool) -> dict[str, object]:
    unpacked = _checked_parts(content)
    from python_calamine import CalamineError, CalamineWorkbook

    parts = _sheet_parts(unpacked, wanted)
    _refuse_far_cells({name: part.extent() for name, part in parts.items()})
    percentages = {name: part.percentages() for name, part in parts.items()}
    colours = {name: part.colours(_fills(unpacked)) for name, part in parts.items()} if marked else {}
    unpacked.clear()
    parts.clear()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(workbook.sheet_names)
        chosen = _chosen(names, wanted)
        sheets = {name: _rows(name, workbook.get_sheet_by_name(name), percentages.get(name, ())) for name in chosen}
        merged = {name: _merged(workbook.get_sheet_by_name(name)) for name in chosen} if marked else {}
        cover = _rows("Cover", workbook.get_sheet_by_name("Cover"))[:COVER_ROWS] if "Cover" in names else []
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError) as fault:
        raise Refused(f"it is not a workbook that can be read ({_brief(fault)})") from None
    return {"names": names[:MAX_ENTRIES], "sheets": sheets, "cover": cover, "merged": merged, "colours": colours}


def _chosen(names: list[str], wanted: list[re.Pattern[str]]) -> list[str]:
    """The sheets asked for; a workbook with none of them answers with its first sheet."""
    return [name for name in names if any(pattern.fullmatch(name) for pattern in wanted)] or names[:1]


def _brief(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__


# --- before parsing -------------------------------------------------------------------------------------------------


def _checked_parts(content: bytes) -> dict[str, bytes]:
    """The parts needed to measure sheets, unpacked; every part is inflated once and counted as it comes."""
    if content[:4] == b"\xd0\xcf\x11\xe0":
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("it is encrypted; save it without a password")
        raise Refused("it is an encrypted or old binary workbook; save it as XLSX or ODS without a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refused("it is damaged: its archive cannot be opened") from None
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Refused(f"it holds {len(entries)} parts; at most {MAX_ENTRIES} are accepted")
    total = 0
    kept: dict[str, bytes] = {}
    for entry in entries:
        _refuse_by_name(entry)
        measured = _measures(entry.filename)
        pieces: list[bytes] = []
        for piece in _inflated(archive, entry):
            total += len(piece)
            if total > MAX_UNPACKED:
                raise Refused(f"it unfolds to more than {MAX_UNPACKED // 1024 // 1024} MiB")
            if total > MAX_RATIO * max(len(content), 4096):
                raise Refused(f"it unfolds to more than {MAX_RATIO} times its size")
            if measured:
                pieces.append(piece)
        if measured:
            part = kept[entry.filename] = b"".join(pieces)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise Refused(f"its part {entry.filename} declares XML entities, which no honest workbook does")
            if entry.filename.endswith("manifest.xml") and b"encryption-data" in part:
                raise Refused("it is encrypted; save it without a password")
    return kept


def _refuse_by_name(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name.split("/")[0]:
        raise Refused("one of its parts has a path that leads out of the archive")
    if entry.flag_bits & 0x1:
        raise Refused("it is encrypted; save it without a password")
    lower = name.lower()
    if "vbaproject" in lower or lower.startswith(("basic/", "scripts/", "xl/macrosheets/")):
        raise Refused("it holds macros; save it without them")


def _measures(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as part:
            while piece := part.read(1 << 16):
                yield piece
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, RuntimeError):
        raise Refused(f"it is damaged: its part {entry.filename[:80]} cannot be unpacked") from None


# --- how far sheets reach, and which of their cells are percentages -------------------------------------------------

Block = tuple[int, int, int, int]
"""First and last row, first and last column of cells, from 0 and both included."""


class XlsxPart:
    """The part of a workbook that holds one sheet. `percent` are the styles of cells that show a percentage."""

    def __init__(self, part: bytes, percent: frozenset[int]) -> None:
        self._part = part
        self._percent = percent

    def extent(self) -> tuple[int, int]:
        return _xlsx_extent(self._part)

    def percentages(self) -> list[Block]:
        return _xlsx_percentages(self._part, self._percent) if self._percent else []

    def colours(self, fills: dict[int, str]) -> list[tuple[int, int, str]]:
        styles = frozenset(fills)
        cells = _xlsx_styled(self._part, styles) if styles else ()
        return [(row, column, fills[style]) for row, column, style in islice(cells, MAX_MARKS)]


class OdsPart:
    """The table of an OpenDocument file that is one sheet; it begins at `start` of the file's `content`."""

    def __init__(self, content: bytes, start: int) -> None:
        self._row, self._column, self._percentages = _ods_extent(content, start)

    def extent(self) -> tuple[int, int]:
        return self._row, self._column

    def percentages(self) -> list[Block]:
        return self._percentages

    def colours(self, fills: dict[int, str]) -> list[tuple[int, int, str]]:
        """They are not read of these files."""
        return []


def _sheet_parts(parts: dict[str, bytes], wanted: list[re.Pattern[str]]) -> dict[str, XlsxPart | OdsPart]:
    """The part of each sheet to be read, by the sheet's name."""
    if "content.xml" in parts:
        content = parts["content.xml"]
        tables = {_attribute(tag[0], b"table:name"): tag.end() for tag in _ODS_TABLE.finditer(content)}
        return {name: OdsPart(content, tables[name]) for name in _chosen(list(tables), wanted)}
    targets = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    sheets = {}
    for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", parts.get("xl/workbook.xml", b"")):
        target = targets.get(_attribute(tag, b"(?:\\w+:)?id"), "")
        sheets[_attribute(tag, b"name")] = parts.get(target.lstrip("/")) or parts.get(f"xl/{target}") or b""
    percent = _percent_styles(parts.get("xl/styles.xml", b""))
    return {name: XlsxPart(sheets[name], percent) for name in _chosen(list(sheets), wanted)}


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)[\"']", tag)
    text = found[1].decode("utf-8", "replace") if found else ""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _xlsx_extent(part: bytes) -> tuple[int, int]:
    rows = max(part.count(b"<row"), part.count(b":row"))
    columns = 0
    if rows > MAX_ROWS:
        return rows, columns
    for reference in re.finditer(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"']", part):
        rows = max(rows, int(reference[2]))
        columns = max(columns, _column(reference[1]))
    return rows, columns


PERCENT_FORMATS = frozenset({9, 10})
"""`0%` and `0.00%`, which every workbook has without saying so."""

_SHOWN_AS_WRITTEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def _percent_styles(styles: bytes) -> frozenset[int]:
    """The numbers of cell styles whose format multiplies by a hundred."""
    formats = set(PERCENT_FORMATS)
    for tag in re.findall(rb"<(?:\w+:)?numFmt\b[^>]*>", styles):
        number, code = _attribute(tag, b"numFmtId"), _attribute(tag, b"formatCode")
        if number.isdigit():
            (formats.add if "%" in _SHOWN_AS_WRITTEN.sub("", code) else formats.discard)(int(number))
    start = styles.find(b"cellXfs")
    section = styles[start : styles.find(b"cellXfs>", start + 8)] if start >= 0 else b""
    cells = re.findall(rb"<(?:\w+:)?xf\b[^>]*>", section)
    return frozenset(
        place
        for place, tag in enumerate(cells)
        if (number := _attribute(tag, b"numFmtId")).isdigit() and int(number) in formats
    )


_SCHEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))
"""Colours of a theme in the order in which cells number them."""

_PALETTE = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C0808080"
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696339966"
)
_INDEXED = {
    number: _PALETTE[6 * place : 6 * place + 6] for place, number in enumerate((*range(8, 24), *range(40, 56), 57))
}
"""The palette of older workbooks, as far as it is used for cells."""


def _fills(parts: dict[str, bytes]) -> dict[int, str]:
    """The colour behind the cells of each style that has one, as six hexadecimal digits."""
    styles, theme = parts.get("xl/styles.xml", b""), parts.get("xl/theme/theme1.xml", b"")
    colours = [
        _fill(one, theme) for one in re.findall(rb"<(?:\w+:)?fill\b[^>]*>(.*?)</(?:\w+:)?fill>", styles, re.DOTALL)
    ]
    start = styles.find(b"cellXfs")
    section = styles[start : styles.find(b"cellXfs>", start + 8)] if start >= 0 else b""
    found = {}
    for place, tag in enumerate(re.findall(rb"<(?:\w+:)?xf\b[^>]*>", section)):
        number = _attribute(tag, b"fillId")
        if number.isdigit() and int(number) < len(colours) and (colour := colours[int(number)]):
            found[place] = colour
    return found


def _fill(fill: bytes, theme: bytes) -> str:
    tag = re.search(rb"<(?:\w+:)?fgColor\b[^>]*>", fill)
    if tag is None or b"solid" not in fill:
        return ""
    rgb, indexed, number = (_attribute(tag[0], name) for name in (b"rgb", b"indexed", b"theme"))
    if not rgb and indexed.isdigit():
        rgb = _INDEXED.get(int(indexed), "")
    if not rgb and number.isdigit() and int(number) < len(_SCHEME):
        name = _SCHEME[int(number)].encode()
        of = re.search(rb"<a:" + name + rb">.{0,80}?(?:val|lastClr)=\"([0-9A-Fa-f]{6})\"", theme, re.DOTALL)
        rgb = of[1].decode() if of else ""
    rgb = rgb[-6:].upper()
    return _tinted(rgb, _attribute(tag[0], b"tint")) if re.fullmatch(r"[0-9A-F]{6}", rgb) else ""


def _tinted(rgb: str, tint: str) -> str:
    """Lighter for a tint above 0, darker below."""
    if not re.fullmatch(r"-?[01](?:\.\d{1,20})?", tint):
        return rgb
    by = float(tint)
    parts = (int(rgb[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{round(one + (255 - one) * by) if by > 0 else round(one * (1 + by)):02X}" for one in parts)


_XLSX_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{0,9})[\"']")


def _xlsx_percentages(part: bytes, percent: frozenset[int]) -> list[Block]:
    return [(row, row, column, column) for row, column, _ in _xlsx_styled(part, percent)]


def _xlsx_styled(part: bytes, styles: frozenset[int]) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of each cell of one of these styles. A cell that does not say where it stands follows the
    one before it."""
    row = column = -1
    for tag in _XLSX_TAG.finditer(part):
        reference = _REFERENCE.search(tag[2])
        if tag[1] == b"row":
            row, column = int(reference[2]) - 1 if reference and reference[2] else row + 1, -1
            continue
        column = _column(reference[1]) - 1 if reference and reference[1] else column + 1
        style = _attribute(tag[0], b"s")
        if style.isdigit() and int(style) in styles:
            yield row, column, int(style)


def _column(letters: bytes) -> int:
    """The number of a column by its letters: 1 for A."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


_ODS_TABLE = re.compile(rb"<table:table\s[^>]*>")
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b[^>]*>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,9})[\"']")
_PERCENTAGE = re.compile(rb"value-type\s*=\s*[\"']percentage[\"']")


def _ods_extent(content: bytes, start: int) -> tuple[int, int, list[Block]]:
    """The last row and column that hold anything, and where percentages stand."""
    end = content.find(b"</table:table>", start)
    row = column = rows_here = last_row = last_column = 0
    percentages: list[Block] = []
    for tag in _ODS_TAG.finditer(content, start, len(content) if end < 0 else end):
        found = _REPEATED.search(tag[0])
        repeated = int(found[1]) if found else 1
        if tag[1] == b"table-row":
            row += rows_here
            rows_here, column = repeated, 0
            continue
        column += repeated
        if b"value-type" in tag[0]:
            if _PERCENTAGE.search(tag[0]):
                percentages.append((row, row + rows_here - 1, column - repeated, column - 1))
            last_row, last_column = max(last_row, row + rows_here), max(last_column, column)
            if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
                break
    return last_row, last_column, percentages


def _refuse_far_cells(extents: dict[str, tuple[int, int]]) -> None:
    for name, (rows, columns) in extents.items():
        if rows > MAX_ROWS:
            raise Refused(f"sheet {name[:80]} reaches to row {rows}; at most {MAX_ROWS} rows are read")
        if columns > MAX_COLUMNS:
            raise Refused(f"sheet {name[:80]} reaches to column {columns}; at most {MAX_COLUMNS} columns are read")
        if rows * columns > MAX_CELLS:
            raise Refused(f"sheet {name[:80]} has {rows} rows of {columns} columns; at most {MAX_CELLS} cells are read")


# --- rows -----------------------------------------------------------------------------------------------------------


def _rows(name: str, sheet: object, percentages: Iterable[Block] = ()) -> list[list[object]]:
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    if len(rows) > MAX_ROWS or (rows and len(rows[0]) > MAX_COLUMNS):
        raise Refused(f"sheet {name[:80]} reaches to row {len(rows)}; it is larger than any sheet that is read")
    plain = [[_plain(cell) for cell in row] for row in rows]
    for first_row, last_row, first, last in percentages:
        for cells in plain[first_row : last_row + 1]:
            cells[first : last + 1] = map(_percentage, cells[first : last + 1])
    return plain


def _merged(sheet: object) -> list[Block]:
    """Blocks of merged cells; none of files whose reader does not tell."""
    blocks = getattr(sheet, "merged_cell_ranges", None) or []
    return [(top[0], bottom[0], top[1], bottom[1]) for top, bottom in blocks[:MAX_MARKS]]


def _percentage(cell: object) -> object:
    """A number as its cell shows it: 0.62 as `62%`, to ten places."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    return f"{100 * cell:.10f}".rstrip("0").rstrip(".") + "%"


def _plain(cell: object) -> object:
    """Text, a number, or `{"on": ISO date}`; a time of day or a duration is shown as text."""
    if isinstance(cell, datetime):
        return {"on": cell.date().isoformat()}
    if isinstance(cell, date):
        return {"on": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, str):
        return cell[: MAX_CELL + 1]
    return cell


if __name__ == "__main__":
    main(sys.argv[1:])
