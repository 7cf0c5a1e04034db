"""What a page of an earlier moment must say of itself, and the address at which it never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from projections.outlook.comparing import ComparedMoment, LogExtent, Missed, counted_by, missed
from projections.plans.comparing import plan_comparison_of
from web.site import access, reader
from web.store.store import current_store
from web.words import words


@dataclass(frozen=True)
class LookedBack:
    """`not_shown`: how much has changed since, empty where nothing has; `see` leads to it. `today`: this page's address
    without dates. `nothing_yet`: why a page as known so early is empty. `exact`: this page's address with both dates
    filled in."""

    not_shown: str
    see: str
    today: str
    nothing_yet: str
    exact: str


def looked_back(
    asked: reader.Asked, urn: str | None = None, plan: UUID | None = None, *, counted: bool = True
) -> LookedBack:
    """What to say of the moment a page is asked for; `urn` is the authority whose history it is about, None for all.

    Of a `plan` its own changes are counted, for who may compare it; where nothing is `counted`, no number is told."""
    counted = counted and (plan is None or access.may("READS"))
    kept = counted_by(current_store().reader, asked.known_at)
    today = reader.with_moment(())
    return LookedBack(
        not_shown=_not_shown(asked, urn, plan) if asked.chosen and counted else "",
        see=_comparison(asked, urn, plan) or today,
        today=today,
        nothing_yet=_nothing_yet(asked.known_at, kept),
        exact=exactly(asked, kept),
    )


def since(asked: reader.Asked) -> dict[str, Any]:
    """What a comparison from the moment asked carries in its address."""
    address = asked.address
    known = {"from_known": address["known_at"]} if "known_at" in address else {}
    return {"from": asked.as_at.isoformat(), **known}


def moment_kept(asked: reader.Asked) -> dict[str, Any]:
    """What an address carries that shows for ever what is shown now."""
    known_at = counted_by(current_store().reader, asked.known_at).last or asked.known_at
    known = {"known_at": known_at.isoformat()} if known_at is not None else {}
    return {"as_at": asked.as_at.isoformat(), **known}


def exactly(asked: reader.Asked, kept: LogExtent) -> str:
    """The last fact counted is named by its own instant, so that whatever is recorded later stays out."""
    known_at = kept.last or asked.known_at
    known = [("known_at", known_at.isoformat())] if known_at is not None else []
    return reader.with_moment([("as_at", asked.as_at.isoformat()), *known])


def _comparison(asked: reader.Asked, urn: str | None, plan: UUID | None) -> str:
    """Where what is not shown can be seen; nowhere for a page about all authorities."""
    if plan is not None:
        return url_for("compare.plan", plan=plan, **since(asked))
    return url_for("compare.authority", urn=urn, **since(asked)) if urn else ""


def _missed(urn: str | None, plan: UUID | None, then: ComparedMoment, now: ComparedMoment) -> Missed:
    if plan is None:
        return missed(current_store().reader, urn, then=then, now=now)
    return Missed(plan_comparison_of(current_store().reader, plan, since=then, until=now).comparison.count, 0)


def _not_shown(asked: reader.Asked, urn: str | None, plan: UUID | None) -> str:
    now = reader.now()
    if asked.as_at > now.as_at:
        return ""
    found = _missed(urn, plan, ComparedMoment(asked.as_at, asked.known_at), ComparedMoment(now.as_at))
    if not found.changes:
        return ""
    if found.corrections == found.changes:
        return words.count(found.changes, "later correction is", "later corrections are") + " not shown"
    told = words.count(found.changes, "later change is", "later changes are") + " not shown"
    if not found.corrections:
        return told
    return f"{told}, {found.corrections:,} of them {'a correction' if found.corrections == 1 else 'corrections'}"


def _nothing_yet(known_at: datetime | None, kept: LogExtent) -> str:
    if known_at is None or kept.last is not None:
        return ""
    if kept.first is None:
        return "Nothing has been recorded here yet."
    return f"Nothing had been recorded here by then. The first fact was recorded on {words.moment(kept.first)}."
