"""Whatever was read, wherever it is shown: no answer says overdue, none, or a number of visits left from silence."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.values.known_until import LISTED, KnownKind
from tests.examples import examples
from tests.installation import Installation
from tests.web.client import Client

STOCKTON, LEEDS, CUMBRIA = "80563", "80481", "80457"
NAMES = {STOCKTON: "Stockton-on-Tees", LEEDS: "Leeds"}
FIRST_DAY, LAST_DAY = date(2021, 1, 1), date(2026, 11, 30)
DAYS = st.dates(FIRST_DAY, LAST_DAY)

LEFT = re.compile(r"so \d+ (more )?(is|are) expected|focused visits?\b.* (is|are) expected in the interval|still come")
LATE = re.compile(r"late since|none has come|none since|^overdue:", re.IGNORECASE)
"""Sentences that count what is left, or say that something did not come."""

REPORTS = [
    {"start": "2021-06-07", "end": "2021-06-18", "published": "2021-07-26", "grades": {"overall_effectiveness": grade}}
    for grade in ("good", "requires_improvement", "inadequate")
]


def document(urn: str, report: dict[str, Any], visit: date | None, said: dict[str, Any]) -> dict[str, Any]:
    history: list[dict[str, Any]] = [{"type": "inspection", "framework": "ILACS", "variant": "standard"} | report]
    if visit is not None:
        inadequate = report["grades"]["overall_effectiveness"] == "inadequate"
        end, published = visit + timedelta(days=1), visit + timedelta(days=40)
        days = {"start": visit.isoformat(), "end": end.isoformat(), "published": published.isoformat()}
        if published <= LAST_DAY:
            history.append({"type": "monitoring_visit" if inadequate else "focused_visit"} | days)
    return {"schema_version": 1, "authorities": [{"name": NAMES[urn], "urn": urn, "history": history}]} | said


AUTHORITIES = st.sampled_from([STOCKTON, LEEDS])
KINDS = st.sampled_from(["focused_visit", "monitoring_visit", "jtai"])
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("document"),
            AUTHORITIES,
            st.sampled_from(REPORTS),
            st.none() | DAYS,
            st.none() | DAYS,
            st.dictionaries(KINDS, DAYS, max_size=2),
        ),
        st.tuples(st.just("check"), st.none() | AUTHORITIES, KINDS | st.just("graded_inspection"), DAYS),
    ),
    min_size=1,
    max_size=5,
)

Told = dict[str, dict[str, date]]
"""By URN and kind, the newest day until which something was told."""


def carry_out(made: Installation, steps: list[Any]) -> Iterator[tuple[datetime, Told]]:
    """What is told after each step, and when that was."""
    told: Told = defaultdict(dict)

    def tell(urn: str, kind: str, day: date) -> None:
        told[urn][kind] = max(day, told[urn].get(kind, day))

    for number, step in enumerate(steps):
        match step:
            case ("document", urn, report, visit, horizon, known):
                said: dict[str, Any] = {"known_until": {kind: day.isoformat() for kind, day in known.items()}}
                if horizon is not None:
                    said["data_horizon"] = horizon.isoformat()
                    tell(urn, "graded_inspection", horizon)
                for kind, day in known.items():
                    tell(urn, kind, day)
                path = made.write(f"{number}.json", json.dumps(document(urn, report, visit, said)))
                result = made.run("history", "import", path)
            case ("check", urn, kind, day):
                of = [] if urn is None else ["--authority", urn]
                result = made.run("sources", "check", kind, "--on", day.isoformat(), *of)
                for each in (STOCKTON, LEEDS) if urn is None else (urn,):
                    tell(each, kind, day)
        assert result.exit_code == 0, result.output
        yield datetime.now(UTC), {urn: dict(days) for urn, days in told.items()}


def sentences(value: object) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from sentences(part)
    elif isinstance(value, list):
        for part in value:
            yield from sentences(part)


def walk(made: Installation, urn: str, told: dict[str, date], asked: str, day: date) -> None:
    client = Client(made.app)

    def get(address: str) -> Any:
        return client.client.get(f"{address}{'&' if '?' in address else '?'}{asked}").get_json()

    standing = get(f"/api/authorities/{urn}")
    assert standing["known_until"] == {
        kind.value: told[kind.value].isoformat() if kind.value in told else None for kind in LISTED
    }
    graded = told.get("graded_inspection", date.min)
    ended = standing["expected_next"]["graded"]["window_to"]
    window_late = ended is not None and date.fromisoformat(ended) < day and date.fromisoformat(ended) <= graded
    late = {"standard_inspection": window_late, "short_inspection": window_late}
    visits = told.get("focused_visit", date.min)
    counted = (day - visits).days <= 90
    for one in standing["expectations"]:
        known = one["known_until"] and date.fromisoformat(one["known_until"])
        if one["status"] == "overdue":
            assert known is not None
            assert date.fromisoformat(one["to"]) <= known
            late[one["activity"]] = True
        if one["activity"] == "focused_visit":
            assert (one["status"] == "not_known") is not counted
    anything_late = any(late.values())

    window = get(f"/api/authorities/{urn}/window")
    said = [*sentences(standing), *sentences({key: window[key] for key in ("limits", "pathway", "expectations")})]
    assert counted or not [text for text in said if LEFT.search(text)]
    monitoring = told.get("monitoring_visit", date.min)
    assert anything_late or monitoring > date(2021, 7, 26) or not [text for text in said if LATE.search(text)]

    past = get(f"/api/authorities/{urn}/past-windows")["windows"]
    assert all(one["outcome"] != "overdue" or window_late for one in past)
    planned = get("/api/planner")
    assert (urn in planned["overdue"]) is window_late
    assert (urn in planned["not_known"]) is (ended is not None and date.fromisoformat(ended) < day and not window_late)

    calendar = client.client.get(f"/calendar/{urn}.ics?{asked}").text.replace("\r\n ", "")
    assert anything_late or "Overdue:" not in calendar
    for address in (f"/authorities/{urn}", f"/authorities/{urn}/window"):
        page = client.page(f"{address}?{asked}")
        states = [one.said for one in page.all("b") if (one.get("class") or "").startswith("s ")]
        assert anything_late or "Past its end" not in states, address
        assert counted or not LEFT.search(page.all("main")[0].said), address
    rows = client.page(f"/authorities?window=overdue&{asked}").by_id("results").said
    assert (NAMES[urn] in rows) is window_late


@pytest.fixture(scope="module")
def nothing_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Installation(tmp_path_factory.mktemp("nothing-read") / "instance")
    assert made.run("store", "migrate").exit_code == 0
    made.store.close()
    return made.home


@settings(
    max_examples=examples(10),
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, days=st.lists(DAYS, min_size=1, max_size=2), earlier=st.integers(0, 4))
def test_no_surface_says_more_than_sources_tell(nothing_read: Path, steps: list[Any], days: list[date], earlier: int):
    with TemporaryDirectory() as folder:
        home = Path(folder) / "instance"
        copytree(nothing_read, home)
        made = Installation(home)
        after = list(carry_out(made, steps))
        for day in (*days, LAST_DAY):
            for urn in (STOCKTON, LEEDS):
                walk(made, urn, after[-1][1].get(urn, {}), f"as_at={day}", day)
        known_at, told = after[min(earlier, len(after) - 1)]
        moment = f"as_at={LAST_DAY}&known_at={known_at.isoformat().replace('+', '%2B')}"
        walk(made, STOCKTON, told.get(STOCKTON, {}), moment, LAST_DAY)
        made.store.close()


def test_of_an_authority_that_has_ended_nothing_is_expected_on_any_surface(with_history: Installation):
    said = {"data_horizon": "2023-01-15", "known_until": {"focused_visit": "2023-01-15"}}
    history = document(LEEDS, REPORTS[2], date(2022, 5, 10), said)
    history["authorities"][0] |= {"name": "Cumbria", "urn": CUMBRIA}
    assert with_history.run("history", "import", with_history.write("ended.json", json.dumps(history))).exit_code == 0
    for day in ("2023-04-01", "2026-11-30"):
        found = with_history.answer("standing", CUMBRIA, "--as-at", day)
        assert (found["expected_next"], found["expectations"], found["pathway"]) == ({}, [], "inadequate")
        assert "ended on 2023-04-01" in with_history.run("standing", CUMBRIA, "--as-at", day).output
        assert with_history.answer("forecast", CUMBRIA, "--on", day)["p_six_months"] is None
        client = Client(with_history.app)
        assert "BEGIN:VEVENT" not in client.client.get(f"/calendar/{CUMBRIA}.ics?as_at={day}").text
        assert CUMBRIA not in json.dumps(client.client.get(f"/api/planner?as_at={day}").get_json()["windows"])
        page = client.page(f"/authorities/{CUMBRIA}?as_at={day}")
        assert "Cumbria no longer exists." in page.all("main")[0].said
        assert not [one for one in page.all("b") if one.said in ("Past its end", "Not open yet", "Open")]
    before = with_history.answer("standing", CUMBRIA, "--as-at", "2023-03-31")
    assert before["expected_next"]["graded"]["window_from"] == "2024-01-26"
    assert KnownKind.GRADED_INSPECTION.value in before["known_until"]
