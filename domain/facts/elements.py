"""What is told of the yearly elements of the system: self-evaluation, engagement meeting, data returns (R-065, R-066).

What the authority said to Ofsted between inspections is not published: its words are sealed."""

from __future__ import annotations

from datetime import date

from domain.facts.authority_base import EntryFact
from domain.values.elements import AgendaPart
from domain.values.sealed import Sealed


class SelfEvaluationAnswered(EntryFact, name="self_evaluation.answered"):
    """What the self-evaluation says to the three questions: what is known of practice, how it is known, and what is
    planned for the next twelve months (R-065). Of each question the latest answer counts."""

    known: Sealed | None
    how_known: Sealed | None
    plans: Sealed | None


class EngagementAgendaNoted(EntryFact, name="engagement_agenda.noted"):
    """Which parts the engagement meeting had, and which topics of focused visits were spoken of (R-066); the latest of
    each counts."""

    parts: tuple[AgendaPart, ...]
    visit_topics: Sealed | None


class DataReturned(EntryFact, name="data_return.made"):
    """The authority sent a data return that goes into what Ofsted holds of it. `what` is the return's name."""

    returned_on: date
    what: str | None
