"""The demonstration, with corrections to Haringey a day after everything else was told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from domain.facts import DateKind, Told
from domain.frameworks import Area, Grade
from domain.meetings.commands import ArrangeMeeting
from domain.values.statements import Source
from tests.questions_story import ask
from tests.web.client import Document
from tests.web.demo_app import HARINGEY, demo_app, open_plans, told
from tests.web.signed_in import store_of
from web import WebApp

AUTHORITY = f"/authorities/{HARINGEY}"
FIRST_CORRECTION = datetime(2097, 9, 2, 9, 0, tzinfo=UTC)


def by(reason: str, at: datetime) -> Told:
    return Told("local", uuid4(), Source("report_in_hand", "The report"), at, reason)


def corrected_app(home: Path) -> WebApp:
    """The demo, with a grade, a date and an entry of Haringey's corrected a day after everything else was told."""
    made = demo_app(home)
    made.extensions["plans"] = open_plans(made)
    with made.app_context():
        door = store_of(made).application
        arranged = door.do(
            ArrangeMeeting(urn=HARINGEY, committee="The panel", day=date(2026, 8, 12), on=date(2026, 8, 10)),
            by=told("the panel"),
        )
        made.extensions["meeting"] = arranged.meeting
        made.extensions["question"] = ask(door, urn=HARINGEY, on=date(2026, 8, 12), by=told("a question"))
        entries = door.authorities.authority(HARINGEY).activities
        (report,) = (one for one in entries if one.published == date(2018, 12, 14))
        wrong = next(one for one in entries if one.kind.value == "jtai")
        door.authorities.correct_judgement(
            HARINGEY,
            report.id,
            area=Area.IMPACT_OF_LEADERS,
            now=Grade.INADEQUATE,
            by=by("Page 2 says so.", FIRST_CORRECTION),
        )
        door.authorities.correct_date(
            HARINGEY,
            report.id,
            which=DateKind.PUBLISHED,
            now=date(2018, 12, 15),
            by=by("The front page says so.", FIRST_CORRECTION + timedelta(minutes=1)),
        )
        door.authorities.withdraw_entry(
            HARINGEY, wrong.id, by=by("Another’s visit.", FIRST_CORRECTION + timedelta(minutes=2))
        )
        store_of(made).projector.catch_up()
    return made


def shown(page: Document) -> str:
    (main,) = page.all("main")
    return main.said
