"""Small published files of our own making, with the layouts and the dirt of the real ones. All facts are invented."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

TODAY = date(2026, 9, 1)

LATEST_2024 = (
    "Web link",
    "Local authority name",
    "Ofsted region",
    "Inspection date",
    "Overall effectiveness",
    "Impact of leaders",
    "Experiences and progress of children who need help and protection",
    "Experiences and progress of children in care",
    "Experiences and progress of care leavers",
)
IN_YEAR_2024 = (
    "Web link",
    "Local authority name",
    "Region",
    "Inspection/Visit date",
    "Inspection/Visit type",
    "Overall effectiveness",
    "Impact of leaders",
    "Experiences and progress of children who need help and protection",
    "Experiences and progress of children in care",
    "Experiences and progress of care leavers",
    "Visit Theme",
)
HISTORY_2025 = (
    "Web link",
    "Local authority area code",
    "Local authority name",
    "Local authority status",
    "Ofsted region",
    "Inspection date",
    "Publication date",
    "Inspection type",
    "Overall effectiveness",
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
)
OVERVIEW = (
    "urn",
    "la_code",
    "region_code",
    "ltla23cd",
    "local_authority",
    "inspection_link",
    "overall_effectiveness_grade",
    "inspection_framework",
    "inspector_name",
    "inspection_start_date",
    "inspection_end_date",
    "publication_date",
    "local_link_to_all_inspections",
    "impact_of_leaders_grade",
    "help_and_protection_grade",
    "in_care_grade",
    "care_leavers_grade",
    "inspectors_inspections_count",
)
HISTORY = (
    "urn",
    "local_authority",
    "inspection_link",
    "pdf_filename",
    "publication_date",
    "inspection_framework",
    "inspector_name",
    "inspection_start_date",
    "inspection_end_date",
    "overall_effectiveness_grade",
    "impact_of_leaders_grade",
    "help_and_protection_grade",
    "in_care_grade",
    "care_leavers_grade",
    "parser_version",
)
LINK = "Ofsted Local Authority Webpage"
RI = "Requires improvement to be good"

Grid = Sequence[Sequence[object]]


def xlsx(path: Path, sheets: Mapping[str, Grid]) -> Path:
    """A workbook with real date cells."""
    workbook = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell)
                elif cell not in (None, ""):
                    sheet.write(number, column, cell)
    workbook.close()
    return path


def ods(path: Path, sheets: Mapping[str, Grid], *, extra: str = "") -> Path:
    """An OpenDocument spreadsheet with real date cells; `extra` is put after the last table."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(map(_ods_row, rows))}</table:table>"
        for name, rows in sheets.items()
    )
    return ods_of(path, tables + extra)


def ods_of(path: Path, tables: str, *, prolog: str = "") -> Path:
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return archive(path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def archive(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return path


def with_part(path: Path, name: str, part: str | bytes) -> Path:
    """The same archive with one part added or replaced."""
    with zipfile.ZipFile(path) as known:
        parts: dict[str, str | bytes] = {entry: known.read(entry) for entry in known.namelist()}
    return archive(path, parts | {name: part})


def _ods_row(row: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: object) -> str:
    if cell in (None, ""):
        return "<table:table-cell/>"
    if isinstance(cell, date):
        shown = cell.strftime("%d/%m/%Y")
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}">'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )
    if isinstance(cell, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def csv_file(path: Path, headers: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = False) -> Path:
    """A CSV file, with a byte-order mark if `mark`."""
    text = io.StringIO()
    csv.writer(text).writerows([headers, *rows])
    path.write_bytes(("\ufeff" if mark else "").encode() + text.getvalue().encode())
    return path


def by_name(headers: Sequence[str], **given: object) -> list[object]:
    """A row of the layout with the cells named, spaces for underscores where the header has them, and blanks."""
    known = {header.replace(" ", "_").casefold(): header for header in headers}
    unknown = set(given) - set(known)
    assert not unknown, unknown
    cells = {known[key]: cell for key, cell in given.items()}
    return [cells.get(header, "") for header in headers]


def overview_row(**given: object) -> list[object]:
    """A row of the D2I overview about Gateshead, with what is given changed."""
    row: dict[str, object] = {
        "urn": "80469",
        "la_code": "390",
        "region_code": "NE",
        "ltla23cd": "E08000037",
        "local_authority": "gateshead",
        "inspection_link": "https://files.ofsted.gov.uk/v1/file/50267802",
        "overall_effectiveness_grade": "good",
        "inspection_framework": "short",
        "inspector_name": "a person",
        "inspection_start_date": "02/12/2024",
        "inspection_end_date": "06/12/2024",
        "publication_date": "29/01/25",
        "local_link_to_all_inspections": 0,
        "impact_of_leaders_grade": "good",
        "help_and_protection_grade": "requires improvement",
        "in_care_grade": "good",
        "care_leavers_grade": "outstanding",
        "inspectors_inspections_count": "3",
    }
    return by_name(OVERVIEW, **(row | given))


def history_row(**given: object) -> list[object]:
    """A row of the JT-39 history about Gateshead, with what is given changed."""
    row: dict[str, object] = {
        "urn": "80469",
        "local_authority": "gateshead",
        "inspection_link": "https://files.ofsted.gov.uk/v1/file/50267802",
        "publication_date": "29/01/25",
        "inspection_framework": "short",
        "inspector_name": "A Person",
        "inspection_start_date": "02/12/2024",
        "inspection_end_date": "06/12/2024",
        "overall_effectiveness_grade": "good",
        "impact_of_leaders_grade": "good",
        "help_and_protection_grade": "good",
        "in_care_grade": "good",
        "care_leavers_grade": "good",
        "parser_version": "1",
    }
    return by_name(HISTORY, **(row | given))
