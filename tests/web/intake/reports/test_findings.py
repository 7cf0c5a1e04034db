"""What a graded report asks to improve, item by item. Findings are invented."""

from __future__ import annotations

from collections.abc import Sequence

from domain.frameworks import Area, Framework
from web.intake.reports.findings import findings_of
from web.intake.reports.flow import BlockRole, TextBlock
from web.intake.reports.sections import sections_of


def heading(text: str, page: int = 1) -> TextBlock:
    return TextBlock(text, page, BlockRole.HEADING, 72)


def bullet(text: str, page: int = 1, level: int = 1, mark: str = "◼") -> TextBlock:
    return TextBlock(text, page, BlockRole.BULLET, 72, level=level, mark=mark)


def text(words: str, page: int = 1, number: str | None = None) -> TextBlock:
    return TextBlock(words, page, BlockRole.TEXT, 72, number=number)


def items(blocks: Sequence[TextBlock], *, parted: bool = False, numbered: bool = False) -> list[str]:
    return [item.text for item in findings_of(blocks, parted=parted, numbered=numbered).improvements]


def test_each_bullet_is_an_item_with_its_page_and_outcomes():
    found = findings_of(
        [
            heading("What needs to improve?"),
            bullet("Supervision."),
            bullet("Plans for care leavers. (outcome 4, national framework)", page=2),
            heading("Experiences and progress of children who need help and protection: good"),
            text("Leaders know their services.", number="1"),
            bullet("Not an item."),
        ],
        parted=False,
        numbered=False,
    )
    assert [(item.text, item.outcomes, item.page) for item in found.improvements] == [
        ("Supervision.", (), 1),
        ("Plans for care leavers. (outcome 4, national framework)", (4,), 2),
    ]
    assert found.listed
    assert found.priority_actions == ()


def test_bullets_of_the_second_level_stay_in_the_one_above():
    blocks = [
        heading("What needs to improve"),
        bullet("The oversight of:"),
        bullet("private fostering", level=2, mark="−"),
        bullet("permanence.", level=2, mark="\uf02d"),
        bullet("Supervision."),
    ]
    assert items(blocks) == ["The oversight of: − private fostering − permanence.", "Supervision."]


def test_a_single_inspection_numbers_its_items_and_parts_its_list_by_headings():
    blocks = [
        heading("What does the local authority need to improve?"),
        heading("Priority and immediate action"),
        text("Ensure that visits are made.", number="1"),
        heading("Areas for improvement"),
        heading("Leadership, management and governance"),
        text("Ensure that managers oversee:", number="2"),
        bullet("referrals", mark="•"),
        bullet("core groups.", mark="•"),
        text("Adoption and permanence"),
        text("Speed up matching.", number="3"),
        heading("The local authority’s strengths"),
        text("Leaders are visible.", number="4"),
        heading("What does the LSCB need to improve?"),
        heading("Areas for improvement"),
        text("Publish the annual report.", number="90"),
    ]
    assert items(blocks, parted=True, numbered=True) == [
        "Ensure that managers oversee: • referrals • core groups.",
        "Speed up matching.",
    ]
    found = findings_of(blocks, parted=True, numbered=True)
    assert [item.text for item in found.priority_actions] == ["Ensure that visits are made."]


def test_a_report_without_a_list_says_so():
    assert not findings_of([heading("Summary"), bullet("Good work.")], parted=False, numbered=False).listed


def test_paragraphs_stand_under_their_judgement():
    sections = sections_of(
        [
            text("Children do well."),
            heading("The experiences and progress of children in care and care leavers: good", 3),
            text("Most children live near home.", 3, "12"),
            heading("The impact of leaders on practice with children and families: good", 4),
            text("Leaders listen.", 4, "20"),
        ],
        Framework.ILACS,
    )
    assert [(section.judgement, [one.number for one in section.paragraphs]) for section in sections] == [
        (None, [None]),
        (Area.IN_CARE_AND_CARE_LEAVERS, ["12"]),
        (Area.IMPACT_OF_LEADERS, ["20"]),
    ]


def test_inner_headings_of_a_single_inspection_belong_to_its_judgement():
    sections = sections_of(
        [
            heading("Leadership, management and governance"),
            heading("Requires improvement to be good"),
            heading("Summary"),
            text("Leaders know."),
            heading("Inspection findings"),
            text("Leaders listen.", number="90"),
            heading("The Local Safeguarding Children Board"),
            text("The board meets."),
            heading("Information about this inspection"),
            text("Inspectors looked at files."),
        ],
        Framework.SIF,
    )
    assert [section.judgement for section in sections] == [
        Area.LEADERSHIP_MANAGEMENT_GOVERNANCE,
        Area.LEADERSHIP_MANAGEMENT_GOVERNANCE,
        Area.LSCB,
        None,
    ]
