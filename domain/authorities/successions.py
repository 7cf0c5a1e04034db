"""The commands by which authorities end and begin: announced, taken back, carried out, and the number given later.

For administrators; each acts once however often it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID, uuid5

from domain import facts
from domain.authorities import succeeding
from domain.authorities.authority import Authority
from domain.authorities.handler import AuthorityHandler, Done
from domain.authorities.preconditions import must_administer
from domain.authorities.succeeding import Successor
from domain.facts import Told
from domain.handler import carry_out
from domain.ledger.store import Ledger
from domain.people.commands import PeopleCommands
from domain.register.register import REGISTER
from domain.register.to_begin import NumberGiven, ToBegin
from domain.rulebook.succession.lineage import Lineage, RecordedSpan
from domain.rulebook.succession.successions import Succession, successions
from domain.values.authority_keys import CODES, LONGEST_NAME, is_number, key_of
from domain.values.days import london_day
from domain.values.errors import NotFound, RuleBroken


class SuccessionCommands:
    """Every method raises RuleBroken, in words safe to show, where the command is refused, and NotFound where the
    authority is not known. `urn` is the authority's key: Ofsted's number, or what stands for it."""

    def __init__(self, histories: AuthorityHandler, people: PeopleCommands) -> None:
        self._histories = histories
        self._people = people

    def announce(
        self,
        urn: str,
        *,
        ends_on: date,
        successors: Sequence[str],
        announced_on: date,
        order: str | None = None,
        by: Told,
    ) -> Done:
        """An order or a minister's statement of `announced_on` says that an authority ends on a day, the first on which
        it is no more. `successors` are named by number or name; whoever is not known yet begins here with that."""

        def attempt(known: Authority, new: UUID) -> list[Authority]:
            following = self._following(successors, london_day(by.at))
            succeeding.announce(
                known, new, ends_on=ends_on, successors=following, announced_on=announced_on, order=order or None, by=by
            )
            return self._begun(known, following, ends_on, by)

        return self._do(urn, uuid5(by.command, "activity"), by, attempt)

    def correct(self, urn: str, *, ends_on: date, by: Told) -> Done:
        """The day on which it ends was wrongly recorded; `by.reason` says why."""
        found = self._standing(urn, by)

        def attempt(known: Authority, entry: UUID) -> list[Authority]:
            succeeding.correct(known, entry, ends_on=ends_on, by=by)
            return []

        return self._do(urn, found.entry, by, attempt)

    def cancel(self, urn: str, *, cancelled_on: date, by: Told) -> Done:
        """What was announced is taken back, known from `cancelled_on`."""

        def attempt(known: Authority, new: UUID) -> list[Authority]:
            succeeding.cancel(known, new, cancelled_on=cancelled_on, by=by)
            return []

        return self._do(urn, uuid5(by.command, "activity"), by, attempt)

    def carry_out(self, urn: str, *, by: Told) -> Done:
        """The day has come: the authority is no more, and every successor is there."""
        found = self._standing(urn, by)

        def attempt(known: Authority, _: UUID) -> list[Authority]:
            following = self._following(found.successors, london_day(by.at))
            succeeding.carry_out(known, following, found, by=by)
            return self._begun(known, following, found.ends_on, by)

        return self._do(urn, found.entry, by, attempt)

    def give_code(self, urn: str, *, scheme: str, now: str, given_on: date, by: Told) -> Done:
        """An authority that began without one was given Ofsted's number (`urn`), a local authority number
        (`la_number`) or a code of the ONS (`gss_code`). Its key stays."""

        def attempt(known: Authority, _: UUID) -> list[Authority]:
            if scheme not in CODES:
                raise RuleBroken("Choose which number was given.")
            told = self._told(known)
            was = told.code(scheme)
            if (scheme == "urn" and is_number(urn)) or (scheme != "urn" and was):
                raise RuleBroken(f"{known.name} has such a number already: {was}.")
            if (other := self._histories.other_known_by(urn, now)) is not None:
                raise RuleBroken(f"{now} is the number of another authority, {other}.")
            succeeding.give_code(known, scheme=scheme, was=was, now=now, given_on=given_on, by=by)
            return []

        return self._do(urn, uuid5(by.command, "activity"), by, attempt)

    def _standing(self, urn: str, by: Told) -> Succession:
        known = self._histories.authority(urn)
        found = succeeding.standing_succession(known, london_day(by.at))
        if found is None:
            raise RuleBroken(f"Nothing is recorded that would end {known.name}.")
        return found

    # --- those that follow -------------------------------------------------------------------------------------------

    def _do(self, urn: str, about: UUID, by: Told, decide: Callable[[Authority, UUID], list[Authority]]) -> Done:
        must_administer(self._people.teller(by), succeeding.ONLY_ADMINISTRATORS)

        def attempt() -> list[Authority]:
            known = self._histories.authority(urn)
            return [known, *decide(known, about)]

        return Done(about, *carry_out(self._histories.ledger, by.command, attempt, what="the same authority"))

    def _following(self, named: Sequence[str], today: date) -> list[Successor]:
        return [self._successor(" ".join(one.split()), today) for one in named if one.strip()]

    def _successor(self, named: str, today: date) -> Successor:
        """Whom a number or a name means. Raises RuleBroken for a number that nobody has, or what is no name."""
        try:
            key = REGISTER.find(named)
            name = REGISTER[key].facts.name
        except NotFound:
            key, name = key_of(named), named
            if is_number(named) or not key or len(named) > LONGEST_NAME or not named.isprintable():
                raise RuleBroken(
                    f"No authority has the number {named[:80]}. Name one that is to begin by its name."
                ) from None
        found = self._find(key)
        if found is None:
            return Successor(key, name, None)
        lineage = self._lineage(found)
        begins, ends = lineage.begins(key, today), lineage.ends(key, today)
        goes_on = ends.on if ends is not None else None
        return Successor(key, found.name, found, begins.formed_on, goes_on, lineage.after(key, today))

    def _find(self, key: str) -> Authority | None:
        try:
            return self._histories.authority(key)
        except NotFound:
            return None

    def _begun(self, known: Authority, following: Sequence[Successor], on: date, by: Told) -> list[Authority]:
        """The successors that begin by this, or of which it was not told yet that they do."""
        found = []
        for one in following:
            if one.authority is None:
                found.append(begin(ToBegin(one.key, one.name, (known.urn,), on), self._histories.ledger, by=by))
            elif self._told(one.authority).may_begin_by(known.urn, self._find):
                one.authority.form(predecessors=(known.urn,), formed_on=on, by=by)
                found.append(one.authority)
        return found

    # --- what streams tell -------------------------------------------------------------------------------------------

    def _told(self, known: Authority) -> _Stream:
        return _Stream(list(self._histories.ledger.events.get(known.id)) + list(known.pending_events))

    def _lineage(self, of: Authority) -> Lineage:
        """The lineage of an authority, of those before it and of those after it, as far as they are known here."""
        recorded: dict[str, RecordedSpan] = {}
        announced: dict[str, Sequence[Succession]] = {}
        waiting = [of]
        while waiting:
            one = waiting.pop()
            if one.urn in recorded:
                continue
            told = self._told(one)
            recorded[one.urn] = told.recorded
            announced[one.urn] = successions(one.activities)
            after = [found_as(key) for each in announced[one.urn] for key in each.successors]
            others = (self._find(key) for key in (*told.predecessors, *told.recorded.successors, *after))
            waiting += [other for other in others if other is not None]
        return Lineage(recorded, announced, find=found_as)


def found_as(successor: str) -> str:
    """The key of a successor as a source names it: by the register, or made of its name."""
    try:
        return REGISTER.find(successor)
    except NotFound:
        return successor if is_number(successor) else key_of(successor)


def begin(one: ToBegin, ledger: Ledger, *, by: Told) -> Authority:
    """The history of an authority that is to begin in place of another, in the same region, with no number of its own
    yet."""
    before = _Stream(list(ledger.events.get(Authority.create_id(one.predecessors[0])))).registered
    authority = Authority.register(
        urn=one.key,
        name=one.name,
        la_number="",
        gss_code="",
        region=before.region,
        ofsted_region=before.ofsted_region,
        aliases=(),
        by=by,
    )
    authority.form(predecessors=one.predecessors, formed_on=one.begins_on, by=by)
    return authority


def take_over_number(given: NumberGiven, ledger: Ledger, *, by: Told) -> Authority | None:
    """A number that another store knows of; None where this one knows one of that kind already, or not the authority.

    Raises RuleBroken for what cannot be such a number."""
    known = ledger.load(Authority, Authority.create_id(given.urn))
    if known is None or is_number(given.urn):
        return None
    was = _Stream(list(ledger.events.get(known.id))).code(given.scheme)
    if was and was != given.urn:
        return None
    succeeding.give_code(known, scheme=given.scheme, was=was, now=given.number, given_on=given.on, by=by)
    return known


class _Stream:
    """Who an authority is, by the facts of its stream."""

    def __init__(self, stream: Sequence[object]) -> None:
        self._stream = [one for one in stream if isinstance(one, facts.IDENTITY)]

    @property
    def registered(self) -> facts.AuthorityRegistered:
        return next(one for one in self._stream if isinstance(one, facts.AuthorityRegistered))

    @property
    def predecessors(self) -> tuple[str, ...]:
        formed = (one for one in self._stream if isinstance(one, facts.AuthorityFormed))
        return tuple(dict.fromkeys(key for one in formed for key in one.predecessors))

    @property
    def formed_on(self) -> date | None:
        return next((one.formed_on for one in self._stream if isinstance(one, facts.AuthorityFormed)), None)

    @property
    def recorded(self) -> RecordedSpan:
        succeeded = [one.successors for one in self._stream if isinstance(one, facts.AuthoritySucceeded)]
        abolished = [one.abolished_on for one in self._stream if isinstance(one, facts.AuthorityAbolished)]
        return RecordedSpan(
            self.formed_on, abolished[-1] if abolished else None, succeeded[-1] if succeeded else (), self.predecessors
        )

    def may_begin_by(self, urn: str, find: Callable[[str], Authority | None]) -> bool:
        """Whether it begins by succession, is not told to follow this one yet, and none before it has ceased to exist
        so that it is there already."""
        if self.formed_on is None or urn in self.predecessors:
            return False
        before = (find(key) for key in self.predecessors)
        return all(one is None or one.abolished_on is None for one in before)

    def code(self, scheme: str) -> str:
        """The newest of a kind; empty where there is none."""
        changed = [one.now for one in self._stream if isinstance(one, facts.AuthorityRecoded) and one.scheme == scheme]
        return changed[-1] if changed else getattr(self.registered, scheme)
