"""The start page: England as a picture, what is new, which windows are open, and how the regions stand."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.working_days import add_months
from domain.values.errors import Busy
from projections.authorities.regions import regions
from projections.engine.answers import PlannerAnswer, RegisterAnswer
from projections.outlook.forecasts import outlooks_of
from projections.outlook.planner import planner
from web.authorities.disagreements import unsettled
from web.authorities.searched import searched
from web.charts.open_months import open_months
from web.formats.sheet_download import csv_file
from web.news.this_week import this_week
from web.site import reader
from web.start import figures
from web.store.store import current_store
from web.words import register

bp = Blueprint("start", __name__)

MONTHS_AHEAD = 6
HEADS = (
    *("urn", "authority", "region", "pathway", "judgement", "report_published_on"),
    *("window_from", "window_to", "window_status"),
)


@bp.get("/")
def show() -> str:
    """The map with its counts, windows by month, news and newest reports, likely next ones, and the regions."""
    asked = reader.asked()
    answer = reader.register(asked)
    found = register.rows(answer.rows, asked.as_at)
    planned = planner(answer)
    return render_template(
        "start/page.html",
        asked=asked,
        moment=answer.moment,
        query=asked.query,
        week=this_week(asked, answer),
        total=len(found),
        with_history=sum(row.inspected is not None for row in found),
        regions=figures.by_region(found, answer.rows),
        grade_heads=figures.grade_heads(),
        newest=figures.newest(answer.rows),
        soonest=figures.soonest(planned, _outlooks(planned, asked), answer.rows),
        disagreements=unsettled(reader.disagreements(asked)),
        questions=sum(row.doubts for row in answer.rows),
        **_map(answer, found, asked),
        **_windows(planned, register.opening(found, asked.as_at, add_months(asked.as_at, MONTHS_AHEAD))),
    )


def _map(answer: RegisterAnswer, found: Sequence[register.RegisterLine], asked: reader.Asked) -> dict[str, Any]:
    by = figures.BY_PATHWAY if request.args.get("by") == figures.BY_PATHWAY else figures.BY_GRADE
    bars = register.by_pathway(found) if by == figures.BY_PATHWAY else register.by_judgement(found)
    shown = [bar for bar in bars if bar.number]
    return {
        "by": by,
        "map": figures.england(answer.rows, bars, by),
        "counts": [(figures.short_label(bar), bar) for bar in shown],
        "filter": "pathway" if by == figures.BY_PATHWAY else "judgement",
        "ways": [
            ("By grade", url_for(".show", **asked.address), by == figures.BY_GRADE),
            ("By pathway", url_for(".show", by=figures.BY_PATHWAY, **asked.address), by == figures.BY_PATHWAY),
        ],
    }


def _windows(planned: PlannerAnswer, opening: Sequence[register.RegisterLine]) -> dict[str, Any]:
    numbers = [(month.first_day, len(month.open)) for month in planned.months]
    return {
        "open": len(planned.open),
        "windows_told": figures.windows_told(
            len(opening), len(planned.overdue), len(planned.not_known), len(planned.called)
        ),
        "months": open_months(numbers),
        "month_numbers": numbers,
    }


def _outlooks(planned: PlannerAnswer, asked: reader.Asked) -> tuple[Outlook, ...]:
    """Of the open windows, today; none while so many are worked out that one would have to wait."""
    if not asked.chosen:
        with suppress(Busy):
            return outlooks_of(current_store().reader, planned.open, planned.moment)
    return ()


@bp.get("/authorities.csv")
def table() -> Response:
    """The list of authorities as a table, narrowed and ordered by the address."""
    asked = reader.asked()
    answer = reader.register(asked)
    wanted = register.RegisterAsked.of(request.args, regions(row.authority for row in answer.rows))
    rows = register.chosen(register.rows(answer.rows, asked.as_at), wanted, searched(wanted.q, answer, asked).places)
    return csv_file(f"authorities-{asked.as_at}.csv", HEADS, map(_cells, rows))


def _cells(row: register.RegisterLine) -> tuple[object, ...]:
    window = (row.opens, row.closes, row.state.value)
    return (row.urn, row.name, row.region, row.pathway.value, row.judgement, row.inspected, *window)
