"""Findings grown: their judgement and outcomes, what was raised before, and the paragraphs of documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from domain.facts import Told
from domain.files.importing import FileOfStatements
from domain.frameworks import Area, Framework, Grade
from domain.values.documents import DocumentKind, KeptDocument, ParagraphRead, SectionRead
from domain.values.judgements import Judgements
from domain.values.roles import Role
from domain.values.statements import Channel, Family, Kind, Observation, Source, Stated
from tests.web.client import Client
from tests.web.demo_app import HARINGEY, demo_app
from tests.web.signed_in import person, sign_in, store_of
from web import WebApp

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
HELP = "The experiences and progress of children who need help and protection"
NOW = "Life-story work with each child. (outcome 4, national framework)"
BEFORE = "The quality of life-story work."


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> WebApp:
    """Haringey's letter of 2024 and its report of 2026, which was read as a document."""
    app = demo_app(tmp_path_factory.mktemp("grown"))
    with app.app_context():
        store = store_of(app)
        door = store.application.authorities
        by = Told("local", uuid5(UUID(int=5), "visit"), Source("report_in_hand", "The letter"), AT)
        door.record_focused_visit(
            HARINGEY,
            started_on=date(2024, 3, 5),
            ended_on=date(2024, 3, 6),
            focus="Children in care",
            improvements=[BEFORE],
            published_on=date(2024, 4, 9),
            by=by,
        )
        section = SectionRead(
            HELP,
            Area.HELP_AND_PROTECTION,
            (
                ParagraphRead("Life-story work is begun early for most children.", 4, "9"),
                ParagraphRead("Thresholds are understood.", 4, "10"),
            ),
        )
        said = Stated(
            Kind.INSPECTION,
            start=date(2026, 9, 14),
            end=date(2026, 9, 18),
            published=date(2026, 10, 26),
            framework=Framework.ILACS,
            grades=Judgements.of({Area.HELP_AND_PROTECTION: Grade.GOOD}),
            improvements=(NOW,),
            improvement_outcomes=((4,),),
        )
        source = Source("ofsted_report", "Ofsted report on Haringey", None, date(2026, 10, 26))
        store.application.files.read_file(
            FileOfStatements(
                name="haringey.pdf",
                digest="5" * 64,
                layout="ofsted_report",
                source=source,
                read_on=date(2026, 10, 26),
                edition=None,
                rows=1,
                rejected=0,
                observations=[Observation(HARINGEY, Family.OFSTED_DOCUMENT, Channel.OFSTED_REPORT, said)],
                document=KeptDocument(DocumentKind.GRADED_REPORT, HARINGEY, date(2026, 10, 26), 9, (), (section,)),
            ),
            actor="import",
            at=AT,
        )
        store.projector.catch_up()
    return app


def test_a_finding_is_shown_with_its_inferred_judgement_its_outcome_and_what_was_raised_before(app: WebApp):
    client = Client(app)
    page = client.page("/findings?q=stories&framework=outcome-4&area=help_and_protection")
    (hit,) = [one for one in page.all("li") if one.inside("ol") and not one.inside("ul")]
    assert "Help and protection Inferred" in hit.said
    assert "Outcome 4: children in care and care leavers have stable, loving homes" in hit.said
    assert f"{BEFORE} Focused visit of Haringey , published 9 April 2024 Suggested by its words" in hit.said
    assert "Say whether it was" not in hit.said
    assert client.page("/findings?q=story&framework=outcome-1").by_id("results").said.count("outcome-1") == 1


def test_an_officer_confirms_a_suggestion_or_refuses_it(app: WebApp):
    officer = Client(app)
    sign_in(app, officer.client, person(app, Role.OFFICER, authorities=[HARINGEY]))
    page = officer.page("/findings?q=story&year=2026")
    (link,) = [one for one in page.all("a") if one.said.startswith("Say whether it was")]
    where = link.get("href") or ""
    form = officer.page(where)
    chosen = [one.said for one in form.all("option") if one.get("selected") is not None]
    assert chosen == [NOW, f"9 April 2024: {BEFORE}"]
    answers = {
        box.get("name") or "": box.get("value") or "" for box in form.all("input") if box.get("type") == "hidden"
    }
    for select in form.all("select"):
        (value,) = [
            one.get("value") or ""
            for one in form.all("option")
            if select in one.parents and one.get("selected") is not None
        ]
        answers[select.get("name") or ""] = value
    answers |= {"same": "yes", "reason": "Both ask for it.", "source_title": "Both"}
    assert officer.client.post(where.partition("?")[0], data=answers).status_code == 303
    said = Client(app).page("/findings?q=story&year=2026").by_id("results").said
    assert "An officer: raised before Both ask for it." in said
    assert "Suggested by its words" not in said


def test_paragraphs_are_found_with_their_judgement_grade_and_place(app: WebApp):
    client = Client(app)
    assert "Look for “story”" in client.page("/findings?q=story").by_id("results").said
    page = client.page("/findings/paragraphs?q=stories")
    (hit,) = [one for one in page.all("li") if one.inside("ol")]
    assert hit.said.startswith("Life- story work is begun early for most children.")
    assert "published 26 October 2026 , paragraph 9, page 4 Help and protection Good" in hit.said
    assert [mark.said for mark in page.all("mark")] == ["story"]
    client.part("/findings/paragraphs?q=thresholds&grade=good")
    assert (
        client.page("/findings/paragraphs?q=thresholds&year=2026").by_id("hits-heading").said.startswith("1 paragraph")
    )
    assert "No paragraph matches" in client.page("/findings/paragraphs?q=zebra").by_id("results").said
    assert "Enter a word to look for in 2 paragraphs" in client.page("/findings/paragraphs").by_id("results").said
    before = client.page("/findings/paragraphs?q=story&as_at=2026-10-25").by_id("results").said
    assert "No report or letter was read by then." in before


def test_the_same_as_json(app: WebApp):
    client = app.test_client()
    found = client.get("/api/paragraphs?q=child").get_json()
    assert (found["held"], found["found"], found["page"], found["pages"]) == (2, 1, 1, 1)
    assert found["paragraphs"][0]["grade"] == "good"
    assert client.get("/api/paragraphs?q=child&page=2").get_json()["paragraphs"] == []
    assert client.get("/api/paragraphs?q=child&authority=Haringey").get_json() == found
    assert client.get("/api/paragraphs?q=child&page=x").status_code == 422
    (row,) = (one for one in client.get("/api/findings?q=story").get_json() if one["text"] == NOW)
    assert (row["judgement"], row["judgement_inferred"], row["national_framework"]) == (
        "help_and_protection",
        True,
        ["outcome-4"],
    )


def test_before_any_document_is_read_the_page_says_so(tmp_path: Path):
    page = Client(demo_app(tmp_path / "store")).page("/findings/paragraphs?q=child")
    assert "No report or letter was read yet." in page.by_id("results").said
