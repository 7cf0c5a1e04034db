"""The index of an authority's documents on Ofsted's site: which documents it leads to, and of which day.

Read leniently: any link to a file of the site counts, and the day that stands beside it. It was not tried on the living
site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from domain.values.errors import RuleBroken
from web.words.written_days import UnreadableDay, day_written

MOST_DOCUMENTS = 20
"""Documents fetched in one look, over all authorities."""

MOST_LINKS = 500

_FILE = re.compile(r"/file/(\d{1,12})(?:$|[/?#])|\.pdf(?:$|[?#])", re.IGNORECASE)
_DAY = re.compile(r"\b\d{1,2} (?:[A-Z][a-z]{2,8}) (?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b")


@dataclass(frozen=True)
class Document:
    """A document that an index leads to; `published` is the day beside its link, where there is one."""

    address: str
    published: date | None

    def file_name(self, urn: str) -> str:
        """A name with the day and the authority's number in it, by which the day is known when it is read."""
        number = _FILE.search(urlsplit(self.address).path)
        last = number[1] if number is not None and number[1] else "document"
        day = f"{self.published.isoformat()}_" if self.published is not None else ""
        return f"{day}{urn}_{last}.pdf"


def documents_of(page: bytes, address: str, *, hosts: frozenset[str] = frozenset()) -> Iterator[Document]:
    """Each document that a page leads to, on its own host or one of `hosts`, once, in the page's order."""
    own = urlsplit(address).hostname
    seen: set[str] = set()
    for link in BeautifulSoup(page, "html.parser").find_all("a", href=True, limit=MOST_LINKS):
        found = urljoin(address, str(link["href"]).strip())
        host = urlsplit(found).hostname
        if not _FILE.search(urlsplit(found).path) or (host != own and host not in hosts) or found in seen:
            continue
        seen.add(found)
        yield Document(found, _day_beside(link))


def _day_beside(link: Tag) -> date | None:
    """The day written in the link or, where there is one alone, in what stands around it."""
    around = [link, *[parent for parent in link.parents if parent.name in ("li", "p", "tr", "dd", "div")][:2]]
    for place in around:
        days = {day for text in _DAY.findall(place.get_text(" ")) if (day := _read(text)) is not None}
        if len(days) == 1:
            return days.pop()
    return None


def _read(text: str) -> date | None:
    try:
        return day_written(text).day
    except (UnreadableDay, RuleBroken):
        return None
