"""Forecasts as people meet them: on pages, as JSON, by command, in a made-up England and in one seen in part."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from domain.frameworks import Area
from domain.register.register import REGISTER
from domain.rulebook.forecast.backtest import Bin, quarters
from domain.values.words import ordinal, percent
from projections.outlook import forecasts
from tests.domain.rulebook.forecast.story import histories
from tests.installation import Installation
from tests.web.client import Client
from web.charts.calibration import calibration_plots
from web.outlook.forecasts import FEW, verdict

READ_ON = "2026-01-05"
URNS = [row.facts.urn for row in REGISTER.current if row.facts.formed_on is None]
FIRST = URNS[0]
UNHELD = [row.facts.urn for row in REGISTER.current][-1]


def document() -> str:
    """The made-up England of the forecast's story, told of the register's authorities."""
    authorities = []
    for urn, activities in zip(URNS, histories(len(URNS)).values(), strict=True):
        history = []
        for inspection in activities:
            overall = inspection.grades.get(Area.OVERALL_EFFECTIVENESS)
            item = {
                "type": "inspection",
                "framework": "ILACS" if inspection.start else "SIF",
                "published": inspection.published.isoformat() if inspection.published else None,
                "grades": {"overall_effectiveness": overall.value if overall else None},
                "sources": [{"title": "A made-up report"}],
            }
            if inspection.start and inspection.end:
                item |= {"start": inspection.start.isoformat(), "end": inspection.end.isoformat(), "variant": "short"}
            history.append(item)
        authorities.append({"urn": urn, "name": REGISTER[urn].facts.name, "history": history})
    return json.dumps({"schema_version": 1, "data_horizon": READ_ON, "authorities": authorities})


@pytest.fixture(scope="module")
def england(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("england")
    made = Installation(folder / "instance")
    path = folder / "england.json"
    path.write_text(document(), encoding="utf-8")
    result = made.run("history", "import", path, "--read-on", READ_ON)
    assert result.exit_code == 0, result.output
    made.app.config["TESTING"] = True
    yield made
    made.store.close()


@pytest.fixture
def client(england: Installation) -> Client:
    return Client(england.app)


# --- the contract ---------------------------------------------------------------------------------------------------


def test_a_forecast_has_the_keys_of_the_contract(england: Installation):
    found = england.answer("forecast", FIRST, "--on", "2025-01-01")
    assert found["urn"] == FIRST
    assert found["on"] == "2025-01-01"
    assert 0 <= found["p_six_months"] <= 1
    assert [month["month"] for month in found["by_month"]][:13:12] == ["2025-01", "2026-01"]
    assert len(found["by_month"]) == 24
    assert date.fromisoformat(found["band"]["from"]) <= date.fromisoformat(found["median"])
    assert date.fromisoformat(found["median"]) <= date.fromisoformat(found["band"]["to"])
    assert found["band"]["level"] == 0.8
    assert 1 <= found["place_in_queue"] <= found["waiting"] == 153
    assert found["waiting_months"] > 0
    assert found["basis"].startswith(f"The {ordinal(found['place_in_queue'])} longest wait of ")


def test_all_is_a_list_of_the_same(england: Installation):
    everyone = england.answer("forecast", "--all", "--on", "2025-01-01")
    assert len(everyone) == 153
    assert england.answer("forecast", FIRST, "--on", "2025-01-01") in everyone
    made = [row for row in everyone if row["median"]]
    assert 130 < len(made) <= 153, "the new authorities too, which wait from their formation"


def test_the_word_of_may_be_left_out(england: Installation):
    assert england.answer("forecast", "of", FIRST, "--on", "2025-01-01") == england.answer(
        "forecast", FIRST, "--on", "2025-01-01"
    )


def test_a_backtest_has_the_keys_of_the_contract(england: Installation):
    found = england.answer("forecast", "backtest", "--from", "2023-01-01", "--to", "2024-12-31")
    assert found["origins"] == [day.isoformat() for day in quarters(date(2023, 1, 1), date(2024, 12, 31))]
    assert found["left_out"] == []
    assert found["n"] == sum(one["n"] for one in found["calibration"])
    assert set(found["calibration"][0]) == {"from", "to", "n", "forecast", "happened"}
    for name in ("band", "policy_band", "past_waits_band"):
        assert {"n", "coverage", "mean_width_days", "interval_score"} <= set(found[name])
    assert 0 < found["brier"] < found["brier_base_rate"]
    assert "brier_policy_window" in found
    assert sum(group["n"] for group in found["by_cohort"].values()) == found["n"]


@pytest.mark.parametrize(
    ("address", "command"),
    [
        (f"/api/authorities/{FIRST}/forecast?on=2025-01-01", ("forecast", FIRST, "--on", "2025-01-01")),
        (f"/api/authorities/{FIRST}/forecast?as_at=2025-01-01", ("forecast", FIRST, "--on", "2025-01-01")),
        ("/api/forecasts?on=2024-07-01", ("forecast", "--all", "--on", "2024-07-01")),
        (
            "/api/forecasts/backtest?from=2024-01-01&to=2024-06-30",
            ("forecast", "backtest", "--from", "2024-01-01", "--to", "2024-06-30"),
        ),
    ],
)
def test_http_and_the_command_line_forecast_alike_to_the_byte(
    england: Installation, address: str, command: tuple[str, ...]
):
    assert england.app.test_client().get(address).text == england.run(*command, "--json").stdout


# --- what is said where there is nothing to say ---------------------------------------------------------------------


def test_who_has_no_report_gets_the_reason_in_place_of_figures(with_history: Installation):
    found = with_history.answer("forecast", UNHELD, "--on", "2025-01-01")
    assert found["p_six_months"] is found["median"] is found["band"] is found["place_in_queue"] is None
    assert found["by_month"] == []
    assert "No graded report of" in found["basis"]


def test_where_the_queue_is_not_seen_the_window_alone_speaks_and_says_so(with_history: Installation):
    found = with_history.answer("forecast", "80563", "--on", "2021-01-05")
    assert (found["place_in_queue"], found["past_waits"]) == (None, None)
    assert found["p_six_months"] < 0.1
    assert found["policy_window"] == {"from": "2022-01-01", "to": "2023-01-01", "by": "window"}
    assert any("reports of only 1 of 151 authorities are held" in limit for limit in found["limits"])
    assert found["basis"].startswith("The window alone")
    page = Client(with_history.app).page("/authorities/80563/window?as_at=2021-01-05")
    assert "The window alone" in page.by_id("forecast").said  # type: ignore[union-attr]
    everyone = with_history.answer("forecast", "--all", "--on", "2026-07-01")
    made = {row["urn"] for row in everyone if row["median"]}
    assert made == {"80563", "2637548"}, "of no other authority anything is held"


def test_before_the_framework_nothing_is_forecast_and_it_says_so(england: Installation):
    found = england.answer("forecast", FIRST, "--on", "2015-01-01")
    assert found["p_six_months"] is None
    assert "January 2018" in found["basis"]


def test_an_abolished_authority_expects_nothing(england: Installation):
    found = england.answer("forecast", "Cumbria", "--on", "2025-01-01")
    assert "ceased to exist" in found["basis"]


def test_beyond_the_last_reading_the_answer_says_what_it_cannot_know(england: Installation):
    limits = england.answer("forecast", FIRST, "--on", "2026-06-01")["limits"]
    assert any("Not known since 5 January 2026: no source read here tells of all graded" in limit for limit in limits)
    everyone = england.answer("forecast", "--all", "--on", "2026-06-01")
    chances = [
        limit for row in everyone for limit in row["limits"] if "at the usual pace the chance that it has" in limit
    ]
    assert 10 < len(chances) < 80, "of those near the front, and of no others"
    assert not any(
        "Not known since" in one for one in england.answer("forecast", FIRST, "--on", "2025-06-01")["limits"]
    )
    come = max(everyone, key=lambda row: row["p_already_come"] or 0)
    assert 0.5 < come["p_already_come"] < 1
    page = Client(england.app).page(f"/authorities/{come['urn']}/window?as_at=2026-06-01").by_id("forecast").said
    assert re.search(
        r"likely .*|in 10 .*\(\d+%\), if it has not already come; (about \d in 10|very likely) that it has", page
    )
    long_after = england.answer("forecast", FIRST, "--on", "2035-01-01")
    assert long_after["median"] is None
    assert "so long ago that none is made" in long_after["basis"]


def test_inside_the_pause_its_end_is_said_to_be_unknown(england: Installation):
    limits = england.answer("forecast", FIRST, "--on", "2020-07-01")["limits"]
    assert any("nobody knew until when" in limit for limit in limits)


def test_with_an_empty_store_every_answer_says_so(installation: Installation):
    assert installation.run("store", "migrate").exit_code == 0
    everyone = installation.answer("forecast", "--all", "--on", "2026-09-01")
    assert len(everyone) == 153
    for found in everyone:
        assert found["median"] is found["p_six_months"] is found["data_horizon"] is None
        assert any("No source has been read" in limit for limit in found["limits"])
    nothing = installation.answer("forecast", "backtest", "--from", "2022-07-01", "--to", "2026-01-01")
    assert (nothing["n"], nothing["brier"], nothing["origins"]) == (0, None, [])
    assert len(nothing["left_out"]) == 15
    Client(installation.app).page("/coming-up/forecasts")


def test_nothing_was_known_before_the_first_import(england: Installation):
    found = england.answer("forecast", FIRST, "--on", "2025-01-01", "--known-at", "2020-01-01")
    assert found["median"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("forecast",),
        ("forecast", FIRST, "--all"),
        ("forecast", FIRST, "--on", "yesterday"),
        ("forecast", "Atlantis"),
        ("forecast", "backtest"),
        ("forecast", "backtest", "--from", "2022-01-01"),
        ("forecast", "backtest", "--from", "2022-01-01", "--to", "soon"),
    ],
)
def test_what_cannot_be_run_ends_with_2_and_nothing_on_standard_output(england: Installation, words: tuple[str, ...]):
    result = england.run(*words)
    assert result.exit_code == 2
    if words != ("forecast",):
        assert result.stdout == ""


def test_a_range_that_ends_before_it_begins_cannot_be_run(england: Installation):
    result = england.run("forecast", "backtest", "--from", "2024-01-01", "--to", "2023-01-01")
    assert result.exit_code == 2
    assert "ends before it begins" in result.stderr
    answer = england.app.test_client().get("/api/forecasts/backtest?from=2024-01-01&to=2023-01-01")
    assert answer.status_code == 422


def test_without_json_both_commands_speak_in_lines(england: Installation):
    assert "as likely as not by" in england.run("forecast", FIRST, "--on", "2025-01-01").stdout
    told = england.run("forecast", "backtest", "--from", "2023-01-01", "--to", "2026-12-31")
    assert "Brier score" in told.stdout
    assert "their six months are not over: 1 July 2025" not in told.stderr
    assert "Left out, because their six months are not over: 1 October 2025" in told.stderr
    early = england.run("forecast", "backtest", "--from", "2017-01-01", "--to", "2018-03-31")
    assert "Left out, because nothing is forecast before 2018: 1 January 2017" in early.stderr
    assert (
        "Nothing to hold to account"
        in england.run("forecast", "backtest", "--from", "2016-01-01", "--to", "2016-12-31").stdout
    )


# --- remembering ----------------------------------------------------------------------------------------------------


def test_a_new_fact_is_in_the_next_forecast_and_in_none_of_what_was_known_before(england: Installation, tmp_path: Path):
    before = england.answer("forecast", FIRST, "--on", "2026-01-01")
    report = {
        "type": "inspection",
        "framework": "ILACS",
        "variant": "short",
        "start": "2025-10-06",
        "end": "2025-10-10",
        "published": "2025-12-01",
        "grades": {"overall_effectiveness": "good"},
        "sources": [{"title": "Another made-up report"}],
    }
    told = {"urn": UNHELD, "name": REGISTER[UNHELD].facts.name, "history": [report]}
    path = tmp_path / "more.json"
    path.write_text(json.dumps({"schema_version": 1, "authorities": [told]}), encoding="utf-8")
    asked_at = datetime.now(UTC)
    assert england.run("history", "import", path, "--read-on", READ_ON).exit_code == 0
    after = england.answer("forecast", FIRST, "--on", "2026-01-01")
    assert after["position"] > before["position"]
    assert after["weights"]["fitted_to"] == before["weights"]["fitted_to"] + 1
    as_known = england.answer("forecast", FIRST, "--on", "2026-01-01", "--known-at", asked_at.isoformat())
    assert as_known == {**before, "known_at": asked_at.isoformat()}


def test_asked_by_many_at_once_all_get_the_same_answer(england: Installation):
    addresses = [f"/api/authorities/{urn}/forecast?on=2024-0{month}-01" for urn in URNS[:4] for month in (1, 4, 7)] * 2

    def fetch(address: str) -> tuple[str, str]:
        return address, england.app.test_client().get(address).text

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(fetch, addresses))
    assert len(set(answers)) == len(set(addresses))


def test_who_would_wait_too_long_is_told_to_ask_again(england: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forecasts, "PATIENCE_SECONDS", 0.01)
    reader = england.store.reader
    england.app.test_client().get(f"/api/authorities/{FIRST}/forecast?on=2023-03-03")
    with forecasts._KEPT[reader]._at_work:
        answer = england.app.test_client().get(f"/api/authorities/{FIRST}/forecast?on=2023-03-04")
        remembered = england.app.test_client().get(f"/api/authorities/{FIRST}/forecast?on=2023-03-03")
    assert (answer.status_code, remembered.status_code) == (503, 200)
    assert answer.headers["Retry-After"]
    assert "Try again in a minute" in answer.get_json()["detail"]


# --- pages ----------------------------------------------------------------------------------------------------------


def test_the_page_of_how_forecasts_did_shows_what_the_command_says(client: Client, england: Installation):
    page = client.page("/coming-up/forecasts?from=2023-01-01&to=2024-12-31")
    found = england.answer("forecast", "backtest", "--from", "2023-01-01", "--to", "2024-12-31")
    figures = " ".join(element.said for element in page.all("ul"))
    assert f"{found['brier']:.3f}" in figures
    assert f"{found['brier_policy_window']:.3f}" in figures
    cells = [cell.said for cell in page.all("td")]
    assert f"{found['by_cohort']['after_pandemic']['band']['coverage']:.0%}" in cells
    assert page.all("circle")


def test_the_results_are_a_piece_of_their_page(client: Client):
    client.part("/coming-up/forecasts?from=2023-01-01&to=2023-12-31")


def test_without_quarters_the_page_shows_those_since_july_2022(client: Client):
    page = client.page("/coming-up/forecasts")
    (status,) = [one for one in page.all("p") if one.get("role") == "status"]
    assert "1 July 2022 to 1 July 2025" in status.said
    assert "Left out" in status.said


def test_on_an_earlier_day_only_what_was_over_by_then_is_held_to_account(client: Client):
    page = client.page("/coming-up/forecasts?as_at=2024-01-15")
    (status,) = [one for one in page.all("p") if one.get("role") == "status"]
    assert "1 July 2022 to 1 July 2023" in status.said
    assert "known by 15 January 2024" in status.said


@pytest.mark.parametrize("query", ["from=never", "to=1", "from=2024-01-01&to=2023-01-01", "as_at=x"])
def test_quarters_that_are_none_are_answered_with_what_to_enter(client: Client, query: str):
    client.page(f"/coming-up/forecasts?{query}", status=422)


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "under 1%"), (0.0099, "under 1%"), (0.01, "1%"), (0.304, "30%"), (0.95, "95%"), (0.9501, "over 95%")],
)
def test_a_chance_is_never_told_as_a_certainty(share: float, told: str):
    assert percent(share) == told


def test_each_picture_has_a_dot_for_each_tenth_within_its_frame_and_says_its_figures():
    for plot in calibration_plots((Bin(0.0, 0.1, 90, 0.0, 0.0), Bin(0.9, 1.0, 3, 1.0, 1.0))):
        assert [(point.x, point.y) for point in plot.points] == [
            (plot.left, plot.bottom),
            (plot.left + plot.size, plot.bottom - plot.size),
        ]
        assert plot.points[0].radius > plot.points[1].radius
        assert "3 forecasts of 90% to 100%: 100.0% said, 100.0% came" in plot.description


@pytest.mark.parametrize(
    ("brier", "base", "window", "words"),
    [
        (
            0.10,
            0.12,
            0.14,
            "nearer to what happened than saying “17%” each time, the share that came true, and than the",
        ),
        (0.13, 0.14, 0.12, "each time, the share that came true, but not than the policy window alone."),
        (0.13, 0.13, 0.14, "Do not rely on these forecasts: they were no nearer to what happened than saying “17%”"),
        (0.15, 0.13, 0.14, "the share that came true, nor than the policy window alone."),
    ],
)
def test_the_verdict_on_forecasts_is_a_sentence(brier: float, base: float, window: float, words: str):
    score = SimpleNamespace(n=FEW, happened=0.17, brier=brier, brier_base_rate=base, brier_policy_window=window)
    said = verdict(score)  # type: ignore[arg-type]
    assert words in said
    assert "few" not in said
    score.n -= 1
    assert verdict(score) == f"{said} 299 forecasts are few to judge by."  # type: ignore[arg-type]
