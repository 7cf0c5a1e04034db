"""An inspection that was broken off and resumed is one inspection, whatever each source knows of it (R-059)."""

from __future__ import annotations

from datetime import date
from itertools import permutations

from domain.authorities.dossier import statement_id
from domain.values.activities import Activity
from domain.values.statements import Channel, Family, Kind, Observation, PeriodOnSite, Stated, Statement, Variant
from tests.domain.authorities.test_reconciliation import held, said

FIRST = PeriodOnSite(date(2024, 9, 30), date(2024, 10, 11))
SECOND = PeriodOnSite(date(2025, 1, 13), date(2025, 1, 16))
PUBLISHED = date(2025, 5, 13)

REPORT = said(
    Channel.OFSTED_REPORT,
    family=Family.OFSTED_DOCUMENT,
    read_on=PUBLISHED,
    start=FIRST.start,
    end=SECOND.end,
    periods=(FIRST, SECOND),
    published=PUBLISHED,
    variant=Variant.STANDARD,
)
THE_FIRST_ONLY = said(Channel.JT39_HISTORY, read_on=PUBLISHED, start=FIRST.start, end=FIRST.end, published=PUBLISHED)
FIRST_TO_LAST = said(
    Channel.OFSTED_LATEST,
    read_on=PUBLISHED,
    edition=date(2025, 3, 31),
    start=FIRST.start,
    end=SECOND.end,
    published=PUBLISHED,
)
THE_SECOND_ONLY = said(Channel.D2I_OVERVIEW, read_on=PUBLISHED, start=SECOND.start, end=SECOND.end)


def days(activity: Activity) -> tuple[object, ...]:
    return activity.start, activity.end, activity.periods


def test_sources_that_know_one_period_both_or_the_outer_days_speak_of_one_inspection():
    for order in permutations((REPORT, THE_FIRST_ONLY, FIRST_TO_LAST, THE_SECOND_ONLY)):
        (activity,) = held(*order)
        assert days(activity) == (FIRST.start, SECOND.end, (FIRST, SECOND))
        assert (activity.disagreements, activity.corrections) == ((), ())


def test_a_worse_source_that_knows_both_periods_fills_in_what_a_better_one_left_out():
    first = said(Channel.FORM, read_on=PUBLISHED, start=FIRST.start, end=FIRST.end)
    (activity,) = held(first, REPORT)
    assert days(activity) == (FIRST.start, SECOND.end, (FIRST, SECOND))


def test_another_last_day_is_a_disagreement_and_the_better_source_holds():
    (activity,) = held(REPORT, said(Channel.JT39_HISTORY, read_on=PUBLISHED, start=FIRST.start, end=date(2025, 1, 17)))
    assert activity.end == SECOND.end
    assert [(one.field, [side.value for side in one.says]) for one in activity.disagreements] == [
        ("end", ["2025-01-16", "2025-01-17"])
    ]


def test_a_better_sources_last_day_ends_the_last_period():
    (activity,) = held(REPORT, said(Channel.FORM, read_on=PUBLISHED, start=FIRST.start, end=date(2025, 1, 17)))
    assert days(activity) == (FIRST.start, date(2025, 1, 17), (FIRST, PeriodOnSite(SECOND.start, date(2025, 1, 17))))


def test_a_ruling_that_it_ended_with_the_first_period_leaves_no_second():
    ruling = said(
        Channel.FORM, family=Family.SETTLEMENT, read_on=PUBLISHED, end=FIRST.end, about=REPORT.id, reason="Seen."
    )
    (activity,) = held(REPORT, ruling)
    assert days(activity) == (FIRST.start, FIRST.end, ())


def test_the_first_period_says_whether_it_was_short_and_a_scrapes_reckoning_says_nothing():
    short = PeriodOnSite(date(2022, 11, 21), date(2022, 11, 25))
    resumed = PeriodOnSite(date(2023, 2, 6), date(2023, 2, 10))
    known = {"start": short.start, "end": resumed.end}
    letter = said(
        Channel.OFSTED_REPORT, family=Family.OFSTED_DOCUMENT, read_on=PUBLISHED, periods=(short, resumed), **known
    )
    (activity,) = held(letter, said(Channel.JT39_HISTORY, read_on=PUBLISHED, variant=Variant.STANDARD, **known))
    assert activity.variant is Variant.SHORT
    assert activity.disagreements == ()


def test_another_inspection_half_a_year_later_stays_another():
    later = said(Channel.JT39_HISTORY, read_on=PUBLISHED, start=date(2025, 4, 7), end=date(2025, 4, 11))
    assert [one.start for one in held(REPORT, THE_SECOND_ONLY, later)] == [FIRST.start, date(2025, 4, 7)]


def test_what_is_seen_of_it_on_a_day_are_the_periods_over_by_then():
    (activity,) = held(REPORT)
    between = activity.as_seen_on(date(2024, 11, 20))
    assert between is not None
    assert (between.end, between.periods) == (None, (FIRST,))
    assert activity.as_seen_on(PUBLISHED) == activity


# --- outcomes of the national framework -----------------------------------------------------------------------------


def test_outcomes_stay_with_their_items_whoever_holds_the_words():
    report: Statement = said(
        Channel.OFSTED_REPORT,
        family=Family.OFSTED_DOCUMENT,
        read_on=PUBLISHED,
        published=PUBLISHED,
        improvements=("Supervision of staff.", "The quality of plans."),
        improvement_outcomes=((1, 3), ()),
    )
    items = said(
        Channel.HISTORY_DOCUMENT,
        read_on=PUBLISHED,
        published=PUBLISHED,
        improvements=("The quality of plans.", "supervision  of staff."),
    )
    (activity,) = held(report, items)
    assert activity.improvements == items.said.improvements
    assert activity.improvement_outcomes == ((), (1, 3))
    unpublished = activity.as_seen_on(date(2025, 5, 12))
    assert unpublished is None or unpublished.improvement_outcomes == ()


def test_statements_of_other_outcomes_are_other_statements():
    def identity(*outcomes: tuple[int, ...]) -> object:
        words = Stated(Kind.INSPECTION, improvements=("a", "b"), improvement_outcomes=outcomes)
        return statement_id(Observation("80560", Family.OFSTED_DOCUMENT, Channel.OFSTED_REPORT, words))

    assert len({identity((1,), (2, 3)), identity((1, 2), (3,)), identity((), (1, 2, 3))}) == 3
