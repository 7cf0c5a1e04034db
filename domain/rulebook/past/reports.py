"""Whether a report appeared when the rulebook led to expect it (R-051, R-054)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.rulebook.deadline_rows import HOLD_AFTER_DAYS, HOLD_BEFORE_DAYS
from domain.rulebook.deadlines import around_christmas, expected_publication, usual_days
from domain.rulebook.evidence import ExpectedPublication
from domain.rulebook.known_until import not_known
from domain.rulebook.working_days import BankHolidays, working_days_between
from domain.values.activities import Activity
from domain.values.errors import BeyondBankHolidays
from domain.values.known_until import KnownKind
from domain.values.statements import Kind
from domain.values.words import in_words, weeks_in_words


class PublicationOutcome(Enum):
    """When a report appeared. `on_time`: by the usual day, or in the two weeks after polling day where that held it
    back; `slow`: after that, and not yet late; `late`: beyond 50 working days; `awaited`, `overdue`: not public;
    `not_known`: late after the day until which sources tell, so that it may be public (R-105)."""

    ON_TIME = "on_time"
    SLOW = "slow"
    LATE = "late"
    AWAITED = "awaited"
    OVERDUE = "overdue"
    NOT_KNOWN = "not_known"
    NOT_JUDGED = "cannot_be_judged"


@dataclass(frozen=True)
class PublicationAccount:
    """`expected` is the usual day, or the first after polling day; `late_after` the last that is not late (inclusive).

    `working_days` from the last day on site to publication. `held_for` is polling day where the usual day lay in the
    weeks before it (R-054). `inferred`: which areas voted is not held, so that a hold applied is inferred."""

    outcome: PublicationOutcome
    expected: date | None
    late_after: date | None
    published: date | None
    working_days: int | None
    held_for: date | None
    said: str
    rules: tuple[str, ...]
    inferred: bool = False


def publication_of(
    inspection: Activity, on: date, holidays: BankHolidays, *, known_until: date | None
) -> PublicationAccount | None:
    """The account of an inspection's report, the inspection as seen on the day asked; None while nothing can be said.

    `known_until` is the day until which sources tell of graded inspections. Nothing is said while inspectors are on
    site, or where neither their last day nor the publication is known."""
    public = inspection.published or inspection.published_by_council
    expected = None
    if inspection.end is not None:
        expected = expected_publication(inspection.kind, inspection.end, holidays, first_day=inspection.start)
    if inspection.end is None or expected is None:
        return None if public is None else _not_judged(inspection, public)
    counted = _working_days(inspection.end, public, holidays) if public is not None else None
    outcome = _outcome(public, expected, on, known_until)
    polling = expected.held_for.start if expected.held_for is not None else None
    if outcome is PublicationOutcome.NOT_KNOWN:
        unknown = not_known(KnownKind.GRADED_INSPECTION, known_until)
        said = f"Expected about {in_words(expected.first)}, and late after {in_words(expected.last)}. {unknown}"
    else:
        said = _said(outcome, expected, counted, on, _from(inspection))
    return PublicationAccount(
        outcome=outcome,
        expected=expected.first,
        late_after=expected.last,
        published=public,
        working_days=counted,
        held_for=polling,
        said=f"{said}{_election(expected, public)}",
        rules=(
            "R-051",
            *(("R-054",) if polling is not None else ()),
            *(("R-059",) if inspection.periods else ()),
        ),
        inferred=polling is not None,
    )


def _not_judged(inspection: Activity, public: date) -> PublicationAccount:
    unknown = "The last day on site is not known" if inspection.end is None else "No usual time is known for that year"
    said = f"{unknown}, so when the report was to appear cannot be counted."
    return PublicationAccount(PublicationOutcome.NOT_JUDGED, None, None, public, None, None, said, ("R-051",))


def _outcome(
    public: date | None, expected: ExpectedPublication, on: date, known_until: date | None
) -> PublicationOutcome:
    if public is None:
        if on <= expected.last:
            return PublicationOutcome.AWAITED
        seen = known_until is not None and expected.last <= known_until
        return PublicationOutcome.OVERDUE if seen else PublicationOutcome.NOT_KNOWN
    held_for = expected.held_for
    if public <= expected.ordinary:
        return PublicationOutcome.ON_TIME
    if held_for is not None and held_for.start < public <= held_for.start + timedelta(days=HOLD_AFTER_DAYS):
        return PublicationOutcome.ON_TIME
    return PublicationOutcome.SLOW if public <= expected.last else PublicationOutcome.LATE


def _from(inspection: Activity) -> str:
    return "last day of its last period on site" if inspection.periods else "last day on site"


def _said(
    outcome: PublicationOutcome, expected: ExpectedPublication, counted: int | None, on: date, counted_from: str
) -> str:
    usual = f"{usual_days(expected)} were usual{around_christmas(expected, Kind.INSPECTION)}"
    last = in_words(expected.last)
    if outcome in (PublicationOutcome.AWAITED, PublicationOutcome.OVERDUE):
        return (
            f"Not public by {in_words(on)}; expected about {in_words(expected.first)}, and late "
            f"{'since' if outcome is PublicationOutcome.OVERDUE else 'after'} {last}. Of working days after the "
            f"{counted_from} {usual}."
        )
    said = f"Published {counted} working days after the {counted_from}; {usual}."
    return f"{said} Late after {last}." if outcome is PublicationOutcome.LATE else said


def _election(expected: ExpectedPublication, public: date | None) -> str:
    """A further sentence where polling day held the report back, or may (R-054)."""
    if expected.held_for is None or (public is not None and public <= expected.ordinary):
        return ""
    return (
        f" Nothing on one authority is published in the {weeks_in_words(HOLD_BEFORE_DAYS)} before an election; the "
        f"polling day of {in_words(expected.held_for.start)} led to expect it in the "
        f"{weeks_in_words(HOLD_AFTER_DAYS)} after (inferred)."
    )


def _working_days(last_day: date, public: date, holidays: BankHolidays) -> int | None:
    try:
        return working_days_between(last_day, public, holidays)
    except BeyondBankHolidays:
        return None
