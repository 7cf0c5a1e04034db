"""The commands of an authority's history: each acts once however often it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from domain.authorities import answering, rulings
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler, Done
from domain.authorities.preconditions import must_administer
from domain.authorities.rulings import FindingPair
from domain.authorities.shipped import REGISTER_SOURCE, REGISTRATIONS, tell_announced
from domain.authorities.source_check import SourceCheck, checked_once, must_be_allowed_to_check
from domain.authorities.succeeding import ONLY_ADMINISTRATORS
from domain.authorities.visit_topics import choose_topics
from domain.facts import DateKind, Publisher, Told
from domain.frameworks import Area, Grade
from domain.people.commands import PeopleCommands
from domain.register.register import REGISTER, Register, Registered
from domain.rulebook.succession.successions import SUCCESSIONS
from domain.values.errors import CommandAlreadyDone, ConcurrentChange, RuleBroken
from domain.values.judgements import NO_JUDGEMENTS, Judgements
from domain.values.known_until import KnownKind
from domain.values.statements import Kind, Stated, Variant


class AuthorityCommands:
    """`by` says who tells us, in which command, from which source and why.

    Every method raises RuleBroken, in words safe to show, where the command is refused, and NotFound where the
    authority or entry is not known. `urn` is Ofsted's number; `activity` an entry's id or one of its statements'.
    `seen` is the `mark` of the entry that the person decided on: EntryChangedMeanwhile where it is another by now."""

    def __init__(self, histories: AuthorityHandler, people: PeopleCommands) -> None:
        self._histories = histories
        self._people = people

    def authority(self, urn: str) -> Authority:
        """An authority as of now. Raises NotFound where its history was never begun."""
        return self._histories.authority(urn)

    def register_authorities(self, *, at: datetime, register: Register = REGISTER) -> int:
        """Begin the history of every authority the product knows; one begun already stays as it is. Gives how many."""
        begun = 0
        for row in register:
            if self._histories.ledger.load(Authority, Authority.create_id(row.facts.urn)) is None:
                command = uuid5(REGISTRATIONS, row.facts.urn)
                by = Told(actor="register", command=command, source=REGISTER_SOURCE, at=at)
                with suppress(CommandAlreadyDone, ConcurrentChange):
                    self._histories.ledger.save(_begun(row, by), command=command)
                    begun += 1
            tell_announced(self._histories, row, at=at)
        return begun

    # --- graded inspections -----------------------------------------------------------------------------------------

    def record_inspection(
        self,
        urn: str,
        *,
        started_on: date,
        ended_on: date | None,
        kind: Variant | None,
        published_on: date | None = None,
        judgements: Judgements = NO_JUDGEMENTS,
        improvements: Sequence[str] = (),
        by: Told,
    ) -> Done:
        """A graded inspection, with its report and what needs to improve where it is published."""

        def decide(known: Authority, new: UUID) -> None:
            known.record_inspection(new, started_on=started_on, ended_on=ended_on, kind=kind, by=by)
            if published_on is not None:
                known.publish_report(new, judgements=judgements, published_on=published_on, by=by)
            elif judgements:
                raise RuleBroken("Grades are public only with the report. Enter the date it was published.")
            for text in improvements:
                known.record_finding(new, text=text, priority=False, by=by)

        return self._histories.decide(urn, by, decide)

    def receive_report(self, urn: str, activity: UUID, *, received_on: date, by: Told) -> Done:
        """The final report arrived: day 0 of the action plan (R-061)."""
        return self._histories.change(
            urn, activity, by, lambda known: known.receive_report(activity, received_on=received_on, by=by)
        )

    def publish_report(self, urn: str, activity: UUID, *, judgements: Judgements, published_on: date, by: Told) -> Done:
        """The report of an inspection already recorded was published."""
        return self._histories.change(
            urn,
            activity,
            by,
            lambda known: known.publish_report(activity, judgements=judgements, published_on=published_on, by=by),
        )

    def correct_judgement(
        self, urn: str, activity: UUID, *, area: Area, now: Grade, seen: str | None = None, by: Told
    ) -> Done:
        """A grade was wrongly recorded; `by.reason` says why."""
        return self._histories.change(
            urn, activity, by, lambda known: known.correct_judgement(activity, area=area, now=now, by=by), seen=seen
        )

    def correct_date(
        self, urn: str, activity: UUID, *, which: DateKind, now: date, seen: str | None = None, by: Told
    ) -> Done:
        """A date was wrongly recorded; `by.reason` says why."""
        return self._put_right(
            urn, activity, by, lambda known: known.correct_date(activity, which=which, now=now, by=by), seen=seen
        )

    def withdraw_entry(self, urn: str, activity: UUID, *, seen: str | None = None, by: Told) -> Done:
        """Strike an entry out; it stays visible with `by.reason`."""
        return self._put_right(urn, activity, by, lambda known: known.withdraw_entry(activity, by=by), seen=seen)

    # --- visits and letters -----------------------------------------------------------------------------------------

    def record_focused_visit(
        self,
        urn: str,
        *,
        started_on: date,
        ended_on: date | None,
        focus: str | None,
        topics: Sequence[str] = (),
        priority_actions: Sequence[str] = (),
        improvements: Sequence[str] = (),
        published_on: date | None = None,
        assurance: bool = False,
        by: Told,
    ) -> Done:
        """A focused visit, with its letter and findings where it is published, and the topics that were chosen."""

        def decide(known: Authority, new: UUID) -> None:
            known.record_focused_visit(
                new, started_on=started_on, ended_on=ended_on, focus=focus, assurance=assurance, by=by
            )
            _letter(known, new, published_on, Publisher.OFSTED, by)
            _findings(known, new, improvements, priority_actions, by)
            if topics:
                choose_topics(known, new, topics=topics, by=by)

        return self._histories.decide(urn, by, decide)

    def record_monitoring_visit(
        self,
        urn: str,
        *,
        started_on: date,
        ended_on: date | None,
        number: int | None,
        focus: str | None,
        published_on: date | None = None,
        publisher: Publisher = Publisher.OFSTED,
        by: Told,
    ) -> Done:
        """A monitoring visit, with its letter where Ofsted or the council made it public."""

        def decide(known: Authority, new: UUID) -> None:
            known.record_monitoring_visit(
                new, started_on=started_on, ended_on=ended_on, number=number, focus=focus, by=by
            )
            _letter(known, new, published_on, publisher, by)

        return self._histories.decide(urn, by, decide)

    def record_joint_inspection(
        self,
        urn: str,
        *,
        started_on: date,
        ended_on: date | None,
        theme: str | None,
        published_on: date | None = None,
        statement_due: date | None = None,
        improvements: Sequence[str] = (),
        priority_actions: Sequence[str] = (),
        by: Told,
    ) -> Done:
        """A joint targeted area inspection; the letter itself states when the statement of action is due (R-062)."""

        def decide(known: Authority, new: UUID) -> None:
            known.record_joint_inspection(new, started_on=started_on, ended_on=ended_on, theme=theme, by=by)
            _letter(known, new, published_on, Publisher.OFSTED, by)
            _findings(known, new, improvements, priority_actions, by)
            if statement_due is not None:
                known.set_plan_due(uuid5(new, "due"), due_on=statement_due, by=by)

        return self._histories.decide(urn, by, decide)

    def record_action_planning_visit(self, urn: str, *, held_on: date, by: Told) -> Done:
        """The unpublished meeting that follows an inadequate report (R-040)."""
        return self._histories.decide(
            urn, by, lambda known, new: known.record_action_planning_visit(new, held_on=held_on, by=by)
        )

    def receive_letter(self, urn: str, activity: UUID, *, received_on: date, by: Told) -> Done:
        """The letter on a visit or an engagement meeting arrived."""
        return self._histories.change(
            urn, activity, by, lambda known: known.receive_letter(activity, received_on=received_on, by=by)
        )

    def publish_letter(self, urn: str, activity: UUID, *, publisher: Publisher, published_on: date, by: Told) -> Done:
        """The letter on a visit became public, by Ofsted or by the council."""
        return self._histories.change(
            urn,
            activity,
            by,
            lambda known: known.publish_letter(activity, publisher=publisher, published_on=published_on, by=by),
        )

    def leave_letter_unpublished(self, urn: str, activity: UUID, *, by: Told) -> Done:
        """The letter on a visit is not made public."""
        return self._histories.change(urn, activity, by, lambda known: known.leave_letter_unpublished(activity, by=by))

    def record_finding(self, urn: str, activity: UUID, *, text: str, priority: bool, by: Told) -> Done:
        """A report or letter names an area for improvement, or for priority action."""
        return self._histories.change(
            urn, activity, by, lambda known: known.record_finding(activity, text=text, priority=priority, by=by)
        )

    def resolve_priority_action(self, urn: str, activity: UUID, *, resolved_on: date, by: Told) -> Done:
        """A later letter says that a priority action has been dealt with (R-092)."""
        return self._histories.change(
            urn, activity, by, lambda known: known.resolve_priority_action(activity, resolved_on=resolved_on, by=by)
        )

    # --- the plan's dates -------------------------------------------------------------------------------------------

    def set_plan_due(self, urn: str, *, due_on: date, by: Told) -> Done:
        """The council or a letter states when the action plan is due."""
        return self._histories.decide(urn, by, lambda known, new: known.set_plan_due(new, due_on=due_on, by=by))

    def correct_plan_due(self, urn: str, activity: UUID, *, now: date, seen: str | None = None, by: Told) -> Done:
        """The stated due date was wrong; `by.reason` says why."""
        return self._histories.change(
            urn, activity, by, lambda known: known.correct_plan_due(activity, now=now, by=by), seen=seen
        )

    def submit_plan(self, urn: str, *, submitted_on: date, by: Told) -> Done:
        """The action plan went to Ofsted and the Secretary of State."""
        return self._histories.decide(
            urn, by, lambda known, new: known.submit_plan(new, submitted_on=submitted_on, by=by)
        )

    def receive_plan_reply(self, urn: str, *, received_on: date, by: Told) -> Done:
        """Ofsted said whether the plan reflects the findings."""
        return self._histories.decide(
            urn, by, lambda known, new: known.receive_plan_reply(new, received_on=received_on, by=by)
        )

    # --- what is known ----------------------------------------------------------------------------------------------

    def check_sources(
        self,
        urn: str | None,
        *,
        checked: str,
        kinds: Sequence[KnownKind],
        checked_on: date,
        urns: Sequence[str] = (),
        by: Told,
    ) -> Done:
        """Somebody looked, and all activities of these kinds that were public by a day (inclusive) are held: of one
        authority, or (None) of all, or of those in `urns` alone. `checked` is what was asked for."""
        if urn is not None:
            self.authority(urn)
        must_be_allowed_to_check(self._people.teller(by), urn)
        what: Mapping[str, Any] = {"checked": checked, "kinds": kinds, "checked_on": checked_on}
        kept = checked_once(self._histories.ledger, **what, urn=urn, urns=urns, by=by)
        return Done(SourceCheck.create_id(by.command), kept.position, kept.repeated)

    # --- rulings ----------------------------------------------------------------------------------------------------

    def recognise_as_one(self, urn: str, one: UUID, other: UUID, *, seen: str | None = None, by: Told) -> Done:
        """Two entries are one activity; `by.reason` says why. `seen` is of the first."""
        return self._put_right(
            urn, one, by, lambda known: rulings.recognise_as_one(known, one, other, by=by), seen=seen
        )

    def recognise_as_distinct(self, urn: str, one: UUID, other: UUID, *, seen: str | None = None, by: Told) -> Done:
        """Two statements held as one entry speak of two activities; `by.reason` says why."""
        return self._put_right(
            urn, one, by, lambda known: rulings.recognise_as_distinct(known, one, other, by=by), seen=seen
        )

    def compare_findings(
        self, urn: str, activity: UUID, pair: FindingPair, *, same: bool, seen: str | None = None, by: Told
    ) -> Done:
        """Whether a finding is about the same matter as one of an earlier report or letter of the same authority."""
        return self._histories.change(
            urn,
            activity,
            by,
            lambda known: rulings.compare_findings(known, activity, pair, same=same, by=by),
            seen=seen,
        )

    def settle(self, urn: str, activity: UUID, *, said: Stated, seen: str | None = None, by: Told) -> Done:
        """Settle a disagreement between sources; `by.reason` and `by.source` give the evidence."""
        return self._put_right(
            urn, activity, by, lambda known: rulings.settle(known, activity, said=said, by=by), seen=seen
        )

    def confirm(self, urn: str, activity: UUID, *, seen: str | None = None, by: Told) -> Done:
        """An entry that is in question is right as held; `by.reason` says where it was seen."""
        return self._histories.change(
            urn, activity, by, lambda known: answering.confirm(known, activity, by=by), seen=seen
        )

    def recognise_as_visit(self, urn: str, activity: UUID, *, kind: Kind, seen: str | None = None, by: Told) -> Done:
        """What a source took for an inspection was a visit; `by.reason` says where it was seen."""
        return self._histories.change(
            urn, activity, by, lambda known: answering.recognise_as_visit(known, activity, kind=kind, by=by), seen=seen
        )

    def _put_right(
        self, urn: str, activity: UUID, by: Told, decide: Callable[[Authority], None], *, seen: str | None = None
    ) -> Done:
        """A change of what is held: of an end that was announced, for administrators alone."""

        def decide_if_allowed(known: Authority) -> None:
            if known.activity(activity).kind in SUCCESSIONS:
                must_administer(self._people.teller(by), ONLY_ADMINISTRATORS)
            decide(known)

        return self._histories.change(urn, activity, by, decide_if_allowed, seen=seen)


def _begun(row: Registered, by: Told) -> Authority:
    """An authority's first facts: who it was when it began, then what changed."""
    facts = row.facts
    first_code = row.recodings[0].was if row.recodings else facts.gss_code
    authority = Authority.register(
        urn=facts.urn,
        name=facts.name,
        la_number=facts.la_number or "",
        gss_code=first_code or "",
        region=facts.region or "",
        ofsted_region=facts.ofsted_region or "",
        aliases=row.aliases,
        by=by,
    )
    for change in row.recodings:
        authority.recode(scheme="gss_code", was=change.was, now=change.now, effective_on=change.effective_on, by=by)
    if facts.formed_on is not None:
        authority.form(predecessors=facts.predecessors, formed_on=facts.formed_on, by=by)
    if facts.abolished_on is not None:
        authority.be_succeeded(successors=facts.successors, succeeded_on=facts.abolished_on, by=by)
        authority.abolish(abolished_on=facts.abolished_on, by=by)
    return authority


def _letter(known: Authority, activity: UUID, published_on: date | None, publisher: Publisher, by: Told) -> None:
    if published_on is not None:
        known.publish_letter(activity, publisher=publisher, published_on=published_on, by=by)


def _findings(
    known: Authority, activity: UUID, improvements: Sequence[str], priority_actions: Sequence[str], by: Told
) -> None:
    for text in improvements:
        known.record_finding(activity, text=text, priority=False, by=by)
    for text in priority_actions:
        known.record_finding(activity, text=text, priority=True, by=by)
