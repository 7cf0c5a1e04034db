"""What an officer rules about entries: that two are one, that one is two, and what holds where sources disagree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.dossier import statement_id
from domain.authorities.preconditions import must_give_a_reason
from domain.facts import Told
from domain.frameworks import Area
from domain.values.activities import Status
from domain.values.errors import NotFound, RuleBroken
from domain.values.statements import Observation, Ruled, Ruling, Stated, by_hand


def recognise_as_one(authority: Authority, one: UUID, other: UUID, *, by: Told) -> None:
    """Two entries are one activity, whatever their dates. Needs a reason."""
    must_give_a_reason(by)
    if authority.activity(one).kind is not authority.activity(other).kind:
        raise RuleBroken("Only entries of one kind can be the same activity.")
    if authority.activity(one).id == authority.activity(other).id:
        raise RuleBroken("Those are one entry already.")
    authority.tell(facts.EntriesRecognisedAsOne, by, one=one, other=other)


def recognise_as_distinct(authority: Authority, one: UUID, other: UUID, *, by: Told) -> None:
    """Two statements speak of two activities, whatever their dates. Needs a reason."""
    must_give_a_reason(by)
    for statement in (one, other):
        if statement not in authority.dossier.statements:
            raise NotFound("No such statement is recorded for this authority.")
    if authority.activity(one).id != authority.activity(other).id:
        raise RuleBroken("Those are two entries already.")
    tied = {authority.dossier.statements[name].about for name in (one, other)}
    if tied & {one, other} or (len(tied) == 1 and None not in tied):
        raise RuleBroken("An officer recorded those about one entry. Withdraw it and record what is right.")
    authority.tell(facts.EntriesRecognisedAsDistinct, by, one=one, other=other)


def settle(authority: Authority, activity: UUID, *, said: Stated, by: Told) -> None:
    """Settle a disagreement between sources; the values of `said` are held from now on. Needs a reason."""
    known = authority.activity(activity)
    must_give_a_reason(by)
    if said.kind is not known.kind:
        raise RuleBroken("The settlement must be about the same kind of activity.")
    disputed = {disagreement.field for disagreement in known.disagreements}
    fields = {f"grades.{area.value}" for area, _ in said.grades} | {f"ratings.{one.area}" for one in said.ratings}
    fields |= set(said.stated) - {"grades", "ratings"}
    if not fields or fields - disputed:
        raise RuleBroken("Settle only what sources disagree on: " + (", ".join(sorted(disputed)) or "nothing") + ".")
    authority.tell(facts.DisagreementSettled, by, activity=activity, said=said)


def said_last(authority: Authority, observation: Observation) -> Observation:
    """What an officer says with a document in hand, so that it counts even where the same was said before.

    The same words about the same document are one statement. Where an officer has since said otherwise of the entry,
    they speak of that later statement instead, and so are a statement of their own that comes after it."""
    said = authority.dossier.statements
    while (before := said.get(statement_id(observation))) is not None:
        entry = next(activity for activity in authority.activities if before.id in activity.statements)
        since = [
            one
            for one in map(said.__getitem__, entry.statements)
            if one.order > before.order and by_hand(one.family, one.channel) and _otherwise(one.said, before.said)
        ]
        if not since:
            break
        observation = replace(observation, about=max(since, key=lambda one: one.order).id)
    return observation


def _otherwise(later: Stated, said: Stated) -> bool:
    """Whether a value of one is another in the other; what only one of them states is no matter."""
    now, then = (_values(one) for one in (later, said))
    return any(now[name] != then[name] for name in now.keys() & then.keys())


def _values(said: Stated) -> dict[str | Area, Any]:
    """What is stated, each grade by its area."""
    return {name: value for name, value in said.stated.items() if name != "grades"} | dict(said.grades)


@dataclass(frozen=True)
class FindingPair:
    """The words of a finding, and those of one of an `earlier` entry."""

    text: str
    earlier: UUID
    earlier_text: str


def compare_findings(authority: Authority, activity: UUID, pair: FindingPair, *, same: bool, by: Told) -> None:
    """A finding of an entry is, or is not, about the same matter as one of an earlier report or letter.

    Raises RuleBroken where one of them is not held, the other is no earlier one, or the same was said already."""
    known, before = authority.activity(activity), authority.activity(pair.earlier)
    for held, finding in ((known, pair.text), (before, pair.earlier_text)):
        if finding not in (*held.improvements, *held.priority_actions):
            raise RuleBroken("That finding is not among those held any more. Open the page again and choose anew.")
    if before.public_on >= known.public_on:
        raise RuleBroken("Choose a finding of a report or letter that was published earlier.")
    already = authority.dossier.compared.get((pair.text, pair.earlier_text))
    if already is not None and already.same is same:
        raise RuleBroken("That is what is recorded already.")
    authority.tell(
        facts.FindingsCompared,
        by,
        activity=known.id,
        text=pair.text,
        earlier=before.id,
        earlier_text=pair.earlier_text,
        same=same,
    )


def take_over(authority: Authority, ruling: Ruling, *, by: Told) -> None:
    """Take over an officer's ruling from another store's export, unless it is in force here."""
    by = replace(by, reason=ruling.reason)
    one, other = ruling.one, ruling.other
    if ruling.ruled is Ruled.WITHDRAWN:
        standing = [known for known in authority.activities if known.status is not Status.WITHDRAWN]
        if ruling.statements:
            held = {name for known in standing for name in known.statements}
            withdrawn = [tuple(name for name in ruling.statements if name in held)]
        else:
            withdrawn = [known.statements for known in standing if one == known.id or one in known.statements]
        for statements in filter(None, withdrawn):
            authority.tell(facts.EntryWithdrawn, by, activity=one, statements=statements)
    elif other is not None and ruling.ruled in (Ruled.SAME_MATTER, Ruled.OTHER_MATTER):
        same, (text, earlier_text) = ruling.ruled is Ruled.SAME_MATTER, ruling.texts
        already = authority.dossier.compared.get((text, earlier_text))
        if already is None or already.same is not same:
            authority.tell(
                facts.FindingsCompared,
                by,
                activity=one,
                text=text,
                earlier=other,
                earlier_text=earlier_text,
                same=same,
            )
    elif other is not None:
        same = ruling.ruled is Ruled.SAME
        pair = (min(one, other), max(one, other))
        if pair not in (authority.dossier.same if same else authority.dossier.apart):
            fact = facts.EntriesRecognisedAsOne if same else facts.EntriesRecognisedAsDistinct
            authority.tell(fact, by, one=one, other=other)
