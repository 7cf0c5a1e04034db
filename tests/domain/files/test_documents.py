"""What is kept of Ofsted's own documents: in the stream of the file, once, whole, and never the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain import facts
from domain.application import Application
from domain.authorities.buckets import Bucket
from domain.files.importing import FileOfStatements
from domain.frameworks import Area, Framework, Grade
from domain.ledger.codec import encode_fact
from domain.ledger.store import open_ledger
from domain.values.documents import DocumentKind, KeptDocument, ParagraphRead, SectionRead, ValuePlace, in_parts
from domain.values.judgements import Judgements
from domain.values.statements import Channel, Citation, Family, Kind, Observation, Source, Stated

STOCKTON = "80563"
AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
PUBLISHED = date(2023, 5, 9)
SAID = Stated(Kind.INSPECTION, start=date(2023, 3, 6), published=PUBLISHED, framework=Framework.ILACS)


def section(heading: str, *texts: str) -> SectionRead:
    return SectionRead(heading, Area.HELP_AND_PROTECTION, tuple(ParagraphRead(text, 3) for text in texts))


DOCUMENT = KeptDocument(
    kind=DocumentKind.GRADED_REPORT,
    urn=STOCKTON,
    published=PUBLISHED,
    pages=11,
    places=(ValuePlace("start", 1, "Inspection dates: 6 to 17 March 2023"),),
    sections=(section("Help and protection", "Thresholds are understood.", "Plans are clear."),),
)
FILE = FileOfStatements(
    name="report.pdf",
    digest="5e" * 32,
    layout="ofsted_report",
    source=Source("ofsted_report", "Ofsted report on Stockton-on-Tees, published 9 May 2023"),
    read_on=PUBLISHED,
    edition=None,
    rows=1,
    rejected=0,
    observations=(
        Observation(
            STOCKTON,
            Family.OFSTED_DOCUMENT,
            Channel.OFSTED_REPORT,
            SAID,
            citations=(Citation("Ofsted report", page=1, sha256="5e" * 32),),
        ),
    ),
    document=DOCUMENT,
)


@pytest.fixture
def timeline(tmp_path: Path) -> Iterator[Application]:
    with open_ledger(tmp_path / "ledger.db", create=True) as ledger:
        door = Application(ledger)
        door.authorities.register_authorities(at=AT)
        yield door


def read(timeline: Application, file: FileOfStatements) -> list[str]:
    """What reading the file adds to the log."""
    before = timeline.ledger.max_position()
    timeline.files.read_file(file, actor="import", at=AT)
    return [facts.stored_name(type(fact)) for _, fact in timeline.ledger.read_facts(before + 1)]


def kept(timeline: Application) -> list[facts.DocumentRead]:
    return [fact for _, fact in timeline.ledger.read_facts(1) if isinstance(fact, facts.DocumentRead)]


def test_a_document_is_kept_with_the_statement_it_makes(timeline: Application):
    assert read(timeline, FILE) == ["file.opened", "source.stated", "document.read", "file.read"]
    (fact,) = kept(timeline)
    (activity,) = timeline.authorities.authority(STOCKTON).activities
    assert (fact.urn, fact.statement, fact.published) == (STOCKTON, activity.statements[0], PUBLISHED)
    assert (fact.places, fact.sections) == (DOCUMENT.places, DOCUMENT.sections)
    assert activity.sources == FILE.observations[0].citations


def test_the_same_document_twice_adds_nothing(timeline: Application):
    read(timeline, FILE)
    assert read(timeline, replace(FILE, name="the same again.pdf")) == []


def test_a_better_reading_of_the_same_file_is_told_and_counts(timeline: Application):
    read(timeline, FILE)
    more = replace(DOCUMENT, sections=(*DOCUMENT.sections, section("Care leavers", "Advisers keep in touch.")))
    better = replace(FILE, document=more)
    assert read(timeline, better) == ["document.read", "file.read"]
    assert read(timeline, better) == []
    assert [len(fact.sections) for fact in kept(timeline)] == [1, 2]


def test_what_an_officer_looked_through_is_not_read_over_their_head(timeline: Application):
    read(timeline, FILE)
    seen = replace(FILE, document=replace(DOCUMENT, looked_through=True))
    assert read(timeline, seen) == ["document.read", "file.read"]
    misread = replace(FILE.observations[0], said=replace(SAID, published=date(2023, 5, 10)))
    assert read(timeline, replace(FILE, observations=(misread,))) == []
    outcome = timeline.files.read_file(replace(FILE, observations=(misread,)), actor="import", at=AT)
    assert [bucket for _, _, bucket in outcome.found] == [Bucket.UNCHANGED]


def test_of_two_readings_of_a_document_the_later_counts(timeline: Application):
    for grade in (Grade.GOOD, Grade.INADEQUATE, Grade.OUTSTANDING):
        said = replace(SAID, grades=Judgements.of({Area.HELP_AND_PROTECTION: grade}))
        read(timeline, replace(FILE, observations=(replace(FILE.observations[0], said=said),)))
    (activity,) = timeline.authorities.authority(STOCKTON).activities
    assert (activity.grades.get(Area.HELP_AND_PROTECTION), len(activity.statements)) == (Grade.OUTSTANDING, 3)


def test_a_long_document_is_told_in_parts_that_put_together_give_it_whole(timeline: Application):
    long = replace(DOCUMENT, sections=tuple(section(f"Heading {n}", *["Words. " * 1_000] * 4) for n in range(8)))
    names = read(timeline, replace(FILE, document=long))
    parts = kept(timeline)
    assert names[2:] == ["document.read"] * len(parts) + ["file.read"]
    assert [(fact.part, fact.last) for fact in parts] == [(n, n == len(parts)) for n in range(1, len(parts) + 1)]
    assert len(parts) >= 3
    told = [paragraph for fact in parts for one in fact.sections for paragraph in one.paragraphs]
    assert told == [paragraph for one in long.sections for paragraph in one.paragraphs]
    assert [len(fact.places) for fact in parts] == [1] + [0] * (len(parts) - 1)
    assert max(len(encode_fact(fact)) for fact in parts) < 150_000
    assert read(timeline, replace(FILE, document=long)) == []


def test_a_paragraph_too_long_for_one_text_is_told_in_pieces():
    (part,) = in_parts((section("Heading", "Word " * 5_000),))
    pieces = part[0].paragraphs
    assert len(pieces) == 2
    assert " ".join(piece.text.strip() for piece in pieces) == ("Word " * 5_000).strip()


def test_a_document_without_words_is_kept_all_the_same():
    assert list(in_parts(())) == [()]
