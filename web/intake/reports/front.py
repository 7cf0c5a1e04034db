"""The front page of a report: its title, and what stands behind the labels under it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.values.documents import PlaceRead
from domain.values.statements import PeriodOnSite
from web.intake.reports.dates import DaysSaid, days_in, no_working_day_between
from web.intake.reports.pages import DocumentText, TextLine

DATES = "dates"
PUBLISHED = "published"
LEAD = "lead"

_COLON = r"(?:\(s\)|s\b)?\s*[:–-]?\s*"
_LABELS = {
    DATES: re.compile(rf"(?:inspection dates?|dates? of (?:the )?inspection|inspected(?: on)?){_COLON}", re.IGNORECASE),
    PUBLISHED: re.compile(
        rf"(?:(?:report )?published(?: on)?|(?:publication|report) date|date (?:published|of publication)){_COLON}",
        re.IGNORECASE,
    ),
    LEAD: re.compile(rf"(?:lead|reporting) inspector{_COLON}", re.IGNORECASE),
}
_STOP = re.compile(
    r"judgement\b|age group|(?:her|his) majesty|children[’']s services in |the overall judgement|executive summary"
    r"|deputy|team inspectors?\b",
    re.IGNORECASE,
)
_MOST_LINES = 3
"""A value behind a label runs over at most so many lines."""
_PAGES = 3
_OFFICE = re.compile(
    r"[,(]?\s*\b(?:(?:her|his) majesty[’']?s inspector\w*|senior hmi\b|hmi\b|ofsted inspector\b|regional inspect).*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NAME = 60
_BESIDE = re.compile(r"[\s.,;&]*(?:and)?\s*")
"""What may stand between two periods on site."""


@dataclass(frozen=True)
class FrontPage:
    """`title` are the lines before the first label; `labelled` what stands behind each label, on one line."""

    page: int
    lines: tuple[TextLine, ...]
    title: tuple[str, ...]
    labelled: Mapping[str, str]

    @property
    def heading(self) -> str:
        """The title on one line."""
        return " ".join(" ".join(self.title).split())


def is_furniture(line: TextLine) -> bool:
    """Whether a line of a tagged document stands outside its text: a page number, a running head or foot."""
    return line.tag == "" or not line.text.strip() or line.text.strip().isdigit()


def front_of(document: DocumentText) -> FrontPage | None:
    """The first page that says when the inspection was; the first one with text where none says so."""
    pages = [tuple(line for line in page if not is_furniture(line)) for page in document.pages[:_PAGES]]
    fronts = [_front(lines) for lines in pages if lines]
    return next((front for front in fronts if DATES in front.labelled), fronts[0] if fronts else None)


def _front(lines: Sequence[TextLine]) -> FrontPage:
    labelled: dict[str, str] = {}
    title: list[str] = []
    for at, line in enumerate(lines):
        label, begun = _label(line.text)
        if label is None:
            if not labelled and not _STOP.match(line.text.strip()):
                title.append(line.text.strip())
            continue
        value = [line.text.strip()[begun:]]
        for after in lines[at + 1 : at + _MOST_LINES]:
            if _label(after.text)[0] or _STOP.match(after.text.strip()):
                break
            value.append(after.text.strip())
        labelled.setdefault(label, " ".join(" ".join(value).split()))
    return FrontPage(lines[0].page, tuple(lines), tuple(title[:12]), labelled)


def _label(text: str) -> tuple[str | None, int]:
    """Which label a line begins with, and where what it says begins."""
    for label, pattern in _LABELS.items():
        found = pattern.match(text.strip())
        if found and (found[0].rstrip()[-1:] in ":–-s" or label == LEAD or text.strip()[found.end() :][:1].isdigit()):
            return label, found.end()
    return None, 0


# --- days -----------------------------------------------------------------------------------------------------------


def days_on_site(front: FrontPage) -> DaysSaid | None:
    """What the front page says of the days on site, right or not: all that stands there, with nothing between."""
    text = front.labelled.get(DATES, "")
    found: DaysSaid | None = None
    for said in days_in(text, faulty=True):
        if found is None:
            found = said
        elif _goes_on(found, said, text):
            found = _together(found, said, text)
        else:
            break
    return found


def _goes_on(found: DaysSaid, said: DaysSaid, text: str) -> bool:
    """Whether the next days are of the same inspection, which was resumed."""
    beside = _BESIDE.fullmatch(text[found.end : said.start])
    return bool(beside and found.periods and said.periods and found.periods[-1].end < said.periods[0].start)


def _together(found: DaysSaid, said: DaysSaid, text: str) -> DaysSaid:
    before, after = found.periods[-1], said.periods[0]
    whole = no_working_day_between(before.end, after.start)
    joint = (PeriodOnSite(before.start, after.end),) if whole else (before, after)
    words = " ".join(text[found.start : said.end].split())
    periods = (*found.periods[:-1], *joint, *said.periods[1:])
    return DaysSaid(found.start, said.end, words, periods, found.year_missing or said.year_missing)


def days_at_the_foot(document: DocumentText) -> tuple[PeriodOnSite, ...]:
    """The days that running heads and feet print most often."""
    seen: Counter[tuple[PeriodOnSite, ...]] = Counter()
    for page in document.pages:
        outside = " ".join(line.text for line in page if is_furniture(line))
        seen.update(said.periods for said in days_in(outside) if said.periods[0].start != said.periods[-1].end)
    return seen.most_common(1)[0][0] if seen else ()


# --- people ---------------------------------------------------------------------------------------------------------


def lead_inspector(document: DocumentText, front: FrontPage) -> PlaceRead | None:
    """The name of who led the inspection, as the front page gives it or else the list of the team at the end."""
    if (words := front.labelled.get(LEAD)) and (name := _name(words)):
        return PlaceRead(front.page, name)
    for page in reversed(document.pages):
        found = _led(page)
        if found:
            return found
    return None


def _led(lines: Iterable[TextLine]) -> PlaceRead | None:
    for line in lines:
        label, begun = _label(line.text)
        if label == LEAD and (name := _name(line.text.strip()[begun:])):
            return PlaceRead(line.page, name)
    return None


def _name(words: str) -> str | None:
    """A person's name without their office; None where the words are more than a name."""
    name = _OFFICE.sub("", words).strip(" ,.:;–-")
    looks_so = re.fullmatch(r"[A-Z][\w’'.-]*(?: [\w’'.-]+){1,4}", name)
    return name if looks_so and len(name) <= _LONGEST_NAME else None
