"""Why an authority stands where it stands, in one sentence with rules and caveats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.frameworks import AREAS
from domain.rulebook.deadlines import on_site
from domain.rulebook.episodes import last_time
from domain.rulebook.graded_windows import plan_time
from domain.rulebook.pathway import (
    SetCInadequate,
    SetCPathway,
    decided_by_inference,
    deciding_set,
    failing_areas,
    failing_decides,
    pathway_test,
    unread_since,
)
from domain.rulebook.results import PATHWAY_IN_WORDS, Pathway
from domain.rulebook.rows import Confidence, PathwayBasis
from domain.rulebook.situation import Situation
from domain.rulebook.succession.ending import NOT_KNOWN_WHETHER_LESS, end_in_words
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import GRADE_IN_WORDS, in_words, listed, spelt

_A_KIND = {
    Kind.INSPECTION: "an inspection",
    Kind.FOCUSED_VISIT: "a focused visit",
    Kind.MONITORING_VISIT: "a monitoring visit",
    Kind.JTAI: "a joint inspection",
}


@dataclass(frozen=True)
class Reasons:
    """One plain sentence, the rules behind it, what limits it, and whether it rests on inference."""

    why: str
    rules: tuple[str, ...]
    caveats: tuple[str, ...]
    inferred: bool


def reasons_for(now: Situation) -> Reasons:
    """Why the pathway is what it is (R-020 to R-024, R-070, R-094)."""
    report = now.governs
    if report is None:
        why, rules, by_inference = *_without_report(now), False
    else:
        by_inference = decided_by_inference(report)
        why, rules = _of_report(now, report)
    if now.awaits is not None:
        rules = (*rules, "R-021")
    if now.authority.ends_on is not None:
        rules = (*rules, *(("R-074", "R-098") if now.abolished else ("R-072",)))
    return Reasons(
        why=why,
        rules=rules,
        caveats=tuple(_caveats(now)),
        inferred=by_inference or now.awaits is not None,
    )


def _of_report(now: Situation, report: Activity) -> tuple[str, tuple[str, ...]]:
    published = f"The latest graded report, published on {in_words(report.public_on)},"
    test, of, overall = pathway_test(report), deciding_set(report), report.overall
    if test.by is PathwayBasis.OVERALL and of.overall is not None:
        if overall is None:
            return f"{published} has an overall grade that no source held here knows.", (test.rule, "R-094")
        return f"{published} judged {AREAS[of.overall].words} {GRADE_IN_WORDS[overall]}.", (test.rule,)
    if test.by is PathwayBasis.NOT_SAID:
        return f"{published} is of a framework of which Ofsted has not said what follows.", ("R-094",)
    published += f" has {spelt(len(of.areas))} judgements and no overall grade"
    if failing_decides(report):
        where = f"{of.scale.failing} for {listed(failing_areas(report))}"
        rules = (test.rule, "R-024")
        if now.pathway is Pathway.INADEQUATE:
            return f"{published}; {where}, it is inferred to mean the inadequate pathway.", rules
        if now.pathway is Pathway.UNKNOWN:
            left = (
                SetCPathway.MANUAL is now.policy.set_c_pathway or now.policy.set_c_inadequate is SetCInadequate.MANUAL
            )
            means = "is left to an officer" if left else "is not known, as not all that decide are known here"
            return f"{published}; what {where} means for the pathway {means}.", rules
        return f"{published}; {where} alone is inferred not to mean the inadequate pathway.", rules
    inferred = test.confidence is Confidence.INFERRED
    if now.pathway is Pathway.UNKNOWN:
        how = "; how they decide together is inferred" if inferred else ""
        if now.policy.set_c_pathway is SetCPathway.MANUAL:
            return f"{published}{how} and left to an officer.", (test.rule, "R-094")
        return f"{published}, and not all that decide are known here{how}.", (test.rule, "R-094")
    met = "judges" if now.pathway is Pathway.GOOD_OR_OUTSTANDING else "does not judge"
    enough = f"at least {spelt(of.needed)} practice areas {of.scale.good}"
    means = f", which is inferred to mean the {PATHWAY_IN_WORDS[now.pathway]} pathway" if inferred else ""
    return f"{published}; it {met} leaders and {enough}{means}.", (test.rule,)


def _without_report(now: Situation) -> tuple[str, tuple[str, ...]]:
    if now.pathway is Pathway.NOT_YET_JUDGED and now.formed_on is not None:
        why = f"The authority was formed on {in_words(now.formed_on)} and has no graded report of its own"
        if now.inherited_monitoring:
            return f"{why}; the monitoring of its predecessor carries over.", ("R-070", "R-094")
        return f"{why}.", ("R-070", "R-094")
    return f"No graded report published by {in_words(now.on)} is held.", ("R-094",)


def _caveats(now: Situation) -> Iterator[str]:
    if now.awaits is not None and now.awaited_from is not None:
        yield (
            f"{on_site(now.awaits, now.awaited_from)}. The report is not yet published; that the pathway stands until "
            "then is inferred."
        )
    report = now.governs
    if report is not None:
        uncounted = now.expected_next.action_plan_due is None and not now.abolished
        if uncounted and plan_time(report.public_on).shown:
            yield (
                f"The action plan's due date cannot be counted: bank holidays are known from "
                f"{in_words(now.holidays.known_from)} to {in_words(now.holidays.known_to)}."
            )
        if report.published is None:
            yield "The governing report's publication date is not known; its last known day stands in its place."
        for other in unread_since(now.activities, report, now.on):
            yield (
                f"A report published on {in_words(other.public_on)} is left out of this answer: no source held here "
                "knows its grades."
            )
    for doubted in now.in_doubt():
        yield (
            f"What is held of {_A_KIND[doubted.kind]} {last_time(doubted)} cannot be right: it is left out of this "
            "answer until an officer has looked."
        )
    ends = end_in_words(now.authority)
    if ends is not None:
        yield f"{ends} {NOT_KNOWN_WHETHER_LESS}"
    abolished = now.authority.abolished_on
    if abolished is not None and abolished <= now.on:
        yield f"The authority was abolished on {in_words(abolished)}; nothing more is to be expected."
