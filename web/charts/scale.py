"""From days and numbers to places in a picture, in whole units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class NumberScale:
    """Numbers from `first` to `last` between the places `left` and `right`; `left` may be the greater, as on an upright
    axis. What lies outside is put at the nearer end."""

    first: float
    last: float
    left: int
    right: int

    def at(self, number: float) -> int:
        if self.last == self.first:
            return self.left
        share = (number - self.first) / (self.last - self.first)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left))


@dataclass(frozen=True)
class DayScale:
    """Days from `first` to `last` between the places `left` and `right`. What lies outside is put at the nearer end."""

    first: date
    last: date
    left: int
    right: int

    def at(self, day: date) -> int:
        scale = NumberScale(self.first.toordinal(), self.last.toordinal(), self.left, self.right)
        return scale.at(day.toordinal())

    def years(self) -> Iterator[tuple[int, int]]:
        """Each year that begins within the scale, and the place of its first day."""
        first = self.first.year + (self.first > date(self.first.year, 1, 1))
        for year in range(first, self.last.year + 1):
            yield year, self.at(date(year, 1, 1))

    def shows(self, first: date, last: date) -> bool:
        """Whether any day of a span, both ends inclusive, lies within the scale."""
        return first <= self.last and last >= self.first
