"""How long authorities have waited between graded inspections: what practice says beside what policy says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.rulebook.forecast.queue import NationalQueue, Spell
from domain.rulebook.results import Pathway

FEWEST = 5
"""Of fewer waits than these no band is made for one pathway; those of all pathways stand in."""


@dataclass(frozen=True)
class PastWaits:
    """Waits that ended with a start, in days from the publication of one report to the start of the next inspection.

    Of starts whose reports were public the day before the day asked. `tenth` and `ninetieth` hold four in five between
    them. `pathway` None: of every pathway, as too few are known of the one asked for."""

    pathway: Pathway | None
    number: int
    shortest: int
    tenth: int
    median: int
    ninetieth: int
    longest: int

    def band(self, since: date) -> tuple[date, date]:
        """The days between which a wait begun on `since` would end, if it were as long as any past one; inclusive."""
        return since + timedelta(days=self.shortest), since + timedelta(days=self.longest)

    def usual(self, since: date) -> tuple[date, date]:
        """The same for four past waits in five."""
        return since + timedelta(days=self.tenth), since + timedelta(days=self.ninetieth)


def past_waits(queue: NationalQueue, on: date) -> dict[Pathway | None, PastWaits]:
    """Past waits by the pathway on which they were spent, and of all together under None; empty where none is known."""
    waits: dict[Pathway | None, list[int]] = {}
    for start in queue.starts_told_by(on):
        spell = queue.spell(start.urn, start.on)
        if spell is None or spell.pathway is Pathway.NOT_YET_JUDGED:
            continue
        days = (start.on - spell.since).days
        waits.setdefault(spell.pathway, []).append(days)
        waits.setdefault(None, []).append(days)
    return {pathway: _summed(pathway, sorted(days)) for pathway, days in waits.items()}


def waits_like(spell: Spell, known: dict[Pathway | None, PastWaits]) -> PastWaits | None:
    """The past waits to compare one with: of its pathway, or of all where too few are known; None without any."""
    own = known.get(spell.pathway)
    return own if own is not None and own.number >= FEWEST else known.get(None)


def _summed(pathway: Pathway | None, days: Sequence[int]) -> PastWaits:
    return PastWaits(
        pathway=pathway,
        number=len(days),
        shortest=days[0],
        tenth=_quantile(days, 0.1),
        median=_quantile(days, 0.5),
        ninetieth=_quantile(days, 0.9),
        longest=days[-1],
    )


def _quantile(days: Sequence[int], part: float) -> int:
    """Linear between the two nearest, to the whole day."""
    at = part * (len(days) - 1)
    low = int(at)
    high = min(low + 1, len(days) - 1)
    return round(days[low] + (at - low) * (days[high] - days[low]))
