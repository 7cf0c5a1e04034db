"""What one of Ofsted's own documents told: each value with the place it was read from, each gap with a doubt.

A report or letter is read without any store. Nothing is guessed: what cannot be told is None, and `doubts` says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from domain.frameworks import Framework
from domain.values.documents import DocumentKind, ItemRead, PlaceRead, SectionRead
from domain.values.judgements import NO_JUDGEMENTS, Judgements
from domain.values.statements import PeriodOnSite, Variant


@dataclass(frozen=True)
class DocumentReading:
    """All that one document told.

    `places` has one for each value, by its name in `document()`; grades as `grades.<area>`, periods as `periods.0`.
    `uncertain` names the values, as in `places`, that a doubt is about though something was read; a document whose
    `urn`, `kind`, `periods` or `published` is missing or among them is not recorded before a person has looked.
    `priority_action`: None where it could not be told. `published_from`: "text", "file_name" or "option".
    `outcome` is that of an area SEND inspection (R-075), `visit_number` which of the monitoring visits it was.
    `statement_due` is the day by which a partnership has to send its statement of action, `principal_authority` who
    has to write it, in the words of a letter on a joint inspection (R-062)."""

    refused: str | None = None
    kind: DocumentKind | None = None
    urn: str | None = None
    name: str | None = None
    framework: Framework | None = None
    variant: Variant | None = None
    periods: tuple[PeriodOnSite, ...] = ()
    published: date | None = None
    published_from: str | None = None
    lead_inspector: str | None = None
    grades: Judgements = NO_JUDGEMENTS
    focus: str | None = None
    theme: str | None = None
    outcome: int | None = None
    visit_number: int | None = None
    priority_action: bool | None = None
    improvements: tuple[ItemRead, ...] = ()
    priority_actions: tuple[ItemRead, ...] = ()
    statement_due: date | None = None
    principal_authority: str | None = None
    sections: tuple[SectionRead, ...] = ()
    doubts: tuple[str, ...] = ()
    uncertain: frozenset[str] = frozenset()
    places: Mapping[str, PlaceRead] = field(default_factory=dict)
    sha256: str = ""
    pages: int = 0

    @property
    def start(self) -> date | None:
        """The first day on site."""
        return self.periods[0].start if self.periods else None

    @property
    def end(self) -> date | None:
        """The last day on site, of the last period."""
        return self.periods[-1].end if self.periods else None

    def document(self, path: str | Path) -> dict[str, Any]:
        """The object that `document read --json` prints for this file."""
        return {
            "path": str(path),
            "refused": self.refused,
            "kind": self.kind.value if self.kind else None,
            "urn": self.urn,
            "name": self.name,
            "framework": self.framework.value if self.framework else None,
            "variant": self.variant.value if self.variant else None,
            "start": _day(self.start),
            "end": _day(self.end),
            "periods": [{"start": _day(one.start), "end": _day(one.end)} for one in self.periods],
            "published": _day(self.published),
            "published_from": self.published_from,
            "lead_inspector": self.lead_inspector,
            "grades": {area.value: grade.value for area, grade in self.grades},
            "focus": self.focus,
            "theme": self.theme,
            "outcome": self.outcome,
            "number": self.visit_number,
            "priority_action": self.priority_action,
            "areas_for_improvement": [
                {"text": item.text, "outcomes": list(item.outcomes)} for item in self.improvements
            ],
            "areas_for_priority_action": [{"text": item.text} for item in self.priority_actions],
            "statement_of_action_due": _day(self.statement_due),
            "principal_authority": self.principal_authority,
            "sections": [
                {
                    "heading": section.heading,
                    "judgement": section.judgement.value if section.judgement else None,
                    "paragraphs": [paragraph.text for paragraph in section.paragraphs],
                }
                for section in self.sections
            ],
            "doubts": list(self.doubts),
            "places": {name: {"page": place.page, "words": place.words} for name, place in sorted(self.places.items())},
            "sha256": self.sha256,
            "pages": self.pages,
        }


def refusal(why: str) -> DocumentReading:
    """Of a file that is not read at all."""
    return DocumentReading(refused=why)


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
