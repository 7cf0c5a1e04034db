"""Grades, the areas they are given for, and which areas exist on which day (R-001 to R-007)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.errors import RuleBroken


class Grade(Enum):
    """Ofsted's four-point scale, best first. Source: R-007."""

    __hash__ = object.__hash__  # by identity: the library's own is slow, and these are keys everywhere

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"

    @property
    def good_or_better(self) -> bool:
        return self in (Grade.OUTSTANDING, Grade.GOOD)


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


CARE_LEAVERS_OWN_JUDGEMENT = date(2023, 1, 1)
"""R-004: inspections starting on or after this day grade care leavers apart from children in care."""

NO_OVERALL_JUDGEMENT = date(2026, 4, 1)
"""R-005: inspections starting on or after this day have no overall effectiveness judgement."""

PUBLISHED_MEANS_SET_B = date(2023, 2, 15)
"""A report whose on-site start is unknown counts as set A when published before this day: the first
set B inspection started on 16 January 2023 and none was published earlier (R-004)."""

AREAS: Mapping[JudgementSet, tuple[Area, ...]] = {
    JudgementSet.SIF: (
        Area.OVERALL_EFFECTIVENESS,
        Area.HELP_AND_PROTECTION,
        Area.LOOKED_AFTER_AND_PERMANENCE,
        Area.ADOPTION,
        Area.CARE_LEAVERS,
        Area.LEADERSHIP_MANAGEMENT_GOVERNANCE,
        Area.LSCB,
    ),
    JudgementSet.ILACS_A: (
        Area.OVERALL_EFFECTIVENESS,
        Area.IMPACT_OF_LEADERS,
        Area.HELP_AND_PROTECTION,
        Area.IN_CARE_AND_CARE_LEAVERS,
    ),
    JudgementSet.ILACS_B: (
        Area.OVERALL_EFFECTIVENESS,
        Area.IMPACT_OF_LEADERS,
        Area.HELP_AND_PROTECTION,
        Area.IN_CARE,
        Area.CARE_LEAVERS,
    ),
    JudgementSet.ILACS_C: (
        Area.IMPACT_OF_LEADERS,
        Area.HELP_AND_PROTECTION,
        Area.IN_CARE,
        Area.CARE_LEAVERS,
    ),
    JudgementSet.EARLIER: (Area.OVERALL_EFFECTIVENESS, Area.SAFEGUARDING, Area.LOOKED_AFTER_CHILDREN),
}

PRACTICE_AREAS = (
    Area.HELP_AND_PROTECTION,
    Area.IN_CARE,
    Area.CARE_LEAVERS,
    Area.IN_CARE_AND_CARE_LEAVERS,
)


def judgement_set(framework: Framework | None, *, started: date | None, published: date | None) -> JudgementSet:
    """The set of areas an inspection is judged on.

    The cut-overs follow the first day on site, never the publication date (R-006). Where the start is
    not known, a report published before 15 February 2023 counts as set A."""
    if framework is Framework.SIF:
        return JudgementSet.SIF
    if framework in (Framework.SLAC, Framework.CPI, Framework.CPRI, Framework.TLAC):
        return JudgementSet.EARLIER
    if started is None:
        before_2023 = published is not None and published < PUBLISHED_MEANS_SET_B
        return JudgementSet.ILACS_A if before_2023 else JudgementSet.ILACS_B
    if started < CARE_LEAVERS_OWN_JUDGEMENT:
        return JudgementSet.ILACS_A
    if started < NO_OVERALL_JUDGEMENT:
        return JudgementSet.ILACS_B
    return JudgementSet.ILACS_C


@dataclass(frozen=True)
class Judgements:
    """Grades by area, in report order; an area that was not judged is absent, never a blank."""

    pairs: tuple[tuple[Area, Grade], ...] = ()

    @classmethod
    def of(cls, grades: Mapping[Area, Grade] | Iterable[tuple[Area, Grade]]) -> Judgements:
        by_area = dict(grades)
        return cls(tuple((area, by_area[area]) for area in Area if area in by_area))

    def get(self, area: Area) -> Grade | None:
        for known, grade in self.pairs:
            if known is area:
                return grade
        return None

    def __iter__(self) -> Iterator[tuple[Area, Grade]]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def must_fit(self, which: JudgementSet) -> None:
        """Raises RuleBroken naming the first area that such an inspection does not judge (R-003 to R-006)."""
        for area, _ in self.pairs:
            if area not in AREAS[which]:
                raise RuleBroken(
                    f"An inspection of this framework and start date has no judgement on {IN_WORDS[area]}. "
                    "Leave that grade out, or check the first day on site."
                )


NO_JUDGEMENTS = Judgements()
"""Nothing was judged, or no source says what."""

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
