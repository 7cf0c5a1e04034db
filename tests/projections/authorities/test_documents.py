"""Paragraphs of documents, as they are kept, found and given to findings."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.facts import EntryWithdrawn
from domain.files.source_file import SourceFile
from domain.frameworks import Area, Framework, Grade
from domain.values.documents import DocumentKind, KeptDocument, ParagraphRead, SectionRead
from domain.values.errors import NotFound
from domain.values.judgements import Judgements
from domain.values.statements import Channel, Kind, Stated
from projections.authorities.findings import findings
from projections.authorities.paragraphs import paragraphs, texts_of
from tests.projections.story import LEEDS, STOCKTON, Store

TODAY = date(2024, 7, 1)
PUBLISHED = date(2019, 7, 1)

HELP = SectionRead(
    "The experiences and progress of children who need help and protection",
    Area.HELP_AND_PROTECTION,
    (
        ParagraphRead("Strategy meetings are timely and thresholds are understood in the front door.", 3, "4"),
        ParagraphRead("Homeless young people aged 16 and 17 are not told what they are entitled to.", 3, "5"),
    ),
)
CARE = SectionRead(
    "The experiences and progress of children in care and care leavers",
    Area.IN_CARE_AND_CARE_LEAVERS,
    (
        ParagraphRead("Life-story work is done with too few children.", 5, "6"),
        ParagraphRead("Permanence is achieved without delay for most children.", 5, "7"),
    ),
)
ABOUT = SectionRead("Information about this inspection", None, (ParagraphRead("Her Majesty’s inspectors came.", 7),))
ITEMS = ("The support of homeless 16- and 17-year-olds. (outcome 3)", "Life-story work with children.", "Recording.")


def report(store: Store, urn: str = STOCKTON, published: date = PUBLISHED) -> UUID:
    """What a report states; gives its statement."""
    said = Stated(
        Kind.INSPECTION,
        published=published,
        framework=Framework.ILACS,
        grades=Judgements.of({Area.OVERALL_EFFECTIVENESS: Grade.GOOD, Area.HELP_AND_PROTECTION: Grade.OUTSTANDING}),
        improvements=ITEMS,
        improvement_outcomes=((3,), (4,), ()),
    )
    (statement,) = store.state(urn, said, channel=Channel.OFSTED_REPORT, read_on=date(2024, 1, 5))
    return statement


def tell(
    store: Store,
    statement: UUID,
    *sections: SectionRead,
    urn: str = STOCKTON,
    file: SourceFile | None = None,
    parts: int = 1,
) -> SourceFile:
    """The document is read, in so many parts, of which all are told."""
    by = store.by()
    if file is None:
        file = SourceFile.open(name="report.pdf", digest=f"{store.told:064x}", layout="ofsted_report", by=by)
        store.ledger.save(file, command=by.command)
    document = KeptDocument(DocumentKind.GRADED_REPORT, urn, PUBLISHED, 8, (), sections)
    for part in range(parts):
        told = sections[len(sections) * part // parts : len(sections) * (part + 1) // parts]
        by = store.by()
        file.tell_document(document, told, statement=statement, part=part + 1, of=parts, by=by)
        store.ledger.save(file, command=by.command)
        store.projector.catch_up()
    return file


@pytest.fixture
def read(store: Store) -> Store:
    store.register(STOCKTON, "Stockton-on-Tees")
    store.register(LEEDS, "Leeds")
    tell(store, report(store), HELP, CARE, ABOUT, parts=2)
    return store


def found(store: Store, words: str, urn: str | None = None, as_at: date = TODAY) -> list[str]:
    return list(texts_of(store.reader, paragraphs(store.reader, urn, containing=words, as_at=as_at).rows))


def test_paragraphs_are_found_by_the_stems_of_words_with_judgement_and_grade(read: Store):
    answer = paragraphs(read.reader, containing="child story", as_at=TODAY)
    (row,) = answer.rows
    assert texts_of(read.reader, answer.rows) == ("Life-story work is done with too few children.",)
    assert (row.area, row.grade, row.page, row.label, row.number) == (
        Area.IN_CARE_AND_CARE_LEAVERS,
        None,
        5,
        "6",
        3,
    )
    assert (row.authority.urn, row.kind, row.found_on) == (STOCKTON, Kind.INSPECTION, PUBLISHED)
    (help_,) = paragraphs(read.reader, containing="threshold", as_at=TODAY).rows
    assert help_.grade is Grade.OUTSTANDING
    (about,) = paragraphs(read.reader, containing="inspectors", as_at=TODAY).rows
    assert (about.area, about.grade, about.label) == (None, None, None)
    assert answer.held == 5


def test_what_is_no_word_finds_nothing_and_nobody_s_number_is_said_to_be_unknown(read: Store):
    assert found(read, "") == found(read, "!%_") == found(read, "zebra") == []
    assert found(read, "story", LEEDS) == []
    with pytest.raises(NotFound):
        found(read, "story", "99999")


def test_paragraphs_are_public_with_their_report_and_known_once_it_is_read_whole(store: Store):
    store.register(STOCKTON, "Stockton-on-Tees")
    statement = report(store)
    by = store.by()
    file = SourceFile.open(name="report.pdf", digest=f"{store.told:064x}", layout="ofsted_report", by=by)
    store.ledger.save(file, command=by.command)
    document = KeptDocument(DocumentKind.GRADED_REPORT, STOCKTON, PUBLISHED, 8, (), (HELP, CARE))
    for part, section in ((1, HELP), (2, CARE)):
        assert found(store, "children") == found(store, "thresholds") == []
        by = store.by()
        file.tell_document(document, (section,), statement=statement, part=part, of=2, by=by)
        store.ledger.save(file, command=by.command)
        store.projector.catch_up()
    assert len(found(store, "thresholds")) == len(found(store, "permanence")) == 1
    assert found(store, "thresholds", as_at=date(2019, 6, 30)) == []


def test_a_file_read_again_is_known_as_it_was_read_last(read: Store):
    before = read.now
    old = found(read, "thresholds")
    again = SectionRead(HELP.heading, HELP.judgement, (ParagraphRead("Thresholds are well known.", 3, "4"),))
    statement = report(read, published=date(2019, 7, 2))
    file = tell(read, statement, HELP)
    tell(read, statement, again, file=file)
    assert found(read, "thresholds") == ["Thresholds are well known."]
    then = paragraphs(read.reader, containing="thresholds", as_at=TODAY, known_at=before)
    assert list(texts_of(read.reader, then.rows)) == old


def test_paragraphs_of_an_entry_that_was_withdrawn_are_not_found(read: Store):
    (row,) = paragraphs(read.reader, containing="thresholds", as_at=TODAY).rows
    read.tell(
        STOCKTON,
        (EntryWithdrawn, {"activity": row.activity, "statements": (row.activity,)}),
        by=read.by(reason="Another council's"),
    )
    read.projector.catch_up()
    assert found(read, "thresholds") == []


def test_a_finding_has_its_outcomes_and_the_judgement_whose_paragraphs_are_nearest(read: Store):
    rows = {row.number: row for row in findings(read.reader, STOCKTON, as_at=TODAY)}
    assert [one.code for one in rows[1].references] == ["outcome-3"]
    assert [one.code for one in rows[2].references] == ["outcome-4"]
    assert rows[3].references == ()
    assert [rows[number].area for number in (1, 2, 3)] == [
        Area.HELP_AND_PROTECTION,
        Area.IN_CARE_AND_CARE_LEAVERS,
        None,
    ]


def test_without_its_report_a_finding_has_no_judgement(store: Store):
    store.register(LEEDS, "Leeds")
    report(store, LEEDS)
    store.projector.catch_up()
    assert {row.area for row in findings(store.reader, LEEDS, as_at=TODAY)} == {None}
