"""What Ofsted may call: how each is named, and how it is asked for in forms and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.rulebook.announced.calls import TYPE_OF
from domain.rulebook.results import GradedType
from domain.values.statements import Kind, Variant


@dataclass(frozen=True)
class Called:
    """`variant` is None where it was not told, and of whatever is not graded."""

    label: str
    kind: Kind
    variant: Variant | None = None

    @property
    def type(self) -> GradedType | None:
        return TYPE_OF[self.variant] if self.variant is not None else None


CALLS: Mapping[str, Called] = {
    "standard": Called("A standard inspection", Kind.INSPECTION, Variant.STANDARD),
    "short": Called("A short inspection", Kind.INSPECTION, Variant.SHORT),
    "graded": Called("A graded inspection, short or standard was not said", Kind.INSPECTION),
    "focused-visit": Called("A focused visit", Kind.FOCUSED_VISIT),
    "monitoring-visit": Called("A monitoring visit", Kind.MONITORING_VISIT),
    "jtai": Called("A joint targeted area inspection", Kind.JTAI),
    "area-send": Called("An area SEND inspection", Kind.AREA_SEND),
}
"""By the word that addresses and forms use."""


def code_of(kind: Kind, variant: Variant | None) -> str:
    """The word for what was called; that of an inspection whose form nobody said, for a form that is not called."""
    for code, one in CALLS.items():
        if one.kind is kind and one.variant is variant:
            return code
    return next(code for code, one in CALLS.items() if one.kind is kind and (variant is None or one.variant is None))
