"""Whoever ends and begins, every area has exactly one authority on every day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from domain.rulebook.succession.lineage import Lineage, RecordedSpan
from domain.rulebook.succession.successions import Succession, successions
from domain.values.activities import Activity, AuthorityFacts
from domain.values.statements import Kind
from tests.domain.rulebook.story import activity

SPACE = UUID("00000000-0000-0000-0000-0000000000ab")
DAY = timedelta(days=1)
TODAY = date(2026, 11, 30)
OLD = ("10001", "10002", "10003", "10004")
"""Those that were there all the time."""


class England:
    """What administrators may record: who ends on a day, whom new and old follow, and what is taken back."""

    def __init__(self) -> None:
        self.recorded: dict[str, RecordedSpan] = {urn: RecordedSpan() for urn in OLD}
        self.held: dict[str, list[Activity]] = {urn: [] for urn in OLD}
        self.told_to = date.min
        self.vesting_days: set[date] = set()

    def lineage(self) -> Lineage:
        held: Mapping[str, Sequence[Succession]] = {urn: successions(found) for urn, found in self.held.items()}
        return Lineage(self.recorded, held)

    def announce(self, urn: str, ends_on: date, day: date, successors: Sequence[str]) -> None:
        """Told on a day, never before what was told already; refused as the command would be."""
        now = self.lineage()
        begins, ends = now.begins(urn, day), now.ends(urn, day)
        cannot_be = day <= self.told_to or begins.never or not max(begins.formed_on or date.min, day) < ends_on
        if cannot_be or (ends is not None and (ends.on <= day or ends.on == ends_on)):
            return
        for key in successors:
            begins, ends = now.begins(key, day), now.ends(key, day)
            too_late = not begins.never and (begins.formed_on or date.min) > ends_on
            if urn in now.after(key, day):
                return
            if key == urn or (key in self.recorded and too_late) or (ends is not None and ends.on <= ends_on):
                return
        for key in successors:
            known = self.recorded.setdefault(key, RecordedSpan(formed_on=ends_on, predecessors=(urn,)))
            self.held.setdefault(key, [])
            if known.formed_on is not None and known.abolished_on is None and urn not in known.predecessors:
                self.recorded[key] = RecordedSpan(known.formed_on, predecessors=(*known.predecessors, urn))
        self._tell(urn, Kind.SUCCESSION_ANNOUNCED, day, on=ends_on, successors=tuple(successors))
        self.vesting_days.add(ends_on)

    def cancel(self, urn: str, day: date) -> None:
        ends = self.lineage().ends(urn, day)
        if day > self.told_to and ends is not None and day < ends.on:
            self._tell(urn, Kind.SUCCESSION_CANCELLED, day)

    def carry_out(self, urn: str, day: date) -> None:
        ends = self.lineage().ends(urn, day)
        if day > self.told_to and ends is not None and ends.on <= day and self.recorded[urn].abolished_on is None:
            was, self.told_to = self.recorded[urn], day
            self.recorded[urn] = RecordedSpan(was.formed_on, ends.on, ends.successors, was.predecessors)

    def _tell(self, urn: str, kind: Kind, day: date, **values: object) -> None:
        self.told_to = day
        self.held[urn].append(activity(kind, id=uuid5(SPACE, f"{urn} {day}"), urn=urn, published=day, **values))


NAMES = (*OLD, "new-a", "new-b", "new-c", "new-d")
VESTING = st.integers(0, 5).map(lambda year: date(2026 + year, 4, 1))
TOLD = st.integers(0, 70).map(lambda months: date(2025, 10, 1) + months * timedelta(days=30))
URNS = st.sampled_from(NAMES)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("announce"), URNS, VESTING, TOLD, st.lists(URNS, min_size=1, max_size=3, unique=True)),
        st.tuples(st.just("cancel"), URNS, TOLD),
        st.tuples(st.just("carry_out"), URNS, TOLD),
    ),
    max_size=8,
)


@given(STEPS, st.integers(-400, 400), st.integers(-400, 400))
def test_between_any_two_days_around_a_vesting_day_every_area_has_exactly_one_authority(told, before, after):
    england = England()
    for what, urn, *rest in sorted(told, key=lambda step: step[3] if step[0] == "announce" else step[2]):
        if urn in england.held:
            getattr(england, what)(urn, *rest)
    lineage = england.lineage()
    for vesting in england.vesting_days or {TODAY}:
        for day in {vesting + timedelta(days=before), vesting - DAY, vesting, vesting + timedelta(days=after)}:
            there = {urn for urn in england.recorded if lineage.exists_on(urn, day)}
            served = {area: lineage.serving(area, day) for area in OLD}
            assert all(served.values()), "every area is served"
            assert frozenset().union(*served.values()) == there, "by all that are there, and by nobody else"


def test_an_area_that_is_divided_joined_to_another_and_divided_again():
    england = England()
    first, second = date(2027, 4, 1), date(2029, 4, 1)
    england.announce(OLD[0], first, TODAY, ["new-a", OLD[1]])
    england.announce(OLD[2], first, TODAY + DAY, ["new-a"])
    england.announce("new-a", second, date(2028, 1, 1), ["new-b", "new-c"])
    lineage = england.lineage()
    assert [lineage.serving(OLD[0], day) for day in (first - DAY, first, second)] == [
        {OLD[0]},
        {"new-a", OLD[1]},
        {"new-b", "new-c", OLD[1]},
    ]
    assert [(one.predecessor, one.on) for one in lineage.came_from("new-a", first)] == [
        (OLD[0], first),
        (OLD[2], first),
    ]
    assert [one.predecessor for one in lineage.came_from(OLD[1], first)] == [OLD[0]]
    assert lineage.begins(OLD[1], first).formed_on is None, "it only grows"


def test_whoever_follows_only_by_what_was_taken_back_never_begins_nor_passes_anything_on():
    england = England()
    england.announce(OLD[0], date(2027, 4, 1), date(2026, 1, 1), ["new-a"])
    england.announce("new-a", date(2028, 4, 1), date(2026, 2, 1), ["new-b"])
    england.cancel(OLD[0], date(2026, 5, 1))
    lineage = england.lineage()
    assert lineage.begins("new-a", date(2026, 4, 30)).formed_on == date(2027, 4, 1)
    assert [lineage.begins(key, TODAY).never for key in ("new-a", "new-b")] == [True, True]
    assert lineage.begins("new-a", TODAY).taken_back_on == date(2026, 5, 1)
    assert lineage.serving(OLD[0], date(2030, 1, 1)) == {OLD[0]}
    assert not any(lineage.exists_on(key, date(2030, 1, 1)) for key in ("new-a", "new-b"))


def test_facts_carry_both_directions_with_names():
    england = England()
    england.announce(OLD[0], date(2027, 4, 1), date(2026, 1, 1), ["new-a"])
    held = {OLD[0]: successions(england.held[OLD[0]])}
    lineage = Lineage(england.recorded, held, name=lambda key: f"Called {key}")
    ends = lineage.facts_on(AuthorityFacts(OLD[0], "Old"), TODAY)
    assert (ends.ends_on, ends.successors, ends.successor_names) == (date(2027, 4, 1), ("new-a",), ("Called new-a",))
    assert ends.abolished_on is None
    begins = lineage.facts_on(AuthorityFacts("new-a", "New"), TODAY)
    assert (begins.formed_on, begins.predecessors) == (date(2027, 4, 1), (OLD[0],))
