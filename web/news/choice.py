"""What somebody follows: authorities, regions and plans, or all, and which kinds of news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.values.activities import AuthorityFacts
from domain.values.words import listed
from projections.news.answers import NewsScope
from projections.outlook.calendar import CalendarScope
from web.words import words
from web.words.news import FOLLOWED


@dataclass(frozen=True)
class FollowChoice:
    """A choice as it is kept. `kinds` are names of `FOLLOWED`, empty for all; `everything` is every authority, whatever
    else is named."""

    everything: bool = False
    urns: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    plans: tuple[UUID, ...] = ()
    kinds: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> FollowChoice:
        return cls(
            everything=bool(kept.get("everything")),
            urns=tuple(kept.get("urns", ())),
            regions=tuple(kept.get("regions", ())),
            plans=tuple(map(UUID, kept.get("plans", ()))),
            kinds=tuple(kind for kind in FOLLOWED if kind in kept.get("kinds", ())),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.everything or self.urns or self.regions or self.plans)

    def kept(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {
            "everything": self.everything,
            "urns": list(self.urns),
            "regions": list(self.regions),
            "plans": [str(plan) for plan in self.plans],
            "kinds": list(self.kinds),
        }

    def scope(self, current: Sequence[AuthorityFacts]) -> NewsScope | None:
        """Of whom news is asked for; regions are those of the `current` authorities. None where they leave nobody."""
        kinds = frozenset(kind for name in self.kinds for kind in FOLLOWED[name][1])
        if self.everything:
            return NewsScope(kinds=kinds)
        urns = {*self.urns, *(one.urn for one in current if one.region in self.regions)}
        if not urns and not self.plans:
            return None
        return NewsScope(urns=frozenset(urns), plans=frozenset(self.plans), kinds=kinds)

    def calendar(self, current: Sequence[AuthorityFacts]) -> CalendarScope:
        """The same for a calendar, which has no kinds and no plans."""
        there = {one.region for one in current if one.region}
        regions = there if self.everything else there & set(self.regions)
        return CalendarScope(urns=frozenset(self.urns), regions=frozenset(regions))

    def words(self, names: Mapping[str, str]) -> str:
        """Whom it is about, in words; `names` are authorities' by number."""
        if self.everything:
            return "all authorities"
        named = [names.get(urn, urn) for urn in self.urns]
        parts = named if len(named) <= 3 else [words.count(len(named), "authority", "authorities")]
        parts += list(self.regions)
        if self.plans:
            parts.append(words.count(len(self.plans), "action plan"))
        return listed(parts)

    def kinds_in_words(self) -> str:
        """Which kinds; blank where all."""
        return listed([words.small(FOLLOWED[name][0]) for name in self.kinds])
