"""Reads the letters on joint targeted area inspections, which Ofsted, the CQC and others write to a partnership.

The form is that of 44 letters from April 2016 to March 2025: until 2020 under "deep dives", since 2022 with the theme
in the first sentence. R-062 and R-068 have the statement of action and the themes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from domain.values.documents import DocumentKind, PlaceRead
from domain.values.statements import PeriodOnSite
from domain.values.words import in_words
from web.intake.jtai_theme import theme_sentence
from web.intake.reports.dates import day_in
from web.intake.reports.flow import TextFlow
from web.intake.reports.letter_findings import findings_of, sections_of
from web.intake.reports.letter_head import LetterHead, days_on_site, head_of, letter_day
from web.intake.reports.naming import authority_in
from web.intake.reports.notes import DocumentAsked, ReadingNotes, publication
from web.intake.reports.reading import DocumentReading

LONGEST_TO_STATEMENT = 365
"""Days from the last on site to the day the statement of action is due that are believed."""

_SUBJECT = re.compile(r"joint targeted area inspections?\b", re.IGNORECASE)
_TOOK_PLACE = re.compile(r"inspection\s+(?:took\s+place|was\s+(?:carried\s+out|conducted))\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:\w+day,?\s+)?\d", re.IGNORECASE)
_THEME = re.compile(
    r"multi-agency\s+(?:identification\s+(?:of\s+)?and\s+)?(?:responses?|approach)\s+to\s+(?P<theme>[^.\n]+)",
    re.IGNORECASE,
)
_AGENCIES = re.compile(r"work\s+of\s+individual\s+agencies\s+in\s+(?P<place>[^.\n]+)", re.IGNORECASE)
_DEEP_DIVE = re.compile(
    r"deep.{0,3}dive.{0,3}\s+(?:focus(?:s)?ed\s+|focus\s+)?(?:on|into)\s+(?:the\s+)?(?:response\s+to\s+)?(?P<theme>[^.\n]+)",
    re.IGNORECASE,
)
_GENERAL = "abuse and neglect"
"""What the subject of letters until 2020 says whatever the deep dive was about."""
_DIVES = (
    (re.compile(r"sexual exploitation", re.IGNORECASE), "Child sexual exploitation"),
    (re.compile(r"sexual abuse", re.IGNORECASE), "Sexual abuse in the family"),
    (re.compile(r"domestic abuse", re.IGNORECASE), "Domestic abuse"),
    (re.compile(r"neglect", re.IGNORECASE), "Neglect"),
    (re.compile(r"mental", re.IGNORECASE), "Children's mental health"),
    (re.compile(r"exploitation", re.IGNORECASE), "Child exploitation"),
)
"""The themes of deep dives, each in one spelling (R-068)."""
_STATEMENT = re.compile(
    r"statement\s+of\s+(?:proposed\s+)?action\s+to\s+\S+\s+by\s+(?P<day>(?:\w+\s+){1,3}\w*\d{2,4}\b\.?)", re.IGNORECASE
)
_PRINCIPAL = (
    re.compile(r"determined\s+that\s+(?P<who>[^.\n]{3,160}?)\s+is\s+the\s+principal\s+authority", re.IGNORECASE),
    re.compile(
        r"(?:^|\.\s+)(?P<who>[^.\n]{3,120}?)\s+should\s+(?:coordinate\s+the\s+preparation\s+of|prepare|produce)\s+"
        r"a\s+written\s+statement",
        re.IGNORECASE | re.MULTILINE,
    ),
)


def read_jtai_letter(flow: TextFlow, asked: DocumentAsked) -> DocumentReading | None:
    """What a letter on a joint targeted area inspection tells; None for any other document."""
    head = head_of(flow, _SUBJECT)
    if head.subject is None or not head.is_of_a_letter:
        return None
    notes = ReadingNotes()
    notes.places["kind"] = PlaceRead(head.subject.page, head.subject.text)
    printed = letter_day(flow, head, notes)
    periods = days_on_site(_sentences(head), over_by=printed or asked.over_by, what="inspection", notes=notes)
    published, read_from = publication(printed, asked=asked, periods=periods, notes=notes, what="letter")
    on = periods[0].start if periods else published
    authority = authority_in(_front(head), body=flow.text, register=asked.register, on=on)
    notes.of_authority(authority, flow)
    names = asked.register[authority.urn].names if authority.urn else ()
    findings = findings_of(head.body, notes, subheadings=True)
    return DocumentReading(
        kind=DocumentKind.JTAI_LETTER,
        urn=authority.urn,
        name=authority.name,
        periods=periods,
        published=published,
        published_from=read_from,
        theme=_theme(head, names, notes),
        priority_action=findings.priority_action,
        improvements=findings.improvements,
        priority_actions=findings.priority_actions,
        statement_due=_statement_due(flow, periods, notes),
        principal_authority=_principal(flow, notes),
        sections=sections_of(head.body, subheadings=True),
        doubts=tuple(notes.doubts),
        uncertain=frozenset(notes.uncertain),
        places=notes.places,
    )


def _sentences(head: LetterHead) -> Iterator[tuple[int, str]]:
    """The opening, and what stands before the first list, from where they say when the inspection was."""
    blocks = [*head.opening, *head.body[:12]]
    for pattern in (_TOOK_PLACE, _BETWEEN):
        for block in blocks:
            found = pattern.search(block.text)
            if found and (pattern is _TOOK_PLACE or found.start() < 10 or _SUBJECT.match(block.text)):
                yield block.page, block.text[found.start() :]


def _front(head: LetterHead) -> Iterator[str]:
    """Where the authority may be named, the likeliest first: the subject, the first sentences, the address."""
    assert head.subject is not None
    yield head.subject.text
    yield from (found["theme"] for block in head.opening for found in _THEME.finditer(block.text))
    yield from (found["place"] for block in head.opening for found in _AGENCIES.finditer(block.text))
    yield from head.address


def _theme(head: LetterHead, names: tuple[str, ...], notes: ReadingNotes) -> str | None:
    """The theme without the place: that of the subject or the first sentence; else that of the deep dive."""
    for block in head.opening:
        found = _THEME.search(block.text)
        theme = theme_sentence(found["theme"], names, published=None).theme if found else None
        if found and theme:
            if theme.casefold().startswith(_GENERAL):
                break
            notes.places["theme"] = PlaceRead(block.page, found[0])
            return theme
    for block in (*head.opening, *head.body[:6]):
        found = _DEEP_DIVE.search(block.text)
        theme = next((theme for pattern, theme in _DIVES if found and pattern.search(found["theme"])), None)
        if found and theme:
            notes.places["theme"] = PlaceRead(block.page, found[0])
            return theme
    notes.doubt("The theme of the inspection could not be read.")
    return None


def _statement_due(flow: TextFlow, periods: tuple[PeriodOnSite, ...], notes: ReadingNotes) -> date | None:
    """The day by which the partnership's statement of action is due, as printed (R-062)."""
    found = _STATEMENT.search(flow.text)
    due = day_in(found["day"]) if found else None
    if found is None or due is None:
        notes.doubt("The day by which the statement of action is due could not be read.")
        return None
    notes.places["statement_of_action_due"] = flow.found(found)
    if periods and not 0 < (due - periods[-1].end).days <= LONGEST_TO_STATEMENT:
        notes.doubt(f"The statement of action is due on {in_words(due)}, which cannot be right.")
        return None
    return due


def _principal(flow: TextFlow, notes: ReadingNotes) -> str | None:
    """Who has to write the statement, in the letter's words."""
    found = next((found for pattern in _PRINCIPAL if (found := pattern.search(flow.text))), None)
    if found is None:
        return None
    notes.places["principal_authority"] = flow.found(found)
    return " ".join(found["who"].split())
