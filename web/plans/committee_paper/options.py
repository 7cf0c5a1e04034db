"""What the address of a committee's paper asks for: for which meeting, as of when, since when, and which parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from web.meetings import choices as meeting_choices
from web.plans.committee_paper.content import CHOICES, USUAL, PaperScope
from web.site.reader import Asked
from web.words import dates

LONGEST_MEETING = 200


@dataclass(frozen=True)
class Wanted:
    """What is asked of the paper: `title` and `since` as they were typed, `meeting` if one was chosen, and what follows
    from all three. No part named means the usual ones; those not known are in `left_out`."""

    chosen: PaperScope
    named: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    meeting: UUID | None = None
    title: str = ""
    since: date | None = None

    @classmethod
    def of(cls, args: MultiDict[str, str], asked: Asked) -> Wanted:
        stated = [" ".join(letter for letter in text.split() if letter.isprintable()) for text in _all(args, "meeting")]
        meeting = next(filter(None, map(meeting_choices.as_meeting, stated)), None)
        title = next((text for text in stated if not meeting_choices.as_meeting(text)), "")[:LONGEST_MEETING]
        since = dates.as_day(text, "“progress since”") if (text := args.get("since", "").strip()) else None
        if since is not None:
            dates.must_run_forwards(since, asked.as_at)
        parts = dict.fromkeys(_all(args, "part"))
        known = tuple(key for key in parts if key in CHOICES)
        chosen = PaperScope(title, since, frozenset(known or USUAL))
        left_out = tuple(("part", key) for key in parts if key not in CHOICES)
        return cls(chosen, known, left_out, meeting, title, since)

    def with_meeting(self, urn: str, asked: Asked) -> tuple[Wanted, Asked]:
        """The same, and the moment, with what follows from the meeting chosen where nothing else was typed: its name,
        the day of the committee's last meeting, and what the panel saw. Raises NotFound, and RuleBroken where the
        meeting is another authority's."""
        if self.meeting is None:
            return self, asked
        found = meeting_choices.of_authority(self.meeting, urn)
        if found.as_at is not None and not asked.chosen:
            asked = replace(asked, as_at=found.as_at, known_at=found.known_at)
        before = found.previous if found.previous is not None and found.previous <= asked.as_at else None
        chosen = replace(self.chosen, meeting=self.title or found.name, since=self.since or before)
        return replace(self, chosen=chosen), asked

    @property
    def resolved(self) -> Wanted:
        """The same without the meeting chosen: what followed from it stands as if it had been typed."""
        return replace(self, meeting=None, title=self.chosen.meeting, since=self.chosen.since)

    @property
    def args(self) -> dict[str, Any]:
        """The shortest address that asks for the same."""
        usual = frozenset(self.named) in (frozenset(), USUAL)
        stated = {
            "meeting": [text for text in (str(self.meeting or ""), self.title) if text],
            "since": self.since.isoformat() if self.since else "",
            "part": () if usual else self.named,
        }
        return {key: value for key, value in stated.items() if value}


def _all(args: MultiDict[str, str], key: str) -> list[str]:
    return [text for text in map(str.strip, args.getlist(key)) if text]
