"""The colour behind a cell in the words that people use of it, and what a legend says that colours mean."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

COLOURS = ("red", "amber", "yellow", "green", "blue", "purple", "grey")

_HUES = ((15, "red"), (50, "amber"), (70, "yellow"), (170, "green"), (255, "blue"), (310, "purple"), (360, "red"))
"""Where each colour ends, in degrees of the circle."""

_ALIKE = {"orange": "amber", "gray": "grey", "yellow": "amber"}

_ANY = "|".join((*COLOURS, *_ALIKE))
_SAID = re.compile(
    rf"\b({_ANY})\b\s*(?:[-=:–—]|is|means)?\s*([a-z][a-z ,'&-]{{2,60}}?)\s*(?=$|[/;|\n.()]|,?\s*\b(?:{_ANY})\b)",
    re.IGNORECASE,
)


def colour_named(rgb: str) -> str:
    """The colour of six hexadecimal digits; empty for none, for white, for black and for the dark ones of headings."""
    if not re.fullmatch(r"[0-9A-F]{6}", rgb):
        return ""
    red, green, blue = (int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    if light > 0.96 or light < 0.12:
        return ""
    if full < 0.15 or max(red, green, blue) - min(red, green, blue) < 0.08:
        return "grey" if 0.4 < light < 0.9 else ""
    return next(name for end, name in _HUES if hue * 360 <= end)


def legend_in(texts: Iterable[str]) -> dict[str, str]:
    """What colours mean, as a line such as `Blue complete / Green on track` says it; only where it says two."""
    for text in texts:
        said = {name: words for name, words in (_entry(found) for found in _SAID.finditer(text)) if words}
        if len(said) > 1:
            return said
    return {}


def _entry(found: re.Match[str]) -> tuple[str, str]:
    name = found[1].casefold()
    return _ALIKE.get(name, name), " ".join(found[2].split()).strip(" ,-&").casefold()
