"""Which facts each kind of stream holds, and which events of the log everybody may read."""

from __future__ import annotations

from domain import events
from domain.events import Fact


def facts_of(base: type[Fact]) -> frozenset[type[Fact]]:
    """Every fact that is one of these."""
    return frozenset(fact for fact in events.FACTS.values() if issubclass(fact, base))


IDENTITY: tuple[type[Fact], ...] = (
    events.AuthorityRegistered,
    events.AuthorityRenamed,
    events.AuthorityRecoded,
    events.AuthorityFormed,
    events.AuthoritySucceeded,
    events.AuthorityAbolished,
)

OF_AUTHORITIES = facts_of(events.AuthorityFact)
OF_PEOPLE = facts_of(events.PeopleFact)
OF_PLANS = facts_of(events.PlanFact)
OF_MEETINGS = facts_of(events.MeetingFact)

OF_ENGAGEMENT: frozenset[type[Fact]] = frozenset(
    {events.EngagementTopicsNoted, events.NextEngagementMeetingSet, events.EngagementWordsErased}
)
"""Facts in an authority's stream of what it said to Ofsted between inspections, which nobody publishes."""

NEVER_PUBLIC: frozenset[type[Fact]] = OF_PEOPLE | OF_MEETINGS | OF_ENGAGEMENT | {events.PlanConventionsChosen}


def is_public(kind: type[Fact], position: int, published_at: int | None) -> bool:
    """Whether everybody may read an event (decision 0019). `published_at` is the position of its plan's newest
    publication."""
    if kind in OF_PLANS:
        return published_at is not None and position <= published_at
    return kind not in NEVER_PUBLIC
