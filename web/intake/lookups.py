"""Authority look-ups: they say nothing of inspections. Reading one shows where it and the register differ."""

from __future__ import annotations

import re

from domain.register.neighbours import MODEL, neighbours_of
from domain.values.authority_keys import is_number
from domain.values.errors import NotFound, RuleBroken
from domain.values.words import in_words
from web.intake.cells import number_of
from web.intake.gathering import Bounds, Gathered
from web.intake.tables import Table, TableRow

NAMES = ("local_authority_ons_name", "la_name")
GSS_CODES = ("la_code_new", "ltla23cd")
"""The second in look-ups of 2024, which have no other."""

NEIGHBOURS = "stat_neighbours"

MOST_NOTES = 200

GIVE = "an administrator records a number that was given: authority give-number"

NOT_REGISTERED = (
    "The register of authorities here does not have it, so nothing is kept of it. If it is a council that was formed "
    "since, a newer release of this product will know it."
)


def read_look_up(table: Table, *, bounds: Bounds) -> Gathered:
    """Every row identified, with a note for each name or code that is not the register's own."""
    gathered = Gathered()
    for row in table.rows:
        gathered.rows += 1
        fault = row.fault(("urn", "la_code", "also_known_as", NEIGHBOURS, *GSS_CODES, *NAMES))
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
    number = urn if is_number(urn) else known.number
    said = (
        ("Ofsted URN", number, number_of(row.get("urn"))),
        ("LA number", known.la_number, number_of(row.get("la_code"))),
        ("GSS code", known.gss_code, row.text(*GSS_CODES)),
    )
    for called, held, stated in said:
        if stated and stated != held and held:
            found.append(f"{known.name} has the {called} {held}, not {stated[:20]}")
        elif stated and not held:
            found.append(f"{known.name} has no {called} here yet; it is {stated[:20]} there ({GIVE})")
    for name in (row.text(*NAMES), *re.findall(r"[^\[\],]+", "" if "," in known.name else row.text("also_known_as"))):
        if name.strip() and not bounds.register.bears(urn, name):
            found.append(f"{known.name} is called {name.strip()[:80]!r} there")
    if _other_neighbours(row, urn, bounds):
        since = in_words(MODEL.published_on)
        found.append(f"{known.name} has other statistical neighbours there; those of {since} are shown all the same")
    return found


def _other_neighbours(row: TableRow, urn: str, bounds: Bounds) -> bool:
    """Whether it names others than the list that ships; a number that nobody has is another."""
    there = set()
    for number in row.text(NEIGHBOURS).replace(",", " ").split():
        try:
            there.add(bounds.register.find(number))
        except NotFound:
            there.add(number)
    return bool(there) and bool(neighbours_of(urn)) and there != set(neighbours_of(urn))
