"""Who comes when, in words: inspections and visits of one authority less than six months apart, and what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.rulebook.known_until import CALLED
from domain.rulebook.other_inspections.close_together import HELD_KINDS, CloseTogether, Dated, HowTold
from domain.rulebook.results import WindowStatus
from domain.rulebook.steps import KIND_IN_WORDS
from domain.values.words import listed, number_in_words, span_in_words
from projections.engine.answers import Moment, NearInTime, PlannerAnswer
from web.words import words

RULES: Mapping[str | None, str] = {
    "R-050": "Ofsted aims at six months, and is not bound to",
    "R-079": "No rule forbids it",
    None: "No rule read here speaks of it",
}


@dataclass(frozen=True)
class Near:
    """Two inspections or visits less than six months apart, in words."""

    urn: str
    name: str
    other: str
    one: str
    how: str
    rule: str | None
    said: str


def near(pair: NearInTime) -> Near:
    found = pair.found
    return Near(
        urn=pair.authority.urn,
        name=pair.authority.name,
        other=dated(found.other),
        one=dated(found.one),
        how=_how(found),
        rule=found.rule,
        said=RULES[found.rule],
    )


def dated(one: Dated) -> str:
    """What it is, and from when."""
    if one.told is HowTold.HELD:
        what = words.sentence(KIND_IN_WORDS[one.kind])
        if one.by_publication:
            return f"{what}, report published {words.day(one.first)}; its days on site are not known"
        return f"{what}, held {_days(one)}"
    what = words.expectation(one.activity)
    if one.told is HowTold.EXPECTED:
        return f"{what}, expected by about {words.month(one.last)}"
    if one.told is HowTold.CALLED:
        state = words.WINDOW_STATES[one.status or WindowStatus.ANNOUNCED].lower()
        return f"{what}, {state}: on site {_days(one)}"
    if one.status is WindowStatus.UPCOMING:
        return f"{what}, window {words.span(one.first, one.last)}"
    if one.status is WindowStatus.OVERDUE:
        return f"{what}, overdue when last known"
    return f"{what}, window open until {words.day(one.last)}"


def near_summary(answer: PlannerAnswer) -> tuple[str, ...]:
    """How many there are and of which kind, of how many nothing can be said, and until when what was held is known."""
    return tuple(_summary(answer))


def _summary(answer: PlannerAnswer) -> Iterator[str]:
    if answer.near:
        authorities = words.count(len({pair.authority.urn for pair in answer.near}), "authority", "authorities")
        told = [{pair.found.one.told, pair.found.other.told} for pair in answer.near]
        parts = (
            (sum(HowTold.HELD in both for both in told), "with one already held"),
            (sum(HowTold.CALLED in both and HowTold.HELD not in both for both in told), "with one called or on site"),
            (sum(not both & {HowTold.HELD, HowTold.CALLED} for both in told), "where both are only expected"),
        )
        of_each = listed([f"{number} {what}" for number, what in parts if number])
        yield (
            f"Inspections or visits less than six months apart, by what is held here: "
            f"{words.count(len(told), 'pair')} in {authorities}, {of_each}."
        )
    else:
        yield "No two inspections or visits are less than six months apart, by what is held here."
    if answer.near_not_known:
        number = words.count(answer.near_not_known, "authority", "authorities")
        yield (
            f"Nothing is said of something in {number}: its window or day has passed and nobody knows what came, or "
            "the days on site of what was called are not known."
        )
    yield from _known_until(answer.moment)


def _known_until(moment: Moment) -> Iterator[str]:
    """Until when sources tell of what was held, where that is before the day asked."""
    by_day: dict[date | None, list[str]] = {}
    for kind in HELD_KINDS:
        until = moment.known_until.until(kind)
        if until is None or until < moment.as_at:
            by_day.setdefault(until, []).append(CALLED[kind])
    told = [
        f"all {listed(kinds)} until {words.day(until)}"
        for until, kinds in sorted((day, kinds) for day, kinds in by_day.items() if day is not None)
    ]
    if told:
        yield f"Of what was held, sources tell of {listed(told)}; of later ones only those read singly are shown."
    if none := by_day.get(None):
        yield f"No source read here tells of all {listed(none)}: one that is not shown may have been held all the same."


def _days(one: Dated) -> str:
    return span_in_words(one.first, one.last)


def _how(found: CloseTogether) -> str:
    window = found.other if found.other.told is HowTold.WINDOW else None
    if found.days == 0:
        return "In the window" if window else "At the same time"
    days = abs(found.days)
    months = number_in_words(max(1, round(days / 30.4)), "month")
    apart = f"About {months}" if days >= 30 or HowTold.EXPECTED in (found.one.told, found.other.told) else None
    said = apart or number_in_words(days, "day")
    if window is None:
        return f"{said} {'before' if found.days < 0 else 'after'}"
    if found.days > 0:
        return f"{said} after {'today' if window.status is WindowStatus.OVERDUE else 'it closes'}"
    return f"{said} before {'it opens' if window.status is WindowStatus.UPCOMING else 'the day asked; it may come now'}"
