"""What if …? A visit or report that nobody told us of, laid beside what is held. Only read: nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from domain.frameworks import AREAS, OVERALL, PRESENT, Area, Grade, SetRow, grades_for
from domain.rulebook.results import Expectation, Standing
from domain.rulebook.what_if.suppose import AREAS_SUPPOSED, WITHOUT_OVERALL, Moved, supposed_report, supposed_visit
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from domain.values.judgements import NO_OVERALL_JUDGEMENT
from domain.values.words import capital, listed, spelt
from projections.engine.answers import SupposedAnswer
from web.site import reader
from web.site.htmx import page_or_part, part_wanted
from web.words import words
from web.words.dates import as_day
from web.words.summary import Expected, Summary, expected, in_order, summary

bp = Blueprint("supposing", __name__, url_prefix="/authorities")

VISIT, REPORT = "visit", "report"

FIELDS = ("suppose", "day", "start", "on", *(area.value for area in AREAS_SUPPOSED))


NOTHING_CHOSEN = "Choose what to suppose: a focused visit with priority action, or a graded report."


@dataclass
class Supposition:
    """What an address supposes. `texts` are its fields as typed; `problems` what to mend, each with its box's id.

    `activity` is what is supposed and `on` the day it is looked at; None where nothing is, or something must be
    mended."""

    texts: dict[str, str]
    problems: list[tuple[str, str]] = field(default_factory=list)
    activity: Activity | None = None
    on: date | None = None

    @property
    def asked(self) -> bool:
        """Whether anything is supposed at all."""
        return bool(self.texts)

    @property
    def kind(self) -> str:
        """Which of the two forms it is; whatever was typed where it is neither."""
        return self.texts.get("suppose", "")

    def must_be_whole(self) -> tuple[Activity, date]:
        """What is supposed and the day it is looked at. Raises RuleBroken in words on everything to mend."""
        if self.activity is None or self.on is None:
            raise RuleBroken(" ".join(words_ for _, words_ in self.problems) or NOTHING_CHOSEN)
        return self.activity, self.on

    def text(self, form: str, name: str) -> str:
        """What was typed into a field of one of the two forms."""
        return self.texts.get(name, "") if self.kind == form else ""

    def problem(self, box: str) -> str:
        """What to mend in one box; nothing where it can be read."""
        return next((words_ for where, words_ in self.problems if where == box), "")

    @classmethod
    def of(cls, args: Mapping[str, str], urn: str) -> Supposition:
        """Reads an address; whatever cannot be read, or cannot be, becomes a problem in words."""
        read = cls({name: text for name in FIELDS if (text := args.get(name, "").strip()[:40])})
        if read.asked and read.kind not in (VISIT, REPORT):
            read.problems.append(("suppose-visit-day", NOTHING_CHOSEN))
        elif read.asked:
            fields = _Fields(read.kind, read.texts, read.problems)
            day = fields.day("day", "day supposed", required=True)
            start = fields.day("start", "first day on site") if read.kind == REPORT else None
            read.on = fields.day("on", "day to look at") or day
            grades = fields.grades() if read.kind == REPORT else None
            if day is not None and not read.problems:
                read.suppose(urn, day, start, grades)
        return read

    def suppose(self, urn: str, day: date, start: date | None, grades: Mapping[Area, Grade] | None) -> None:
        """A report where there are grades, else a focused visit with priority action; or why the rulebook refuses."""
        try:
            if grades is None:
                self.activity = supposed_visit(urn, began=day, priority_action=True)
            else:
                self.activity = supposed_report(urn, published=day, start=start, grades=grades)
        except RuleBroken as refusal:
            self.refuse(str(refusal))

    def refuse(self, why: str) -> None:
        """Shows what the rulebook answered, at the head of the form."""
        self.activity = None
        self.problems.append((f"suppose-{self.kind}-day", why))


@dataclass(frozen=True)
class _Fields:
    """The fields of one form, each read into a value; what cannot be read is added to the problems."""

    kind: str
    texts: Mapping[str, str]
    problems: list[tuple[str, str]]

    def day(self, name: str, called: str, *, required: bool = False) -> date | None:
        """A day; None where it is missing and may be, or cannot be read."""
        text = self.texts.get(name, "")
        if not text and not required:
            return None
        try:
            return as_day(text, called)
        except RuleBroken as unusable:
            words_ = str(unusable).replace(" date as year", " as year")
            self.problems.append((f"suppose-{self.kind}-{name}", words_))
            return None

    def grades(self) -> dict[Area, Grade]:
        """The grades chosen."""
        found = {}
        for area in AREAS_SUPPOSED:
            text = self.texts.get(area.value)
            if text is None:
                continue
            grades = {row.grade.value: row.grade for row in grades_for([area], PRESENT)}
            if text in grades:
                found[area] = grades[text]
            else:
                one = f"one of the {spelt(len(grades))} grades for {AREAS[area].label.lower()}"
                self.problems.append((f"suppose-report-{area.value}", f"Choose {one}."))
        return found


@dataclass(frozen=True)
class BeforeAfter:
    """One thing that is answered, as it stands and as it would."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class MovedExpectation:
    """An expectation that stays and changes: what or when it `was`. `why` is left out where it was said already."""

    was: str
    now: Expected
    why: str


@dataclass(frozen=True)
class Changes:
    """What would be expected as well, what no longer, and what otherwise."""

    comes: tuple[Expected, ...]
    goes: tuple[Expected, ...]
    moves: tuple[MovedExpectation, ...]

    def __bool__(self) -> bool:
        return bool(self.comes or self.goes or self.moves)


@dataclass(frozen=True)
class SuppositionShown:
    """The answer to a supposition, ready to print."""

    supposed: str
    on: str
    differs: bool
    lines: tuple[BeforeAfter, ...]
    first: str
    why: str
    reason: str
    inferred: bool
    rules: tuple[str, ...]
    changes: Changes
    warnings: tuple[str, ...]


@bp.get("/<identifier>/suppose")
@reader.by_urn
def show(urn: str) -> Response:
    """What would change if a visit began, or a report came out, on a day; 422 with the form where it cannot be."""
    asked = reader.asked()
    wanted = Supposition.of(request.args, urn)
    chosen: dict[str, Any] = wanted.texts | asked.address
    address = url_for(".show", identifier=urn, **chosen)
    if not part_wanted() and any(not value for value in request.args.values()):
        return redirect(address, 303)
    context = _context(urn, wanted, asked)
    response = page_or_part(
        "outlook/what_if/page.html",
        "outlook/what_if/_results.html",
        push_url=None if wanted.problems or reader.shown_already(address) else address,
        **context,
    )
    response.status_code = 422 if wanted.problems else 200
    return response


def _context(urn: str, wanted: Supposition, asked: reader.Asked) -> dict[str, Any]:
    """Everything the page shows; the part takes the same. What the rulebook refuses becomes a problem of `wanted`."""
    answer = _answer(urn, wanted, asked)
    return {
        "asked": asked,
        "moment": answer.moment if answer else reader.moment(asked, of=urn),
        "authority": reader.authority(urn),
        "wanted": wanted,
        "compared": compared(answer) if answer else None,
        **form_context(asked, swaps=True),
    }


def form_context(asked: reader.Asked, *, swaps: bool) -> dict[str, Any]:
    """What the forms need, here and on the authority's page; `swaps`: both are shown, and the answer put in place."""
    return {
        "swaps": swaps,
        "suppose_from": asked.as_at.isoformat(),
        "suppose_sets": _sets_asked(),
        "suppose_overall": [_asked(area) for area in AREAS_SUPPOSED if area in OVERALL],
        "no_overall_from": words.day(NO_OVERALL_JUDGEMENT),
    }


@dataclass(frozen=True)
class AskedArea:
    """One list of grades: its field, its label, and the codes and words to choose from."""

    name: str
    label: str
    grades: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AskedSet:
    """The judgements of a report that has no overall grade: all are needed. `id` tells two such groups apart."""

    id: str
    legend: str
    hint: str
    areas: tuple[AskedArea, ...]


def _asked(area: Area) -> AskedArea:
    grades = tuple((row.grade.value, row.words) for row in grades_for([area], PRESENT))
    return AskedArea(area.value, AREAS[area].label, grades)


def _sets_asked() -> tuple[AskedSet, ...]:
    """Each area once, in the first set that has it; what a later set has too is named in its hint."""
    found: list[AskedSet] = []
    for row in WITHOUT_OVERALL:
        number, before = spelt(len(row.areas)), {one.name for of in found for one in of.areas}
        new = [area for area in row.areas if area.value not in before]
        shared = listed([AREAS[area].label.lower() for area in row.areas if area not in new])
        found.append(
            AskedSet(
                id=f"suppose-{number}-{len(found)}" if found else f"suppose-{number}",
                legend=f"{capital(number)} judgements",
                hint=f"All {number} for an inspection that begins on or after {words.day(row.start)}{_until(row)}"
                + (f", with {shared} above" if shared else ""),
                areas=tuple(map(_asked, new)),
            )
        )
    return tuple(found)


def _until(row: SetRow) -> str:
    return f" and before {words.day(row.end)}" if row.end else ""


NOTHING_WANTED = Supposition({})
"""What the forms on the authority's page start from."""


def _answer(urn: str, wanted: Supposition, asked: reader.Asked) -> SupposedAnswer | None:
    if wanted.activity is None or wanted.on is None:
        return None
    try:
        return reader.suppose(urn, wanted.activity, wanted.on, asked)
    except RuleBroken as refusal:
        wanted.refuse(str(refusal))
        return None


def compared(answer: SupposedAnswer) -> SuppositionShown:
    """Before and after, side by side in words."""
    found = answer.supposed
    after = summary(found.after, answer.on)
    return SuppositionShown(
        supposed=_supposed(found.activity),
        on=words.day(answer.on),
        differs=found.differs,
        lines=before_and_after(found.before, found.after, answer.on),
        first=first_of_two(found.after),
        why=after.why,
        reason=after.reason,
        inferred=after.inferred or after.reason_inferred,
        rules=in_order((*found.after.rules, *_rules_of_the_next(found.after.expectations))),
        changes=changes(found.comes, found.goes, found.moves, said=after.reason),
        warnings=tuple(warning.text for warning in found.warnings),
    )


def changes(came: Iterable[Expectation], went: Iterable[Expectation], moved: Iterable[Moved], *, said: str) -> Changes:
    """What differs in what is expected, in words. What goes and comes again by the same name and day only changes;
    `said` is a reason that stands beside it already."""
    comes, goes = list(map(expected, came)), list(map(expected, went))
    moves = [(expected(one.before), expected(one.after)) for one in moved]
    for row in tuple(comes):
        like = next((other for other in goes if (other.name, other.when) == (row.name, row.when)), None)
        if like is not None:
            comes.remove(row)
            goes.remove(like)
            moves.append((like, row))
    return Changes(tuple(comes), tuple(goes), tuple(_move(was, now, said=said) for was, now in moves))


def before_and_after(was: Standing, now: Standing, on: date) -> tuple[BeforeAfter, ...]:
    """Two standings of an authority on a day in words, line by line."""
    before, after = summary(was, on), summary(now, on)
    return (
        BeforeAfter("Pathway", before.pathway, after.pathway),
        BeforeAfter("Since", before.since or "No report", after.since or "No report"),
        BeforeAfter("Next graded inspection", before.next_name, after.next_name),
        BeforeAfter("Window", _window(before), _window(after)),
        BeforeAfter("Months after priority action", _priority(was), _priority(now)),
        BeforeAfter("Before then", _interim(before), _interim(after)),
        BeforeAfter("Action plan due", before.plan_due or "No date", after.plan_due or "No date"),
    )


def _window(shown: Summary) -> str:
    if not shown.window:
        return shown.state
    return f"{shown.window} ({', '.join(filter(None, (shown.state.lower(), shown.distance)))})"


def _priority(standing: Standing) -> str:
    override = standing.expected_next.priority_action_override
    if override is None:
        return "No priority action"
    return f"{words.period(override.expected_from_month)} to {words.period(override.expected_to_month)}"


def first_of_two(standing: Standing) -> str:
    """Which comes first where there are both, in a sentence: the window, or the months after priority action."""
    override, opens = standing.expected_next.priority_action_override, standing.expected_next.graded.window_from
    if override is None or opens is None:
        return ""
    begin = words.period(override.expected_from_month)
    months, window = override.expected_from_month.first_day, opens.replace(day=1)
    if months == window:
        return f"The window and the months after priority action begin in the same month, {begin}."
    if months < window:
        return (
            f"The months after priority action come first: they begin in {begin}, before the window opens on "
            f"{words.day(opens)}."
        )
    return f"The window comes first: it opens on {words.day(opens)}, before the months after priority action ({begin})."


def _interim(shown: Summary) -> str:
    name, when, _ = shown.before_then
    return ", ".join(filter(None, (name, when))) or ("Not known" if shown.nothing_held else "Nothing")


def _move(was: Expected, now: Expected, *, said: str) -> MovedExpectation:
    """As it stands it is another thing, or at another time; or neither, and only the reason is another."""
    differs = [was.name if was.name != now.name else "", was.when if was.when != now.when else ""]
    return MovedExpectation(", ".join(filter(None, differs)), now, "" if now.why == said else now.why)


def _rules_of_the_next(expectations: tuple[Expectation, ...]) -> tuple[str, ...]:
    return tuple(
        rule
        for row in expectations
        if row.basis in ("pathway", "priority_action") or row.is_called_inspection
        for rule in row.rules
    )


def _supposed(activity: Activity) -> str:
    if activity.priority_action is not None and activity.start is not None:
        return f"a focused visit with an area for priority action began on {words.day(activity.start)}"
    grades = ", ".join(f"{words.AREAS[area].lower()} {words.GRADES[grade].lower()}" for area, grade in activity.grades)
    return f"a graded report is published on {words.day(activity.public_on)}: {grades}"
