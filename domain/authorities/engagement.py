"""What is noted of an engagement meeting: its topics, whose words can be erased, and when the next one is (R-055)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.command import give_a_reason_for_erasing, words_to_erase
from domain.facts import Told
from domain.values.errors import RuleBroken
from domain.values.sealed import Sealed
from domain.values.statements import Kind, Period
from domain.values.words import in_words

NO_ENGAGEMENT = "Choose an engagement meeting: only there topics and the next meeting are noted."


def note_topics(
    authority: Authority, activity: UUID, *, topics: Sealed, self_evaluation: bool | None, by: Told
) -> None:
    """What the engagement meeting was about, and whether the self-evaluation was looked at (R-066)."""
    known = authority.of_kind(activity, Kind.ENGAGEMENT_MEETING, otherwise=NO_ENGAGEMENT)
    authority.tell(facts.EngagementTopicsNoted, by, activity=known.id, self_evaluation=self_evaluation, topics=topics)


def set_next_meeting(
    authority: Authority, activity: UUID, *, next_on: date | None, period: Period | None, by: Told
) -> None:
    """When Ofsted and the director meet next. Raises RuleBroken unless it is after this meeting."""
    known = authority.of_kind(activity, Kind.ENGAGEMENT_MEETING, otherwise=NO_ENGAGEMENT)
    if (next_on is None) == (period is None):
        raise RuleBroken("Give either the day or the month of the next meeting.")
    if (next_on or (period.last_day if period else known.true_on)) <= known.true_on:
        raise RuleBroken(f"The next meeting comes after this one, of {in_words(known.true_on)}. Look again.")
    authority.tell(facts.NextEngagementMeetingSet, by, activity=known.id, next_on=next_on, period=period)


def erase_words(authority: Authority, activity: UUID, subjects: Iterable[UUID], *, by: Told) -> None:
    """Note that these words are erased, for `by.reason`. Raises RuleBroken without one, or for words not held."""
    names = _names_of(authority, activity)
    held = {subject for subject, about in authority.words_noted.items() if about in names}
    wanted = words_to_erase(subjects, held, authority.words_erased, of="meeting")
    give_a_reason_for_erasing(by)
    for noted_of in dict.fromkeys(authority.words_noted[subject] for subject in wanted):
        of_it = tuple(subject for subject in wanted if authority.words_noted[subject] == noted_of)
        authority.tell(facts.EngagementWordsErased, by, activity=noted_of, subjects=of_it)


def _names_of(authority: Authority, activity: UUID) -> set[UUID]:
    """Every id under which something may have been noted of an entry, a withdrawn one too: its own, those of its
    statements, and those its statements were told under before it was joined with another."""
    for known in authority.activities:
        about = {authority.dossier.statements[name].about for name in known.statements}
        names = {known.id, *known.statements, *(name for name in about if name is not None)}
        if activity in names:
            return names
    return {activity}
