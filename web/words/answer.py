"""The answer in one screen: the grades as they stand, and what comes next, each in the few words of a card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.frameworks import AREAS, OVERALL
from domain.rulebook.forecast.forecast import SIX_MONTHS_DAYS
from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.graded_windows import interval, is_counted
from domain.rulebook.known_until import CALLED
from domain.rulebook.results import TYPE_IN_WORDS, UNDER_WAY, GradedType, Pathway, Standing, WindowStatus
from domain.values.activities import Activity, AuthorityFacts
from domain.values.known_until import LISTED, KnownKind, KnownUntil
from domain.values.words import listed, month_in_words, number_in_words, spelt
from web.words import words
from web.words.chances import about
from web.words.currency import SHORT
from web.words.forecast_card import already_in_words
from web.words.judgement_table import changes, graded_inspections

INSPECTIONS: Mapping[GradedType, str] = {
    GradedType.SHORT: "Short inspections",
    GradedType.STANDARD: "Standard inspections",
    GradedType.POST_MONITORING: "Post-monitoring inspections",
}

DAYS_TOLD = 14
WEEKS_TOLD = 63
MONTHS_TOLD = 24


@dataclass(frozen=True)
class AreaGrade:
    """A grade of the report that counts, and how it compares with the inspection before; `sign` is an arrow."""

    label: str
    grade: str
    tone: str
    sign: str
    change: str


@dataclass(frozen=True)
class GradesCard:
    """`overall` is blank where there is none, and `no_overall` then says why; `headline` says what stands in its place.

    `activity` is the report that counts, None where none does."""

    headline: str
    overall: str
    tone: str
    no_overall: str
    areas: tuple[AreaGrade, ...]
    activity: Activity | None
    kind: str
    on_site: str
    published: str
    means: str


@dataclass(frozen=True)
class StatePill:
    tone: str
    says: str


@dataclass(frozen=True)
class Chance:
    """When it is as likely to have come as not, and how likely it is by a day; blank where nobody can say."""

    middle: str
    by: str
    share: str
    already: str


def grades_card(standing: Standing, activities: Sequence[Activity]) -> GradesCard:
    governing = standing.governing
    overall = governing.overall if governing else None
    headline, why = _without_overall(standing)
    return GradesCard(
        headline="" if overall else headline,
        overall=words.GRADES[overall] if overall else "",
        tone=words.GRADE_TONES[overall] if overall else "",
        no_overall="" if overall else why,
        areas=tuple(_areas(governing, activities)) if governing else (),
        activity=governing,
        kind=words.title(governing) if governing else "",
        on_site=words.with_short_months(words.happened(governing)) if governing and words.dated(governing) else "",
        published=words.short_day(governing.published) if governing and governing.published else "",
        means=pathway_means(standing),
    )


def pathway_means(standing: Standing) -> str:
    """What follows from the pathway by the rows in force on the day, after priority action from that; blank where the
    rulebook does not say what comes next."""
    next_type = standing.expected_next.graded.type
    if standing.pathway is Pathway.UNKNOWN:
        return "No report held here decides it."
    if next_type is None:
        return ""
    one = TYPE_IN_WORDS[next_type]
    if standing.pathway is Pathway.NOT_YET_JUDGED:
        return f"A first {one.removeprefix('a ')} is to come."
    if standing.expected_next.priority_action_override is not None:
        return f"After priority action, {one} is next."
    if standing.pathway is Pathway.INADEQUATE:
        return f"Monitoring visits, then {one}."
    return f"{INSPECTIONS[next_type]}{_how_often(standing)}."


def _how_often(standing: Standing) -> str:
    """`, about every three years`; blank where no row counts the months after such a report."""
    report = standing.governing
    framework = report.framework if report else None
    if framework is None or not is_counted(standing.pathway, framework, standing.on):
        return ""
    months = interval(standing.pathway, framework, standing.on).middle_months
    often = number_in_words(months, "month") if months % 12 else f"{spelt(months // 12)} years"
    return f", about every {often}"


def _without_overall(standing: Standing) -> tuple[str, str]:
    governing = standing.governing
    if governing is None:
        if standing.pathway is Pathway.NOT_YET_JUDGED:
            return "Not yet judged", ""
        return "Not known", ""
    if not governing.grades:
        return "Grades not known", "The report is out; its grades are not held here."
    judged = governing.judged
    if judged.overall is None:
        since = f"Inspections begun since {month_in_words(judged.start)}" if judged.start > date.min else "Its reports"
        return "No overall grade", f"{since} grade {spelt(len(judged.areas))} areas only."
    return "No overall grade", "It is not held here."


def _areas(governing: Activity, activities: Sequence[Activity]) -> Iterator[AreaGrade]:
    graded = graded_inspections(activities)
    at = next((index for index, one in enumerate(graded) if one.id == governing.id), len(graded))
    before = graded[at + 1] if at + 1 < len(graded) else None
    noted = changes(governing, before)
    year = str((before.start or before.published or before.public_on).year) if before else ""
    for area, grade in governing.grades:
        if area not in OVERALL:
            note = noted.get(area, "")
            yield AreaGrade(
                AREAS[area].line, words.GRADES[grade], words.GRADE_TONES[grade], _sign(note), _change(note, year)
            )


def _sign(note: str) -> str:
    return "▲" if note.startswith("Up ") else "▼" if note.startswith("Down ") else ""


def _change(note: str, before: str) -> str:
    """`up one since 2019`, `as in 2019`; of a new area or framework, that."""
    if note == "No change":
        return f"as in {before}"
    return f"{words.small(note)} since {before}" if _sign(note) else words.small(note)


def pill(standing: Standing, on: date) -> StatePill:
    """The state of what comes next, in a few words beside its name."""
    status = standing.window_status
    graded, until = standing.expected_next.graded, standing.known_until.graded
    says = words.window_state(status, only_called=standing.only_called)
    if status is WindowStatus.UPCOMING and graded.window_from:
        says = f"Opens {ahead(on, graded.window_from)}"
    if status is WindowStatus.IN_WINDOW and graded.window_from:
        says = f"Open since {words.day(graded.window_from)}"
    if status is WindowStatus.NOT_APPLICABLE:
        says = "The authority ends first"
    if status is WindowStatus.OVERDUE:
        says = "Past its end: Ofsted is later than its policy"
    if status is WindowStatus.NOT_KNOWN and until is not None and until < on:
        says = f"Not known since {words.day(until)}"
    return StatePill(words.WINDOW_MARKS[status], says)


def ahead(on: date, day: date) -> str:
    """`in 5 days`, `in 6 weeks`, `in 14 months`, `in 2 years`."""
    days = (day - on).days
    months = words.months_between(on, day)
    if days <= 0:
        return "today"
    if days <= DAYS_TOLD:
        return f"in {words.count(days, 'day')}"
    if days <= WEEKS_TOLD:
        return f"in {words.count(round(days / 7), 'week')}"
    if months < MONTHS_TOLD:
        return f"in {words.count(months, 'month')}"
    return f"in {words.count(months // 12, 'year')}"


def place(authority: AuthorityFacts) -> str:
    """What stands under the name: `East Midlands`."""
    return authority.region or authority.ofsted_region or "England"


def known_until(known: KnownUntil) -> tuple[str, ...]:
    """`graded reports 21 August 2026`, kind by kind; those of which no source tells together at the end."""
    days = {kind: known.until(kind) for kind in (*LISTED, KnownKind.YOUTH_JUSTICE)}
    told = [f"{_short(kind)} {words.day(day)}" for kind, day in days.items() if day is not None]
    silent = [_short(kind) for kind, day in days.items() if day is None]
    return (*told, *([f"{listed(silent)} not known"] if silent else []))


def _short(kind: KnownKind) -> str:
    return SHORT.get(kind) or CALLED[kind]


def chance(outlook: Outlook | None, standing: Standing, on: date) -> Chance | None:
    """None where nothing is forecast, or the inspection has come."""
    if outlook is None or outlook.forecast is None or standing.window_status in UNDER_WAY:
        return None
    return Chance(
        middle=words.day(outlook.median) if outlook.median else "",
        by=words.day(on + timedelta(days=SIX_MONTHS_DAYS)),
        share=about(outlook.forecast.p_six_months),
        already=already_in_words(outlook),
    )
