"""What a reader sees when something was refused or went wrong: a page, a part or a problem document (RFC 9457)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from flask import Flask, Response, current_app, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError, default_exceptions

from domain.values.errors import (
    ChangedMeanwhile,
    ConcurrentChange,
    CorruptEvent,
    EntryAltered,
    NotFound,
    RuleBroken,
    StoreUnavailable,
)
from web.site.htmx import fault_part, part_wanted, vary
from web.site.upload_limits import LARGEST_UPLOAD, MIB, TAKES_FILES


@dataclass(frozen=True)
class ErrorShown:
    """A heading, and what happened and what to do, for one status; `again` is where one can choose another file."""

    status: int
    heading: str
    words: str
    again: str = ""


FAULTS = {
    fault.status: fault
    for fault in (
        ErrorShown(400, "We could not read that request", "Go back, check what you entered, and try again."),
        ErrorShown(401, "Sign in to do that", "Sign in, then try again."),
        ErrorShown(403, "You cannot do that here", "This part is not open to you."),
        ErrorShown(
            404,
            "Page not found",
            "If you typed the address, check it is correct. If you followed a link, the page may have moved.",
        ),
        ErrorShown(
            405, "That address does not take this kind of request", "Go back and use the page’s links and forms."
        ),
        ErrorShown(409, "Someone changed this a moment ago", "Look at it again, then repeat what you wanted to do."),
        ErrorShown(413, "That is too large", "A form may hold up to 256 kilobytes. Send less, and try again."),
        ErrorShown(422, "There is a problem with what you entered", "Go back, check what you entered, and try again."),
        ErrorShown(429, "Too many requests", "Wait a minute, then try again."),
        ErrorShown(
            500,
            "Sorry, there is a problem with this service",
            "The fault has been logged. If you were sending a form, send it again: nothing is kept twice.",
        ),
        ErrorShown(
            503,
            "Sorry, the service is unavailable",
            "The store cannot be reached at the moment. Try again in a minute; nothing is kept twice.",
        ),
    )
}


ALTERED = "This entry of the history is not what was recorded"

FILES_TOO_LARGE = (
    f"The file is larger than {LARGEST_UPLOAD // MIB} MiB, or the files together are. Nothing was read. "
    "Choose a smaller file, or send several one after the other."
)
"""What 413 means at an address to which files are sent."""


def register(app: Flask) -> None:
    """Every error of `app` is answered in words, in the form the request asked for."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(SecurityError, show_unknown_host)
    app.register_error_handler(CSRFError, show_lost_token)
    app.register_error_handler(RuleBroken, show_refusal)
    for unavailable in (StoreUnavailable, CorruptEvent, DBAPIError, sqlite3.Error):
        app.register_error_handler(unavailable, show_unavailable)


def show_http_error(error: HTTPException) -> Response:
    """Any HTTP error: our words for its status, or those it was raised with."""
    status = error.code or 500
    own_words = error.description if _was_explained(error) else None
    response = answer(status, own_words)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def show_unknown_host(error: SecurityError) -> Response:
    """A host name that is not ours: 400 in plain text, because no page has an address under it."""
    words = "This service does not answer to that name. Whoever runs it lists its names in TIMELINE_TRUSTED_HOSTS.\n"
    return Response(words, status=400, mimetype="text/plain")


def show_lost_token(error: CSRFError) -> Response:
    """A form without the token of this session: 403, because it may come from elsewhere."""
    return answer(403, "The form was open too long, or was not sent from this site. Open it again and send it again.")


def show_refusal(refusal: RuleBroken) -> Response:
    """A refusal that no form caught, in its own words: 404 not known, 409 changed meanwhile, 422 otherwise; 500 where
    the log itself was altered, which no reader can put right."""
    if isinstance(refusal, NotFound):
        return answer(404, str(refusal))
    if isinstance(refusal, EntryAltered):
        current_app.logger.error("%s", refusal)
        return answer(500, str(refusal), ALTERED)
    return answer(409 if isinstance(refusal, (ChangedMeanwhile, ConcurrentChange)) else 422, str(refusal))


def show_unavailable(error: Exception) -> Response:
    """The store cannot be read or written: logged whole, shown as 503 in words that are safe."""
    current_app.logger.exception("the store is unavailable", exc_info=error)
    response = answer(503, str(error) if isinstance(error, StoreUnavailable) else None)
    response.headers["Retry-After"] = "60"
    return response


def answer(status: int, words: str | None = None, heading: str | None = None, *, again: str = "") -> Response:
    """An error as the request wants it: JSON under `/api/`, plain text for a calendar program, a part for htmx, else a
    page. `words` and `heading` stand in place of those of the status; `again` is where another file can be chosen."""
    nearest = FAULTS.get(status) or FAULTS[500 if status >= 500 else 400]
    fault = ErrorShown(status, heading or nearest.heading, words or nearest.words, again)
    if status == 413 and request.endpoint in TAKES_FILES:
        fault = ErrorShown(status, nearest.heading, FILES_TOO_LARGE, again=request.path)
    if request.path.startswith("/api/"):
        problem = jsonify(type="about:blank", title=fault.heading, status=fault.status, detail=fault.words)
        problem.mimetype = "application/problem+json"
        response = problem
    elif request.path.endswith(".ics"):
        response = Response(f"{fault.heading}. {fault.words}\n", mimetype="text/plain")
    elif part_wanted():
        response = fault_part(render_template("site/errors/_fault.html", fault=fault))
    else:
        response = vary(Response(render_template("site/errors/fault.html", fault=fault)))
    response.status_code = status
    return response


def _was_explained(error: HTTPException) -> bool:
    stock = default_exceptions.get(error.code or 500)
    return bool(error.description) and (stock is None or error.description != stock.description)
