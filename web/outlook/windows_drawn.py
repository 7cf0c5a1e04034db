"""The windows of many authorities as lines of one table: grade, window and forecast on a common axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.results import WindowStatus
from domain.values.activities import Activity
from domain.values.words import is_or_are, listed
from projections.engine.answers import PlannedWindow, PlannerAnswer, RegisterAnswer
from web.charts.scale import DayScale
from web.charts.windows_strip import Spans, Strip, StripAxis, axis_of, heading, strip
from web.site import england_reader
from web.site.reader import Asked
from web.words import words
from web.words.lists.letters import SHORT_TYPES, LetterShown, overall_letter, very_short_day

STRIP_WIDTH = 400


@dataclass(frozen=True)
class DrawnWindow:
    """One authority's window. `middle` is the month by which it has come as likely as not, by the forecast; `note` is
    what else to know of it, `unsure` that nobody knows whether the inspection came."""

    urn: str
    name: str
    grade: LetterShown
    kind: str
    window: str
    strip: Strip
    middle: str
    note: str
    unsure: bool


@dataclass(frozen=True)
class WindowsDrawn:
    """The common axis, and how a window becomes a line."""

    on: date
    scale: DayScale
    reports: Mapping[str, Activity | None]
    outlooks: Mapping[str, Outlook]

    @property
    def axis(self) -> StripAxis:
        return heading(self.scale)

    def line(self, window: PlannedWindow) -> DrawnWindow:
        urn, outlook = window.authority.urn, self.outlooks.get(window.authority.urn)
        return DrawnWindow(
            urn=urn,
            name=window.authority.name,
            grade=overall_letter(self.reports.get(urn)),
            kind=SHORT_TYPES[window.type],
            window=_window(window, self.on),
            strip=strip(_spans(window, outlook), self.scale, self.on),
            middle=words.month(outlook.median) if outlook is not None and outlook.median is not None else "",
            note=note_of(window),
            unsure=window.status is WindowStatus.NOT_KNOWN,
        )


def forecasts(asked: Asked) -> Mapping[str, Outlook]:
    """Of today; those of another day are worked out for too long to be shown in a list."""
    if asked.chosen:
        return {}
    return {one.authority.urn: one for one in england_reader.outlooks(asked).outlooks}


def windows_drawn(register: RegisterAnswer, answer: PlannerAnswer, outlooks: Mapping[str, Outlook]) -> WindowsDrawn:
    """On one axis for all that is shown."""
    on = register.moment.as_at
    every = (*answer.overdue, *answer.not_known, *answer.open, *answer.to_open)
    spans = [_spans(window, outlooks.get(window.authority.urn)) for window in every]
    reports = {row.authority.urn: row.standing.governing for row in register.rows}
    return WindowsDrawn(on, axis_of(spans, on, STRIP_WIDTH, years_ahead=3), reports, outlooks)


def _spans(window: PlannedWindow, outlook: Outlook | None) -> Spans:
    past = window.status in (WindowStatus.OVERDUE, WindowStatus.NOT_KNOWN)
    return Spans(window.authority.name, (window.opens, window.closes), outlook.band if outlook else None, past)


def _window(window: PlannedWindow, on: date) -> str:
    """`ended 5 May 26`, `to 14 Dec 26`, `3 Feb 27 to 3 Feb 28`: the end that matters on the day."""
    closes = very_short_day(window.closes)
    if window.closes < on:
        return f"ended {closes}"
    return f"to {closes}" if window.opens <= on else f"{very_short_day(window.opens)} to {closes}"


def lede(answer: PlannerAnswer, soon: int, until: date) -> str:
    """How many windows are past their end, open and to open, in a sentence."""
    ended, later = len(answer.overdue) + len(answer.not_known), len(answer.to_open) - soon
    told = [
        f"{number} {said}"
        for number, said in (
            (len(answer.called), f"{is_or_are(len(answer.called))} answered: Ofsted has called, is there or has been"),
            (ended, "is past its end" if ended == 1 else "are past their end"),
            (len(answer.open), f"{is_or_are(len(answer.open))} open now"),
            (soon, f"{'opens' if soon == 1 else 'open'} before {words.month(until)}"),
            (later, f"{'opens' if later == 1 else 'open'} later"),
        )
        if number
    ]
    whose = words.count(answer.current, "authority", "authorities")
    return f"Of the windows of {whose}, {listed(told)}." if told else f"No window is known of {whose}."


def ended_said(answer: PlannerAnswer) -> tuple[str, ...]:
    """What a window past its end means: that Ofsted is late, only as far as its reports are known."""
    late, unsure = len(answer.overdue), len(answer.not_known)
    told = []
    if late:
        of = f" with the first {late}" if unsure else ""
        until = answer.moment.known_until.graded
        told.append(f"Ofsted is later than its policy{of}{f', as known on {words.day(until)}' if until else ''}.")
    if unsure:
        which = f"the other {unsure}" if late else "any of these"
        told.append(f"Whether an inspection has come to {which} is not known.")
    return tuple(told)


def note_of(window: PlannedWindow) -> str:
    override = window.after_priority_action
    if override is not None:
        first, last = words.period(override.expected_from_month), words.period(override.expected_to_month)
        return f"After priority action: expected from {first} to {last}."
    if window.authority.ends_on is not None:
        return f"{window.authority.name} ends on {words.day(window.authority.ends_on)}; only days before that count."
    return ""
