"""What is asked of an authority from the call to the last day on site, day by day (R-049, R-065, R-100).

The papers read say what is asked for, hardly ever by which day of the week of notice: Ofsted's own timetable for that
week was not read. Where a row is `placed` its day is a proposal of ours, and is said to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.rulebook.announced.days import CALLED, usual_call
from domain.rulebook.rows import Confidence, Row
from domain.rulebook.working_days import BankHolidays, add_working_days, is_working_day, subtract_working_days
from domain.values.statements import Kind

GRADED, FOCUSED, MONITORING, JOINT, SEND = CALLED

_DAY = timedelta(days=1)
_THURSDAY = 3


class Anchor(Enum):
    """What the working days of a row are counted from; Thursdays are those on site."""

    CALL = "call"
    FIRST_DAY = "first_day"
    THURSDAYS = "thursdays"
    LAST_DAY = "last_day"


@dataclass(frozen=True, kw_only=True)
class Requested(Row):
    """Something to have ready or to do, `days` working days after its anchor. On the day of the call.

    `placed`: no source that was read gives the day; it is proposed here."""

    what: str
    how: str
    kinds: frozenset[Kind]
    anchor: Anchor
    days: int = 0
    placed: bool = False


_LEEDS = "Leeds guide 2024"
_PETERBOROUGH = "Peterborough committee 2018"
_HARINGEY = "Haringey panel 2018"
_LEICESTERSHIRE = "Leicestershire slides 2018"
_BATH = "Bath board 2025"
_BLOG = "Education yourself blog 2017"
_JOINT = "JTAI framework page; Wakefield partnership"
_DORSET = "Dorset guide; Essex parent carer forum"


def _asked(
    what: str,
    how: str,
    *kinds: Kind,
    rule: str,
    source: str,
    confidence: Confidence = Confidence.READ,
    anchor: Anchor = Anchor.CALL,
    days: int = 0,
    placed: bool = True,
) -> Requested:
    return Requested(
        rule=rule,
        source=source,
        confidence=confidence,
        what=what,
        how=how,
        kinds=frozenset(kinds),
        anchor=anchor,
        days=days,
        placed=placed,
    )


ASKED = (
    _asked(
        "Note the call",
        "The day, the kind, the days on site that were named. Who called is not kept here.",
        GRADED,
        FOCUSED,
        JOINT,
        SEND,
        rule="R-100",
        source=_LEEDS,
        placed=False,
    ),
    _asked(
        "Say now if it cannot go ahead",
        "Putting it off or pausing it is for exceptional circumstances, and is asked for when the call comes.",
        GRADED,
        FOCUSED,
        rule="R-050",
        source="Ofsted's guidance on deferring and pausing",
        placed=False,
    ),
    _asked(
        "Tell the partners",
        "Inspectors of health and police come with Ofsted's, for some themes those of probation.",
        JOINT,
        rule="R-049e",
        source=_JOINT,
        confidence=Confidence.SECONDARY,
    ),
    _asked(
        "Tell the local area partnership",
        "Inspected is the partnership for children with special educational needs, not the council alone.",
        SEND,
        rule="R-075",
        source="Area SEND reports, 2023 to 2025",
    ),
    _asked(
        "Agree the focus",
        "Which weaknesses of the report the visit is about.",
        MONITORING,
        rule="R-043",
        source="Children and Young People Now, 2016 and 2018",
        confidence=Confidence.SECONDARY,
    ),
    _asked(
        "Self-evaluation",
        "The latest, with its three questions: what is known about practice, how, and what is planned. The first lines "
        "of enquiry come from it.",
        GRADED,
        FOCUSED,
        rule="R-065",
        source=_HARINGEY,
    ),
    _asked(
        "Tell staff, and support them",
        "Most of the time inspectors sit with social workers over their work: who feels sure of it tells it well.",
        GRADED,
        FOCUSED,
        MONITORING,
        rule="R-049a",
        source=_PETERBOROUGH,
    ),
    _asked(
        "Child-level lists (Annex A)",
        "In Ofsted's form, by Ofsted's secure way. Nothing of them belongs here.",
        GRADED,
        FOCUSED,
        rule="R-100",
        source=_LEEDS,
        days=1,
    ),
    _asked(
        "Data of the first two weeks",
        "What is asked for stands in the joint inspectorates' own framework, which was not read here.",
        JOINT,
        rule="R-049e",
        source=_JOINT,
        confidence=Confidence.SECONDARY,
        days=1,
    ),
    _asked(
        "Data of the first two weeks",
        "Notice and data take weeks 1 and 2, inspectors are there in week 3. The lists asked for were not read here.",
        SEND,
        rule="R-079",
        source=_DORSET,
        confidence=Confidence.SECONDARY,
        days=1,
    ),
    _asked(
        "Audits",
        "Which were done, how, and what was learnt.",
        GRADED,
        FOCUSED,
        rule="R-100",
        source=_LEEDS,
        days=1,
    ),
    _asked(
        "Performance and management information",
        "The newest figures, and how leaders use them; in this week inspectors read it and speak with senior leaders.",
        GRADED,
        FOCUSED,
        rule="R-100",
        source=f"{_LEEDS}; {_BATH}",
        days=2,
    ),
    _asked(
        "The action plan as it stands",
        "Each action with its owner, its day, what was done, and what shows that it helped.",
        MONITORING,
        rule="R-064",
        source="Council papers, 2022 to 2025",
        confidence=Confidence.SECONDARY,
        days=2,
    ),
    _asked(
        "What came of the last report and visits",
        "Each area for improvement, what was done about it, and how that is known.",
        GRADED,
        FOCUSED,
        MONITORING,
        rule="R-066",
        source=_LEICESTERSHIRE,
        days=2,
    ),
    _asked(
        "Complaints, reviews, what families say",
        "What was learnt from them about work with children and families.",
        GRADED,
        FOCUSED,
        rule="R-065",
        source=_BLOG,
        confidence=Confidence.SECONDARY,
        days=3,
    ),
    _asked(
        "Timetable, rooms and people",
        "Who meets inspectors when and where. Meetings for show are few: they work beside the teams.",
        GRADED,
        FOCUSED,
        MONITORING,
        rule="R-049a",
        source=_PETERBOROUGH,
        days=3,
    ),
    _asked(
        "Groups that inspectors may meet",
        "Children and young people, foster carers, partners; they may ask Cafcass and the local courts.",
        GRADED,
        rule="R-049a",
        source=_LEEDS,
        days=4,
    ),
    _asked(
        "Virtual school, recruitment of carers",
        "An education inspector looks at the one, a regulatory inspector at the other.",
        GRADED,
        rule="R-049a",
        source=_PETERBOROUGH,
        days=4,
    ),
    _asked(
        "Records up to date, examples chosen",
        "Records say why and to what end. Good work to be proud of is picked out.",
        GRADED,
        FOCUSED,
        MONITORING,
        rule="R-049a",
        source=_PETERBOROUGH,
        days=4,
    ),
    _asked(
        "Set-up meeting",
        "The director and those around her or him say in which circumstances the services work.",
        GRADED,
        rule="R-049a",
        source=_LEEDS,
        anchor=Anchor.FIRST_DAY,
        placed=False,
    ),
    _asked(
        "Keeping in touch",
        "Leaders and inspectors meet while they are here, where inspectors are that day.",
        GRADED,
        rule="R-049a",
        source=_PETERBOROUGH,
        anchor=Anchor.FIRST_DAY,
    ),
    _asked(
        "Everybody within reach",
        "On Thursdays the questions that inspectors have raised want an answer.",
        GRADED,
        rule="R-049a",
        source=_PETERBOROUGH,
        anchor=Anchor.THURSDAYS,
        placed=False,
    ),
    _asked(
        "Record the last day",
        "The working days to the report are counted from it.",
        GRADED,
        rule="R-101",
        source="109 reports since 2024",
        confidence=Confidence.MEASURED,
        anchor=Anchor.LAST_DAY,
        placed=False,
    ),
    _asked(
        "Record the last day",
        "The working days to the letter are counted from it.",
        FOCUSED,
        MONITORING,
        JOINT,
        rule="R-102",
        source="70 letters since 2024, 29 joint ones since 2022",
        confidence=Confidence.MEASURED,
        anchor=Anchor.LAST_DAY,
        placed=False,
    ),
)
"""In the order of a day. What else Ofsted asks for on the telephone goes before all of it."""


@dataclass(frozen=True, kw_only=True)
class Notice(Row):
    """Working days before the first day on site of what is told in advance. On that day."""

    days: int


MONITORING_NOTICE = Notice(
    rule="R-049d",
    source="Inferred: visits are told in advance, how long is not said; a week is taken",
    confidence=Confidence.INFERRED,
    days=5,
)


@dataclass(frozen=True)
class DayOfCall:
    """One day with what belongs to it, in order. `number` counts working days of notice from 1, the call's own day
    first; None on site."""

    day: date
    number: int | None
    asked: tuple[Requested, ...]


def checklist(
    kind: Kind, *, called_on: date | None, first: date, last: date | None, holidays: BankHolidays
) -> tuple[DayOfCall, ...]:
    """What is asked for from the call to the last day on site, by day; days on which nothing new is asked are left out.

    `first` and `last` are the days on site, inclusive, `last` None where it is not known. Without a call the notice
    begins on the day on which it comes as a rule. Where a call comes late, what no longer fits into the notice
    goes to its last day. Raises BeyondBankHolidays outside the years whose bank holidays are known."""
    start = called_on or notice_begins(kind, first, holidays)
    eve = max(start, subtract_working_days(first, 1, holidays))
    by_day: dict[date, list[Requested]] = {}
    for row in ASKED:
        if kind in row.kinds:
            for day in _days(row, start, eve, first, last, holidays):
                by_day.setdefault(day, []).append(row)
    return tuple(DayOfCall(day, _number(day, start, first, holidays), tuple(by_day[day])) for day in sorted(by_day))


def notice_begins(kind: Kind, first: date, holidays: BankHolidays) -> date:
    """The day on which the call comes as a rule, or a visit is taken to be told."""
    return usual_call(kind, first) or subtract_working_days(first, MONITORING_NOTICE.days, holidays)


def _days(
    row: Requested, start: date, eve: date, first: date, last: date | None, holidays: BankHolidays
) -> Iterator[date]:
    match row.anchor:
        case Anchor.CALL:
            yield min(add_working_days(start, row.days, holidays), eve)
        case Anchor.FIRST_DAY:
            yield first
        case Anchor.LAST_DAY if last is not None:
            yield last
        case Anchor.THURSDAYS if last is not None:
            day = first
            while day <= last:
                if day.weekday() == _THURSDAY and is_working_day(day, holidays):
                    yield day
                day += _DAY


def _number(day: date, start: date, first: date, holidays: BankHolidays) -> int | None:
    if day >= first:
        return None
    number, at = 1, start
    while at < day:
        at += _DAY
        number += is_working_day(at, holidays)
    return number
