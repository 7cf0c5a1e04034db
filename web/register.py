"""The register of authorities as a page shows it: rows in words, filters, order, and the start page's counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.activities import Activity
from domain.judgements import AREAS, Area, Grade, JudgementSet
from domain.rulebook.standing import Pathway, WindowStatus
from projections.answers import RegisterRow
from web import words

NO_OVERALL = "no_overall"
GRADE_NOT_KNOWN = "not_known"
JUDGEMENTS: Mapping[str, str] = {
    **{grade.value: label for grade, label in words.GRADES.items()},
    NO_OVERALL: "No overall judgement (2026 framework)",
    GRADE_NOT_KNOWN: "Not judged or not known",
}
SHORT_AREAS: Mapping[Area, str] = {
    Area.IMPACT_OF_LEADERS: "Leaders",
    Area.HELP_AND_PROTECTION: "Help and protection",
    Area.IN_CARE: "In care",
    Area.CARE_LEAVERS: "Care leavers",
}
STATE_COLOURS: Mapping[WindowStatus, str] = {
    WindowStatus.UPCOMING: "grey",
    WindowStatus.IN_WINDOW: "blue",
    WindowStatus.OVERDUE: "orange",
    WindowStatus.NO_WINDOW: "grey",
}
FILTERS = ("q", "region", "pathway", "judgement", "window")
SORTS: Mapping[str, str] = {
    "name": "Authority",
    "region": "Region",
    "pathway": "Pathway",
    "judgement": "Judgements",
    "inspected": "Last report",
    "months": "Months since",
    "opens": "Window",
    "state": "State",
}


@dataclass(frozen=True)
class Row:
    """One authority in the list, in words, with what the list is filtered and sorted by."""

    urn: str
    name: str
    codes: str
    region: str
    pathway: Pathway
    pathway_words: str
    judgement: str
    overall: str
    parts: str
    inspected: date | None
    inspected_words: str
    months: int | None
    opens: date | None
    closes: date | None
    window: str
    state: WindowStatus
    state_words: str
    colour: str
    disagreements: int


@dataclass(frozen=True)
class Wanted:
    """What the address asks of the list; an unknown filter value finds nothing, an unknown order is by name."""

    q: str = ""
    region: str = ""
    pathway: str = ""
    judgement: str = ""
    window: str = ""
    sort: str = "name"
    descending: bool = False

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Wanted:
        sort = args.get("sort", "name")
        return cls(
            **{key: args.get(key, "").strip() for key in FILTERS},
            sort=sort if sort in SORTS else "name",
            descending=args.get("order") == "descending",
        )

    def filters(self) -> dict[str, Any]:
        """Only what narrows the list."""
        return {key: value for key in FILTERS if (value := getattr(self, key))}

    def args(self) -> dict[str, Any]:
        """The shortest address that asks for the same list."""
        order = {} if self.sort == "name" and not self.descending else {"sort": self.sort}
        return {**self.filters(), **order, **({"order": "descending"} if self.descending else {})}


@dataclass(frozen=True)
class Bar:
    """One line of a count: its label, its number, its length in hundredths of the longest, and its filter value."""

    label: str
    number: int
    length: int
    value: str
    grade: str = ""


def rows(register: Iterable[RegisterRow], on: date) -> tuple[Row, ...]:
    """Every authority in words, by name."""
    return tuple(sorted((_row(row, on) for row in register), key=lambda row: row.name))


def judgement_of(pathway: Pathway, governing: Activity | None) -> str:
    """The filter value of a report: its overall grade, `no_overall`, or `not_known`."""
    if governing is None or pathway is Pathway.UNKNOWN:
        return GRADE_NOT_KNOWN
    overall = governing.grades.get(Area.OVERALL_EFFECTIVENESS)
    if overall:
        return overall.value
    return NO_OVERALL if governing.judgement_set is JudgementSet.ILACS_C else GRADE_NOT_KNOWN


def _row(row: RegisterRow, on: date) -> Row:
    standing = row.standing
    governing = standing.governing
    graded = standing.expected_next.graded
    judgement = judgement_of(standing.pathway, governing)
    inspected = governing.public_on if governing else None
    window = ""
    if graded.window_from and graded.window_to:
        first, last = (words.month(end).replace(" ", "\u00a0") for end in (graded.window_from, graded.window_to))
        window = f"{first}\u00a0to {last}"
    return Row(
        urn=row.authority.urn,
        name=row.authority.name,
        codes=f"{row.authority.urn} {row.authority.la_number or ''} {row.authority.gss_code or ''}".casefold(),
        region=row.authority.region or row.authority.ofsted_region or "",
        pathway=standing.pathway,
        pathway_words=words.PATHWAYS[standing.pathway],
        judgement=judgement,
        overall=JUDGEMENTS[judgement] if judgement in (grade.value for grade in Grade) else "",
        parts=_parts(governing) if governing and judgement == NO_OVERALL else "",
        inspected=inspected,
        inspected_words=words.short_day(inspected) if inspected else "",
        months=words.months_between(inspected, on) if inspected else None,
        opens=graded.window_from,
        closes=graded.window_to,
        window=window,
        state=graded.status,
        state_words=words.WINDOW_STATES[graded.status],
        colour=STATE_COLOURS[graded.status],
        disagreements=row.disagreements,
    )


def _parts(governing: Activity) -> str:
    return ", ".join(
        f"{SHORT_AREAS.get(area, words.AREAS[area])}: {words.GRADES[grade].lower()}"
        for area in AREAS[JudgementSet.ILACS_C]
        if (grade := governing.grades.get(area))
    )


def chosen(found: Sequence[Row], wanted: Wanted) -> tuple[Row, ...]:
    """The rows asked for, in the order asked for; rows without the sorted value come last either way."""
    needle = wanted.q.casefold()
    kept = [
        row
        for row in found
        if (not needle or needle in row.name.casefold() or needle in row.codes)
        and (not wanted.region or row.region == wanted.region)
        and (not wanted.pathway or row.pathway.value == wanted.pathway)
        and (not wanted.judgement or row.judgement == wanted.judgement)
        and (not wanted.window or row.state.value == wanted.window)
    ]
    key = SORT_KEYS[wanted.sort]
    with_value = [row for row in kept if key(row) is not None]
    with_value.sort(key=key, reverse=wanted.descending)
    return (*with_value, *(row for row in kept if key(row) is None))


_PATHWAY_ORDER = {pathway: place for place, pathway in enumerate(Pathway)}
_JUDGEMENT_ORDER = {value: place for place, value in enumerate(JUDGEMENTS)}
_STATE_ORDER = {WindowStatus.OVERDUE: 0, WindowStatus.IN_WINDOW: 1, WindowStatus.UPCOMING: 2, WindowStatus.NO_WINDOW: 3}

SORT_KEYS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: row.name,
    "region": lambda row: row.region or None,
    "pathway": lambda row: _PATHWAY_ORDER[row.pathway],
    "judgement": lambda row: _JUDGEMENT_ORDER[row.judgement],
    "inspected": lambda row: row.inspected,
    "months": lambda row: row.months,
    "opens": lambda row: row.opens,
    "state": lambda row: _STATE_ORDER[row.state],
}


def regions(found: Iterable[Row]) -> tuple[str, ...]:
    return tuple(sorted({row.region for row in found if row.region}))


def by_pathway(found: Sequence[Row]) -> tuple[Bar, ...]:
    counts = Counter(row.pathway for row in found)
    longest = max(counts.values(), default=1)
    return tuple(
        Bar(label, counts[pathway], round(100 * counts[pathway] / longest), pathway.value)
        for pathway, label in words.PATHWAYS.items()
    )


def by_judgement(found: Sequence[Row]) -> tuple[Bar, ...]:
    counts = Counter(row.judgement for row in found)
    longest = max(counts.values(), default=1)
    grades = {grade.value for grade in Grade}
    return tuple(
        Bar(label, counts[value], round(100 * counts[value] / longest), value, value if value in grades else "")
        for value, label in JUDGEMENTS.items()
    )


def opening(found: Iterable[Row], on: date, until: date) -> tuple[Row, ...]:
    """Windows that open after `on` and by `until` (inclusive), the soonest first."""
    soon = [row for row in found if row.opens and on < row.opens <= until]
    return tuple(sorted(soon, key=lambda row: (row.opens or on, row.name)))


@dataclass(frozen=True)
class Latest:
    """A report that governs its authority's pathway: when it was published and what it found overall."""

    name: str
    urn: str
    published: str
    result: str
    code: str


def latest_reports(found: Iterable[Row], number: int) -> tuple[Latest, ...]:
    """The governing reports published last, newest first."""
    reported = [row for row in found if row.inspected]
    reported.sort(key=lambda row: (-(row.inspected or date.min).toordinal(), row.name))
    return tuple(
        Latest(row.name, row.urn, row.inspected_words, row.overall or row.parts, row.judgement if row.overall else "")
        for row in reported[:number]
    )
