"""What waits for the person in hand: counted on every page, so told from what is remembered of all that waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.plans.waiting import ActionWait
from domain.values.offices import is_office
from domain.values.roles import Listed, Role
from projections.questions.waiting import EverythingWaiting, WaitingAction, WaitingQuestion, everything_waiting
from web.site.access import Present
from web.store.store import current_store
from web.words import dates


@dataclass(frozen=True)
class WaitingForMe:
    """What one person can do next. `update` are actions by plan, those of the person's office or, where `of_office` is
    false, of any, since no open action names it. `files` is how many imported files wait for a decision."""

    accept: tuple[WaitingAction, ...] = ()
    answer: tuple[WaitingQuestion, ...] = ()
    update: Mapping[UUID, tuple[WaitingAction, ...]] = field(default_factory=dict)
    of_office: bool = True
    files: int = 0

    @property
    def count(self) -> int:
        """How many things: a plan with actions to update is one, so are all files."""
        return len(self.accept) + len(self.answer) + len(self.update) + bool(self.files)


def waiting_for(present: Present) -> WaitingForMe:
    """What waits for whoever sends a request; nothing for the public."""
    person = present.listed
    if person is None or person.disabled:
        return WaitingForMe()
    store = current_store()
    everything = everything_waiting(store.reader, on=dates.today())
    own, of_office = _to_update(everything, person, present.office)
    by_plan: dict[UUID, list[WaitingAction]] = {}
    for one in own:
        by_plan.setdefault(one.plan, []).append(one)
    return WaitingForMe(
        accept=tuple(one for one in everything.actions if _accepts(person, one)),
        answer=tuple(sorted((one for one in everything.questions if person.may_record(one.urn)), key=_by_last_day)),
        update={plan: tuple(found) for plan, found in by_plan.items()},
        of_office=of_office,
        files=store.waiting.count() if person.may_import() else 0,
    )


def _by_last_day(one: WaitingQuestion) -> tuple[date, str]:
    return (one.answer_by, str(one.question))


def _accepts(person: Listed, one: WaitingAction) -> bool:
    """An approver looks at what somebody else reported."""
    second = person.actor not in one.reporters
    return one.wait is ActionWait.ACCEPTANCE and second and person.is_approver_for(one.urn)


def _to_update(everything: EverythingWaiting, person: Listed, office: str) -> tuple[list[WaitingAction], bool]:
    """The actions that wait for word from the person's office; where none anywhere names it, an officer is shown those
    of every office of their authorities."""
    owners = {urn: names for urn, names in everything.offices.items() if person.may_record(urn)}
    named = {name for names in owners.values() for name in names if is_office(name, office)}
    told = [one for one in everything.actions if one.wait is not ActionWait.ACCEPTANCE and one.urn in owners]
    if named or not person.has(Role.OFFICER):
        return [one for one in told if one.owner in named], True
    return told, False
