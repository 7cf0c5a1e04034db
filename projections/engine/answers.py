"""Typed answers to the questions people ask; every one says from which position of the log it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from domain.frameworks import Area, Grade
from domain.rulebook.elements.picture import FiveElements
from domain.rulebook.forecast.backtest import Backtest
from domain.rulebook.forecast.outlook import Outlook
from domain.rulebook.forecast.visit_backtest import VisitBacktest
from domain.rulebook.forecast.visit_outlook import VisitOutlook
from domain.rulebook.other_inspections.close_together import CloseTogether
from domain.rulebook.past.tally import Tally
from domain.rulebook.past.windows import PastWindow
from domain.rulebook.reasoning import Reasoning
from domain.rulebook.results import (
    Announced,
    Expectation,
    GradedType,
    Pathway,
    PriorityActionOverride,
    Standing,
    WindowStatus,
)
from domain.rulebook.what_if.suppose import Supposed
from domain.values.activities import Activity, AuthorityFacts, Disagreement, Doubt
from domain.values.known_until import KnownUntil
from domain.values.national_framework import Reference
from domain.values.statements import Channel, Citation, Family, Kind, Stated, Verbatim


@dataclass(frozen=True)
class Moment:
    """For which moment a question is answered.

    `as_at`: what had happened and was public by that day, as now understood. `known_at`: only events recorded by
    then (None = everything recorded). `position` is the last event counted; `data_horizon` the newest day on which
    any source counted was read, None for a store that has read nothing. `known_until` is until when sources tell of
    whoever the question is about: of that authority, or, where it is about many, of all of them; of what came later
    their silence says nothing."""

    as_at: date
    known_at: datetime | None
    position: int
    data_horizon: date | None
    known_until: KnownUntil


@dataclass(frozen=True)
class RegisterRow:
    """One authority in the list of all: where it stands, how many values are in dispute and how many questions wait
    for an officer.

    `others` are the latest inspections by others that were public, one of each kind at most; `others_expected` what
    follows from them (R-077). `called` are visits and other inspections from the call to their last day, and
    `lately_held` what was held in the last year."""

    authority: AuthorityFacts
    standing: Standing
    disagreements: int
    doubts: int
    others: tuple[Activity, ...] = ()
    others_expected: tuple[Expectation, ...] = ()
    called: tuple[Expectation, ...] = ()
    lately_held: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class RegisterAnswer:
    moment: Moment
    rows: tuple[RegisterRow, ...]


class WithoutWindow(Enum):
    """Why an authority has no window to plan by."""

    NOT_YET_JUDGED = "not_yet_judged"
    UNKNOWN = "unknown"
    NOT_COUNTED = "not_counted"
    ABOLISHED = "abolished"
    ENDS_BEFORE = "ends_before"


@dataclass(frozen=True)
class PlannedWindow:
    """The window of one authority's next graded inspection, from `opens` to `closes`, both inclusive: of one that ends
    before it would close, the day before.

    `status` is as far as graded inspections are known, which they are until `known_until`. `after_priority_action`:
    months in which a standard inspection is expected instead (R-034)."""

    authority: AuthorityFacts
    pathway: Pathway
    type: GradedType | None
    opens: date
    closes: date
    status: WindowStatus
    known_until: date | None
    after_priority_action: PriorityActionOverride | None


@dataclass(frozen=True)
class CalledInspection:
    """An authority whose graded inspection was called or has begun, and is not reported yet: it has come, and is no
    longer waited for (R-097)."""

    authority: AuthorityFacts
    pathway: Pathway
    announced: Announced


@dataclass(frozen=True)
class PlannerMonth:
    """One month: windows that open in it, are open on any of its days, close in it, or are overdue from a day of it on
    unless an inspection comes: days after the one asked are so, earlier ones only as far as is known."""

    first_day: date
    opening: tuple[PlannedWindow, ...]
    open: tuple[PlannedWindow, ...]
    closing: tuple[PlannedWindow, ...]
    overdue_from: tuple[PlannedWindow, ...]


@dataclass(frozen=True)
class NearInTime:
    """Two inspections or visits of one authority less than six months apart."""

    authority: AuthorityFacts
    found: CloseTogether


@dataclass(frozen=True)
class PlannerAnswer:
    """Every authority is counted once: its inspection has come, its window is overdue, not known, open or upcoming, or
    it is `without` one. Windows of inspections that have come are in no month.

    `called`: by their first day on site. `to_open`: the first to open first.
    `overdue`, `not_known` (closed after the day until which sources tell): closed longest ago first. `open`: opened
    longest ago first. `later`: windows that open after the last month. `near`: the earliest first; `near_not_known` of
    so many authorities a window or day has passed and nobody knows what came, or days on site are not known."""

    moment: Moment
    authorities: int
    called: tuple[CalledInspection, ...]
    overdue: tuple[PlannedWindow, ...]
    not_known: tuple[PlannedWindow, ...]
    open: tuple[PlannedWindow, ...]
    months: tuple[PlannerMonth, ...]
    later: int
    without: tuple[tuple[WithoutWindow, int], ...]
    near: tuple[NearInTime, ...] = ()
    near_not_known: int = 0
    to_open: tuple[PlannedWindow, ...] = ()

    @property
    def current(self) -> int:
        """How many of the authorities exist on the day asked."""
        return self.authorities - dict(self.without).get(WithoutWindow.ABOLISHED, 0)

    @property
    def upcoming(self) -> int:
        """How many windows are still to open."""
        without = sum(number for _, number in self.without)
        now = len(self.called) + len(self.overdue) + len(self.not_known) + len(self.open)
        return self.authorities - now - without


@dataclass(frozen=True)
class StandingAnswer:
    moment: Moment
    standing: Standing


@dataclass(frozen=True)
class CalendarRow:
    """One authority in a calendar.

    `revision` never falls as more is recorded or days pass, and grows whenever what is held of the authority changed,
    more of it became visible, or a rule that is read on the day came into force. `revised_at` (UTC): when that last
    was, or when the data horizon moved. `first_said`: for an activity that an expectation is about, a name that stays
    when the activity's own changes."""

    standing: Standing
    revision: int
    revised_at: datetime
    first_said: Mapping[UUID, UUID]


@dataclass(frozen=True)
class CalendarAnswer:
    moment: Moment
    rows: tuple[CalendarRow, ...]


@dataclass(frozen=True)
class ReasoningAnswer:
    """A standing and why it is so; `limits` are sentences on what an answer for that moment cannot know."""

    moment: Moment
    reasoning: Reasoning
    limits: tuple[str, ...]
    past_windows: PastWindowsAnswer


@dataclass(frozen=True)
class TimelineEntry:
    """One activity as seen at the moment asked. `recorded_at` (UTC) and `position`: when this state of it was recorded;
    `first_recorded_at`: when we first heard of it."""

    activity: Activity
    recorded_at: datetime
    first_recorded_at: datetime
    position: int


@dataclass(frozen=True)
class TimelineAnswer:
    moment: Moment
    authority: AuthorityFacts
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True)
class PastWindowsAnswer:
    """One authority's windows with what came of each, the earliest first; the last may still be running."""

    moment: Moment
    authority: AuthorityFacts
    windows: tuple[PastWindow, ...]


@dataclass(frozen=True)
class TallyAnswer:
    """How often the windows of all authorities came true."""

    moment: Moment
    tally: Tally


@dataclass(frozen=True)
class SupposedAnswer:
    """What would be answered on the day `on` if something happened that has not, from what was public by the moment."""

    moment: Moment
    authority: AuthorityFacts
    on: date
    supposed: Supposed


@dataclass(frozen=True)
class ElementsAnswer:
    """The five elements of the system at one authority, in the cycle that the moment lies in."""

    moment: Moment
    picture: FiveElements


@dataclass(frozen=True)
class HistoryAnswer:
    """One authority's standing, timeline, earlier windows and five elements, all of the same moment."""

    standing: StandingAnswer
    timeline: TimelineAnswer
    past_windows: PastWindowsAnswer
    elements: FiveElements


@dataclass(frozen=True)
class SourceReading:
    """What one source said of an entry, verbatim, when it was first recorded and last read to say so."""

    statement: UUID
    family: Family
    channel: Channel
    said: Stated
    verbatim: Verbatim
    citations: tuple[Citation, ...]
    source_title: str
    source_reference: str | None
    read_on: date
    recorded_at: datetime
    actor: str
    reason: str | None
    position: int


@dataclass(frozen=True)
class EntryAnswer:
    """One inspection or visit with everything said about it, best source first."""

    moment: Moment
    authority: AuthorityFacts
    entry: TimelineEntry
    readings: tuple[SourceReading, ...]


@dataclass(frozen=True)
class DisagreementRow:
    authority: AuthorityFacts
    activity: Activity
    disagreement: Disagreement


@dataclass(frozen=True)
class DoubtRow:
    """A question for an officer about one entry."""

    authority: AuthorityFacts
    activity: Activity
    doubt: Doubt


@dataclass(frozen=True)
class FindingRow:
    """An area for improvement, or for priority action (`priority`), of one inspection, visit or letter.

    `references` are what it names of the national framework. `area` is the judgement it belongs to, inferred from the
    sections of its report; None where the report is not held, or no section stands out."""

    authority: AuthorityFacts
    activity: UUID
    kind: str
    number: int
    text: str
    priority: bool
    found_on: date
    references: tuple[Reference, ...] = ()
    area: Area | None = None


@dataclass(frozen=True)
class ParagraphRow:
    """A paragraph of a report or letter, by its row and the number it has there from 1, with the entry it tells of.

    `area` is the judgement that its section gives reasons for, `grade` that judgement as held; None where the section
    is about none. `label` is the number that the document prints itself."""

    authority: AuthorityFacts
    activity: UUID
    kind: Kind
    found_on: date
    heading: str
    area: Area | None
    grade: Grade | None
    page: int
    document: int
    number: int
    label: str | None


@dataclass(frozen=True)
class ParagraphsAnswer:
    """`held` is how many paragraphs there are to look in. Their words are read by `texts_of`."""

    moment: Moment
    held: int
    rows: tuple[ParagraphRow, ...]


@dataclass(frozen=True)
class EarlierFinding:
    """A finding of an earlier report or letter of the same authority. `likeness` is from 0 to 1.

    `same` is what an officer said, whether both are about one matter, with the reason given; None where nobody has."""

    finding: FindingRow
    likeness: float
    same: bool | None = None
    reason: str | None = None


@dataclass(frozen=True)
class FileRow:
    """An import of a published file; `finished` is False where it was cut short."""

    name: str
    digest: str
    layout: str
    opened_at: datetime
    finished: bool
    read_on: date | None
    rows: int | None
    rejected: int | None


@dataclass(frozen=True)
class OutlookAnswer:
    """`moment.as_at` is the day forecast from: what was public the day before counts."""

    moment: Moment
    outlook: Outlook


@dataclass(frozen=True)
class OutlooksAnswer:
    moment: Moment
    outlooks: tuple[Outlook, ...]


@dataclass(frozen=True)
class BacktestAnswer:
    """`moment.data_horizon` and `moment.as_at` bound what is known of outcomes."""

    moment: Moment
    backtest: Backtest


@dataclass(frozen=True)
class VisitOutlookAnswer:
    """`moment.as_at` is the day forecast from, as in `OutlookAnswer`."""

    moment: Moment
    outlook: VisitOutlook


@dataclass(frozen=True)
class VisitOutlooksAnswer:
    moment: Moment
    outlooks: tuple[VisitOutlook, ...]


@dataclass(frozen=True)
class VisitBacktestAnswer:
    """The day until which focused visits are known, and `moment.as_at`, bound what is known of outcomes."""

    moment: Moment
    backtest: VisitBacktest
