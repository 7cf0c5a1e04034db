"""What an authority is called by here while Ofsted has given it no number."""

from __future__ import annotations

import re

LONGEST_KEY = 40
_NUMBER = re.compile(r"[0-9]{5,7}", re.ASCII)


def key_of(name: str) -> str:
    """A key made of a name: `east-surrey`. It stays, whatever number or other name is given later."""
    plain = name.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].rstrip("-")


def is_number(urn: str) -> bool:
    """Whether it is a number of Ofsted's, and not a key made of a name."""
    return _NUMBER.fullmatch(urn) is not None
