"""An authority and its whole inspection history, decided here and kept as facts.

Methods decide and may refuse (`RuleBroken`); `apply` applies and may not, for it is replayed for ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import singledispatchmethod
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain import facts
from domain.authorities.dossier import Dossier, statement_id
from domain.authorities.preconditions import INTERVENTIONS, Preconditions, must_give_a_reason
from domain.facts import Told, told
from domain.frameworks import Area, Grade
from domain.values.activities import Activity
from domain.values.authority_keys import stream_of
from domain.values.errors import RuleBroken
from domain.values.judgements import Judgements, judgement_set
from domain.values.sealed import Sealed
from domain.values.statements import Kind, Observation, Period, Variant
from domain.values.words import in_words

WITH_LETTER = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.JTAI)
"""What ends in a letter that may be published."""

NOT_GRADED = "Only a graded inspection has a report with grades. Record a letter for a visit."


class Authority(Preconditions, Aggregate):
    """One stream per authority, keyed by Ofsted's URN; codes, names and aliases are dated attributes of it."""

    @staticmethod
    def create_id(urn: str) -> UUID:
        return stream_of(urn)

    def __init__(self, urn: str, name: str) -> None:
        self.urn = urn
        self.name = name
        self.abolished_on: date | None = None
        self.dossier = Dossier(urn)
        self._activities: tuple[Activity, ...] | None = None
        self.words_noted: dict[UUID, UUID] = {}
        self.words_erased: set[UUID] = set()

    @classmethod
    def register(
        cls,
        *,
        urn: str,
        name: str,
        la_number: str,
        gss_code: str,
        region: str,
        ofsted_region: str,
        aliases: Sequence[str],
        by: Told,
    ) -> Authority:
        """Begin an authority's history. `region` is one of the nine shown, `ofsted_region` one of Ofsted's eight."""
        return cls._create(
            facts.AuthorityRegistered,
            id=cls.create_id(urn),
            urn=urn,
            name=name,
            la_number=la_number,
            gss_code=gss_code,
            region=region,
            ofsted_region=ofsted_region,
            aliases=tuple(aliases),
            **told(by),
        )

    def tell(self, fact: type[facts.Fact], by: Told, **words: Any) -> None:
        self.trigger_event(fact, **words, **told(by))

    # --- identity ---------------------------------------------------------------------------------------------------

    def rename(self, *, name: str, effective_on: date, by: Told) -> None:
        """Take another name from a day on. Raises RuleBroken when it already bears it."""
        if name == self.name:
            raise RuleBroken(f"The authority is already called {name}.")
        self.tell(facts.AuthorityRenamed, by, name=name, effective_on=effective_on)

    def recode(self, *, scheme: str, was: str, now: str, effective_on: date, by: Told) -> None:
        """A code (`gss_code` or `la_number`) changes without the authority changing."""
        if was == now:
            raise RuleBroken(f"The code is {now} already.")
        self.tell(facts.AuthorityRecoded, by, scheme=scheme, was=was, now=now, effective_on=effective_on)

    def form(self, *, predecessors: Sequence[str], formed_on: date, by: Told) -> None:
        """The authority came into being on a day, from predecessors named by URN."""
        self.tell(facts.AuthorityFormed, by, predecessors=tuple(predecessors), formed_on=formed_on)

    def be_succeeded(self, *, successors: Sequence[str], succeeded_on: date, by: Told) -> None:
        """Others, named by URN, took over its services on a day."""
        self.tell(facts.AuthoritySucceeded, by, successors=tuple(successors), succeeded_on=succeeded_on)

    def abolish(self, *, abolished_on: date, by: Told) -> None:
        """The authority ceased to exist. Raises RuleBroken when it had already."""
        if self.abolished_on is not None:
            raise RuleBroken(f"{self.name} was already abolished, on {in_words(self.abolished_on)}.")
        self.tell(facts.AuthorityAbolished, by, abolished_on=abolished_on)

    # --- what sources say -------------------------------------------------------------------------------------------

    def state(self, observations: Iterable[Observation], *, edition: date | None, by: Told) -> list[UUID]:
        """Keep what a source says and nobody recorded yet; gives the ids of the new statements.

        An observation already known is left to the file that re-states it."""
        added = []
        for observation in self.dossier.unknown(observations):
            identity = statement_id(observation)
            source = observation.source or by.source
            self.tell(
                facts.SourceStated,
                replace(
                    by,
                    source=replace(source, read_on=observation.read_on or source.read_on),
                    reason=observation.reason or by.reason,
                ),
                statement=identity,
                family=observation.family,
                channel=observation.channel,
                edition=observation.edition or edition,
                said=observation.said,
                about=observation.about,
                citations=observation.citations,
                verbatim=observation.verbatim,
            )
            added.append(identity)
        return added

    def restate(self, statement: UUID, *, read_on: date, edition: date | None) -> bool:
        """A file, kept in a stream of its own, says a statement again. Not a fact of this stream.

        Gives whether that is news: a later day, or a later edition."""
        news = self.dossier.restate(statement, read_on=read_on, edition=edition)
        if news:
            self._activities = None
        return news

    # --- graded inspections -----------------------------------------------------------------------------------------

    def record_inspection(
        self,
        activity: UUID,
        *,
        started_on: date,
        ended_on: date | None,
        kind: Variant | None,
        by: Told,
    ) -> None:
        """Inspectors were on site. Raises RuleBroken on impossible dates or where the inspection is already known."""
        self._in_order(started_on, ended_on, by=by)
        self._not_twice(Kind.INSPECTION, started_on)
        self.tell(facts.FieldworkStarted, by, activity=activity, kind=kind, started_on=started_on)
        if ended_on is not None:
            self.tell(facts.FieldworkEnded, by, activity=activity, ended_on=ended_on)

    def receive_report(self, activity: UUID, *, received_on: date, by: Told) -> None:
        """The final report arrived: day 0 of the action plan's 70 working days (R-061)."""
        known = self.of_kind(activity, Kind.INSPECTION, otherwise=NOT_GRADED)
        self._not_before(known.end or known.start, received_on, "The report cannot arrive before the inspection.", by)
        self.tell(facts.ReportReceived, by, activity=activity, received_on=received_on)

    def publish_report(self, activity: UUID, *, judgements: Judgements, published_on: date, by: Told) -> None:
        """Record the report.

        Raises RuleBroken if one is already published, if it precedes the inspection, or if an area did not exist on
        the inspection's start date (R-003 to R-006)."""
        known = self.of_kind(activity, Kind.INSPECTION, otherwise=NOT_GRADED)
        already = self._recorded(known, "published")
        if already is not None:
            raise RuleBroken(f"The report was already published on {in_words(already)}.")
        self._not_before(
            known.end or known.start, published_on, "The report cannot be published before the inspection ends.", by
        )
        judgements.must_fit(judgement_set(known.framework, started=known.start, published=published_on))
        if not judgements:
            raise RuleBroken("Enter at least one grade from the report.")
        self.tell(facts.ReportPublished, by, activity=activity, judgements=judgements, published_on=published_on)

    def correct_judgement(self, activity: UUID, *, area: Area, now: Grade, by: Told) -> None:
        """A grade was wrongly recorded. Needs a reason. Raises RuleBroken where nothing would change."""
        known = self.of_kind(activity, Kind.INSPECTION, otherwise=NOT_GRADED)
        must_give_a_reason(by)
        Judgements.of({area: now}).must_fit(known.judgement_set)
        was = known.grades.get(area)
        if was is now:
            raise RuleBroken("That is the grade already held.")
        self.tell(facts.JudgementCorrected, by, activity=activity, area=area, was=was, now=now)

    def correct_date(self, activity: UUID, *, which: facts.DateKind, now: date, by: Told) -> None:
        """A date was wrongly recorded. Needs a reason. Raises RuleBroken where nothing would change."""
        known = self.activity(activity)
        must_give_a_reason(by)
        was: date | None = getattr(known, which.value)
        if was == now:
            raise RuleBroken("That is the date already held.")
        dates = {name: getattr(known, name) for name in ("start", "end", "published")} | {which.value: now}
        in_turn = [day for day in dates.values() if day is not None]
        self._in_order(now, None, by=by)
        if in_turn != sorted(in_turn):
            raise RuleBroken("The first day, the last day and the publication would be out of order. Look again.")
        self.tell(facts.DateCorrected, by, activity=activity, which=which, was=was, now=now)

    def withdraw_entry(self, activity: UUID, *, by: Told) -> None:
        """Strike an entry out; it stays visible with the reason. Raises RuleBroken without a reason."""
        known = self.activity(activity)
        must_give_a_reason(by)
        self.tell(facts.EntryWithdrawn, by, activity=activity, statements=known.statements)

    # --- visits and letters -----------------------------------------------------------------------------------------

    def record_focused_visit(
        self,
        activity: UUID,
        *,
        started_on: date,
        ended_on: date | None,
        focus: str | None,
        assurance: bool,
        by: Told,
    ) -> None:
        """Two days on one topic; `assurance` for the COVID round of 2020 to 2021 (R-012)."""
        self._in_order(started_on, ended_on, by=by)
        self._not_twice(Kind.FOCUSED_VISIT, started_on)
        fact = facts.AssuranceVisitHeld if assurance else facts.FocusedVisitHeld
        self.tell(fact, by, activity=activity, started_on=started_on, ended_on=ended_on, focus=focus)

    def record_monitoring_visit(
        self,
        activity: UUID,
        *,
        started_on: date,
        ended_on: date | None,
        number: int | None,
        focus: str | None,
        by: Told,
    ) -> None:
        """Inspectors checked progress after an inadequate grade (R-043)."""
        self._in_order(started_on, ended_on, by=by)
        self._not_twice(Kind.MONITORING_VISIT, started_on)
        if number is not None and not 1 <= number <= 50:
            raise RuleBroken("Enter the visit's number as a whole number from 1 to 50, or leave it out.")
        self.tell(
            facts.MonitoringVisitHeld,
            by,
            activity=activity,
            started_on=started_on,
            ended_on=ended_on,
            number=number,
            focus=focus,
        )

    def record_joint_inspection(
        self, activity: UUID, *, started_on: date, ended_on: date | None, theme: str | None, by: Told
    ) -> None:
        """A joint targeted area inspection (JTAI)."""
        self._in_order(started_on, ended_on, by=by)
        self._not_twice(Kind.JTAI, started_on)
        self.tell(
            facts.JointInspectionHeld,
            by,
            activity=activity,
            started_on=started_on,
            ended_on=ended_on,
            theme=theme,
        )

    def record_action_planning_visit(self, activity: UUID, *, held_on: date, by: Told) -> None:
        """The unpublished meeting after an inadequate report (R-040)."""
        self._in_order(held_on, None, by=by)
        self.tell(facts.ActionPlanningVisitHeld, by, activity=activity, held_on=held_on)

    def receive_letter(self, activity: UUID, *, received_on: date, by: Told) -> None:
        """The letter on a visit or an engagement meeting arrived."""
        known = self.activity(activity)
        self._not_before(known.true_on, received_on, "The letter cannot arrive before the visit or meeting.", by)
        already = self._recorded(known, "letter_received")
        if already is not None:
            raise RuleBroken(f"The letter was already received on {in_words(already)}.")
        meeting = known.kind is Kind.ENGAGEMENT_MEETING
        fact = facts.EngagementLetterReceived if meeting else facts.LetterReceived
        self.tell(fact, by, activity=activity, received_on=received_on)

    def publish_letter(self, activity: UUID, *, publisher: facts.Publisher, published_on: date, by: Told) -> None:
        """The letter on a visit became public, by Ofsted or by the council (R-046).

        Raises RuleBroken if Ofsted's publication is already known, or if it precedes the visit."""
        known = self.activity(activity)
        if known.kind not in WITH_LETTER:
            raise RuleBroken("Only the letter on a visit or a joint inspection is published this way.")
        already = self._recorded(known, "published")
        if publisher is facts.Publisher.OFSTED and already is not None:
            raise RuleBroken(f"The letter was already published on {in_words(already)}.")
        self._not_before(known.true_on, published_on, "The letter cannot be published before the visit.", by)
        self.tell(facts.LetterPublished, by, activity=activity, publisher=publisher, published_on=published_on)

    def leave_letter_unpublished(self, activity: UUID, *, by: Told) -> None:
        """The letter on a visit is not made public. Raises RuleBroken where it was, or where that is held already.

        Letters on engagement meetings never are (R-055)."""
        known = self.of_kind(activity, *WITH_LETTER, otherwise="Only a visit or a joint inspection ends in a letter.")
        public = known.published or known.published_by_council
        if public is not None:
            raise RuleBroken(f"The letter was published on {in_words(public)}. Correct that first if it is wrong.")
        if known.letter_unpublished:
            raise RuleBroken("That the letter is not published is already recorded.")
        self.tell(facts.LetterNotPublished, by, activity=activity)

    # --- findings ---------------------------------------------------------------------------------------------------

    def record_finding(self, activity: UUID, *, text: str, priority: bool, by: Told) -> None:
        """The report or letter names an area for improvement, or for priority action (R-036)."""
        known = self.of_kind(
            activity,
            *(kind for kind in Kind if kind.on_site),
            otherwise="Only an inspection, a visit or a joint inspection has findings.",
        )
        if not text.strip():
            raise RuleBroken("Enter what the report or letter says.")
        if text in (known.priority_actions if priority else known.improvements):
            raise RuleBroken("That finding is already recorded.")
        fact = facts.AreaForPriorityActionFound if priority else facts.AreaForImprovementFound
        self.tell(fact, by, activity=activity, text=text)

    def resolve_priority_action(self, activity: UUID, *, resolved_on: date, by: Told) -> None:
        """A later letter says that the priority action has been dealt with (R-092)."""
        known = self.activity(activity)
        if not known.priority_action:
            raise RuleBroken("No area for priority action is recorded for this visit.")
        self._not_before(known.true_on, resolved_on, "It cannot be resolved before the visit.", by)
        self.tell(facts.PriorityActionResolved, by, activity=activity, resolved_on=resolved_on)

    # --- the yearly cycle, the plan's dates, intervention -----------------------------------------------------------

    def record_self_evaluation(
        self, activity: UUID, *, shared_on: date | None, period: Period | None, by: Told
    ) -> None:
        """The yearly self-evaluation went to Ofsted, on a day or in a month (R-065)."""
        self.on_or_in(Kind.SELF_EVALUATION, shared_on, period, by)
        self.tell(facts.SelfEvaluationShared, by, activity=activity, shared_on=shared_on, period=period)

    def record_engagement_meeting(
        self, activity: UUID, *, held_on: date | None, period: Period | None, by: Told
    ) -> None:
        """The yearly conversation with Ofsted took place, on a day or in a month (R-066)."""
        self.on_or_in(Kind.ENGAGEMENT_MEETING, held_on, period, by)
        self.tell(facts.EngagementMeetingHeld, by, activity=activity, held_on=held_on, period=period)

    def set_plan_due(self, activity: UUID, *, due_on: date, by: Told) -> None:
        """The council or a letter states the action plan's due date; shown beside the computed one (R-091)."""
        self._not_recorded(Kind.ACTION_PLAN_DUE, due_on)
        self.tell(facts.ActionPlanDueDateSet, by, activity=activity, due_on=due_on)

    def correct_plan_due(self, activity: UUID, *, now: date, by: Told) -> None:
        """The stated due date was wrong. Needs a reason (R-061)."""
        known = self.activity(activity)
        must_give_a_reason(by)
        if known.kind is not Kind.ACTION_PLAN_DUE or known.on is None:
            raise RuleBroken("Only a stated due date of an action plan can be corrected this way.")
        self.tell(facts.ActionPlanDueDateCorrected, by, activity=activity, was=known.on, now=now)

    def submit_plan(self, activity: UUID, *, submitted_on: date, by: Told) -> None:
        """The action plan went to Ofsted and the Secretary of State."""
        self.on_or_in(Kind.ACTION_PLAN_SUBMITTED, submitted_on, None, by)
        self.tell(facts.ActionPlanSubmitted, by, activity=activity, submitted_on=submitted_on)

    def receive_plan_reply(self, activity: UUID, *, received_on: date, by: Told) -> None:
        """Ofsted said whether the plan reflects the findings (R-063)."""
        self.on_or_in(Kind.ACTION_PLAN_REPLY, received_on, None, by)
        self.tell(facts.ActionPlanReplyReceived, by, activity=activity, received_on=received_on)

    def start_trust(self, activity: UUID, *, name: str, started_on: date, by: Told) -> None:
        """A children's trust began to run services; the council stays the one inspected (R-071)."""
        self.on_or_in(Kind.TRUST_START, started_on, None, by)
        self.tell(facts.TrustStarted, by, activity=activity, name=name, started_on=started_on)

    def intervene(self, activity: UUID, *, kind: Kind, on: date, by: Told) -> None:
        """An improvement notice, a statutory direction, a commissioner, or the end of one (R-048)."""
        if kind not in INTERVENTIONS:
            raise RuleBroken("Choose an improvement notice, a statutory direction, a commissioner, or its end.")
        self.on_or_in(kind, on, None, by)
        fact, day = INTERVENTIONS[kind]
        self.tell(fact, by, activity=activity, **{day: on})

    # --- applying ---------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def apply(self, fact: facts.Fact) -> None:
        self.dossier.apply(fact)
        self._activities = None

    @apply.register
    def _(self, fact: facts.AuthorityRenamed) -> None:
        self.name = fact.name

    @apply.register
    def _(self, fact: facts.AuthorityAbolished) -> None:
        self.abolished_on = fact.abolished_on

    @apply.register(facts.EngagementTopicsNoted)
    @apply.register(facts.SelfEvaluationAnswered)
    @apply.register(facts.EngagementAgendaNoted)
    def _(self, fact: facts.EntryFact) -> None:
        said = (value for value in vars(fact).values() if isinstance(value, Sealed))
        self.words_noted.update((sealed.subject, fact.activity) for sealed in said)

    @apply.register
    def _(self, fact: facts.EngagementWordsErased) -> None:
        self.words_erased.update(fact.subjects)
