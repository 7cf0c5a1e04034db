"""Focused visits by topic, everywhere: how many on what, narrowed, with the letter of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.rulebook.graded_windows import has_priority_action
from domain.rulebook.known_until import not_known
from domain.rulebook.themes.joint import ROUNDS, theme_of
from domain.rulebook.themes.topics import OF_NO_TOPIC
from domain.values.known_until import KnownKind
from domain.values.words import month_in_words
from projections.authorities.focused_visits import FocusedVisitRow, FocusedVisitsAnswer
from projections.authorities.regions import regions
from web.formats.sheet_download import csv_file
from web.site import reader
from web.site.list_filters import Known, Narrowing, list_page
from web.site.reader import Asked
from web.words import timeline, words
from web.words.looked_at import STRANDS, TOPIC_WORDS

bp = Blueprint("focused_visits", __name__)

ON_A_PAGE = 50
HEADS = (
    "urn",
    "authority",
    "region",
    "entry",
    "started_on",
    "ended_on",
    "published_on",
    "topics",
    "focus",
    "priority_action",
)


@dataclass(frozen=True)
class TopicLine:
    """One topic: how many visits, how many of them with priority action, and how many in each year.

    `length` is that of its bar, in hundredths of the longest."""

    code: str
    label: str
    number: int
    length: int
    urgent: int
    years: tuple[int, ...]
    address: str


@dataclass(frozen=True)
class VisitLine:
    """One visit in words."""

    urn: str
    authority: str
    region: str
    address: str
    happened: str
    public: str
    topics: tuple[str, ...]
    focus: str
    urgent: bool
    letter: timeline.SourceLink | None


@dataclass(frozen=True)
class ThemeLine:
    """The months of one theme of joint inspections (R-068), its strand, and the inspections held: whose and where."""

    words: str
    months: str
    strand: str
    found: tuple[tuple[str, str], ...]


@bp.get("/focused-visits")
def index() -> AnyResponse:
    """Focused visits by topic, narrowed as the address asks, the newest first."""
    asked = reader.asked()
    answer = reader.focused_visits(asked)
    wanted = Narrowing.of(request.args, _known(answer.rows))
    return list_page(
        "authorities/focused_visits/page.html",
        "authorities/focused_visits/_results.html",
        address=url_for(".index", **wanted.args(), **asked.address),
        context=partial(_context, answer, wanted, asked),
    )


@bp.get("/focused-visits.csv")
def table() -> Response:
    """The same as a table, a row per visit."""
    asked = reader.asked()
    rows = reader.focused_visits(asked).rows
    found = chosen(rows, Narrowing.of(request.args, _known(rows)))
    return csv_file(f"focused-visits-{asked.as_at}.csv", HEADS, map(_row, found))


def _known(rows: Sequence[FocusedVisitRow]) -> Known:
    return {
        "topic": TOPIC_WORDS,
        "year": _years(rows),
        "region": regions(row.authority for row in rows),
        "page": [str(number) for number in range(2, len(rows) // ON_A_PAGE + 2)],
    }


def _years(rows: Sequence[FocusedVisitRow]) -> list[str]:
    return sorted({str(row.visit.true_on.year) for row in rows})


def chosen(rows: Sequence[FocusedVisitRow], wanted: Narrowing) -> list[FocusedVisitRow]:
    """The visits that the filters leave."""
    return [row for row in _of_any_topic(rows, wanted) if not wanted["topic"] or wanted["topic"] in row.filed]


def _of_any_topic(rows: Sequence[FocusedVisitRow], wanted: Narrowing) -> list[FocusedVisitRow]:
    return [
        row
        for row in rows
        if (not wanted["year"] or str(row.visit.true_on.year) == wanted["year"])
        and (not wanted["region"] or row.authority.region == wanted["region"])
    ]


def _context(answer: FocusedVisitsAnswer, wanted: Narrowing, asked: Asked) -> dict[str, Any]:
    """Everything the page shows; the part takes the same."""
    found = chosen(answer.rows, wanted)
    page = min(int(wanted["page"] or 1), max(1, -(-len(found) // ON_A_PAGE)))
    among = _of_any_topic(answer.rows, wanted)
    years = _years(among)
    lines = _topics(among, years, wanted, asked)
    of_the_list = [line for line in lines if line.code not in OF_NO_TOPIC]
    return {
        "asked": asked,
        "moment": answer.moment,
        "wanted": wanted,
        "topics": lines,
        "themes": _themes(asked),
        "most": max(of_the_list, key=lambda line: line.number),
        "years": years,
        "among": len(among),
        "told": sum("not_told" not in row.filed for row in among),
        "several": sum(len(row.filed) > 1 for row in among),
        "visits": [_line(row, asked) for row in found[ON_A_PAGE * (page - 1) : ON_A_PAGE * page]],
        "first": ON_A_PAGE * (page - 1) + 1,
        "number": len(found),
        "total": len(answer.rows),
        "of": len({row.authority.urn for row in found}),
        "chosen_topic": TOPIC_WORDS.get(wanted["topic"], ""),
        "not_known": _not_known(answer, asked),
        "earlier": _page(wanted, page - 1, asked) if page > 1 else "",
        "later": _page(wanted, page + 1, asked) if len(found) > ON_A_PAGE * page else "",
        "filed": list(TOPIC_WORDS.items()),
        "regions": regions(row.authority for row in answer.rows),
        "all_years": _years(answer.rows)[::-1],
        "clear": url_for(".index", **asked.address),
        "json": url_for("api.focused_visits", **asked.address),
        "download": url_for(".table", **wanted.args(page=""), **asked.address),
    }


def _themes(asked: Asked) -> tuple[ThemeLine, ...]:
    """Every round of a theme that had begun, in order. How it ended is told from the first day on which it had."""
    held = [(row, theme_of(row.visit)) for row in reader.joint_inspections(asked).rows]
    return tuple(
        ThemeLine(
            words=one.theme.words,
            months=f"{month_in_words(one.start)} to {month_in_words(one.end - timedelta(days=1))}"
            if one.end is not None and one.end <= asked.as_at
            else f"since {month_in_words(one.start)}",
            strand=STRANDS[one.theme.strand],
            found=tuple(
                (
                    f"{row.authority.name}, {month_in_words(row.visit.true_on)}",
                    url_for("inspections.show", activity=row.visit.id, **asked.address),
                )
                for row, found in held
                if found is not None and found.round == one
            ),
        )
        for one in ROUNDS
        if one.start <= asked.as_at
    )


def _not_known(answer: FocusedVisitsAnswer, asked: Asked) -> str:
    """That later visits may be missing, where the day asked lies after the last of which sources tell."""
    until = answer.moment.known_until.until(KnownKind.FOCUSED_VISIT)
    if until is not None and asked.as_at <= until:
        return ""
    return f"{not_known(KnownKind.FOCUSED_VISIT, until)} That is of all England; of one authority more may be known."


def _topics(
    rows: Sequence[FocusedVisitRow], years: Sequence[str], wanted: Narrowing, asked: Asked
) -> tuple[TopicLine, ...]:
    counted = Counter((code, str(row.visit.true_on.year)) for row in rows for code in row.filed)
    urgent = Counter(code for row in rows if has_priority_action(row.visit) for code in row.filed)
    numbers = {code: tuple(counted[code, year] for year in years) for code in TOPIC_WORDS}
    totals = {code: sum(each) for code, each in numbers.items()}
    longest = max(totals.values()) or 1
    return tuple(
        TopicLine(
            code=code,
            label=label,
            number=totals[code],
            length=round(100 * totals[code] / longest),
            urgent=urgent[code],
            years=numbers[code],
            address=url_for(".index", **wanted.args(topic=code, page=""), **asked.address),
        )
        for code, label in TOPIC_WORDS.items()
        if code not in OF_NO_TOPIC or totals[code]
    )


def _page(wanted: Narrowing, number: int, asked: Asked) -> str:
    return url_for(".index", **wanted.args(page=str(number) if number > 1 else ""), **asked.address)


def _line(row: FocusedVisitRow, asked: Asked) -> VisitLine:
    visit = row.visit
    return VisitLine(
        urn=row.authority.urn,
        authority=row.authority.name,
        region=row.authority.region or "",
        address=url_for("inspections.show", activity=visit.id, **asked.address),
        happened=words.happened(visit),
        public=words.made_public(visit),
        topics=tuple(TOPIC_WORDS[code] for code in row.filed),
        focus=visit.focus or "",
        urgent=has_priority_action(visit),
        letter=next((link for link in timeline.places(visit.sources) if link.url), None),
    )


def _row(row: FocusedVisitRow) -> list[object]:
    visit, authority = row.visit, row.authority
    urgent = has_priority_action(visit)
    return [
        authority.urn,
        authority.name,
        authority.region,
        visit.id,
        visit.start,
        visit.end,
        visit.published,
        " ".join(row.filed),
        visit.focus,
        "yes" if urgent else "no" if visit.priority_action is False else "",
    ]
