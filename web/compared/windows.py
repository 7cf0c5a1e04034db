"""The windows of every authority on one axis: a picture, a list and a table, narrowed and sorted by the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from domain.rulebook.results import WindowStatus
from domain.values.words import listed
from projections.authorities.regions import regions
from projections.engine.answers import PlannedWindow, RegisterAnswer, RegisterRow
from projections.outlook.planner import window_of
from web.charts.windows_strip import Spans, WindowsPicture, axis_of, picture
from web.compared import words as said
from web.formats.sheet_download import csv_file
from web.site import reader
from web.site.list_filters import Known, Narrowing, list_page
from web.site.reader import Asked
from web.words import words
from web.words.lists.letters import LetterShown, overall_letter

bp = Blueprint("all_windows", __name__)

SORTS: Mapping[str, str] = {"": "First to open", "closes": "First to close", "name": "By name"}
STATES: Mapping[str, tuple[str, frozenset[WindowStatus], str]] = {
    "past": ("Past their end", frozenset({WindowStatus.OVERDUE, WindowStatus.NOT_KNOWN}), "bar-not-started"),
    "open": ("Open", frozenset({WindowStatus.IN_WINDOW}), "policy"),
    "upcoming": ("Still to open", frozenset({WindowStatus.UPCOMING}), "bar-awaited"),
}
"""What a window is called, the states that count as it, and its colour."""

MOST_OPEN = 40
"""A table of so many rows stands open."""

HEADS = ("urn", "authority", "region", "overall", "next", "window_from", "window_to", "window_status")


@dataclass(frozen=True)
class WindowShown:
    """One authority's window in words; `grade` is its letter, words and tone, or a dash."""

    urn: str
    name: str
    region: str
    grade: LetterShown
    published: str
    next: str
    distance: str


@dataclass(frozen=True)
class OneWindow:
    """A row of the register with its window; `state` is a key of `STATES`."""

    row: RegisterRow
    window: PlannedWindow
    state: str


@bp.get("/windows")
def show() -> Response:
    """Every window, as the address asks; empty fields leave the address."""
    asked = reader.asked()
    register = reader.register(asked)
    wanted = Narrowing.of(request.args, _known(register))
    return list_page(
        "compared/windows.html",
        "compared/_windows.html",
        address=url_for(".show", **wanted.args(), **asked.address),
        context=lambda: _context(register, wanted, asked),
    )


@bp.get("/windows.csv")
def table() -> Response:
    """The same as a table, a row per authority that has a window."""
    asked = reader.asked()
    register = reader.register(asked)
    found = chosen(register.rows, Narrowing.of(request.args, _known(register)))
    return csv_file(f"windows-{asked.as_at}.csv", HEADS, map(_row, found))


def _known(register: RegisterAnswer) -> Known:
    return {
        "region": regions(row.authority for row in register.rows),
        "state": STATES,
        "sort": [key for key in SORTS if key],
    }


def with_windows(rows: Sequence[RegisterRow]) -> list[OneWindow]:
    """Those whose next inspection has a window and has not come."""
    found = []
    for row in rows:
        window = window_of(row)
        if isinstance(window, PlannedWindow):
            state = next(key for key, (_, states, _) in STATES.items() if window.status in states)
            found.append(OneWindow(row, window, state))
    return found


def chosen(rows: Sequence[RegisterRow], wanted: Narrowing) -> list[OneWindow]:
    """The windows asked for, in the order asked for."""
    kept = [
        one
        for one in with_windows(rows)
        if (not wanted["region"] or one.row.authority.region == wanted["region"])
        and (not wanted["state"] or one.state == wanted["state"])
    ]
    return sorted(kept, key=lambda one: (_order(one.window, wanted["sort"]), one.row.authority.name))


def _order(window: PlannedWindow, sort: str) -> tuple[date, date]:
    if sort == "name":
        return date.min, date.min
    return (window.closes, window.opens) if sort == "closes" else (window.opens, window.closes)


def _context(register: RegisterAnswer, wanted: Narrowing, asked: Asked) -> dict[str, Any]:
    """Everything the page shows; the part takes the same."""
    found = chosen(register.rows, wanted)
    counts = Counter(one.state for one in found)
    among = [row for row in register.rows if not wanted["region"] or row.authority.region == wanted["region"]]
    return {
        "asked": asked,
        "moment": register.moment,
        "wanted": wanted,
        "lede": lede(counts, len(among) - len(with_windows(among)), wanted),
        "pictures": pictures(found, asked.as_at, counts),
        "lines": [line_of(one.row, asked.as_at) for one in found],
        "key": [(name, look, counts[key]) for key, (name, _, look) in STATES.items() if counts[key]],
        "regions": regions(row.authority for row in register.rows),
        "states": [(key, name) for key, (name, _, _) in STATES.items()],
        "sorts": [
            (name, url_for(".show", **wanted.args(sort=key), **asked.address), key == wanted["sort"])
            for key, name in SORTS.items()
        ],
        "most_open": MOST_OPEN,
        "clear": url_for(".show", **asked.address),
        "download": url_for(".table", **wanted.args(), **asked.address),
    }


def lede(counts: Mapping[str, int], without: int, wanted: Narrowing) -> str:
    """`36 windows are open, 17 past their end and 95 still to open.`"""
    told: list[str] = []
    for key, verb in (("open", "open"), ("past", "past {} end"), ("upcoming", "still to open")):
        if number := counts.get(key, 0):
            what = words.count(number, "window") if not told else str(number)
            be = (" is" if number == 1 else " are") if not told else ""
            told.append(f"{what}{be} {verb.format('its' if number == 1 else 'their')}")
    where = f" in {wanted['region']}" if wanted["region"] else ""
    said_of = f"{words.sentence(listed(told))}{where}." if told else f"No window{where} is as you ask."
    if without and not wanted["state"]:
        said_of += (
            f" {words.count(without, 'authority is', 'authorities are')} not shown: no window is known, or it has come."
        )
    return said_of


def pictures(found: Sequence[OneWindow], on: date, counts: Mapping[str, int]) -> tuple[WindowsPicture, ...]:
    """Wide and narrow; none of nothing."""
    if not found:
        return ()
    rows = [
        (Spans(one.row.authority.name, (one.window.opens, one.window.closes)), STATES[one.state][2]) for one in found
    ]
    told = [f"{name}: {counts[key]}" for key, (name, _, _) in STATES.items() if counts.get(key)]
    desc = f"A line for each of {words.count(len(found), 'window')}. {'; '.join(told)}."
    return tuple(
        picture(
            rows,
            axis_of([one for one, _ in rows], on, width),
            on,
            title="Windows of the next graded inspections",
            desc=desc,
        )
        for width in (1040, 288)
    )


def line_of(row: RegisterRow, on: date) -> WindowShown:
    """One authority's next inspection in a line, whether it has a window or not."""
    governing, window = row.standing.governing, window_of(row)
    distance = ""
    if isinstance(window, PlannedWindow):
        distance = words.distance(window.status, window.opens, window.closes, on, window.known_until)
    return WindowShown(
        urn=row.authority.urn,
        name=row.authority.name,
        region=row.authority.region or "",
        grade=overall_letter(governing),
        published=words.short_day(governing.public_on) if governing else "",
        next=said.next_in_words(window),
        distance=words.sentence(distance),
    )


def _row(one: OneWindow) -> list[object]:
    authority, standing = one.row.authority, one.row.standing
    overall = standing.governing.overall if standing.governing else None
    return [
        authority.urn,
        authority.name,
        authority.region,
        overall.value if overall else None,
        said.next_in_words(one.window),
        one.window.opens,
        one.window.closes,
        one.window.status.value,
    ]
