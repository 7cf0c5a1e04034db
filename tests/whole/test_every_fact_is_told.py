"""Every fact is told by a form, or it is written why none tells it: `docs/telling.md` against the product."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from domain.facts import FACTS, Fact
from domain.values.roles import Role
from tests import CHECKOUT
from tests.web.client import Client
from tests.web.demo_app import UNTOUCHED, demo_app
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp
from web.authorities.command_table import RECORDS
from web.authorities.correcting import CORRECTIONS
from web.authorities.identity import IDENTITY
from web.meetings.command_table import KINDS
from web.plans.command_table import ACTION_FORMS, PLAN_FORMS, QUESTION_FORMS

TELLING = CHECKOUT / "docs" / "telling.md"
NO_FORM = "no form"

OF_KINDS: Mapping[str, Mapping[str, object]] = {
    "recording.record": RECORDS,
    "correcting.correct": CORRECTIONS,
    "identity.record": IDENTITY,
    "planning.record": PLAN_FORMS,
    "planning.act": ACTION_FORMS,
    "planning.reply": QUESTION_FORMS,
    "meeting_recording.record": KINDS,
}
"""Addresses that end in the kind of record, and the kinds there are."""


def rows_of(text: str) -> dict[str, str]:
    """Where each fact is told, by the name of its class."""
    return dict(re.findall(r"(?m)^\| `(\w+)` \| (.+?) \|$", text))


def faults(declared: set[str], rows: Mapping[str, str], app: WebApp) -> Iterator[str]:
    """What is wrong with a list of where facts are told."""
    yield from (f"{name} has no row" for name in sorted(declared - set(rows)))
    yield from (f"{name} is no fact" for name in sorted(set(rows) - declared))
    for name, told in rows.items():
        if told.startswith(NO_FORM):
            if not re.fullmatch(rf"{NO_FORM}: .{{8,}}", told):
                yield f"{name} has no form, and no reason is written"
        elif form_at(told.strip("`"), app) is None:
            yield f"{name} is told at {told}, where there is no form"


def form_at(address: str, app: WebApp) -> tuple[str, object | None] | None:
    """The endpoint of a form, and its row where it is one of several kinds; None where there is none."""
    app.open_pages()
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        written = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", rule.rule)
        kinds = OF_KINDS.get(rule.endpoint)
        if kinds is None and written == address:
            return rule.endpoint, None
        before, _, kind = address.rpartition("/")
        if kinds is not None and written == f"{before}/<kind>" and kind in kinds:
            return rule.endpoint, kinds[kind]
    return None


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("telling"))


@pytest.fixture(scope="module")
def rows() -> dict[str, str]:
    return rows_of(TELLING.read_text(encoding="utf-8"))


DECLARED = {fact.__name__ for fact in FACTS.values()}


def test_every_fact_has_a_form_or_a_written_reason(app: WebApp, rows: dict[str, str]):
    assert len(DECLARED) > 100
    assert list(faults(DECLARED, rows, app)) == []


def test_a_fact_that_nobody_can_tell_is_caught(app: WebApp, rows: dict[str, str]):
    class PlantedTold(Fact, name="planted.told"):
        """A fact of this test alone."""

    try:
        declared = {fact.__name__ for fact in FACTS.values()}
        assert list(faults(declared, rows, app)) == ["PlantedTold has no row"]
        wrong = {
            "PlantedTold has no form, and no reason is written": "no form",
            "PlantedTold is told at `/authorities/<urn>/record/erewhon`, where there is no form": (
                "`/authorities/<urn>/record/erewhon`"
            ),
            "PlantedTold is told at `/coming-up`, where there is no form": "`/coming-up`",
        }
        for fault, told in wrong.items():
            assert list(faults(declared, rows | {"PlantedTold": told}, app)) == [fault]
    finally:
        del FACTS["planted.told"]
    assert list(faults(DECLARED, rows | {"PlantedTold": "no form: it is planted"}, app)) == ["PlantedTold is no fact"]


def test_what_a_plan_or_a_meeting_is_told_is_what_the_form_there_sends(app: WebApp, rows: dict[str, str]):
    found = {}
    for name, told in rows.items():
        _, row = form_at(told.strip("`"), app) or ("", None)
        command = getattr(row, "sends", None) or getattr(row, "command", None)
        if command is not None:
            found[name] = command.tells.__name__
    assert len(found) >= 30
    assert found == {name: name for name in found}


# --- an authority's forms, sent one after another ------------------------------------------------------------------


def day(name: str, text: str) -> dict[str, str]:
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), text.split(), strict=True))


STORY: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "inspection",
        {"kind": "standard"} | day("started_on", "4 3 2024") | day("ended_on", "15 3 2024"),
    ),
    ("report-received", day("received_on", "15 4 2024")),
    (
        "report",
        {"overall_effectiveness": "inadequate", "help_and_protection": "inadequate"} | day("published_on", "29 4 2024"),
    ),
    ("finding", {"weight": "improvement", "finding": "Supervision"}),
    (
        "focused-visit",
        {"focus": "help and protection", "topics": "front_door", "priority_actions": "Unallocated cases"}
        | day("started_on", "4 6 2019"),
    ),
    ("focused-visit", {"assurance": "y"} | day("started_on", "13 10 2020")),
    ("finding", {"weight": "priority", "finding": "Oversight"}),
    ("priority-action-resolved", day("resolved_on", "4 3 2025")),
    ("monitoring-visit", {"number": "1"} | day("started_on", "1 10 2024")),
    ("letter-not-published", {}),
    ("jtai", {"theme": "serious youth violence"} | day("started_on", "9 10 2023")),
    ("letter", {"publisher": "ofsted"} | day("published_on", "30 11 2024")),
    ("letter-received", day("received_on", "20 11 2024")),
    ("action-planning-visit", day("held_on", "3 6 2024")),
    ("self-evaluation", day("shared", "4 2 2025")),
    ("self-evaluation-answers", {"known": "Practice is steady."}),
    ("engagement-meeting", day("held", "4 3 2025")),
    ("letter-received", day("received_on", "28 3 2025")),
    ("engagement-notes", {"topics": "Placements", "parts": "education"} | day("following", "4 3 2026")),
    ("data-return", {"kind": "another", "called": "Fostering return"} | day("returned_on", "30 6 2025")),
    ("plan-due", day("due_on", "8 8 2024")),
    ("plan-due-corrected", {"reason": "The report came earlier."} | day("now", "7 8 2024")),
    ("plan-submitted", day("submitted_on", "5 8 2024")),
    ("plan-reply", day("received_on", "2 9 2024")),
    ("intervention", {"kind": "improvement_notice"} | day("on", "3 7 2024")),
    ("intervention", {"kind": "statutory_direction"} | day("on", "4 7 2024")),
    ("intervention", {"kind": "commissioner_appointed"} | day("on", "5 7 2024")),
    ("intervention-lifted", day("on", "6 7 2026")),
    ("trust-started", {"name": "A trust"} | day("started_on", "1 4 2025")),
    ("trust-ended", day("ended_on", "31 3 2026")),
    ("area-send", {"found": "2"} | day("started_on", "2 6 2025") | day("published_on", "1 9 2025")),
    ("youth-justice", {"overall": "Good"} | day("published_on", "18 2 2025")),
    (
        "other-inspection",
        {
            "what": "another",
            "inspectorate": "HMICFRS",
            "title": "Child protection",
            "source_url": "https://example.org/1",
        }
        | day("published_on", "18 3 2025"),
    ),
    ("nothing-more", {"kind": "monitoring_visit"} | day("checked_on", "30 6 2026")),
    ("call", {"announced": "short"} | day("notified_on", "7 9 2026")),
    ("first-day", day("started_on", "14 9 2026")),
    ("paused", day("paused_on", "16 9 2026")),
    ("resumed", day("resumed_on", "5 10 2026")),
    ("last-day", day("ended_on", "7 10 2026")),
    (
        "periods",
        {"reason": "The report says so."}
        | day("first_from", "14 9 2026")
        | day("first_to", "16 9 2026")
        | day("second_from", "5 10 2026")
        | day("second_to", "6 10 2026"),
    ),
    ("call", {"announced": "focused-visit"} | day("notified_on", "9 11 2026")),
    ("call-withdrawn", {"reason": "It was put off."} | day("withdrawn_on", "11 11 2026")),
)
"""Kinds of record in an order in which each is taken, and what is answered."""


@pytest.fixture(scope="module")
def told_at(app: WebApp) -> dict[str, set[str]]:
    """The facts that each form of an authority's records told, by the last part of its address."""
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER))
    ledger, found = store_of(app).ledger, dict[str, set[str]]()
    for kind, answers in STORY:
        before = ledger.max_position()
        address = f"/authorities/{UNTOUCHED}/record/{kind}"
        sent = opened(client, address) | {"source_title": "The paper itself"} | answers
        answer = client.client.post(address, data=sent)
        assert answer.status_code == 303, (kind, re.findall(r'error-message">.*?</span>(.*?)<', answer.text))
        told = found.setdefault(kind, set())
        told |= {type(fact).__name__ for _, fact in ledger.read_facts(before + 1)}
    return found


def opened(client: Client, address: str) -> dict[str, str]:
    """What a form holds when it is opened: its hidden boxes, and the first of the entries it may be about."""
    page = client.page(address)
    hidden = {box.get("name") or "": box.get("value") or "" for box in page.all("input") if box.get("type") == "hidden"}
    entries = [option.get("value") or "" for option in page.all("option") if option.inside("select")]
    return hidden | ({"activity": entries[0]} if 'id="activity"' in client.client.get(address).text else {})


def test_each_form_of_an_authority_tells_what_is_written(rows: dict[str, str], told_at: dict[str, set[str]]):
    written = {
        name: match[1]
        for name, told in rows.items()
        if (match := re.fullmatch(r"`/authorities/<urn>/record/(.+)`", told))
    }
    assert len(written) >= 35
    assert [name for name, kind in written.items() if name not in told_at.get(kind, set())] == []


def test_no_form_of_an_authority_is_left_out(told_at: dict[str, set[str]]):
    assert set(told_at) == set(RECORDS)


def test_the_number_of_the_next_monitoring_visit_is_proposed(app: WebApp, told_at: dict[str, set[str]]):
    assert "MonitoringVisitHeld" in told_at["monitoring-visit"]
    client = Client(app)
    sign_in(app, client.client, person(app, Role.OFFICER))
    page = client.page(f"/authorities/{UNTOUCHED}/record/monitoring-visit")
    assert page.by_id("number").get("value") == "2", "the first since the report of April 2024 is recorded"


def test_what_was_told_stands_on_the_authoritys_page(app: WebApp, told_at: dict[str, set[str]]):
    page = Client(app).page(f"/authorities/{UNTOUCHED}").all("main")[0].said
    for words in (
        "Monitoring visit 1",
        "Action planning visit",
        "Children’s trust ended",
        "Government intervention lifted",
    ):
        assert words in page
    assert date(2026, 3, 31) in [
        one.on for one in store_of(app).application.authorities.authority(UNTOUCHED).activities
    ]
