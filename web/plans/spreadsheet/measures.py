"""Targets that stand inside a text, such as `95% by March (baseline 71%)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.values.plans import Figure


@dataclass(frozen=True)
class MeasureReading:
    """What a text aims at: figures, and `%` where they are shares."""

    target: Figure | None
    baseline: Figure | None
    unit: str | None


_NUMBER = r"(\d{1,6}(?:,\d{3})*(?:\.\d{1,4})?)\s*(%|per ?cent)?"
_BASELINE = re.compile(
    rf"\b(?:baseline|from|currently|starting (?:at|from)|was|up from|down from)\b[ :=]*(?:of )?{_NUMBER}", re.I
)
_TARGET = re.compile(
    rf"\b(?:target|to|reach|at least|minimum(?: of)?|achieve|aim(?:ing)?(?: for)?)\b[ :=]*(?:of )?{_NUMBER}", re.I
)
_SHARE = re.compile(r"(?<![\d/])(\d{1,3}(?:\.\d{1,4})?)\s*(%|per ?cent)", re.I)


def measure_reading(text: str) -> MeasureReading | None:
    """The figures of a text; None where it holds no share and names no baseline beside a target."""
    baseline = _BASELINE.search(text)
    rest = (
        text[: baseline.start()] + " " * (baseline.end() - baseline.start()) + text[baseline.end() :]
        if baseline
        else text
    )
    target = _TARGET.search(rest) if baseline else None
    aimed = target or _SHARE.search(rest)
    if aimed is None:
        return None
    unit = "%" if aimed[2] or (baseline and baseline[2]) else None
    return MeasureReading(_figure(aimed[1]), _figure(baseline[1]) if baseline else None, unit)


def _figure(text: str) -> Figure:
    return Figure(text.replace(",", ""))
