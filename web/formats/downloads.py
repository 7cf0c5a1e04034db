"""Files to keep: their types, and how they are sent."""

from __future__ import annotations

import json
from io import BytesIO

from flask import Response, send_file

from projections.plans.answers import PlanAnswer

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def sent(content: bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    return send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


def called(answer: PlanAnswer, what: str, ending: str) -> str:
    """`plan-80563-report-2026-11-24.docx`."""
    return f"plan-{answer.head.authority.urn}-{what}-{answer.moment.as_at.isoformat()}.{ending}"


def as_text(document: object) -> str:
    """The JSON text of a document, keys sorted, so that equal answers are equal bytes."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)
