"""`python -m tests.benchmarks [--quick | --full] [LINE…]`: ours beside its peer or limit, as a table.

With BENCH_JSON=file the figures are written there as JSON lines as well; BENCH_SIZE=full is the same as `--full`,
which adds the million events."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from tests import CHECKOUT

LINES = {
    "import": "importing",
    "keeping-current": "keeping_current",
    "rebuild-sqlite": "rebuilding",
    "rebuild-million": "rebuilding",
    "rebuild-postgres": "rebuilding_postgres",
    "as-at-one": "asking",
    "as-at-all": "asking",
    "documents": "documents",
    "forecast": "forecasting",
    "page-authority": "pages",
    "page-list": "pages",
    "page-django": "django_page",
    "cli": "starting",
    "command": "commanding",
    "leaf": "auditing",
    "verify": "auditing",
    "verify-postgres": "auditing",
    "plan": "planning",
}
"""Each line, and the module that measures it."""

MINUTES = ("rebuild-million",)
"""Lines left out unless everything, or they by name, are asked for."""

HEADINGS = ("line", "ours", "peer", "ratio", "unit", "runs", "beside")
WIDTHS = (34, 11, 11, 8, 9, 5, 0)


def main() -> int:
    options = _options()
    chosen = options.line or [name for name in LINES if options.size == "full" or name not in MINUTES]
    report = os.environ.get("BENCH_JSON")
    if report:
        Path(report).write_text("", encoding="utf-8")
    began = monotonic()
    failed = []
    _print(HEADINGS)
    with TemporaryDirectory(prefix="timeline-bench-") as folder:
        for name in chosen:
            try:
                for figure in _figures(name, folder, options.size):
                    _print(_cells(figure))
                    if report:
                        with Path(report).open("a", encoding="utf-8") as file:
                            file.write(f"{json.dumps(figure)}\n")
            except subprocess.CalledProcessError:
                failed.append(name)
                print(f"!!! NOT MEASURED: {name}, see above", file=sys.stderr)
    if left_out := [name for name in MINUTES if name not in chosen]:
        print(f"\nLeft out, because it takes minutes: {', '.join(left_out)}. Ask by name, or with --full.")
    print(f"\nA ratio above 1 means ours is better; below about 1.5 it is noise. {monotonic() - began:.0f} s in all.")
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("line", nargs="*", metavar="LINE", help=", ".join(LINES))
    sizes = parser.add_mutually_exclusive_group()
    default = os.environ.get("BENCH_SIZE", "usual")
    sizes.add_argument("--quick", dest="size", action="store_const", const="quick", help="small sizes, few runs")
    sizes.add_argument("--full", dest="size", action="store_const", const="full", help="a million events as well")
    parser.set_defaults(size=default)
    options = parser.parse_args()
    if unknown := [name for name in options.line if name not in LINES]:
        parser.error(f"there is no line {unknown[0]}; there are {', '.join(LINES)}")
    if options.size not in ("quick", "usual", "full"):
        parser.error("BENCH_SIZE is quick, usual or full")
    return options


def _figures(name: str, folder: str, size: str) -> Iterator[dict[str, Any]]:
    """Each line runs in a process of its own, so that none bears another's memory, imports or caches."""
    command = [sys.executable, "-m", f"tests.benchmarks.{LINES[name]}", name, folder, size]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as line:
        assert line.stdout is not None
        for told in line.stdout:
            yield json.loads(told)
    if line.returncode:
        raise subprocess.CalledProcessError(line.returncode, command)


def _cells(figure: dict[str, Any]) -> tuple[str, ...]:
    numbers = (f"{figure[key]:,.{0 if figure[key] >= 1000 else 2}f}" for key in ("ours", "peer", "ratio"))
    return (figure["name"], *numbers, figure["unit"], str(figure["runs"]), figure["peer_name"])


def _print(cells: tuple[str, ...]) -> None:
    numbers = range(1, 4)
    padded = (
        cell.rjust(width) if place in numbers else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    )
    print("  ".join(padded).rstrip(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
