"""What stands before and after a plan: the newer report that took its report's place, the authority from which it came,
and actions that go on in another plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.plans.stories import Carried
from domain.values.errors import NotFound
from projections.plans.answers import PlanHead
from web.plans.chain import Entry
from web.site import plan_reader, reader
from web.site.plan_links import action_link, plan_link
from web.site.reader import Asked
from web.words import timeline, words


@dataclass(frozen=True)
class PlanPassage:
    """A plan that passed from one authority to another, as number and name each. `of` is the one that had ended: `was`,
    unless the wrong successor had it."""

    was: tuple[str, str]
    now: tuple[str, str]
    on: date
    of: tuple[str, str]


@dataclass(frozen=True)
class PassedOn:
    """The report that took the place of the plan's, None where its own stands or it is not shown for the date; the plan
    made on it, by its address; and the authorities that had the plan, the first first."""

    report: Entry | None
    newer: str
    passages: tuple[PlanPassage, ...]


@dataclass(frozen=True)
class OtherAction:
    """An action of another plan: its address and what it is called. `promised` is the day first promised there, and
    `due` the last; None where it cannot be read here."""

    address: str
    called: str
    promised: date | None
    due: date | None


def passed_on(head: PlanHead, asked: Asked) -> PassedOn:
    """What a plan's page says of the report and the authorities around it."""
    passages = tuple(
        PlanPassage(_named(one.was), _named(one.now), one.stamp.true_on, _named(one.of)) for one in head.handed
    )
    if head.replaced is None:
        return PassedOn(None, "", passages)
    beside = plan_reader.heads(asked, head.authority.urn).heads
    newer = next((plan_link(one.id, asked) for one in beside if one.activity == head.replaced.activity), "")
    return PassedOn(_report(head.replaced.activity, asked), newer, passages)


def other_action(other: Carried | None, asked: Asked) -> OtherAction | None:
    """The action that one continues, or as which it goes on; None for none."""
    if other is None:
        return None
    try:
        found = plan_reader.action(other.plan, other.action, asked)
    except NotFound:
        return OtherAction("", f"action {other.action} of a plan that is not shown for this date", None, None)
    called = f"action {other.action} of the plan opened on {words.day(found.head.opened_on)}"
    address = action_link(other.plan, other.action, asked)
    return OtherAction(address, called, found.action.first_due_on, found.action.due_on)


def _named(urn: str) -> tuple[str, str]:
    return (urn, reader.authority(urn).name)


def _report(activity: UUID, asked: Asked) -> Entry | None:
    try:
        held = reader.entry(activity, asked).entry.activity
    except NotFound:
        return None
    return Entry(held.id, timeline.line_title(held))
