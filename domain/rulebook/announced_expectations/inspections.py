"""What a call does to the expectation of the next graded inspection: its status, its sentence, its rules (R-097)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.rulebook.announced.words import how_far, lengths
from domain.rulebook.evidence import CalledWithoutWindow, Worked
from domain.rulebook.results import Expectation, Pathway, WindowStatus
from domain.rulebook.situation import Situation
from domain.values.statements import Kind


def status_with_call(now: Situation, status: WindowStatus) -> WindowStatus:
    """That of the inspection under way. Without one the status given, and where more time went by than any report
    measured took, with nothing heard: the window counts again (R-103)."""
    coming = now.under_way
    return status if coming is None or coming.announced.unheard_of else coming.announced.status


def has_come(now: Situation) -> bool:
    """An inspection is under way, as far as anything is known of it."""
    return now.under_way is not None and not now.under_way.announced.unheard_of


def with_call(now: Situation, why: str) -> str:
    """The sentence on the window, after that on the inspection under way."""
    return why if now.under_way is None else f"{how_far(now.under_way, now.on)} {why}"


def rules_of_call(now: Situation) -> tuple[str, ...]:
    """The rules that an expectation rests on beside its own, while an inspection is under way."""
    coming = now.under_way
    if coming is None:
        return ()
    return ("R-097", "R-100") if coming.then.by_call is not None else ("R-097",)


def length_not_told(now: Situation) -> str | None:
    """Both lengths, where nobody told which kind of inspection was called."""
    return None if now.under_way is None else lengths(now.under_way, now.holidays)


def only_called(now: Situation) -> bool:
    """Nothing known by the day says that the inspectors of the one under way came."""
    return has_come(now) and now.under_way is not None and now.under_way.announced.only_called


def called_inspection(now: Situation) -> Iterator[Worked]:
    """The inspection under way where nothing tells of a window: its type where that was told (R-097, R-100, R-103)."""
    coming = now.under_way
    if coming is None or not has_come(now):
        return
    type_ = coming.announced.type if coming.told else None
    unsure = length_not_told(now)
    expected = Expectation(
        activity=type_.value if type_ is not None else Kind.INSPECTION.value,
        basis="announced",
        due_from=coming.then.first,
        due_to=coming.then.last,
        status=coming.announced.status,
        why=f"{how_far(coming, now.on)} {without_window(now)}",
        rules=(*rules_of_call(now), "R-103"),
        caveats=() if unsure is None else (unsure,),
        about=coming.activity.id,
        only_called=only_called(now),
    )
    yield Worked(expected, CalledWithoutWindow(coming.activity, coming.then.first, coming.then.last))


def without_window(now: Situation) -> str:
    """Why no window is counted, and what its report brings."""
    because = "The pathway is not known, so" if now.pathway is Pathway.UNKNOWN else "No rule tells the months, so that"
    return f"{because} no window is counted; pathway and window come with the report."
