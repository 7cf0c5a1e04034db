"""Focused visits by topic as JSON: described in `web/openapi/focused_visits.py`."""

from __future__ import annotations

from collections import Counter

from domain.rulebook.themes.topics import TOPICS, topics_of
from domain.values.known_until import KnownKind
from projections.authorities.focused_visits import FocusedVisitRow, FocusedVisitsAnswer
from web.documents.authorities import Document, day_or_none
from web.words.looked_at import TOPIC_WORDS


def focused_visits_document(answer: FocusedVisitsAnswer) -> Document:
    """Topics with the number of visits on each, and every visit, the newest first."""
    counted = Counter(code for row in answer.rows for code in row.filed)
    since = {row.code: row.start for row in TOPICS}
    return {
        "known_until": day_or_none(answer.moment.known_until.until(KnownKind.FOCUSED_VISIT)),
        "topics": [
            {"topic": code, "words": words, "first_visit": day_or_none(since.get(code)), "visits": counted[code]}
            for code, words in TOPIC_WORDS.items()
        ],
        "visits": [_visit(row) for row in answer.rows],
    }


def _visit(row: FocusedVisitRow) -> Document:
    visit = row.visit
    return {
        "urn": row.authority.urn,
        "authority": row.authority.name,
        "region": row.authority.region,
        "entry": str(visit.id),
        "start": day_or_none(visit.start),
        "end": day_or_none(visit.end),
        "published": day_or_none(visit.published),
        "focus": visit.focus,
        "topics": list(row.filed),
        "chosen_by_an_officer": bool(visit.topics and topics_of(visit)),
        "priority_action": visit.priority_action,
    }
