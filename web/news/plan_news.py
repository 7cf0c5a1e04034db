"""News of one plan: its own facts, a month's changes of its actions, and its publications, as far as published."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.authorities.news import NewsKind
from domain.facts import PlanPublished, stored_name
from projections.engine.reader import Reader
from projections.news.answers import NewsScope, NewsSpan
from projections.plans.answers import PlanTimelineRow
from projections.plans.plan import authority_of_plan, plan_heads
from projections.plans.timeline import plan_timeline
from web.news.stream import shown
from web.words import dates
from web.words.news import NewsLine

MOST = 1_000
"""Publications of one plan."""

PUBLISHED = stored_name(PlanPublished)


def plan_lines(reader: Reader, plan: UUID, today: date) -> list[NewsLine] | None:
    """What everybody may know of a plan; None before its first publication. Raises NotFound where there is none."""
    urn = authority_of_plan(reader, plan)
    heads = plan_heads(reader, urn=urn, as_at=today, public=True).heads
    head = next((one for one in heads if one.id == plan), None)
    if head is None or head.made_public_on is None:
        return None
    scope = NewsScope(plans=frozenset({plan}), kinds=frozenset({NewsKind.PLAN}))
    published = shown(reader, scope, NewsSpan(dates.EARLIEST, today), most=MOST, external=True).news
    rows = [row for row in plan_timeline(reader, urn, as_at=today, public=True) if row.plan == plan]
    name, address = head.authority.name, next(line.address for line in published if line.known_since)
    return [*published, *(_line(row, urn, name, address) for row in rows if not row.named.startswith(PUBLISHED))]


def _line(row: PlanTimelineRow, urn: str, name: str, address: str) -> NewsLine:
    return NewsLine(
        id=f"{row.plan} {row.named}",
        kind=NewsKind.PLAN,
        urn=urn,
        authority=name,
        title="Action plan",
        sentence=row.said,
        day=row.last_on,
        updated=row.recorded_at,
        address=address,
        known_since=row.last_on,
        made_up=row.example,
    )
