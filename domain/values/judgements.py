"""Grades, the areas they are given for, and which areas exist on which day (R-001 to R-007)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.frameworks import AREAS, GRADES, SET_ROWS, SETS, Area, Framework, Grade, JudgementSet, set_on
from domain.values.errors import RuleBroken

NO_OVERALL_JUDGEMENT = min(row.start for row in SETS if row.overall is None)

SHORT_AT_MOST_DAYS = 5
"""R-082: days on site, first and last included; a longer one is a standard inspection."""


def judgement_set(framework: Framework | None, *, started: date | None, published: date | None) -> JudgementSet:
    return set_on(framework, started=started, published=published).set


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
        row = SET_ROWS[which]
        for area, grade in self.pairs:
            if area not in row.areas:
                raise RuleBroken(
                    f"An inspection of this framework and start date has no judgement on {AREAS[area].words}. "
                    "Leave that grade out, or check the first day on site."
                )
            if row.scale.rank(grade) is None:
                raise RuleBroken(
                    f"An inspection of this framework and start date has no grade {GRADES[grade].in_words}."
                )


NO_JUDGEMENTS = Judgements()
"""Nothing was judged, or no source says what."""
