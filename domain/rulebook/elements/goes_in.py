"""What goes into Ofsted's local authority intelligence system (LAIS), as far as anybody has said.

What Ofsted holds is Ofsted's: it is never published and nothing of it is kept here. It is not the LAIT, the
department's tool for comparing authorities, with which papers confuse it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.rulebook.rows import Confidence, Row
from domain.values.activities import Activity


@dataclass(frozen=True, kw_only=True)
class GoesIn(Row):
    """Something that goes into what Ofsted holds. `returned`: an authority sends it on a day, so that the day may be
    recorded; of single children nothing ever is. `confidence` is how it is known that Ofsted has it."""

    name: str
    when: str
    returned: bool = True
    url: str | None = None


GOES_IN: tuple[GoesIn, ...] = (
    GoesIn(
        rule="R-027",
        source="Department for Education: children in need census, guide to submitting data",
        url="https://www.gov.uk/guidance/children-in-need-census",
        confidence=Confidence.INFERRED,
        name="Children in need census",
        when="each year, for the year to 31 March",
    ),
    GoesIn(
        rule="R-027",
        source="Department for Education: children looked after return, guide to submitting data",
        url="https://www.gov.uk/guidance/children-looked-after-return",
        confidence=Confidence.INFERRED,
        name="Children looked after return (SSDA903)",
        when="each year, for the year to 31 March",
    ),
    GoesIn(
        rule="R-027",
        source="Department for Education: children’s social work workforce census, guide to submitting data",
        url="https://www.gov.uk/guidance/childrens-social-work-workforce-census-guide-to-submitting-data",
        confidence=Confidence.INFERRED,
        name="Children’s social work workforce census",
        when="each year, for the year to 30 September",
    ),
    GoesIn(
        rule="R-027",
        source="Leeds one minute guide, October 2024",
        confidence=Confidence.READ,
        name="Child-level data",
        when="after the call, before inspectors come: lists, audits and figures that they read off site",
    ),
    GoesIn(
        rule="R-065",
        source="Haringey scrutiny paper, 8 March 2018",
        confidence=Confidence.READ,
        name="Self-evaluation and annual engagement meeting",
        when="each year; the first two elements of this picture",
        returned=False,
    ),
    GoesIn(
        rule="R-027",
        source="Peterborough committee paper, 21 March 2018",
        confidence=Confidence.READ,
        name="Notifications of serious incidents, and reviews that follow them",
        when="as they happen; nothing of them is kept here",
        returned=False,
    ),
    GoesIn(
        rule="R-027",
        source="Lord Nash in the House of Lords, 5 February 2015, on what Ofsted goes by",
        confidence=Confidence.SECONDARY,
        name="Complaints, whistleblowing and intelligence from others",
        when="as they come; nothing of them is kept here",
        returned=False,
    ),
    GoesIn(
        rule="R-027",
        source="Gateshead Cabinet paper, 2019: data and information in a single record",
        confidence=Confidence.INFERRED,
        name="Ofsted’s own inspections of the authority and of homes and agencies in its area",
        when="as they are published",
        returned=False,
    ),
)
"""In order of how they are shown. Not every row is in force for ever: ask `in_force` where a day matters."""

RETURNS = tuple(row.name for row in GOES_IN if row.returned)
"""The names under which a data return is recorded; other words may be given as well."""


def last_returns(returns: Iterable[Activity]) -> Mapping[str, Activity]:
    """The newest return under each name among these, by the name of the row or, of others, as it was recorded."""
    known = {name.casefold(): name for name in RETURNS}
    found: dict[str, Activity] = {}
    for one in sorted(returns, key=_day):
        said = (one.title or "").strip()
        found[known.get(said.casefold(), said)] = one
    return found


def _day(one: Activity) -> date:
    return one.true_on
