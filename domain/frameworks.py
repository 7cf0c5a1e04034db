"""Inspection frameworks as rows: scales and their grades, the areas each judgement set grades, and since when.

A new framework is a new set, with a new scale if it has one; the set it replaces ends. Codes are stored and never
change; nothing else in the program names a grade, an area or a set, save the readers of files. Dates are compared with
the first day on site (R-006); `start` is inclusive, `end` exclusive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Grade(Enum):
    """The code under which a grade is stored. What it means stands in its row."""

    __hash__ = object.__hash__  # by identity: the library's own is slow, and these are keys everywhere

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"

    @property
    def good_or_better(self) -> bool:
        return bool(GRADES[self].good)


class Area(Enum):
    """What a grade is given for, in the order in which a report lists it."""

    __hash__ = object.__hash__  # by identity: the library's own is slow, and these are keys everywhere

    OVERALL_EFFECTIVENESS = "overall_effectiveness"
    IMPACT_OF_LEADERS = "impact_of_leaders"
    HELP_AND_PROTECTION = "help_and_protection"
    IN_CARE_AND_CARE_LEAVERS = "in_care_and_care_leavers"
    IN_CARE = "in_care"
    CARE_LEAVERS = "care_leavers"
    LOOKED_AFTER_AND_PERMANENCE = "looked_after_and_permanence"
    ADOPTION = "adoption"
    LEADERSHIP_MANAGEMENT_GOVERNANCE = "leadership_management_governance"
    LSCB = "lscb"
    SAFEGUARDING = "safeguarding"
    LOOKED_AFTER_CHILDREN = "looked_after_children"


class Framework(Enum):
    """The inspection frameworks of England's local authority children's services since 2009.

    Only `SIF` and `ILACS` ever govern a pathway; the four older ones are history (R-096)."""

    ILACS = "ILACS"
    SIF = "SIF"
    SLAC = "SLAC"
    CPI = "CPI"
    CPRI = "CPRI"
    TLAC = "TLAC"


class JudgementSet(Enum):
    """Which areas a graded report judges (R-003 to R-005)."""

    SIF = "SIF"
    ILACS_A = "A"
    ILACS_B = "B"
    ILACS_C = "C"
    EARLIER = "earlier"


@dataclass(frozen=True)
class GradeRow:
    """`letter` stands in small marks, `tone` is the style sheet's name for its colour. `good` and `failing` are what
    rules ask of a grade; None where Ofsted has not said what the grade means for a pathway."""

    grade: Grade
    words: str
    letter: str
    tone: str
    good: bool | None = None
    failing: bool | None = None


@dataclass(frozen=True)
class Scale:
    """Grades, best first. Only grades of one scale are ever compared."""

    code: str
    source: str
    grades: tuple[GradeRow, ...]

    def rank(self, grade: Grade) -> int | None:
        """0 for the best; None for a grade of another scale."""
        return next((place for place, row in enumerate(self.grades) if row.grade is grade), None)


FOUR_POINTS = Scale(
    "four points",
    "R-007",
    (
        GradeRow(Grade.OUTSTANDING, "Outstanding", "O", "outstanding", good=True, failing=False),
        GradeRow(Grade.GOOD, "Good", "G", "good", good=True, failing=False),
        GradeRow(
            Grade.REQUIRES_IMPROVEMENT, "Requires improvement", "RI", "requires_improvement", good=False, failing=False
        ),
        GradeRow(Grade.INADEQUATE, "Inadequate", "I", "inadequate", good=False, failing=True),
    ),
)

SCALES = (FOUR_POINTS,)
GRADES: Mapping[Grade, GradeRow] = {row.grade: row for scale in SCALES for row in scale.grades}


@dataclass(frozen=True)
class SetRow:
    """One judgement set. `undated`: a report whose first day is not known counts as this one when published from then.

    `leaders` and `practice` are those that decide where there is no overall grade (R-023).
    `absent` says why an area has no grade; `came_later` what to say of an area that began after this set."""

    set: JudgementSet
    frameworks: frozenset[Framework | None]
    scale: Scale
    areas: tuple[Area, ...]
    source: str
    start: date = date.min
    end: date | None = None
    undated: date | None = None
    leaders: Area | None = None
    practice: tuple[Area, ...] = ()
    absent: Mapping[Area, str] = field(default_factory=dict)
    came_later: Mapping[Area, str] = field(default_factory=dict)

    def in_force(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


ILACS: frozenset[Framework | None] = frozenset({Framework.ILACS, None})
OLDER: frozenset[Framework | None] = frozenset({Framework.SLAC, Framework.CPI, Framework.CPRI, Framework.TLAC})

SETS = (
    SetRow(
        JudgementSet.SIF,
        frozenset({Framework.SIF}),
        FOUR_POINTS,
        (
            Area.OVERALL_EFFECTIVENESS,
            Area.HELP_AND_PROTECTION,
            Area.LOOKED_AFTER_AND_PERMANENCE,
            Area.ADOPTION,
            Area.CARE_LEAVERS,
            Area.LEADERSHIP_MANAGEMENT_GOVERNANCE,
            Area.LSCB,
        ),
        "R-003",
        undated=date.min,
    ),
    SetRow(
        JudgementSet.EARLIER,
        OLDER,
        FOUR_POINTS,
        (Area.OVERALL_EFFECTIVENESS, Area.SAFEGUARDING, Area.LOOKED_AFTER_CHILDREN),
        "R-096",
        undated=date.min,
    ),
    SetRow(
        JudgementSet.ILACS_A,
        ILACS,
        FOUR_POINTS,
        (
            Area.OVERALL_EFFECTIVENESS,
            Area.IMPACT_OF_LEADERS,
            Area.HELP_AND_PROTECTION,
            Area.IN_CARE_AND_CARE_LEAVERS,
        ),
        "R-003",
        end=date(2023, 1, 1),
        undated=date.min,
        absent={Area.CARE_LEAVERS: "Judged with children in care"},
        came_later={Area.CARE_LEAVERS: "New in 2023", Area.IN_CARE: "Judged on its own from 2023"},
    ),
    SetRow(
        JudgementSet.ILACS_B,
        ILACS,
        FOUR_POINTS,
        (Area.OVERALL_EFFECTIVENESS, Area.IMPACT_OF_LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS),
        "R-004",
        start=date(2023, 1, 1),
        end=date(2026, 4, 1),
        undated=date(2023, 2, 15),
    ),
    SetRow(
        JudgementSet.ILACS_C,
        ILACS,
        FOUR_POINTS,
        (Area.IMPACT_OF_LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS),
        "R-005",
        start=date(2026, 4, 1),
        leaders=Area.IMPACT_OF_LEADERS,
        practice=(Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS),
        absent={Area.OVERALL_EFFECTIVENESS: "Not given (2026 framework)"},
    ),
)

SET_ROWS: Mapping[JudgementSet, SetRow] = {row.set: row for row in SETS}


def set_on(framework: Framework | None, *, started: date | None, published: date | None) -> SetRow:
    """The judgement set of an inspection: by its first day on site; where that is not known, by publication."""
    rows = [row for row in SETS if framework in row.frameworks]
    if started is not None and len(rows) > 1:
        return next(row for row in rows if row.in_force(started))
    known = published or date.max
    return [row for row in rows if row.undated is not None and row.undated <= known][-1]


IN_WORDS: Mapping[Area, str] = {
    Area.OVERALL_EFFECTIVENESS: "overall effectiveness",
    Area.IMPACT_OF_LEADERS: "the impact of leaders",
    Area.HELP_AND_PROTECTION: "children who need help and protection",
    Area.IN_CARE_AND_CARE_LEAVERS: "children in care and care leavers",
    Area.IN_CARE: "children in care",
    Area.CARE_LEAVERS: "care leavers",
    Area.LOOKED_AFTER_AND_PERMANENCE: "children looked after and achieving permanence",
    Area.ADOPTION: "adoption performance",
    Area.LEADERSHIP_MANAGEMENT_GOVERNANCE: "leadership, management and governance",
    Area.LSCB: "the Local Safeguarding Children Board",
    Area.SAFEGUARDING: "safeguarding services",
    Area.LOOKED_AFTER_CHILDREN: "services for looked after children",
}
