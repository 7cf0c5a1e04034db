"""Pages are sent compressed where the browser takes it: a council's line may be slow, and the lists are long."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

FORMS = frozenset({"recording", "signing_in", "account", "people", "imports"})
"""The pages that carry a form's token are sent as they are: compressed beside what a reader chose, a token leaks."""


CALENDAR = "text/calendar"
"""A calendar of all England says the same sentences again and again: a twentieth of its size is left."""


def register(app: Flask) -> None:
    """Compress what `app` answers, but for pages with forms; static files are compressed when they are built."""
    app.config.setdefault("COMPRESS_REGISTER", False)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_STREAMS", False)
    compress = Compress(app)
    compress.compress_mimetypes_set.add(CALENDAR)

    @app.after_request
    def smaller(response: Response) -> Response:
        return response if request.blueprint in FORMS else compress.after_request(response)
