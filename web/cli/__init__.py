"""The commands of `flask --app wsgi`: one module per group. Modules import what is heavy inside the command."""

from __future__ import annotations

from flask import Flask

from web.cli.answers import disagreements, doubts, past_windows, planner, standing, timeline
from web.cli.authority import authority
from web.cli.document import document
from web.cli.england import england
from web.cli.forecast import forecast
from web.cli.history import demo, history
from web.cli.ledger import ledger
from web.cli.meetings import meetings
from web.cli.news import news
from web.cli.people import people
from web.cli.plan import plan
from web.cli.projections import projections
from web.cli.sources import sources
from web.cli.store import store
from web.cli.window import window


def register(app: Flask) -> None:
    for command in (
        demo,
        england,
        history,
        document,
        authority,
        standing,
        window,
        timeline,
        past_windows,
        forecast,
        plan,
        planner,
        meetings,
        disagreements,
        doubts,
        news,
        people,
        projections,
        sources,
        ledger,
        store,
    ):
        app.cli.add_command(command)
