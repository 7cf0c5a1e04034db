"""Earlier windows and what came of them, in words: a row for each, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.frameworks import Framework
from domain.rulebook.known_until import late_when_known, not_public_yet
from domain.rulebook.past.reasons import Explanation
from domain.rulebook.past.windows import PastWindow, StatedWindow, WindowOutcome
from domain.values.activities import Activity
from projections.engine.answers import PastWindowsAnswer
from web.words import words
from web.words.summary import after_sources

SHOWN = 3
"""So many rows stand on the page; the others unfold."""

UNANSWERED = frozenset({WindowOutcome.NOT_DUE, WindowOutcome.OPEN, WindowOutcome.OVERDUE, WindowOutcome.NOT_KNOWN})
"""What a source read later might change: no inspection has come as far as is known."""

COLOURS: Mapping[WindowOutcome, str] = {
    WindowOutcome.INSIDE: "green",
    WindowOutcome.EARLY: "blue",
    WindowOutcome.LATE: "orange",
    WindowOutcome.OVERDUE: "orange",
}

NO_REASON = "No rule held here explains it."


@dataclass(frozen=True)
class Reason:
    """One sentence of why, and the rules behind it."""

    text: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class PastWindowShown:
    """One window, ready to print. `report` and `came` are the entries' ids, None where there is none to lead to."""

    since: str
    set_by: str
    report: UUID | None
    expected: str
    window: str
    inferred: bool
    came: UUID | None
    came_name: str
    came_when: str
    outcome: str
    colour: str
    by: str
    reasons: tuple[Reason, ...]
    published: str
    published_said: str


@dataclass(frozen=True)
class PastWindowsShown:
    """All windows of an authority, the newest first. `unread` is the sentence of `summary.after_sources` where one
    of them waits."""

    rows: tuple[PastWindowShown, ...]
    more: tuple[PastWindowShown, ...]
    unread: str


def accounts(answer: PastWindowsAnswer) -> PastWindowsShown:
    found = tuple(map(_account, reversed(answer.windows)))
    waits = any(window.outcome in UNANSWERED for window in answer.windows)
    return PastWindowsShown(found[:SHOWN], found[SHOWN:], after_sources(answer.moment) if waits else "")


def _account(window: PastWindow) -> PastWindowShown:
    stated, publication = window.stated, window.publication
    return PastWindowShown(
        since=words.day(window.since),
        set_by=words.PATHWAYS[stated.pathway] if window.report else "Authority formed",
        report=window.report.id if window.report else None,
        expected=words.GRADED_TYPES[stated.type],
        window=f"{words.day(stated.window_from)} to {words.day(stated.window_to)}"
        if stated.window_from and stated.window_to
        else "No window",
        inferred=stated.inferred,
        came=window.came.id if window.came else None,
        came_name=_name(window.came) if window.came else "",
        came_when=_when(window.came) if window.came else "",
        outcome=words.OUTCOMES[window.outcome],
        colour=COLOURS.get(window.outcome, "grey"),
        by=_by(window),
        reasons=tuple(_reasons(window)),
        published=words.PUBLICATIONS[publication.outcome] if publication else "",
        published_said=publication.said if publication else "",
    )


def _name(came: Activity) -> str:
    if came.framework is Framework.SIF and came.variant is None:
        return "Single inspection"
    return words.title(came)


def _when(came: Activity) -> str:
    if words.dated(came):
        return words.happened(came)
    return f"days on site not known, {words.made_public(came)}"


def _by(window: PastWindow) -> str:
    days = words.count(window.days, "day")
    least = "at least " if window.at_least else ""
    return {
        WindowOutcome.EARLY: f"by {least}{days}",
        WindowOutcome.LATE: f"by {least}{days}",
        WindowOutcome.OVERDUE: late_known(window).removeprefix("late "),
        WindowOutcome.OPEN: f"closes in {days}" if window.days else "closes today",
        WindowOutcome.NOT_DUE: f"opens in {days}",
    }.get(window.outcome, "")


def _seen_until(window: PastWindow) -> date | None:
    """The day until which an overdue window was counted."""
    closed = window.stated.window_to
    return closed and closed + timedelta(days=window.days)


def late_known(window: PastWindow) -> str:
    """How late an overdue window was when last known."""
    closed, until = window.stated.window_to, _seen_until(window)
    return late_when_known(closed, until) if closed and until else ""


def _reasons(window: PastWindow) -> Iterator[Reason]:
    if window.outcome in (WindowOutcome.NOT_JUDGED, WindowOutcome.ENDED):
        yield Reason(window.said)
    if window.change is not None:
        yield Reason(window.change.text, window.change.rules)
    if window.outcome in (WindowOutcome.EARLY, WindowOutcome.LATE, WindowOutcome.OVERDUE):
        told = window.change.rules if window.change and window.inside_priority_range else ()
        yield from (_reason(one) for one in window.explanations if one.in_part or one.rules != told)
        if not window.explanations:
            yield Reason(NO_REASON)
    if window.outcome is WindowOutcome.OVERDUE and (until := _seen_until(window)) is not None:
        yield Reason(not_public_yet(until))
    if window.type_as_expected is False:
        yield from _of_another_kind(window.stated, window)


def _of_another_kind(stated: StatedWindow, window: PastWindow) -> Iterator[Reason]:
    was = f"{words.GRADED_TYPES[stated.type]} expected, {words.GRADED_TYPES[window.came_type].lower()} came."
    why = window.type_explanation
    yield Reason(f"{was} {why.text if why else NO_REASON}", why.rules if why else ())


def _reason(explanation: Explanation) -> Reason:
    if not explanation.in_part:
        return Reason(explanation.text, explanation.rules)
    return Reason(f"In part: {explanation.text[0].lower()}{explanation.text[1:]}", explanation.rules)
