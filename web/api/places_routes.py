"""How current what is held is, and when each place was last looked at, as JSON over HTTP."""

from __future__ import annotations

from flask import Blueprint, Response

from projections.engine.reader import Reader
from web.documents.places import sources_looked_at_document
from web.site.api_asking import json_answer
from web.store.store import current_store
from web.words.currency import title_of_place
from web.words.dates import today

bp = Blueprint("api_places", __name__, url_prefix="/api")


@bp.get("/sources")
def sources() -> Response:
    """Until when which kind is known of every authority, and the last look at each place."""
    store = current_store()
    reader: Reader = store.reader
    with reader.connect() as connection:
        moment = reader.moment(connection, today(), None)
    return json_answer(sources_looked_at_document(moment, store.looks.all(), title_of_place))
