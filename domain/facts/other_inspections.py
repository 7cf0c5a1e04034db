"""What is told of inspections by other frameworks and inspectorates: they never touch an ILACS pathway (R-075)."""

from __future__ import annotations

from datetime import date

from domain.facts.authority_base import EntryFact
from domain.values.statements import Kind, Rating


class OtherInspectionHeld(EntryFact, name="other_inspection.held"):
    """An area SEND, youth justice or other inspection took place, or its report was published.

    `kind` is one of `AREA_SEND`, `YOUTH_JUSTICE` and `OTHER_INSPECTION`; `outcome`, 1 to 3, only of area SEND;
    `ratings` in the inspectorate's words; `link` the https address of the report. `subtype` is `monitoring` of an area
    SEND inspection that only looks again at what a full one found, and that has no outcome."""

    kind: Kind
    inspectorate: str | None
    title: str | None
    started_on: date | None
    ended_on: date | None
    published_on: date | None
    outcome: int | None
    ratings: tuple[Rating, ...]
    link: str | None
    subtype: str | None
