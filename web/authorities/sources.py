"""What one source said of an authority by a day: what its readers then believed, and when it corrected itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from domain.authorities.source_beliefs import NOT_JUDGED, reworded
from domain.values.errors import RuleBroken
from domain.values.statements import Family
from projections.authorities.sources import Believed, SourcesAnswer, SourceThen, Turned, sources_of
from projections.outlook.comparing import counted_by
from web.authorities.entry import said_in_words
from web.site import reader
from web.site.htmx import page_or_part, part_wanted
from web.store.store import current_store
from web.words import dates, timeline, words
from web.words.differences import ValueChanged, value

bp = Blueprint("sources", __name__)


@dataclass(frozen=True)
class BeliefShown:
    """One inspection or visit as a reader of the source knew it."""

    id: UUID
    title: str
    told: str
    still: bool
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Turning:
    """A day on which the source came to say something else, or named an inspection or visit first."""

    id: UUID
    when: str
    title: str
    correction: bool
    changes: tuple[ValueChanged, ...]


@dataclass(frozen=True)
class SourceShown:
    """One source, ready to print."""

    key: str
    name: str
    family: str
    read_on: str
    beliefs: tuple[BeliefShown, ...]
    turnings: tuple[Turning, ...]
    corrections: int


@bp.get("/authorities/<urn>/sources")
def show(urn: str) -> Response:
    """What each source said by a day; other identifiers redirect here."""
    if (known := reader.urn_of(urn)) != urn:
        return redirect(reader.with_query(url_for(".show", urn=known)), 301)
    tidy = reader.tidied()
    if tidy and not part_wanted():
        return redirect(tidy, 303)
    family, on = wanted_family(), wanted_day()
    asked = reader.asked()
    answer = answered(urn, family, on)
    kept = counted_by(current_store().reader, asked.known_at).last
    named: dict[str, Any] = {"family": family.value} if family else {}
    until: dict[str, Any] = {"known_at": kept.isoformat()} if kept else {}
    return page_or_part(
        "authorities/sources/page.html",
        "authorities/sources/_results.html",
        push_url=tidy or reader.with_query(request.path),
        authority=answer.authority,
        moment=answer.moment,
        on=on,
        family=family.value if family else "",
        families=[(one.value, label) for one, label in words.FAMILIES.items() if one is not Family.SETTLEMENT],
        sources=tuple(map(source, answer.sources)),
        carried={"known_at": asked.address["known_at"]} if "known_at" in asked.address else {},
        exact=url_for(".show", urn=urn, on=on.isoformat(), **named, **until),
        json=url_for("api_time.sources", authority=urn, on=on.isoformat(), **named, **until),
    )


def wanted_family() -> Family | None:
    """The family of sources in the address; None for all. Raises RuleBroken naming those there are."""
    text = request.args.get("family", "").strip()
    if text and text not in {family.value for family in Family}:
        raise RuleBroken(f"Choose a family of sources: {', '.join(family.value for family in Family)}.")
    return Family(text) if text else None


def wanted_day() -> date:
    """The day in the address: `on`, else that of any page, else today."""
    text = request.args.get("on", "").strip()
    return dates.as_day(text, "“on”") if text else reader.asked().as_at


def answered(urn: str, family: Family | None, on: date) -> SourcesAnswer:
    families = [family] if family else list(Family)
    return sources_of(current_store().reader, urn, on=on, families=families, known_at=reader.asked().known_at)


def source(found: SourceThen) -> SourceShown:
    return SourceShown(
        key=found.channel.value if found.family is not Family.SETTLEMENT else found.family.value,
        name=words.sentence(words.CHANNELS[found.channel]),
        family=words.FAMILIES[found.family],
        read_on=words.day(found.read_on) if found.read_on else "",
        beliefs=tuple(map(_belief, found.believed)),
        turnings=tuple(map(_turning, found.turns)),
        corrections=sum(one.turn.is_correction for one in found.turns),
    )


def _belief(one: Believed) -> BeliefShown:
    since, last = words.day(one.belief.since), words.day(one.belief.last)
    return BeliefShown(
        id=one.activity.id,
        title=timeline.line_title(one.activity),
        told=f"Said on {since}" if since == last else f"Said since {since}, last read to name it on {last}",
        still=one.belief.still,
        values=said_in_words(one.belief.heard.said),
    )


def _turning(one: Turned) -> Turning:
    was, now = one.turn.was, one.turn.now
    changes = () if was is None else reworded(was.said, now.said)
    return Turning(
        id=one.activity.id,
        when=words.day(one.turn.day),
        title=timeline.line_title(one.activity),
        correction=one.turn.is_correction,
        changes=tuple(ValueChanged(words.field(each.field), _given(each.was), _given(each.now)) for each in changes),
    )


def _given(held: object) -> str:
    if held == NOT_JUDGED:
        return "not judged"
    return "not given" if held is None else value(held)
