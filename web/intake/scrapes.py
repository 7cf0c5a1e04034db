"""What public projects read off Ofsted's reports: D2I and JT-39 overviews, the JT-39 history, improvement items, JTAIs.

None of them states a framework: it was worked out, not read. A link never identifies an authority."""

from __future__ import annotations

import re
from datetime import date

from domain.frameworks import Area
from domain.register.register import plain_name
from domain.values.errors import RuleBroken
from domain.values.statements import Channel, Family, Kind, Observation, Stated
from web.intake.cells import (
    RowRejected,
    date_of,
    grades_of,
    in_order,
    not_judged_of,
    plain,
    report_citation,
    states_nothing,
    variant_of,
    verbatim_of,
)
from web.intake.gathering import Bounds, Gathered
from web.intake.tables import Table, TableRow

GRADES = {
    "overall_effectiveness_grade": Area.OVERALL_EFFECTIVENESS,
    "impact_of_leaders_grade": Area.IMPACT_OF_LEADERS,
    "help_and_protection_grade": Area.HELP_AND_PROTECTION,
    "in_care_grade": Area.IN_CARE,
    "care_leavers_grade": Area.CARE_LEAVERS,
}
"""Columns as named; before 2023 `in_care_grade` holds the combined grade, which reconciliation knows."""

CODES = ("la_code", "ltla23cd", "la_code_new")

LEFT_OUT = frozenset(
    {
        "inspector_name",
        "inspectors_inspections_count",
        "inspectors_median_sentiment_score",
        "sentiment_score",
        "sentiment_summary",
        "main_inspection_topics",
        "stat_neighbours",
        "stat_neighbour_judgement",
        "local_link_to_all_inspections",
        "parser_version",
        "pdf_filename",
        "case_study_title",
        "summary_case_study",
    }
)
"""Not about the inspection, or about a person or a case: never kept."""

LONGEST_ITEM = 5_000
"""Characters of one improvement item."""


def read_reports(table: Table, *, channel: Channel, bounds: Bounds) -> Gathered:
    """An overview or a history: one graded inspection a row."""
    gathered = Gathered()
    for row in table.rows:
        gathered.rows += 1
        try:
            _must_be_sound(row)
            start, end, published = _dates(row, bounds.latest)
            said = Stated(
                Kind.INSPECTION,
                start=start,
                end=end,
                published=published,
                variant=variant_of(row.get("inspection_framework")),
                grades=grades_of(row, GRADES),
                not_judged=not_judged_of(row, GRADES),
            )
            gathered.observe(
                Observation(
                    urn=_urn(row, bounds, on=start or published),
                    family=Family.SCRAPE,
                    channel=channel,
                    said=said,
                    row=row.place,
                    citations=report_citation("Ofsted report", row.get("inspection_link")),
                    verbatim=verbatim_of(row, table.headers, table.headers, LEFT_OUT),
                )
            )
        except (RowRejected, RuleBroken) as reason:
            gathered.reject(row.place, reason)
    return gathered


def read_joint_inspections(table: Table, *, bounds: Bounds) -> Gathered:
    """JTAIs: the latest of each area. A start equal to the publication date was never read, so it states none."""
    gathered = Gathered()
    for row in table.rows:
        gathered.rows += 1
        try:
            _must_be_sound(row)
            start, end, published = _dates(row, bounds.latest)
            said = Stated(
                Kind.JTAI,
                start=None if start == published else start,
                end=end,
                published=published,
                theme=_theme(row),
                priority_action=_priority_action(row),
            )
            gathered.observe(
                Observation(
                    urn=_urn(row, bounds, on=start or published),
                    family=Family.SCRAPE,
                    channel=Channel.JTAI_OVERVIEW,
                    said=said,
                    row=row.place,
                    citations=report_citation("Joint targeted area inspection letter", row.get("inspection_link")),
                    verbatim=verbatim_of(row, table.headers, table.headers, LEFT_OUT),
                )
            )
        except (RowRejected, RuleBroken) as reason:
            gathered.reject(row.place, reason)
    return gathered


def read_improvement_items(table: Table, *, bounds: Bounds) -> Gathered:
    """The "What needs to improve" items: rows of one report become one observation with its items in order."""
    gathered = Gathered()
    reports: dict[tuple[str, date | None, date | None, str], list[tuple[int, TableRow]]] = {}
    for row in table.rows:
        gathered.rows += 1
        try:
            _must_be_sound(row)
            number = _item_number(row)
            start, _, published = _dates(row, bounds.latest)
            urn = _urn(row, bounds, on=start or published)
        except (RowRejected, RuleBroken) as reason:
            gathered.reject(row.place, reason)
        else:
            reports.setdefault((urn, start, published, row.text("inspection_link")), []).append((number, row))
    for (urn, start, published, _), items in reports.items():
        items.sort(key=lambda item: item[0])
        first = items[0][1]
        gathered.observe(
            Observation(
                urn=urn,
                family=Family.SCRAPE,
                channel=Channel.IMPROVEMENT_ITEMS,
                said=Stated(
                    Kind.INSPECTION,
                    start=start,
                    published=published,
                    improvements=tuple(dict.fromkeys(row.text("text") for _, row in items)),
                ),
                row=first.place,
                citations=report_citation("Ofsted report", first.get("inspection_link")),
                verbatim=verbatim_of(first, table.headers, table.headers, {"text", "item_number"}),
            )
        )
    return gathered


def _must_be_sound(row: TableRow) -> None:
    fault = row.fault()
    if fault is not None:
        raise RowRejected(fault)


def _dates(row: TableRow, latest: date) -> tuple[date | None, date | None, date | None]:
    start = date_of(row.get("inspection_start_date"), "inspection_start_date", latest=latest)
    end = date_of(row.get("inspection_end_date"), "inspection_end_date", latest=latest)
    published = date_of(row.get("publication_date"), "publication_date", latest=latest)
    if not (start or end or published):
        raise RowRejected("it has no date of inspection or publication")
    in_order(start=start, end=end, published=published)
    return start, end, published


def _urn(row: TableRow, bounds: Bounds, *, on: date | None) -> str:
    return bounds.register.identify(
        urn=row.text("urn"),
        name=row.text("local_authority"),
        codes=[row.text(column) for column in CODES],
        on=on,
    )


def _item_number(row: TableRow) -> int:
    text = row.text("item_number")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1000):
        raise RowRejected(f"{text[:20]!r} under 'item_number' is not the number of an item")
    if not row.text("text"):
        raise RowRejected("it has no text")
    if len(row.text("text")) > LONGEST_ITEM:
        raise RowRejected(f"its text is longer than {LONGEST_ITEM:,} characters")
    return int(text)


_BETWEEN = re.compile(r"\s+between\s+\d.*$", re.IGNORECASE)
_PLACE = re.compile(r"\s+in\s+(?:the\s+)?(?P<place>[^,]+)$", re.IGNORECASE)


def _theme(row: TableRow) -> str | None:
    """The theme without the place and days that the letter's sentence ends in."""
    if states_nothing(row.get("inspection_theme")):
        return None
    theme = _BETWEEN.sub("", row.text("inspection_theme").rstrip(". "))
    found = _PLACE.search(theme)
    if found and plain_name(found["place"]).startswith(plain_name(row.text("local_authority"))):
        theme = theme[: found.start()]
    return theme or None


def _priority_action(row: TableRow) -> bool | None:
    """What the summary says outright; its silence is not a no."""
    words = plain(row.get("summary_priority_action"))
    if states_nothing(row.get("summary_priority_action")) or "priority action" not in words:
        return None
    return not re.search(r"\bno areas? for priority action", words)
