"""The formats of files that are read: what each is called, where it comes from, and by which columns it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from web.words.words import plain


class Layout(Enum):
    """The formats that are read. The values are stable: they are kept with every file read."""

    OFSTED_OUTCOMES = "ofsted_outcomes"
    D2I_OVERVIEW = "d2i_overview"
    JT39_OVERVIEW = "jt39_overview"
    JT39_HISTORY = "jt39_history"
    IMPROVEMENT_ITEMS = "improvement_items"
    JTAI_OVERVIEW = "jtai_overview"
    AREA_SEND_OVERVIEW = "area_send_overview"
    YOUTH_JUSTICE_RATINGS = "youth_justice_ratings"
    AUTHORITY_LOOK_UP = "authority_look_up"
    HISTORY_DOCUMENT = "history_document"
    VISITS_TABLE = "visits_table"
    OFSTED_REPORT = "ofsted_report"
    OFSTED_LETTER = "ofsted_letter"


@dataclass(frozen=True)
class FileFormat:
    """`known_by` are sets of columns, one of which is enough. `source` is the kind and the title of a file's source,
    where the file's own words give none."""

    called: str
    comes_from: str
    known_by: tuple[tuple[str, ...], ...]
    source: tuple[str, str] = ("", "")


_REPORT = ("urn", "local_authority", "inspection_link", "publication_date")

TABLES: Mapping[Layout, FileFormat] = {
    Layout.JT39_OVERVIEW: FileFormat(
        "JT-39 overview",
        "The overview of the public project JT-39/ofsted-ilacs-scrape-tool, a workbook or CSV",
        ((*_REPORT, "overall_effectiveness_grade", "la_code", "la_code_new"),),
        ("jt39", "JT-39 overview of ILACS outcomes"),
    ),
    Layout.D2I_OVERVIEW: FileFormat(
        "Data to Insight overview",
        "Data to Insight’s overview of reports on Ofsted’s site, a workbook or CSV",
        ((*_REPORT, "overall_effectiveness_grade", "la_code", "ltla23cd"),),
        ("d2i", "Data to Insight overview of ILACS outcomes"),
    ),
    Layout.JT39_HISTORY: FileFormat(
        "JT-39 history",
        "The history of all reports of the same project JT-39, a CSV",
        ((*_REPORT, "overall_effectiveness_grade", "in_care_grade", "care_leavers_grade"),),
        ("jt39", "JT-39 history of ILACS reports"),
    ),
    Layout.IMPROVEMENT_ITEMS: FileFormat(
        "Improvement items",
        "What needs to improve, an item a row, as taken from Ofsted’s reports, a CSV",
        (("urn", "local_authority", "publication_date", "item_number", "text"),),
        ("improvement_items", "What needs to improve: items of Ofsted's reports"),
    ),
    Layout.JTAI_OVERVIEW: FileFormat(
        "Data to Insight JTAI overview",
        "Data to Insight’s overview of joint targeted area inspections, a workbook or CSV",
        ((*_REPORT, "inspection_theme"),),
        ("jtai", "Data to Insight overview of joint targeted area inspections"),
    ),
    Layout.AREA_SEND_OVERVIEW: FileFormat(
        "Data to Insight area SEND overview",
        "Data to Insight’s overview of area SEND inspections, a workbook or CSV",
        ((*_REPORT, "outcome_grade", "next_inspection_by_date"),),
        ("area_send", "Data to Insight overview of area SEND inspections"),
    ),
    Layout.YOUTH_JUSTICE_RATINGS: FileFormat(
        "Youth justice ratings",
        "Data to Insight’s list of HM Inspectorate of Probation’s ratings of youth justice services, a CSV",
        (("la_name", "la_ref", "overall_rating", "publication_date"),),
        ("youth_justice", "Data to Insight list of youth justice ratings"),
    ),
    Layout.AUTHORITY_LOOK_UP: FileFormat(
        "Authority look-up",
        "Names and codes of authorities, as published beside those overviews, a CSV",
        (("urn", "la_code", "local_authority_ons_name"), ("la_name", "region_name_correct")),
        ("look_up", "Authority look-up"),
    ),
    Layout.VISITS_TABLE: FileFormat(
        "Table of visits",
        "Visits a row each, kept by hand or drawn from Ofsted’s letters, a workbook or CSV; its columns may have names "
        "that are near to these",
        (("urn", "kind", "visit_start"), ("name", "kind", "visit_start")),
        ("visits_table", "Table of visits"),
    ),
}
"""Tables known by their columns, the most telling first."""

NOT_KEPT: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "inspections of schools": (
        ("school name",),
        ("phase of education",),
        ("ofsted phase",),
        ("type of education",),
        ("laestab",),
        ("establishmentname",),
    ),
    "children’s homes and other registered providers": (
        ("provision type",),
        ("provider type", "registration status"),
        ("provider subtype",),
        ("home name",),
        ("setting name",),
    ),
}
"""Kinds of inspection that Ofsted and others publish and that are not kept, and columns by which their tables are
known; one set is enough."""

FORMATS: Mapping[Layout, FileFormat] = {
    **TABLES,
    Layout.OFSTED_OUTCOMES: FileFormat(
        "Ofsted statistics",
        "Ofsted’s yearly statistics of inspection outcomes on GOV.UK, a workbook (XLSX or ODS)",
        (("web link", "local authority name"),),
    ),
    Layout.HISTORY_DOCUMENT: FileFormat(
        "History document",
        "Our own export, or a history written by hand or by another tool, JSON or YAML",
        (("authorities",),),
    ),
    Layout.OFSTED_REPORT: FileFormat(
        "Ofsted report",
        "A report of Ofsted’s on a graded inspection or an area SEND inspection, the PDF that it publishes",
        (),
        ("ofsted_report", "Ofsted report"),
    ),
    Layout.OFSTED_LETTER: FileFormat(
        "Ofsted letter",
        "A letter of Ofsted’s on a focused or monitoring visit or a joint inspection, the PDF that it publishes",
        (),
        ("ofsted_letter", "Ofsted letter"),
    ),
}
"""Those, and the ones known otherwise: by sheets named after a 31 March, by the key of a document, by a PDF's words."""

CALLED: Mapping[str, str] = {layout.value: FORMATS[layout].called for layout in Layout}
"""What a format is called, by the name kept with a file."""


def file_format(layout: str) -> str:
    """The format of a file from the name kept with it."""
    return CALLED.get(layout) or plain(layout)
