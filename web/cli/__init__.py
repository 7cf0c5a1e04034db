"""The commands of `flask --app wsgi`: one module per group. Modules import what is heavy inside the command."""

from __future__ import annotations

from flask import Flask

from web.cli.answers import disagreements, standing, timeline
from web.cli.history import demo, history
from web.cli.ledger import ledger
from web.cli.projections import projections
from web.cli.store import store


def register(app: Flask) -> None:
    for command in (demo, history, standing, timeline, disagreements, projections, ledger, store):
        app.cli.add_command(command)
