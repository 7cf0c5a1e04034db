"""Statistical neighbours: the ten authorities most like one, as a published look-up lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from domain.register.neighbour_rows import PUBLISHED
from domain.register.register import REGISTER


@dataclass(frozen=True)
class NeighbourModel:
    """Where lists of neighbours come from: the look-up that has them, and the year of the model behind it.

    `year` is None where no source names one."""

    look_up: str
    published_on: date
    year: int | None = None


MODEL = NeighbourModel("provider look-up of Data to Insight and JT-39", date(2026, 8, 22))
"""It names neither the model nor its year."""

NEIGHBOURS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        urn: tuple(map(REGISTER.find, numbers.split()))
        for urn, numbers in (line.split("|") for line in PUBLISHED.strip().splitlines())
    }
)
"""The URNs of ten neighbours by the URN of each authority; none of one that ended before the list was made, or began
since."""


def neighbours_of(urn: str) -> tuple[str, ...]:
    """The statistical neighbours of an authority; none where no list names any."""
    return NEIGHBOURS.get(urn, ())


KINDS: Mapping[str, str] = {
    "E06": "Unitary authorities",
    "E08": "Metropolitan districts",
    "E09": "London boroughs",
    "E10": "County councils",
}
"""Kinds of authority by the beginning of the ONS's code. The City of London counts as a borough, as it does there."""


def kind_of(gss_code: str | None) -> str:
    """The beginning of a code that says of which kind an authority is; nothing where it has no such code."""
    return gss_code[:3] if gss_code and gss_code[:3] in KINDS else ""
