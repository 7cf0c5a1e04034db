"""What is said of an inspection between its call and its report; of days only what was known on the day asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.rulebook.announced.calls import LONGEST_WAIT, FieldworkDays, UnderWay
from domain.rulebook.announced.days import both_lengths
from domain.rulebook.results import WindowStatus
from domain.rulebook.working_days import BankHolidays
from domain.values.words import in_words, number_in_words, span_in_words


def how_far(one: UnderWay, on: date) -> str:
    """Where it stands on a day, in a sentence or two."""
    match one.announced.status:
        case WindowStatus.ANNOUNCED:
            return expected_on_site(one.announced.notified_on, one.then)
        case WindowStatus.ON_SITE:
            return _on_site(one, on)
        case WindowStatus.PAUSED:
            return " ".join(_paused(one, on))
        case _:
            return " ".join(_awaited(one, on))


def expected_on_site(notified: date | None, days: FieldworkDays) -> str:
    """`Ofsted called on 2 June 2025; inspectors are expected on site from 9 to 13 June 2025.`"""
    called = f"Ofsted called on {in_words(notified)}" if notified is not None else "Ofsted called"
    if days.first is None:
        return f"{called}; when inspectors are expected on site is not known."
    by = ", as follows from the call" if days.by_call is not None else ", as announced"
    return f"{called}; inspectors are expected on site from {span_in_words(days.first, days.last)}{by}."


def expected_by_now(first: date, last: date | None) -> str:
    """Of days on site that have begun, and of which nobody told that inspectors came."""
    until = f" until {in_words(last)}" if last is not None else ""
    return f"Inspectors were expected from {in_words(first)}{until}; nothing recorded here says yet that they came."


def lengths(one: UnderWay, holidays: BankHolidays) -> str | None:
    """How long a short and a standard inspection would take, where nobody told which it is; None where that is known,
    where days were named, or inspectors have left (R-100)."""
    notified = one.announced.notified_on
    named = one.then.by_call is None
    if one.told or named or notified is None or one.announced.status is not WindowStatus.ANNOUNCED:
        return None
    found = both_lengths(notified, holidays)
    if len(found) < 2:
        return None
    short, standard = (span_in_words(days.first, days.last) for days in found)
    return f"Its type was not told: a short one would be on site from {short}, a standard one from {standard} (R-100)."


def have_left(one: UnderWay | None) -> str:
    """That inspectors have left, or were expected to, of an inspection whose report is awaited; to go on with."""
    if one is None or one.then.ended:
        return "Inspectors have left and the report is not public yet"
    if one.then.begun:
        return "Inspectors were expected to have left by now, and the report is not public yet"
    return "Inspectors were expected to have come and left by now, and no report is public"


def _on_site(one: UnderWay, on: date) -> str:
    since = max(start for start, _ in one.days.periods if start <= on)
    if not one.days.begun:
        return expected_by_now(since, one.then.last)
    since_then = f"Inspectors have been on site since {in_words(since)}"
    last = one.then.last
    return f"{since_then}, as is expected until {in_words(last)}." if last and last >= on else f"{since_then}."


def _paused(one: UnderWay, on: date) -> Iterator[str]:
    since = in_words(max(end for _, end in one.days.periods if end < on))
    if one.days.broken_off:
        yield f"The inspection was broken off on {since}; nothing recorded here says that it was resumed."
    else:
        yield f"The inspection that was broken off on {since} had not been resumed."
    if one.announced.unheard_of:
        yield (
            "No break measured was longer, and no report took longer than "
            f"{number_in_words(LONGEST_WAIT, 'working day')}: whether inspectors came back, or the report is out, is "
            "not known here."
        )
    else:
        yield "Between its periods on site no report is awaited and none is late (R-059)."


def _awaited(one: UnderWay, on: date) -> Iterator[str]:
    last = one.days.last or on
    if one.days.ended:
        yield f"Inspectors were last on site on {in_words(last)}; the report is not public yet."
    else:
        yield (
            f"Inspectors were expected on site until {in_words(last)}; nothing recorded here says when they left, and "
            "no report is held."
        )
    if one.announced.unheard_of:
        yield (
            f"No report measured took longer than {number_in_words(LONGEST_WAIT, 'working day')}: whether the "
            "inspection took place, was called off or has been reported on is not known here."
        )
