"""A word that a page explains in place has its line in the glossary."""

from __future__ import annotations

import re

from tests import CHECKOUT
from web.words.glossary import TERMS

ASKED = re.compile(r"""parts\.term\(\s*["']([^"']+)["']""")
TEMPLATES = CHECKOUT / "web" / "templates"


def test_every_word_that_pages_link_is_explained():
    linked = {
        word.lower().replace(" ", "-") for path in TEMPLATES.rglob("*.html") for word in ASKED.findall(path.read_text())
    }
    assert linked, "no page links a word to its meaning"
    assert sorted(linked - {term.id for term in TERMS}) == []


def test_words_stand_in_order_and_once():
    words = [term.word.lower().removeprefix("the ") for term in TERMS]
    assert words == sorted(words)
    assert len({term.id for term in TERMS}) == len(TERMS)
