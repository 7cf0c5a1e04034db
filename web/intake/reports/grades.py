"""The grades of a report: from the table on its front page, checked by where its cells stand and by the headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.frameworks import Area, Framework, Grade
from domain.values.documents import PlaceRead
from web.intake.reports.front import FrontPage
from web.intake.reports.pages import TextLine

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


def labels_of(framework: Framework | None) -> Mapping[Area, str]:
    """How each area is called on the front pages of a framework, as patterns."""
    if framework is Framework.SIF:
        return SIF_LABELS
    return ILACS_LABELS if framework is Framework.ILACS else EARLIER_LABELS


def table_grades(front: FrontPage, labels: Mapping[Area, str]) -> dict[Area, GradeRead]:
    """The grades of the table on the front page: each follows its label, or stands beside it in the next column."""
    followed = _following(front, labels)
    if len(followed) == len(_named(front, labels)):
        return followed
    beside = _beside(front, labels)
    if any(area in beside and beside[area].grade is not read.grade for area, read in followed.items()):
        return {area: read for area, read in followed.items() if area not in beside or beside[area].grade is read.grade}
    return followed | {area: read for area, read in beside.items() if area not in followed}


def _text(lines: Iterable[TextLine]) -> str:
    return "\n".join(line.text.strip() for line in lines)


def _following(front: FrontPage, labels: Mapping[Area, str]) -> dict[Area, GradeRead]:
    text = _text(front.lines)
    read: dict[Area, GradeRead] = {}
    for area, label in labels.items():
        for found in re.finditer(rf"{label}[\s:–-]*\d?[\s:–-]*{_GRADE}", text, re.IGNORECASE):
            place = PlaceRead(front.page, " ".join(found[0].split()))
            read.setdefault(area, GradeRead(area, grade_of(found["grade"]), place))
            break
    return read


def _named(front: FrontPage, labels: Mapping[Area, str]) -> set[Area]:
    """The areas that have a row of their own: a line of the front page begins with their label."""
    return {area for area, _ in _rows(front.lines, labels)}


_LEADS = r"(?:\d(?:\.\d)?\.?\s*)?(?:the\s+)?(?:experiences\s+and\s+progress\s+of\s+)?(?:children\s+)?"


def _rows(lines: Sequence[TextLine], labels: Mapping[Area, str]) -> Iterator[tuple[Area, tuple[TextLine, ...]]]:
    """Each row's area, with the lines of its label, as they stand in the first column."""
    left = [(line, line.cells[0].text) for line in lines]
    at = 0
    while at < len(left):
        for length in (1, 2, 3, 4):
            group = left[at : at + length]
            text = " ".join(_without_grade(words) for _, words in group)
            area = next(
                (area for area, label in labels.items() if re.fullmatch(rf"{_LEADS}{label}", text.strip(), re.I)), None
            )
            if area and not (area is Area.IN_CARE and _goes_on(left, at + length)):
                yield area, tuple(line for line, _ in group)
                at += length - 1
                break
        at += 1


def _goes_on(left: Sequence[tuple[TextLine, str]], at: int) -> bool:
    return at < len(left) and left[at][1].casefold().startswith(("and care", "and leav"))


_GRADE_ALONE = re.compile(rf"\s*{_GRADE}\s*\d?\s*", re.IGNORECASE)
_GRADE_AT_END = re.compile(rf"(?<=\w)\s+{_GRADE}\s*$", re.IGNORECASE)


def _without_grade(words: str) -> str:
    return _GRADE_AT_END.sub("", words)


def _beside(front: FrontPage, labels: Mapping[Area, str]) -> dict[Area, GradeRead]:
    """By place: the words of the second column at the height of a row's label, whatever order the text has."""
    rows = list(_rows(_sorted_first_column(front.lines), labels))
    read: dict[Area, GradeRead] = {}
    used = [line for _, lines in rows for line in lines]
    if not rows:
        return read
    edge = max(line.cells[0].left for line in used) + 40
    second = [(line, cell) for line in front.lines for cell in line.cells if cell.left > edge]
    for at, (area, lines) in enumerate(rows):
        above = rows[at - 1][1][-1].baseline if at else lines[0].baseline + lines[0].size * 4
        below = rows[at + 1][1][0].baseline if at + 1 < len(rows) else lines[-1].baseline - lines[-1].size * 4
        top = (above + lines[0].baseline) / 2
        bottom = (below + lines[-1].baseline) / 2
        words = " ".join(cell.text for line, cell in second if bottom < line.baseline < top)
        if found := _GRADE_ALONE.fullmatch(words):
            label = " ".join(line.cells[0].text for line in lines)
            read[area] = GradeRead(area, grade_of(found["grade"]), PlaceRead(front.page, f"{label} {words}"))
    return read


def _sorted_first_column(lines: Sequence[TextLine]) -> list[TextLine]:
    margin = min((line.left for line in lines), default=0) + 60
    return sorted((line for line in lines if line.left < margin), key=lambda line: -line.baseline)


# --- in sentences ---------------------------------------------------------------------------------------------------

_OVERALL = (
    re.compile(rf"\boverall\s+judgement\s+is\s+(?:that\s+children[’']s\s+services\s+(?:are\s+)?)?{_GRADE}", re.I),
    re.compile(
        rf"\bchildren[’']s\s+services\s+in\s+[^.;:\n]*?(?:\n[^.;:\n]*?)??\s(?:are|is|remain)?\s*(?:judged\s+to\s+be\s+)?{_GRADE}",
        re.I,
    ),
)
_LSCB = re.compile(
    r"\bThe\s+(?:effectiveness\s+of\s+the\s+)?(?:Local\s+Safeguarding\s+Children[’']?s?\s+Board(?:\s+\(LSCB\))?|LSCB)"
    rf"(?:\s+in\s+[A-Z][\w’ -]*?)?\s+(?:is|are)?\s*(?:judged\s+to\s+be\s+)?{_GRADE}",
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
