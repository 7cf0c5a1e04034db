"""The switch of the demonstration, on the sign-in page: load it, and end it. For whoever sits at the machine."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from domain.audit import saves
from domain.facts import Told
from domain.values.statements import Source
from web.demonstration.loading import load as load_it
from web.site import catch_up, demonstration
from web.site.receipts import tell_of
from web.store.store import current_store

bp = Blueprint("demonstration", __name__)


@bp.post("/demonstration/load")
def load() -> AnyResponse:
    """Load it, and lead back to the choice of a role; 404 where it may not be."""
    if not demonstration.may_be_loaded():
        abort(404)
    with saves() as kept:
        load_it(current_store())
    catch_up.catch_up()
    tell_of("The demonstration was loaded. Choose who to be.", kept)
    return redirect(url_for("signing_in.show"), 303)


@bp.post("/demonstration/end")
def end() -> AnyResponse:
    """Shut its people out; 404 where it does not go on."""
    if not demonstration.is_open():
        abort(404)
    source = Source("administration", "Sign-in page")
    with saves() as kept:
        demonstration.end(Told("local", uuid4(), source, datetime.now(UTC), demonstration.OVER))
    catch_up.catch_up()
    tell_of("The demonstration is over.", kept)
    return redirect(url_for("signing_in.show"), 303)
