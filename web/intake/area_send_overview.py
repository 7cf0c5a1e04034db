"""Data to Insight's overview of area SEND inspections: the latest full inspection of each area, with its outcome."""

from __future__ import annotations

from datetime import date

from domain.rulebook.other_inspections.words import OUTCOMES
from domain.values.errors import RuleBroken
from domain.values.statements import Channel, Family, Kind, Observation, Stated
from web.intake.cells import RowRejected, due_day_of, number_of, report_citation, states_nothing, verbatim_of
from web.intake.gathering import Bounds, Gathered
from web.intake.history_item import LATEST_DUE
from web.intake.rows import DAYS, IDENTITY, authority_of, days_of, must_be_sound
from web.intake.scrapes import LEFT_OUT
from web.intake.tables import Table, TableRow

OUTCOME = "outcome_grade"
NEXT_BY = "next_inspection_by_date"


def read_area_send(table: Table, *, bounds: Bounds) -> Gathered:
    """A row is a full inspection. `01/01/1900` under the previous one means that there was none; it is not read.

    A row without an outcome that can be read is kept without one, and said to be (R-076)."""
    gathered = Gathered()
    for row in table.rows:
        gathered.rows += 1
        try:
            must_be_sound(row, (*IDENTITY, *DAYS, OUTCOME, NEXT_BY))
            start, end, published = days_of(row, bounds, gathered)
            gathered.observe(
                Observation(
                    urn=authority_of(row, bounds, on=start or published),
                    family=Family.SCRAPE,
                    channel=Channel.AREA_SEND_OVERVIEW,
                    said=Stated(
                        Kind.AREA_SEND,
                        start=start,
                        end=end,
                        published=published,
                        outcome=_outcome(row, gathered),
                        next_by=_next_by(row, gathered),
                    ),
                    row=row.place,
                    citations=report_citation("Area SEND inspection report", row.get("inspection_link")),
                    verbatim=verbatim_of(row, table.headers, table.headers, LEFT_OUT),
                )
            )
        except (RowRejected, RuleBroken) as reason:
            gathered.reject(row.place, reason)
    return gathered


def _outcome(row: TableRow, gathered: Gathered) -> int | None:
    cell = row.get(OUTCOME)
    if states_nothing(cell):
        gathered.notes.append(f"{row.place}: no outcome could be read of its report, so none was taken")
        return None
    number = number_of(cell)
    if not number.isdigit() or int(number) not in OUTCOMES:
        raise RowRejected(f"{row.text(OUTCOME)[:60]!r} under {OUTCOME!r} is none of the outcomes 1, 2 and 3")
    return int(number)


def _next_by(row: TableRow, gathered: Gathered) -> date | None:
    """The day under "next inspection by"; words stand there where none could be worked out."""
    try:
        return due_day_of(row.get(NEXT_BY), NEXT_BY, latest=LATEST_DUE, hear=gathered.hears(row.place))
    except RowRejected:
        return None
