"""What differs between two moments, and what one source said by a day, as JSON over HTTP."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint

from projections.comparing import comparison_of
from projections.reader import Reader
from web import compare as pages
from web.api import of_authority
from web.time_documents import comparison_document

bp = Blueprint("api_time", __name__, url_prefix="/api")


@bp.get("/authorities/<authority>/compare")
@of_authority()
def compare(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """What differs of one authority between `from`, as known by `from_known`, and `to`, as known by `to_known`."""
    wanted = pages.asked()
    return comparison_document(comparison_of(reader, urn, since=wanted.since, until=wanted.until))
