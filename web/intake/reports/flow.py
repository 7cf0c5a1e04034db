"""A document as it reads: headings, bullets and paragraphs, each on one line, without what stands on every page.

Page numbers, running heads, footnotes and the sender's address are left out; what goes on over the end of a line or
of a page is one block. The order is that of the document's own text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from itertools import pairwise, takewhile

from domain.values.documents import PlaceRead
from web.intake.reports.pages import DocumentText, TextLine


class BlockRole(Enum):
    """What a block is to its reader."""

    HEADING = "heading"
    BULLET = "bullet"
    TEXT = "text"


@dataclass(frozen=True)
class TextBlock:
    """One heading, bullet or paragraph. `page` is where it begins, counted from 1; `level` of a bullet is 1 or 2;
    `left` in points; `number` where the document numbers it, `mark` the sign of a bullet; `lead` what stands in a
    column of its own before the rest of its first line."""

    text: str
    page: int
    role: BlockRole
    left: float
    level: int = 0
    number: str | None = None
    mark: str = ""
    lead: str = ""


_BULLET = re.compile(
    r"([\u25fc\u25a0\u25aa\u25cf\u2022\u00b7\u2043\uf000-\uf0ff]"
    r"|[o\u2010-\u2015\u2212\u23af\u25cb\u25b8\u27a2\u0336-](?=\s))\s*"
)
_SECOND = frozenset("o\u25cb\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u23af\u0336\uf02d-")
_NUMBER = re.compile(r"(\d{1,3})[.)]{1,2}(?:\s+(?=\S)|(?=[A-Z‘“]))")
_SMALL = 0.87
"""Letters smaller than this part of the usual size are footnotes, marks of footnotes or an address at the foot."""
_GAP = 1.45
"""A paragraph begins where the space from line to line is more than this times the usual."""
_LOOSE = 1.3
"""The distance between lines is at most this many times the size of the letters."""
_NOMINAL = 5
"""A size of so few points is that of a font which the page scales, and says nothing."""
_OFTEN = 0.15
"""Part of all distances between lines."""
_FULL = 0.8
"""A line that reaches at least this part of the way to the right goes on in the next, if it ends no sentence."""
_SAME_COLUMN = 20
"""Points by which the lines of one paragraph may begin further left or right."""
_LONGEST_HEADING = 160
_OPEN = re.compile(r"[^.?!:;\u201d\u2019)]$")


def blocks_of(document: DocumentText) -> tuple[TextBlock, ...]:
    """All blocks in the document's order."""
    lines = [line for line in document if line.text.strip()]
    if not lines:
        return ()
    usual = _usual_size(lines)
    repeated = _running(document)
    kept = [
        line
        for page in document.pages
        for line in _from_the_top(
            [one for one in page if one.text.strip() and not _is_furniture(one, usual, repeated, document.height)]
        )
    ]
    pitch, margin = _pitch(kept, usual), _margin(kept)
    groups: list[list[TextLine]] = []
    for before, line in zip([None, *kept], kept, strict=False):
        if before is None or _begins(before, line, groups[-1], pitch=pitch, margin=margin):
            groups.append([line])
        else:
            groups[-1].append(line)
    return tuple(block for block in _levelled(_block(group) for group in groups) if block.text)


def _usual_size(lines: Iterable[TextLine]) -> float:
    """The size that most letters have, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _running(document: DocumentText) -> frozenset[str]:
    """Lines without their numbers that stand at one height on three pages or more."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in document.pages:
        seen.update({(_without_numbers(line.text), round(line.baseline / 4)) for line in page})
    return frozenset(text for (text, _), times in seen.items() if times >= 3)


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "", text).strip()


def _is_furniture(line: TextLine, usual: float, repeated: frozenset[str], height: float) -> bool:
    outside = line.baseline < height * 0.11 or line.baseline > height * 0.93
    if outside and (re.fullmatch(r"(?:page )?\d{1,3}(?: of \d{1,3})?", line.text.strip(), re.IGNORECASE)):
        return True
    return line.size < usual * _SMALL or line.tag == "Note" or (_without_numbers(line.text) in repeated and outside)


def _from_the_top(page: Sequence[TextLine]) -> Iterator[TextLine]:
    """The lines with a box of text that comes last in the file where it stands on the page.

    What stands beside something else, as a column or a box with text around it, stays in its own order."""
    runs: list[list[TextLine]] = []
    for line in page:
        if runs and line.baseline <= runs[-1][-1].baseline + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    fallen = sorted(runs, key=lambda run: -run[0].baseline)
    if all(above[-1].baseline > below[0].baseline for above, below in pairwise(fallen)):
        runs = fallen
    return (line for run in runs for line in run)


def _pitch(lines: Sequence[TextLine], usual: float) -> float:
    """The least distance from one line to the next that is found often, in points."""
    gaps = Counter(
        round(above.baseline - below.baseline)
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < above.baseline - below.baseline < 40
    )
    often = max(gaps.total() * _OFTEN, 1)
    pitch = float(min((gap for gap, times in gaps.items() if times >= often), default=14))
    return min(pitch, usual * _LOOSE) if usual > _NOMINAL else pitch


def _margin(lines: Sequence[TextLine]) -> float:
    """How far right full lines reach, in points."""
    return sorted(line.right for line in lines)[len(lines) * 9 // 10] if lines else 0.0


def _begins(before: TextLine, line: TextLine, group: Sequence[TextLine], *, pitch: float, margin: float) -> bool:
    """Whether `line` begins a block of its own, after `before`, the last of `group`."""
    if _BULLET.match(line.text):
        return True
    if before.bold != line.bold and (_whole_bold(group) or line.bold):
        return True
    if line.page != before.page:
        return not _goes_on(before, line, group, margin)
    down = before.baseline - line.baseline
    if down < 0 or down > pitch * _GAP:
        return True
    if _BULLET.match(group[0].text) and line.left < group[0].left - 5:
        return True
    if before.tag is None or line.tag is None or before.block == line.block:
        return before.tag != line.tag
    return not (before.right > margin * _FULL and before.tag == line.tag == "P" and _OPEN.search(before.text.strip()))


def _whole_bold(group: Sequence[TextLine]) -> bool:
    return all(line.bold for line in group)


def _opens_a_number(line: TextLine, group: Sequence[TextLine], before: TextLine) -> bool:
    """Whether a numbered paragraph begins; a figure further to the right than the last number is in its text."""
    inside = bool(_NUMBER.match(group[0].text)) and line.left > group[0].left + 5
    return bool(_NUMBER.match(line.text)) and not before.hyphened and not inside


def _goes_on(before: TextLine, line: TextLine, group: Sequence[TextLine], margin: float) -> bool:
    """Whether a block goes on at the head of the next page."""
    if before.bold or line.bold or _opens_a_number(line, group, before):
        return False
    if _BULLET.match(group[0].text):
        return line.left > group[0].left + 5
    if abs(line.left - before.left) > _SAME_COLUMN:
        return False
    full = before.right > margin * _FULL
    return line.text.lstrip()[:1].islower() or (full and bool(_OPEN.search(before.text.strip())))


def _block(group: Sequence[TextLine]) -> TextBlock:
    first = group[0]
    text = joined(group)
    bullet = _BULLET.match(text)
    if bullet:
        level = 2 if bullet[1] in _SECOND else 1
        return TextBlock(
            text[bullet.end() :].strip(), first.page, BlockRole.BULLET, first.left, level=level, mark=bullet[1]
        )
    number = _NUMBER.match(text)
    heading = first.tag is not None and re.fullmatch(r"H\d?", first.tag) and not number
    if (_whole_bold(group) or heading) and len(text) <= _LONGEST_HEADING:
        return TextBlock(re.sub(r"(?<=[a-z?’'])\s?\d{1,2}$", "", text), first.page, BlockRole.HEADING, first.left)
    if number:
        return TextBlock(text[number.end() :], first.page, BlockRole.TEXT, first.left, number=number[1])
    lead = first.cells[0].text if len(first.cells) > 1 else ""
    return TextBlock(text, first.page, BlockRole.TEXT, first.left, lead=lead)


def joined(lines: Iterable[TextLine]) -> str:
    """The lines as one; a word broken at a hyphen keeps it, as Ofsted breaks words only where they have one."""
    text = ""
    hyphened = False
    for line in lines:
        text += line.text.strip() if hyphened or not text else f" {line.text.strip()}"
        hyphened = line.hyphened
    return " ".join(text.split())


def _levelled(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """With bullets that stand further to the right than the one before them on the second level."""
    first: TextBlock | None = None
    for block in blocks:
        if block.role is not BlockRole.BULLET:
            first = None
        elif first is None or block.left <= first.left + 9:
            first = block
            block = replace(block, level=1)
        else:
            block = replace(block, level=2)
        yield block


@dataclass(frozen=True)
class TextFlow:
    """The blocks of a document, and all of them as one text that tells of each place in it the page."""

    blocks: tuple[TextBlock, ...]

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts = []
        at = 0
        for block in self.blocks:
            starts.append(at)
            at += len(block.text) + 1
        return tuple(starts)

    @cached_property
    def text(self) -> str:
        """Blocks one after another, each on a line of its own."""
        return "\n".join(block.text for block in self.blocks)

    def page_at(self, place: int) -> int:
        """The page on which the block begins that holds this place of `text`."""
        return self.blocks[bisect_right(self._starts, place) - 1].page

    def found(self, match: re.Match[str], group: int | str = 0) -> PlaceRead:
        """Where something in `text` stands."""
        return PlaceRead(self.page_at(match.start(group)), " ".join(match[group].split()))

    def place_of(self, words: str) -> PlaceRead:
        """Where those words begin; on the first page where they are not in the text as they are."""
        at = self.text.find(words)
        return PlaceRead(self.page_at(at) if at >= 0 else 1, words)

    def under(self, heading: re.Pattern[str]) -> tuple[TextBlock, tuple[TextBlock, ...]] | None:
        """The first heading that matches wholly, and all blocks from it to the next heading."""
        for at, block in enumerate(self.blocks):
            if block.role is BlockRole.HEADING and heading.fullmatch(block.text.strip()):
                after = self.blocks[at + 1 :]
                return block, tuple(takewhile(lambda one: one.role is not BlockRole.HEADING, after))
        return None


def flow_of(document: DocumentText) -> TextFlow:
    """A document as it reads."""
    return TextFlow(blocks_of(document))
