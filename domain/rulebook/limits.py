"""What an answer for a day cannot know: said in words beside it, on pages and in documents alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain.activities import Activity, AuthorityFacts, Status
from domain.rulebook.rows import ILACS_IN_FORCE
from domain.rulebook.rules import RULES
from domain.rulebook.words import in_words, month_in_words
from domain.rulebook.working_days import BankHolidays


def limits(
    activities: Sequence[Activity],
    *,
    authority: AuthorityFacts,
    on: date,
    read_until: date | None,
    holidays: BankHolidays,
) -> tuple[str, ...]:
    """Sentences on what limits the answer for a day; empty where nothing does.

    `activities` are all that is held on the authority; of what had not happened, or was not public, by then nothing is
    told. `read_until` is the newest day on which any source was read, None where nothing was read."""
    return tuple(_limits(activities, authority, on, read_until, holidays))


def _limits(
    activities: Sequence[Activity], authority: AuthorityFacts, on: date, read_until: date | None, holidays: BankHolidays
) -> Iterator[str]:
    seen = any(one.status is not Status.WITHDRAWN and one.visible_on <= on for one in activities)
    if read_until is None:
        yield "No source has been read yet, so nothing is known here of any authority."
    elif on > read_until:
        yield (
            f"The newest source was read on {in_words(read_until)}. What happened after that is not known here: the "
            f"answer for {in_words(on)} takes it that nothing did."
        )
    if seen:
        yield (
            "That no visit, meeting or letter is held here does not mean that there was none: some are never "
            "published, and others may be missing from the sources read."
        )
    elif read_until is not None:
        yield (
            f"Nothing held here about {authority.name} had happened or was public by {in_words(on)}; that does not "
            "mean that nothing had happened."
        )
    abolished = authority.abolished_on
    if abolished is not None and abolished <= on:
        yield f"{authority.name} was abolished on {in_words(abolished)}; nothing is to be expected of it any more."
    if on < ILACS_IN_FORCE:
        yield (
            f"The framework most of these rules describe was first used in {month_in_words(ILACS_IN_FORCE)}; for a "
            "day before, only the last report and its window are answered."
        )
    renewed = RULES["R-010"].start
    if renewed is not None and on >= renewed:
        yield (
            f"A renewed framework is planned for {renewed.year} and its contents are not known (R-010): the answer "
            "takes it that the present rules still hold."
        )
    if on > holidays.known_to:
        yield (
            f"Bank holidays are known until {in_words(holidays.known_to)}; deadlines beyond that day cannot be counted."
        )
