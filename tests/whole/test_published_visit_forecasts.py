"""Forecasts of focused visits on all published letters: what they must reach, and that nothing later leaks in."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from domain.application import Application
from domain.ledger.store import open_ledger
from domain.register.register import REGISTER
from domain.rulebook.forecast.backtest import quarters
from domain.rulebook.forecast.forecast import Forecaster
from domain.rulebook.forecast.queue import NationalQueue
from domain.rulebook.forecast.visit_backtest import VisitBacktest, visit_trials_on, visits_summed
from domain.rulebook.forecast.visits import VisitForecaster
from domain.values.activities import Activity
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.statements import Kind
from tests.domain.rulebook.story import england, on
from tests.published import folder_of_real_files
from web.files.run import import_paths

Histories = Mapping[str, tuple[Activity, ...]]

AUTHORITIES = [row.facts for row in REGISTER]
COMPLETE_UNTIL = date(2026, 1, 26)
"""The table holds every letter published by then."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Histories:
    folder = folder_of_real_files()
    ledger = open_ledger(tmp_path_factory.mktemp("visits") / "ledger.db", create=True)
    timeline = Application(ledger)
    timeline.authorities.register_authorities(at=datetime(2026, 9, 1, tzinfo=UTC))
    files = [folder / name for name in ("jt39_history", "ofsted_official", "other_inspections")]
    import_paths(timeline, files, actor="import")
    letters = _letters(folder / "visits" / "focused_visits_2018-02_to_2026-01.csv")
    found = {}
    for facts in AUTHORITIES:
        others = timeline.authorities.authority(facts.urn).activities
        rest = tuple(one for one in others if one.kind is not Kind.FOCUSED_VISIT)
        found[facts.urn] = (*rest, *letters.get(facts.urn, ()))
    ledger.close()
    return found


def _letters(path: Path) -> dict[str, list[Activity]]:
    """Each row as a visit, whatever else tells of it."""
    found: dict[str, list[Activity]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            visit = Activity(
                id=uuid5(NAMESPACE_URL, f"visits:{number}"),
                urn=row["urn"],
                kind=Kind.FOCUSED_VISIT,
                start=on(row["visit_start"]),
                end=on(row["visit_end"]),
                published=on(row["published"]),
                priority_action=row["areas_for_priority_action"] == "yes",
            )
            found.setdefault(row["urn"], []).append(visit)
    assert sum(map(len, found.values())) == 371
    return found


def forecaster(held: Histories) -> VisitForecaster:
    queue = NationalQueue(held, AUTHORITIES, holidays=england())
    known = KnownUntil.of({KnownKind.FOCUSED_VISIT: COMPLETE_UNTIL})
    return VisitForecaster(Forecaster(queue), held, dict.fromkeys(held, known))


@pytest.fixture(scope="module")
def found(held: Histories) -> VisitBacktest:
    made = forecaster(held)
    asked = quarters(on("2022-07-01"), on("2025-04-01"))
    return visits_summed(asked, lambda day: visit_trials_on(made, day), COMPLETE_UNTIL)


def test_forecasts_from_twelve_quarters_reach_what_was_reached_when_they_were_chosen(found: VisitBacktest):
    assert found.total is not None
    assert len(found.origins) == 12
    assert found.total.n > 1600
    assert found.total.brier <= 0.091
    assert found.total.brier_base_rate == pytest.approx(0.110, abs=0.002)


def test_what_was_said_is_about_what_came_in_every_tenth_with_fifty_forecasts(found: VisitBacktest):
    assert found.total is not None
    large = [one for one in found.total.calibration if one.n >= 50]
    assert len(large) >= 4
    for one in large:
        assert abs(one.forecast - one.happened) <= 0.12, one


@pytest.mark.parametrize("origin", ["2022-07-01", "2024-04-01"])
def test_what_was_published_later_changes_no_earlier_forecast(held: Histories, origin: str):
    until = on(origin)
    public = {urn: tuple(one for one in activities if one.public_on < until) for urn, activities in held.items()}
    whole, short = forecaster(held).forecasts(until), forecaster(public).forecasts(until)
    assert len(whole) > 120
    assert whole == {urn: short[urn] for urn in whole}
