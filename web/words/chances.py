"""Chances as people say them: `about 1 in 6`, `about 2 in 3`, `less than 1 in 20`."""

from __future__ import annotations

from fractions import Fraction

LEAST = Fraction(1, 20)
SAID = tuple(
    sorted(
        {Fraction(1, number) for number in (20, 15, 12, 10, 8, 7, 6, 5, 4, 3, 2)}
        | {Fraction(2, 5), Fraction(3, 5), Fraction(2, 3), Fraction(3, 4), Fraction(4, 5), Fraction(9, 10)}
    )
)


def about(share: float) -> str:
    """A chance from 0 to 1 in small whole numbers."""
    if share < LEAST:
        return "less than 1 in 20"
    if share > 1 - LEAST:
        return "more than 19 in 20"
    nearest = min(SAID, key=lambda one: abs(float(one) - share))
    return f"about {nearest.numerator} in {nearest.denominator}"
