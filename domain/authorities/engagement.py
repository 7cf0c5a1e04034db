"""What an authority and Ofsted tell each other between inspections: a self-evaluation's answers, what an engagement
meeting covered and when the next one is, and returns of data. Words of the first two can be erased (R-055)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.command import give_a_reason_for_erasing, words_to_erase
from domain.facts import Told
from domain.values.activities import Status
from domain.values.elements import AgendaPart
from domain.values.errors import RuleBroken
from domain.values.sealed import Sealed, as_line
from domain.values.statements import Kind, Period
from domain.values.words import in_words

NO_SELF_EVALUATION = "Choose a self-evaluation: only there the three questions are answered."
NO_ENGAGEMENT = "Choose an engagement meeting: only there topics and the next meeting are noted."


def answer_self_evaluation(
    authority: Authority,
    activity: UUID,
    *,
    known: Sealed | None,
    how_known: Sealed | None,
    plans: Sealed | None,
    by: Told,
) -> None:
    """What the self-evaluation answers to Ofsted's three questions (R-065). Raises RuleBroken where it answers none."""
    held = authority.of_kind(activity, Kind.SELF_EVALUATION, otherwise=NO_SELF_EVALUATION)
    if known is None and how_known is None and plans is None:
        raise RuleBroken("Answer at least one of the three questions.")
    authority.tell(facts.SelfEvaluationAnswered, by, activity=held.id, known=known, how_known=how_known, plans=plans)


def note_agenda(
    authority: Authority,
    activity: UUID,
    *,
    parts: tuple[AgendaPart, ...],
    visit_topics: Sealed | None,
    by: Told,
) -> None:
    """What the engagement meeting covered, and what was said of focused visits to come (R-066). Raises RuleBroken where
    neither is given."""
    known = authority.of_kind(activity, Kind.ENGAGEMENT_MEETING, otherwise=NO_ENGAGEMENT)
    if not parts and visit_topics is None:
        raise RuleBroken("Choose what the meeting covered, or enter the topics for focused visits.")
    in_order = tuple(part for part in AgendaPart if part in parts)
    authority.tell(facts.EngagementAgendaNoted, by, activity=known.id, parts=in_order, visit_topics=visit_topics)


def return_data(authority: Authority, activity: UUID, *, returned_on: date, what: str, by: Told) -> None:
    """Data went to the department or to Ofsted on a day. Raises RuleBroken in the future, without saying what, or where
    that return of that day is recorded already."""
    said = as_line(what, "what was returned")
    authority.must_have_happened(returned_on, by)
    for known in authority.activities:
        live = known.kind is Kind.DATA_RETURN and known.status is not Status.WITHDRAWN
        if live and known.on == returned_on and (known.title or "").casefold() == said.casefold():
            raise RuleBroken(f"That return is already recorded for {in_words(returned_on)}.")
    authority.tell(facts.DataReturned, by, activity=activity, returned_on=returned_on, what=said)


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
