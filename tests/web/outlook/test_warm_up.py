"""What takes long when first asked for is worked out beforehand, and asked for it is there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from domain.rulebook.forecast.backtest import Trial, trials_on
from domain.rulebook.forecast.forecast import Forecaster
from domain.values.errors import Busy, StoreUnavailable
from projections.engine.database import writing
from projections.engine.tables import horizon
from tests.installation import Installation
from tests.web.outlook.test_forecasts import england as england
from web.outlook import warm_up
from web.words.dates import today

FIRST = date(2025, 7, 1)


def test_the_page_of_forecasts_finds_its_quarters_worked_out(england: Installation, monkeypatch: pytest.MonkeyPatch):
    working = warm_up.begin(england.store, first=FIRST, on=today())
    assert working is not None
    working.join()

    def never(*_: Any) -> None:
        raise AssertionError("a quarter was worked out again")

    monkeypatch.setattr("projections.outlook.forecasts.trials_on", never)
    monkeypatch.setattr("projections.outlook.forecasts.visit_trials_on", never)
    assert england.app.test_client().get(f"/coming-up/forecasts?from={FIRST}").status_code == 200
    assert england.app.test_client().get(f"/coming-up/forecasts/visits?from={FIRST}").status_code == 200
    with pytest.raises(AssertionError, match="worked out again"):
        england.app.test_client().get("/coming-up/forecasts?from=2019-01-01")


def test_what_was_worked_out_is_kept_for_the_next_server_until_the_history_moves_on(
    england: Installation, monkeypatch: pytest.MonkeyPatch
):
    asked = f"/coming-up/forecasts?from={FIRST}&to=2025-12-31"
    before = england.app.test_client().get(asked).text
    worked_out: list[date] = []

    def counted(forecaster: Forecaster, on: date) -> list[Trial]:
        worked_out.append(on)
        return trials_on(forecaster, on)

    monkeypatch.setattr("projections.outlook.forecasts.trials_on", counted)
    another = Installation(england.home)
    try:
        assert another.app.test_client().get(asked).text == before
        assert worked_out == []
        with writing(another.store.engine) as connection:
            newest = connection.scalar(select(func.max(horizon.c.position)))
            connection.execute(insert(horizon).values(position=newest + 1_000_000, read_on=date(2026, 1, 1)))
        assert another.app.test_client().get(asked).status_code == 200
        assert worked_out
    finally:
        another.store.close()


@pytest.mark.parametrize("fault", [Busy("Later."), StoreUnavailable("Gone.")])
def test_a_store_that_cannot_answer_just_now_is_left_alone(monkeypatch: pytest.MonkeyPatch, fault: Exception):
    asked = []

    def cannot(*_: Any, **words: Any) -> None:
        asked.append(words)
        raise fault

    monkeypatch.setattr("projections.outlook.forecasts.backtest_of", cannot)
    warm_up.forecasts(None, first=date(2022, 7, 1), on=date(2026, 1, 1))  # type: ignore[arg-type]
    assert len(asked) == 1


def test_without_a_store_nothing_is_worked_out(installation: Installation):
    assert warm_up.begin(installation.store, first=FIRST, on=today()) is None
