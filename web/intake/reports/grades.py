"""The grades of a report: from the table on its front page, checked by where its cells stand and by the headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.frameworks import AREAS, Area, Framework, Grade
from domain.values.documents import PlaceRead
from web.intake.reports.front import FrontPage
from web.intake.reports.pages import TextCell, TextLine

_GRADE = r"(?P<grade>outstanding|good|inadequate|adequate|requires?\s+improvement(?:\s+to\s+be\s+good)?|not\s+judged)\b"
_WORDS = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "adequate": Grade.REQUIRES_IMPROVEMENT,
    "inadequate": Grade.INADEQUATE,
}
"""`adequate` was the third of the four grades before the single inspection framework."""

_FAMILIES = (
    r"(?:impact\s+of\s+(?:the\s+)?leaders\s+on\s+(?:social\s+work\s+)?practice(?:\s+with\s+children\s+and\s+families)?)"
)
ILACS_LABELS: Mapping[Area, str] = {
    Area.IMPACT_OF_LEADERS: _FAMILIES,
    Area.HELP_AND_PROTECTION: r"children(?:\s+and\s+families)?\s+who\s+need\s+help\s+and\s+protection",
    Area.IN_CARE_AND_CARE_LEAVERS: r"children\s+in\s+care\s+and\s+care\s+leavers",
    Area.IN_CARE: r"children\s+in\s+care(?!\s+and\s+care)",
    Area.CARE_LEAVERS: r"(?<!care\sand\s)(?<!care\sand)care\s+leavers",
    Area.OVERALL_EFFECTIVENESS: r"overall\s+effectiveness",
}
SIF_LABELS: Mapping[Area, str] = {
    Area.HELP_AND_PROTECTION: r"children\s+who\s+need\s+help\s+and\s+protection",
    Area.LOOKED_AFTER_AND_PERMANENCE: (
        r"(?:children\s+looked\s+after|looked\s+after\s+children)\s+and\s+achieving\s+permanence"
    ),
    Area.ADOPTION: r"adoption\s+performance",
    Area.CARE_LEAVERS: r"(?:experiences\s+and\s+progress\s+of\s+)?care\s+leavers",
    Area.LEADERSHIP_MANAGEMENT_GOVERNANCE: r"leadership,?\s+management\s+and\s+governance",
}
EARLIER_LABELS: Mapping[Area, str] = {
    Area.OVERALL_EFFECTIVENESS: r"overall\s+effectiveness(?:\s+of\s+services[^.:;]{0,80}?)?",
}


@dataclass(frozen=True)
class GradeRead:
    """What one row says; `grade` None where it says that there was no judgement."""

    area: Area
    grade: Grade | None
    place: PlaceRead


def grade_of(words: str) -> Grade | None:
    """The grade that words name; None for `not judged`."""
    plain = " ".join(words.casefold().split())
    return Grade.REQUIRES_IMPROVEMENT if plain.startswith("require") else _WORDS.get(plain)


def grade_alone(words: str) -> bool:
    """Whether the words are a grade and nothing else."""
    return len(words) < _LONGEST_GRADE and bool(_GRADE_ALONE.fullmatch(words))


def label_alone(words: str, labels: Mapping[Area, str]) -> bool:
    """Whether the words are what an area is called and nothing else."""
    return len(words) < _LONGEST_HEADING and any(
        re.fullmatch(rf"{_LEADS}{label}", words, re.IGNORECASE) for label in labels.values()
    )


def labels_of(framework: Framework | None) -> Mapping[Area, str]:
    """How each area is called on the front pages of a framework, as patterns."""
    if framework is Framework.SIF:
        return SIF_LABELS
    return ILACS_LABELS if framework is Framework.ILACS else EARLIER_LABELS


def table_grades(front: FrontPage, labels: Mapping[Area, str]) -> tuple[dict[Area, GradeRead], list[str]]:
    """The grades of the table on the front page, and sentences on those that are left out.

    They are read twice: by the text, where a grade follows its label, and by place, where it stands beside it."""
    followed, beside = _following(front, labels), _beside(front, labels)
    at_odds = {area for area in followed.keys() & beside.keys() if followed[area].grade is not beside[area].grade}
    doubts = [
        f"The grade for {AREAS[area].words} reads “{followed[area].place.words}” and by its place "
        f"“{beside[area].place.words}”; it was left out."
        for area in followed
        if area in at_odds
    ]
    return {area: read for area, read in (beside | followed).items() if area not in at_odds}, doubts


def spilt_grades(page: Sequence[TextLine], labels: Mapping[Area, str]) -> dict[Area, GradeRead]:
    """The grades of a table that goes on at the head of the page after the front page."""
    top = tuple(page[:_SPILT_LINES])
    return _following(FrontPage(top[0].page, top, (), {}), labels) if top else {}


def _text(lines: Iterable[TextLine]) -> str:
    return "\n".join(line.text.strip() for line in lines)


def _following(front: FrontPage, labels: Mapping[Area, str]) -> dict[Area, GradeRead]:
    text = _text(front.lines)
    read: dict[Area, GradeRead] = {}
    for area, label in labels.items():
        for found in re.finditer(rf"{label}[\s:–-]{{0,4}}\d?[\s:–-]{{0,4}}{_GRADE}", text, re.IGNORECASE):
            place = PlaceRead(front.page, " ".join(found[0].split()))
            read.setdefault(area, GradeRead(area, grade_of(found["grade"]), place))
            break
    return read


_INDENT = 60
"""Labels begin at most so many points to the right of the page's text."""
_APART = 40
"""The second column begins at least so many points to the right of where labels do."""
_ROW = 4
"""How far above or below its label the grade of the first or last row may stand, in heights of its letters."""
_MOST_LINES = 4
_SPILT_LINES = 12
_LONGEST_HEADING = 250
_LONGEST_GRADE = 40
_GRADE_ALONE = re.compile(rf"\s*{_GRADE}\s*\d?\s*", re.IGNORECASE)
_GRADE_AT_END = re.compile(rf"(?<=\w)\s+{_GRADE}\s*$", re.IGNORECASE)
_LEADS = r"(?:\d(?:\.\d)?\.?\s*)?(?:the\s+)?(?:experiences\s+and\s+progress\s+of\s+)?(?:children\s+)?"


class _At(NamedTuple):
    """A cell of the front page with the height of its line, in points from the foot."""

    height: float
    cell: TextCell
    size: float


def _beside(front: FrontPage, labels: Mapping[Area, str]) -> dict[Area, GradeRead]:
    """By place: the words of the second column at the height of a row's label, whatever order the text has."""
    cells = [_At(line.baseline, cell, line.size) for line in front.lines for cell in line.cells]
    cells.sort(key=lambda at: (-at.height, at.cell.left))
    margin = min((at.cell.left for at in cells), default=0) + _INDENT
    rows = list(_rows([at for at in cells if at.cell.left < margin], labels))
    if not rows:
        return {}
    edge = max(at.cell.left for _, label in rows for at in label) + _APART
    second = [at for at in cells if at.cell.left > edge]
    read: dict[Area, GradeRead] = {}
    for number, (area, label) in enumerate(rows):
        first, last = label[0], label[-1]
        above = rows[number - 1][1][-1].height if number else first.height + first.size * _ROW
        below = rows[number + 1][1][0].height if number + 1 < len(rows) else last.height - last.size * _ROW
        top, bottom = (above + first.height) / 2, (below + last.height) / 2
        words = " ".join(at.cell.text for at in second if bottom < at.height < top)
        if found := _GRADE_ALONE.fullmatch(words):
            place = PlaceRead(front.page, " ".join([*(at.cell.text for at in label), words]))
            read[area] = GradeRead(area, grade_of(found["grade"]), place)
    return read


def _rows(column: Sequence[_At], labels: Mapping[Area, str]) -> Iterator[tuple[Area, tuple[_At, ...]]]:
    """Each row's area, with the cells of its label, as they stand in the first column."""
    patterns = {area: re.compile(rf"{_LEADS}{label}", re.IGNORECASE) for area, label in labels.items()}
    at = 0
    while at < len(column):
        for length in range(1, _MOST_LINES + 1):
            group = column[at : at + length]
            text = " ".join(_GRADE_AT_END.sub("", one.cell.text) for one in group)
            area = next((area for area, pattern in patterns.items() if pattern.fullmatch(text)), None)
            if area and not (area is Area.IN_CARE and _goes_on(column[at + length :])):
                yield area, tuple(group)
                at += length - 1
                break
        at += 1


def _goes_on(column: Sequence[_At]) -> bool:
    """Whether a label goes on: `children in care` in one line and `and care leavers` in the next."""
    return bool(column) and column[0].cell.text.casefold().startswith("and care")


def grades_of_headings(headings: Iterable[tuple[int, str]], labels: Mapping[Area, str]) -> Iterator[GradeRead]:
    """The grades that headings inside a report repeat: `… in care and care leavers are good`. Each with its page."""
    for page, heading in headings:
        if len(heading) > _LONGEST_HEADING:
            continue
        for area, label in labels.items():
            ending = rf"(?:\s*:|\s+is:?|\s+are:?)?\s+(?:that\s+it\s+)?(?:is\s+)?{_GRADE}\W*"
            if found := re.fullmatch(rf".{{0,80}}?{label}{ending}", heading, re.IGNORECASE):
                yield GradeRead(area, grade_of(found["grade"]), PlaceRead(page, heading))
                break


# --- in sentences ---------------------------------------------------------------------------------------------------

_WHERE = "(?:in|across|within|for|at|of|provided\\s+by)"
_OVERALL = (
    re.compile(rf"\boverall\s+judgement\s+is\s+(?:that\s+children[’']s\s+services\s+(?:are\s+)?)?{_GRADE}", re.I),
    re.compile(
        rf"\b(?:children[’']s\s+(?:social\s+care\s+)?services|services\s+for\s+children)\s+{_WHERE}\s+[^.;:\n]{{0,90}}?(?:\n[^.;:\n]{{0,90}}?)??\s(?:are|is|remain)?\s*(?:judged\s+to\s+be\s+)?{_GRADE}",
        re.I,
    ),
)
_LSCB = re.compile(
    r"\bThe\s+(?:effectiveness\s+of\s+the\s+)?(?:Local\s+Safeguarding\s+Children[’']?s?\s+Board(?:\s+\(LSCB\))?|LSCB)"
    rf"(?:\s+in\s+[A-Z][\w’ -]{{0,60}}?)?\s+(?:is|are)?\s*(?:judged\s+to\s+be\s+)?{_GRADE}",
)


def overall_in_a_sentence(front: FrontPage) -> GradeRead | None:
    """The overall grade of a single inspection, which its front page says in a sentence above the table."""
    text = _text(front.lines)
    for pattern in _OVERALL:
        if found := pattern.search(text):
            place = PlaceRead(front.page, " ".join(found[0].split()))
            return GradeRead(Area.OVERALL_EFFECTIVENESS, grade_of(found["grade"]), place)
    return None


_BEFORE_2013 = (
    re.compile(
        rf"\boverall\s+effectiveness(?:\s+of[^.:;]{{0,160}}?)?\s+(?:is|was)?\s*(?:judged\s+(?:to\s+be|as)\s+)?{_GRADE}",
        re.I,
    ),
    re.compile(r"\boverall\s+effectiveness[^.:;]{0,160}?\s+grade\s+\d\s+\((?P<grade>[a-z]+)\)", re.I),
)


def earlier_overall(pages: Iterable[Sequence[TextLine]]) -> tuple[GradeRead | None, str | None]:
    """The overall grade of an inspection before 2013, or a sentence on why there is none. The text says it."""
    said = [
        GradeRead(
            Area.OVERALL_EFFECTIVENESS,
            grade_of(found["grade"]),
            PlaceRead(lines[0].page, " ".join(found[0].split())),
        )
        for lines in pages
        for pattern in _BEFORE_2013
        for found in pattern.finditer(_text(lines))
    ]
    return _agreed(said, "overall effectiveness")


def _agreed(said: Sequence[GradeRead], what: str) -> tuple[GradeRead | None, str | None]:
    if len({read.grade for read in said}) < 2:
        return (said[0], None) if said else (None, None)
    told = "; ".join(dict.fromkeys(f"“{read.place.words}” (page {read.place.page})" for read in said))
    return None, f"The grade for {what} is told in two ways: {told}."


def lscb_grade(pages: Iterable[Sequence[TextLine]]) -> tuple[GradeRead | None, str | None]:
    """The grade of the Local Safeguarding Children Board, or a sentence on why there is none.

    The board's own part of the report says it; the same words elsewhere have to say the same."""
    said: list[GradeRead] = []
    for lines in pages:
        for found in _LSCB.finditer(_text(lines)):
            words = " ".join(found[0].split())
            said.append(GradeRead(Area.LSCB, grade_of(found["grade"].casefold()), PlaceRead(lines[0].page, words)))
    return _agreed(said, "the Local Safeguarding Children Board")
