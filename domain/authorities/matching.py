"""Which statements speak of one activity: computed from the whole set, never from the order they came in.

The rules are those of the contract: dates on site at most 7 days apart; failing those, publications at most 7 days
apart; failing those, a publication 1 to 240 days (graded) or 1 to 90 days (visits, JTAI) after the start. The nearest
pair is joined first, and no group may hold starts more than 7 days apart. An officer's word comes before all.

A call is matched by the first day on site expected after it, and another telling of the call by its day. One that was
withdrawn is of nothing that came later.

What cannot be right joins nothing: statements whose days are doubtful are matched last, each to the nearest group or
among themselves, so that no group of others is another for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.rulebook.announced.days import days_after_call
from domain.rulebook.bank_holidays import BANK_HOLIDAYS
from domain.values.statements import Channel, Kind, Period, Statement

NEAR = 7
"""Days by which two dates of one activity may differ, inclusive."""

PUBLISHED_WITHIN: Mapping[Kind, int] = {
    Kind.INSPECTION: 240,
    Kind.FOCUSED_VISIT: 90,
    Kind.MONITORING_VISIT: 90,
    Kind.JTAI: 90,
    Kind.AREA_SEND: 180,
    Kind.YOUTH_JUSTICE: 180,
}
"""Days after the first day on site within which a publication can belong to it, inclusive."""

CALLED_WITHIN = 42
"""Days after a call within which a first day on site can belong to it, where the days expected are not known."""


@dataclass(frozen=True)
class _Voice:
    """Statements that share their dates, or that an officer tied together; the smallest thing to be matched.

    `later` are the first days of further periods on site, by which a source may know an inspection too (R-059).
    `called` is the day of a call, `expected` the first day on site after it, as announced or by the rulebook, and
    `withdrawn` the day on which the call was taken back."""

    start: int | None
    later: frozenset[int]
    published: int | None
    months: frozenset[Period]
    members: tuple[Statement, ...]
    name: UUID
    called: int | None = None
    expected: int | None = None
    withdrawn: int | None = None

    @property
    def only_called(self) -> bool:
        """It tells of the call and of nothing after it."""
        return self.called is not None and self.start is None and self.published is None


def groups_of(
    statements: Iterable[Statement],
    *,
    same: Sequence[tuple[UUID, UUID]] = (),
    apart: Sequence[tuple[UUID, UUID]] = (),
    doubtful: Collection[UUID] = (),
) -> list[tuple[Statement, ...]]:
    """The statements of one authority, grouped by the activity they speak of.

    `same` and `apart` are officers' rulings on pairs of statement or activity ids; `doubtful` are statements whose days
    cannot be right."""
    groups: list[tuple[Statement, ...]] = []
    for kind, of_kind in _by_kind(statements).items():
        ties = _Ties(of_kind, same, apart)
        if kind.on_site:
            loose = [one for one in of_kind if one.id in doubtful and ties.tied(one) is None] if doubtful else []
            if loose:
                groups += _with_doubtful(kind, [one for one in of_kind if one not in loose], loose, ties)
            else:
                groups += _by_dates(kind, of_kind, ties)
        elif kind is Kind.SUCCESSION_ANNOUNCED:
            groups += _by_announcement(of_kind, ties)
        else:
            groups += _by_day(of_kind, ties)
    return groups


def struck_out(
    statements: Iterable[Statement], withdrawn: Container[UUID], *, together: Sequence[tuple[UUID, UUID]]
) -> list[tuple[Statement, ...]]:
    """The statements of entries that were withdrawn, each entry as it was then; `together` ties what one withdrawal
    named.

    An entry is withdrawn whole: a statement about it by name, or one that another of its statements names, is struck
    out with it whenever it was told. Otherwise what was withdrawn and what is held would bear one id. Dates join
    nothing here: two entries withdrawn apart stay two, each with its reason."""
    groups: list[tuple[Statement, ...]] = []
    for of_kind in _by_kind(statements).values():
        ties = _Ties(of_kind, together, ())
        entries: dict[UUID, list[Statement]] = defaultdict(list)
        for statement in of_kind:
            entries[ties.tied(statement) or statement.id].append(statement)
        groups += [tuple(entry) for entry in entries.values() if any(one.id in withdrawn for one in entry)]
    return groups


def _by_kind(statements: Iterable[Statement]) -> Mapping[Kind, list[Statement]]:
    found: dict[Kind, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.said.kind].append(statement)
    return found


class _Ties:
    """What an officer said belongs together or apart, and what each of an officer's facts is about."""

    def __init__(
        self, statements: list[Statement], same: Sequence[tuple[UUID, UUID]], apart: Sequence[tuple[UUID, UUID]]
    ) -> None:
        self.apart = {frozenset(pair) for pair in apart}
        self._above: dict[UUID, UUID] = {}
        for statement in statements:
            if statement.about is not None:
                self._link(statement.id, statement.about)
        for one, other in same:
            self._link(one, other)

    def _root(self, identity: UUID) -> UUID:
        while (above := self._above.setdefault(identity, identity)) != identity:
            identity = above
        return identity

    def _link(self, one: UUID, other: UUID) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._above[first] = second

    def tied(self, statement: Statement) -> UUID | None:
        """A name shared by all statements tied together; None for one that nobody tied to anything."""
        return self._root(statement.id) if statement.id in self._above else None

    def told_apart(self, statement: Statement) -> UUID | None:
        """Its own id where an officer told it apart from another; only those that nobody told apart share a day."""
        return statement.id if any(statement.id in pair for pair in self.apart) else None

    def forbids(self, one: Iterable[_Voice], other: Iterable[_Voice]) -> bool:
        if not self.apart:
            return False
        left = {name for voice in one for name in _names(voice.members)}
        right = {name for voice in other for name in _names(voice.members)}
        return any(frozenset((a, b)) in self.apart for a in left for b in right)


def _names(statements: Iterable[Statement]) -> Iterable[UUID]:
    for statement in statements:
        yield statement.id
        if statement.about is not None:
            yield statement.about


def _by_day(statements: list[Statement], ties: _Ties) -> list[tuple[Statement, ...]]:
    """Meetings, documents, deadlines, other inspections: one thing where the kind, the day or the period, and what is
    named are the same."""
    found: dict[object, list[Statement]] = defaultdict(list)
    for statement in statements:
        said = statement.said
        day = said.on or said.start or said.period or said.published or said.kind
        named = (said.inspectorate, said.title)
        found[ties.tied(statement) or (ties.told_apart(statement), day, named)].append(statement)
    return [tuple(members) for members in found.values()]


def _by_announcement(statements: list[Statement], ties: _Ties) -> list[tuple[Statement, ...]]:
    """Announcements that an authority ends: one where they name one vesting day, or were published on one day, so that
    a vesting day put right is a correction and no second end. Sources mean one also where either day is at most 7 days
    apart: then they disagree. What officers announce anew is another where the day or the successors are. Told apart,
    they stay apart."""
    found: list[list[Statement]] = []
    for statement in sorted(statements, key=lambda one: one.id):
        near = [others for others in found if any(_one_announcement(statement, other, ties) for other in others)]
        found = [others for others in found if others not in near]
        found.append([statement, *(one for others in near for one in others)])
    return [tuple(members) for members in found]


def _one_announcement(one: Statement, other: Statement, ties: _Ties) -> bool:
    if (tied := ties.tied(one)) is not None and tied == ties.tied(other):
        return True
    if ties.told_apart(one) != ties.told_apart(other):
        return False
    if one.channel is other.channel is Channel.FORM:
        return one.said.on == other.said.on and set(one.said.successors) == set(other.said.successors)
    days = ((one.said.on, other.said.on), (one.said.published, other.said.published))
    return any(a is not None and b is not None and abs((a - b).days) <= NEAR for a, b in days)


def _by_dates(kind: Kind, statements: list[Statement], ties: _Ties) -> list[tuple[Statement, ...]]:
    voices = _voices(statements, ties)
    group_of = {index: [index] for index in range(len(voices))}
    for first, second in _candidates(voices, PUBLISHED_WITHIN[kind]):
        one, other = group_of[first], group_of[second]
        if one is other:
            continue
        if _too_far_apart([voices[i] for i in (*one, *other)]):
            continue
        if ties.forbids((voices[i] for i in one), (voices[i] for i in other)):
            continue
        one.extend(other)
        for index in other:
            group_of[index] = one
    groups = {id(indexes): [voices[i] for i in indexes] for indexes in group_of.values()}
    return [
        tuple(member for voice in group for member in voice.members)
        for group in _with_months(list(groups.values()), ties)
    ]


def _too_far_apart(voices: Sequence[_Voice]) -> bool:
    """Whether they would hold starts more than `NEAR` days apart, or a withdrawn call with what came after. One that
    knows a later period only is no such."""
    if _after_withdrawal(voices):
        return True
    later = {day for voice in voices for day in voice.later}
    known = [
        voice.start
        for voice in voices
        if voice.start is not None and all(abs(voice.start - day) > NEAR for day in later)
    ]
    return bool(known) and max(known) - min(known) > NEAR


def _after_withdrawal(voices: Sequence[_Voice]) -> bool:
    withdrawn = min((voice.withdrawn for voice in voices if voice.withdrawn is not None), default=None)
    if withdrawn is None:
        return False
    days = (day for voice in voices for day in (voice.called, voice.start, voice.published))
    return any(day is not None and day > withdrawn for day in days)


def _with_doubtful(
    kind: Kind, sound: list[Statement], loose: list[Statement], ties: _Ties
) -> list[tuple[Statement, ...]]:
    """The groups of what is sound, each doubtful statement added to the nearest; the rest are groups of their own."""
    groups = [(group, _voices(list(group), ties)) for group in _by_dates(kind, sound, ties)]
    voices = _voices(loose, ties)
    candidates = sorted(
        (nearness, voice.start or 0, voice.published or 0, voice.name, other.name, first, second)
        for first, voice in enumerate(voices)
        for second, (_, others) in enumerate(groups)
        for other in others
        if (nearness := _nearness(voice, other, PUBLISHED_WITHIN[kind])) is not None
    )
    joined: dict[int, int] = {}
    for *_, first, second in candidates:
        others = groups[second][1]
        if first not in joined and not (
            _too_far_apart([*others, voices[first]]) or ties.forbids([voices[first]], others)
        ):
            joined[first] = second
            others.append(voices[first])
    alone = [member for first, voice in enumerate(voices) if first not in joined for member in voice.members]
    found = [
        (*group, *(member for first, of in joined.items() if of == second for member in voices[first].members))
        for second, (group, _) in enumerate(groups)
    ]
    return found + (_by_dates(kind, alone, ties) if alone else [])


def _voices(statements: list[Statement], ties: _Ties) -> list[_Voice]:
    """Statements with the same dates match everything alike, so they are one voice, unless told apart."""
    shared: dict[object, list[Statement]] = defaultdict(list)
    for statement in statements:
        said = statement.said
        dates: object = (said.start, said.published, said.period if _only_period(statement) else None)
        if ties.apart or dates == (None, None, None):
            dates = statement.id
        shared[ties.tied(statement) or dates].append(statement)
    return [_voice(members) for members in shared.values()]


def _voice(members: list[Statement]) -> _Voice:
    newest_first = sorted(members, key=lambda s: (s.read_on, s.order, s.id), reverse=True)
    start = next((s.said.start for s in newest_first if s.said.start), None)
    published = next((s.said.published for s in newest_first if s.said.published), None)
    months = frozenset(s.said.period for s in members if _only_period(s) and s.said.period is not None)
    later = frozenset(one.start.toordinal() for s in members for one in s.said.periods[1:])
    call = next((s for s in newest_first if s.said.notified), None)
    withdrawn = next((s.said.call_withdrawn for s in newest_first if s.said.call_withdrawn), None)
    return _Voice(
        start=_ordinal(start),
        later=later,
        published=_ordinal(published),
        months=months,
        members=tuple(members),
        name=min(s.id for s in members),
        called=_ordinal(call.said.notified) if call else None,
        expected=_ordinal(_expected(call)) if call else None,
        withdrawn=_ordinal(withdrawn),
    )


def _expected(call: Statement) -> date | None:
    """The first day on site after a call: as announced, else by the rulebook; None where neither says."""
    said = call.said
    if said.expected_start is not None or said.notified is None:
        return said.expected_start
    days = days_after_call(said.kind, None, said.notified, BANK_HOLIDAYS)
    return None if days is None else days.first


def _only_period(statement: Statement) -> bool:
    said = statement.said
    return said.period is not None and said.start is None and said.published is None


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _candidates(voices: list[_Voice], published_within: int) -> list[tuple[int, int]]:
    """Pairs that match, nearest first: by starts, then by publications, then from start to publication."""
    found = []
    for first, one in enumerate(voices):
        for second in range(first + 1, len(voices)):
            nearness = _nearness(one, voices[second], published_within)
            if nearness is not None:
                other = voices[second]
                dates = sorted(
                    [
                        (one.start or 0, one.published or 0, one.name),
                        (other.start or 0, other.published or 0, other.name),
                    ]
                )
                found.append((nearness, dates, first, second))
    found.sort(key=lambda candidate: candidate[:2])
    return [(first, second) for _, _, first, second in found]


def _nearness(one: _Voice, other: _Voice, published_within: int) -> tuple[int, int] | None:
    """How near two voices are: (0, days between starts), (1, days between publications) or (2, days from start to
    publication); None where they do not match."""
    if one.only_called or other.only_called:
        return _nearness_of_call(*((one, other) if one.only_called else (other, one)), published_within)
    if one.start is not None and other.start is not None:
        apart = min(abs(first - second) for first in (one.start, *one.later) for second in (other.start, *other.later))
        return (0, apart) if apart <= NEAR else None
    if one.start is None and other.start is None:
        if one.published is None or other.published is None:
            return None
        apart = abs(one.published - other.published)
        return (1, apart) if apart <= NEAR else None
    begun, published = (one, other) if one.start is not None else (other, one)
    if published.published is None or begun.start is None:
        return None
    if begun.published == published.published:
        return (1, 0)
    apart = published.published - max((begun.start, *begun.later))
    return (2, apart) if 1 <= apart <= published_within else None


def _nearness_of_call(call: _Voice, other: _Voice, published_within: int) -> tuple[int, int] | None:
    """The same of a call: two calls are one where their days are less than a week apart."""
    assert call.called is not None
    if other.called is not None and abs(call.called - other.called) < NEAR:
        return (0, abs(call.called - other.called))
    if other.start is not None:
        if call.expected is None:
            apart = other.start - call.called
            return (3, apart) if 0 <= apart <= CALLED_WITHIN else None
        apart = min(abs(first - call.expected) for first in (other.start, *other.later))
        return (0, apart) if apart <= NEAR else None
    if other.published is None:
        return None
    apart = other.published - (call.expected or call.called)
    return (2, apart) if 1 <= apart <= published_within else None


def _with_months(groups: list[list[_Voice]], ties: _Ties) -> list[list[_Voice]]:
    """A statement that knows only the month joins the one activity that began in that month, if there is just one.

    Beyond the contract's rules; `docs/decisions/0006-a-month-joins-its-day.md` says why."""
    dated = [group for group in groups if any(voice.start is not None for voice in group)]
    joined = []
    for group in groups:
        months = {month for voice in group for month in voice.months if month.precision == "month"}
        if not months or any(voice.start is not None or voice.published is not None for voice in group):
            joined.append(group)
            continue
        (month, *others) = sorted(months)
        hosts = [
            host
            for host in dated
            if any(voice.start is not None and date.fromordinal(voice.start) in month for voice in host)
        ]
        if others or len(hosts) != 1 or ties.forbids(hosts[0], group):
            joined.append(group)
        else:
            hosts[0].extend(group)
    return joined
