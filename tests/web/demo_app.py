"""An application with the demo history of five authorities, and one more fact of each kind that it lacks."""

from __future__ import annotations

import atexit
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from uuid import UUID, uuid5

from domain.facts import Told
from domain.plans.commands import AddAction, OpenPlan
from domain.values.statements import Kind, Source, Variant
from tests import CHECKOUT
from web import WebApp, create_app
from web.files.run import import_paths
from web.store.settings import Settings
from web.store.store import Store, current_store

HARINGEY = "80498"
STOCKTON = "80563"
GATESHEAD = "80469"
LEICESTERSHIRE = "80483"
UNTOUCHED = "80455"
HISTORY = CHECKOUT / "web" / "demo" / "history.yaml"
COMMANDS = UUID("0a2f6a3c-5f0e-5d0c-8a43-27a3f8f2f1aa")


def told(what: str, reason: str | None = None) -> Told:
    """An officer with the letter in hand."""
    source = Source(
        "report_in_hand", f"Letter on {what}", "https://files.ofsted.gov.uk/v1/file/50299999", date(2026, 9, 1)
    )
    return Told("local", uuid5(COMMANDS, what), source, datetime(2026, 9, 1, 9, 30, tzinfo=UTC), reason)


def demo_app(home: Path, *, form_tokens: bool = False) -> WebApp:
    """A store of its own in `home`, with the demo history, ready to serve; forms ask for their token on request."""
    copytree(_told_once(), home, dirs_exist_ok=True)
    return served(home, form_tokens=form_tokens)


@cache
def _told_once() -> Path:
    """The home folder that every demo of this process is a copy of; nobody has it open."""
    home = Path(mkdtemp(prefix="timeline-demo-"))
    atexit.register(rmtree, home)
    store = Store(Settings(home=home))
    store.migrate()
    import_paths(store.application, [HISTORY], actor="demo")
    store.application.authorities.record_focused_visit(
        HARINGEY,
        started_on=date(2026, 7, 7),
        ended_on=date(2026, 7, 8),
        focus="front door",
        priority_actions=("Management oversight of unallocated cases.",),
        improvements=("The timeliness of assessments.",),
        published_on=date(2026, 8, 4),
        assurance=False,
        by=told("the focused visit of July 2026"),
    )
    store.projector.catch_up()
    store.close()
    return home


def served(home: Path, *, form_tokens: bool = False) -> WebApp:
    """The pages of whatever store there is."""
    app = create_app(Settings(home=home))
    app.open_pages()
    app.config["TESTING"] = True
    app.config["WTF_CSRF_ENABLED"] = form_tokens
    return app


def tell_a_call(app: WebApp, urn: str) -> None:
    """Ofsted calls an authority on 30 November 2026, for a short inspection."""
    with app.app_context():
        store = current_store()
        store.application.announcements.announce(
            urn,
            kind=Kind.INSPECTION,
            variant=Variant.SHORT,
            notified_on=date(2026, 11, 30),
            by=replace(told(f"the call of {urn}"), at=datetime(2026, 11, 30, 10, tzinfo=UTC)),
        )
        store.projector.catch_up()


def open_plans(app: WebApp, urns: Collection[str] = (HARINGEY, GATESHEAD)) -> dict[str, UUID]:
    """A plan of one action in Haringey, on the visit above, and one in Gateshead, on its report of 2019; by URN."""
    opened: dict[str, UUID] = {}
    with app.app_context():
        door = current_store().application
        for urn, heard, day in (
            (HARINGEY, date(2026, 8, 4), date(2026, 8, 6)),
            (GATESHEAD, date(2019, 6, 11), date(2019, 6, 12)),
        ):
            if urn not in urns:
                continue
            (found,) = (one for one in door.authorities.authority(urn).activities if one.published == heard)
            plan = door.do(OpenPlan(urn, found.id, on=day), by=told(f"the plan of {urn}")).plan
            door.do(
                AddAction(
                    plan,
                    findings=list(door.plans.plan(plan).state.findings)[:1],
                    what="Review every unallocated case each week",
                    owner="Head of Safeguarding",
                    due_on=date(2026, 12, 1) if urn == HARINGEY else date(2019, 12, 1),
                    on=day,
                ),
                by=told(f"the first action of {urn}"),
            )
            opened[urn] = plan
        current_store().projector.catch_up()
    return opened
