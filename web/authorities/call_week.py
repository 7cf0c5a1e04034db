"""What is asked of an authority from the call to the last day on site, by day: of a call that came, or of a day chosen.

Nothing is kept: ticks are made on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, request
from werkzeug.wrappers import Response

from domain.rulebook.announced.checklist import MONITORING_NOTICE, DayOfCall, checklist
from domain.rulebook.announced.days import call_row, days_after_call, usual_call
from domain.rulebook.calendar_rows import CLOSED_SEASONS, CLOSED_TO_VISITS
from domain.rulebook.results import GradedType, Standing
from domain.rulebook.row_words import day_of_year
from domain.rulebook.rows import Confidence
from domain.values.activities import AuthorityFacts
from domain.values.errors import BeyondBankHolidays
from domain.values.statements import Kind, Variant
from web.site import reader
from web.site.htmx import page_or_part
from web.words import dates, words
from web.words.announced import AnnouncedShown, announced_shown, weekday
from web.words.called import CALLS, Called, code_of

bp = Blueprint("call_week", __name__, url_prefix="/authorities")

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class CallDays:
    """What is called with its days: `on` is that of the call, of a monitoring visit, told in advance, None; `first` and
    `last` are on site, inclusive, None where they do not follow. `real` where the call came."""

    code: str
    called: Called
    on: date | None
    first: date | None
    last: date | None
    real: bool


@dataclass(frozen=True)
class ItemShown:
    what: str
    how: str
    rule: str
    source: str
    placed: bool
    second_hand: bool


@dataclass(frozen=True)
class DayShown:
    """`note` says which day it is: of notice, or on site."""

    day: str
    note: str
    items: tuple[ItemShown, ...]


@bp.get("/<identifier>/call")
@reader.by_urn
def show(urn: str) -> Response:
    """The list for the call that came, or for the kind and day that the address asks for."""
    asked = reader.asked()
    answer = reader.history(urn, asked)
    standing = answer.standing.standing
    held = [entry.activity for entry in answer.timeline.entries]
    came = announced_shown(standing, held, reader.holidays(), asked.as_at)
    wanted = _wanted(standing, came, asked.as_at)
    return page_or_part(
        "authorities/call/page.html",
        "authorities/call/_list.html",
        asked=asked,
        moment=answer.timeline.moment,
        authority=standing.authority,
        ended=standing.ended,
        wanted=wanted,
        calls=[(code, one.label) for code, one in CALLS.items()],
        typed=wanted.first if wanted.called.kind is Kind.MONITORING_VISIT else wanted.on,
        days=_days(wanted),
        when=_when(wanted),
        too_late=_too_late(standing.authority, wanted),
    )


def _wanted(standing: Standing, came: tuple[AnnouncedShown, ...], as_at: date) -> CallDays:
    """The call asked for. Without a word in the address that which came, or what is expected, on the next Monday."""
    code, text = request.args.get("call", ""), request.args.get("on", "").strip()
    known = code in CALLS
    if not known and not text and came:
        return _came(came[0])
    if not known:
        code = _expected(standing)
    on = dates.as_day(text, "“day of the call”") if text else as_at + timedelta(days=-as_at.weekday() % 7)
    for one in came:
        if one.code == code and (not text or one.notified_on == on):
            return _came(one)
    called = CALLS[code]
    if called.kind is Kind.MONITORING_VISIT:
        return CallDays(code, called, None, on, on + _DAY, real=False)
    found = days_after_call(called.kind, called.type, on, reader.holidays())
    if found is None:
        return CallDays(code, called, on, None, None, real=False)
    last = None if called.kind is Kind.FOCUSED_VISIT else found.last
    return CallDays(code, called, on, found.first, last, real=False)


def _came(one: AnnouncedShown) -> CallDays:
    last = None if one.some_of_these else one.last
    return CallDays(one.code, CALLS[one.code], one.notified_on, one.first, last, real=True)


def _expected(standing: Standing) -> str:
    """What the next graded inspection would be."""
    short = standing.expected_next.graded.type is GradedType.SHORT
    return code_of(Kind.INSPECTION, Variant.SHORT if short else Variant.STANDARD)


def _days(wanted: CallDays) -> tuple[DayShown, ...]:
    """Empty where the days are not known, or lie beyond the years whose bank holidays are."""
    if wanted.first is None:
        return ()
    try:
        found = checklist(
            wanted.called.kind,
            called_on=wanted.on,
            first=wanted.first,
            last=wanted.last,
            holidays=reader.holidays(),
        )
    except BeyondBankHolidays:
        return ()
    return tuple(_day(one, wanted) for one in found)


def _day(found: DayOfCall, wanted: CallDays) -> DayShown:
    if found.number is None:
        note = "on site"
        note += ", the first day" if found.day == wanted.first else ", the last day" if found.day == wanted.last else ""
    else:
        note = f"notice, day {found.number}"
        note = "day of the call" if found.day == wanted.on else note
    return DayShown(
        day=f"{weekday(found.day)} {words.day(found.day)}",
        note=note,
        items=tuple(
            ItemShown(
                what=row.what,
                how=row.how,
                rule=row.rule,
                source=row.source,
                placed=row.placed,
                second_hand=row.confidence is Confidence.SECONDARY,
            )
            for row in found.asked
        ),
    )


def _when(wanted: CallDays) -> str:
    """The days in a sentence."""
    if wanted.first is None:
        return "The days on site do not follow from such a call."
    called = wanted.called
    row = call_row(called.kind, called.type, wanted.on or wanted.first) or MONITORING_NOTICE
    if wanted.last is not None:
        site = f"on site {words.span(wanted.first, wanted.last)}"
    elif wanted.real:
        site = f"on site from {words.day(wanted.first)}"
    else:
        site = f"on site two days of that week, as a rule from {words.day(wanted.first)} or the day after"
    if wanted.on is None:
        usual = usual_call(called.kind, wanted.first)
        if usual is None:
            before = f"{words.count(MONITORING_NOTICE.days, 'working day')} before it are taken (inferred)"
        else:
            before = f"the call comes as a rule on {weekday(usual)} {words.day(usual)} ({row.rule})"
        return f"{words.sentence(site)}; {before}."
    return f"Called on {weekday(wanted.on)} {words.day(wanted.on)}, {site} ({row.rule}).{_out_of_season(wanted)}"


def _too_late(authority: AuthorityFacts, wanted: CallDays) -> str:
    """What to say of days on which the authority will have ended; blank of others (R-073)."""
    ends, last = authority.ends_on, wanted.last or wanted.first
    if ends is None or last is None or last < ends:
        return ""
    return f"{authority.name} ends on {words.day(ends)}: who follows it would be called on these days (R-073)."


def _out_of_season(wanted: CallDays) -> str:
    """What to say of supposed days on which no graded inspection, or no visit, has begun yet."""
    seasons = {Kind.INSPECTION: CLOSED_SEASONS, Kind.FOCUSED_VISIT: CLOSED_TO_VISITS}.get(wanted.called.kind, ())
    season = next((one for one in seasons if wanted.first is not None and wanted.first in one), None)
    if season is None or wanted.real:
        return ""
    first, last = day_of_year(season.first), day_of_year(season.last)
    return f" {season.source}: none began from {first} to {last} ({season.rule})."
