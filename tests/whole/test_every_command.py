"""Every command of the application, carried out once: kept, shown, exported, and the same in another store."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.application import Application
from domain.authorities.announcing import AnnouncementCommands
from domain.authorities.commands import AuthorityCommands
from domain.authorities.element_commands import ElementCommands
from domain.authorities.handler import Done
from domain.authorities.identity_commands import IdentityCommands
from domain.authorities.interventions import InterventionCommands
from domain.authorities.other_inspections import OtherInspection, OtherInspectionCommands
from domain.authorities.rulings import FindingPair
from domain.authorities.visit_topics import TopicCommands
from domain.facts import DateKind, Publisher, Told
from domain.frameworks import Area, Grade
from domain.rulebook.known_until import kinds_of
from domain.values.judgements import Judgements
from domain.values.known_until import KnownKind
from domain.values.statements import Kind, Period, PeriodOnSite, Rating, Source, Stated, Variant
from tests.installation import Installation
from tests.web.client import Client

SEED = UUID(int=77)
AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
STOCKTON, STHELENS, GATESHEAD, UNTOUCHED = "80563", "80560", "80469", "80455"
LEEDS = "80481"
GOOD = Judgements.of({Area.IMPACT_OF_LEADERS: Grade.GOOD, Area.HELP_AND_PROTECTION: Grade.GOOD})
COMMANDS = (
    AuthorityCommands,
    AnnouncementCommands,
    ElementCommands,
    InterventionCommands,
    IdentityCommands,
    TopicCommands,
    OtherInspectionCommands,
)
NOT_OF_ONE_FACT = {"register_authorities", "authority"}
OF_WORDS = {"answer_self_evaluation", "note_engagement", "erase_engagement_words"}
"""They go into no export: `tests/whole/test_erasure.py`."""

JT39 = (
    "urn,local_authority,inspection_link,publication_date,inspection_framework,inspection_start_date,"
    "inspection_end_date,overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,"
    "care_leavers_grade\n"
    "80560,st helens,https://files.ofsted.gov.uk/v1/file/50229999,04/09/23,standard,10/07/2023,21/07/2023,"
    "requires improvement,good,good,requires improvement,good\n"
    "80469,gateshead,https://files.ofsted.gov.uk/v1/file/50290001,10/06/25,,06/05/2025,07/05/2025,,,,,\n"
    "80469,gateshead,https://files.ofsted.gov.uk/v1/file/50290002,20/03/24,standard,21/01/2024,02/02/2024,"
    "good,good,good,good,good\n"
)


HOME = OtherInspection(
    Kind.OTHER_INSPECTION,
    "Ofsted",
    "Children’s home: Rosewood",
    published_on=date(2026, 3, 5),
    ratings=(Rating("Overall", "Good"),),
    link="https://reports.example/rosewood",
)
AREA_SEND = OtherInspection(
    Kind.AREA_SEND,
    started_on=date(2024, 6, 24),
    ended_on=date(2024, 6, 28),
    published_on=date(2024, 9, 2),
    outcome=3,
    link="https://files.ofsted.gov.uk/v1/file/50229998",
)


def told(what: str, *, reason: str | None = None) -> Told:
    return Told("local", uuid5(SEED, what), Source("report_in_hand", f"Paper on {what}"), AT, reason)


def from_call_to_report(timeline: Application, do: Callable[..., UUID]) -> None:
    """What is told of an inspection that was broken off, and of a visit whose call was withdrawn."""
    calls = timeline.announcements
    called = do(
        calls.announce, kind=Kind.INSPECTION, variant=Variant.STANDARD, notified_on=date(2026, 1, 12), urn=LEEDS
    )
    do(calls.start, called, started_on=date(2026, 1, 19), urn=LEEDS)
    do(calls.pause, called, paused_on=date(2026, 1, 23), urn=LEEDS)
    do(calls.resume, called, resumed_on=date(2026, 2, 9), urn=LEEDS)
    do(calls.end, called, ended_on=date(2026, 2, 13), urn=LEEDS)
    periods = (PeriodOnSite(date(2026, 1, 19), date(2026, 1, 23)), PeriodOnSite(date(2026, 2, 9), date(2026, 2, 12)))
    do(calls.record_periods, called, periods=periods, why="The front page says so.", urn=LEEDS)
    visit = do(
        calls.announce,
        kind=Kind.FOCUSED_VISIT,
        notified_on=date(2026, 7, 6),
        expected_start=date(2026, 7, 14),
        expected_end=date(2026, 7, 15),
        urn=LEEDS,
    )
    do(calls.withdraw_call, visit, withdrawn_on=date(2026, 7, 8), why="Put off by Ofsted.", urn=LEEDS)


def tell_everything(timeline: Application) -> set[str]:
    """One of each, in an order in which each is allowed; gives the names of the commands sent."""
    sent: set[str] = set()
    log: list[str] = []

    def do(command: Callable[..., Done], *args: Any, urn: str = STOCKTON, why: str | None = None, **words: Any) -> UUID:
        name = command.__name__
        by = replace(told(f"{name.replace('_', ' ')}, number {len(log)}"), reason=why)
        log.append(name)
        sent.add(name)
        return command(urn, *args, **words, by=by).activity

    scraped = timeline.authorities.authority(STHELENS).activities[0].id
    from_call_to_report(timeline, do)
    inspection = do(
        timeline.authorities.record_inspection,
        started_on=date(2026, 4, 27),
        ended_on=date(2026, 5, 1),
        kind=Variant.SHORT,
    )
    do(timeline.authorities.receive_report, inspection, received_on=date(2026, 6, 10))
    do(timeline.authorities.publish_report, inspection, judgements=GOOD, published_on=date(2026, 6, 17))
    do(
        timeline.authorities.correct_judgement,
        inspection,
        area=Area.HELP_AND_PROTECTION,
        now=Grade.OUTSTANDING,
        why="Page 1.",
    )
    do(timeline.authorities.correct_date, inspection, which=DateKind.END, now=date(2026, 5, 2), why="Page 1.")
    visit = do(
        timeline.authorities.record_focused_visit,
        started_on=date(2025, 3, 4),
        ended_on=None,
        focus="Front door",
        priority_actions=("Unallocated cases",),
    )
    do(timeline.authorities.receive_letter, visit, received_on=date(2025, 3, 20))
    do(timeline.authorities.publish_letter, visit, publisher=Publisher.COUNCIL, published_on=date(2025, 3, 27))
    unread = do(
        timeline.authorities.record_focused_visit, started_on=date(2025, 6, 3), ended_on=None, focus="Care leavers"
    )
    do(timeline.authorities.leave_letter_unpublished, unread)
    do(timeline.topics.choose, unread, topics=("front_door", "leaving_care"))
    do(timeline.authorities.record_finding, visit, text="Supervision", priority=False)
    do(timeline.authorities.record_finding, inspection, text="Supervision of social workers", priority=False)
    do(
        timeline.authorities.compare_findings,
        inspection,
        FindingPair("Supervision of social workers", visit, "Supervision"),
        same=True,
        why="Both ask for it.",
    )
    do(timeline.authorities.resolve_priority_action, visit, resolved_on=date(2026, 2, 1))
    do(timeline.authorities.record_monitoring_visit, started_on=date(2025, 9, 2), ended_on=None, number=1, focus=None)
    joint = do(
        timeline.authorities.record_joint_inspection, started_on=date(2024, 9, 2), ended_on=None, theme="Neglect"
    )
    do(timeline.authorities.record_action_planning_visit, held_on=date(2025, 10, 1))
    do(timeline.elements.record_self_evaluation, period=Period("2026-02"))
    do(timeline.elements.record_data_return, returned_on=date(2026, 7, 30), what="Children in need census")
    meeting = do(timeline.elements.record_engagement_meeting, held_on=date(2026, 3, 3))
    do(timeline.authorities.receive_letter, meeting, received_on=date(2026, 3, 28))
    due = do(timeline.authorities.set_plan_due, due_on=date(2026, 9, 24))
    do(timeline.authorities.correct_plan_due, due, now=date(2026, 9, 21), why="The report came a few days earlier.")
    do(timeline.authorities.submit_plan, submitted_on=date(2026, 8, 20))
    do(timeline.authorities.receive_plan_reply, received_on=date(2026, 8, 28))
    do(timeline.interventions.start_trust, name="A trust", started_on=date(2025, 4, 1))
    do(timeline.interventions.end_trust, ended_on=date(2026, 3, 31))
    for kind in (Kind.IMPROVEMENT_NOTICE, Kind.STATUTORY_DIRECTION, Kind.COMMISSIONER, Kind.INTERVENTION_LIFTED):
        do(timeline.interventions.intervene, kind=kind, on=date(2025, 5, 1))
    twin = do(
        timeline.authorities.record_joint_inspection, started_on=date(2024, 10, 2), ended_on=None, theme="Neglect"
    )
    do(timeline.authorities.recognise_as_one, joint, twin, why="One inspection; the second date is the letter's.")
    wrong = do(timeline.authorities.record_focused_visit, started_on=date(2025, 11, 4), ended_on=None, focus=None)
    do(timeline.authorities.withdraw_entry, wrong, why="Recorded for the wrong authority.")
    again = do(timeline.authorities.record_focused_visit, started_on=date(2025, 11, 5), ended_on=None, focus=None)
    do(timeline.authorities.withdraw_entry, again, why="The wrong authority once more.")
    do(timeline.authorities.record_focused_visit, started_on=date(2025, 11, 6), ended_on=None, focus="Care leavers")
    own = do(
        timeline.authorities.record_inspection,
        urn=STHELENS,
        started_on=date(2023, 7, 10),
        ended_on=date(2023, 7, 21),
        kind=Variant.STANDARD,
        published_on=date(2023, 9, 4),
        judgements=Judgements.of({Area.IN_CARE: Grade.GOOD}),
    )
    verdict = Stated(Kind.INSPECTION, grades=Judgements.of({Area.IN_CARE: Grade.GOOD}))
    do(timeline.authorities.settle, own, urn=STHELENS, said=verdict, why="Page 1 of the report.")
    dossier = timeline.authorities.authority(STHELENS).dossier
    (of_file,) = [s.id for s in dossier.statements.values() if s.about is None]
    of_officer = next(s.id for s in dossier.statements.values() if s.about == own)
    do(timeline.authorities.recognise_as_distinct, of_file, of_officer, urn=STHELENS, why="For the sake of the test.")
    do(timeline.authorities.record_finding, scraped, urn=STHELENS, text="Supervision", priority=False)
    from_a_sunday, two_days = timeline.authorities.authority(GATESHEAD).activities
    do(timeline.authorities.confirm, from_a_sunday.id, urn=GATESHEAD, why="The front page says so.")
    seen = {"urn": GATESHEAD, "why": "It is a letter."}
    do(timeline.authorities.recognise_as_visit, two_days.id, kind=Kind.FOCUSED_VISIT, **seen)
    do(timeline.identities.rename, urn=UNTOUCHED, name="Barsetshire", effective_on=date(2026, 4, 1))
    codes = {"was": "E09000003", "now": "E09000099"}
    do(timeline.identities.recode, urn=UNTOUCHED, scheme="gss_code", **codes, effective_on=date(2026, 4, 1))
    do(timeline.other_inspections.record, HOME)
    do(timeline.other_inspections.record, AREA_SEND)
    all_held = {"checked": "monitoring_visit", "kinds": kinds_of(KnownKind.MONITORING_VISIT)}
    do(timeline.authorities.check_sources, **all_held, checked_on=date(2026, 6, 30))
    return sent


@pytest.fixture
def told_everything(installation: Installation) -> tuple[Installation, set[str]]:
    installation.run("history", "import", installation.write("history_2026-08-04.csv", JT39))
    sent = tell_everything(installation.store.application)
    installation.store.projector.catch_up()
    return installation, sent


def test_no_command_is_left_out(told_everything: tuple[Installation, set[str]]):
    commands = {
        name
        for commands in COMMANDS
        for name, _ in inspect.getmembers(commands, inspect.isfunction)
        if not name.startswith("_") and name not in NOT_OF_ONE_FACT | OF_WORDS
    }
    assert told_everything[1] == commands


def test_everything_told_is_shown_on_the_page_and_dated_sensibly(told_everything: tuple[Installation, set[str]]):
    installation, _ = told_everything
    client = Client(installation.app)
    for urn in (STOCKTON, STHELENS, GATESHEAD, LEEDS):
        client.page(f"/authorities/{urn}")
        for entry in installation.answer("timeline", urn)["entries"]:
            client.page(f"/inspections/{entry['entry']}")
            assert entry["public_on"] >= "2018-01-01"


def test_the_letter_received_is_day_0_of_the_priority_action_plan(told_everything: tuple[Installation, set[str]]):
    installation, _ = told_everything
    standing = installation.answer("standing", STOCKTON, "--as-at", "2025-04-01")
    (draft,) = [e for e in standing["expectations"] if e["activity"] == "draft_action_plan"]
    assert draft["to"] == "2025-04-17", "20 working days from 20 March 2025"


def test_findings_of_an_officer_follow_those_of_the_file(told_everything: tuple[Installation, set[str]]):
    installation, _ = told_everything
    texts = [row["text"] for row in installation.app.test_client().get("/api/findings?q=supervision").get_json()]
    assert texts.count("Supervision") == 2


def test_what_was_said_to_have_been_raised_before_is_exported_and_known_elsewhere(
    told_everything: tuple[Installation, set[str]], tmp_path: Path
):
    installation, _ = told_everything
    exported = installation.run("history", "export", "--authority", STOCKTON).stdout
    other = Installation(tmp_path / "other")
    assert other.run("history", "import", other.write("export.yaml", exported)).exit_code == 0
    for store in (installation, other):
        rows = store.app.test_client().get(f"/api/authorities/{STOCKTON}/findings").get_json()
        (said,) = (one for row in rows for one in row["raised_before"] if one["same"] is not None)
        assert (said["text"], said["same"], said["reason"]) == ("Supervision", True, "Both ask for it.")
    assert other.run("history", "import", other.write("again.yaml", exported)).exit_code == 0
    compared = [one for _, one in other.store.ledger.read_facts() if type(one).__name__ == "FindingsCompared"]
    assert len(compared) == 1


@pytest.mark.parametrize(
    "day", ["2024-12-01", "2025-03-10", "2025-04-01", "2026-02-15", "2026-05-20", "2026-06-12", "2026-09-01"]
)
def test_nothing_is_shown_before_its_day(told_everything: tuple[Installation, set[str]], day: str):
    installation, _ = told_everything
    for urn in (STOCKTON, STHELENS, GATESHEAD, LEEDS):
        for entry in installation.answer("timeline", urn, "--as-at", day)["entries"]:
            for key in ("start", "end", "published", "received", "letter_received", "published_by_council", "notified"):
                assert entry.get(key, day) <= day, f"{entry['type']}: {key}"
            assert entry["public_on"] <= day
            if "published" not in entry and entry["type"] == "inspection":
                assert "grades" not in entry


def test_another_store_told_by_an_export_answers_alike(told_everything: tuple[Installation, set[str]], tmp_path: Path):
    installation, _ = told_everything
    exported = tmp_path / "export.yaml"
    assert installation.run("history", "export", "--output", exported).exit_code == 0
    other = Installation(tmp_path / "other")
    report = other.answer("history", "import", exported)
    assert report["files"][0]["rejected"] == []
    for urn in (STOCKTON, STHELENS, GATESHEAD, LEEDS):
        for day in ("2023-08-01", "2024-10-15", "2025-04-01", "2026-05-20", "2026-09-01"):
            for question in ("standing", "timeline"):
                words = (question, urn, "--as-at", day)
                assert lasting(other.answer(*words)) == lasting(installation.answer(*words)), words
    assert lasting(other.answer("disagreements")) == lasting(installation.answer("disagreements"))
    other.store.close()


def lasting(document: Any) -> Any:
    """An answer without what depends on when its events were kept."""
    if isinstance(document, dict):
        return {key: lasting(value) for key, value in document.items() if key not in ("position", "recorded_at")}
    return [lasting(item) for item in document] if isinstance(document, list) else document
