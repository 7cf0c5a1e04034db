"""What is coming up: windows past their end, open and to open, on one axis, and by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from domain.rulebook.results import Pathway
from domain.values.words import month_in_words, on_site_in_words
from projections.authorities.regions import regions
from projections.engine.answers import (
    CalledInspection,
    PlannedWindow,
    PlannerAnswer,
    PlannerMonth,
    RegisterAnswer,
    WithoutWindow,
)
from projections.outlook.planner import months_from, planner
from web.outlook.windows_drawn import ended_said, forecasts, lede, note_of, windows_drawn
from web.site import reader
from web.site.list_filters import Known, Narrowing, list_page
from web.site.reader import Asked
from web.words import words
from web.words.close_together import near, near_summary
from web.words.summary import after_sources_of_all

bp = Blueprint("planner", __name__)

WITHOUT: Mapping[WithoutWindow, tuple[str, str]] = {
    WithoutWindow.NOT_YET_JUDGED: ("has no graded report yet", "have no graded report yet"),
    WithoutWindow.UNKNOWN: ("is on no known pathway", "are on no known pathway"),
    WithoutWindow.NOT_COUNTED: (
        "has a window that cannot be counted, as the bank holidays are not known",
        "have a window that cannot be counted, as the bank holidays are not known",
    ),
    WithoutWindow.ABOLISHED: ("was abolished", "were abolished"),
    WithoutWindow.ENDS_BEFORE: (
        "will have ended before its window would open",
        "will have ended before their windows would open",
    ),
}
"""Of one authority, and of several."""


OPEN_FIRST = 6
"""So many open windows stand on the page; the rest are folded."""

SOON_MONTHS = 6
CHIPS = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT, Pathway.INADEQUATE)


@dataclass(frozen=True)
class Name:
    """An authority in a list behind a count; `day` is when its window does what the list says."""

    urn: str
    name: str
    day: str = ""


@dataclass(frozen=True)
class MonthLine:
    """One month in words. `open` has a page of its own, as hundreds of names stand behind the twenty-four of them."""

    key: str
    month: str
    opening: tuple[Name, ...]
    closing: tuple[Name, ...]
    overdue_from: tuple[Name, ...]
    open: int
    bar: int
    address: str


@dataclass(frozen=True)
class Planned:
    """One window in words. `news` is what happens in the month shown; `note` what else to know of it."""

    urn: str
    name: str
    region: str
    expected: str
    window: str
    distance: str
    note: str
    news: str = ""


@dataclass(frozen=True)
class CalledShown:
    """An authority whose graded inspection has come, in words."""

    urn: str
    name: str
    region: str
    called: str
    on_site: str
    state: str
    colour: str


@bp.get("/coming-up")
def show() -> Response:
    """What is past its end, open and to open, as the address asks; empty fields leave the address."""
    asked = reader.asked()
    register = reader.register(asked, include_abolished=True)
    wanted = Narrowing.of(request.args, _known(register))
    address = url_for(".show", **wanted.args(), **asked.address)
    return list_page(
        "outlook/planner/page.html",
        "outlook/planner/_results.html",
        address=address,
        context=lambda: _context(register, wanted, asked),
    )


def _known(register: RegisterAnswer) -> Known:
    """The values that each filter knows."""
    return {
        "region": regions(row.authority for row in register.rows),
        "pathway": [pathway.value for pathway in Pathway],
        "month": [f"{first:%Y-%m}" for first in months_from(register.moment.as_at)],
    }


def _context(register: RegisterAnswer, wanted: Narrowing, asked: Asked) -> dict[str, Any]:
    """Everything the page shows; the part takes the same."""
    pathway = Pathway(wanted["pathway"]) if wanted["pathway"] else None
    answer = planner(register, region=wanted["region"], pathway=pathway)
    drawn = windows_drawn(register, answer, forecasts(asked))
    soon = months_from(asked.as_at, SOON_MONTHS + 1)[-1]
    ended = [*answer.overdue, *answer.not_known]
    first = tuple(one for one in answer.to_open if one.opens < soon)
    return {
        "asked": asked,
        "moment": answer.moment,
        "wanted": wanted,
        "answer": answer,
        "lede": lede(answer, len(first), soon),
        "axis": drawn.axis,
        "ended": tuple(map(drawn.line, ended)),
        "ended_said": ended_said(answer),
        "open_first": tuple(map(drawn.line, answer.open[:OPEN_FIRST])),
        "open_more": tuple(map(drawn.line, answer.open[OPEN_FIRST:])),
        "soon": tuple(map(drawn.line, first)),
        "soon_until": words.month(soon - timedelta(days=1)),
        "later": tuple(map(drawn.line, answer.to_open[len(first) :])),
        "lines": lines(answer, wanted, asked),
        "month": _month_wanted(answer, wanted),
        "called": tuple(map(called_shown, answer.called)),
        "without": [
            (words.count(number, "authority", "authorities"), WITHOUT[why][number > 1])
            for why, number in answer.without
        ],
        "near": tuple(map(near, answer.near)),
        "near_summary": near_summary(answer),
        "regions": regions(row.authority for row in register.rows),
        "pathways": [
            (label, url_for(".show", **wanted.args(pathway=value), **asked.address), value == wanted["pathway"])
            for value, label in (("", "All"), *((one.value, words.PATHWAYS[one]) for one in CHIPS))
        ],
        "unread": after_sources_of_all(answer.moment) if answer.moment.data_horizon else "",
        "clear": url_for(".show", **asked.address),
        "whole": url_for(".show", **wanted.args(month=""), **asked.address),
        "carried": asked.query,
    }


def lines(answer: PlannerAnswer, wanted: Narrowing, asked: Asked) -> tuple[MonthLine, ...]:
    """Every month, with a bar in hundredths of the busiest."""
    most = max((len(month.open) for month in answer.months), default=0) or 1
    return tuple(
        MonthLine(
            key=(key := f"{month.first_day:%Y-%m}"),
            month=words.month(month.first_day),
            opening=tuple(Name(*_named(one), _day(one.opens)) for one in month.opening),
            closing=tuple(Name(*_named(one), _day(one.closes)) for one in month.closing),
            overdue_from=tuple(Name(*_named(one)) for one in month.overdue_from),
            open=len(month.open),
            bar=round(100 * len(month.open) / most),
            address=url_for(".show", **wanted.args(month=key), **asked.address),
        )
        for month in answer.months
    )


def _day(day: date) -> str:
    """`24 Feb`: its month stands at the head of the line."""
    return words.short_day(day).rpartition(" ")[0]


def _named(window: PlannedWindow) -> tuple[str, str]:
    return window.authority.urn, window.authority.name


def _month_wanted(answer: PlannerAnswer, wanted: Narrowing) -> tuple[str, tuple[Planned, ...]] | None:
    """The month asked for with every window open in it, those that open or close in it marked."""
    for month in answer.months:
        if f"{month.first_day:%Y-%m}" == wanted["month"]:
            called = month_in_words(month.first_day)
            on = answer.moment.as_at
            return called, tuple(planned(one, on, news=_news(one, month)) for one in month.open)
    return None


def _news(window: PlannedWindow, month: PlannerMonth) -> str:
    parts = []
    if window in month.opening:
        parts.append(f"opens on {words.day(window.opens)}")
    if window in month.closing:
        parts.append(f"closes on {words.day(window.closes)}")
    return words.sentence(" and ".join(parts))


def planned(window: PlannedWindow, on: date, news: str = "") -> Planned:
    """A window in words, as on a day."""
    distance = words.distance(window.status, window.opens, window.closes, on, window.known_until)
    return Planned(
        urn=window.authority.urn,
        name=window.authority.name,
        region=window.authority.region or "",
        expected=words.GRADED_TYPES[window.type],
        window=words.span(window.opens, window.closes),
        distance=words.sentence(distance),
        note=note_of(window),
        news=news,
    )


def called_shown(one: CalledInspection) -> CalledShown:
    told = one.announced
    return CalledShown(
        urn=one.authority.urn,
        name=one.authority.name,
        region=one.authority.region or "",
        called=words.GRADED_TYPES[told.type],
        on_site=on_site_in_words(None, None, told.periods) if told.periods else "not known",
        state=words.window_state(told.status, only_called=told.only_called),
        colour=words.WINDOW_MARKS[told.status],
    )
