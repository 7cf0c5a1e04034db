"""What the product answers once the rows of an invented framework are in its tables; run by `tests.invented_framework`.

Everything told is plain text and numbers, since it goes from one process to another."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import docx

from domain.facts import Told
from domain.frameworks import JudgementSet
from domain.plans.commands import AddAction, OpenPlan
from domain.values.errors import RuleBroken
from domain.values.judgements import Judgements
from domain.values.roles import Role
from domain.values.statements import Source
from tests.installation import Installation
from tests.web.client import Client, Document
from tests.web.signed_in import person, sign_in
from web.charts.lanes import lanes_picture

STOCKTON, ST_HELENS, GATESHEAD, HAMMERSMITH = "80563", "80560", "80469", "80497"
HISTORY = """
schema_version: 1
data_horizon: 2026-08-21
authorities:
- name: Stockton-on-Tees
  urn: '80563'
  history:
  - {type: inspection, framework: ILACS, variant: short, start: 2026-04-20, end: 2026-04-24, published: 2026-06-01,
     grades: {impact_of_leaders: good, help_and_protection: good, in_care: good, care_leavers: requires_improvement},
     sources: [{title: Ofsted report, url: 'https://files.ofsted.gov.uk/v1/file/50090001'}]}
  - {type: inspection, framework: ILACS, variant: standard, start: 2026-06-08, end: 2026-06-19, published: 2026-07-27,
     grades: {governance_and_partnership: urgent_improvement, family_help: strong, safety_from_harm: urgent_improvement,
              homes_and_permanence: expected_standard, moving_to_adulthood: exceptional},
     areas_for_improvement: [The quality of plans, Supervision of social workers],
     sources: [{title: Ofsted report, url: 'https://files.ofsted.gov.uk/v1/file/50090002'}]}
- name: St Helens
  urn: '80560'
  history:
  - {type: inspection, framework: ILACS, variant: standard, start: 2026-06-15, end: 2026-06-26, published: 2026-08-03,
     grades: {governance_and_partnership: strong, family_help: strong, safety_from_harm: expected_standard,
              homes_and_permanence: expected_standard, moving_to_adulthood: needs_attention},
     areas_for_improvement: [The quality of plans],
     sources: [{title: Ofsted report, url: 'https://files.ofsted.gov.uk/v1/file/50090003'}]}
- name: Gateshead
  urn: '80469'
  history:
  - {type: inspection, framework: ILACS, variant: standard, start: 2026-06-15, end: 2026-06-26, published: 2026-08-03,
     grades: {governance_and_partnership: good, family_help: strong, in_care: good},
     sources: [{title: Ofsted report, url: 'https://files.ofsted.gov.uk/v1/file/50090004'}]}
"""
"""Stockton's second report is of the invented framework, at its worst grade for leaders; so is the one of St Helens, at
better ones. What is said of Gateshead's gives one area a grade of the scale before, and names an area that is gone."""

AS_AT = "2026-08-21"
OF_EACH_KIND = 2
"""So many addresses of one route are asked."""


def tell(home: Path) -> dict[str, Any]:
    """Imported, recorded, asked in every way, and walked."""
    made = Installation(home / "instance")
    imported = made.run("history", "import", made.write("history.yaml", HISTORY))
    assert imported.exit_code == 0, imported.output
    client = Client(made.app)
    officer = person(made.app, Role.MEMBER, Role.OFFICER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR)
    sign_in(made.app, client.client, officer)
    plan = _plan(made)
    answers = {
        "wrong_scale": _wrong_scale(made),
        "recorded": _recorded(client),
        "corrections": _corrections(made, client),
        "frameworks": client.client.get("/api/frameworks").json,
        **{urn: _of_authority(client, urn) for urn in (STOCKTON, ST_HELENS)},
        "of_a_wrong_scale": client.client.get(f"/api/authorities/{GATESHEAD}?as_at={AS_AT}").json["judgements"],
        "register": _register(client),
        "suppose": _suppose(client),
        "word": _word(client, f"/plans/{plan}/report.docx?as_at={AS_AT}&part=background&part=gaps&part=appendix"),
        "chart": _letters(made),
    }
    answers["walked"], answers["kinds"] = _walked(client)
    made.store.close()
    return answers


def _told(what: str) -> Told:
    return Told("officer", uuid4(), Source("form", what), datetime(2026, 8, 21, 9, 30, tzinfo=UTC), None)


def _plan(made: Installation) -> Any:
    """A plan on Stockton's report, with one action."""
    door = made.store.application
    (report,) = (one for one in door.authorities.authority(STOCKTON).activities if one.published == date(2026, 7, 27))
    plan = door.do(OpenPlan(STOCKTON, report.id, on=date(2026, 7, 28)), by=_told("open")).plan
    finding, *_ = door.plans.plan(plan).state.findings
    door.do(
        AddAction(
            plan,
            findings=[finding],
            what="Write plans with families",
            owner="Head of Safeguarding",
            due_on=date(2027, 2, 1),
            measure="Plans rated strong by audit",
            on=date(2026, 7, 29),
        ),
        by=_told("add"),
    )
    made.store.projector.catch_up()
    return plan


def _wrong_scale(made: Installation) -> list[str]:
    """What is refused: a new area with a grade of the scale before, and an area that the framework does not have."""
    from domain.frameworks import Area, Grade

    said = []
    for area, grade in (("family_help", "good"), ("in_care", "strong"), ("in_care", "good")):
        try:
            Judgements.of({Area(area): Grade(grade)}).must_fit(JudgementSet("five"))
        except RuleBroken as refusal:
            said.append(str(refusal))
    return said


def _text(document: Document) -> str:
    (main,) = document.all("main")
    return main.said


def _recorded(client: Client) -> dict[str, Any]:
    """An inspection of Hammersmith typed into the form: what it asks, a wrong grade, and the entry."""
    where = f"/authorities/{HAMMERSMITH}/record/inspection"
    page = client.page(where)
    hidden = {box.get("name") or "": box.get("value") or "" for box in page.all("input") if box.get("type") == "hidden"}
    days = {"started_on": (2026, 6, 22), "ended_on": (2026, 7, 3), "published_on": (2026, 8, 10)}
    parts = {
        f"{name}-{part}": str(number)
        for name, day in days.items()
        for part, number in zip(("year", "month", "day"), day, strict=True)
    }
    form = hidden | parts | {"kind": "standard", "source_title": "Ofsted report", "family_help": "needs_attention"}
    old_area = _text(client.post(where, form | {"in_care": "good"}, status=422))
    old_grade = _text(client.post(where, form | {"family_help": "good"}, status=422))
    sent = client.client.post(where, data=form)
    asked = {box.get("name"): [one.said for one in _options(page, box)] for box in page.all("select")}
    return {
        "asked": asked,
        "hints": _text(page),
        "old_area": old_area,
        "old_grade": old_grade,
        "sent": sent.status_code,
        "entry": _text(client.page(urlsplit(sent.location).path)),
    }


def _options(page: Document, box: Any) -> list[Any]:
    return [option for option in page.all("option") if box in option.parents]


def _corrections(made: Installation, client: Client) -> list[str]:
    """The grades to which a grade of Stockton's new report may be corrected."""
    (report,) = (
        one
        for one in made.store.application.authorities.authority(STOCKTON).activities
        if one.published == date(2026, 7, 27)
    )
    page = client.page(f"/authorities/{STOCKTON}/entries/{report.id}/correct/grade")
    return [box.get("value") or "" for box in page.all("input") if box.get("name") == "now"]


def _of_authority(client: Client, urn: str) -> dict[str, Any]:
    asked = f"?as_at={AS_AT}"
    page = client.page(f"/authorities/{urn}{asked}")
    (table,) = [
        one
        for one in page.all("table")
        if any(one in of.parents and "each change" in of.said for of in page.all("caption"))
    ]
    return {
        "standing": client.client.get(f"/api/authorities/{urn}{asked}").json,
        "window": client.client.get(f"/api/authorities/{urn}/window{asked}").json,
        "timeline": client.client.get(f"/api/authorities/{urn}/timeline{asked}").json,
        "page": _text(page),
        "rows": [row.said for row in page.all("tr") if table in row.parents],
        "reasoning": _text(client.page(f"/authorities/{urn}/window{asked}")),
        "compared": _text(client.page(f"/authorities/{urn}/compare?from=2026-06-02&to={AS_AT}")),
        "compared_word": _word(client, f"/authorities/{urn}/compare.docx?from=2026-06-02&to={AS_AT}"),
    }


def _register(client: Client) -> dict[str, Any]:
    page = client.page(f"/authorities?as_at={AS_AT}&judgement=no_overall")
    filters = [option.said for option in page.all("option")]
    return {"filters": filters, "rows": [row.said for row in page.all("tr")[1:]]}


def _suppose(client: Client) -> dict[str, Any]:
    """A report of the invented framework supposed of St Helens, the same with too few grades, and with a wrong one."""
    five = {
        "governance_and_partnership": "urgent_improvement",
        "family_help": "strong",
        "safety_from_harm": "strong",
        "homes_and_permanence": "strong",
        "moving_to_adulthood": "strong",
    }
    asked = {"suppose": "report", "day": "2026-08-21", "as_at": AS_AT}
    json = f"/api/authorities/{ST_HELENS}/suppose"
    page = client.client.get(f"/authorities/{ST_HELENS}/suppose", query_string=asked | five)
    return {
        "answer": client.client.get(json, query_string=asked | five).json,
        "page": _text(client.checked(page, 200)),
        "too_few": client.client.get(json, query_string=asked | {"family_help": "strong"}).json["detail"],
        "wrong": client.client.get(json, query_string=asked | five | {"family_help": "good"}).json["detail"],
    }


def _word(client: Client, address: str) -> str:
    answer = client.client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status}"
    paper = docx.Document(BytesIO(answer.data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def _letters(made: Installation) -> list[list[str]]:
    """The letter, the tone and the words of each inspection in Stockton's picture."""
    activities = made.store.application.authorities.authority(STOCKTON).activities
    drawn = lanes_picture("Stockton", activities, None, date(2026, 8, 21))
    assert drawn is not None
    return [[mark.letter, mark.tone, mark.says] for mark in drawn.wide.lanes[0].marks]


class _Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attrs).get("href")) and href.startswith("/"):
            self.found.append(href.partition("#")[0])


def _walked(client: Client) -> tuple[dict[str, int], int]:
    """Every address that pages lead to from the start, the authorities and their JSON, with its status; pages checked.

    Of addresses of one kind the first few; of those that name one of the authorities with history, more."""
    api = [
        f"/api/authorities/{urn}/{what}" for urn in (STOCKTON, ST_HELENS) for what in ("sources", "compare", "forecast")
    ]
    waiting = ["/", "/authorities/80563", "/authorities/80560", f"/authorities/{HAMMERSMITH}", *api]
    waiting += ["/api/forecasts", "/api/planner", "/api/past-windows", "/api/authorities", "/api/openapi.json"]
    asked: dict[str, int] = {}
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        ours = any(urn in path for urn in (STOCKTON, ST_HELENS, HAMMERSMITH))
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "N", path) + (" ours" if ours else "")
        if address in asked or kinds[kind] >= OF_EACH_KIND or path.startswith(("/static/", "/sign-out")):
            continue
        kinds[kind] += 1
        answer = client.client.get(address)
        asked[address] = answer.status_code
        if answer.status_code == 200 and answer.mimetype == "text/html":
            if path != "/plans":  # where a plan without exceptions says "None"
                client.checked(answer, 200)
            waiting += _Links(answer.text).found
    return asked, len(kinds)
