"""A table of visits, kept by hand or drawn from letters: a focused visit, monitoring visit or joint inspection a row.

Its columns go by several names. Where somebody says that it was drawn from a better source, it ranks as that one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from domain.values.errors import RuleBroken
from domain.values.statements import Channel, Family, Kind, Observation, Stated
from web.intake.cells import RowRejected, plain, report_citation, states_nothing, verbatim_of, visit_of, words_of
from web.intake.gathering import Bounds, Gathered
from web.intake.rows import authority_of, days_of, must_be_sound
from web.intake.tables import Table, TableRow

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "urn": ("urn", "ofsted urn", "la urn", "authority urn", "provider urn"),
    "name": (
        *("name", "local authority", "local authority name", "authority", "authority name", "council", "la name", "la"),
        "local authority ons name",
    ),
    "kind": (
        *("kind", "visit kind", "kind of visit", "visit type", "type of visit", "type", "activity", "activity type"),
        *("inspection type", "inspection or visit", "event type", "visit"),
    ),
    "start": (
        *("visit start", "visit start date", "start of visit", "start", "start date", "first day", "visit date"),
        *("date of visit", "inspection start date", "first day on site", "on site from", "visit from", "from", "date"),
    ),
    "end": (
        *("visit end", "visit end date", "end of visit", "end", "end date", "last day", "inspection end date"),
        *("last day on site", "on site to", "visit to", "to"),
    ),
    "published": (
        *("published", "publication date", "date published", "published on", "date of publication", "letter published"),
        *("letter date", "date of letter", "letter published on", "publication"),
    ),
    "focus": ("focus", "theme", "visit focus", "visit theme", "focus of visit", "inspection theme", "topic"),
    "priority action": (
        *("areas for priority action", "area for priority action", "priority action", "priority actions", "apa"),
        *("any areas for priority action",),
    ),
    "link": ("link", "inspection link", "letter link", "url", "report link"),
}
"""What each column may be called, without case, and with underscores and hyphens as spaces; the first is ours."""

CODES = ("la code", "la number", "la code new", "gss code", "ons code", "ltla23cd", "la_code", "la_code_new")

_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"no", "n", "false", "0", "none"})

_TITLES: tuple[tuple[re.Pattern[str], Family], ...] = (
    (re.compile(r"(?:letter|report)s? in hand\b"), Family.REPORT_IN_HAND),
    (re.compile(r"ofsted(?:'s)? (?:own )?(?:letter|report|document)s?\b"), Family.OFSTED_DOCUMENT),
    (re.compile(r"ofsted(?:'s)? statistics\b"), Family.OFSTED_STATISTICS),
    (re.compile(r"(?:scraped?|data to insight|d2i|jt-39)\b"), Family.SCRAPE),
)


def family_of(source: str | None) -> Family:
    """How a table of visits ranks, by the words with which the title of its source begins: "Letters in hand", "Ofsted
    letters", "Ofsted statistics", "Scrape"; any other, or none, is `other`."""
    said = " ".join((source or "").replace("’", "'").split()).casefold()
    return next((family for words, family in _TITLES if words.match(said)), Family.OTHER)


def columns_of(keys: Sequence[str]) -> dict[str, str]:
    """Which column of a table each of ours is, by its header key."""
    bare = {key: " ".join(re.sub(r"[_-]+", " ", key).split()) for key in keys if key}
    found: dict[str, str] = {}
    for ours, names in COLUMNS.items():
        for name in names:
            key = next((key for key, plain_key in bare.items() if plain_key == name), None)
            if key is not None and key not in found.values():
                found[ours] = key
                break
    return found


def is_header(keys: Sequence[str]) -> bool:
    """Whether a row heads a table of visits: it has a kind, a day on site and an authority, and gives no grades."""
    found = columns_of(keys)
    graded = any("effectiveness" in key for key in keys)
    return not graded and {"kind", "start"}.issubset(found) and not {"urn", "name"}.isdisjoint(found)


def read_visits(table: Table, *, bounds: Bounds, family: Family = Family.OTHER) -> Gathered:
    """Each row a visit. A row of a graded inspection, or of a kind that is not known, is rejected."""
    gathered = Gathered()
    found = columns_of(tuple(table.headers))
    codes = [key for key in table.headers if " ".join(re.sub(r"[_-]+", " ", key).split()) in CODES]
    for row in table.rows:
        gathered.rows += 1
        try:
            must_be_sound(row, (*found.values(), *codes))
            days = (found["start"], found.get("end", ""), found.get("published", ""))
            start, end, published = days_of(row, bounds, gathered, days)
            urn = authority_of(
                *(row, bounds), on=start or published, urn=found.get("urn", ""), name=found.get("name", ""), codes=codes
            )
            kind = _kind(row, found["kind"])
            focus = _focus(row, found.get("focus", ""))
            gathered.observe(
                Observation(
                    urn=urn,
                    family=family,
                    channel=Channel.VISITS_TABLE,
                    said=Stated(
                        kind,
                        start=start,
                        end=end,
                        published=published,
                        focus=None if kind is Kind.JTAI else focus,
                        theme=focus if kind is Kind.JTAI else None,
                        subtype="covid_assurance" if "assurance" in plain(row.get(found["kind"])) else None,
                        priority_action=_yes_or_no(row, found.get("priority action")),
                    ),
                    row=row.place,
                    citations=report_citation("Letter of the visit", row.get(found.get("link", ""))),
                    verbatim=verbatim_of(row, table.headers, table.headers, ()),
                )
            )
        except (RowRejected, RuleBroken) as reason:
            gathered.reject(row.place, reason)
    return gathered


def _focus(row: TableRow, column: str) -> str | None:
    return None if states_nothing(row.get(column)) else " ".join(words_of(row.text(column)).split()) or None


def _kind(row: TableRow, column: str) -> Kind:
    kind = visit_of(row.get(column))
    if kind is None:
        raise RowRejected(
            f"{row.text(column)[:60]!r} under {column!r} is no kind of visit: known are focused_visit, "
            "monitoring_visit and jtai"
        )
    return kind


def _yes_or_no(row: TableRow, column: str | None) -> bool | None:
    if column is None or (states_nothing(row.get(column)) and plain(row.get(column)) != "none"):
        return None
    said = plain(row.get(column))
    if said in _YES or said in _NO:
        return said in _YES
    if said.isascii() and said.isdigit():
        return True
    raise RowRejected(f"{row.text(column)[:60]!r} under {column!r} is neither yes nor no")
