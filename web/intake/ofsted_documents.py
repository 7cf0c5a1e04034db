"""One of Ofsted's own documents as a published file: what it states, where that stands, and which words are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.register.register import Register
from domain.values.documents import (
    DocumentKind,
    ItemRead,
    KeptDocument,
    ParagraphRead,
    SectionRead,
    ValuePlace,
)
from domain.values.statements import Channel, Citation, Family, Kind, Observation, Source, Stated, Verbatim
from domain.values.words import in_words
from web.intake.cells import LONGEST_VERBATIM, printable
from web.intake.history_item import LONGEST_LABEL, LONGEST_TEXT, MOST_TEXTS
from web.intake.reports.reading import DocumentReading
from web.words.file_formats import Layout

MOST_CELLS = 60
"""Values of a document whose words are kept beside its statement."""

KINDS: Mapping[DocumentKind, tuple[Kind, Layout, str]] = {
    DocumentKind.GRADED_REPORT: (Kind.INSPECTION, Layout.OFSTED_REPORT, "report on"),
    DocumentKind.FOCUSED_VISIT_LETTER: (Kind.FOCUSED_VISIT, Layout.OFSTED_LETTER, "letter on the focused visit to"),
    DocumentKind.MONITORING_VISIT_LETTER: (
        Kind.MONITORING_VISIT,
        Layout.OFSTED_LETTER,
        "letter on the monitoring visit to",
    ),
    DocumentKind.JTAI_LETTER: (Kind.JTAI, Layout.OFSTED_LETTER, "letter on the joint inspection of"),
    DocumentKind.AREA_SEND_REPORT: (
        Kind.AREA_SEND,
        Layout.OFSTED_REPORT,
        "report on the area SEND inspection of",
    ),
}
"""What each kind of document tells of, the format it is, and what it is called before the authority's name."""

CHANNELS: Mapping[Layout, Channel] = {
    Layout.OFSTED_REPORT: Channel.OFSTED_REPORT,
    Layout.OFSTED_LETTER: Channel.OFSTED_LETTER,
}

NEEDED: Mapping[str, str] = {
    "urn": "which authority it is about",
    "kind": "what kind of document it is",
    "periods": "the days on site",
    "published": "the day of publication",
}
"""What must be known without a doubt before a document is recorded that nobody looked at."""


@dataclass(frozen=True)
class DocumentTold:
    """What a document gives an import: the statement and what is kept of it, or the reasons why neither is taken.

    `note` is a sentence for a reader of the import's report, where there is something to know."""

    layout: Layout
    source: Source
    observation: Observation | None
    kept: KeptDocument | None
    reasons: tuple[str, ...]
    notes: tuple[str, ...]


def told_by(read: DocumentReading, *, register: Register, today: date, row: str = "document") -> DocumentTold:
    """What a document that was read states; without a statement where a person must look first, and why."""
    kind = read.kind
    layout = KINDS[kind][1] if kind is not None and kind in KINDS else Layout.OFSTED_REPORT
    source = Source(layout.value, title_of(read, register), read_on=read.published)
    reasons = tuple(_reasons(read, today))
    if reasons:
        return DocumentTold(layout, source, None, None, tuple(dict.fromkeys((*reasons, *read.doubts))), ())
    assert read.urn is not None
    assert kind is not None
    observation = Observation(
        urn=read.urn,
        family=Family.OFSTED_DOCUMENT,
        channel=CHANNELS[layout],
        said=stated_by(read),
        row=row,
        citations=citations_of(read, source.title),
        verbatim=verbatim_of(read),
    )
    return DocumentTold(layout, source, observation, kept_of(read), (), read.doubts)


def _reasons(read: DocumentReading, today: date) -> Iterator[str]:
    """Why a document is not recorded before a person has looked."""
    missing = {
        "urn": read.urn is None,
        "kind": read.kind is None,
        "periods": not read.periods,
        "published": read.published is None,
    }
    for name, words in NEEDED.items():
        if missing[name]:
            how = ": give it with --published-on, or on the authority's page" if name == "published" else ""
            yield f"it could not be told {words}{how}"
        elif name in read.uncertain:
            yield f"there is a doubt about {words}"
    if read.published is not None and read.published > today:
        yield (
            f"it is published on {in_words(read.published)}, which is still to come, and what is recorded here is "
            "public at once"
        )
    if read.published is not None and read.start is not None and read.published < read.start:
        yield f"it would be published on {in_words(read.published)}, before it began on {in_words(read.start)}"


def title_of(read: DocumentReading, register: Register) -> str:
    """What the document is called wherever it is cited."""
    words = KINDS[read.kind][2] if read.kind is not None and read.kind in KINDS else "document on"
    name = register[read.urn].facts.name if read.urn is not None else read.name or "an authority not told"
    published = f", published {in_words(read.published)}" if read.published else ""
    return f"Ofsted {words} {name}{published}"


def stated_by(read: DocumentReading) -> Stated:
    """The values that a document gives for its inspection or visit; what could not be read is absent."""
    assert read.kind is not None
    kind = KINDS[read.kind][0]
    graded = kind is Kind.INSPECTION
    improvements = _items(read.improvements)
    priority_actions = _items(read.priority_actions)
    outcomes = tuple(item.outcomes for item in improvements)
    return Stated(
        kind,
        start=read.start,
        end=read.end,
        periods=read.periods if len(read.periods) > 1 else (),
        published=read.published,
        framework=read.framework if graded else None,
        variant=read.variant if graded else None,
        grades=read.grades,
        focus=_label(read.focus),
        theme=_label(read.theme),
        number=read.visit_number if kind is Kind.MONITORING_VISIT else None,
        statement_due=read.statement_due if kind is Kind.JTAI else None,
        outcome=read.outcome if kind is Kind.AREA_SEND else None,
        priority_action=_told_of_priority_action(read),
        priority_actions=tuple(item.text for item in priority_actions),
        improvements=tuple(item.text for item in improvements),
        improvement_outcomes=outcomes if any(outcomes) else (),
    )


def _told_of_priority_action(read: DocumentReading) -> bool | None:
    """What the document says of it; that a letter has no such heading is no word of Ofsted's, and states nothing."""
    if read.priority_action or (read.kind is not DocumentKind.GRADED_REPORT and "priority_action" in read.places):
        return read.priority_action
    return None


def _items(items: Iterable[ItemRead]) -> list[ItemRead]:
    """The items, each text once, and no longer than a text may be."""
    found: dict[str, ItemRead] = {}
    for item in items:
        text = _one_line(item.text, LONGEST_TEXT)
        if text:
            found.setdefault(text, ItemRead(text, item.outcomes, item.page))
    return list(found.values())[:MOST_TEXTS]


def _label(text: str | None) -> str | None:
    return (_one_line(text, LONGEST_LABEL) or None) if text else None


def _one_line(text: str, longest: int) -> str:
    return " ".join(clean(text).split())[:longest].strip()


def citations_of(read: DocumentReading, title: str) -> tuple[Citation, ...]:
    """The document, once for each page that a value stands on, in order; with the SHA-256 of the file."""
    pages = sorted({place.page for place in read.places.values()}) or [1]
    return tuple(Citation(title, page=page, sha256=read.sha256 or None) for page in pages)


def verbatim_of(read: DocumentReading) -> Verbatim:
    """The document's own words, under the name of the value and the page they stand on."""
    return Verbatim(tuple((f"{one.value}, page {one.page}", one.words) for one in places_of(read)[:MOST_CELLS]))


def places_of(read: DocumentReading) -> list[ValuePlace]:
    """Where each value stands, in the order of the document; nobody is named."""
    found = [
        ValuePlace(name, place.page, clean(place.words)[:LONGEST_VERBATIM].strip())
        for name, place in sorted(read.places.items(), key=lambda one: (one[1].page, one[0]))
        if name != "lead_inspector"
    ]
    return found[:MOST_TEXTS]


def kept_of(read: DocumentReading) -> KeptDocument:
    """What is kept of a document: never the file, nor who led the inspection."""
    assert read.kind is not None
    assert read.urn is not None
    return KeptDocument(
        kind=read.kind,
        urn=read.urn,
        published=read.published,
        pages=read.pages,
        places=tuple(places_of(read)),
        sections=tuple(_kept_section(section) for section in read.sections if section.paragraphs),
    )


def _kept_section(section: SectionRead) -> SectionRead:
    return SectionRead(
        clean(section.heading)[:LONGEST_LABEL].strip(),
        section.judgement,
        tuple(ParagraphRead(clean(one.text), one.page, one.number) for one in section.paragraphs),
    )


_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(text: Any) -> str:
    """The text without characters that cannot be kept or shown."""
    return _NOT_TEXT.sub(" ", printable(str(text)))
