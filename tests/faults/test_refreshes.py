"""A thousand refreshes with every way of failing: nothing is lost, nothing is kept twice, and the log is sound."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from domain.frameworks import Area, Grade
from domain.register.register import REGISTER
from tests import CHECKOUT
from tests.installation import Installation
from tests.web.places.files import HEADER
from tests.web.places.stub import Site, site
from web.places.client import Client, Limits
from web.places.refresh import refresh
from web.places.table import FilePlace
from web.places.waiting import decide
from web.store.settings import VERSION
from web.store.store import Store
from web.store.waiting import SET_ASIDE, TAKEN_IN, WHOLE

QUICK = Limits(body=1 << 20, silence=0.2, whole=1.0, pause=0.0)
BEGIN = date(2019, 1, 7)
"""A Monday."""

APART = 500
"""Days between two reports of one authority."""

PATH = "/history.csv"
GRADES = (Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.OUTSTANDING)


class Killed(BaseException):
    """The process ends here: nothing after it is run."""


@dataclass
class Published:
    """What the place has published: by authority and first day on site, the grade of leaders. `named` are the
    authorities of the register that it tells of."""

    chance: Random
    rows: dict[tuple[str, date], Grade] = field(default_factory=dict)
    refused: set[tuple[str, date, Grade]] = field(default_factory=set)
    named: tuple[Any, ...] = REGISTER.current[:30]

    def grow(self, on: date) -> None:
        last = dict(sorted(self.rows, key=lambda key: key[1]))
        free = [one.facts.urn for one in self.named if on - last.get(one.facts.urn, date.min) > timedelta(days=APART)]
        if free:
            monday = on - timedelta(days=on.weekday() + 56)
            self.rows[self.chance.choice(free), monday] = Grade.GOOD

    def correct(self) -> None:
        if self.rows:
            key = self.chance.choice(sorted(self.rows))
            self.rows[key] = self.chance.choice([grade for grade in GRADES if grade is not self.rows[key]])

    def file(self, part: float = 1.0) -> bytes:
        names = {one.facts.urn: one.facts.name.lower() for one in self.named}
        told = [
            f'{urn},"{names[urn]}",https://files.ofsted.gov.uk/v1/file/{50_000_000 + int(urn)}{start:%y%m},'
            f"{start + timedelta(days=42):%d/%m/%y},short,{start:%d/%m/%Y},{start + timedelta(days=4):%d/%m/%Y},"
            f"good,{grade.value.replace('_', ' ')},good,good,good"
            for (urn, start), grade in sorted(self.rows.items())
        ]
        return "\n".join([HEADER, *told[: round(len(told) * part)], ""]).encode()


def faults(served: Site, file: bytes, half: bytes) -> list[Callable[[], object]]:
    return [
        lambda: served.refuses(PATH, 500),
        lambda: served.refuses(PATH, 404),
        lambda: served.refuses(PATH, 200, b"<!DOCTYPE html><p>Sorry", **{"Content-Type": "text/html"}),
        lambda: served.cuts_off(PATH, file[: len(file) // 2]),
        lambda: served.says_it_is_large(PATH, 200 << 20),
        lambda: served.leads(PATH, "http://127.0.0.1:9/history.csv"),
        lambda: served.is_a_bomb(PATH, 4 << 20),
        lambda: served.gives(PATH, half),
        lambda: served.gives(PATH, b"a,b\n1,2\n"),
    ]


def look(store: Store, served: Site, on: date) -> None:
    with Client(VERSION, limits=QUICK) as client:
        refresh(
            store, [FilePlace("here", served.address + PATH, "jt39_history", "daily", loopback=True)], client, on=on
        )


def killable(store: Store, patch: pytest.MonkeyPatch, chance: Random) -> None:
    """The process may end before or after anything that is kept."""
    fuse = [chance.randrange(1, 14)]

    def burning(act: Callable[..., Any]) -> Callable[..., Any]:
        def acts(*values: Any, **words: Any) -> Any:
            fuse[0] -= 1
            if not fuse[0]:
                if chance.random() < 0.5:
                    act(*values, **words)
                raise Killed
            return act(*values, **words)

        return acts

    for owner, names in (
        (store.ledger, ["save"]),
        (store.waiting, ["keep", "decide", "apply", "supersede"]),
        (store.looks, ["note", "begin_run", "end_run"]),
    ):
        for name in names:
            patch.setattr(owner, name, burning(getattr(owner, name)))


def decide_some(store: Store, published: Published, chance: Random, *, every: bool = False) -> None:
    for file in store.waiting.all():
        parts = [part for part in file.undecided if every or chance.random() < 0.6]
        states = {part.urn: TAKEN_IN if every or chance.random() < 0.7 else SET_ASIDE for part in parts}
        if states:
            for urn, state in states.items():
                if state == SET_ASIDE and urn != WHOLE:
                    published.refused |= {(*key, grade) for key, grade in published.rows.items() if key[0] == urn}
            decide(store, file.id, states, by="local", reason="As the letter says.", command=uuid4())


@pytest.mark.parametrize("rounds", [25, pytest.param(1000, marks=pytest.mark.soak)])
def test_whatever_fails_in_between_all_that_was_published_is_held_once(tmp_path: Path, rounds: int):
    chance = Random(rounds)
    made, published, on = Installation(tmp_path / "instance"), Published(chance), BEGIN
    made.store.migrate()
    happened: Counter[str] = Counter()
    with made.app.app_context(), site() as served:
        store = made.store
        for _ in range(rounds):
            on += timedelta(days=2)
            if chance.random() < 0.5:
                published.grow(on)
            if chance.random() < 0.15:
                published.correct()
            if chance.random() < 0.35:
                chance.choice(faults(served, published.file(), published.file(0.5)))()
                happened["fault"] += 1
            else:
                served.gives(PATH, published.file())
            with pytest.MonkeyPatch.context() as patch:
                if chance.random() < 0.3:
                    killable(store, patch, chance)
                try:
                    look(store, served, on)
                    if chance.random() < 0.4:
                        decide_some(store, published, chance)
                except Killed:
                    happened["killed"] += 1
                    patch.undo()
                    store.close()
            happened["waited"] += bool(store.waiting.count())
        for _ in range(4):
            served.gives(PATH, published.file())
            look(store, served, on := on + timedelta(days=2))
            decide_some(store, published, chance, every=True)
        assert store.waiting.count() == 0
        held = {
            (one.facts.urn, entry.start): dict(entry.grades).get(Area.IMPACT_OF_LEADERS)
            for one in published.named
            for entry in store.application.authorities.authority(one.facts.urn).activities
        }
        entries = sum(len(store.application.authorities.authority(one.facts.urn).activities) for one in published.named)
        assert entries == len(held), "nothing twice"
        assert set(held) <= set(published.rows)
        lost = {(*key, grade) for key, grade in published.rows.items() if key not in held}
        assert lost <= published.refused, "nothing lost but what was set aside"
        different = {key for key, grade in published.rows.items() if held.get(key, grade) is not grade}
        assert different <= {(urn, start) for urn, start, _ in published.refused}
        assert all(happened[what] for what in ("fault", "killed", "waited")), happened
    assert made.run("ledger", "verify").exit_code == 0
    made.store.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Site, Path]]:
    """A place with a report of each of thirty authorities, and a table that names it alone."""
    published = Published(Random(1))
    for days in range(30):
        published.grow(BEGIN + timedelta(days=days))
    with site() as served:
        address = served.gives(PATH, published.file())
        table = tmp_path / "places.yaml"
        row = f"{{name: here, address: '{address}', format: jt39_history, cadence: daily, loopback: true}}"
        table.write_text(f"places: [{row}]", encoding="utf-8")
        yield served, table


@pytest.mark.parametrize("after", [4, *(pytest.param(count, marks=pytest.mark.soak) for count in range(1, 34, 3))])
def test_a_refresh_killed_at_any_instant_is_completed_by_the_next(tmp_path: Path, place: tuple[Site, Path], after: int):
    served, table = place
    home = tmp_path / "instance"
    made = Installation(home)
    made.store.migrate()
    begun = made.store.ledger.max_position()
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "sources", "refresh"]
    environment = os.environ | {"TIMELINE_HOME": str(home), "TIMELINE_PLACES": str(table)}
    process = subprocess.Popen(
        words, cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while made.store.ledger.max_position() < begun + after and process.poll() is None:
        assert time.monotonic() < deadline, "the refresh never got there"
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with made.app.app_context():
        look(made.store, served, date(2026, 9, 1))
        look(made.store, served, date(2026, 9, 1))
        histories = [made.store.application.authorities.authority(one.facts.urn) for one in REGISTER.current[:30]]
        held = [len(one.activities) for one in histories]
    assert held == [1] * 30
    assert made.run("ledger", "verify").exit_code == 0
    made.store.close()
