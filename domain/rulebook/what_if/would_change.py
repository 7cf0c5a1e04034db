"""What would change an answer, found by really supposing it and asking the rulebook again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.frameworks import Area, Grade, JudgementSet
from domain.rulebook.cycle import last_time
from domain.rulebook.graded_windows import NoOverride, why_no_override
from domain.rulebook.situation import Situation
from domain.rulebook.what_if.suppose import Supposed, instead, judged_on, supposed_report, supposed_visit, supposing
from domain.values.activities import Activity, Saying
from domain.values.errors import RuleBroken
from domain.values.judgements import AREAS, Judgements
from domain.values.statements import Kind
from domain.values.words import GRADE_IN_WORDS, in_words

_BY_FOUR: tuple[tuple[str, Mapping[Area, Grade]], ...] = tuple(
    (said, dict(zip(AREAS[JudgementSet.ILACS_C], grades, strict=True)))
    for said, grades in (
        (
            "leaders and two of the three practice areas good and the third requires improvement",
            (Grade.GOOD, Grade.GOOD, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT),
        ),
        (
            "leaders requires improvement and all three practice areas good",
            (Grade.REQUIRES_IMPROVEMENT, Grade.GOOD, Grade.GOOD, Grade.GOOD),
        ),
        (
            "leaders and one practice area good and the other two requires improvement",
            (Grade.GOOD, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.REQUIRES_IMPROVEMENT),
        ),
        (
            "one practice area inadequate and everything else good",
            (Grade.GOOD, Grade.INADEQUATE, Grade.GOOD, Grade.GOOD),
        ),
    )
)
"""R-023, R-024: on each side of the lines that the four judgements draw."""


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
    return (*_in_dispute(now), *_not_stated(now), *_priority_action(now), *_reports(now), _new_framework())


def _in_dispute(now: Situation) -> Iterator[WouldChange]:
    """The governing report as other sources tell it, where it was published and what it judged overall."""
    report = now.governs
    for dispute in report.disagreements if report is not None else ():
        for saying in dispute.says:
            told = None if report is None or saying.value == dispute.held else _as_told(report, dispute.field, saying)
            if told is not None and told.public_on <= now.on:
                yield WouldChange(
                    f"If the governing report {_IN_DISPUTE[dispute.field]} {_value(saying)}, as {saying.source} says",
                    ("R-090",) if dispute.field == "published" else ("R-020",),
                    instead(
                        now.activities,
                        told,
                        authority=now.authority,
                        on=now.on,
                        holidays=now.holidays,
                        policy=now.policy,
                    ),
                )


def _as_told(report: Activity, field: str, saying: Saying) -> Activity | None:
    """The report with one value as another source has it; None for what decides nothing."""
    if field == "published":
        return replace(report, published=date.fromisoformat(saying.value))
    if field == _OVERALL:
        grades = dict(report.grades.pairs)
        grades[Area.OVERALL_EFFECTIVENESS] = Grade(saying.value)
        return replace(report, grades=Judgements.of(grades))
    return None


def _value(saying: Saying) -> str:
    try:
        return GRADE_IN_WORDS[Grade(saying.value)]
    except ValueError:
        return in_words(date.fromisoformat(saying.value))


_OVERALL = f"grades.{Area.OVERALL_EFFECTIVENESS.value}"
_IN_DISPUTE = {"published": "had been published on", _OVERALL: "had judged overall effectiveness"}


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
    if judged_on(published=now.on, start=start) is JudgementSet.ILACS_C:
        cases = [(f"{published} and judged {said}", grades) for said, grades in _BY_FOUR]
    else:
        cases = [
            (
                f"{published} and judged overall effectiveness {GRADE_IN_WORDS[grade]}",
                {Area.OVERALL_EFFECTIVENESS: grade},
            )
            for grade in Grade
        ]
    for what, grades in cases:
        try:
            report = supposed_report(now.authority.urn, published=now.on, grades=grades, start=start)
            yield WouldChange(what, _rules_for(grades), _suppose(now, report))
        except RuleBroken as refusal:  # whatever the grades: it is the day that cannot be
            yield WouldChange(published, _rules_for(grades), words=str(refusal))
            return


def _rules_for(grades: Mapping[Area, Grade]) -> tuple[str, ...]:
    if Area.OVERALL_EFFECTIVENESS in grades:
        return ("R-020",)
    return ("R-023", "R-024") if Grade.INADEQUATE in grades.values() else ("R-023",)


def _new_framework() -> WouldChange:
    return WouldChange(
        "If a new framework came into force",
        ("R-010",),
        words="A renewed framework is planned for 2027. What it will say is not known: neither which judgements it "
        "has, nor which inspections it brings, nor when. Nothing here is computed for it; when it is published, its "
        "rules become new dated rows, and answers for earlier days stay as they are.",
    )


def _suppose(now: Situation, supposed: Activity) -> Supposed:
    return supposing(
        now.activities, supposed, authority=now.authority, on=now.on, holidays=now.holidays, policy=now.policy
    )
