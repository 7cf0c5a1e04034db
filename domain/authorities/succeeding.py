"""What an administrator records of an authority that ends and of those that begin in its place (R-070 to R-074).

Functions decide and may refuse (`RuleBroken`); nothing is kept here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.preconditions import must_give_a_reason
from domain.facts import Told
from domain.rulebook.succession.successions import Succession, known_on, successions
from domain.values.authority_keys import CODES, is_number
from domain.values.days import london_day
from domain.values.errors import RuleBroken
from domain.values.statements import Kind
from domain.values.words import in_words

LAST = date(2100, 1, 1)
ONLY_ADMINISTRATORS = "Only an administrator may record that an authority ends or begins. Ask one."


@dataclass(frozen=True)
class Successor:
    """One that is to follow: its key, its name, its history where that has begun here, the day it begins where that is
    known, the day it ends itself, if it does, and all to whom its services come then."""

    key: str
    name: str
    authority: Authority | None
    begins_on: date | None = None
    ends_on: date | None = None
    after: frozenset[str] = frozenset()

    @property
    def told_as(self) -> str:
        """As an announcement names it: by Ofsted's number where it has one."""
        return self.key if is_number(self.key) else self.name


def standing_succession(known: Authority, on: date) -> Succession | None:
    """The succession that is known of an authority on a day."""
    return known_on(successions(known.activities), on)


def end_known(known: Authority, on: date) -> date | None:
    """The first day on which an authority no longer exists, as recorded or else as announced by a day."""
    found = standing_succession(known, on)
    return known.abolished_on or (found.ends_on if found is not None else None)


def announce(
    known: Authority,
    new: UUID,
    *,
    ends_on: date,
    successors: Sequence[Successor],
    announced_on: date,
    order: str | None,
    by: Told,
) -> None:
    """An order or a minister's statement says that an authority ends, on which day, and who follows.

    Raises RuleBroken where it has ended or that is announced already, and where a successor cannot be there by then."""
    today = london_day(by.at)
    _must_not_have_ended(known, today)
    known.must_have_happened(announced_on, by)
    if not announced_on < ends_on <= LAST:
        raise RuleBroken("The day on which it ends comes after the day on which that was announced.")
    _must_not_have_been_inspected_since(known, ends_on)
    before = standing_succession(known, today)
    named = tuple(one.told_as for one in successors)
    if before is not None and before.ends_on == ends_on and set(before.successors) == set(named):
        raise RuleBroken(f"It is recorded already that {known.name} ends on {in_words(ends_on)}.")
    if before is not None and announced_on <= before.known_from:
        raise RuleBroken(
            f"It was announced on {in_words(before.known_from)} that {known.name} ends on {in_words(before.ends_on)}. "
            "Correct that, or record what was announced later."
        )
    if not successors:
        raise RuleBroken("Name at least one authority that follows.")
    if len({one.key for one in successors}) < len(successors):
        raise RuleBroken("Name each authority that follows once.")
    for one in successors:
        _must_follow(known, one, ends_on, today)
    known.tell(
        facts.SuccessionAnnounced,
        by,
        activity=new,
        ends_on=ends_on,
        successors=named,
        order=order,
        announced_on=announced_on,
    )
    after = standing_succession(known, today)
    if after is None or after.ends_on != ends_on:
        raise RuleBroken(
            f"Something held about the end of {known.name} is of a later day, or takes this back. Correct that first."
        )


def correct(known: Authority, activity: UUID, *, ends_on: date, by: Told) -> None:
    """The day on which it ends was wrongly recorded. Needs a reason. Raises RuleBroken where nothing would change."""
    must_give_a_reason(by)
    held = known.activity(activity)
    today = london_day(by.at)
    _must_not_have_ended(known, today)
    if held.kind is not Kind.SUCCESSION_ANNOUNCED or held.on is None:
        raise RuleBroken("Only the day on which an authority ends is corrected this way.")
    if held.on == ends_on:
        raise RuleBroken("That is the day already held.")
    announced_on = held.published or held.on
    if not announced_on < ends_on <= LAST:
        raise RuleBroken("The day on which it ends comes after the day on which that was announced.")
    _must_not_have_been_inspected_since(known, ends_on)
    known.tell(
        facts.SuccessionAnnounced,
        by,
        activity=held.id,
        ends_on=ends_on,
        successors=held.successors,
        order=held.order,
        announced_on=announced_on,
    )


def cancel(known: Authority, new: UUID, *, cancelled_on: date, by: Told) -> None:
    """What was announced is taken back. Raises RuleBroken where nothing is announced, or the day has come."""
    today = london_day(by.at)
    known.must_have_happened(cancelled_on, by)
    _must_not_have_ended(known, today)
    found = standing_succession(known, today)
    if found is None:
        raise RuleBroken(f"Nothing is recorded that would end {known.name}.")
    if not found.known_from <= cancelled_on < found.ends_on:
        raise RuleBroken(
            f"It was announced on {in_words(found.known_from)} that {known.name} ends on {in_words(found.ends_on)}: "
            "the day on which that was taken back lies between the two."
        )
    known.tell(facts.SuccessionCancelled, by, activity=new, cancelled_on=cancelled_on)
    if (left := standing_succession(known, today)) is not None:
        raise RuleBroken(
            f"What was announced on {in_words(left.known_from)} would stand all the same: on that day what was "
            "announced before is taken back. Withdraw that announcement if it was wrong."
        )


def carry_out(known: Authority, successors: Sequence[Successor], found: Succession, *, by: Told) -> None:
    """The day has come: the authority has ceased to exist. Raises RuleBroken before it."""
    today = london_day(by.at)
    if known.abolished_on is not None:
        raise RuleBroken(f"{known.name} was already abolished, on {in_words(known.abolished_on)}.")
    if today < found.ends_on:
        raise RuleBroken(f"{known.name} ends on {in_words(found.ends_on)}; that can be recorded from that day on.")
    known.be_succeeded(successors=[one.key for one in successors], succeeded_on=found.ends_on, by=by)
    known.abolish(abolished_on=found.ends_on, by=by)


def give_code(known: Authority, *, scheme: str, was: str, now: str, given_on: date, by: Told) -> None:
    """An authority that had no number was given one. Raises RuleBroken for what cannot be such a number."""
    pattern, otherwise = CODES[scheme]
    if not pattern.fullmatch(now):
        raise RuleBroken(otherwise)
    known.must_have_happened(given_on, by)
    known.recode(scheme=scheme, was=was, now=now, effective_on=given_on, by=by)


def _must_not_have_ended(known: Authority, today: date) -> None:
    ended = end_known(known, today)
    if ended is not None and ended <= today:
        raise RuleBroken(f"{known.name} ceased to exist on {in_words(ended)}.")


def _must_not_have_been_inspected_since(known: Authority, ends_on: date) -> None:
    """Raises RuleBroken where an inspection or visit that counts began on or after the day: it was there still."""
    begun = (one.start for one in known.activities if one.kind.on_site and one.counts and one.start is not None)
    since = next((day for day in begun if day >= ends_on), None)
    if since is not None:
        raise RuleBroken(
            f"{known.name} did not end on {in_words(ends_on)}: inspectors came on {in_words(since)}. Look at the "
            "day again, or correct that entry first."
        )


def _must_follow(known: Authority, one: Successor, ends_on: date, today: date) -> None:
    if one.key == known.urn:
        raise RuleBroken("An authority does not follow itself.")
    if one.ends_on is not None and one.ends_on <= ends_on:
        verb = "ended" if one.ends_on <= today else "ends"
        raise RuleBroken(f"{one.name} itself {verb} on {in_words(one.ends_on)}.")
    if known.urn in one.after:
        raise RuleBroken(f"{known.name} is itself to follow {one.name}, or one that does.")
    if one.begins_on is not None and one.begins_on > ends_on:
        raise RuleBroken(f"{one.name} begins only on {in_words(one.begins_on)}.")
