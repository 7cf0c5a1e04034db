"""Other inspectorates' findings in words: an outcome and ratings as they were given, never as grades of Ofsted's."""

from __future__ import annotations

from collections.abc import Mapping

from domain.rulebook.other_inspections.words import OUTCOMES, OVERALL_RATING, RATINGS
from domain.values.activities import Activity
from domain.values.statements import Kind, Rating

SCALE = (
    "Ratings of HM Inspectorate of Probation, from outstanding through good and requires improvement to inadequate. "
    "They are its own and not Ofsted’s grades."
)
NO_SCALE = "Outcomes of area SEND inspections are no grades."

OUTCOME_CHOICES: Mapping[str, str] = {str(one.number): f"{one.number}: {one.short}" for one in OUTCOMES.values()}
RATING_CHOICES: Mapping[str, str] = {rating.casefold().replace(" ", "_"): rating for rating in RATINGS}
"""By what stands in an address."""


def outcome(number: int) -> str:
    """`2: inconsistent`."""
    return f"{number}: {OUTCOMES[number].short}" if number in OUTCOMES else str(number)


def overall(activity: Activity) -> str:
    """The overall rating; blank where none is held."""
    return next((one.rating for one in activity.ratings if one.area.casefold() == OVERALL_RATING.casefold()), "")


def found(activity: Activity) -> str:
    """What it found in a few words; blank where nothing is held of that."""
    if activity.outcome is not None:
        return f"outcome {outcome(activity.outcome)}"
    if rating := overall(activity):
        return f"{rating.lower()} overall"
    return ", ".join(map(in_words, activity.ratings[:3]))


def in_words(rating: Rating) -> str:
    """`Planning: good`."""
    return f"{rating.area}: {rating.rating.lower()}"


def lines(activity: Activity) -> tuple[tuple[str, str], ...]:
    """Its outcome, or each of its ratings, by what it is of."""
    if activity.outcome is not None:
        return (("Outcome", outcome(activity.outcome)),)
    return tuple((one.area, one.rating) for one in activity.ratings)


def explained(activity: Activity) -> str:
    """What its outcome or ratings are, and are not."""
    if activity.kind is Kind.AREA_SEND and activity.outcome is not None:
        return f"{OUTCOMES[activity.outcome].text} {NO_SCALE}"
    return SCALE if activity.kind is Kind.YOUTH_JUSTICE and activity.ratings else ""
