"""What cannot be right among what sources say of an inspection or visit, and what is held in its place.

The bounds are the rulebook's (`domain.rulebook.plausibility`). An officer's word always counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from operator import attrgetter
from uuid import UUID

from domain.authorities.matching import PUBLISHED_WITHIN
from domain.frameworks import Framework
from domain.rulebook.pathway import has_grades, pathway_of, pathway_test
from domain.rulebook.plausibility import DaysOnSite, doubts_about, weighing
from domain.rulebook.results import Pathway
from domain.rulebook.rows import PathwayBasis
from domain.values.activities import Activity, Doubt
from domain.values.normalising import ILACS_BEGAN, SIF_ENDED, framework_of
from domain.values.statements import Family, Kind, PeriodOnSite, Statement
from domain.values.words import in_words

DATES = ("start", "end", "published")


OFFICERS = frozenset({Family.SETTLEMENT, Family.REPORT_IN_HAND})
"""Somebody with the report in hand speaks."""


def by_officer(statement: Statement) -> bool:
    return statement.family in OFFICERS


def doubtful_statements(
    urn: str, statements: Iterable[Statement], alone: dict[UUID, tuple[Doubt, ...]]
) -> dict[UUID, tuple[Doubt, ...]]:
    """Those whose days on site cannot be right by themselves, each with why.

    `alone` remembers what was found of each statement by itself, which never changes, from one time to the next."""
    statements = list(statements)
    for statement in statements:
        if statement.id not in alone:
            alone[statement.id] = _by_itself(urn, statement)
    found = {one.id: alone[one.id] for one in statements if alone[one.id]}
    if not found:
        return found
    known = {day for one in statements for period in one.said.periods for day in (period.start, period.end)}
    if known:
        for one in statements:
            if one.id in found and {one.said.start, one.said.end} - {None} <= known:
                del found[one.id]
    return found


def _by_itself(urn: str, statement: Statement) -> tuple[Doubt, ...]:
    """Why its days on site cannot be right; empty where they can, where there are none, and for an officer's word."""
    said = statement.said
    if by_officer(statement) or not (said.start or said.end) or not said.kind.on_site:
        return ()
    dates = DatesHeld(said.start, said.end, said.published)
    doubts = doubts_about(_on_site(urn, said.kind, _framework((statement,), dates), dates, said.periods))
    return doubts if weighing(doubts) else ()


def still_doubted(
    urn: str, statements: Sequence[Statement], doubted: Mapping[UUID, tuple[Doubt, ...]]
) -> Mapping[UUID, tuple[Doubt, ...]]:
    """Of statements on one activity those that cannot be right, given what officers say of its dates: a statement
    whose days an officer gives too, or that can be right with those an officer gives, is doubted no more.

    Where officers give no day on site and all others are doubted, the officers' words are as doubtful as the rest, and
    so is what tells of the call alone."""
    mine = {one.id: doubted[one.id] for one in statements if one.id in doubted} if doubted else {}
    if not mine:
        return mine
    officers = sorted(filter(by_officer, statements), key=attrgetter("precedence"))
    given = {field: next((day for one in officers if (day := getattr(one.said, field))), None) for field in DATES}
    for one in statements if officers else ():
        if one.id in mine:
            days = {field: given[field] or getattr(one.said, field) for field in DATES}
            dates = DatesHeld(days["start"], days["end"], days["published"])
            confirmed = all(given[field] or getattr(one.said, field) is None for field in ("start", "end"))
            about = doubts_about(_on_site(urn, one.said.kind, _framework((one,), dates), dates, one.said.periods))
            if confirmed or not weighing(about):
                del mine[one.id]
    silent = [one for one in statements if by_officer(one) or (one.said.only_calls and one.id not in mine)]
    if mine and not (given["start"] or given["end"]) and len(mine) + len(silent) == len(statements):
        of_best = next(iter(mine.values()))
        mine |= {one.id: of_best for one in silent}
    return mine


@dataclass(frozen=True)
class DatesHeld:
    """The first and last day on site and the publication that are held, None where none is, and what is to be asked."""

    start: date | None
    end: date | None
    published: date | None
    doubts: tuple[Doubt, ...] = ()


def dates_held(
    urn: str,
    statements: Sequence[Statement],
    readings: Mapping[str, Sequence[tuple[date, Statement]]],
    periods: Sequence[PeriodOnSite],
    doubted: Mapping[UUID, tuple[Doubt, ...]],
) -> DatesHeld:
    """Of statements on one activity, the best dates that can be right together. `readings` are what each says of each
    date, the best first; `periods` those on site where there are several.

    Days that no source makes right are left out where the publication stands without them; where only doubtful
    statements are told, all is held as said. What an officer said is held, and nothing is asked."""
    sound = [one for one in statements if one.id not in doubted] if doubted else statements
    given = {
        field: tuple(dict.fromkeys(day for day, one in said if not doubted or not sound or one.id not in doubted))
        for field, said in readings.items()
    }
    start, end, published = (next(iter(given[field]), None) for field in DATES)
    best = DatesHeld(start, end, published)
    kind = statements[0].said.kind
    officers: set[str] = set()
    if any(map(by_officer, statements)):
        officers = {field for field, said in readings.items() if any(by_officer(one) for _, one in said)}
    if not kind.on_site or officers & {"start", "end"}:
        return best
    if "published" in officers:
        given["published"] = given["published"][:1]
    framework = _framework(sound or statements, best)
    doubts = doubts_about(_on_site(urn, kind, framework, best, periods))
    if not sound:
        return replace(best, doubts=doubts if weighing(doubts) else doubted[statements[0].id])
    held = replace(best, doubts=doubts) if doubts else best
    if weighing(doubts):
        held = next(
            (
                replace(other, doubts=_asked(best, other, readings, doubts, about))
                for other in _otherwise(given)
                if not weighing(about := doubts_about(_on_site(urn, kind, framework, other, periods)))
            ),
            held,
        )
    if officers or not (doubts or doubted):
        return replace(held, doubts=()) if held.doubts else held
    return replace(held, doubts=(*held.doubts, *_lost(statements, sound, doubted)))


def _otherwise(given: Mapping[str, Sequence[date]]) -> Iterator[DatesHeld]:
    starts, ends, published = (given[field] or (None,) for field in DATES)
    for out, end, start in product(published, ends, starts):
        yield DatesHeld(start, end, out)
    for out, start in product(published, starts):
        yield DatesHeld(start, None, out)
    for out in given["published"]:
        yield DatesHeld(None, None, out)


def _asked(
    best: DatesHeld,
    held: DatesHeld,
    readings: Mapping[str, Sequence[tuple[date, Statement]]],
    doubts: Iterable[Doubt],
    about: tuple[Doubt, ...],
) -> tuple[Doubt, ...]:
    """What is asked where other dates are held than the best ones: why days on site are left out, if any are, and which
    source gives which day."""
    fields = [one for one in ("start", "end") if getattr(best, one) is not None and getattr(held, one) is None]
    if not fields:
        return about
    given = [
        f"{_teller(readings[one], day)} gives {in_words(day)} as {_DAYS[one]}"
        for one in (*fields, "published")
        if (day := getattr(best, one)) is not None
    ]
    return tuple(
        replace(one, text=f"{'; '.join(given)}. {one.text} {_LEFT_OUT[len(fields)]}", weighs=False) for one in doubts
    )


_DAYS = {"start": "the first day on site", "end": "the last day on site", "published": "the day of publication"}
_LOOK = "Look into the report, then correct the days on site, or confirm the entry."
_LEFT_OUT = {
    1: f"So that day on site is left out here. {_LOOK}",
    2: f"So those days on site are left out here. {_LOOK}",
}


def _teller(said: Sequence[tuple[date, Statement]], day: date) -> str:
    """What is called the source that gives a day, the best first."""
    return next((f"“{statement.source.title}”" for given, statement in said if given == day), "A source")


def _lost(
    statements: Sequence[Statement], sound: Sequence[Statement], doubted: Mapping[UUID, tuple[Doubt, ...]]
) -> Iterator[Doubt]:
    """What doubtful statements say of an activity that others tell of rightly, unless their own source does."""
    told = {one.family for one in sound if one.said.start or one.said.end}
    seen = set()
    for statement in statements:
        if statement.id in doubted and statement.family not in told:
            for doubt in doubted[statement.id]:
                if doubt.weighs and doubt.text not in seen:
                    seen.add(doubt.text)
                    yield replace(doubt, text=f"One source is not followed: {_lower(doubt.text)}", weighs=False)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _framework(statements: Sequence[Statement], dates: DatesHeld) -> Framework | None:
    """None for a visit, and for a first day of 2018 alone: it may be of either framework of that year."""
    if statements[0].said.kind is not Kind.INSPECTION:
        return None
    stated = any(one.said.framework or one.said.variant for one in statements)
    if not stated and dates.end is None and dates.start is not None and ILACS_BEGAN <= dates.start < SIF_ENDED:
        return None
    return framework_of(statements, start=dates.start, end=dates.end, published=dates.published)


def _on_site(
    urn: str, kind: Kind, framework: Framework | None, dates: DatesHeld, periods: Sequence[PeriodOnSite]
) -> DaysOnSite:
    paused = periods[0].end if periods and dates.end is not None and dates.end >= periods[-1].start else None
    return DaysOnSite(urn, kind, framework, dates.start, dates.end, dates.published, paused)


# --- beside the others ----------------------------------------------------------------------------------------------


def beside_another(held: Sequence[Activity], statements: Iterable[Statement]) -> Sequence[Activity]:
    """What is held by `statements`, with a doubt on each first day that can be of no inspection of its own: no source
    gives a publication with it, and another inspection, with other days on site, was published soon after."""
    reports = [one for one in held if _has_own_days(one)]
    begun = [one for one in held if _only_begun(one)] if reports else []
    if not begun:
        return held
    officers = {one.id for one in statements if by_officer(one)}
    return [_slipped(one, reports) if one in begun and officers.isdisjoint(one.statements) else one for one in held]


def _has_own_days(one: Activity) -> bool:
    return one.kind is Kind.INSPECTION and one.counts and one.start is not None and one.published is not None


def _only_begun(one: Activity) -> bool:
    days = one.start is not None and one.published is None and one.published_by_council is None
    return one.kind is Kind.INSPECTION and days and one.counts


def _slipped(one: Activity, reports: Iterable[Activity]) -> Activity:
    for other in reports:
        assert one.start is not None
        assert other.start is not None
        assert other.published is not None
        if 0 < (other.published - one.start).days <= PUBLISHED_WITHIN[Kind.INSPECTION]:
            text = (
                f"No source gives its publication, and the report published on {in_words(other.published)} has other "
                f"days on site, from {in_words(other.start)}: this day may be a slip."
            )
            return replace(one, doubts=(*one.doubts, Doubt("start", text, ("R-057",))))
    return one


# --- grades ---------------------------------------------------------------------------------------------------------


def grades_missing(held: Activity) -> tuple[Doubt, ...]:
    """That a report under ILACS is published and the grades that decide are not known; scrapes leave those of single
    inspections out, so of them nothing is asked."""
    published = held.published or held.published_by_council
    if held.kind is not Kind.INSPECTION or held.framework is not Framework.ILACS or published is None:
        return ()
    if not has_grades(held):
        text = (
            f"A report was published on {in_words(published)}, and no source gives a grade: the pathway stays as the "
            "report before it set it."
        )
        return (Doubt("grades", text, ("R-096",), weighs=False),)
    if pathway_test(held).by is not PathwayBasis.NOT_SAID and pathway_of(held) is Pathway.UNKNOWN:
        text = "Not every grade that decides is known, so that the pathway is unknown since this report."
        return (Doubt("grades", text, ("R-094",), weighs=False),)
    return ()
