"""Whatever is told, in whatever order: the tables are what a replay of the log says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.dossier import Dossier
from domain.authorities.reconciliation import reconcile
from domain.frameworks import Area, Grade
from domain.ledger.store import open_ledger
from domain.values.activities import Status
from domain.values.judgements import Judgements
from domain.values.statements import Channel, Kind, Period, Stated
from projections.authorities.entries import entry
from projections.authorities.incremental import Pieces
from projections.authorities.projection import TIMELINE
from projections.authorities.timeline import timeline
from projections.engine.projector import Projector
from tests.examples import examples
from tests.projections.story import FIRST, LEEDS, STOCKTON, Store, contents, open_read_side, replayed

EPOCH = date(2018, 1, 1)
days = st.integers(0, 900).map(lambda number: EPOCH + timedelta(days=number))
near_days = st.sampled_from([0, 3, 6, 8, 30, 60, 230, 245, 300]).map(lambda number: EPOCH + timedelta(days=number))
some_day = st.one_of(near_days, days)
grades = st.dictionaries(
    st.sampled_from([Area.OVERALL_EFFECTIVENESS, Area.IN_CARE]), st.sampled_from(Grade), max_size=2
).map(Judgements.of)


@st.composite
def said(draw: Callable[..., Any]) -> Stated:
    kind = draw(st.sampled_from([Kind.INSPECTION, Kind.INSPECTION, Kind.FOCUSED_VISIT, Kind.SELF_EVALUATION]))
    if kind is Kind.SELF_EVALUATION:
        return Stated(kind, on=draw(some_day))
    start, published = draw(st.none() | some_day), draw(st.none() | some_day)
    period = None if start or published else Period(f"{draw(some_day):%Y-%m}")
    given_grades = draw(grades) if kind is Kind.INSPECTION and published else Judgements()
    improvements = draw(st.sampled_from([(), ("Plans.",), ("Plans.", "Visits.")]))
    notified = draw(st.none() | some_day)
    expected = draw(st.none() | some_day) if notified else None
    return Stated(
        kind,
        start=start,
        published=published,
        period=None if notified else period,
        notified=notified,
        expected_start=expected,
        call_withdrawn=draw(st.none() | some_day) if notified else None,
        grades=given_grades,
        improvements=improvements,
    )


authorities = st.sampled_from([STOCKTON, LEEDS])
numbers = st.integers(0, 30)
channels = st.sampled_from([Channel.JT39_HISTORY, Channel.D2I_OVERVIEW, Channel.OFSTED_LATEST])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("state"), authorities, st.lists(said(), min_size=1, max_size=3), channels, some_day),
        st.tuples(st.just("state"), authorities, st.lists(said(), min_size=1, max_size=3), channels, some_day),
        st.tuples(st.just("read"), st.lists(numbers, max_size=4, unique=True), some_day),
        st.tuples(st.just("start"), authorities, some_day),
        st.tuples(st.just("publish"), authorities, numbers, some_day),
        st.tuples(st.just("withdraw"), authorities, st.lists(numbers, min_size=1, max_size=2, unique=True)),
        st.tuples(st.just("strike out"), authorities, numbers),
        st.tuples(st.just("say of it"), authorities, numbers, said()),
        st.tuples(st.just("same"), authorities, numbers, numbers),
        st.tuples(st.just("apart"), authorities, numbers, numbers),
        st.tuples(st.just("rename"), authorities, some_day),
        st.tuples(st.just("clock back"), st.integers(1, 90)),
    ),
    min_size=1,
    max_size=10,
)


def known(store: Store, urn: str) -> Authority:
    authority = store.ledger.load(Authority, Authority.create_id(urn))
    assert authority is not None
    return authority


def tell(store: Store, told: list[Any]) -> None:
    """Carry out the steps; numbers pick among the names that the authority has so far."""
    names: dict[str, list[Any]] = {STOCKTON: [], LEEDS: []}
    statements: list[Any] = []

    def name(urn: str, number: int) -> Any:
        return names[urn][number % len(names[urn])]

    for step in told:
        match step:
            case ("state", urn, what, channel, read_on):
                fresh = store.state(urn, *what, channel=channel, read_on=read_on)
                names[urn] += fresh
                statements += fresh
            case ("read", which, read_on):
                again = {statements[number % len(statements)] for number in which} if statements else set()
                store.read_file("A file", read_on=read_on, restated=sorted(again))
            case ("start", urn, day):
                names[urn].append(store.tell(urn, (facts.FieldworkStarted, {"kind": None, "started_on": day})))
            case ("publish", urn, number, day) if names[urn]:
                words = {"activity": name(urn, number), "judgements": Judgements(), "published_on": day}
                store.tell(urn, (facts.ReportPublished, words))
            case ("withdraw", urn, which) if names[urn]:
                withdrawn = tuple(dict.fromkeys(name(urn, number) for number in which))
                words = {"activity": withdrawn[0], "statements": withdrawn}
                store.tell(urn, (facts.EntryWithdrawn, words), by=store.by(reason="No."))
            case ("strike out", urn, number):
                held = [one for one in known(store, urn).activities if one.status is not Status.WITHDRAWN]
                if held:
                    one = held[number % len(held)]
                    words = {"activity": one.id, "statements": one.statements}
                    store.tell(urn, (facts.EntryWithdrawn, words), by=store.by(reason="Not so."))
            case ("say of it", urn, number, what) if names[urn]:
                fresh = store.state(urn, what, channel=Channel.FORM, read_on=EPOCH, about=name(urn, number))
                statements += fresh
            case ("same", urn, one, other) if names[urn]:
                pair = {"one": name(urn, one), "other": name(urn, other)}
                store.tell(urn, (facts.EntriesRecognisedAsOne, pair), by=store.by(reason="Yes."))
            case ("apart", urn, one, other) if names[urn]:
                pair = {"one": name(urn, one), "other": name(urn, other)}
                store.tell(urn, (facts.EntriesRecognisedAsDistinct, pair), by=store.by(reason="No."))
            case ("rename", urn, day):
                store.tell(urn, (facts.AuthorityRenamed, {"name": f"Name {store.told}", "effective_on": day}))
            case ("clock back", minutes):
                store.now -= timedelta(minutes=minutes)


def told_to_a_store(folder: str, told: list[Any]) -> Store:
    path = str(Path(folder) / "ledger.db")
    store = open_read_side(open_ledger(path, create=True), path)
    store.register(STOCKTON, "Stockton-on-Tees")
    store.register(LEEDS, "Leeds")
    tell(store, told)
    return store


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=steps, page=st.integers(1, 7), remembered=st.sampled_from([1, 512]))
def test_tables_rebuilt_in_any_batches_equal_those_kept_in_any_other(told: list[Any], page: int, remembered: int):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("projections.authorities.projection.AUTHORITIES_REMEMBERED", remembered)
        store = told_to_a_store(folder, told)
        Projector(store.engine, store.ledger, [TIMELINE], page=page).catch_up()
        before = contents(store.engine, TIMELINE)
        Projector(store.engine, store.ledger, [TIMELINE]).rebuild()
        assert contents(store.engine, TIMELINE) == before
        store.engine.dispose()
        store.ledger.close()


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    told=steps,
    as_at=st.lists(some_day, min_size=3, max_size=3),
    minutes=st.lists(st.integers(-5, 20), min_size=3, max_size=3),
)
def test_any_day_as_known_at_any_time_equals_a_replay(told: list[Any], as_at: list[date], minutes: list[int]):
    with TemporaryDirectory() as folder:
        store = told_to_a_store(folder, told)
        store.projector.catch_up()
        reader = store.reader
        for known_at in (None, *(FIRST + timedelta(minutes=minute) for minute in minutes)):
            for day in (*as_at, date(2030, 1, 1)):
                for urn in (STOCKTON, LEEDS):
                    held = replayed(store.ledger, urn, as_at=day, known_at=known_at)
                    shown = [one.activity for one in timeline(reader, urn, as_at=day, known_at=known_at).entries]
                    assert sorted(shown, key=repr) == sorted(held, key=repr)
        store.engine.dispose()
        store.ledger.close()


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(told=steps)
def test_the_timeline_shows_each_entry_once_and_its_address_leads_somewhere(told: list[Any]):
    with TemporaryDirectory() as folder:
        store = told_to_a_store(folder, told)
        store.projector.catch_up()
        for urn in (STOCKTON, LEEDS):
            shown = [one.activity for one in timeline(store.reader, urn, as_at=date(2030, 1, 1)).entries]
            names = [(one.kind, one.id) for one in shown]
            assert len(set(names)) == len(names)
            for one in shown:
                found = entry(store.reader, one.id, as_at=date(2030, 1, 1)).entry.activity
                assert one.id in (found.id, *found.statements)
        store.engine.dispose()
        store.ledger.close()


def test_an_entry_withdrawn_and_then_spoken_of_again_stands_in_the_timeline_once(store: Store):
    store.register(STOCKTON, "Stockton-on-Tees")
    month = Stated(Kind.INSPECTION, period=Period("2018-01"))
    (name,) = store.state(STOCKTON, month, read_on=date(2024, 1, 1))
    published = (facts.ReportPublished, {"activity": name, "judgements": Judgements(), "published_on": EPOCH})
    store.tell(STOCKTON, published)
    (held,) = known(store, STOCKTON).activities
    withdrawn = (facts.EntryWithdrawn, {"activity": name, "statements": held.statements})
    store.tell(STOCKTON, withdrawn, by=store.by(reason="Another authority's."))
    report = Stated(Kind.INSPECTION, published=EPOCH)
    store.state(STOCKTON, report, channel=Channel.FORM, read_on=date(2024, 1, 2), about=name)
    (renewed,) = store.state(STOCKTON, replace(month, start=EPOCH), read_on=date(2024, 1, 3))
    store.projector.catch_up()
    shown = [one.activity for one in timeline(store.reader, STOCKTON, as_at=date(2030, 1, 1)).entries]
    assert {(one.id, one.status, len(one.statements)) for one in shown} == {
        (name, Status.WITHDRAWN, 3),
        (renewed, Status.CURRENT, 1),
    }
    assert len(shown) == 2
    assert entry(store.reader, name, as_at=date(2030, 1, 1)).entry.activity.reason == "Another authority's."


class InMemory:
    """Keeps what is told for as long as the test lasts."""

    def __init__(self) -> None:
        self.facts: list[Any] = []
        self.streams: dict[Any, Any] = {}

    def load(self, cls: type, identity: Any) -> Any:
        return self.streams.get(identity)

    def save(self, stream: Any, *, command: Any) -> None:
        self.streams[stream.id] = stream
        self.facts += stream.collect_events()


@settings(max_examples=examples(100), deadline=None)
@given(told=steps)
def test_an_account_kept_in_pieces_holds_what_the_whole_holds(told: list[Any]):
    ledger: Any = InMemory()
    store = Store(ledger, create_engine("sqlite://"))
    store.register(STOCKTON, "Stockton-on-Tees")
    store.register(LEEDS, "Leeds")
    tell(store, told)
    pieces, whole = Pieces(LEEDS), Dossier(LEEDS)
    held: dict[Any, Any] = {}
    for fact in ledger.facts:
        if isinstance(fact, facts.FileRead):
            for name in set(fact.restated) & set(whole.statements):
                for dossier in (pieces, whole):
                    dossier.restate(name, read_on=fact.read_on, edition=fact.edition)
        elif fact.originator_id == Authority.create_id(LEEDS):
            pieces.apply(fact)
            whole.apply(fact)
        held.update((id(piece), activities) for piece, activities in pieces.reconciled())
        found = [activity for piece in pieces for activity in held[id(piece)]]
        assert sorted(found, key=repr) == sorted(reconcile(whole), key=repr)
