"""What an officer put right of what was read of a document, or of what is held of it since it was recorded before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from domain.values.activities import Activity
from domain.values.judgements import Judgements
from domain.values.statements import Stated
from web.authorities.document_forms import line_of
from web.authorities.entry import said_in_words
from web.words import words

SINGLY = (
    "published",
    "framework",
    "variant",
    "focus",
    "theme",
    "number",
    "statement_due",
    "priority_action",
    "priority_actions",
)
"""Values that are put right one by one."""

TOGETHER = (("start", "end", "periods"), ("improvements", "improvement_outcomes"))
"""Values that are put right together."""


@dataclass(frozen=True)
class Corrected:
    """What the document says, without what an officer struck out, and what the officer says otherwise, if anything.

    `base` is what the officer looked at: what was read, or what was held."""

    document: Stated
    officer: Stated | None
    base: Stated
    struck: tuple[str, ...] = ()

    @property
    def whole(self) -> Stated:
        """Everything that will be held: the officer's word before the document's."""
        if self.officer is None:
            return self.document
        grades = dict(self.document.grades.pairs) | dict(self.officer.grades.pairs)
        return replace(self.document, **{**_values(self.officer), "grades": Judgements.of(grades)})

    @property
    def own(self) -> list[tuple[str, str]]:
        """What the officer put right, in words, and which findings it leaves out."""
        if self.officer is None:
            return []
        before, now = told_in_words(self.base), told_in_words(self.officer)
        listed = {_stem(label) for label, _ in now if _stem(label) != label}
        left_out = [
            (f"{_stem(label)}, no longer", value) for label, value in only(before, now) if _stem(label) in listed
        ]
        return only(now, before) + left_out


def corrected(read: Stated | None, said: Stated, held: Stated | None = None) -> Corrected:
    """What an officer changed of what was read, or of what was `held` where that was shown. Days on site go together,
    and so do findings with their outcomes.

    A value that was changed stays as the document's word beside the officer's; one that was cleared was misread, and
    is not recorded at all."""
    before = replace(read, kind=said.kind) if read is not None else Stated(said.kind)
    base = before if held is None or held.kind is not said.kind else held
    document, officer = _values(before), dict[str, Any]()
    struck: list[str] = []
    empty = Stated(said.kind)
    for names in (*TOGETHER, *((name,) for name in SINGLY)):
        if _differ(said, base, names):
            officer |= {name: value for name in names if (value := getattr(said, name)) != getattr(empty, name)}
        for name in names:
            if getattr(said, name) == getattr(empty, name) != document.get(name, getattr(empty, name)):
                del document[name]
                if name != "periods":
                    struck.append(words.field(name))
    own, grades, shown = (dict(one.grades.pairs) for one in (said, before, base))
    struck += [words.AREAS[area] for area in grades if area not in own]
    document["grades"] = Judgements.of({area: grade for area, grade in grades.items() if area in own})
    if changed := {area: grade for area, grade in own.items() if shown.get(area) != grade}:
        officer["grades"] = Judgements.of(changed)
    return Corrected(
        Stated(said.kind, **document),
        Stated(said.kind, **officer) if officer else None,
        base,
        tuple(dict.fromkeys(struck)),
    )


def not_held_yet(found: Corrected, held: Stated) -> Corrected:
    """The same without what is held already: somebody else may have put it right meanwhile."""
    if found.officer is None or held.kind is not found.officer.kind:
        return found
    own = _values(found.officer)
    for names in (*TOGETHER, *((name,) for name in SINGLY)):
        if not _differ(found.officer, held, names):
            own = {name: value for name, value in own.items() if name not in names}
    known = dict(held.grades.pairs)
    own["grades"] = Judgements.of({area: grade for area, grade in found.officer.grades if known.get(area) != grade})
    said = Stated(found.officer.kind, **own)
    return replace(found, officer=said if said.stated else None)


def held_of(entry: Activity) -> Stated:
    """What is held of an entry, as far as a document can state it."""
    names = (*(name for names in TOGETHER for name in names), *SINGLY, "grades")
    return Stated(entry.kind, **{name: getattr(entry, name) for name in names})


def shown_again(held: Stated, read: Stated | None, *, looked_through: bool) -> Stated:
    """What a document's form shows when it is sent in again: what is held, and what only a newer reading found. What
    nobody holds though an officer has `looked_through` it was cleared."""
    if looked_through or read is None or read.kind is not held.kind:
        return held
    grades = dict(read.grades.pairs) | dict(held.grades.pairs)
    return replace(read, **{**_values(held), "grades": Judgements.of(grades)})


def mark(held: Stated | None) -> str:
    """By which it is told whether what was shown is still what is held; blank where nothing is."""
    return "" if held is None else hashlib.sha256(repr(sorted(_values(held).items())).encode()).hexdigest()[:16]


def told_in_words(said: Stated) -> tuple[tuple[str, str], ...]:
    """Every value by its label; a finding with the outcomes that it names."""
    outcomes = said.improvement_outcomes or ((),) * len(said.improvements)
    lines = tuple(map(line_of, said.improvements, outcomes))
    return said_in_words(replace(said, improvements=lines, improvement_outcomes=()))


def only(these: Iterable[tuple[str, str]], those: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The values of these that are not among those; a finding is the same wherever it stands in its list."""
    known = {(_stem(label), value) for label, value in those}
    return [(label, value) for label, value in these if (_stem(label), value) not in known]


def cleared_but_held(said: Stated, after: Stated, names: Iterable[str]) -> list[str]:
    """What the form leaves blank and is held all the same, because it was put right or told otherwise before."""
    empty = Stated(said.kind)
    fields = [name for name in names if hasattr(empty, name)]
    return [words.field(name) for name in fields if getattr(said, name) == getattr(empty, name) != getattr(after, name)]


def _differ(one: Stated, other: Stated, names: Iterable[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _stem(label: str) -> str:
    """The label of a list's item without its number."""
    return label.rstrip("0123456789").rstrip()


def _values(said: Stated) -> dict[str, Any]:
    return dict(said.stated)
