"""What is written down while a document is read: where each value stands, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.register.register import Register
from domain.values.documents import PlaceRead
from domain.values.statements import PeriodOnSite
from domain.values.words import in_words
from web.intake.reports.flow import TextFlow
from web.intake.reports.naming import AuthorityRead

LONGEST_WAIT = 270
"""Days from the last day on site to publication that are believed (R-058: 100 working days at most, so far)."""
CLOSE = 31
"""Days by which the day printed and that in the file's name may differ and a person need not look first."""


@dataclass(frozen=True)
class DocumentAsked:
    """What is known beside the text: the day in the file's name, and the day that a person gave."""

    register: Register
    today: date
    named: date | None = None
    given: date | None = None

    @property
    def over_by(self) -> date:
        """A day by which all that the document tells of was past, where it prints none itself."""
        return self.named or self.given or self.today


@dataclass
class ReadingNotes:
    """`uncertain` are the values, by their names in `places`, that are not recorded before a person has looked."""

    places: dict[str, PlaceRead] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    uncertain: set[str] = field(default_factory=set)

    def doubt(self, sentence: str | None, *values: str) -> None:
        """Nothing where there is no sentence."""
        if sentence and sentence not in self.doubts:
            self.doubts.append(sentence)
            self.uncertain.update(values)

    def of_authority(self, authority: AuthorityRead, flow: TextFlow) -> None:
        """Where it is named, and what to doubt in it."""
        self.doubt(authority.doubt, *authority.uncertain)
        if authority.words:
            self.places["urn"] = flow.place_of(authority.words)


def publication(
    printed: date | None, *, asked: DocumentAsked, periods: Sequence[PeriodOnSite], notes: ReadingNotes, what: str
) -> tuple[date | None, str | None]:
    """The day the document prints, else the one given, else that of its file's name; and "text", "option", "file_name".

    A printed day that cannot be right, before the last day on site or long after it, gives way with a doubt. `what`
    is the document in a sentence: "letter"."""
    last = max((period.end for period in periods), default=None)
    if printed is not None:
        wrong = _why_not(printed, last, asked.today)
        if wrong is None:
            _compare(printed, asked, notes, what)
            return printed, "text"
        shown = f"The {what} is dated {in_words(printed)}, {wrong}."
        if printed == asked.named and printed <= asked.today:
            notes.doubt(f"{shown} Its file’s name says so too: the days on site cannot be right.", "periods")
            return printed, "text"
        notes.doubt(shown)
    for on, read_from, shown in (
        (asked.given, "option", "The day given"),
        (asked.named, "file_name", "The day in its file’s name"),
    ):
        if on is None:
            continue
        wrong = _why_not(on, last, asked.today)
        if wrong is None:
            return on, read_from
        notes.doubt(f"{shown}, {in_words(on)}, is {wrong}.")
    notes.doubt(f"The {what} does not say when it was published: give the day.", "published")
    return None, None


def _why_not(on: date, last: date | None, today: date) -> str | None:
    """What is wrong with a day of publication; completes the sentence that names it."""
    if on > today:
        return "still to come"
    if last is not None and on < last:
        return f"before the last day on site, {in_words(last)}"
    if last is not None and (on - last).days > LONGEST_WAIT:
        return f"more than {LONGEST_WAIT} days after the last day on site, {in_words(last)}"
    return None


def _compare(printed: date, asked: DocumentAsked, notes: ReadingNotes, what: str) -> None:
    """Doubts that a printed day is not the one given, or that of the file's name."""
    for other, whose in ((asked.given, "the day given is"), (asked.named, "its file’s name says")):
        if other is not None and other != printed:
            far = ("published",) if abs((other - printed).days) > CLOSE else ()
            shown = f"The {what} is dated {in_words(printed)}, and {whose} {in_words(other)}"
            notes.doubt(f"{shown}: the printed day was taken.", *far)
