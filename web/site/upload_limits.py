"""How large what is sent may be, and at which addresses files are sent."""

from __future__ import annotations

KIB = 1024
MIB = 1024 * KIB

LARGEST_UPLOAD = 10 * MIB + 64 * KIB
"""Bytes of a form with files, for whoever may import."""

TAKES_FILES = frozenset({"imports.start", "sheets.start", "documents.new"})
"""Addresses to which files are sent: their forms may be larger than others."""
