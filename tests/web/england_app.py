"""An application with the facts of England that ship, and nothing else."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

from tests.web.demo_app import served
from web import WebApp
from web.england.taking_in import take_in
from web.store.settings import Settings
from web.store.store import Store


def england_app(home: Path) -> WebApp:
    """A store of its own in `home`, ready to serve."""
    copytree(_taken_in_once(), home, dirs_exist_ok=True)
    return served(home)


@cache
def _taken_in_once() -> Path:
    """The home folder that every such store of this process is a copy of; nobody has it open."""
    home = Path(mkdtemp(prefix="timeline-england-"))
    atexit.register(rmtree, home)
    store = Store(Settings(home=home))
    store.migrate()
    take_in(store)
    store.close()
    return home
