"""Every page in every state worth looking at keeps to WCAG 2.2 AA and fits; no template is left out."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from flask import template_rendered
from playwright.sync_api import Page
from wtforms import Form

from tests import CHECKOUT
from tests.browser.checks import must_be_accessible, must_be_read_in_the_dark_and_on_paper, must_fit
from tests.browser.conftest import let_in
from tests.browser.templates import Shown, all_templates
from tests.browser.views import VIEWS, House, View
from tests.web.signed_in import sign_in
from web import WebApp

NOT_SEEN = {
    "_parts.html": "its macros, which other templates print",
    "site/errors/_fault.html": "heading and words of site/errors/fault.html, where a part was asked for",
}
"""Templates that no browser is shown, and why."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def served(house: House) -> WebApp:
    return house.app


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_view_keeps_to_wcag_2_2_aa_and_fits(page: Page, house: House, address: str, view: View):
    who, wanted = house.readers[view.reader], house.address_of(view)
    if who is not None:
        let_in(page.context, house.app, address, who)
    page.goto(wanted)
    assert page.url == f"{address}{wanted}", "the reader was sent elsewhere"
    must_fit(page)
    if view.axe:
        must_be_accessible(page)
        must_be_read_in_the_dark_and_on_paper(page)


class Walk:
    """What all views show, fetched without a browser: the templates, and the kinds of fields in their forms."""

    def __init__(self, house: House) -> None:
        self.house, self.shown = house, Shown(house.app)
        self.templates: dict[View, set[str]] = {}
        self.fields: dict[View, set[str]] = {}

    def look(self, view: View) -> None:
        fields: set[str] = set()

        def forms_of(_: object, context: dict[str, Any], **more: object) -> None:
            for form in (value for value in context.values() if isinstance(value, Form)):
                fields.update(field.type for field in form)

        client = self.house.app.test_client()
        if (who := self.house.readers[view.reader]) is not None:
            sign_in(self.house.app, client, who)
        self.shown.names.clear()
        with template_rendered.connected_to(forms_of, self.house.app):
            client.get(self.house.address_of(view))
        self.templates[view], self.fields[view] = set(self.shown.names), fields

    def under_axe(self, what: dict[View, set[str]]) -> set[str]:
        return {name for view, names in what.items() if view.axe for name in names}


@pytest.fixture(scope="module")
def walk(house: House) -> Iterator[Walk]:
    walked = Walk(house)
    for view in VIEWS:
        walked.look(view)
    return walked


def in_flows() -> set[str]:
    """The templates that tests of this folder promise to show, with the mark `shows`."""
    found: set[str] = set()
    for path in sorted((CHECKOUT / "tests" / "browser").glob("test_*.py")):
        for test in vars(import_module(f"tests.browser.{path.stem}")).values():
            found.update(name for mark in getattr(test, "pytestmark", ()) if mark.name == "shows" for name in mark.args)
    return found


def test_every_template_is_looked_at(walk: Walk):
    missing = all_templates() - walk.under_axe(walk.templates) - in_flows() - set(NOT_SEEN)
    assert sorted(missing) == []


def test_every_kind_of_field_is_looked_at(walk: Walk):
    every = {kind for kinds in walk.fields.values() for kind in kinds}
    assert len(every) > 8, "no forms were found"
    assert sorted(every - walk.under_axe(walk.fields)) == []
