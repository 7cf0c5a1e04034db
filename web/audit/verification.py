"""Verifies the log in a process of its own, so that pages are served meanwhile: `start` here, the rest over there.

The settings go over standard input: the address of a database may hold a password, and what a process was called with
can be seen by others."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from uuid import UUID

from web.store.settings import CHECKOUT, Settings

if TYPE_CHECKING:
    from web.store.store import Store

BEAT = 2.0
"""Seconds between signs of life."""

_children: list[subprocess.Popen[bytes]] = []
"""What this process started, to be looked after when it ends."""


def start(store: Store, person: UUID, kept: str, *, anew: bool = False) -> bool:
    """Begin a verification; False while another is running. `kept` are checkpoints that the person brought, `anew`
    replays every event for the read side."""
    _children[:] = [child for child in _children if child.poll() is None]
    run = store.verifications.begin(person, kept)
    if run is None:
        return False
    child = subprocess.Popen([sys.executable, "-m", "web.audit.verification"], stdin=subprocess.PIPE, cwd=CHECKOUT)
    _children.append(child)
    assert child.stdin is not None
    with child.stdin as told:
        what = {"settings": _written(store.settings), "run": str(run), "kept": kept, "anew": anew}
        told.write(json.dumps(what).encode())
    return True


def verify(store: Store, run: UUID, kept: str, *, anew: bool) -> None:
    """All seven checks, with signs of life on the way and the result at the end, whatever it is."""
    where: list[Any] = ["log", 0, 0]
    ended = Event()
    beats = Thread(target=_beat, args=(store, run, where, ended), daemon=True)
    beats.start()
    try:
        exit_code, report = _found(store, kept, anew, where)
    except Exception as fault:
        logging.getLogger(__name__).exception("the verification could not be finished")
        exit_code, report = 2, {"could_not_check": str(fault) or type(fault).__name__}
    ended.set()
    beats.join()
    store.verifications.finish(run, exit_code, report)


def _found(store: Store, kept: str, anew: bool, where: list[Any]) -> tuple[int, dict[str, Any]]:
    def seen(part: str) -> Callable[[int, int], None]:
        def progress(done: int, total: int) -> None:
            where[:] = [part, done, total]

        return progress

    at = datetime.now(UTC)
    with (
        TemporaryDirectory(prefix="timeline-verify-") as folder,
        store.replay(at=at, progress=seen("read side")) as replay,
    ):
        brought = Path(folder) / "what you entered"
        brought.write_text(kept, encoding="utf-8")
        report = store.audit.verify(
            checkpoints=[brought] if kept else [],
            read_models=replay,
            anew=anew,
            progress=seen("log"),
            remember=True,
            at=at,
        )
    return report.exit_code, report.document()


def _beat(store: Store, run: UUID, where: list[Any], ended: Event) -> None:
    while not ended.wait(BEAT):
        store.verifications.beat(run, *where)


def _written(settings: Settings) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Path) else value for name, value in asdict(settings).items()}


def _read(written: dict[str, Any]) -> Settings:
    paths = {name: Path(written[name]) for name in ("home", "signing_home") if written[name] is not None}
    return Settings(**written | paths | {"trusted_hosts": tuple(written["trusted_hosts"])})


def main() -> None:
    """What the started process does."""
    from web.store.store import Store

    told = json.load(sys.stdin)
    os.nice(10)
    store = Store(_read(told["settings"]))
    try:
        verify(store, UUID(told["run"]), told["kept"], anew=told["anew"])
    finally:
        store.close()


if __name__ == "__main__":
    main()
