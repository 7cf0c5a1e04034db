"""Offices as people write them: the same one is not always written the same."""

from __future__ import annotations

import re
from functools import lru_cache

_LEFT_OUT = frozenset({"a", "and", "for", "in", "of", "the", "to"})
_WORD = re.compile(r"[^\W\d_]+")

FEWEST_WORDS = 2
"""Words that a shorter name of an office must have: "Director" alone is not the assistant director too."""


def is_office(one: str, other: str) -> bool:
    """Whether two names can be of one office: the same words that matter, whatever stands between them and whether they
    are one or many, or all those of a shorter name in a longer one."""
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    shorter, longer = sorted((words, others), key=len)
    return words == others or (len(shorter) >= FEWEST_WORDS and shorter <= longer)


@lru_cache(maxsize=4_096)
def _words(office: str) -> frozenset[str]:
    said = _WORD.findall(office.casefold().replace("’", "'").replace("'s", ""))
    return frozenset(word.removesuffix("s") for word in said if word not in _LEFT_OUT)
