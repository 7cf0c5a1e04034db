"""By when the papers of one action plan are due, and how long that is (R-035, R-060 to R-062)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from domain.plans.state import PlanState
from domain.rulebook.deadline_rows import PRIORITY_PLAN_TIMES
from domain.rulebook.graded_windows import plan_time
from domain.rulebook.known_until import NOT_RECORDED
from domain.rulebook.rows import row_on
from domain.rulebook.working_days import BankHolidays, add_working_days, working_days_between
from domain.values.errors import BeyondBankHolidays
from domain.values.plans import Basis, Stage
from domain.values.words import in_words, number_in_words


class Counted(Enum):
    """From what a due date was counted; a letter's own date is entered and never counted (R-062)."""

    RECEIPT = "receipt"
    PUBLICATION = "publication"
    STATED = "stated"


class PaperStatus(Enum):
    """What is known of a paper on a day. No public source tells of its sending, so that it is never late from silence:
    after its due date it is `NOT_KNOWN` until a sending is recorded (R-107). Once the plan's report was `REPLACED`
    nobody waits for it."""

    DUE = "due"
    SENT = "sent"
    NOT_KNOWN = "not_known"
    NO_DATE = "no_date"
    REPLACED = "report_replaced"


@dataclass(frozen=True)
class Deadline:
    """One paper's due date, inclusive, and what became of it. `due_on` is None where it cannot be told; `why_not` says
    why.

    `latest`: counted from publication because receipt is not known, so that it may truly be earlier (R-061).
    `days_left`: calendar days to the due date, negative after it; None once the paper was sent, or without a date. A
    negative number says that the date has passed, not that nothing was sent.
    `days_late`: how long after its due date the paper was sent, 0 in time; None where it was not sent. `replaced_on`:
    when a newer graded report took the place of the plan's, where the paper was not sent by then."""

    stage: Stage
    due_on: date | None
    counted: Counted | None
    counted_from: date | None
    working_days: int | None
    latest: bool
    submitted_on: date | None
    days_left: int | None
    working_days_left: int | None
    days_late: int | None
    rules: tuple[str, ...]
    why_not: str | None
    replaced_on: date | None = None

    @property
    def status(self) -> PaperStatus:
        """How the day lies against the due date, as far as is known."""
        if self.submitted_on is not None:
            return PaperStatus.SENT
        if self.replaced_on is not None:
            return PaperStatus.REPLACED
        if self.days_left is None:
            return PaperStatus.NO_DATE
        return PaperStatus.DUE if self.days_left >= 0 else PaperStatus.NOT_KNOWN

    @property
    def said(self) -> str:
        """One sentence for a person."""
        paper = f"The {self.stage.value} plan"
        if self.replaced_on is not None:
            was = f"was due by {in_words(self.due_on)}" if self.due_on else "had no due date"
            return f"{paper} {was}; {NOT_RECORDED}, and its report was replaced on {in_words(self.replaced_on)}."
        if self.due_on is None:
            return f"{paper} has no due date yet: {self.why_not}"
        due = f"{in_words(self.due_on)}{' at the latest' if self.latest else ''}"
        if self.submitted_on is not None:
            late = f", {number_in_words(self.days_late, 'day')} late" if self.days_late else ""
            return f"{paper} was due by {due} and sent on {in_words(self.submitted_on)}{late}."
        assert self.days_left is not None
        if self.days_left < 0:
            return f"{paper} was due by {due}; {NOT_RECORDED}."
        left = "today is the last day" if self.days_left == 0 else f"{number_in_words(self.days_left, 'day')} left"
        return f"{paper} is due by {due}: {left}."


def deadlines(
    state: PlanState, *, on: date, holidays: BankHolidays, replaced_on: date | None = None
) -> tuple[Deadline, ...]:
    """The papers that a plan owes, the draft before the final one, as of a day; of one whose report was replaced by
    then nothing is left to send.

    Day 0 is the day of receipt, or of publication where receipt is not known; day 1 is the next working day (R-061)."""
    found = _owed(state, on, holidays)
    if replaced_on is None or on < replaced_on:
        return found
    return tuple(one if one.submitted_on else _left(one, replaced_on) for one in found)


def _left(deadline: Deadline, replaced_on: date) -> Deadline:
    """A paper that was not sent when a newer report took the place of the plan's."""
    return replace(deadline, days_left=None, working_days_left=None, replaced_on=replaced_on)


def _owed(state: PlanState, on: date, holidays: BankHolidays) -> tuple[Deadline, ...]:
    if state.basis is Basis.JTAI_LETTER:
        missing = "the letter states it. Enter that date." if state.stated_due is None else None
        counted = Counted.STATED if state.stated_due else None
        return (_deadline(state, Stage.FINAL, state.stated_due, counted, None, ("R-062",), on, holidays, missing),)
    day_0 = state.received_on or state.published_on
    counted = Counted.RECEIPT if state.received_on else Counted.PUBLICATION
    if day_0 is None:
        missing = "neither receipt nor publication is known."
        return (_deadline(state, Stage.FINAL, None, None, None, ("R-060", "R-061"), on, holidays, missing),)
    owed: list[tuple[Stage, int | None, tuple[str, ...]]] = []
    if state.basis is Basis.GRADED_REPORT:
        owed = [(Stage.FINAL, plan_time(state.published_on or day_0).working_days, ("R-060", "R-061"))]
    else:
        row = row_on(PRIORITY_PLAN_TIMES, day_0)
        owed = [
            (Stage.DRAFT, row.draft_working_days, ("R-035", "R-061")),
            (Stage.FINAL, row.final_working_days, ("R-035", "R-061")),
        ]
    found = []
    for stage, days, rules in owed:
        if days is None:
            continue
        due, missing = None, None
        try:
            due = add_working_days(day_0, days, holidays)
        except BeyondBankHolidays as beyond:
            missing = f"{str(beyond)[0].lower()}{str(beyond)[1:]}"
        found.append(_deadline(state, stage, due, counted, days, rules, on, holidays, missing, day_0))
    return tuple(found)


def _deadline(
    state: PlanState,
    stage: Stage,
    due: date | None,
    counted: Counted | None,
    days: int | None,
    rules: tuple[str, ...],
    on: date,
    holidays: BankHolidays,
    why_not: str | None,
    day_0: date | None = None,
) -> Deadline:
    sent = state.submitted.get(stage)
    waiting = due is not None and sent is None
    return Deadline(
        stage=stage,
        due_on=due,
        counted=counted,
        counted_from=day_0,
        working_days=days,
        latest=counted is Counted.PUBLICATION and due is not None,
        submitted_on=sent.true_on if sent else None,
        days_left=(due - on).days if due is not None and waiting else None,
        working_days_left=_working_days_left(on, due, holidays) if due is not None and waiting else None,
        days_late=max(0, (sent.true_on - due).days) if due is not None and sent is not None else None,
        rules=rules,
        why_not=why_not,
    )


def _working_days_left(on: date, due: date, holidays: BankHolidays) -> int | None:
    try:
        return working_days_between(on, due, holidays)
    except BeyondBankHolidays:
        return None
