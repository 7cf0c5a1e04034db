"""What leads an authority's page from the call to the report, and for some weeks after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.rulebook.announced.calls import days_on_site
from domain.rulebook.results import Expectation, Standing, WindowStatus
from domain.rulebook.working_days import BankHolidays, is_working_day, working_days_between
from domain.values.activities import Activity, Status
from domain.values.errors import BeyondBankHolidays
from domain.values.statements import Kind, Variant
from domain.values.words import on_site_in_words
from web.words import timeline, words
from web.words.called import code_of
from web.words.written_days import WEEKDAYS

PUBLISHED_LEADS = timedelta(days=28)
"""So long a new report leads its authority's page."""

WITHDRAWN_SHOWN = timedelta(days=28)
"""So long the page says that a call was withdrawn."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AnnouncedShown:
    """An inspection or visit that was called, or has begun, and is not reported yet. `first` and `last` are on site,
    inclusive, as known on the day, None where not known; where it takes only `some_of_these` days, which is not known.
    `answer` is the sentence that leads, `lines` say the rest."""

    kind: Kind
    variant: Variant | None
    status: WindowStatus
    heading: str
    state: str
    colour: str
    answer: str
    lines: tuple[str, ...]
    notified_on: date | None
    first: date | None
    last: date | None
    about: UUID | None
    some_of_these: bool = False

    @property
    def code(self) -> str:
        """The word for it in addresses."""
        return code_of(self.kind, self.variant)

    @property
    def to_prepare(self) -> bool:
        """What is asked for day by day is still of use."""
        return self.status in (WindowStatus.ANNOUNCED, WindowStatus.ON_SITE)


@dataclass(frozen=True)
class PublishedShown:
    """A report that came out within the last weeks: what it found, and what follows from it."""

    about: UUID
    published: str
    before: date
    grades: tuple[tuple[str, str, str], ...]
    lines: tuple[str, ...]


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def announced_shown(
    standing: Standing, held: Iterable[Activity], holidays: BankHolidays, on: date
) -> tuple[AnnouncedShown, ...]:
    """Everything that was called, the graded inspection first."""
    by_id = {one.id: one for one in held if one.status is not Status.WITHDRAWN}
    return tuple(_shown(standing, by_id, holidays, on))


def _shown(
    standing: Standing, by_id: dict[UUID, Activity], holidays: BankHolidays, on: date
) -> Iterator[AnnouncedShown]:
    told = standing.expected_next.announced
    if told is not None and not told.unheard_of:
        held = by_id.get(told.about) if told.about is not None else None
        first, last = told.on_site_from, told.on_site_to
        if held is not None:
            then = days_on_site(held, told.type, holidays)
            first, last = then.first or first, then.last
        seen = _Seen(standing, held, first, last, told.notified_on, holidays, on)
        yield seen.shown(words.GRADED_TYPES[told.type], told.status)
    for one in standing.expectations:
        held = by_id.get(one.about) if one.about is not None else None
        if held is None or held.kind is Kind.INSPECTION:
            continue
        if one.basis == "announced":
            seen = _Seen(standing, held, one.due_from, one.due_to, held.notified, holidays, on)
            yield seen.shown(words.KINDS[held.kind], one.status)
        elif one.basis == "publication" and held.notified is not None and one.status in _MAY_STILL_COME:
            seen = _Seen(standing, held, held.start, held.end, held.notified, holidays, on)
            yield seen.shown(words.KINDS[held.kind], WindowStatus.REPORT_AWAITED)


_MAY_STILL_COME = (WindowStatus.UPCOMING, WindowStatus.IN_WINDOW, WindowStatus.NO_WINDOW)


@dataclass(frozen=True)
class _Seen:
    """What was called as it is known on a day; `held` is None where nothing but its days is."""

    standing: Standing
    held: Activity | None
    first: date | None
    last: date | None
    notified_on: date | None
    holidays: BankHolidays
    on: date

    def shown(self, heading: str, status: WindowStatus) -> AnnouncedShown:
        return AnnouncedShown(
            kind=self.held.kind if self.held is not None else Kind.INSPECTION,
            variant=self.held.variant if self.held is not None else None,
            status=status,
            heading=heading,
            state=words.window_state(status, only_called=self.held is not None and self.held.only_called),
            colour=words.WINDOW_MARKS[status],
            answer=self._answer(status),
            lines=tuple(self._lines(status)),
            notified_on=self.notified_on,
            first=self.first,
            last=self.last,
            about=self.held.id if self.held is not None else None,
            some_of_these=self._some_of_these,
        )

    def _answer(self, status: WindowStatus) -> str:
        match status:
            case WindowStatus.ANNOUNCED if self.first is not None and self._some_of_these:
                return (
                    f"Inspectors come for two days from {words.span(self.first, self.last)}{self._in_days(self.first)}"
                )
            case WindowStatus.ANNOUNCED if self.first is not None:
                return f"Inspectors come on {weekday(self.first)} {words.day(self.first)}{self._in_days(self.first)}"
            case WindowStatus.ANNOUNCED:
                return "Inspectors are to come"
            case WindowStatus.PAUSED:
                return "Paused: no report is awaited, and none is late"
            case WindowStatus.ON_SITE if self._some_of_these:
                return f"Inspectors are expected on two days from {words.span(self.first, self.last)}"
            case WindowStatus.ON_SITE if self.first is not None:
                return self._day_on_site(self.first)
            case WindowStatus.REPORT_AWAITED if self.held is not None and self.held.only_called:
                return "Nothing recorded here says that inspectors came"
            case WindowStatus.REPORT_AWAITED:
                row = self._publication()
                when = f", {words.span(row.due_from, row.due_to)}" if row and row.due_from and row.due_to else ""
                return f"The {self._paper} is awaited{when}"
        return "Inspectors are on site"

    @property
    def _some_of_these(self) -> bool:
        """A focused visit takes two of the days that follow from its call."""
        held = self.held
        named = held is None or held.start is not None or held.expected_start is not None
        return not named and held is not None and held.kind is Kind.FOCUSED_VISIT

    def _in_days(self, first: date) -> str:
        try:
            return f", in {words.count(working_days_between(self.on, first, self.holidays), 'working day')}"
        except BeyondBankHolidays:
            return ""

    def _day_on_site(self, first: date) -> str:
        """`Day 3 of 10 on site`; of a day on which nobody works, after which."""
        spans = list(self._spans(first))
        try:
            number = sum(self._worked(start, min(end or self.on, self.on)) for start, end in spans if start <= self.on)
            of = "" if self.last is None else f" of {sum(self._worked(start, end or start) for start, end in spans)}"
            day = "Day" if is_working_day(self.on, self.holidays) else "After day"
        except BeyondBankHolidays:
            return f"On site since {words.day(first)}"
        expected = ", as expected" if self.held is not None and self.held.start is None else ""
        return f"{day} {number}{of} on site{expected}"

    def _spans(self, first: date) -> Iterator[tuple[date, date | None]]:
        """The periods on site, with the last day of the last where it is known."""
        held = self.held
        if held is not None and held.periods:
            yield from ((one.start, one.end) for one in held.periods)
        elif held is not None and held.paused is not None and held.resumed is not None:
            yield from ((first, held.paused), (held.resumed, self.last))
        else:
            yield first, self.last

    def _worked(self, start: date, end: date) -> int:
        return working_days_between(start - _DAY, end, self.holidays)

    @property
    def _paper(self) -> str:
        return "report" if self.held is None or self.held.kind in (Kind.INSPECTION, Kind.AREA_SEND) else "letter"

    def _lines(self, status: WindowStatus) -> Iterator[str]:
        held = self.held
        to_come, here = status is WindowStatus.ANNOUNCED, status is WindowStatus.ON_SITE
        if to_come or here:
            yield self._called()
        if self.first is not None and not (to_come and self._some_of_these):
            yield self._on_site(self.first)
        if held is None:
            return
        if here and held.start is None:
            yield "Nothing recorded here says yet that they came."
        if to_come and held.start is None and held.expected_start is None and self.first is not None:
            yield "These days follow from the call (R-100): which were named is not recorded here."
        if to_come and held.kind is Kind.INSPECTION and held.variant is None:
            yield "Whether it is a short or a standard inspection was not said: the kind shown is the one expected."
        if status is WindowStatus.PAUSED and held.paused is not None:
            yield f"The last day on site before the break was {words.day(held.paused)}."
        if status is WindowStatus.REPORT_AWAITED and (row := self._publication()) is not None:
            yield row.why
            yield from row.caveats

    def _on_site(self, first: date) -> str:
        """The days on site, and which of them are only expected."""
        held = self.held
        if held is not None and held.start is None:
            return f"Expected on site {words.span(first, self.last)}."
        if held is None or held.periods or held.end is not None:
            return f"On site {on_site_in_words(first, self.last, held.periods if held is not None else ())}."
        if held.paused is None:
            until = f", expected until {words.day(self.last)}" if self.last is not None else ""
            return f"On site from {words.day(first)}{until}."
        back = f" and from {words.day(held.resumed)}" if held.resumed is not None else ""
        until = f", expected until {words.day(self.last)}" if back and self.last is not None else ""
        return f"On site {words.span(first, held.paused)}{back}{until}."

    def _called(self) -> str:
        if self.notified_on is None:
            return "On which day Ofsted called is not recorded here."
        return f"Ofsted called on {weekday(self.notified_on)} {words.day(self.notified_on)}."

    def _publication(self) -> Expectation | None:
        """When the report or letter is to be expected, and why then."""
        found = (row for row in self.standing.expectations if row.basis == "publication")
        return next((row for row in found if self.held is not None and row.about == self.held.id), None)


def withdrawn_calls(held: Iterable[Activity], on: date) -> tuple[str, ...]:
    """A sentence on each call that was withdrawn within the last weeks, by the order of the calls."""
    found = [
        (one.notified, one.call_withdrawn)
        for one in held
        if one.notified is not None
        and one.call_withdrawn is not None
        and timedelta() <= on - one.call_withdrawn < WITHDRAWN_SHOWN
    ]
    return tuple(
        f"The call of {words.day(called)} was withdrawn on {words.day(withdrawn)}."
        for called, withdrawn in sorted(found)
    )


def published_shown(standing: Standing, on: date) -> PublishedShown | None:
    """The report that counts, where it came out within the last weeks and is not of the distant past."""
    governing = standing.governing
    if governing is None or governing.published is None or on - governing.published > PUBLISHED_LEADS:
        return None
    graded = standing.expected_next.graded
    lines = [f"Pathway: {words.PATHWAYS[standing.pathway].lower()}."]
    if graded.window_from is not None and graded.window_to is not None:
        window = words.span(graded.window_from, graded.window_to)
        lines.append(f"Next: {words.small(words.GRADED_TYPES[graded.type])}, {window}.")
    if standing.expected_next.action_plan_due is not None:
        lines.append(f"An action plan is due by {words.day(standing.expected_next.action_plan_due)}.")
    return PublishedShown(
        about=governing.id,
        published=words.day(governing.published),
        before=governing.published - _DAY,
        grades=timeline.grades(governing),
        lines=tuple(lines),
    )
