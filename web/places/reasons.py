"""Why something of a file waits for an officer: corrections, disputes, rows that were rejected, questions, standings
that no new report explains, and files that shrank. Everything else goes in by itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from domain.authorities.buckets import Bucket
from domain.register.register import name_of
from domain.values.activities import Activity, Correction, Disagreement
from domain.values.words import capital
from web.files.consequences import ONE_IN, PATHWAY, StandingChanged
from web.files.run import FileReport
from web.intake.youth_justice import OF_ENGLAND
from web.store.waiting import SET_ASIDE, WAITING, WHOLE, WaitingPart
from web.words import timeline, words

THE_FILE = "The whole file"
ROWS = "Rows that could not be read"

CHANGING = frozenset({Bucket.NEW, Bucket.FILLED, Bucket.CORRECTED, Bucket.DISAGREED})

_ROW_NUMBER = re.compile(r"\brow \d+\b", re.IGNORECASE)
"""Rows move from one day's file to the next: what a reason is about does not lie in their numbers."""

Reason = Mapping[str, str]


@dataclass(frozen=True)
class SortedOut:
    """What of a file goes in by itself and what does not: `parts` are asked of an officer, or were set aside before;
    with `whole` nothing goes in before it was decided. `urns` are all authorities that it names."""

    parts: tuple[WaitingPart, ...]
    whole: bool
    urns: frozenset[str]

    @property
    def waits(self) -> tuple[WaitingPart, ...]:
        return tuple(part for part in self.parts if part.state == WAITING)

    @property
    def refused(self) -> bool:
        """An officer set a file aside that was short in the same way."""
        return self.whole and all(part.state == SET_ASIDE for part in self.parts if part.urn == WHOLE)

    @property
    def left_out(self) -> frozenset[str]:
        return frozenset(part.urn for part in self.parts if part.urn != WHOLE)


def rows_missing(rows: int, before: int | None) -> str | None:
    """That a file has fewer rows than the last whole one of its address, by more than one in twenty."""
    gone = 0 if before is None else before - rows
    if before is None or gone * ONE_IN <= before:
        return None
    return f"{gone} of {words.count(before, 'row')} of the last whole file are missing; nothing was deleted."


def sort_out(report: FileReport, remembered: Mapping[str, str]) -> SortedOut:
    """By what a dry run of one file reports, and by what was decided of the same reasons before."""
    by_urn: dict[str, list[Reason]] = defaultdict(list)
    for urn, reason in _reasons(report):
        by_urn[urn].append(reason)
    parts = []
    for urn, reasons in by_urn.items():
        refused = [one for one in reasons if remembered.get(one["key"]) == SET_ASIDE]
        asked = [one for one in reasons if one["key"] not in remembered]
        if asked or refused:
            asked += [one for one in _beside(report, urn, reasons) if one["key"] not in remembered]
        if asked or refused:
            parts.append(_part(urn, [*asked, *refused], WAITING if asked else SET_ASIDE))
    whole = any(one["kind"] == "short" for part in parts if part.urn == WHOLE for one in part.reasons)
    urns = frozenset(urn for urn, _, _ in report.found)
    return SortedOut(tuple(sorted(parts, key=lambda one: (one.urn != WHOLE, one.name))), whole, urns)


def _part(urn: str, reasons: Sequence[Reason], state: str) -> WaitingPart:
    short = any(one["kind"] == "short" for one in reasons)
    name = name_of(urn) if urn else THE_FILE if short else ROWS
    return WaitingPart(urn, name, tuple(reasons), state, None, None, None, None)


def _reasons(report: FileReport) -> Iterable[tuple[str, Reason]]:
    for row in report.rejected:
        if row.reason.endswith(OF_ENGLAND):
            continue
        about = ("rejected", _ROW_NUMBER.sub("row", row.row), row.reason)
        yield WHOLE, _reason(*about, sentence=row.reason, entry=row.row)
    for note in report.short:
        yield WHOLE, _reason("short", note, sentence=note)
    before = _before(report)
    new_reports = {urn for urn, one, bucket in report.found if bucket is Bucket.NEW and one.published is not None}
    for urn, one, bucket in report.found:
        if bucket is not Bucket.UNCHANGED:
            yield from ((urn, reason) for reason in _of_entry(urn, one, _as_it_was(one, before)))
    for standing in report.standings:
        if standing.urn not in new_reports:
            yield standing.urn, _of_standing(standing)


def _beside(report: FileReport, urn: str, reasons: Collection[Reason]) -> Iterable[Reason]:
    """What the file says of other entries of an authority of which something waits, or was set aside: no news is left
    out without a word."""
    before, about = _before(report), {one["key"] for one in reasons}
    for of, one, bucket in report.found:
        if of == urn and bucket in CHANGING:
            own = {reason["key"] for reason in _of_entry(urn, one, _as_it_was(one, before))}
            if not own & about:
                said = "Goes in, or stays out, with the rest of this authority."
                yield _reason(
                    "beside",
                    urn,
                    _about(one),
                    bucket.value,
                    sentence=said,
                    entry=timeline.line_title(one),
                    told=_told(one, _as_it_was(one, before)),
                )


def _before(report: FileReport) -> Mapping[UUID, Activity]:
    """What was held, by each statement that speaks of it."""
    return {name: one for _, earlier, _ in report.held for one in earlier for name in one.statements}


def _as_it_was(one: Activity, before: Mapping[UUID, Activity]) -> Activity | None:
    return next((before[name] for name in one.statements if name in before), None)


def _of_entry(urn: str, one: Activity, was: Activity | None) -> Iterable[Reason]:
    """What is in it that was not in it before."""
    corrected = set() if was is None else set(was.corrections)
    disputed = set() if was is None else _sides(was.disagreements)
    asked = set() if was is None else {doubt.text for doubt in was.doubts}
    for correction in one.corrections:
        if correction not in corrected:
            yield _of_correction(urn, one, correction)
    for disagreement in one.disagreements:
        if _sides([disagreement]) - disputed:
            yield _of_dispute(urn, one, disagreement)
    for doubt in one.doubts:
        if doubt.text not in asked:
            about = ("question", urn, _about(one), _says(one), doubt.field, doubt.text)
            yield _reason(*about, sentence=doubt.text, entry=timeline.line_title(one), told=_told(one, was))


def _sides(disagreements: Iterable[Disagreement]) -> set[tuple[object, ...]]:
    return {(one.field, side.family, side.value) for one in disagreements for side in one.says}


def _of_correction(urn: str, one: Activity, found: Correction) -> Reason:
    field, was, now = words.field(found.field), found.was, found.now
    return _reason(
        *("corrected", urn, _about(one), found.field, now.value),
        sentence=f"{field}: the source changed what it says.",
        entry=timeline.line_title(one),
        field=field,
        was=words.stated(found.field, was.value),
        becomes=words.stated(found.field, now.value),
        was_from=f"{was.source}, {words.read(was.family, was.read_on)}",
        becomes_from=f"{now.source}, {words.read(now.family, now.read_on)}",
    )


def _of_dispute(urn: str, one: Activity, found: Disagreement) -> Reason:
    field, held = words.field(found.field), words.stated(found.field, found.held)
    holders = [side for side in found.says if side.value == found.held]
    others = [side for side in found.says if side.value != found.held]
    said = "; ".join(f"{words.stated(found.field, side.value)}" for side in others)
    return _reason(
        *("disagreed", urn, _about(one), found.field, *(side.value for side in found.says)),
        sentence=f"{field}: sources differ.",
        entry=timeline.line_title(one),
        field=field,
        was=held,
        becomes=said,
        was_from="; ".join(f"{side.source}, {words.read(side.family, side.read_on)}" for side in holders),
        becomes_from="; ".join(f"{side.source}, {words.read(side.family, side.read_on)}" for side in others),
    )


def _of_standing(found: StandingChanged) -> Reason:
    changes = [
        f"{before} → {after}" if what == PATHWAY else f"{what} {before} → {after}"
        for what, before, after in found.changes
    ]
    return _reason(
        *("standing", found.urn, *(part for change in found.changes for part in change)),
        sentence=f"{capital('; '.join(changes))}. No new report explains it: {found.why}",
    )


def _about(one: Activity) -> str:
    """The same entry in tomorrow's file, which may be held under another id."""
    return f"{one.kind.value} {one.start} {one.published if one.start is None else ''}"


def _told(one: Activity, was: Activity | None) -> str:
    """What a new entry says; blank of one that was held before."""
    if was is not None:
        return ""
    grades = "; ".join(f"{area} {words.small(grade)}" for area, grade, _ in timeline.grades(one))
    return f"New, {words.small(words.made_public(one))}{f'. {grades}' if grades else ''}."


def _says(one: Activity) -> str:
    """What is asked of it again once it is said otherwise."""
    return f"{one.end} {one.published} {' '.join(f'{area.value}={grade.value}' for area, grade in one.grades)}"


def _reason(kind: str, *about: str, **words: str) -> Reason:
    """`key` is the same in every file that gives the same reason."""
    key = sha256("\x1f".join((kind, *about)).encode()).hexdigest()
    return {"key": key, "kind": kind, **words}
