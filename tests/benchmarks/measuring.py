"""How lines are measured: ours and the peer in turns, medians, each heavy run in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from tests import CHECKOUT

Value = float | int


@dataclass(frozen=True)
class Figure:
    """One row of the table: medians of `runs` runs each. `more` says that a larger figure is the better one."""

    name: str
    ours: float
    peer: float
    peer_name: str
    unit: str
    runs: int
    more: bool = False

    @property
    def ratio(self) -> float:
        """More than 1 means that ours is better."""
        better, worse = (self.ours, self.peer) if self.more else (self.peer, self.ours)
        return better / worse if worse else float("inf")

    def document(self) -> dict[str, Any]:
        keys = ("name", "ours", "peer", "peer_name", "ratio", "unit", "runs")
        found = {**asdict(self), "ratio": self.ratio}
        return {key: round(found[key], 4) if isinstance(found[key], float) else found[key] for key in keys}


@dataclass(frozen=True)
class Bench:
    """What a line is given: a folder that all lines share, and how much to measure (`quick`, `usual` or `full`)."""

    folder: Path
    size: str

    def pick(self, *, quick: int, usual: int, full: int | None = None) -> int:
        sizes = {"quick": quick, "usual": usual, "full": usual if full is None else full}
        return sizes[self.size]


LineFunction = Callable[[Bench], Iterator[Figure]]


def in_turns(runs: int, *works: Callable[[], Value]) -> list[float]:
    """The median of each work, all of them run by turns: forwards, then backwards, then forwards again."""
    found: list[list[Value]] = [[] for _ in works]
    for run in range(runs):
        order = range(len(works)) if run % 2 == 0 else reversed(range(len(works)))
        for place in order:
            found[place].append(works[place]())
    return [median(values) for values in found]


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def milliseconds(work: Callable[[], object]) -> Callable[[], float]:
    return lambda: timed(work) * 1_000


def apart(module: str, *arguments: object) -> dict[str, Any]:
    """What a module of this folder answers when it is run in a process of its own: one JSON object."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
    answer = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return found


def peak_mb() -> float:
    """The most memory this process has held, in MB (10⁶ bytes)."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not ru_maxrss, which a process inherits from the one that started it.
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1_024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024 / 1e6


def children_peak_mb() -> float:
    """The most memory that any one ended child of this process has held, in MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1_024 / 1e6


def answer(found: Mapping[str, Any]) -> None:
    """How a module run apart answers."""
    print(json.dumps(found), flush=True)


def run_line(lines: Mapping[str, LineFunction], arguments: list[str]) -> None:
    """What a module does when the table asks it for a line: tells each figure as JSON as soon as it is known."""
    name, folder, size = arguments
    for figure in lines[name](Bench(Path(folder), size)):
        answer(figure.document())
