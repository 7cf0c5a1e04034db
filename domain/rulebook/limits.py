"""What an answer for a day cannot know: said in words beside it, on pages and in documents alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain.frameworks import AREAS, PLANNED
from domain.rulebook.known_until import none_tells_of, none_tells_of_all, not_known
from domain.rulebook.pathway import governing
from domain.rulebook.rows import ILACS_IN_FORCE
from domain.rulebook.rules import RULES
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.words import in_words, listed, month_in_words


def limits(
    activities: Sequence[Activity],
    *,
    authority: AuthorityFacts,
    on: date,
    known_until: KnownUntil,
    holidays: BankHolidays,
) -> tuple[str, ...]:
    """Sentences on what limits the answer for a day; empty where nothing does.

    `activities` are all that is held on the authority; of what had not happened, or was not public, by then nothing is
    told. `known_until` is until when sources tell of it."""
    return tuple(_limits(activities, authority, on, known_until, holidays))


def after_reading(on: date, known_until: KnownUntil) -> tuple[str, ...]:
    """That nothing is known of graded inspections after the day until which sources tell, where the day asked is one of
    those; it is taken that none came."""
    until = known_until.graded
    if until is None or on <= until:
        return ()
    return (f"{not_known(KnownKind.GRADED_INSPECTION, until)} The answer for {in_words(on)} takes it that none came.",)


def after_readings(on: date, known_until: KnownUntil, newest: date | None) -> tuple[str, ...]:
    """The same for an answer about many authorities: of each something is known as `known_until` says, of some until
    `newest`."""
    if known_until.graded is None and newest is not None:
        return (f"{none_tells_of_all(newest)} Of an authority that no source tells of nothing is known.",)
    return after_reading(on, known_until)


def _limits(
    activities: Sequence[Activity], authority: AuthorityFacts, on: date, known_until: KnownUntil, holidays: BankHolidays
) -> Iterator[str]:
    seen = any(one.counts and one.visible_on <= on and not one.kind.by_others for one in activities)
    if known_until.graded is None:
        known = "only what officers recorded is known here of it" if seen else "nothing is known here of it"
        yield f"{none_tells_of(authority.name)}, so {known}."
    if not authority.ended_by(on):
        yield from after_reading(on, known_until)
    if seen:
        yield (
            "That no visit, meeting or letter is held here does not mean that there was none: some are never "
            "published, and others may be missing from the sources read."
        )
        yield from _disputes(activities, on)
    elif known_until.graded is not None:
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
    if PLANNED and renewed is not None and on >= renewed:
        yield (
            f"A renewed framework is planned for {renewed.year} and its contents are not known (R-010): the answer "
            "takes it that the present rules still hold."
        )
    if on > holidays.known_to:
        yield (
            f"Bank holidays are known until {in_words(holidays.known_to)}; deadlines beyond that day cannot be counted."
        )


def _disputes(activities: Sequence[Activity], on: date) -> Iterator[str]:
    """What sources disagree on about the report that governs, unless an officer settled it."""
    report = governing(activities, on)
    for dispute in report.disagreements if report is not None else ():
        if not dispute.settled:
            others = [f"{one.source} says {_said(one.value)}" for one in dispute.says if one.value != dispute.held]
            yield (
                f"Sources disagree on the governing report: {_FIELDS.get(dispute.field, dispute.field)} is held as "
                f"{_said(dispute.held)}; {listed(others)}."
            )


def _said(value: str) -> str:
    try:
        return in_words(date.fromisoformat(value))
    except ValueError:
        return value.replace("_", " ")


_FIELDS = {
    "published": "the day of publication",
    "start": "the first day on site",
    "end": "the last day on site",
    "variant": "the kind",
    **{f"grades.{area.value}": f"the grade for {row.words}" for area, row in AREAS.items()},
}
