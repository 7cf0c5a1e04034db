"""What every address under `/api` shares: which moment and authority were asked for, and the answer as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from projections.authorities.names import identify
from projections.engine.reader import Reader
from web.formats.downloads import as_text
from web.site.reader import with_query
from web.store.store import current_store
from web.words.dates import as_day, as_instant, today

AnswerOfOne = Callable[[Reader, str, date, datetime | None], object]
"""What is answered of an authority, by its URN, on a day and as known at an instant."""


def of_authority(*, day: str = "as_at") -> Callable[[AnswerOfOne], Callable[[str], AnyResponse]]:
    """Makes a view of one authority: its moment is read from the address, the day from the field named; any other name
    than its URN redirects to the URN's address."""

    def view_of(answer: AnswerOfOne) -> Callable[[str], AnyResponse]:
        @wraps(answer)
        def view(authority: str) -> AnyResponse:
            on, known_at = moment(day)
            reader = current_store().reader
            urn = identify(reader, authority, as_at=on)
            if urn != authority:
                return redirect(with_query(url_for(str(request.endpoint), authority=urn)), code=301)
            return json_answer(answer(reader, urn, on, known_at))

        return view

    return view_of


def moment(day: str = "as_at") -> tuple[date, datetime | None]:
    """The day in the field named, else in `as_at`, else today; and `known_at`. Raises RuleBroken in words."""
    text = request.args.get(day, "").strip() or request.args.get("as_at", "").strip()
    return as_day(text, day) if text else today(), known_at_asked()


def urn_asked(on: date) -> str | None:
    """The authority that the address names, by whatever name. Raises NotFound."""
    named = request.args.get("authority", "").strip()
    return identify(current_store().reader, named, as_at=on) if named else None


def known_at_asked() -> datetime | None:
    known_at = request.args.get("known_at", "").strip()
    return as_instant(known_at, "known_at") if known_at else None


def json_answer(document: object) -> Response:
    """A document as every address writes it: sorted, one line at the end."""
    return Response(as_text(document) + "\n", mimetype="application/json")
