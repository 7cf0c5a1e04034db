"""Passwords: what is refused, and how what is taken is kept (Argon2id, as RFC 9106 recommends for small memory).

Long rather than odd: at least 15 characters, no rules on which (NIST SP 800-63B-4; OWASP ASVS 5.0, 6.2)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.values.errors import RuleBroken

SHORTEST = 15
LONGEST = 200
LEFT_AT_LEAST = 8
"""Characters that must be left of a password once the words of this service and the person's own are taken out."""

OF_THIS_SERVICE = ("inspection", "timeline", "ofsted", "ilacs", "council", "children", "services", "authority")
COMMON = Path(__file__).with_name("common_passwords.txt")

_hasher = PasswordHasher()


def must_be_good(password: str, about: Iterable[str] = ()) -> None:
    """Raises RuleBroken, saying what to do, for a password that is short, common, or made of words known to belong
    here; `about` are the person's own names."""
    text = _normal(password)
    if len(text) < SHORTEST:
        raise RuleBroken(f"Enter a password of at least {SHORTEST} characters. Three or four words will do.")
    if len(text) > LONGEST:
        raise RuleBroken(f"Enter a password of at most {LONGEST} characters.")
    plain = text.casefold()
    if re.sub(r"\W|_", "", plain) in common() or _runs(plain):
        raise RuleBroken("This password is one that many people use. Choose another.")
    left = plain
    for word in sorted(_words((*OF_THIS_SERVICE, *about)), key=len, reverse=True):
        left = left.replace(word, "")
    if len(set(left)) < 5 or len(re.sub(r"[\W\d_]", "", left)) < LEFT_AT_LEAST:
        raise RuleBroken("This password is easy to guess from your name or this service’s. Choose other words.")


def kept(password: str) -> str:
    """What is stored in place of a password."""
    return _hasher.hash(_normal(password))


def fits(password: str, stored: str | None) -> bool:
    """Whether a password is the one stored. It takes as long where none is: nobody learns who has an account."""
    try:
        return _hasher.verify(stored or _nobodys(), _normal(password)[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether it was stored with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


@cache
def common() -> frozenset[str]:
    """Long passwords that many people use, without spaces and signs."""
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _runs(text: str) -> bool:
    """Whether it is one short piece again and again, or rows of the keyboard, letters or digits in order."""
    if any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 6)):
        return True
    rows = "abcdefghijklmnopqrstuvwxyz" * 2, "01234567890" * 3, "qwertyuiopasdfghjklzxcvbnm" * 2, "zyxwvutsrqponm"
    return any(text in row or text[::-1] in row for row in rows)


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in re.split(r"[\W_]+", text.casefold()) if len(word) >= 3}


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
