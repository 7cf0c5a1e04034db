"""What takes seconds when first asked for, worked out before anybody asks: the forecasts held to account."""

from __future__ import annotations

from datetime import date
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

from domain.rulebook.forecast.backtest import quarters
from domain.values.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from projections.engine.reader import Reader
    from web.store.store import Store

REST = 1.0
"""Seconds of rest for each second of work: whoever asks for a page meanwhile comes first."""


def begin(store: Store, *, first: date, on: date) -> Thread | None:
    """Works out, beside the server, the quarters that the page of forecasts shows on a day; gives the thread at it.

    None where the store cannot answer; whoever asks for a page is told so."""
    try:
        reader = store.reader
    except StoreUnavailable:
        return None
    thread = Thread(target=forecasts, args=(reader,), kwargs={"first": first, "on": on, "rest": REST}, daemon=True)
    thread.start()
    return thread


def forecasts(reader: Reader, *, first: date, on: date, rest: float = 0.0) -> None:
    """One quarter after another, which the reader then remembers. Given up where the store cannot answer just now."""
    from projections.outlook.forecasts import backtest_of, visit_backtest_of

    for origin in quarters(first, on):
        for held_to_account in (backtest_of, visit_backtest_of):
            began = monotonic()
            try:
                held_to_account(reader, first=origin, last=origin, as_at=on)
            except (Busy, StoreUnavailable):
                return
            sleep(rest * (monotonic() - began))
