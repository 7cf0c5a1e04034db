"""Inspection frameworks as rows: scales and their grades, the areas each judgement set grades, and since when.

A new framework is a new set, with a new scale and new areas if it has some; the set it replaces ends by itself. Codes
are stored and never change; nothing else in the program names a grade, an area or a set, save dated rows of the
rulebook and the readers of files. Dates are compared with the first day on site (R-006)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property, lru_cache


class Grade(Enum):
    """The code under which a grade is stored. What it means stands in its row."""

    __hash__ = object.__hash__  # by identity: the library's own is slow, and these are keys everywhere

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"


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
    """The inspection frameworks of England's local authority children's services since 2009."""

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
class FrameworkRow:
    """What a framework is called, and whether its reports set a pathway; those before 2013 are history only (R-096)."""

    framework: Framework
    words: str
    governs: bool = False


FRAMEWORK_ROWS = (
    FrameworkRow(Framework.ILACS, "inspection of local authority children’s services", governs=True),
    FrameworkRow(Framework.SIF, "single inspection framework", governs=True),
    FrameworkRow(Framework.SLAC, "safeguarding and looked after children inspection"),
    FrameworkRow(Framework.CPI, "child protection inspection"),
    FrameworkRow(Framework.CPRI, "child protection re-inspection"),
    FrameworkRow(Framework.TLAC, "targeted inspection of services for looked after children"),
)


class Tone(Enum):
    """The four colours in which a grade is shown; the style sheet has a class `tone-*` for each."""

    BEST = "best"
    GOOD = "good"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class GradeRow:
    """`letter` stands in small marks, `tone` gives its colour. `good` and `failing` are what rules ask of a grade; None
    where Ofsted has not said what the grade means for a pathway."""

    grade: Grade
    words: str
    letter: str
    tone: Tone
    good: bool | None = None
    failing: bool | None = None

    @property
    def in_words(self) -> str:
        """As it stands in a sentence: `requires improvement`."""
        return self.words.lower()


@dataclass(frozen=True)
class Scale:
    """Grades, best first. Only grades of one scale are ever compared."""

    code: str
    source: str
    grades: tuple[GradeRow, ...]

    def rank(self, grade: Grade) -> int | None:
        """0 for the best; None for a grade of another scale."""
        return self._ranks.get(grade)

    def steps(self, was: Grade, now: Grade) -> int | None:
        """How many grades better it became, below 0 where it fell; None where either is of another scale."""
        before, after = self.rank(was), self.rank(now)
        return None if before is None or after is None else before - after

    @cached_property
    def _ranks(self) -> Mapping[Grade, int]:
        return {row.grade: place for place, row in enumerate(self.grades)}

    @cached_property
    def said(self) -> bool:
        """Whether Ofsted has said what each grade means for a pathway."""
        return all(row.good is not None and row.failing is not None for row in self.grades)

    @cached_property
    def good(self) -> str:
        """`good or outstanding`: the grades that are good, the least first."""
        return _either([row.in_words for row in reversed(self.grades) if row.good])

    @cached_property
    def failing(self) -> str:
        """`inadequate`: the grades that fail."""
        return _either([row.in_words for row in self.grades if row.failing])


def _either(words: Sequence[str]) -> str:
    """`good or outstanding`; nothing of nothing."""
    *others, last = words or [""]
    return f"{', '.join(others)} or {last}" if others else last


SCALES = (
    Scale(
        "four_points",
        "R-007",
        (
            GradeRow(Grade.OUTSTANDING, "Outstanding", "O", Tone.BEST, good=True, failing=False),
            GradeRow(Grade.GOOD, "Good", "G", Tone.GOOD, good=True, failing=False),
            GradeRow(Grade.REQUIRES_IMPROVEMENT, "Requires improvement", "RI", Tone.AMBER, good=False, failing=False),
            GradeRow(Grade.INADEQUATE, "Inadequate", "I", Tone.RED, good=False, failing=True),
        ),
    ),
)
FOUR_POINTS = SCALES[0]


@dataclass(frozen=True)
class AreaRow:
    """An area in words: `words` in a sentence; the others begin with a capital and follow from it unless given.

    `label` stands alone, `short` in a crowded list, `head` above a narrow column or before a letter, `line` before a
    row of grades. In a table of several inspections an area stands in a line of its own, or in that of the area it is
    `beside`. `asked` is said where its grade is typed.
    `counts`: its grade alone is enough to say that the grades of a report are known (R-096)."""

    area: Area
    words: str
    label: str = ""
    short: str = ""
    line: str = ""
    head: str = ""
    beside: Area | None = None
    asked: str = ""
    counts: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", self.label or self.words[:1].upper() + self.words[1:])
        object.__setattr__(self, "short", self.short or self.label)
        object.__setattr__(self, "line", self.line or self.label)
        object.__setattr__(self, "head", self.head or self.short)


AREA_ROWS = (
    AreaRow(Area.OVERALL_EFFECTIVENESS, "overall effectiveness", head="Overall"),
    AreaRow(Area.IMPACT_OF_LEADERS, "the impact of leaders", short="Leaders", line="Leaders"),
    AreaRow(
        Area.HELP_AND_PROTECTION, "children who need help and protection", label="Help and protection", head="Help"
    ),
    AreaRow(Area.IN_CARE, "children in care", short="In care"),
    AreaRow(Area.CARE_LEAVERS, "care leavers"),
    AreaRow(
        Area.IN_CARE_AND_CARE_LEAVERS,
        "children in care and care leavers",
        head="In care and care leavers",
        beside=Area.IN_CARE,
        asked="One judgement",
    ),
    AreaRow(
        Area.LOOKED_AFTER_AND_PERMANENCE,
        "children looked after and achieving permanence",
        head="In care",
        beside=Area.IN_CARE,
    ),
    AreaRow(Area.ADOPTION, "adoption performance", line="Adoption", head="Adoption"),
    AreaRow(
        Area.LEADERSHIP_MANAGEMENT_GOVERNANCE,
        "leadership, management and governance",
        head="Leaders",
        beside=Area.IMPACT_OF_LEADERS,
    ),
    AreaRow(
        Area.LSCB,
        "the Local Safeguarding Children Board",
        line="Local Safeguarding Children Board",
        head="Safeguarding board",
        counts=False,
    ),
    AreaRow(Area.SAFEGUARDING, "safeguarding services", head="Safeguarding"),
    AreaRow(Area.LOOKED_AFTER_CHILDREN, "services for looked after children", head="Looked after"),
)
"""In the order in which a form asks for them and a table lists them."""


@dataclass(frozen=True)
class SetRow:
    """One judgement set, for first days on site from `start` (inclusive) until the next set of its framework starts.
    `undated`: a report whose first day is not known counts as this one when published from then.

    `overall` decides the pathway where there is such a grade; where there is none, `leaders` and `practice`, of which
    `needed` must be good (R-023). None of them, and the pathway is unknown. `absent` says why an area has no
    grade; `came_later` what to say of an area that began after this set; `called` names a set without an overall grade
    where that has to be said."""

    set: JudgementSet
    frameworks: frozenset[Framework | None]
    scale: Scale
    areas: tuple[Area, ...]
    source: str
    start: date = date.min
    undated: date | None = None
    overall: Area | None = None
    leaders: Area | None = None
    practice: tuple[Area, ...] = ()
    needed: int = 0
    absent: Mapping[Area, str] = field(default_factory=dict)
    came_later: Mapping[Area, str] = field(default_factory=dict)
    called: str = ""

    @cached_property
    def end(self) -> date | None:
        """The first day on site of the set that follows; None for one that nothing follows."""
        later = (row.start for row in SETS if row.frameworks & self.frameworks and row.start > self.start)
        return min(later, default=None)

    @cached_property
    def deciding(self) -> tuple[Area, ...]:
        """The areas whose grades set the pathway; none where that has not been said."""
        if self.overall is not None:
            return (self.overall,)
        return (self.leaders, *self.practice) if self.leaders is not None else ()

    def gives(self, area: Area, grade: Grade) -> bool:
        """Whether such an inspection can give an area this grade."""
        return area in self.areas and self.scale.rank(grade) is not None

    def why_absent(self, area: Area) -> str:
        """Why such an inspection gives no grade for an area; nothing where that has not to be said."""
        if self.overall is None and area in OVERALL:
            return f"Not given ({self.called})" if self.called else "Not given"
        return self.absent.get(area, "")


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
        overall=Area.OVERALL_EFFECTIVENESS,
    ),
    SetRow(
        JudgementSet.EARLIER,
        OLDER,
        FOUR_POINTS,
        (Area.OVERALL_EFFECTIVENESS, Area.SAFEGUARDING, Area.LOOKED_AFTER_CHILDREN),
        "R-096",
        undated=date.min,
        overall=Area.OVERALL_EFFECTIVENESS,
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
        undated=date.min,
        overall=Area.OVERALL_EFFECTIVENESS,
        leaders=Area.IMPACT_OF_LEADERS,
        practice=(Area.HELP_AND_PROTECTION, Area.IN_CARE_AND_CARE_LEAVERS),
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
        undated=date(2023, 2, 15),
        overall=Area.OVERALL_EFFECTIVENESS,
        leaders=Area.IMPACT_OF_LEADERS,
        practice=(Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS),
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
        needed=2,
        called="2026 framework",
    ),
)

PLANNED = "A renewed framework is planned for 2027."
"""A framework that was announced and has no rows yet, in a sentence; nothing once it has (R-010)."""


# --- derived ----------------------------------------------------------------------------------------------------------

GRADES: Mapping[Grade, GradeRow] = {row.grade: row for scale in SCALES for row in scale.grades}
SCALE_OF: Mapping[Grade, Scale] = {row.grade: scale for scale in SCALES for row in scale.grades}
AREAS: Mapping[Area, AreaRow] = {row.area: row for row in AREA_ROWS}
SET_ROWS: Mapping[JudgementSet, SetRow] = {row.set: row for row in SETS}
OVERALL = frozenset(row.overall for row in SETS if row.overall is not None)
PRESENT = tuple(row for row in SETS if row.frameworks == ILACS)
"""The sets of the present framework, the oldest first."""

LINES: tuple[tuple[str, tuple[Area, ...]], ...] = tuple(
    (row.line, (row.area, *(other.area for other in AREA_ROWS if other.beside is row.area)))
    for row in AREA_ROWS
    if row.beside is None
)
"""Areas of successive frameworks side by side, each line with its name; the first area is the one it is named after."""


@lru_cache(maxsize=4096)
def set_on(framework: Framework | None, started: date | None, published: date | None) -> SetRow:
    """The judgement set of an inspection: by its first day on site; where that is not known, by publication."""
    rows = [row for row in SETS if framework in row.frameworks]
    if started is not None:
        return max((row for row in rows if row.start <= started), key=lambda row: row.start)
    known = published or date.max
    undated = [(row.undated, row) for row in rows if row.undated is not None and row.undated <= known]
    return max(undated, key=lambda found: found[0])[1]


def scale_to_name(grades: Iterable[Grade]) -> str | None:
    """The code of the scale of some grades, to stand beside them where it is not the usual one."""
    return next((SCALE_OF[grade].code for grade in grades if SCALE_OF[grade] is not FOUR_POINTS), None)


def in_order(areas: Iterable[Area]) -> tuple[Area, ...]:
    """Areas as a form asks for them, each once."""
    wanted = set(areas)
    return tuple(row.area for row in AREA_ROWS if row.area in wanted)


def grades_for(areas: Iterable[Area], sets: Iterable[SetRow] = SETS) -> tuple[GradeRow, ...]:
    """The grades that some set gives for one of the areas, scale by scale and the best first."""
    wanted = set(areas)
    scales = [row.scale for row in sets if wanted & set(row.areas)]
    return tuple(row for scale in SCALES if scale in scales for row in scale.grades)
