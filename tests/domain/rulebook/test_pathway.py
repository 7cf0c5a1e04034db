"""Which report governs, and which pathway it sets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.frameworks import Area, Framework, Grade
from domain.rulebook.pathway import Policy, SetCInadequate, SetCPathway, governing, pathway_of
from domain.rulebook.results import GradedType, InterimType, Pathway, WindowStatus
from domain.values.activities import AuthorityFacts, Status
from domain.values.judgements import Judgements
from domain.values.statements import Kind, Variant
from tests.domain.rulebook.story import activity, focused, four, on, report, sif, stands

ANY, MAJORITY, MANUAL = (Policy(set_c_inadequate=switch) for switch in SetCInadequate)
GOOD, RI, INADEQUATE, UNKNOWN = (
    Pathway.GOOD_OR_OUTSTANDING,
    Pathway.REQUIRES_IMPROVEMENT,
    Pathway.INADEQUATE,
    Pathway.UNKNOWN,
)


@pytest.mark.parametrize(("overall", "pathway"), [("O", GOOD), ("G", GOOD), ("R", RI), ("I", INADEQUATE)])
@pytest.mark.parametrize("framework", [Framework.SIF, Framework.ILACS])
def test_overall_effectiveness_sets_the_pathway_before_april_2026(framework, overall, pathway):
    assert pathway_of(report("2019-07-01", overall, framework=framework)) is pathway


def test_the_overall_grade_is_never_worked_out_from_the_others():
    grades = Judgements.of({Area.IMPACT_OF_LEADERS: Grade.GOOD, Area.HELP_AND_PROTECTION: Grade.INADEQUATE})
    assert pathway_of(report("2019-07-01", None, start="2019-05-20", grades=grades)) is UNKNOWN


@pytest.mark.parametrize(
    ("grades", "pathway"),
    [
        ("GGGG", GOOD),
        ("OOOO", GOOD),
        ("GGGR", GOOD),
        ("GRGG", GOOD),
        ("GRRG", RI),
        ("RGGG", RI),
        ("ROOO", RI),
        ("GRRR", RI),
        ("RRRR", RI),
        ("IGGG", INADEQUATE),
        ("GIGG", INADEQUATE),
        ("GGGI", INADEQUATE),
        ("IIRR", INADEQUATE),
    ],
)
def test_four_judgements_set_the_pathway_from_april_2026(grades, pathway):
    assert pathway_of(four("2026-06-17", grades)) is pathway


@pytest.mark.parametrize(
    ("grades", "majority", "manual"),
    [
        ("IGGG", INADEQUATE, UNKNOWN),
        ("GIGG", GOOD, UNKNOWN),
        ("GIRG", RI, UNKNOWN),
        ("RIGG", RI, UNKNOWN),
        ("GIIG", INADEQUATE, UNKNOWN),
        ("RIII", INADEQUATE, UNKNOWN),
        ("GGGR", GOOD, GOOD),
        ("RRRR", RI, RI),
    ],
)
def test_what_inadequate_means_without_an_overall_grade_is_a_switch(grades, majority, manual):
    assert pathway_of(four("2026-06-17", grades), MAJORITY) is majority
    assert pathway_of(four("2026-06-17", grades), MANUAL) is manual


@pytest.mark.parametrize(
    ("grades", "pathway"),
    [("----", UNKNOWN), ("GGG-", UNKNOWN), ("RRR-", UNKNOWN), ("I---", INADEQUATE), ("GI--", INADEQUATE)],
)
def test_a_judgement_that_is_not_known_leaves_the_pathway_open_unless_it_cannot_matter(grades, pathway):
    assert pathway_of(four("2026-06-17", grades)) is pathway


def test_without_the_inadequate_switch_a_missing_practice_judgement_may_not_matter():
    assert pathway_of(four("2026-06-17", "GGG-"), MAJORITY) is GOOD
    assert pathway_of(four("2026-06-17", "RG--"), MAJORITY) is UNKNOWN


@pytest.mark.parametrize(
    ("start", "decides"), [("2026-03-31", "overall"), ("2026-04-01", "four"), ("2026-04-02", "four")]
)
def test_the_cut_over_follows_the_first_day_on_site_not_publication(start, decides):
    grades = Judgements.of(
        {
            Area.OVERALL_EFFECTIVENESS: Grade.GOOD,
            Area.IMPACT_OF_LEADERS: Grade.REQUIRES_IMPROVEMENT,
            Area.HELP_AND_PROTECTION: Grade.GOOD,
            Area.IN_CARE: Grade.GOOD,
            Area.CARE_LEAVERS: Grade.GOOD,
        }
    )
    found = pathway_of(report("2026-06-18", None, start=start, grades=grades))
    assert found is (GOOD if decides == "overall" else RI)


def test_a_report_since_april_2026_without_start_or_overall_grade_is_read_by_its_four_judgements():
    assert pathway_of(four("2026-06-17", "GGGR", start=None)) is GOOD
    assert pathway_of(report("2026-06-17", "R")) is RI


def test_an_inferred_pathway_says_so():
    answer = stands("2026-08-22", four("2026-08-03", "IIRR"))
    assert answer.pathway is INADEQUATE
    assert answer.inferred
    assert "inferred" in answer.why
    assert "R-024" in answer.rules


@pytest.mark.parametrize(("grades", "pathway"), [("GGGR", GOOD), ("RRRR", RI), ("GGG-", UNKNOWN)])
def test_how_judgements_without_an_overall_grade_decide_is_inferred_and_says_so(grades, pathway):
    answer = stands("2026-08-22", four("2026-08-03", grades))
    assert answer.pathway is pathway
    assert answer.inferred
    assert "inferred" in answer.why
    assert "R-024" not in answer.rules
    coming = [one for one in answer.expectations if one.basis == "pathway"]
    assert all(one.inferred and "inferred" in one.why for one in coming)
    assert not stands("2026-08-22", report("2026-03-03", "G", start="2026-01-19")).inferred


@pytest.mark.parametrize(("grades", "pathway"), [("GGGG", UNKNOWN), ("RRRR", UNKNOWN), ("GIGG", INADEQUATE)])
def test_what_is_inferred_of_the_judgements_together_can_be_left_to_an_officer(grades, pathway):
    answer = stands("2026-08-22", four("2026-08-03", grades), policy=Policy(set_c_pathway=SetCPathway.MANUAL))
    assert answer.pathway is pathway
    assert ("left to an officer" in answer.why) is (pathway is UNKNOWN)
    earlier = report("2026-03-03", "G", start="2026-01-19")
    assert pathway_of(earlier, Policy(set_c_pathway=SetCPathway.MANUAL)) is GOOD


def test_under_the_manual_switch_an_inadequate_judgement_is_left_to_an_officer():
    answer = stands("2026-08-22", four("2026-08-03", "IIRR"), policy=MANUAL)
    assert answer.pathway is UNKNOWN
    assert answer.expected_next.graded.type is None
    assert answer.expected_next.action_plan_due == on("2026-11-10")
    assert "left to an officer" in answer.why


@pytest.mark.parametrize(("day", "pathway"), [("2019-06-30", GOOD), ("2019-07-01", RI), ("2019-07-02", RI)])
def test_the_pathway_changes_on_the_day_of_publication(day, pathway):
    history = sif("2016-08-05", "G"), report("2019-07-01", "R", start="2019-05-20", end="2019-05-24")
    assert stands(day, *history).pathway is pathway


def test_visits_and_joint_inspections_never_change_the_pathway():
    answer = stands(
        "2022-01-01",
        report("2019-07-01", "G"),
        focused(start="2021-05-04", published="2021-06-04", priority_action=True),
        activity(Kind.JTAI, start="2021-10-04", end="2021-10-08", published="2021-11-20", priority_action=True),
        activity(Kind.MONITORING_VISIT, start="2021-11-10", published="2021-12-10"),
        activity(Kind.ENGAGEMENT_MEETING, on="2021-12-01"),
    )
    assert answer.pathway is GOOD


def test_of_two_reports_on_one_day_the_later_start_governs():
    earlier = report("2019-07-01", "G", start="2019-05-13")
    later = report("2019-07-01", "R", start="2019-05-20")
    unknown = report("2019-07-01", "I")
    for order in ([earlier, later, unknown], [unknown, later, earlier]):
        found = governing(order, on("2019-07-01"))
        assert found is not None
        assert found.id == later.id


@pytest.mark.parametrize("framework", [Framework.SLAC, Framework.CPI, Framework.CPRI, Framework.TLAC, None])
def test_frameworks_before_the_sif_never_govern(framework):
    older = report("2015-01-05", "I", framework=framework)
    assert governing([older], on("2020-01-01")) is None
    newest = governing([sif("2014-07-18", "G"), older], on("2020-01-01"))
    assert newest is not None
    assert newest.framework is Framework.SIF


def test_a_withdrawn_report_never_governs():
    withdrawn = replace(report("2019-07-01", "I"), status=Status.WITHDRAWN)
    assert stands("2020-01-01", sif("2016-08-05", "G"), withdrawn).pathway is GOOD
    corrected = replace(report("2019-07-01", "I"), status=Status.CORRECTED)
    assert stands("2020-01-01", sif("2016-08-05", "G"), corrected).pathway is INADEQUATE


@pytest.mark.parametrize("published", ["2017-04-07", "2017-07-17", "2018-05-31"])
def test_a_report_of_unknown_grades_gives_way_to_one_with_known_grades_before_it(published):
    known = sif("2017-04-07", "I", start="2017-01-23")
    ungraded = sif(published, None, start="2017-03-01")
    answer = stands("2018-06-01", known, ungraded)
    assert answer.governing is not None
    assert answer.governing.id == known.id
    assert answer.pathway is INADEQUATE


def test_a_report_of_unknown_grades_does_not_give_way_to_a_later_one_or_to_an_older_framework():
    ungraded = sif("2017-04-07", None)
    assert stands("2017-05-01", ungraded, sif("2017-05-20", "G")).pathway is UNKNOWN
    assert stands("2017-05-01", ungraded, report("2017-03-01", "G", framework=Framework.SLAC)).pathway is UNKNOWN


def test_a_grade_for_the_safeguarding_board_alone_is_no_known_grade():
    board = sif("2017-05-01", None, grades=Judgements.of({Area.LSCB: Grade.GOOD}))
    assert stands("2018-06-01", sif("2017-04-07", "I"), board).pathway is INADEQUATE


def test_grades_that_decide_but_are_not_known_make_the_pathway_unknown():
    answer = stands("2022-10-01", report("2022-09-05", None, start="2022-07-11", end="2022-07-22"))
    assert answer.pathway is UNKNOWN
    graded = answer.expected_next.graded
    assert (graded.type, graded.window_from, graded.window_to, graded.midpoint) == (None, None, None, None)
    assert graded.status is WindowStatus.NO_WINDOW
    assert answer.expected_next.interim is None
    assert answer.governing is not None
    assert answer.governing.published == on("2022-09-05")
    assert answer.expected_next.action_plan_due == on("2022-12-13")


@pytest.mark.parametrize("pathway", ["O", "G", "R", "I"])
@pytest.mark.parametrize(
    ("day", "pending"),
    [("2022-05-12", False), ("2022-05-13", True), ("2022-07-03", True), ("2022-07-04", False)],
)
def test_a_report_is_awaited_from_the_last_day_on_site_to_the_day_before_publication(pathway, day, pending):
    before = report("2019-07-01", pathway)
    answer = stands(day, before, report("2022-07-04", "G", start="2022-05-09", end="2022-05-13", variant=Variant.SHORT))
    interim = answer.expected_next.interim
    awaited = interim is not None and interim.type is InterimType.REPORT_PUBLICATION
    assert awaited is pending
    if pending:
        assert interim.due is None
        assert answer.governing is not None
        assert answer.governing.published == on("2019-07-01")
        assert answer.expected_next.graded.window_from == on("2022-01-01")
        assert answer.expected_next.action_plan_due == on("2019-10-08")
        assert answer.inferred


def test_a_report_is_awaited_on_the_pathways_without_a_grade_too():
    inspection = report("2022-11-25", "R", start="2022-10-03", end="2022-10-14")
    new = AuthorityFacts(urn="2637548", name="West Northamptonshire", formed_on=on("2021-04-01"))
    old = AuthorityFacts(urn="80999", name="Tynehaven")
    for authority, pathway in ((new, Pathway.NOT_YET_JUDGED), (old, UNKNOWN)):
        answer = stands("2022-10-20", inspection, authority=authority)
        assert answer.pathway is pathway
        assert answer.expected_next.interim is not None
        assert answer.expected_next.interim.type is InterimType.REPORT_PUBLICATION


def test_fieldwork_without_a_publication_date_is_awaited_until_another_report_appears():
    under_way = report(None, None, start="2026-07-06", end="2026-07-10")
    answer = stands("2026-08-01", report("2023-07-03", "G"), under_way)
    assert answer.expected_next.interim is not None
    assert answer.pathway is GOOD
    overtaken = stands("2026-09-01", report("2023-07-03", "G"), under_way, four("2026-08-18", "GGGG"))
    assert overtaken.expected_next.interim is None


@pytest.mark.parametrize(("day", "awaited"), [("2022-05-12", False), ("2022-05-13", True), ("2022-07-03", True)])
def test_where_only_the_first_day_on_site_is_known_the_report_is_awaited_from_the_last_expected(day, awaited):
    inspection = report("2022-07-04", "G", start="2022-05-09")
    answer = stands(day, report("2019-07-01", "G"), inspection)
    assert (answer.expected_next.interim is not None) is awaited


def test_a_report_known_by_its_publication_alone_is_never_awaited():
    assert stands("2022-07-01", report("2019-07-01", "G"), report("2022-07-04", "R")).expected_next.interim is None


def test_the_old_single_inspections_of_other_frameworks_are_not_awaited():
    older = report("2013-03-01", "G", framework=Framework.CPI, start="2013-01-07", end="2013-01-18")
    assert stands("2013-02-01", older).expected_next.interim is None


def test_the_governing_report_shows_nothing_that_was_not_public_on_the_day():
    later = replace(report("2019-07-01", "G", start="2019-05-20"), priority_action_resolved=on("2030-01-01"))
    found = governing([later], on("2019-07-01"))
    assert found is not None
    assert found.priority_action_resolved is None
    assert governing([later], on("2019-06-30")) is None


class TestNewAuthorities:
    WEST = AuthorityFacts(urn="2637548", name="West Northamptonshire", formed_on=on("2021-04-01"))
    CUMBERLAND = AuthorityFacts(urn="2733690", name="Cumberland", formed_on=on("2023-04-01"))
    CREATED = activity(Kind.AUTHORITY_CREATED, on="2023-04-01", urn="2733690")

    def test_a_new_authority_is_not_yet_judged_and_has_no_window(self):
        answer = stands("2023-06-30", self.CREATED, authority=self.CUMBERLAND)
        assert answer.pathway is Pathway.NOT_YET_JUDGED
        graded = answer.expected_next.graded
        assert graded.type is GradedType.STANDARD
        assert (graded.window_from, graded.window_to, graded.midpoint) == (None, None, None)
        assert graded.status is WindowStatus.NO_WINDOW
        assert answer.expected_next.action_plan_due is None
        assert answer.expected_next.interim is None
        assert not answer.inherited_monitoring

    @pytest.mark.parametrize(
        ("day", "pathway"),
        [("2023-03-31", UNKNOWN), ("2023-04-01", Pathway.NOT_YET_JUDGED), ("2023-04-02", Pathway.NOT_YET_JUDGED)],
    )
    def test_it_begins_on_the_day_it_was_formed(self, day, pathway):
        assert stands(day, self.CREATED, authority=self.CUMBERLAND).pathway is pathway

    def test_the_entry_of_its_creation_is_enough(self):
        unnamed = AuthorityFacts(urn="2733690", name="Cumberland")
        assert stands("2023-06-30", self.CREATED, authority=unnamed).pathway is Pathway.NOT_YET_JUDGED

    def test_a_release_saying_not_yet_inspected_is_a_fact_on_it(self):
        said = activity(Kind.NOT_YET_INSPECTED, urn="2733690")
        assert stands("2024-03-31", said, authority=self.CUMBERLAND).pathway is Pathway.NOT_YET_JUDGED

    @pytest.mark.parametrize(
        ("day", "pathway"),
        [("2023-03-31", UNKNOWN), ("2023-04-01", Pathway.NOT_YET_JUDGED), ("2023-04-02", Pathway.NOT_YET_JUDGED)],
    )
    def test_the_register_is_enough_without_any_fact(self, day, pathway):
        assert stands(day, authority=self.CUMBERLAND).pathway is pathway
        withdrawn = replace(self.CREATED, status=Status.WITHDRAWN)
        assert stands(day, withdrawn, authority=self.CUMBERLAND).pathway is pathway
        unnamed = AuthorityFacts(urn="2733690", name="Cumberland")
        assert stands(day, withdrawn, authority=unnamed).pathway is UNKNOWN

    def test_an_old_authority_without_a_report_is_unknown(self):
        visit = focused(start="2018-03-06")
        assert stands("2018-06-01", visit).pathway is UNKNOWN
        formed_long_ago = AuthorityFacts(urn="80455", name="Durham", formed_on=on("2009-04-01"))
        assert stands("2018-06-01", visit, authority=formed_long_ago).pathway is UNKNOWN

    @pytest.mark.parametrize("urn", ["2637548", "2637539"])
    @pytest.mark.parametrize(
        ("day", "inherits"), [("2021-03-31", False), ("2021-04-01", True), ("2022-11-24", True), ("2022-11-25", False)]
    )
    def test_both_northamptonshire_councils_inherit_monitoring_until_their_own_first_report(self, urn, day, inherits):
        council = AuthorityFacts(urn=urn, name="Northamptonshire", formed_on=on("2021-04-01"))
        history = (
            activity(Kind.AUTHORITY_CREATED, on="2021-04-01"),
            report("2022-11-25", "R", start="2022-10-03", end="2022-10-14"),
        )
        assert stands(day, *history, authority=council).inherited_monitoring is inherits

    def test_its_first_report_gives_it_a_pathway(self):
        answer = stands("2022-11-25", report("2022-11-25", "R"), authority=self.WEST)
        assert answer.pathway is RI
