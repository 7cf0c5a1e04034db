"""Which plans were published here, and which a newer report has replaced: what everybody may know of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from domain.facts import PlanPublished
from domain.values.days import london_day
from projections.engine.answers import Moment
from projections.engine.reader import Reader
from projections.news.answers import NewsScope, NewsSpan, PlanNews
from projections.plans.projection import PlanThen, plans_then


def plans_told(
    reader: Reader, connection: Connection, scope: NewsScope, span: NewsSpan, moment: Moment
) -> tuple[PlanNews, ...]:
    """Publications of plans and what replaced them, the newest first, of plans that were published; examples only
    where they are asked for by name."""
    identities = None
    found = []
    for then in plans_then(reader, connection, moment, public=True):
        state = then.state
        named = then.id in scope.plans
        if then.made_public_on is None or not (named or (_of_them(state.urn, scope) and not state.example)):
            continue
        if identities is None:
            identities = {one.urn: one for one in reader.identities(connection, moment.position)}
        authority = identities[state.urn].on(moment.as_at)
        for one in _publications(then):
            position, fact, times, actions, moved = one
            day = london_day(fact.timestamp)
            if _within(span, moment, day, position):
                news = PlanNews(
                    id=f"{then.id} published {position}",
                    authority=authority,
                    plan=then.id,
                    day=day,
                    told_at=fact.timestamp,
                    known_at=reader.known_by(connection, position),
                    times=times,
                    actions=actions,
                    moved=moved,
                    example=state.example,
                )
                found.append(news)
        replaced = then.replaced_on
        if replaced is not None and span.since <= replaced <= span.until:
            found.append(
                PlanNews(
                    id=f"{then.id} replaced {replaced}",
                    authority=authority,
                    plan=then.id,
                    day=replaced,
                    told_at=None,
                    known_at=None,
                    times=0,
                    actions=0,
                    moved=0,
                    example=state.example,
                    replaced=True,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.day, one.id), reverse=True))


def _of_them(urn: str, scope: NewsScope) -> bool:
    return urn in scope.urns or not (scope.urns or scope.plans)


def _within(span: NewsSpan, moment: Moment, day: date, position: int) -> bool:
    if span.after is None:
        return span.since <= day <= span.until
    return span.after < position <= (moment.position if span.upto is None else span.upto)


def _publications(then: PlanThen) -> Iterator[tuple[int, PlanPublished, int, int, int]]:
    """Each publication: its position, which it is, how many actions were told of by then, and how many facts of them
    it made public."""
    times = moved = 0
    actions: set[int] = set()
    for one in then.told:
        if isinstance(one.fact, PlanPublished):
            times += 1
            yield one.position, one.fact, times, len(actions), moved
            moved = 0
        elif (action := getattr(one.fact, "action", None)) is not None:
            actions.add(action)
            moved += 1
