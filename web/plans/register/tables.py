"""The register of a plan as its page shows it: what is open, and what is complete or ended folded behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.values.plans import DONE, Reading
from domain.values.words import listed
from projections.plans.answers import ActionRow, PlanAnswer
from web.plans.register.narrowing import BEGUN, is_narrowed, left, ordered
from web.plans.register.rows import ActionLine, register_row
from web.site.list_filters import Narrowing
from web.site.reader import Asked
from web.words import words

QUIET = (*BEGUN, Reading.NOT_STARTED)
"""What a phone folds: nothing of it needs attention."""


@dataclass(frozen=True)
class RegisterTable:
    """One table. `summary` is what its fold is called, nothing where it is not folded; `shut` says that wide screens
    fold it too."""

    caption: str
    rows: tuple[ActionLine, ...]
    summary: str = ""
    shut: bool = False


def tables(
    answer: PlanAnswer, wanted: Narrowing, asked: Asked, numbers: Mapping[UUID, int], raised: Mapping[UUID, str]
) -> tuple[RegisterTable, ...]:
    """The tables that an address asks for, none of them empty."""
    found = left(answer, wanted)

    def rows(of: Sequence[ActionRow]) -> tuple[ActionLine, ...]:
        return tuple(register_row(row, answer, asked, numbers, raised) for row in of)

    if is_narrowed(wanted):
        return (RegisterTable("Actions that match, in short", rows(found)),) if found else ()
    ended = [row for row in found if not row.counts]
    done = [row for row in found if row.reading in DONE and row not in ended]
    open_ = [row for row in found if row.is_open]
    urgent = [row for row in open_ if row.reading not in QUIET or not row.due_on or not row.owner]
    quiet = [row for row in open_ if row not in urgent]
    if wanted["sort"] or not urgent or not quiet:
        shown = [RegisterTable("Actions that are open, in short", rows(open_))]
    else:
        summary = _states(quiet)
        shown = [
            RegisterTable("Actions that need attention or evidence, in short", rows(urgent)),
            RegisterTable("Actions on track or not started, in short", rows(quiet), summary),
        ]
    shown += [
        RegisterTable("Complete actions, in short", rows(done), words.count(len(done), "complete action"), shut=True),
        RegisterTable("Actions that ended otherwise, in short", rows(ended), _states(ended), shut=True),
    ]
    return tuple(table for table in shown if table.rows)


def _states(rows: Sequence[ActionRow]) -> str:
    """`10 on track and 2 not started`."""
    found = Counter(words.small(row.label.words) for row in ordered(rows))
    return listed([f"{number} {said}" for said, number in found.items()])
