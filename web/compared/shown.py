"""One authority beside others as a page, a table and a paper show it: in words, with what is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.frameworks import AREAS, GRADES
from domain.register.neighbours import MODEL
from domain.values.words import is_or_are
from projections.outlook.neighbours import COLUMNS, Beside, ComparedAuthority, GroupFigures, NeighboursAnswer
from web.charts.dot_plot import DotPlot, DotRow, dot_plot
from web.charts.windows_strip import Strip, StripAxis, axis_of, strip
from web.charts.windows_strip import heading as axis_heading
from web.compared import words as said
from web.words import words
from web.words.lists.letters import LetterShown, letter

STRIP_WIDTH = 160
THEMES_SHOWN = 10
MOST_SQUARES = 10
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class ComparedLine:
    """One authority in words. `note` is what else to know of it; `strip` what is drawn, None where nothing is."""

    urn: str
    name: str
    own: bool
    note: str
    letters: tuple[LetterShown, ...]
    months: int | None
    published: str
    next: str
    strip: Strip | None
    visits: str
    visits_said: str


@dataclass(frozen=True)
class SumLine:
    """A group in a line: how many are good or better by column, and the middle of their months."""

    name: str
    shares: tuple[str, ...]
    months: int | None


@dataclass(frozen=True)
class ThemeCompared:
    """`here` is `Yes`, `No` or `Not held`; `squares` are drawn, true for those that have it, none where too many."""

    code: str
    words: str
    here: str
    group: str
    squares: tuple[bool, ...]
    england: str


@dataclass(frozen=True)
class ComparedShown:
    """`lede` are pieces of sentences with whether each stands out; `short` are the columns on a phone."""

    heading: str
    source: str
    lede: tuple[tuple[str, bool], ...]
    columns: tuple[str, ...]
    short: tuple[str, ...]
    lines: tuple[ComparedLine, ...]
    sums: tuple[SumLine, ...]
    axis: StripAxis
    plots: tuple[DotPlot, ...]
    themes: tuple[ThemeCompared, ...]
    themes_source: str
    visits_known: str
    absent: tuple[str, ...]


def shown(answer: NeighboursAnswer) -> ComparedShown:
    """A comparison in words."""
    on = answer.moment.as_at
    every = [row for row in (answer.own, *answer.rows) if row is not None]
    spans = {row.authority.urn: said.spans(row.authority.name, row.next, row.forecast) for row in every}
    scale = axis_of(spans.values(), on, STRIP_WIDTH)
    lines = tuple(
        _line(
            row,
            row is answer.own,
            strip(spans[row.authority.urn], scale, on) if spans[row.authority.urn].policy else None,
        )
        for row in every
    )
    return ComparedShown(
        heading=said.heading(answer.beside, answer.authority),
        source=_source(answer),
        lede=tuple(_lede(answer)),
        columns=tuple(AREAS[area].head for area, _ in COLUMNS),
        short=tuple(AREAS[area].head.removeprefix("Care ").capitalize() for area, _ in COLUMNS),
        lines=lines,
        sums=tuple(
            SumLine(name, tuple(said.share(*each) for each in of.good), of.middle) for name, of in _sums(answer)
        ),
        axis=axis_heading(scale),
        plots=_plots(answer),
        themes=tuple(_themes(answer)),
        themes_source=_themes_source(answer),
        visits_known=said.visits_known(answer.moment.known_until),
        absent=tuple(one.name for one in answer.absent),
    )


def _line(row: ComparedAuthority, own: bool, drawn: Strip | None) -> ComparedLine:
    governing = row.standing.governing
    number = words.count(row.visits, "visit")
    told = row.visits > 0 or row.visits_told
    return ComparedLine(
        urn=row.authority.urn,
        name=row.authority.name,
        own=own,
        note=_note(row),
        letters=tuple(letter(grade, area, governing) for grade, (area, _) in zip(row.grades, COLUMNS, strict=True)),
        months=row.months,
        published=words.short_day(row.published) if row.published else "",
        next=said.next_in_words(row.next),
        strip=drawn,
        visits=str(row.visits) if told else "–",
        visits_said=f"{number} since" if told else "visits since not known",
    )


def _note(row: ComparedAuthority) -> str:
    found = [f"came after {name}" for name in row.stands_for]
    if row.authority.ends_on is not None and not row.standing.ended:
        found.append(f"ends on {words.short_day(row.authority.ends_on)}")
    return words.sentence("; ".join(found))


def _source(answer: NeighboursAnswer) -> str:
    if answer.beside is not Beside.NEIGHBOURS:
        return ""
    year = "It names neither the model nor its year" if MODEL.year is None else f"It is of the model of {MODEL.year}"
    return (
        f"Statistical neighbours, from the {MODEL.look_up} of {words.day(MODEL.published_on)}. {year}. Whichever day "
        "you look at, they are those of that list."
    )


def _lede(answer: NeighboursAnswer) -> Iterator[tuple[str, bool]]:
    own, name = answer.own, answer.authority.name
    if own is None:
        yield f"{name} did not exist on {words.day(answer.moment.as_at)}.", False
        return
    overall = own.grades[0]
    if overall is not None:
        yield f"{name} is ", False
        yield GRADES[overall].in_words, True
    elif own.standing.governing is not None:
        yield f"{name} has ", False
        yield "no overall grade", True
    else:
        yield f"No graded report of {name} is held here", False
    yield f"{_of_the_others(answer)}.", False
    if own.months is not None:
        yield " Its report is ", False
        yield words.count(own.months, "month"), True
        yield f" old{_middles(answer)}.", False


def _of_the_others(answer: NeighboursAnswer) -> str:
    """How many others have the same grade, or are good, of those whose grade is held; nothing of nobody."""
    overall, others = answer.own.grades[0] if answer.own else None, [row.grades[0] for row in answer.rows]
    if not others:
        return ""
    group = said.of_group(answer.beside, answer.authority, len(others))
    good, graded = answer.group.good[0]
    if not graded:
        return f"; of {group} no overall grade is held"
    same = others.count(overall)
    if overall is None:
        of = group if graded == len(others) else f"the {graded} of {group} with an overall grade"
        return f"; of {of} {good} {is_or_are(good)} good or outstanding"
    if len(others) == 1:
        return f"; so is {group}" if same else f"; {group} is not"
    if same == len(others):
        return f"; so are all of {group}"
    if same:
        return f"; so {is_or_are(same)} {same} of {group}"
    return (
        f"; none of {group} is" if graded == len(others) else f"; none of the {graded} of {group} that have a grade is"
    )


def _middles(answer: NeighboursAnswer) -> str:
    """The middle age of reports; of England only where nearly all are held."""
    england = answer.england
    told = [("these", answer.group.middle)] if len(answer.group.months) > 1 else []
    if len(england.months) >= NEARLY_ALL * england.authorities:
        told.append(("England’s", england.middle))
    if not told:
        return ""
    (first, number), *rest = told
    return f"; the middle one of {first} is {number}" + "".join(f", of {whose} {other}" for whose, other in rest)


def _sums(answer: NeighboursAnswer) -> Iterator[tuple[str, GroupFigures]]:
    """Those below the rows: the group unless it is the region, the region, England."""
    if answer.rows and answer.beside is not Beside.REGION:
        yield said.group_called(answer.beside, answer.authority, len(answer.rows)), answer.group
    if answer.authority.region:
        yield answer.authority.region, answer.region
    yield "England", answer.england


def _plots(answer: NeighboursAnswer) -> tuple[DotPlot, ...]:
    """Wide and narrow; none where nobody has a report."""
    rows = [DotRow(_short(answer, name), of.months, of.middle) for name, of in _sums(answer) if of.months]
    if not rows:
        return ()
    own = answer.own.months if answer.own is not None else None
    name = answer.authority.name
    middles = ", ".join(f"{row.label} {row.middle}" for row in rows)
    told = f"{name}: {words.count(own, 'month')}. " if own is not None else ""
    desc = f"{told}The middle one of each group: {middles}."
    title = "Months since the last graded report"
    label = f"{name}, {words.count(own or 0, 'month')}"
    return tuple(
        dot_plot(
            rows,
            own=own,
            own_name=f"here, {words.count(own or 0, 'month')}" if narrow or len(label) > 32 else label,
            title=title,
            desc=desc,
            narrow=narrow,
        )
        for narrow in (False, True)
    )


def _short(answer: NeighboursAnswer, name: str) -> str:
    """The name of a group as it fits beside its dots."""
    if name in (answer.authority.region, "England"):
        return name.replace("Yorkshire and the Humber", "Yorkshire, Humber")
    return {Beside.NEIGHBOURS: "Neighbours", Beside.KIND: "Same kind", Beside.CHOSEN: "Chosen"}[answer.beside]


def _themes(answer: NeighboursAnswer) -> Iterator[ThemeCompared]:
    for place, one in enumerate(answer.themes):
        if place >= THEMES_SHOWN and not one.here:
            continue
        number, of = one.group
        yield ThemeCompared(
            code=one.theme.code,
            words=one.theme.words,
            here={True: "Yes", False: "No", None: "Not held"}[one.here],
            group=said.share_in_words(number, of),
            squares=tuple(place < number for place in range(of)) if of <= MOST_SQUARES else (),
            england=said.share(*one.england),
        )


def _themes_source(answer: NeighboursAnswer) -> str:
    if answer.items_until is None or not answer.themes[0].group[1]:
        return ""
    of, every = answer.themes[0].group[1], answer.themes[0].england[1]
    return (
        f"Of {of} of these {len(answer.rows)} and {every} of {answer.england.authorities} in England the newest report "
        f"with findings is held here, the last of {words.day(answer.items_until)}. Themes are found by words."
    )


def lede_text(pieces: Sequence[tuple[str, bool]]) -> str:
    """The sentence without what stands out."""
    return "".join(text for text, _ in pieces)
