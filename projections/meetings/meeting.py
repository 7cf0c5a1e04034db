"""When did a scrutiny committee meet, what did it see, what did it ask and resolve, and what came of that?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from domain.facts import (
    MeetingHandedOver,
    MeetingPlansChosen,
    MeetingWordsErased,
    NextReportSet,
    PanelViewFixed,
    QuestionPutToMeeting,
    ResolutionCarriedOut,
    ResolutionMade,
    ScrutinyMeetingArranged,
    ScrutinyMeetingHeld,
    ScrutinyMeetingMoved,
    ScrutinyMeetingWithdrawn,
)
from domain.meetings.commands import allowed
from domain.meetings.state import MeetingStage, Resolution, ResolutionStage, View
from domain.plans.stories import HandedOver
from domain.values.activities import AuthorityFacts
from domain.values.errors import NotFound
from domain.values.sealed import SealedText
from domain.values.words import in_words
from projections.engine.answers import Moment
from projections.engine.reader import Reader
from projections.meetings.answers import (
    MeetingAnswer,
    MeetingName,
    MeetingPapers,
    MeetingRow,
    MeetingsAnswer,
    ResolutionRow,
    ViewRow,
)
from projections.meetings.projection import MeetingThen, meeting_then, meetings_then
from projections.plans.action import story_row
from projections.plans.answers import MoveRow, QuestionRow, Wording
from projections.plans.projection import PlanThen, plan_then
from projections.plans.rows import head_of, question_row, waiting_first
from projections.plans.words import OpenedWords, texts_asked, texts_in
from projections.questions.asked import AskedThen, asked_then, question_streams, row_of

HeldDays = Mapping[tuple[str, str], list[date]]
"""The days on which each committee of an authority met, the earliest first."""


def meetings(
    reader: Reader, *, urn: str | None = None, as_at: date, known_at: datetime | None = None
) -> MeetingsAnswer:
    """Meetings of one authority or of all, the latest day first. Raises NotFound where no authority has that number."""
    with reader.connect() as connection:
        moment = reader.moment(connection, as_at, known_at, of=urn)
        authority = None if urn is None else reader.identity(connection, urn, moment.position).on(as_at)
        found = meetings_then(connection, moment, urn=urn)
        facts = reader.facts_on(connection, as_at, moment.position) if found else {}
    words = OpenedWords(reader, _erased(found), (text for then in found for text in _texts(then)))
    held = _held_days(found)
    rows = [_row(then, held, facts[then.state.urn], moment, words) for then in found]
    rows.sort(key=lambda row: (row.day, row.position), reverse=True)
    return MeetingsAnswer(moment, authority, tuple(rows))


def meeting_names(
    reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None
) -> tuple[MeetingName, ...]:
    """An authority's meetings by name, the latest day first; no words are opened."""
    with reader.connect() as connection:
        found = meetings_then(connection, reader.moment(connection, as_at, known_at), urn=urn)
    found.sort(key=lambda then: (then.state.day, then.told[0].position), reverse=True)
    return tuple(map(_name, found))


def meetings_passed(
    reader: Reader, urn: str, *, as_at: date, known_at: datetime | None = None
) -> tuple[tuple[MeetingName, HandedOver], ...]:
    """The meetings that an authority handed over to one that followed it, or took over, the latest day first; with
    those that were handed over wrongly when that was put right."""
    with reader.connect() as connection:
        found = meetings_then(connection, reader.moment(connection, as_at, known_at))
    passed = [(then, one) for then in found for one in then.state.handed if urn in (one.was, one.now, one.of)]
    passed.sort(key=lambda each: (each[0].state.day, each[0].told[0].position), reverse=True)
    return tuple((_name(then), one) for then, one in passed)


def _name(then: MeetingThen) -> MeetingName:
    return MeetingName(then.id, then.state.committee, then.state.day, then.state.stage)


def meeting_of(reader: Reader, meeting: UUID, *, as_at: date, known_at: datetime | None = None) -> MeetingAnswer:
    """One meeting's whole story as of a moment. Raises NotFound where there is none, or none yet at that moment."""
    with reader.connect() as connection:
        then = meeting_then(connection, meeting, reader.moment(connection, as_at, known_at))
        if then is None:
            raise NotFound(f"That meeting was not arranged yet on {in_words(as_at)}, or not known by then.")
        urn = then.state.urn
        moment = reader.moment(connection, as_at, known_at, of=urn)
        beside = meetings_then(connection, moment, urn=urn)
        authority = reader.identity(connection, urn, moment.position).on(as_at)
        now = _papers(reader, connection, then, moment)
        view = then.state.view
        seen = None
        if view is not None:
            known = view.known_at if known_at is None else min(view.known_at, known_at)
            seen = _papers(reader, connection, then, reader.moment(connection, view.as_at, known, of=urn))
        open_then = tuple(_open_then(reader, connection, then, one) for one in then.state.views)
    words = OpenedWords(reader, then.erased, _texts(then, whole=True))
    row = _row(then, _held_days(beside), authority, moment, words)
    return MeetingAnswer(
        moment=moment,
        row=row,
        seen=seen,
        now=now,
        moves=tuple(
            MoveRow(move.was, move.now, words(move.why), move.stamp.true_on, move.stamp.by) for move in then.state.moves
        ),
        earlier_views=tuple(_view(one, words) for one in then.state.views[:-1]),
        open_then=open_then,
        story=tuple(story_row(one, words, sentence) for one in then.told),
    )


def _erased(found: Iterable[MeetingThen]) -> dict[UUID, Any]:
    return {subject: one for then in found for subject, one in then.erased.items()}


def _texts(then: MeetingThen, *, whole: bool = False) -> Iterator[SealedText]:
    """What a row shows of a meeting or, `whole`, what its page does."""
    if whole:
        yield from (text for one in then.told for _, text in texts_in(one.fact))
        return
    state = then.state
    for resolution in state.resolutions.values():
        yield from (text for text in (resolution.text, resolution.how) if text is not None)
    shown = (state.withdrawn_why, state.view.why if state.view else None)
    yield from (text for text in shown if text is not None)


def _row(
    then: MeetingThen, held: HeldDays, authority: AuthorityFacts, moment: Moment, words: OpenedWords
) -> MeetingRow:
    state, on = then.state, moment.as_at
    assert state.arranged is not None
    days = held.get(_committee(then), [])
    before = bisect_left(days, state.day)
    due = state.next_report_on
    return MeetingRow(
        id=then.id,
        authority=authority,
        committee=state.committee,
        day=state.day,
        stage=state.stage,
        passed=state.stage is MeetingStage.PLANNED and state.day < on,
        example=state.example,
        plans=state.plans,
        view=_view(state.view, words) if state.view else None,
        questions=len(state.questions),
        resolutions=tuple(_resolution(one, on, words) for one in state.resolutions.values()),
        next_report_on=due,
        next_report_late=due is not None and due < on and days[-1:] <= [state.day],
        previous=days[before - 1] if before else None,
        withdrawn_on=state.withdrawn.true_on if state.withdrawn else None,
        withdrawn_why=words.maybe(state.withdrawn_why),
        recorded_at=state.arranged.at,
        recorded_by=state.arranged.by,
        position=then.told[0].position,
        version=then.told[-1].fact.originator_version,
        allowed=allowed(state),
        handed=tuple(state.handed),
    )


def _committee(then: MeetingThen) -> tuple[str, str]:
    return (then.state.urn, then.state.committee.casefold())


def _held_days(found: Iterable[MeetingThen]) -> HeldDays:
    days: dict[tuple[str, str], list[date]] = {}
    for then in found:
        if then.state.stage is MeetingStage.HELD:
            days.setdefault(_committee(then), []).append(then.state.day)
    return {committee: sorted(held) for committee, held in days.items()}


def _view(view: View, words: OpenedWords) -> ViewRow:
    return ViewRow(view.as_at, view.known_at, words.maybe(view.why), view.said.true_on, view.said.by)


def _resolution(one: Resolution, on: date, words: OpenedWords) -> ResolutionRow:
    stage = one.stage(on)
    late = stage is ResolutionStage.OVERDUE and one.due_on is not None
    return ResolutionRow(
        number=one.number,
        text=words(one.text),
        owner=one.owner,
        due_on=one.due_on,
        stage=stage,
        days_overdue=(on - one.due_on).days if late and one.due_on else 0,
        made_on=one.made.true_on,
        done_on=one.done.true_on if one.done else None,
        how=words.maybe(one.how),
    )


def words_of_meeting(reader: Reader, meeting: UUID, subject: UUID, *, on: date) -> tuple[Wording, ...]:
    """The words that would be erased together. Raises NotFound where the meeting has none under that key."""
    story = meeting_of(reader, meeting, as_at=on).story
    found = tuple(wording for one in story for _, wording in one.words if wording.subject == subject)
    if not found:
        raise NotFound("The meeting has no such words.")
    return found


def _open_then(reader: Reader, connection: Connection, then: MeetingThen, view: View) -> frozenset[UUID]:
    """Which of the plans before a meeting were open, and known, at what its panel saw."""
    moment = reader.moment(connection, view.as_at, view.known_at)
    return frozenset(plan for plan in then.state.plans if plan_then(reader, connection, plan, moment))


def _papers(reader: Reader, connection: Connection, then: MeetingThen, moment: Moment) -> MeetingPapers:
    """The plans before a meeting and the questions put to it, at a moment."""
    on = moment.as_at
    authority = reader.identity(connection, then.state.urn, moment.position).on(on)
    put = then.state.questions.values()
    streams = question_streams(connection) if put else frozenset()
    named = dict.fromkeys((*then.state.plans, *(one.plan for one in put if one.plan not in streams)))
    plans = {name: plan for name in named if (plan := plan_then(reader, connection, name, moment))}
    asked = asked_then(connection, reader, moment) if any(one.plan in streams for one in put) else []
    authorities = reader.facts_on(connection, on, moment.position) if asked else {}
    questions = [*_on_plans(reader, then, plans, authority, on), *_on_none(reader, then, asked, authorities, on)]
    return MeetingPapers(
        plans=tuple(head_of(reader, plans[name], authority, on) for name in then.state.plans if name in plans),
        questions=waiting_first(questions),
    )


def _on_none(
    reader: Reader,
    then: MeetingThen,
    asked: Sequence[AskedThen],
    authorities: dict[str, AuthorityFacts],
    on: date,
) -> Iterator[QuestionRow]:
    """The questions put to the meeting that are on no plan, as far as they were asked by then."""
    for of in asked:
        names = {put.question for put in then.state.questions.values() if put.plan == of.id}
        found = [one for one in of.state.challenges.values() if one.id in names]
        words = OpenedWords(reader, of.erased, (text for one in found for text in texts_asked(one)))
        for one in found:
            yield row_of(one, of, authorities, on, words)


def _on_plans(
    reader: Reader, then: MeetingThen, plans: dict[UUID, PlanThen], authority: AuthorityFacts, on: date
) -> Iterator[QuestionRow]:
    """The questions on plans put to the meeting that are known at the moment of the plans."""
    asked = [
        (plan.state.challenges[put.question], plan)
        for put in then.state.questions.values()
        if (plan := plans.get(put.plan)) is not None and put.question in plan.state.challenges
    ]
    erased = {subject: one for plan in plans.values() for subject, one in plan.erased.items()}
    words = OpenedWords(reader, erased, (text for one, _ in asked for text in texts_asked(one)))
    for one, plan in asked:
        yield question_row(one, plan, authority, on, words)


def sentence(fact: Any) -> str:
    """What a fact about a meeting says, without the words that came with it. Raises TypeError for any other."""
    match fact:
        case ScrutinyMeetingArranged():
            return f"Arranged for {in_words(fact.day)}."
        case ScrutinyMeetingMoved():
            return f"Moved from {in_words(fact.was)} to {in_words(fact.now)}."
        case MeetingPlansChosen():
            return f"Plans before the meeting: {len(fact.plans)}."
        case ScrutinyMeetingHeld():
            return "Held."
        case PanelViewFixed():
            return f"What the panel saw was fixed: as at {in_words(fact.as_at)}."
        case QuestionPutToMeeting():
            return "A member's question was before the meeting."
        case ResolutionMade():
            due = f", to be done by {in_words(fact.due_on)}" if fact.due_on else ""
            return f"Resolution {fact.resolution} was made{due}."
        case ResolutionCarriedOut():
            return f"Resolution {fact.resolution} was carried out."
        case MeetingHandedOver(instead_of=None):
            return "Handed over to the authority that followed."
        case MeetingHandedOver():
            return "Handed on to the authority that should have had it."
        case NextReportSet():
            return f"The next report is due on {in_words(fact.due_on)}."
        case ScrutinyMeetingWithdrawn():
            return "Withdrawn."
        case MeetingWordsErased():
            return "Words were erased."
    raise TypeError(f"There is no sentence for the fact {type(fact).__name__}.")
