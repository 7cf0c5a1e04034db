"""The findings of a letter: its lists of areas for improvement and for priority action, and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import takewhile

from domain.values.documents import ItemRead, ParagraphRead, PlaceRead, SectionRead
from domain.values.national_framework import outcomes_named
from web.intake.reports.flow import BlockRole, TextBlock
from web.intake.reports.notes import ReadingNotes

_AREAS = r"(?:key )?areas?(?:\(s\)|/s)?"
_PRIORITY = re.compile(
    rf"(?:{_AREAS} (?:for|of|requiring|that requires?) )?(?:immediate |urgent )?priority actions?", re.IGNORECASE
)
_IMPROVE = (
    re.compile(
        r"what (?:\w+ ){0,6}needs? to (?:improve|be improved|get better|be better|do better)\b.*", re.IGNORECASE
    ),
    re.compile(
        rf"{_AREAS} (?:(?:for|requiring|in need of) (?:further )?(?:improvement|development)s?"
        r"|(?:that|which) need to (?:improve|be improved)|needing (?:further )?improvement)",
        re.IGNORECASE,
    ),
)
"""The likelier first: where a letter has both, the second heads a part of its narrative."""
_OTHERS = re.compile(
    r"overview|context|background|headline findings?|(?:main |key )?findings?(?: and evaluation of progress)?"
    r"|(?:key |multi-agency )?strengths?|areas? of strength|areas covered by the visit|next steps?|conclusions?",
    re.IGNORECASE,
)
_OF_EARLIER = re.compile(r"\b(?:previous|last|earlier|prior|progress)\b", re.IGNORECASE)
_STUDY = re.compile(r"(?:case|practice) stud(?:y|ies)\b", re.IGNORECASE)
_LONGEST_HEADING = 100
_CLOSING = re.compile(
    r"yours? (?:sincerely|faithfully|truly)|ofsted will (?:take|send|consider)|(?:i am|we are) copying this letter"
    r"|this letter will be (?:shared|published|copied)|we have notified|where a focused visit results in"
    r"|(?:i|we) (?:look forward|would like to thank)|ofsted\s+care quality commission",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    rf"{_AREAS} (?:for|of|requiring) priority actions?\s*[:\u2013-]\s+(?P<area>.{{10,}})", re.IGNORECASE
)
"""A heading and its finding in one paragraph."""
_SIGNED = re.compile(r"yours? (?:sincerely|faithfully|truly)", re.IGNORECASE)
_ENDS = re.compile(rf"{_CLOSING.pattern}|(?:his|her) majesty.s inspector", re.IGNORECASE)
"""What stands only at the end of a letter."""
_PRIORITIES = r"(?:areas?\s+(?:for|of)\s+)?priority\s+actions?"
_NONE_MADE = re.compile(
    rf"\b(?:no|not\s+(?:made|identified|set)(?:\s+any)?|nor|without)\s+(?:additional\s+|further\s+|new\s+|other\s+)?{_PRIORITIES}",
    re.IGNORECASE,
)
_REMAINS = re.compile(
    rf"{_PRIORITIES}(?:\s+\w+){{0,14}}?\s+(?:remain|remains|still\s+stand|continue)\b|existing\s+{_PRIORITIES}",
    re.IGNORECASE,
)
_NOTIFIED = re.compile(
    rf"notified\s+the\s+(?:\w+\s+){{1,4}}of\s+the\s+{_PRIORITIES}"
    rf"|{_PRIORITIES}\s+(?:has|have|was|were)\s+(?:\w+\s+)?(?:been\s+)?(?:identified|made|set)\s+(?:during|at|on|in|following)\s+this",
    re.IGNORECASE,
)
_NO_IMPROVEMENT = re.compile(
    r"\bno\s+(?:additional\s+|further\s+|new\s+)?areas?\s+for\s+improvement|areas?\s+for\s+improvement\b.{0,80}\bremain\b",
    re.IGNORECASE,
)

_EARLIER_REMAIN = "The letter says that areas for priority action of an earlier visit remain; it makes none of its own."
_BROKEN_OFF = "The letter breaks off before its end: pages are missing, and what they say is not known."
_UNTOLD = "Whether the letter makes an area for priority action could not be told."


@dataclass(frozen=True)
class Findings:
    """`priority_action` is None where it could not be told."""

    improvements: tuple[ItemRead, ...]
    priority_actions: tuple[ItemRead, ...]
    priority_action: bool | None


class _Part(Enum):
    """What stands below a heading."""

    PRIORITIES = "priorities"
    IMPROVEMENTS = "improvements"
    WEAKNESSES = "weaknesses"
    NARRATIVE = "narrative"
    STUDY = "study"


_LISTS = {_PRIORITY: _Part.PRIORITIES, _IMPROVE[0]: _Part.IMPROVEMENTS, _IMPROVE[1]: _Part.WEAKNESSES}


@dataclass(frozen=True)
class _Chapter:
    part: _Part | None
    heading: TextBlock
    below: tuple[TextBlock, ...]


def is_heading(block: TextBlock) -> bool:
    """By its look, or, where the document shows none, by its words."""
    return block.role is BlockRole.HEADING or (
        block.role is BlockRole.TEXT and len(block.text) < _LONGEST_HEADING and _part(block) is not None
    )


def _part(heading: TextBlock) -> _Part | None:
    """What stands below it, by its words; one that looks like a heading may say more than the words known."""
    bare = heading.text.strip(" .:?\u2013-0123456789")
    for known, part in _LISTS.items():
        if known.fullmatch(bare):
            return part
        if heading.role is BlockRole.HEADING and known.match(bare) and not _OF_EARLIER.search(bare):
            return part
    if _STUDY.match(bare):
        return _Part.STUDY
    return _Part.NARRATIVE if _OTHERS.fullmatch(bare) else None


def until_signed(blocks: Iterable[TextBlock]) -> list[TextBlock]:
    """The blocks before the letter is signed."""
    return list(takewhile(lambda block: not _SIGNED.match(block.text), blocks))


def _chapters(blocks: Iterable[TextBlock], *, subheadings: bool) -> list[_Chapter]:
    """Each heading with what stands below it, as far as the next; what stands before the first is left out.

    With `subheadings`, a list goes on under headings of its own, as bullets where it has bullets, and after a box with
    a study."""
    chapters: list[_Chapter] = []
    going_on: _Part | None = None
    for block in until_signed(blocks):
        if is_heading(block):
            part = _part(block)
            if part is not _Part.STUDY and not (part is None and subheadings):
                going_on = part
            chapters.append(_Chapter(part, block, ()))
        elif chapters:
            last = chapters[-1]
            if not last.below and last.part in (None, _Part.STUDY):
                listed = going_on in _LISTS.values() and (
                    block.role is BlockRole.BULLET or (last.part is None and not _bulleted(chapters, going_on))
                )
                going_on = going_on if listed or last.part is _Part.STUDY else None
                last = replace(last, part=going_on if listed else last.part)
            elif last.part is _Part.STUDY and block.role is BlockRole.BULLET and going_on in _LISTS.values():
                last = _Chapter(going_on, last.heading, ())
                chapters.append(last)
            chapters[-1] = replace(last, below=(*last.below, block))
    return chapters


def _bulleted(chapters: Iterable[_Chapter], part: _Part | None) -> bool:
    """Whether the list so far has bullets; one without may go on in paragraphs."""
    return any(
        block.role is BlockRole.BULLET for chapter in chapters if chapter.part is part for block in chapter.below
    )


def findings_of(blocks: Sequence[TextBlock], notes: ReadingNotes, *, subheadings: bool = False) -> Findings:
    """The lists under their headings, and whether an area for priority action is made.

    A heading is not a finding: under it may stand that there is none, or that those of an earlier visit remain."""
    chapters = _chapters(blocks, subheadings=subheadings)
    priorities: list[ItemRead] = []
    improvements: dict[_Part, list[ItemRead]] = {_Part.IMPROVEMENTS: [], _Part.WEAKNESSES: []}
    said: list[bool | None] = []
    for chapter in chapters:
        if chapter.part is _Part.PRIORITIES:
            told, items = _priorities(chapter.below, notes)
            said.append(told)
            priorities += items
            for value in ("priority_action", "areas_for_priority_action")[: 1 + bool(items)]:
                notes.places.setdefault(value, _place(chapter))
        elif chapter.part is not None and chapter.part in improvements:
            improvements[chapter.part] += _items(chapter.below, _NO_IMPROVEMENT)
    for block in () if said else until_signed(blocks):
        run_in = _RUN_IN.match(block.text)
        if run_in and not _NONE_MADE.search(block.text):
            said.append(True)
            priorities.append(_item(run_in["area"], block.page))
            notes.places.setdefault("priority_action", PlaceRead(block.page, block.text))
    chosen = next((part for part, items in improvements.items() if items), None)
    for chapter in chapters:
        if chapter.part is chosen:
            notes.places.setdefault("areas_for_improvement", _place(chapter))
    priority = _whether(said, until_signed(blocks), notes)
    if not any(_ENDS.match(block.text) for block in blocks):
        notes.doubt(_BROKEN_OFF, "areas_for_improvement")
        priority = priority or None
    if priority is None:
        notes.doubt(_UNTOLD, "priority_action")
    return Findings(tuple(improvements[chosen] if chosen else ()), tuple(priorities), priority)


def _priorities(below: Sequence[TextBlock], notes: ReadingNotes) -> tuple[bool | None, list[ItemRead]]:
    own = list(takewhile(lambda block: not _CLOSING.match(block.text), below))
    text = " ".join(block.text for block in own)
    lists = [block for block in own if block.role is BlockRole.BULLET and not _NONE_MADE.search(block.text)]
    if not lists and (_NONE_MADE.search(text) or _REMAINS.search(text)):
        if _REMAINS.search(text):
            notes.doubt(_EARLIER_REMAIN)
        return False, []
    items = _items(own, _NONE_MADE)
    return (True if items else None), items


def _whether(said: Sequence[bool | None], body: Sequence[TextBlock], notes: ReadingNotes) -> bool | None:
    """Whether the letter makes one: by its headings, and where it has none by what it says of this visit."""
    if said:
        return True if True in said else None if None in said else False
    text = " ".join(block.text for block in body)
    if _NOTIFIED.search(text):
        return None
    remains = _REMAINS.search(text)
    if remains and remains[0].casefold().startswith("existing"):
        notes.doubt(_EARLIER_REMAIN)
    return False


def _items(below: Sequence[TextBlock], none: re.Pattern[str]) -> list[ItemRead]:
    """One for each bullet, with its second level; where there are no bullets, one for each paragraph."""
    own = list(takewhile(lambda block: not _CLOSING.match(block.text), below))
    bullets = [block for block in own if block.role is BlockRole.BULLET]
    if not bullets:
        return [
            _item(block.text, block.page) for block in own if not none.search(block.text) and block.text[-1:] != ":"
        ]
    gathered: list[tuple[str, int]] = []
    for block in bullets:
        if block.level == 2 and gathered:
            text, page = gathered[-1]
            gathered[-1] = (f"{text}{'' if text.endswith((':', ';')) else ';'} {block.text}", page)
        elif not none.search(block.text):
            gathered.append((block.text, block.page))
    return [_item(text, page) for text, page in gathered]


def _item(text: str, page: int) -> ItemRead:
    return ItemRead(text, outcomes_named(text), page)


def _place(chapter: _Chapter) -> PlaceRead:
    first = chapter.below[0].text if chapter.below else ""
    return PlaceRead(chapter.heading.page, f"{chapter.heading.text} {first}".strip())


def sections_of(blocks: Sequence[TextBlock], *, subheadings: bool = False) -> tuple[SectionRead, ...]:
    """The paragraphs by heading, without the lists of findings and without the letter's close."""
    chapters = _chapters(blocks, subheadings=subheadings)
    lists = {_Part.PRIORITIES, _Part.IMPROVEMENTS}
    if not any(chapter.part is _Part.IMPROVEMENTS for chapter in chapters):
        lists.add(_Part.WEAKNESSES)
    sections = []
    for chapter in chapters:
        paragraphs = tuple(
            ParagraphRead(block.text, block.page, block.number)
            for block in chapter.below
            if not _CLOSING.match(block.text)
        )
        if paragraphs and chapter.part not in lists:
            sections.append(SectionRead(chapter.heading.text, None, paragraphs))
    return tuple(sections)
