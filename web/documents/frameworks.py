"""The rows of scales and judgement sets as JSON, described in `web/openapi/frameworks.py`."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.frameworks import AREAS, SCALES, SETS, Area, Framework, Scale, SetRow

Document = dict[str, Any]


def frameworks_document() -> Document:
    """Each scale, the best grade first, and each judgement set with its days and the areas it judges."""
    return {"scales": [_scale(scale) for scale in SCALES], "sets": [_set(row) for row in SETS]}


def _scale(scale: Scale) -> Document:
    return {
        "scale": scale.code,
        "rule": scale.source,
        "grades": [
            {"grade": row.grade.value, "words": row.words, "good": row.good, "failing": row.failing}
            for row in scale.grades
        ],
    }


def _set(row: SetRow) -> Document:
    return {
        "set": row.set.value,
        "frameworks": [framework.value for framework in Framework if framework in row.frameworks],
        "scale": row.scale.code,
        "start": None if row.start == date.min else row.start.isoformat(),
        "end": None if row.end is None else row.end.isoformat(),
        "areas": [{"area": area.value, "words": AREAS[area].words} for area in row.areas],
        "overall": _code(row.overall),
        "leaders": _code(row.leaders),
        "practice": [area.value for area in row.practice],
        "needed": row.needed or None,
        "rule": row.source,
    }


def _code(area: Area | None) -> str | None:
    return None if area is None else area.value
