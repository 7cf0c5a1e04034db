"""What Ofsted asked for in the report that counts: each item with whether it was raised before, and what was not again.

That two items are about the same matter is found by their words; only an officer can say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.values.activities import Activity
from domain.values.statements import Kind
from domain.values.words import month_in_words
from projections.engine.answers import EarlierFinding, FindingRow
from web.words import words

Earlier = Mapping[tuple[UUID, bool, int], Sequence[EarlierFinding]]


@dataclass(frozen=True)
class EarlierSaid:
    """An earlier item that may be about the same matter; `sure` where an officer said that it is."""

    text: str
    where: str
    activity: UUID
    sure: bool


@dataclass(frozen=True)
class AskedItem:
    """`remark` says whether it was raised before or is new, in the class `tone`."""

    text: str
    priority: bool
    remark: str
    tone: str
    earlier: EarlierSaid | None


@dataclass(frozen=True)
class NotAgain:
    """Items of the graded report before that nothing in the one that counts is like."""

    year: int
    items: tuple[str, ...]
    of: int


@dataclass(frozen=True)
class AskedFor:
    """`year` is that of the report that counts, `missing` its month where its items are not held here."""

    year: int | None
    missing: str
    activity: Activity | None
    items: tuple[AskedItem, ...]
    not_again: NotAgain | None
    confirm: bool


def asked_for(governing: Activity | None, rows: Sequence[FindingRow], earlier: Earlier) -> AskedFor:
    """`rows` are all items of the authority by the day asked, `earlier` what was found of those of `governing`."""
    if governing is None:
        return AskedFor(None, "", None, (), None, confirm=False)
    own = [row for row in rows if row.activity == governing.id]
    before = _report_before(governing, rows)
    shown = tuple(_item(row, earlier.get((row.activity, row.priority, row.number), ()), before) for row in own)
    return AskedFor(
        year=governing.public_on.year,
        missing="" if own else month_in_words(governing.public_on),
        activity=governing,
        items=shown,
        not_again=_not_again(own, before, earlier),
        confirm=any(one.earlier and not one.earlier.sure for one in shown),
    )


def own_rows(governing: Activity | None, rows: Iterable[FindingRow]) -> list[FindingRow]:
    return [row for row in rows if governing is not None and row.activity == governing.id]


def _report_before(governing: Activity, rows: Sequence[FindingRow]) -> list[FindingRow]:
    """The items of the newest graded report before, as far as any are held."""
    graded = [row for row in rows if row.kind == Kind.INSPECTION.value and row.found_on < governing.public_on]
    newest = max((row.found_on for row in graded), default=None)
    return [row for row in graded if row.found_on == newest]


def _item(row: FindingRow, alike: Sequence[EarlierFinding], before: Sequence[FindingRow]) -> AskedItem:
    confirmed = [one for one in alike if one.same]
    likely = [one for one in alike if one.same is None]
    found = next(iter((*confirmed, *likely)), None)
    if found is not None:
        year = found.finding.found_on.year
        remark = f"Raised before, in {year}" if confirmed else f"Perhaps raised before, in {year}"
        text = found.finding
        where = f"{words.KINDS[Kind(text.kind)].lower()} of {words.month(text.found_on)}, item {text.number}"
        earlier = EarlierSaid(text.text, where, text.activity, sure=bool(confirmed))
        return AskedItem(row.text, row.priority, remark, "hot" if confirmed else "", earlier)
    remark = f"New in {row.found_on.year}" if before else ""
    return AskedItem(row.text, row.priority, remark, "new" if remark else "", None)


def _not_again(own: Sequence[FindingRow], before: Sequence[FindingRow], earlier: Earlier) -> NotAgain | None:
    if not own or not before:
        return None
    raised = {
        (one.finding.activity, one.finding.priority, one.finding.number)
        for row in own
        for one in earlier.get((row.activity, row.priority, row.number), ())
        if one.same is not False
    }
    left = [row.text for row in before if (row.activity, row.priority, row.number) not in raised]
    return NotAgain(before[0].found_on.year, tuple(left), len(before)) if left else None
