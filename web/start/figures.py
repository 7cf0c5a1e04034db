"""What the start page shows of all authorities, from one answer of the register: nothing is worked out twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.frameworks import AREAS, FOUR_POINTS, GRADES, Grade
from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.results import Pathway
from domain.values.activities import Activity
from domain.values.words import listed
from projections.authorities.regions import regions
from projections.engine.answers import PlannerAnswer, RegisterRow
from web.charts.tile_map import TileMap, TileOf, tile_map
from web.words import words
from web.words.lists.letters import LetterShown, letter, overall_letter
from web.words.register import GRADE_NOT_KNOWN, NO_OVERALL, Bar, RegisterLine

BY_GRADE, BY_PATHWAY = "grade", "pathway"
REPORTS = 4
SOONEST = 4
PATHWAY_LETTERS: Mapping[Pathway, str] = {
    Pathway.GOOD_OR_OUTSTANDING: "G",
    Pathway.REQUIRES_IMPROVEMENT: "RI",
    Pathway.INADEQUATE: "I",
    Pathway.NOT_YET_JUDGED: "–",
    Pathway.UNKNOWN: "?",
}
SHORT_COUNTS: Mapping[str, str] = {NO_OVERALL: "No overall grade", GRADE_NOT_KNOWN: "Not known"}


@dataclass(frozen=True)
class NewReport:
    """A report that counts, with its grades; `grades` are a short name of each area with its letter."""

    urn: str
    name: str
    day: str
    grades: tuple[tuple[str, LetterShown], ...]


@dataclass(frozen=True)
class LikelySoon:
    """An authority in its window, with the middle of its forecast: as likely before as after."""

    urn: str
    name: str
    grade: LetterShown
    ends: str
    middle: str


@dataclass(frozen=True)
class RegionLine:
    """How many authorities of a region, or of England, are at each grade, the best first, and without one."""

    name: str
    numbers: tuple[int, ...]
    total: int


def short_label(bar: Bar) -> str:
    return SHORT_COUNTS.get(bar.value, bar.label)


def england(rows: Iterable[RegisterRow], bars: Sequence[Bar], by: str) -> TileMap:
    """The map by grade or by pathway; its description has the numbers of the counts beside it."""
    shown = [_by_pathway(row) if by == BY_PATHWAY else _by_grade(row) for row in rows]
    told = listed([f"{bar.number} {short_label(bar).lower()}" for bar in bars if bar.number])
    return tile_map(
        shown,
        title=f"{words.count(len(shown), 'authority', 'authorities')} of England by {_called(by)}",
        desc=f"One tile for each authority, about where it lies: {told}.",
    )


def _called(by: str) -> str:
    return "pathway" if by == BY_PATHWAY else "their latest overall grade"


def _by_grade(row: RegisterRow) -> TileOf:
    governing, name = row.standing.governing, row.authority.name
    mark = overall_letter(governing)
    if governing is None or governing.judged.overall is not None:
        shown = mark.letter if mark.letter in _LETTERS else "?"
        return TileOf(row.authority.urn, f"{name}: {mark.words}", shown, mark.tone)
    parts = [(area, grade) for area in governing.judged.areas if (grade := governing.grades.get(area))]
    told = "; ".join(f"{AREAS[area].words} {words.GRADES[grade].lower()}" for area, grade in parts)
    return TileOf(
        row.authority.urn,
        f"{name}: no overall grade: {told}" if told else f"{name}: not known",
        "?",
        words.NO_TONE,
        tuple(words.GRADE_TONES[grade] for _, grade in parts),
    )


_LETTERS = frozenset(row.letter for row in GRADES.values())


def _by_pathway(row: RegisterRow) -> TileOf:
    pathway = row.standing.pathway
    return TileOf(
        row.authority.urn,
        f"{row.authority.name}: {words.PATHWAYS[pathway].lower()}",
        PATHWAY_LETTERS[pathway],
        words.PATHWAY_TONES[pathway],
    )


def newest(rows: Iterable[RegisterRow]) -> tuple[NewReport, ...]:
    """The reports that count, the newest first."""
    held = [(row.standing.governing, row) for row in rows if row.standing.governing is not None]
    dated = [(governing.public_on, row, governing) for governing, row in held if governing and governing.public_on]
    dated.sort(key=lambda one: (-one[0].toordinal(), one[1].authority.name))
    return tuple(
        NewReport(row.authority.urn, row.authority.name, words.short_day(day), tuple(_grades(governing)))
        for day, row, governing in dated[:REPORTS]
    )


def _grades(governing: Activity) -> Iterator[tuple[str, LetterShown]]:
    areas = governing.judged.areas
    overall = [governing.judged.overall] if governing.judged.overall is not None else []
    for area in (*overall, *(one for one in areas if one not in overall)):
        grade: Grade | None = governing.grades.get(area)
        if grade is not None:
            yield AREAS[area].head, letter(grade, area, governing)


def soonest(planned: PlannerAnswer, found: Iterable[Outlook], rows: Iterable[RegisterRow]) -> tuple[LikelySoon, ...]:
    """Those of the open windows whose forecast has the earliest middle."""
    closes = {window.authority.urn: window.closes for window in planned.open}
    governing = {row.authority.urn: row.standing.governing for row in rows}
    told = [(one.forecast.median, one.authority) for one in found if one.forecast is not None]
    told.sort(key=lambda one: (one[0], closes[one[1].urn], one[1].name))
    return tuple(
        LikelySoon(
            facts.urn,
            facts.name,
            overall_letter(governing[facts.urn]),
            words.short_day(closes[facts.urn]),
            words.month(median),
        )
        for median, facts in told[:SOONEST]
    )


def by_region(found: Sequence[RegisterLine], rows: Iterable[RegisterRow]) -> tuple[RegionLine, ...]:
    """Each region by name, then England."""
    kept = {region: [row for row in found if row.region == region] for region in regions(row.authority for row in rows)}
    return tuple(_line(name, those) for name, those in [*kept.items(), ("England", found)])


def _line(name: str, those: Sequence[RegisterLine]) -> RegionLine:
    counts = Counter(row.judgement for row in those)
    numbers = [counts[row.grade.value] for row in FOUR_POINTS.grades]
    return RegionLine(name, (*numbers, counts[NO_OVERALL], counts[GRADE_NOT_KNOWN]), len(those))


def grade_heads() -> tuple[LetterShown, ...]:
    return tuple(
        LetterShown(row.letter, words.GRADES[row.grade], words.GRADE_TONES[row.grade]) for row in FOUR_POINTS.grades
    )


def windows_told(opening: int, overdue: int, unknown: int, called: int) -> str:
    """What is to be said beside the number of open windows, and nothing that rests on a source that ends before."""
    told = [f"{words.count(opening, 'more opens', 'more open')} in the next six months." if opening else ""]
    if overdue:
        told.append(
            f"{words.count(overdue, 'is past its end', 'are past their end')}: Ofsted is later than its policy; "
            "it is no fault of the council."
        )
    if unknown:
        told.append(f"Of {unknown} more it is not known whether an inspection came before the window ended.")
    if called:
        told.append(
            f"{words.count(called, 'inspection is', 'inspections are')} called, on site or waiting for the report."
        )
    return " ".join(one for one in told if one)
