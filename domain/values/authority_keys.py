"""What an authority is called by here: its numbers and codes, or a key while Ofsted has given it no number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import UUID, uuid5

AUTHORITIES = UUID("0c6a7b3e-5c1d-5d0c-a1f4-9e1f0e6b2d11")

LONGEST_KEY = 40
LONGEST_NAME = 100

CODES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "urn": (re.compile(r"[0-9]{5,7}"), "Ofsted’s number has five to seven figures, such as 2637539."),
    "la_number": (re.compile(r"[0-9]{3}"), "The local authority number has three figures, such as 941."),
    "gss_code": (re.compile(r"E[0-9]{8}"), "The GSS code is E with eight figures, such as E06000062."),
}
"""What a number or code of an authority looks like, by the scheme of the fact that tells it."""


def key_of(name: str) -> str:
    """A key made of a name: `east-surrey`. It stays, whatever number or other name is given later."""
    plain = name.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].rstrip("-")


def is_number(urn: str) -> bool:
    """Whether it is a number of Ofsted's, and not a key made of a name."""
    return CODES["urn"][0].fullmatch(urn) is not None


def stream_of(urn: str) -> UUID:
    """The stream in which the history of an authority is kept, by its key."""
    return uuid5(AUTHORITIES, urn)


def name_in(key: str) -> str:
    """What a key says of the name it was made of, where nothing better is at hand: `East Surrey`. A number, or a name
    itself, is given back."""
    made = not is_number(key) and key == key_of(key)
    return " ".join(part.capitalize() for part in key.split("-")) if made else key
