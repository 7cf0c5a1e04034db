"""Words that can be erased: kept in a fact as ciphertext, readable only while their key exists.

The key is outside the log (`domain.ledger.erasure_keys`). A text is bound to its stream, its command, its fact and
its field: put anywhere else, it does not open. Decisions never need the words themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from domain.values.errors import RuleBroken

LONGEST = 3_000
"""Characters of a narrative, question, answer or reason."""

LONGEST_LINE = 300
"""Characters of what is shown in one line: an action, a title, a reference."""

LONGEST_LINK = 500

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u2029\u202a-\u202e\u2066-\u2069]")
"""Controls, line ends that no form sends, and marks that turn the direction of what follows."""


@dataclass(frozen=True)
class Sealed:
    """A text in ciphertext. `subject` names the key: all words that one command brought share it. `nonce` and `cipher`
    are base64."""

    subject: UUID
    nonce: str
    cipher: str


class Place(NamedTuple):
    """Where a text belongs: the stream, the command, the stored name of the fact, and the field."""

    stream: UUID
    command: UUID
    fact: str
    field: str

    def bound(self) -> bytes:
        """What is authenticated with the ciphertext."""
        return "\x1f".join((self.stream.hex, self.command.hex, self.fact, self.field)).encode()


class SealedText(NamedTuple):
    """A sealed text and the place it opens in."""

    sealed: Sealed
    place: Place


def subject_of(command: UUID) -> UUID:
    """The key of what one command says: one saying of one person, the least that can be erased."""
    return uuid5(command, "words")


def as_words(text: object, called: str, *, most: int = LONGEST) -> str:
    """A text as it may be kept, without blanks around it. `called` begins the refusal, for example `the question`.

    Raises RuleBroken where it is empty, longer than `most` characters, or not text that can be shown."""
    if not isinstance(text, str):
        raise RuleBroken(f"Enter {called} as text.")
    found = str(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not found:
        raise RuleBroken(f"Enter {called}.")
    if len(found) > most:
        raise RuleBroken(f"Shorten {called}: it has {len(found):,} characters, and {most:,} is the most.")
    try:
        found.encode()
    except UnicodeEncodeError:
        raise RuleBroken(f"Type {called} again: it holds half of a character.") from None
    if _CONTROL.search(found):
        raise RuleBroken(f"Type {called} again: it holds characters that cannot be shown.")
    return found


def as_line(text: object, called: str, *, most: int = LONGEST_LINE) -> str:
    """The same for one line. Raises RuleBroken where it has several."""
    found = as_words(text, called, most=most)
    if "\n" in found or "\t" in found:
        raise RuleBroken(f"Enter {called} in one line.")
    return found


def as_link(text: object) -> str:
    """An https address. Raises RuleBroken for anything else: documents are linked to, never kept."""
    found = as_line(text, "the link to the evidence", most=LONGEST_LINK)
    try:
        parts = urlsplit(found)
        whole = parts.scheme == "https" and bool(parts.hostname) and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or re.search(r"[\s\"<>\\^`{|}]", found):
        raise RuleBroken(
            "Enter the link to the evidence as an https address, for example https://example.gov.uk/paper."
        )
    return found
