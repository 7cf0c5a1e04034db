"""What a comparison is called in words: grades as letters, the next inspection, shares, and whom one is beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.register.neighbours import KINDS, kind_of
from domain.rulebook.results import WindowStatus
from domain.values.activities import AuthorityFacts
from domain.values.known_until import KnownKind, KnownUntil
from domain.values.words import listed
from projections.engine.answers import CalledInspection, PlannedWindow, WithoutWindow
from projections.outlook.neighbours import Beside
from web.charts.windows_strip import Spans
from web.words import words
from web.words.lists.letters import SHORT_TYPES, short_month

WITHOUT: Mapping[WithoutWindow, str] = {
    WithoutWindow.NOT_YET_JUDGED: "No graded report yet",
    WithoutWindow.UNKNOWN: "Not known",
    WithoutWindow.NOT_COUNTED: "Not counted",
    WithoutWindow.ABOLISHED: "Ended",
    WithoutWindow.ENDS_BEFORE: "Ends before",
}
PER_CENT_ABOVE = 40
"""A share of so many or fewer is told as `6/9`: a per cent would say more than is known."""

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def share(number: int, of: int) -> str:
    """`75%` of many, `6/9` of few, a dash of none."""
    if not of:
        return "–"
    return f"{round(100 * number / of)}%" if of > PER_CENT_ABOVE else f"{number}/{of}"


def share_in_words(number: int, of: int) -> str:
    """`6 of 9`, or `75%`."""
    return share(number, of).replace("/", " of ")


def next_in_words(found: CalledInspection | PlannedWindow | WithoutWindow) -> str:
    """`Short, Jan 27 to Jan 28`; of one that has come how far it is."""
    if isinstance(found, WithoutWindow):
        return WITHOUT[found]
    if isinstance(found, CalledInspection):
        return words.window_state(found.announced.status, only_called=found.announced.only_called)
    return f"{SHORT_TYPES[found.type]}, {short_month(found.opens)} to {short_month(found.closes)}"


def spans(
    name: str, found: CalledInspection | PlannedWindow | WithoutWindow, forecast: tuple[date, date] | None
) -> Spans:
    """What is drawn of it."""
    if not isinstance(found, PlannedWindow):
        return Spans(name, None, None)
    past = found.status in (WindowStatus.OVERDUE, WindowStatus.NOT_KNOWN)
    return Spans(name, (found.opens, found.closes), forecast, past)


def spelt(number: int) -> str:
    """`ten`, `11`."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def kind_called(authority: AuthorityFacts) -> str:
    """`County councils`; nothing where its code does not say of which kind it is."""
    return KINDS.get(kind_of(authority.gss_code), "")


def group_called(beside: Beside, authority: AuthorityFacts, number: int) -> str:
    """The line under the rows that sums them up."""
    if beside is Beside.NEIGHBOURS:
        return (
            words.sentence(words.count(number, "neighbour"))
            if number > 10
            else f"{spelt(number).capitalize()} " + ("neighbour" if number == 1 else "neighbours")
        )
    if beside is Beside.KIND:
        return f"The other {words.small(kind_called(authority))}"
    return {Beside.REGION: f"The others in {authority.region}", Beside.CHOSEN: "Those you chose"}[beside]


def of_group(beside: Beside, authority: AuthorityFacts, number: int) -> str:
    """In a sentence: `its ten neighbours`."""
    if beside is Beside.NEIGHBOURS:
        return f"its {spelt(number)} neighbours"
    if beside is Beside.KIND:
        return f"the {number} other {words.small(kind_called(authority))}"
    if beside is Beside.REGION:
        return f"the {spelt(number)} others in {authority.region}"
    return f"the {spelt(number)} you chose"


def heading(beside: Beside, authority: AuthorityFacts) -> str:
    if beside is Beside.NEIGHBOURS:
        return f"{authority.name} beside similar authorities"
    if beside is Beside.KIND:
        return f"{authority.name} beside other {words.small(kind_called(authority))}"
    if beside is Beside.REGION:
        return f"{authority.name} beside others in {authority.region}"
    return f"{authority.name} beside those you chose"


VISITS_CALLED = (
    (KnownKind.FOCUSED_VISIT, "focused visits"),
    (KnownKind.MONITORING_VISIT, "monitoring visits"),
    (KnownKind.JTAI, "joint inspections"),
)


def visits_known(known: KnownUntil) -> str:
    """Until when visits are known: after that, none is not told."""
    told = [f"{called} until {words.day(day)}" for kind, called in VISITS_CALLED if (day := known.until(kind))]
    silent = [called for kind, called in VISITS_CALLED if known.until(kind) is None]
    said = f"Known are {listed(told)}." if told else ""
    return f"{said} Of all {listed(silent, last='or')} no source tells.".strip() if silent else said
