"""What an officer says that a focused visit looked at, where its letter's own words do not tell (R-037)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler, Done
from domain.facts import Told
from domain.rulebook.graded_windows import of_the_covid_round
from domain.rulebook.themes.topics import TOPICS
from domain.values.errors import RuleBroken
from domain.values.statements import Kind


class TopicCommands:
    """As `AuthorityCommands`."""

    def __init__(self, histories: AuthorityHandler) -> None:
        self._histories = histories

    def choose(self, urn: str, activity: UUID, *, topics: Sequence[str], seen: str | None = None, by: Told) -> Done:
        """What a focused visit looked at, by codes; it counts before what its words tell."""
        return self._histories.change(
            urn, activity, by, lambda known: choose_topics(known, activity, topics=topics, by=by), seen=seen
        )


def choose_topics(known: Authority, activity: UUID, *, topics: Sequence[str], by: Told) -> None:
    """Keep the topics in the list's order. Raises RuleBroken for none, an unknown one, or what is held already."""
    visit = known.of_kind(activity, Kind.FOCUSED_VISIT, otherwise="Only a focused visit has topics of this list.")
    chosen = tuple(row.code for row in TOPICS if row.code in topics)
    if not chosen or set(topics) - set(chosen):
        raise RuleBroken("Choose at least one topic of the list.")
    if of_the_covid_round(visit):
        raise RuleBroken("Visits of the Covid round looked at everything, and have no topic (R-012).")
    if chosen == visit.topics:
        raise RuleBroken("Those are the topics already chosen.")
    known.tell(facts.FocusedVisitTopicsChosen, by, activity=activity, topics=chosen)
