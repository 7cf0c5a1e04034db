"""Which windows of graded inspections opened or closed: by the day, for no fact tells it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from domain.authorities.news import NewsKind
from domain.rulebook.results import UNDER_WAY, WindowStatus
from projections.engine.answers import RegisterRow
from projections.news.answers import NewsScope, WindowNews

DAY = timedelta(days=1)

CLOSED = (WindowStatus.OVERDUE, WindowStatus.NOT_KNOWN)


def windows_moved(rows: Iterable[RegisterRow], since: date, until: date, scope: NewsScope) -> tuple[WindowNews, ...]:
    """Windows that opened or closed from one day to another, both inclusive, as they stand in the register of the later
    day; the newest first. One whose inspection has come is told by that, not here."""
    found = [one for row in rows if _wanted(row, scope.urns) for one in _moved(row) if since <= one.day <= until]
    kept = (one for one in found if scope.wants(one.kind))
    return tuple(sorted(kept, key=lambda one: (-one.day.toordinal(), one.authority.name, one.kind.value)))


def _wanted(row: RegisterRow, urns: Collection[str]) -> bool:
    return not urns or row.authority.urn in urns


def _moved(row: RegisterRow) -> Iterator[WindowNews]:
    standing = row.standing
    graded, status = standing.expected_next.graded, standing.window_status
    opens, closes = graded.window_from, graded.window_to
    if opens is None or closes is None or status in UNDER_WAY or status is WindowStatus.NOT_APPLICABLE:
        return
    until = standing.known_until.graded
    known = until is not None and closes <= until

    def news(kind: NewsKind, day: date) -> WindowNews:
        name = f"{row.authority.urn} {kind.value} {opens} {closes}"
        return WindowNews(name, kind, row.authority, day, opens, closes, known, until)

    if opens <= standing.on:
        yield news(NewsKind.WINDOW_OPENED, opens)
    if status in CLOSED and closes < standing.on:
        yield news(NewsKind.WINDOW_CLOSED, closes + DAY)
