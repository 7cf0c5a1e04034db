"""From the call to the last day on site: what may be told, what is refused, and which tellings are one inspection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from domain import facts
from domain.authorities import announcing
from domain.frameworks import Framework
from domain.rulebook.validations import warnings_for
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from domain.values.statements import Channel, Family, Kind, PeriodOnSite, Statement, Variant
from tests.domain.authorities.test_authority import INSPECTION, OFFICER, REASONED, VISIT, tynehaven
from tests.domain.authorities.test_reconciliation import GOOD, HELP, held, said
from tests.story import given

CALL = (
    announcing.announce,
    (INSPECTION,),
    {
        "kind": Kind.INSPECTION,
        "variant": Variant.STANDARD,
        "notified_on": date(2026, 6, 1),
        "expected": (date(2026, 6, 8), date(2026, 6, 19)),
        "by": OFFICER,
    },
)
CAME = (
    announcing.start,
    (INSPECTION,),
    {"started_on": date(2026, 6, 8), "variant": None, "by": OFFICER},
)
PAUSED = (announcing.pause, (INSPECTION,), {"paused_on": date(2026, 6, 12), "by": OFFICER})
RESUMED = (announcing.resume, (INSPECTION,), {"resumed_on": date(2026, 7, 6), "by": OFFICER})
LEFT = (announcing.end, (INSPECTION,), {"ended_on": date(2026, 7, 10), "by": OFFICER})
WITHDRAWN = (announcing.withdraw_call, (INSPECTION,), {"withdrawn_on": date(2026, 6, 3), "by": REASONED})


def another(command: tuple, **changed: object) -> tuple:
    decide, args, words = command
    return decide, args, words | changed


def entry(*commands: tuple) -> Activity:
    authority = tynehaven()
    for command, args, words in commands:
        command(authority, *args, **words)
    (found,) = authority.activities
    return found


def test_a_call_is_kept_with_its_day_and_the_days_expected():
    command, args, words = CALL
    given(tynehaven()).when(command, *args, **words).then(
        (
            facts.InspectionNotified,
            {
                "activity": INSPECTION,
                "kind": Variant.STANDARD,
                "notified_on": date(2026, 6, 1),
                "visit": None,
                "expected_start": date(2026, 6, 8),
                "expected_end": date(2026, 6, 19),
            },
        )
    )
    called = entry(CALL)
    assert (called.start, called.expected_start, called.framework) == (None, date(2026, 6, 8), Framework.ILACS)
    assert called.only_called
    assert called.visible_on == date(2026, 6, 1)
    assert called.doubts == ()


def test_a_visit_is_called_without_a_type_of_inspection():
    visit = another(CALL, kind=Kind.FOCUSED_VISIT, variant=None, expected=(None, None))
    assert entry(visit).kind is Kind.FOCUSED_VISIT
    command, args, words = another(CALL, kind=Kind.FOCUSED_VISIT)
    given(tynehaven()).when(command, *args, **words).then_refused(RuleBroken, "Only a graded inspection")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"notified_on": date(2026, 9, 2)}, "future"),
        ({"kind": Kind.ENGAGEMENT_MEETING}, "they are called"),
        ({"variant": Variant.REINSPECTION}, "short or a standard"),
        ({"expected": (None, date(2026, 6, 19))}, "first day on site as well"),
        ({"expected": (date(2026, 5, 29), None)}, "within three months of the call"),
        ({"expected": (date(2026, 12, 7), None)}, "within three months of the call"),
        ({"expected": (date(2026, 6, 8), date(2026, 6, 5))}, "cannot be before the first day"),
    ],
)
def test_a_call_that_cannot_be_is_refused(changed, why):
    command, args, words = another(CALL, **changed)
    given(tynehaven()).when(command, *args, **words).then_refused(RuleBroken, why)


def test_a_second_call_is_refused_while_one_stands_and_taken_once_it_was_withdrawn():
    command, _, words = another(CALL, notified_on=date(2026, 6, 15), expected=(None, None))
    given(tynehaven(), CALL).when(command, VISIT, **words).then_refused(RuleBroken, "call of 1 June 2026 is recorded")
    authority = given(tynehaven(), CALL, WITHDRAWN).when(command, VISIT, **words)
    assert authority.refusal is None
    known = tynehaven()
    for decide, args, said_ in (CALL, WITHDRAWN, (command, (VISIT,), words)):
        decide(known, *args, **said_)
    first, second = known.activities
    assert (first.call_withdrawn, second.call_withdrawn) == (date(2026, 6, 3), None)


@pytest.mark.parametrize(
    ("before", "command", "why"),
    [
        ((), another(WITHDRAWN), "No such inspection"),
        ((CALL,), another(WITHDRAWN, by=OFFICER), "Give the reason"),
        ((CALL,), another(WITHDRAWN, withdrawn_on=date(2026, 5, 31)), "called on 1 June 2026"),
        ((CALL, CAME), WITHDRAWN, "Inspectors have come"),
        ((CALL, WITHDRAWN), WITHDRAWN, "withdrawn on 3 June 2026"),
        ((CALL, WITHDRAWN), CAME, "withdrawn on 3 June 2026"),
        ((CALL,), another(CAME, started_on=date(2026, 5, 31)), "called on 1 June 2026"),
        ((CALL, CAME), CAME, "as is recorded"),
        ((CALL,), PAUSED, "which day inspectors came"),
        ((CALL, CAME), another(PAUSED, paused_on=date(2026, 6, 5)), "that day is an earlier one"),
        ((CALL, CAME, PAUSED), PAUSED, "paused since 12 June 2026"),
        ((CALL, CAME), RESUMED, "No pause is recorded"),
        ((CALL, CAME, PAUSED), another(RESUMED, resumed_on=date(2026, 6, 12)), "a later one"),
        ((CALL, CAME, PAUSED), LEFT, "when it was resumed first"),
        ((CALL, CAME, PAUSED, RESUMED), another(LEFT, ended_on=date(2026, 7, 3)), "resumed on 6 July 2026"),
        ((CALL, CAME, PAUSED, RESUMED, LEFT), LEFT, "Inspectors left on 10 July 2026"),
        ((CALL, CAME, PAUSED, RESUMED, LEFT), PAUSED, "Record its periods instead"),
    ],
)
def test_what_cannot_follow_is_refused(before, command, why):
    decide, args, words = command
    kind = Exception if not before else RuleBroken
    given(tynehaven(), *before).when(decide, *args, **words).then_refused(kind, why)


def test_a_break_makes_two_periods_once_inspectors_have_left():
    paused = entry(CALL, CAME, PAUSED)
    assert (paused.paused, paused.resumed, paused.periods, paused.end) == (date(2026, 6, 12), None, (), None)
    left = entry(CALL, CAME, PAUSED, RESUMED, LEFT)
    assert left.periods == (
        PeriodOnSite(date(2026, 6, 8), date(2026, 6, 12)),
        PeriodOnSite(date(2026, 7, 6), date(2026, 7, 10)),
    )
    assert (left.start, left.end) == (date(2026, 6, 8), date(2026, 7, 10))


def test_a_break_may_turn_out_to_be_the_end():
    ended = entry(CALL, CAME, PAUSED, another(LEFT, ended_on=date(2026, 6, 12)))
    assert (ended.start, ended.end, ended.periods) == (date(2026, 6, 8), date(2026, 6, 12), ())
    assert ended.variant is Variant.STANDARD


def test_the_periods_printed_correct_those_recorded_for_a_reason():
    printed = (PeriodOnSite(date(2026, 6, 8), date(2026, 6, 11)), PeriodOnSite(date(2026, 7, 6), date(2026, 7, 10)))
    before = (CALL, CAME, PAUSED, RESUMED, LEFT)
    words = {"periods": printed, "by": OFFICER}
    decide = announcing.record_periods
    given(tynehaven(), *before).when(decide, INSPECTION, **words).then_refused(RuleBroken, "Give the reason")
    found = entry(*before, (decide, (INSPECTION,), words | {"by": REASONED}))
    assert found.periods == printed
    for wrong, why in ((printed[:1], "two periods"), (printed[::-1], "follow each other")):
        given(tynehaven(), *before).when(decide, INSPECTION, periods=wrong, by=REASONED).then_refused(RuleBroken, why)


# --- which tellings are one inspection ------------------------------------------------------------------------------


def called(day: str, *, read_on: str | None = None, **values: object) -> Statement:
    return said(
        Channel.HISTORY_DOCUMENT,
        read_on=date.fromisoformat(read_on or day),
        family=Family.OTHER,
        notified=date.fromisoformat(day),
        **values,
    )


OF_THE_CALL = called(
    "2025-06-02", expected_start=date(2025, 6, 9), expected_end=date(2025, 6, 20), variant=Variant.STANDARD
)
SCRAPED = said(
    Channel.JT39_HISTORY,
    read_on=date(2025, 9, 1),
    start=date(2025, 6, 9),
    end=date(2025, 6, 13),
    published=date(2025, 8, 5),
    grades={HELP: GOOD},
)
RELEASED = said(
    Channel.OFSTED_HISTORY,
    read_on=date(2026, 6, 1),
    edition=date(2026, 3, 31),
    start=date(2025, 6, 9),
    published=date(2025, 8, 5),
    grades={HELP: GOOD},
)


@pytest.mark.parametrize("order", list(permutations((OF_THE_CALL, SCRAPED, RELEASED))))
def test_a_call_and_the_report_are_one_inspection_in_every_order(order):
    (found,) = held(*order)
    assert (found.notified, found.start, found.end) == (date(2025, 6, 2), date(2025, 6, 9), date(2025, 6, 13))
    assert found.variant is Variant.SHORT
    assert found.disagreements == ()


def test_a_call_without_days_joins_what_began_a_week_later_or_was_published_since():
    (found,) = held(called("2025-06-02"), SCRAPED)
    assert found.notified == date(2025, 6, 2)
    only_published = replace(RELEASED, said=replace(RELEASED.said, start=None))
    (found,) = held(called("2025-06-02"), only_published)
    assert (found.notified, found.published) == (date(2025, 6, 2), date(2025, 8, 5))
    assert len(held(called("2025-04-07"), SCRAPED)) == 2


def test_a_call_told_by_two_is_one_and_one_a_week_later_is_another():
    assert len(held(called("2025-06-02"), called("2025-06-03", variant=Variant.SHORT))) == 1
    assert len(held(called("2025-06-02"), called("2025-06-09"))) == 2


@pytest.mark.parametrize("again", ["2025-06-09", "2025-06-16"])
def test_a_withdrawn_call_and_a_later_one_are_two(again):
    call = called("2025-06-02")
    gone = called("2025-06-02", read_on="2025-06-05", call_withdrawn=date(2025, 6, 4))
    later = called(again)
    began = date.fromisoformat(again).replace(day=int(again[-2:]) + 7)
    report = replace(SCRAPED, said=replace(SCRAPED.said, start=began, end=None))
    for order in permutations((call, gone, later, report)):
        first, second = held(*order)
        assert (first.call_withdrawn, first.start) == (date(2025, 6, 4), None)
        assert (second.notified, second.start, second.call_withdrawn) == (date.fromisoformat(again), began, None)


def test_days_that_were_announced_never_stand_for_what_happened():
    (found,) = held(OF_THE_CALL)
    assert (found.start, found.end, found.doubts) == (None, None, ())
    assert found.only_called


ON_A_TUESDAY = said(
    Channel.OFSTED_REPORT,
    family=Family.OFSTED_DOCUMENT,
    read_on=date(2025, 8, 5),
    start=date(2025, 6, 10),
    end=date(2025, 6, 13),
    published=date(2025, 8, 5),
    variant=Variant.SHORT,
    grades={HELP: GOOD},
)
ONLY_OUT = said(Channel.D2I_OVERVIEW, read_on=date(2025, 9, 1), published=date(2025, 8, 5), grades={HELP: GOOD})


def test_a_call_makes_a_report_neither_more_nor_less_doubtful():
    (alone,) = held(ON_A_TUESDAY)
    assert alone.doubtful
    (found,) = held(OF_THE_CALL, ON_A_TUESDAY)
    assert found.notified == date(2025, 6, 2)
    assert (found.start, found.published, found.grades, found.doubts) == (
        alone.start,
        alone.published,
        alone.grades,
        alone.doubts,
    )
    assert found.disagreements == ()


def test_a_call_is_heard_where_the_days_told_with_it_cannot_be_right():
    came = called("2025-06-02", read_on="2025-06-11", start=date(2025, 6, 10))
    (found,) = held(came, ONLY_OUT)
    assert (found.notified, found.start, found.published) == (date(2025, 6, 2), None, date(2025, 8, 5))
    (found,) = held(OF_THE_CALL, ON_A_TUESDAY, ONLY_OUT)
    assert found.disagreements == ()


def test_days_before_a_break_do_not_make_a_standard_inspection_a_short_one():
    """Called as standard, three days on site, a break over Christmas, then seven."""
    assert entry(CALL, CAME, PAUSED).variant is Variant.STANDARD
    assert entry(another(CALL, variant=None), CAME, PAUSED, RESUMED).variant is None
    assert entry(another(CALL, variant=None), CAME, PAUSED, RESUMED, LEFT).variant is Variant.STANDARD
    broken = (another(PAUSED, paused_on=date(2026, 6, 10)), RESUMED)
    for ended, untold in ((date(2026, 7, 7), Variant.SHORT), (date(2026, 7, 14), Variant.STANDARD)):
        left = another(LEFT, ended_on=ended)
        assert entry(another(CALL, variant=None), CAME, *broken, left).variant is untold
        assert entry(CALL, CAME, *broken, left).variant is Variant.STANDARD
        assert entry(another(CALL, variant=Variant.SHORT), CAME, *broken, left).variant is Variant.SHORT


def test_no_kind_is_found_unusual_for_the_days_before_a_break():
    broken = (another(PAUSED, paused_on=date(2026, 6, 10)), RESUMED, another(LEFT, ended_on=date(2026, 7, 14)))
    for upto in range(len(broken) + 1):
        assert [one for one in warnings_for(entry(CALL, CAME, *broken[:upto])) if one.field == "variant"] == []


def test_the_kind_called_gives_way_to_who_names_another_and_not_to_the_days_on_site():
    came = another(CAME, variant=Variant.SHORT)
    assert entry(CALL, CAME, another(LEFT, ended_on=date(2026, 6, 12))).variant is Variant.STANDARD
    assert entry(CALL, came, another(LEFT, ended_on=date(2026, 6, 19))).variant is Variant.SHORT
