"""Plans by command and over HTTP: the same answers, and words that can be erased for good."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest

from domain.plans.action_commands import AcceptCompletion
from domain.values.errors import ChangedMeanwhile
from domain.values.roles import Role
from tests.installation import Installation
from tests.web.planned import a_plan, told
from tests.web.signed_in import person, sign_in
from web.demo.plan import tell_demo_plan
from web.site.errors import show_refusal

CONTRACT = ("plan", "80563", "--as-at", "2019-12-13")


@pytest.fixture
def with_plan(with_history: Installation) -> Installation:
    a_plan(with_history)
    return with_history


def test_an_authority_s_plans_are_answered_with_their_actions(with_plan: Installation):
    answer = with_plan.answer(*CONTRACT, "--since", "2019-10-31")
    assert (answer["authority"]["name"], answer["as_at"]) == ("Stockton-on-Tees", "2019-12-13")
    (plan,) = answer["plans"]
    assert plan["headline"] == (
        "0 of 1 action complete and evidenced; 1 overdue by 12 days; 1 finding without an action; "
        "1 question overdue for an answer"
    )
    (action,) = plan["actions"]
    awaited = ("evidence_awaited", "Reported complete, evidence awaited", 12)
    assert (action["reading"], action["label"], action["days_overdue"]) == awaited
    assert (action["what"]["text"], action["reached_per_cent"]) == ("Write plans with families", 50)
    assert action["previous_reading"] == "not_started"
    assert plan["moved"] == [
        {
            "action": 1,
            "what": action["what"],
            "changes": ["was not started, now evidence awaited", "measure is 76%"],
        }
    ]
    assert [row["gap"] for row in plan["findings"]] == [False, True]
    assert [(row["state"], row["asked"]["text"]) for row in plan["questions"]] == [
        ("overdue", "And this one?"),
        ("answered", "What shows it?"),
    ]
    assert plan["deadlines"][0]["due_on"] == "2019-10-08"
    assert plan["deadlines"][0]["latest"] is True


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/api/due?on=2019-12-13&days=60", ("plan", "due", "--on", "2019-12-13", "--days", "60")),
        (
            "/api/due?on=2019-11-10&authority=E06000004&office=head%20of%20safeguarding",
            ("plan", "due", "--on", "2019-11-10", "--authority", "80563", "--office", "head of safeguarding"),
        ),
        (
            "/api/challenges?state=overdue&as_at=2019-12-13",
            ("plan", "challenges", "--state", "overdue", "--as-at", "2019-12-13"),
        ),
        ("/api/challenges?authority=80563", ("plan", "challenges", "--authority", "80563")),
    ],
)
def test_lists_over_all_plans_are_the_same_over_http_for_whoever_has_a_role(
    with_plan: Installation, address: str, command: tuple[str, ...]
):
    client = with_plan.app.test_client()
    refused = client.get(address)
    assert (refused.status_code, refused.mimetype) == (401, "application/problem+json")
    sign_in(with_plan.app, client, person(with_plan.app, Role.AUDITOR))
    assert client.get(address).text == with_plan.run(*command, "--json").stdout


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/due?days=many", 422),
        ("/api/due?days=367", 422),
        ("/api/due?authority=Erewhon", 404),
        ("/api/challenges?state=lost", 404),
        ("/api/challenges?plan=7", 404),
        ("/api/challenges?plan=00000000-0000-0000-0000-000000000007", 404),
    ],
)
def test_a_list_that_cannot_be_made_is_refused_in_words(with_plan: Installation, address: str, status: int):
    client = with_plan.app.test_client()
    sign_in(with_plan.app, client, person(with_plan.app, Role.MEMBER))
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_questions_are_told_in_plain_lines_and_a_state_that_is_none_is_refused(with_plan: Installation):
    told_ = with_plan.run("plan", "challenges", "--as-at", "2019-12-13")
    assert told_.stdout.splitlines()[0].split() == (
        ["Stockton-on-Tees", "overdue", "2019-11-15", "And", "this", "one?", "28", "days", "overdue"]
    )
    refused = with_plan.run("plan", "challenges", "--state", "lost")
    assert refused.exit_code == 2
    assert "'lost' is not a state of a question" in refused.output


def test_what_is_due_on_a_day(with_plan: Installation):
    answer = with_plan.answer("plan", "due", "--on", "2019-12-13")
    assert [(row["urn"], row["action"], row["days_overdue"]) for row in answer["overdue"]] == [("80563", 1, 12)]
    assert [row["stage"] for row in answer["papers"]] == ["final"]
    before = with_plan.answer("plan", "due", "--on", "2019-11-10", "--office", "head of safeguarding")
    assert [row["reading"] for row in before["evidence_awaited"]] == ["evidence_awaited"]
    assert with_plan.answer("plan", "due", "--on", "2019-07-01")["overdue"] == []
    assert with_plan.answer("plan", "due", "--on", "2019-12-13", "--authority", "Leeds")["overdue"] == []


def test_over_http_it_is_the_same_plan(with_plan: Installation):
    (plan,) = with_plan.answer(*CONTRACT)["plans"]
    found = with_plan.app.test_client().get(f"/api/plans/{plan['plan']}?as_at=2019-12-13").get_json()
    assert {key: found[key] for key in plan} == plan


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/plans/nothing", 404),
        ("/api/plans/00000000-0000-0000-0000-000000000001", 404),
        ("/api/plans/{plan}?as_at=2019-07-01", 404),
        ("/api/plans/{plan}?as_at=soon", 422),
        ("/api/plans/{plan}?since=soon", 422),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(with_history: Installation, address: str, status: int):
    answer = with_history.app.test_client().get(address.replace("{plan}", str(a_plan(with_history))))
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_in_plain_lines_exceptions_come_first(with_plan: Installation):
    lines = with_plan.run(*CONTRACT).stdout.splitlines()
    assert lines[0] == "Stockton-on-Tees"
    assert "was due by 8 October 2019 at the latest; nothing recorded here says that it was sent." in lines[2]
    assert "evidence awaited" in lines[3]
    assert "12 days overdue" in lines[3]
    assert "no action: Supervision of social workers" in lines[4]
    assert "12 days overdue" in with_plan.run("plan", "due", "--on", "2019-12-13").stdout


def test_an_authority_without_a_plan_has_none_and_bad_words_are_told(with_history: Installation):
    assert with_history.answer("plan", "80563")["plans"] == []
    assert with_history.answer("plan", "due")["overdue"] == []
    assert with_history.run("plan", "Atlantis").exit_code == 2
    assert with_history.run("plan", "due", "--on", "soon").exit_code == 2
    assert with_history.run("plan", "due", "--days", "-1").exit_code == 2


def test_plans_need_a_store(installation: Installation):
    result = installation.run("plan", "due", "--json")
    assert (result.exit_code, result.stdout) == (2, "")


def test_words_are_erased_by_command_and_stay_erased_after_old_keys_are_restored(
    with_plan: Installation, tmp_path: Path
):
    (plan,) = with_plan.answer(*CONTRACT)["plans"]
    narrative = plan["actions"][0]["narrative"]
    assert narrative["text"] == "All teams were trained."
    assert with_plan.run("store", "backup-keys", tmp_path / "keys-then.db").exit_code == 0
    assert with_plan.run("store", "backup", tmp_path / "log-then.db").exit_code == 0
    assert with_plan.run("plan", "erase", plan["plan"], narrative["subject"]).exit_code == 2, "a reason is needed"
    erased = with_plan.run("plan", "erase", plan["plan"], narrative["subject"], "--reason", "It named a child.")
    assert erased.exit_code == 0, erased.output
    last = with_plan.store.audit.head().size
    assert erased.stdout.splitlines()[-1].startswith(f"Entry {last}. Receipt: flask --app wsgi ledger receipt ")

    def shown() -> str:
        (found,) = with_plan.answer(*CONTRACT)["plans"]
        words: str = found["actions"][0]["narrative"]["shown"]
        return words

    assert shown().startswith("Erased on ")
    assert shown().endswith(", typed on this machine: It named a child.")
    again = with_plan.run("plan", "erase", plan["plan"], narrative["subject"], "--reason", "Again.")
    assert (again.exit_code, "erased already" in again.stderr) == (1, True)
    put_back = with_plan.run("store", "restore-keys", tmp_path / "keys-then.db")
    assert "held 5 keys; 1 of them were of erased words" in put_back.stdout
    assert shown().startswith("Erased on ")
    exported = with_plan.run("history", "export", "--format", "ndjson").stdout
    assert "It named a child." in exported
    assert "All teams were trained" not in exported
    assert "All teams were trained" not in json.dumps(with_plan.answer(*CONTRACT))


def test_a_restored_log_without_its_keys_still_answers(with_plan: Installation, tmp_path: Path):
    assert with_plan.run("store", "backup", tmp_path / "log.db").exit_code == 0
    other = Installation(tmp_path / "other")
    assert other.run("store", "restore", tmp_path / "log.db").exit_code == 0
    (plan,) = other.answer(*CONTRACT)["plans"]
    assert plan["actions"][0]["what"]["shown"] == "These words cannot be read here: their key is missing."
    assert plan["headline"].startswith("0 of 1 action")
    assert with_plan.run("store", "backup-keys", tmp_path / "keys.db").exit_code == 0
    assert other.run("store", "restore-keys", tmp_path / "keys.db").exit_code == 0
    (plan,) = other.answer(*CONTRACT)["plans"]
    assert plan["actions"][0]["what"]["text"] == "Write plans with families"
    other.store.close()


def test_a_conflict_is_409(with_plan: Installation):
    door = with_plan.store.application
    (plan,) = with_plan.answer(*CONTRACT)["plans"]
    seen = plan["actions"][0]["version"] - 1
    with pytest.raises(ChangedMeanwhile) as conflict:
        door.do(AcceptCompletion(UUID(plan["plan"]), 1, on=told("x").at.date(), seen=seen), by=told("x", "colleague"))
    with with_plan.app.test_request_context("/api/plans"):
        assert show_refusal(conflict.value).status_code == 409


# --- the demonstration ----------------------------------------------------------------------------------------------


def test_the_demonstration_has_an_example_on_gateshead_s_real_findings(installation: Installation):
    assert installation.run("demo").exit_code == 0
    first = installation.store.ledger.max_position()
    assert installation.run("demo").exit_code == 0
    assert installation.store.ledger.max_position() == first, "again changes nothing"
    (plan,) = installation.answer("plan", "Gateshead")["plans"]
    assert plan["example"] is True
    assert {action["example"] for action in plan["actions"]} == {True}
    assert len(plan["findings"]) == 3
    assert plan["findings"][0]["text"].startswith("What is done for young people of 16 and 17")
    assert {row["priority_action"] for row in plan["findings"]} == {False}
    assert plan["headline"] == "1 of 6 actions complete and evidenced; 3 overdue, the longest by 57 days"
    for words in (("plan", "Gateshead"), ("plan", "due")):
        assert "(example, made up)" in installation.run(*words).stdout
    timeline = installation.answer("timeline", "Gateshead")["entries"]
    assert "action_plan_submitted" not in {entry["type"] for entry in timeline}, "made up, so no history"


def test_the_demonstration_has_questions_on_no_plan(installation: Installation):
    assert "Questions of members on no plan, made up too: 3" in installation.run("demo").stdout
    asked = [one for one in installation.answer("plan", "challenges")["questions"] if one["plan"] is None]
    assert [(one["authority"], one["asked_about"]["kind"], one["state"]) for one in asked] == [
        ("Peterborough", "entry", "overdue"),
        ("Leeds", "authority", "open"),
        ("Haringey", "entry", "answered"),
    ]
    assert {one["example"] for one in asked} == {True}


def test_a_plan_of_one_s_own_is_not_joined_by_the_example(installation: Installation):
    assert installation.run("store", "migrate").exit_code == 0
    assert tell_demo_plan(installation.store.application, at=told("now").at) is None, "the report is not held"
