"""Forecasts of focused visits as people meet them: on pages, as JSON, by command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from domain.frameworks import Area
from domain.register.register import REGISTER
from domain.values.activities import Activity
from domain.values.statements import Kind
from tests.domain.rulebook.forecast.story import histories, visited
from tests.installation import Installation
from tests.web.client import Client

READ_ON = "2026-01-05"
URNS = [row.facts.urn for row in REGISTER.current if row.facts.formed_on is None][:40]
VISIT = ("--activity", "focused_visit")


def item(held: Activity) -> dict[str, Any]:
    told: dict[str, Any] = {
        "start": held.start.isoformat() if held.start else None,
        "end": held.end.isoformat() if held.end else None,
        "published": held.published.isoformat() if held.published else None,
        "sources": [{"title": "A made-up source"}],
    }
    if held.kind is Kind.FOCUSED_VISIT:
        return {"type": "focused_visit", **told}
    overall = held.grades.get(Area.OVERALL_EFFECTIVENESS)
    ilacs = {"framework": "ILACS", "variant": "short"} if held.start else {"framework": "SIF"}
    grades = {"overall_effectiveness": overall.value if overall else None}
    return {"type": "inspection", **ilacs, **told, "grades": grades}


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Forty authorities with the visits of the forecast's story, of which an overview tells until January 2026."""
    folder = tmp_path_factory.mktemp("visited")
    made = Installation(folder / "instance")
    told = [
        {
            "urn": urn,
            "name": REGISTER[urn].facts.name,
            "history": [{name: value for name, value in item(one).items() if value is not None} for one in activities],
        }
        for urn, activities in zip(URNS, visited(histories(len(URNS))).values(), strict=True)
    ]
    path = folder / "england.json"
    known = {"schema_version": 1, "data_horizon": READ_ON, "known_until": {"focused_visit": READ_ON, "jtai": READ_ON}}
    path.write_text(json.dumps({**known, "authorities": told}), encoding="utf-8")
    result = made.run("history", "import", path, "--read-on", READ_ON)
    assert result.exit_code == 0, result.output
    made.app.config["TESTING"] = True
    yield made
    made.store.close()


@pytest.fixture
def client(england: Installation) -> Client:
    return Client(england.app)


@pytest.fixture(scope="module")
def likely(england: Installation) -> dict[str, Any]:
    """The forecast of whoever is likeliest to be visited."""
    everyone = england.answer("forecast", "--all", "--on", "2025-07-01", *VISIT)
    return max(everyone, key=lambda one: one["p_six_months"] or 0)


def test_a_forecast_has_the_keys_of_one_of_an_inspection_and_null_where_nothing_is_worked_out(
    england: Installation, likely: dict[str, Any]
):
    inspection = england.answer("forecast", likely["urn"], "--on", "2025-07-01")
    assert set(inspection) < set(likely)
    assert (inspection["activity"], likely["activity"]) == ("graded_inspection", "focused_visit")
    assert likely["by_month"] is likely["median"] is likely["band"] is None
    assert 0.2 < likely["p_six_months"] < 1
    assert likely["p_graded_six_months"] == inspection["p_six_months"]
    assert "known since the report of" in likely["basis"]


def test_one_is_in_the_list_of_all_and_the_same_over_http(england: Installation, likely: dict[str, Any]):
    urn = likely["urn"]
    assert england.answer("forecast", urn, "--on", "2025-07-01", *VISIT) == likely
    client = england.app.test_client()
    asked = "on=2025-07-01&activity=focused_visit"
    assert client.get(f"/api/authorities/{urn}/forecast?{asked}").get_json() == likely
    assert likely in client.get(f"/api/forecasts?{asked}").get_json()


def test_the_inadequate_have_0_with_the_reason(england: Installation):
    everyone = england.answer("forecast", "--all", "--on", "2025-07-01", *VISIT)
    inadequate = [one for one in everyone if one["pathway"] == "inadequate"]
    assert inadequate
    assert {one["p_six_months"] for one in inadequate} == {0.0}
    assert all("(R-040)" in one["basis"] for one in inadequate)


def test_long_after_visits_are_known_the_answer_says_that_none_is_forecast(england: Installation):
    found = england.answer("forecast", URNS[0], "--on", "2026-07-30", *VISIT)
    assert found["p_six_months"] is None
    assert found["basis"].startswith("Not known since 5 January 2026")
    assert found["known_until"] == READ_ON


def test_a_backtest_has_the_keys_of_the_contract(england: Installation):
    found = england.answer("forecast", "backtest", "--from", "2023-01-01", "--to", "2025-12-31", *VISIT)
    asked = "/api/forecasts/backtest?from=2023-01-01&to=2025-12-31&activity=focused_visit"
    assert england.app.test_client().get(asked).get_json() == found
    assert found["left_out"] == ["2025-10-01"]
    assert found["n"] == sum(one["n"] for one in found["calibration"])
    assert 0 < found["brier"] < found["brier_base_rate"]
    assert found["brier_policy_window"] is found["band"] is None
    assert set(found["by_visits_or_jtais_since"]) == {"0", "1", "2"}


def test_without_json_the_commands_speak_in_lines(england: Installation, likely: dict[str, Any]):
    assert "within six months" in england.run("forecast", likely["urn"], "--on", "2025-07-01", *VISIT).stdout
    told = england.run("forecast", "backtest", "--from", "2023-01-01", "--to", "2025-12-31", *VISIT)
    assert "Brier score" in told.stdout
    assert "policy window" not in told.stdout
    assert "no authority’s visits are known to the end of their six months: 1 October 2025" in told.stderr


def test_what_cannot_be_forecast_is_refused(england: Installation):
    assert england.run("forecast", URNS[0], "--activity", "jtai").exit_code == 2
    answer = england.app.test_client().get("/api/forecasts?activity=jtai")
    assert answer.status_code == 422
    assert "graded_inspection or focused_visit" in answer.get_json()["detail"]


def test_the_page_of_reasons_and_the_page_of_the_account_say_the_same(
    client: Client, england: Installation, likely: dict[str, Any]
):
    page = client.page(f"/authorities/{likely['urn']}/window?as_at=2025-07-01")
    assert any(likely["basis"] == one.said for one in page.all("p"))
    account = client.page("/coming-up/forecasts/visits?from=2023-01-01&to=2024-12-31")
    found = england.answer("forecast", "backtest", "--from", "2023-01-01", "--to", "2024-12-31", *VISIT)
    assert any(f"{found['brier']:.3f}" in one.said for one in account.all("li"))
    assert account.all("circle")


def test_the_results_are_a_piece_of_their_page(client: Client):
    client.part("/coming-up/forecasts/visits?from=2023-01-01&to=2023-12-31")


def test_with_an_empty_store_the_page_says_that_no_source_tells_of_visits(installation: Installation):
    assert installation.run("store", "migrate").exit_code == 0
    page = Client(installation.app).page("/coming-up/forecasts/visits")
    (status,) = [one for one in page.all("p") if one.get("role") == "status"]
    assert "no source that tells of focused visits has been read" in status.said
