"""Reads the letters on focused and monitoring visits to an authority's children's services.

The form is that of the 371 letters on focused visits from January 2018 to January 2026. No letter on a monitoring
visit was at hand: those are read by the same form, with the words that such letters use, and that was not tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from domain.frameworks import Framework
from domain.values.documents import DocumentKind, PlaceRead
from web.intake.reports.dates import days_in
from web.intake.reports.flow import BlockRole, TextBlock, TextFlow
from web.intake.reports.letter_findings import findings_of, sections_of
from web.intake.reports.letter_head import LetterHead, days_on_site, head_of, letter_day
from web.intake.reports.naming import authority_in
from web.intake.reports.notes import DocumentAsked, ReadingNotes, publication
from web.intake.reports.reading import DocumentReading

_SUBJECT = re.compile(r"(?P<kind>focuss?ed|monitoring) visits? (?:to|of|on|at)\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\bfindings\s+(?:of|from|following)\s+(?:\w+\s+){0,4}?(?P<kind>focuss?ed|monitoring)\s+visit", re.IGNORECASE
)
_OF_CHILDREN = re.compile(r"children.s (?:services|trust|social care|first)\b", re.IGNORECASE)
_KINDS = {"focused": DocumentKind.FOCUSED_VISIT_LETTER, "monitoring": DocumentKind.MONITORING_VISIT_LETTER}
_FOCUS = re.compile(
    r"\b(?:inspectors|visit)\s+(?:\w+\s+){0,2}?(?:looked(?:\s+specifically)?\s+at|considered|reviewed|evaluated|examined"
    r"|focus(?:s)?ed\s+(?:specifically\s+)?on)\s+(?!(?:a|the)\s+(?:\w+\s+)?(?:range|variety)\s+of\s+evidence)"
    r"(?P<topic>[^\n]*?)(?=[.:](?:\s|$)|\n|$)",
    re.IGNORECASE,
)
_ARRANGEMENTS = re.compile(
    r"^(?:(?:the|its|their)\s+(?=(?:local\s+authority|council|trust|authority|arrangements)\b))?"
    r"(?:(?:local\s+authority|council|trust|authority).s\s+)?"
    r"(?:(?:the\s+)?progress\s+made\s+(?:in|on|by|with)\s+(?:(?:respect|relation)\s+(?:of|to)\s+)?"
    r"(?:the\s+)?(?:areas?\s+(?:of|for)\s+(?!concern))?)?"
    r"(?:arrangements(?:\s+and\s+support)?\s+(?:for|to|at|in|of|relating\s+to)\s+)?",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"(?:the\s+)?following\b", re.IGNORECASE)
_MORE_CLOSELY = re.compile(
    r",?\s+(?:in\s+(?:accordance|line)\s+with|with\s+(?:an?\s+)?(?:\w+\s+)?focus\s+on|focus(?:s)?ing\s+(?:\w+\s+)?on)\b.*"
    r"|(?:\s+and)?,\s+(?:including|which|who|in\s+particular|specifically|such\s+as|assessing"
    r"|the\s+(?:early\s+help|service|team|hub|multi-agency|point))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"\b(?:was|is)\s+the\s+(?P<number>\w+)\s+monitoring\s+visit\b", re.IGNORECASE)
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_INSPECTOR = re.compile(
    r",?\s*\(?\b(?:(?:her|his)\s+majesty.s\s+inspector|hmi\b|lead\s+inspector|senior\s+hmi).*",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = re.compile(r"yours?\s+(?:sincerely|faithfully|truly)[,.]?\s*", re.IGNORECASE)


def read_letter(flow: TextFlow, asked: DocumentAsked) -> DocumentReading | None:
    """What a letter on a visit tells; None for any other document."""
    head = head_of(flow, _SUBJECT)
    notes = ReadingNotes()
    kind = _kind(head, notes)
    if kind is None:
        return None
    printed = letter_day(flow, head, notes)
    periods = days_on_site(_sentences(head), over_by=printed or asked.over_by, what="visit", notes=notes)
    published, read_from = publication(printed, asked=asked, periods=periods, notes=notes, what="letter")
    on = periods[0].start if periods else published
    authority = authority_in(_front(head), body=flow.text, register=asked.register, on=on)
    notes.of_authority(authority, flow)
    findings = findings_of(head.body, notes)
    covered = 8 if kind is DocumentKind.MONITORING_VISIT_LETTER else 0  # under a heading of its own
    return DocumentReading(
        kind=kind,
        urn=authority.urn,
        name=authority.name,
        framework=Framework.ILACS,
        periods=periods,
        published=published,
        published_from=read_from,
        visit_number=_number(head, notes),
        lead_inspector=_signed_by(flow, notes),
        focus=_focus((*head.opening[_of_visit(head) :], *head.body[:covered]), notes),
        priority_action=findings.priority_action,
        improvements=findings.improvements,
        priority_actions=findings.priority_actions,
        sections=sections_of(head.body),
        doubts=tuple(notes.doubts),
        uncertain=frozenset(notes.uncertain),
        places=notes.places,
    )


def _kind(head: LetterHead, notes: ReadingNotes) -> DocumentKind | None:
    """Which of the two letters it is, from its subject and its first sentence."""
    if not head.is_of_a_letter or not any(_OF_CHILDREN.search(block.text) for block in head.opening):
        return None
    for block in head.opening:
        subject = _SUBJECT.match(block.text)
        if found := subject or _SENTENCE.search(block.text):
            notes.places["kind"] = PlaceRead(block.page, block.text if subject else found[0])
            return _KINDS[found["kind"].casefold().replace("ss", "s")]
    return None


def _sentences(head: LetterHead) -> Iterator[tuple[int, str]]:
    """The opening from where it names the visit: first the sentence on its findings, then the others."""
    for block in head.opening:
        found = _SENTENCE.search(block.text)
        if found:
            yield block.page, block.text[found.start() :]
    for block in head.opening:
        if not _SENTENCE.search(block.text) and (found := _SUBJECT.search(block.text)):
            yield block.page, block.text[found.start() :]


def _of_visit(head: LetterHead) -> int:
    """Which block of the opening has the sentence on the visit."""
    return next((at for at, block in enumerate(head.opening) if _SENTENCE.search(block.text)), 0)


def _front(head: LetterHead) -> Iterator[str]:
    """Where the authority may be named, the likeliest first: the subject, the first sentence, the address."""
    if head.subject is not None:
        yield head.subject.text
    for _, sentence in _sentences(head):
        said = next(iter(days_in(sentence, over_by=date.max)), None)
        yield sentence[: said.start] if said else sentence
        yield sentence.partition(". ")[0]
    yield from head.address


def _focus(blocks: Sequence[TextBlock], notes: ReadingNotes) -> str | None:
    """The topic in the letter's own words, without the clause that says it more closely; a list where it is one."""
    for at, block in enumerate(blocks):
        for found in _FOCUS.finditer(block.text):
            topic = _MORE_CLOSELY.sub("", _ARRANGEMENTS.sub("", found["topic"], count=1))
            topic = topic.strip(" .,;:").removesuffix(".’")
            if _FOLLOWING.match(topic):
                listed = takewhile(lambda one: one.role is BlockRole.BULLET, blocks[at + 1 :])
                topic = "; ".join(one.text.strip(" .;") for one in listed)
            if topic:
                notes.places["focus"] = PlaceRead(block.page, f"{found[0].strip()}.")
                return topic
    notes.doubt("The letter does not say in a sentence what the visit looked at.")
    return None


def _number(head: LetterHead, notes: ReadingNotes) -> int | None:
    """Which of the monitoring visits since the inspection it was, where the letter counts them."""
    for block in head.opening:
        found = _NUMBERED.search(block.text)
        if found and found["number"].casefold() in _ORDINALS:
            notes.places["number"] = PlaceRead(block.page, found[0])
            return _ORDINALS.index(found["number"].casefold()) + 1
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
