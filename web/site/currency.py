"""The line at the foot of every page: how current what is held here is, today and of all authorities."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from time import monotonic

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from domain.values.errors import StoreUnavailable
from projections.engine.reader import Reader
from web.store.looks import Look, Looks
from web.store.store import current_store
from web.words import dates
from web.words.currency import PlaceLooked, known_here, looked_here, title_of_place

LOOKED_EVERY = 1.0
"""Seconds between two looks at how far the log has come: a page pays for one look up in memory."""


@dataclass(frozen=True)
class Currency:
    """What is said of one position of the log on one day, and of the last looks at places; `amiss` says where one
    failed or is too long ago, and is blank where all is well."""

    on: date
    position: int
    known: str
    looked: str
    amiss: str


class CurrencyKept:
    """The line as last made; for any number of threads, of which the last to make it wins."""

    def __init__(self) -> None:
        self._made: Currency | None = None
        self._looked_at = float("-inf")

    def line(self, reader: Reader, looks: Looks, on: date) -> Currency:
        """The line on a day, made anew where the log has grown since."""
        made, at = self._made, monotonic()
        if made is not None and made.on == on and at - self._looked_at < LOOKED_EVERY:
            return made
        with reader.connect() as connection:
            position = reader.position(connection)
            if made is None or (made.on, made.position) != (on, position):
                moment = reader.moment(connection, on, None)
                position, known = moment.position, known_here(moment.known_until, moment.data_horizon)
            else:
                known = made.known
        looked, amiss = looked_here([_looked(one) for one in looks.all()], on)
        fresh = Currency(on, position, known, looked, amiss)
        made = made if made == fresh else fresh
        self._made, self._looked_at = made, at
        return made

    def look_again(self) -> None:
        """The next page looks how far the log has come, whenever the last one did."""
        self._looked_at = float("-inf")


def register(app: Flask) -> None:
    """Every page of `app` can say how current it is."""
    app.extensions["timeline.currency"] = CurrencyKept()
    app.jinja_env.globals["currency"] = currency


def currency() -> Currency | None:
    """The line of today; None while the store cannot be asked, as pages that say so have a foot too."""
    kept: CurrencyKept = current_app.extensions["timeline.currency"]
    try:
        return kept.line(current_store().reader, current_store().looks, dates.today())
    except (StoreUnavailable, DBAPIError, sqlite3.Error):
        return None


def _looked(look: Look) -> PlaceLooked:
    return PlaceLooked(title_of_place(look.place), look.cadence_days, look.looked_at, look.well_at)


def look_again() -> None:
    """Something was recorded: the next page of this process says how current that is."""
    kept: CurrencyKept = current_app.extensions["timeline.currency"]
    kept.look_again()
