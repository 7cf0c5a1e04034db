"""Why an authority stands where it stands and why each activity is expected when it is, rule by rule (R-090 to R-096).

Told from the very situation and workings that the standing is made of: there is no second computation to drift."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.rulebook.evidence import Worked
from domain.rulebook.expectations import situation, standing_in, worked
from domain.rulebook.explain import expectation_steps
from domain.rulebook.near_misses.cycle import between
from domain.rulebook.near_misses.deadlines import elections, plans
from domain.rulebook.near_misses.graded import other_windows, priority_action
from domain.rulebook.near_misses.pathway import new_authority, other_judgements, other_reports, without_report
from domain.rulebook.near_misses.rows import other_rows
from domain.rulebook.pathway import DEFAULT_POLICY, Policy
from domain.rulebook.pathway_explain import pathway_steps
from domain.rulebook.results import Expectation, Standing
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Step, Unapplied
from domain.rulebook.what_if.would_change import WouldChange, would_change
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import NOTHING_KNOWN, KnownUntil


@dataclass(frozen=True)
class Reasoned:
    """One thing to expect, and the steps that lead to its days; the last compares them with the day asked."""

    expectation: Expectation
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Reasoning:
    """`standing` is what it explains. `pathway` leads to the pathway, `expectations` from there, in the order of the
    standing's. `unapplied` are rules that nearly applied; `would_change` what would change the answer."""

    standing: Standing
    pathway: tuple[Step, ...]
    expectations: tuple[Reasoned, ...]
    unapplied: tuple[Unapplied, ...]
    would_change: tuple[WouldChange, ...]


def reasoning(
    activities: Sequence[Activity],
    *,
    authority: AuthorityFacts,
    on: date,
    holidays: BankHolidays,
    policy: Policy = DEFAULT_POLICY,
    known_until: KnownUntil = NOTHING_KNOWN,
) -> Reasoning:
    """The reasons for the standing of an authority on a day; what it takes is what `standing` takes."""
    now = situation(activities, authority=authority, on=on, holidays=holidays, policy=policy, known_until=known_until)
    workings = tuple(worked(now))
    pathway = tuple(pathway_steps(now))
    reasoned = tuple(Reasoned(one.expectation, expectation_steps(now, one)) for one in workings)
    steps = (*pathway, *(step for one in reasoned for step in one.steps))
    return Reasoning(
        standing=standing_in(now, workings),
        pathway=pathway,
        expectations=reasoned,
        unapplied=unapplied(now, workings, steps),
        would_change=would_change(now),
    )


def unapplied(now: Situation, workings: Sequence[Worked], steps: Iterable[Step]) -> tuple[Unapplied, ...]:
    """Rules that nearly applied, and why they did not, in order of the question they answer: pathway, type, window,
    deadlines, what comes between, and other rows."""
    return (
        *other_reports(now),
        *other_judgements(now),
        *new_authority(now),
        *without_report(now),
        *priority_action(now),
        *other_windows(now),
        *plans(now),
        *between(now),
        *elections(workings),
        *other_rows(steps),
    )
