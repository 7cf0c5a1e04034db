"""News in words: what each piece is called, one sentence that says what it means, and the page of its moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import url_for

from domain.authorities.comparing import Change
from domain.authorities.news import NewsKind
from domain.frameworks import AREAS, Grade
from domain.values.activities import Activity
from domain.values.days import LONDON, end_of_day
from domain.values.statements import Rating
from domain.values.words import listed
from projections.news.answers import ActivityNews, PlanNews, WindowNews
from web.words import other_inspections, words

KINDS: Mapping[NewsKind, str] = {
    NewsKind.REPORT: "Reports",
    NewsKind.LETTER: "Letters",
    NewsKind.OTHER_INSPECTION: "Other inspections",
    NewsKind.CALL: "Inspections announced",
    NewsKind.CALL_WITHDRAWN: "Calls withdrawn",
    NewsKind.ON_SITE: "Inspectors on site",
    NewsKind.INTERVENTION: "Intervention",
    NewsKind.SUCCESSION: "Authorities that end or begin",
    NewsKind.WINDOW_OPENED: "Windows opened",
    NewsKind.WINDOW_CLOSED: "Windows closed",
    NewsKind.PLAN: "Action plans",
    NewsKind.CORRECTION: "Corrections",
    NewsKind.WITHDRAWN: "Entries withdrawn",
    NewsKind.JOINED: "Entries joined",
}
"""What each kind is called as a heading and as a category of a feed."""

DAY = timedelta(days=1)

LONGEST_VALUE = 120
"""Of a value that was corrected, in letters."""

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class ValueWas:
    """One value that was corrected, in words."""

    field: str
    was: str
    now: str


@dataclass(frozen=True)
class NewsLine:
    """One piece of news. `id` stays the same for ever; `day` is where it stands, `updated` the same as an instant.

    `address` leads to the page as it was known then. `public_on` is the day on which the news was public, `known_since`
    the day from which it is known here: both None where no fact tells it. `late`: learned long after it was public.
    `grade` and its `tone` are a report's overall ones; where it gives none, `parts` are its grades."""

    id: str
    kind: NewsKind
    urn: str
    authority: str
    title: str
    sentence: str
    day: date
    updated: datetime
    address: str
    public_on: date | None = None
    known_since: date | None = None
    late: bool = False
    made_up: bool = False
    grade: str = ""
    tone: str = ""
    parts: str = ""
    changes: tuple[ValueWas, ...] = ()

    @property
    def category(self) -> str:
        return KINDS[self.kind]


def of_activity(one: ActivityNews, *, external: bool = False) -> NewsLine:
    """A piece of news on an entry, with the address of its page as it was known then; whole where `external`."""
    activity = one.activity
    overall = activity.overall if one.kind is NewsKind.REPORT else None
    changes = tuple(_value(change) for change in one.changes)
    asked: dict[str, Any] = {"as_at": one.told_on.isoformat(), "known_at": one.known_at.isoformat()}
    return NewsLine(
        id=one.id,
        kind=one.kind,
        urn=one.authority.urn,
        authority=one.authority.name,
        title=_title(one, overall),
        sentence=_sentence(one, overall, changes),
        day=one.day,
        updated=noon(one.day) if one.settled else one.told_at,
        address=url_for("inspections.show", activity=activity.id, **asked, _external=external),
        public_on=None if one.kind.corrects else one.public_on,
        known_since=one.told_on,
        late=one.late and not one.settled,
        grade=words.GRADES[overall] if overall else "",
        tone=words.GRADE_TONES[overall] if overall else "",
        parts="" if overall or one.kind is not NewsKind.REPORT else _parts(activity),
        changes=changes,
    )


def of_window(one: WindowNews, *, since: datetime | None, external: bool = False) -> NewsLine:
    """`since` is when this store began: a page as known before is empty, so that such a link carries no knowledge."""
    known = {} if since is None or end_of_day(one.day) < since else {"known_at": one.day.isoformat()}
    asked: dict[str, Any] = {"as_at": one.day.isoformat(), **known}
    opened = one.kind is NewsKind.WINDOW_OPENED
    return NewsLine(
        id=one.id,
        kind=one.kind,
        urn=one.authority.urn,
        authority=one.authority.name,
        title=f"Window {'opened' if opened else 'closed'} for the next graded inspection",
        sentence=_opened(one) if opened else _closed(one),
        day=one.day,
        updated=noon(one.day),
        address=url_for("windows.show", identifier=one.authority.urn, **asked, _external=external),
    )


def of_plan(one: PlanNews, *, external: bool = False) -> NewsLine:
    """The same of an action plan; what nobody told, such as its end by a newer report, has no moment in its address."""
    known = {} if one.known_at is None else {"known_at": one.known_at.isoformat()}
    asked: dict[str, Any] = {"as_at": one.day.isoformat(), **known}
    if one.replaced:
        title = "Action plan no longer counts"
        sentence = "A newer graded report took the place of what this plan answers: nothing of it falls due any more."
    elif one.times == 1:
        title = "Action plan published"
        sentence = f"The council published its plan here for the first time, with {words.count(one.actions, 'action')}."
    else:
        title = "Action plan published again"
        moved = words.count(one.moved, "change")
        sentence = f"The council published its plan here as it stands now, with {moved} to its actions since the last."
    return NewsLine(
        id=one.id,
        kind=one.kind,
        urn=one.authority.urn,
        authority=one.authority.name,
        title=f"Made-up example: {words.small(title)}" if one.example else title,
        sentence=f"{sentence} It is made up, for a demonstration." if one.example else sentence,
        day=one.day,
        updated=one.told_at or noon(one.day),
        address=url_for("plans.show", plan=one.plan, **asked, _external=external),
        known_since=None if one.told_at is None else one.day,
        made_up=one.example,
    )


def noon(day: date) -> datetime:
    """An instant that names a day, in London."""
    return datetime.combine(day, time(12), LONDON)


# --- titles ---------------------------------------------------------------------------------------------------------


def _title(one: ActivityNews, overall: Grade | None) -> str:
    called = _small(words.title(one.activity))
    match one.kind:
        case NewsKind.REPORT:
            grade = f", {words.GRADES[overall].lower()}" if overall else ""
            return f"Report published: {called}{grade}"
        case NewsKind.LETTER:
            return f"Letter published: {called}"
        case NewsKind.OTHER_INSPECTION:
            found = other_inspections.found(one.activity)
            return f"Report published: {called}{f', {found}' if found else ''}"
        case NewsKind.CALL:
            return f"Announced: {called}"
        case NewsKind.CALL_WITHDRAWN:
            return f"Call withdrawn: {called}"
        case NewsKind.ON_SITE:
            return f"On site: {called}"
        case NewsKind.CORRECTION:
            return f"Correction: {called}, {words.happened(one.activity)}"
        case NewsKind.WITHDRAWN:
            return f"Withdrawn: {called}, {words.happened(one.activity)}"
        case NewsKind.JOINED:
            return f"Two entries were one: {called}, {words.happened(one.activity)}"
    return words.sentence(called)


def _small(called: str) -> str:
    """The same within a sentence; what begins with an abbreviation or a name stays as it is."""
    return words.small(called) if called[1:2].islower() else called


# --- sentences ------------------------------------------------------------------------------------------------------


def _sentence(one: ActivityNews, overall: Grade | None, changes: tuple[ValueWas, ...]) -> str:
    told = _SAID.get(one.kind, _happened)(one, overall, changes)
    return f"{told} {_learned(one)}".rstrip()


def _learned(one: ActivityNews) -> str:
    """That it was public long before it was known here; blank where it was not."""
    if not one.late or one.settled or one.kind.corrects:
        return ""
    return f"Learned late: public on {words.day(one.public_on)}, known here since {words.day(one.told_on)}."


def _report(one: ActivityNews, overall: Grade | None, _: object) -> str:
    activity = one.activity
    began = f"Inspectors were on site {_on(activity)}; " if words.dated(activity) else ""
    return f"{began}{_public(one, first=not began)}: {_judged(one, overall)}."


def _judged(one: ActivityNews, overall: Grade | None) -> str:
    activity = one.activity
    if overall is None:
        found = [f"{words.small(AREAS[area].short)} {words.GRADES[grade].lower()}" for area, grade in activity.grades]
        if not found:
            return "its grades are not known here"
        return f"no overall grade; {listed(found)}" if activity.judged.overall is None else listed(found)
    area = activity.judged.overall
    assert area is not None
    judged = f"{words.small(words.AREAS[area])} {words.GRADES[overall].lower()}"
    if one.earlier is None:
        return judged
    grade, then = one.earlier
    before = f"in the report of {words.day(then)}"
    return f"{judged}, as {before}" if grade is overall else f"{judged}, {words.GRADES[grade].lower()} {before}"


def _parts(activity: Activity) -> str:
    return ", ".join(f"{AREAS[area].short}: {words.GRADES[grade].lower()}" for area, grade in activity.grades)


def _letter(one: ActivityNews, _overall: object, _: object) -> str:
    activity = one.activity
    began = f"Inspectors were there {_on(activity)}; " if words.dated(activity) else ""
    found = ""
    if activity.priority_action:
        number = activity.priority_action_count or len(activity.priority_actions)
        found = f", with {words.count(number, 'area') if number else 'an area'} for priority action"
    elif activity.priority_action is False:
        found = ", with no area for priority action"
    return f"{began}{_public(one, first=not began, what='the letter')}{found}."


def _other(one: ActivityNews, _overall: object, _: object) -> str:
    found = other_inspections.found(one.activity)
    told = f": {found}" if found else ""
    began = f"Inspectors were there {_on(one.activity)}; " if words.dated(one.activity) else ""
    return f"{began}{_public(one, first=not began)}{told}. It is no judgement on children’s services."


def _public(one: ActivityNews, *, first: bool, what: str = "the report") -> str:
    return f"{words.sentence(what) if first else what} was published on {words.day(one.public_on)}"


def _on(activity: Activity) -> str:
    happened = words.happened(activity)
    return happened if activity.start is None or activity.end is None or "until" in happened else f"from {happened}"


def _call(one: ActivityNews, _overall: object, _: object) -> str:
    expected = one.activity.expected_start
    days = f" It is expected on site {words.span(expected, one.activity.expected_end)}." if expected else ""
    return f"Ofsted called on {words.day(one.public_on)}: inspectors are to come.{days}"


def _call_withdrawn(one: ActivityNews, _overall: object, _: object) -> str:
    return f"The call was withdrawn on {words.day(one.public_on)}: the inspection does not come as announced."


def _on_site(one: ActivityNews, _overall: object, _: object) -> str:
    return f"Inspectors on site: {words.happened(one.activity)}. No report or letter on it is known here yet."


def _happened(one: ActivityNews, _overall: object, _: object) -> str:
    return f"{words.sentence(words.title(one.activity))}, {words.happened(one.activity)}."


def _correction(_one: ActivityNews, _overall: object, changes: tuple[ValueWas, ...]) -> str:
    told = "; ".join(f"{words.small(one.field)} was {one.was}, is now {one.now}" for one in changes)
    return f"What was held here was corrected: {told}. Nothing new happened."


def _withdrawn(one: ActivityNews, _overall: object, _: object) -> str:
    return (
        f"What was held here on {words.day(one.told_on)} was struck out, and nothing follows from it any more. "
        "The entry’s page keeps it."
    )


def _joined(_one: ActivityNews, _overall: object, _: object) -> str:
    return "Two entries that were shown here turned out to be one and the same. Nothing new happened."


_SAID: Mapping[NewsKind, Callable[[ActivityNews, Grade | None, tuple[ValueWas, ...]], str]] = {
    NewsKind.REPORT: _report,
    NewsKind.LETTER: _letter,
    NewsKind.OTHER_INSPECTION: _other,
    NewsKind.CALL: _call,
    NewsKind.CALL_WITHDRAWN: _call_withdrawn,
    NewsKind.ON_SITE: _on_site,
    NewsKind.CORRECTION: _correction,
    NewsKind.WITHDRAWN: _withdrawn,
    NewsKind.JOINED: _joined,
}

FOLLOWED: Mapping[str, tuple[str, frozenset[NewsKind]]] = {
    "reports": ("Reports and letters", frozenset({NewsKind.REPORT, NewsKind.LETTER})),
    "others": ("Other inspections", frozenset({NewsKind.OTHER_INSPECTION})),
    "calls": (
        "Inspections announced, called off, or on site",
        frozenset({NewsKind.CALL, NewsKind.CALL_WITHDRAWN, NewsKind.ON_SITE}),
    ),
    "windows": ("Windows that open or close", frozenset({NewsKind.WINDOW_OPENED, NewsKind.WINDOW_CLOSED})),
    "plans": ("Action plans", frozenset({NewsKind.PLAN})),
    "government": (
        "Intervention, and authorities that end or begin",
        frozenset({NewsKind.INTERVENTION, NewsKind.SUCCESSION}),
    ),
    "corrections": ("Corrections", frozenset(kind for kind in NewsKind if kind.corrects)),
}
"""Kinds as people choose them, by the name that is kept."""


def _opened(one: WindowNews) -> str:
    until = one.known_until
    told = f"By Ofsted’s policy the next graded inspection is expected by {words.day(one.closes)}."
    if until is None:
        return f"{told} No source read here tells whether one was held since."
    if until < one.day:
        return f"{told} Graded reports are known until {words.day(until)}: one held since is not known here."
    return told


def _closed(one: WindowNews) -> str:
    """Reports come out weeks after inspectors leave: that none is known does not say that nobody came."""
    last = words.day(one.closes)
    if one.known:
        return (
            f"The window ended on {last} and no report on an inspection in it is known. Unless one is still to come "
            "out, Ofsted is later than its policy."
        )
    if one.known_until is None:
        return f"The window ended on {last}. Whether an inspection came is not known: no source read here tells."
    return (
        f"The window ended on {last}. Whether an inspection came is not known: graded reports are known until "
        f"{words.day(one.known_until)}."
    )


# --- values that were corrected -------------------------------------------------------------------------------------


def _value(change: Change) -> ValueWas:
    return ValueWas(words.field(change.field), _said(change.field, change.was), _said(change.field, change.now))


def _said(field: str, value: Any) -> str:
    if value is None or value == ():
        return NOT_KNOWN
    if isinstance(value, Grade):
        return words.GRADES[value].lower()
    if field == "outcome":
        return other_inspections.outcome(value)
    if isinstance(value, tuple) and all(isinstance(one, Rating) for one in value):
        found = listed([other_inspections.in_words(one) for one in value])
    else:
        found = words.small(words.said_value(value)) if isinstance(value, bool) else words.said_value(value)
    return found if len(found) <= LONGEST_VALUE else f"{found[: LONGEST_VALUE - 1]}…"


def in_order(lines: Iterable[NewsLine]) -> tuple[NewsLine, ...]:
    """The newest first; of one day what was learned late comes last."""
    return tuple(sorted(lines, key=lambda one: (-one.day.toordinal(), one.late, one.authority, one.id)))
