"""Questions that a member could ask of an authority, each with the fact that it stands on.

A question is made of what is held and never of silence: where nothing is known, none is made. Of several the gravest
come first, and no more than can be asked in one meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from domain.frameworks import AREAS, OVERALL, SCALE_OF
from domain.rulebook.results import UNDER_WAY, Standing
from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import capital, month_in_words, number_in_words, spelt
from projections.outlook.neighbours import NeighboursAnswer
from projections.plans.answers import PlanHead
from web.words import words
from web.words.asked_for import AskedFor
from web.words.judgement_table import graded_inspections

MOST = 4
LONGEST_QUOTE = 110


@dataclass(frozen=True)
class CouldAsk:
    """A question, and in one line the fact behind it and where that stands."""

    question: str
    fact: str


@dataclass(frozen=True)
class Known:
    """What questions are made of. `plans` are those of the authority that are not made up, the newest first;
    `plan_recorded`: that a plan was sent to Ofsted is recorded."""

    standing: Standing
    activities: Sequence[Activity]
    asked_for: AskedFor
    plans: Sequence[PlanHead]
    plan_recorded: bool
    beside: NeighboursAnswer | None


def could_ask(known: Known) -> tuple[CouldAsk, ...]:
    """The questions, gravest first; none of an authority that has ended."""
    if known.standing.ended:
        return ()
    made = (_priority, _raised_before, _behind, _gaps, _plan_due, _visited, _fallen, _theme, _ready)
    return tuple(islice((one for make in made for one in make(known)), MOST))


def _priority(known: Known) -> Iterator[CouldAsk]:
    found = [one for one in _since_report(known) if one.priority_actions]
    for one in found[:1]:
        yield CouldAsk(
            f"Ofsted asked for priority action on “{_quoted(one.priority_actions[0])}”. What has been done, and what "
            "shows that it works?",
            f"{words.title(one)} of {words.happened(one)}, {words.made_public(one)}",
        )


def _raised_before(known: Known) -> Iterator[CouldAsk]:
    items = [(one, one.earlier) for one in known.asked_for.items if one.earlier]
    for one, earlier in sorted(items, key=lambda item: not item[1].sure)[:1]:
        year = known.asked_for.year
        if earlier.sure:
            question = (
                f"“{_quoted(one.text)}” was asked for in {year}, and before. What is different now, and which figure "
                "shows it?"
            )
        else:
            question = (
                f"In {year} Ofsted asked for “{_quoted(one.text)}”, in words like those of an earlier report. Is it "
                "the same matter, and what is different now?"
            )
        place = [item.text for item in known.asked_for.items].index(one.text) + 1
        yield CouldAsk(question, f"Report of {year}, item {place}; {earlier.where}")


def _behind(known: Known) -> Iterator[CouldAsk]:
    for head in known.plans[:1]:
        counts = head.counts
        if head.shows_actions and head.is_followed and counts.overdue:
            longest = number_in_words(counts.longest_overdue, "day")
            late = f"{counts.overdue} of {number_in_words(counts.actions, 'action')} in the plan"
            yield CouldAsk(
                f"{late} {'is' if counts.overdue == 1 else 'are'} overdue, the longest by {longest}. What will bring "
                "them back, and by which day?",
                f"Action plan opened on {words.day(head.opened_on)}",
            )


def _gaps(known: Known) -> Iterator[CouldAsk]:
    for head in known.plans[:1]:
        if head.shows_actions and head.is_followed and (gaps := head.counts.gaps):
            yield CouldAsk(
                f"{capital(spelt(gaps))} of Ofsted’s findings {'has' if gaps == 1 else 'have'} no action in the plan. "
                "Who answers for them?",
                f"Action plan opened on {words.day(head.opened_on)}",
            )


def _plan_due(known: Known) -> Iterator[CouldAsk]:
    standing, governing = known.standing, known.standing.governing
    due = standing.expected_next.action_plan_due
    if due is None or governing is None or known.plans or known.plan_recorded:
        return
    was, where = ("was", "Where can the panel read it") if due < standing.on else ("is", "When will the panel see it")
    yield CouldAsk(
        f"The action plan {was} due to Ofsted by {words.day(due)}. {where}?",
        f"Counted from the report of {words.day(governing.public_on)}; no plan is held here",
    )


def _visited(known: Known) -> Iterator[CouldAsk]:
    kinds = (Kind.JTAI, Kind.FOCUSED_VISIT)
    found = [one for one in _since_report(known) if one.kind in kinds and one.published and not one.priority_actions]
    for one in found[:1]:
        about = words.title(one).partition(": ")[2]
        looked = f" looked at {words.small(about)}" if about else " came after the report"
        called = "joint inspection" if one.kind is Kind.JTAI else "focused visit"
        yield CouldAsk(
            f"The {called} of {month_in_words(one.true_on)}{looked}. What did its letter ask for, and who answers it?",
            f"Letter published on {words.day(one.published)}" if one.published else "",
        )


def _fallen(known: Known) -> Iterator[CouldAsk]:
    graded = graded_inspections(known.activities)
    governing = known.standing.governing
    if governing is None or len(graded) < 2 or graded[0].id != governing.id:
        return
    before = graded[1]
    for area, grade in governing.grades:
        was = before.grades.get(area)
        if was is None or area in OVERALL:
            continue
        if (SCALE_OF[was].steps(was, grade) or 0) < 0:
            yield CouldAsk(
                f"The grade for {words.small(AREAS[area].label)} fell from {words.GRADES[was].lower()} to "
                f"{words.GRADES[grade].lower()}. Why, and what has changed since?",
                f"Reports of {words.day(before.public_on)} and {words.day(governing.public_on)}",
            )


def _theme(known: Known) -> Iterator[CouldAsk]:
    answer = known.beside
    if answer is None:
        return
    name = answer.authority.name
    for one in answer.themes:
        number, of = one.group
        if one.stands_out:
            what = words.small(one.theme.words)
            yield CouldAsk(
                f"{capital(spelt(number))} of {spelt(of)} similar authorities were asked to improve {what}; {name} was "
                "not. How does the council know that it is good here?",
                "Themes of the latest reports whose findings are held here, found by their words",
            )
            return


def _ready(known: Known) -> Iterator[CouldAsk]:
    expected = known.standing.expected_next
    acted, graded = expected.priority_action_override, expected.graded
    first = acted.expected_from_month.first_day if acted else graded.window_from
    last = acted.expected_to_month.last_day if acted else graded.window_to
    if first is None or last is None or known.standing.window_status in UNDER_WAY:
        return
    told = "could come on any Monday" if first <= known.standing.on else f"could come from {month_in_words(first)}"
    why = "Expected after priority action" if acted else "Window by Ofsted’s policy"
    yield CouldAsk(
        f"The next inspection {told}. When was the self-evaluation last brought up to date, and what does it say is "
        "not yet good?",
        f"{why}: {words.span(first, last)}",
    )


def _since_report(known: Known) -> list[Activity]:
    """What came after the report that counts and may tell of something, the newest first."""
    since = known.standing.governing.public_on if known.standing.governing else date.min
    return sorted(
        (one for one in known.activities if one.counts and not one.only_called and one.public_on > since),
        key=lambda one: one.public_on,
        reverse=True,
    )


def _quoted(text: str) -> str:
    """The beginning of a finding, up to a whole word."""
    plain = text.rstrip(". ")
    if len(plain) <= LONGEST_QUOTE:
        return plain
    return f"{plain[:LONGEST_QUOTE].rpartition(' ')[0].rstrip(',;')} …"
