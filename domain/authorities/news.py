"""What is news in what came to be held of an activity: pure, of two versions of it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from domain.authorities.comparing import Change, corrections
from domain.rulebook.succession.successions import SUCCESSIONS
from domain.values.activities import Activity, Status
from domain.values.statements import Kind


class NewsKind(Enum):
    """What sort of news. The values are stored in tables and stand in feeds as categories."""

    CALL = "call"
    CALL_WITHDRAWN = "call_withdrawn"
    ON_SITE = "on_site"
    REPORT = "report"
    LETTER = "letter"
    OTHER_INSPECTION = "other_inspection"
    INTERVENTION = "intervention"
    SUCCESSION = "succession"
    WINDOW_OPENED = "window_opened"
    WINDOW_CLOSED = "window_closed"
    PLAN = "plan"
    CORRECTION = "correction"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"

    @property
    def corrects(self) -> bool:
        """It is told of our knowledge, not of the world."""
        return self in (NewsKind.CORRECTION, NewsKind.WITHDRAWN, NewsKind.JOINED)


LATE_AFTER = timedelta(days=14)
"""What had been public for longer when it was told here was learned late."""

SHIPPED = "england"
"""Who tells the facts that come with the product."""

INTERVENTIONS = frozenset(
    {
        Kind.IMPROVEMENT_NOTICE,
        Kind.STATUTORY_DIRECTION,
        Kind.COMMISSIONER,
        Kind.INTERVENTION_LIFTED,
        Kind.TRUST_START,
        Kind.TRUST_END,
    }
)


def news_in(was: Activity | None, now: Activity) -> tuple[NewsKind, ...]:
    """What is news when an entry that was held so (None: not at all) is held so now; nothing where sources only confirm
    it, fill in what was blank, or where what is held cannot be right."""
    if now.status is Status.WITHDRAWN:
        return (NewsKind.WITHDRAWN,) if was is not None and was.status is not Status.WITHDRAWN else ()
    if not now.counts:
        return ()
    before = was if was is not None and was.counts else None
    found = _happened(before, now)
    return (*found, NewsKind.CORRECTION) if before is not None and corrected(before, now) else found


def corrected(was: Activity, now: Activity) -> tuple[Change, ...]:
    """The values of an entry that had been held otherwise."""
    return corrections(was, now)


def is_told_of(activity: Activity) -> bool:
    """Whether an entry is one of which news is told."""
    return activity.counts and (activity.kind.on_site or activity.kind.by_others)


def day_of(kind: NewsKind, now: Activity) -> date:
    """The day on which the news itself was public."""
    if kind is NewsKind.CALL_WITHDRAWN and now.call_withdrawn is not None:
        return now.call_withdrawn
    if kind is NewsKind.CALL and now.notified is not None:
        return now.notified
    return now.begun_on if kind is NewsKind.ON_SITE else now.public_on


def is_history(public_on: date, told_on: date, begun_on: date | None, *, by: str) -> bool:
    """Whether what was learned late is the past of an authority and no news: it was told on the day on which its
    history begins here (None: it has not begun yet), or came with the product and was public before that day."""
    if begun_on is None or told_on == begun_on:
        return True
    return by == SHIPPED and public_on < begun_on


def learned_late(public_on: date, told_on: date) -> bool:
    """Whether it had been public for more than two weeks on the day on which it was told here."""
    return told_on - public_on > LATE_AFTER


def _happened(was: Activity | None, now: Activity) -> tuple[NewsKind, ...]:
    if now.kind in INTERVENTIONS or now.kind in SUCCESSIONS:
        kind = NewsKind.INTERVENTION if now.kind in INTERVENTIONS else NewsKind.SUCCESSION
        return (kind,) if was is None else ()
    if not is_told_of(now):
        return ()
    if _is_published(now):
        return () if was is not None and _is_published(was) else (_told_by(now.kind),)
    if now.call_withdrawn is not None:
        return (NewsKind.CALL_WITHDRAWN,) if was is None or was.call_withdrawn is None else ()
    if now.only_called:
        return (NewsKind.CALL,) if was is None else ()
    return (NewsKind.ON_SITE,) if was is None or was.only_called else ()


def _is_published(activity: Activity) -> bool:
    return activity.published is not None or activity.published_by_council is not None


def _told_by(kind: Kind) -> NewsKind:
    if kind.by_others:
        return NewsKind.OTHER_INSPECTION
    return NewsKind.REPORT if kind is Kind.INSPECTION else NewsKind.LETTER
