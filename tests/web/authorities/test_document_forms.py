"""What an officer changed of what was read: which words are whose, and what is not recorded at all."""

from __future__ import annotations

from datetime import date

from domain.frameworks import Area, Grade
from domain.values.documents import DocumentKind, ItemRead, PlaceRead
from domain.values.judgements import Judgements
from domain.values.statements import Kind, PeriodOnSite, Stated, Variant
from web import WebApp
from web.authorities.document_corrections import corrected, not_held_yet
from web.authorities.document_forms import form_of, items_in, line_of, place_of
from web.intake.reports.reading import DocumentReading

FIRST = PeriodOnSite(date(2024, 9, 30), date(2024, 10, 11))
SECOND = PeriodOnSite(date(2025, 1, 13), date(2025, 1, 16))
READ = Stated(
    Kind.INSPECTION,
    start=FIRST.start,
    end=SECOND.end,
    periods=(FIRST, SECOND),
    published=date(2025, 5, 13),
    variant=Variant.STANDARD,
    grades=Judgements.of({Area.HELP_AND_PROTECTION: Grade.GOOD, Area.IN_CARE: Grade.GOOD}),
    improvements=("Supervision.", "Plans."),
    improvement_outcomes=((1,), ()),
)


def changed(**values: object) -> Stated:
    return Stated(Kind.INSPECTION, **dict(READ.stated) | values)  # type: ignore[arg-type]


def test_what_is_left_as_it_was_read_is_the_documents_word_alone():
    found = corrected(READ, READ)
    assert (found.document, found.officer, found.struck) == (READ, None, ())


def test_days_on_site_are_put_right_together():
    found = corrected(READ, changed(start=FIRST.start, end=FIRST.end, periods=()))
    assert found.officer == Stated(Kind.INSPECTION, start=FIRST.start, end=FIRST.end)
    assert (found.document.end, found.document.periods) == (SECOND.end, ()), "a second period that never was"
    assert (found.whole.end, found.whole.periods) == (FIRST.end, ())


def test_a_grade_put_right_leaves_the_others_to_the_document():
    grades = Judgements.of({Area.HELP_AND_PROTECTION: Grade.INADEQUATE, Area.IN_CARE: Grade.GOOD})
    found = corrected(READ, changed(grades=grades))
    assert found.officer == Stated(Kind.INSPECTION, grades=Judgements.of({Area.HELP_AND_PROTECTION: Grade.INADEQUATE}))
    assert found.document.grades == READ.grades
    assert found.whole.grades == grades


def test_a_value_that_was_cleared_was_misread_and_is_nobodys_word():
    found = corrected(
        READ,
        changed(
            variant=None, grades=Judgements.of({Area.IN_CARE: Grade.GOOD}), improvements=(), improvement_outcomes=()
        ),
    )
    assert found.officer is None
    assert found.document.variant is None
    assert found.document.grades == Judgements.of({Area.IN_CARE: Grade.GOOD})
    assert (found.document.improvements, found.document.improvement_outcomes) == ((), ())
    assert set(found.struck) == {
        "Help and protection",
        "Type of inspection",
        "To improve",
        "National framework outcomes named",
    }


def test_what_was_not_read_is_the_officers_word():
    unread = Stated(Kind.INSPECTION, start=FIRST.start, end=FIRST.end)
    found = corrected(unread, Stated(Kind.INSPECTION, start=FIRST.start, end=FIRST.end, published=date(2025, 5, 13)))
    assert found.officer == Stated(Kind.INSPECTION, published=date(2025, 5, 13))


def test_what_is_held_is_the_base_of_what_is_put_right_of_a_document_sent_in_again():
    held = changed(variant=Variant.SHORT)
    assert corrected(READ, held, held).officer is None, "it was put right before"
    again = corrected(READ, READ, held)
    assert again.officer == Stated(Kind.INSPECTION, variant=Variant.STANDARD), "back to the document's own word"
    assert again.own == [("Type of inspection", "Standard inspection")]
    assert not_held_yet(corrected(READ, held), held).officer is None, "somebody else put it right meanwhile"


def test_only_findings_that_were_touched_are_said_to_be_put_right():
    found = corrected(READ, changed(improvements=("Supervising.", "Plans.")))
    assert found.own == [("To improve 1", "Supervising. [1]"), ("To improve, no longer", "Supervision. [1]")]


def test_findings_are_quoted_on_every_page_that_they_stand_on():
    read = DocumentReading(
        improvements=(ItemRead("Supervision.", (), 2), ItemRead("Plans.", (), 3)),
        places={"areas_for_improvement": PlaceRead(2, "What needs to improve?")},
    )
    assert [(one.page, one.words) for one in place_of(read, "improvements")] == [
        (2, "What needs to improve?"),
        (3, "Plans."),
    ]


def test_findings_are_lines_with_their_outcomes_in_brackets():
    lines = [line_of("Supervision  of\nstaff.", (1, 3)), line_of("Plans (of care).", ())]
    assert lines == ["Supervision of staff. [1, 3]", "Plans (of care)."]
    assert [(item.text, item.outcomes) for item in items_in(lines)] == [
        ("Supervision of staff.", (1, 3)),
        ("Plans (of care).", ()),
    ]


def test_a_report_on_an_area_send_inspection_asks_for_its_outcome_and_for_no_grade(app: WebApp):
    held = FIRST.start, FIRST.end
    read = DocumentReading(
        kind=DocumentKind.AREA_SEND_REPORT,
        periods=(PeriodOnSite(*held),),
        published=date(2025, 1, 8),
        outcome=3,
        places={"outcome": PlaceRead(1, "There are widespread and/or systemic failings.")},
    )
    with app.test_request_context():
        form = form_of(read)
        assert form.outcome.data == "3"
        assert "outcome" in form.names()
        assert not {"framework", "variant", "focus", *(area.value for area in Area)} & set(form.names())
        assert form.said().outcome == 3
    assert [one.page for one in place_of(read, "outcome")] == [1]
