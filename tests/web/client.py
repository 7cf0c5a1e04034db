"""One client that checks every page it fetches, whatever the test is about: a fault of any page fails some test."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
LABELLED = ("input", "select", "textarea")
NEEDS_NO_LABEL = ("hidden", "submit", "button", "reset")
REFERS = ("aria-labelledby", "aria-describedby", "aria-controls")
LEAKED = re.compile(
    r"\bundefined\b|\bUndefined\b|object at 0x|<built-in|\{\{|\}\}|\{%|\b(Grade|Area|Kind|Pathway)\.[A-Z]"
)

HTMX = {"HX-Request": "true"}


@dataclass
class Element:
    """An element with its own text (not that of its children), in document order."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[Element, ...]
    text: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def said(self) -> str:
        """All text inside, children's included, with single spaces."""
        return " ".join(" ".join(self.words).split())

    def inside(self, tag: str) -> bool:
        return any(parent.tag == tag for parent in self.parents)


class Document(HTMLParser):
    """The elements of a page or part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"<{self._open[-1].tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text.append(data)
        for element in self._open:
            element.words.append(data)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def by_id(self, name: str) -> Element | None:
        return next((element for element in self.elements if element.get("id") == name), None)


class Client:
    """Fetches pages and parts of an app, and checks each."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def page(self, address: str, *, status: int = 200, **request: object) -> Document:
        """A whole page, checked."""
        response = self.client.get(address, **request)  # type: ignore[arg-type]
        return self.checked(response, status)

    def receipt(self, page: Document) -> Any:
        """The receipt that a page offers after something was recorded; what it names as the last entry is a page."""
        (found,) = [one.get("href") or "" for one in page.all("a") if one.said.startswith("Keep the receipt")]
        (entry,) = [one.get("href") or "" for one in page.all("a") if one.said.startswith(("entry ", "entries "))]
        document = self.client.get(found).json
        assert document["format"] == "timeline-receipt/1"
        assert entry == f"/record/{document['entries'][-1]['seq']}"
        self.page(entry)
        return document

    def post(self, address: str, form: dict[str, str], *, status: int = 200, **request: object) -> Document:
        """The page that answers a form, checked."""
        response = self.client.post(address, data=form, **request)  # type: ignore[arg-type]
        return self.checked(response, status)

    def part(self, address: str, *, status: int = 200) -> str:
        """What htmx receives. It must be a piece of the page at the same address, letter for letter."""
        part = self.client.get(address, headers=HTMX)
        assert part.status_code == status, f"{address}: {part.status}"
        page = self.client.get(address)
        assert "<html" not in part.text, f"{address}: htmx was given a whole page"
        assert part.text.strip(), f"{address}: the part is empty"
        assert part.text.strip() in page.text, f"{address}: the part is not a piece of its page"
        check_elements(Document(part.text))
        return part.text

    def checked(self, response: TestResponse, status: int) -> Document:
        address = response.request.path
        assert response.status_code == status, f"{address}: {response.status}"
        assert response.mimetype == "text/html", f"{address}: {response.mimetype}"
        document = Document(response.text)
        check_page(document)
        return document


def check_page(document: Document) -> None:
    """What every whole page must have: language, a title, one h1, one main, headings in order."""
    (html,) = document.all("html")
    assert html.get("lang") == "en-GB"
    (title,) = [title for title in document.all("title") if title.inside("head")]
    assert re.fullmatch(r"\S.* – Inspection timeline", title.said), f"the title is {title.said!r}"
    assert len(document.all("h1")) == 1, f"h1 elements: {[heading.said for heading in document.all('h1')]}"
    assert len(document.all("main")) == 1
    level = 0
    for heading in document.all("h1", "h2", "h3", "h4", "h5", "h6"):
        assert heading.said, "an empty heading"
        assert int(heading.tag[1]) <= level + 1, f"{heading.tag} {heading.said!r} skips a level"
        level = int(heading.tag[1])
    check_elements(document)
    ids = {element.get("id") for element in document.elements}
    for element in document.elements:
        for name in REFERS:
            for wanted in (element.get(name) or "").split():
                assert wanted in ids, f"{name}={wanted!r} refers to nothing"
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            assert element.get("href") == "#" or element.attributes["href"][1:] in ids, (
                f"{element.get('href')} is nowhere"
            )
    if any(name.startswith("hx-") for element in document.elements for name in element.attributes):
        assert document.by_id("errors") is not None, "a page that fetches parts has no place for their errors"


def check_elements(document: Document) -> None:
    """What every element must keep to, on a page or in a part."""
    ids = [element.get("id") for element in document.elements if element.get("id")]
    assert len(ids) == len(set(ids)), f"ids used twice: {sorted({name for name in ids if ids.count(name) > 1})}"
    labels = {label.get("for") for label in document.all("label") if label.said}
    for element in document.elements:
        own = " ".join("".join(element.text).split())
        assert own != "None", f"<{element.tag}> says None"
        assert not LEAKED.search(own), f"<{element.tag}> says {own!r}"
        for name, value in element.attributes.items():
            assert value != "None", f"<{element.tag} {name}> is None"
            assert not value.endswith("=None"), f"<{element.tag} {name}={value!r}>"
            assert "=None&" not in value, f"<{element.tag} {name}={value!r}>"
            assert not LEAKED.search(value), f"<{element.tag} {name}={value!r}>"
            assert not name.startswith(("on", "hx-on")), f"<{element.tag} {name}> runs a script inline"
            assert not value.lower().startswith(("javascript:", "js:")), f"<{element.tag} {name}> runs a script inline"
        assert element.get("style") is None, f"<{element.tag}> has an inline style"
        assert element.tag != "style", "an inline style sheet"
        assert element.tag != "script" or element.get("src"), "an inline script"
        check_one(element, labels)


def check_one(element: Element, labels: set[str | None]) -> None:
    """Labels, names and captions."""
    if element.tag in LABELLED and (element.get("type") or "text") not in NEEDS_NO_LABEL:
        named = element.get("id") in labels or element.get("aria-label") or element.inside("label")
        assert named, f"<{element.tag} name={element.get('name')!r}> has no label"
    if element.tag in ("a", "button"):
        named = element.said or element.get("aria-label")
        assert named, f"<{element.tag} {element.attributes}> has no words"
    if element.tag == "th":
        assert element.get("scope") in ("col", "row", "colgroup", "rowgroup"), f"th {element.said!r} has no scope"
    if element.tag == "img":
        assert element.get("alt") is not None, "an image without words"
    if element.tag == "svg":
        assert element.get("aria-hidden") == "true" or element.get("aria-labelledby"), "a drawing without words"
