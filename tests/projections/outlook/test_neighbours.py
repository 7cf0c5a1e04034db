"""One authority beside others: whom a group names, what each was judged, and what they come to together."""

from __future__ import annotations

from datetime import date

import pytest

from domain.facts import AuthorityAbolished, AuthoritySucceeded
from domain.frameworks import Area, Grade
from domain.rulebook.themes.improvement import THEMES
from domain.values.errors import NotFound
from domain.values.judgements import Judgements
from domain.values.known_until import KnownKind, KnownSpan
from domain.values.statements import Kind, Stated
from projections.outlook.grades_through_time import GradesOnADay, grades_through_time
from projections.outlook.neighbours import COLUMNS, Beside, ThemeShare, comparison
from tests.projections.story import Store, inspection

LEICESTERSHIRE, WILTSHIRE, HAMPSHIRE, WARWICKSHIRE, DERBY = "80483", "80580", "80472", "80576", "80459"
ON = date(2024, 7, 1)
GOOD, BEST, POOR = Grade.GOOD, Grade.OUTSTANDING, Grade.INADEQUATE


@pytest.fixture
def told(store: Store) -> Store:
    """Leicestershire with two of its neighbours, one that is none, and a neighbour that a council came after."""
    for urn, name, code in (
        (LEICESTERSHIRE, "Leicestershire", "E10000018"),
        (WILTSHIRE, "Wiltshire", "E06000054"),
        (HAMPSHIRE, "Hampshire", "E10000014"),
        (WARWICKSHIRE, "Warwickshire", "E10000031"),
        (DERBY, "Derby", "E06000015"),
    ):
        store.register(urn, name, gss_code=code)
    read = {"read_on": date(2024, 6, 1)}
    own = inspection(date(2021, 9, 20), date(2021, 11, 1), BEST, improvements=("Recording.", "The offer of play."))
    store.state(LEICESTERSHIRE, own, Stated(Kind.FOCUSED_VISIT, start=date(2023, 2, 7)), **read)
    store.state(WILTSHIRE, inspection(date(2023, 9, 4), date(2023, 10, 20), improvements=("Recording.",)), **read)
    store.state(DERBY, inspection(date(2024, 4, 8), date(2024, 5, 20), POOR), **read)
    store.tell(
        HAMPSHIRE,
        (AuthoritySucceeded, {"successors": (DERBY,), "succeeded_on": date(2024, 4, 1)}),
        (AuthorityAbolished, {"abolished_on": date(2024, 4, 1)}),
    )
    every = (LEICESTERSHIRE, WILTSHIRE, HAMPSHIRE, WARWICKSHIRE, DERBY)
    known = (
        KnownSpan(KnownKind.GRADED_INSPECTION, date(2024, 6, 1), urns=every),
        KnownSpan(KnownKind.FOCUSED_VISIT, date(2023, 12, 31), urns=every),
    )
    store.read_file("List", read_on=date(2024, 6, 1), kind="history_document", tells=known)
    store.projector.catch_up()
    return store


def test_neighbours_stand_below_one_another_the_oldest_report_first_and_who_came_after_one_stands_for_it(told: Store):
    answer = comparison(told.reader, LEICESTERSHIRE, as_at=ON)
    assert answer.own is not None
    assert (answer.own.authority.name, answer.own.months, answer.own.visits) == ("Leicestershire", 32, 1)
    assert [(row.authority.name, row.months, row.stands_for) for row in answer.rows] == [
        ("Wiltshire", 8, ()),
        ("Derby", 1, ("Hampshire",)),
        ("Warwickshire", None, ()),
    ]
    assert (answer.listed, answer.absent) == (10, ())
    earlier = comparison(told.reader, LEICESTERSHIRE, as_at=date(2024, 3, 31))
    assert {row.authority.name for row in earlier.rows} == {"Wiltshire", "Warwickshire", "Hampshire"}


def test_a_group_counts_who_is_good_or_better_of_those_with_that_grade_and_the_middle_of_their_months(told: Store):
    answer = comparison(told.reader, LEICESTERSHIRE, as_at=ON)
    places = [area for area, _ in COLUMNS]
    overall, in_care = places.index(Area.OVERALL_EFFECTIVENESS), places.index(Area.IN_CARE)
    assert (answer.group.good[overall], answer.group.good[in_care]) == ((1, 2), (0, 0))
    assert (answer.group.months, answer.group.middle) == ((1, 8), 5)
    assert answer.england.good[overall] == (2, 3)
    assert (answer.england.authorities, answer.region.authorities) == (4, 4)


def test_a_grade_stands_where_the_present_framework_has_it(told: Store):
    earlier = Judgements.of({Area.IMPACT_OF_LEADERS: POOR, Area.IN_CARE_AND_CARE_LEAVERS: GOOD})
    said = Stated(Kind.INSPECTION, start=date(2022, 1, 10), published=date(2022, 3, 1), grades=earlier)
    told.state(WARWICKSHIRE, said, read_on=date(2024, 6, 2))
    told.projector.catch_up()
    row = next(
        row for row in comparison(told.reader, LEICESTERSHIRE, as_at=ON).rows if row.authority.name == "Warwickshire"
    )
    assert dict(zip([area for area, _ in COLUMNS], row.grades, strict=True)) == {
        Area.OVERALL_EFFECTIVENESS: None,
        Area.IMPACT_OF_LEADERS: POOR,
        Area.HELP_AND_PROTECTION: None,
        Area.IN_CARE: GOOD,
        Area.CARE_LEAVERS: None,
    }


def test_that_no_visit_came_is_told_only_where_some_source_tells_of_visits_after_the_report(told: Store):
    rows = {row.authority.name: row for row in comparison(told.reader, LEICESTERSHIRE, as_at=ON).rows}
    assert (rows["Wiltshire"].visits, rows["Wiltshire"].visits_told) == (0, True)
    assert (rows["Derby"].visits, rows["Derby"].visits_told) == (0, False)


def test_themes_are_counted_among_those_whose_latest_report_is_held_with_its_findings(told: Store):
    recording = comparison(told.reader, LEICESTERSHIRE, as_at=ON).themes[0]
    assert (recording.theme.code, recording.here, recording.group, recording.england) == (
        "recording",
        True,
        (1, 1),
        (2, 2),
    )
    of_derby = comparison(told.reader, DERBY, beside=Beside.CHOSEN, chosen=[WILTSHIRE], as_at=ON)
    assert {share.here for share in of_derby.themes} == {None}
    assert of_derby.items_until == date(2023, 10, 20)


def test_one_is_seen_beside_its_region_its_kind_or_whom_one_chooses_and_never_beside_itself(told: Store):
    def beside(group: Beside, *chosen: str) -> list[str]:
        answer = comparison(told.reader, LEICESTERSHIRE, beside=group, chosen=chosen, as_at=ON)
        return sorted(row.authority.name for row in answer.rows)

    assert beside(Beside.REGION) == ["Derby", "Warwickshire", "Wiltshire"]
    assert beside(Beside.KIND) == ["Warwickshire"]
    assert beside(Beside.CHOSEN, DERBY, LEICESTERSHIRE, DERBY, "nobody") == ["Derby"]


def test_of_an_authority_that_has_ended_nothing_of_its_own_is_told(told: Store):
    answer = comparison(told.reader, HAMPSHIRE, as_at=ON)
    assert answer.own is None
    with pytest.raises(NotFound):
        comparison(told.reader, "99999", as_at=ON)


def test_grades_through_the_years_end_where_graded_reports_are_known(told: Store):
    answer = grades_through_time(told.reader, as_at=ON)
    assert answer.known_until == date(2024, 6, 1)
    assert [one.on.year for one in answer.days] == [*range(2014, 2025), 2024]
    assert answer.days[-1] == GradesOnADay(
        date(2024, 6, 1),
        authorities=4,
        grades={BEST: 1, GOOD: 1, Grade.REQUIRES_IMPROVEMENT: 0, POOR: 1},
        no_overall=0,
        not_known=1,
    )
    assert answer.days[7].not_known == 5
    assert grades_through_time(told.reader, region="North East", as_at=ON).days == answer.days
    with pytest.raises(NotFound, match="There are North East"):
        grades_through_time(told.reader, region="Nowhere", as_at=ON)


@pytest.mark.parametrize(
    ("here", "group", "stands_out"),
    [
        (False, (6, 10), True),
        (False, (5, 10), False),
        (False, (4, 4), False),
        (True, (9, 10), False),
        (None, (9, 10), False),
    ],
)
def test_who_was_not_asked_what_most_were_asked_stands_out(here: bool | None, group: tuple[int, int], stands_out: bool):
    assert ThemeShare(THEMES[0], here, group, england=(0, 0)).stands_out is stands_out
