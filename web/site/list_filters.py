"""Lists that an address narrows: what it asks of their filters, and the page or part that answers it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from domain.values.activities import AuthorityFacts
from domain.values.errors import NotFound
from web.site import reader
from web.site.htmx import page_or_part, part_wanted

Known = Mapping[str, Collection[str] | None]
"""The values that each filter knows; None where any text will do."""


@dataclass(frozen=True)
class Narrowing:
    """What an address asks of a list, by filter. Values that a filter does not know narrow nothing: they are in
    `left_out` with its name, to be said on the page."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, args: Mapping[str, str], known: Known) -> Narrowing:
        asked = {key: text for key in known if (text := args.get(key, "").strip())}
        left_out = {key: text for key, text in asked.items() if not _knows(known[key], text)}
        chosen = {key: text for key, text in asked.items() if key not in left_out}
        return cls(chosen, tuple((key.replace("_", " "), text) for key, text in left_out.items()))

    def __getitem__(self, key: str) -> str:
        """What is asked of a filter; nothing where it is not narrowed."""
        return self.chosen.get(key, "")

    def args(self, **other: str) -> dict[str, Any]:
        """The shortest address that asks for the same, but for what is given otherwise."""
        return {key: value for key, value in {**self.chosen, **other}.items() if value}


def _knows(values: Collection[str] | None, text: str) -> bool:
    return values is None or text in values


def authorities_known(rows: Iterable[AuthorityFacts]) -> dict[str, str]:
    """Names of the authorities that a list has rows of, and of the one that the address asks for if it is known here at
    all: that nothing is held of it is an answer. By URN, in order of name."""
    found = {facts.urn: facts.name for facts in rows}
    text = request.args.get("authority", "").strip()
    if text and text not in found:
        with suppress(NotFound):
            found[text] = reader.authority(text).name
    return dict(sorted(found.items(), key=lambda one: one[1]))


def list_page(page: str, part: str, *, address: str, context: Callable[[], Mapping[str, Any]]) -> Response:
    """The list that `address` asks for in the fewest words: the page, or the part with its address to be shown.

    A plain form sends empty fields too: whoever comes with them is sent on to the address without."""
    if not part_wanted() and any(not value for value in request.args.values()):
        return redirect(address, 303)
    return page_or_part(page, part, push_url=None if reader.shown_already(address) else address, **context())
