"""Which templates were shown: so that none is left out of what a browser checks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from jinja2 import Template

from tests import CHECKOUT

FOLDER = CHECKOUT / "web" / "templates"


def all_templates() -> set[str]:
    """Every template of the product, pages and parts."""
    return {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html")}


class Shown:
    """Hears of each template that an app takes up, whole pages and what they include."""

    def __init__(self, app: Flask) -> None:
        self.names: set[str] = set()
        take = app.jinja_env.get_template

        def heard(name: Any, *words: Any, **more: Any) -> Template:
            found = take(name, *words, **more)
            if found.name is not None:
                self.names.add(found.name)
            return found

        app.jinja_env.get_template = heard  # type: ignore[method-assign]

    @contextmanager
    def at_least(self, test: pytest.Item | pytest.Function) -> Iterator[None]:
        """What a test's marks `shows` name was shown while it ran, or it fails."""
        promised = {name for mark in test.iter_markers("shows") for name in mark.args}
        self.names.clear()
        yield
        assert promised <= self.names, f"{sorted(promised - self.names)} was not shown"
