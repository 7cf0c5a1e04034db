"""Why a member's question cannot be asked: named reasons in words safe to show, or None."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.values.activities import Activity
from domain.values.plans import AskedAbout, AskedKind, finding_of
from domain.values.words import in_words


class AskingCase(NamedTuple):
    """What would be asked about, on a day: the authority's name and the first day on which it no longer exists, where
    that is recorded or announced, and the entry that is named, as it is held now."""

    about: AskedAbout
    on: date
    name: str
    ends_on: date | None
    entry: Activity | None


def the_authority_still_is(asked: AskingCase) -> str | None:
    ended = asked.ends_on
    if ended is None or asked.on < ended:
        return None
    return (
        f"{asked.name} ceased to exist on {in_words(ended)}: nobody there can answer. Ask the authority that followed "
        "it."
    )


def about_what_the_page_shows(asked: AskingCase) -> str | None:
    """What is told of the thing must be what such a thing has; a finding must be one of its entry."""
    about, kind = asked.about, asked.about.kind
    entry = about.entry is not None
    finding = about.finding is not None
    window = any(part is not None for part in (about.expected, about.window_from, about.window_to))
    fits = {
        AskedKind.AUTHORITY: not (entry or finding or window),
        AskedKind.ENTRY: entry and not (finding or window),
        AskedKind.FINDING: entry and finding and not window,
        AskedKind.WINDOW: not (entry or finding),
    }[kind]
    if not fits:
        return "Ask about one thing: the authority, an entry of its history, a finding, or its window."
    if about.finding is None:
        return None
    named = about.finding
    own = named == finding_of(named.activity, named.text, priority=named.priority)
    of = asked.entry is not None and named.activity in (about.entry, asked.entry.id, *asked.entry.statements)
    return None if own and of else "That finding is not one of this entry. Open the page again and ask from there."
