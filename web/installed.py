"""What `inspection-timeline` runs where the product was installed from its wheel.

There everything lies in a folder of its own, `product`, so that names such as `web` collide with nobody's; this module
is all that stands beside it. It puts that folder first on the path, here and for the processes that the product
starts."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path

PRODUCT = Path(__file__).resolve().parent / "product"


def main() -> None:
    """Every command of the product, and `serve`. `inspection-timeline serve` prepares the store and serves it."""
    sys.path.insert(0, str(PRODUCT))
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(PRODUCT), before)))

    import click
    from flask import Flask
    from flask.cli import FlaskGroup

    def application() -> Flask:
        from web import create_app
        from web.store.settings import Settings

        return create_app(Settings.from_environ())

    group = FlaskGroup(
        name="inspection-timeline",
        create_app=application,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        help="The inspection history of England's children's services, as immutable facts, and what follows from it.",
    )
    group.params.clear()

    @group.command()
    @click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Which address to listen on.")
    @click.option("--port", envvar="PORT", default="8000", show_default=True, help="Which port.")
    def serve(host: str, port: str) -> None:
        """Prepare the store, take the facts of England into a new one, and serve it until stopped."""
        os.environ["HOST"], os.environ["PORT"] = host, port
        from web.serve import main as serving

        serving()

    group = click.version_option(version("inspection-timeline"), prog_name="inspection-timeline")(group)
    group(prog_name="inspection-timeline")
