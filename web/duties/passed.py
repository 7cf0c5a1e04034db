"""What an authority handed over to one that followed it, and what it took over, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from domain.plans.stories import HandedOver
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
    """A plan or a meeting that passed on a day: its address, what it is called, and the other authority. `mistaken` is
    the one that had it by mistake, where that was put right."""

    address: str
    called: str
    other: tuple[str, str]
    on: date
    example: bool = False
    mistaken: str = ""


@dataclass(frozen=True)
class PassedThings:
    """What an authority handed over, and what it took over."""

    handed: tuple[PassedThing, ...]
    taken: tuple[PassedThing, ...]


def passed_things(urn: str, asked: Asked) -> PassedThings:
    """As known at the moment asked; meetings for whoever has a role."""
    store = current_store().reader
    found: list[tuple[HandedOver, str, str, bool]] = []
    for plan in plans_passed(store, urn, as_at=asked.as_at, known_at=asked.known_at, public=plan_reader.is_public()):
        head = plan.head
        found.append((plan.passing, plan_link(head.id, asked), f"Plan of {words.day(head.opened_on)}", head.example))
    if access.may("READS"):
        for meeting, one in meetings_passed(store, urn, as_at=asked.as_at, known_at=asked.known_at):
            address = url_for("meetings.show", meeting=meeting.id, **asked.address)
            found.append((one, address, name_of(meeting), False))
    things = [(one.now != urn, _thing(one, urn, address, called, example)) for one, address, called, example in found]
    return PassedThings(
        tuple(thing for handed, thing in things if handed), tuple(thing for handed, thing in things if not handed)
    )


def _thing(one: HandedOver, urn: str, address: str, called: str, example: bool) -> PassedThing:
    other = _named(one.of if one.now == urn else one.now)
    mistaken = _named(one.was)[1] if one.puts_right else ""
    return PassedThing(address, called, other, one.stamp.true_on, example, mistaken)


def _named(urn: str) -> tuple[str, str]:
    return (urn, reader.authority(urn).name)
