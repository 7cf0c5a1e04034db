"""Earlier windows held to account: what the rulebook stated, what came, and by how much it was right or wrong.

Only what was public by the day asked is used, and of a window only what was public the day before inspectors came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.frameworks import Framework
from domain.rulebook.expectations import standing
from domain.rulebook.graded_windows import first_window
from domain.rulebook.known_until import late_when_known, not_known, not_public_yet
from domain.rulebook.past.reasons import Explanation, Miss, change_explained, timing_explained, type_explained
from domain.rulebook.past.reports import PublicationAccount, publication_of
from domain.rulebook.pathway import (
    DEFAULT_POLICY,
    Policy,
    awaiting_report,
    decided_by_inference,
    formed_on,
    governing,
    is_graded_inspection,
    on_site_now,
    pathway_test,
    published_reports,
)
from domain.rulebook.results import TYPE_IN_WORDS, GradedType, Pathway, PriorityActionOverride
from domain.rulebook.rows import PathwayBasis
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import NOTHING_KNOWN, KnownKind, KnownUntil
from domain.values.normalising import variant_on_site
from domain.values.statements import Variant
from domain.values.words import capital, in_words, number_in_words

_DAY = timedelta(days=1)

_OF_VARIANT = {Variant.SHORT: GradedType.SHORT, Variant.STANDARD: GradedType.STANDARD}


class WindowOutcome(Enum):
    """What became of a window. The last five are of the window that is still running on the day asked, or never ran;
    `NOT_KNOWN`: it closed after the day until which sources tell, so that an inspection may have come (R-105)."""

    INSIDE = "inside"
    EARLY = "early"
    LATE = "late"
    NOT_JUDGED = "cannot_be_judged"
    NOT_DUE = "not_due_yet"
    OPEN = "still_open"
    OVERDUE = "overdue"
    NOT_KNOWN = "not_known"
    ENDED = "authority_ended"


CAME = frozenset({WindowOutcome.INSIDE, WindowOutcome.EARLY, WindowOutcome.LATE})
"""An inspection came, and its days can be compared with the window."""


@dataclass(frozen=True)
class StatedWindow:
    """What the rulebook said of the next graded inspection on a day, from what was public by that day (inclusive).

    Both ends of the window are inclusive. `inferred`: a rule behind it is inferred, so say so wherever shown. `called`:
    the day of a call that stood, None where none is known."""

    on: date
    pathway: Pathway
    type: GradedType | None
    window_from: date | None
    window_to: date | None
    midpoint: date | None
    priority: PriorityActionOverride | None
    inferred: bool = False
    called: date | None = None

    def like(self, other: StatedWindow) -> bool:
        """Whether both led to expect the same, whatever the day on which they were stated."""
        mine = (self.type, self.window_from, self.window_to, self.priority)
        return mine == (other.type, other.window_from, other.window_to, other.priority)


@dataclass(frozen=True)
class PastWindow:
    """One governing report, the window stated after it, and what came.

    `since` is the report's publication; for the first inspection of a new authority, which has no report before it,
    the day it was formed. `stated` is as on the eve of the inspection's first day on site (of the last day by which it
    had begun, where the first is not known), or on the day asked while none has come; `first_stated` as on `since`,
    None where it led to expect the same; `change` is what came in between. `came` is the next graded inspection as
    seen on the day asked.

    `days`: days early or late, days until a window opens or closes, or days overdue when last known; calendar days,
    never negative; `at_least` where the first day on site is not known. `inside_priority_range`: whether inspectors
    came in the months after priority action (R-034), None where none applied or that cannot be told. `said` is the
    account in words."""

    since: date
    report: Activity | None
    stated: StatedWindow
    first_stated: StatedWindow | None
    change: Explanation | None
    came: Activity | None
    came_type: GradedType | None
    outcome: WindowOutcome
    days: int
    at_least: bool
    type_as_expected: bool | None
    inside_priority_range: bool | None
    said: str
    explanations: tuple[Explanation, ...]
    type_explanation: Explanation | None
    publication: PublicationAccount | None


@dataclass(frozen=True)
class _Begun:
    """Between which days inspectors first came, both inclusive; `first` None where only the latest is known."""

    first: date | None
    last: date
    known_by: str

    @property
    def exact(self) -> bool:
        return self.first == self.last


def past_windows(
    activities: Sequence[Activity],
    *,
    authority: AuthorityFacts,
    on: date,
    holidays: BankHolidays,
    policy: Policy = DEFAULT_POLICY,
    known_until: KnownUntil = NOTHING_KNOWN,
) -> tuple[PastWindow, ...]:
    """Each window stated by `on` (inclusive) with what had come of it by then, the earliest first.

    `activities` are all that is held on the authority, unmasked and in any order; withdrawn ones never count. The
    last one is the window still running, unless inspectors have come: it is overdue only as far as sources tell,
    `known_until`."""
    inspections = [activity for activity in activities if is_graded_inspection(activity)]
    reports = governing_in_turn(inspections, on)
    pending = _pending(inspections, on, reports[-1] if reports else None)
    formed = formed_on(activities, authority, on)
    if any(formed is not None and report.public_on < formed for report in reports):
        formed = None
    asked = _Asked(activities, authority, on, holidays, policy, formed, known_until.graded)
    windows = []
    if formed is not None and (reports or pending is not None or _anything_seen(activities, on)):
        windows.append(_account(asked, None, formed, reports[0] if reports else pending))
    for report, following in zip(reports, [*reports, pending][1:], strict=True):
        windows.append(_account(asked, report, report.public_on, following))
    return tuple(windows)


@dataclass(frozen=True)
class _Asked:
    """The question, when the authority was formed where it had no report before that, and until when graded inspections
    are known."""

    activities: Sequence[Activity]
    authority: AuthorityFacts
    on: date
    holidays: BankHolidays
    policy: Policy
    formed: date | None
    graded_until: date | None

    def stated(self, day: date) -> StatedWindow:
        """What was said of the next graded inspection on a day, from what was public by then."""
        found = standing(
            self.activities,
            authority=self.authority,
            on=day,
            holidays=self.holidays,
            policy=self.policy,
            with_expectations=False,
        )
        if found.governing is None and self.formed is not None:
            first, last = first_window(self.formed, day)
            return StatedWindow(
                day, Pathway.NOT_YET_JUDGED, GradedType.STANDARD, first, last, None, None, inferred=True
            )
        graded, announced = found.expected_next.graded, found.expected_next.announced
        return StatedWindow(
            on=day,
            pathway=found.pathway,
            type=graded.type,
            window_from=graded.window_from,
            window_to=graded.window_to,
            midpoint=graded.midpoint,
            priority=found.expected_next.priority_action_override,
            inferred=found.governing is not None and decided_by_inference(found.governing),
            called=announced.notified_on if announced is not None else None,
        )

    @property
    def seen_until(self) -> date:
        """The last day up to which it is known that no inspection came: lateness is counted until then (R-105)."""
        return min(self.on, self.graded_until or date.min)

    @property
    def ended(self) -> bool:
        """The authority had ceased to exist by the day asked."""
        return self.authority.ended_by(self.on)

    @property
    def last_day(self) -> date:
        """The day asked, or the authority's last: from its end on nothing is expected of it."""
        ended = self.authority.abolished_on
        return self.on if ended is None or ended > self.on else ended - _DAY


def _account(asked: _Asked, report: Activity | None, since: date, following: Activity | None) -> PastWindow:
    came = following.as_seen_on(asked.on) if following is not None else None
    begun = _begun(came) if came is not None else None
    at_first = asked.stated(since)
    said_then = asked.stated(asked.last_day if begun is None else max(begun.last - _DAY, since))
    if begun is None and asked.ended:
        outcome, days = WindowOutcome.ENDED, 0
    else:
        outcome, days = _judged(said_then, begun, since, asked)
    came_type = _type_of(came, said_then) if came is not None else None
    as_expected = None if came_type is None or said_then.type is None else came_type is said_then.type
    in_range = _in_priority_range(said_then.priority, begun)
    return PastWindow(
        since=since,
        report=None if report is None else report.as_seen_on(asked.on),
        stated=said_then,
        first_stated=None if at_first.like(said_then) else at_first,
        change=None
        if at_first.like(said_then)
        else change_explained(at_first.type, said_then.type, said_then.pathway, said_then.priority, in_range),
        came=came,
        came_type=came_type,
        outcome=outcome,
        days=days,
        at_least=outcome in CAME and begun is not None and not begun.exact,
        type_as_expected=as_expected,
        inside_priority_range=in_range,
        said=_said(report, said_then, outcome, days, begun, since, asked),
        explanations=_explained(report, said_then, outcome, begun, in_range, asked.seen_until),
        type_explanation=type_explained(said_then.type, came_type) if as_expected is False else None,
        publication=publication_of(came, asked.on, asked.holidays, known_until=asked.graded_until)
        if came is not None
        else None,
    )


def governing_in_turn(inspections: Sequence[Activity], on: date) -> list[Activity]:
    """The reports that governed one after another up to a day (inclusive), as held and unmasked (R-020, R-096)."""
    held = {inspection.id: inspection for inspection in inspections}
    turns: list[Activity] = []
    for day in sorted({report.public_on for report in published_reports(inspections, on)}):
        governs = governing(inspections, day)
        if governs is not None and (not turns or turns[-1].id != governs.id):
            turns.append(held[governs.id])
    return turns


def _pending(inspections: Sequence[Activity], on: date, governs: Activity | None) -> Activity | None:
    """The inspection that has begun by a day and whose report is not public."""
    found = awaiting_report(inspections, on, governs) or on_site_now(inspections, on)
    if found is None or (governs is not None and found.id == governs.id):
        return None
    return found


def _anything_seen(activities: Sequence[Activity], on: date) -> bool:
    return any(one.counts and one.visible_on <= on and not one.kind.by_others for one in activities)


def _begun(came: Activity) -> _Begun:
    if came.start is not None:
        return _Begun(came.start, came.start, "")
    latest = [came.public_on]
    if came.period is not None:
        return _Begun(came.period.first_day, min(came.period.last_day, *latest), "only the month or year is known")
    if came.end is not None:
        return _Begun(None, min(came.end, *latest), f"only the last day on site, {in_words(came.end)}, is known")
    return _Begun(None, came.public_on, f"only the day of publication, {in_words(came.public_on)}, is known")


def _judged(said: StatedWindow, begun: _Begun | None, since: date, asked: _Asked) -> tuple[WindowOutcome, int]:
    first, last, on = said.window_from, said.window_to, asked.on
    if first is None or last is None:
        return WindowOutcome.NOT_JUDGED, 0
    if begun is None:
        if on < first:
            return WindowOutcome.NOT_DUE, (first - on).days
        if on <= last:
            return WindowOutcome.OPEN, (last - on).days
        seen = asked.seen_until
        return (WindowOutcome.OVERDUE, (seen - last).days) if last <= seen else (WindowOutcome.NOT_KNOWN, 0)
    if begun.last <= since:
        return WindowOutcome.NOT_JUDGED, 0
    if begun.last < first:
        return WindowOutcome.EARLY, (first - begun.last).days
    if begun.first is not None and begun.first > last:
        return WindowOutcome.LATE, (begun.first - last).days
    if begun.first is not None and first <= begun.first and begun.last <= last:
        return WindowOutcome.INSIDE, 0
    return WindowOutcome.NOT_JUDGED, 0


def _explained(
    report: Activity | None,
    said: StatedWindow,
    outcome: WindowOutcome,
    begun: _Begun | None,
    in_range: bool | None,
    on: date,
) -> tuple[Explanation, ...]:
    first, last = said.window_from, said.window_to
    if outcome not in (WindowOutcome.EARLY, WindowOutcome.LATE, WindowOutcome.OVERDUE) or first is None or last is None:
        return ()
    early = outcome is WindowOutcome.EARLY
    override = said.priority
    bears = in_range if begun is not None else override is not None and on <= override.expected_to_month.last_day
    miss = Miss(
        report=report,
        pathway=said.pathway,
        first=first,
        last=last,
        reached=on if begun is None else begun.last if early or begun.first is None else begun.first,
        early=early,
        waiting=begun is None,
        override=override if bears else None,
    )
    return tuple(timing_explained(miss))


def _type_of(came: Activity, said: StatedWindow) -> GradedType | None:
    """What kind it was, once fieldwork has ended; a single inspection compares only with a post-monitoring one."""
    if came.end is None and came.published is None and came.published_by_council is None:
        return None
    if came.framework is Framework.SIF:
        return GradedType.POST_MONITORING if said.pathway is Pathway.INADEQUATE else None
    variant = came.variant or variant_on_site(came.framework, came.start, came.end, came.periods, came.paused)
    return _OF_VARIANT.get(variant) if variant is not None else None


def _in_priority_range(override: PriorityActionOverride | None, begun: _Begun | None) -> bool | None:
    if override is None or begun is None:
        return None
    first, last = override.expected_from_month.first_day, override.expected_to_month.last_day
    if begun.first is not None and first <= begun.first and begun.last <= last:
        return True
    if begun.last < first or (begun.first is not None and begun.first > last):
        return False
    return None


def _said(
    report: Activity | None,
    said: StatedWindow,
    outcome: WindowOutcome,
    days: int,
    begun: _Begun | None,
    since: date,
    asked: _Asked,
) -> str:
    """The account in words."""
    first, last = said.window_from, said.window_to
    if outcome is WindowOutcome.ENDED and asked.authority.abolished_on is not None:
        return (
            f"The authority was abolished on {in_words(asked.authority.abolished_on)}, before another inspection came."
        )
    if first is None or last is None:
        if report is not None and pathway_test(report).by is PathwayBasis.NOT_SAID:
            return "Ofsted has not said what follows from the grades of that report, so no window was stated."
        if said.pathway is Pathway.UNKNOWN:
            return "The grades that decide are not known here, so no window was stated."
        return "No window could be counted, as the bank holidays of those years are not known."
    if begun is not None and begun.last <= since:
        return "The next inspection had begun before this report was published, so no window of its own applied to it."
    what = capital(TYPE_IN_WORDS[said.type or GradedType.STANDARD])
    expected = (
        f"{what} {'is' if begun is None else 'was'} expected between {in_words(first)} and {in_words(last)}"
        f"{' (inferred)' if said.inferred else ''}"
    )
    if begun is None:
        called = "" if said.called is None else f" Ofsted called on {in_words(said.called)} (R-097)."
        if outcome is WindowOutcome.NOT_KNOWN:
            return f"{expected}. {not_known(KnownKind.GRADED_INSPECTION, asked.graded_until)}{called}"
        if outcome is WindowOutcome.OVERDUE:
            seen = asked.seen_until
            return f"{expected}; {late_when_known(last, seen)}. {called.strip() or not_public_yet(seen)}"
        return f"{expected}; {_none_has_come(outcome, days, asked.on)}.{called}"
    if outcome is WindowOutcome.NOT_JUDGED:
        return f"{expected}; {_cannot_be_judged(begun, last)}."
    return f"{expected}; {_came(outcome, days, begun)}."


def _none_has_come(outcome: WindowOutcome, days: int, on: date) -> str:
    counted = number_in_words(days, "day")
    if outcome is WindowOutcome.NOT_DUE:
        return f"the window opens in {counted}"
    return f"the window is open, and none is known to have come by {in_words(on)}"


def _cannot_be_judged(begun: _Begun, last: date) -> str:
    cannot = f"of the inspection that came {begun.known_by}, so it cannot be judged"
    if begun.first is None and begun.last > last:
        return (
            f"{cannot} beyond that this was {number_in_words((begun.last - last).days, 'day')} after the window closed"
        )
    return cannot


def _came(outcome: WindowOutcome, days: int, begun: _Begun) -> str:
    counted = number_in_words(days, "day")
    if not begun.exact:
        tail = {
            WindowOutcome.INSIDE: "all of it inside the window",
            WindowOutcome.EARLY: f"at least {counted} before the window opened",
            WindowOutcome.LATE: f"at least {counted} after the window closed",
        }[outcome]
        return f"of the inspection that came {begun.known_by}, {tail}"
    came = f"inspectors came on {in_words(begun.last)}"
    if outcome is WindowOutcome.INSIDE:
        return f"{came}, inside the window"
    return f"{came}, {counted} {'before the window opened' if outcome is WindowOutcome.EARLY else 'after it closed'}"
