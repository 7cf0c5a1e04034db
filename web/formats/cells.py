"""Cells that a spreadsheet must not take for formulas."""

from __future__ import annotations

import re

CLOSING = "Signed checkpoint of the log"
"""The first cell of the last row of a table of ours, before the note itself; no reader takes such a row for data."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")


def safe_cell(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would read a formula; bare `-` included."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def holdable(text: str) -> str:
    """The text as a spreadsheet file can hold it: characters that XML has no place for are replaced."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
