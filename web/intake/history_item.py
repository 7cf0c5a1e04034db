"""A history item: how one inspection, visit, meeting, letter or deadline is written in a history document.

`said_of` reads an item, `item_of` writes one; the timeline's JSON, the export and the import use the same keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import Any, TypeVar

from domain.frameworks import Area, Framework, Grade, scale_to_name
from domain.rulebook.other_inspections.words import OUTCOMES
from domain.rulebook.succession.successions import SUCCESSIONS
from domain.values.activities import Activity
from domain.values.errors import RuleBroken
from domain.values.judgements import Judgements
from domain.values.statements import Citation, Kind, Period, PeriodOnSite, Rating, Stated, Variant
from domain.values.words import in_words
from web.intake.cells import RowRejected, unheard
from web.words.written_days import UnreadableDay, day_written

LONGEST_TEXT = 5_000
LONGEST_LABEL = 500
LONGEST_AREA = 50
MOST_TEXTS = 200
MOST_OUTCOMES = 9
EARLIEST = date(1900, 1, 1)
LATEST_DUE = date(2100, 1, 1)

_DAYS = {
    "start": "start",
    "end": "end",
    "date": "on",
    "published": "published",
    "notified": "notified",
    "received": "received",
    "letter_received": "letter_received",
    "published_by_council": "published_by_council",
    "priority_action_resolved": "priority_action_resolved",
    "call_withdrawn": "call_withdrawn",
    "paused": "paused",
    "resumed": "resumed",
}
_DUE = {
    "statement_of_action_due": "statement_due",
    "next_by": "next_by",
    "expected_start": "expected_start",
    "expected_end": "expected_end",
}
"""Days that may lie in the future."""
_LABELS = ("focus", "theme", "subtype", "number_confidence", "cycle", "inspectorate", "title")
_TEXTS = {"priority_actions": "priority_actions", "areas_for_improvement": "improvements", "topics": "topics"}
_YES_OR_NO = {
    "areas_for_priority_action": "priority_action",
    "published_by_ofsted": "published_by_ofsted",
    "letter_unpublished": "letter_unpublished",
}
_COUNTS = {"apa_count": "priority_action_count", "number": "number"}

_E = TypeVar("_E", bound=Enum)


# --- writing --------------------------------------------------------------------------------------------------------


def item_of(held: Activity | Stated, *, sources: Sequence[Citation] | None = None) -> dict[str, Any]:
    """An activity as held, or what one source says of it, as a history item: plain values, dates as ISO text.

    What is not known has no key. `sources` are an activity's own unless given; a saying's are given or left out."""
    item: dict[str, Any] = {"type": held.kind.value}
    for key, enumerated in (("framework", held.framework), ("variant", held.variant)):
        if enumerated is not None:
            item[key] = enumerated.value
    for key, attribute in (_DAYS | _DUE).items():
        day = getattr(held, attribute)
        if day is not None:
            # The day of a succession may lie far ahead: it is written under `on`.
            item["on" if key == "date" and held.kind in SUCCESSIONS else key] = day.isoformat()
    if held.successors:
        item["successors"] = list(held.successors)
    if held.order is not None:
        item["order"] = held.order
    if held.period is not None:
        item["period"] = held.period.text
        item["date_precision"] = held.period.precision
    if len(held.grades):
        item["grades"] = {area.value: grade.value for area, grade in held.grades}
        if (scale := scale_to_name(grade for _, grade in held.grades)) is not None:
            item["scale"] = scale
    if isinstance(held, Stated) and held.not_judged:
        item["not_judged"] = [area.value for area in held.not_judged]
    for key, attribute in ({label: label for label in _LABELS} | _YES_OR_NO | _COUNTS).items():
        value = getattr(held, attribute)
        if value is not None:
            item[key] = value
    for key, attribute in _TEXTS.items():
        if texts := getattr(held, attribute):
            item[key] = list(texts)
    if held.outcome is not None:
        item["outcome"] = held.outcome
    if held.ratings:
        item["ratings"] = {one.area: one.rating for one in held.ratings}
    if held.periods:
        item["periods"] = [{"start": one.start.isoformat(), "end": one.end.isoformat()} for one in held.periods]
    if held.improvement_outcomes:
        item["improvement_outcomes"] = [list(outcomes) for outcomes in held.improvement_outcomes]
    if held.note is not None:
        item["note"] = held.note
    if sources is None and isinstance(held, Activity):
        sources = held.sources
    if sources is not None:
        item["sources"] = [_source(citation) for citation in sources]
    return item


def _source(citation: Citation) -> dict[str, str | int]:
    held = {"title": citation.title, "url": citation.url, "page": citation.page, "sha256": citation.sha256}
    return {key: value for key, value in held.items() if value}


# --- reading --------------------------------------------------------------------------------------------------------


def said_of(
    item: Mapping[str, Any],
    *,
    latest: date = LATEST_DUE,
    read_on: date | None = None,
    dated: bool = True,
    hear: Callable[[str], None] = unheard,
) -> Stated:
    """What an item says. Unknown keys are passed over; days after `latest` are refused, except deadlines.

    Days on site after `read_on`, or after `latest`, are taken for those announced where a call is told of, never for
    what happened.

    `dated` asks for at least one date, which a statement about a known entry need not have; `hear` is told how days
    were read that were not written as 2018-03-12. Raises RowRejected."""
    kind = _one_of(Kind, item.get("type"), "type")
    is_deadline = kind in (Kind.ACTION_PLAN_DUE, Kind.DRAFT_ACTION_PLAN_DUE)
    values: dict[str, Any] = {}
    item, announced = _as_announced(item, min(read_on or latest, latest)) if kind.on_site else (item, {})
    for key, attribute in _DAYS.items():
        values[attribute] = _day(item, key, LATEST_DUE if is_deadline else latest, hear)
    for key, attribute in _DUE.items():
        values[attribute] = _day(item, key, LATEST_DUE, hear)
    if kind in SUCCESSIONS:
        values |= _succession(item, kind, latest, hear)
    if kind.on_site and values["start"] is None:
        values["start"], values["on"] = values["on"], None
    values["framework"] = _optional(Framework, item, "framework")
    values["variant"] = _optional(Variant, item, "variant")
    values["period"] = _period(item, latest)
    values["grades"] = _grades(item)
    values["not_judged"] = tuple(_one_of(Area, area, "not_judged") for area in _list(item, "not_judged"))
    for label in _LABELS:
        values[label] = _text(item, label, LONGEST_LABEL)
    values["note"] = _text(item, "note", LONGEST_TEXT)
    for key, attribute in _TEXTS.items():
        values[attribute] = _texts(item, key)
    for key, attribute in _YES_OR_NO.items():
        values[attribute] = _yes_or_no(item, key)
    if isinstance(item.get("areas_for_priority_action"), list):
        values["priority_actions"] = _texts(item, "areas_for_priority_action") or values["priority_actions"]
    for key, attribute in _COUNTS.items():
        values[attribute] = _count(item, key)
    values["improvement_outcomes"] = _outcomes(item, len(values["improvements"]))
    values["outcome"] = _outcome(item, kind)
    values["ratings"] = _ratings(item)
    _take_periods(item, values, latest)
    values |= announced
    said = Stated(kind, **values)
    try:
        said.must_be_dated()
    except RuleBroken:
        if dated and said.letter_received is None and said.received is None and said.published_by_council is None:
            raise RowRejected("it has no date, no period and no day of publication") from None
    return said


def _succession(item: Mapping[str, Any], kind: Kind, latest: date, hear: Callable[[str], None]) -> dict[str, Any]:
    """The vesting day (of a cancellation that day, or its own), who follows, and the order: a text, or a title with an
    address."""
    announced = kind is Kind.SUCCESSION_ANNOUNCED
    key = next((key for key in ("on", "date") if key in item), "on")
    order = item.get("order")
    if isinstance(order, Mapping):
        order = ", ".join(text for part in ("title", "url", "address") if (text := _text(order, part, LONGEST_LABEL)))
    told = {"on": item.get(key), "order": order, "successors": item.get("successors")}
    successors = told["successors"]
    if isinstance(successors, list):
        told["successors"] = [str(one) if type(one) is int else one for one in successors]
    elif isinstance(successors, str):
        told["successors"] = [successors]
    day = _day(told, "on", LATEST_DUE if announced or item.get("published") is not None else latest, hear)
    return {"on": day, "successors": _texts(told, "successors"), "order": _text(told, "order", LONGEST_LABEL)}


def citations_of(item: Mapping[str, Any], key: str = "sources") -> tuple[Citation, ...]:
    """The item's sources, in order. An address that is not a plain web address is kept as part of the title.

    Raises RowRejected."""
    given = item.get(key)
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > MOST_TEXTS:
        raise RowRejected(f"its {key!r} are not a list of sources")
    citations = []
    for source in given:
        if not isinstance(source, Mapping):
            raise RowRejected(f"one of its {key!r} is not a title with an address")
        title = _text(source, "title", LONGEST_LABEL) or "Source"
        address = _text(source, "url", LONGEST_LABEL)
        seed = _text(source, "seed", LONGEST_LABEL)
        if address is not None and not re.fullmatch(r"https?://[!-~]+", address):
            title, address = f"{title} ({address})", None
        page, digest = source.get("page"), source.get("sha256")
        citations.append(
            Citation(
                f"{title} ({seed})" if seed else title,
                address,
                page if type(page) is int and 0 < page < 10_000 else None,
                digest if isinstance(digest, str) and re.fullmatch(r"[0-9a-f]{64}", digest) else None,
            )
        )
    return tuple(citations)


def _one_of(kind: type[_E], given: object, key: str) -> _E:
    if isinstance(given, str):
        for member in kind:
            if member.value.casefold() == given.strip().casefold():
                return member
    known = ", ".join(str(member.value) for member in kind)
    raise RowRejected(f"{_quoted(given)} is no {key.replace('_', ' ')}; known are {known}")


def _optional(kind: type[_E], item: Mapping[str, Any], key: str) -> _E | None:
    given = item.get(key)
    return None if given is None else _one_of(kind, given, key)


def _day(item: Mapping[str, Any], key: str, latest: date, hear: Callable[[str], None] = unheard) -> date | None:
    given = item.get(key)
    if given is None:
        return None
    day = day_from(given)
    if day is None:
        day = _day_in_words(given, key)
        hear(f"{_quoted(given)} under {key!r} was read as {in_words(day)}")
    if day > latest:
        raise RowRejected(f"the day {day.isoformat()} under {key!r} lies in the future")
    if day < EARLIEST:
        raise RowRejected(f"the day {day.isoformat()} under {key!r} is too long ago")
    return day


def _day_in_words(given: object, key: str) -> date:
    try:
        return day_written(given if isinstance(given, str) else "").day
    except UnreadableDay as reason:
        why = f": {reason}" if str(reason) else ""
        raise RowRejected(f"{_quoted(given)} under {key!r} is not a day such as 2018-03-12{why}") from None


def day_from(given: object) -> date | None:
    """An ISO day as text, or None for anything else."""
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given.strip(), re.ASCII):
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        return None


def _period(item: Mapping[str, Any], latest: date) -> Period | None:
    given = item.get("period")
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise RowRejected(f"{_quoted(given)} under 'period' is not a year or a month such as 2022-09")
    try:
        period = Period(str(given).strip())
    except RuleBroken as reason:
        raise RowRejected(str(reason)) from None
    if period.first_day > latest:
        raise RowRejected(f"the period {period.text} lies in the future")
    return period


def _as_announced(item: Mapping[str, Any], day_read: date) -> tuple[Mapping[str, Any], Mapping[str, date]]:
    """The item without days on site after a day, and those as announced; as it is where no call is told of."""
    if item.get("notified") is None:
        return item, {}
    of_periods = [one for one in _list(item, "periods") if isinstance(one, Mapping)]
    given = {"start": item.get("start") or item.get("date"), "end": item.get("end")}
    if of_periods:
        given = {"start": of_periods[0].get("start"), "end": of_periods[-1].get("end")}
    days = {key: day for key, value in given.items() if (day := day_from(value)) is not None and day > day_read}
    if not days:
        return item, {}
    left_out = {*days, "periods", *(("date",) if "start" in days else ())}
    announced = {f"expected_{key}": day for key, day in days.items() if day <= LATEST_DUE}
    return {key: value for key, value in item.items() if key not in left_out}, announced


def _take_periods(item: Mapping[str, Any], values: dict[str, Any], latest: date) -> None:
    """Put the periods on site among the values, where there are two or more; they give the first and the last day.

    Raises RowRejected where they are out of order, or an item's own first and last day are others."""
    periods = []
    for given in _list(item, "periods"):
        if not isinstance(given, Mapping):
            raise RowRejected("one of its 'periods' is not a first and a last day")
        start, end = _day(given, "start", latest), _day(given, "end", latest)
        if start is None or end is None:
            raise RowRejected("one of its 'periods' lacks its first or its last day")
        periods.append(PeriodOnSite(start, end))
    if not periods:
        return
    days = [day for one in periods for day in (one.start, one.end)]
    if sorted(days) != days or any(one.end >= other.start for one, other in pairwise(periods)):
        raise RowRejected("its 'periods' do not follow each other")
    for key, day in (("start", days[0]), ("end", days[-1])):
        if values[key] not in (None, day):
            raise RowRejected(f"its {key!r} is not that of its 'periods'")
        values[key] = day
    values["periods"] = tuple(periods) if len(periods) > 1 else ()


def _outcomes(item: Mapping[str, Any], items: int) -> tuple[tuple[int, ...], ...]:
    given = _list(item, "improvement_outcomes")
    sound = all(
        isinstance(one, list)
        and len(one) <= MOST_OUTCOMES
        and all(type(number) is int and 0 < number < 100 for number in one)
        for one in given
    )
    if not sound or len(given) not in (0, items):
        raise RowRejected("its 'improvement_outcomes' are not a list of numbers for each area for improvement")
    return tuple(tuple(outcomes) for outcomes in given)


def _outcome(item: Mapping[str, Any], kind: Kind) -> int | None:
    given = item.get("outcome")
    if given is None or kind is not Kind.AREA_SEND:
        return None
    if isinstance(given, str) and given.isascii() and given.isdigit():
        given = int(given[:4])
    if type(given) is not int or given not in OUTCOMES:
        raise RowRejected(f"{_quoted(given)} under 'outcome' is none of the outcomes 1, 2 and 3")
    return given


def _ratings(item: Mapping[str, Any]) -> tuple[Rating, ...]:
    given = item.get("ratings")
    if given is None:
        return ()
    if not isinstance(given, Mapping) or len(given) > MOST_TEXTS:
        raise RowRejected("its 'ratings' are not areas with a rating each")
    found = []
    for area, rating in given.items():
        if not (isinstance(area, str) and isinstance(rating, str)):
            raise RowRejected("its 'ratings' are not areas with a rating each")
        found.append(Rating(sound_text(area, "ratings", LONGEST_AREA), sound_text(rating, "ratings", LONGEST_LABEL)))
    return tuple(one for one in found if one.area and one.rating)


def _list(item: Mapping[str, Any], key: str) -> list[Any]:
    given = item.get(key)
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > MOST_TEXTS:
        raise RowRejected(f"its {key!r} are not a list")
    return given


def _grades(item: Mapping[str, Any]) -> Judgements:
    given = item.get("grades")
    if given is None:
        return Judgements()
    if not isinstance(given, Mapping):
        raise RowRejected("its 'grades' are not areas with a grade each")
    stated = {area: grade for area, grade in given.items() if grade is not None}
    return Judgements.of(
        {_one_of(Area, area, "area"): _one_of(Grade, grade, "grade") for area, grade in stated.items()}
    )


def _text(item: Mapping[str, Any], key: str, longest: int) -> str | None:
    given = item.get(key)
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise RowRejected(f"{key!r} is not text")
    return sound_text(str(given), key, longest) or None


def _texts(item: Mapping[str, Any], key: str) -> tuple[str, ...]:
    given = item.get(key)
    if given is None:
        return ()
    if not isinstance(given, list) or len(given) > MOST_TEXTS or not all(isinstance(text, str) for text in given):
        raise RowRejected(f"{key!r} is not a list of texts")
    return tuple(text for text in (sound_text(text, key, LONGEST_TEXT) for text in given) if text)


def sound_text(text: str, key: str, longest: int) -> str:
    """The text without spaces around it. Raises RowRejected for what could not be kept and given back."""
    trimmed = text.strip()
    if len(trimmed) > longest:
        raise RowRejected(f"the text under {key!r} is longer than {longest:,} characters")
    if "\x00" in trimmed or any("\ud800" <= character <= "\udfff" for character in trimmed):
        raise RowRejected(f"the text under {key!r} holds characters that are not text")
    return trimmed


def _yes_or_no(item: Mapping[str, Any], key: str) -> bool | None:
    given = item.get(key)
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, list) and key == "areas_for_priority_action":
        return bool(given)
    raise RowRejected(f"{_quoted(given)} under {key!r} is neither true nor false")


def _count(item: Mapping[str, Any], key: str) -> int | None:
    given = item.get(key)
    if given is None:
        return None
    if isinstance(given, str) and given.isascii() and given.isdigit():
        given = int(given[:4])
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < 1000:
        raise RowRejected(f"{_quoted(given)} under {key!r} is not a number from 0 to 999")
    return given


def _quoted(given: object) -> str:
    return repr(given)[:60] if isinstance(given, str | int | float | bool) or given is None else "a list or mapping"
