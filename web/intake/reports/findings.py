"""What a graded report asks to improve: its lists, item by item, with the outcomes that an item names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.values.documents import ItemRead
from domain.values.national_framework import outcomes_named
from web.intake.reports.flow import BlockRole, TextBlock

_IMPROVE = re.compile(
    r"what (?:needs to|does the local authority need to) improve\W*|recommendations?\W*|areas? for improvement\W*",
    re.IGNORECASE,
)
_PRIORITY = re.compile(r"(?:areas? for )?priority (?:and immediate )?actions?\W*", re.IGNORECASE)
_BOARD = re.compile(r".*\b(?:LSCB|local safeguarding children[’']?s? board)\b.*", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:the )?experiences and progress|(?:the )?impact of leaders|overall effectiveness"
    r"|progress since|summary|information about|inspection (?:findings|judgement)|.*\bstrengths\b"
    r"|previous|executive|outcomes for|quality of provision|capacity to improve|record of main",
    re.IGNORECASE,
)
"""Headings after a list. Others in it only part it: `Quality of practice`."""

_LONGEST_PART = 70
_PRIVATE = "\ue000"
"""From here on letters are whatever a font makes of them."""
_DASH = "\u2212"


@dataclass(frozen=True)
class FindingsRead:
    """The lists of a report. `listed`: whether it has a list of what to improve at all, be it empty."""

    improvements: tuple[ItemRead, ...]
    priority_actions: tuple[ItemRead, ...]
    listed: bool


def findings_of(blocks: Sequence[TextBlock], *, parted: bool, numbered: bool) -> FindingsRead:
    """The lists that a report makes for the authority; those for its safeguarding board are left to its sections.

    `parted`: headings may stand between the items of a list. `numbered`: items may be numbered, as in single
    inspections; bullets are then parts of them."""
    found: dict[str, list[TextBlock]] = {"improve": [], "priority": []}
    mode = ""
    listed = False
    for block in blocks:
        if block.role is BlockRole.HEADING:
            mode = _mode(block.text, mode if parted else "")
            listed |= bool(mode)
            if listed and _BOARD.fullmatch(block.text) and (found["improve"] or found["priority"]):
                break
        elif mode:
            found[mode].append(block)
    return FindingsRead(
        tuple(items_of(found["improve"], numbered)), tuple(items_of(found["priority"], numbered)), listed
    )


def _mode(heading: str, mode: str) -> str:
    if _BOARD.fullmatch(heading):
        return ""
    if _PRIORITY.fullmatch(heading):
        return "priority"
    if _IMPROVE.fullmatch(heading):
        return "improve"
    return "" if _AFTER.match(heading) else mode


def items_of(blocks: Sequence[TextBlock], numbered: bool = False) -> Iterator[ItemRead]:
    """Each item on one line; bullets of a second level stay in the one above. `numbered`: items may have numbers."""
    item: ItemRead | None = None
    by_number = numbered and any(block.number for block in blocks)
    for block in blocks:
        if block.number if by_number else (block.role is BlockRole.BULLET and block.level == 1):
            if item:
                yield _with_outcomes(item)
            item = ItemRead(block.text, page=block.page)
        elif item and not (block.number and not numbered) and not (by_number and _parts(block)):
            mark = f"{block.mark if block.mark < _PRIVATE else _DASH} " if block.mark else ""
            item = replace(item, text=f"{item.text} {mark}{block.text}")
    if item:
        yield _with_outcomes(item)


def _parts(block: TextBlock) -> bool:
    """Whether a line between numbered items only says what the next ones are about."""
    return block.role is BlockRole.TEXT and len(block.text) < _LONGEST_PART and block.text[-1:].isalpha()


def _with_outcomes(item: ItemRead) -> ItemRead:
    return replace(item, outcomes=outcomes_named(item.text))
