"""Groups of facts in the stream of an authority."""

from __future__ import annotations

from domain.facts.announcements import InspectionNotified
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
from domain.facts.other_inspections import OtherInspectionHeld
from domain.facts.successions import SuccessionAnnounced

DECLARED_APART = (InspectionNotified, OtherInspectionHeld, SuccessionAnnounced)
"""One of each module of facts that is imported here so that its facts are counted."""

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
