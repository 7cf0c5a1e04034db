"""The register of authorities as a page shows it: rows in words, filters, order, and the start page's counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.frameworks import AREAS, OVERALL, SETS, Grade, grades_for
from domain.rulebook.pathway import has_grades, pathway_test
from domain.rulebook.results import UNDER_WAY, Pathway, WindowStatus
from domain.rulebook.rows import PathwayBasis
from domain.values.activities import Activity
from domain.values.errors import NotFound
from domain.values.statements import Kind
from domain.values.words import listed
from projections.engine.answers import RegisterRow
from web.words import other_inspections, words
from web.words.lists.letters import LetterShown, letter, overall_letter, short_month

NO_OVERALL = "no_overall"
GRADE_NOT_KNOWN = "not_known"
OVERALL_GRADES: Mapping[str, Grade] = {row.grade.value: row.grade for row in grades_for(OVERALL)}
JUDGEMENTS: Mapping[str, str] = {
    **{code: words.GRADES[grade] for code, grade in OVERALL_GRADES.items()},
    NO_OVERALL: f"No overall judgement ({listed([row.called for row in SETS if row.overall is None])})",
    GRADE_NOT_KNOWN: "Not judged or not known",
}
NONE_HELD = "none_held"
SEND: Mapping[str, str] = {**other_inspections.OUTCOME_CHOICES, NONE_HELD: "No outcome held"}
YOUTH: Mapping[str, str] = {**other_inspections.RATING_CHOICES, NONE_HELD: "No rating held"}
FILTERS = ("q", "region", "pathway", "judgement", "window", "send", "youth")
CHOICES: Mapping[str, frozenset[str]] = {
    "pathway": frozenset(pathway.value for pathway in Pathway),
    "judgement": frozenset(JUDGEMENTS),
    "window": frozenset(state.value for state in WindowStatus),
    "send": frozenset(SEND),
    "youth": frozenset(YOUTH),
}
"""The values that a filter knows; those of `region` are whatever regions the list has."""
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
class RegisterLine:
    """One authority in the list, in words, with what the list is filtered and sorted by."""

    urn: str
    name: str
    region: str
    pathway: Pathway
    pathway_words: str
    judgement: str
    grades: tuple[LetterShown, ...]
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
    send: str = NONE_HELD
    youth: str = NONE_HELD

    def beside(self, wanted: RegisterAsked) -> str:
        """What other inspections found, where the list is narrowed by it."""
        found = [f"area SEND outcome {SEND[self.send]}"] if wanted.send and self.send != NONE_HELD else []
        if wanted.youth and self.youth != NONE_HELD:
            found.append(f"youth justice {YOUTH[self.youth].lower()}")
        return words.sentence("; ".join(found))


@dataclass(frozen=True)
class RegisterAsked:
    """What the address asks of the list. Values the list does not know narrow nothing: they are in `left_out` with the
    name of their filter, to be said on the page. An unknown order is by name."""

    q: str = ""
    region: str = ""
    pathway: str = ""
    judgement: str = ""
    window: str = ""
    send: str = ""
    youth: str = ""
    sort: str = "name"
    descending: bool = False
    left_out: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, args: Mapping[str, str], known_regions: Collection[str] = ()) -> RegisterAsked:
        sort = args.get("sort", "name")
        known: Mapping[str, Collection[str]] = {"region": known_regions, **CHOICES}
        asked = {key: text for key in FILTERS if (text := args.get(key, "").strip())}
        left_out = {key: text for key, text in asked.items() if key in known and text not in known[key]}
        return cls(
            **{key: text for key, text in asked.items() if key not in left_out},
            left_out=tuple(left_out.items()),
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


def pathway_named(code: str) -> Pathway | None:
    """The pathway of a value as it is stored; None for nothing. Raises NotFound with those there are."""
    if not code:
        return None
    for pathway in Pathway:
        if pathway.value == code:
            return pathway
    raise NotFound(f"{code[:80]!r} is not a pathway. There are {listed([pathway.value for pathway in Pathway])}.")


@dataclass(frozen=True)
class Bar:
    """One line of a count: its label, its number, its length in hundredths of the longest line of either count, and its
    filter value."""

    label: str
    number: int
    length: int
    value: str
    tone: str


def rows(register: Iterable[RegisterRow], on: date) -> tuple[RegisterLine, ...]:
    """Every authority in words, by name."""
    return tuple(sorted((_row(row, on) for row in register), key=lambda row: row.name))


def judgement_of(pathway: Pathway, governing: Activity | None) -> str:
    """The filter value of a report: its overall grade, `no_overall`, or `not_known`."""
    if governing is None or (pathway is Pathway.UNKNOWN and not _known_yet_not_said(governing)):
        return GRADE_NOT_KNOWN
    if governing.overall:
        return governing.overall.value
    return NO_OVERALL if governing.judged.overall is None else GRADE_NOT_KNOWN


def _known_yet_not_said(governing: Activity) -> bool:
    """The grades are known, and Ofsted has not said what follows from them."""
    return has_grades(governing) and pathway_test(governing).by is PathwayBasis.NOT_SAID


def _row(row: RegisterRow, on: date) -> RegisterLine:
    standing = row.standing
    governing = standing.governing
    graded = standing.expected_next.graded
    judgement = judgement_of(standing.pathway, governing)
    inspected = governing.public_on if governing else None
    window = ""
    none_comes = standing.window_status is WindowStatus.NOT_APPLICABLE
    if not none_comes and graded.window_from and graded.window_to:
        window = f"{short_month(graded.window_from)} to {short_month(graded.window_to)}".replace(" ", "\u00a0")
    return RegisterLine(
        urn=row.authority.urn,
        name=row.authority.name,
        region=row.authority.region or row.authority.ofsted_region or "",
        pathway=standing.pathway,
        pathway_words=words.PATHWAYS[standing.pathway],
        judgement=judgement,
        grades=_grades(judgement, governing),
        inspected=inspected,
        inspected_words=words.short_day(inspected) if inspected else "",
        months=words.months_between(inspected, on) if inspected else None,
        opens=None if none_comes else graded.window_from,
        closes=None if none_comes else graded.window_to,
        window=window,
        state=standing.window_status,
        state_words=_state_in_words(row),
        colour=words.WINDOW_MARKS[standing.window_status],
        disagreements=row.disagreements,
        **{key: value for one in row.others if (key := _OTHERS.get(one.kind)) and (value := _found(one))},
    )


_OTHERS: Mapping[Kind, str] = {Kind.AREA_SEND: "send", Kind.YOUTH_JUSTICE: "youth"}


def _found(activity: Activity) -> str:
    """By which filter value it is found; blank where nothing is held of what it found."""
    if activity.kind is Kind.AREA_SEND:
        return str(activity.outcome or "")
    rating = other_inspections.overall(activity)
    return next((code for code, called in YOUTH.items() if called == rating), "")


def _state_in_words(row: RegisterRow) -> str:
    """The state of the window; of one that the end of its authority leaves no day, when that ends."""
    ends = row.authority.ends_on
    if row.standing.window_status is WindowStatus.NOT_APPLICABLE and ends is not None:
        return f"None: ends {words.short_day(ends)}"
    return words.window_state(row.standing.window_status, only_called=row.standing.only_called)


def _grades(judgement: str, governing: Activity | None) -> tuple[LetterShown, ...]:
    """The overall grade as a letter; of a report without one the grades of its areas, each with the area's name."""
    if governing is None or judgement == GRADE_NOT_KNOWN:
        return ()
    if judgement != NO_OVERALL:
        return (overall_letter(governing),)
    return tuple(
        replace(shown, words=f"{AREAS[area].short}: {shown.words.lower()}")
        for area in governing.judged.areas
        if (grade := governing.grades.get(area)) is not None
        for shown in (letter(grade, area, governing),)
    )


def chosen(found: Sequence[RegisterLine], wanted: RegisterAsked, places: Mapping[str, int]) -> tuple[RegisterLine, ...]:
    """The rows asked for, in the order asked for: of a search the likeliest first, by `places`, unless another order is
    asked for. Rows without the sorted value come last either way."""
    kept = [
        row
        for row in found
        if (not wanted.q or row.urn in places)
        and (not wanted.region or row.region == wanted.region)
        and (not wanted.pathway or row.pathway.value == wanted.pathway)
        and (not wanted.judgement or row.judgement == wanted.judgement)
        and (not wanted.window or row.state.value == wanted.window)
        and (not wanted.send or row.send == wanted.send)
        and (not wanted.youth or row.youth == wanted.youth)
    ]
    if wanted.q and wanted.sort == "name" and not wanted.descending:
        return tuple(sorted(kept, key=lambda row: places[row.urn]))
    key = SORT_KEYS[wanted.sort]
    with_value = [row for row in kept if key(row) is not None]
    with_value.sort(key=key, reverse=wanted.descending)
    return (*with_value, *(row for row in kept if key(row) is None))


_PATHWAY_ORDER = {pathway: place for place, pathway in enumerate(Pathway)}
_JUDGEMENT_ORDER = {value: place for place, value in enumerate(JUDGEMENTS)}
_STATE_ORDER = {
    WindowStatus.ON_SITE: 0,
    WindowStatus.ANNOUNCED: 1,
    WindowStatus.PAUSED: 2,
    WindowStatus.REPORT_AWAITED: 3,
    WindowStatus.OVERDUE: 4,
    WindowStatus.NOT_KNOWN: 5,
    WindowStatus.IN_WINDOW: 6,
    WindowStatus.UPCOMING: 7,
    WindowStatus.NO_WINDOW: 8,
    WindowStatus.NOT_APPLICABLE: 9,
}

SORT_KEYS: Mapping[str, Callable[[RegisterLine], Any]] = {
    "name": lambda row: row.name,
    "region": lambda row: row.region or None,
    "pathway": lambda row: _PATHWAY_ORDER[row.pathway],
    "judgement": lambda row: _JUDGEMENT_ORDER[row.judgement],
    "inspected": lambda row: row.inspected,
    "months": lambda row: row.months,
    "opens": lambda row: row.opens,
    "state": lambda row: _STATE_ORDER[row.state],
}


def _longest(found: Sequence[RegisterLine]) -> int:
    """The most authorities in any line of the start page's two counts, so that both are drawn to one scale."""
    counts = Counter(row.pathway.value for row in found), Counter(row.judgement for row in found)
    return max((number for count in counts for number in count.values()), default=1)


def by_pathway(found: Sequence[RegisterLine]) -> tuple[Bar, ...]:
    counts = Counter(row.pathway for row in found)
    longest = _longest(found)
    return tuple(
        Bar(
            label,
            counts[one],
            round(100 * counts[one] / longest),
            one.value,
            words.PATHWAY_TONES[one],
        )
        for one, label in words.PATHWAYS.items()
    )


def by_judgement(found: Sequence[RegisterLine]) -> tuple[Bar, ...]:
    counts = Counter(row.judgement for row in found)
    longest = _longest(found)
    tones = {code: words.GRADE_TONES[grade] for code, grade in OVERALL_GRADES.items()}
    return tuple(
        Bar(label, counts[value], round(100 * counts[value] / longest), value, tones.get(value, words.NO_TONE))
        for value, label in JUDGEMENTS.items()
    )


def opening(found: Iterable[RegisterLine], on: date, until: date) -> tuple[RegisterLine, ...]:
    """Windows that open after `on` and by `until` (inclusive), the soonest first; none whose inspection has come."""
    soon = [row for row in found if row.opens and on < row.opens <= until and row.state not in UNDER_WAY]
    return tuple(sorted(soon, key=lambda row: (row.opens or on, row.name)))
