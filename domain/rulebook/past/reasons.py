"""Why an inspection came outside its window, or was of another kind, where a rule held here explains it.

No explanation is made up: without a rule there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from domain.rulebook.calendar_rows import CLOSED_SEASONS, ClosedSeason
from domain.rulebook.graded_windows import first_likely_start, next_measured
from domain.rulebook.results import TYPE_IN_WORDS, GradedType, Pathway, PriorityActionOverride
from domain.rulebook.row_words import in_force, starts_on_mondays
from domain.rulebook.rows import ILACS_IN_FORCE, NEXT_GRADED, PANDEMIC_COHORT, PANDEMIC_PAUSE, NextGraded
from domain.rulebook.working_days import add_months
from domain.values.activities import Activity
from domain.values.words import in_words, month_in_words, number_in_words, period_in_words

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Explanation:
    """One sentence and the rules it rests on; `in_part` where it bears on the matter but does not settle it."""

    text: str
    rules: tuple[str, ...]
    in_part: bool = False


@dataclass(frozen=True)
class Miss:
    """An inspection outside its window. `first` and `last` are the window's, both inclusive.

    `reached` is the day inspectors came, or while `waiting` the day by which none had. `override` is given where they
    came in the months after priority action, or wait while these are not over."""

    report: Activity | None
    pathway: Pathway
    first: date
    last: date
    reached: date
    early: bool
    waiting: bool
    override: PriorityActionOverride | None


def timing_explained(miss: Miss) -> Iterator[Explanation]:
    """Why inspectors came before the window opened or after it closed; nothing where no rule held here says."""
    yield from _priority_action(miss)
    if miss.early:
        return
    yield from _framework_of_the_time(miss)
    if miss.reached >= PANDEMIC_PAUSE.start:
        yield from _pandemic(miss)
        yield from _cohort(miss)
    yield from _season(miss)


def type_explained(expected: GradedType | None, came: GradedType | None) -> Explanation | None:
    """Why the inspection was of another kind than expected; None where no rule says (R-032)."""
    if expected is GradedType.SHORT and came is GradedType.STANDARD:
        measured = next_measured(Pathway.GOOD_OR_OUTSTANDING)
        return Explanation(
            f"Of {measured.inspections} next inspections of good or outstanding authorities, {measured.standard} were "
            "standard.",
            (measured.rule,),
        )
    return None


def change_explained(
    first: GradedType | None,
    then: GradedType | None,
    pathway: Pathway,
    override: PriorityActionOverride | None,
    inside_priority_range: bool | None,
) -> Explanation | None:
    """What changed between the day the window was first stated and the day it is judged by; None where nothing did.

    `override` is the one in force then, and none was in force when the window was first stated."""
    if override is not None:
        text = (
            f"The focused visit of {period_in_words(override.visit_month)} found an area for priority action, so a "
            f"standard inspection was expected from {period_in_words(override.expected_from_month)} to "
            f"{period_in_words(override.expected_to_month)}{'' if first is then else ', no longer a short one'}"
        )
        came = {True: "; it came in those months.", False: "; it came outside those months.", None: "."}
        return Explanation(text + came[inside_priority_range], ("R-034", "R-092"))
    for before, after in pairwise(_in_turn(pathway)):
        if before.type is first and after.type is then:
            return Explanation(
                f"Until {in_words(after.start)} {TYPE_IN_WORDS[before.type]} was expected, since then "
                f"{TYPE_IN_WORDS[after.type]}.",
                (after.rule,),
            )
    return None


def _in_turn(pathway: Pathway) -> list[NextGraded]:
    """The rows of a pathway in the order in which they came into force."""
    return sorted((row for row in NEXT_GRADED if row.pathway is pathway), key=lambda row: row.start)


def _priority_action(miss: Miss) -> Iterator[Explanation]:
    if miss.override is None:
        return
    if miss.waiting:
        last = period_in_words(miss.override.expected_to_month)
        text = f"After priority action a standard inspection is expected until {last}, which is not over."
    else:
        text = "It came in the months after priority action, in which a standard inspection was expected."
    was_closed = miss.override.visit_month.first_day > miss.last
    yield Explanation(text, ("R-034", "R-092"), in_part=was_closed)


def _framework_of_the_time(miss: Miss) -> Iterator[Explanation]:
    if miss.last < ILACS_IN_FORCE and miss.pathway is not Pathway.INADEQUATE:
        yield Explanation(
            f"The window closed before {month_in_words(ILACS_IN_FORCE)}, when the framework to which its three years "
            "belong was first used.",
            ("R-002",),
        )


def _pandemic(miss: Miss) -> Iterator[Explanation]:
    stopped, again = PANDEMIC_PAUSE.start, PANDEMIC_PAUSE.end
    if again is None or miss.first >= again:
        return
    span = in_force(PANDEMIC_PAUSE)
    if miss.last < stopped:
        yield Explanation(
            f"The window had closed before the pandemic; that no graded inspection was carried out {span} only made "
            "the wait longer.",
            (PANDEMIC_PAUSE.rule,),
            in_part=True,
        )
        return
    lost = (min(miss.last, again - _DAY) - max(miss.first, stopped)).days + 1
    yield Explanation(
        f"No graded inspection was carried out {span}: on {number_in_words(lost, 'day')} of this window.",
        (PANDEMIC_PAUSE.rule,),
    )


def _cohort(miss: Miss) -> Iterator[Explanation]:
    if miss.report is None or not PANDEMIC_COHORT.in_force(miss.report.public_on):
        return
    later = add_months(miss.last, PANDEMIC_COHORT.later_by_months)
    whose = f"After reports published {in_force(PANDEMIC_COHORT)} the pandemic may have stretched the window"
    if miss.reached > later:
        yield Explanation(
            f"{whose}; but even read as {in_words(later)}, its end had passed.", (PANDEMIC_COHORT.rule,), in_part=True
        )
        return
    passed = "that day has not passed" if miss.waiting else "inspectors came by then"
    yield Explanation(f"{whose}: its end may be read as {in_words(later)}, and {passed}.", (PANDEMIC_COHORT.rule,))


def _season(miss: Miss) -> Iterator[Explanation]:
    """No Monday on which inspections start lay between, or less than the season in which the window closed."""
    after = miss.last + _DAY
    likely = first_likely_start(after)
    if (miss.reached < likely) if miss.waiting else (miss.reached <= likely):
        yield Explanation(
            f"{starts_on_mondays()}; the "
            f"first such Monday after the window closed {'is' if miss.waiting else 'was'} {in_words(likely)}.",
            ("R-050",),
        )
        return
    season = next((season for season in CLOSED_SEASONS if after in season), None)
    if season is not None and (miss.reached - miss.last).days < _length(season, after):
        yield Explanation(
            f"The window closed in a season in which no inspection starts; the first likely start after it was "
            f"{in_words(likely)}.",
            ("R-050",),
            in_part=True,
        )


def _length(season: ClosedSeason, day: date) -> int:
    """The days of the season around a day in it, first and last included."""
    first = last = day
    while first - _DAY in season:
        first -= _DAY
    while last + _DAY in season:
        last += _DAY
    return (last - first).days + 1
