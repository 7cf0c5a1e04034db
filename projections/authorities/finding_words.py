"""The words of findings, as they are indexed and looked for: the same on every database.

A word is a run of letters and digits, without regard to case, accents and apostrophes. What is looked for must begin a
word of the text: `plan` finds `plans`, `lan` does not."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
"""Characters of a word that are kept; longer ones are found by their beginning."""

_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc]")
_WORD = re.compile(r"[a-z0-9]+")
_RUN = re.compile(r"([^\W_]+(?:['\u2018\u2019\u02bc\u0300-\u036f]+[^\W_]*)*)")
"""What stands together as one word of a text, apostrophes and accents of its own included."""
_OTHERS = str.maketrans({"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00e6": "ae", "\u0153": "oe", "\u00fe": "th"})


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in order of the alphabet.

    They are plain ASCII, which every collation orders alike; letters of other scripts than Latin are not words here."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()).translate(_OTHERS)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return sorted({word[:LONGEST] for word in _WORD.findall(plain)})


def last_beginning_with(word: str) -> str:
    """What comes after every word that begins so, in any collation of small ASCII letters and digits."""
    return word + "z" * (LONGEST + 1 - len(word))


def marked(text: str, sought: str) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is a word that begins with one looked for; joined they are the text."""
    wanted = words_of(sought)
    pieces: list[tuple[str, bool]] = []
    for piece in _RUN.split(text):
        hit = any(word.startswith(beginning) for word in words_of(piece) for beginning in wanted)
        if pieces and not hit and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + piece, False)
        elif piece:
            pieces.append((piece, hit))
    return tuple(pieces)
