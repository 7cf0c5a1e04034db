"""Reports that do not govern, judgements that do not decide, and why an authority is not taken for a new one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.frameworks import AREAS, GRADES
from domain.rulebook.pathway import (
    deciding_set,
    failing_areas,
    failing_decides,
    gave_way,
    pathway_test,
    published_reports,
)
from domain.rulebook.results import Pathway
from domain.rulebook.rows import (
    FORMED_SINCE,
    GOVERNING_FRAMEWORKS,
    INHERITED_MONITORING,
    PathwayBasis,
)
from domain.rulebook.situation import Situation
from domain.rulebook.steps import ASKED, Input, RowUsed, Unapplied, from_activity
from domain.values.statements import Kind
from domain.values.words import GRADE_IN_WORDS, capital, in_words, listed


def other_reports(now: Situation) -> Iterator[Unapplied]:
    """Reports that gave way or came second, and inspections of older frameworks (R-096)."""
    public = published_reports(now.activities, now.on)
    by_id = {report.id: report for report in public}
    for given, to in gave_way(public).items():
        report = by_id[given]
        yield Unapplied(
            rule="R-096",
            why=f"A report published on {in_words(report.public_on)} does not govern: no source knows its grades, and "
            f"one with known grades was published before it, on {in_words(to.public_on)}.",
            inputs=(from_activity("Report without known grades", report, now.on), from_activity("To", to, now.on)),
        )
    if now.governs is not None:
        for report in public:
            if report.id != now.governs.id and report.public_on == now.governs.public_on:
                yield Unapplied(
                    rule="R-096",
                    why=f"Another report was published on the same day, {in_words(report.public_on)}; the one that "
                    "began later governs.",
                    inputs=(from_activity("The other report", report, now.on),),
                )
    older = [one for one in now.seen() if one.kind is Kind.INSPECTION and one.framework not in GOVERNING_FRAMEWORKS]
    since = now.governs.public_on if now.governs else date.min
    for inspection in older:
        if inspection.public_on >= since:
            framework = inspection.framework.value if inspection.framework else "not known"
            yield Unapplied(
                rule="R-096",
                why=f"An inspection under an older or unknown framework ({framework}) is history only and never "
                "governs.",
                inputs=(from_activity("Inspection", inspection, now.on),),
            )


def other_judgements(now: Situation) -> Iterator[Unapplied]:
    """Inadequate judgements that an overall grade outweighs, and whether R-024 is read."""
    report = now.governs
    if report is None:
        return
    overall, of, failing = report.overall, deciding_set(report), failing_areas(report)
    if pathway_test(report).by is PathwayBasis.OVERALL:
        if overall is not None and not GRADES[overall].failing and failing:
            yield Unapplied(
                rule="R-022",
                why=f"The report is {of.scale.failing} for {listed(failing)}, yet its overall grade is not; the "
                "overall grade decides and is never worked out from the others.",
            )
        yield Unapplied(
            rule="R-024",
            why="It is read only where there is no overall grade; this report has one"
            + ("." if overall is not None else ", though no source held here knows it."),
        )
    elif pathway_test(report).by.together and not failing_decides(report):
        known = all(report.grades.get(area) is not None for area in of.deciding)
        yield Unapplied(
            rule="R-024",
            why=f"No judgement {'' if known else 'known here '}is {of.scale.failing}.",
            inputs=tuple(
                Input(capital(AREAS[area].words), GRADE_IN_WORDS[grade], report.id) for area, grade in report.grades
            ),
        )


def new_authority(now: Situation) -> Iterator[Unapplied]:
    """Why it is not, or is no longer, an authority without a grade of its own (R-070)."""
    formed = _formed(now)
    if formed is not None and formed > now.on:
        yield Unapplied("R-070", "The authority had not been formed by the day asked.")
    elif now.governs is not None and formed is not None and formed >= FORMED_SINCE:
        yield Unapplied(
            rule="R-070",
            why=f"The authority was formed on {in_words(formed)}, and has had a graded report of its own since "
            f"{in_words(min(report.public_on for report in published_reports(now.activities, now.on)))}.",
            inputs=(Input("Authority formed", formed),),
        )
    elif now.governs is None and now.pathway is Pathway.UNKNOWN:
        if formed is None:
            why = "No day of formation is held, so the authority is not taken for a new one without a grade."
        else:
            why = (
                f"The authority was formed on {in_words(formed)}, before {in_words(FORMED_SINCE)}: it must have been "
                "inspected since, so that nothing is held means only that nothing is known here."
            )
        yield Unapplied("R-070", why)
    for row in INHERITED_MONITORING:
        if row.urn == now.authority.urn and not now.inherited_monitoring:
            began = row.in_force(now.on)
            yield Unapplied(
                rule=row.rule,
                why="Its predecessor's monitoring carried over only until its first own graded report."
                if began
                else "Its predecessor's monitoring had not carried over to it by the day asked.",
                row=RowUsed(row, ASKED, now.on) if began else None,
            )


def without_report(now: Situation) -> Iterator[Unapplied]:
    """What cannot apply while no report governs."""
    if now.pathway is not Pathway.NOT_YET_JUDGED:
        return
    yield Unapplied("R-025", "No graded report of its own governs, so no window can be counted from one.")
    yield Unapplied("R-092", "No graded report governs whose type a visit could override; the first is a standard one.")
    if not now.inherited_monitoring:
        yield Unapplied("R-040", "It is not yet judged: monitoring visits go to inadequate authorities only.")


def _formed(now: Situation) -> date | None:
    created = (one.true_on for one in now.seen() if one.kind is Kind.AUTHORITY_CREATED)
    return min([*created, *([now.authority.formed_on] if now.authority.formed_on else [])], default=None)
