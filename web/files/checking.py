"""What somebody may say they checked: a kind of activity, or a format of published files."""

from __future__ import annotations

from domain.rulebook.known_until import CHECKABLE, SOURCES_TELL, Until, kinds_of
from domain.values.errors import NotFound, RuleBroken
from domain.values.known_until import KnownKind
from domain.values.words import listed
from web.words.file_formats import FORMATS, Layout

_KINDS = {kind.value: kind for kind in CHECKABLE}
_FORMATS = {layout.value: layout for layout in Layout}


def kinds_checked(name: str) -> tuple[KnownKind, ...]:
    """The kinds of which all is held once `name` was looked through and there was nothing more: the kind itself, or
    those that files of a format list.

    Raises NotFound for another name, and RuleBroken for a format whose silence says nothing of the day it is read."""
    asked = name.strip().casefold().replace("-", "_")
    if (kind := _KINDS.get(asked)) is not None:
        return kinds_of(kind)
    if (layout := _FORMATS.get(asked)) is None:
        formats = listed([one.value for one in Layout if _told_by(one)])
        raise NotFound(
            f"{name[:80]!r} is neither a kind of activity nor a format. There are the kinds {listed(list(_KINDS))}, "
            f"and the formats {formats}."
        )
    if not (kinds := _told_by(layout)):
        raise RuleBroken(
            f"That there is no newer file of the format {layout.value} says nothing of a day after those in it. Name "
            "the kind of activity of which all is held, for example monitoring_visit."
        )
    return kinds


def _told_by(layout: Layout) -> tuple[KnownKind, ...]:
    """The kinds that a format lists up to the day it is read, or loses rows of; yearly statistics end with their
    year."""
    row = SOURCES_TELL.get(FORMATS[layout].source[0])
    return row.kinds if row is not None and row.until is not Until.EDITION else ()
