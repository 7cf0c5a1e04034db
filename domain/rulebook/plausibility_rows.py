"""The bounds of what a source can rightly say of an inspection or visit, as rows (R-056 to R-058).

What lies outside is kept as said, governs and dates nothing, and is a question for an officer. A framework without
rows is not judged: one that is new has none until it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.frameworks import Framework
from domain.rulebook.rows import Confidence, Row
from domain.values.statements import Kind

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
WORKING_WEEK = frozenset((MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY))

_REPORTS = "Measured on 321 ILACS reports, 2018 to August 2026"
_SINGLE = "Measured on the first pages of 46 single inspection reports, 2013 to 2018"
_LETTERS = "Measured on 371 focused-visit letters, 2018 to January 2026"
_VISITS = "Measured on 111 monitoring visits in Ofsted's yearly lists, April 2021 to March 2025"
_JOINT = "Measured on 64 JTAI letters, 2016 to March 2025"
_AREA_SEND = "Measured on 55 area SEND reports and 69 rows of the overview table with days, 2023 to November 2025"


@dataclass(frozen=True, kw_only=True)
class About(Row):
    """On the first day on site. `framework` is None for what has none."""

    kind: Kind
    framework: Framework | None = None


@dataclass(frozen=True, kw_only=True)
class PlausibleLength(About):
    """Days on site from the first to the last, both included: one of several spans, each from least to most.

    `whole_weeks`: a bank holiday at either end makes a span shorter by its day."""

    spans: tuple[tuple[int, int], ...]
    whole_weeks: bool = False


LENGTHS = (
    PlausibleLength(
        rule="R-056",
        source=f"{_REPORTS}: short 5 days (126 of 128), standard 12 (191 of 193)",
        confidence=Confidence.MEASURED,
        kind=Kind.INSPECTION,
        framework=Framework.ILACS,
        spans=((5, 5), (12, 12)),
        whole_weeks=True,
    ),
    PlausibleLength(
        rule="R-056",
        source=f"{_SINGLE}: 22 to 29 days, re-inspections and the smallest authorities 12 to 18",
        confidence=Confidence.MEASURED,
        kind=Kind.INSPECTION,
        framework=Framework.SIF,
        spans=((12, 18), (22, 29)),
    ),
    PlausibleLength(
        rule="R-056", source=_LETTERS, confidence=Confidence.MEASURED, kind=Kind.FOCUSED_VISIT, spans=((1, 3),)
    ),
    PlausibleLength(
        rule="R-056",
        source="Inferred from focused visits: two days by the rule, and no list has a last day",
        confidence=Confidence.INFERRED,
        kind=Kind.MONITORING_VISIT,
        spans=((1, 3),),
    ),
    PlausibleLength(rule="R-056", source=_JOINT, confidence=Confidence.MEASURED, kind=Kind.JTAI, spans=((4, 6),)),
    PlausibleLength(
        rule="R-056", source=_AREA_SEND, confidence=Confidence.MEASURED, kind=Kind.AREA_SEND, spans=((5, 5),)
    ),
)


@dataclass(frozen=True, kw_only=True)
class PlausibleDays(About):
    """The weekdays of a first day and of a last one; none is a bank holiday. A first or last day of the working week
    that is one moves to the next working day, or the one before.

    `seldom` are first days that may be, and that never were."""

    first: frozenset[int] = WORKING_WEEK
    last: frozenset[int] = WORKING_WEEK
    seldom: frozenset[int] = frozenset()


DAYS = (
    PlausibleDays(
        rule="R-057",
        source=f"{_REPORTS}: 320 began on a Monday, 316 ended on a Friday",
        confidence=Confidence.MEASURED,
        kind=Kind.INSPECTION,
        framework=Framework.ILACS,
        first=frozenset((MONDAY,)),
        last=frozenset((FRIDAY,)),
    ),
    PlausibleDays(
        rule="R-057",
        source=_SINGLE,
        confidence=Confidence.MEASURED,
        kind=Kind.INSPECTION,
        framework=Framework.SIF,
    ),
    PlausibleDays(
        rule="R-057",
        source=f"{_LETTERS}: ordinary ones never began on a Friday",
        confidence=Confidence.MEASURED,
        kind=Kind.FOCUSED_VISIT,
        seldom=frozenset((FRIDAY,)),
    ),
    PlausibleDays(rule="R-057", source=_VISITS, confidence=Confidence.MEASURED, kind=Kind.MONITORING_VISIT),
    PlausibleDays(
        rule="R-057",
        source=f"{_JOINT}: 62 began on a Monday",
        confidence=Confidence.MEASURED,
        kind=Kind.JTAI,
        first=frozenset((MONDAY,)),
    ),
    PlausibleDays(
        rule="R-079",
        source=f"{_AREA_SEND}: all but two from a Monday to a Friday",
        confidence=Confidence.MEASURED,
        kind=Kind.AREA_SEND,
        first=frozenset((MONDAY,)),
        last=frozenset((FRIDAY,)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class PlausibleGap(About):
    """Working days to publication, both included. `least` and `most` count from the last day on site; where a source
    gives only the first, `least_from_first` and `most_from_first` from that."""

    least: int
    most: int
    least_from_first: int
    most_from_first: int


GAPS = (
    PlausibleGap(
        rule="R-058",
        source=f"{_REPORTS}; from the first day four or nine working days more",
        confidence=Confidence.MEASURED,
        kind=Kind.INSPECTION,
        framework=Framework.ILACS,
        least=12,
        most=95,
        least_from_first=16,
        most_from_first=104,
    ),
    PlausibleGap(
        rule="R-058",
        source=f"{_SINGLE}: from the last day 27 to 93, from the first 43 to 72 (Peterborough 2015, 111)",
        confidence=Confidence.MEASURED,
        kind=Kind.INSPECTION,
        framework=Framework.SIF,
        least=27,
        most=93,
        least_from_first=43,
        most_from_first=72,
    ),
    PlausibleGap(
        rule="R-058",
        source=_LETTERS,
        confidence=Confidence.MEASURED,
        kind=Kind.FOCUSED_VISIT,
        least=15,
        most=71,
        least_from_first=15,
        most_from_first=72,
    ),
    PlausibleGap(
        rule="R-058",
        source="Measured on 25 monitoring letters with both days, 2021 to 2025",
        confidence=Confidence.MEASURED,
        kind=Kind.MONITORING_VISIT,
        least=20,
        most=41,
        least_from_first=20,
        most_from_first=42,
    ),
    PlausibleGap(
        rule="R-058",
        source=_JOINT,
        confidence=Confidence.MEASURED,
        kind=Kind.JTAI,
        least=25,
        most=66,
        least_from_first=29,
        most_from_first=70,
    ),
    PlausibleGap(
        rule="R-058",
        source=_AREA_SEND,
        confidence=Confidence.MEASURED,
        kind=Kind.AREA_SEND,
        least=29,
        most=100,
        least_from_first=33,
        most_from_first=106,
    ),
)

SLACK = 5
"""R-058: so many working days or more below the least is doubtful; nearer, or above the most, is only unusual."""


@dataclass(frozen=True, kw_only=True)
class TrueException(Row):
    """One that was on site just so, though it lies outside the other rows. `first` None: whenever that authority was.

    `days` are those on site at the least and at the most; any working day may be its first or last, and where `printed`
    any day at all: as its report has it."""

    urn: str
    kind: Kind
    days: tuple[int, int]
    first: date | None = None
    printed: bool = False


def _seen(
    urn: str, kind: Kind, first: date | None, days: tuple[int, int], source: str, *, printed: bool = False
) -> TrueException:
    return TrueException(
        rule="R-056",
        source=source,
        confidence=Confidence.READ,
        urn=urn,
        kind=kind,
        first=first,
        days=days,
        printed=printed,
    )


TRUE_EXCEPTIONS = (
    _seen("80455", Kind.INSPECTION, None, (3, 12), "Isles of Scilly 2023: Tuesday to Thursday, three days"),
    _seen("80580", Kind.INSPECTION, date(2019, 6, 3), (17, 17), "Wiltshire 2019: ended on a Wednesday"),
    _seen("80457", Kind.INSPECTION, date(2022, 9, 21), (1, 12), "Cumbria 2022: so Ofsted's in-year list begins it"),
    _seen("80477", Kind.FOCUSED_VISIT, date(2025, 7, 15), (7, 7), "Hull 2025: two days, and another after a weekend"),
    _seen("80503", Kind.JTAI, date(2017, 3, 21), (4, 4), "Hounslow 2017: began on a Tuesday"),
    _seen("80536", Kind.JTAI, date(2016, 3, 7), (6, 6), "Oxfordshire 2016: to a Saturday, as printed", printed=True),
    _seen("80495", Kind.AREA_SEND, date(2023, 5, 11), (9, 9), "Greenwich 2023: from a Thursday to the Friday week"),
    _seen("80536", Kind.AREA_SEND, date(2023, 7, 13), (9, 9), "Oxfordshire 2023: from a Thursday to the Friday week"),
    _seen("80499", Kind.JTAI, date(2023, 3, 26), (4, 6), "Harrow 2023: from a Sunday, as printed", printed=True),
)
