"""The five elements of the inspection system in words: of each its state, one line, and what was done and is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.rulebook.elements.goes_in import GOES_IN, RETURNS, GoesIn, last_returns
from domain.rulebook.elements.picture import Element, ElementNow, ElementState, FiveElements
from domain.rulebook.results import InterimType, Pathway
from domain.rulebook.succession.ending import end_in_words
from domain.values.activities import Activity
from domain.values.elements import AgendaPart
from domain.values.statements import Kind
from domain.values.words import capital, listed, spelt
from web.words import words
from web.words.summary import Expected, expected, in_order, when

ELEMENTS: Mapping[Element, str] = {
    Element.SELF_EVALUATION: "Self-evaluation",
    Element.ENGAGEMENT_MEETING: "Annual engagement meeting",
    Element.HELD_BY_OFSTED: "What Ofsted holds",
    Element.INSPECTION: "Inspection",
    Element.VISITS: "Focused visits",
}
MONITORED = "Monitoring visits"
"""What the element of visits is called while an authority is inadequate."""

STATES: Mapping[ElementState, tuple[str, str]] = {
    ElementState.DONE: ("Done", "green"),
    ElementState.PARTLY: ("Partly done", "blue"),
    ElementState.EXPECTED: ("To come", "blue"),
    ElementState.CALLED: ("Called", "blue"),
    ElementState.UNDER_WAY: ("Under way", "blue"),
    ElementState.LATE: ("Past its day", "amber"),
    ElementState.NOT_RECORDED: ("None recorded", "grey"),
    ElementState.NOT_KNOWN: ("Not known", "grey"),
    ElementState.NOT_OURS: ("Ofsted’s own", "grey"),
    ElementState.NOT_EXPECTED: ("None to come", "grey"),
}
"""A state in words, and the colour that goes with them."""

PARTS: Mapping[AgendaPart, str] = {
    AgendaPart.SOCIAL_CARE: "children’s social care",
    AgendaPart.EDUCATION: "education",
    AgendaPart.EARLY_YEARS: "early years",
}
"""What an annual engagement meeting may cover (R-066)."""

QUESTIONS: Mapping[str, str] = {
    "known": "What do you know about the quality and impact of social work practice in your local authority?",
    "how_known": "How do you know it?",
    "plans": "What are your plans for the next 12 months to maintain or improve practice?",
}
"""The three questions of a self-evaluation, as Ofsted puts them (R-065), by the field that holds the answer."""

COUNTED: Mapping[Kind, str] = {
    Kind.SELF_EVALUATION: "self-evaluation",
    Kind.ENGAGEMENT_MEETING: "engagement meeting",
    Kind.DATA_RETURN: "data return",
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.JTAI: "joint inspection",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.ACTION_PLANNING_VISIT: "action planning visit",
}


@dataclass(frozen=True)
class DoneShown:
    """Something that was done, with the entry that tells of it."""

    id: UUID
    text: str


@dataclass(frozen=True)
class ElementShown:
    """One element, ready to print. `key` names its sign; `short` is for the strip, `line` for the description of the
    picture, the rest for the table."""

    key: str
    sign: str
    name: str
    state: str
    colour: str
    line: str
    short: str
    done: tuple[DoneShown, ...]
    left: tuple[Expected, ...]
    remarks: tuple[str, ...]
    not_known: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class GoesInShown:
    """A row of what goes into what Ofsted holds, with the last return recorded under its name."""

    row: GoesIn
    last: DoneShown | None


@dataclass(frozen=True)
class ElementsShown:
    """The picture in words: the sentence before it, the five, and what goes into what Ofsted holds.

    `others` are data returns recorded under other names."""

    sentence: str
    elements: tuple[ElementShown, ...]
    goes_in: tuple[GoesInShown, ...]
    others: tuple[DoneShown, ...]


def elements_shown(found: FiveElements) -> ElementsShown:
    newest = last_returns(found.returns)
    return ElementsShown(
        sentence=sentence(found),
        elements=tuple(_shown(one, found) for one in found.elements),
        goes_in=tuple(GoesInShown(row, _done(newest.get(row.name))) for row in GOES_IN if row.in_force(found.on)),
        others=tuple(done for name, one in newest.items() if name not in RETURNS and (done := _done(one))),
    )


def sentence(found: FiveElements) -> str:
    """What the picture says: how much of the present cycle is held here, and what comes next."""
    counts: dict[Kind, int] = {}
    for one in found.elements:
        if one.element is not Element.INSPECTION:
            for activity in one.done:
                counts[activity.kind] = counts.get(activity.kind, 0) + 1
    told = [_number(counts[kind], kind) for kind in COUNTED if kind in counts]
    since = f"Since the inspection that ended on {words.day(found.since)}" if found.since else "So far"
    are = "is" if sum(counts.values()) == 1 else "are"
    held = f"{listed(told)} {are} held here" if told else "nothing of the other four elements is held here"
    who = found.authority
    ends = end_in_words(who)
    if found.ended and who.abolished_on is not None:
        ends = f"{who.name} ended on {words.day(who.abolished_on)}."
    told_last = f" {ends}" if ends else ""
    return f"{since}, {held}. {capital(_inspection(found.of(Element.INSPECTION), found))}.{told_last}"


def _number(number: int, kind: Kind) -> str:
    return f"{spelt(number)} {COUNTED[kind]}{'' if number == 1 else 's'}"


def _shown(one: ElementNow, found: FiveElements) -> ElementShown:
    state, colour = STATES[one.state]
    left = tuple(expected(row, found.on) for row in one.left)
    return ElementShown(
        key=one.element.value,
        sign=one.state.value,
        name=MONITORED if _monitored(one, found) else ELEMENTS[one.element],
        state=state,
        colour=colour,
        line=(line := _LINES[one.element](one, found)),
        short=_SHORTER[one.element](one, found) if one.element in _SHORTER else line,
        done=tuple(done for activity in one.done if (done := _done(activity))),
        left=left,
        remarks=one.remarks,
        not_known=() if one.element is Element.VISITS and _to_begin(found) else one.not_known,
        rules=in_order(rule for row in one.left for rule in row.rules),
    )


def _to_begin(found: FiveElements) -> date | None:
    """The day on which the authority begins, where that is still to come."""
    formed = found.authority.formed_on
    return formed if formed is not None and formed > found.on else None


def _monitored(one: ElementNow, found: FiveElements) -> bool:
    monitored = any(row.activity == InterimType.MONITORING_VISIT.value for row in one.left)
    return one.element is Element.VISITS and (monitored or found.pathway is Pathway.INADEQUATE)


def _done(activity: Activity | None) -> DoneShown | None:
    if activity is None:
        return None
    return DoneShown(activity.id, _told(activity))


def _told(activity: Activity) -> str:
    if activity.kind is Kind.DATA_RETURN:
        return f"{activity.title or words.KINDS[activity.kind]}, {words.happened(activity)}"
    letter = f"; letter received {words.day(activity.letter_received)}" if activity.letter_received else ""
    return f"{words.title(activity)}, {words.happened(activity)}{letter}"


# --- a line each ----------------------------------------------------------------------------------------------------


def _self_evaluation(one: ElementNow, found: FiveElements) -> str:
    return "; ".join(_yearly(one, "shared", "none recorded here; shared each year before the meeting"))


def _engagement_meeting(one: ElementNow, found: FiveElements) -> str:
    return "; ".join(_yearly(one, "held", "none recorded here; held once a year"))


def _yearly(one: ElementNow, happened: str, none: str) -> Iterator[str]:
    if one.done:
        yield f"{happened} {words.happened(one.done[0])}"
        if len(one.done) > 1:
            yield f"{spelt(len(one.done))} in this cycle"
    elif one.before is not None:
        yield f"last {happened} {words.happened(one.before)}, before this cycle"
    else:
        yield none
    if one.state is ElementState.NOT_KNOWN:
        yield "whether again since is not known"
    due = next((row for row in one.left if row.activity == one.element.value and row.due_to is not None), None)
    if due is not None and one.state is not ElementState.NOT_KNOWN:
        was = "was due " if one.state is ElementState.LATE else ""
        yield f"next {was}{when(due)}{' (inferred)' if due.inferred else ''}"


def _held_by_ofsted(one: ElementNow, found: FiveElements) -> str:
    newest = one.done[0] if one.done else one.before
    last = f"last data return recorded: {_told(newest)}" if newest else "no data return recorded"
    return f"its own data and intelligence, never published; {last}"


def _visits(one: ElementNow, found: FiveElements) -> str:
    counts = [
        _number(number, kind) for kind in COUNTED if (number := sum(activity.kind is kind for activity in one.done))
    ]
    since = f" since {words.month(found.since)}" if found.since else ""
    told = [f"{listed(counts)}{since}" if counts else f"none recorded here{since}"]
    if begins_on := _to_begin(found):
        told.append(f"{found.authority.name} begins on {words.day(begins_on)}")
    elif one.state is ElementState.NOT_KNOWN:
        told.append("whether more came is not known" if one.done else "whether one came is not known")
    elif one.usual is not None and one.state is not ElementState.NOT_EXPECTED:
        told.append(f"{spelt(one.usual)} {'is' if one.usual == 1 else 'are'} usual between inspections")
    elif one.left and one.left[0].due_from is not None:
        told.append(f"next about {words.day(one.left[0].due_from)}")
    return "; ".join(told)


_PAST = {
    ElementState.LATE: "its time is past, as far as is known",
    ElementState.NOT_KNOWN: "whether it came is not known",
}


def _inspection(one: ElementNow, found: FiveElements) -> str:
    report = found.governing
    last = f"last report {words.month(report.public_on)}" if report is not None else "no report held here decides"
    if one.state is ElementState.NOT_EXPECTED:
        return f"{last}; none is to come{'' if found.ended else ' before its end'}"
    if one.state in (ElementState.CALLED, ElementState.UNDER_WAY):
        return f"{last}. {one.remarks[0].rstrip('.')}" if one.remarks else f"{last}; the next is under way"
    row = next((row for row in one.left if row.activity != InterimType.REPORT_PUBLICATION.value), None)
    if row is None or row.due_to is None:
        return f"{last}; when the next comes is not known"
    tail = f"; {_PAST[one.state]}" if one.state in _PAST else ""
    return f"{last}; {words.small(words.expectation(row.activity))} expected {when(row)}{tail}"


_LINES = {
    Element.SELF_EVALUATION: _self_evaluation,
    Element.ENGAGEMENT_MEETING: _engagement_meeting,
    Element.HELD_BY_OFSTED: _held_by_ofsted,
    Element.INSPECTION: _inspection,
    Element.VISITS: _visits,
}


def _held_shortly(one: ElementNow, found: FiveElements) -> str:
    newest = one.done[0] if one.done else one.before
    return f"its own data and intelligence, never published{f'; last return {_told(newest)}' if newest else ''}"


def _inspection_shortly(one: ElementNow, found: FiveElements) -> str:
    row = next((row for row in one.left if row.activity != InterimType.REPORT_PUBLICATION.value), None)
    if found.governing is None or row is None or row.due_from is None or row.due_to is None:
        return _inspection(one, found)
    last = f"last report {words.month(found.governing.public_on)}"
    if one.state is ElementState.EXPECTED:
        return f"{last}; next from {words.month(row.due_from)}"
    if one.state in _PAST:
        return f"{last}; expected {words.month(row.due_from)} to {words.month(row.due_to)}; {_PAST[one.state]}"
    return _inspection(one, found)


_SHORTER = {Element.HELD_BY_OFSTED: _held_shortly, Element.INSPECTION: _inspection_shortly}
