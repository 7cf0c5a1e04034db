"""The specification: what the product promises, room by room."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
"""Where the repository lies."""
