"""The answer at the head of an authority's page: pathway, what comes next and by when, and how it was worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.rulebook.known_until import CALLED, none_tells_of_all, not_known, not_public_yet
from domain.rulebook.other_inspections.area_send import BASIS as OTHER_INSPECTION
from domain.rulebook.results import (
    UNDER_WAY,
    Expectation,
    Interim,
    InterimType,
    Pathway,
    Standing,
    WindowStatus,
)
from domain.values.known_until import LISTED, KnownKind, KnownUntil
from domain.values.statements import Kind
from domain.values.words import listed
from projections.engine.answers import Moment
from web.words import timeline, words

BASES: Mapping[str, str] = {
    "pathway": "from the pathway",
    "priority_action": "after an area for priority action",
    "deadline": "a deadline",
    "announced": "called",
    "publication": "publication",
    "cycle": "the yearly cycle",
    "other_inspection": "another inspection",
}


LONG_PAST = timedelta(days=365)
"""After so long a plan's due date is history: it stands in the reasons, not at the head of the page."""


@dataclass(frozen=True)
class Expected:
    """One thing to expect, in words."""

    name: str
    basis: str
    when: str
    state: str
    colour: str
    why: str
    rules: tuple[str, ...]
    caveats: tuple[str, ...]
    inferred: bool


@dataclass(frozen=True)
class Summary:
    """`next` is the graded inspection; `interim` what is due before it; `others` everything else to expect.

    `nearest` is the first of those that is still to come, None where none is; `papers` are those whose due date has
    passed without a word here. `after_priority` is the same inspection as expected after priority action: where there
    is one, it counts before the window of the regular interval (R-034). `ended`: the authority had ceased to exist, so
    that nothing is to be expected of it; `ended_first`: before the report was published that decides."""

    ended: bool
    ended_first: bool
    pathway: str
    since: str
    since_ago: str
    judged: str
    overall: str
    tone: str
    parts: tuple[tuple[str, str, str], ...]
    why: str
    rules: tuple[str, ...]
    caveats: tuple[str, ...]
    inferred: bool
    inherited: bool
    next_name: str
    window: str
    window_short: str
    window_ends: tuple[str, str] | None
    window_year: str
    window_over: bool
    to_come: bool
    midpoint: str
    state: str
    colour: str
    distance: str
    reason: str
    reason_inferred: bool
    workings: tuple[Expected, ...]
    after_priority: Expected | None
    after_priority_distance: str
    priority: str
    interim: str
    interim_when: str
    plan_due: str
    plan_was_due: bool
    others: tuple[Expected, ...]
    nearest: Expected | None
    papers: tuple[Expected, ...]
    nothing_held: bool

    @property
    def before_then(self) -> tuple[str, str, bool]:
        """What comes before the graded inspection, when, and whether that is inferred; blank where nothing does."""
        if self.interim:
            return self.interim, self.interim_when, False
        first = self.nearest
        return (first.name, first.when, first.inferred) if first is not None else ("", "", False)


def summary(standing: Standing, on: date) -> Summary:
    graded = standing.expected_next.graded
    governing = standing.governing
    type_value = graded.type.value if graded.type else ""
    workings = [row for row in standing.expectations if row.activity == type_value or row.is_called_inspection]
    acted = next((row for row in workings if row.basis == "priority_action"), None)
    others = sorted(
        (row for row in standing.expectations if row not in workings),
        key=lambda row: (row.basis == OTHER_INSPECTION, row.due_to or row.due_from or date.max),
    )
    papers = [row for row in others if _passed_unseen(row)]
    to_come = (row for row in others if row not in papers and row.status is not WindowStatus.NOT_APPLICABLE)
    nearest = next((row for row in to_come if row.basis != OTHER_INSPECTION and row.activity not in _BY_OTHERS), None)
    interim = standing.expected_next.interim
    before_then = next((row for row in others if interim is not None and row.activity == interim.type.value), None)
    plan_due = standing.expected_next.action_plan_due
    if plan_due is not None and plan_due < on - LONG_PAST:
        plan_due = None
    first = workings[0] if workings else None
    next_name = words.GRADED_TYPES[graded.type] if first is None else words.expectation(first.activity)
    never = WindowStatus.NOT_APPLICABLE
    none_comes = standing.window_status is never and (acted is None or acted.status is never)
    window: tuple[date, ...] = ()
    if graded.window_from and graded.window_to and not none_comes:
        window = (graded.window_from, graded.window_to)
    overall = governing.overall if governing else None
    judged = governing.judged.overall if governing else None
    return Summary(
        ended=has_ended(standing, on),
        ended_first=governing is not None and has_ended(standing, governing.public_on),
        pathway=words.PATHWAYS[standing.pathway],
        since=words.day(governing.public_on) if governing else "",
        since_ago=words.ago(governing.public_on, on) if governing and not has_ended(standing, on) else "",
        judged=words.AREAS[judged] if judged else "",
        overall=words.GRADES[overall] if overall else "",
        tone=words.GRADE_TONES[overall] if overall else "",
        parts=timeline.grades(governing) if governing else (),
        why=standing.why,
        rules=standing.rules,
        caveats=standing.caveats,
        inferred=standing.inferred,
        inherited=standing.inherited_monitoring,
        next_name="None expected" if none_comes else next_name,
        window=" to ".join(map(words.day, window)),
        window_short=" to ".join(map(words.short_day, window)),
        window_ends=(words.day(window[0]), words.day(window[1])) if window else None,
        window_year=str(window[0].year) if window else "",
        window_over=bool(window) and window[1] < on,
        to_come=standing.window_status is WindowStatus.UPCOMING,
        midpoint=words.day(graded.midpoint) if graded.midpoint and not none_comes else "",
        state=words.window_state(standing.window_status, only_called=standing.only_called),
        colour=words.WINDOW_MARKS[standing.window_status],
        distance=words.distance(
            standing.window_status, graded.window_from, graded.window_to, on, standing.known_until.graded
        ),
        reason=first.why if first else "",
        reason_inferred=first.inferred if first else False,
        workings=tuple(expected(row, on) for row in workings),
        after_priority=expected(acted, on) if acted else None,
        after_priority_distance=words.distance(acted.status, acted.due_from, acted.due_to, on, acted.known_until)
        if acted
        else "",
        priority=_priority(standing),
        interim=words.INTERIMS[interim.type] if interim else "",
        interim_when=_interim_when(interim, before_then, on) if interim else "",
        plan_due=words.day(plan_due) if plan_due else "",
        plan_was_due=plan_due is not None and plan_due < on,
        others=tuple(expected(row, on) for row in others),
        nearest=expected(nearest, on) if nearest else None,
        papers=tuple(expected(row, on) for row in papers),
        nothing_held=standing.pathway is Pathway.UNKNOWN,
    )


def of_the_next(row: Expectation) -> bool:
    """It tells of the next graded inspection, in its window or under way without one."""
    return row.basis == "pathway" or row.is_called_inspection


_BY_OTHERS = frozenset(kind.value for kind in Kind if kind.by_others)
"""What other inspectorates call stands at the head of the page, and comes before no graded inspection."""

_NOT_OPENED = (WindowStatus.UPCOMING, WindowStatus.NO_WINDOW, WindowStatus.NOT_APPLICABLE)


def unread(standing: Standing, moment: Moment) -> str:
    """The one sentence on what is not known, where a window has opened or closed."""
    if standing.window_status in (*_NOT_OPENED, *UNDER_WAY):
        return ""
    until = moment.known_until.graded
    if standing.window_status is not WindowStatus.OVERDUE or until is None:
        return after_sources(moment)
    return f"{after_sources(moment)} {not_public_yet(min(until, moment.as_at))}".strip()


def after_sources(moment: Moment) -> str:
    """The one sentence on graded inspections of an authority; blank on a day until which sources tell."""
    until = moment.known_until.graded
    return "" if until is not None and moment.as_at <= until else not_known(KnownKind.GRADED_INSPECTION, until)


def after_sources_of_all(moment: Moment) -> str:
    """The same of every authority: of some more may be known."""
    if moment.data_horizon is None:
        return "No source has been read here yet."
    if moment.known_until.graded is None:
        if moment.as_at <= moment.data_horizon:
            return ""
        return none_tells_of_all(moment.data_horizon)
    return after_sources(moment)


def not_public_yet_of_all(moment: Moment) -> str:
    """That an inspection of the last weeks could not be known; blank where nothing was read."""
    until = moment.known_until.graded or moment.data_horizon
    return not_public_yet(min(until, moment.as_at)) if until else ""


def known_until_shown(known: KnownUntil) -> tuple[tuple[str, str], ...]:
    """Each kind that sources list, with the day until which it is known; blank where none tells of it."""
    shown = (*LISTED, KnownKind.YOUTH_JUSTICE)
    return tuple((CALLED[kind], words.day(day) if (day := known.until(kind)) else "") for kind in shown)


def known_until_in_words(known: KnownUntil) -> str:
    """`Known until 21 August 2026: graded inspections; until 31 March 2025: focused visits and monitoring visits. …`"""
    by_day: dict[date, list[str]] = {}
    silent = []
    for kind in LISTED:
        day = known.until(kind)
        if day is None:
            silent.append(CALLED[kind])
        else:
            by_day.setdefault(day, []).append(CALLED[kind])
    told = "; ".join(f"until {words.day(day)}: {listed(by_day[day])}" for day in sorted(by_day, reverse=True))
    nothing = f"No source read here tells of all {listed(silent, last='or')}." if silent else ""
    return f"Known {told}. {nothing}".rstrip() if told else nothing


def called(kinds: Iterable[KnownKind]) -> str:
    """`monitoring visits`, in one breath; first ones go with the others."""
    return listed([CALLED[kind] for kind in kinds if kind is not KnownKind.FIRST_MONITORING_VISIT])


def has_ended(standing: Standing, on: date) -> bool:
    return standing.authority.ended_by(on)


def expected(row: Expectation, on: date | None = None) -> Expected:
    """An expectation in words, as on a day; without one, as on the day until which anything is known."""
    return Expected(
        name=words.expectation(row.activity),
        basis=BASES.get(row.basis) or words.plain(row.basis).lower(),
        when=when(row),
        state=_state(row, on),
        colour=words.WINDOW_MARKS[row.status],
        why=row.why,
        rules=row.rules,
        caveats=row.caveats,
        inferred=row.inferred,
    )


def _state(row: Expectation, on: date | None) -> str:
    """The state in a word; a deadline that is not past is due, and what is overdue is so as far as sources tell."""
    if row.status is WindowStatus.NO_WINDOW:
        return ""
    if row.status is WindowStatus.OVERDUE and on is not None and row.known_until is not None and row.known_until < on:
        return f"Overdue on {words.day(row.known_until)}, not known since"
    deadline = row.due_from is None and row.due_to is not None and row.basis != OTHER_INSPECTION
    past = row.status in (WindowStatus.OVERDUE, WindowStatus.NOT_KNOWN, WindowStatus.NOT_APPLICABLE)
    return "Due" if deadline and not past else words.window_state(row.status, only_called=row.only_called)


def _passed_unseen(row: Expectation) -> bool:
    """A paper that was to be sent by a day that has passed, of which nothing says that it was (R-107)."""
    return row.is_owed and row.status is WindowStatus.NOT_KNOWN


def when(row: Expectation) -> str:
    """From when to when, or by when; both ends inclusive."""
    if row.due_to is None:
        return f"from {words.day(row.due_from)}" if row.due_from else "no date is published"
    if row.due_from is None:
        about = "about " if row.basis == OTHER_INSPECTION else ""
        return f"{'was due ' if _passed_unseen(row) else ''}by {about}{words.day(row.due_to)}"
    return words.span(row.due_from, row.due_to)


def _interim_when(interim: Interim, row: Expectation | None, on: date) -> str:
    """By when, as the row that explains it says; without one, what the rule alone gives."""
    if row is not None and row.due_to is not None:
        state = words.small(_state(row, on))
        return f"{when(row)} ({state})" if state not in ("", "due") else when(row)
    if interim.due:
        return f"by {words.day(interim.due)}"
    if interim.nominal_interval_days:
        return f"nominally every {interim.nominal_interval_days} days"
    return "inspectors have left; the report is not out yet" if interim.type is InterimType.REPORT_PUBLICATION else ""


def _priority(standing: Standing) -> str:
    override = standing.expected_next.priority_action_override
    if override is None:
        return ""
    told = (row for row in standing.expectations if row.basis == "priority_action")
    measured = next((row.caveats for row in told if row.activity == override.type.value), ())
    return (
        f"An area for priority action was found at the focused visit of {words.period(override.visit_month)}. "
        f"The next graded inspection is expected to be a standard one, between "
        f"{words.period(override.expected_from_month)} and {words.period(override.expected_to_month)}. "
        f"{' '.join(measured) or 'A further focused visit is also possible.'}"
    )


def rule_ids(standing: Standing) -> tuple[str, ...]:
    """Every rule behind the answer, in order, once."""
    return in_order((*standing.rules, *(rule for row in standing.expectations for rule in row.rules)))


def in_order(rules: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(rules)))
