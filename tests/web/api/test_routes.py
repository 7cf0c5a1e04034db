"""JSON over HTTP: the same answers as the commands, and problems in words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from domain.values.roles import Role
from tests.installation import Installation
from tests.web.planned import a_plan
from tests.web.signed_in import person, sign_in
from web.openapi import DESCRIPTION


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/api/authorities/80563?as_at=2022-10-31", ("standing", "80563", "--as-at", "2022-10-31")),
        ("/api/authorities/80563/timeline?as_at=2019-06-01", ("timeline", "80563", "--as-at", "2019-06-01")),
        ("/api/authorities/80563/past-windows?as_at=2022-10-31", ("past-windows", "80563", "--as-at", "2022-10-31")),
        ("/api/past-windows?as_at=2022-10-31", ("past-windows", "--all", "--as-at", "2022-10-31")),
        ("/api/authorities/80563/window?as_at=2022-10-31", ("window", "80563", "--as-at", "2022-10-31")),
        ("/api/authorities?as_at=2022-10-31", ("standing", "--all", "--as-at", "2022-10-31")),
        (
            "/api/planner?region=North%20East&pathway=requires_improvement&as_at=2022-10-31",
            ("planner", "--region", "North East", "--pathway", "requires_improvement", "--as-at", "2022-10-31"),
        ),
    ],
)
def test_http_and_the_command_line_answer_alike_to_the_byte(
    with_history: Installation, address: str, command: tuple[str, ...]
):
    over_http = with_history.app.test_client().get(address)
    printed = with_history.run(*command, "--json").stdout
    assert over_http.get_data(as_text=True) == printed
    assert printed == json.dumps(json.loads(printed), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def test_any_other_name_of_an_authority_redirects_to_its_urn(with_history: Installation):
    answer = with_history.app.test_client().get("/api/authorities/E06000004/timeline?as_at=2022-10-31")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/api/authorities/80563/timeline?as_at=2022-10-31")


def test_earlier_windows_say_what_was_stated_and_what_came(with_history: Installation):
    document = with_history.app.test_client().get("/api/authorities/80563/past-windows?as_at=2023-01-02").get_json()
    came, waited_for = document["windows"]
    assert (came["outcome"], came["came"]["start"]) == ("inside", "2019-05-20")
    assert came["publication"]["outcome"] == "slow"
    assert (waited_for["outcome"], waited_for["days"], waited_for["came"]) == ("overdue", 1, None)
    assert waited_for["stated"]["priority_action_override"]["expected_to_month"] == "2024-03"
    assert [one["rules"] for one in waited_for["explanations"]] == [["R-034", "R-092"], ["R-081"], ["R-050"]]


def test_findings_are_found_by_authority_and_by_their_words(with_history: Installation):
    client = with_history.app.test_client()
    assert [row["text"] for row in client.get("/api/authorities/80563/findings").get_json()] == [
        "The quality of plans",
        "Supervision of social workers",
    ]
    assert [row["number"] for row in client.get("/api/findings?q=supervision").get_json()] == [2]


def test_the_planner_names_each_window_once_and_counts_everybody(with_history: Installation):
    client = with_history.app.test_client()
    found = client.get("/api/planner?as_at=2022-10-31").get_json()
    assert len(found["months"]) == 24
    assert found["months"][0]["month"] == "2022-10"
    (stockton,) = found["windows"]
    assert (stockton["authority"]["urn"], stockton["window_from"], stockton["window_to"]) == (
        "80563",
        "2022-01-01",
        "2023-01-01",
    )
    assert (stockton["status"], stockton["months_late"], stockton["after_priority_action"]) == ("in_window", None, True)
    assert (found["open"], found["overdue"]) == (["80563"], [])
    assert [month["month"] for month in found["months"] if month["overdue_from"]] == ["2023-01"]
    standings = client.get("/api/authorities?as_at=2022-10-31").get_json()
    abolished = found["without_window"].pop("abolished")
    assert abolished >= 3
    assert sum(found["without_window"].values()) + len(found["windows"]) == len(standings)
    late = client.get("/api/planner?as_at=2023-04-02").get_json()
    assert (late["overdue"], late["windows"][0]["months_late"]) == (["80563"], 3)


def test_frameworks_are_listed_with_their_days_and_the_usual_scale_is_not_named_beside_a_grade(
    with_history: Installation,
):
    client = with_history.app.test_client()
    rows = client.get("/api/frameworks").get_json()
    assert rows["scales"][0]["grades"][0]["grade"] == "outstanding"
    days = {row["set"]: (row["start"], row["end"]) for row in rows["sets"]}
    assert days["A"] == (None, "2023-01-01")
    assert days["B"] == ("2023-01-01", "2026-04-01")
    assert days["C"][0] == "2026-04-01"
    judged = client.get("/api/authorities/80563?as_at=2022-10-31").get_json()["judgements"]
    assert judged
    assert all(set(one) == {"area", "grade"} for one in judged)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/authorities/Atlantis", 404),
        ("/api/authorities/Atlantis/past-windows", 404),
        ("/api/past-windows?as_at=soon", 422),
        ("/api/authorities/80563?as_at=yesterday", 422),
        ("/api/authorities/80563?known_at=2022-01-01T00:00", 422),
        ("/api/planner?region=Wessex", 404),
        ("/api/planner?pathway=fine", 404),
        ("/api/planner?as_at=soon", 422),
        ("/api/nothing", 404),
        ("/api/ledger/checkpoint", 404),
        ("/api/ledger/entries/0", 404),
        ("/api/ledger/entries/100000", 404),
        ("/api/ledger/entries/999999999999999999", 404),
        ("/api/ledger/entries/99999999999999999999999", 404),
        ("/api/ledger/entries/first", 404),
        ("/api/ledger/entries/-1", 404),
    ],
)
def test_a_refusal_is_a_problem_document(with_history: Installation, address: str, status: int):
    answer = with_history.app.test_client().get(address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert problem["status"] == status
    assert problem["detail"]


def test_the_api_is_read_only(with_history: Installation):
    assert with_history.app.test_client().post("/api/authorities/80563").status_code in (403, 405)


def test_every_api_address_is_described_and_every_description_exists(installation: Installation):
    described = {re.sub(r"{(\w+)}", r"<\1>", path) for path in DESCRIPTION["paths"]}
    routed = {str(rule) for rule in installation.app.url_map.iter_rules() if str(rule).startswith("/api")}
    assert routed == described
    assert routed, "a walk that finds nothing proves nothing"


NEEDS_A_QUESTION = {
    "/api/authorities/{authority}/suppose": "?suppose=visit&day=2026-12-01",
    "/api/plans/{plan}": "?since=2019-07-02",
    "/api/due": "?on=2019-11-10",
}

NEEDS_A_ROLE = ("/api/due", "/api/challenges")


@pytest.mark.parametrize("path", [path for path in DESCRIPTION["paths"] if path != "/api/openapi.json"])
def test_answers_are_as_described(with_history: Installation, path: str):
    assert with_history.run("ledger", "checkpoint").exit_code == 0
    plan = str(a_plan(with_history)) if "{plan}" in path else ""
    address = (
        path.replace("{authority}", "80563").replace("{seq}", "3").replace("{plan}", plan).replace("{number}", "1")
    )
    address += NEEDS_A_QUESTION.get(path, "")
    client = with_history.app.test_client()
    sign_in(with_history.app, client, person(with_history.app, Role.MEMBER))
    if path in NEEDS_A_ROLE:
        a_plan(with_history)
    answer = client.get(address)
    ((kind, described),) = DESCRIPTION["paths"][path]["get"]["responses"]["200"]["content"].items()
    assert answer.mimetype == kind
    must_fit(answer.get_json() if kind == "application/json" else answer.text, described["schema"], path)


def test_the_description_itself_is_served(with_history: Installation):
    assert with_history.app.test_client().get("/api/openapi.json").get_json() == DESCRIPTION


def test_a_document_that_does_not_fit_its_description_is_noticed():
    with pytest.raises(AssertionError):
        must_fit({"urn": "80563", "surprise": 1}, DESCRIPTION["components"]["schemas"]["Authority"], "authority")


def must_fit(value: Any, schema: dict[str, Any], where: str) -> None:
    """As much of JSON Schema as our descriptions use."""
    if "$ref" in schema:
        return must_fit(value, DESCRIPTION["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], where)
    if "anyOf" in schema:
        assert value is None or schema["anyOf"][0] != {"type": "null"}, where
        return None if value is None else must_fit(value, schema["anyOf"][0], where)
    kinds: dict[str, type | tuple[type, ...]] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    allowed = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    assert any(isinstance(value, kinds[name]) for name in allowed), f"{where} is {value!r}"
    if "enum" in schema:
        assert value in schema["enum"], f"{where} is {value!r}"
    if schema["type"] == "array":
        for number, item in enumerate(value):
            must_fit(item, schema["items"], f"{where}[{number}]")
    if schema["type"] == "object":
        assert set(schema["required"]) <= set(value), f"{where} lacks {set(schema['required']) - set(value)}"
        for key, item in value.items():
            others = schema["additionalProperties"]
            if key in schema["properties"] or isinstance(others, dict):
                must_fit(item, schema["properties"].get(key, others), f"{where}.{key}")
            else:
                assert schema["additionalProperties"], f"{where} has {key}, which is not described"
    return None


def test_readiness_tells_the_position_of_each_projection_against_the_log(with_history: Installation):
    client = with_history.app.test_client()
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert all(row["position"] == row["log"] > 0 for row in ready.get_json()["projections"])


def test_without_a_store_the_service_is_alive_and_not_ready(installation: Installation):
    client = installation.app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/api/authorities").status_code == 503
