"""Letters on focused and monitoring visits, in the shapes of the real ones. People and findings are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from domain.register.register import REGISTER
from domain.values.documents import DocumentKind
from tests.web.intake.reports.paper import letter
from web.intake.reports.flow import flow_of
from web.intake.reports.letters import read_letter
from web.intake.reports.notes import DocumentAsked
from web.intake.reports.pages import PdfReader
from web.intake.reports.reading import DocumentReading

FORM = """{day}
Alex Example
Director of Children’s Services
{address}

Dear Alex

# {subject}

{sentence} His Majesty’s Inspectors for this visit were Sam Sample and Jo Jones.

{focus}

This visit was carried out in line with the inspection of local authority children’s services (ILACS) framework.

# Headline findings

Children receive an inconsistent service.

{priorities}
# What needs to improve in this area of social work practice?
* The quality of plans, so that they say what is to be done by whom and by when, and so that children understand them.
* Supervision. (outcome 4, national framework)

# Main findings

Most plans are reviewed in time.

Ofsted will take the findings from this focused visit into account when planning the next inspection or visit.
{notified}

Yours sincerely

Sam Sample
His Majesty’s Inspector"""

USUAL = {
    "day": "12 January 2026",
    "address": "Slough Borough Council",
    "subject": "Focused visit to Slough Borough Council children’s services",
    "sentence": (
        "This letter summarises the findings of the focused visit to Slough Borough Council children’s "
        "services "
        "on 19 and 20 November 2025."
    ),
    "focus": (
        "Inspectors looked at the local authority’s arrangements for care leavers aged 18 to 25 years, in "
        "particular care leavers with specific needs."
    ),
    "priorities": "",
    "notified": "",
}
SENTENCE_ON_TWO_PERIODS = (
    "This letter summarises the findings of the focused visit to Slough on 15, 16 and 21 July 2025."
)
PRIORITIES = """# Areas for priority action
* Keeping in touch with care leavers.
* Allocation of cases.

"""

Reading = Callable[..., DocumentReading]


@pytest.fixture(scope="module")
def reader() -> Iterator[PdfReader]:
    with PdfReader() as reader:
        yield reader


@pytest.fixture
def read(reader: PdfReader) -> Reading:
    def reading(*, named: date | None = None, given: date | None = None, **changed: str) -> DocumentReading:
        flow = flow_of(reader.text(letter(FORM.format_map(USUAL | changed))))
        told = read_letter(flow, DocumentAsked(REGISTER, date(2026, 11, 30), named=named, given=given))
        assert told is not None
        return told

    return reading


def days(reading: DocumentReading) -> list[str]:
    return [f"{period.start} {period.end}" for period in reading.periods]


def test_a_letter_tells_whom_it_is_about_when_the_visit_was_and_what_it_found(read: Reading):
    told = read()
    assert told.kind is DocumentKind.FOCUSED_VISIT_LETTER
    assert (told.urn, told.name) == ("80553", "Slough")
    assert days(told) == ["2025-11-19 2025-11-20"]
    assert (told.published, told.published_from) == (date(2026, 1, 12), "text")
    assert told.focus == "care leavers aged 18 to 25 years"
    assert told.lead_inspector == "Sam Sample"
    assert [item.outcomes for item in told.improvements] == [(), (4,)]
    assert told.improvements[0].text.endswith("so that children understand them.")
    assert told.priority_action is False
    assert [section.heading for section in told.sections] == ["Headline findings", "Main findings"]
    assert [paragraph.text for paragraph in told.sections[1].paragraphs] == ["Most plans are reviewed in time."]
    assert told.doubts == ()


def test_each_value_has_its_place(read: Reading):
    told = read()
    assert told.places["published"].words == "12 January 2026"
    assert told.places["periods.0"].words.endswith("on 19 and 20 November 2025.")
    assert {"kind", "urn", "focus", "areas_for_improvement", "lead_inspector"} <= set(told.places)
    told = read(priorities=PRIORITIES, sentence=SENTENCE_ON_TWO_PERIODS)
    assert {"periods.0", "periods.1", "priority_action", "areas_for_priority_action"} <= set(told.places)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "This letter summarises the findings of a focused visit to Slough on 24 October 2025.",
            ["2025-10-24 2025-10-24"],
        ),
        (
            "This letter summarises the findings of a focused visit to Slough between 3 and 5 November 2025.",
            ["2025-11-03 2025-11-05"],
        ),
        (
            (
                "This letter summarises the findings of the focused visit on 25 and 26 October 2025 to "
                "Slough Children First, who act for Slough."
            ),
            ["2025-10-25 2025-10-26"],
        ),
        (
            (
                "This letter sets out the findings from our recent focused visit to Slough on 30 "
                "September and 1 October 2025."
            ),
            ["2025-09-30 2025-10-01"],
        ),
        (
            "This letter summarises the findings of the focused visit to Slough on 15, 16 and 21 July 2025.",
            ["2025-07-15 2025-07-16", "2025-07-21 2025-07-21"],
        ),
    ],
)
def test_the_days_are_those_of_the_sentence_on_the_visit(read: Reading, sentence: str, expected: list[str]):
    assert days(read(sentence=sentence)) == expected


def test_days_without_a_year_take_it_from_the_letter_with_a_doubt(read: Reading):
    told = read(sentence="This letter summarises the findings of a focused visit to Slough on 9 and 10 December.")
    assert days(told) == ["2025-12-09 2025-12-10"]
    assert any("without a year" in doubt for doubt in told.doubts)
    assert not told.uncertain


def test_a_visit_of_a_year_is_a_slip_that_a_person_has_to_look_at(read: Reading):
    told = read(
        sentence=(
            "This letter summarises the findings of the focused visit to Slough on 24 November 2024 to 25 "
            "November 2025."
        )
    )
    assert days(told) == ["2025-11-24 2025-11-25"]
    assert "periods" in told.uncertain
    assert any("cannot be right" in doubt for doubt in told.doubts)


def test_a_letter_that_names_no_days_says_so(read: Reading):
    told = read(sentence="This letter summarises the findings of the focused visit to Slough.")
    assert told.periods == ()
    assert "periods" in told.uncertain


# --- the day of publication -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("otherwise", "said"),
    [("named", "its file’s name says 8 January 2026"), ("given", "the day given is 8 January 2026")],
)
def test_the_day_printed_wins_over_any_other_with_a_doubt(read: Reading, otherwise: str, said: str):
    told = read(**{otherwise: date(2026, 1, 8)})
    assert (told.published, told.published_from) == (date(2026, 1, 12), "text")
    assert told.doubts == (f"The letter is dated 12 January 2026, and {said}: the printed day was taken.",)


@pytest.mark.parametrize("day", ["12 January 2025", "12 January 20266", "To the director"])
def test_a_day_that_cannot_be_right_or_is_missing_gives_way_to_the_file_s_name(read: Reading, day: str):
    told = read(day=day, named=date(2026, 1, 12))
    assert (told.published, told.published_from) == (date(2026, 1, 12), "file_name")
    assert told.doubts
    told = read(day=day, named=date(2026, 1, 12), given=date(2026, 1, 13))
    assert (told.published, told.published_from) == (date(2026, 1, 13), "option")
    told = read(day=day)
    assert (told.published, told.published_from) == (None, None)
    assert "published" in told.uncertain


def test_a_day_that_the_file_s_name_bears_out_throws_doubt_on_the_days_on_site(read: Reading):
    sentence = "This letter summarises the findings of the focused visit to Slough on 19 and 20 November 2023."
    told = read(sentence=sentence, named=date(2026, 1, 12))
    assert (told.published, told.published_from) == (date(2026, 1, 12), "text")
    assert told.uncertain == {"periods"}


# --- the authority --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "urn"),
    [
        ("Focused visit to the London Borough of Barking and Dagenham children’s services", "80486"),
        ("Focused visit to City of London children’s services", "80450"),
        ("Focused visit to North East Lincolnshire Council children’s services", "80526"),
        ("Focused visit to Newcastle children’s services", "80525"),
    ],
)
def test_the_authority_is_the_one_that_the_subject_names(read: Reading, subject: str, urn: str):
    assert read(subject=subject, address="County Hall\nDurham").urn == urn


def test_where_the_subject_names_none_the_sentence_and_then_the_address_are_asked(read: Reading):
    bare = "This letter summarises the findings of the focused visit on 19 and 20 November 2025."
    assert read(subject="Focused visit to children’s services").urn == "80553"
    assert read(subject="Focused visit to children’s services", sentence=bare).urn == "80553"
    told = read(subject="Focused visit to children’s services", sentence=bare, address="Anywhere")
    assert told.urn is None
    assert "urn" in told.uncertain


# --- areas for priority action --------------------------------------------------------------------------------------


def test_areas_for_priority_action_are_read_one_by_one(read: Reading):
    told = read(priorities=PRIORITIES)
    assert told.priority_action is True
    assert [item.text for item in told.priority_actions] == [
        "Keeping in touch with care leavers.",
        "Allocation of cases.",
    ]
    assert len(told.improvements) == 2


@pytest.mark.parametrize(
    "heading",
    ["Area(s) for priority action", "Priority actions", "Areas for priority action identified at this visit"],
)
def test_the_heading_of_the_list_has_several_words(read: Reading, heading: str):
    told = read(priorities=f"# {heading}\n* Keeping in touch.\n\n")
    assert [item.text for item in told.priority_actions] == ["Keeping in touch."]


def test_a_heading_and_its_finding_may_stand_in_one_paragraph(read: Reading):
    told = read(priorities="Area for priority action: the allocation of cases to social workers.\n\n")
    assert told.priority_action is True
    assert [item.text for item in told.priority_actions] == ["the allocation of cases to social workers."]


@pytest.mark.parametrize(
    "below",
    [
        "There are no priority actions following this focused visit.",
        "* There are no areas for priority action",
        "Inspectors did not identify any areas for priority action: there were no areas for priority action.",
    ],
)
def test_a_heading_is_not_a_finding(read: Reading, below: str):
    told = read(priorities=f"# Areas for priority action\n\n{below}\n\n")
    assert (told.priority_action, told.priority_actions) == (False, ())


def test_a_letter_that_says_that_earlier_ones_remain_makes_none(read: Reading):
    remain = (
        "The areas for priority action set at the last focused visit in February 2020 remain. There are "
        "no additional priority actions."
    )
    told = read(priorities=f"# Areas for priority action\n\n{remain}\n\n")
    assert (told.priority_action, told.priority_actions) == (False, ())
    assert any("of an earlier visit remain" in doubt for doubt in told.doubts)


def test_earlier_ones_that_are_left_beside_new_ones_make_no_difference(read: Reading):
    lead = (
        "In addition to addressing the two priority actions not resolved, the local authority needs to "
        "address the following:"
    )
    told = read(priorities=f"# Areas for priority action\n\n{lead}\n* Visits to children.\n\n")
    assert told.priority_action is True
    assert [item.text for item in told.priority_actions] == ["Visits to children."]


def test_a_priority_action_of_the_past_is_none_of_this_visit(read: Reading):
    assert read(priorities="# Priority actions of the last visit\n* Assessments.\n\n").priority_action is False
    past = "Inspectors made areas for priority action at the visit of March 2021."
    assert read(priorities=f"{past}\n\n").priority_action is False


def test_an_announced_one_that_is_not_listed_could_not_be_told(read: Reading):
    told = read(notified="We have notified the Department for Education of the area for priority action.")
    assert told.priority_action is None
    assert "priority_action" in told.uncertain


def test_a_letter_without_its_last_page_does_not_tell_that_there_was_none(reader: PdfReader):
    begun = FORM.format_map(USUAL).partition("# Main findings")[0]
    told = read_letter(flow_of(reader.text(letter(begun))), DocumentAsked(REGISTER, date(2026, 11, 30)))
    assert told is not None
    assert (told.priority_action, len(told.improvements)) == (None, 2)
    assert "The letter breaks off before its end: pages are missing, and what they say is not known." in told.doubts


# --- other documents ------------------------------------------------------------------------------------------------

SENTENCE = (
    "This letter summarises the findings of the monitoring visit to Slough children’s services on 5 "
    "and 6 September 2023. This was the second monitoring visit since the local authority was judged "
    "inadequate in January 2023. His Majesty’s Inspectors for this visit were Sam Sample and Jo "
    "Jones. "
)
MONITORING = """4 October 2023
Alex Example
Slough Borough Council

Dear Alex

# Monitoring visit to Slough children’s services

{sentence}

# Areas covered by the visit

Inspectors reviewed the progress made in the following areas of concern identified at the last inspection:
* The timeliness of assessments.

# Headline findings

Progress is slow.

# Findings and evaluation of progress

Assessments are late.

I am copying this letter to the Department for Education.

Yours sincerely

Sam Sample
His Majesty’s Inspector"""


def test_a_letter_on_a_monitoring_visit_is_read_by_the_same_form(reader: PdfReader):
    flow = flow_of(reader.text(letter(MONITORING.format(sentence=SENTENCE.strip()))))
    told = read_letter(flow, DocumentAsked(REGISTER, date(2026, 11, 30)))
    assert told is not None
    assert told.kind is DocumentKind.MONITORING_VISIT_LETTER
    assert (told.urn, days(told), told.published) == ("80553", ["2023-09-05 2023-09-06"], date(2023, 10, 4))
    assert (told.improvements, told.priority_action, told.visit_number) == ((), False, 2)
    assert told.focus == "The timeliness of assessments"
    assert told.sections[-1].paragraphs[0].text == "Assessments are late."


@pytest.mark.parametrize(
    "text",
    [
        (
            "Monitoring visit report\n\nUnique reference number 130000\n\nName of lead inspector: Sam "
            "Sample\n\nType of provider: College"
        ),
        (
            "1 May 2024\n\nDear Ms Head\n\n# Monitoring visit to Example Primary School\n\nThis letter "
            "sets out the findings from the monitoring visit to your school on 2 March 2024."
        ),
        "Inspection of Example Children’s Home\n\nThis children’s home had a monitoring visit on 3 May 2023.",
        "# Our plan\n\nThis answers the findings of the focused visit to Slough children’s services by inspectors.",
        "Slough children and young people’s plan 2025\n\nAfter the focused visit to Slough children’s services we act.",
    ],
)
def test_other_documents_are_no_letters_on_visits(reader: PdfReader, text: str):
    assert read_letter(flow_of(reader.text(letter(text))), DocumentAsked(REGISTER, date(2026, 11, 30))) is None
