"""How long a command takes that does nothing, and one that opens the store, beside Flask's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import CHECKOUT
from tests.benchmarks.measuring import Bench, Figure, in_turns, run_line, timed
from tests.benchmarks.stores import installation

BARE = '''"""Flask with one group of commands and nothing else."""

import click
from flask import Flask

app = Flask(__name__)


@app.cli.group()
def projections() -> None:
    """Nothing."""


@projections.command()
def status() -> None:
    """Nothing."""
'''


def cli(bench: Bench) -> Iterator[Figure]:
    """Both no-ops load the app, find a group of its commands, and print what is in it."""
    home = installation(bench.folder)
    runs = bench.pick(quick=3, usual=11)
    bare = bench.folder / "bare.py"
    bare.write_text(BARE, encoding="utf-8")
    peer = _running(home, "--app", str(bare), "projections", "--help")

    ours, flask = in_turns(runs, _running(home, "--app", "wsgi", "projections", "--help"), peer)
    yield Figure("cli-no-op", ours, flask, "Flask's own no-op (goal: 1.15 × at most, ratio 0.87)", "ms", runs)
    asking = _running(home, "--app", "wsgi", "standing", "Haringey", "--json")
    ours, flask = in_turns(runs, asking, peer)
    yield Figure("cli-standing", ours, flask, "Flask's own no-op (goal: 2.3 × at most, ratio 0.43)", "ms", runs)


def _running(home: Path, *arguments: str) -> Callable[[], float]:
    environment = {**os.environ, "TIMELINE_HOME": str(home)}
    command = [sys.executable, "-m", "flask", *arguments]

    def run() -> None:
        subprocess.run(command, cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL, check=True)

    run()
    return lambda: timed(run) * 1_000


if __name__ == "__main__":
    run_line({"cli": cli}, sys.argv[1:])
