"""The head of a letter: its day, to whom it goes, what it is about, and the days on site that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from domain.values.documents import PlaceRead
from domain.values.statements import PeriodOnSite
from domain.values.words import in_words
from web.intake.reports.dates import DaysSaid, days_in
from web.intake.reports.flow import TextBlock, TextFlow
from web.intake.reports.letter_findings import is_heading
from web.intake.reports.notes import ReadingNotes

LONGEST_STAY = 14
"""Days from the first to the last on site that are believed (R-056: a visit one to three, once seven; a JTAI six)."""
SATURDAY = 5

_DEAR = re.compile(r"dear\b", re.IGNORECASE)
_COUNCIL = re.compile(r"\b(?:council|borough|county|city of|trust|authority)\b", re.IGNORECASE)
_THIS_LETTER = re.compile(r"\bthis\s+letter\b", re.IGNORECASE)
_INSPECTORS = re.compile(r"\b(?:inspectors?|inspectorates?|HMI|Ofsted)\b", re.IGNORECASE)
_SENDER = re.compile(r"ofsted|piccadilly gate|store street|M1 2WD", re.IGNORECASE)
_MISPRINTED = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+\d{3,6}$")


@dataclass(frozen=True)
class LetterHead:
    """`opening` goes as far as the first heading of the findings, `body` from there; `subject` is what it is about."""

    opening: tuple[TextBlock, ...]
    body: tuple[TextBlock, ...]
    subject: TextBlock | None

    @property
    def is_of_a_letter(self) -> bool:
        """Whether it greets somebody, or calls itself a letter, and tells of inspectors."""
        text = " ".join(block.text for block in self.opening)
        greets = any(_DEAR.match(block.text) for block in self.opening)
        return bool((greets or _THIS_LETTER.search(text)) and _INSPECTORS.search(text))

    @property
    def address(self) -> tuple[str, ...]:
        """The lines before the greeting that name a council, then the others, without the sender's own."""
        head = takewhile(lambda block: not _DEAR.match(block.text), self.opening)
        lines = [block.text for block in head if not _SENDER.search(block.text)]
        return tuple(sorted(lines, key=lambda line: not _COUNCIL.search(line)))


def head_of(flow: TextFlow, subject: re.Pattern[str]) -> LetterHead:
    """The head of a letter whose subject begins as `subject` says; nothing after its second page belongs to it."""
    blocks = [block for block in flow.blocks if block.page <= 2]
    greeting = next((at for at, block in enumerate(blocks) if _DEAR.match(block.text)), -1)
    about = next((at for at, block in enumerate(blocks) if at > greeting and subject.match(block.text)), None)
    start = greeting if about is None else about
    after = takewhile(lambda block: not is_heading(block), blocks[start + 1 :])
    opening = (*blocks[: start + 1], *after)
    return LetterHead(opening, flow.blocks[len(opening) :], None if about is None else blocks[about])


def letter_day(flow: TextFlow, head: LetterHead, notes: ReadingNotes) -> date | None:
    """The day in the head of the letter, before it greets anybody; else one that stands alone on its first page."""
    for block in takewhile(lambda block: block is not head.subject and not _DEAR.match(block.text), head.opening):
        for said in days_in(block.text):
            (period, *more) = said.periods
            if not more and period.start == period.end:
                notes.places["published"] = PlaceRead(block.page, said.words)
                return period.start
        if _MISPRINTED.match(block.text):
            notes.doubt(f"The letter’s own day, “{block.text[:40]}”, cannot be right.")
            return None
    for block in flow.blocks:
        day = _day_alone(block) if block.page == 1 else None
        if day is not None:
            notes.places["published"] = PlaceRead(1, block.text)
            return day
    notes.doubt("The letter prints no day of its own.")
    return None


def _day_alone(block: TextBlock) -> date | None:
    """The day that is all a block says, as in a letterhead that stands in a box of its own."""
    said = next(iter(days_in(block.text)), None)
    return said.periods[0].start if said and said.words == block.text.strip(" .") else None


def days_on_site(
    sentences: Iterator[tuple[int, str]], *, over_by: date, what: str, notes: ReadingNotes
) -> tuple[PeriodOnSite, ...]:
    """The days of the first of these sentences, each with its page, that names days. `what` is "visit" or "inspection".

    A day that is not printed with its year is of the last such day before `over_by`."""
    for page, sentence in sentences:
        said = next(iter(days_in(sentence, over_by=over_by, faulty=True)), None)
        if said is not None:
            periods = _believed(said, what, notes)
            place = PlaceRead(page, f"{sentence[: said.end].strip()}.")
            notes.places.update({f"periods.{number}": place for number in range(len(periods) or 1)})
            return periods
    notes.doubt(f"The days of the {what} could not be read.", "periods")
    return ()


def _believed(said: DaysSaid, what: str, notes: ReadingNotes) -> tuple[PeriodOnSite, ...]:
    if said.fault:
        notes.doubt(said.fault, "periods")
        return ()
    if said.year_missing:
        year = said.periods[-1].end.year
        shown = f"The days of the {what} are printed without a year (“{said.words}”)"
        notes.doubt(f"{shown}; {year} was taken from the letter’s own day.")
    slip = next((period for period in said.periods if (period.end - period.start).days >= LONGEST_STAY), None)
    if slip is None:
        for day in (said.periods[0].start, said.periods[-1].end):
            if day.weekday() >= SATURDAY:
                weekday = "Saturday" if day.weekday() == SATURDAY else "Sunday"
                notes.doubt(f"{in_words(day)}, a first or last day of the {what} as printed, was a {weekday}.")
        return said.periods
    days = f"{in_words(slip.start)} to {in_words(slip.end)}"
    shown = f"The letter says that the {what} lasted from {days}, which cannot be right"
    mended = _in_one_year(slip)
    if mended is None:
        notes.doubt(f"{shown}: the days were not taken.", "periods")
        return ()
    notes.doubt(f"{shown}: {in_words(mended.start)} to {in_words(mended.end)} was supposed.", "periods")
    return (mended,)


def _in_one_year(slip: PeriodOnSite) -> PeriodOnSite | None:
    """The same days with the year of the last, where that makes a visit."""
    try:
        start = slip.start.replace(year=slip.end.year)
    except ValueError:
        return None
    return PeriodOnSite(start, slip.end) if 0 <= (slip.end - start).days < LONGEST_STAY else None
