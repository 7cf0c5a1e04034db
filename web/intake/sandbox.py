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
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

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


class Refused(Exception):
    """Why the workbook is not read, in words safe to show."""


def main(arguments: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS offers the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    wanted = [re.compile(pattern, re.IGNORECASE) for pattern in arguments]
    try:
        answer = _read(sys.stdin.buffer.read(), wanted)
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": "it unfolds to more than may be held in memory"}
    json.dump(answer, sys.stdout)


def _read(content: bytes, wanted: list[re.Pattern[str]]) -> dict[str, object]:
    unpacked = _checked_parts(content)
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_far_cells(_extents(unpacked, wanted))
    unpacked.clear()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(workbook.sheet_names)
        chosen = _chosen(names, wanted)
        sheets = {name: _rows(name, workbook.get_sheet_by_name(name)) for name in chosen}
        cover = _rows("Cover", workbook.get_sheet_by_name("Cover"))[:COVER_ROWS] if "Cover" in names else []
    except (CalamineError, zipfile.BadZipFile, ValueError, KeyError, OSError) as fault:
        raise Refused(f"it is not a workbook that can be read ({_brief(fault)})") from None
    return {"names": names[:MAX_ENTRIES], "sheets": sheets, "cover": cover}


def _chosen(names: list[str], wanted: list[re.Pattern[str]]) -> list[str]:
    """The sheets asked for; a workbook with none of them answers with its first sheet."""
    return [name for name in names if any(pattern.fullmatch(name) for pattern in wanted)] or names[:1]


def _brief(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__


# --- before parsing -------------------------------------------------------------------------------------------------


def _checked_parts(content: bytes) -> dict[str, bytes]:
    """The parts needed to measure sheets, unpacked; every part is inflated once and counted as it comes."""
    if content[:4] == b"\xd0\xcf\x11\xe0":
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


# --- how far sheets reach -------------------------------------------------------------------------------------------


def _extents(parts: dict[str, bytes], wanted: list[re.Pattern[str]]) -> dict[str, tuple[int, int]]:
    """By name of each sheet to be read, the last row and column that hold anything."""
    if "content.xml" in parts:
        content = parts["content.xml"]
        tables = {_attribute(tag[0], b"table:name"): tag.end() for tag in _ODS_TABLE.finditer(content)}
        return {name: _ods_extent(content, tables[name]) for name in _chosen(list(tables), wanted)}
    targets = {
        _attribute(tag, b"Id"): _attribute(tag, b"Target")
        for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    sheets = {}
    for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", parts.get("xl/workbook.xml", b"")):
        target = targets.get(_attribute(tag, b"(?:\\w+:)?id"), "")
        sheets[_attribute(tag, b"name")] = parts.get(target.lstrip("/")) or parts.get(f"xl/{target}") or b""
    return {name: _xlsx_extent(sheets[name]) for name in _chosen(list(sheets), wanted)}


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
        column = 0
        for letter in reference[1].upper():
            column = column * 26 + letter - 64
        columns = max(columns, column)
    return rows, columns


_ODS_TABLE = re.compile(rb"<table:table\s[^>]*>")
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b[^>]*>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,9})[\"']")


def _ods_extent(content: bytes, start: int) -> tuple[int, int]:
    end = content.find(b"</table:table>", start)
    row = column = rows_here = last_row = last_column = 0
    for tag in _ODS_TAG.finditer(content, start, len(content) if end < 0 else end):
        found = _REPEATED.search(tag[0])
        repeated = int(found[1]) if found else 1
        if tag[1] == b"table-row":
            row += rows_here
            rows_here, column = repeated, 0
            continue
        column += repeated
        if b"value-type" in tag[0]:
            last_row, last_column = max(last_row, row + rows_here), max(last_column, column)
            if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
                break
    return last_row, last_column


def _refuse_far_cells(extents: dict[str, tuple[int, int]]) -> None:
    for name, (rows, columns) in extents.items():
        if rows > MAX_ROWS:
            raise Refused(f"sheet {name[:80]} reaches to row {rows}; at most {MAX_ROWS} rows are read")
        if columns > MAX_COLUMNS:
            raise Refused(f"sheet {name[:80]} reaches to column {columns}; at most {MAX_COLUMNS} columns are read")
        if rows * columns > MAX_CELLS:
            raise Refused(f"sheet {name[:80]} has {rows} rows of {columns} columns; at most {MAX_CELLS} cells are read")


# --- rows -----------------------------------------------------------------------------------------------------------


def _rows(name: str, sheet: object) -> list[list[object]]:
    rows = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    if len(rows) > MAX_ROWS or (rows and len(rows[0]) > MAX_COLUMNS):
        raise Refused(f"sheet {name[:80]} reaches to row {len(rows)}; it is larger than any sheet that is read")
    return [[_plain(cell) for cell in row] for row in rows]


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
