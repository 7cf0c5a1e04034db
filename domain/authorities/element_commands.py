"""The commands of what an authority and Ofsted tell each other between inspections; each acts once however often sent.

Their words are sealed, and whoever tells them must have the right to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from domain.authorities import engagement
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler, Done
from domain.facts import (
    OF_ENGAGEMENT,
    EngagementAgendaNoted,
    EngagementTopicsNoted,
    Fact,
    SelfEvaluationAnswered,
    Told,
)
from domain.people.commands import PeopleCommands
from domain.people.rights import must_be_allowed
from domain.sealing import Sealing
from domain.values.elements import AgendaPart
from domain.values.errors import RuleBroken
from domain.values.sealed import Sealed, as_words
from domain.values.statements import Period


class ElementCommands:
    """As `AuthorityCommands` says of `by`, `urn`, `activity`, and of what is raised."""

    def __init__(self, histories: AuthorityHandler, people: PeopleCommands, sealing: Sealing) -> None:
        self._histories = histories
        self._people = people
        self._sealing = sealing

    # --- self-evaluations -------------------------------------------------------------------------------------------

    def record_self_evaluation(
        self,
        urn: str,
        *,
        shared_on: date | None = None,
        period: Period | None = None,
        known: str | None = None,
        how_known: str | None = None,
        plans: str | None = None,
        by: Told,
    ) -> Done:
        """The yearly self-evaluation went to Ofsted, on a day or in a month; its answers as for
        `answer_self_evaluation`."""

        def decide(held: Authority, new: UUID) -> None:
            held.record_self_evaluation(new, shared_on=shared_on, period=period, by=by)
            if known is not None or how_known is not None or plans is not None:
                self._answer(held, new, by, known, how_known, plans)

        return self._histories.decide(urn, by, decide)

    def answer_self_evaluation(
        self,
        urn: str,
        activity: UUID,
        *,
        known: str | None = None,
        how_known: str | None = None,
        plans: str | None = None,
        by: Told,
    ) -> Done:
        """What a self-evaluation answers to Ofsted's three questions (R-065); of each the latest answer counts."""
        return self._histories.change(
            urn, activity, by, lambda held: self._answer(held, activity, by, known, how_known, plans)
        )

    # --- engagement meetings ----------------------------------------------------------------------------------------

    def record_engagement_meeting(
        self,
        urn: str,
        *,
        held_on: date | None = None,
        period: Period | None = None,
        topics: str | None = None,
        self_evaluation: bool | None = None,
        parts: Sequence[AgendaPart] = (),
        visit_topics: str | None = None,
        next_on: date | None = None,
        next_period: Period | None = None,
        by: Told,
    ) -> Done:
        """The yearly conversation with Ofsted took place, on a day or in a month; the rest as for `note_engagement`."""

        def decide(known: Authority, new: UUID) -> None:
            known.record_engagement_meeting(new, held_on=held_on, period=period, by=by)
            self._note(known, new, by, topics, self_evaluation, parts, visit_topics, next_on, next_period)

        return self._histories.decide(urn, by, decide)

    def note_engagement(
        self,
        urn: str,
        activity: UUID,
        *,
        topics: str | None = None,
        self_evaluation: bool | None = None,
        parts: Sequence[AgendaPart] = (),
        visit_topics: str | None = None,
        next_on: date | None = None,
        next_period: Period | None = None,
        by: Told,
    ) -> Done:
        """What an engagement meeting covered and was about, the topics for focused visits, and when the next one is;
        any of them will do."""

        def decide(known: Authority) -> None:
            if topics is None and not parts and visit_topics is None and next_on is None and next_period is None:
                raise RuleBroken("Enter the topics of the meeting, or when the next one is.")
            self._note(known, activity, by, topics, self_evaluation, parts, visit_topics, next_on, next_period)

        return self._histories.change(urn, activity, by, decide)

    # --- returns of data --------------------------------------------------------------------------------------------

    def record_data_return(self, urn: str, *, returned_on: date, what: str, by: Told) -> Done:
        """Data that goes into what Ofsted holds was sent on a day; `what` names the return, never a child."""
        return self._histories.decide(
            urn, by, lambda known, new: engagement.return_data(known, new, returned_on=returned_on, what=what, by=by)
        )

    # --- erasing ----------------------------------------------------------------------------------------------------

    def erase_engagement_words(self, urn: str, activity: UUID, subjects: Iterable[UUID], *, by: Told) -> Done:
        """Destroy the keys of words noted of an engagement meeting or self-evaluation, for `by.reason`."""
        keys, wanted = self._sealing.keys, tuple(subjects)

        def decide(known: Authority) -> None:
            engagement.erase_words(known, activity, wanted, by=by)
            self._may_tell(known, by)

        done = self._histories.change(urn, activity, by, decide)
        keys.destroy(self._histories.authority(urn).words_erased)
        return done

    # --- what they share --------------------------------------------------------------------------------------------

    def _answer(
        self, held: Authority, activity: UUID, by: Told, known: str | None, how_known: str | None, plans: str | None
    ) -> None:
        of = SelfEvaluationAnswered
        engagement.answer_self_evaluation(
            held,
            activity,
            known=self._sealed(held, by, of, "known", known, "what you know"),
            how_known=self._sealed(held, by, of, "how_known", how_known, "how you know it"),
            plans=self._sealed(held, by, of, "plans", plans, "the plans"),
            by=by,
        )
        self._may_tell(held, by)

    def _note(
        self,
        known: Authority,
        activity: UUID,
        by: Told,
        topics: str | None,
        self_evaluation: bool | None,
        parts: Sequence[AgendaPart],
        visit_topics: str | None,
        next_on: date | None,
        next_period: Period | None,
    ) -> None:
        if topics is not None:
            sealed = self._sealing.seal(known.id, by, EngagementTopicsNoted, "topics", as_words(topics, "the topics"))
            engagement.note_topics(known, activity, topics=sealed, self_evaluation=self_evaluation, by=by)
        elif self_evaluation is not None:
            raise RuleBroken("Enter the topics too: whether the self-evaluation was discussed is noted with them.")
        if parts or visit_topics is not None:
            called = "the topics for focused visits"
            about_visits = self._sealed(known, by, EngagementAgendaNoted, "visit_topics", visit_topics, called)
            engagement.note_agenda(known, activity, parts=tuple(parts), visit_topics=about_visits, by=by)
        if next_on is not None or next_period is not None:
            engagement.set_next_meeting(known, activity, next_on=next_on, period=next_period, by=by)
        self._may_tell(known, by)

    def _sealed(
        self, known: Authority, by: Told, fact: type[Fact], field: str, text: str | None, called: str
    ) -> Sealed | None:
        return None if text is None else self._sealing.seal(known.id, by, fact, field, as_words(text, called))

    def _may_tell(self, known: Authority, by: Told) -> None:
        told = [fact for fact in known.pending_events if type(fact) in OF_ENGAGEMENT]
        must_be_allowed(self._people.teller(by), known.urn, told)
