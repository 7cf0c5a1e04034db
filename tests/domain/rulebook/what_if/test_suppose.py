"""What would be answered if something happened that has not: told beside what is answered without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.frameworks import Area, Framework, Grade, JudgementSet
from domain.rulebook.pathway import Policy, SetCInadequate
from domain.rulebook.results import GradedType, InterimType, Pathway
from domain.rulebook.what_if.suppose import Supposed, judged_on, supposed_report, supposed_visit, supposing
from domain.values.activities import Activity, AuthorityFacts, Status
from domain.values.errors import RuleBroken
from domain.values.judgements import Judgements
from domain.values.statements import Kind
from tests.domain.rulebook.story import (
    ALL_KNOWN,
    GRADES,
    SET_C,
    TYNEHAVEN,
    activity,
    england,
    focused,
    four,
    on,
    report,
    stands,
)

GOOD = report("2024-02-01", "G", start="2023-11-27", end="2023-12-08")
RI = report("2024-02-01", "R", start="2023-11-27", end="2023-12-08")
INADEQUATE = report("2024-02-01", "I", start="2023-11-27", end="2023-12-08")
MEETING = activity(Kind.ENGAGEMENT_MEETING, on="2025-09-09")
TODAY = on("2026-05-12")


def of_four(grades: str) -> dict[Area, Grade]:
    return {area: GRADES[grade] for area, grade in zip(SET_C, grades, strict=True)}


def a_visit(began: date = TODAY, *, priority_action: bool = True, **more) -> Activity:
    return supposed_visit(TYNEHAVEN.urn, began=began, priority_action=priority_action, **more)


def a_report(grades: str, published: date = TODAY, **more) -> Activity:
    return supposed_report(TYNEHAVEN.urn, published=published, grades=of_four(grades), **more)


def an_overall(grade: str, published: date, **more) -> Activity:
    return supposed_report(
        TYNEHAVEN.urn, published=published, grades={Area.OVERALL_EFFECTIVENESS: GRADES[grade]}, **more
    )


def suppose(supposed: Activity, *held: Activity, day: date = TODAY, authority=TYNEHAVEN, **more) -> Supposed:
    more.setdefault("known_until", ALL_KNOWN)
    return supposing(held, supposed, authority=authority, on=day, holidays=england(), **more)


class TestAVisit:
    def test_with_priority_action_makes_the_next_inspection_a_standard_one(self):
        found = suppose(a_visit(), GOOD)
        assert found.before.expected_next.graded.type is GradedType.SHORT
        assert found.after.expected_next.graded.type is GradedType.STANDARD
        override = found.after.expected_next.priority_action_override
        assert (override.expected_from_month.text, override.expected_to_month.text) == ("2026-10", "2027-11")
        assert found.type_differs
        assert (found.pathway_differs, found.governing_differs, found.window_differs) == (False, False, False)
        assert [(one.activity, one.basis) for one in found.comes] == [
            ("standard_inspection", "priority_action"),
            ("letter_publication", "publication"),
            ("focused_visit", "priority_action"),
        ]
        assert [(one.activity, one.basis) for one in found.goes] == [("focused_visit", "cycle")]
        assert [(one.before.activity, one.after.activity) for one in found.moves] == [
            ("short_inspection", "standard_inspection")
        ]

    def test_without_priority_action_only_uses_up_one_of_the_two(self):
        found = suppose(a_visit(priority_action=False), GOOD)
        assert (found.pathway_differs, found.type_differs, found.window_differs) == (False, False, False)
        assert found.differs, "its letter is to be expected"
        assert [one.activity for one in found.comes] == ["letter_publication"]

    def test_changes_no_type_while_inadequate(self):
        found = suppose(a_visit(), INADEQUATE)
        assert not found.type_differs
        assert found.after.expected_next.priority_action_override is None
        assert ("kind", ("R-012", "R-040")) in [(one.field, one.rules) for one in found.warnings]

    def test_that_began_before_the_report_overrides_nothing(self):
        found = suppose(a_visit(on("2024-01-31")), GOOD)
        assert not found.type_differs

    def test_whose_letter_is_out_brings_the_plans_it_asks_for(self):
        found = suppose(a_visit(on("2026-04-14"), published=on("2026-05-11")), GOOD)
        assert {"draft_action_plan", "priority_action_plan"} <= {one.activity for one in found.comes}

    def test_on_the_rules_calendar_is_not_unusual_and_soon_after_another_it_is(self):
        assert suppose(a_visit(), GOOD).warnings == ()
        soon = suppose(a_visit(), GOOD, focused(start="2026-02-10", end="2026-02-11", published="2026-03-12"))
        assert [one.rules for one in soon.warnings] == [("R-050",)]

    @pytest.mark.parametrize(
        ("began", "more", "words"),
        [
            ("2017-12-31", {}, "in January 2018"),
            ("2026-05-12", {"ended": on("2026-05-11")}, "last day on site lies before the first"),
            ("2026-05-12", {"published": on("2026-05-11")}, "before inspectors had left on 12 May 2026"),
            ("2026-05-11", {"ended": on("2026-05-12"), "published": on("2026-05-11")}, "had left on 12 May 2026"),
        ],
    )
    def test_whose_days_cannot_be_is_refused(self, began, more, words):
        with pytest.raises(RuleBroken, match=words):
            a_visit(on(began), **more)


class TestAReport:
    @pytest.mark.parametrize(
        ("grades", "pathway", "kind"),
        [
            ("GGGG", Pathway.GOOD_OR_OUTSTANDING, GradedType.SHORT),
            ("OGGR", Pathway.GOOD_OR_OUTSTANDING, GradedType.SHORT),
            ("RGGG", Pathway.REQUIRES_IMPROVEMENT, GradedType.STANDARD),
            ("GGRR", Pathway.REQUIRES_IMPROVEMENT, GradedType.STANDARD),
            ("GIGG", Pathway.INADEQUATE, GradedType.STANDARD),
        ],
    )
    def test_of_four_judgements_moves_the_pathway_type_and_window(self, grades, pathway, kind):
        found = suppose(a_report(grades), RI)
        graded = found.after.expected_next.graded
        assert found.after.pathway is pathway
        assert (graded.type, graded.window_from, graded.window_to) == (kind, on("2028-11-12"), on("2029-11-12"))
        assert found.governing_differs
        assert found.window_differs
        assert found.pathway_differs is (pathway is not Pathway.REQUIRES_IMPROVEMENT)

    @pytest.mark.parametrize(
        ("overall", "pathway"),
        [
            ("O", Pathway.GOOD_OR_OUTSTANDING),
            ("G", Pathway.GOOD_OR_OUTSTANDING),
            ("R", Pathway.REQUIRES_IMPROVEMENT),
            ("I", Pathway.INADEQUATE),
        ],
    )
    def test_before_april_2026_is_decided_by_the_overall_grade(self, overall, pathway):
        day = on("2026-03-31")
        assert suppose(an_overall(overall, day), RI, day=day).after.pathway is pathway

    def test_that_is_inadequate_brings_the_plan_and_the_visits(self):
        found = suppose(a_report("IIII"), GOOD)
        assert found.after.expected_next.interim.type is InterimType.ACTION_PLAN_SUBMISSION
        came = {one.activity for one in found.comes}
        assert {"action_plan_submission", "monitoring_visit", "action_planning_visit"} <= came
        assert "focused_visit" in {one.activity for one in found.goes}

    def test_keeps_what_does_not_depend_on_it(self):
        found = suppose(a_report("RRRR"), RI, MEETING)
        assert "engagement_meeting" not in {one.activity for one in (*found.comes, *found.goes)}
        assert [(one.before.activity, one.before.due_to < one.after.due_to) for one in found.moves] == [
            ("standard_inspection", True)
        ]

    def test_goes_by_the_policy_of_the_installation(self):
        manual = Policy(set_c_inadequate=SetCInadequate.MANUAL)
        assert suppose(a_report("GIGG"), RI, policy=manual).after.pathway is Pathway.UNKNOWN

    @pytest.mark.parametrize(
        ("published", "start", "judged"),
        [
            ("2022-12-31", None, JudgementSet.ILACS_A),
            ("2023-01-01", None, JudgementSet.ILACS_B),
            ("2026-03-31", None, JudgementSet.ILACS_B),
            ("2026-04-01", None, JudgementSet.ILACS_C),
            ("2026-06-18", "2026-03-31", JudgementSet.ILACS_B),
            ("2026-06-18", "2026-04-01", JudgementSet.ILACS_C),
        ],
    )
    def test_is_judged_by_its_first_day_or_else_by_its_publication(self, published, start, judged):
        assert judged_on(published=on(published), start=on(start) if start else None) is judged

    def test_on_earlier_fieldwork_still_has_an_overall_grade(self):
        late = an_overall("G", on("2026-06-18"), start=on("2026-01-19"), end=on("2026-01-30"))
        assert suppose(late, RI, day=on("2026-06-18")).after.pathway is Pathway.GOOD_OR_OUTSTANDING

    @pytest.mark.parametrize(
        ("published", "start", "grades", "words"),
        [
            ("2026-05-12", None, {Area.OVERALL_EFFECTIVENESS: Grade.GOOD}, "no judgement on overall effectiveness"),
            ("2026-03-31", None, of_four("GGGG"), "Give one for overall effectiveness"),
            ("2026-03-31", None, {}, "the overall grade decides"),
            ("2022-06-01", None, {Area.CARE_LEAVERS: Grade.GOOD}, "no judgement on care leavers"),
            (
                "2026-05-12",
                None,
                {Area.IMPACT_OF_LEADERS: Grade.GOOD, Area.IN_CARE: Grade.GOOD},
                "a grade for children who need help and protection and care leavers too",
            ),
            ("2026-05-12", None, {}, "all four judgements are needed"),
            ("2026-05-12", "2026-05-13", of_four("GGGG"), "before inspectors had left on 13 May 2026"),
            ("2017-12-31", None, {Area.OVERALL_EFFECTIVENESS: Grade.GOOD}, "first used in January 2018"),
            ("2018-03-01", "2017-12-31", {Area.OVERALL_EFFECTIVENESS: Grade.GOOD}, "first used in January 2018"),
        ],
    )
    def test_that_cannot_be_is_refused_in_words(self, published, start, grades, words):
        with pytest.raises(RuleBroken, match=words):
            supposed_report(TYNEHAVEN.urn, published=on(published), grades=grades, start=on(start) if start else None)

    @pytest.mark.parametrize("day", ["2024-01-31", "2024-02-01"])
    def test_that_the_governing_one_overtook_is_refused(self, day):
        with pytest.raises(RuleBroken, match="governs was published on 1 February 2024"):
            suppose(an_overall("G", on(day)), RI)

    def test_a_day_after_the_governing_one_is_not_refused(self):
        assert suppose(an_overall("G", on("2024-02-02")), RI).governing_differs


class TestWhileAReportIsAwaited:
    AWAITED = report("2026-07-01", "I", start="2026-03-16", end="2026-03-27")

    def test_the_supposed_one_is_that_inspection_s(self):
        found = suppose(an_overall("G", TODAY, start=on("2026-03-16")), RI, self.AWAITED)
        assert found.before.expected_next.interim.type is InterimType.REPORT_PUBLICATION
        assert found.after.expected_next.interim is None
        assert found.after.governing.id == self.AWAITED.id
        assert (found.activity.start, found.activity.end) == (on("2026-03-16"), on("2026-03-27"))
        assert found.after.pathway is Pathway.GOOD_OR_OUTSTANDING

    def test_its_judgements_are_those_of_its_fieldwork(self):
        with pytest.raises(RuleBroken, match="the overall grade decides"):
            suppose(a_report("GGGG"), RI, self.AWAITED)

    def test_it_cannot_appear_before_inspectors_left(self):
        with pytest.raises(RuleBroken, match="had left on 27 March 2026"):
            suppose(an_overall("G", on("2026-03-20"), start=on("2026-03-16")), RI, self.AWAITED)

    def test_one_on_other_fieldwork_leaves_it_awaited(self):
        found = suppose(a_report("GGGG", start=on("2026-04-13")), RI, self.AWAITED)
        assert found.after.expected_next.interim.type is InterimType.REPORT_PUBLICATION


class TestWhatCannotBeSupposed:
    def test_of_another_authority(self):
        with pytest.raises(RuleBroken, match="another authority"):
            suppose(a_visit(), GOOD, authority=AuthorityFacts(urn="80001", name="Elsewhere"))

    @pytest.mark.parametrize(("day", "refused"), [("2026-05-12", False), ("2026-05-13", True)])
    def test_of_one_that_was_abolished(self, day, refused):
        facts = replace(TYNEHAVEN, abolished_on=on("2026-05-13"))
        visit = a_visit(on(day))
        if refused:
            with pytest.raises(RuleBroken, match="abolished on 13 May 2026"):
                suppose(visit, GOOD, authority=facts, day=on(day))
        else:
            assert suppose(visit, GOOD, authority=facts, day=on(day)).type_differs

    @pytest.mark.parametrize(("day", "refused"), [("2026-05-12", False), ("2026-05-11", True)])
    def test_of_one_that_was_not_yet_formed(self, day, refused):
        facts = replace(TYNEHAVEN, formed_on=on("2026-05-12"))
        visit = a_visit(on(day), priority_action=False)
        if refused:
            with pytest.raises(RuleBroken, match="formed on 12 May 2026"):
                suppose(visit, authority=facts)
        else:
            assert suppose(visit, authority=facts).after.pathway is Pathway.NOT_YET_JUDGED

    def test_for_a_day_after_the_one_asked(self):
        with pytest.raises(RuleBroken, match="Ask for that day or a later one"):
            suppose(a_visit(TODAY + timedelta(days=1)), GOOD)


def test_of_an_empty_store_a_first_report_can_be_supposed():
    found = suppose(a_report("GGGG"))
    assert (found.before.pathway, found.after.pathway) == (Pathway.UNKNOWN, Pathway.GOOD_OR_OUTSTANDING)


def test_what_was_withdrawn_is_not_weighed():
    gone = replace(focused(start="2026-03-10", published="2026-04-09"), status=Status.WITHDRAWN)
    assert suppose(a_visit(), GOOD, gone).warnings == ()


def test_the_same_supposition_has_the_same_id_and_another_has_another():
    assert a_visit().id == a_visit().id
    ids = {a_visit().id, a_visit(priority_action=False).id, a_report("GGGG").id, a_report("GGGR").id}
    assert len(ids) == 4


HELD = st.lists(
    st.sampled_from(
        [
            GOOD,
            RI,
            MEETING,
            report("2018-05-16", "I", framework=Framework.SIF, start="2018-02-26", end="2018-03-09"),
            report("2019-07-01", None, start="2019-05-20", end="2019-05-24"),
            focused(start="2025-03-11", end="2025-03-12", published="2025-04-10", priority_action=True),
            activity(Kind.JTAI, start="2025-09-08", end="2025-09-12", published="2025-11-03"),
            activity(Kind.MONITORING_VISIT, start="2018-10-02", end="2018-10-03", published="2018-11-01"),
        ]
    ),
    unique_by=lambda one: one.id,
)
SUPPOSITIONS = st.one_of(
    st.booleans().map(lambda priority: a_visit(priority_action=priority)),
    st.text("OGRI", min_size=4, max_size=4).map(a_report),
)


@settings(deadline=None)
@given(HELD, SUPPOSITIONS)
def test_both_answers_are_those_of_the_rulebook_and_the_differences_lead_from_one_to_the_other(held, supposed):
    found = suppose(supposed, *held)
    assert found.before == stands(TODAY.isoformat(), *held)
    assert found.after == stands(TODAY.isoformat(), *held, supposed)
    assert found.differs

    def days(rows):
        return sorted((one.activity, one.basis, str(one.due_from), str(one.due_to)) for one in rows)

    moved_from, moved_to = [one.before for one in found.moves], [one.after for one in found.moves]
    gone = days([*found.goes, *moved_from])
    kept = days(found.before.expectations)
    for row in gone:
        kept.remove(row)
    assert sorted(kept + days([*found.comes, *moved_to])) == days(found.after.expectations)


@settings(deadline=None)
@given(HELD)
def test_a_report_that_is_held_anyway_changes_nothing_but_its_grades_known(held):
    day = on("2026-07-01")
    real = four("2026-06-17", "GGGR", start="2026-04-27", end="2026-05-08")
    supposed = supposed_report(
        TYNEHAVEN.urn, published=on("2026-06-17"), grades=of_four("GGGR"), start=real.start, end=real.end
    )
    found = suppose(supposed, *held, day=day).after
    told = stands(day.isoformat(), *held, replace(real, id=supposed.id))
    assert (found.pathway, found.expected_next, found.expectations) == (
        told.pathway,
        told.expected_next,
        told.expectations,
    )


def test_grades_may_be_given_as_judgements():
    grades = Judgements.of(of_four("GGGR"))
    assert supposed_report(TYNEHAVEN.urn, published=TODAY, grades=grades) == a_report("GGGR")


class TestALaterDay:
    LATER = on("2026-12-01")
    BETWEEN = report("2026-08-03", "R", start="2026-03-16", end="2026-03-27")

    def test_is_answered_from_what_was_public_by_the_day_given(self):
        found = suppose(a_visit(self.LATER), GOOD, self.BETWEEN, day=self.LATER, public_by=on("2026-08-02"))
        assert found.before.governing is not None
        assert found.before.governing.id == GOOD.id
        assert found.before.on == self.LATER
        on_that_day = suppose(a_visit(self.LATER), GOOD, self.BETWEEN, day=self.LATER, public_by=on("2026-08-03"))
        assert on_that_day.before.governing is not None
        assert on_that_day.before.governing.id == self.BETWEEN.id

    def test_knows_that_inspectors_had_come_and_not_what_they_found(self):
        found = suppose(a_visit(self.LATER), GOOD, self.BETWEEN, day=self.LATER, public_by=on("2026-04-01"))
        awaited = [one for one in found.before.expectations if one.activity == "report_publication"]
        assert [one.about for one in awaited] == [self.BETWEEN.id]

    def test_still_knows_an_authority_that_was_never_inspected(self):
        facts = replace(TYNEHAVEN, formed_on=on("2025-04-01"))
        held = activity(Kind.NOT_YET_INSPECTED)
        found = suppose(a_visit(self.LATER), held, authority=facts, day=self.LATER, public_by=TODAY)
        assert found.before.pathway is Pathway.NOT_YET_JUDGED
        nothing = suppose(a_visit(self.LATER), authority=facts, day=self.LATER, public_by=TODAY)
        assert nothing.before.pathway is Pathway.NOT_YET_JUDGED

    @pytest.mark.parametrize("public_by", [None, LATER, on("2027-01-01")])
    def test_is_answered_as_the_authority_s_own_page_where_no_earlier_day_is_given(self, public_by):
        found = suppose(a_visit(self.LATER), GOOD, self.BETWEEN, day=self.LATER, public_by=public_by)
        assert found.before == stands("2026-12-01", GOOD, self.BETWEEN)
