"""Reads the letters on focused and monitoring visits to an authority's children's services.

The form is that of the 371 letters on focused visits from January 2018 to January 2026. No letter on a monitoring
visit was at hand: those are read by the same form, with the words that such letters use, and that was not tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from domain.frameworks import Framework
from domain.values.documents import DocumentKind, PlaceRead
from domain.values.statements import PeriodOnSite
from domain.values.words import in_words
from web.intake.reports.dates import DaysSaid, days_in
from web.intake.reports.flow import TextBlock, TextFlow
from web.intake.reports.letter_findings import findings_of, is_heading, sections_of
from web.intake.reports.naming import authority_in
from web.intake.reports.notes import DocumentAsked, ReadingNotes, publication
from web.intake.reports.reading import DocumentReading

LONGEST_STAY = 14
"""Days from the first to the last of one visit that are believed (R-056: one to three days, once seven)."""

_SUBJECT = re.compile(r"(?P<kind>focuss?ed|monitoring) visits? (?:to|of|on|at)\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\bfindings\s+(?:of|from|following)\s+(?:\w+\s+){0,4}?(?P<kind>focuss?ed|monitoring)\s+visit", re.IGNORECASE
)
_OF_CHILDREN = re.compile(r"children.s (?:services|trust|social care|first)\b", re.IGNORECASE)
_KINDS = {"focused": DocumentKind.FOCUSED_VISIT_LETTER, "monitoring": DocumentKind.MONITORING_VISIT_LETTER}
_DEAR = re.compile(r"dear\b", re.IGNORECASE)
_COUNCIL = re.compile(r"\b(?:council|borough|county|city of|trust|authority)\b", re.IGNORECASE)
_FOCUS = re.compile(
    r"\b(?:inspectors|visit)\s+(?:\w+\s+){0,2}?(?:looked(?:\s+specifically)?\s+at|considered|reviewed|evaluated|examined"
    r"|focus(?:s)?ed\s+(?:specifically\s+)?on)\s+(?!(?:a|the)\s+(?:\w+\s+)?(?:range|variety)\s+of\s+evidence)"
    r"(?P<topic>[^\n]*?)(?=[.:](?:\s|$)|\n|$)",
    re.IGNORECASE,
)
_ARRANGEMENTS = re.compile(
    r"^(?:(?:the|its|their)\s+(?=(?:local\s+authority|council|trust|authority|arrangements)\b))?"
    r"(?:(?:local\s+authority|council|trust|authority).s\s+)?"
    r"(?:arrangements(?:\s+and\s+support)?\s+(?:for|to|at|in|of|relating\s+to)\s+)?",
    re.IGNORECASE,
)
_MORE_CLOSELY = re.compile(
    r",?\s+(?:in\s+(?:accordance|line)\s+with|with\s+(?:an?\s+)?(?:\w+\s+)?focus\s+on|focus(?:s)?ing\s+(?:\w+\s+)?on)\b.*"
    r"|(?:\s+and)?,\s+(?:including|which|who|in\s+particular|specifically|such\s+as|assessing"
    r"|the\s+(?:early\s+help|service|team|hub|multi-agency|point))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_INSPECTOR = re.compile(
    r",?\s*\(?\b(?:(?:her|his)\s+majesty.s\s+inspector|hmi\b|lead\s+inspector|senior\s+hmi).*",
    re.IGNORECASE | re.DOTALL,
)
_MISPRINTED = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\s+(?:[A-Z][a-z]+\s+)\d{3,6}$")
_SIGNED = re.compile(r"yours?\s+(?:sincerely|faithfully|truly)[,.]?\s*", re.IGNORECASE)


def letter_kind(flow: TextFlow) -> DocumentKind | None:
    """Which of the two letters it is, from its subject and its first sentence; None for any other document."""
    opening = _opening(flow)
    if not any(_OF_CHILDREN.search(block.text) for block in opening):
        return None
    for block in opening:
        found = _SUBJECT.match(block.text) or _SENTENCE.search(block.text)
        if found:
            return _KINDS[found["kind"].casefold().replace("ss", "s")]
    return None


def read_letter(flow: TextFlow, asked: DocumentAsked) -> DocumentReading:
    """What a letter on a visit tells; `letter_kind` has said that it is one."""
    notes = ReadingNotes()
    printed = _letter_day(flow, notes)
    periods = _days_on_site(flow, asked, printed, notes)
    published, read_from = publication(printed, asked=asked, periods=periods, notes=notes, what="letter")
    authority = authority_in(
        _front(flow), body=flow.text, register=asked.register, on=periods[0].start if periods else printed
    )
    notes.doubt(authority.doubt, *(() if authority.urn else ("urn",)))
    if authority.words:
        notes.places["urn"] = flow.place_of(authority.words)
    body = flow.blocks[len(_opening(flow)) :]
    findings = findings_of(body, notes)
    return DocumentReading(
        kind=letter_kind(flow),
        urn=authority.urn,
        name=authority.name,
        framework=Framework.ILACS,
        periods=periods,
        published=published,
        published_from=read_from,
        lead_inspector=_signed_by(flow, notes),
        focus=_focus(flow, notes),
        priority_action=findings.priority_action,
        improvements=findings.improvements,
        priority_actions=findings.priority_actions,
        sections=sections_of(body),
        doubts=tuple(notes.doubts),
        uncertain=frozenset(notes.uncertain),
        places=notes.places,
    )


# --- the first page -------------------------------------------------------------------------------------------------


def _opening(flow: TextFlow) -> list[TextBlock]:
    """All blocks before the first heading of the findings, at most those of the first two pages."""
    blocks = [block for block in flow.blocks if block.page <= 2]
    greeting = next((at for at, block in enumerate(blocks) if _DEAR.match(block.text)), -1)
    subject = next((at for at, block in enumerate(blocks) if at > greeting and _SUBJECT.match(block.text)), greeting)
    after = takewhile(lambda block: not is_heading(block), blocks[subject + 1 :])
    return [*blocks[: subject + 1], *after]


def _letter_day(flow: TextFlow, notes: ReadingNotes) -> date | None:
    """The day in the head of the letter: before it greets anybody, else before it speaks of the visit."""
    head = list(takewhile(lambda block: not (_DEAR.match(block.text) or _SUBJECT.match(block.text)), _opening(flow)))
    for block in head:
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
    return said.periods[0].start if said and said.words == block.text.strip(" .") and said.start == 0 else None


def _days_on_site(
    flow: TextFlow, asked: DocumentAsked, printed: date | None, notes: ReadingNotes
) -> tuple[PeriodOnSite, ...]:
    """The days of the visit, from the sentence that says what the letter is about."""
    for place, sentence in _sentences(flow):
        said = next(iter(days_in(sentence, over_by=printed or asked.over_by, faulty=True)), None)
        if said is None:
            continue
        notes.places["periods.0"] = PlaceRead(place, f"{sentence[: said.end].strip()}.")
        return _believed(said, notes)
    notes.doubt("The days of the visit could not be read.", "periods")
    return ()


def _sentences(flow: TextFlow) -> Iterator[tuple[int, str]]:
    """The opening from where it names the visit: first the sentence on its findings, then the others."""
    opening = _opening(flow)
    for block in opening:
        found = _SENTENCE.search(block.text)
        if found:
            yield block.page, block.text[found.start() :]
    for block in opening:
        if not _SENTENCE.search(block.text) and (found := _SUBJECT.search(block.text)):
            yield block.page, block.text[found.start() :]


def _believed(said: DaysSaid, notes: ReadingNotes) -> tuple[PeriodOnSite, ...]:
    if said.fault:
        notes.doubt(said.fault, "periods")
        return ()
    if said.year_missing:
        year = said.periods[-1].end.year
        shown = f"The days of the visit are printed without a year (“{said.words}”)"
        notes.doubt(f"{shown}; {year} was taken from the letter’s own day.")
    slip = next((period for period in said.periods if (period.end - period.start).days >= LONGEST_STAY), None)
    if slip is None:
        return said.periods
    days = f"{in_words(slip.start)} to {in_words(slip.end)}"
    shown = f"The letter says that the visit lasted from {days}, which cannot be right"
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


def _front(flow: TextFlow) -> Iterator[str]:
    """Where the authority may be named, the likeliest first: the subject, the first sentence, the address."""
    opening = _opening(flow)
    for block in opening:
        if _SUBJECT.match(block.text):
            yield block.text
    for _, sentence in _sentences(flow):
        said = next(iter(days_in(sentence, over_by=date.max)), None)
        yield sentence[: said.start] if said else sentence
        yield sentence.partition(". ")[0]
    head = takewhile(lambda block: not _DEAR.match(block.text), opening)
    yield from (block.text for block in head if _COUNCIL.search(block.text))


def _focus(flow: TextFlow, notes: ReadingNotes) -> str | None:
    """The topic in the letter's own words, without the clause that says it more closely."""
    opening = _opening(flow)
    for block in opening[next((at for at, one in enumerate(opening) if _SENTENCE.search(one.text)), 0) :]:
        for found in _FOCUS.finditer(block.text):
            topic = _MORE_CLOSELY.sub("", _ARRANGEMENTS.sub("", found["topic"], count=1))
            topic = topic.strip(" .,;:").removesuffix(".’")
            if topic:
                notes.places["focus"] = PlaceRead(block.page, f"{found[0].strip()}.")
                return topic
    notes.doubt("The letter does not say in a sentence what the visit looked at.")
    return None


def _signed_by(flow: TextFlow, notes: ReadingNotes) -> str | None:
    """The inspector who signs, who led the visit."""
    for at, block in enumerate(flow.blocks):
        if _SIGNED.match(block.text):
            rest = [_SIGNED.sub("", block.text, count=1), *(one.text for one in flow.blocks[at + 1 : at + 4])]
            break
    else:
        titled = [at for at, block in enumerate(flow.blocks) if _INSPECTOR.match(block.text)]
        rest = [block.text for block in flow.blocks[titled[-1] - 1 : titled[-1]]] if titled else []
    name = next((named for text in rest if (named := _INSPECTOR.sub("", text).strip(" .,()"))), None)
    if name and len(name.split()) <= 5:
        notes.places["lead_inspector"] = flow.place_of(name)
        return name
    notes.doubt("The letter’s signature could not be read.")
    return None
