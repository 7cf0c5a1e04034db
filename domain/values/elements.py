"""The elements of the system between inspections."""

from __future__ import annotations

from enum import Enum


class AgendaPart(Enum):
    """What an annual engagement meeting may be about (R-066): it may be joined with education and early years."""

    SOCIAL_CARE = "social_care"
    EDUCATION = "education"
    EARLY_YEARS = "early_years"
