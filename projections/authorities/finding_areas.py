"""Which judgement does a finding belong to? Inferred: the section of its report whose paragraphs are nearest in words.

No document says it. The five paragraphs nearest to the item are asked, each counts as much as it has in common with the
item, rare words of that report more than frequent ones, and an area is named where it has half of their weight or more.
Of 41 items whose area a reader could tell, it named one for 33, and 28 of those rightly (decision 0030)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt
from uuid import UUID

from sqlalchemy import Connection, select

from domain.frameworks import AREAS, SETS, Area
from domain.values.national_framework import without_references
from projections.authorities.documents_held import documents_held
from projections.authorities.finding_words import kept_stems, telling_stems
from projections.engine import tables as t
from projections.engine.answers import Moment
from projections.engine.reader import Reader

OVERALL = frozenset(row.overall for row in SETS)
"""What sums the others up: nothing belongs to it alone."""

NEAREST = 5
HALF = 0.5

Paragraphs = Sequence[tuple[Area, frozenset[str]]]
"""The area and the stems of each paragraph that gives reasons for a judgement."""


class AreasInferred:
    """What was inferred of the items of each document, by its row: neither ever changes."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, str], Area | None] = {}


def areas_of(
    reader: Reader, connection: Connection, moment: Moment, items: Iterable[tuple[UUID, str]], urn: str | None = None
) -> Mapping[tuple[UUID, str], Area]:
    """The area of each item, given as its entry and its text, for which one can be inferred."""
    by_entry: dict[UUID, list[str]] = {}
    for entry, text in items:
        by_entry.setdefault(entry, []).append(text)
    known = reader.memory(AreasInferred).found
    found: dict[tuple[UUID, str], Area] = {}
    for document in documents_held(reader, connection, moment, urn):
        texts = by_entry.get(document.activity.id, ())
        unknown = [text for text in texts if (document.row, text) not in known]
        paragraphs = _paragraphs(connection, document.row) if unknown else ()
        known |= {(document.row, text): nearest(paragraphs, text) for text in unknown}
        for text in texts:
            if (area := known[document.row, text]) is not None:
                found[document.activity.id, text] = area
    return found


def nearest(paragraphs: Paragraphs, text: str) -> Area | None:
    """The area whose paragraphs are nearest to a text; None where none stands out, or nothing is in common."""
    sought = telling_stems(without_references(text))
    common = Counter(stem for _, stems in paragraphs for stem in stems)
    weight = {stem: log((len(paragraphs) + 1) / number) ** 2 for stem, number in common.items()}
    near = []
    for area, stems in paragraphs:
        if shared := sought & stems:
            near.append((sum(map(weight.__getitem__, shared)) / sqrt(sum(map(weight.__getitem__, stems))), area))
    shares: dict[Area, float] = {}
    for likeness, area in nlargest(NEAREST, near, key=lambda one: one[0]):
        shares[area] = shares.get(area, 0.0) + likeness
    first = max(shares, key=shares.__getitem__, default=None)
    return first if first is not None and shares[first] >= HALF * sum(shares.values()) else None


def _paragraphs(connection: Connection, document: int) -> Paragraphs:
    of = t.paragraph.c
    asked = select(of.area, of.words).where(of.document == document, of.area.is_not(None)).order_by(of.number)
    read = ((Area(row.area), row.words) for row in connection.execute(asked))
    return [(area, kept_stems(words)) for area, words in read if AREAS[area].counts and area not in OVERALL]
