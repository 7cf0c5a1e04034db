"""The few words of the two cards that answer first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.frameworks import Area
from domain.rulebook.results import Graded, GradedType, Pathway, PriorityActionOverride, Standing, WindowStatus
from domain.values.judgements import Judgements
from domain.values.known_until import NOTHING_KNOWN
from domain.values.statements import Period
from tests.web.examples import ILACS_2024, STANDING, TIMELINE_ANSWER
from web.words.answer import INSPECTIONS, ahead, grades_card, pathway_means, pill
from web.words.words import WINDOW_MARKS

ACTIVITIES = [entry.activity for entry in TIMELINE_ANSWER.entries]
ON = date(2026, 11, 22)
FROM = STANDING.expected_next.graded.window_from


def seen(status: WindowStatus, **changed):  # type: ignore[no-untyped-def]
    graded = replace(STANDING.expected_next.graded, status=status)
    return replace(STANDING, expected_next=replace(STANDING.expected_next, graded=graded), **changed)


def seen_with(graded: Graded, acted: PriorityActionOverride | None = None) -> Standing:
    expected = replace(STANDING.expected_next, graded=graded, priority_action_override=acted)
    return replace(STANDING, expected_next=expected)


def test_the_overall_grade_leads_and_each_area_says_how_it_moved():
    card = grades_card(STANDING, ACTIVITIES)
    assert (card.overall, card.tone, card.headline) == ("Good", "tone-good", "")
    assert [one.label for one in card.areas] == ["Leaders", "Help and protection", "Children in care", "Care leavers"]
    assert (card.areas[1].sign, card.areas[1].change) == ("▲", "up one since 2018")
    assert card.areas[3].change == "new in 2023"


def test_without_an_overall_grade_the_card_says_why():
    areas = Judgements.of((area, grade) for area, grade in ILACS_2024.grades if area is not Area.OVERALL_EFFECTIVENESS)
    of_2026 = replace(ILACS_2024, start=date(2026, 6, 8), end=date(2026, 6, 19), grades=areas)
    card = grades_card(replace(STANDING, governing=of_2026), [of_2026])
    assert (card.overall, card.headline) == ("", "No overall grade")
    assert card.no_overall == "Inspections begun since April 2026 grade four areas only."


def test_a_report_whose_grades_are_not_held_says_so():
    card = grades_card(replace(STANDING, governing=replace(ILACS_2024, grades=Judgements())), ACTIVITIES)
    assert card.headline == "Grades not known"


@pytest.mark.parametrize(
    ("pathway", "headline"), [(Pathway.NOT_YET_JUDGED, "Not yet judged"), (Pathway.UNKNOWN, "Not known")]
)
def test_without_a_report_the_card_is_not_empty(pathway: Pathway, headline: str):
    card = grades_card(replace(STANDING, governing=None, pathway=pathway), [])
    assert (card.headline, card.areas, card.kind) == (headline, (), "")


def test_every_state_and_kind_of_inspection_has_its_words():
    assert set(WINDOW_MARKS) == set(WindowStatus)
    assert set(INSPECTIONS) == set(GradedType)
    assert "overdue" not in WINDOW_MARKS.values(), "the red pill is for actions of a plan"


@pytest.mark.parametrize(
    ("pathway", "follows", "said"),
    [
        (Pathway.GOOD_OR_OUTSTANDING, GradedType.SHORT, "Short inspections, about every three years."),
        (Pathway.REQUIRES_IMPROVEMENT, GradedType.STANDARD, "Standard inspections, about every three years."),
        (Pathway.INADEQUATE, GradedType.STANDARD, "Monitoring visits, then a standard inspection."),
        (
            Pathway.INADEQUATE,
            GradedType.POST_MONITORING,
            "Monitoring visits, then a post-monitoring single inspection.",
        ),
        (Pathway.NOT_YET_JUDGED, GradedType.STANDARD, "A first standard inspection is to come."),
        (Pathway.UNKNOWN, None, "No report held here decides it."),
    ],
)
def test_what_a_pathway_means_is_what_the_rulebook_expects(pathway: Pathway, follows: GradedType | None, said: str):
    graded = replace(STANDING.expected_next.graded, type=follows)
    assert pathway_means(replace(seen_with(graded), pathway=pathway)) == said


def test_after_priority_action_no_short_inspection_is_promised():
    graded = replace(STANDING.expected_next.graded, type=GradedType.STANDARD)
    month = Period("2026-09")
    said = pathway_means(seen_with(graded, PriorityActionOverride(month, month, month)))
    assert said == "After priority action, a standard inspection is next."


def test_the_state_of_a_window_is_said_in_the_words_of_the_day():
    known = replace(STANDING, on=ON)
    assert pill(seen(WindowStatus.UPCOMING), FROM - timedelta(days=43)).says == "Opens in 6 weeks"
    assert pill(seen(WindowStatus.IN_WINDOW), FROM).says == f"Open since {FROM.day} December {FROM.year}"
    late = seen(WindowStatus.OVERDUE, known_until=NOTHING_KNOWN)
    assert pill(late, ON).says == "Not known", "no lateness where no source tells"
    assert known.window_status is WindowStatus.UPCOMING


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "in 1 day"), (14, "in 14 days"), (42, "in 6 weeks"), (120, "in 4 months"), (800, "in 2 years")],
)
def test_how_far_ahead_a_day_is(days: int, said: str):
    assert ahead(ON, ON + timedelta(days=days)) == said
