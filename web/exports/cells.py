"""Cells that a spreadsheet must not take for formulas."""

from __future__ import annotations

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")


def safe_cell(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would read a formula; bare `-` included."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
