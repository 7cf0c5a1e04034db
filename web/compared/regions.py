"""Grades through the years, in England and in each of its regions, with the authorities of a region."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.frameworks import FOUR_POINTS, GRADES
from projections.authorities.regions import regions
from projections.outlook.grades_through_time import GradesOnADay, GradesThroughTime
from web.charts.grades_through_time import GradeShare, GradesPicture, YearBar, grades_picture
from web.compared import words as said
from web.compared.windows import line_of
from web.formats.sheet_download import csv_file
from web.site import england_reader, reader
from web.words import words
from web.words.lists.letters import short_month

bp = Blueprint("regions", __name__)

HEADS = ("on", "authorities", *(row.grade.value for row in FOUR_POINTS.grades), "no_overall_grade", "none_known")
NO_OVERALL = "No overall grade"
NONE_KNOWN = "None known"
ENGLAND = "England"


@dataclass(frozen=True)
class YearLine:
    """A day in the table: its label, how many authorities there were, and how many at each grade, the best first."""

    label: str
    authorities: int
    numbers: tuple[int, ...]


@bp.get("/regions")
def england() -> str:
    """Grades through the years in all England, and the regions."""
    return _page("")


@bp.get("/regions/<region>")
def show(region: str) -> AnyResponse | str:
    """The same of one region, with its authorities; a name in other letters leads to its own address."""
    asked = reader.asked()
    known = {name.casefold(): name for name in regions(reader.current(asked))}
    named = known.get(region.strip().casefold(), region)
    if named != region:
        return redirect(reader.with_query(url_for(".show", region=named)), 301)
    return _page(region)


@bp.get("/regions.csv")
def england_table() -> Response:
    """The grades of England on each day, a row per day."""
    return _table("")


@bp.get("/regions/<region>/grades.csv")
def table(region: str) -> Response:
    """The same of one region."""
    return _table(region)


def _page(region: str) -> str:
    asked = reader.asked()
    answer = england_reader.grades_through_time(region, asked)
    rows = [row for row in reader.register(asked).rows if row.authority.region == region] if region else []
    return render_template(
        "compared/region.html",
        asked=asked,
        moment=answer.moment,
        name=region or ENGLAND,
        region=region,
        regions=answer.regions,
        lede=lede(answer),
        pictures=pictures(answer),
        key=_shares(answer.days[-1]) if answer.days else (),
        years=[_line(day, last=day is answer.days[-1]) for day in answer.days],
        heads=[*(row.words for row in FOUR_POINTS.grades), NO_OVERALL, NONE_KNOWN],
        lines=[line_of(row, asked.as_at) for row in rows],
        known_until=words.day(answer.known_until) if answer.known_until else "",
        download=url_for(".table", region=region, **asked.address)
        if region
        else url_for(".england_table", **asked.address),
    )


def _table(region: str) -> Response:
    asked = reader.asked()
    answer = england_reader.grades_through_time(region, asked)
    name = (region or ENGLAND).lower().replace(" ", "-")
    rows = ([day.on, day.authorities, *_numbers(day)] for day in answer.days)
    return csv_file(f"grades-{name}-{asked.as_at}.csv", HEADS, rows)


def _numbers(day: GradesOnADay) -> tuple[int, ...]:
    return (*day.grades.values(), day.no_overall, day.not_known)


def _label(day: GradesOnADay, *, last: bool) -> str:
    """The year; of the last day its month, as `Aug 26`."""
    return short_month(day.on) if last else str(day.on.year)


def _line(day: GradesOnADay, *, last: bool) -> YearLine:
    return YearLine(words.short_day(day.on) if last else f"1 Apr {day.on.year}", day.authorities, _numbers(day))


def _shares(day: GradesOnADay) -> tuple[GradeShare, ...]:
    """The parts of one day's bar, the best first; those without an overall grade last."""
    graded = [
        GradeShare(row.words, row.letter, f"tone-{row.tone.value}", day.grades[row.grade]) for row in FOUR_POINTS.grades
    ]
    return (
        *graded,
        GradeShare(NO_OVERALL, "", "tone-none", day.no_overall),
        GradeShare(NONE_KNOWN, "", "track", day.not_known),
    )


def good_of(day: GradesOnADay) -> tuple[int, int]:
    """How many are good or better, of those with an overall grade."""
    good = sum(number for grade, number in day.grades.items() if GRADES[grade].good)
    return good, sum(day.grades.values())


def lede(answer: GradesThroughTime) -> str:
    """What the picture says: the share at the end beside that of five years before."""
    if not answer.days:
        return "No source read here tells of all graded reports on that day, so nothing can be said of the years."
    last = answer.days[-1]
    good, graded = good_of(last)
    where = answer.region or ENGLAND
    share = said.share_in_words(good, graded)
    told = f"On {words.day(last.on)} {share} of the authorities in {where} with an overall grade were good or better"
    earlier = next((day for day in answer.days if day.on.year == last.on.year - 5), None)
    if earlier is None or not sum(earlier.grades.values()):
        return f"{told}."
    return f"{told}; on {words.day(earlier.on)} {said.share_in_words(*good_of(earlier))}."


def pictures(answer: GradesThroughTime) -> tuple[GradesPicture, ...]:
    """Wide and narrow; none where nothing is known."""
    if not answer.days:
        return ()
    last = answer.days[-1]
    years = [YearBar(_label(day, last=day is last), _shares(day)) for day in answer.days]
    told = "; ".join(f"{share.words.lower()} {share.number}" for share in _shares(last) if share.number)
    title = f"Overall grades in {answer.region or ENGLAND}, {years[0].label} to {years[-1].label}"
    desc = f"On {words.day(last.on)}: {told}. All days stand in the table below."
    return tuple(grades_picture(years, title=title, desc=desc, narrow=narrow) for narrow in (False, True))
