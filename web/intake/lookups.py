"""Authority look-ups: they say nothing of inspections. Reading one shows where it and the register differ."""

from __future__ import annotations

import re

from domain.values.errors import RuleBroken
from web.intake.cells import number_of
from web.intake.gathering import Bounds, Gathered
from web.intake.tables import Table, TableRow

NAMES = ("local_authority_ons_name", "la_name")
GSS_CODES = ("la_code_new", "ltla23cd")
"""The second in look-ups of 2024, which have no other."""

MOST_NOTES = 200

NOT_REGISTERED = (
    "The register of authorities here does not have it, so nothing is kept of it. If it is a council that was formed "
    "since, a newer release of this product will know it."
)


def read_look_up(table: Table, *, bounds: Bounds) -> Gathered:
    """Every row identified, with a note for each name or code that is not the register's own."""
    gathered = Gathered()
    for row in table.rows:
        gathered.rows += 1
        fault = row.fault(("urn", "la_code", "also_known_as", *GSS_CODES, *NAMES))
        if fault is not None:
            gathered.reject(row.place, fault)
            continue
        try:
            urn = bounds.register.identify(
                urn=number_of(row.get("urn")),
                name=row.text(*NAMES),
                codes=[number_of(row.get("la_code")), row.text(*GSS_CODES)],
                abolished_table=False,
            )
        except RuleBroken as reason:
            gathered.reject(row.place, f"{str(reason).rstrip('.')}. {NOT_REGISTERED}")
            continue
        gathered.notes.extend(f"{row.place}: {difference}" for difference in _differences(row, urn, bounds))
    del gathered.notes[MOST_NOTES:]
    return gathered


def _differences(row: TableRow, urn: str, bounds: Bounds) -> list[str]:
    known = bounds.register[urn].facts
    found = []
    stated = number_of(row.get("urn"))
    if stated and stated != urn:
        found.append(f"{known.name} has the Ofsted URN {urn}, not {stated[:20]}")
    la_number = number_of(row.get("la_code"))
    if la_number and la_number != known.la_number:
        found.append(f"{known.name} has the LA number {known.la_number}, not {la_number[:20]}")
    gss_code = row.text(*GSS_CODES)
    if gss_code and gss_code != known.gss_code:
        found.append(f"{known.name} has the GSS code {known.gss_code}, not {gss_code[:20]}")
    for name in (row.text(*NAMES), *re.findall(r"[^\[\],]+", "" if "," in known.name else row.text("also_known_as"))):
        if name.strip() and not bounds.register.bears(urn, name):
            found.append(f"{known.name} is called {name.strip()[:80]!r} there")
    return found
