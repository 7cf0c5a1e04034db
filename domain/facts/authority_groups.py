"""Groups of facts in the stream of an authority: imported after all modules that declare some."""

from __future__ import annotations

from domain.facts.authorities import (
    AuthorityAbolished,
    AuthorityFormed,
    AuthorityRecoded,
    AuthorityRegistered,
    AuthorityRenamed,
    AuthoritySucceeded,
    EngagementTopicsNoted,
    EngagementWordsErased,
    NextEngagementMeetingSet,
)
from domain.facts.authority_base import AuthorityFact
from domain.facts.base import Fact, facts_of
from domain.facts.elements import EngagementAgendaNoted, SelfEvaluationAnswered

OF_AUTHORITIES = facts_of(AuthorityFact)

IDENTITY: tuple[type[Fact], ...] = (
    AuthorityRegistered,
    AuthorityRenamed,
    AuthorityRecoded,
    AuthorityFormed,
    AuthoritySucceeded,
    AuthorityAbolished,
)

OF_ENGAGEMENT: frozenset[type[Fact]] = frozenset(
    {
        EngagementTopicsNoted,
        NextEngagementMeetingSet,
        EngagementWordsErased,
        SelfEvaluationAnswered,
        EngagementAgendaNoted,
    }
)
"""What the authority said to Ofsted between inspections, which nobody publishes."""
