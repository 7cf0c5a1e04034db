"""Of refreshes of one installation one runs at a time, on whatever machine; one that died holds nothing."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from domain.values.errors import RuleBroken

if TYPE_CHECKING:
    from web.store.store import Store

REFRESHING = 4_071_859
"""The advisory lock's number in PostgreSQL, beside those of people and verifications."""


class AnotherRefreshes(RuleBroken):
    """Another process is at it."""


@contextmanager
def only_one(store: Store) -> Iterator[None]:
    """Raises AnotherRefreshes, saying since when, while another process is inside."""
    address = store.accounts_address
    if isinstance(address, Path):
        with (store.settings.home / "refresh.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise _refused(store) from None
            yield
        return
    with store.accounts_engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({REFRESHING})").scalar():
            raise _refused(store)
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({REFRESHING})")


def _refused(store: Store) -> AnotherRefreshes:
    last = next(iter(store.looks.runs(1)), None)
    since = f" since {last.started_at:%H:%M} UTC" if last is not None and last.ended_at is None else ""
    return AnotherRefreshes(f"Another refresh is running{since}. Nothing was fetched; wait for it to end.")
