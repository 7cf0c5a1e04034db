"""Whatever leaves as a file carries the newest signed checkpoint: who keeps the file can hold the log to it."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import icalendar
import pytest

from domain.values.roles import Role
from tests.web.client import Client
from tests.web.demo_app import GATESHEAD, demo_app
from tests.web.example_of_2019 import tell_example_of_2019
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
FILES = re.compile(r"\.(csv|xlsx|docx|ndjson|ics)$")
MOMENTS = "?as_at=2026-09-30&from=2020-01-31&to=2026-09-30&authority=80469"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    return demo_app(tmp_path_factory.mktemp("sealing"))


@pytest.fixture(scope="module")
def plan(app: WebApp) -> UUID:
    found = tell_example_of_2019(store_of(app).application, at=AT)
    store_of(app).projector.catch_up()
    assert found is not None
    return found


def addresses(app: WebApp, plan: UUID) -> list[str]:
    """Every address of a file but old ones, which lead on, the audit trail's, which tell the size and root they were
    taken at, and those of what somebody sent in, which is no record yet."""
    parts = {"urn": GATESHEAD, "plan": str(plan), "shape": "csv", "identifier": GATESHEAD, "region": "North East"}
    parts["secret"] = store_of(app).followers.make_secret({"urns": [GATESHEAD], "kinds": ["reports"]})
    return [
        re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda part: parts[part[1]], rule.rule) + MOMENTS
        for rule in app.url_map.iter_rules()
        if FILES.search(rule.rule)
        and "GET" in (rule.methods or ())
        and not rule.endpoint.startswith(("audit.", "ledger_pages.", "moved."))
        and "upload" not in rule.arguments
    ]


def readable(data: bytes) -> str:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    if data.startswith(b"BEGIN:VCALENDAR"):
        return str(icalendar.Calendar.from_ical(data).get("x-timeline-checkpoint", "")).replace("\\n", "\n")
    return data.decode()


def test_every_file_carries_the_whole_signed_note(app: WebApp, plan: UUID):
    client = Client(app)
    sign_in(app, client.client, person(app, Role.MEMBER))
    lines = [line for line in store_of(app).audit.sign(at=AT).splitlines() if line]
    seen = set()
    for address in addresses(app, plan):
        answer = client.client.get(address)
        if answer.status_code == 422 and address.startswith("/calendar/chosen"):
            answer = client.client.get(f"{address}&urn={GATESHEAD}")
        assert answer.status_code == 200, (address, answer.text[:300])
        assert [line for line in lines if line not in readable(answer.data)] == [], address
        seen.add(address.partition("?")[0].rpartition(".")[2])
    assert seen == {"csv", "xlsx", "docx", "ics"}
