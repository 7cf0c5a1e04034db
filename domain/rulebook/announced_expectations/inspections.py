"""What a call does to the expectation of the next graded inspection: its status, its sentence, its rules (R-097)."""

from __future__ import annotations

from domain.rulebook.announced.words import how_far, lengths
from domain.rulebook.results import WindowStatus
from domain.rulebook.situation import Situation


def status_with_call(now: Situation, status: WindowStatus) -> WindowStatus:
    """That of the inspection under way. Without one the status given, and where more time went by than any report
    measured took, with nothing heard: the window counts again (R-103)."""
    coming = now.under_way
    return status if coming is None or coming.announced.unheard_of else coming.announced.status


def has_come(now: Situation) -> bool:
    """An inspection is under way, as far as anything is known of it."""
    return now.under_way is not None and not now.under_way.announced.unheard_of


def with_call(now: Situation, why: str) -> str:
    """The sentence on the window, after that on the inspection under way."""
    return why if now.under_way is None else f"{how_far(now.under_way, now.on)} {why}"


def rules_of_call(now: Situation) -> tuple[str, ...]:
    """The rules that an expectation rests on beside its own, while an inspection is under way."""
    coming = now.under_way
    if coming is None:
        return ()
    return ("R-097", "R-100") if coming.then.by_call is not None else ("R-097",)


def length_not_told(now: Situation) -> str | None:
    """Both lengths, where nobody told which kind of inspection was called."""
    return None if now.under_way is None else lengths(now.under_way, now.holidays)
