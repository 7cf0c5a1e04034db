"""Findings, what may have been raised before, and paragraphs of documents, as JSON: described in `web/openapi/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from projections.authorities.raised_before import Named, named
from projections.engine.answers import EarlierFinding, FindingRow, ParagraphRow
from web.documents.authorities import Document


def finding_documents(
    rows: Iterable[FindingRow], earlier: Mapping[Named, Sequence[EarlierFinding]] | None = None
) -> list[Document]:
    """Findings; with what may have been raised before, where `earlier` is given."""
    documents: list[Document] = []
    for row in rows:
        document: Document = {
            "urn": row.authority.urn,
            "authority": row.authority.name,
            "entry": str(row.activity),
            "type": row.kind,
            "number": row.number,
            "text": row.text,
            "priority_action": row.priority,
            "found_on": row.found_on.isoformat(),
            "judgement": row.area.value if row.area else None,
            "judgement_inferred": row.area is not None,
            "national_framework": [one.code for one in row.references],
        }
        if earlier is not None:
            document["raised_before"] = [_earlier(one) for one in earlier[named(row)]]
        documents.append(document)
    return documents


def _earlier(one: EarlierFinding) -> Document:
    return {
        "entry": str(one.finding.activity),
        "number": one.finding.number,
        "priority_action": one.finding.priority,
        "text": one.finding.text,
        "found_on": one.finding.found_on.isoformat(),
        "likeness": round(one.likeness, 3),
        "same": one.same,
        "reason": one.reason,
    }


def paragraph_documents(rows: Sequence[ParagraphRow], texts: Sequence[str]) -> list[Document]:
    """Paragraphs with their words, which are in the same order."""
    return [
        {
            "urn": row.authority.urn,
            "authority": row.authority.name,
            "entry": str(row.activity),
            "type": row.kind.value,
            "found_on": row.found_on.isoformat(),
            "heading": row.heading,
            "judgement": row.area.value if row.area else None,
            "grade": row.grade.value if row.grade else None,
            "page": row.page,
            "label": row.label,
            "text": text,
        }
        for row, text in zip(rows, texts, strict=True)
    ]
