"""Letters on joint targeted area inspections, in the shapes of the real ones. People and findings are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from domain.register.register import REGISTER
from domain.values.documents import DocumentKind
from tests.web.intake.reports.paper import letter
from web.intake.reports.flow import flow_of
from web.intake.reports.jtai_letters import read_jtai_letter
from web.intake.reports.notes import DocumentAsked
from web.intake.reports.pages import PdfReader
from web.intake.reports.reading import DocumentReading

SINCE_2022 = """{day}
Alex Example, Director of Children’s Services, Solihull Metropolitan Borough Council
Jo Jones, Chief Nursing Officer, NHS Birmingham and Solihull

Dear Solihull Local Safeguarding Partnership

# Joint targeted area inspection of Solihull

This letter summarises the findings of the joint targeted area inspection (JTAI) of the multi-agency response to \
{theme}.

This inspection took place from {days}. It was carried out by inspectors from Ofsted, the Care Quality \
Commission (CQC) and others.

# Headline findings

Children wait too long.

{priorities}
# What needs to improve?
* The timeliness of decisions.
* The police’s records.

# Strengths
* A settled workforce.

# Main findings

Partners know one another.

# Next steps

We have determined that Solihull Metropolitan Borough Council is the principal authority and should prepare a \
written statement of proposed action responding to the findings outlined in this letter.

Solihull should send the written statement of action to ProtectionOfChildren@ofsted.gov.uk by {due}. This \
statement will inform the lines of enquiry at any future joint activity.

Yours sincerely"""
BEFORE_2020 = """8 March 2019
Alex Example, Executive Director, Bracknell Forest

Dear local partnership

# Joint targeted area inspection of the multi-agency response to {subject} in Bracknell Forest

{days}, Ofsted, the Care Quality Commission (CQC) and HMI Probation undertook a joint inspection of the \
multi-agency response to abuse and neglect in Bracknell Forest. This inspection included a ‘deep dive’ focus on \
the response to {dive}.

# Key Strengths
* Much is done well.

# Case study: highly effective practice

A box with a story.

# Areas for priority action
* {priority}

# Areas for improvement

# Leadership
* Plans are too slow.

# Response to risk
* Referrals are poor.

# Case study: area for improvement

Another story.
* One more finding after the box.

# Next steps

The director of children’s services should prepare a written statement of proposed action.

The director of children’s services should send the written statement of action to \
ProtectionOfChildren@ofsted.gov.uk by 20 June 2019.

Yours sincerely"""

Reading = Callable[..., DocumentReading]


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as reader:
        yield reader


@pytest.fixture
def read(reader: PdfReader) -> Reading:
    def reading(form: str = SINCE_2022, **changed: str) -> DocumentReading:
        usual = {
            "day": "21 February 2022",
            "theme": "identification of initial need and risk in Solihull",
            "days": "Between 21 and 25 January 2019" if form is BEFORE_2020 else "10 to 14 January 2022",
            "priorities": "",
            "due": "30 May 2022",
            "subject": "abuse and neglect",
            "dive": "children living with domestic abuse",
            "priority": "There are no areas for priority action",
        }
        flow = flow_of(reader.text(letter(form.format_map(usual | changed))))
        told = read_jtai_letter(flow, DocumentAsked(REGISTER, date(2026, 11, 30)))
        assert told is not None
        return told

    return reading


def test_a_letter_tells_its_days_its_theme_and_what_the_partnership_has_to_send(read: Reading):
    told = read()
    assert told.kind is DocumentKind.JTAI_LETTER
    assert (told.urn, told.published) == ("80554", date(2022, 2, 21))
    assert (told.start, told.end) == (date(2022, 1, 10), date(2022, 1, 14))
    assert told.theme == "Identification of initial need and risk"
    assert told.statement_due == date(2022, 5, 30)
    assert told.principal_authority == "Solihull Metropolitan Borough Council"
    assert [item.text for item in told.improvements] == ["The timeliness of decisions.", "The police’s records."]
    assert told.priority_action is False
    assert [section.heading for section in told.sections] == [
        "Headline findings",
        "Strengths",
        "Main findings",
        "Next steps",
    ]
    assert told.doubts == ()


def test_the_statement_s_day_and_author_are_printed_with_their_values(read: Reading):
    shown = read().document("letter.pdf")
    assert shown["statement_of_action_due"] == "2022-05-30"
    assert shown["principal_authority"] == "Solihull Metropolitan Borough Council"
    assert shown["places"]["statement_of_action_due"]["page"] >= 1
    assert shown["places"]["kind"]["words"].casefold().startswith("joint targeted area inspection")


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        ("the criminal exploitation of children in Solihull", "Criminal exploitation of children"),
        ("children who are victims of domestic abuse in Solihull", "Children who are victims of domestic abuse"),
        ("serious youth violence in the borough of Solihull", "Serious youth violence"),
        (
            "identification of initial need and risk (often referred to as the ‘front door’) in Solihull",
            "Identification of initial need and risk",
        ),
    ],
)
def test_a_theme_has_one_spelling_and_no_place(read: Reading, theme: str, expected: str):
    assert read(theme=theme).theme == expected


@pytest.mark.parametrize(
    ("dive", "theme"),
    [
        ("child sexual exploitation and those missing from home, care or education", "Child sexual exploitation"),
        ("child sexual abuse in the family environment", "Sexual abuse in the family"),
        ("children living with domestic abuse", "Domestic abuse"),
        ("children experiencing neglect", "Neglect"),
        ("children’s mental health needs", "Children's mental health"),
    ],
)
def test_until_2020_the_theme_is_that_of_the_deep_dive(read: Reading, dive: str, theme: str):
    assert read(BEFORE_2020, dive=dive).theme == theme


def test_until_2020_the_days_are_between_two_and_lists_go_on_under_headings_of_their_own(read: Reading):
    told = read(BEFORE_2020)
    assert (told.urn, told.start, told.end) == ("80436", date(2019, 1, 21), date(2019, 1, 25))
    assert [item.text for item in told.improvements] == [
        "Plans are too slow.",
        "Referrals are poor.",
        "One more finding after the box.",
    ]
    assert (told.priority_action, told.priority_actions) == (False, ())
    assert told.statement_due == date(2019, 6, 20)
    assert told.principal_authority == "The director of children’s services"


def test_the_authority_may_stand_in_the_sentence_on_the_agencies_alone(read: Reading):
    form = BEFORE_2020.replace("{subject} in Bracknell Forest", "{subject}").replace("Forest. This", "the area. This")
    sentence = "This letter outlines our findings about the work of individual agencies in Bracknell Forest."
    told = read(form.replace("# Key Strengths", f"{sentence}\n\n# Key Strengths").replace(", Bracknell Forest\n", "\n"))
    assert told.urn == "80436"
    assert "urn" not in told.uncertain


def test_a_list_without_bullets_is_its_paragraphs_and_one_with_bullets_is_not(read: Reading):
    told = read(priorities="# Areas for priority action\n\n# Leadership\n\nAct.\n\n# Police\n\nAct too.\n\n")
    assert [item.text for item in told.priority_actions] == ["Act.", "Act too."]
    told = read(priorities="# Areas for priority action\n* Act.\n\n# Solihull’s partnership\n\nIt is new.\n\n")
    assert [item.text for item in told.priority_actions] == ["Act."]


def test_areas_for_priority_action_are_read_with_their_second_level(read: Reading):
    told = read(priorities="# Area for priority action\n* Act. This includes:\n- capacity\n- audits\n* The police.\n\n")
    assert told.priority_action is True
    assert [item.text for item in told.priority_actions] == [
        "Act. This includes: capacity; audits",
        "The police.",
    ]


def test_days_without_a_year_and_on_a_weekend_are_doubted(read: Reading):
    told = read(BEFORE_2020, days="Between 20 and 24 January")
    assert (told.start, told.end) == (date(2019, 1, 20), date(2019, 1, 24))
    assert any("without a year" in doubt for doubt in told.doubts)
    assert any(
        "20 January 2019, a first or last day of the inspection as printed, was a Sunday." in doubt
        for doubt in told.doubts
    )


@pytest.mark.parametrize(
    ("due", "expected"),
    [("Tuesday 31 May 2022", date(2022, 5, 31)), ("12 May 22", date(2022, 5, 12)), ("the spring", None)],
)
def test_the_day_the_statement_is_due_is_entered_as_printed(read: Reading, due: str, expected: date | None):
    told = read(due=due)
    assert told.statement_due == expected
    assert bool(told.doubts) is (expected is None)


@pytest.mark.parametrize(
    "text",
    [
        "1 May 2024\n\nDear Alex\n\n# Focused visit to Solihull\n\nInspectors came. No joint inspection took place.",
        "# Joint targeted area inspection of Solihull: our action plan\n\nInspectors came from 10 to 14 January 2022.",
    ],
)
def test_another_document_is_none_of_these(reader: PdfReader, text: str):
    assert read_jtai_letter(flow_of(reader.text(letter(text))), DocumentAsked(REGISTER, date(2026, 11, 30))) is None
