"""What takes seconds when first asked for, worked out before anybody asks: how earlier forecasts did."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

from domain.rulebook.forecast.backtest import quarters
from domain.values.errors import Busy, StoreUnavailable
from web.words.dates import today

if TYPE_CHECKING:
    from projections.engine.reader import Reader
    from web.store.store import Store

REST = 1.0
"""Seconds of rest for each second of work: whoever asks for a page meanwhile comes first."""


EVERY = 300.0
"""Seconds after which a server looks whether the history moved on."""


def begin(store: Store, *, first: date, on: date, every: float | None = None) -> Thread | None:
    """Works out, beside the server, the quarters that the page of forecasts shows on a day; gives the thread at it.
    Every so many seconds again, which costs nothing while the history stays as it is.

    None where the store cannot answer; whoever asks for a page is told so."""
    try:
        reader = store.reader
    except StoreUnavailable:
        return None

    def work() -> None:
        forecasts(reader, first=first, on=on, rest=REST)
        while every is not None:
            sleep(every)
            with suppress(StoreUnavailable):
                forecasts(store.reader, first=first, on=max(on, today()), rest=REST)

    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def forecasts(reader: Reader, *, first: date, on: date, rest: float = 0.0) -> None:
    """One quarter after another, then all of them, which are kept until the history moves on. Given up where the store
    cannot answer just now."""
    from projections.outlook.forecasts import backtest_of, visit_backtest_of

    for since, until in (*((origin, origin) for origin in quarters(first, on)), (first, on)):
        for held_to_account in (backtest_of, visit_backtest_of):
            began = monotonic()
            try:
                held_to_account(reader, first=since, last=until, as_at=on)
            except (Busy, StoreUnavailable):
                return
            sleep(rest * (monotonic() - began))
