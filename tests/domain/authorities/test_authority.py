"""What may be recorded of an authority, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from domain import facts
from domain.authorities.authority import Authority
from domain.authorities.dossier import statement_id
from domain.authorities.rulings import settle
from domain.facts import Told
from domain.frameworks import Area, Grade
from domain.values.activities import Status
from domain.values.errors import NotFound, RuleBroken
from domain.values.judgements import Judgements
from domain.values.statements import Channel, Family, Kind, Observation, Period, Source, Stated, Variant, Verbatim
from tests.story import Story, given

AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
OFFICER = Told("local", UUID(int=7), Source("report", "Ofsted report, 26 April 2026"), AT)
REASONED = replace(OFFICER, reason="The front page says so.")
INSPECTION, VISIT, MEETING = UUID(int=1), UUID(int=2), UUID(int=3)
ALL_GOOD = Judgements.of(
    dict.fromkeys((Area.IMPACT_OF_LEADERS, Area.HELP_AND_PROTECTION, Area.IN_CARE, Area.CARE_LEAVERS), Grade.GOOD)
)
OVERALL_GOOD = Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.GOOD})


def tynehaven() -> Authority:
    return Authority.register(
        urn="80999",
        name="Tynehaven",
        la_number="999",
        gss_code="E08000099",
        region="North East",
        ofsted_region="North East, Yorkshire and the Humber",
        aliases=("Tynehaven Borough",),
        by=OFFICER,
    )


ON_SITE = (
    Authority.record_inspection,
    (INSPECTION,),
    {"started_on": date(2026, 4, 27), "ended_on": date(2026, 5, 1), "kind": Variant.SHORT, "by": OFFICER},
)
PUBLISHED = (
    Authority.publish_report,
    (INSPECTION,),
    {"judgements": ALL_GOOD, "published_on": date(2026, 6, 17), "by": OFFICER},
)
VISITED = (
    Authority.record_focused_visit,
    (VISIT,),
    {
        "started_on": date(2025, 3, 4),
        "ended_on": date(2025, 3, 5),
        "focus": "Front door",
        "assurance": False,
        "by": OFFICER,
    },
)


def test_an_inspection_is_two_facts_its_first_and_its_last_day():
    command, args, words = ON_SITE
    given(tynehaven()).when(command, *args, **words).then(
        (
            facts.FieldworkStarted,
            {"activity": INSPECTION, "kind": Variant.SHORT, "started_on": date(2026, 4, 27)},
        ),
        (facts.FieldworkEnded, {"activity": INSPECTION, "ended_on": date(2026, 5, 1)}),
    )


def test_a_report_is_published_only_once():
    given(tynehaven(), ON_SITE, PUBLISHED).when(
        Authority.publish_report, INSPECTION, judgements=ALL_GOOD, published_on=date(2026, 6, 18), by=OFFICER
    ).then_refused(RuleBroken, "already published on 17 June 2026")


def test_a_report_from_april_2026_has_no_overall_grade():
    given(tynehaven(), ON_SITE).when(
        Authority.publish_report,
        INSPECTION,
        judgements=Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.GOOD}),
        published_on=date(2026, 6, 17),
        by=OFFICER,
    ).then_refused(RuleBroken, "no judgement on overall effectiveness")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"ended_on": date(2026, 4, 26)}, "last day cannot be before the first"),
        ({"started_on": date(2026, 9, 2), "ended_on": None}, "lies in the future"),
        ({"started_on": date(1985, 4, 1), "ended_on": None}, "before 1990"),
    ],
)
def test_impossible_days_are_refused(changed: dict[str, Any], why: str):
    _, args, words = ON_SITE
    given(tynehaven()).when(Authority.record_inspection, *args, **(words | changed)).then_refused(RuleBroken, why)


def test_the_same_inspection_is_not_recorded_by_hand_twice():
    _, _, words = ON_SITE
    given(tynehaven(), ON_SITE).when(Authority.record_inspection, UUID(int=9), **words).then_refused(
        RuleBroken, "already recorded by hand"
    )


def test_a_report_before_the_inspection_ended_is_refused():
    given(tynehaven(), ON_SITE).when(
        Authority.publish_report, INSPECTION, judgements=ALL_GOOD, published_on=date(2026, 4, 30), by=OFFICER
    ).then_refused(RuleBroken, "cannot be published before the inspection ends")


def test_a_correction_needs_its_reason_and_keeps_both_values():
    story = given(tynehaven(), ON_SITE, PUBLISHED)
    story.when(
        Authority.correct_judgement, INSPECTION, area=Area.IN_CARE, now=Grade.OUTSTANDING, by=OFFICER
    ).then_refused(RuleBroken, "Give the reason")
    story.when(Authority.correct_judgement, INSPECTION, area=Area.IN_CARE, now=Grade.OUTSTANDING, by=REASONED).then(
        (
            facts.JudgementCorrected,
            {"activity": INSPECTION, "area": Area.IN_CARE, "was": Grade.GOOD, "now": Grade.OUTSTANDING},
        )
    )
    (held,) = story.aggregate.activities
    assert held.grades.get(Area.IN_CARE) is Grade.OUTSTANDING
    assert held.status is Status.CORRECTED
    assert [(c.field, c.was.value, c.now.value) for c in held.corrections] == [
        ("grades.in_care", "good", "outstanding")
    ]


def test_a_withdrawn_entry_stays_and_says_why():
    story = given(tynehaven(), VISITED)
    said = story.aggregate.activities[0].statements
    story.when(Authority.withdraw_entry, VISIT, by=REASONED).then(
        (facts.EntryWithdrawn, {"activity": VISIT, "statements": said})
    )
    (held,) = story.aggregate.activities
    assert (held.status, held.reason) == (Status.WITHDRAWN, "The front page says so.")


def test_a_letter_is_published_by_ofsted_or_by_the_council_and_both_days_are_kept():
    story = given(tynehaven(), VISITED)
    story.when(
        Authority.publish_letter,
        VISIT,
        publisher=facts.Publisher.COUNCIL,
        published_on=date(2025, 3, 30),
        by=OFFICER,
    )
    story.when(
        Authority.publish_letter, VISIT, publisher=facts.Publisher.OFSTED, published_on=date(2025, 4, 2), by=OFFICER
    )
    (held,) = story.aggregate.activities
    assert (held.published_by_council, held.published) == (date(2025, 3, 30), date(2025, 4, 2))


def test_findings_of_one_letter_count_together_and_a_priority_action_marks_the_visit():
    story = given(tynehaven(), VISITED)
    story.when(Authority.record_finding, VISIT, text="Supervision", priority=False, by=OFFICER)
    story.when(Authority.record_finding, VISIT, text="Oversight", priority=False, by=OFFICER)
    story.when(Authority.record_finding, VISIT, text="Unallocated cases", priority=True, by=OFFICER)
    (held,) = story.aggregate.activities
    assert held.improvements == ("Supervision", "Oversight")
    assert (held.priority_action, held.priority_actions) == (True, ("Unallocated cases",))
    story.when(Authority.record_finding, VISIT, text="Oversight", priority=False, by=OFFICER).then_refused(
        RuleBroken, "already recorded"
    )


def test_only_a_recorded_priority_action_can_be_resolved():
    given(tynehaven(), VISITED).when(
        Authority.resolve_priority_action, VISIT, resolved_on=date(2026, 1, 5), by=OFFICER
    ).then_refused(RuleBroken, "No area for priority action")


def test_a_meeting_has_a_day_or_a_month_not_both_and_its_letter_follows_it():
    story = given(tynehaven())
    story.when(
        Authority.record_engagement_meeting,
        MEETING,
        held_on=date(2026, 3, 3),
        period=Period("2026-03"),
        by=OFFICER,
    ).then_refused(RuleBroken, "either the day or the month")
    story.when(Authority.record_engagement_meeting, MEETING, held_on=date(2026, 3, 3), period=None, by=OFFICER).then(
        (facts.EngagementMeetingHeld, {"activity": MEETING, "held_on": date(2026, 3, 3), "period": None})
    )
    story.when(Authority.receive_letter, MEETING, received_on=date(2026, 3, 1), by=OFFICER).then_refused(
        RuleBroken, "cannot arrive before"
    )
    story.when(Authority.receive_letter, MEETING, received_on=date(2026, 4, 1), by=OFFICER).then(
        (facts.EngagementLetterReceived, {"activity": MEETING, "received_on": date(2026, 4, 1)})
    )


SCRAPED = Observation(
    "80999",
    Family.SCRAPE,
    Channel.JT39_HISTORY,
    Stated(
        Kind.INSPECTION,
        start=date(2026, 4, 27),
        end=date(2026, 5, 1),
        published=date(2026, 6, 17),
        grades=Judgements.of({Area.IN_CARE: Grade.REQUIRES_IMPROVEMENT, Area.HELP_AND_PROTECTION: Grade.GOOD}),
    ),
)


def test_a_source_is_kept_once_however_often_it_says_the_same():
    authority = tynehaven()
    assert authority.state([SCRAPED, SCRAPED], edition=None, by=OFFICER) == [statement_id(SCRAPED)]
    assert authority.state([SCRAPED], edition=None, by=OFFICER) == []


THEMES = ("Serious youth violence in Tynehaven", "Serious youth violence", "Serious youth violence and exploitation")


def joint_inspection(theme: str, *cells: tuple[str, str]) -> Observation:
    """What one reader finds in a row of an overview."""
    said = Stated(Kind.JTAI, start=date(2025, 3, 3), theme=theme)
    return Observation("80999", Family.SCRAPE, Channel.JTAI_OVERVIEW, said, verbatim=Verbatim(cells))


@pytest.mark.parametrize("themes", list(permutations(THEMES)))
def test_of_one_row_that_a_later_reader_reads_otherwise_the_later_reading_is_held(themes: tuple[str, ...]):
    authority = tynehaven()
    for theme in themes:
        authority.state([joint_inspection(theme, ("title", "JTAI of Tynehaven"))], edition=None, by=OFFICER)
        (held,) = authority.activities
        assert held.theme == theme


def test_of_two_rows_of_one_day_the_same_is_held_in_either_order():
    rows = [joint_inspection(theme, ("title", theme)) for theme in THEMES]
    found = set()
    for told in permutations(rows):
        authority = tynehaven()
        for row in told:
            authority.state([row], edition=None, by=OFFICER)
        found.add(authority.activities[0].theme)
    assert len(found) == 1


def test_a_source_and_an_officer_who_differ_are_one_entry_and_a_disagreement_to_settle():
    authority = tynehaven()
    authority.state([SCRAPED], edition=None, by=OFFICER)
    story = given(authority, ON_SITE, PUBLISHED)
    (held,) = story.aggregate.activities
    assert held.id == INSPECTION, "an officer's own entry keeps its id"
    assert [(d.field, d.held) for d in held.disagreements] == [("grades.in_care", "good")]
    verdict = Stated(Kind.INSPECTION, grades=Judgements.of({Area.IN_CARE: Grade.GOOD}))
    story.when(settle, INSPECTION, said=verdict, by=OFFICER).then_refused(RuleBroken, "Give the reason")
    story.when(
        settle,
        INSPECTION,
        said=Stated(Kind.INSPECTION, grades=Judgements.of({Area.HELP_AND_PROTECTION: Grade.GOOD})),
        by=REASONED,
    ).then_refused(RuleBroken, "only what sources disagree on")
    story.when(settle, INSPECTION, said=verdict, by=REASONED).then(
        (facts.DisagreementSettled, {"activity": INSPECTION, "said": verdict})
    )
    (held,) = story.aggregate.activities
    assert [d.settled for d in held.disagreements] == [True]


def test_an_entry_known_from_a_file_can_be_corrected_by_its_statements_id():
    authority = tynehaven()
    (identity,) = authority.state([SCRAPED], edition=None, by=OFFICER)
    story = given(authority)
    story.when(Authority.correct_date, identity, which=facts.DateKind.END, now=date(2026, 5, 2), by=REASONED).then(
        (
            facts.DateCorrected,
            {
                "activity": identity,
                "which": facts.DateKind.END,
                "was": date(2026, 5, 1),
                "now": date(2026, 5, 2),
            },
        )
    )
    (held,) = story.aggregate.activities
    assert held.end == date(2026, 5, 2)
    assert len(held.statements) == 2


MONTH = replace(SCRAPED, said=Stated(Kind.INSPECTION, period=Period("2018-01")))


def told_and_withdrawn() -> tuple[Story, UUID]:
    """An inspection known by its month, with the report an officer recorded; then both were withdrawn."""
    authority = tynehaven()
    (identity,) = authority.state([MONTH], edition=None, by=OFFICER)
    story = given(authority)
    words = {"judgements": OVERALL_GOOD, "published_on": date(2018, 3, 1), "by": OFFICER}
    story.when(Authority.publish_report, identity, **words)
    story.when(Authority.withdraw_entry, identity, by=REASONED)
    return story, identity


def test_a_withdrawn_entry_told_again_by_its_source_stays_withdrawn():
    story, identity = told_and_withdrawn()
    assert story.aggregate.state([MONTH], edition=None, by=OFFICER) == []
    (held,) = story.aggregate.activities
    assert (held.id, held.status, len(held.statements)) == (identity, Status.WITHDRAWN, 2)


def test_what_a_document_of_before_says_of_a_withdrawn_entry_is_struck_out_with_it():
    story, identity = told_and_withdrawn()
    report = Stated(Kind.INSPECTION, published=date(2018, 3, 1), grades=OVERALL_GOOD)
    exported = Observation("80999", Family.REPORT_IN_HAND, Channel.FORM, report, about=identity)
    story.aggregate.state([MONTH, exported], edition=None, by=OFFICER)
    (held,) = story.aggregate.activities
    assert (held.id, held.status, held.reason) == (identity, Status.WITHDRAWN, "The front page says so.")
    assert statement_id(exported) in held.statements


def test_what_a_document_of_before_says_of_a_withdrawn_record_by_hand_is_struck_out_with_it():
    story = given(tynehaven(), VISITED)
    story.when(Authority.withdraw_entry, VISIT, by=REASONED)
    visit = Stated(Kind.FOCUSED_VISIT, start=date(2025, 3, 4), end=date(2025, 3, 5), focus="Front door")
    exported = Observation("80999", Family.REPORT_IN_HAND, Channel.FORM, visit, about=VISIT)
    story.aggregate.state([exported], edition=None, by=OFFICER)
    assert [(held.id, held.status) for held in story.aggregate.activities] == [(VISIT, Status.WITHDRAWN)]


def test_the_same_inspection_told_in_other_words_is_an_entry_of_its_own():
    story, identity = told_and_withdrawn()
    renewed = replace(MONTH, said=Stated(Kind.INSPECTION, start=date(2018, 1, 15)))
    (fresh,) = story.aggregate.state([renewed], edition=None, by=OFFICER)
    assert {(held.id, held.status) for held in story.aggregate.activities} == {
        (identity, Status.WITHDRAWN),
        (fresh, Status.CURRENT),
    }


def test_two_entries_withdrawn_apart_stay_two_each_with_its_reason():
    story = given(tynehaven(), VISITED)
    story.when(Authority.withdraw_entry, VISIT, by=replace(REASONED, reason="Another authority's."))
    command, _, words = VISITED
    story.when(command, UUID(int=9), **words)
    story.when(Authority.withdraw_entry, UUID(int=9), by=replace(REASONED, reason="Wrong again."))
    assert {held.id: held.reason for held in story.aggregate.activities} == {
        VISIT: "Another authority's.",
        UUID(int=9): "Wrong again.",
    }


def test_nothing_is_recorded_about_an_entry_that_is_not_there():
    given(tynehaven()).when(Authority.withdraw_entry, UUID(int=99), by=REASONED).then_refused(
        NotFound, "No such inspection"
    )


def test_an_unknown_fact_is_a_fault_not_a_silence():
    class Surprise(facts.Fact):
        pass

    with pytest.raises(TypeError, match="does not know the fact Surprise"):
        tynehaven().tell(Surprise, OFFICER)
