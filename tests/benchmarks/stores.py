"""Stores that lines share, each made once in the folder of the run, in a process of its own."""

from __future__ import annotations

import pickle
import shutil
import sys
from pathlib import Path

from tests.benchmarks.measuring import answer, apart


def log_of(folder: Path, events: int) -> Path:
    """A SQLite ledger of that many events: England's reports and findings over and over."""
    log = folder / f"log-{events}.db"
    if not log.exists():
        apart("stores", "log", folder, events)
    return log


def installation(folder: Path) -> Path:
    """The home of a store that has read the reports, the findings and, where they are to be had, Ofsted's own files."""
    home = folder / "home"
    if not home.exists():
        apart("stores", "home", folder)
    return home


def copy_of(home: Path, beside: Path) -> Path:
    """A store of its own to write to."""
    shutil.rmtree(beside, ignore_errors=True)
    return Path(shutil.copytree(home, beside))


def _make_log(folder: Path, events: int) -> None:
    from domain.ledger.store import open_ledger
    from tests.benchmarks import facts

    kept = folder / "england.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(facts.england(folder)))
    england = pickle.loads(kept.read_bytes())
    making = folder / f"making-{events}.db"
    with open_ledger(making, create=True) as ledger:
        facts.write(ledger, facts.copies(england, events))
    making.rename(folder / f"log-{events}.db")


def _make_home(folder: Path) -> None:
    from tests.benchmarks import facts
    from web.files.run import import_paths
    from web.store.settings import Settings
    from web.store.store import Store

    making = folder / "making-home"
    shutil.rmtree(making, ignore_errors=True)
    store = Store(Settings(home=making))
    store.migrate()
    real = facts.real_files()
    if real is None:
        facts.import_reports(store.application)
    else:
        files = [*facts.four_files(real), real / "recommendations" / "what_needs_to_improve.csv"]
        import_paths(store.application, files, actor="import")
    store.projector.catch_up()
    store.ledger.close()
    store.engine.dispose()
    making.rename(folder / "home")


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    if what == "log":
        _make_log(Path(where), int(rest[0]))
    else:
        _make_home(Path(where))
    answer({})
