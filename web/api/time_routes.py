"""What differs between two moments, and what one source said by a day, as JSON over HTTP."""

from __future__ import annotations

from datetime import date, datetime

from flask import Blueprint

from domain.values.statements import Family
from projections.authorities.sources import sources_of
from projections.engine.reader import Reader
from projections.outlook.comparing import comparison_of
from web.authorities import compare as pages
from web.authorities.sources import wanted_family
from web.documents.time import comparison_document, sources_document
from web.site.api_asking import of_authority

bp = Blueprint("api_time", __name__, url_prefix="/api")


@bp.get("/authorities/<authority>/compare")
@of_authority()
def compare(reader: Reader, urn: str, as_at: date, known_at: datetime | None) -> object:
    """What differs of one authority between `from`, as known by `from_known`, and `to`, as known by `to_known`."""
    wanted = pages.asked()
    return comparison_document(comparison_of(reader, urn, since=wanted.since, until=wanted.until))


@bp.get("/authorities/<authority>/sources")
@of_authority(day="on")
def sources(reader: Reader, urn: str, on: date, known_at: datetime | None) -> object:
    """What a reader of each source believed by `on`, of one `family` of sources or all."""
    family = wanted_family()
    return sources_document(
        sources_of(reader, urn, on=on, families=[family] if family else list(Family), known_at=known_at)
    )
