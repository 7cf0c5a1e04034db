"""The text of a PDF as lines with their place, size and weight, without trusting it: `sandbox.py` does the parsing."""

from __future__ import annotations

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from web.intake.workbook import FileRefused

SECONDS = 20
"""Longest wait for one document, in seconds of the clock; its own limit is one of the processor."""

_SANDBOX = Path(__file__).with_name("sandbox.py")

HYPHEN = "\ufffe"
"""Ends a line whose last word goes on in the next line behind a hyphen."""


@dataclass(frozen=True)
class TextCell:
    """A stretch of one line without a wide gap in it; `left` and `right` in points from the page's left edge."""

    left: float
    right: float
    text: str


@dataclass(frozen=True)
class TextLine:
    """One line. `page` counts from 1; `baseline` in points from the page's foot; `size` of its letters in points.

    `tag` is the kind of element in a tagged document (`P`, `LI`, `H1`, `TD`, `Note` …), `""` of furniture such as a
    footer, None in a document without tags; `block` numbers the elements of one page. Only lines of
    the first pages and of tagged tables have more than one cell."""

    page: int
    baseline: float
    size: float
    bold: bool
    tag: str | None
    block: int
    cells: tuple[TextCell, ...]

    @cached_property
    def text(self) -> str:
        """Without the hyphen's mark: a line that ends in a hyphen ends in "-"."""
        return " ".join(cell.text for cell in self.cells).replace(HYPHEN, "-")

    @property
    def hyphened(self) -> bool:
        """Whether its last word goes on in the next line."""
        return self.cells[-1].text.endswith(HYPHEN)

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return self.cells[-1].right


@dataclass(frozen=True)
class DocumentText:
    """All lines of a document, page by page, each page in the document's own order."""

    pages: tuple[tuple[TextLine, ...], ...]
    height: float

    def __iter__(self) -> Iterator[TextLine]:
        return (line for page in self.pages for line in page)

    @property
    def marks_lists(self) -> bool:
        """Whether the file itself says what is an item of a list; else that is told by how it looks."""
        return any(line.tag in ("L", "LI", "Lbl", "LBody") for line in self)


class PdfReader:
    """Reads many documents, each in a process of its own. Use it as a context manager."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        process.kill()
        process.wait()

    def text(self, content: bytes) -> DocumentText:
        """Raises FileRefused where it is no PDF, damaged, or larger or slower than is allowed."""
        process = self._process or self._started()
        try:
            answer = json.loads(_asked(process, content))
        except (OSError, EOFError):
            self.close()
            raise FileRefused("it is damaged and cannot be read") from None
        except TimeoutError:
            self.close()
            raise FileRefused("it takes too long to read") from None
        if "refused" in answer:
            raise FileRefused(answer["refused"])
        pages = tuple(
            tuple(_line(number, stored) for stored in page["lines"]) for number, page in enumerate(answer["pages"], 1)
        )
        return DocumentText(pages, height=answer["pages"][0]["height"])

    def _started(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_SANDBOX)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )
        return self._process


def _asked(process: subprocess.Popen[bytes], content: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(struct.pack(">Q", len(content)) + content)
    process.stdin.flush()
    until = time.monotonic() + SECONDS
    (length,) = struct.unpack(">Q", _exactly(process.stdout.fileno(), 8, until))
    return _exactly(process.stdout.fileno(), length, until)


def _exactly(source: int, length: int, until: float) -> bytes:
    pieces: list[bytes] = []
    while length:
        if not select.select([source], [], [], max(until - time.monotonic(), 0))[0]:
            raise TimeoutError
        piece = os.read(source, min(length, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def _line(page: int, stored: list[Any]) -> TextLine:
    baseline, size, bold, tag, block, cells = stored
    return TextLine(
        page,
        baseline,
        size,
        bold,
        tag,
        block,
        tuple(TextCell(left, right, " ".join(text.split())) for left, right, text in cells),
    )
