"""Why the pathway is what it is, step by step (R-006, R-020 to R-024, R-070, R-094 to R-096)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.frameworks import AREAS, GRADES, Framework, SetRow
from domain.rulebook.announced.words import have_left
from domain.rulebook.pathway import (
    SetCPathway,
    deciding_set,
    failing_areas,
    failing_decides,
    pathway_test_by,
    published_reports,
)
from domain.rulebook.results import PATHWAY_IN_WORDS, Pathway
from domain.rulebook.rows import INHERITED_MONITORING, Confidence, PathwayBasis
from domain.rulebook.situation import Situation
from domain.rulebook.steps import Input, RowUsed, Step, days_of, from_activity
from domain.rulebook.succession.ending import end_in_words
from domain.values.activities import Activity
from domain.values.judgements import NO_OVERALL_JUDGEMENT
from domain.values.words import GRADE_IN_WORDS, capital, in_words, listed, spelt


def pathway_steps(now: Situation) -> Iterator[Step]:
    """From what is held to the pathway; the last step names it, unless a report is awaited."""
    yield from _ending(now)
    if now.governs is None:
        yield from _without_report(now)
    else:
        yield from _governing(now, now.governs)
        yield from _decided(now, now.governs)
    if now.awaits is not None:
        yield Step(
            rule="R-021",
            inputs=(
                from_activity("Inspection whose report is awaited", now.awaits, now.on),
                *days_of(now.awaits, now.on),
            ),
            result=f"{have_left(now.awaited)}. That the pathway stands until the report is published is inferred.",
            inferred=True,
        )


def _ending(now: Situation) -> Iterator[Step]:
    """That the authority is known to end, or has ended (R-072, R-074, R-098)."""
    ends = now.authority.ends_on
    if ends is None:
        return
    inputs = (Input("The authority ends on", ends), Input("Day asked", now.on))
    if not now.abolished:
        yield Step(rule="R-072", inputs=inputs, result=end_in_words(now.authority) or in_words(ends))
        return
    result = f"{now.authority.name} ended on {in_words(ends)}: its pathway and last report are history."
    yield Step(rule="R-074", inputs=inputs, result=result)
    yield Step(rule="R-098", inputs=inputs, result="Nothing is expected of an authority that has ended.")


PUBLIC_REPORTS = "Graded reports public by then, as held here"

LEFT_TO_AN_OFFICER = "This installation leaves to an officer what these judgements mean, so the pathway is unknown."
NOT_KNOWN = (
    "The grades that decide are not all known, so the pathway is unknown: neither a type nor a window can be expected."
)
NOT_SAID_YET = (
    "Ofsted has not said, in any text found, what the grades of this framework mean for what follows: neither a type "
    "nor a window can be expected."
)


def _governing(now: Situation, report: Activity) -> Iterator[Step]:
    public = published_reports(now.activities, now.on)
    yield Step(
        rule="R-020",
        inputs=(
            Input("Day asked", now.on),
            Input(PUBLIC_REPORTS, len(public)),
            from_activity("The latest of them", report, now.on),
            Input("Published", report.public_on, report.id),
        ),
        result=f"The report published on {in_words(report.public_on)} is the latest public by {in_words(now.on)}, so "
        "it governs.",
    )
    if report.published is None:
        yield Step(
            rule="R-095",
            inputs=days_of(report, now.on),
            result=f"No publication date is held, so {in_words(report.public_on)} stands for it.",
        )


def _decided(now: Situation, report: Activity) -> Iterator[Step]:
    test, compared = pathway_test_by(report)
    of, overall = deciding_set(report), report.overall
    if report.framework is not Framework.SIF and test.by is not PathwayBasis.NOT_SAID:
        yield Step(
            rule="R-006",
            inputs=(
                Input("First day on site", report.start or "not known", report.id),
                Input("No overall grade for inspections starting from", NO_OVERALL_JUDGEMENT),
            ),
            result=_which_grades(report, test.by, of),
        )
    row = RowUsed(test, day_compared(report), compared)
    if test.by is PathwayBasis.OVERALL and of.overall is not None:
        judged = AREAS[of.overall]
        yield Step(
            rule=test.rule,
            inputs=(Input(judged.label, GRADE_IN_WORDS[overall] if overall else "not known", report.id),),
            result=f"{judged.label} was judged {GRADE_IN_WORDS[overall]}: the pathway is "
            f"{PATHWAY_IN_WORDS[now.pathway]}."
            if overall
            else "The overall grade decides, and no source held here knows it.",
            row=row,
        )
    elif test.by.together:
        yield from _by_several(now, report, of, row)
    if now.pathway is Pathway.UNKNOWN:
        yield Step(
            rule="R-094",
            inputs=(),
            result=NOT_SAID_YET
            if test.by is PathwayBasis.NOT_SAID
            else LEFT_TO_AN_OFFICER
            if test.by.together and now.policy.set_c_pathway is SetCPathway.MANUAL
            else NOT_KNOWN,
        )


def _by_several(now: Situation, report: Activity, of: SetRow, row: RowUsed) -> Iterator[Step]:
    graded = {area: report.grades.get(area) for area in of.deciding}
    leaders, *practice = graded.values()
    good = sum(grade is not None and bool(GRADES[grade].good) for grade in practice)
    counted = (
        f"Leaders are {GRADE_IN_WORDS[leaders] if leaders else 'not known'}, and {good} of the {spelt(len(practice))} "
        f"practice judgements {'is' if good == 1 else 'are'} {of.scale.good} (at least {of.needed} are needed)"
    )
    failing_counts, inferred = failing_decides(report), row.row.confidence is Confidence.INFERRED
    pathway = PATHWAY_IN_WORDS[now.pathway]
    settled = f": that is inferred to mean the {pathway} pathway" if inferred else f": the pathway is {pathway}"
    if failing_counts or now.pathway is Pathway.UNKNOWN:
        settled = "; how they decide together is inferred" if inferred else ""
    yield Step(
        rule=row.row.rule,
        inputs=(
            *(
                Input(capital(AREAS[area].words), GRADE_IN_WORDS[grade] if grade else "not known", report.id)
                for area, grade in graded.items()
            ),
            Input("Setting of this installation", now.policy.set_c_pathway.value.replace("_", " ")),
        ),
        result=f"{counted}{settled}.",
        row=row,
        inferred=inferred,
    )
    if failing_counts:
        failing, where = of.scale.failing, listed(failing_areas(report))
        if now.pathway is Pathway.INADEQUATE:
            meaning = "that is inferred to mean the inadequate pathway; no text of Ofsted's was found that says so"
        elif now.pathway is Pathway.UNKNOWN:
            meaning = "this installation leaves what that means to an officer, so the pathway is unknown"
        else:
            meaning = (
                f"as this installation is set, that alone is inferred not to mean the inadequate pathway: it is "
                f"{PATHWAY_IN_WORDS[now.pathway]}"
            )
        yield Step(
            rule="R-024",
            inputs=(
                Input(f"Judged {failing}", where, report.id),
                Input("Setting of this installation", now.policy.set_c_inadequate.value.replace("_", " ")),
            ),
            result=f"{capital(failing)} for {where}: {meaning}.",
            inferred=True,
        )


def _without_report(now: Situation) -> Iterator[Step]:
    if now.pathway is not Pathway.NOT_YET_JUDGED or now.formed_on is None:
        held = any(True for _ in now.seen())
        yield Step(
            rule="R-094",
            inputs=(Input("Day asked", now.on), Input(PUBLIC_REPORTS, 0)),
            result=f"No graded report public by {in_words(now.on)} is held"
            + ("" if held else ", nor anything else of that time")
            + ", so the pathway is unknown: neither a type nor a window can be expected.",
        )
        return
    yield Step(
        rule="R-070",
        inputs=(
            Input("Authority formed", now.formed_on),
            Input("Graded reports of its own public by then", 0),
        ),
        result=f"The authority was formed on {in_words(now.formed_on)}; a grade of its predecessor does not count.",
    )
    for row in INHERITED_MONITORING:
        if now.inherited_monitoring and row.urn == now.authority.urn:
            yield Step(
                rule=row.rule,
                inputs=(Input("Authority (Ofsted URN)", now.authority.urn), Input("Day asked", now.on)),
                result="Its predecessor was under monitoring, which carries over until it has a graded report of its "
                "own.",
                row=RowUsed(row, "the day asked", now.on),
            )
    yield Step(
        rule="R-094",
        inputs=(Input("Day asked", now.on),),
        result=f"It has no graded report of its own by {in_words(now.on)}: it is {PATHWAY_IN_WORDS[now.pathway]}.",
    )


def _which_grades(report: Activity, by: PathwayBasis, of: SetRow) -> str:
    number = spelt(len(of.areas))
    earlier = of.start < NO_OVERALL_JUDGEMENT
    before = f"before {in_words(NO_OVERALL_JUDGEMENT)}" if earlier else f"on or after {in_words(of.start)}"
    if report.start is None:
        if by.together:
            return (
                f"Its first day is not known, but it was published since {in_words(of.start)} and has no "
                f"overall grade, so its {number} judgements decide."
            )
        return f"Its first day is not known; it is read as begun {before}, so the overall grade decides."
    if by.together:
        return (
            f"It began on {in_words(report.start)}, on or after {in_words(of.start)}, so it has {number} "
            "judgements and no overall grade."
        )
    return f"It began on {in_words(report.start)}, {before}, so the overall grade decides."


def day_compared(report: Activity) -> str:
    """Which day of a report says by what it is judged."""
    if report.start is not None:
        return "the first day on site"
    return "the day of publication (the first day on site is not known)"
