"""When the next graded inspection may come, on one axis: Ofsted's policy, the forecast, past waits and today.

Everything is worked out in whole units of the drawing, once for wide screens and once for narrow ones; the description
and the table say the same days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.results import Standing
from domain.rulebook.working_days import add_months
from web.charts.scale import DayScale
from web.words import words

Span = tuple[date, date]

HOLDS_ENOUGH = 0.8
"""Months are drawn only where together they hold so much of the chance."""

WORTH_A_BAR = 0.001
LETTER = 7
"""So wide is a letter at most."""


@dataclass(frozen=True)
class NextExpected:
    """What is drawn. Spans are inclusive, None where there is none. `after_priority` are the months that count after an
    area for priority action; `months` the chance of each month by its first day, `level` that of the `forecast` span
    in words; `waits` hold four in five of `waits_number` past waits."""

    name: str
    on: date
    policy: Span | None = None
    policy_says: str = ""
    after_priority: Span | None = None
    months: tuple[tuple[date, float], ...] = ()
    forecast: Span | None = None
    level: str = "8 chances in 10"
    middle: date | None = None
    waits: Span | None = None
    waits_middle: date | None = None
    waits_number: int = 0


@dataclass(frozen=True)
class NextRow:
    """One row of the picture and of its table."""

    kind: str
    label: str
    first: date
    last: date
    middle: date | None
    note: str

    @property
    def cells(self) -> tuple[str, str, str]:
        """From, to and the middle, in words."""
        return words.day(self.first), words.day(self.last), words.day(self.middle) if self.middle else ""


@dataclass(frozen=True)
class ChanceBar:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class RowDrawn:
    """A row in the drawing: its label, a band or bars, and where its middle lies."""

    kind: str
    label: str
    note: str
    label_y: int
    note_x: int
    note_anchor: str
    x: int
    y: int
    width: int
    height: int
    ended: bool
    middle_x: int | None
    bars: tuple[ChanceBar, ...]


@dataclass(frozen=True)
class NextDrawing:
    width: int
    height: int
    top: int
    bottom: int
    beside: bool
    rows: tuple[RowDrawn, ...]
    years: tuple[tuple[int, str], ...]
    today_x: int
    today_label_x: int
    today_anchor: str
    today: str


@dataclass(frozen=True)
class NextPicture:
    """The drawing for wide screens and for narrow ones; `rows` are those of the table."""

    title: str
    description: str
    rows: tuple[NextRow, ...]
    wide: NextDrawing
    narrow: NextDrawing


@dataclass(frozen=True)
class NextSize:
    """`beside`: a row's label stands left of it, else above. `label` and `band` are how far below a row's top the
    label's foot and its band lie; a row with bars is so much taller as they are."""

    width: int
    left: int
    right: int
    row: int
    label: int
    band: int
    beside: bool


WIDE = NextSize(width=640, left=118, right=612, row=30, label=21, band=10, beside=True)
NARROW = NextSize(width=256, left=4, right=248, row=42, label=15, band=21, beside=False)
TOP = 20
FOOT = 18
BAND = 14
BARS = 26
LINE = 5
"""So far below the bars runs the line of the span that they make up."""
YEARS_APART = 62


def next_expected(standing: Standing, outlook: Outlook | None) -> NextExpected:
    """What is drawn of an authority; without an outlook, what policy says alone."""
    graded, acted = standing.expected_next.graded, standing.expected_next.priority_action_override
    window = (graded.window_from, graded.window_to) if graded.window_from and graded.window_to else None
    forecast = outlook.forecast if outlook else None
    waits = outlook.waits if outlook else None
    found = NextExpected(
        name=standing.authority.name,
        on=standing.on,
        policy=window,
        policy_says=_months_after(standing),
        after_priority=(acted.expected_from_month.first_day, acted.expected_to_month.last_day) if acted else None,
    )
    if outlook is None or forecast is None:
        return found
    return replace(
        found,
        months=tuple((date.fromisoformat(f"{share.month}-01"), share.p) for share in forecast.by_month),
        forecast=outlook.band,
        level=f"{round(outlook.band_level * 10)} chances in 10",
        middle=outlook.median,
        waits=waits.usual(forecast.since) if waits else None,
        waits_middle=forecast.since + timedelta(days=waits.median) if waits else None,
        waits_number=waits.number if waits else 0,
    )


def _months_after(standing: Standing) -> str:
    """`30 to 42 months after the report`, where the window is counted from its publication in whole months."""
    graded, governing = standing.expected_next.graded, standing.governing
    published = governing.published if governing else None
    if published is None or graded.window_from is None or graded.window_to is None:
        return ""
    first = words.months_between(published, graded.window_from)
    last = words.months_between(published, graded.window_to)
    if add_months(published, first) != graded.window_from or add_months(published, last) != graded.window_to:
        return ""
    return f"{first} to {last} months after the report"


def next_picture(asked: NextExpected) -> NextPicture | None:
    """None where there is nothing to draw."""
    rows = tuple(_rows(asked))
    if not rows:
        return None
    return NextPicture(
        title=f"When the next graded inspection of {asked.name} may come",
        description=" ".join([*map(_described, rows), f"Today is {words.day(asked.on)}."]),
        rows=rows,
        wide=_drawn(asked, rows, WIDE),
        narrow=_drawn(asked, rows, NARROW),
    )


def _rows(asked: NextExpected) -> Iterator[NextRow]:
    if asked.after_priority:
        yield NextRow("policy", "Priority action", *asked.after_priority, None, "")
    if asked.policy:
        yield NextRow("policy", "Policy", *asked.policy, None, asked.policy_says)
    if asked.forecast:
        yield NextRow("forecast", "Forecast", *asked.forecast, asked.middle, asked.level)
    if asked.waits:
        yield NextRow("past", "Past waits", *asked.waits, asked.waits_middle, f"8 in 10 of {asked.waits_number}")


def _described(row: NextRow) -> str:
    first, last, middle = row.cells
    return f"{row.label}: {first} to {last}{f', middle {middle}' if middle else ''}."


def _drawn(asked: NextExpected, rows: tuple[NextRow, ...], size: NextSize) -> NextDrawing:
    first = min(asked.on, *(row.first for row in rows))
    last = max(asked.on, *(row.last for row in rows))
    room = max(timedelta(days=30), (last - first) / 20)
    scale = DayScale(first - room, last + room, size.left, size.right)
    shown = asked.months if sum(share for _, share in asked.months) >= HOLDS_ENOUGH else ()
    drawn, y = [], TOP
    for row in rows:
        bars = tuple(_bars(shown, asked.on, scale, y + size.band)) if shown and row.kind == "forecast" else ()
        drawn.append(_row(row, asked.on, scale, y, size, bars))
        y += size.row + (BARS - BAND + 2 * LINE if bars else 0)
    today_x = scale.at(asked.on)
    today = f"today, {words.day(asked.on)}"
    right_of_it = today_x + 4 + LETTER * len(today) <= size.width
    left_of_it = today_x - 4 - LETTER * len(today) >= 0
    return NextDrawing(
        width=size.width,
        height=y + FOOT,
        top=TOP,
        bottom=y,
        beside=size.beside,
        rows=tuple(drawn),
        years=tuple(_years(first - room, last + room, scale, size)),
        today_x=today_x,
        today_label_x=today_x + 4 if right_of_it else today_x - 4 if left_of_it else 0,
        today_anchor="start" if right_of_it or not left_of_it else "end",
        today=today,
    )


def _row(row: NextRow, on: date, scale: DayScale, y: int, size: NextSize, bars: tuple[ChanceBar, ...]) -> RowDrawn:
    x, end = scale.at(row.first), scale.at(row.last)
    note, note_x, anchor = row.note, max([end, *(bar.x + bar.width for bar in bars)]) + 6, "start"
    if not size.beside:
        dates = f"{words.short_day(row.first)} to {words.short_day(row.last)}"
        note = dates if row.kind == "policy" else note
    elif note_x + LETTER * len(note) > size.width:
        note_x, anchor = x - 6, "end"
        note = note if note_x - LETTER * len(note) >= size.left else ""
    return RowDrawn(
        kind=row.kind,
        label=row.label,
        note=note,
        label_y=y + size.label + (BARS - BAND if bars and size.beside else 0),
        note_x=note_x,
        note_anchor=anchor,
        x=x,
        y=y + size.band + (BARS + LINE if bars else 0),
        width=max(2, end - x),
        height=BAND,
        ended=row.kind == "policy" and row.last < on,
        middle_x=scale.at(row.middle) if row.middle else None,
        bars=bars,
    )


def _bars(months: tuple[tuple[date, float], ...], on: date, scale: DayScale, top: int) -> Iterator[ChanceBar]:
    most = max(share for _, share in months)
    for first, share in months:
        if share >= WORTH_A_BAR:
            x, end = scale.at(max(first, on)), scale.at(add_months(first, 1))
            tall = max(1, round(BARS * share / most))
            yield ChanceBar(x, top + BARS - tall, max(1, end - x - 1), tall)


def _years(first: date, last: date, scale: DayScale, size: NextSize) -> Iterator[tuple[int, str]]:
    """Where years begin; in a short picture halves and quarters as well; as many as have room."""
    for months in (12, 6, 3):
        days = [date(first.year, 1, 1)]
        while days[-1] <= last:
            days.append(add_months(days[-1], months))
        found = [day for day in days if first <= day <= last]
        if len(found) > 1:
            break
    before = None
    for day in found:
        x = scale.at(day)
        if YEARS_APART // 2 <= x <= size.width - YEARS_APART // 2 and (before is None or x - before >= YEARS_APART):
            before = x
            yield x, words.month(day)
