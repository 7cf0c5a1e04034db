"""What would change an answer, found by really supposing it and asking the rulebook again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.frameworks import AREAS, PLANNED, SET_ROWS, Area, Grade, GradeRow, SetRow
from domain.rulebook.episodes import last_time
from domain.rulebook.graded_windows import NoOverride, why_no_override
from domain.rulebook.situation import Situation
from domain.rulebook.what_if.suppose import Supposed, instead, judged_on, supposed_report, supposed_visit, supposing
from domain.values.activities import Activity, Saying
from domain.values.errors import RuleBroken
from domain.values.judgements import Judgements
from domain.values.statements import Kind
from domain.values.words import GRADE_IN_WORDS, in_words, spelt

_LAST = ("", "the other", "the second", "the third", "the fourth", "the fifth")


def _cases(of: SetRow) -> Iterator[tuple[str, Mapping[Area, Grade], tuple[str, ...]]]:
    """R-020 to R-024: what a report of a set may judge, in words, on each side of the lines that its grades draw."""
    if of.overall is not None:
        for row in of.scale.grades:
            yield f"{AREAS[of.overall].words} {row.in_words}", {of.overall: row.grade}, ("R-020",)
        return
    good = [row for row in of.scale.grades if row.good]
    neither = [row for row in of.scale.grades if not row.good and not row.failing]
    failing = [row for row in of.scale.grades if row.failing]
    if not (of.deciding and of.scale.said and good and neither and failing):
        return
    best, middle, worst = good[-1], neither[0], failing[0]
    number, needed = len(of.practice), of.needed

    def judged(leaders: GradeRow, *practice: GradeRow) -> dict[Area, Grade]:
        others = dict.fromkeys(of.areas, best.grade)
        decide = zip(of.deciding, (leaders, *practice), strict=True)
        return others | {area: row.grade for area, row in decide}

    yield (
        f"leaders and {spelt(needed)} of the {spelt(number)} practice areas {best.in_words} and "
        f"{_rest(number, number - needed)} {middle.in_words}",
        judged(best, *[best] * needed, *[middle] * (number - needed)),
        ("R-023",),
    )
    yield (
        f"leaders {middle.in_words} and all {spelt(number)} practice areas {best.in_words}",
        judged(middle, *[best] * number),
        ("R-023",),
    )
    if needed > 1:
        less = needed - 1
        yield (
            f"leaders and {spelt(less)} practice {'area' if less == 1 else 'areas'} {best.in_words} and "
            f"{_rest(number, number - less)} {middle.in_words}",
            judged(best, *[best] * less, *[middle] * (number - less)),
            ("R-023",),
        )
    yield (
        f"one practice area {worst.in_words} and everything else {best.in_words}",
        judged(best, worst, *[best] * (number - 1)),
        ("R-023", "R-024"),
    )


def _rest(number: int, left: int) -> str:
    """`the third`, of three; `the other two`."""
    return _LAST[number] if left == 1 and number < len(_LAST) else f"the other {spelt(left)}"


@dataclass(frozen=True)
class WouldChange:
    """`what` is a sentence that begins "If …" and says what is supposed; `rules` what would then be read.

    `supposed` is the answer beside the present one; None where none can be computed, and `words` then say why."""

    what: str
    rules: tuple[str, ...]
    supposed: Supposed | None = None
    words: str = ""


def would_change(now: Situation) -> tuple[WouldChange, ...]:
    """A priority action, each result that a report could bring on the day asked, and a new framework."""
    if now.abolished:
        return ()
    return (*_in_dispute(now), *_not_stated(now), *_priority_action(now), *_reports(now), *_new_framework())


def _in_dispute(now: Situation) -> Iterator[WouldChange]:
    """The governing report as other sources tell it, where it was published and what it judged overall."""
    report = now.governs
    for dispute in report.disagreements if report is not None else ():
        for saying in dispute.says:
            if report is None or saying.value == dispute.held:
                continue
            told = _as_told(report, dispute.field, saying)
            if told is not None and told.public_on <= now.on:
                otherwise = f"{_told_otherwise(dispute.field)} {_value(saying)}"
                yield WouldChange(
                    f"If the governing report {otherwise}, as {saying.source} says",
                    ("R-090",) if dispute.field == "published" else ("R-020",),
                    instead(
                        now.activities,
                        told,
                        authority=now.authority,
                        on=now.on,
                        holidays=now.holidays,
                        policy=now.policy,
                        known_until=now.known_until,
                    ),
                )


def _as_told(report: Activity, field: str, saying: Saying) -> Activity | None:
    """The report with one value as another source has it; None for what decides nothing."""
    if field == "published":
        return replace(report, published=date.fromisoformat(saying.value))
    overall = report.judged.overall
    if overall is not None and field == f"grades.{overall.value}":
        grades = dict(report.grades.pairs)
        grades[overall] = Grade(saying.value)
        return replace(report, grades=Judgements.of(grades))
    return None


def _value(saying: Saying) -> str:
    try:
        return GRADE_IN_WORDS[Grade(saying.value)]
    except ValueError:
        return in_words(date.fromisoformat(saying.value))


def _told_otherwise(field: str) -> str:
    if field == "published":
        return "had been published on"
    return f"had judged {AREAS[Area(field.removeprefix('grades.'))].words}"


def _not_stated(now: Situation) -> Iterator[WouldChange]:
    """Focused visits since the governing report of which no source says whether they found priority action."""
    if now.governs is None:
        return
    for visit in now.visible(Kind.FOCUSED_VISIT):
        if why_no_override(visit, now.governs.public_on, now.on) is not NoOverride.NOT_STATED:
            continue
        if visit.true_on < now.governs.public_on:
            continue
        found = replace(visit, priority_action=True)
        yield WouldChange(
            f"If the focused visit {last_time(now.known(visit))} did find an area for priority action",
            ("R-034", "R-092"),
            instead(
                now.activities,
                found,
                authority=now.authority,
                on=now.on,
                holidays=now.holidays,
                policy=now.policy,
                known_until=now.known_until,
            ),
        )


def _priority_action(now: Situation) -> Iterator[WouldChange]:
    what = f"If a focused visit on {in_words(now.on)} found an area for priority action"
    rules = ("R-034", "R-092")
    try:
        visit = supposed_visit(now.authority.urn, began=now.on, priority_action=True)
        yield WouldChange(what, rules, _suppose(now, visit))
    except RuleBroken as refusal:
        yield WouldChange(what, rules, words=str(refusal))


def _reports(now: Situation) -> Iterator[WouldChange]:
    start = now.awaits.start if now.awaits is not None else None
    inspection = "the report awaited" if now.awaits is not None else "a graded report"
    published = f"If {inspection} were published on {in_words(now.on)}"
    of = SET_ROWS[judged_on(published=now.on, start=start)]
    for said, grades, rules in _cases(of):
        try:
            report = supposed_report(now.authority.urn, published=now.on, grades=grades, start=start)
            yield WouldChange(f"{published} and judged {said}", rules, _suppose(now, report))
        except RuleBroken as refusal:  # whatever the grades: it is the day that cannot be
            yield WouldChange(published, rules, words=str(refusal))
            return


def _new_framework() -> Iterator[WouldChange]:
    if PLANNED:
        yield WouldChange(
            "If a new framework came into force",
            ("R-010",),
            words=f"{PLANNED} What it will say is not known: neither which judgements it has, nor which inspections it "
            "brings, nor when. Nothing here is computed for it; when it is published, its rules become new dated rows, "
            "and answers for earlier days stay as they are.",
        )


def _suppose(now: Situation, supposed: Activity) -> Supposed:
    return supposing(
        now.activities,
        supposed,
        authority=now.authority,
        on=now.on,
        holidays=now.holidays,
        policy=now.policy,
        known_until=now.known_until,
    )
