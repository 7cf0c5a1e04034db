"""The words of findings and paragraphs, as they are kept and looked for: the same on every database.

A word is a run of letters and digits, without regard to case, accents and apostrophes. What is looked for finds a word
of the same stem, or one that it begins: `child` finds `children` and `childhood`, `planning` finds `plans`, `lan` finds
nothing of either."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

from snowballstemmer.english_stemmer import EnglishStemmer
from sqlalchemy import ColumnElement, and_, or_

LONGEST = 40
"""Characters of a word that are kept; longer ones are found by their beginning."""

MOST_SOUGHT = 20
"""So many words at most are looked for at once; the rest of a longer question is not."""

_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc]")
_WORD = re.compile(r"[a-z0-9]+")
_RUN = re.compile(r"([^\W_]+(?:['\u2018\u2019\u02bc\u0300-\u036f]+[^\W_]*)*)")
"""What stands together as one word of a text, apostrophes and accents of its own included."""
_OTHERS = str.maketrans({"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00e6": "ae", "\u0153": "oe", "\u00fe": "th"})
_STEM = "="
"""Stands before a stem where words and stems are kept together."""

IRREGULAR: Mapping[str, str] = {
    form: word
    for word, forms in {
        "analyse": "analysis analyses",
        "arise": "arose arisen",
        "basis": "bases",
        "become": "became",
        "begin": "began begun",
        "break": "broke broken",
        "bring": "brought",
        "build": "built",
        "catch": "caught",
        "child": "children",
        "choose": "chose chosen",
        "come": "came",
        "crisis": "crises",
        "criterion": "criteria",
        "deal": "dealt",
        "diagnosis": "diagnoses",
        "drive": "drove driven",
        "fall": "fell fallen",
        "feel": "felt",
        "find": "found",
        "give": "gave given",
        "go": "went gone",
        "grandchild": "grandchildren",
        "grow": "grew grown",
        "hear": "heard",
        "hide": "hid hidden",
        "hold": "held",
        "hypothesis": "hypotheses",
        "keep": "kept",
        "know": "knew known",
        "lead": "led",
        "leave": "left",
        "life": "lives",
        "lose": "lost",
        "make": "made",
        "man": "men",
        "mean": "meant",
        "meet": "met",
        "pay": "paid",
        "person": "people",
        "rise": "rose risen",
        "say": "said",
        "schoolchild": "schoolchildren",
        "see": "saw seen",
        "seek": "sought",
        "send": "sent",
        "show": "shown",
        "speak": "spoke spoken",
        "spend": "spent",
        "stepchild": "stepchildren",
        "take": "took taken",
        "teach": "taught",
        "tell": "told",
        "think": "thought",
        "undergo": "underwent undergone",
        "understand": "understood",
        "undertake": "undertook undertaken",
        "withdraw": "withdrew withdrawn",
        "woman": "women",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
"""Forms that no rule of endings finds: those of 517 reports and letters of Ofsted's, words such as “was” left out."""

_SENTENCES = """
a all an and any are as at be been by for from has have in including into is it its more most of on or so some
such than that the their them there these they this those to was were when where which who with within without
ensure ensuring
"""
OF_SENTENCES = frozenset(_SENTENCES.split())
"""Words that say nothing of what a finding is about."""

_stemmer = EnglishStemmer()
_at_work = Lock()


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in order of the alphabet.

    They are plain ASCII, which every collation orders alike; letters of other scripts than Latin are not words here."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()).translate(_OTHERS)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return sorted({word[:LONGEST] for word in _WORD.findall(plain)})


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """What a word, as `words_of` gives it, has in common with its other forms; by Snowball's rules for English."""
    irregular = IRREGULAR.get(word) or IRREGULAR.get(word.removesuffix("s"))
    with _at_work:
        stem: str = _stemmer.stemWord(irregular or word)
    return stem


_STEMS_OF_SENTENCES = frozenset(map(stem_of, OF_SENTENCES))


def stems_of(text: str) -> set[str]:
    """The stems of all words of a text."""
    return {stem_of(word) for word in words_of(text)}


def telling_stems(text: str) -> frozenset[str]:
    """The stems of words that say what a text is about: without those of which sentences are made."""
    return frozenset(stem_of(word) for word in words_of(text) if word not in OF_SENTENCES)


def kept_stems(kept: str) -> frozenset[str]:
    """The stems in what `kept_words` made of a text, but for those of which sentences are made."""
    return frozenset(word[1:] for word in kept.split() if word.startswith(_STEM)) - _STEMS_OF_SENTENCES


def kept_words(text: str) -> str:
    """The words and stems of a text as a row keeps them: each between spaces, stems with a sign before them."""
    found = (*words_of(text), *(_STEM + stem for stem in sorted(stems_of(text))))
    return f" {' '.join(found)} "


def holds(column: ColumnElement[str], sought: str) -> ColumnElement[bool] | None:
    """That a row's `kept_words` hold each word looked for, by its stem or as a beginning; None where there is none."""
    wanted = words_of(sought)[:MOST_SOUGHT]
    if not wanted:
        return None
    return and_(*(or_(column.like(f"% {word}%"), column.like(f"% {_STEM}{stem_of(word)} %")) for word in wanted))


def marked(text: str, sought: str) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is a word that was looked for; joined they are the text."""
    wanted = words_of(sought)[:MOST_SOUGHT]
    stems = {stem_of(word) for word in wanted}
    pieces: list[tuple[str, bool]] = []
    for piece in _RUN.split(text):
        hit = bool(wanted) and any(
            stem_of(word) in stems or any(word.startswith(beginning) for beginning in wanted)
            for word in words_of(piece)
        )
        if pieces and not hit and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + piece, False)
        elif piece:
            pieces.append((piece, hit))
    return tuple(pieces)
