"""The dated rows behind deadlines: publication, letters, polling days, plans, monitoring, the yearly cycle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.rulebook.calendar_rows import DaysOfYear
from domain.rulebook.rows import Confidence, Row
from domain.values.statements import Kind


@dataclass(frozen=True, kw_only=True)
class PublicationTime(Row):
    """Working days from the last day on site to publication, as a rule: `working_days`, or from those to `up_to` where
    there was no single usual number. On the first day on site; where that is not known, on the last."""

    kinds: frozenset[Kind]
    working_days: int
    up_to: int | None = None


_REPORT = frozenset({Kind.INSPECTION})
_FOCUSED = frozenset({Kind.FOCUSED_VISIT})
_LETTER = frozenset({Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT})
_JTAI = frozenset({Kind.JTAI})

PUBLICATION_TIMES = (
    PublicationTime(
        rule="R-051",
        source="Measured: 52 of 101 ILACS reports, 2018 to March 2020",
        confidence=Confidence.MEASURED,
        start=date(2018, 1, 1),
        end=date(2021, 6, 1),
        kinds=_REPORT,
        working_days=21,
    ),
    PublicationTime(
        rule="R-051",
        source="Measured: 67 of 111 ILACS reports, June 2021 to February 2024",
        confidence=Confidence.MEASURED,
        start=date(2021, 6, 1),
        end=date(2024, 3, 1),
        kinds=_REPORT,
        working_days=30,
    ),
    PublicationTime(
        rule="R-051",
        source="Measured: 46 of 109 ILACS reports, March 2024 on",
        confidence=Confidence.MEASURED,
        start=date(2024, 3, 1),
        kinds=_REPORT,
        working_days=27,
    ),
    PublicationTime(
        rule="R-052",
        source="Measured: 77 of 126 letters, visits of 2018 to March 2020",
        confidence=Confidence.MEASURED,
        start=date(2018, 1, 1),
        end=date(2020, 9, 29),
        kinds=_FOCUSED,
        working_days=16,
    ),
    PublicationTime(
        rule="R-052",
        source="Measured: 15 of the 41 letters of the Covid round, median 31",
        confidence=Confidence.MEASURED,
        start=date(2020, 9, 29),
        end=date(2021, 6, 1),
        kinds=_FOCUSED,
        working_days=30,
    ),
    PublicationTime(
        rule="R-052",
        source="Measured: 41 of 47 letters, visits of June to December 2021",
        confidence=Confidence.MEASURED,
        start=date(2021, 6, 1),
        end=date(2022, 1, 1),
        kinds=_FOCUSED,
        working_days=24,
        up_to=28,
    ),
    PublicationTime(
        rule="R-052",
        source="Measured: 66 of 87 letters on focused visits of 2022 to March 2024",
        confidence=Confidence.MEASURED,
        start=date(2022, 1, 1),
        end=date(2024, 4, 1),
        kinds=_LETTER,
        working_days=24,
    ),
    PublicationTime(
        rule="R-052",
        source="Measured: 48 of 70 letters on focused visits since April 2024, 17 of 25 on monitoring visits",
        confidence=Confidence.MEASURED,
        start=date(2024, 4, 1),
        kinds=_LETTER,
        working_days=21,
    ),
    PublicationTime(
        rule="R-053",
        source="Measured: 17 of 35 letters, 2016 to February 2020",
        confidence=Confidence.MEASURED,
        start=date(2016, 1, 1),
        end=date(2022, 1, 1),
        kinds=_JTAI,
        working_days=30,
    ),
    PublicationTime(
        rule="R-053",
        source="Measured: 14 of 29 letters, 2022 on",
        confidence=Confidence.MEASURED,
        start=date(2022, 1, 1),
        kinds=_JTAI,
        working_days=34,
    ),
)


@dataclass(frozen=True, kw_only=True)
class PublicationRange(Row):
    """Working days from the last day on site by which reports or letters had come: most, about half, nine in ten.

    Next to none came before the usual day, so the range begins there (`PublicationTime`). None where that was not
    measured. On the first day on site; where there is no row, only the usual day was measured."""

    kinds: frozenset[Kind]
    half_working_days: int | None = None
    mostly_working_days: int
    nearly_working_days: int | None = None


PUBLICATION_RANGES = (
    PublicationRange(
        rule="R-101",
        source="Measured on 109 ILACS reports on fieldwork since March 2024: 108 not before, 60 by the second, 88 by "
        "the third and 100 by the last of these days",
        confidence=Confidence.MEASURED,
        start=date(2024, 3, 1),
        kinds=_REPORT,
        half_working_days=31,
        mostly_working_days=41,
        nearly_working_days=53,
    ),
    PublicationRange(
        rule="R-102",
        source="Measured: 65 of 70 letters on focused visits since April 2024",
        confidence=Confidence.MEASURED,
        start=date(2024, 4, 1),
        kinds=_LETTER,
        mostly_working_days=31,
    ),
    PublicationRange(
        rule="R-102",
        source="Measured on 29 letters on joint inspections, 2022 on",
        confidence=Confidence.MEASURED,
        start=date(2022, 1, 1),
        kinds=_JTAI,
        mostly_working_days=49,
    ),
)


@dataclass(frozen=True, kw_only=True)
class NothingPublished(DaysOfYear):
    """Days over Christmas on which nothing was published: what is usual then is expected on the first working day
    after them. On the last day on site."""

    kinds: frozenset[Kind]


NOTHING_PUBLISHED = (
    NothingPublished(
        rule="R-051",
        source="Measured: no report since November 2022; of 17 whose usual day lay in these days 16 came on 12 or 13 "
        "January",
        confidence=Confidence.MEASURED,
        start=date(2022, 11, 1),
        kinds=_REPORT,
        first=(12, 18),
        last=(1, 11),
    ),
    NothingPublished(
        rule="R-052",
        source="Measured: no letter on a focused visit since December 2022",
        confidence=Confidence.MEASURED,
        start=date(2022, 11, 1),
        kinds=_LETTER,
        first=(12, 19),
        last=(1, 11),
    ),
)
"""Letters on joint inspections did come out in these days."""


@dataclass(frozen=True, kw_only=True)
class OverChristmas(Row):
    """Working days by which reports came later than usual where Christmas Day lay between: told, and moving no day."""

    reports: int
    median_days: int
    lower_days: int
    upper_days: int


OVER_CHRISTMAS = OverChristmas(
    rule="R-051",
    source="Measured on 55 ILACS reports since 2018",
    confidence=Confidence.MEASURED,
    reports=55,
    median_days=7,
    lower_days=4,
    upper_days=11,
)

LATE_AFTER_WORKING_DAYS = 50
"""R-051: a report is late when so many working days have passed since the last day on site (20 of 321 were)."""


@dataclass(frozen=True, kw_only=True)
class PollingDay(Row):
    """A local (ordinary or, where said, general) election. `start` is polling day, `end` the day after.

    In an ordinary year only some areas vote; which ones is not held, so the hold is an expectation."""

    general: bool = False


def _poll(day: date, *, general: bool = False, source: str, confidence: Confidence) -> PollingDay:
    return PollingDay(
        rule="R-054",
        source=source,
        confidence=confidence,
        start=day,
        end=date.fromordinal(day.toordinal() + 1),
        general=general,
    )


_ORDINARY = "Inferred: ordinary day of election, the first Thursday in May"
_CLUSTER = "Inferred from the reports published together just after it"

POLLING_DAYS = (
    _poll(date(2018, 5, 3), source=_ORDINARY, confidence=Confidence.INFERRED),
    _poll(date(2019, 5, 2), source=_CLUSTER, confidence=Confidence.INFERRED),
    _poll(date(2019, 12, 12), general=True, source="Inferred: general election", confidence=Confidence.INFERRED),
    _poll(date(2021, 5, 6), source=_CLUSTER, confidence=Confidence.INFERRED),
    _poll(date(2022, 5, 5), source=_CLUSTER, confidence=Confidence.INFERRED),
    _poll(date(2023, 5, 4), source=_CLUSTER, confidence=Confidence.INFERRED),
    _poll(date(2024, 5, 2), source=_CLUSTER, confidence=Confidence.INFERRED),
    _poll(date(2024, 7, 4), general=True, source=_CLUSTER, confidence=Confidence.INFERRED),
    _poll(date(2025, 5, 1), source=_CLUSTER, confidence=Confidence.INFERRED),
    _poll(date(2026, 5, 7), source=_CLUSTER, confidence=Confidence.INFERRED),
    _poll(date(2027, 5, 6), source=_ORDINARY, confidence=Confidence.INFERRED),
    _poll(date(2028, 5, 4), source=_ORDINARY, confidence=Confidence.INFERRED),
)

HOLD_BEFORE_DAYS = 42
"""R-054: about six weeks before polling day nothing on a single authority is published."""

HOLD_AFTER_DAYS = 14
"""R-054: what was held appears in the two weeks after polling day."""


@dataclass(frozen=True, kw_only=True)
class PlanTime(Row):
    """Working days from receipt (else publication) to the action plan's last day. On publication."""

    working_days: int
    shown: bool


PLAN_TIMES = (
    PlanTime(
        rule="R-061",
        source="Education and Inspections Act 2006, section 137; SI 2007/462",
        confidence=Confidence.READ,
        end=date(2018, 1, 1),
        working_days=70,
        shown=False,
    ),
    PlanTime(
        rule="R-060",
        source="Education and Inspections Act 2006, section 137; SI 2007/462; Stockton Cabinet 2023",
        confidence=Confidence.READ,
        start=date(2018, 1, 1),
        working_days=70,
        shown=True,
    ),
)
"""Before 2018 the day counts only as the anchor of a single inspection's window (R-090, R-091)."""


@dataclass(frozen=True, kw_only=True)
class PriorityPlanTime(Row):
    """Working days from receipt of a focused visit's letter to the draft and the final plan. On receipt."""

    draft_working_days: int | None
    final_working_days: int


PRIORITY_PLAN_TIMES = (
    PriorityPlanTime(
        rule="R-035",
        source="Children and Young People Now, 16 August 2018",
        confidence=Confidence.SECONDARY,
        end=date(2018, 8, 1),
        draft_working_days=None,
        final_working_days=70,
    ),
    PriorityPlanTime(
        rule="R-035",
        source="Printed in 13 of the 22 letters that made priority actions, from 8 August 2018 to 12 January 2026",
        confidence=Confidence.READ,
        start=date(2018, 8, 1),
        draft_working_days=20,
        final_working_days=70,
    ),
)


@dataclass(frozen=True, kw_only=True)
class MonitoringInterval(Row):
    """Months after the last monitoring visit (or, before the first, after publication) to the next expected one.

    Measured beside it: after how many months first visits came, and of `gaps` between later ones the least, the
    quartiles, the middle one and the most. On publication of the governing report: of those before 2018 the older
    scheme's times are not held."""

    nominal_days: int
    expected_months: int
    amber_months: int
    red_months: int
    first_after_plan_days: int
    first_from_months: float
    first_to_months: float
    gaps: int
    least_months: float
    lower_months: float
    median_months: float
    upper_months: float
    most_months: float


MONITORING_INTERVALS = (
    MonitoringInterval(
        rule="R-043",
        source="Children and Young People Now, 2016 and 2018; measured on 111 visits in Ofsted's lists, April 2021 to "
        "March 2025, and on first visits told by six authorities",
        confidence=Confidence.SECONDARY,
        start=date(2018, 1, 1),
        nominal_days=91,
        expected_months=3,
        amber_months=6,
        red_months=9,
        first_after_plan_days=28,
        first_from_months=3.5,
        first_to_months=9,
        gaps=75,
        least_months=2.5,
        lower_months=3.4,
        median_months=4.3,
        upper_months=5.1,
        most_months=12,
    ),
)


@dataclass(frozen=True, kw_only=True)
class YearlyCycle(Row):
    """The engagement meeting, its self-evaluation and its letter: months after a meeting, working days before one."""

    due_months: int
    amber_months: int
    red_months: int
    self_evaluation_working_days_before: int
    letter_months: int


YEARLY_CYCLES = (
    YearlyCycle(
        rule="R-067",
        source="Inferred default: Ofsted names no calendar month",
        confidence=Confidence.INFERRED,
        due_months=12,
        amber_months=13,
        red_months=15,
        self_evaluation_working_days_before=10,
        letter_months=1,
    ),
)


@dataclass(frozen=True, kw_only=True)
class AreaSendFollows(Row):
    """What follows an outcome of an area SEND inspection, about so many months after its first day on site or, where
    `from_publication`, after publication. On the day of publication."""

    outcome: int
    activity: str
    months: int
    from_publication: bool = False


FULL_AREA_SEND = "area_send_full_inspection"
MONITORING_AREA_SEND = "area_send_monitoring_inspection"

_AREA_SEND_PAGES = "First pages of 55 area SEND reports; the day counted from inferred from 65 rows of the overview"

AREA_SEND_FOLLOWS = (
    AreaSendFollows(
        rule="R-077",
        source=_AREA_SEND_PAGES,
        confidence=Confidence.INFERRED,
        outcome=1,
        activity=FULL_AREA_SEND,
        months=60,
    ),
    AreaSendFollows(
        rule="R-077",
        source=_AREA_SEND_PAGES,
        confidence=Confidence.INFERRED,
        outcome=2,
        activity=FULL_AREA_SEND,
        months=36,
    ),
    AreaSendFollows(
        rule="R-077",
        source="First pages of 14 area SEND reports; publication inferred in place of receipt, which is not known",
        confidence=Confidence.INFERRED,
        outcome=3,
        activity=MONITORING_AREA_SEND,
        months=18,
        from_publication=True,
    ),
    AreaSendFollows(
        rule="R-077",
        source=_AREA_SEND_PAGES,
        confidence=Confidence.INFERRED,
        outcome=3,
        activity=FULL_AREA_SEND,
        months=36,
    ),
)
