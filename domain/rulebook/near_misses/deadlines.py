"""Plans and statements that are no longer, or not, to be expected, and elections that hold nothing back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.rulebook.deadline_rows import HOLD_BEFORE_DAYS, POLLING_DAYS
from domain.rulebook.episodes import last_time
from domain.rulebook.evidence import Publication, Worked
from domain.rulebook.graded_windows import plan_time
from domain.rulebook.row_words import in_force
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Input, Unapplied, from_activity
from domain.values.statements import Kind
from domain.values.words import in_words


def plans(now: Situation) -> Iterator[Unapplied]:
    """Why no action plan on the governing report, and no joint statement, is to be expected (R-060, R-062, R-091)."""
    yield from _action_plan(now)
    yield from _joint_statements(now)


def _action_plan(now: Situation) -> Iterator[Unapplied]:
    report, due = now.governs, now.expected_next.action_plan_due
    if report is not None and not now.abolished:
        if not plan_time(report.public_on).shown:
            yield Unapplied(
                rule="R-091",
                why=f"The report was published on {in_words(report.public_on)}; of one published "
                f"{in_force(plan_time(report.public_on))} no date of an action plan is shown.",
            )
        elif due is not None and due < now.on:
            yield Unapplied(
                rule="R-060",
                why=f"The action plan on the governing report was due on {in_words(due)}, which is past.",
                inputs=(Input("Published", report.public_on, report.id), Input("Due", due)),
            )
        elif due is not None:
            for plan in now.visible(Kind.ACTION_PLAN_SUBMITTED):
                if plan.true_on >= report.public_on:
                    submitted = last_time(now.known(plan))
                    yield Unapplied(
                        rule="R-060",
                        why=f"The action plan was submitted {submitted}, so it is no longer to be expected.",
                        inputs=(from_activity("Submitted", plan, now.on), Input("Due", due)),
                    )


def _joint_statements(now: Situation) -> Iterator[Unapplied]:
    for inspection in now.visible(Kind.JTAI):
        statement = inspection.statement_due
        if inspection.public_on > now.on or inspection.true_on < now.counts_from:
            continue
        if statement is None:
            why = f"The letter on the joint inspection {last_time(now.known(inspection))}, as held here, names no day."
        elif statement < now.on:
            why = f"The joint statement was due on {in_words(statement)}, which is past."
        else:
            continue
        yield Unapplied("R-062", why, (from_activity("Joint inspection", inspection, now.on),))


def elections(workings: Sequence[Worked]) -> Iterator[Unapplied]:
    """Where the usual day of a publication lies before no election (R-054)."""
    for worked in workings:
        known = worked.workings
        if isinstance(known, Publication) and known.found is not None and known.found.held_for is None:
            usual = known.found.ordinary
            nearest = min(POLLING_DAYS, key=lambda poll: abs((poll.start - usual).days))
            yield Unapplied(
                rule="R-054",
                why=f"The usual day, {in_words(usual)}, does not lie in the {HOLD_BEFORE_DAYS} days up to a polling "
                f"day; the nearest held here is {in_words(nearest.start)}.",
                inputs=(Input("Usual day", usual, known.fieldwork.id), Input("Nearest polling day", nearest.start)),
            )
