"""What an import changes beyond its own entries, or leaves to be asked: standings, questions, and files that shrank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.authorities.buckets import Bucket
from domain.register.register import facts_of, name_of
from domain.rulebook.expectations import situation
from domain.rulebook.pathway import DEFAULT_POLICY, Policy
from domain.rulebook.results import Pathway
from domain.rulebook.situation import Situation
from domain.rulebook.working_days import BankHolidays
from domain.values.activities import Activity
from domain.values.statements import Channel, Observation
from domain.values.words import listed
from projections.authorities.listed import Listing, last_listing
from projections.engine.reader import Reader
from web.words import timeline, words

WHOLE_LISTS = frozenset(
    {
        Channel.OFSTED_HISTORY,
        Channel.OFSTED_LATEST,
        Channel.JT39_HISTORY,
        Channel.JT39_OVERVIEW,
        Channel.D2I_OVERVIEW,
        Channel.JTAI_OVERVIEW,
        Channel.IMPROVEMENT_ITEMS,
    }
)
"""Channels of which each file lists every authority that it ever will: fewer of them are a fault, not news."""

PART_LISTS = frozenset({Channel.VISITS_TABLE})
"""Channels of which a file may list what it likes."""

SAME_LIST = 0.25
"""One of those that still names this part of the authorities of the last is that list cut short; less is another."""

ONE_IN = 20
"""A file is short where more than one authority in so many of the last one is missing.

Whole files differ by up to three of 153 (councils that ended, a row that was broken for a day); those that had failed
lacked 16 of 151 and 21 of 62."""

ENTRIES_NAMED = 3
"""Of those that changed a standing, at the most."""


@dataclass(frozen=True)
class StandingChanged:
    """Where an authority stood before a file, and stands after it, on the day of the import.

    `before` and `after` are codes of pathways; `changes` are what differs, each its name and both sides in words; `why`
    names the entries that the file brought or changed."""

    urn: str
    name: str
    before: Pathway
    after: Pathway
    changes: tuple[tuple[str, str, str], ...]
    why: str

    @property
    def said(self) -> str:
        """In one line: who, what, and why."""
        differs = "; ".join(
            f"{before} → {after}" if what == PATHWAY else f"{what} {before} → {after}"
            for what, before, after in self.changes
        )
        return f"{self.name}: {differs}. {self.why}"

    def document(self) -> dict[str, Any]:
        return {
            "urn": self.urn,
            "name": self.name,
            "before": self.before.value,
            "after": self.after.value,
            "changes": [{"what": what, "before": before, "after": after} for what, before, after in self.changes],
            "why": self.why,
        }


@dataclass(frozen=True)
class QuestionRaised:
    """What an officer is asked about an entry that a file brought or changed; where it does not count, nothing follows
    from the entry until somebody answers."""

    urn: str
    name: str
    entry: str
    title: str
    asked: tuple[str, ...]
    counts: bool

    @property
    def said(self) -> str:
        left = () if self.counts else ("It governs and dates nothing until an officer answers.",)
        return f"{self.name}, {self.title}: {' '.join((*self.asked, *left))}"

    def document(self) -> dict[str, Any]:
        return {
            "urn": self.urn,
            "name": self.name,
            "entry": self.entry,
            "title": self.title,
            "questions": list(self.asked),
            "governs": self.counts,
        }


Held = tuple[str, Sequence[Activity], Sequence[Activity]]
"""Of one authority, by URN, what was held before a file and after it."""


@dataclass
class Consequences:
    """Works out what each file of one import leads to, in the order in which they are read."""

    on: date
    holidays: BankHolidays
    policy: Policy = DEFAULT_POLICY
    reader: Reader | None = None
    _stood: dict[str, tuple[Sequence[Activity], Situation]] = field(default_factory=dict)
    _listed: dict[Channel, list[Listing]] = field(default_factory=dict)

    def standings(
        self, held: Iterable[Held], found: Sequence[tuple[str, Activity, Bucket]]
    ) -> tuple[StandingChanged, ...]:
        """Each authority whose pathway, window, months after priority action or plan date a file changed, by name."""
        changed = []
        for urn, before, after in held:
            if _alike(before, after):
                continue
            was, now = self._situation(urn, before), self._situation(urn, after)
            changes = tuple(one for one in _changes(was, now) if one[1] != one[2])
            if changes:
                mine = [(one, bucket) for of, one, bucket in found if of == urn]
                changed.append(StandingChanged(urn, name_of(urn), was.pathway, now.pathway, changes, _why(mine)))
        return tuple(sorted(changed, key=lambda one: one.name))

    def _situation(self, urn: str, held: Sequence[Activity]) -> Situation:
        known = self._stood.get(urn)
        if known is None or known[0] is not held:
            stands = situation(held, authority=facts_of(urn), on=self.on, holidays=self.holidays, policy=self.policy)
            known = self._stood[urn] = (held, stands)
        return known[1]

    def missing(self, observations: Iterable[Observation], *, read_on: date) -> tuple[str, ...]:
        """That a file lacks many of the authorities that the last one of its kind listed."""
        told: dict[Channel, set[str]] = {}
        for one in observations:
            if one.channel in WHOLE_LISTS | PART_LISTS and one.read_on is None:
                told.setdefault(one.channel, set()).add(one.urn)
        notes = []
        for channel, urns in told.items():
            last = self._last(channel, read_on)
            gone = last.urns - urns if last is not None else frozenset()
            if channel in PART_LISTS and last is not None and len(urns) < len(last.urns) * SAME_LIST:
                gone = frozenset()
            if last is not None and len(gone) * ONE_IN > len(last.urns):
                before = f"the last such file, read on {words.day(last.read_on)}, listed"
                number = words.count(len(last.urns), "authority", "authorities")
                are = "is" if len(gone) == 1 else "are"
                notes.append(f"{len(gone)} of {number} that {before} {are} missing; nothing was deleted.")
            self._listed.setdefault(channel, []).append(Listing(read_on, frozenset(urns)))
        return tuple(notes)

    def _last(self, channel: Channel, until: date) -> Listing | None:
        earlier = [one for one in self._listed.get(channel, ()) if one.read_on <= until]
        kept = last_listing(self.reader, channel, until=until) if self.reader is not None else None
        return max([*([kept] if kept else []), *earlier], key=lambda one: one.read_on, default=None)


def _alike(before: Sequence[Activity], after: Sequence[Activity]) -> bool:
    """Whether nothing is different from which a standing follows: most files only say again what was known."""
    return [_decides(one) for one in before] == [_decides(one) for one in after]


def _decides(one: Activity) -> tuple[object, ...]:
    dates = (one.start, one.end, one.published, one.published_by_council, one.on, one.period, one.received)
    found = (one.priority_action, one.priority_action_count, one.priority_action_resolved, one.priority_actions)
    return (one.kind, one.status, one.doubtful, one.framework, one.variant, one.grades, *dates, *found)


def questions_raised(found: Iterable[tuple[str, Activity, Bucket]]) -> tuple[QuestionRaised, ...]:
    """What is asked about the entries of which a file said something new."""
    return tuple(
        QuestionRaised(
            urn,
            name_of(urn),
            str(one.id),
            timeline.line_title(one),
            tuple(doubt.text for doubt in one.doubts),
            one.counts,
        )
        for urn, one, bucket in found
        if bucket is not Bucket.UNCHANGED and one.doubts
    )


PATHWAY = "pathway"


def _changes(was: Situation, now: Situation) -> Iterable[tuple[str, str, str]]:
    yield PATHWAY, _pathway(was), _pathway(now)
    yield "window", _window(was), _window(now)
    yield "months after priority action", _override(was), _override(now)
    yield "action plan due", _due(was), _due(now)


def _pathway(stands: Situation) -> str:
    return "unknown" if stands.pathway is Pathway.UNKNOWN else words.small(words.PATHWAYS[stands.pathway])


def _window(stands: Situation) -> str:
    graded = stands.expected_next.graded
    if graded.window_from is None or graded.window_to is None:
        return "none"
    return f"{words.day(graded.window_from)} to {words.day(graded.window_to)}"


def _override(stands: Situation) -> str:
    override = stands.expected_next.priority_action_override
    if override is None:
        return "none"
    return f"{words.period(override.expected_from_month)} to {words.period(override.expected_to_month)}"


def _due(stands: Situation) -> str:
    due = stands.expected_next.action_plan_due
    return "none" if due is None else words.day(due)


def _why(found: Sequence[tuple[Activity, Bucket]]) -> str:
    """The entries that the file brought or changed, the newest first."""
    changed = [one for one in found if one[1] not in (Bucket.UNCHANGED, Bucket.CONFIRMED)] or list(found)
    changed.sort(key=lambda one: one[0].public_on, reverse=True)
    named = [f"{timeline.line_title(one)} ({bucket.value})" for one, bucket in changed[:ENTRIES_NAMED]]
    more = len(changed) - len(named)
    return f"{listed([*named, *([f'{more} more'] if more else [])])}."
