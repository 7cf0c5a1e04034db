"""Lists that lack the newest report that is held: they cannot have been whole on the day on which they were looked at.

A list that nobody renews any more answers as before for ever. What others published since gives it away; of what no
other source tells, nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from domain.rulebook.known_until import SOURCES_TELL, Until
from domain.values.statements import Kind
from projections.authorities.register import register
from web.files.run import FileReport
from web.store.store import Store
from web.words.file_formats import FORMATS, Layout

MAY_TAKE_DAYS = 14
"""So many days a list may take to show a report that another source has; half of the weekly ones took six."""


def newest_named(file: FileReport) -> Mapping[str, str]:
    """Of each authority, by URN, that a list of reports names, when the newest report it brings was published, in ISO
    form; empty for a file of which no silence tells until the day it was read."""
    format_ = next((FORMATS[layout] for layout in Layout if layout.value == file.layout), None)
    row = SOURCES_TELL.get(format_.source[0]) if format_ is not None else None
    if row is None or row.until is not Until.READ:
        return {}
    newest: dict[str, str] = {}
    for urn, activity, _ in file.found:
        if activity.kind is Kind.INSPECTION and activity.published is not None:
            newest[urn] = max(newest.get(urn, ""), activity.published.isoformat())
    return newest


def lagging(store: Store, newest: Mapping[str, str], on: date) -> Mapping[str, date]:
    """Authorities of `newest` of which a later report is held that was public for longer than a list may take, with
    the day on which that was published."""
    if not newest:
        return {}
    late = on - timedelta(days=MAY_TAKE_DAYS)
    found: dict[str, date] = {}
    for row in register(store.reader, as_at=on).rows:
        governing, urn = row.standing.governing, row.authority.urn
        if governing is None or governing.published is None or urn not in newest:
            continue
        if newest[urn] < governing.published.isoformat() and governing.published <= late:
            found[urn] = governing.published
    return found
