"""Reading Ofsted's own documents, beside the bare extraction of their text by the library underneath."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median

from tests.benchmarks import facts
from tests.benchmarks.measuring import Bench, Figure, answer, apart, children_peak_mb, peak_mb, run_line, timed

PROCESSOR, MEGABYTES = 0.2, 150.0
"""Seconds of the processor that one document may take, and what a process that reads documents may hold."""


def documents(bench: Bench) -> Iterator[Figure]:
    runs = bench.pick(quick=1, usual=3)
    most = bench.pick(quick=10, usual=60, full=600)
    if facts.real_files() is None:
        print("NO REAL FILES HERE: documents are not measured", file=sys.stderr)
        return
    found = [{what: apart("documents", what, most) for what in ("ours", "bare")} for _ in range(runs)]
    ours, bare = (median(one[what]["a_second"] for one in found) for what in ("ours", "bare"))
    peer = "bare pypdfium2, text only, in one process"
    yield Figure("documents-a-second", ours, bare, peer, "/s", runs, more=True)
    processor = median(one["ours"]["processor"] for one in found)
    yield Figure("document-processor", processor, PROCESSOR, "limit for one document", "s", runs)
    memory = median(one["ours"]["megabytes"] for one in found)
    yield Figure("documents-memory", memory, MEGABYTES, "limit; the larger of ours and the child", "MB", runs)


def _once(what: str, most: int) -> None:
    folder = facts.real_files()
    assert folder is not None
    every = sorted((folder / "documents").rglob("*.pdf"))
    chosen = every[:: max(len(every) // most, 1)]
    work = _ours if what == "ours" else _bare
    before = _processor()
    seconds = timed(lambda: work(chosen))
    answer(
        {
            "a_second": len(chosen) / seconds,
            "processor": (_processor() - before) / len(chosen),
            "megabytes": max(peak_mb(), children_peak_mb()),
        }
    )


def _processor() -> float:
    """Seconds of the processor that this process and its ended children have had."""
    return sum(used.ru_utime + used.ru_stime for used in (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)))


def _ours(paths: list[Path]) -> None:
    from domain.register.register import REGISTER
    from web.intake.reports.pages import PdfReader
    from web.intake.reports.reader import read_document

    with PdfReader() as pdf:
        for path in paths:
            read_document(path, register=REGISTER, today=date(2026, 11, 30), pdf=pdf)


def _bare(paths: list[Path]) -> None:
    import pypdfium2

    for path in paths:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            continue
        for page in document:
            page.get_textpage().get_text_range()
        document.close()


if __name__ == "__main__":
    if sys.argv[1] in ("ours", "bare"):
        _once(sys.argv[1], int(sys.argv[2]))
    else:
        run_line({"documents": documents}, sys.argv[1:])
