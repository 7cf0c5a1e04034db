"""The colours of pages, measured from the sheet that sets them: contrasts of everything read or told apart, and how far
grades and states differ for people who see no red, no green or no blue (Machado 2009, CIEDE2000)."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from coloraide import Color

from tests import CHECKOUT
from web.formats.pills import BARS as BARS_ON_PAPER
from web.formats.pills import PAINTS, Paint

SHEET = (CHECKOUT / "web" / "assets" / "_tokens.scss").read_text(encoding="utf-8")
DARK, LIGHT = SHEET.split(":root {", 1)
TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")

LIGHT_TOKENS = dict(TOKEN.findall(LIGHT.split("@media", 1)[0]))
SCHEMES = {"light": LIGHT_TOKENS, "dark": LIGHT_TOKENS | dict(TOKEN.findall(DARK))}

TEXT, LARGE = 7.0, 3.0
"""AAA for words; WCAG's 1.4.11 for what is not words: edges, bars, bands."""

WORDS = (
    ("ink", "ground"),
    ("ink", "shade"),
    ("ink", "raise"),
    ("quiet", "ground"),
    ("quiet", "shade"),
    ("quiet", "raise"),
    ("link", "ground"),
    ("visited", "ground"),
    ("error", "ground"),
    ("today", "ground"),
    ("on-brand", "brand"),
    ("focus-ink", "focus"),
    ("grade-best-ink", "grade-best"),
    ("grade-good-ink", "grade-good"),
    ("grade-amber-ink", "grade-amber"),
    ("grade-red-ink", "grade-red"),
    ("grade-none-ink", "grade-none"),
    ("state-blue", "state-blue-ground"),
    ("state-blue", "ground"),
    ("state-green", "state-green-ground"),
    ("state-amber", "state-amber-ground"),
    ("state-red", "state-red-ground"),
    ("state-red", "ground"),
    ("state-grey", "state-grey-ground"),
)
SHAPES = (
    *((f"grade-{grade}-edge", "ground") for grade in ("best", "good", "amber", "red", "none")),
    *((f"bar-{state}", "ground") for state in ("complete", "awaited", "on-track", "late")),
    *((f"band-{band}", "ground") for band in ("policy", "forecast", "past")),
)
GRADES = ("best", "good", "amber", "red")
BARS = ("complete", "awaited", "on-track", "at-risk", "late", "not-started")
"""As they stand beside each other in a stacked bar."""

EYES = ("seen", "protan", "deutan", "tritan")


def contrast(one: str, other: str) -> float:
    return Color(one).contrast(other, method="wcag21")


def differ(one: str, other: str, eye: str) -> float:
    """How different two colours look: 2.3 is just seen, 30 cannot be mistaken."""
    both = [Color(colour) if eye == "seen" else Color(colour).filter(eye, method="machado") for colour in (one, other)]
    return both[0].delta_e(both[1], method="2000")


def test_both_schemes_were_read():
    assert len(SCHEMES["light"]) > 50
    assert SCHEMES["light"]["ground"] != SCHEMES["dark"]["ground"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_stand_out(scheme: str, ink: str, ground: str):
    tokens = SCHEMES[scheme]
    assert contrast(tokens[ink], tokens[ground]) >= TEXT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_stand_out(scheme: str, shape: str, ground: str):
    tokens = SCHEMES[scheme]
    assert contrast(tokens[shape], tokens[ground]) >= LARGE


@pytest.mark.parametrize("scheme", SCHEMES)
def test_white_words_stand_on_the_button_and_on_overdue(scheme: str):
    for ground in ("button", "state-late"):
        assert contrast("#ffffff", SCHEMES[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("eye", EYES)
def test_nobody_takes_one_grade_for_another(scheme: str, eye: str):
    tokens = SCHEMES[scheme]
    smallest = min(
        differ(tokens[f"grade-{one}"], tokens[f"grade-{other}"], eye) for one, other in combinations(GRADES, 2)
    )
    assert smallest >= 30


@pytest.mark.parametrize(("eye", "least"), [("seen", 20), ("protan", 20), ("deutan", 20), ("tritan", 13)])
def test_neighbours_in_a_bar_are_told_apart(eye: str, least: float):
    """In light; gaps and the count in each part say the rest."""
    tokens = SCHEMES["light"]
    assert min(differ(tokens[f"bar-{one}"], tokens[f"bar-{other}"], eye) for one, other in pairwise(BARS)) >= least


@pytest.mark.parametrize(("tone", "paint"), PAINTS.items(), ids=list(PAINTS))
def test_paper_has_the_colours_of_the_pages(tone: str, paint: Paint):
    known = {colour.upper() for colour in LIGHT_TOKENS.values()}
    assert {f"#{paint.ground}", f"#{paint.ink}"} <= known, tone


@pytest.mark.parametrize("share", BARS)
def test_a_bar_on_paper_has_the_colours_of_the_one_on_a_page(share: str):
    assert BARS_ON_PAPER[share].ground == LIGHT_TOKENS[f"bar-{share}"].removeprefix("#").upper()


def test_what_is_not_safe_would_be_found():
    """The green and red of the edition before differed by 1.9 for people without red; a pale grey is no text."""
    assert differ("#0c4a31", "#7d1d10", "protan") < 10
    assert contrast("#999999", "#ffffff") < TEXT
