"""What an authority handed over to one that followed it, and what it took over, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from projections.meetings.meeting import meetings_passed
from projections.plans.passed import plans_passed
from web.meetings.pages import name_of
from web.site import access, plan_reader, reader
from web.site.plan_links import plan_link
from web.site.reader import Asked
from web.store.store import current_store
from web.words import words


@dataclass(frozen=True)
class PassedThing:
    """A plan or a meeting that passed on a day: its address, what it is called, and the other authority."""

    address: str
    called: str
    other: tuple[str, str]
    on: date
    example: bool = False


@dataclass(frozen=True)
class PassedThings:
    """What an authority handed over, and what it took over."""

    handed: tuple[PassedThing, ...]
    taken: tuple[PassedThing, ...]


def passed_things(urn: str, asked: Asked) -> PassedThings:
    """As known at the moment asked; meetings for whoever has a role."""
    store = current_store().reader
    found: list[tuple[bool, PassedThing]] = []
    for plan in plans_passed(store, urn, as_at=asked.as_at, known_at=asked.known_at, public=plan_reader.is_public()):
        head, other = plan.head, plan.now if plan.was == urn else plan.was
        called = f"Plan of {words.day(head.opened_on)}"
        thing = PassedThing(plan_link(head.id, asked), called, _named(other), plan.on, head.example)
        found.append((plan.was == urn, thing))
    if access.may("READS"):
        for meeting, one in meetings_passed(store, urn, as_at=asked.as_at, known_at=asked.known_at):
            address = url_for("meetings.show", meeting=meeting.id, **asked.address)
            other = one.now if one.was == urn else one.was
            found.append((one.was == urn, PassedThing(address, name_of(meeting), _named(other), one.stamp.true_on)))
    return PassedThings(
        tuple(thing for handed, thing in found if handed), tuple(thing for handed, thing in found if not handed)
    )


def _named(urn: str) -> tuple[str, str]:
    return (urn, reader.authority(urn).name)
