"""What public projects read off Ofsted's reports: D2I and JT-39 overviews, the JT-39 history, improvement items.

None of them states a framework: it was worked out, not read. A link never identifies an authority."""

from __future__ import annotations

from datetime import date

from domain.frameworks import Area
from domain.values.errors import RuleBroken
from domain.values.judgements import NO_JUDGEMENTS
from domain.values.statements import Channel, Family, Kind, Observation, Stated
from web.intake.cells import (
    RowRejected,
    grades_of,
    not_judged_of,
    number_of,
    report_citation,
    variant_of,
    verbatim_of,
    visit_of,
)
from web.intake.gathering import Bounds, Gathered
from web.intake.rows import DAYS, IDENTITY, authority_of, days_of, must_be_sound
from web.intake.tables import Table, TableRow

GRADES = {
    "overall_effectiveness_grade": Area.OVERALL_EFFECTIVENESS,
    "impact_of_leaders_grade": Area.IMPACT_OF_LEADERS,
    "help_and_protection_grade": Area.HELP_AND_PROTECTION,
    "in_care_grade": Area.IN_CARE,
    "care_leavers_grade": Area.CARE_LEAVERS,
}
"""Columns as named; before 2023 `in_care_grade` holds the combined grade, which reconciliation knows."""

FRAMEWORK = "inspection_framework"

SAYS_KIND = (FRAMEWORK, "inspection_type", "visit_type", "kind", "type", "pdf_filename")
"""Columns whose words say that a row is about a visit, where it is."""

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
        "full_text",
        "case_study_title",
        "summary_case_study",
    }
)
"""Not about the inspection, or about a person or a case: never kept."""

LONGEST_ITEM = 5_000
"""Characters of one improvement item."""


def read_reports(table: Table, *, channel: Channel, bounds: Bounds) -> Gathered:
    """An overview or a history: one graded inspection a row, or a visit where the row says so."""
    gathered = Gathered()
    for row in table.rows:
        gathered.rows += 1
        try:
            must_be_sound(row, (*IDENTITY, *DAYS, FRAMEWORK, *GRADES))
            start, end, published = days_of(row, bounds, gathered)
            visit = visit_of(*map(row.cells.get, SAYS_KIND))
            grades = grades_of(row, GRADES)
            if visit is not None and grades.pairs:
                gathered.notes.append(f"{row.place}: its words say that it is a visit, so its grades were not taken")
            said = Stated(
                visit or Kind.INSPECTION,
                start=start,
                end=end,
                published=published,
                variant=None if visit else variant_of(row.get(FRAMEWORK)),
                grades=NO_JUDGEMENTS if visit else grades,
                not_judged=() if visit else not_judged_of(row, GRADES),
            )
            gathered.observe(
                Observation(
                    urn=authority_of(row, bounds, on=start or published),
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


def read_improvement_items(table: Table, *, bounds: Bounds) -> Gathered:
    """The "What needs to improve" items: rows of one report become one observation with its items in order."""
    gathered = Gathered()
    reports: dict[tuple[str, date | None, date | None, str], list[tuple[int, TableRow]]] = {}
    for row in table.rows:
        gathered.rows += 1
        try:
            must_be_sound(row, (*IDENTITY, *DAYS, "item_number", "text"))
            number = _item_number(row)
            start, _, published = days_of(row, bounds, gathered)
            urn = authority_of(row, bounds, on=start or published)
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


def _item_number(row: TableRow) -> int:
    text = number_of(row.get("item_number"))
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1000):
        raise RowRejected(f"{text[:20]!r} under 'item_number' is not the number of an item")
    if not row.text("text"):
        raise RowRejected("it has no text")
    if len(row.text("text")) > LONGEST_ITEM:
        raise RowRejected(f"its text is longer than {LONGEST_ITEM:,} characters")
    return int(text)
