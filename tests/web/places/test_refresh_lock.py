"""Of refreshes of one installation one runs at a time, and one that died holds nothing, with each kind of store."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import CHECKOUT
from web.store.refresh_lock import AnotherRefreshes, only_one
from web.store.settings import Settings
from web.store.store import Store

SECONDS_TO_NOTICE = 20

HOLDS = """
import sys, time
from pathlib import Path
from web.store.refresh_lock import only_one
from web.store.settings import Settings
from web.store.store import Store
store = Store(Settings(home=Path(sys.argv[1]), database_url=sys.argv[2] or None))
with only_one(store):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Iterator[Settings]:
    """Of an installation of each kind, prepared."""
    home = tmp_path / "instance"
    made = Settings(home=home, database_url=store_url if store_url.startswith("postgres") else None)
    store = Store(made)
    store.migrate()
    yield made
    store.close()


def _taken_soon(store: Store) -> None:
    """A server of its own needs a moment to see that who held it is gone."""
    last = time.monotonic() + SECONDS_TO_NOTICE
    while True:
        try:
            with only_one(store):
                return
        except AnotherRefreshes:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)


def test_a_second_is_refused_while_the_first_runs_and_let_in_after_it_was_killed(settings: Settings):
    store = Store(settings)
    words = [sys.executable, "-c", HOLDS, str(settings.home), settings.database_url or ""]
    holder = subprocess.Popen(words, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(AnotherRefreshes, match="Another refresh is running"), only_one(store):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        _taken_soon(store)
        with only_one(store):
            pass
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout is not None:
            holder.stdout.close()
        store.close()
