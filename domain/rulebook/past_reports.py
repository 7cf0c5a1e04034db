"""Whether a report appeared when the rulebook led to expect it (R-051, R-054)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from domain.activities import Activity
from domain.errors import BeyondBankHolidays
from domain.rulebook.deadline_rows import HOLD_AFTER_DAYS, HOLD_BEFORE_DAYS
from domain.rulebook.deadlines import expected_publication
from domain.rulebook.words import in_words, weeks_in_words
from domain.rulebook.working_days import BankHolidays, working_days_between
from domain.rulebook.workings import ExpectedPublication


class Publication(Enum):
    """When a report appeared. `on_time`: by the usual day, or in the two weeks after polling day where that held it
    back; `slow`: after that, and not yet late; `late`: beyond 50 working days; `awaited`, `overdue`: not public."""

    ON_TIME = "on_time"
    SLOW = "slow"
    LATE = "late"
    AWAITED = "awaited"
    OVERDUE = "overdue"
    NOT_JUDGED = "cannot_be_judged"


@dataclass(frozen=True)
class PublicationAccount:
    """`expected` is the usual day, or the first after polling day; `late_after` the last that is not late (inclusive).

    `working_days` from the last day on site to publication. `held_for` is polling day where the usual day lay in the
    weeks before it (R-054). `inferred`: which areas voted is not held, so that a hold applied is inferred."""

    outcome: Publication
    expected: date | None
    late_after: date | None
    published: date | None
    working_days: int | None
    held_for: date | None
    said: str
    rules: tuple[str, ...]
    inferred: bool = False


def publication_of(inspection: Activity, on: date, holidays: BankHolidays) -> PublicationAccount | None:
    """The account of an inspection's report, the inspection as seen on the day asked; None while nothing can be said.

    Nothing is, while inspectors are on site, or where neither their last day nor the publication is known."""
    public = inspection.published or inspection.published_by_council
    expected = expected_publication(inspection.kind, inspection.end, holidays) if inspection.end is not None else None
    if inspection.end is None or expected is None:
        if public is None:
            return None
        known = (
            "The last day on site is not known" if inspection.end is None else "No usual time is known for that year"
        )
        said = f"{known}, so when the report was to appear cannot be counted."
        return PublicationAccount(Publication.NOT_JUDGED, None, None, public, None, None, said, ("R-051",))
    polling = expected.held_for.start if expected.held_for is not None else None
    usual = f"{expected.row.working_days} were usual"
    if expected.over_christmas:
        usual += ", and some more over Christmas"
    counted = None
    if public is None:
        overdue = on > expected.last
        outcome = Publication.OVERDUE if overdue else Publication.AWAITED
        said = (
            f"Not public by {in_words(on)}; expected about {in_words(expected.first)}, and late "
            f"{'since' if overdue else 'after'} {in_words(expected.last)}. Of working days after the last day on site "
            f"{usual}."
        )
    else:
        counted = _working_days(inspection.end, public, holidays)
        outcome = _outcome(public, expected)
        said = f"Published {counted} working days after the last day on site; {usual}."
        if outcome is Publication.LATE:
            said += f" Late after {in_words(expected.last)}."
    if polling is not None and (public is None or public > expected.ordinary):
        said += (
            f" Nothing on one authority is published in the {weeks_in_words(HOLD_BEFORE_DAYS)} before an election; the "
            f"polling day of {in_words(polling)} led to expect it in the {weeks_in_words(HOLD_AFTER_DAYS)} after "
            "(inferred)."
        )
    return PublicationAccount(
        outcome=outcome,
        expected=expected.first,
        late_after=expected.last,
        published=public,
        working_days=counted,
        held_for=polling,
        said=said,
        rules=("R-051",) if polling is None else ("R-051", "R-054"),
        inferred=polling is not None,
    )


def _outcome(public: date, expected: ExpectedPublication) -> Publication:
    held_for = expected.held_for
    if public <= expected.ordinary:
        return Publication.ON_TIME
    if held_for is not None and held_for.start < public <= held_for.start + timedelta(days=HOLD_AFTER_DAYS):
        return Publication.ON_TIME
    return Publication.SLOW if public <= expected.last else Publication.LATE


def _working_days(last_day: date, public: date, holidays: BankHolidays) -> int | None:
    try:
        return working_days_between(last_day, public, holidays)
    except BeyondBankHolidays:
        return None
