"""A progress bar on a terminal; silence elsewhere, so that logs and pipes stay clean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bar(unit: str, label: str | None = None) -> Iterator[Callable[[int, int], None]]:
    """Yields `progress(done, total)`, drawn on standard error."""
    from tqdm import tqdm

    tqdm.monitor_interval = 0
    with tqdm(desc=label, unit=f" {unit}", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as drawn:

        def progress(done: int, total: int) -> None:
            drawn.total = total
            drawn.update(done - drawn.n)

        yield progress
