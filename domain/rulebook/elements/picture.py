"""The five elements of the inspection system as one picture of the present cycle (R-027, R-030, R-038, R-043, R-065 to
R-067): of each what was done, what is left, and what is not known.

Source: Ofsted's framework as Haringey (2018), Leeds (2024), Gateshead (2019) and Peterborough (2018) describe it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.rulebook.announced.words import how_far
from domain.rulebook.cycle import focused_visits, usual_visits_came
from domain.rulebook.deadline_rows import YEARLY_CYCLES
from domain.rulebook.graded_windows import of_the_covid_round
from domain.rulebook.known_until import not_known_from
from domain.rulebook.results import Expectation, GradedType, InterimType, Pathway, WindowStatus
from domain.rulebook.rows import ILACS_IN_FORCE, row_on
from domain.rulebook.situation import Situation
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import KnownKind
from domain.values.statements import Kind


class Element(Enum):
    """The five elements, in the order in which papers of councils give them."""

    SELF_EVALUATION = "self_evaluation"
    ENGAGEMENT_MEETING = "engagement_meeting"
    HELD_BY_OFSTED = "held_by_ofsted"
    INSPECTION = "inspection"
    VISITS = "visits"


class ElementState(Enum):
    """How far an element is in the present cycle, as far as anything is known.

    `DONE`: what is usual is held. `PARTLY`: some of it is. `EXPECTED`: it is still to come. `CALLED`: called, and
    nothing says that inspectors came. `UNDER_WAY`: they did, and its report is not public. `LATE`: its day is past, as
    far as sources tell. `NOT_RECORDED`: none is held, of what no public list tells. `NOT_OURS`: only Ofsted holds it.
    `NOT_EXPECTED`: none is to come."""

    DONE = "done"
    PARTLY = "partly"
    EXPECTED = "expected"
    CALLED = "called"
    UNDER_WAY = "under_way"
    LATE = "late"
    NOT_RECORDED = "not_recorded"
    NOT_KNOWN = "not_known"
    NOT_OURS = "not_ours"
    NOT_EXPECTED = "not_expected"


@dataclass(frozen=True)
class ElementNow:
    """One element on a day. `done` is what belongs to it in the present cycle, newest first; `before` the newest of an
    earlier cycle where there is none in this one; `left` what is expected of it.

    `known_until` is the day (inclusive) until which nothing of it can have been missed since the cycle began, None
    where no source tells. `came` and `usual` count visits and joint inspections between inspections, None where none
    were measured."""

    element: Element
    state: ElementState
    done: tuple[Activity, ...] = ()
    before: Activity | None = None
    left: tuple[Expectation, ...] = ()
    remarks: tuple[str, ...] = ()
    not_known: tuple[str, ...] = ()
    known_until: date | None = None
    came: int | None = None
    usual: int | None = None


@dataclass(frozen=True)
class FiveElements:
    """All five on a day. The cycle runs from `since`, the last day on site of the inspection that governs (inclusive;
    None without one), until the next graded inspection, expected by `until` at the latest (None without a window), or
    until the authority ends, whichever comes first.
    `returns` are all data returns recorded, of earlier cycles too, newest first."""

    authority: AuthorityFacts
    on: date
    pathway: Pathway
    governing: Activity | None
    since: date | None
    until: date | None
    elements: tuple[ElementNow, ...]
    returns: tuple[Activity, ...] = ()

    @property
    def ended(self) -> bool:
        """The authority had ceased to exist by the day: the cycle told of is its last."""
        return self.authority.ended_by(self.on)

    def of(self, element: Element) -> ElementNow:
        return next(one for one in self.elements if one.element is element)


SHARED_EACH_YEAR = "One is shared each year before the engagement meeting; no day is fixed (R-065)."
"""What is said of self-evaluations where no day follows from a meeting recorded here."""


def five_elements(now: Situation, expected: Iterable[Expectation]) -> FiveElements:
    """The picture for a situation, with what is expected in it. Of an authority that has ended, of its last cycle."""
    rows = tuple(expected)
    elements = (_self_evaluation, _engagement_meeting, _held_by_ofsted, _inspection, _visits)
    return FiveElements(
        authority=now.authority,
        on=now.on,
        pathway=now.pathway,
        governing=now.governs,
        since=None if now.counts_from == date.min else now.counts_from,
        until=None if now.abolished else _until(now),
        elements=tuple(of(now, rows) for of in elements),
        returns=_newest_first(now, Kind.DATA_RETURN),
    )


def _until(now: Situation) -> date | None:
    """The last day of the cycle that can be told: of the window, or of the authority where that ends before."""
    ends, last = now.authority.ends_on, now.expected_next.graded.window_to
    return last if ends is None or last is None or last < ends else ends - timedelta(days=1)


def _self_evaluation(now: Situation, expected: tuple[Expectation, ...]) -> ElementNow:
    done, before = _in_the_cycle(now, Kind.SELF_EVALUATION)
    left = _of(expected, Kind.SELF_EVALUATION.value)
    return ElementNow(
        Element.SELF_EVALUATION,
        _yearly(now, left, done),
        done,
        before,
        left,
        () if left or now.abolished else (SHARED_EACH_YEAR,),
        _unknown(now, KnownKind.SELF_EVALUATION),
        _known_until(now, KnownKind.SELF_EVALUATION),
    )


def _engagement_meeting(now: Situation, expected: tuple[Expectation, ...]) -> ElementNow:
    done, before = _in_the_cycle(now, Kind.ENGAGEMENT_MEETING)
    left = _of(expected, Kind.ENGAGEMENT_MEETING.value, "engagement_letter")
    return ElementNow(
        Element.ENGAGEMENT_MEETING,
        _yearly(now, _of(left, Kind.ENGAGEMENT_MEETING.value), done),
        done,
        before,
        left,
        not_known=_unknown(now, KnownKind.ENGAGEMENT_MEETING),
        known_until=_known_until(now, KnownKind.ENGAGEMENT_MEETING),
    )


def _yearly(now: Situation, left: tuple[Expectation, ...], done: tuple[Activity, ...]) -> ElementState:
    """Done where it happened in the last twelve months; beyond that only somebody who holds all of them knows."""
    if now.abolished:
        return ElementState.NOT_EXPECTED
    for row in left:
        if row.status in (WindowStatus.OVERDUE, WindowStatus.NOT_KNOWN):
            return _STATES[row.status]
    months = row_on(YEARLY_CYCLES, now.on).due_months
    if done and (done[0].last_day is None or add_months(done[0].last_day, months) >= now.on):
        return ElementState.DONE
    dated = [row.status for row in left if row.due_to is not None]
    if dated:
        return _STATES[dated[0]]
    return ElementState.NOT_KNOWN if done else ElementState.NOT_RECORDED


def _held_by_ofsted(now: Situation, expected: tuple[Expectation, ...]) -> ElementNow:
    done, before = _in_the_cycle(now, Kind.DATA_RETURN)
    return ElementNow(
        Element.HELD_BY_OFSTED,
        ElementState.NOT_OURS,
        done,
        before,
        not_known=("What Ofsted holds is never published: nothing of it can be known here.",),
    )


def _inspection(now: Situation, expected: tuple[Expectation, ...]) -> ElementNow:
    inspections = (Kind.INSPECTION.value, *(type_.value for type_ in GradedType))
    left = _of(expected, InterimType.REPORT_PUBLICATION.value, *inspections)
    coming = now.under_way
    begun = coming.activity if coming is not None and coming.days.begun else now.awaits
    done = tuple(one for one in (begun, now.governs) if one is not None and one.begun_on <= now.on)
    graded = next((row.status for row in left if row.activity != InterimType.REPORT_PUBLICATION.value), None)
    if now.abolished:
        state = ElementState.NOT_EXPECTED
    elif coming is not None and coming.announced.unheard_of:
        state = ElementState.NOT_KNOWN
    elif coming is not None and coming.announced.only_called:
        state = ElementState.CALLED
    elif coming is not None or now.awaits is not None:
        state = ElementState.UNDER_WAY
    elif graded is None or now.pathway is Pathway.UNKNOWN:
        state = ElementState.NOT_KNOWN
    else:
        state = _STATES[graded]
    return ElementNow(
        Element.INSPECTION,
        state,
        tuple(now.known(one) for one in done),
        left=left,
        remarks=(how_far(coming, now.on),) if coming is not None else (),
        not_known=_unknown(now, KnownKind.GRADED_INSPECTION),
        known_until=_known_until(now, KnownKind.GRADED_INSPECTION),
    )


def _visits(now: Situation, expected: tuple[Expectation, ...]) -> ElementNow:
    """Monitoring visits while inadequate or where monitoring was inherited, otherwise focused visits and joint
    inspections."""
    done, before = _in_the_cycle(now, *_VISITS, look_back=False)
    monitored = now.pathway is Pathway.INADEQUATE or now.inherited_monitoring
    if monitored:
        left = _of(expected, InterimType.MONITORING_VISIT.value, Kind.ACTION_PLANNING_VISIT.value)
        kinds: tuple[KnownKind, ...] = (KnownKind.MONITORING_VISIT,)
    else:
        left = _of(expected, Kind.FOCUSED_VISIT.value, Kind.JTAI.value)
        kinds = (KnownKind.FOCUSED_VISIT, KnownKind.JTAI)
    counted = None
    if not monitored and now.pathway in _MEASURED and now.on >= ILACS_IN_FORCE:
        counted = focused_visits(now)
    enough = usual_visits_came(now)
    remarks = [enough] if enough else []
    if any(of_the_covid_round(one) for one in done if one.kind is Kind.FOCUSED_VISIT):
        remarks.append("Visits of the Covid round count towards no cycle (R-012).")
    return ElementNow(
        Element.VISITS,
        _visits_state(now, left, done, enough=enough is not None),
        done,
        before,
        left,
        tuple(remarks),
        _unknown(now, *kinds),
        _known_until(now, *kinds),
        counted.came if counted is not None else None,
        counted.row.usual if counted is not None else None,
    )


def _visits_state(
    now: Situation, left: tuple[Expectation, ...], done: tuple[Activity, ...], *, enough: bool
) -> ElementState:
    if now.abolished or now.awaits is not None:
        return ElementState.NOT_EXPECTED
    if left:
        called = {one.id for one in now.only_called(*_VISITS)}
        states = [ElementState.CALLED if row.about in called else _STATES[row.status] for row in left]
        found = next((one for one in (ElementState.UNDER_WAY, ElementState.CALLED) if one in states), states[0])
        return ElementState.PARTLY if found is ElementState.EXPECTED and done else found
    return ElementState.DONE if enough else ElementState.NOT_KNOWN


_VISITS = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI, Kind.ACTION_PLANNING_VISIT)

_MEASURED = (Pathway.GOOD_OR_OUTSTANDING, Pathway.REQUIRES_IMPROVEMENT)

_STATES: Mapping[WindowStatus, ElementState] = {
    WindowStatus.UPCOMING: ElementState.EXPECTED,
    WindowStatus.IN_WINDOW: ElementState.EXPECTED,
    WindowStatus.NO_WINDOW: ElementState.EXPECTED,
    WindowStatus.OVERDUE: ElementState.LATE,
    WindowStatus.NOT_KNOWN: ElementState.NOT_KNOWN,
    WindowStatus.ANNOUNCED: ElementState.CALLED,
    WindowStatus.ON_SITE: ElementState.UNDER_WAY,
    WindowStatus.PAUSED: ElementState.UNDER_WAY,
    WindowStatus.REPORT_AWAITED: ElementState.UNDER_WAY,
    WindowStatus.NOT_APPLICABLE: ElementState.NOT_EXPECTED,
}


def _of(expected: Iterable[Expectation], *activities: str) -> tuple[Expectation, ...]:
    return tuple(row for row in expected if row.activity in activities)


def _in_the_cycle(now: Situation, *kinds: Kind, look_back: bool = True) -> tuple[tuple[Activity, ...], Activity | None]:
    """What of these kinds began in the present cycle, the newest first, and the newest before it where none did."""
    seen = _newest_first(now, *kinds)
    done = tuple(one for one in seen if one.true_on > now.counts_from)
    return done, next(iter(seen), None) if look_back and not done else None


def _newest_first(now: Situation, *kinds: Kind) -> tuple[Activity, ...]:
    return tuple(sorted(map(now.known, now.visible(*kinds)), key=lambda one: one.true_on, reverse=True))


def _unknown(now: Situation, *kinds: KnownKind) -> tuple[str, ...]:
    """That something of these kinds may have come of which nothing is known (R-105, R-107)."""
    if now.abolished:
        return ()
    untils = ((kind, now.known_until.from_then(kind, now.counts_from)) for kind in kinds)
    return tuple(
        not_known_from(now.known_until, kind, now.counts_from)
        for kind, until in untils
        if until is None or until < now.on
    )


def _known_until(now: Situation, *kinds: KnownKind) -> date | None:
    untils = [now.known_until.from_then(kind, now.counts_from) for kind in kinds]
    told = [until for until in untils if until is not None]
    return min(told) if len(told) == len(untils) else None
