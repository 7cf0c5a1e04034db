"""How did grades move over the years, in England or one of its regions?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.frameworks import FOUR_POINTS, Grade
from domain.rulebook.pathway import governing
from domain.values.activities import Activity
from projections.authorities.regions import must_be_regions, regions
from projections.engine.answers import Moment
from projections.engine.reader import Reader

FIRST_YEAR = 2014
"""Reports of the frameworks that govern are published from November 2013 on (R-096)."""


@dataclass(frozen=True)
class GradesOnADay:
    """How many authorities existed on a day, and what the newest report of each found overall.

    `no_overall`: it gave no overall grade by its framework. `not_known`: nothing is held of such a report, or of what
    it found."""

    on: date
    authorities: int
    grades: Mapping[Grade, int]
    no_overall: int
    not_known: int


@dataclass(frozen=True)
class GradesThroughTime:
    """The grades on 1 April of each year, the earliest first, and on the day until which they are known.

    `region` is empty for all England. `known_until`: graded reports are known until then, None where no source tells;
    days after it are left out."""

    moment: Moment
    region: str
    regions: tuple[str, ...]
    days: tuple[GradesOnADay, ...]
    known_until: date | None


def grades_through_time(
    reader: Reader, *, region: str = "", as_at: date, known_at: datetime | None = None
) -> GradesThroughTime:
    """The overall grades of a region's authorities, or of all. Raises NotFound where there is no such region."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at)
        identities = reader.identities(connection, moment.position)
        held = reader.versions(connection, moment)
    known_regions = regions(one.on(as_at) for one in identities)
    if region:
        must_be_regions([region], known_regions)
    there = [one for one in identities if not region or one.region == region]
    histories = {one.urn: [version.activity for version in held.get(one.urn, ())] for one in there}
    until = moment.known_until.graded
    found = []
    for day in _days(as_at, until):
        of = [histories[one.urn] for one in there if one.existed_on(day)]
        found.append(_on(day, of))
    return GradesThroughTime(moment, region, known_regions, tuple(found), until)


def _days(as_at: date, until: date | None) -> Iterator[date]:
    """1 April of each year as far as graded reports are known, and the last day on which they are."""
    last = min(as_at, until or date.min)
    for year in range(FIRST_YEAR, last.year + 1):
        if date(year, 4, 1) < last - timedelta(days=31):
            yield date(year, 4, 1)
    if last >= date(FIRST_YEAR, 4, 1):
        yield last


def _on(day: date, histories: list[list[Activity]]) -> GradesOnADay:
    grades: Counter[Grade] = Counter()
    no_overall = 0
    for history in histories:
        report = governing(history, day)
        if report is not None and report.overall is not None:
            grades[report.overall] += 1
        elif report is not None and report.judged.overall is None and report.grades.pairs:
            no_overall += 1
    return GradesOnADay(
        on=day,
        authorities=len(histories),
        grades={row.grade: grades[row.grade] for row in FOUR_POINTS.grades},
        no_overall=no_overall,
        not_known=len(histories) - sum(grades.values()) - no_overall,
    )
