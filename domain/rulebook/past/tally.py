"""How often earlier windows were right: of all authorities together, by pathway and by when they were stated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low

from domain.rulebook.forecast.cohorts import Cohort, cohort_of
from domain.rulebook.past.windows import CAME, PastWindow, WindowOutcome
from domain.rulebook.results import Pathway


@dataclass(frozen=True)
class Count:
    """Windows after which an inspection came, by what became of them, and those still waited for past their end.

    Medians are of calendar days, the lower of the two in the middle; only inspections whose first day on site is known
    count in them, and None stands for none. `explained`: of `early` and `late`, those for which some rule held here
    gives a reason, be it in part. `type_right` and `type_wrong`: of those whose kind can be compared."""

    came: int
    inside: int
    early: int
    late: int
    not_judged: int
    explained: int
    median_days_early: int | None
    median_days_late: int | None
    type_right: int
    type_wrong: int
    overdue: int
    not_known: int


@dataclass(frozen=True)
class Tally:
    """Groups without any window are left out."""

    everything: Count
    by_pathway: tuple[tuple[Pathway, Count], ...]
    by_cohort: tuple[tuple[Cohort, Count], ...]


_CLOSED = frozenset({WindowOutcome.OVERDUE, WindowOutcome.NOT_KNOWN})


def tally(windows: Iterable[PastWindow]) -> Tally:
    """How many of the windows were right, and by how much the others were wrong."""
    found = [window for window in windows if window.came is not None or window.outcome in _CLOSED]
    by_pathway = [(each, [window for window in found if window.stated.pathway is each]) for each in Pathway]
    by_cohort = [(each, [window for window in found if cohort_of(window.since) is each]) for each in Cohort]
    return Tally(
        everything=_count(found),
        by_pathway=tuple((each, _count(group)) for each, group in by_pathway if group),
        by_cohort=tuple((each, _count(group)) for each, group in by_cohort if group),
    )


def _count(windows: Sequence[PastWindow]) -> Count:
    came = [window for window in windows if window.came is not None]
    early = [window for window in came if window.outcome is WindowOutcome.EARLY]
    late = [window for window in came if window.outcome is WindowOutcome.LATE]
    return Count(
        came=len(came),
        inside=sum(window.outcome is WindowOutcome.INSIDE for window in came),
        early=len(early),
        late=len(late),
        not_judged=sum(window.outcome not in CAME for window in came),
        explained=sum(bool(window.explanations) for window in (*early, *late)),
        median_days_early=_median(early),
        median_days_late=_median(late),
        type_right=sum(window.type_as_expected is True for window in came),
        type_wrong=sum(window.type_as_expected is False for window in came),
        overdue=sum(window.outcome is WindowOutcome.OVERDUE for window in windows),
        not_known=sum(window.outcome is WindowOutcome.NOT_KNOWN for window in windows),
    )


def _median(windows: Sequence[PastWindow]) -> int | None:
    days = [window.days for window in windows if not window.at_least]
    return median_low(days) if days else None
