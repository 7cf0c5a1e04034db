"""The wide history sheets: one row an authority, its inspections since 2009 or 2018 side by side, a block each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.frameworks import Area, Framework
from domain.values.statements import Kind, Stated, Variant
from web.intake.cells import NOT_YET, RowRejected, date_of, grades_of, plain, states_nothing, variant_of
from web.intake.tables import TableRow

_BLOCKS: tuple[tuple[re.Pattern[str], Framework, Variant | None], ...] = (
    (
        re.compile(r"slac re-inspection of safeguarding|slac re-inspection safeguarding"),
        Framework.SLAC,
        Variant.REINSPECTION,
    ),
    (re.compile(r"slac re-inspection of services"), Framework.SLAC, Variant.REINSPECTION),
    (re.compile(r"\(slac\)|slac "), Framework.SLAC, None),
    (re.compile(r"\(cpri\)|cpri "), Framework.CPRI, None),
    (re.compile(r"\(cpi\)|cpi "), Framework.CPI, None),
    (re.compile(r"\(tlac\)|tlac "), Framework.TLAC, None),
    (re.compile(r"sif re-inspection"), Framework.SIF, Variant.REINSPECTION),
    (re.compile(r"first sif|lscb "), Framework.SIF, Variant.SINGLE_INSPECTION),
)
"""Which block a column of the sheet from 2009 belongs to: the first pattern found in its header."""

_ILACS = re.compile(r"(?:(?P<which>\w+) )?ilacs (?:framework )?(?P<what>.+)")


@dataclass
class ActivityColumns:
    """The columns of one inspection in a wide row."""

    framework: Framework
    variant: Variant | None
    published: str = ""
    type: str = ""
    grades: dict[str, Area] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column for column in (self.published, self.type, *self.grades) if column)

    def said(self, row: TableRow, *, latest: date, hear: Callable[[str], None]) -> Stated | None:
        """What the block states; None where it is empty. These sheets give the publication date and no other.

        Raises RowRejected."""
        if plain(row.get(self.published)) in NOT_YET:
            return Stated(Kind.NOT_YET_INSPECTED)
        if all(states_nothing(row.get(column)) for column in self.columns):
            return None
        published = date_of(row.get(self.published), self.published, latest=latest, hear=hear)
        if published is None:
            raise RowRejected(f"its {self.framework.value} inspection has grades or a type but no publication date")
        return Stated(
            Kind.INSPECTION,
            published=published,
            framework=self.framework,
            variant=self.variant or (variant_of(row.get(self.type)) if self.type else None),
            grades=grades_of(row, self.grades),
        )


def activities_across(headers: Mapping[str, str]) -> list[ActivityColumns]:
    """The blocks of a wide sheet, by its headers, in the order of their first column."""
    blocks: dict[object, ActivityColumns] = {}
    for header in headers:
        placed = _placed(header)
        if placed is None:
            continue
        key, framework, variant, what = placed
        block = blocks.setdefault(key, ActivityColumns(framework, variant))
        if "publication date" in what:
            block.published = header
        elif "inspection type" in what:
            block.type = header
        elif (area := _area(what, framework)) is not None:
            block.grades[header] = area
    return [block for block in blocks.values() if block.published]


def _placed(header: str) -> tuple[object, Framework, Variant | None, str] | None:
    if found := _ILACS.fullmatch(header):
        return ("ILACS", found["which"]), Framework.ILACS, None, found["what"]
    for number, (pattern, framework, variant) in enumerate(_BLOCKS):
        if pattern.search(header):
            return number, framework, variant, header
    return None


_AREAS = (
    ("lscb", Area.LSCB),
    ("adoption", Area.ADOPTION),
    ("help and protection", Area.HELP_AND_PROTECTION),
    ("achieving permanence", Area.LOOKED_AFTER_AND_PERMANENCE),
    ("leadership, management", Area.LEADERSHIP_MANAGEMENT_GOVERNANCE),
    ("impact of leaders", Area.IMPACT_OF_LEADERS),
    ("in care and care leavers", Area.IN_CARE_AND_CARE_LEAVERS),
    ("children in care", Area.IN_CARE),
    ("care leavers", Area.CARE_LEAVERS),
)


def _area(what: str, framework: Framework) -> Area | None:
    if framework is Framework.SLAC:
        return Area.LOOKED_AFTER_CHILDREN if "looked after" in what else Area.SAFEGUARDING
    for words, area in _AREAS:
        if words in what:
            return area
    return Area.OVERALL_EFFECTIVENESS if "overall" in what else None
